//! Projects: read and written, articles and annotations in, every export out.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rubricator::export::{self, Selection};
use rubricator::import;
use rubricator::project::ops::{self, KindMap};
use rubricator::project::{self, Stamp};
use rubricator::store;
use rubricator::suggest::{self, lookups};
use rubricator::text::{Article, Metadata, Text};

use crate::engine::{Engine, day};
use crate::failure::{Place, failure, stored};
use crate::{articles, pool};

/// How many articles of a project are suggested for together.
const TOGETHER: usize = 64;

/// Articles with what was marked in them.
#[pyclass(module = "rubricator._native")]
pub(crate) struct Project {
    pub(crate) project: project::Project,
}

/// What was not taken in or did not go out: where, what, why.
type LeftOut = (String, String, String);

/// The files of an export by name, what was left out, what rows of events lack, and whether it is a folder.
type Exported<'py> = (Vec<(String, Bound<'py, PyBytes>)>, Vec<LeftOut>, Option<String>, bool);

#[pymethods]
impl Project {
    #[new]
    fn new() -> Self {
        Self { project: project::Project::new() }
    }

    /// Reads a project file, which must be whole.
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let read = pool::on(py, None, || store::load_project(&path))?;
        read.map(|project| Self { project }).map_err(|error| stored(py, &path, &error))
    }

    /// Writes it in the place of the file, whole or not at all.
    fn write(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        if !store::is_project(&path) {
            let problem = format!("“{}” must end in .{}", path.display(), store::EXTENSION);
            return Err(failure(py, &problem, Place::file(&path)));
        }
        pool::on(py, None, || store::save_project(&path, &self.project))?.map_err(|error| stored(py, &path, &error))
    }

    /// The project file as bytes.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = pool::on(py, None, || store::to_bytes(&self.project))?
            .map_err(|error| failure(py, &error, Place::default()))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// A project of the bytes of its file.
    #[staticmethod]
    fn of_bytes(py: Python<'_>, bytes: &[u8]) -> PyResult<Self> {
        let read = pool::on(py, None, || store::from_bytes(bytes, "the project"))?;
        read.map(|project| Self { project }).map_err(|error| stored(py, Path::new(""), &error))
    }

    fn __len__(&self) -> usize {
        self.project.article_count()
    }

    /// Its articles without what was marked in them.
    fn untagged(&self, py: Python<'_>) -> PyResult<Self> {
        let mut made = Self::new();
        made.add(py, self.project.articles().map(|record| record.article.clone()).collect())?;
        Ok(made)
    }

    /// Adds the articles of files, and says what could not be read or was left out of them.
    fn add_files(
        &mut self,
        py: Python<'_>,
        paths: Vec<PathBuf>,
        columns: Option<&str>,
        split_at: Option<&str>,
    ) -> PyResult<Vec<LeftOut>> {
        let (articles, remarks) = articles::read_all(py, &paths, columns, split_at)?;
        self.add(py, articles)?;
        Ok(remarks)
    }

    /// Adds one article.
    #[expect(clippy::too_many_arguments, reason = "as Python passes them")]
    fn add_text(
        &mut self,
        py: Python<'_>,
        text: &str,
        title: String,
        source: String,
        author: String,
        section: String,
        url: String,
        language: String,
        date: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        let text = Text::new(text).map_err(|error| failure(py, &error, Place::default()))?;
        let date = day(date)?;
        let meta = Metadata { title, source, author, section, url, language, date, ..Metadata::default() };
        self.add(py, vec![Article { meta, text }])
    }

    /// Adds what the engine suggests for every article.
    fn suggest(&mut self, py: Python<'_>, engine: &Engine, threads: Option<usize>) -> PyResult<()> {
        let ids = self.project.article_ids().to_vec();
        for ids in ids.chunks(TOGETHER) {
            py.check_signals()?;
            let project = &mut self.project;
            let stamp = stamp(suggest::AUTHOR);
            let run = || {
                let articles = ids.iter().filter_map(|id| project.article(*id)).map(|record| &record.article);
                let texts: Vec<_> = articles.map(|article| (article.text.as_str(), article.meta.date)).collect();
                let found: Vec<_> = ids.iter().copied().zip(engine.engine.suggest_all(&texts)).collect();
                suggest::edits(project, &found, &stamp)
            };
            pool::on(py, threads.or(engine.threads), run)?.map_err(|error| failure(py, &error, Place::default()))?;
        }
        Ok(())
    }

    /// Takes annotations of this and other tools in, and says what was not.
    fn take_annotations(
        &mut self,
        py: Python<'_>,
        paths: Vec<PathBuf>,
        format: Option<&str>,
        annotator: &str,
        kinds: Vec<(String, String)>,
    ) -> PyResult<Vec<LeftOut>> {
        let imported = read_annotations(py, &paths, format, annotator)?;
        self.join(py, &imported.project, annotator, &kinds)?;
        Ok(imported.left_out.into_iter().map(|left| (left.place, left.what, left.why.to_owned())).collect())
    }

    /// Takes another project in.
    fn take_project(
        &mut self,
        py: Python<'_>,
        other: PyRef<'_, Self>,
        annotator: &str,
        kinds: Vec<(String, String)>,
    ) -> PyResult<()> {
        self.join(py, &other.project, annotator, &kinds)
    }

    /// Takes in which events are one, and says which rows were not taken in.
    fn take_crosswalk(&mut self, py: Python<'_>, path: PathBuf, annotator: &str) -> PyResult<Vec<LeftOut>> {
        let read = store::read_annotations(std::slice::from_ref(&path)).map_err(|error| stored(py, &path, &error))?;
        let Some(file) = read.first() else {
            return Err(failure(py, &"there is no crosswalk to take in", Place::file(&path)));
        };
        let found = pool::on(py, None, || import::crosswalk(&self.project, file))?
            .map_err(|error| failure(py, &error, Place::file(&path)))?;
        self.apply(py, &ops::take_crosswalk(&self.project, &found.happenings, stamp(annotator)))?;
        Ok(found.left_out.into_iter().map(|left| (left.place, left.what, left.why.to_owned())).collect())
    }

    /// What is selected of it in a format.
    #[expect(clippy::too_many_arguments, reason = "as Python passes them")]
    fn export<'py>(
        &self,
        py: Python<'py>,
        format: &str,
        suggestions: bool,
        unaccepted: bool,
        articles: Vec<String>,
        kinds: Option<Vec<String>>,
        per_article: bool,
        complete: bool,
        happenings: bool,
        checks: bool,
        by: Option<String>,
    ) -> PyResult<Exported<'py>> {
        let Some(format) = export::format(format) else {
            let known: Vec<_> = export::FORMATS.iter().map(|format| format.id()).collect();
            let problem = format!("there is no format “{format}” to export, only {}", known.join(", "));
            return Err(PyValueError::new_err(problem));
        };
        let asked = [
            (complete, format.has_gaps(), "complete"),
            (happenings, format.has_gaps(), "happenings"),
            (checks, format.holds_checks(), "checks"),
        ];
        if let Some((_, _, option)) = asked.into_iter().find(|(asked, holds, _)| *asked && !holds) {
            return Err(PyValueError::new_err(format!("{} has no place for {option}", format.id())));
        }
        let wrong = |error: export::ChoiceError| PyValueError::new_err(error.to_string());
        let selection = Selection {
            articles: export::chosen_articles(&self.project, &articles).map_err(wrong)?,
            suggestions,
            unaccepted,
            kinds: kinds.map(|names| export::chosen_kinds(&self.project, &names)).transpose().map_err(wrong)?,
            complete,
            happenings,
            checks,
            by,
        };
        let made = pool::on(py, None, || export::export(format, &self.project, &selection, per_article))?;
        let made = made.map_err(|error| failure(py, &error, Place::default()))?;
        let files = made.files.iter().map(|file| (file.name.clone(), PyBytes::new(py, &file.bytes))).collect();
        let left_out = made.left_out.into_iter().map(|left| (left.title, left.what, left.why.to_owned())).collect();
        Ok((files, left_out, made.gaps.map(|gaps| gaps.to_string()), export::is_folder(format, per_article)))
    }
}

