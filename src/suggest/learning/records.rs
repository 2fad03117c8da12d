//! Which records a project keeps: a linear head over what the engine knows of a record and the tagger's vectors of its most
//! telling words, learned from articles in which all records were decided on. It is silent until it chooses better than
//! the engine by itself.

use std::collections::BTreeMap;

use rubricator_network::Ridge;
use text_size::{TextRange, TextSize};

use super::article::{Decided, Look};
use super::trial::Trial;
use crate::project::{EventType, Level, NamedClass, NewsClass, Plover, Role};
use crate::suggest::tagger::words_in;
use crate::suggest::{Event, Suggestions};

/// What the squares of the weights cost.
const PENALTY: f64 = 30.0;
/// What the parts of a row are multiplied by.
const VECTOR: f32 = 0.1;
const SEEN: f32 = 2.0;
const KIND: f32 = 1.0;

/// What was learned about records.
#[derive(Clone, Debug, Default)]
pub(super) struct Records {
    ridge: Option<Ridge>,
    weights: Option<Vec<f32>>,
    trial: Trial,
}

impl Records {
    /// Learns from an article in which all records were decided on.
    pub(super) fn learn(&mut self, look: &Look, decided: &Decided) {
        let wanted: BTreeMap<(TextSize, TextSize), bool> =
            decided.records.iter().map(|(range, wanted)| ((range.start(), range.end()), *wanted)).collect();
        let rows: Vec<(Vec<f32>, bool, bool)> = (look.found.events.iter())
            .filter_map(|event| {
                let range = telling(&look.found, event)?;
                let wanted = wanted.get(&(range.start(), range.end()))?;
                Some((row(look, event)?, *wanted, event.is_kept()))
            })
            .collect();
        if rows.is_empty() {
            return;
        }
        let marked = rows.iter().filter(|(_, wanted, _)| *wanted).count();
        if let Some(weights) = &self.weights {
            self.trial.note(rows.iter().map(|(row, wanted, _)| (score(weights, row), *wanted)), marked);
            let kept = rows.iter().filter(|(.., kept)| *kept);
            let right = kept.clone().filter(|(_, wanted, _)| *wanted).count();
            self.trial.compare(right, kept.count(), marked);
        }
        let columns = rows.first().map_or(0, |(row, ..)| row.len());
        let ridge = self.ridge.get_or_insert_with(|| Ridge::new(columns, 1));
        for (row, wanted, _) in &rows {
            ridge.add(row, &[if *wanted { 1.0 } else { 0.0 }], 1.0);
        }
        self.weights = ridge.solve(PENALTY).and_then(|weights| weights.into_iter().next());
    }

    /// Keeps the records that this project keeps, and puts the others into the background.
    pub(super) fn choose(&self, look: &Look, found: &mut Suggestions) {
        let (Some(weights), Some((least, ..))) = (&self.weights, self.trial.speaks()) else { return };
        let rows: Vec<Option<Vec<f32>>> = found.events.iter().map(|event| row(look, event)).collect();
        for (event, row) in found.events.iter_mut().zip(rows) {
            let Some(row) = row else { continue };
            let score = score(weights, &row);
            event.worth = self.trial.probability(score);
            event.level = match event.level {
                _ if score < least => Level::Everything,
                Level::Everything => Level::Kept,
                level => level,
            };
        }
    }
}

fn score(weights: &[f32], row: &[f32]) -> f32 {
    weights.iter().zip(row).map(|(weight, value)| weight * value).sum()
}

/// Where the most telling words of a record stand.
fn telling(found: &Suggestions, event: &Event) -> Option<TextRange> {
    Some(found.spans.get(*event.mentions.first()?)?.range)
}

/// A record as the head takes it.
fn row(look: &Look, event: &Event) -> Option<Vec<f32>> {
    let words = words_in(&look.words, telling(&look.found, event)?);
    let mut values = look.vectors.mean(words.clone());
    values.iter_mut().for_each(|value| *value *= VECTOR);
    let worth = event.worth.clamp(0.01, 0.99);
    let flag = |is: bool| if is { SEEN } else { 0.0 };
    let of = |role: Role| event.participants.iter().any(|one| one.role == role);
    values.extend([
        SEEN,
        (worth / (1.0 - worth)).ln(),
        flag(event.level != Level::Everything),
        flag(event.level == Level::Main),
        (event.mentions.len() as f32).ln(),
        flag(event.date.is_some()),
        flag(event.place.as_ref().is_some_and(|place| !place.unsure)),
        flag(of(Role::Actor)),
        flag(of(Role::Recipient)),
        words.start as f32 / look.words.len().max(1) as f32,
    ]);
    let kinds = Plover::ALL.iter().map(|plover| EventType::Happening(Some(*plover)));
    let kinds = kinds.chain(NamedClass::ALL.iter().map(|class| EventType::Named(*class)));
    let kinds = kinds.chain(NewsClass::ALL.iter().map(|class| EventType::News(*class)));
    values.extend(kinds.map(|kind| if kind == event.kind { KIND } else { 0.0 }));
    Some(values)
}
