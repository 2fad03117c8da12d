//! What it takes a person to bring the event records that are suggested for an article to those that are marked in it, in
//! actions. Only what is marked with a worth of 2 or 3 is wanted.

use std::ops::{AddAssign, Range};

use super::records::{Record, matched, of_role, paired, same, same_dates, same_places, shared};
use crate::project::Role;

/// What is done, each sort counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions {
    /// Records kept with all that fills their slots.
    pub kept: usize,
    /// Records rejected.
    pub rejected: usize,
    /// Rows selected beside another that tells of the same.
    pub selected: usize,
    /// Selections merged into one record.
    pub merged: usize,
    /// Records given another kind.
    pub kinds: usize,
    /// Slots filled: an actor or recipient who was missing, a date or place that was missing or wrong.
    pub filled: usize,
    /// Slots cleared of what does not belong there.
    pub cleared: usize,
    /// Records kept from the background.
    pub raised: usize,
    /// Records made by hand.
    pub made: usize,
    /// Articles left.
    pub left: usize,
}

impl Actions {
    /// Each sort by name: how many keys, clicks and choices one takes, and how often it is done.
    pub fn sorts(&self) -> [(&'static str, usize, usize); 10] {
        [
            ("record kept", 1, self.kept),
            ("record rejected", 1, self.rejected),
            ("row selected to be merged", 1, self.selected),
            ("selection merged", 1, self.merged),
            ("kind changed", 2, self.kinds),
            ("slot filled", 2, self.filled),
            ("slot cleared", 1, self.cleared),
            ("record kept from the background", 1, self.raised),
            ("record made by hand", 2, self.made),
            ("article left", 1, self.left),
        ]
    }

    /// All keys, clicks and choices.
    pub fn sum(&self) -> usize {
        self.sorts().iter().map(|(_, each, times)| each * times).sum()
    }

    /// The same for somebody who lets actors, recipients, dates and places be.
    pub fn without_slots(&self) -> usize {
        Self { filled: 0, cleared: 0, ..*self }.sum()
    }

    /// The same for somebody who puts right what is wrong and accepts the rest with the key that leaves the article.
    pub fn at_once(&self) -> usize {
        Self { kept: 0, ..*self }.sum()
    }

    /// Brings what is said of a record to what is marked.
    fn repair(&mut self, marked: &Record, said: &Record) {
        self.kinds += usize::from(marked.kind != said.kind);
        for role in [Role::Actor, Role::Recipient] {
            let (marked, said) = (of_role(marked, role), of_role(said, role));
            let right = matched(&marked, &said);
            self.filled += marked.len() - right;
            self.cleared += said.len() - right;
        }
        for (wanted, there, right) in [
            (marked.place.is_some(), said.place.is_some(), same_places(marked, said)),
            (marked.date.is_some(), said.date.is_some(), same_dates(marked, said)),
        ] {
            self.filled += usize::from(wanted && !right);
            self.cleared += usize::from(there && !wanted);
        }
    }
}

impl AddAssign for Actions {
    fn add_assign(&mut self, other: Self) {
        let Self { kept, rejected, selected, merged, kinds, filled, cleared, raised, made, left } = other;
        for (sum, more) in [
            (&mut self.kept, kept),
            (&mut self.rejected, rejected),
            (&mut self.selected, selected),
            (&mut self.merged, merged),
            (&mut self.kinds, kinds),
            (&mut self.filled, filled),
            (&mut self.cleared, cleared),
            (&mut self.raised, raised),
            (&mut self.made, made),
            (&mut self.left, left),
        ] {
            *sum += more;
        }
    }
}

/// Whether a record is one that a person wants to have.
pub fn is_wanted(record: &Record) -> bool {
    record.worth >= 2
}

/// What an article takes.
///
/// Marked and suggested records are paired as they are for [`super::records::score`]. A kept one that is left over is merged into the pair that it shares
/// a mention with, or rejected. A marked one that is left over is kept from the background where it is there, or made by
/// hand at its first mention: with the kind and slots that `read` has for that place, or none.
pub fn correct(marked: &[Record], found: &[Record], read: impl Fn(&Range<usize>) -> Option<Record>) -> Actions {
    let mut actions = Actions { left: 1, ..Actions::default() };
    let wanted: Vec<&Record> = marked.iter().filter(|record| is_wanted(record)).collect();
    let (kept, background): (Vec<&Record>, Vec<&Record>) =
        found.iter().filter(|record| !record.mentions.is_empty()).partition(|record| is_wanted(record));
    let pairs = paired(&wanted, &kept);
    let mut said: Vec<Option<Record>> =
        (0..wanted.len()).map(|index| kept.get(*pairs.get(&index)?).map(|record| (*record).clone())).collect();
    let mut merged = vec![false; wanted.len()];
    let over = kept.iter().enumerate().filter(|(index, _)| !pairs.values().any(|taken| taken == index));
    for (_, piece) in over {
        let told = wanted.iter().zip(&mut said).zip(&mut merged);
        let of = told.filter_map(|((gold, said), merged)| Some((shared(gold, piece), said.as_mut()?, merged)));
        match of.filter(|(mentions, ..)| *mentions > 0).max_by_key(|(mentions, ..)| *mentions) {
            Some((_, into, is_merged)) => {
                join(into, piece);
                *is_merged = true;
                actions.selected += 1;
            }
            None => actions.rejected += 1,
        }
    }
    actions.merged = merged.iter().filter(|merged| **merged).count();
    let mut missing = Vec::new();
    for (gold, said) in wanted.iter().zip(&said) {
        match said {
            Some(said) => {
                actions.kept += 1;
                actions.repair(gold, said);
            }
            None => missing.push(*gold),
        }
    }
    let raised = paired(&missing, &background);
    for (index, gold) in missing.iter().enumerate() {
        match raised.get(&index).and_then(|of| background.get(*of)) {
            Some(said) => {
                actions.raised += 1;
                actions.repair(gold, said);
            }
            None => {
                actions.made += 1;
                match gold.mentions.first().and_then(&read) {
                    Some(said) => actions.repair(gold, &said),
                    None => {
                        actions.kinds += 1;
                        actions.filled += gold.parties.len() + usize::from(gold.place.is_some());
                        actions.filled += usize::from(gold.date.is_some());
                    }
                }
            }
        }
    }
    actions
}

/// As merging joins two: participants of both, date and place of the one that has them, its own first.
fn join(into: &mut Record, piece: &Record) {
    for (role, party) in &piece.parties {
        if !into.parties.iter().any(|(of, known)| of == role && same(known, party)) {
            into.parties.push((*role, party.clone()));
        }
    }
    into.place = into.place.take().or_else(|| piece.place.clone());
    into.date = into.date.or(piece.date);
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::evaluate::records::{Party, Reality};
    use crate::project::{CountryCode, EventType, NewsClass, PartyLabel, Plover};

    const MEET: EventType = EventType::Happening(Some(Plover::Consult));
    const SPORT: EventType = EventType::News(NewsClass::Sport);
    const DAY: Date = date(2024, 6, 11);

    fn record(
        worth: u8,
        kind: EventType,
        mentions: &[usize],
        actors: &[&str],
        place: &str,
        day: Option<Date>,
    ) -> Record {
        let person =
            |name: &&str| Party { label: PartyLabel::Person, name: (*name).to_owned(), country: None, unsure: false };
        Record {
            worth,
            probability: None,
            kind,
            mentions: mentions.iter().map(|start| *start..start + 4).collect(),
            parties: actors.iter().map(|name| (Role::Actor, person(name))).collect(),
            place: (!place.is_empty()).then(|| (place.to_owned(), CountryCode::new("CH"))),
            date: day.map(|day| (day, day)),
            reality: Reality::Actual,
        }
    }

    fn marked() -> Vec<Record> {
        vec![
            record(3, MEET, &[0, 10], &["Boris Ron", "Anna Lee"], "Bern", Some(DAY)),
            record(2, SPORT, &[30], &[], "", None),
            record(1, SPORT, &[50], &[], "Basel", None),
        ]
    }

    /// Where nothing is read of what is made by hand.
    fn corrected(marked: &[Record], found: &[Record]) -> Actions {
        correct(marked, found, |_| None)
    }

    #[test]
    fn what_is_read_of_words_that_are_made_an_event_has_not_to_be_filled_in() {
        let read = |at: &Range<usize>| (at.start == 0).then(|| record(2, MEET, &[], &["Boris Ron"], "Bern", None));
        let actions = correct(&marked(), &[], read);
        // Of the meeting Anna Lee and the day are missing, of the match its kind.
        assert_eq!(actions, Actions { made: 2, kinds: 1, filled: 2, left: 1, ..Actions::default() });
    }

    #[test]
    fn what_is_as_wanted_is_kept_by_a_key_each() {
        let actions = corrected(&marked(), &marked());
        assert_eq!(actions, Actions { kept: 2, left: 1, ..Actions::default() });
        assert_eq!((actions.sum(), actions.without_slots(), actions.at_once()), (3, 3, 1));
        assert_eq!(corrected(&[], &[]).sum(), 1, "an article without records has to be left too");
    }

    #[test]
    fn pieces_are_merged_and_what_nobody_wants_is_rejected() {
        let found = [
            record(2, MEET, &[0], &["Ron"], "", None),
            record(3, MEET, &[10], &["Anna Lee"], "Bern", Some(DAY)),
            record(2, SPORT, &[30], &[], "", None),
            record(2, SPORT, &[50], &[], "", None),
            record(2, MEET, &[90], &[], "", None),
        ];
        let actions = corrected(&marked(), &found);
        let expected = Actions { kept: 2, selected: 1, merged: 1, rejected: 2, left: 1, ..Actions::default() };
        assert_eq!(actions, expected, "the pieces have all slots together");
        assert_eq!(actions.sum(), 7);
    }

    #[test]
    fn wrong_kinds_and_slots_are_put_right() {
        let found = [
            record(2, SPORT, &[0], &["Boris Ron", "Eva Mars"], "Zug", None),
            record(2, SPORT, &[30], &[], "Chur", Some(DAY)),
        ];
        let actions = corrected(&marked(), &found);
        // Anna Lee, Bern and the day are filled in; Eva Mars, Chur and the other day go.
        assert_eq!(actions, Actions { kept: 2, kinds: 1, filled: 3, cleared: 3, left: 1, ..Actions::default() });
        assert_eq!((actions.sum(), actions.without_slots()), (14, 5));
    }

    #[test]
    fn what_is_missing_comes_from_the_background_or_is_made() {
        let found = [record(1, MEET, &[10], &["Boris Ron"], "Bern", Some(date(2024, 6, 12)))];
        let actions = corrected(&marked(), &found);
        assert_eq!(actions, Actions { raised: 1, made: 1, kinds: 1, filled: 1, left: 1, ..Actions::default() });
        let actions = corrected(&marked(), &[]);
        assert_eq!(actions, Actions { made: 2, kinds: 2, filled: 4, left: 1, ..Actions::default() });
        assert_eq!((actions.sum(), actions.without_slots()), (17, 9));
    }
}
