//! What the engine has found and the project does not hold yet.

use crate::project::ArticleId;
use crate::suggest::Suggestions;

/// How many articles' suggestions are made into edits at once: few enough that they are applied within a frame.
const MOST: usize = 40;

/// Suggestions that wait to be made into edits, in the order in which they came.
#[derive(Default)]
pub struct Runs {
    waiting: Vec<(ArticleId, Suggestions)>,
    /// A thread is making edits of some.
    making: bool,
}

impl Runs {
    /// Takes in what was found.
    pub fn add(&mut self, found: Vec<(ArticleId, Suggestions)>) {
        self.waiting.extend(found);
    }

    /// The next that edits are to be made of, one lot at a time; none while a thread has some.
    pub fn next(&mut self) -> Option<Vec<(ArticleId, Suggestions)>> {
        if self.making || self.waiting.is_empty() {
            return None;
        }
        self.making = true;
        Some(self.waiting.drain(..self.waiting.len().min(MOST)).collect())
    }

    /// The thread has ended; what it did not bring in waits again, before all else.
    pub fn made(&mut self, again: Vec<(ArticleId, Suggestions)>) {
        self.making = false;
        self.waiting.splice(..0, again);
    }
}
