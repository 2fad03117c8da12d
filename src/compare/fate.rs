//! What becomes of an article that several annotators marked: what all agree on stands, what was settled as it was, and what is
//! open waits.

use std::collections::{BTreeMap, BTreeSet};

use text_size::TextRange;

use super::align::{Aligned, Tie};
use super::differences::{About, Difference, Sort};
use super::marks::{Mark, Part};
use crate::project::{EntityId, Given, GivenRelation, KindId, Schema, Tagset};
use crate::text::byte_range;

/// How far from what anybody marked words may stand that a person gives as the right ones, in bytes.
const AROUND: usize = 400;

/// What was said of a difference.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    /// This annotator's choice is right.
    By(usize),
    /// It is nothing.
    Nothing,
    /// Something else is, in words; none where it was edited by hand.
    Edited(String),
    /// Something else of an event or a relation.
    Given(Given),
}

/// Who or what a mark names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Nobody,
    /// The entity of an annotator.
    Of(usize, EntityId),
    /// The entity of this name.
    Called(String),
}

/// A mark that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Whose mark it was made from.
    pub(super) base: usize,
    pub(super) range: TextRange,
    pub(super) kind: KindId,
    pub(super) who: Who,
    /// Which of the events that are the same.
    pub(super) event: Option<usize>,
    /// Whose choice it is just as it stands; nobody's where a person edited it.
    pub(super) whose: Vec<usize>,
}

/// What becomes of the marks of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Somebody has to settle it.
    Open,
    /// There is nothing.
    Gone,
    Made(Chosen),
}

impl Fate {
    pub(super) fn made(&self) -> Option<&Chosen> {
        match self {
            Self::Made(chosen) => Some(chosen),
            Self::Open | Self::Gone => None,
        }
    }
}

/// What becomes of an event's type or of a part of its record.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Slot {
    /// It is as this annotator has it.
    By(usize),
    /// It is empty.
    Nothing,
    /// It is what a person gave.
    Given(Given),
    /// It is left as a person edited it by hand.
    ByHand,
    /// Somebody has to settle it.
    Open,
}

/// An event that stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    pub(super) kind: Slot,
    pub(super) parts: BTreeMap<Part, Slot>,
}

/// What becomes of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Outcome {
    /// As [`Aligned::units`].
    pub(super) units: Vec<Fate>,
    /// As [`Aligned::events`]; none where no mark that stands tells of it.
    pub(super) events: Vec<Option<Told>>,
    /// The relations that stand, with whose each is; nobody's where a person edited it.
    pub(super) ties: BTreeMap<Tie, Vec<usize>>,
}

/// An article with what is said of its differences.
pub(super) struct Article<'a> {
    pub(super) text: &'a str,
    pub(super) aligned: &'a Aligned,
    pub(super) tagset: &'a Tagset,
    pub(super) differences: &'a [Difference],
    /// What was said of each, as they stand there.
    pub(super) said: Vec<Option<Said>>,
}

