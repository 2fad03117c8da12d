//! The formats that are written and read.

use pyo3::prelude::*;
use rubricator::{export, import};

/// The formats that are written: id, name, extension, description, what it is for.
#[pyfunction]
pub(crate) fn exports() -> Vec<(&'static str, &'static str, &'static str, &'static str, &'static str)> {
    let row = |format: &&'static dyn export::Format| {
        (format.id(), format.name(), format.extension(), format.description(), format.group().name())
    };
    export::FORMATS.iter().map(row).collect()
}

/// The formats that are read: id, name, extension, description.
#[pyfunction]
pub(crate) fn imports() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
    let row = |format: &&'static dyn import::Format| {
        let extension = format.extensions().first().copied().unwrap_or_default();
        (format.id(), format.name(), extension, format.description())
    };
    import::FORMATS.iter().map(row).collect()
}
