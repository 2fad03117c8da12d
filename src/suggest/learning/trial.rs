//! How far what was learned can be trusted: what it would have said of articles before it learned from them.

use serde::{Deserialize, Serialize};

/// How many must have been right on articles not yet learned from before something is suggested.
const RIGHT: usize = 3;
/// How many that were scored alike tell how likely one is right.
const ALIKE: usize = 30;
/// What the engine knows by itself is bettered only after so many were marked, and where F1 is higher by so much.
const ENOUGH: usize = 20;
const BETTER: f32 = 0.02;

/// What was said of a candidate before its article was learned from.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Scored {
    score: f32,
    right: bool,
}

/// What was said, and how much of it was right.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Trial {
    scored: Vec<Scored>,
    /// How many were marked in the articles that were scored.
    marked: usize,
    /// Of what the engine knows: how often that was right, how often it said so, and how many were marked.
    alone: Option<(usize, usize, usize)>,
    /// From which score on it is suggested, with how many were right from there on, and how many said.
    speaks: Option<(f32, usize, usize)>,
}

fn f1(right: usize, said: usize, marked: usize) -> f32 {
    2.0 * right as f32 / (said + marked).max(1) as f32
}

impl Trial {
    /// Notes the scores of an article, and whether each was right there. `marked`: how many were.
    pub(super) fn note(&mut self, scored: impl Iterator<Item = (f32, bool)>, marked: usize) {
        self.add(scored, marked);
        self.decide();
    }

    /// The same without deciding yet from which score on it is suggested.
    pub(super) fn add(&mut self, scored: impl Iterator<Item = (f32, bool)>, marked: usize) {
        self.scored.extend(scored.map(|(score, right)| Scored { score, right }));
        self.marked += marked;
    }

    /// Decides from which score on it is suggested.
    pub(super) fn decide(&mut self) {
        self.speaks = self.best();
    }

    /// Notes what the engine by itself said of an article: it is to be bettered.
    pub(super) fn compare(&mut self, right: usize, said: usize, marked: usize) {
        let (known, all, of) = self.alone.unwrap_or_default();
        let alone = (known + right, all + said, of + marked);
        self.alone = Some(alone);
        let needed = f1(alone.0, alone.1, alone.2) + BETTER;
        let marked = self.marked;
        let bettered = |(_, right, said): &(f32, usize, usize)| f1(*right, *said, marked) > needed;
        self.speaks = self.speaks.filter(|best| alone.2 >= ENOUGH && bettered(best));
    }

    /// From which score on it is suggested, with how many were right from there on, and how many said; none while it is
    /// not trusted.
    pub(super) fn speaks(&self) -> Option<(f32, usize, usize)> {
        self.speaks
    }

    /// The score halfway between the one from which on it is suggested and the next below: what is not known to be wrong is
    /// nearer to what was right.
    pub(super) fn halfway(&self) -> Option<f32> {
        let (least, ..) = self.speaks?;
        let below = self.scored.iter().map(|scored| scored.score).filter(|score| *score < least);
        Some(below.reduce(f32::max).map_or(least, |next| (least + next) / 2.0))
    }

    /// How many were right of how many said: from the score on from which it is suggested, else of all.
    pub(super) fn tried(&self) -> (usize, usize) {
        let all = || (self.scored.iter().filter(|scored| scored.right).count(), self.scored.len());
        self.speaks.map_or_else(all, |(_, right, said)| (right, said))
    }

    /// From which score on it is right most, by F1; none while it is wrong more often than right there.
    fn best(&self) -> Option<(f32, usize, usize)> {
        let mut scored = self.scored.clone();
        scored.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut right = 0;
        let mut best: Option<(f32, f32, usize, usize)> = None;
        for (index, one) in scored.iter().enumerate() {
            right += usize::from(one.right);
            let said = index + 1;
            // Those that were scored alike are said together.
            if scored.get(said).is_some_and(|next| next.score == one.score) {
                continue;
            }
            let f1 = f1(right, said, self.marked);
            if right >= RIGHT && 2 * right > said && best.is_none_or(|(known, ..)| f1 > known) {
                best = Some((f1, one.score, right, said));
            }
        }
        best.map(|(_, score, right, said)| (score, right, said))
    }

    /// How likely a score is right, by those that were scored alike.
    pub(super) fn probability(&self, score: f32) -> f32 {
        let of = |known: &Scored| ((known.score - score).abs(), known.right);
        let mut near: Vec<(f32, bool)> = self.scored.iter().map(of).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        near.truncate(ALIKE);
        let right = near.iter().filter(|(_, right)| *right).count();
        (right + 1) as f32 / (near.len() + 2) as f32
    }
}
