//! Guidelines while they are edited.

use egui_commonmark::CommonMarkCache;

use crate::project::Project;

/// Guidelines while they are edited.
pub struct GuidelinesForm {
    pub(in crate::ui) text: String,
    pub(in crate::ui) markdown: CommonMarkCache,
    pub(in crate::ui) fresh: bool,
}

impl GuidelinesForm {
    /// The form over a project's guidelines.
    pub fn new(project: &Project) -> Self {
        Self { text: project.guidelines().to_owned(), markdown: CommonMarkCache::default(), fresh: true }
    }
}
