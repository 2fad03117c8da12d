//! File dialogs: what each is for, and how the system is asked.

use std::path::PathBuf;

use super::forms::{CompareForm, CopiesForm, ExportChoice};
use crate::project::Tagset;
use crate::views::ViewFile;
use crate::{export, import, ingest, store};

/// What a file dialog was opened for.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// Articles to add.
    Articles,
    /// Articles to add in parts that a person chooses.
    Split,
    /// A folder whose articles are to be added.
    Folder,
    /// Annotation sets to take in.
    Annotations,
    /// A folder of annotation sets to take in.
    AnnotationFolder,
    /// A table of which events are one.
    Crosswalk,
    /// A project to open.
    Project,
    /// The work of annotators to compare.
    Annotators,
    /// A place for the project in which the work of these is settled.
    Settle(CompareForm),
    /// A place for a report on how far they agree.
    Report {
        /// Without their names.
        blind: bool,
    },
    /// A folder for copies for annotators.
    Copies(CopiesForm),
    /// A project whose memory is to be used.
    Memory,
    /// A place for the project.
    SaveAs,
    /// A tagset: for a new project, or for the one that is open.
    ReadTagset {
        /// For a new project.
        new: bool,
    },
    /// A place for this tagset.
    WriteTagset(Tagset),
    /// A place for a list of what could not be read.
    Problems(String),
    /// A place for a view.
    View(ViewFile),
    /// A place for an export.
    Export(ExportChoice),
}

/// Asks, and waits for the answer: the paths chosen, none where it was cancelled. `name` is proposed for what is
/// written.
pub fn ask(purpose: &Purpose, folder: Option<PathBuf>, name: &str) -> Vec<PathBuf> {
    let mut dialog = rfd::FileDialog::new();
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    let one = |path: Option<PathBuf>| path.into_iter().collect();
    match purpose {
        Purpose::Articles | Purpose::Split => {
            let known: Vec<&str> = ingest::extensions().collect();
            let title = if *purpose == Purpose::Split { "Open and split articles" } else { "Open articles" };
            let dialog = dialog.set_title(title).add_filter("Articles", &known).add_filter("All files", &["*"]);
            dialog.pick_files().unwrap_or_default()
        }
        Purpose::Annotations => {
            let dialog = dialog.set_title("Import annotations").add_filter("Annotations", &import::extensions());
            dialog.pick_files().unwrap_or_default()
        }
        Purpose::AnnotationFolder => one(dialog.set_title("Import folder of annotations").pick_folder()),
        Purpose::Crosswalk => {
            one(dialog.set_title("Import crosswalk").add_filter("Tables", &["csv", "tsv", "txt"]).pick_file())
        }
        Purpose::Folder => one(dialog.set_title("Open folder of articles").pick_folder()),
        Purpose::Project => {
            one(dialog.set_title("Open project").add_filter("Rubricator projects", &[store::EXTENSION]).pick_file())
        }
        Purpose::Memory => {
            let dialog = dialog.set_title("Use memory of project");
            one(dialog.add_filter("Rubricator projects", &[store::EXTENSION]).pick_file())
        }
        Purpose::Annotators => {
            let mut known = vec![store::EXTENSION];
            known.extend(import::extensions());
            let dialog = dialog.set_title("Compare with").add_filter("Projects and annotations", &known);
            dialog.pick_files().unwrap_or_default()
        }
        Purpose::Report { .. } => {
            let dialog =
                dialog.set_title("Save report").add_filter("Web page", &["html"]).add_filter("Table", &["csv"]);
            one(dialog.set_file_name(name).save_file())
        }
        Purpose::Copies(_) => one(dialog.set_title("Folder for the copies").pick_folder()),
        Purpose::SaveAs | Purpose::Settle(_) => {
            let dialog = dialog.set_title("Save project").add_filter("Rubricator projects", &[store::EXTENSION]);
            one(dialog.set_file_name(name).save_file())
        }
        Purpose::ReadTagset { .. } => {
            one(dialog.set_title("Open tagset").add_filter("Tagsets", &[store::TAGSET_EXTENSION, "ron"]).pick_file())
        }
        Purpose::WriteTagset(_) => {
            let dialog = dialog.set_title("Save tagset").add_filter("Tagsets", &[store::TAGSET_EXTENSION]);
            one(dialog.set_file_name(name).save_file())
        }
        Purpose::Problems(_) => one(dialog.set_title("Save list").set_file_name(name).save_file()),
        Purpose::View(file) => {
            let dialog = dialog.set_title("Save view");
            let end = file.format.extension();
            let dialog = dialog.add_filter(end.to_uppercase(), &[end]);
            one(dialog.set_file_name(name).save_file())
        }
        Purpose::Export(choice) => {
            let Some(format) = export::format(choice.format) else { return Vec::new() };
            let dialog = dialog.set_title(format!("Export as {}", format.name()));
            if export::is_folder(format, choice.each) {
                one(dialog.pick_folder())
            } else {
                one(dialog.add_filter(format.name(), &[format.extension()]).set_file_name(name).save_file())
            }
        }
    }
}
