//! How far an article has come: what is open and decided in it, and whether a person calls it done.

use super::{Level, Mention, Status};

/// What there is to decide on in an article: mentions, but of an event that is told several times one, and relations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Suggestions that nobody has decided on.
    pub open: usize,
    /// What a person accepted, made or rejected.
    pub decided: usize,
}

/// What there is to decide on at each level; kept true by every change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// What is open and shown at a level, but at none before.
    open: [usize; Level::ALL.len()],
    decided: usize,
}

impl Counts {
    pub fn add(&mut self, mention: &Mention) {
        self.of(mention).into_iter().for_each(|count| *count += 1);
    }

    pub fn remove(&mut self, mention: &Mention) {
        self.of(mention).into_iter().for_each(|count| *count = count.saturating_sub(1));
    }

    /// As far as a level shows it.
    pub fn at(&self, level: Level) -> Progress {
        let shown = Level::ALL.iter().zip(self.open).filter(|(other, _)| **other <= level);
        Progress { open: shown.map(|(_, open)| open).sum(), decided: self.decided }
    }

    fn of(&mut self, mention: &Mention) -> Option<&mut usize> {
        if mention.retold || mention.is_held() {
            None
        } else if mention.status != Status::Suggested {
            Some(&mut self.decided)
        } else {
            let first = Level::ALL.iter().position(|level| mention.is_shown(*level))?;
            self.open.get_mut(first)
        }
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
