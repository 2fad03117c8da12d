//! `compare`: where several annotators of the same articles differ, and how far they agree.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use super::failure::{Failure, quiet};
use super::{files, print};
use crate::compare::{self, Annotator, Comparison};
use crate::import;
use crate::project::{Contributor, ContributorId, Project, Stamp};
use crate::store;
use crate::suggest::Options;

const NOTES: &str = "\
Articles are paired by their text, marks by best overlap within a kind, then across kinds. What was accepted counts, as each annotator
left it. Kinds with the same name as one of the first annotator's are treated as that kind. Intervals hold the measure in 95 of 100 draws of the articles.";

#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// The projects of two annotators or more, or files of annotations that can be imported.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Count open suggestions too, as if they were accepted.
    #[arg(long)]
    suggestions: bool,
    /// Have the engine be one of the annotators, as “Engine”: with what it suggests for the articles of the first.
    #[arg(long)]
    engine: bool,
    /// Write a new project with all that all annotators agree on, in which the window settles the rest.
    #[arg(long, value_name = "PROJECT", conflicts_with = "blind")]
    into: Option<PathBuf>,
    /// Call the annotators A, B, C… instead of by their files' names.
    #[arg(long)]
    blind: bool,
    /// Write the kinds that each annotator gave each token into this file (CSV), to compute the measures again.
    #[arg(long, value_name = "FILE")]
    tokens: Option<PathBuf>,
    /// Write a report with charts into this file (HTML), for an appendix or a meeting.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write all measures, differences and articles into this file as rows (CSV).
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Compute γ too (Mathet et al. 2015). It takes some milliseconds an article.
    #[arg(long)]
    gamma: bool,
    /// Write JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let paths = &arguments.files;
    if paths.len() + usize::from(arguments.engine) < 2 {
        return Err(Failure::usage("give the files of two annotators or more, or one and --engine"));
    }
    let mut projects: Vec<Project> = paths.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    if arguments.engine {
        let articles = projects.iter().take(1).flat_map(Project::articles).map(|record| record.article.clone());
        projects.push(files::suggested(articles.collect(), Options::default())?);
    }
    let names = names(arguments, projects.len());
    let is_engine = |at: usize| at >= paths.len();
    let annotator = |(at, (name, project))| Annotator { name, project, open: arguments.suggestions || is_engine(at) };
    let annotators: Vec<Annotator<'_>> =
        names.iter().map(String::as_str).zip(&projects).enumerate().map(annotator).collect();
    let comparison =
        if arguments.gamma { compare::compare_with_gamma(&annotators) } else { compare::compare(&annotators) };
    if comparison.articles.is_empty() {
        return Err(Failure::usage(
            "the files have no article in common: articles are paired by their text, letter by letter",
        ));
    }
    if let Some(path) = &arguments.tokens {
        files::write(path, compare::tokens(&comparison).as_bytes())?;
    }
    for (path, report) in
        [(&arguments.html, compare::html as fn(&Comparison) -> String), (&arguments.csv, compare::csv)]
    {
        if let Some(path) = path {
            files::write(path, report(&comparison).as_bytes())?;
        }
    }
    if let Some(path) = &arguments.into {
        // The window may look for them from another folder.
        let whole = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let file = |at: usize| paths.get(at).map(|path| whole(path).to_string_lossy().into_owned()).unwrap_or_default();
        let contributor = |(at, it): (usize, &Annotator<'_>)| Contributor {
            id: ContributorId::default(),
            name: it.name.to_owned(),
            file: file(at),
            open: it.open,
        };
        let contributors = annotators.iter().enumerate().map(contributor).collect();
        let stamp = Stamp { by: "compare".into(), at: Timestamp::now() };
        begin(path, &annotators, &comparison, contributors, &stamp)?;
    }
    let mut out = io::stdout().lock();
    quiet(if arguments.json {
        writeln!(out, "{:#}", compare::json(&comparison))
    } else {
        out.write_all(compare::table(&comparison).as_bytes())
    })
}

/// Writes a new project in which differences can be settled; never over one that is there.
fn begin(
    path: &Path,
    annotators: &[Annotator<'_>],
    comparison: &Comparison,
    contributors: Vec<Contributor>,
    stamp: &Stamp,
) -> Result<(), Failure> {
    if path.exists() {
        let there = format!("“{}” is there already: what was settled in it would be lost", path.display());
        return Err(Failure::new(there));
    }
    let project = compare::begin(annotators, comparison, contributors, stamp).map_err(Failure::new)?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        store::create_folder(folder).map_err(Failure::new)?;
    }
    store::save_project(path, &project).map_err(Failure::new)?;
    let open = compare::Desk::new(&project, annotators, comparison).open().len();
    eprintln!(
        "rubricator: {}: {} tags that all agree on; cards to settle in the window: {open}",
        path.display(),
        project.all_mentions().count(),
    );
    Ok(())
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

/// What so many annotators are called: by the names of their files, with their folders where these are the same.
fn names(arguments: &Arguments, count: usize) -> Vec<String> {
    if arguments.blind {
        return (0..count).map(compare::letter).collect();
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
    let engine = arguments.engine.then(|| compare::ENGINE.to_owned());
    arguments.files.iter().zip(&stems).enumerate().map(name).chain(engine).collect()
}
