//! Where annotators differ, and which of their differences are one: a card.

use std::collections::{BTreeMap, BTreeSet};

use text_size::TextRange;

use super::align::Unit;
use super::marks::{Link, Mark, Marked, Part, Record};
use crate::project::{EventId, EventType, Tagset};

/// In what annotators can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Some marked it and some did not.
    Missing,
    /// Where it begins or ends.
    Boundary,
    /// Of which kind it is.
    Kind,
    /// Whom or what it names, or which event it tells of.
    Who,
    /// The type of an event.
    EventType,
    /// Who takes part in an event, where or when it was, how real it is, its numbers.
    Slot,
    /// A relation.
    Relation,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Missing, Self::Boundary, Self::Kind, Self::Who, Self::EventType, Self::Slot, Self::Relation];

    /// As JSON has it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Boundary => "boundary",
            Self::Kind => "kind",
            Self::Who => "who",
            Self::EventType => "event",
            Self::Slot => "slot",
            Self::Relation => "relation",
        }
    }
}

/// A place where annotators differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In what.
    pub sort: Sort,
    /// Which of the articles that are compared.
    pub article: usize,
    /// UTF-8 bytes of the text, all that anybody marked there.
    pub range: TextRange,
    /// The words that it is about, of the first who marked it.
    pub words: String,
    /// What each chose, in words; none of who marked nothing there.
    pub choices: Vec<Option<String>>,
}

/// The same difference wherever it is: one decision can settle all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// As the first has it.
    pub first: usize,
    /// Indexes of the differences, in the order of the articles.
    pub differences: Vec<usize>,
}

/// The cards, those that settle most first.
pub(super) fn cards(differences: &[Difference]) -> Vec<Card> {
    let mut cards: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, difference) in differences.iter().enumerate() {
        let same = (difference.sort, &difference.words, &difference.choices);
        cards.entry(same).or_default().push(at);
    }
    let card = |differences: Vec<usize>| Some(Card { first: *differences.first()?, differences });
    let mut cards: Vec<Card> = cards.into_values().filter_map(card).collect();
    cards.sort_by(|one, other| other.differences.len().cmp(&one.differences.len()).then(one.first.cmp(&other.first)));
    cards
}

/// An article as several annotators marked it.
pub(super) struct Marking<'a> {
    /// Which of those that are compared.
    pub(super) article: usize,
    pub(super) text: &'a str,
    pub(super) all: &'a [Marked],
    pub(super) units: &'a [Unit],
    pub(super) tagset: &'a Tagset,
}

