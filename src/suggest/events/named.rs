//! Named events of a text: the list and the patterns together, variants of one name joined into one event.

use jiff::civil::Date;
use smol_str::SmolStr;

use super::gazetteer::GAZETTEER;
use super::grammar::{is_determiner, is_preposition};
use super::patterns::{class_of, composed};
use super::words::{Word, Words};
use crate::project::NamedClass;
use crate::suggest::Label;
use crate::suggest::tagger::{Tag, Tags, joined};
use crate::text::tokens::TokenKind;

/// A place in the text that names an event.
pub(crate) struct Naming {
    /// Indexes of its first and last word.
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) class: NamedClass,
    pub(crate) score: f32,
    pub(crate) reason: String,
    wikidata: Option<&'static str>,
    /// First and last day, where the list knows them.
    days: Option<(Date, Date)>,
    /// The listed name where it is a short form of one.
    listed: Option<&'static str>,
    key: Key,
}

/// A named event and the places that name it.
pub(crate) struct NamedEvent {
    pub(crate) name: String,
    pub(crate) class: NamedClass,
    pub(crate) wikidata: Option<&'static str>,
    pub(crate) year: Option<i16>,
    /// First and last day, where the list knows them.
    pub(crate) days: Option<(Date, Date)>,
    /// Indexes into the namings.
    pub(crate) namings: Vec<usize>,
    key: Key,
}

/// The parts of a name that variants must not contradict each other in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Key {
    head: SmolStr,
    year: Option<i16>,
    /// "winter" or "summer".
    season: Option<SmolStr>,
    rest: Vec<SmolStr>,
}

impl Key {
    /// From the words of a name in small letters; `head` is left out of the rest.
    fn new<'w>(words: impl Iterator<Item = &'w str>, head: &str) -> Self {
        let mut key = Self::default();
        let mut olympic = false;
        for word in words {
            match word {
                "olympics" | "olympic" => olympic = true,
                "winter" | "summer" => key.season = Some(SmolStr::new(word)),
                _ if word == head || word == "games" || is_determiner(word) || is_preposition(word) => {}
                _ => match word.parse::<i16>().ok().filter(|year| (1000..2200).contains(year)) {
                    Some(year) => key.year = Some(year),
                    None => key.rest.push(SmolStr::new(word)),
                },
            }
        }
        key.head = if olympic { SmolStr::new_static("olympics") } else { SmolStr::new(head.trim_end_matches('s')) };
        key
    }

    /// Whether both may name the same event.
    fn agrees(&self, other: &Self) -> bool {
        let within = |a: &[SmolStr], b: &[SmolStr]| a.iter().all(|word| b.contains(word));
        let rest = within(&self.rest, &other.rest) || within(&other.rest, &self.rest);
        let season = self.season.is_none() || other.season.is_none() || self.season == other.season;
        let years = match (self.year, other.year) {
            (Some(a), Some(b)) => a == b,
            (None, None) => self.head == "olympics" || self.rest.is_empty() == other.rest.is_empty(),
            _ => self.head == "olympics" || !self.rest.is_empty() && !other.rest.is_empty(),
        };
        self.head == other.head && rest && season && years
    }

    /// Takes what the other knows more.
    fn learn(&mut self, other: &Self) {
        self.year = self.year.or(other.year);
        self.season = self.season.take().or_else(|| other.season.clone());
        if other.rest.len() > self.rest.len() {
            self.rest.clone_from(&other.rest);
        }
    }
}

/// All named events of a text: where they are named, in order and without overlap, and which are the same.
///
/// The list and the patterns tell how far a name goes; the tagger adds those that neither knows.
pub(crate) fn named(words: &Words<'_>, tags: &Tags) -> (Vec<Naming>, Vec<NamedEvent>) {
    let mut candidates: Vec<Naming> = (0..words.len())
        .flat_map(|at| [from_list(words, at), from_pattern(words, at), short_for_games(words, at)])
        .flatten()
        .collect();
    candidates.sort_by_key(|n| (n.first, std::cmp::Reverse(n.last), n.wikidata.is_none()));
    let mut namings: Vec<Naming> = Vec::new();
    for naming in candidates {
        match namings.last_mut() {
            Some(before) if before.last >= naming.first => {
                if naming.last - naming.first > before.last - before.first {
                    *before = naming;
                }
            }
            _ => namings.push(naming),
        }
    }
    if !tags.is_empty() {
        namings.retain_mut(|naming| believed(words, naming, tags));
        let seen = tags.found.iter().filter(|tag| tag.label == Label::Event);
        let seen: Vec<Naming> = seen.filter_map(|tag| from_tag(words, tag)).collect();
        let free = |naming: &Naming| {
            let at = namings.partition_point(|known| known.last < naming.first);
            namings.get(at).is_none_or(|known| known.first > naming.last)
        };
        let fresh: Vec<Naming> = seen.into_iter().filter(free).collect();
        namings.extend(fresh);
        namings.sort_by_key(|naming| naming.first);
    }
    let events = join(words, &mut namings);
    (namings, events)
}

