//! Event records: which tellings (triggers and named events) are one happening, whether a person would keep it, and who
//! did it to whom, where, when and how really, by what the reader makes of an article and what the rules read.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use jiff::civil::Date;
use text_size::{TextRange, TextSize};

use super::elections;
use super::merge::{self, Told, merge};
use super::named::{NamedEvent, Naming};
use super::names::Names;
use super::parties::{Parties, Who};
use super::words::Words;
use crate::project::{EventDate, EventPlace, EventType, Modality, NamedClass, NewsClass, Plover, Polarity, Role};
use crate::suggest::dates::DateExpression;
use crate::suggest::tagger::{Candidate, MODALITIES, Reading, Tags};
use crate::suggest::{Document, Label, PartyLabel, Suggestions, calibration};

// Chosen on dev and on the articles that `training/tagger/events.py` leaves out.

/// From this probability on two groups of tellings are taken for one happening, on average over their members.
const SAME: f32 = 0.3;
/// Below this worth a telling is left alone.
const POOL: f32 = 0.15;
/// What is left of the probability that two are the same where the rules contradict it.
const CONTRADICTED: f32 = 0.15;
/// What is left of it where the rules give them different types in different sentences.
const DIFFERENT: f32 = 0.6;
/// From this worth on a record is kept.
const KEEP: f32 = 0.3;
/// What it adds to a record's log odds of being kept that it is told again, for each natural logarithm of its mentions.
const REPEATED: f32 = 0.6;
/// What it adds that somebody named, or a body, takes part, and takes away that nobody does.
const BY_NAME: f32 = 0.25;
/// How far the rules alone can tell that a person would keep something.
const UNREAD: f32 = 0.5;
/// What the rules' opinion of a type adds to its log probability; what it adds to all named types that something is named,
/// and to the class that rules or lists give it.
const TYPED: f32 = 1.5;
const NAMED: f32 = 3.0;
const CLASSED: f32 = 1.5;
/// From this probability on the reader lets the rules say that something is only planned or possible.
const UNREAL: f32 = 0.1;
/// From this probability on a word may have a role.
const BESIDE: f32 = 0.25;
/// What the sentence before counts for less.
const BEFORE: f32 = 0.6;
/// The least that a role's probability counts for where the rules name somebody.
const UNSEEN: f32 = 0.03;
/// What it adds to the log odds that somebody has a role that the rules say so too.
const RULED: f32 = 1.8;
/// From these log odds on somebody acts or has it done to them, or somewhere or some day is where or when.
const PARTY: f32 = 0.4;
const PLACE: f32 = 0.0;
const DATE: f32 = 0.0;
/// The same of a date where the day of publication is known: the rules know more of "on Friday" than the reader, which has
/// mostly seen articles without a day.
const DATED: f32 = 3.6;
/// How far behind the likeliest of its role another may be.
const MARGIN: f32 = 2.5;
/// From this sum of probabilities on a place is the article's own.
const USUAL: f32 = 0.5;
/// The share that it must have in all places.
const DOMINANT: f32 = 0.4;
/// What a dateline counts for that, and how far the share of a country in all countries named does.
const DATELINE: f32 = 1.5;
const COUNTRY: f32 = 0.3;

/// A place in the text that may tell of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// By index into the namings.
    Named(usize),
    /// By index into what was told.
    Told(usize),
}

/// All that was read of a text.
pub(crate) struct Read<'a, 't> {
    pub(crate) document: &'a Document<'t>,
    pub(crate) words: &'a Words<'t>,
    pub(crate) names: &'a Names,
    pub(crate) dates: &'a [DateExpression],
    pub(crate) namings: &'a [Naming],
    pub(crate) named: &'a [NamedEvent],
    pub(crate) told: &'a [Told],
    pub(crate) tags: &'a Tags,
    pub(crate) found: &'a Suggestions,
}

/// A happening with the tellings of it, before it becomes an event.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The most telling first.
    pub(crate) tellings: Vec<Telling>,
    pub(crate) kind: EventType,
    pub(crate) worth: f32,
    pub(crate) kept: bool,
    pub(crate) parties: Vec<(Role, Who)>,
    pub(crate) place: Option<EventPlace>,
    /// Whether the place is told of it, not only of the article.
    pub(crate) placed: bool,
    pub(crate) date: Option<EventDate>,
    pub(crate) polarity: Polarity,
    pub(crate) modality: Modality,
}

