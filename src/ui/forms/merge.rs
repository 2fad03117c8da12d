//! What an entity or event is merged with, while it is looked for.

use crate::project::Target;

/// What was typed, and which of the list is chosen.
pub struct MergeForm {
    pub(in crate::ui) from: Target,
    pub(in crate::ui) words: String,
    pub(in crate::ui) chosen: usize,
    pub(in crate::ui) opened: bool,
}

impl MergeForm {
    /// The form for an entity or event.
    pub fn new(from: Target) -> Self {
        Self { from, words: String::new(), chosen: 0, opened: false }
    }
}
