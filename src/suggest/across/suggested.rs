//! What the engine suggests for an article, as an account of it.

use jiff::civil::Date;

use super::account::{Account, Naming, Record};
use super::rarity::Rarity;
use crate::suggest::{Event, Participant, Span, Suggestions};

/// Makes accounts of articles that are to be compared with each other.
#[derive(Default)]
pub struct Accounts {
    rarity: Rarity,
}

impl Accounts {
    /// What an article tells, by what the engine suggests for it.
    pub fn of(&self, text: &str, date: Option<Date>, found: &Suggestions) -> Account {
        let mut names: Vec<Option<String>> = vec![None; found.spans.len()];
        for entity in found.entities.values().flatten() {
            for index in &entity.mentions {
                names.get_mut(*index).into_iter().for_each(|name| *name = Some(entity.name.to_lowercase()));
            }
        }
        let naming = |(span, name): (&Span, &Option<String>)| Some(Naming { range: span.range, name: name.clone()? });
        let namings: Vec<Naming> = found.spans.iter().zip(&names).filter_map(naming).collect();
        let party = |party: &Participant| {
            let named = party.span.and_then(|span| names.get(span)).cloned().flatten();
            named.unwrap_or_else(|| party.name.to_lowercase())
        };
        let record = |event: &Event| Record {
            kind: event.kind,
            kept: event.is_kept(),
            worth: event.worth,
            parties: event.participants.iter().map(party).collect(),
            place: event.place.as_ref().map(|place| place.name.to_lowercase()),
            days: event.date.as_ref().map(|date| (date.start, date.end)),
            mentions: event
                .mentions
                .iter()
                .filter_map(|index| found.spans.get(*index))
                .map(|span| span.range)
                .collect(),
        };
        let records: Vec<Record> = found.events.iter().map(record).collect();
        Account::new(text, date, &self.rarity, &namings, &records)
    }
}
