//! Scores as probabilities: what a source adds up is mapped so that of the suggestions with a score of 0.8 four in five
//! are right (Platt 1999: a logistic curve for each label).
//!
//! `training/tagger/calibrate.py` fits the curves on documents that the tagger was not trained on.

use std::sync::LazyLock;

use super::Label;

/// The slope and the offset of a label's curve over log odds.
static CURVES: LazyLock<Vec<(&'static str, f32, f32)>> =
    LazyLock::new(|| parse(include_str!("../../assets/tagger/calibration.tsv")));

fn parse(table: &'static str) -> Vec<(&'static str, f32, f32)> {
    let row = |row: &'static str| {
        let mut cells = row.split('\t');
        Some((cells.next()?, cells.next()?.parse().ok()?, cells.next()?.parse().ok()?))
    };
    table.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
}

/// The probability that a suggestion of this label with this score is right, 0 to 1 without the ends.
pub(super) fn probability(label: Label, score: f32) -> f32 {
    let score = score.clamp(0.001, 0.999);
    on_curve(label.name(), (score / (1.0 - score)).ln())
}

/// The probability that a person would keep an event record with these log odds.
pub(super) fn worth(odds: f32) -> f32 {
    on_curve(RECORD, odds)
}

/// The name of the curve of event records.
const RECORD: &str = "RECORD";

fn on_curve(name: &str, odds: f32) -> f32 {
    let curve = CURVES.iter().find(|(known, ..)| *known == name);
    let (slope, offset) = curve.map_or((1.0, 0.0), |(_, slope, offset)| (*slope, *offset));
    1.0 / (1.0 + (-(slope * odds + offset)).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suggested_label_has_a_rising_curve() {
        for label in [Label::Person, Label::Country, Label::Event, Label::Trigger] {
            assert!(CURVES.iter().any(|(name, slope, _)| *name == label.name() && *slope > 0.0), "{label:?}");
            let scores = [0.0, 0.3, 0.6, 0.9, 1.0].map(|score| probability(label, score));
            assert!(scores.is_sorted() && scores[0] > 0.0 && scores[4] < 1.0, "{scores:?}");
        }
    }

    #[test]
    fn a_label_without_a_curve_keeps_its_score() {
        assert!((probability(Label::Org, 0.7) - 0.7).abs() < 1e-5);
    }
}
