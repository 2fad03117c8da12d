//! What is counted: how many of the events that a person finds the engine finds too, and how much of each it has right.

use std::collections::BTreeMap;
use std::ops::Range;

use rubricator::project::{EventType, PartyLabel, Role};
use rubricator::suggest::dates::{DateExpression, dates};
use rubricator::suggest::{Document, Event, Label, Participant, Suggestions};

use crate::passages::{Gold, Passage};

/// The rows of the table, in its order.
pub const ROWS: &[&str] = &[
    "triggers, precision",
    "triggers, recall",
    "type",
    "actors, where there are any",
    "recipients, where there are any",
    "place, where there is one",
    "days told, found in the text",
    "date, where there is one",
    "polarity and modality",
    "contexts, precision",
    "contexts, recall",
    "one event for all its triggers",
];

/// Right answers and all answers of each row, and what is wrong, in words.
#[derive(Default)]
pub struct Score {
    pub rows: BTreeMap<&'static str, (usize, usize)>,
    pub failures: Vec<String>,
}

impl Score {
    /// Sets what the engine found in a passage against what a person did.
    pub fn add(&mut self, passage: &Passage, found: &Suggestions) {
        let triggers: Vec<(Range<usize>, &Event)> = found
            .events
            .iter()
            .flat_map(|event| event.mentions.iter().map(move |span| (*span, event)))
            .filter(|(span, _)| found.spans[*span].label == Label::Trigger)
            .map(|(span, event)| {
                (usize::from(found.spans[span].range.start())..usize::from(found.spans[span].range.end()), event)
            })
            .collect();
        let at = |range: &Range<usize>| triggers.iter().find(|(t, _)| t.start < range.end && range.start < t.end);
        let dates = dates(&Document::new(&passage.text, Some(passage.date)));
        self.failures.push(format!("\n{} {}", passage.date, passage.text));
        for (range, _) in &triggers {
            let known = passage.events.iter().flat_map(|event| &event.triggers);
            let known = known.into_iter().any(|gold| gold.start < range.end && range.start < gold.end);
            self.count("triggers, precision", known, || format!("  no trigger: {}", &passage.text[range.clone()]));
        }
        for gold in &passage.events {
            let said = format!("  {} {}", gold.id, &passage.text[gold.triggers[0].clone()]);
            let matched: Vec<&Event> = gold.triggers.iter().filter_map(|range| Some(at(range)?.1)).collect();
            for range in &gold.triggers {
                let missed = || format!("  missed: {}", &passage.text[range.clone()]);
                self.count("triggers, recall", at(range).is_some(), missed);
            }
            for event in &matched {
                let plover = match event.kind {
                    EventType::Happening(Some(plover)) => Some(plover.name().to_owned()),
                    _ => None,
                };
                self.count("type", plover == gold.plover, || {
                    format!("{said}: {:?}, not {:?} ({})", gold.plover, plover, event.name)
                });
            }
            if let Some(event) = matched.first() {
                self.frame(&said, gold, event, &dates);
            }
            if matched.len() > 1 {
                let one = matched.iter().all(|event| std::ptr::eq(*event, matched[0]));
                self.count("one event for all its triggers", one, || format!("{said}: several events"));
            }
        }
    }

    fn frame(&mut self, said: &str, gold: &Gold, event: &Event, dates: &[DateExpression]) {
        let who = |role: Role| {
            // The passages mark people and countries alone.
            let named = event.participants.iter().filter(|one| one.role == role);
            let mut names: Vec<String> = named.filter_map(name).collect();
            names.sort();
            names.dedup();
            names
        };
        let slots = [
            ("actors, where there are any", &gold.actors, who(Role::Actor)),
            ("recipients, where there are any", &gold.recipients, who(Role::Recipient)),
        ];
        for (row, expected, actual) in slots {
            if !expected.is_empty() || !actual.is_empty() {
                let right = *expected == actual;
                self.count(row, right, || format!("{said}: {row} {expected:?}, not {actual:?}"));
            }
        }
        let place = event.place.as_ref().map(|place| place.name.clone());
        if place.is_some() || gold.place.is_some() {
            let right = place == gold.place;
            self.count("place, where there is one", right, || format!("{said}: place {:?}, not {place:?}", gold.place));
        }
        if let Some(days) = gold.date {
            let resolved = dates.iter().any(|known| (known.start, known.end) == days);
            self.count("days told, found in the text", resolved, || format!("{said}: {days:?} not in the text"));
        }
        let date = event.date.as_ref().map(|date| (date.start, date.end));
        if date.is_some() || gold.date.is_some() {
            let right = date == gold.date;
            self.count("date, where there is one", right, || format!("{said}: date {:?}, not {date:?}", gold.date));
        }
        let real = (event.polarity.name(), event.modality.name());
        let right = real == (&gold.polarity, &gold.modality);
        self.count("polarity and modality", right, || {
            format!("{said}: {} {}, not {} {}", gold.polarity, gold.modality, real.0, real.1)
        });
        for context in &event.contexts {
            let right = gold.contexts.iter().any(|known| known == context);
            self.count("contexts, precision", right, || format!("{said}: no context {context}"));
        }
        for context in &gold.contexts {
            let right = event.contexts.iter().any(|known| known == context);
            self.count("contexts, recall", right, || format!("{said}: context {context} missed"));
        }
    }

    fn count(&mut self, row: &'static str, right: bool, failure: impl FnOnce() -> String) {
        let (rights, all) = self.rows.entry(row).or_default();
        *all += 1;
        *rights += usize::from(right);
        if !right {
            self.failures.push(failure());
        }
    }
}

/// A person's full name or a country's code; none for organisations and groups.
fn name(one: &Participant) -> Option<String> {
    match one.label {
        PartyLabel::Person => Some(one.name.clone()),
        PartyLabel::Country => one.country.map(|code| code.to_string()),
        PartyLabel::Org | PartyLabel::Group => None,
    }
}
