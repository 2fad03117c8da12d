//! `compare`: where several annotators of the same articles differ, and how far they agree.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use super::failure::{Failure, quiet};
use super::{files, print};
use crate::compare::{self, Annotator};
use crate::import;
use crate::project::{Project, Stamp};
use crate::store;

const NOTES: &str = "\
Articles are paired by their text, marks by best overlap within a kind, then across kinds. What was accepted counts, as each annotator
left it. Kinds with the same name as one of the first annotator's are treated as that kind. Intervals hold the measure in 95 of 100 draws of the articles.";

#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// The projects of two annotators or more, or files of annotations that can be imported.
    #[arg(value_name = "FILE", required = true, num_args = 2..)]
    files: Vec<PathBuf>,
    /// Count open suggestions too, as if they were accepted.
    #[arg(long)]
    suggestions: bool,
    /// Call the annotators A, B, C… instead of by their files' names.
    #[arg(long)]
    blind: bool,
    /// Write the kinds that each annotator gave each token into this file (CSV), to compute the measures again.
    #[arg(long, value_name = "FILE")]
    tokens: Option<PathBuf>,
    /// Write JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let projects: Vec<Project> = arguments.files.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    let names = names(arguments);
    let annotators: Vec<Annotator<'_>> =
        names.iter().zip(&projects).map(|(name, project)| Annotator { name, project }).collect();
    let comparison = compare::compare(&annotators, arguments.suggestions);
    if comparison.articles.is_empty() {
        return Err(Failure::usage(
            "the files have no article in common: articles are paired by their text, letter by letter",
        ));
    }
    if let Some(path) = &arguments.tokens {
        files::write(path, compare::tokens(&comparison).as_bytes())?;
    }
    let mut out = io::stdout().lock();
    quiet(if arguments.json {
        writeln!(out, "{:#}", compare::json(&comparison))
    } else {
        out.write_all(compare::table(&comparison).as_bytes())
    })
}

/// A project, or what a file of annotations holds; what of it is not taken in is told.
fn read(path: &Path) -> Result<Project, Failure> {
    if store::is_project(path) {
        return files::project(path);
    }
    let stamp = Stamp { by: "import".into(), at: Timestamp::now() };
    let found = store::read_annotations(&[path.to_owned()]).map_err(Failure::new)?;
    let imported = import::read(found, None, &stamp).map_err(Failure::new)?;
    print::not_taken_in(&imported.left_out);
    Ok(imported.project)
}

/// What the annotators are called: by the names of their files, with their folders where these are the same.
fn names(arguments: &Arguments) -> Vec<String> {
    if arguments.blind {
        let letter = |at: usize| ('A'..='Z').nth(at).map_or_else(|| (at + 1).to_string(), String::from);
        return (0..arguments.files.len()).map(letter).collect();
    }
    let stems: Vec<String> = arguments
        .files
        .iter()
        .map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
        .collect();
    let alone = |at: usize, stem: &String| stems.iter().enumerate().all(|(other, it)| other == at || it != stem);
    let name = |(at, (path, stem)): (usize, (&PathBuf, &String))| {
        if alone(at, stem) { stem.clone() } else { path.display().to_string() }
    };
    arguments.files.iter().zip(&stems).enumerate().map(name).collect()
}
