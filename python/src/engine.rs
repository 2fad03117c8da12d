//! The engine: texts in, lines of JSON as `suggest --jsonl` writes them out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyString};
use rayon::prelude::*;
use rubricator::suggest::across::together;
use rubricator::suggest::{self, Answer, Document, Layers, Memory, Options, Suggestions};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::answers::Lines;
use crate::pool;
use crate::project::Project;

/// How many texts a thread is given before it is looked whether somebody wants to stop.
const EACH: usize = 64;

/// The suggestion engine. It holds the embedded model and knowledge once for all engines of a process.
#[pyclass(frozen, module = "rubricator._native")]
pub(crate) struct Engine {
    pub(crate) engine: suggest::Engine,
    layers: Layers,
    pub(crate) threads: Option<usize>,
}

#[pymethods]
impl Engine {
    #[new]
    fn new(
        py: Python<'_>,
        threads: Option<usize>,
        layers: &str,
        inside_names: bool,
        memory: Option<PyRef<'_, Project>>,
    ) -> PyResult<Self> {
        let layers = match layers {
            "main" => Layers::Main,
            "all" => Layers::All,
            other => return Err(PyValueError::new_err(format!("there are no layers “{other}”, only main and all"))),
        };
        let options = Options { inside_names, ..Options::default() };
        let memory = memory.as_ref().map(|project| &project.project);
        let engine = pool::on(py, threads, || {
            let mut engine = suggest::Engine::new(options);
            if let Some(project) = memory {
                let memory = Memory::of_project(project, |document| engine.look(document));
                engine.remember(memory);
            }
            engine
        })?;
        Ok(Self { engine, layers, threads })
    }

    /// Why the engine does without its model, where it does.
    fn problem(&self) -> Option<String> {
        self.engine.problem().map(ToString::to_string)
    }

    /// The answer to one text. `id` is JSON.
    fn suggest<'py>(
        &self,
        py: Python<'py>,
        id: &str,
        text: &Bound<'py, PyAny>,
        date: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let (id, text, date) = (raw(id)?, words(text)?, day(date)?);
        // A long text is read by several threads too.
        let answered = pool::on(py, self.threads, || self.one(&id, &text, date))?;
        Ok(PyBytes::new(py, &answered?))
    }

    /// The answers to several texts, in their order. `ids` are JSON. A text that cannot be read, or that the engine fails on,
    /// is answered with an error, unless `strict`: then the first one is raised.
    #[pyo3(signature = (ids, texts, dates, threads, across, strict))]
    #[expect(clippy::too_many_arguments, reason = "as Python passes them")]
    fn suggest_many(
        &self,
        py: Python<'_>,
        ids: Vec<String>,
        texts: Vec<Bound<'_, PyAny>>,
        dates: Vec<Bound<'_, PyAny>>,
        threads: Option<usize>,
        across: bool,
        strict: bool,
    ) -> PyResult<Lines> {
        if ids.len() != texts.len() || dates.len() != texts.len() {
            let problem = format!("there are {} texts, {} ids and {} dates", texts.len(), ids.len(), dates.len());
            return Err(PyValueError::new_err(problem));
        }
        let mut asked = Vec::with_capacity(texts.len());
        for (at, ((id, text), date)) in ids.iter().zip(&texts).zip(&dates).enumerate() {
            let read = words(text).and_then(|text| Ok((text, day(date)?)));
            let read = match read {
                Err(error) if strict => return Err(numbered(py, at, &error)),
                read => read.map_err(|error| error.value(py).to_string()),
            };
            asked.push((raw(id)?, read));
        }
        let pool = pool::pool(threads.or(self.threads))?;
        let mut found = Vec::with_capacity(asked.len());
        let mut lines = Vec::with_capacity(asked.len());
        for part in asked.chunks(EACH * pool.current_num_threads()) {
            py.check_signals()?;
            let answer = |it: &Asked| {
                let found = self.found(it);
                let line = if across { Ok(Vec::new()) } else { self.line(it, &found) };
                // What is written is not needed any more, but for why it failed.
                (if across { found } else { found.map(|_| Suggestions::default()) }, line)
            };
            for (it, line) in py.detach(|| pool.install(|| part.par_iter().map(answer).collect::<Vec<_>>())) {
                found.push(it);
                lines.push(line?);
            }
        }
        let failed = found.iter().enumerate().find_map(|(at, it)| Some((at, it.as_ref().err()?)));
        if let Some((at, error)) = failed.filter(|_| strict) {
            return Err(numbered(py, at, &PyRuntimeError::new_err(error.clone())));
        }
        if across {
            lines = py.detach(|| pool.install(|| self.among(&asked, found)))?;
        }
        Ok(Lines::new(lines))
    }
}

