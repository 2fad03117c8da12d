//! What scores are worth in a project: a logistic curve for each kind over the probabilities that the engine gives, fitted to
//! what was decided on its suggestions in articles that are done, or that chance drew. It is used where it says better what is right of articles
//! that were left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::project::{ArticleId, KindId};

/// How many decisions on suggestions of a kind there must be.
const LEAST: u32 = 50;
/// Into how many parts articles are divided, each of which is left out in turn.
const PARTS: usize = 5;
/// Scores are told apart by hundredths.
const STEPS: usize = 101;
/// How strongly a curve is held to the engine's own: as if so many decisions had said so.
const HOLD: f64 = 5.0;
/// What the engine says is bettered only where what was left out is this much nearer.
const BETTER: f64 = 0.99;
/// How often a curve is bettered.
const ROUNDS: usize = 20;

/// How many suggestions of a kind and a score in hundredths were right in an article, and how many there were.
pub(super) type Scored = (KindId, u8, u16, u16);

/// Of each kind what its scores are worth.
#[derive(Clone, Debug, Default)]
pub(super) struct Scores(BTreeMap<KindId, OfKind>);

#[derive(Clone, Debug)]
struct OfKind {
    /// By parts of the articles and scores in hundredths: how many were right, and how many there were.
    counts: Box<[[(u32, u32); STEPS]; PARTS]>,
    curve: Option<Curve>,
}

/// Slope and offset over log odds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Curve {
    slope: f64,
    offset: f64,
}

/// What an article tells of scores, from the kind and score of each suggestion that was decided on and whether it was right.
pub(super) fn scored(decided: impl Iterator<Item = (KindId, f32, bool)>) -> Box<[Scored]> {
    let mut counts: BTreeMap<(KindId, u8), (u16, u16)> = BTreeMap::new();
    for (kind, score, is_right) in decided {
        let (right, all) = counts.entry((kind, hundredths(score))).or_default();
        *right = right.saturating_add(u16::from(is_right));
        *all = all.saturating_add(1);
    }
    counts.into_iter().map(|((kind, score), (right, all))| (kind, score, right, all)).collect()
}

fn hundredths(score: f32) -> u8 {
    (score.clamp(0.0, 1.0) * 100.0).round() as u8
}

/// Counts more, or fewer.
pub(super) fn step(count: &mut u32, by: u32, more: bool) {
    *count = if more { count.saturating_add(by) } else { count.saturating_sub(by) };
}

impl Scores {
    /// Takes in what an article tells, or out again.
    pub(super) fn count(&mut self, article: ArticleId, scored: &[Scored], more: bool) {
        for (kind, score, right, all) in scored {
            let of_kind = self.0.entry(kind.clone()).or_insert_with(OfKind::new);
            let part = of_kind.counts.get_mut(article.0 as usize % PARTS);
            if let Some((known_right, known_all)) = part.and_then(|part| part.get_mut(usize::from(*score))) {
                step(known_right, u32::from(*right), more);
                step(known_all, u32::from(*all), more);
            }
        }
    }

    /// Fits the curves of these kinds anew, each once.
    pub(super) fn fit<'k>(&mut self, kinds: impl Iterator<Item = &'k KindId>) {
        for kind in kinds.collect::<BTreeSet<_>>() {
            if let Some(of_kind) = self.0.get_mut(kind) {
                of_kind.curve = of_kind.fitted();
            }
        }
    }

    /// Fits all curves anew.
    pub(super) fn fit_all(&mut self) {
        self.0.values_mut().for_each(|of_kind| of_kind.curve = of_kind.fitted());
    }

    /// The probability that a suggestion of a kind is right, to which the engine gives this one: to the hundredth, where
    /// decisions say otherwise than the engine.
    pub(super) fn of(&self, kind: &KindId, score: f32) -> f32 {
        let curve = self.0.get(kind).and_then(|of_kind| of_kind.curve);
        curve.map_or(score, |curve| (curve.at(f64::from(score)) * 100.0).round() as f32 / 100.0)
    }

    /// How many decisions say what the scores of a kind are worth, where these say otherwise than the engine.
    pub(super) fn decisions(&self, kind: &KindId) -> Option<u32> {
        let of_kind = self.0.get(kind).filter(|of_kind| of_kind.curve.is_some())?;
        Some(of_kind.all())
    }
}

impl OfKind {
    fn new() -> Self {
        Self { counts: Box::new([[(0, 0); STEPS]; PARTS]), curve: None }
    }

    fn all(&self) -> u32 {
        self.counts.iter().flatten().map(|(_, all)| all).sum()
    }

    /// The scores that were decided on, but for those in one part: the score, how many were right, and how many there were.
    fn but(&self, left_out: Option<usize>) -> Vec<(f64, f64, f64)> {
        let mut sums = [(0, 0); STEPS];
        for (_, part) in self.counts.iter().enumerate().filter(|(part, _)| Some(*part) != left_out) {
            for ((right, all), (more_right, more)) in sums.iter_mut().zip(part) {
                *right += more_right;
                *all += more;
            }
        }
        rows(&sums)
    }

