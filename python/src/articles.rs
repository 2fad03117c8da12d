//! Articles of files of any format that the program reads.

use std::path::{Path, PathBuf};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rubricator::ingest::{self, Columns, Options, parts};
use rubricator::store::Reader;
use rubricator::text::Article;
use rubricator::text::find::Pattern;

use crate::failure::{Place, failure, stored};
use crate::pool;

/// What could not be read or was left out: of which file, where in it, what and why.
pub(crate) type Remark = (String, String, String);

/// Texts, each with what is known of it as JSON, and remarks.
type Told = (Vec<(String, String)>, Vec<Remark>);

/// The articles of a file, each its text and what is known of it as JSON; then what could not be read or was left out.
#[pyfunction]
pub(crate) fn read_articles(
    py: Python<'_>,
    path: PathBuf,
    columns: Option<&str>,
    split_at: Option<&str>,
) -> PyResult<Told> {
    let (articles, remarks) = read_all(py, &[path], columns, split_at)?;
    Ok((articles.iter().map(told).collect(), remarks))
}

/// The same of the bytes of a file that is called so.
#[pyfunction]
pub(crate) fn read_bytes(py: Python<'_>, name: &str, bytes: &[u8], columns: Option<&str>) -> PyResult<Told> {
    let options = Options { columns: chosen(columns)? };
    let (mut articles, mut remarks) = (Vec::new(), Vec::new());
    py.detach(|| {
        ingest::read_each(name, bytes, &options, &mut |item| {
            match item {
                ingest::Item::Article(article) => articles.push(told(&article)),
                ingest::Item::Problem(it) | ingest::Item::LeftOut(it) => remarks.push((it.file, it.place, it.reason)),
                ingest::Item::Table(_) => {}
            }
            std::ops::ControlFlow::Continue(())
        });
    });
    Ok((articles, remarks))
}

fn told(article: &Article) -> (String, String) {
    (article.text.as_str().to_owned(), serde_json::to_string(&article.meta).unwrap_or_default())
}

fn chosen(columns: Option<&str>) -> PyResult<Columns> {
    Ok(columns.map(Columns::parse).transpose().map_err(PyValueError::new_err)?.unwrap_or_default())
}

/// The articles of all these files.
///
/// # Errors
/// A file cannot be read, or holds no article.
pub(crate) fn read_all(
    py: Python<'_>,
    paths: &[PathBuf],
    columns: Option<&str>,
    split_at: Option<&str>,
) -> PyResult<(Vec<Article>, Vec<Remark>)> {
    let options = Options { columns: chosen(columns)? };
    let pattern = split_at.map(parts::pattern).transpose().map_err(|error| PyValueError::new_err(error.to_string()))?;
    let (mut articles, mut remarks) = (Vec::new(), Vec::new());
    for path in paths {
        py.check_signals()?;
        let (found, told) = one(py, path, &options, pattern.as_ref())?;
        articles.extend(found);
        remarks.extend(told);
    }
    Ok((articles, remarks))
}

fn one(
    py: Python<'_>,
    path: &Path,
    options: &Options,
    pattern: Option<&Pattern>,
) -> PyResult<(Vec<Article>, Vec<Remark>)> {
    // Python is no program that could be started again to read a file that may do harm.
    let read = pool::on(py, None, || Reader::here().read(path, options))?;
    let (articles, remarks) = read.map_err(|error| stored(py, path, &error))?;
    if articles.is_empty() {
        let all: Vec<_> = remarks.iter().map(ToString::to_string).collect();
        let nothing = || format!("“{}” holds no articles", path.display());
        let problem = if all.is_empty() { nothing() } else { all.join("\n") };
        return Err(failure(py, &problem, Place::file(path)));
    }
    let remarks = remarks.into_iter().map(|it| (it.file, it.place, it.reason)).collect();
    let Some(pattern) = pattern else { return Ok((articles, remarks)) };
    let split = articles.iter().map(|article| parts::split(article, &parts::cuts(article.text.as_str(), pattern)));
    let split = split.collect::<Result<Vec<_>, _>>().map_err(|error| failure(py, &error, Place::file(path)))?;
    Ok((split.concat(), remarks))
}
