//! Words and what they were decided to be: what was rejected in two articles and never accepted is suggested no more,
//! what was added in two and never rejected is suggested from then on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use smol_str::SmolStr;
use text_size::TextRange;

use super::article::Decided;
use crate::project::CountryCode;
use crate::suggest::{CountryName, Label, Span, SpanLabel, Suggestions};
use crate::text::tokens::tokenize;

/// In so many articles that agree decisions turn what is suggested.
const AGREE: u32 = 2;
/// In so many articles the ways of naming countries have to be rejected before they are a convention.
const CONVENTION: u32 = 3;
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

/// The articles in which something was decided.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    right: u32,
    wrong: u32,
}

impl Tally {
    fn verdict(self) -> Option<Verdict> {
        match self {
            Self { right, wrong: 0 } if right >= AGREE => Some(Verdict::Right),
            Self { right: 0, wrong } if wrong >= AGREE => Some(Verdict::Wrong),
            _ => None,
        }
    }
}

/// What was decided about words, by article.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    told: HashMap<(SpanLabel, SmolStr), Tally>,
    /// Of words that the engine had not suggested, with the country that they name.
    added: HashMap<SmolStr, BTreeMap<(SpanLabel, Option<CountryCode>), u32>>,
    /// The most telling words of events, in small letters.
    events: HashMap<SmolStr, Tally>,
    /// How often countries named in a way were accepted, and rejected, and in how many articles that was.
    ways: BTreeMap<CountryName, (u32, u32, u32)>,
}

impl Words {
    /// Learns what was decided on in an article.
    pub(super) fn learn(&mut self, text: &str, found: &Suggestions, decided: &Decided) {
        let said = |range: TextRange| SmolStr::new(text.get(crate::text::bytes(range)).unwrap_or_default());
        let right: BTreeSet<_> = decided.marked.iter().map(|mark| (mark.label.clone(), said(mark.range))).collect();
        let wrong: BTreeSet<_> = decided.rejected.iter().map(|(range, label)| (label.clone(), said(*range))).collect();
        for key in &right {
            self.told.entry(key.clone()).or_default().right += 1;
        }
        for key in &wrong {
            self.told.entry(key.clone()).or_default().wrong += 1;
        }
        let suggested = |range: TextRange, label: &SpanLabel| {
            found.spans.iter().any(|span| span.range == range && span.label == *label)
        };
        let added = decided.marked.iter().filter(|mark| !suggested(mark.range, &mark.label));
        let added: BTreeSet<_> = added.map(|mark| (said(mark.range), (mark.label.clone(), mark.country))).collect();
        for (words, what) in added {
            *self.added.entry(words).or_default().entry(what).or_default() += 1;
        }
        let kept = |wanted: bool| decided.events.iter().filter(move |(_, kept)| *kept == wanted);
        let words = |wanted| kept(wanted).map(|(range, _)| said(*range).to_lowercase().into()).collect();
        let (kept, dropped): (BTreeSet<SmolStr>, BTreeSet<SmolStr>) = (words(true), words(false));
        kept.into_iter().for_each(|words| self.events.entry(words).or_default().right += 1);
        dropped.into_iter().for_each(|words| self.events.entry(words).or_default().wrong += 1);
        self.learn_ways(found, decided);
    }

    fn learn_ways(&mut self, found: &Suggestions, decided: &Decided) {
        let mut here: BTreeMap<CountryName, (u32, u32)> = BTreeMap::new();
        for span in found.spans.iter().filter(|span| span.label == Label::Country) {
            let Some(way) = span.country_name else { continue };
            let marked = || decided.marked.iter().any(|mark| mark.range == span.range && mark.label == span.label);
            let (right, wrong) = here.entry(way).or_default();
            if decided.rejected.iter().any(|(range, label)| *range == span.range && *label == span.label) {
                *wrong += 1;
            } else if marked() {
                *right += 1;
            }
        }
        for (way, (right, wrong)) in here {
            let known = self.ways.entry(way).or_default();
            *known = (known.0 + right, known.1 + wrong, known.2 + u32::from(wrong > 0));
        }
    }

    /// What decisions agree on about words as a label.
    pub(super) fn verdict(&self, label: &SpanLabel, words: &str) -> Option<Verdict> {
        self.told.get(&(label.clone(), SmolStr::new(words))).copied().and_then(Tally::verdict)
    }

    /// What decisions agree on about events that these words tell of.
    pub(super) fn of_event(&self, words: &str) -> Option<Verdict> {
        self.events.get(words.to_lowercase().as_str()).copied().and_then(Tally::verdict)
    }

    /// Whether a country is named in a way that is hardly ever accepted in this project.
    pub(super) fn is_unwanted(&self, span: &Span) -> bool {
        let way = span.country_name.filter(|_| span.label == Label::Country);
        way.and_then(|way| self.ways.get(&way))
            .is_some_and(|(right, wrong, articles)| *articles >= CONVENTION && right * 10 <= *wrong)
    }

    /// Where words stand that were added in other articles, without overlap with what is suggested.
    pub(super) fn known_in(&self, text: &str, found: &Suggestions) -> Vec<(TextRange, SpanLabel, Option<CountryCode>)> {
        let tokens = if self.added.is_empty() { Vec::new() } else { tokenize(text) };
        let mut known = Vec::new();
        let mut at = 0;
        while let Some(first) = tokens.get(at) {
            let fits = (1..=LONGEST).rev().find_map(|count| {
                let range = first.range.cover(tokens.get(at + count - 1)?.range);
                let words = text.get(crate::text::bytes(range))?;
                let (label, country) = self.added_as(words)?;
                let meets = |span: &Span| {
                    span.label != Label::Trigger && span.range.intersect(range).is_some_and(|shared| !shared.is_empty())
                };
                (!found.spans.iter().any(meets)).then_some((count, (range, label, country)))
            });
            at += match fits {
                Some((count, place)) => {
                    known.push(place);
                    count
                }
                None => 1,
            };
        }
        known
    }

    /// What words were added as, where decisions agree.
    fn added_as(&self, words: &str) -> Option<(SpanLabel, Option<CountryCode>)> {
        let mut ways = self.added.get(words)?.iter();
        let ((label, country), articles) = ways.next()?;
        let agree = ways.next().is_none() && *articles >= AGREE;
        let right = agree && self.verdict(label, words) == Some(Verdict::Right);
        right.then(|| (label.clone(), *country))
    }
}