/// An article with its id, or why it is none.
type Asked = (Box<RawValue>, Result<(PyBackedStr, Option<Date>), String>);

/// The answer to a text that could not be read.
#[derive(Serialize)]
struct Refused<'a> {
    id: &'a RawValue,
    error: &'a str,
}

impl Engine {
    fn one(&self, id: &RawValue, text: &str, date: Option<Date>) -> PyResult<Vec<u8>> {
        let found = self.engine.suggest(&Document::new(text, date));
        written(&Answer::new(id, text, &found, self.layers))
    }

    fn found(&self, (_, read): &Asked) -> Result<Suggestions, String> {
        let (text, date) = read.as_ref().map_err(Clone::clone)?;
        // A fault of this program costs the article that it came with, and not those beside it.
        catch_unwind(AssertUnwindSafe(|| self.engine.suggest(&Document::new(text, *date))))
            .map_err(|_| "the engine failed on this article: a fault of the program".to_owned())
    }

    fn line(&self, (id, read): &Asked, found: &Result<Suggestions, String>) -> PyResult<Vec<u8>> {
        match (read, found) {
            (Ok((text, _)), Ok(found)) => written(&Answer::new(id, text, found, self.layers)),
            (Err(error), _) | (_, Err(error)) => written(&Refused { id, error }),
        }
    }

    /// The answers with what is one across them.
    fn among(&self, asked: &[Asked], found: Vec<Result<Suggestions, String>>) -> PyResult<Vec<Vec<u8>>> {
        let (mut texts, mut all, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        for ((_, read), found) in asked.iter().zip(found) {
            errors.push(match (read, found) {
                (Ok((text, date)), Ok(found)) => {
                    texts.push((&**text, *date));
                    all.push(found);
                    None
                }
                (Err(error), _) => Some(error.clone()),
                (_, Err(error)) => Some(error),
            });
        }
        let across = together(&texts, &mut all);
        let mut answers = texts.iter().zip(&all).zip(&across);
        let write = |((id, _), error): (&Asked, &Option<String>)| match error {
            Some(error) => Some(written(&Refused { id, error })),
            None => {
                let (((text, _), found), across) = answers.next()?;
                Some(written(&Answer::among(id, text, found, self.layers, across)))
            }
        };
        asked.iter().zip(&errors).filter_map(write).collect()
    }
}

fn written(answer: &impl Serialize) -> PyResult<Vec<u8>> {
    serde_json::to_vec(answer).map_err(|error| PyValueError::new_err(error.to_string()))
}

fn raw(id: &str) -> PyResult<Box<RawValue>> {
    RawValue::from_string(id.to_owned()).map_err(|error| PyValueError::new_err(format!("the id is no JSON: {error}")))
}

/// A text without a copy of it.
fn words(text: &Bound<'_, PyAny>) -> PyResult<PyBackedStr> {
    match text.cast::<PyString>() {
        Ok(text) => PyBackedStr::try_from(text.clone())
            .map_err(|_| PyValueError::new_err("the text is not valid Unicode: half a surrogate pair stands in it")),
        Err(_) => Err(PyTypeError::new_err(format!("the text is not a str but {}", text.get_type().name()?))),
    }
}

/// A day: a `datetime.date`, a str written YYYY-MM-DD, or None.
pub(crate) fn day(date: &Bound<'_, PyAny>) -> PyResult<Option<Date>> {
    if date.is_none() {
        return Ok(None);
    }
    let written = match date.cast::<PyString>() {
        Ok(date) => date.to_string(),
        // Of a `datetime` the day alone.
        Err(_) => match date.call_method0("isoformat") {
            Ok(written) => written.extract::<String>()?.chars().take(10).collect(),
            Err(_) => {
                let problem = format!("the date is neither a datetime.date nor a str but {}", date.get_type().name()?);
                return Err(PyTypeError::new_err(problem));
            }
        },
    };
    match written.parse::<Date>() {
        Ok(day) if written.len() == 10 => Ok(Some(day)),
        _ => Err(PyValueError::new_err(format!("the date “{written}” is not a day written YYYY-MM-DD"))),
    }
}

/// An error of the text of that number, of the same type.
fn numbered(py: Python<'_>, at: usize, error: &PyErr) -> PyErr {
    PyErr::from_type(error.get_type(py), format!("text {at}: {}", error.value(py)))
}
