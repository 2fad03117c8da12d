//! What reviewing each article saves, worked out in steps so short that no frame waits.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::model::Model;
use crate::project::ArticleId;

/// After so many articles the clock is looked at.
const LOT: usize = 16;

/// What reviewing each article saves.
#[derive(Default)]
pub struct Savings {
    /// As of the last time that all articles were gone through, and of which project that is.
    known: HashMap<ArticleId, f32>,
    of: Option<u64>,
    /// What is gone through: the project and its revision, with those that are left and what was found so far.
    at: Option<(u64, u64)>,
    left: Vec<ArticleId>,
    found: HashMap<ArticleId, f32>,
}

impl Savings {
    /// Whether the articles of the project of this number have been gone through.
    pub fn are_known(&self, number: u64) -> bool {
        self.of == Some(number)
    }

    /// How many wrong mentions of the project a decision in an article is likely to settle; 0 while that is not known.
    pub fn of(&self, article: ArticleId) -> f32 {
        self.known.get(&article).copied().unwrap_or_default()
    }

    /// Goes on for so long; whether there is more to do.
    pub fn go_on(&mut self, model: &Model, long: Duration) -> bool {
        let (begun, now) = (Instant::now(), (model.number, model.session.revision()));
        if self.at != Some(now) {
            self.at = Some(now);
            self.left = model.project().article_ids().to_vec();
            self.found.clear();
        } else if self.left.is_empty() {
            return false;
        }
        while begun.elapsed() < long && !self.left.is_empty() {
            let lot = self.left.split_off(self.left.len().saturating_sub(LOT));
            self.found.extend(lot.into_iter().map(|article| (article, model.saves(article))));
        }
        if self.left.is_empty() {
            self.known = std::mem::take(&mut self.found);
            self.of = Some(model.number);
        }
        !self.left.is_empty()
    }
}
