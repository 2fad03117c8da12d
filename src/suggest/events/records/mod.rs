//! Event records: which tellings (triggers and named events) are one happening, whether a person would keep it, and who
//! did it to whom, where, when and how really, by what the reader makes of an article and what the rules read.

mod group;
mod place;
mod who;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use text_size::TextRange;

use super::merge::{EventMention, merge};
use super::morphology::stem;
use super::named::{NamedEvent, Naming};
use super::names::Names;
use super::parties::{Parties, Who};
use super::words::Words;
use crate::project::{
    EventDate, EventPlace, EventType, Level, Modality, NamedClass, NewsClass, PartyLabel, Plover, Polarity, Role,
};
use crate::suggest::dates::DateExpression;
use crate::suggest::tagger::{Candidate, MODALITIES, Reading, Tags};
use crate::suggest::{Document, Label, Suggestions, calibration, knowledge};

// Chosen on dev and on the articles that `training/tagger/events.py` leaves out.

/// Below this worth a telling is left alone.
const POOL: f32 = 0.15;
/// From this worth on a record is kept.
const KEEP: f32 = 0.3;
/// From this probability on a record that is kept is what the article is about: the best F1 on dev, 0.64, in steps of 0.05; from
/// 0.30 to 0.45 it is 0.62 to 0.64.
const MAIN: f32 = 0.4;
/// What it adds to a record's log odds of being kept that it is told again, for each natural logarithm of its mentions.
const REPEATED: f32 = 0.6;
/// What it adds that somebody named, or a body, takes part, and takes away that nobody does.
const BY_NAME: f32 = 0.5;
/// The numbers of the types, as `training/tagger/reader.py` counts them: PLOVER's, then the named classes, then the news
/// classes.
const FIRST_NAMED: usize = Plover::ALL.len();
const KINDS: usize = FIRST_NAMED + NamedClass::ALL.len() + NewsClass::ALL.len();
/// How far the rules alone can tell that a person would keep something.
const UNREAD: f32 = 0.5;
/// What the rules' opinion of a type adds to its log probability; what it adds to all named types that something is named,
/// and to the class that rules or lists give it.
const TYPED: f32 = 1.5;
const NAMED: f32 = 3.0;
const CLASSED: f32 = 1.5;
/// What the rules' opinion of a type adds where what stands around a word shows what it means.
const SHOWN: f32 = 2.5;
/// What is left of the probability that something is told as having happened: most is, and the reader leans to that.
const ASSERTED: f32 = 0.5;
/// From this probability on the reader lets the rules say that something is only planned or possible.
const UNREAL: f32 = 0.1;

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
    pub(crate) told: &'a [EventMention],
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
    pub(crate) level: Level,
    /// Where another record is told that may be the same.
    pub(crate) alike: Option<TextRange>,
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
        places: place::places(read, &parties),
        default_place: None,
    };
    scene.default_place = scene.usual_place();
    let mut told = scene.told_at_once(scene.groups());
    scene.note_alike(&mut told);
    let mut records: Vec<(usize, Record)> =
        told.into_iter().filter_map(|(group, record)| Some((group.iter().copied().min()?, record))).collect();
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
            level: Level::Kept,
            alike: None,
            parties: Vec::new(),
            place: None,
            placed: false,
            date: place::date_of_named(read, event),
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
    let members: Vec<&EventMention> = group.iter().filter_map(|index| read.told.get(*index)).collect();
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
        Some(knowledge::event_place(read.words.spelled(name.first, name.last), country))
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
        level: if plover.is_some() { Level::Kept } else { Level::Everything },
        alike: None,
        parties,
        placed: place.is_some(),
        place,
        date,
        polarity: first.polarity,
        modality: if asserted { Modality::Asserted } else { first.modality },
    })
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
        EventDate::new(date.start, date.end, self.words.spelled(first, last))
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
    fn worth(&self, candidate: usize) -> f32 {
        self.reading.judged(candidate).map_or(0.0, |judged| judged.worth[1])
    }

    /// The probability that a candidate tells what the article is about.
    fn main(&self, candidate: usize) -> f32 {
        self.reading.judged(candidate).map_or(0.0, |judged| judged.worth[2])
    }

    fn told(&self, candidate: usize) -> Option<&EventMention> {
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

    fn record(&self, group: &[usize]) -> Record {
        let mut group = group.to_vec();
        group.sort_by(|a, b| self.worth(*b).total_cmp(&self.worth(*a)).then(a.cmp(b)));
        let most = group.iter().map(|member| self.worth(*member)).fold(0.0, f32::max);
        let main = group.iter().map(|member| self.main(*member)).fold(0.0, f32::max);
        let kind = self.kind(&group);
        let date = self.date(&group);
        let (polarity, modality) = self.reality(&group, date.as_ref());
        let parties = self.parties_of(&group, kind);
        let named = parties.iter().any(|(_, who)| who.party.label != PartyLabel::Group);
        let told = odds(most) + REPEATED * (group.len() as f32).ln() + if named { BY_NAME } else { -BY_NAME };
        let worth = calibration::worth(told);
        let place = self.place(&group);
        Record {
            tellings: group.iter().filter_map(|member| Some(self.tellings.get(*member)?.0)).collect(),
            kind,
            worth,
            level: match worth {
                _ if worth < KEEP => Level::Everything,
                _ if main >= MAIN => Level::Main,
                _ => Level::Kept,
            },
            alike: None,
            parties,
            placed: place.is_some(),
            // Where the article's happenings took place is a guess.
            place: place.or_else(|| self.default_place.clone().map(|place| EventPlace { unsure: true, ..place })),
            date,
            polarity,
            modality,
        }
    }

    /// The likeliest type: the members' opinions weighed by their worth, with what the rules say.
    fn kind(&self, group: &[usize]) -> EventType {
        let mut scores = [0.0_f32; KINDS];
        let undone = self.undone(group);
        let telling = || group.iter().filter(|member| !undone.contains(member));
        let total: f32 = telling().map(|member| self.worth(*member)).sum();
        for member in telling() {
            let weight = self.worth(*member) / total.max(1e-6);
            let Some(judged) = self.reading.judged(*member) else { continue };
            for (score, kind) in scores.iter_mut().zip(&judged.kinds) {
                *score += weight * kind;
            }
            let meaning = self.told(*member).map(|told| told.meaning);
            if let Some((meaning, plover)) = meaning.and_then(|meaning| Some((meaning, meaning.plover?)))
                && let Some(score) = scores.get_mut(number(plover))
            {
                *score += weight * if meaning.shown { SHOWN } else { TYPED };
            }
            if let Some(naming) = self.naming(*member) {
                let class = NamedClass::ALL.iter().position(|class| *class == naming.class).unwrap_or(0);
                scores
                    .iter_mut()
                    .skip(FIRST_NAMED)
                    .take(NamedClass::ALL.len())
                    .for_each(|score| *score += NAMED * weight);
                if let Some(score) = scores.get_mut(FIRST_NAMED + class) {
                    *score += CLASSED * weight;
                }
            }
        }
        // Where the rules know that no member means what its word elsewhere does, it is of no PLOVER type.
        let elsewhere = |member: &usize| self.told(*member).is_some_and(|told| told.meaning.elsewhere);
        let from = if group.iter().all(elsewhere) { FIRST_NAMED } else { 0 };
        let best = scores.iter().enumerate().skip(from).max_by(|a, b| a.1.total_cmp(b.1));
        kind_of(best.map_or(0, |(index, _)| index))
    }

    /// "suspended aid": tellings of what a verb of the same record says does not simply happen, wherever that word stands.
    fn undone(&self, group: &[usize]) -> Vec<usize> {
        let led = group.iter().filter_map(|member| self.told(*member)).filter(|told| told.meaning.leads);
        let objects: Vec<&str> = led
            .filter_map(|told| self.read.told.get(told.meaning.one_with?))
            .filter(|object| object.meaning.plover.is_some())
            .map(|object| object.trigger.entry.lemma)
            .collect();
        let is_led = |told: &EventMention| told.trigger.is_noun() && objects.contains(&told.trigger.entry.lemma);
        group.iter().copied().filter(|member| self.told(*member).is_some_and(is_led)).collect()
    }

    fn reality(&self, group: &[usize], date: Option<&EventDate>) -> (Polarity, Modality) {
        let mut scores = [0.0_f32; MODALITIES];
        for member in group {
            let Some(judged) = self.reading.judged(*member) else { continue };
            for (score, modality) in scores.iter_mut().zip(&judged.modalities) {
                *score += self.worth(*member) * modality;
            }
        }
        let total: f32 = group.iter().map(|member| self.worth(*member)).sum();
        let share = |index: usize| scores.get(index).map_or(0.0, |score| (score / total.max(1e-6)).exp());
        // What is over is not planned.
        let over = date.zip(self.read.document.date).is_some_and(|(date, base)| date.end < base);
        let lean = |index: usize| match index {
            0 => ASSERTED,
            1 if over => 0.0,
            _ => 1.0,
        };
        let likeliest = (0..MODALITIES).max_by(|a, b| (share(*a) * lean(*a)).total_cmp(&(share(*b) * lean(*b))));
        let mut best = likeliest.unwrap_or(0);
        // What the rules read counts where the reader thinks it possible.
        if best == 0 {
            best = match group.first().and_then(|first| self.told(*first)).map(|told| told.modality) {
                Some(Modality::Planned) if share(1) >= UNREAL && !over => 1,
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

    /// The characters of some of the tagger's words.
    fn stretch(&self, words: Range<usize>) -> Option<TextRange> {
        let ranges = self.read.tags.word_ranges();
        Some(ranges.get(words.start)?.cover(*ranges.get(words.end.checked_sub(1)?)?))
    }
}

/// The type by its number.
fn kind_of(number: usize) -> EventType {
    let plover = Plover::ALL.get(number).map(|plover| EventType::Happening(Some(*plover)));
    let named = || NamedClass::ALL.get(number.wrapping_sub(FIRST_NAMED)).map(|class| EventType::Named(*class));
    let news = || {
        NewsClass::ALL
            .get(number.wrapping_sub(FIRST_NAMED + NamedClass::ALL.len()))
            .map(|class| EventType::News(*class))
    };
    plover.or_else(named).or_else(news).unwrap_or(EventType::Happening(None))
}