/// The records of a text, in the order of their first tellings; none without a reader.
pub(crate) fn records(read: &Read<'_, '_>) -> Option<Vec<Record>> {
    let mut tellings: Vec<(Telling, TextRange)> = Vec::new();
    for (index, naming) in read.namings.iter().enumerate() {
        tellings.extend(read.words.range(naming.first, naming.last).map(|range| (Telling::Named(index), range)));
    }
    for (index, told) in read.told.iter().enumerate() {
        let range = read.words.range(told.trigger.first, told.trigger.last);
        tellings.extend(range.map(|range| (Telling::Told(index), range)));
    }
    tellings.sort_by_key(|(_, range)| (range.start(), std::cmp::Reverse(range.end())));
    let mut candidates: Vec<Candidate> =
        tellings.iter().map(|(telling, range)| read.candidate(*telling, *range)).collect();
    let lines: Vec<Range<usize>> = read.document.sentences.iter().map(|range| read.tags.words_in(*range)).collect();
    read.finish(&mut candidates, &lines);
    let reading = read.tags.read(candidates.clone(), &read.document.sentences)?;
    let parties = Parties::new(read.document, read.found);
    let mut scene = Scene {
        read,
        tellings: &tellings,
        candidates: &candidates,
        lines: &lines,
        reading: &reading,
        parties: &parties,
        places: places(read, &parties),
        default_place: None,
    };
    scene.default_place = scene.usual_place();
    let mut records: Vec<(usize, Record)> = scene
        .groups()
        .into_iter()
        .filter_map(|group| Some((group.iter().copied().min()?, scene.record(group)?)))
        .collect();
    records.sort_by_key(|(first, _)| *first);
    Some(records.into_iter().map(|(_, record)| record).collect())
}

/// The records of a text by rules alone: all that has a PLOVER type or a name of its own is kept.
pub(crate) fn by_rules(read: &Read<'_, '_>) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for event in read.named {
        let score = event.namings.iter().filter_map(|index| read.namings.get(*index)).map(|naming| naming.score);
        records.push(Record {
            tellings: event.namings.iter().map(|index| Telling::Named(*index)).collect(),
            kind: EventType::Named(event.class),
            worth: score.fold(0.0, f32::max) * UNREAD,
            kept: true,
            parties: Vec::new(),
            place: None,
            placed: false,
            date: date_of_named(read, event),
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
        });
    }
    let parties = Parties::new(read.document, read.found);
    for group in merge(read.words, read.names, read.dates, read.told) {
        records.extend(by_rules_of(read, &parties, &group));
    }
    records
}

/// The record that all of a group tell of; the first that says something of a kind is believed.
fn by_rules_of(read: &Read<'_, '_>, of: &Parties<'_, '_>, group: &[usize]) -> Option<Record> {
    let members: Vec<&Told> = group.iter().filter_map(|index| read.told.get(*index)).collect();
    let first = members.first()?;
    let mut known = Vec::new();
    let mut parties = Vec::new();
    for (role, index) in members.iter().flat_map(|member| &member.frame.participants) {
        let Some(name) = read.names.nth(*index).filter(|name| !known.contains(&name.who)) else { continue };
        known.push(name.who);
        let who = read.words.range(name.first, name.last).and_then(|range| of.of(range));
        parties.extend(who.map(|who| (*role, who)));
    }
    let date = members.iter().find_map(|member| read.dates.get(member.date?)).map(|date| read.spelled(date));
    let place = members.iter().find_map(|member| read.names.nth(member.frame.place?)).and_then(|name| {
        let span = read.found.spans.get(name.span?)?;
        let country = span.country.or(span.in_country);
        Some(EventPlace { name: read.words.spelled(name.first, name.last).to_owned(), country })
    });
    let spokesman = members.iter().find(|member| member.meaning.leads);
    let typed = || members.iter().find(|member| member.meaning.plover.is_some());
    let plover = spokesman.or_else(typed).unwrap_or(first).meaning.plover;
    let asserted = members.iter().any(|member| member.modality == Modality::Asserted);
    let score = members.iter().map(|member| member.trigger.score).fold(0.0, f32::max);
    Some(Record {
        tellings: group.iter().map(|index| Telling::Told(*index)).collect(),
        kind: EventType::Happening(plover),
        worth: score * if plover.is_some() { UNREAD } else { UNREAD / 2.0 },
        kept: plover.is_some(),
        parties,
        placed: place.is_some(),
        place,
        date,
        polarity: first.polarity,
        modality: if asserted { Modality::Asserted } else { first.modality },
    })
}

/// What may be where something took place.
fn places(read: &Read<'_, '_>, parties: &Parties<'_, '_>) -> Vec<(usize, TextRange, EventPlace)> {
    let spans = read.found.spans.iter().enumerate();
    let somewhere = spans
        .filter(|(_, span)| matches!(span.label, Label::Place | Label::Country) && !parties.is_demonym(span.range));
    let mut places: Vec<(usize, TextRange, EventPlace)> = somewhere
        .map(|(index, span)| {
            let name = read.document.slice(span.range).split_whitespace().collect::<Vec<_>>().join(" ");
            (index, span.range, EventPlace { name, country: span.country.or(span.in_country) })
        })
        .collect();
    places.sort_by_key(|(_, range, _)| range.start());
    places
}

fn odds(p: f32) -> f32 {
    let p = p.clamp(0.001, 0.999);
    (p / (1.0 - p)).ln()
}

impl Read<'_, '_> {
    /// The named event that a telling names.
    pub(crate) fn named_by(&self, telling: Telling) -> Option<&NamedEvent> {
        let Telling::Named(naming) = telling else { return None };
        self.named.iter().find(|event| event.namings.contains(&naming))
    }

