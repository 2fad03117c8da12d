//! Where annotators differ, and which of their differences are one: a card.

use std::collections::{BTreeMap, BTreeSet};

use text_size::TextRange;

use super::align::{Aligned, Tie};
use super::marks::{Mark, Part, Record};
pub use crate::project::DifferenceSort as Sort;
use crate::project::{EventId, EventType, Tagset};

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
    /// What of the article it is about.
    pub(super) about: About,
}

/// What of an article a difference is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// A unit of marks.
    Unit(usize),
    /// Events that are the same.
    Event(usize),
    /// A part of them.
    Part(usize, Part),
    /// A relation.
    Tie(Tie),
}

/// What can be chosen of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// In words; none for nothing.
    pub words: Option<String>,
    /// Who chose it.
    pub by: Vec<usize>,
}

impl Difference {
    /// What can be chosen, in the order of the annotators; what reads the same once. Where all reads the same it is not: then
    /// what each chose.
    pub fn options(&self) -> Vec<Choice> {
        let mut options: Vec<Choice> = Vec::new();
        let alone = self.choices.iter().all(|choice| Some(choice) == self.choices.first());
        for (by, words) in self.choices.iter().enumerate() {
            match options.iter_mut().find(|option| !alone && option.words == *words) {
                Some(option) => option.by.push(by),
                None => options.push(Choice { words: words.clone(), by: vec![by] }),
            }
        }
        options
    }
}

/// The same difference wherever it is: one decision can settle all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// As the first has it.
    pub first: usize,
    /// Indexes of the differences, in the order of the articles.
    pub differences: Vec<usize>,
}

/// The cards of some differences, those that settle most first. Whose choice it was makes no other difference of it.
pub(super) fn cards<'d>(differences: impl IntoIterator<Item = (usize, &'d Difference)>) -> Vec<Card> {
    let mut cards: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, difference) in differences {
        let options: BTreeSet<&Option<String>> = difference.choices.iter().collect();
        cards.entry((difference.sort, &difference.words, options)).or_default().push(at);
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
    pub(super) aligned: &'a Aligned,
    pub(super) tagset: &'a Tagset,
}

