//! What an article tells, as it is compared with what others tell: its words, and of each happening who, where, when and in
//! which words.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use jiff::civil::Date;
use text_size::TextRange;

use super::rarity::Rarity;
use crate::project::EventType;
use crate::suggest::events::stem;
use crate::text::tokens::{Token, TokenKind, tokenize};

/// How many words of an article are compared, those that tell most.
const TOPIC: usize = 120;
/// How many bytes around a telling are read with it, within its paragraph.
const AROUND: usize = 160;

/// A word or a name, as short as it can be compared.
pub(super) type Key = u64;

/// The key of a word or name.
pub(super) fn key(word: &str) -> Key {
    FixedState::default().hash_one(word)
}

/// Words with what each weighs, by key; as long as one.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag(Vec<(Key, f32)>);

impl Bag {
    fn new(mut words: Vec<(Key, f32)>, most: usize) -> Self {
        words.sort_by(|(one, weight), (other, more)| more.total_cmp(weight).then(one.cmp(other)));
        words.truncate(most);
        words.sort_by_key(|(key, _)| *key);
        let length = words.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        words.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
        Self(words)
    }

    /// How alike two are, from 0 to 1: the cosine.
    pub(super) fn alike(&self, other: &Self) -> f32 {
        let (mut one, mut two) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut sum = 0.0;
        while let (Some((a, weight)), Some((b, other))) = (one.peek(), two.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(one.next()),
                std::cmp::Ordering::Greater => drop(two.next()),
                std::cmp::Ordering::Equal => {
                    sum += weight * other;
                    one.next();
                    two.next();
                }
            }
        }
        sum
    }

    /// Its weightiest words.
    pub(super) fn heaviest(&self, most: usize) -> Vec<Key> {
        let mut words = self.0.clone();
        words.sort_by(|(one, weight), (other, more)| more.total_cmp(weight).then(one.cmp(other)));
        words.into_iter().take(most).map(|(key, _)| key).collect()
    }
}

/// Of two small sets the share of the smaller that the other has too; 0 where one is empty.
pub(super) fn shared(one: &BTreeSet<Key>, other: &BTreeSet<Key>) -> f32 {
    one.intersection(other).count() as f32 / one.len().min(other.len()).max(1) as f32
}

/// A name in a text, as who or what it stands for is known: "joe biden", wherever it says "Biden".
#[derive(Clone, Debug)]
pub(super) struct Naming {
    /// UTF-8 bytes of the text.
    pub(super) range: TextRange,
    /// Who or what it stands for.
    pub(super) name: String,
}

/// An event record of an article, as it is handed in.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) kind: EventType,
    /// Whether it is kept, not in the background.
    pub(super) kept: bool,
    /// The probability that a person would keep it.
    pub(super) worth: f32,
    /// Who takes part.
    pub(super) parties: Vec<String>,
    pub(super) place: Option<String>,
    /// The first and the last day.
    pub(super) days: Option<(Date, Date)>,
    /// The words that tell of it, the most telling first: UTF-8 bytes of the text.
    pub(super) mentions: Vec<TextRange>,
}

/// What a record says of itself besides its words.
#[derive(Clone, Debug)]
pub(super) struct Happening {
    pub(super) kind: EventType,
    pub(super) kept: bool,
    pub(super) worth: f32,
    pub(super) parties: BTreeSet<Key>,
    pub(super) place: Option<Key>,
    pub(super) days: Option<(Date, Date)>,
}

/// The mentions of a record that tell of it in one word.
#[derive(Clone, Debug)]
pub(super) struct Telling {
    /// Which of the article's records it is of.
    pub(super) record: usize,
    /// Whether the most telling words of the record are among them.
    pub(super) first: bool,
    /// Which of the record's mentions, the most telling first.
    pub(super) mentions: Vec<usize>,
    /// What all forms of the word share.
    pub(super) stem: Key,
    /// The first letters of it.
    pub(super) beginning: Key,
    /// How much the word tells, from 0 to 1.
    pub(super) rarity: f32,
    /// The words around.
    pub(super) words: Bag,
    /// Who and what is named around.
    pub(super) names: BTreeSet<Key>,
    /// The numbers around.
    pub(super) numbers: BTreeSet<Key>,
}

/// What an article tells.
#[derive(Clone, Debug)]
pub struct Account {
    /// The day of publication.
    pub(super) date: Option<Date>,
    pub(super) topic: Bag,
    pub(super) happenings: Vec<Happening>,
    /// In the order of the records.
    pub(super) tellings: Vec<Telling>,
}

