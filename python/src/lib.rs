//! The program's rooms for Python: what the package `rubricator` is made of. Everything here takes and gives what Python has
//! (str, bytes, dict) and the JSON that the program writes; the package makes typed objects of it.

mod answers;
mod articles;
mod engine;
mod failure;
mod formats;
mod measure;
mod pool;
mod project;

use pyo3::prelude::*;

/// The part of the package `rubricator` that is compiled.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::answers::Lines;
    #[pymodule_export]
    use super::articles::{read_articles, read_bytes};
    #[pymodule_export]
    use super::engine::Engine;
    #[pymodule_export]
    use super::failure::RubricatorError;
    #[pymodule_export]
    use super::formats::{exports, imports};
    #[pymodule_export]
    use super::measure::{Marked, compared};
    #[pymodule_export]
    use super::project::Project;

    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
