//! Words and what they were decided to be: what was rejected in two articles and never accepted is suggested no more,
//! what was added in two and never rejected is suggested from then on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use memchr::memmem;
use smol_str::SmolStr;
use text_size::TextRange;

use super::article::Decided;
use super::scores::{Scored, scored, step};
use super::ways::{Counted, Way, Ways, counted};
use crate::project::{CountryCode, EntityId, KindId, TakenWords};
use crate::suggest::{Label, Span, SpanLabel, Suggestions};
use crate::text::tokens::tokenize;

/// In so many articles that agree decisions turn what is suggested.
const AGREE: u32 = 2;
/// Up to so many words a line is searched for each before it is read; where there are more it is read at once.
pub(super) const FEW: usize = 64;
/// The most tokens of words that are looked for because they were added elsewhere.
const LONGEST: usize = 8;

/// What decisions agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is.
    Right,
    /// It is not.
    Wrong,
}

/// In how many articles something was decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Of this project.
    pub here: u32,
    /// Of projects of which the memory was taken.
    pub elsewhere: u32,
}

impl Times {
    /// In how many altogether.
    pub fn all(self) -> u32 {
        self.here.saturating_add(self.elsewhere)
    }
}

/// The articles in which something was decided.
#[derive(Clone, Debug, Default)]
struct Tally {
    right: Times,
    wrong: Times,
    /// Who the words were said to stand for, where an entity is known.
    who: Vec<(EntityId, u32)>,
}

impl Tally {
    fn verdict(&self) -> Option<Verdict> {
        match (self.right.all(), self.wrong.all()) {
            (right, 0) if right >= AGREE => Some(Verdict::Right),
            (0, wrong) if wrong >= AGREE => Some(Verdict::Wrong),
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        self.right.all() == 0 && self.wrong.all() == 0
    }

    fn count_taken(&mut self, taken: &TakenWords, more: bool) {
        step(&mut self.right.elsewhere, taken.accepted, more);
        step(&mut self.wrong.elsewhere, taken.rejected, more);
    }
}

/// Words as a label: whether they are, and who they stand for where that is known.
pub(super) type Told = (SpanLabel, SmolStr, bool, Option<EntityId>);

/// What an article teaches about words: each once, however often it was decided there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Taught {
    /// What was decided.
    pub(super) told: Box<[Told]>,
    /// Words that the engine had not suggested, with the country that they name.
    pub(super) added: Box<[(SmolStr, SpanLabel, Option<CountryCode>)]>,
    /// The most telling words of events, in small letters, and whether these were kept.
    pub(super) events: Box<[(SmolStr, bool)]>,
    /// Of ways of naming countries and types of events how often they were accepted, and rejected.
    pub(super) ways: Counted,
    /// What it tells of scores.
    pub(super) scored: Box<[Scored]>,
}

/// Each of some once, in order.
pub(super) fn once<T: Ord>(all: impl Iterator<Item = T>) -> Box<[T]> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all.into_boxed_slice()
}

impl Taught {
    /// What was decided on in a text of which the engine by itself found this.
    pub(super) fn of(text: &str, found: &Suggestions, decided: &Decided) -> Self {
        let said = |range: TextRange| SmolStr::new(text.get(crate::text::bytes(range)).unwrap_or_default());
        let right = decided.marked.iter().map(|mark| (mark.label.clone(), said(mark.range), true, None));
        let wrong = decided.rejected.iter().map(|(range, label)| (label.clone(), said(*range), false, None));
        let suggested = |range: TextRange, label: &SpanLabel| {
            found.spans.iter().any(|span| span.range == range && span.label == *label)
        };
        let added = decided.marked.iter().filter(|mark| !suggested(mark.range, &mark.label));
        let countries = found.spans.iter().filter(|span| span.label == Label::Country).filter_map(|span| {
            let marked = || decided.marked.iter().any(|mark| mark.range == span.range && mark.label == span.label);
            let is = |(range, label): &(TextRange, SpanLabel)| *range == span.range && *label == span.label;
            let right = if decided.rejected.iter().any(is) { false } else { marked().then_some(true)? };
            Some((Way::Country(span.country_name?), right))
        });
        let events = found.events.iter().filter_map(|event| {
            let range = found.spans.get(*event.mentions.first()?)?.range;
            let (_, kept) = decided.events.iter().find(|(at, _)| *at == range)?;
            Some((Way::of_event(event.kind)?, *kept))
        });
        Self {
            told: once(right.chain(wrong)),
            added: once(added.map(|mark| (said(mark.range), mark.label.clone(), mark.country))),
            events: once(decided.events.iter().map(|(range, kept)| (said(*range).to_lowercase().into(), *kept))),
            ways: counted(countries.chain(events)),
            scored: scored(decided.scored(found)),
        }
    }

