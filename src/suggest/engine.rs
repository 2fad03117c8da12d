//! The engine: which sources there are, and in which order they look at a document.

use std::ops::Range;

use jiff::civil::Date;
use text_size::{TextRange, TextSize};

use super::countries::Countries;
use super::events::Events;
use super::people::People;
use super::{Span, Suggestions};
use crate::text::sentences::sentences;
use crate::text::tokens::{Token, tokenize};

/// What a source looks at: a text with its tokens and sentences, found once.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    /// The article's text.
    pub text: &'t str,
    /// The day of publication, against which "on Friday" is resolved.
    pub date: Option<Date>,
    /// The text's tokens, in order.
    pub tokens: Vec<Token>,
    /// The text's sentences, in order; every token is in exactly one.
    pub sentences: Vec<TextRange>,
    /// For each sentence, the indexes of its tokens.
    sentence_tokens: Vec<Range<usize>>,
}

impl<'t> Document<'t> {
    /// Finds the tokens and sentences of `text`. Linear.
    pub fn new(text: &'t str, date: Option<Date>) -> Self {
        let tokens = tokenize(text);
        let sentences = sentences(text, &tokens);
        let mut sentence_tokens = Vec::with_capacity(sentences.len());
        let mut from = 0;
        for sentence in &sentences {
            let rest = tokens.get(from..).unwrap_or_default();
            let length = rest.iter().take_while(|token| token.range.end() <= sentence.end()).count();
            sentence_tokens.push(from..from + length);
            from += length;
        }
        Self { text, date, tokens, sentences, sentence_tokens }
    }

    /// The words in `range`; empty where it does not fit the text.
    pub fn slice(&self, range: TextRange) -> &'t str {
        self.text.get(crate::text::bytes(range)).unwrap_or_default()
    }

    /// The words of the token at `index`; empty past the end.
    pub fn word(&self, index: usize) -> &'t str {
        self.tokens.get(index).map(|token| token.text(self.text)).unwrap_or_default()
    }

    /// For each sentence, in order, the indexes of its tokens.
    pub fn sentence_tokens(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.sentence_tokens.iter().cloned()
    }

    /// The index of the sentence that holds the token at `index`.
    pub fn sentence_of(&self, index: usize) -> Option<usize> {
        let sentence = self.sentence_tokens.partition_point(|tokens| tokens.end <= index);
        self.sentence_tokens.get(sentence).filter(|tokens| tokens.contains(&index)).map(|_| sentence)
    }

    /// The index of the token that holds the byte at `offset`, or else of the first behind it.
    pub fn token_at(&self, offset: TextSize) -> usize {
        self.tokens.partition_point(|token| token.range.end() <= offset)
    }

    /// The indexes of the tokens that `range` touches.
    pub fn tokens_in(&self, range: TextRange) -> Range<usize> {
        let from = self.token_at(range.start());
        from..self.tokens.partition_point(|token| token.range.start() < range.end()).max(from)
    }

    /// From the start of the token at `first` to the end of the one at `last`.
    pub fn range(&self, first: usize, last: usize) -> Option<TextRange> {
        let (first, last) = (self.tokens.get(first)?.range, self.tokens.get(last)?.range);
        (first.start() <= last.end()).then(|| TextRange::new(first.start(), last.end()))
    }
}

/// What a person can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Propose people.
    pub people: bool,
    /// Propose countries.
    pub countries: bool,
    /// Propose named events and happenings.
    pub events: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { people: true, countries: true, events: true }
    }
}

/// Something that proposes.
pub trait Source: Send + Sync {
    /// Its name, as spans carry it.
    fn name(&self) -> &'static str;

    /// Adds what it finds in `document` to what the sources before it found; in any order, the engine sorts.
    fn suggest(&self, document: &Document<'_>, found: &mut Suggestions);
}

/// The sources in their order.
pub struct Engine {
    sources: Vec<Box<dyn Source>>,
    options: Options,
}

impl Engine {
    /// The engine with the embedded knowledge.
    ///
    /// People come first: what is a person's name ("Chad Smith") names no country. Both run even where the options
    /// leave them out, as events name their participants; [`Engine::suggest`] drops what was not asked for.
    pub fn new(options: Options) -> Self {
        let sources: Vec<Box<dyn Source>> = vec![Box::new(People), Box::new(Countries), Box::new(Events)];
        Self { sources, options }
    }

    /// Everything that the sources propose for a document.
    pub fn suggest(&self, document: &Document<'_>) -> Suggestions {
        let mut found = Suggestions::default();
        for source in &self.sources {
            source.suggest(document, &mut found);
            sort(&mut found);
        }
        found
    }
}

/// Puts the spans in order and everything that points at them with them.
fn sort(found: &mut Suggestions) {
    let mut spans: Vec<(usize, Span)> = std::mem::take(&mut found.spans).into_iter().enumerate().collect();
    spans.sort_by_key(|(_, span)| (span.range.start(), std::cmp::Reverse(span.range.end()), span.label));
    let mut moved = vec![0; spans.len()];
    for (new, (old, _)) in spans.iter().enumerate() {
        if let Some(slot) = moved.get_mut(*old) {
            *slot = new;
        }
    }
    found.spans = spans.into_iter().map(|(_, span)| span).collect();
    let follow = |index: &mut usize| *index = moved.get(*index).copied().unwrap_or(*index);
    let people = found.people.iter_mut().map(|person| &mut person.mentions);
    let countries = found.countries.iter_mut().map(|country| &mut country.mentions);
    let mut events: Vec<_> = found.events.iter_mut().collect();
    for participant in events.iter_mut().flat_map(|event| event.participants.iter_mut()) {
        follow(&mut participant.span);
    }
    for mentions in people.chain(countries).chain(events.into_iter().map(|event| &mut event.mentions)) {
        mentions.iter_mut().for_each(follow);
        mentions.sort_unstable();
    }
    let first = |mentions: &[usize]| mentions.first().copied().unwrap_or(usize::MAX);
    found.people.sort_by_key(|person| first(&person.mentions));
    found.countries.sort_by_key(|country| first(&country.mentions));
    found.events.sort_by_key(|event| first(&event.mentions));
}