impl Account {
    /// Reads a text with the names in it, in order, and its records.
    pub(super) fn new(text: &str, date: Option<Date>, rarity: &Rarity, names: &[Naming], records: &[Record]) -> Self {
        let reader = Reader::new(text, rarity, names);
        let happening = |record: &Record| Happening {
            kind: record.kind,
            kept: record.kept,
            worth: record.worth,
            parties: record.parties.iter().map(|name| key(name)).collect(),
            place: record.place.as_deref().map(key),
            days: record.days,
        };
        Self {
            date,
            topic: reader.topic(),
            happenings: records.iter().map(happening).collect(),
            tellings: records.iter().enumerate().flat_map(|(at, record)| reader.tellings(at, record)).collect(),
        }
    }
}

/// A text's words.
struct Reader<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    rarity: &'t Rarity,
    names: &'t [Naming],
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, rarity: &'t Rarity, names: &'t [Naming]) -> Self {
        Self { text, tokens: tokenize(text), rarity, names }
    }

    fn topic(&self) -> Bag {
        let mut counts: BTreeMap<Key, (f32, f32)> = BTreeMap::new();
        for token in self.tokens.iter().filter(|token| token.kind == TokenKind::Word) {
            let word = token.text(self.text).to_lowercase();
            let entry = counts.entry(key(&stem(&word))).or_insert_with(|| (0.0, self.rarity.of(&word)));
            entry.0 += 1.0;
        }
        let weigh = |(key, (count, rarity)): (Key, (f32, f32))| (key, (1.0 + count.ln()) * rarity);
        Bag::new(counts.into_iter().map(weigh).filter(|(_, weight)| *weight > 0.0).collect(), TOPIC)
    }

    fn tellings(&self, at: usize, record: &Record) -> Vec<Telling> {
        let mut found: Vec<(String, Vec<usize>)> = Vec::new();
        for (index, range) in record.mentions.iter().enumerate() {
            let quote = self.text.get(crate::text::bytes(*range)).unwrap_or_default();
            let Some(word) = quote.split_whitespace().next_back() else { continue };
            let stem = stem(word);
            match found.iter_mut().find(|(known, _)| *known == stem) {
                Some((_, mentions)) => mentions.push(index),
                None => found.push((stem, vec![index])),
            }
        }
        let telling = |(stem, mentions): (String, Vec<usize>)| {
            let ranges: Vec<TextRange> = mentions
                .iter()
                .filter_map(|index| record.mentions.get(*index))
                .map(|range| self.around(*range))
                .collect();
            let beginning: String = stem.chars().take(4).collect();
            let (words, numbers) = self.words(&ranges);
            let word = record.mentions.get(*mentions.first()?)?;
            let word = self.text.get(crate::text::bytes(*word)).unwrap_or_default().to_lowercase();
            let word = word.split_whitespace().next_back().unwrap_or_default();
            Some(Telling {
                record: at,
                first: mentions.first() == Some(&0),
                stem: key(&stem),
                beginning: key(&beginning),
                rarity: self.rarity.of(word),
                words,
                names: self.names(&ranges),
                numbers,
                mentions,
            })
        };
        found.into_iter().filter_map(telling).collect()
    }

    /// What is read with words: what stands near them in their paragraph.
    fn around(&self, range: TextRange) -> TextRange {
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let least = self.text.floor_char_boundary(start.saturating_sub(AROUND));
        let most = self.text.ceil_char_boundary(end.saturating_add(AROUND));
        let before = self.text.get(least..start).unwrap_or_default();
        let behind = self.text.get(end..most).unwrap_or_default();
        let from = before.rfind('\n').map_or(least, |at| least + at + 1);
        let to = behind.find('\n').map_or(most, |at| end + at);
        crate::text::byte_range(from, to).unwrap_or(range)
    }

    fn inside(&self, range: TextRange) -> &[Token] {
        let from = self.tokens.partition_point(|token| token.range.start() < range.start());
        let to = self.tokens.partition_point(|token| token.range.end() <= range.end());
        self.tokens.get(from..to).unwrap_or_default()
    }

    fn words(&self, ranges: &[TextRange]) -> (Bag, BTreeSet<Key>) {
        let (mut words, mut numbers) = (BTreeMap::new(), BTreeSet::new());
        for token in ranges.iter().flat_map(|range| self.inside(*range)) {
            let word = token.text(self.text).to_lowercase();
            match token.kind {
                TokenKind::Number => drop(numbers.insert(key(&word))),
                TokenKind::Word => {
                    words.entry(key(&stem(&word))).or_insert_with(|| self.rarity.of(&word));
                }
                TokenKind::Punct => {}
            }
        }
        let most = words.len();
        (Bag::new(words.into_iter().filter(|(_, weight)| *weight > 0.0).collect(), most), numbers)
    }

    fn names(&self, ranges: &[TextRange]) -> BTreeSet<Key> {
        let within = |range: &TextRange| {
            let from = self.names.partition_point(|naming| naming.range.start() < range.start());
            let rest = self.names.get(from..).unwrap_or_default();
            let end = range.end();
            rest.iter().take_while(move |naming| naming.range.start() < end).map(|naming| key(&naming.name))
        };
        ranges.iter().flat_map(within).collect()
    }
}