    /// Whether words were accepted as a label in the article, and whether they were rejected.
    pub(super) fn told_of(&self, label: &SpanLabel, words: &str) -> (bool, bool) {
        let from = self.told.partition_point(|(known, said, ..)| (known, said.as_str()) < (label, words));
        let here = self.told.iter().skip(from).take_while(|(known, said, ..)| said == words && known == label);
        here.fold((false, false), |(accepted, rejected), (_, _, right, _)| (accepted || *right, rejected || !right))
    }

    /// Whether events that these words tell of were kept in the article, and whether they were rejected.
    pub(super) fn told_of_event(&self, words: &str) -> (bool, bool) {
        let of = |kept: bool| self.events.binary_search_by_key(&(words, kept), |(said, kept)| (said, *kept)).is_ok();
        (of(true), of(false))
    }
}

/// As what words were added, with the country that they name.
type Added = (SpanLabel, Option<CountryCode>);

/// What was decided about words, by article.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// By words, for each label that they were decided on as.
    told: HashMap<SmolStr, Vec<(SpanLabel, Tally)>, RandomState>,
    /// Of words that the engine had not suggested.
    added: HashMap<SmolStr, BTreeMap<Added, u32>, RandomState>,
    /// Those of them that are looked for.
    looked_for: BTreeSet<SmolStr>,
    /// The most telling words of events, in small letters.
    events: HashMap<SmolStr, Tally, RandomState>,
    ways: Ways,
}

impl Words {
    /// Takes in what an article teaches, or out again.
    pub(super) fn count(&mut self, taught: &Taught, more: bool) {
        self.tally_up(taught, more);
        if self.added.is_empty() && self.looked_for.is_empty() {
            return;
        }
        for words in taught.told.iter().map(|(_, words, ..)| words) {
            self.look_for(words);
        }
    }

