//! Which marks of several annotators are about the same: by best overlap within a kind, then across kinds; and which events are.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;

use super::marks::{Link, Mark, Marked};
use crate::project::{EventId, KindId, MentionId};
use crate::text::TextRange;

/// What annotators did in an article, with what of it is about the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Aligned {
    /// What each marked.
    pub(super) all: Vec<Marked>,
    /// Their marks, in the order of the text.
    pub(super) units: Vec<Unit>,
    /// The events that are the same: of each annotator at most one.
    pub(super) events: Vec<Vec<Option<EventId>>>,
    unit_of: HashMap<(usize, MentionId), usize, RandomState>,
    event_of: HashMap<(usize, EventId), usize, RandomState>,
    /// Where each event of an annotator is told first.
    told: HashMap<(usize, EventId), TextRange, RandomState>,
}

/// A relation as several annotators can have it: its kind, and the units of its ends.
pub(super) type Tie = (KindId, usize, usize);

impl Aligned {
    pub(super) fn new(all: Vec<Marked>) -> Self {
        let units = units(&all);
        let mut aligned = Self { all, units, ..Self::default() };
        for (at, unit) in aligned.units.iter().enumerate() {
            aligned.unit_of.extend(unit.present(&aligned.all).map(|(by, mark)| ((by, mark.id), at)));
        }
        for (by, marked) in aligned.all.iter().enumerate() {
            for mark in &marked.marks {
                if let Some(event) = mark.event {
                    aligned.told.entry((by, event)).or_insert(mark.range);
                }
            }
        }
        aligned.events();
        aligned
    }

    /// An annotator's mark of a unit.
    pub(super) fn mark(&self, unit: usize, by: usize) -> Option<&Mark> {
        let at = self.units.get(unit)?.marks.get(by).copied().flatten()?;
        self.all.get(by)?.marks.get(at)
    }

    /// Which of the events that are the same an annotator's is.
    pub(super) fn group(&self, by: usize, event: EventId) -> Option<usize> {
        self.event_of.get(&(by, event)).copied()
    }

    /// Where an annotator's event is told first.
    pub(super) fn told(&self, by: usize, event: EventId) -> Option<TextRange> {
        self.told.get(&(by, event)).copied()
    }

    /// The words that tell of an annotator's event first, and which of them in the text where they are there before.
    pub(super) fn event_words(&self, text: &str, by: usize, event: EventId) -> String {
        let Some(range) = self.told(by, event) else { return String::new() };
        let quote = text.get(crate::text::bytes(range)).unwrap_or_default();
        let before = text.get(..range.start().into()).unwrap_or_default();
        match before.matches(quote).take(100).count() {
            0 => format!("the event told with “{quote}”"),
            earlier => format!("the event told with “{quote}” (the {})", ordinal(earlier + 1)),
        }
    }

    /// The same of those events that are the same, as the first annotator has it who has one.
    pub(super) fn group_words(&self, text: &str, group: usize) -> Option<String> {
        let members = self.events.get(group)?.iter().enumerate();
        let (by, event) = members.filter_map(|(by, event)| Some((by, (*event)?))).next()?;
        Some(self.event_words(text, by, event))
    }

    /// A relation of an annotator as others can have it too.
    pub(super) fn tie(&self, by: usize, link: &Link) -> Option<Tie> {
        let of = |mention: MentionId| self.unit_of.get(&(by, mention)).copied();
        let (from, to) = (of(link.from)?, of(link.to)?);
        let (from, to) = if link.symmetric { (from.min(to), from.max(to)) } else { (from, to) };
        Some((link.kind.clone(), from, to))
    }

    /// The relations that anybody has, with whose each is.
    pub(super) fn ties(&self) -> BTreeMap<Tie, BTreeMap<usize, &Link>> {
        let mut ties: BTreeMap<Tie, BTreeMap<usize, &Link>> = BTreeMap::new();
        for (by, marked) in self.all.iter().enumerate() {
            for link in &marked.links {
                if let Some(tie) = self.tie(by, link) {
                    ties.entry(tie).or_default().entry(by).or_insert(link);
                }
            }
        }
        ties
    }

    /// Whether an annotator marked both ends of a relation: who did not cannot have it.
    pub(super) fn has_ends(&self, by: usize, (_, from, to): &Tie) -> bool {
        self.mark(*from, by).is_some() && self.mark(*to, by).is_some()
    }