    /// The curve, where there are enough decisions and it says better than the engine what is right of what was left out.
    fn fitted(&self) -> Option<Curve> {
        if self.all() < LEAST {
            return None;
        }
        let (mut with, mut without) = (0.0, 0.0);
        for (part, counts) in self.counts.iter().enumerate() {
            let left_out = rows(counts);
            let curve = Curve::fitted(&self.but(Some(part)));
            with += loss(&left_out, |score| curve.at(score));
            without += loss(&left_out, |score| score);
        }
        let curve = Curve::fitted(&self.but(None));
        (with < BETTER * without && curve.slope > 0.0).then_some(curve)
    }
}

fn rows(counts: &[(u32, u32); STEPS]) -> Vec<(f64, f64, f64)> {
    let some = counts.iter().enumerate().filter(|(_, (_, all))| *all > 0);
    some.map(|(score, (right, all))| (score as f64 / 100.0, f64::from(*right), f64::from(*all))).collect()
}

/// How far probabilities are from what is right: the sum of squares.
fn loss(rows: &[(f64, f64, f64)], probability: impl Fn(f64) -> f64) -> f64 {
    let of = |(score, right, all): &(f64, f64, f64)| {
        let said = probability(*score);
        right * (1.0 - said).powi(2) + (all - right) * said.powi(2)
    };
    rows.iter().map(of).sum()
}

impl Curve {
    /// The probability that is likeliest by these decisions, held to the engine's own.
    fn fitted(rows: &[(f64, f64, f64)]) -> Self {
        let mut curve = Self { slope: 1.0, offset: 0.0 };
        for _ in 0..ROUNDS {
            // Newton's step on two parameters.
            let (mut by_slope, mut by_offset) = (HOLD * (curve.slope - 1.0), HOLD * curve.offset);
            let (mut a, mut b, mut c) = (HOLD, 0.0, HOLD);
            for (score, right, all) in rows {
                let (odds, said) = (odds(*score), curve.at(*score));
                let (wrong, spread) = (all * said - right, all * said * (1.0 - said));
                by_slope += wrong * odds;
                by_offset += wrong;
                a += spread * odds * odds;
                b += spread * odds;
                c += spread;
            }
            let determinant = a * c - b * b;
            let slope = (c * by_slope - b * by_offset) / determinant;
            let offset = (a * by_offset - b * by_slope) / determinant;
            if !slope.is_finite() || !offset.is_finite() {
                break;
            }
            // Steps that are too long go back and forth.
            let short = 1.0 / (slope.abs() + offset.abs()).max(1.0);
            curve.slope -= slope * short;
            curve.offset -= offset * short;
        }
        curve
    }

    fn at(self, score: f64) -> f64 {
        1.0 / (1.0 + (-(self.slope * odds(score) + self.offset)).exp())
    }
}

fn odds(score: f64) -> f64 {
    let score = score.clamp(0.01, 0.99);
    (score / (1.0 - score)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Suggestions of people in so many articles, of which at each score so many of ten are right.
    fn learned(articles: u32, right: &[(f32, u32)]) -> Scores {
        let mut scores = Scores::default();
        for article in 0..articles {
            let decided = right.iter().map(|(score, of_ten)| (KindId::PERSON, *score, article * 7 % 10 < *of_ten));
            scores.count(ArticleId(article), &scored(decided), true);
        }
        scores.fit_all();
        scores
    }

    #[test]
    fn scores_say_what_was_right_once_enough_was_decided() {
        let right = [(0.9, 5), (0.6, 3)];
        let of = |scores: &Scores, score| scores.of(&KindId::PERSON, score);
        assert!((of(&learned(20, &right), 0.9) - 0.9).abs() < 1e-6, "40 decisions are too few");
        let scores = learned(100, &right);
        assert!((of(&scores, 0.9) - 0.5).abs() < 0.05 && (of(&scores, 0.6) - 0.3).abs() < 0.05);
        assert!((scores.of(&KindId::COUNTRY, 0.9) - 0.9).abs() < 1e-6, "each kind for itself");
        assert_eq!((scores.decisions(&KindId::PERSON), scores.decisions(&KindId::COUNTRY)), (Some(200), None));
        let rising = [0.0, 0.2, 0.5, 0.7, 0.95, 1.0].map(|score| of(&scores, score));
        assert!(rising.is_sorted() && rising[0] > 0.0 && rising[5] < 1.0, "{rising:?}");
    }

    #[test]
    fn scores_that_are_right_as_they_are_stay() {
        let scores = learned(100, &[(0.9, 9), (0.5, 5), (0.2, 2)]);
        for score in [0.2, 0.5, 0.9] {
            assert!((scores.of(&KindId::PERSON, score) - score).abs() < 0.03);
        }
        let falling = learned(100, &[(0.9, 2), (0.2, 9)]);
        assert!((falling.of(&KindId::PERSON, 0.9) - 0.9).abs() < 1e-6, "surer is never less likely");
    }

    #[test]
    fn what_is_taken_out_again_leaves_nothing() {
        let mut scores = learned(100, &[(0.9, 5)]);
        for article in 0..100 {
            let decided = [(KindId::PERSON, 0.9, article * 7 % 10 < 5)].into_iter();
            scores.count(ArticleId(article), &scored(decided), false);
        }
        scores.fit([KindId::PERSON].iter());
        assert!((scores.of(&KindId::PERSON, 0.9) - 0.9).abs() < 1e-6);
    }
}