    /// The first word of a telling.
    pub(crate) fn first_word(&self, telling: Telling) -> Option<usize> {
        match telling {
            Telling::Named(index) => self.namings.get(index).map(|naming| naming.first),
            Telling::Told(index) => self.told.get(index).map(|told| told.trigger.first),
        }
    }

    fn spelled(&self, date: &DateExpression) -> EventDate {
        let (first, last) = (self.words.at(date.range.start()), self.words.before_offset(date.range.end()));
        EventDate { start: date.start, end: date.end, text: self.words.spelled(first, last).to_owned() }
    }

    fn candidate(&self, telling: Telling, range: TextRange) -> Candidate {
        let words = self.tags.words_in(range);
        let sentence = self.document.sentences.partition_point(|sentence| sentence.end() <= range.start());
        let first = self.tags.word_ranges().get(words.start).copied().unwrap_or(range);
        let (told, label, score) = match telling {
            Telling::Named(index) => (17, Label::Event, self.namings.get(index).map_or(0.0, |naming| naming.score)),
            Telling::Told(index) => match self.told.get(index) {
                Some(told) => {
                    (told.meaning.plover.map_or(0, |plover| 1 + number(plover)), Label::Trigger, told.trigger.score)
                }
                None => (0, Label::Trigger, 0.0),
            },
        };
        let score = calibration::probability(label, score);
        let stem = stem(self.document.slice(first));
        Candidate { words, told, sentence, stem, features: [score, 0.0, 0.0, self.is_quoted(range), 0.0, 0.0, 0.0] }
    }

    /// The features that depend on the other candidates and on the sentences.
    fn finish(&self, candidates: &mut [Candidate], lines: &[Range<usize>]) {
        let ranges = self.tags.word_ranges();
        let words = |line: usize| ranges.get(lines.get(line).cloned().unwrap_or_default()).unwrap_or_default().iter();
        let lead: HashSet<String> = words(0).map(|word| stem(self.document.slice(*word))).collect();
        let mut repeats: HashMap<String, usize> = HashMap::new();
        let mut in_line: HashMap<usize, usize> = HashMap::new();
        for candidate in candidates.iter() {
            *repeats.entry(candidate.stem.clone()).or_default() += 1;
            *in_line.entry(candidate.sentence).or_default() += 1;
        }
        let begins_with_digit =
            |word: &TextRange| self.document.slice(*word).chars().next().is_some_and(char::is_numeric);
        let mut before = None;
        for candidate in candidates {
            let line = candidate.sentence;
            let count = |map: &HashMap<String, usize>| map.get(&candidate.stem).copied().unwrap_or(1);
            let [_, again, led, _, first, many, number] = &mut candidate.features;
            *again = (count(&repeats) - 1).min(3) as f32 / 3.0;
            *led = f32::from(u8::from(line > 0 && lead.contains(&candidate.stem)));
            *first = f32::from(u8::from(before != Some(line)));
            *many = in_line.get(&line).copied().unwrap_or(1).min(6) as f32 / 6.0;
            *number = f32::from(u8::from(words(line).any(begins_with_digit)));
            before = Some(line);
        }
    }

    /// 1 where a quotation is open before a range in its line.
    fn is_quoted(&self, range: TextRange) -> f32 {
        // How far back is looked in a line that does not end: keeps this linear.
        const REACH: usize = 2000;
        let before = self.document.text.get(..usize::from(range.start())).unwrap_or_default();
        let (mut opened, mut closed, mut straight) = (0, 0, 0);
        for c in before.chars().rev().take(REACH).take_while(|c| *c != '\n') {
            opened += usize::from(c == '“');
            closed += usize::from(c == '”');
            straight += usize::from(c == '"');
        }
        f32::from(u8::from(opened > closed || straight % 2 == 1))
    }
}

fn number(plover: Plover) -> usize {
    Plover::ALL.iter().position(|known| *known == plover).unwrap_or(0)
}

/// Roughly what the forms of a word share, as in `training/tagger/records.py`.
fn stem(word: &str) -> String {
    const ENDINGS: [&str; 14] =
        ["ations", "ation", "ments", "ment", "ions", "ings", "ion", "ing", "ers", "ors", "ed", "es", "er", "or"];
    let word = word.to_lowercase();
    let cut = ENDINGS.iter().find_map(|end| word.strip_suffix(end));
    let cut = cut.or_else(|| word.strip_suffix('s')).or_else(|| word.strip_suffix('e')).unwrap_or(&word);
    let stem = if cut.chars().count() >= 3 { cut } else { &word };
    stem.chars().take(7).collect()
}

/// The reader's view of a text.
struct Scene<'a, 'd, 't> {
    read: &'a Read<'d, 't>,
    tellings: &'a [(Telling, TextRange)],
    candidates: &'a [Candidate],
    /// The tagger's words of each sentence.
    lines: &'a [Range<usize>],
    reading: &'a Reading<'a>,
    parties: &'a Parties<'d, 't>,
    /// What may be where something took place, in order: index of the span, range, place.
    places: Vec<(usize, TextRange, EventPlace)>,
    /// Where the article's happenings took place that do not say where.
    default_place: Option<EventPlace>,
}

