//! What the engine suggests for an article, as an account of it.

use jiff::civil::Date;

use super::account::{Account, Naming, Record};
use super::rarity::Rarity;
use crate::suggest::{Entity, Suggestions};

/// Makes accounts of articles that are to be compared with each other.
#[derive(Default)]
pub struct Accounts {
    rarity: Rarity,
}

impl Accounts {
    /// What an article tells, by what the engine suggests for it.
    pub fn of(&self, text: &str, date: Option<Date>, found: &Suggestions) -> Account {
        let mut owners: Vec<Option<&Entity>> = vec![None; found.spans.len()];
        for entity in found.entities.values().flatten() {
            for index in &entity.mentions {
                if let Some(owner) = owners.get_mut(*index) {
                    *owner = Some(entity);
                }
            }
        }
        let name_of = |owner: &Entity| owner.name.to_lowercase();
        let names: Vec<Option<String>> = owners.iter().map(|owner| owner.map(name_of)).collect();
        let named = |at: usize| names.get(at).and_then(Option::as_deref);
        let spans = found.spans.iter().zip(&names);
        let namings: Vec<Naming<'_>> =
            spans.filter_map(|(span, name)| Some(Naming { range: span.range, name: name.as_deref()? })).collect();
        let parties: Vec<Vec<String>> = found
            .events
            .iter()
            .map(|event| {
                let party = |party: &crate::suggest::Participant| {
                    party.span.and_then(named).map_or_else(|| party.name.to_lowercase(), str::to_owned)
                };
                event.participants.iter().map(party).collect()
            })
            .collect();
        let places: Vec<Option<String>> =
            found.events.iter().map(|event| event.place.as_ref().map(|place| place.name.to_lowercase())).collect();
        let records: Vec<Record<'_>> = found
            .events
            .iter()
            .zip(&parties)
            .zip(&places)
            .map(|((event, parties), place)| Record {
                kind: event.kind,
                kept: event.is_kept(),
                worth: event.worth,
                parties: parties.iter().map(String::as_str).collect(),
                place: place.as_deref(),
                days: event.date.as_ref().map(|date| (date.start, date.end)),
                mentions: event
                    .mentions
                    .iter()
                    .filter_map(|index| found.spans.get(*index))
                    .map(|span| span.range)
                    .collect(),
            })
            .collect();
        Account::new(text, date, &self.rarity, &namings, &records)
    }
}
