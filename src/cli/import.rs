//! `import`: annotation sets into a project.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use smol_str::SmolStr;

use super::failure::{Failure, quiet};
use super::{files, print};
use crate::import::{self, FORMATS, Imported};
use crate::project::ops::{JoinSummary, KindMap};
use crate::project::{Project, Stamp, ops};
use crate::store;
use crate::suggest::lookups;
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
    /// Take tags of one of their kinds as tags of one of the project's, such as `SHIP=ship`; with nothing behind the sign
    /// they stay out. May be given again. Kinds that are called the same are one without it.
    #[arg(long = "kind", value_parser = kinds, value_name = "THEIRS=OURS")]
    kinds: Vec<(String, String)>,
    /// Only say what would be taken in, and as which kinds; nothing is written.
    #[arg(long)]
    dry_run: bool,
}

fn kinds(argument: &str) -> Result<(String, String), String> {
    let parts = argument.split_once('=').filter(|(theirs, _)| !theirs.trim().is_empty());
    let (theirs, ours) = parts.ok_or("write it as THEIRS=OURS, such as SHIP=ship")?;
    Ok((theirs.trim().to_owned(), ours.trim().to_owned()))
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if !store::is_project(&arguments.out) {
        return Err(Failure::usage(format!("“{}” must end in .{}", arguments.out.display(), store::EXTENSION)));
    }
    let stamp = Stamp { by: SmolStr::new(&arguments.annotator), at: Timestamp::now() };
    let found = store::read_annotations(&arguments.paths).map_err(Failure::new)?;
    let imported = import::read(found, arguments.format.as_deref(), &stamp).map_err(Failure::new)?;
    let mut project = if store::exists(&arguments.out) { files::project(&arguments.out)? } else { Project::new() };
    let map = KindMap::asked(project.tagset(), imported.project.tagset(), &arguments.kinds).map_err(Failure::usage)?;
    let mut out: Box<dyn Write> = if arguments.dry_run { Box::new(io::stdout()) } else { Box::new(io::stderr()) };
    quiet(tell(&mut out, &project, &imported, &map))?;
    let edit = ops::join_as(&project, &imported.project, &map, &lookups::known, stamp);
    print::not_taken_in(&imported.left_out);
    if edit.is_empty() {
        eprintln!("rubricator: {}: all of it is in the project already", arguments.out.display());
        return Ok(());
    }
    project.apply(&edit).map_err(Failure::new)?;
    if arguments.dry_run {
        return Ok(());
    }
    if let Some(folder) = arguments.out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        store::create_folder(folder).map_err(Failure::new)?;
    }
    store::save_project(&arguments.out, &project).map_err(Failure::new)?;
    eprintln!("rubricator: {}: {}", arguments.out.display(), wording::to_do(&edit.action));
    Ok(())
}

/// What comes in, and what becomes of each kind.
fn tell(out: &mut dyn Write, project: &Project, imported: &Imported, map: &KindMap) -> io::Result<()> {
    let set = JoinSummary::new(project, &imported.project);
    writeln!(out, "{}: {}", wording::files_read(&imported.files), wording::holds(&set))?;
    for (kind, tags) in &set.kinds {
        let becomes = match map.of(&kind.id) {
            None => "left out".to_owned(),
            Some(id) => {
                project.tagset().get(id).map_or_else(|| "a new kind".to_owned(), |own| own.id.as_str().to_owned())
            }
        };
        writeln!(out, "  {tags:>6}  {:<24} becomes  {becomes}", kind.id.as_str())?;
    }
    match ops::relations_left_out(&imported.project, map) {
        0 => Ok(()),
        1 => writeln!(out, "  1 relation stays out with its tags"),
        count => writeln!(out, "  {count} relations stay out with their tags"),
    }
}
