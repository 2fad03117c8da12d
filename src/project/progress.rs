//! How far an article has come: what is open and decided in it, and whether a person calls it done.

use super::{Mention, Status};

/// The mentions of an article, counted; kept true by every change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Suggestions that nobody has decided on.
    pub open: usize,
    /// Mentions that a person accepted, made or rejected.
    pub decided: usize,
}

impl Progress {
    pub(super) fn add(&mut self, mention: &Mention) {
        *self.of(mention) += 1;
    }

    pub(super) fn remove(&mut self, mention: &Mention) {
        let count = self.of(mention);
        *count = count.saturating_sub(1);
    }

    fn of(&mut self, mention: &Mention) -> &mut usize {
        if mention.status == Status::Suggested { &mut self.open } else { &mut self.decided }
    }
}

/// How far an article has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Nothing in it was decided.
    New,
    /// Something in it was decided.
    InProgress,
    /// A person says that it is done.
    Done,
}