impl Marking<'_> {
    /// Where the annotators differ, in the order of the text; relations last.
    pub(super) fn differences(&self) -> Vec<Difference> {
        let events = self.events();
        let mut found: Vec<Difference> = self.units.iter().flat_map(|unit| self.of_unit(unit, &events)).collect();
        found.extend(events.iter().flat_map(|event| self.of_event(event)));
        found.sort_by_key(|difference| (difference.range.start(), difference.sort));
        found.extend(self.of_relations());
        found
    }

    /// How many marks all made alike.
    pub(super) fn alike(&self) -> usize {
        let events = self.events();
        let whole = self.units.iter().filter(|unit| unit.marks.iter().all(Option::is_some));
        whole.filter(|unit| self.of_unit(unit, &events).is_empty()).count()
    }

    fn quote(&self, range: TextRange) -> &str {
        self.text.get(crate::text::bytes(range)).unwrap_or_default()
    }

    /// A difference, with what each chose: it may read the same and be another.
    fn difference(
        &self,
        sort: Sort,
        (range, words): (TextRange, &str),
        choices: impl Fn(usize) -> Option<String>,
    ) -> Difference {
        let choices: Vec<Option<String>> = (0..self.all.len()).map(choices).collect();
        let (article, words) = (self.article, words.to_owned());
        Difference { sort, article, range, words, choices }
    }

    fn of_unit(&self, unit: &Unit, events: &[Vec<Option<EventId>>]) -> Vec<Difference> {
        let present: BTreeMap<usize, &Mark> = unit.present(self.all).collect();
        let Some(first) = present.values().next() else { return Vec::new() };
        let range = present.values().fold(first.range, |range, mark| range.cover(mark.range));
        let at = (range, self.quote(first.range));
        let kind = |by: usize| present.get(&by).map(|mark| self.tagset.name_of(&mark.kind).to_owned());
        if present.len() < self.all.len() {
            let mut found = vec![self.difference(Sort::Missing, at, kind)];
            // Of which kinds it is for those who marked it has been told with it.
            found.extend(self.among(&present, at, events).into_iter().filter(|it| it.sort != Sort::Kind));
            return found;
        }
        self.among(&present, at, events)
    }

    /// In what those differ who marked something at a place.
    fn among(
        &self,
        present: &BTreeMap<usize, &Mark>,
        at: (TextRange, &str),
        events: &[Vec<Option<EventId>>],
    ) -> Vec<Difference> {
        let differ = |says: &dyn Fn(&Mark) -> String| {
            let said: BTreeSet<String> = present.values().map(|mark| says(mark)).collect();
            said.len() > 1
        };
        let choice = |sort: Sort, says: &dyn Fn(usize, &Mark) -> String| {
            self.difference(sort, at, |by| present.get(&by).map(|mark| says(by, mark)))
        };
        let mut found = Vec::new();
        // Who is called by the very words is called otherwise by others: that follows from the boundary.
        let as_marked = |mark: &&Mark| mark.named.as_deref() == Some(self.quote(mark.range));
        let bounded = differ(&|mark| format!("{:?}", mark.range));
        if bounded {
            found.push(choice(Sort::Boundary, &|_, mark| format!("“{}”", self.quote(mark.range))));
        }
        if differ(&|mark| mark.kind.as_str().to_owned()) {
            found.push(choice(Sort::Kind, &|_, mark| self.tagset.name_of(&mark.kind).to_owned()));
        } else if differ(&|mark| mark.who.clone().unwrap_or_default()) && !(bounded && present.values().all(as_marked))
        {
            let name = |_: usize, mark: &Mark| match (&mark.named, &mark.who) {
                (Some(name), Some(who)) if name.to_lowercase() != *who => format!("{name} ({who})"),
                (Some(name), _) => name.clone(),
                (None, _) => "nobody known".to_owned(),
            };
            found.push(choice(Sort::Who, &name));
        } else if self.are_of_different_events(present, events) {
            let name = |by: usize, mark: &Mark| {
                mark.event.map_or_else(|| "no event".to_owned(), |event| self.event_words(by, event))
            };
            found.push(choice(Sort::Who, &name));
        }
        found
    }

    /// Whether marks of one place tell of events that are not the same.
    fn are_of_different_events(&self, present: &BTreeMap<usize, &Mark>, events: &[Vec<Option<EventId>>]) -> bool {
        let told: Vec<(usize, EventId)> = present.iter().filter_map(|(by, mark)| Some((*by, mark.event?))).collect();
        let Some((by, event)) = told.first() else { return false };
        let of = |by: usize, event: EventId| events.iter().position(|all| all.get(by) == Some(&Some(event)));
        let first = of(*by, *event);
        told.len() > 1 && told.iter().any(|(by, event)| of(*by, *event) != first)
    }

    /// The words that tell of somebody's event first.
    fn event_words(&self, by: usize, event: EventId) -> String {
        let marks = self.all.get(by).into_iter().flat_map(|marked| &marked.marks);
        let first =
            marks.filter(|mark| mark.event == Some(event)).map(|mark| mark.range).min_by_key(|range| range.start());
        first.map(|range| format!("the event told with “{}”", self.quote(range))).unwrap_or_default()
    }

    /// The events that are the same: of each annotator at most one, those first that share most marks.
    pub(super) fn events(&self) -> Vec<Vec<Option<EventId>>> {
        let mut groups: Vec<Vec<Option<EventId>>> = Vec::new();
        for (by, marked) in self.all.iter().enumerate() {
            let mut shared: BTreeMap<(EventId, usize), usize> = BTreeMap::new();
            for unit in self.units {
                let marks: BTreeMap<usize, &Mark> = unit.present(self.all).collect();
                let Some(event) = marks.get(&by).and_then(|mark| mark.event) else { continue };
                for (group, events) in groups.iter().enumerate() {
                    let same = |(other, mark): (&usize, &&Mark)| {
                        mark.event.is_some() && events.get(*other).copied().flatten() == mark.event
                    };
                    if marks.iter().filter(|(other, _)| **other < by).any(same) {
                        *shared.entry((event, group)).or_default() += 1;
                    }
                }
            }
            let mut shared: Vec<(usize, EventId, usize)> =
                shared.into_iter().map(|((event, group), count)| (count, event, group)).collect();
            shared.sort_by(|(one, a, b), (other, c, d)| other.cmp(one).then((a, b).cmp(&(c, d))));
            let mut done = BTreeSet::new();
            for (_, event, group) in shared {
                let slot = groups.get_mut(group).and_then(|group| group.get_mut(by));
                if let Some(slot) = slot.filter(|slot| slot.is_none())
                    && done.insert(event)
                {
                    *slot = Some(event);
                }
            }
            for event in marked.records.keys().filter(|event| !done.contains(event)) {
                let mut group = vec![None; self.all.len()];
                group.get_mut(by).into_iter().for_each(|slot| *slot = Some(*event));
                groups.push(group);
            }
        }
        groups
    }

    fn of_event(&self, event: &[Option<EventId>]) -> Vec<Difference> {
        let records: BTreeMap<usize, &Record> = event
            .iter()
            .enumerate()
            .filter_map(|(by, id)| Some((by, self.all.get(by)?.records.get(&(*id)?)?)))
            .collect();
        // Who did not mark it differs in its marks.
        if records.len() < 2 {
            return Vec::new();
        }
        let Some((by, _)) = records.iter().next() else { return Vec::new() };
        let own = event.get(*by).copied().flatten();
        let marks = self.all.get(*by).into_iter().flat_map(|marked| &marked.marks);
        let range = marks.filter(|mark| mark.event == own).map(|mark| mark.range).min_by_key(|range| range.start());
        let Some(range) = range else { return Vec::new() };
        let mut found = Vec::new();
        let words = self.quote(range);
        let mut note = |sort: Sort, words: &str, says: &dyn Fn(&Record) -> String| {
            found.push(self.difference(sort, (range, words), |by| records.get(&by).map(|record| says(record))));
        };
        let kinds: BTreeSet<EventType> = records.values().map(|record| record.kind).collect();
        if kinds.len() > 1 {
            note(Sort::EventType, words, &|record| type_name(record.kind));
        }
        for part in Part::ALL {
            let said: BTreeSet<Vec<&String>> =
                records.values().map(|record| record.part(part).map(|(same, _)| same).collect()).collect();
            if said.len() > 1 {
                let says = |record: &Record| {
                    let values: Vec<&str> = record.part(part).map(|(_, shown)| shown.as_str()).collect();
                    if values.is_empty() { "nothing".to_owned() } else { values.join("; ") }
                };
                note(Sort::Slot, &format!("{words}: {}", part.name()), &says);
            }
        }
        found
    }

    fn of_relations(&self) -> Vec<Difference> {
        let mut told: BTreeMap<(String, usize, usize), Vec<bool>> = BTreeMap::new();
        for (by, marked) in self.all.iter().enumerate() {
            for link in &marked.links {
                if let Some(key) = self.link(by, link) {
                    let by_all = told.entry(key).or_insert_with(|| vec![false; self.all.len()]);
                    by_all.get_mut(by).into_iter().for_each(|slot| *slot = true);
                }
            }
        }
        let difference = |((kind, from, to), by): ((String, usize, usize), Vec<bool>)| {
            let range = |unit: usize| self.units.get(unit)?.present(self.all).next().map(|(_, mark)| mark.range);
            let (from, to) = (range(from)?, range(to)?);
            let words = format!("{} → {}", self.quote(from), self.quote(to));
            let differ = by.contains(&false);
            differ.then(|| {
                self.difference(Sort::Relation, (from.cover(to), &words), |at| {
                    by.get(at).copied().unwrap_or_default().then(|| kind.clone())
                })
            })
        };
        told.into_iter().filter_map(difference).collect()
    }

    /// A relation as others can have it too: the name of its kind, and the units of its ends.
    pub(super) fn link(&self, by: usize, link: &Link) -> Option<(String, usize, usize)> {
        let of = |id| {
            let is = |unit: &Unit| unit.present(self.all).any(|(whose, mark)| whose == by && mark.id == id);
            self.units.iter().position(is)
        };
        let (from, to) = (of(link.from)?, of(link.to)?);
        let (from, to) = if link.symmetric { (from.min(to), from.max(to)) } else { (from, to) };
        Some((self.tagset.relation_name(&link.kind).to_owned(), from, to))
    }
}

/// The type of an event and its class, in the code book's words.
pub(super) fn type_name(kind: EventType) -> String {
    match (kind.code(), kind.class()) {
        (Some(code), Some(class)) => format!("{code}: {class}"),
        (Some(code), None) => code.to_owned(),
        (None, Some(class)) => class.to_owned(),
        (None, None) => "no type".to_owned(),
    }
}
