//! `export`: a project, or suggestions for articles, in another format.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Failure, files, print, quiet};
use crate::export::{self, Export, FORMATS, Format, Layout, Selection};
use crate::ingest::Columns;
use crate::project::{KindId, Project};
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
    /// Only mentions of these kinds, such as `person,country`.
    #[arg(long, value_delimiter = ',', value_name = "KIND")]
    kinds: Option<Vec<String>>,
    /// Of articles: mark countries inside other names too: "Bank of China", "South China Sea".
    #[arg(long)]
    inside_names: bool,
    /// Of articles in tables: which columns, or keys of JSON objects, hold what, such as `text=body,title=headline`.
    #[arg(long, value_parser = Columns::parse, value_name = "FIELD=NAME,…")]
    columns: Option<Columns>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Some(format) = export::format(&arguments.format) else { return Err(Failure::usage("there is no such format")) };
    let options = Options { inside_names: arguments.inside_names, ..Options::default() };
    let (project, own) = match arguments.files.as_slice() {
        [path] if files::is_project(path) => (files::project(path)?, false),
        paths if paths.iter().any(|path| files::is_project(path)) => {
            return Err(Failure::usage("one project at a time can be exported, and no articles beside it"));
        }
        paths => {
            let read = |path: &PathBuf| files::articles(path, arguments.columns.clone());
            let articles = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            (files::suggested(articles.concat(), options)?, true)
        }
    };
    let selection = Selection {
        articles: None,
        suggestions: arguments.suggestions || own,
        kinds: arguments.kinds.as_deref().map(|names| kinds(&project, names)).transpose()?,
    };
    let export = format.export(&project, &selection).map_err(Failure::new)?;
    // Before anything is written.
    let told: Vec<_> =
        export.left_out.iter().map(|left| (left.why, format!("{}: {}", left.title, left.what))).collect();
    let name = format.name();
    print::left_out(&told, |count, why| format!("{name} cannot hold {count} of the marks, left out: {why}"));
    write(format, &export, arguments)
}

/// The kinds of these ids; a misspelt one is told rather than exported as nothing.
fn kinds(project: &Project, names: &[String]) -> Result<Vec<KindId>, Failure> {
    let find = |name: &String| {
        let kinds = &project.tagset().kinds;
        kinds.iter().find(|kind| kind.id.as_str() == name).map(|kind| kind.id.clone()).ok_or_else(|| {
            let known: Vec<_> = kinds.iter().map(|kind| kind.id.as_str()).collect();
            Failure::usage(format!("the project has no kind “{name}”, only {}", known.join(", ")))
        })
    };
    names.iter().map(find).collect()
}

fn write(format: &dyn Format, export: &Export, arguments: &Arguments) -> Result<(), Failure> {
    let out = arguments.out.as_path();
    let piped = out == Path::new("-");
    match (format.layout(), export.files.as_slice()) {
        (Layout::File, [file]) if piped => quiet(io::stdout().lock().write_all(&file.bytes)),
        (Layout::Folder, _) if piped => {
            Err(Failure::usage(format!("{} is a folder of files and cannot go to standard output", format.name())))
        }
        (Layout::File, [file]) if !files::is_folder(out) => save(out, &file.bytes, arguments),
        (_, files) => files.iter().try_for_each(|file| save(&out.join(&file.name), &file.bytes, arguments)),
    }
}

/// Writes a file of the export, but never over what it was made from.
fn save(path: &Path, bytes: &[u8], arguments: &Arguments) -> Result<(), Failure> {
    if arguments.files.iter().any(|input| store::same_file(input, path)) {
        return Err(Failure::usage(format!("{} is what is exported and would be overwritten", path.display())));
    }
    files::write(path, bytes)
}