impl Marking<'_> {
    /// Where the annotators differ, in the order of the text, relations last; and how many marks all made alike.
    pub(super) fn differences(&self) -> (Vec<Difference>, usize) {
        let mut found = Vec::new();
        let mut alike = 0;
        for unit in 0..self.aligned.units.len() {
            let of_unit = self.of_unit(unit);
            alike += usize::from(of_unit.is_empty());
            found.extend(of_unit);
        }
        found.extend(self.aligned.events.iter().enumerate().flat_map(|(at, event)| self.of_event(at, event)));
        found.sort_by_key(|difference| (difference.range.start(), difference.sort));
        found.extend(self.of_relations());
        (found, alike)
    }

    fn quote(&self, range: TextRange) -> &str {
        self.text.get(crate::text::bytes(range)).unwrap_or_default()
    }

    /// A difference, with what each chose: it may read the same and be another.
    fn difference(
        &self,
        (sort, about): (Sort, About),
        (range, words): (TextRange, &str),
        choices: impl Fn(usize) -> Option<String>,
    ) -> Difference {
        let choices: Vec<Option<String>> = (0..self.aligned.all.len()).map(choices).collect();
        let (article, words) = (self.article, words.to_owned());
        Difference { sort, article, range, words, choices, about }
    }

    fn of_unit(&self, at: usize) -> Vec<Difference> {
        let all = &self.aligned.all;
        let Some(unit) = self.aligned.units.get(at) else { return Vec::new() };
        let present: BTreeMap<usize, &Mark> = unit.present(all).collect();
        let Some(first) = present.values().next() else { return Vec::new() };
        let range = present.values().fold(first.range, |range, mark| range.cover(mark.range));
        let place = (range, self.quote(first.range));
        let kind = |by: usize| present.get(&by).map(|mark| self.tagset.name_of(&mark.kind).to_owned());
        let mut found = Vec::new();
        if present.len() < all.len() {
            found.push(self.difference((Sort::Missing, About::Unit(at)), place, kind));
            // Of which kinds it is for those who marked it has been told with it.
            found.extend(self.among(at, &present, place).into_iter().filter(|it| it.sort != Sort::Kind));
        } else {
            found.extend(self.among(at, &present, place));
        }
        found
    }

    /// In what those differ who marked something at a place.
    fn among(&self, at: usize, present: &BTreeMap<usize, &Mark>, place: (TextRange, &str)) -> Vec<Difference> {
        fn differ<T: Ord>(present: &BTreeMap<usize, &Mark>, says: impl Fn(&Mark) -> T) -> bool {
            let mut said = present.values().map(|mark| says(mark));
            let first = said.next();
            said.any(|other| Some(&other) != first.as_ref())
        }
        let choice = |sort: Sort, says: &dyn Fn(usize, &Mark) -> String| {
            self.difference((sort, About::Unit(at)), place, |by| present.get(&by).map(|mark| says(by, mark)))
        };
        let mut found = Vec::new();
        // Who is called by the very words is called otherwise by others: that follows from the boundary.
        let as_marked = |mark: &&Mark| mark.named.as_deref() == Some(self.quote(mark.range));
        let bounded = differ(present, |mark| (mark.range.start(), mark.range.end()));
        if bounded {
            found.push(choice(Sort::Boundary, &|_, mark| format!("“{}”", self.quote(mark.range))));
        }
        if differ(present, |mark| mark.kind.clone()) {
            found.push(choice(Sort::Kind, &|_, mark| self.tagset.name_of(&mark.kind).to_owned()));
        } else if differ(present, |mark| mark.who.clone()) && !(bounded && present.values().all(as_marked)) {
            let name = |_: usize, mark: &Mark| match (&mark.named, &mark.who) {
                (Some(name), Some(who)) if name.to_lowercase() != *who => format!("{name} ({who})"),
                (Some(name), _) => name.clone(),
                (None, _) => "nobody known".to_owned(),
            };
            found.push(choice(Sort::Who, &name));
        } else if self.are_of_different_events(present) {
            let name = |by: usize, mark: &Mark| {
                mark.event.map_or_else(|| "no event".to_owned(), |event| self.aligned.event_words(self.text, by, event))
            };
            found.push(choice(Sort::Who, &name));
        }
        found
    }

    /// Whether marks of one place tell of events that are not the same.
    fn are_of_different_events(&self, present: &BTreeMap<usize, &Mark>) -> bool {
        let mut told = present.iter().filter_map(|(by, mark)| Some(self.aligned.group(*by, mark.event?)));
        let first = told.next();
        told.any(|other| Some(other) != first)
    }

    fn of_event(&self, at: usize, event: &[Option<EventId>]) -> Vec<Difference> {
        let records: BTreeMap<usize, &Record> = event
            .iter()
            .enumerate()
            .filter_map(|(by, id)| Some((by, self.aligned.all.get(by)?.records.get(&(*id)?)?)))
            .collect();
        // Who did not mark it differs in its marks.
        if records.len() < 2 {
            return Vec::new();
        }
        let first = records.keys().next().and_then(|by| Some((*by, event.get(*by).copied().flatten()?)));
        let Some(range) = first.and_then(|(by, id)| self.aligned.told(by, id)) else { return Vec::new() };
        let mut found = Vec::new();
        let words = self.quote(range);
        let mut note = |what: (Sort, About), words: &str, says: &dyn Fn(&Record) -> String| {
            found.push(self.difference(what, (range, words), |by| records.get(&by).map(|record| says(record))));
        };
        let mut kinds = records.values().map(|record| record.kind);
        let kind = kinds.next();
        if kinds.any(|other| Some(other) != kind) {
            note((Sort::EventType, About::Event(at)), words, &|record| type_name(record.kind));
        }
        for part in Part::ALL {
            let said: BTreeSet<Vec<&String>> =
                records.values().map(|record| record.part(part).map(|(same, _)| same).collect()).collect();
            if said.len() > 1 {
                let says = |record: &Record| {
                    let values: Vec<&str> = record.part(part).map(|(_, shown)| shown.as_str()).collect();
                    if values.is_empty() { "nothing".to_owned() } else { values.join("; ") }
                };
                let words = format!("{words}: {}", part.name());
                note((Sort::Slot, About::Part(at, part)), &words, &says);
            }
        }
        found
    }

    /// Relations that some have and others do not, of those who marked both ends.
    fn of_relations(&self) -> Vec<Difference> {
        let difference = |(tie, by): (Tie, BTreeMap<usize, _>)| {
            let (kind, from, to) = &tie;
            let could = (0..self.aligned.all.len()).filter(|by| self.aligned.has_ends(*by, &tie)).count();
            if by.len() >= could {
                return None;
            }
            let range = |unit: usize| {
                self.aligned.units.get(unit)?.present(&self.aligned.all).next().map(|(_, mark)| mark.range)
            };
            let (from, to) = (range(*from)?, range(*to)?);
            let words = format!("{} → {}", self.quote(from), self.quote(to));
            let kind = self.tagset.relation_name(kind).to_owned();
            let what = (Sort::Relation, About::Tie(tie.clone()));
            Some(self.difference(what, (from.cover(to), &words), |at| by.contains_key(&at).then(|| kind.clone())))
        };
        self.aligned.ties().into_iter().filter_map(difference).collect()
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