impl Article<'_> {
    /// What becomes of it.
    pub(super) fn outcome(&self) -> Outcome {
        let mut of_units: BTreeMap<usize, BTreeMap<Sort, Option<&Said>>> = BTreeMap::new();
        let mut of_events: BTreeMap<(usize, Option<Part>), Option<&Said>> = BTreeMap::new();
        let mut of_ties: BTreeMap<&Tie, Option<&Said>> = BTreeMap::new();
        for (difference, said) in self.differences.iter().zip(&self.said) {
            match &difference.about {
                About::Unit(unit) => drop(of_units.entry(*unit).or_default().insert(difference.sort, said.as_ref())),
                About::Event(event) => drop(of_events.insert((*event, None), said.as_ref())),
                About::Part(event, part) => drop(of_events.insert((*event, Some(*part)), said.as_ref())),
                About::Tie(tie) => drop(of_ties.insert(tie, said.as_ref())),
            }
        }
        let nothing = BTreeMap::new();
        let fate = |unit: usize| self.fate(unit, of_units.get(&unit).unwrap_or(&nothing));
        let units: Vec<Fate> = (0..self.aligned.units.len()).map(fate).collect();
        let told: BTreeSet<usize> = units.iter().filter_map(|fate| fate.made()?.event).collect();
        let slot = |event: usize, part: Option<Part>| match of_events.get(&(event, part)) {
            None => self.first_of(event).map_or(Slot::Nothing, Slot::By),
            Some(None) => Slot::Open,
            Some(Some(Said::By(by))) => Slot::By(*by),
            Some(Some(Said::Nothing)) => Slot::Nothing,
            Some(Some(Said::Edited(_))) => Slot::ByHand,
            Some(Some(Said::Given(what))) => Slot::Given(what.clone()),
        };
        let event = |at: usize| {
            told.contains(&at).then(|| Told {
                kind: slot(at, None),
                parts: Part::ALL.into_iter().map(|part| (part, slot(at, Some(part)))).collect(),
            })
        };
        let events = (0..self.aligned.events.len()).map(event).collect();
        let mut ties: BTreeMap<Tie, Vec<usize>> = BTreeMap::new();
        let mut given: Vec<Tie> = Vec::new();
        for (tie, by) in self.aligned.ties() {
            let all: Vec<usize> = by.keys().copied().collect();
            let whose = match of_ties.get(&tie) {
                None => all,
                Some(Some(Said::By(one))) if by.contains_key(one) => all,
                Some(Some(Said::Edited(_))) => Vec::new(),
                Some(Some(Said::Given(Given::Relation(GivenRelation { kind, turned })))) => {
                    given.push(self.tie(&tie, kind, *turned));
                    continue;
                }
                Some(_) => continue,
            };
            ties.insert(tie, whose);
        }
        // What is given may be what somebody has.
        for tie in given {
            ties.entry(tie).or_default();
        }
        let stands = |unit: usize| units.get(unit).is_some_and(|fate| fate.made().is_some());
        ties.retain(|tie, _| stands(tie.1) && stands(tie.2));
        Outcome { units, events, ties }
    }

    /// Which of its differences are open: not settled, nor without an object by what was.
    pub(super) fn open(&self, outcome: &Outcome) -> Vec<bool> {
        let mut chosen = BTreeSet::new();
        for (difference, said) in self.differences.iter().zip(&self.said) {
            if let (About::Unit(unit), Sort::Missing, Some(_)) = (&difference.about, difference.sort, said) {
                chosen.insert(*unit);
            }
        }
        let is_gone = |unit: usize| outcome.units.get(unit) == Some(&Fate::Gone);
        // Events that a mark tells of, or may tell of.
        let mut told: BTreeSet<usize> = BTreeSet::new();
        for (unit, fate) in outcome.units.iter().enumerate() {
            match fate {
                Fate::Gone => {}
                Fate::Made(chosen) => told.extend(chosen.event),
                Fate::Open => {
                    let marks = (0..self.aligned.all.len()).filter_map(|by| Some((by, self.aligned.mark(unit, by)?)));
                    told.extend(marks.filter_map(|(by, mark)| self.aligned.group(by, mark.event?)));
                }
            }
        }
        let open = |(difference, said): (&Difference, &Option<Said>)| {
            said.is_none()
                && match &difference.about {
                    About::Unit(unit) => !is_gone(*unit) && !chosen.contains(unit),
                    About::Event(event) | About::Part(event, _) => told.contains(event),
                    About::Tie((_, from, to)) => !is_gone(*from) && !is_gone(*to),
                }
        };
        self.differences.iter().zip(&self.said).map(open).collect()
    }

    /// A relation of this kind between the ends of another.
    fn tie(&self, (_, from, to): &Tie, kind: &KindId, turned: bool) -> Tie {
        let (from, to) = if turned { (*to, *from) } else { (*from, *to) };
        let symmetric = self.tagset.is_symmetric(kind);
        if symmetric { (kind.clone(), from.min(to), from.max(to)) } else { (kind.clone(), from, to) }
    }

    fn first_of(&self, event: usize) -> Option<usize> {
        self.aligned.events.get(event)?.iter().position(Option::is_some)
    }

    fn chosen(&self, base: usize, mark: &Mark) -> Chosen {
        Chosen {
            base,
            range: mark.range,
            kind: mark.kind.clone(),
            who: mark.entity.map_or(Who::Nobody, |entity| Who::Of(base, entity)),
            event: mark.event.and_then(|event| self.aligned.group(base, event)),
            whose: Vec::new(),
        }
    }

    fn fate(&self, unit: usize, said: &BTreeMap<Sort, Option<&Said>>) -> Fate {
        let first = (0..self.aligned.all.len()).find_map(|by| Some((by, self.aligned.mark(unit, by)?)));
        let Some((base, mark)) = first else { return Fate::Gone };
        let mut chosen = self.chosen(base, mark);
        let mut edited = false;
        if let Some(said) = said.get(&Sort::Missing) {
            match said {
                None => return Fate::Open,
                Some(Said::Nothing) => return Fate::Gone,
                Some(Said::By(by)) => match self.aligned.mark(unit, *by) {
                    Some(mark) => chosen = self.chosen(*by, mark),
                    None => return Fate::Gone,
                },
                Some(Said::Edited(kind)) => {
                    self.set_kind(unit, &mut chosen, kind);
                    edited = true;
                }
                // That is of events and relations.
                Some(Said::Given(_)) => {}
            }
            return self.made(unit, chosen, edited);
        }
        // Who is meant goes with the words, and with the kind, unless it is a difference of its own.
        for sort in [Sort::Boundary, Sort::Kind, Sort::Who] {
            let Some(said) = said.get(&sort) else { continue };
            match said {
                None => return Fate::Open,
                Some(Said::Nothing) if sort == Sort::Who => (chosen.who, chosen.event) = (Who::Nobody, None),
                Some(Said::Nothing) => return Fate::Gone,
                Some(Said::By(by)) => {
                    let Some(mark) = self.aligned.mark(unit, *by) else { return Fate::Gone };
                    let (range, kind) = (chosen.range, chosen.kind.clone());
                    chosen = self.chosen(*by, mark);
                    match sort {
                        Sort::Boundary => chosen.kind = kind,
                        Sort::Kind => chosen.range = range,
                        _ => (chosen.range, chosen.kind) = (range, kind),
                    }
                }
                // That is of events and relations.
                Some(Said::Given(_)) => {}
                Some(Said::Edited(what)) => {
                    edited = true;
                    match sort {
                        Sort::Boundary => self.set_words(unit, &mut chosen, what),
                        Sort::Kind => self.set_kind(unit, &mut chosen, what),
                        _ if what.is_empty() => {}
                        _ if self.tagset.schema(&chosen.kind) == Schema::Event => {
                            let mut groups = 0..self.aligned.events.len();
                            let told =
                                groups.find(|at| self.aligned.group_words(self.text, *at).as_ref() == Some(what));
                            chosen.event = told.or(chosen.event);
                        }
                        _ => chosen.who = Who::Called(what.clone()),
                    }
                }
            }
        }
        self.made(unit, chosen, edited)
    }

    /// A mark that stands, with whose choice it is.
    fn made(&self, unit: usize, mut chosen: Chosen, edited: bool) -> Fate {
        let who = match &chosen.who {
            Who::Of(by, _) => self.aligned.mark(unit, *by).and_then(|mark| mark.who.clone()),
            Who::Nobody | Who::Called(_) => None,
        };
        let is_same = |by: &usize| {
            self.aligned.mark(unit, *by).is_some_and(|mark| {
                let event = mark.event.and_then(|event| self.aligned.group(*by, event));
                mark.range == chosen.range && mark.kind == chosen.kind && mark.who == who && event == chosen.event
            })
        };
        if !edited {
            chosen.whose = (0..self.aligned.all.len()).filter(is_same).collect();
            if chosen.whose.is_empty() {
                chosen.whose.push(chosen.base);
            }
        }
        Fate::Made(chosen)
    }

    /// Makes it one of another kind: as somebody has it who chose that kind, else with who is called by its words.
    fn set_kind(&self, unit: usize, chosen: &mut Chosen, kind: &str) {
        if kind.is_empty() {
            return;
        }
        let kind = KindId(kind.into());
        let by = (0..self.aligned.all.len())
            .find_map(|by| Some((by, self.aligned.mark(unit, by).filter(|mark| mark.kind == kind)?)));
        match by {
            Some((by, mark)) => *chosen = Chosen { range: chosen.range, ..self.chosen(by, mark) },
            None => {
                let words = self.text.get(crate::text::bytes(chosen.range)).unwrap_or_default();
                let is_event = self.tagset.schema(&kind) == Schema::Event;
                chosen.who = if is_event { Who::Nobody } else { Who::Called(words.to_owned()) };
                (chosen.kind, chosen.event) = (kind, None);
            }
        }
    }

    /// Moves its ends to where these words stand; nothing changes where they do not stand there.
    fn set_words(&self, unit: usize, chosen: &mut Chosen, words: &str) {
        let marks = self.aligned.units.get(unit).into_iter().flat_map(|unit| unit.present(&self.aligned.all));
        let Some(all) = marks.map(|(_, mark)| mark.range).reduce(TextRange::cover).filter(|_| !words.is_empty()) else {
            return;
        };
        if let Some(range) = standing(self.text, all, words) {
            let before = self.text.get(crate::text::bytes(chosen.range)).unwrap_or_default();
            let mark = self.aligned.mark(unit, chosen.base);
            if mark.is_some_and(|mark| mark.named.as_deref() == Some(before)) {
                chosen.who = Who::Called(words.to_owned());
            }
            chosen.range = range;
        }
    }
}

/// Where words stand in a text that share some of a range.
pub fn standing(text: &str, all: TextRange, words: &str) -> Option<TextRange> {
    let (start, end) = (usize::from(all.start()), usize::from(all.end()));
    let (from, to) = (start.saturating_sub(AROUND), (end + AROUND).min(text.len()));
    let (from, to) = (text.floor_char_boundary(from), text.ceil_char_boundary(to));
    let found = text.get(from..to).unwrap_or_default().match_indices(words);
    found
        .filter_map(|(at, found)| byte_range(from + at, from + at + found.len()))
        .find(|range| range.intersect(all).is_some_and(|shared| !shared.is_empty()))
}