impl Project {
    fn add(&mut self, py: Python<'_>, articles: Vec<Article>) -> PyResult<()> {
        let edit = ops::add_articles(&self.project, articles, stamp("import"));
        self.apply(py, &edit)
    }

    fn join(
        &mut self,
        py: Python<'_>,
        other: &project::Project,
        annotator: &str,
        kinds: &[(String, String)],
    ) -> PyResult<()> {
        let map = KindMap::asked(self.project.tagset(), other.tagset(), kinds)
            .map_err(|error| PyValueError::new_err(error.to_string()))?;
        let join = || ops::join_as(&self.project, other, &map, &lookups::known, stamp(annotator));
        let edit = pool::on(py, None, join)?;
        self.apply(py, &edit)
    }

    fn apply(&mut self, py: Python<'_>, edit: &project::Edit) -> PyResult<()> {
        let project = &mut self.project;
        pool::on(py, None, || project.apply(edit))?.map_err(|error| failure(py, &error, Place::default()))
    }
}

/// Annotations as a project of their own.
pub(crate) fn read_annotations(
    py: Python<'_>,
    paths: &[PathBuf],
    format: Option<&str>,
    annotator: &str,
) -> PyResult<import::Imported> {
    let first = paths.first().map_or(Path::new(""), PathBuf::as_path);
    let found = store::read_annotations(paths).map_err(|error| stored(py, first, &error))?;
    let read = pool::on(py, None, || import::read(found, format, &stamp(annotator)))?;
    read.map_err(|error| failure(py, &error, Place::file(first)))
}

fn stamp(by: &str) -> Stamp {
    Stamp { by: by.into(), at: Timestamp::now() }
}