    /// Takes in what many articles teach. Which words are looked for follows once all are counted, and only for those that
    /// anybody added.
    pub(super) fn count_all<'t>(&mut self, all: impl Iterator<Item = &'t Taught>) {
        all.for_each(|taught| self.tally_up(taught, true));
        let added: Vec<SmolStr> = self.added.keys().cloned().collect();
        added.iter().for_each(|words| self.look_for(words));
    }

    fn tally_up(&mut self, taught: &Taught, more: bool) {
        let mut last = None;
        for (label, words, right, who) in &taught.told {
            // Several may be named so in one article.
            let again = last.replace((label, words, right)) == Some((label, words, right));
            self.tallied(label, words, |tally| {
                if !again {
                    step(if *right { &mut tally.right.here } else { &mut tally.wrong.here }, 1, more);
                }
                let Some(who) = who else { return };
                let at = tally.who.iter().position(|(known, _)| known == who);
                let at = at.unwrap_or_else(|| {
                    tally.who.push((*who, 0));
                    tally.who.len() - 1
                });
                tally.who.get_mut(at).into_iter().for_each(|(_, count)| step(count, 1, more));
                tally.who.retain(|(_, count)| *count > 0);
            });
        }
        for (words, label, country) in &taught.added {
            self.count_added(words, label, *country, 1, more);
        }
        for (words, kept) in &taught.events {
            let tally = self.events.entry(words.clone()).or_default();
            step(if *kept { &mut tally.right.here } else { &mut tally.wrong.here }, 1, more);
            if tally.is_empty() {
                self.events.remove(words);
            }
        }
        self.ways.count(&taught.ways, more);
    }

    /// Takes in what was decided about words as a label in other projects, or out again.
    pub(super) fn count_taken(&mut self, label: &SpanLabel, taken: &TakenWords, more: bool) {
        self.tallied(label, &taken.words, |tally| tally.count_taken(taken, more));
        if taken.added > 0 {
            self.count_added(&taken.words, label, taken.country, taken.added, more);
        }
        self.look_for(&taken.words);
    }

    /// The same for events that words tell of.
    pub(super) fn count_taken_event(&mut self, taken: &TakenWords, more: bool) {
        let tally = self.events.entry(taken.words.clone()).or_default();
        tally.count_taken(taken, more);
        if tally.is_empty() {
            self.events.remove(&taken.words);
        }
    }

    /// Counts that words were added as a label, or no longer.
    fn count_added(&mut self, words: &SmolStr, label: &SpanLabel, country: Option<CountryCode>, by: u32, more: bool) {
        let ways = self.added.entry(words.clone()).or_default();
        step(ways.entry((label.clone(), country)).or_default(), by, more);
        ways.retain(|_, count| *count > 0);
        if ways.is_empty() {
            self.added.remove(words);
        }
    }

    /// Looks for words from now on, or no longer, as decisions agree.
    fn look_for(&mut self, words: &SmolStr) {
        match self.added_as(words) {
            Some(_) => self.looked_for.insert(words.clone()),
            None => self.looked_for.remove(words),
        };
    }

    /// What decisions in several articles say of words, in order.
    pub(super) fn all(&self) -> Vec<TakenWords> {
        let often = |tally: &&Tally| tally.right.all() + tally.wrong.all() >= AGREE;
        let told =
            self.told.iter().flat_map(|(words, told)| told.iter().map(move |(label, tally)| (words, label, tally)));
        let told = told.filter(|(.., tally)| often(tally)).map(|(words, label, tally)| {
            let ways = self.added.get(words).into_iter().flatten();
            let added = ways.filter(|((as_label, _), _)| as_label == label).max_by_key(|(_, count)| **count);
            TakenWords {
                words: words.clone(),
                kind: label.kind(),
                accepted: tally.right.all(),
                rejected: tally.wrong.all(),
                added: added.map_or(0, |(_, count)| *count),
                country: added.and_then(|((_, country), _)| *country),
            }
        });
        let events = self.events.iter().filter(|(_, tally)| often(tally)).map(|(words, tally)| TakenWords {
            words: words.clone(),
            kind: KindId::EVENT,
            accepted: tally.right.all(),
            rejected: tally.wrong.all(),
            added: 0,
            country: None,
        });
        let mut all: Vec<TakenWords> = told.chain(events).collect();
        all.sort_unstable();
        all
    }

    /// Forgets what was decided about events that words tell of.
    pub(super) fn forget_event(&mut self, words: &str) {
        self.events.remove(words);
    }

    /// Forgets what was decided about words as a label.
    pub(super) fn forget(&mut self, label: &SpanLabel, words: &SmolStr) {
        self.tallied(label, words, |tally| *tally = Tally::default());
        if let Some(ways) = self.added.get_mut(words) {
            ways.retain(|(as_label, _), _| as_label != label);
        }
        self.look_for(words);
    }

    fn tally(&self, label: &SpanLabel, words: &str) -> Option<&Tally> {
        self.told.get(words)?.iter().find(|(known, _)| known == label).map(|(_, tally)| tally)
    }

    /// Changes what is counted of words as a label.
    fn tallied(&mut self, label: &SpanLabel, words: &SmolStr, change: impl FnOnce(&mut Tally)) {
        let told = self.told.entry(words.clone()).or_default();
        match told.iter_mut().find(|(known, _)| known == label) {
            Some((_, tally)) => change(tally),
            None => {
                let mut tally = Tally::default();
                change(&mut tally);
                told.push((label.clone(), tally));
            }
        }
        told.retain(|(_, tally)| !tally.is_empty());
        if told.is_empty() {
            self.told.remove(words);
        }
    }

    /// Whether nothing was ever decided about words, other than as the words that tell of an event.
    pub(super) fn is_unknown(&self, words: &str) -> bool {
        !self.told.contains_key(words)
    }

    /// Whether nothing was decided about events.
    pub(super) fn knows_no_events(&self) -> bool {
        self.events.is_empty()
    }

    /// Whether no way of naming countries and no type of events is unwanted.
    pub(super) fn wants_all_ways(&self) -> bool {
        self.ways.wants_all()
    }

    /// What decisions agree on about words as a label.
    pub(super) fn verdict(&self, label: &SpanLabel, words: &str) -> Option<Verdict> {
        self.tally(label, words).and_then(Tally::verdict)
    }

    /// How many words were decided on as a label.
    pub(super) fn len(&self) -> usize {
        self.told.values().map(Vec::len).sum()
    }

    /// In how many articles words were accepted as a label, and in how many they were rejected.
    pub(super) fn articles(&self, label: &SpanLabel, words: &str) -> (Times, Times) {
        self.tally(label, words).map_or_else(Default::default, |tally| (tally.right, tally.wrong))
    }

    /// In how many articles events that these words tell of were kept, and in how many they were rejected.
    pub(super) fn articles_of_event(&self, words: &str) -> (Times, Times) {
        let tally = self.events.get(words.to_lowercase().as_str());
        tally.map_or_else(Default::default, |tally| (tally.right, tally.wrong))
    }

    /// Who words stand for, where decisions agree.
    pub(super) fn who(&self, label: &SpanLabel, words: &str) -> Option<EntityId> {
        let tally = self.tally(label, words)?;
        let agree =
            tally.verdict() == Some(Verdict::Right) && tally.who.iter().all(|(_, count)| *count == tally.right.here);
        tally.who.first().filter(|_| agree && tally.who.len() == 1).map(|(who, _)| *who)
    }

    /// What decisions agree on about events that these words tell of.
    pub(super) fn of_event(&self, words: &str) -> Option<Verdict> {
        self.events.get(words.to_lowercase().as_str()).and_then(Tally::verdict)
    }

    /// Whether a country is named in a way that is hardly ever accepted in this project.
    pub(super) fn is_unwanted(&self, span: &Span) -> bool {
        let way = span.country_name.filter(|_| span.label == Label::Country);
        way.is_some_and(|way| self.unwanted(Way::Country(way)).is_some())
    }

    /// In how many articles what a convention may be about was rejected, where it is hardly ever accepted.
    pub(super) fn unwanted(&self, way: Way) -> Option<u32> {
        self.ways.unwanted(way)
    }

    /// Where words stand that were added in other articles, but for places that are `taken`.
    pub(super) fn known_in(
        &self,
        text: &str,
        taken: impl Fn(TextRange) -> bool,
    ) -> Vec<(TextRange, SpanLabel, Option<CountryCode>)> {
        let few = self.looked_for.len() <= FEW;
        let holds = |line: &str, words: &SmolStr| memmem::find(line.as_bytes(), words.as_bytes()).is_some();
        let mut known = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n').take_while(|_| !self.looked_for.is_empty()) {
            if !few || self.looked_for.iter().any(|words| holds(line, words)) {
                self.known_in_line(line, start, &taken, &mut known);
            }
            start += line.len();
        }
        known
    }

    /// The same in a line that begins at `start` in bytes of the text.
    fn known_in_line(
        &self,
        line: &str,
        start: usize,
        taken: &impl Fn(TextRange) -> bool,
        known: &mut Vec<(TextRange, SpanLabel, Option<CountryCode>)>,
    ) {
        let tokens = tokenize(line);
        let mut at = 0;
        while let Some(first) = tokens.get(at) {
            let fits = (1..=LONGEST).rev().find_map(|count| {
                let range = first.range.cover(tokens.get(at + count - 1)?.range);
                let words = line.get(crate::text::bytes(range))?;
                let (label, country) = self.added_as(words)?;
                let range =
                    crate::text::byte_range(start + usize::from(range.start()), start + usize::from(range.end()))?;
                (!taken(range)).then_some((count, (range, label, country)))
            });
            at += match fits {
                Some((count, place)) => {
                    known.push(place);
                    count
                }
                None => 1,
            };
        }
    }

    /// What words were added as, where decisions agree.
    pub(super) fn added_as(&self, words: &str) -> Option<(SpanLabel, Option<CountryCode>)> {
        let mut ways = self.added.get(words)?.iter();
        let ((label, country), articles) = ways.next()?;
        let agree = ways.next().is_none() && *articles >= AGREE;
        let right = agree && self.verdict(label, words) == Some(Verdict::Right);
        right.then(|| (label.clone(), *country))
    }
}
