//! Whose work is compared, and whom copies are made for, while that is chosen.

use std::path::PathBuf;

/// Whose work is compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompareForm {
    /// The files of the annotators.
    pub files: Vec<PathBuf>,
    /// Whether the engine is one of them.
    pub engine: bool,
    /// Whether open suggestions count.
    pub open: bool,
}

impl CompareForm {
    /// Whether there is anybody to compare with.
    pub(in crate::ui) fn is_enough(&self) -> bool {
        self.files.len() + usize::from(self.engine && !self.files.is_empty()) > 1
    }
}

/// Whom copies are made for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CopiesForm {
    /// Their names, one a line.
    pub names: String,
    /// Whether they get the suggestions that nobody has decided on.
    pub suggestions: bool,
}

impl CopiesForm {
    /// The names, each once.
    pub(in crate::ui) fn list(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.names.lines().map(str::trim).filter(|name| !name.is_empty()) {
            if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                names.push(name.to_owned());
            }
        }
        names
    }
}
