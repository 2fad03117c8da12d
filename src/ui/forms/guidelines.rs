//! Guidelines while they are edited.

use egui_commonmark::CommonMarkCache;

use crate::project::Project;

/// The code book of event records, which a project can take over.
pub const CODE_BOOK: &str = include_str!("../../../docs/events.md");

/// Guidelines while they are edited.
pub struct GuidelinesForm {
    pub(in crate::ui) text: String,
    pub(in crate::ui) markdown: CommonMarkCache,
    pub(in crate::ui) fresh: bool,
}

impl GuidelinesForm {
    /// Puts the code book of event records at the end, once.
    pub(in crate::ui) fn add_code_book(&mut self) {
        if !self.has_code_book() {
            let gap = if self.text.trim().is_empty() { "" } else { "\n\n" };
            self.text = format!("{}{gap}{CODE_BOOK}", self.text.trim_end());
        }
    }

    /// Whether the code book is in it already.
    pub(in crate::ui) fn has_code_book(&self) -> bool {
        self.text.contains(CODE_BOOK)
    }

    /// The form over a project's guidelines.
    pub fn new(project: &Project) -> Self {
        Self { text: project.guidelines().to_owned(), markdown: CommonMarkCache::default(), fresh: true }
    }
}
