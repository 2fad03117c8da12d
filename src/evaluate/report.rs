//! The numbers, each with its interval.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::calibration::{self, BINS, Bin, Bins};
use super::count::{Count, Key, count};
use super::gold::Answer;
use super::records::{self, RecordReport};
use super::{Gold, bootstrap};

/// A measure with its 95 % bootstrap interval over documents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// On all documents.
    pub value: f64,
    /// None for a single document, and where no sample has the measure.
    pub interval: Option<(f64, f64)>,
}

/// One label under one rule of what counts as a match.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRow {
    /// `PERSON`, `PERSON_DOC`, `LINKING`.
    pub label: SmolStr,
    /// `exact`, `overlap`, `mention`, `set`; for `LINKING` the label that is linked.
    pub matching: SmolStr,
    /// Suggestions that are right.
    pub right: u64,
    /// Suggestions that are wrong; none where only something is marked.
    pub wrong: Option<u64>,
    /// Marks that are not found.
    pub missed: u64,
    /// The share of the suggestions that is right, 0 without any; none where only something is marked.
    pub precision: Option<Estimate>,
    /// The share of the marks that is found, 0 without any.
    pub recall: Estimate,
    /// The harmonic mean of the two; none where only something is marked.
    pub f1: Option<Estimate>,
}

/// Whether the scores of a label's suggestions are what they say.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// `PERSON`, `COUNTRY`, `EVENT`, `TRIGGER`.
    pub label: &'static str,
    /// How many suggestions can be told to be right or wrong.
    pub suggestions: u64,
    /// Their mean score.
    pub score: f64,
    /// The share of them that is right.
    pub right: f64,
    /// The expected calibration error.
    pub error: Estimate,
    /// The parts of the scores that hold any, from the lowest.
    pub bins: Vec<CalibrationBin>,
}

/// The suggestions whose scores lie in one of 15 parts of equal width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationBin {
    /// The lowest score of the part.
    pub from: f64,
    /// The lowest score of the next.
    pub to: f64,
    /// How many there are.
    pub suggestions: u64,
    /// Their mean score.
    pub score: f64,
    /// The share of them that is right.
    pub right: f64,
}

/// Suggestions set against marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// How many documents there are.
    pub documents: usize,
    /// Their white-space words.
    pub words: usize,
    /// How many samples the intervals come from.
    pub resamples: usize,
    /// By label and match, in alphabetical order.
    pub rows: Vec<ReportRow>,
    /// The labels that are marked and have scored suggestions.
    pub calibration: Vec<Calibration>,
    /// Event records; none where no document has them marked.
    pub records: Option<RecordReport>,
    /// None where the time was not taken.
    pub words_per_second: Option<Estimate>,
}

/// What is counted for a row: in each document, and what the samples make of it.
struct RowCounts {
    partial: bool,
    of_documents: Vec<Count>,
    precision: Vec<f64>,
    recall: Vec<f64>,
    f1: Vec<f64>,
}