/// Joins what the tagger says to a naming's score; false where both together do not believe it.
fn believed(words: &Words<'_>, naming: &mut Naming, tags: &Tags) -> bool {
    let Some(range) = words.range(naming.first, naming.last) else { return false };
    naming.score = joined(naming.score, tags.share(range, Label::Event).max(UNSEEN));
    naming.score >= 0.5
}

/// What the tagger's opinion counts at least where it sees no event: many sets that it learned from mark none.
const UNSEEN: f32 = 0.35;

/// A named event that the tagger alone sees.
fn from_tag(words: &Words<'_>, tag: &Tag) -> Option<Naming> {
    let (first, last) = (words.at(tag.range.start()), words.before_offset(tag.range.end()));
    let parts = || (first..=last).map(|i| words.lower(i));
    let class = parts().rev().find_map(class_of).unwrap_or(NamedClass::Other);
    let head = parts().rev().find(|word| class_of(word).is_some()).unwrap_or_else(|| words.lower(last));
    (first <= last && tag.probability >= 0.5).then(|| Naming {
        first,
        last,
        class,
        score: tag.probability,
        reason: format!("tagger {:.2}", tag.probability),
        wikidata: None,
        days: None,
        listed: None,
        key: Key::new(parts(), head),
    })
}

fn from_list(words: &Words<'_>, at: usize) -> Option<Naming> {
    let (last, listed) = GAZETTEER.at(words, at)?;
    let headline = words.sentence_of(at).is_some_and(|sentence| sentence.headline);
    let capital = |i: usize| {
        words.same_sentence(at, i) && words.get(i).is_some_and(|w| w.is_capital() && w.kind == TokenKind::Word)
    };
    // "Easter Island", "Holi Festival": one word of a longer name.
    let part =
        at == last && !headline && (capital(at + 1) || at > 0 && capital(at - 1) && !words.begins_sentence(at - 1));
    if part {
        return None;
    }
    let item = listed.wikidata.map(|item| format!(" ({item})")).unwrap_or_default();
    let names = listed.name.to_lowercase();
    let head = names.split(' ').next_back().unwrap_or_default().to_owned();
    Some(Naming {
        first: at,
        last,
        class: listed.class,
        score: 0.9,
        reason: format!("listed as a named event: {}{item}", listed.name),
        wikidata: listed.wikidata,
        days: listed.days(),
        listed: Some(listed.name),
        key: Key::new(names.split(' '), &head),
    })
}

fn from_pattern(words: &Words<'_>, at: usize) -> Option<Naming> {
    let found = composed(words, at)?;
    let head = words.lower(found.head);
    let parts = (found.first..=found.last).map(|i| words.lower(i));
    Some(Naming {
        first: found.first,
        last: found.last,
        class: found.class,
        score: found.score,
        reason: format!("a name with “{}”", words.get(found.head)?.text),
        wikidata: None,
        days: None,
        listed: None,
        key: Key::new(parts, head),
    })
}

/// "the Games": stands for games that the text names elsewhere.
fn short_for_games(words: &Words<'_>, at: usize) -> Option<Naming> {
    let alone = !words.get(at + 1).is_some_and(Word::is_capital);
    let short = words.get(at)?.text == "Games" && words.before(at, 1) == "the" && alone;
    let headline = words.sentence_of(at)?.headline;
    (short && !headline).then(|| Naming {
        first: at,
        last: at,
        class: NamedClass::Games,
        score: 0.7,
        reason: "short for the games named in the text".to_owned(),
        wikidata: None,
        days: None,
        listed: None,
        key: Key { head: SmolStr::new_static("olympics"), ..Key::default() },
    })
}

/// Joins the namings of one event. A short form joins the latest event that it agrees with.
fn join(words: &Words<'_>, namings: &mut [Naming]) -> Vec<NamedEvent> {
    // How far back a text is taken to remember: keeps this linear.
    const REACH: usize = 40;
    let mut events: Vec<NamedEvent> = Vec::new();
    for (index, naming) in namings.iter().enumerate() {
        let recent = events.iter_mut().rev().take(REACH);
        let same = |event: &&mut NamedEvent| {
            event.class == naming.class
                && (naming.listed.is_some_and(|name| name == event.name) || event.key.agrees(&naming.key))
        };
        let text = naming.listed.map(str::to_owned).unwrap_or_else(|| spelled(words, naming));
        if let Some(event) = recent.into_iter().find(same) {
            event.key.learn(&naming.key);
            event.wikidata = event.wikidata.or(naming.wikidata);
            event.days = event.days.or(naming.days);
            event.year = event.key.year;
            if naming.listed.is_none() && text.len() > event.name.len() {
                event.name = text;
            }
            event.namings.push(index);
        } else {
            events.push(NamedEvent {
                name: text,
                class: naming.class,
                wikidata: naming.wikidata,
                days: naming.days,
                year: naming.key.year,
                namings: vec![index],
                key: naming.key.clone(),
            });
        }
    }
    events
}

fn spelled(words: &Words<'_>, naming: &Naming) -> String {
    words.spelled(naming.first, naming.last).to_owned()
}
