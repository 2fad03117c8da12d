//! Whether scores are what they say: of suggestions with a score of 0.9, nine in ten should be right.

use std::collections::BTreeMap;

use super::count::{Pair, key};
use super::{Gold, Span};

/// Into how many parts of equal width the scores are divided.
pub(super) const BINS: usize = 15;

/// The labels whose scores a person sees.
pub(super) const LABELS: [&str; 4] = ["PERSON", "COUNTRY", "EVENT", "TRIGGER"];

/// The suggestions whose scores lie in one part.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bin {
    pub count: f64,
    /// The sum of their scores.
    pub score: f64,
    /// How many of them are right.
    pub right: f64,
}

/// From the lowest scores to the highest.
pub(super) type Bins = [Bin; BINS];

/// The scores of one document's suggestions of a label, and which are right; empty where it does not mark the label.
pub(super) fn bins(gold: &Gold, found: &[Span], label: &str) -> Bins {
    let mut bins = Bins::default();
    if !gold.labels.contains(label) || gold.partial.contains(label) {
        return bins;
    }
    let (marked, found) = (gold.compared(&gold.spans), gold.compared(found));
    let own: Vec<&Span> = found.into_iter().filter(|span| span.label == label).collect();
    let is_country = label == "COUNTRY";
    let pair =
        if is_country { Pair::of_countries(gold, &marked, &own) } else { Pair::of_label(gold, &marked, &own, label) };
    let place = |span: &Span| (span.range.start, span.range.end, span.country.filter(|_| is_country));
    let scores: BTreeMap<_, _> = own.iter().filter_map(|span| Some((place(span), span.score?))).collect();
    for suggestion in pair.telling() {
        let Some(score) = scores.get(&key(suggestion)).map(|score| f64::from(*score).clamp(0.0, 1.0)) else { continue };
        let right = if is_country { pair.is_overlapped(suggestion) } else { pair.is_marked(suggestion) };
        note(&mut bins, score, right);
    }
    bins
}

/// Counts a score, 0 to 1.
pub(super) fn note(bins: &mut Bins, score: f64, right: bool) {
    // A score of 1 belongs to the last part.
    if let Some(bin) = bins.get_mut(((score * BINS as f64) as usize).min(BINS - 1)) {
        bin.count += 1.0;
        bin.score += score;
        bin.right += f64::from(u8::from(right));
    }
}

pub(super) fn add(sum: &mut Bins, other: &Bins, times: u32) {
    let times = f64::from(times);
    for (sum, other) in sum.iter_mut().zip(other) {
        sum.count += other.count * times;
        sum.score += other.score * times;
        sum.right += other.right * times;
    }
}

/// The expected calibration error: how far the mean score of a part is from the share that is right, over all
/// suggestions; none without any.
pub(super) fn error(bins: &Bins) -> Option<f64> {
    let count: f64 = bins.iter().map(|bin| bin.count).sum();
    (count > 0.0).then(|| bins.iter().map(|bin| (bin.right - bin.score).abs()).sum::<f64>() / count)
}