    /// Brings events together: of each annotator at most one, those first that share most marks.
    fn events(&mut self) {
        for (by, marked) in self.all.iter().enumerate() {
            let mut shared: BTreeMap<(EventId, usize), usize> = BTreeMap::new();
            for unit in &self.units {
                let own = unit.present(&self.all).find(|(whose, _)| *whose == by);
                let Some(event) = own.and_then(|(_, mark)| mark.event) else { continue };
                let others = unit.present(&self.all).filter(|(whose, _)| *whose < by);
                let groups: BTreeSet<usize> =
                    others.filter_map(|(whose, mark)| self.event_of.get(&(whose, mark.event?)).copied()).collect();
                groups.into_iter().for_each(|group| *shared.entry((event, group)).or_default() += 1);
            }
            let mut shared: Vec<(usize, EventId, usize)> =
                shared.into_iter().map(|((event, group), count)| (count, event, group)).collect();
            shared.sort_by(|(one, a, b), (other, c, d)| other.cmp(one).then((a, b).cmp(&(c, d))));
            let mut done = BTreeSet::new();
            for (_, event, group) in shared {
                let slot = self.events.get_mut(group).and_then(|group| group.get_mut(by));
                if let Some(slot) = slot.filter(|slot| slot.is_none())
                    && done.insert(event)
                {
                    *slot = Some(event);
                    self.event_of.insert((by, event), group);
                }
            }
            for event in marked.records.keys().filter(|event| !done.contains(event)) {
                let mut group = vec![None; self.all.len()];
                group.get_mut(by).into_iter().for_each(|slot| *slot = Some(*event));
                self.event_of.insert((by, *event), self.events.len());
                self.events.push(group);
            }
        }
    }
}

/// "2nd".
fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// Marks of one place in a text, at most one of each annotator: by index into their marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) marks: Vec<Option<usize>>,
}

impl Unit {
    /// The marks that are there, with whose each is.
    pub(super) fn present<'m>(&'m self, all: &'m [Marked]) -> impl Iterator<Item = (usize, &'m Mark)> {
        self.marks.iter().enumerate().filter_map(|(by, at)| Some((by, all.get(by)?.marks.get((*at)?)?)))
    }
}

/// The units of an article that is marked by several, in the order of the text. Every mark is in exactly one.
fn units(all: &[Marked]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (by, marked) in all.iter().enumerate() {
        let firsts: Vec<&Mark> =
            units.iter().filter_map(|unit| unit.present(all).next()).map(|(_, mark)| mark).collect();
        // Both are in the order of the text.
        let mut pairs = overlapping(&firsts, &marked.marks);
        pairs.sort_by_key(|(likeness, unit, at)| (Reverse(*likeness), *unit, *at));
        let mut taken: Vec<Option<usize>> = vec![None; marked.marks.len()];
        for (_, unit, at) in pairs {
            let free = units.get_mut(unit).and_then(|unit| unit.marks.get_mut(by)).filter(|slot| slot.is_none());
            if let Some((slot, mine)) = free.zip(taken.get_mut(at).filter(|taken| taken.is_none())) {
                *slot = Some(at);
                *mine = Some(unit);
            }
        }
        for (at, _) in taken.iter().enumerate().filter(|(_, unit)| unit.is_none()) {
            let mut marks = vec![None; all.len()];
            marks.get_mut(by).into_iter().for_each(|slot| *slot = Some(at));
            units.push(Unit { marks });
        }
        let place =
            |unit: &Unit| unit.present(all).next().map(|(_, mark)| (mark.range.start(), Reverse(mark.range.end())));
        units.sort_by_key(place);
    }
    units
}

/// The pairs of marks that share words, both in the order of the text: how well they fit, and the index of either.
fn overlapping(firsts: &[&Mark], marks: &[Mark]) -> Vec<(Likeness, usize, usize)> {
    let mut pairs = Vec::new();
    // Those that begin before a mark and may reach into it.
    let mut reaching: Vec<usize> = Vec::new();
    let mut next = 0;
    for (at, mark) in marks.iter().enumerate() {
        while firsts.get(next).is_some_and(|first| first.range.start() <= mark.range.start()) {
            reaching.push(next);
            next += 1;
        }
        reaching.retain(|unit| firsts.get(*unit).is_some_and(|first| first.range.end() > mark.range.start()));
        let inside = firsts.iter().enumerate().skip(next).take_while(|(_, it)| it.range.start() < mark.range.end());
        let near = reaching.iter().copied().chain(inside.map(|(unit, _)| unit));
        pairs.extend(near.filter_map(|unit| Some((likeness(firsts.get(unit)?, mark)?, unit, at))));
    }
    pairs
}

/// Whether two marks are of one kind, have the same words, and mean the same; and the share of the words that both have.
type Likeness = (bool, bool, bool, u32);

/// How well two marks fit, the better the greater: of one kind before others, the same words before some, the same meaning
/// before others, then the share of the words that both have, in ten-thousandths. `None` where they share none.
fn likeness(one: &Mark, other: &Mark) -> Option<Likeness> {
    let shared: u32 = one.range.intersect(other.range).filter(|range| !range.is_empty())?.len().into();
    let all: u32 = TextRange::cover(one.range, other.range).len().into();
    let share = u64::from(shared) * 10_000 / u64::from(all.max(1));
    let same = one.range == other.range;
    Some((one.kind == other.kind, same, same && one.who == other.who, u32::try_from(share).unwrap_or(0)))
}