impl Scene<'_, '_, '_> {
    /// The place that most of what is told points at.
    fn usual_place(&self) -> Option<EventPlace> {
        let countries = self.country_places();
        let mut sums: Vec<(&EventPlace, f32)> = Vec::new();
        for candidate in 0..self.candidates.len() {
            let weight = self.worth(candidate);
            if weight < POOL {
                continue;
            }
            let line = self.line_of(candidate);
            let ranges = self.read.tags.word_ranges();
            let ends = (ranges.get(line.start), ranges.get(line.end.saturating_sub(1)));
            let (Some(first), Some(last)) = ends else { continue };
            for (_, range, place) in self.places_in(first.cover(*last)) {
                let p = weight * self.mean_role(candidate, range, 2);
                match sums.iter_mut().find(|(known, _)| *known == place) {
                    Some((_, sum)) => *sum += p,
                    None => sums.push((place, p)),
                }
            }
        }
        let sums_total: f32 = (0..self.candidates.len()).map(|candidate| self.worth(candidate)).sum();
        for (_, _, place) in self.places.iter().filter(|(_, range, _)| self.is_dateline(*range)) {
            match sums.iter_mut().find(|(known, _)| *known == place) {
                Some((_, sum)) => *sum += DATELINE,
                None => sums.push((place, DATELINE)),
            }
        }
        let most = self.read.found.countries.iter().map(|country| country.mentions.len()).sum::<usize>().max(1);
        for (place, mentions) in &countries {
            let share = COUNTRY * sums_total * *mentions as f32 / most as f32;
            match sums.iter_mut().find(|(known, _)| *known == place) {
                Some((_, sum)) => *sum += share,
                None => sums.push((place, share)),
            }
        }
        let all: f32 = sums.iter().map(|(_, sum)| sum).sum();
        let best = sums.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        best.filter(|(_, sum)| *sum >= USUAL && *sum >= DOMINANT * all).map(|(place, _)| place.clone())
    }

    /// The countries of the article as places, with how often each is named in whatever way.
    fn country_places(&self) -> Vec<(EventPlace, usize)> {
        let countries = self.read.found.countries.iter();
        let place = |country: &crate::suggest::Country| {
            (EventPlace { name: country.name.clone(), country: Some(country.code) }, country.mentions.len())
        };
        countries.map(place).collect()
    }

    /// "NAIROBI - ", "LONDON (Reuters)": where an article was written, at the beginning of one of its first lines.
    fn is_dateline(&self, range: TextRange) -> bool {
        // Datelines stand in the first few lines.
        const WITHIN: usize = 1500;
        let text = self.read.document.text;
        if usize::from(range.start()) > WITHIN {
            return false;
        }
        let (before, behind) = text.split_at_checked(range.start().into()).unwrap_or_default();
        let begins = before.is_empty() || before.ends_with('\n');
        let rest = behind.get(usize::from(range.len())..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let marked = line.char_indices().take(24).any(|(at, c)| {
            matches!(c, '—' | '–')
                || c == '-' && line.get(..at).is_some_and(|line| line.ends_with(' '))
                || c == '(' && at <= 2
        });
        begins && marked && before.lines().count() < 6
    }

    fn worth(&self, candidate: usize) -> f32 {
        self.reading.judged(candidate).map_or(0.0, |judged| judged.worth[1])
    }

    /// Tellings of one happening together: average linkage over the probability that two are the same.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut alone: Vec<Vec<usize>> = Vec::new();
        for (index, (telling, _)) in self.tellings.iter().enumerate() {
            // The namings of one name are one event, whatever the reader says.
            let event = self.read.named_by(*telling);
            let names_it = |other: &usize| match self.tellings.get(*other) {
                Some((Telling::Named(naming), _)) => event.is_some_and(|event| event.namings.contains(naming)),
                _ => false,
            };
            match event.and_then(|_| groups.iter_mut().find(|group| group.iter().any(names_it))) {
                Some(group) => group.push(index),
                None if event.is_some() || self.worth(index) >= POOL => groups.push(vec![index]),
                None => alone.push(vec![index]),
            }
        }
        let linked = self.linked(groups);
        linked.into_iter().chain(alone).collect()
    }

    fn linked(&self, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        // How many groups are compared with each other at once: keeps this linear in the length of a text.
        const MOST: usize = 240;
        let mut done = Vec::new();
        for groups in groups.chunks(MOST) {
            let mut groups: Vec<Option<Vec<usize>>> = groups.iter().cloned().map(Some).collect();
            let count = groups.len();
            let mut pairs = Vec::new();
            for (index, group) in groups.iter().enumerate() {
                for other in groups.iter().take(index) {
                    let members = |group: &Option<Vec<usize>>| group.clone().unwrap_or_default();
                    for a in members(group) {
                        pairs.extend(members(other).into_iter().map(|b| (a, b)));
                    }
                }
            }
            let same = self.reading.same(&pairs);
            let mut sums = vec![0.0_f32; count * count];
            let of_candidate = |candidate: usize, groups: &[Option<Vec<usize>>]| {
                groups.iter().position(|group| group.as_ref().is_some_and(|group| group.contains(&candidate)))
            };
            for ((a, b), same) in pairs.iter().zip(same) {
                let same = if self.contradict(*a, *b) { same * CONTRADICTED } else { same };
                let same = if self.differ(*a, *b) { same * DIFFERENT } else { same };
                let (Some(a), Some(b)) = (of_candidate(*a, &groups), of_candidate(*b, &groups)) else { continue };
                for at in [a * count + b, b * count + a] {
                    if let Some(sum) = sums.get_mut(at) {
                        *sum += same;
                    }
                }
            }
            loop {
                let size = |group: &Option<Vec<usize>>| group.as_ref().map_or(0, Vec::len);
                let mut best: Option<(f32, usize, usize)> = None;
                for (a, first) in groups.iter().enumerate() {
                    for (b, second) in groups.iter().enumerate().take(a) {
                        let members = size(first) * size(second);
                        if members == 0 {
                            continue;
                        }
                        let mean = sums.get(a * count + b).copied().unwrap_or(0.0) / members as f32;
                        if mean >= SAME && best.is_none_or(|(known, ..)| mean > known) {
                            best = Some((mean, a, b));
                        }
                    }
                }
                let Some((_, from, to)) = best else { break };
                let moved = groups.get_mut(from).and_then(Option::take).unwrap_or_default();
                if let Some(Some(group)) = groups.get_mut(to) {
                    group.extend(moved);
                }
                for other in 0..count {
                    let more = sums.get(from * count + other).copied().unwrap_or(0.0);
                    for at in [to * count + other, other * count + to] {
                        if let Some(sum) = sums.get_mut(at) {
                            *sum += more;
                        }
                    }
                }
            }
            done.extend(groups.into_iter().flatten());
        }
        done
    }

    /// Whether two tellings of different sentences are of different types by the rules.
    fn differ(&self, a: usize, b: usize) -> bool {
        let (Some(first), Some(second)) = (self.candidates.get(a), self.candidates.get(b)) else { return false };
        let typed = |candidate: &Candidate| (1..=16).contains(&candidate.told);
        first.sentence != second.sentence && first.told != second.told && typed(first) && typed(second)
    }

    /// Whether the rules say of two tellings that others did it, or on other days, or that they have names of their own.
    fn contradict(&self, a: usize, b: usize) -> bool {
        let named = |at: usize| self.tellings.get(at).and_then(|(telling, _)| self.read.named_by(*telling));
        if let Some((a, b)) = named(a).zip(named(b)) {
            return !std::ptr::eq(a, b);
        }
        let (Some(a), Some(b)) = (self.told(a), self.told(b)) else { return false };
        let actors = |told: &Told| -> Vec<(Label, usize)> {
            let of_role = told.frame.participants.iter().filter(|(role, _)| *role == Role::Actor);
            of_role.filter_map(|(_, name)| self.read.names.nth(*name)).map(|name| name.who).collect()
        };
        let known = |who: &(Label, usize)| matches!(who.0, Label::Person | Label::Country);
        let (first, second) = (actors(a), actors(b));
        let apart = !first.is_empty()
            && !second.is_empty()
            && first.iter().chain(&second).all(known)
            && !first.iter().any(|who| second.contains(who))
            && a.meaning.plover != Some(Plover::Consult);
        apart || merge::apart(self.read.dates, a, b)
    }

    fn told(&self, candidate: usize) -> Option<&Told> {
        match self.tellings.get(candidate)?.0 {
            Telling::Told(index) => self.read.told.get(index),
            Telling::Named(_) => None,
        }
    }

    fn naming(&self, candidate: usize) -> Option<&Naming> {
        match self.tellings.get(candidate)?.0 {
            Telling::Named(index) => self.read.namings.get(index),
            Telling::Told(_) => None,
        }
    }

    fn record(&self, mut group: Vec<usize>) -> Option<Record> {
        group.sort_by(|a, b| self.worth(*b).total_cmp(&self.worth(*a)).then(a.cmp(b)));
        let most = group.iter().map(|member| self.worth(*member)).fold(0.0, f32::max);
        let kind = self.kind(&group);
        let (polarity, modality) = self.reality(&group);
        let parties = self.parties_of(&group, kind);
        let named = parties.iter().any(|(_, who)| who.party.label != PartyLabel::Group);
        let told = odds(most) + REPEATED * (group.len() as f32).ln() + if named { BY_NAME } else { -BY_NAME };
        let worth = calibration::worth(told);
        let place = self.place(&group);
        Some(Record {
            tellings: group.iter().filter_map(|member| Some(self.tellings.get(*member)?.0)).collect(),
            kind,
            worth,
            kept: worth >= KEEP,
            parties,
            placed: place.is_some(),
            place: place.or_else(|| self.default_place.clone()),
            date: self.date(&group),
            polarity,
            modality,
        })
    }

    /// The likeliest type: the members' opinions weighed by their worth, with what the rules say.
    fn kind(&self, group: &[usize]) -> EventType {
        let mut scores = [0.0_f32; 39];
        let total: f32 = group.iter().map(|member| self.worth(*member)).sum();
        for member in group {
            let weight = self.worth(*member) / total.max(1e-6);
            let Some(judged) = self.reading.judged(*member) else { continue };
            for (score, kind) in scores.iter_mut().zip(&judged.kinds) {
                *score += weight * kind;
            }
            let plover = self.told(*member).and_then(|told| told.meaning.plover);
            if let Some(score) = plover.and_then(|plover| scores.get_mut(number(plover))) {
                *score += weight * TYPED;
            }
            if let Some(naming) = self.naming(*member) {
                let class = NamedClass::ALL.iter().position(|class| *class == naming.class).unwrap_or(0);
                scores.iter_mut().skip(16).take(9).for_each(|score| *score += NAMED * weight);
                if let Some(score) = scores.get_mut(16 + class) {
                    *score += CLASSED * weight;
                }
            }
        }
        let best = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(index, _)| index);
        kind_of(best)
    }

    fn reality(&self, group: &[usize]) -> (Polarity, Modality) {
        let mut scores = [0.0_f32; MODALITIES];
        for member in group {
            let Some(judged) = self.reading.judged(*member) else { continue };
            for (score, modality) in scores.iter_mut().zip(&judged.modalities) {
                *score += self.worth(*member) * modality;
            }
        }
        let total: f32 = group.iter().map(|member| self.worth(*member)).sum();
        let share = |index: usize| scores.get(index).map_or(0.0, |score| (score / total.max(1e-6)).exp());
        let mut best = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(index, _)| index);
        // What the rules read counts where the reader thinks it possible.
        if best == 0 {
            best = match group.first().and_then(|first| self.told(*first)).map(|told| told.modality) {
                Some(Modality::Planned) if share(1) >= UNREAL => 1,
                Some(Modality::Possible) if share(2) + share(4) >= UNREAL => 2,
                _ => 0,
            };
        }
        let negative =
            group.first().and_then(|first| self.told(*first)).is_some_and(|told| told.polarity == Polarity::Negative);
        let polarity = if best == 3 || negative { Polarity::Negative } else { Polarity::Positive };
        let modality = match best {
            1 => Modality::Planned,
            2 => Modality::Possible,
            4 => Modality::Demanded,
            _ => Modality::Asserted,
        };
        (polarity, modality)
    }

    /// The words of a candidate's sentence.
    fn line_of(&self, candidate: usize) -> Range<usize> {
        let at = self.candidates.get(candidate).map_or(0, |candidate| candidate.sentence);
        self.lines.get(at).cloned().unwrap_or_default()
    }

    /// The words that are looked at for a candidate: its sentence and the one before.
    fn around(&self, candidate: usize) -> Range<usize> {
        let at = self.candidates.get(candidate).map_or(0, |candidate| candidate.sentence);
        let before = self.lines.get(at.saturating_sub(1)).map_or(0, |line| line.start);
        before..self.line_of(candidate).end
    }

    /// The runs of words that may have a role for a candidate, each with its greatest probability.
    fn runs(&self, candidate: usize, role: usize) -> Vec<(TextRange, f32)> {
        let own = self.candidates.get(candidate).map(|candidate| candidate.words.clone()).unwrap_or_default();
        let here = self.line_of(candidate).start;
        let ranges = self.read.tags.word_ranges();
        let mut runs: Vec<(TextRange, f32)> = Vec::new();
        let mut open = false;
        for word in self.around(candidate) {
            let Some(range) = ranges.get(word).copied() else { continue };
            let mut p = self.role(candidate, word, role);
            if own.contains(&word) {
                p = 0.0;
            } else if word < here {
                p *= BEFORE;
            }
            if p < BESIDE || word == here {
                open = false;
            }
            if p < BESIDE {
                continue;
            }
            match runs.last_mut().filter(|_| open) {
                Some((run, most)) => {
                    *run = run.cover(range);
                    *most = most.max(p);
                }
                None => runs.push((range, p)),
            }
            open = true;
        }
        runs
    }

    fn role(&self, candidate: usize, word: usize, role: usize) -> f32 {
        self.reading.role(candidate, word).get(role).copied().unwrap_or(0.0)
    }

    /// The mean probability of a role over the words of a range.
    fn mean_role(&self, candidate: usize, range: TextRange, role: usize) -> f32 {
        let words = self.read.tags.words_in(range);
        let count = words.len().max(1) as f32;
        words.map(|word| self.role(candidate, word, role)).sum::<f32>() / count
    }

    /// Who does it and to whom: what the reader says, and more where the rules say the same.
    fn parties_of(&self, group: &[usize], kind: EventType) -> Vec<(Role, Who)> {
        let mut claims: Vec<(Role, Who, f32)> = Vec::new();
        for member in group {
            let ruled = self.ruled(*member);
            for (index, role) in [Role::Actor, Role::Recipient].into_iter().enumerate() {
                let agrees = |range: TextRange, of: Role| {
                    ruled
                        .iter()
                        .any(|(other, who)| *other == of && who.range.intersect(range).is_some_and(|r| !r.is_empty()))
                };
                let mut own: Vec<(Role, Who, f32)> = Vec::new();
                let mut before: Vec<(Role, Who, f32)> = Vec::new();
                let here = self.stretch(self.line_of(*member)).map_or(TextSize::default(), |line| line.start());
                for (range, p) in self.runs(*member, index) {
                    let other = if role == Role::Actor { Role::Recipient } else { Role::Actor };
                    let rules = if agrees(range, role) {
                        RULED
                    } else if agrees(range, other) {
                        -RULED
                    } else {
                        0.0
                    };
                    let place = if range.start() < here { &mut before } else { &mut own };
                    place.extend(self.who(range).map(|who| (role, who, odds(p) + rules)));
                }
                for (of, who) in &ruled {
                    if *of == role {
                        let p = self.mean_role(*member, who.range, index);
                        own.push((role, who.clone(), odds(p.max(UNSEEN)) + RULED));
                    }
                }
                // The sentence before is asked only where its own names nobody.
                if !own.iter().any(|(.., score)| *score >= PARTY) {
                    claims.extend(before);
                }
                claims.extend(own);
            }
        }
        let together = kind == EventType::Happening(Some(Plover::Consult));
        let mut known: Vec<(Role, Who, f32)> = Vec::new();
        for (role, who, score) in claims {
            if score < PARTY {
                continue;
            }
            let role = if together { Role::Actor } else { role };
            match known.iter_mut().find(|(_, other, _)| is_same(other, &who)) {
                Some(known) => {
                    // The fuller name stays, the likelier role counts.
                    if who.party.name.len() > known.1.party.name.len() {
                        known.1.party = who.party.clone();
                    }
                    if score > known.2 {
                        *known = (role, Who { party: known.1.party.clone(), ..who }, score);
                    }
                }
                None => known.push((role, who, score)),
            }
        }
        known.sort_by(|a, b| b.2.total_cmp(&a.2));
        for role in [Role::Actor, Role::Recipient] {
            let most = known.iter().filter(|(of, ..)| *of == role).map(|(.., score)| *score).fold(f32::MIN, f32::max);
            known.retain(|(of, _, score)| *of != role || *score >= most - MARGIN);
        }
        known.into_iter().map(|(role, who, _)| (role, who)).collect()
    }

    /// Who takes part by the rules.
    fn ruled(&self, candidate: usize) -> Vec<(Role, Who)> {
        let Some(told) = self.told(candidate) else { return Vec::new() };
        let who = |name: usize| {
            let name = self.read.names.nth(name)?;
            self.parties.of(self.read.words.range(name.first, name.last)?)
        };
        told.frame.participants.iter().filter_map(|(role, name)| Some((*role, who(*name)?))).collect()
    }

    /// Whom words name: a party, or whom a pronoun or a description stands for.
    fn who(&self, range: TextRange) -> Option<Who> {
        let read = self.read;
        let at = read.words.at(range.start());
        let one = read.words.get(at).is_some_and(|word| word.range.contains_range(range));
        let word = read.words.lower(at);
        if !one || !is_pronoun(word) {
            let office = read.names.of_role(at, word).filter(|_| one && read.words.before(at, 1) == "the");
            let person =
                office.and_then(|name| read.names.nth(name)).and_then(|name| self.standing_for(name.span?, range));
            return person.or_else(|| self.parties.named(range));
        }
        match word {
            "it" | "its" | "which" => self.parties.body_before(range, self.sentence_start(range)),
            "they" | "them" | "their" | "we" | "our" => self.parties.body_before(range, self.sentence_start(range)),
            _ => {
                let name = read.names.nth(read.names.antecedent(read.words, at)?)?;
                self.standing_for(name.span?, range)
            }
        }
    }

    /// Who a name elsewhere names, told by other words here.
    fn standing_for(&self, span: usize, range: TextRange) -> Option<Who> {
        let who = self.parties.at(self.read.found.spans.get(span)?.range)?;
        Some(Who { range, ..who })
    }

    fn sentence_start(&self, range: TextRange) -> TextSize {
        let at = self.read.document.sentences.partition_point(|sentence| sentence.end() <= range.start());
        self.read.document.sentences.get(at).map_or(range.start(), |sentence| sentence.start())
    }

    /// Where it took place: the place that the reader or the rules give one of its tellings.
    fn place(&self, group: &[usize]) -> Option<EventPlace> {
        let mut best: Option<(f32, &EventPlace)> = None;
        for member in group {
            let line = self.line_of(*member);
            let ranges = self.read.tags.word_ranges();
            let around = self.around(*member);
            let ends = (ranges.get(around.start), ranges.get(around.end.saturating_sub(1)));
            let (Some(first), Some(last)) = ends else { continue };
            let here = ranges.get(line.start).map_or(first.start(), |word| word.start());
            let ruled =
                self.told(*member).and_then(|told| self.read.names.nth(told.frame.place?)).and_then(|name| name.span);
            for (span, range, place) in self.places_in(first.cover(*last)) {
                let p = self.mean_role(*member, range, 2) * if range.start() < here { BEFORE } else { 1.0 };
                let score = odds(p.max(UNSEEN)) + if ruled == Some(span) { RULED } else { 0.0 };
                if score >= PLACE && best.is_none_or(|(known, _)| score > known) {
                    best = Some((score, place));
                }
            }
        }
        best.map(|(_, place)| place.clone())
    }

    /// The places of a stretch: index of the span, range, place.
    fn places_in(&self, stretch: TextRange) -> impl Iterator<Item = (usize, TextRange, &EventPlace)> {
        let from = self.places.partition_point(|(_, range, _)| range.start() < stretch.start());
        let rest = self.places.get(from..).unwrap_or_default().iter();
        rest.take_while(move |(_, range, _)| range.end() <= stretch.end())
            .map(|(span, range, place)| (*span, *range, place))
    }

    /// When it took place: by its name, or the date expression that reader and rules give one of its tellings.
    fn date(&self, group: &[usize]) -> Option<EventDate> {
        let read = self.read;
        let named = group.iter().find_map(|member| read.named_by(self.tellings.get(*member)?.0));
        if let Some(date) = named.and_then(|event| date_of_named(read, event)) {
            return Some(date);
        }
        let known = if read.document.date.is_some() { DATED } else { RULED };
        let mut best: Option<(f32, &DateExpression)> = None;
        for member in group {
            let Some(stretch) = self.stretch(self.around(*member)) else { continue };
            let here = self.stretch(self.line_of(*member)).map_or(stretch.start(), |line| line.start());
            let ruled = self.told(*member).and_then(|told| told.date);
            let from = read.dates.partition_point(|date| date.range.start() < stretch.start());
            let near =
                read.dates.iter().enumerate().skip(from).take_while(|(_, date)| date.range.end() <= stretch.end());
            for (index, date) in near {
                let p = self.mean_role(*member, date.range, 3) * if date.range.start() < here { BEFORE } else { 1.0 };
                let score = odds(p.max(UNSEEN)) + if ruled == Some(index) { known } else { 0.0 };
                if score >= DATE && best.is_none_or(|(known, _)| score > known) {
                    best = Some((score, date));
                }
            }
        }
        best.map(|(_, date)| read.spelled(date))
    }

    /// The characters of some of the tagger's words.
    fn stretch(&self, words: Range<usize>) -> Option<TextRange> {
        let ranges = self.read.tags.word_ranges();
        Some(ranges.get(words.start)?.cover(*ranges.get(words.end.checked_sub(1)?)?))
    }
}

