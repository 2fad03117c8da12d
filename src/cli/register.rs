//! `register`: the happenings of a project, one a row, however many articles tell of each.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use smol_str::SmolStr;

use super::failure::{Failure, quiet};
use super::{files, print};
use crate::export::{self, Selection};
use crate::import;
use crate::project::{Stamp, ops};
use crate::store;
use crate::wording;

const NOTES: &str = "\
Events of different articles are one happening where a person has said so, in the window or by a crosswalk. The crosswalk has one row per event:
give events that are one happening the same word under “happening”, then take it in again with --take.";

#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// The project (.rubric).
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// Write which event of which article tells of which happening, an event a row.
    #[arg(long)]
    crosswalk: bool,
    /// With commas or with tabs between the columns.
    #[arg(long, value_enum, default_value_t = Form::Csv)]
    format: Form,
    /// The file to write; standard output where none is given.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Only events that were accepted, no open suggestions.
    #[arg(long)]
    accepted: bool,
    /// Take in a crosswalk: record in the project what it says of its events, and save the project. Nothing else is written.
    #[arg(long, value_name = "CROSSWALK", conflicts_with_all = ["crosswalk", "format", "out", "accepted"])]
    take: Option<PathBuf>,
    /// Who is recorded as having said what the crosswalk says.
    #[arg(long, value_name = "NAME", default_value = "import", requires = "take")]
    annotator: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Commas.
    Csv,
    /// Tabs.
    Tsv,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(path) = &arguments.take {
        return take(arguments, path);
    }
    let project = files::project(&arguments.project)?;
    let id = match (arguments.crosswalk, arguments.format) {
        (true, Form::Csv) => "crosswalk",
        (true, Form::Tsv) => "crosswalk-tsv",
        (false, Form::Csv) => "register",
        (false, Form::Tsv) => "register-tsv",
    };
    let Some(format) = export::format(id) else { return Err(Failure::usage("there is no such format")) };
    let selection = Selection { suggestions: !arguments.accepted, ..Selection::default() };
    // What it leaves out is no part of a register: what is not an event.
    let export = format.export(&project, &selection).map_err(Failure::new)?;
    let Some(file) = export.files.first() else { return Ok(()) };
    match &arguments.out {
        None => quiet(io::stdout().lock().write_all(&file.bytes)),
        Some(out) if store::same_file(&arguments.project, out) => {
            Err(Failure::usage(format!("{} is the project and would be overwritten", out.display())))
        }
        Some(out) => files::write(out, &file.bytes),
    }
}

/// Takes a crosswalk in and saves the project.
fn take(arguments: &Arguments, path: &std::path::Path) -> Result<(), Failure> {
    let mut project = files::project(&arguments.project)?;
    let read = store::read_annotations(&[path.to_path_buf()]).map_err(Failure::new)?;
    let Some(file) = read.first() else { return Err(Failure::usage("there is no crosswalk to take in")) };
    let found = import::crosswalk(&project, file).map_err(Failure::new)?;
    print::not_taken_in(&found.left_out);
    let stamp = Stamp { by: SmolStr::new(&arguments.annotator), at: Timestamp::now() };
    let edit = ops::take_crosswalk(&project, &found.happenings, stamp);
    let name = arguments.project.display();
    if edit.is_empty() {
        eprintln!("rubricator: {name}: the project already says all of it");
        return Ok(());
    }
    project.apply(&edit).map_err(Failure::new)?;
    store::save_project(&arguments.project, &project).map_err(Failure::new)?;
    eprintln!("rubricator: {name}: {}", wording::done(&edit.action));
    Ok(())
}
