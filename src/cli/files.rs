//! The files that commands read and write, by way of the store.

use std::path::Path;

use clap::Args;
use jiff::Timestamp;

use super::failure::Failure;
use crate::ingest::{self, Columns, parts};
use crate::project::{Project, Stamp, ops};
use crate::store;
use crate::suggest::{self, Engine, Options};
use crate::text::Article;
use crate::text::find::Pattern;

/// How the files of articles are read.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Of articles in tables: which columns, or keys of JSON objects, hold what, such as `text=body,title=headline`; the
    /// rest is guessed from their names.
    #[arg(long, value_parser = Columns::parse, value_name = "FIELD=NAME,…")]
    columns: Option<Columns>,
    /// Split each article where this regular expression matches: a match begins an article, `^` is the beginning of a
    /// line. Matches without letters or digits, such as lines of hyphens, are left out.
    #[arg(long, value_parser = parts::pattern, value_name = "REGEX")]
    split_at: Option<Pattern>,
}

/// How much is told of what was left out of an article, in characters; the window shows all of it.
const SHOWN: usize = 300;

/// Reads the articles of a file; what could not be read or was left out of it is told on standard error.
///
/// # Errors
/// There is no article in it that could be read.
pub(super) fn articles(path: &Path, wanted: &Reading) -> Result<Vec<Article>, Failure> {
    let options = ingest::Options { columns: wanted.columns.clone().unwrap_or_default() };
    let (articles, remarks) = store::Reader::of_this_program().read(path, &options).map_err(Failure::new)?;
    if articles.is_empty() {
        let all: Vec<_> = remarks.iter().map(ToString::to_string).collect();
        let nothing = || format!("“{}” holds no articles", path.display());
        return Err(Failure::new(if all.is_empty() { nothing() } else { all.join("\n") }));
    }
    for remark in &remarks {
        let told = remark.to_string();
        match told.char_indices().nth(SHOWN).and_then(|(end, _)| told.get(..end)) {
            Some(shown) => eprintln!("rubricator: {shown}…”"),
            None => eprintln!("rubricator: {told}"),
        }
    }
    let Some(pattern) = &wanted.split_at else { return Ok(articles) };
    let cuts: Vec<_> = articles.iter().map(|article| parts::cuts(article.text.as_str(), pattern)).collect();
    if cuts.iter().all(Vec::is_empty) {
        eprintln!("rubricator: “{}”: nothing in it matches --split-at, so it is not split", path.display());
    }
    let split = articles.iter().zip(&cuts).map(|(article, cuts)| parts::split(article, cuts));
    Ok(split.collect::<Result<Vec<_>, _>>().map_err(Failure::new)?.concat())
}

/// Reads a project.
pub(super) fn project(path: &Path) -> Result<Project, Failure> {
    store::load_project(path).map_err(Failure::new)
}

/// The engine, with a word on standard error where it does without its tagger.
pub(super) fn engine(options: Options) -> Engine {
    let engine = Engine::new(options);
    if let Some(problem) = engine.problem() {
        eprintln!("rubricator: suggestions come from rules and knowledge alone: {problem}");
    }
    engine
}

/// A project of articles with the engine's suggestions.
pub(super) fn suggested(articles: Vec<Article>, options: Options) -> Result<Project, Failure> {
    let stamp = Stamp { by: suggest::AUTHOR.into(), at: Timestamp::now() };
    let engine = engine(options);
    let mut project = Project::new();
    project.apply(&ops::add_articles(&project, articles, stamp.clone())).map_err(Failure::new)?;
    for ids in project.article_ids().to_vec().chunks(Engine::batch()) {
        let articles: Vec<_> = ids.iter().filter_map(|id| project.article(*id)).map(|record| &record.article).collect();
        let texts: Vec<_> = articles.iter().map(|article| (article.text.as_str(), article.meta.date)).collect();
        let found: Vec<_> = ids.iter().copied().zip(engine.suggest_all(&texts)).collect();
        suggest::edits(&mut project, &found, &stamp).map_err(Failure::new)?;
    }
    Ok(project)
}

/// Writes a file whole or not at all; folders that are missing are made.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        store::create_folder(folder).map_err(Failure::new)?;
    }
    store::write_atomic(path, bytes).map_err(Failure::new)
}

/// Whether an output path means a folder: it is one, or is written with a slash at its end.
pub(super) fn is_folder(path: &Path) -> bool {
    store::is_folder(path) || path.as_os_str().to_string_lossy().ends_with(std::path::MAIN_SEPARATOR)
}