/// When a named event took place, where its name or a list tells.
pub(crate) fn date_of_named(read: &Read<'_, '_>, event: &NamedEvent) -> Option<EventDate> {
    let year = |year: i16| {
        let (start, end) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
        Some(EventDate { start, end, text: year.to_string() })
    };
    let namings = event.namings.iter().filter_map(|index| read.namings.get(*index));
    let countries = namings.flat_map(|naming| read.names.within(naming.first..naming.last + 1));
    let countries: Vec<_> = countries.filter_map(|name| read.found.spans.get(name.span?)?.country).collect();
    let votes = |year: i16| countries.into_iter().find_map(|country| elections::days(country, year, &event.name));
    let election = event.year.filter(|_| event.class == NamedClass::Election).and_then(votes);
    let known = event.days.or(election).map(|(start, end)| EventDate { start, end, text: String::new() });
    known.or_else(|| event.year.and_then(year))
}

/// The type by its number in `training/tagger/reader.py`.
fn kind_of(number: usize) -> EventType {
    let plover = Plover::ALL.get(number).map(|plover| EventType::Happening(Some(*plover)));
    let named = || NamedClass::ALL.get(number.wrapping_sub(16)).map(|class| EventType::Named(*class));
    let news = || NewsClass::ALL.get(number.wrapping_sub(25)).map(|class| EventType::News(*class));
    plover.or_else(named).or_else(news).unwrap_or(EventType::Happening(None))
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she"
            | "him"
            | "her"
            | "his"
            | "who"
            | "i"
            | "my"
            | "me"
            | "it"
            | "its"
            | "which"
            | "they"
            | "them"
            | "their"
            | "we"
            | "our"
    )
}

/// Whether two are the same: countries by code, others by name, phrases also where one says more than the other of the
/// same noun ("investigators", "Indian investigators").
fn is_same(a: &Who, b: &Who) -> bool {
    let (x, y) = (&a.party, &b.party);
    match (x.label, y.label) {
        (PartyLabel::Country, PartyLabel::Country) => x.country == y.country,
        (PartyLabel::Country, _) | (_, PartyLabel::Country) => false,
        _ if x.name.eq_ignore_ascii_case(&y.name) => true,
        _ if a.span.is_some() && b.span.is_some() => false,
        _ => {
            let (x, y) = (x.name.to_lowercase(), y.name.to_lowercase());
            let ends = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '));
            ends(&x, &y) || ends(&y, &x)
        }
    }
}
