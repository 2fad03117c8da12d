//! `import`: annotation sets into a project.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use smol_str::SmolStr;

use super::failure::Failure;
use super::{files, print};
use crate::import::{self, FORMATS};
use crate::project::{Project, Stamp, ops};
use crate::store;
use crate::wording;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What to import: files of a format that `rubricator formats` lists as read, or folders of them.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The format; where it is not given it is told by what the files end in and how they begin.
    #[arg(long, value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.id())).map(|id| id))]
    format: Option<String>,
    /// The project (.rubric) to import into; made where it is not there.
    #[arg(long, value_name = "PROJECT")]
    out: PathBuf,
    /// Who is noted to have accepted what the files do not say it of.
    #[arg(long, value_name = "NAME", default_value = "import")]
    annotator: String,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if !store::is_project(&arguments.out) {
        return Err(Failure::usage(format!("“{}” must end in .{}", arguments.out.display(), store::EXTENSION)));
    }
    let stamp = Stamp { by: SmolStr::new(&arguments.annotator), at: Timestamp::now() };
    let found = store::read_annotations(&arguments.paths).map_err(Failure::new)?;
    let imported = import::read(found, arguments.format.as_deref(), &stamp).map_err(Failure::new)?;
    let mut project = if store::exists(&arguments.out) { files::project(&arguments.out)? } else { Project::new() };
    let edit = ops::join(&project, &imported.project, stamp);
    let told: Vec<_> =
        imported.left_out.iter().map(|left| (left.why, format!("{}: {}", left.place, left.what))).collect();
    print::left_out(&told, |count, why| format!("{count} not taken in: {why}"));
    if edit.is_empty() {
        eprintln!("rubricator: {}: all of it is in the project already", arguments.out.display());
        return Ok(());
    }
    project.apply(&edit).map_err(Failure::new)?;
    if let Some(folder) = arguments.out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        store::create_folder(folder).map_err(Failure::new)?;
    }
    store::save_project(&arguments.out, &project).map_err(Failure::new)?;
    eprintln!("rubricator: {}: {}", arguments.out.display(), wording::to_do(&edit.action));
    Ok(())
}
