//! An annotation set that was read and is not taken in yet.

use std::path::PathBuf;

use crate::import::Imported;
use crate::project::ops::{JoinSummary, KindMap};
use crate::project::{KindId, Project};
use crate::wording;

/// What is about to be taken in, and as what.
pub struct ImportForm {
    pub(in crate::ui) imported: Box<Imported>,
    pub(in crate::ui) set: JoinSummary,
    pub(in crate::ui) kinds: KindMap,
    /// What was opened or dropped, where it was not asked for as annotations: it may be meant as articles.
    pub(in crate::ui) opened: Vec<PathBuf>,
}

impl ImportForm {
    /// All of it, with the kinds that are called the same taken as one.
    pub fn new(project: &Project, imported: Box<Imported>, opened: Vec<PathBuf>) -> Self {
        let set = JoinSummary::new(project, &imported.project);
        let kinds = KindMap::new(project.tagset(), imported.project.tagset());
        Self { imported, set, kinds, opened }
    }

    /// What was read.
    pub(in crate::ui) fn told(&self) -> [String; 2] {
        [wording::files_read(&self.imported.files), wording::holds(&self.set)]
    }

    /// How many tags are wanted.
    pub(in crate::ui) fn wanted(&self) -> usize {
        let kinds = self.set.kinds.iter().filter(|(kind, _)| self.kinds.of(&kind.id).is_some());
        kinds.map(|(_, tags)| tags).sum()
    }

    /// The kind here that one of theirs is taken as; none where it is new or stays out.
    pub(in crate::ui) fn own<'p>(&self, project: &'p Project, theirs: &KindId) -> Option<&'p crate::project::Kind> {
        self.kinds.of(theirs).and_then(|id| project.tagset().get(id))
    }
}
