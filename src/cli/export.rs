//! `export`: a project, or suggestions for articles, in another format.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::failure::{Failure, quiet};
use super::{files, print};
use crate::export::{self, Export, FORMATS, Format, Selection};
use crate::store;
use crate::suggest::Options;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A project (.rubric), or articles to export with the engine's suggestions.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format to write.
    #[arg(long, value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.id())).map(|id| id))]
    format: String,
    /// The file to write, or the folder for a format of several files; `-` for standard output.
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// Write a project's open suggestions too, not only what was accepted.
    #[arg(long)]
    suggestions: bool,
    /// Which tags of a project to write: what was accepted, open suggestions, or both.
    #[arg(long, value_enum, default_value_t = Statuses::Accepted, conflicts_with = "suggestions")]
    status: Statuses,
    /// Only this article of a project, by its id (`a3`) or its title; may be given again.
    #[arg(long = "article", value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Write each article by itself, into the folder that `--out` names.
    #[arg(long)]
    per_article: bool,
    /// Only mentions of these kinds, such as `person,country`.
    #[arg(long, value_delimiter = ',', value_name = "KIND")]
    kinds: Option<Vec<String>>,
    /// Of what was accepted in a project only what this annotator decided.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only rows of events that have an actor, a recipient and a date; of `polecat`.
    #[arg(long)]
    complete: bool,
    /// One row per happening, however many articles tell of it; of `polecat`.
    #[arg(long)]
    happenings: bool,
    /// Of a project, also write how often suggestions were right, by those that were drawn by chance; of `json`.
    #[arg(long)]
    checks: bool,
    /// Of articles: mark countries inside other names too: "Bank of China", "South China Sea".
    #[arg(long)]
    inside_names: bool,
    #[command(flatten)]
    reading: files::Reading,
}

/// The tags that go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Statuses {
    /// What was accepted or made by hand.
    Accepted,
    /// What nobody has decided on.
    Suggested,
    /// Both; what was rejected never goes out.
    All,
}

/// What a format has to hold for an option.
type Holds = fn(&dyn Format) -> bool;

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Some(format) = export::format(&arguments.format) else { return Err(Failure::usage("there is no such format")) };
    let asked: [(bool, Holds, &str); 3] = [
        (arguments.complete, |format| format.has_gaps(), "has no rows that could be incomplete; --complete"),
        (arguments.happenings, |format| format.has_gaps(), "cannot have one row per happening; --happenings"),
        (arguments.checks, |format| format.holds_checks(), "has no place for random checks; --checks"),
    ];
    if let Some((_, holds, lacks)) = asked.into_iter().find(|(asked, holds, _)| *asked && !holds(format)) {
        let with: Vec<_> = FORMATS.iter().copied().filter(|format| holds(*format)).map(|format| format.id()).collect();
        return Err(Failure::usage(format!("{} {lacks} is of {}", format.id(), with.join(", "))));
    }
    let options = Options { inside_names: arguments.inside_names, ..Options::default() };
    let (project, own) = match arguments.files.as_slice() {
        [path] if store::is_project(path) => (files::project(path)?, false),
        paths if paths.iter().any(|path| store::is_project(path)) => {
            return Err(Failure::usage("one project at a time can be exported, and no articles beside it"));
        }
        paths => {
            let read = |path: &PathBuf| files::articles(path, &arguments.reading);
            let articles = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            (files::suggested(articles.concat(), options)?, true)
        }
    };
    let selection = Selection {
        articles: export::chosen_articles(&project, &arguments.articles).map_err(Failure::usage)?,
        suggestions: arguments.suggestions || own || arguments.status != Statuses::Accepted,
        unaccepted: arguments.status == Statuses::Suggested,
        kinds: arguments
            .kinds
            .as_deref()
            .map(|names| export::chosen_kinds(&project, names))
            .transpose()
            .map_err(Failure::usage)?,
        complete: arguments.complete,
        happenings: arguments.happenings,
        checks: arguments.checks,
        by: arguments.by.clone(),
    };
    let each = arguments.per_article;
    let export = export::export(format, &project, &selection, each).map_err(Failure::new)?;
    // Before anything is written.
    let told: Vec<_> =
        export.left_out.iter().map(|left| (left.why, format!("{}: {}", left.title, left.what))).collect();
    let name = format.name();
    print::left_out(&told, |count, why| format!("{count} left out of {name}: {why}"));
    if let Some(gaps) = &export.gaps {
        eprintln!("rubricator: {name}: {gaps}");
    }
    write(format, &export, arguments)
}

fn write(format: &dyn Format, export: &Export, arguments: &Arguments) -> Result<(), Failure> {
    let out = arguments.out.as_path();
    let piped = out == Path::new("-");
    match export.files.as_slice() {
        _ if piped && export::is_folder(format, arguments.per_article) => {
            Err(Failure::usage(format!("{} is a folder of files and cannot go to standard output", format.name())))
        }
        [file] if piped => quiet(io::stdout().lock().write_all(&file.bytes)),
        [file] if !export::is_folder(format, arguments.per_article) && !files::is_folder(out) => {
            save(out, &file.bytes, arguments)
        }
        files => files.iter().try_for_each(|file| save(&out.join(&file.name), &file.bytes, arguments)),
    }
}

/// Writes a file of the export, but never over what it was made from.
fn save(path: &Path, bytes: &[u8], arguments: &Arguments) -> Result<(), Failure> {
    if arguments.files.iter().any(|input| store::same_file(input, path)) {
        return Err(Failure::usage(format!("{} is what is exported and would be overwritten", path.display())));
    }
    files::write(path, bytes)
}
