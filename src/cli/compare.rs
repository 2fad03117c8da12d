//! `compare`: where several annotators of the same articles differ, and how far they agree.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use super::failure::{Failure, quiet};
use super::files;
use crate::compare::{self, Annotator};
use crate::import;
use crate::project::ops::{KindMap, NewTagset};
use crate::project::{Project, Stamp, ops};
use crate::store;
use crate::suggest::lookups;

const NOTES: &str = "\
Articles are paired by their text, marks by best overlap within a kind, then across kinds. What was accepted counts, in the way that
each left it. Intervals hold the measure in 95 of 100 draws of the articles.";

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
    let mut projects: Vec<Project> = Vec::new();
    for path in &arguments.files {
        let project = read(path, projects.first())?;
        projects.push(project);
    }
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

/// A project, or what a file of annotations holds, with kinds that are called as those of the first annotator as these.
fn read(path: &Path, first: Option<&Project>) -> Result<Project, Failure> {
    if store::is_project(path) {
        return files::project(path);
    }
    let stamp = Stamp { by: "import".into(), at: Timestamp::now() };
    let found = store::read_annotations(&[path.to_owned()]).map_err(Failure::new)?;
    let imported = import::read(found, None, &stamp).map_err(Failure::new)?.project;
    let Some(first) = first else { return Ok(imported) };
    let mut project = Project::new();
    let (kinds, tags) = (first.tagset().clone(), KindMap::new(first.tagset(), imported.tagset()));
    let new = NewTagset { tagset: kinds, ..NewTagset::default() };
    project.apply(&ops::set_tagset(&project, &new, &lookups::known, stamp.clone())).map_err(Failure::new)?;
    project.apply(&ops::join_as(&project, &imported, &tags, &lookups::known, stamp)).map_err(Failure::new)?;
    Ok(project)
}

/// What the annotators are called: by the names of their files, with their folders where these are the same.
fn names(arguments: &Arguments) -> Vec<String> {
    if arguments.blind {
        let letter = |at: usize| char::from_u32('A' as u32 + u32::try_from(at).unwrap_or_default()).map(String::from);
        return (0..arguments.files.len()).map(|at| letter(at).unwrap_or_else(|| (at + 1).to_string())).collect();
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