/// Sets the suggestions `found` for each document, made in `seconds` each, against its marks.
pub fn report(gold: &[Gold], found: &[Answer], seconds: Option<&[f64]>) -> Report {
    let mut rows = rows(gold, found);
    let mut calibration: Vec<(&'static str, Vec<Bins>, Vec<f64>)> = calibration::LABELS
        .into_iter()
        .map(|label| {
            (label, gold.iter().zip(found).map(|(gold, found)| calibration::bins(gold, &found.spans, label)).collect())
        })
        .map(|(label, bins)| (label, bins, Vec::new()))
        .collect();
    let words: Vec<usize> = gold.iter().map(Gold::words).collect();
    let mut speeds = Vec::new();
    bootstrap::resample(gold.len(), |times| {
        for row in rows.values_mut() {
            let sum = total(&row.of_documents, times);
            row.precision.extend(sum.precision());
            row.recall.extend(sum.recall());
            row.f1.extend(sum.f1());
        }
        for (_, bins, errors) in &mut calibration {
            errors.extend(calibration::error(&total_bins(bins, times)));
        }
        speeds.extend(seconds.and_then(|seconds| speed(&words, seconds, times)));
    });

    // A single document, drawn again and again, says nothing of chance.
    let interval = |mut values: Vec<f64>| if gold.len() > 1 { bootstrap::interval(&mut values) } else { None };
    let estimate =
        |value: Option<f64>, samples| Estimate { value: value.unwrap_or_default(), interval: interval(samples) };
    let once = vec![1; gold.len()];
    let row = |((label, matching), row): (Key, RowCounts)| {
        let sum = total(&row.of_documents, &once);
        let whole = |value, samples| (!row.partial).then(|| estimate(value, samples));
        ReportRow {
            label,
            matching,
            right: sum.right,
            wrong: (!row.partial).then_some(sum.wrong),
            missed: sum.missed,
            precision: whole(sum.precision(), row.precision),
            recall: estimate(sum.recall(), row.recall),
            f1: whole(sum.f1(), row.f1),
        }
    };
    let calibrated = |(label, bins, errors): (&'static str, Vec<Bins>, Vec<f64>)| {
        let bins = total_bins(&bins, &once);
        let error = calibration::error(&bins)?;
        Some(calibrated(label, &bins, estimate(Some(error), errors)))
    };
    Report {
        documents: gold.len(),
        words: words.iter().sum(),
        resamples: bootstrap::RESAMPLES,
        rows: rows.into_iter().map(row).collect(),
        calibration: calibration.into_iter().filter_map(calibrated).collect(),
        records: records(gold, found),
        words_per_second: seconds
            .and_then(|seconds| speed(&words, seconds, &once))
            .map(|value| estimate(Some(value), speeds)),
    }
}

fn records(gold: &[Gold], found: &[Answer]) -> Option<RecordReport> {
    let both = gold.iter().zip(found).filter_map(|(gold, found)| Some((gold.records.as_deref()?, &*found.records)));
    let (marked, found): (Vec<_>, Vec<_>) = both.unzip();
    (!marked.is_empty()).then(|| records::score(&marked, &found))
}

fn rows(gold: &[Gold], found: &[Answer]) -> BTreeMap<Key, RowCounts> {
    let mut rows: BTreeMap<Key, RowCounts> = BTreeMap::new();
    let partial: BTreeSet<_> = gold.iter().flat_map(|gold| &gold.partial).collect();
    for (index, (gold_document, found)) in gold.iter().zip(found).enumerate() {
        for (key, count) in count(gold_document, &found.spans) {
            let row = rows.entry(key).or_insert_with_key(|(label, _)| RowCounts {
                partial: partial.contains(label),
                of_documents: vec![Count::default(); gold.len()],
                precision: Vec::new(),
                recall: Vec::new(),
                f1: Vec::new(),
            });
            if let Some(slot) = row.of_documents.get_mut(index) {
                *slot = count;
            }
        }
    }
    rows
}

fn total(counts: &[Count], times: &[u32]) -> Count {
    let mut sum = Count::default();
    for (count, times) in counts.iter().zip(times) {
        sum.add(*count, *times);
    }
    sum
}

fn total_bins(bins: &[Bins], times: &[u32]) -> Bins {
    let mut sum = Bins::default();
    for (bins, times) in bins.iter().zip(times) {
        calibration::add(&mut sum, bins, *times);
    }
    sum
}

/// Words by seconds; none where no time has passed.
fn speed(words: &[usize], seconds: &[f64], times: &[u32]) -> Option<f64> {
    let words: f64 = words.iter().zip(times).map(|(words, times)| *words as f64 * f64::from(*times)).sum();
    let seconds: f64 = seconds.iter().zip(times).map(|(seconds, times)| seconds * f64::from(*times)).sum();
    (seconds > 0.0).then(|| words / seconds)
}

fn calibrated(label: &'static str, bins: &Bins, error: Estimate) -> Calibration {
    let mean = |bin: &Bin| (bin.score / bin.count, bin.right / bin.count);
    let all = bins.iter().fold(Bin::default(), |sum, bin| Bin {
        count: sum.count + bin.count,
        score: sum.score + bin.score,
        right: sum.right + bin.right,
    });
    let (score, right) = mean(&all);
    let told = bins.iter().enumerate().filter(|(_, bin)| bin.count > 0.0);
    let told = told.map(|(index, bin)| {
        let (score, right) = mean(bin);
        let edge = |index: usize| index as f64 / BINS as f64;
        CalibrationBin { from: edge(index), to: edge(index + 1), suggestions: bin.count as u64, score, right }
    });
    Calibration { label, suggestions: all.count as u64, score, right, error, bins: told.collect() }
}
