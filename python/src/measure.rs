//! How far the engine, and annotators, agree with what people marked.

use std::path::{Path, PathBuf};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rubricator::compare::{self, Annotator};
use rubricator::evaluate::{self, Answer, Fault, Gold};
use rubricator::store;
use rubricator::suggest::Document;

use crate::engine::Engine;
use crate::failure::{Place, failure, stored};
use crate::pool;
use crate::project::Project;

/// The largest file of marked texts that is read, in bytes.
const MAX_GOLD: u64 = 2 << 30;

/// Marked texts that the engine, or answers of another, can be measured on.
#[pyclass(frozen, module = "rubricator._native")]
pub(crate) struct Marked(Vec<Gold>);

#[pymethods]
impl Marked {
    /// Lines of marked texts.
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        evaluate::read_gold(&bytes(py, &path)?).map(Self).map_err(|fault| bad(py, &path, &fault))
    }

    /// What was accepted in a project.
    #[staticmethod]
    fn of_project(py: Python<'_>, project: PyRef<'_, Project>) -> PyResult<Self> {
        let project = &project.project;
        let gold = pool::on(py, None, || evaluate::of_project(project))?;
        if gold.is_empty() {
            return Err(PyValueError::new_err(
                "nothing is accepted in any article of the project, so that there is nothing to compare with",
            ));
        }
        Ok(Self(gold))
    }

    /// The measures of the engine, as JSON.
    fn evaluate(&self, py: Python<'_>, engine: &Engine, threads: Option<usize>) -> PyResult<String> {
        use rayon::prelude::*;
        let answer = |gold: &Gold| {
            let found = engine.engine.suggest(&Document::new(&gold.text, gold.date));
            Answer {
                spans: evaluate::spans(&gold.text, &found),
                records: evaluate::records::of_suggestions(&gold.text, &found),
            }
        };
        let run = || evaluate::report(&self.0, &self.0.par_iter().map(answer).collect::<Vec<_>>(), None);
        Ok(evaluate::json(&pool::on(py, threads.or(engine.threads), run)?).to_string())
    }

    /// The measures of answers in a file, as JSON.
    fn evaluate_answers(&self, py: Python<'_>, path: PathBuf) -> PyResult<String> {
        let mut gold = self.0.clone();
        let found = evaluate::read_answers(&bytes(py, &path)?, &gold).map_err(|fault| bad(py, &path, &fault))?;
        // Answers that link nothing are not asked for links.
        if !found.iter().flat_map(|answer| &answer.spans).any(|span| span.item.is_some()) {
            gold.iter_mut().flat_map(|gold| &mut gold.spans).for_each(|span| span.item = None);
        }
        Ok(evaluate::json(&pool::on(py, None, || evaluate::report(&gold, &found, None))?).to_string())
    }

    /// What is suggested for each text once those before it were learned from, a line of JSON each.
    fn learn(&self, py: Python<'_>, engine: &Engine, as_own: Vec<String>) -> PyResult<Vec<String>> {
        let own = as_own.iter().map(Into::into).collect();
        let lessons = pool::on(py, engine.threads, || evaluate::learn(&engine.engine, &self.0, &own, |_| {}))?;
        Ok(lessons.iter().map(|lesson| evaluate::lesson_json(lesson).to_string()).collect())
    }
}

/// Where annotators of the same articles differ and how far they agree, with what is suggested to those that are `open`: as JSON, as a table to read, and the tokens' labels as
/// CSV.
#[pyfunction]
pub(crate) fn compared(
    py: Python<'_>,
    names: Vec<String>,
    projects: Vec<PyRef<'_, Project>>,
    open: Vec<bool>,
) -> PyResult<(String, String, String)> {
    let annotators = names.iter().zip(&projects).zip(open);
    let annotators: Vec<_> =
        annotators.map(|((name, project), open)| Annotator { name, project: &project.project, open }).collect();
    let comparison = pool::on(py, None, || compare::compare(&annotators))?;
    if comparison.articles.is_empty() {
        return Err(PyValueError::new_err(
            "the projects have no article in common: articles are paired by their text, letter by letter",
        ));
    }
    Ok((compare::json(&comparison).to_string(), compare::table(&comparison), compare::tokens(&comparison)))
}

fn bytes(py: Python<'_>, path: &Path) -> PyResult<Vec<u8>> {
    store::read_limited(path, MAX_GOLD).map_err(|error| stored(py, path, &error))
}

/// "gold.jsonl:3: …", which editors can jump to.
fn bad(py: Python<'_>, path: &Path, Fault { line, what }: &Fault) -> PyErr {
    let at = line.map_or_else(String::new, |line| format!(":{line}"));
    failure(py, &format!("{}{at}: {what}", path.display()), Place { line: *line, ..Place::file(path) })
}
