//! Why something did not go, as exceptions that say which file and where in it.

use std::fmt::Display;
use std::io;
use std::path::Path;

use pyo3::exceptions::{PyException, PyFileNotFoundError, PyOSError, PyPermissionError};
use pyo3::prelude::*;
use rubricator::store::StoreError;

pyo3::create_exception!(
    rubricator,
    RubricatorError,
    PyException,
    "What did not go, and what to do. `path`, `line` and `column` say where, as far as that is known; else they are None."
);

/// Where something is wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'p> {
    pub(crate) path: Option<&'p Path>,
    /// From 1.
    pub(crate) line: Option<usize>,
    /// In characters, from 1.
    pub(crate) column: Option<usize>,
}

impl<'p> Place<'p> {
    pub(crate) fn file(path: &'p Path) -> Self {
        Self { path: Some(path), ..Self::default() }
    }
}

/// An exception with these words.
pub(crate) fn failure(py: Python<'_>, what: &impl Display, place: Place<'_>) -> PyErr {
    placed(py, RubricatorError::new_err(what.to_string()), place)
}

/// An exception of the store: of the system's own kinds where the system refused.
pub(crate) fn stored(py: Python<'_>, path: &Path, error: &StoreError) -> PyErr {
    let words = error.to_string();
    let mut place = Place::file(path);
    let exception = match error {
        StoreError::Disk { kind: io::ErrorKind::NotFound, .. } => PyFileNotFoundError::new_err(words),
        StoreError::Disk { kind: io::ErrorKind::PermissionDenied, .. } => PyPermissionError::new_err(words),
        StoreError::Disk { .. } => PyOSError::new_err(words),
        StoreError::Damaged { line, column, .. } => {
            place = Place { line: Some(*line), column: Some(*column), ..place };
            RubricatorError::new_err(words)
        }
        _ => RubricatorError::new_err(words),
    };
    placed(py, exception, place)
}

fn placed(py: Python<'_>, exception: PyErr, place: Place<'_>) -> PyErr {
    let value = exception.value(py);
    let set = || -> PyResult<()> {
        value.setattr("path", place.path)?;
        value.setattr("line", place.line)?;
        value.setattr("column", place.column)
    };
    set().err().unwrap_or(exception)
}
