//! The words of a document as the event rules look at them: lower-cased, by number, with their sentence.

use std::ops::Range;

use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

use crate::text::tokens::{Token, TokenKind};

/// A word, number or mark.
pub(crate) struct Word<'t> {
    pub(crate) text: &'t str,
    pub(crate) lower: SmolStr,
    pub(crate) range: TextRange,
    pub(crate) kind: TokenKind,
    /// Index into the sentences.
    pub(crate) sentence: usize,
}

impl Word<'_> {
    /// Begins with a capital letter.
    pub(crate) fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// A word that begins with a small letter.
    pub(crate) fn is_small(&self) -> bool {
        self.kind == TokenKind::Word && self.text.chars().next().is_some_and(char::is_lowercase)
    }

    /// The number of a year, 1000 to 2199.
    pub(crate) fn year(&self) -> Option<i16> {
        let year = (self.text.len() == 4).then(|| self.text.parse::<i16>().ok()).flatten()?;
        (1000..2200).contains(&year).then_some(year)
    }
}

/// A sentence: its words by index, and whether it is set like a headline, where capitals tell nothing.
pub(crate) struct Sentence {
    pub(crate) words: Range<usize>,
    pub(crate) headline: bool,
}

/// All words of a text.
pub(crate) struct Words<'t> {
    text: &'t str,
    list: Vec<Word<'t>>,
    pub(crate) sentences: Vec<Sentence>,
}

impl<'t> Words<'t> {
    /// One pass over the tokens; `sentences` as `text::sentences` gives them.
    pub(crate) fn new(text: &'t str, tokens: &[Token], sentences: &[TextRange]) -> Self {
        let mut list: Vec<Word<'t>> = Vec::with_capacity(tokens.len());
        let mut spans: Vec<Range<usize>> = Vec::with_capacity(sentences.len());
        let mut sentence = 0;
        for token in tokens {
            while sentences.get(sentence).is_some_and(|s| s.end() <= token.range.start()) {
                sentence += 1;
            }
            while spans.len() <= sentence {
                spans.push(list.len()..list.len());
            }
            let word = token.text(text);
            let lower = if word.chars().any(char::is_uppercase) {
                SmolStr::from(word.to_lowercase())
            } else {
                SmolStr::new(word)
            };
            let lower = if lower.contains('’') { SmolStr::from(lower.replace('’', "'")) } else { lower };
            list.push(Word { text: word, lower, range: token.range, kind: token.kind, sentence });
            if let Some(span) = spans.last_mut() {
                span.end = list.len();
            }
        }
        let sentences = spans
            .into_iter()
            .map(|words| Sentence { headline: is_headline(list.get(words.clone()).unwrap_or_default()), words })
            .collect();
        Self { text, list, sentences }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Word<'t>> {
        self.list.get(index)
    }

    /// The lower-cased word; empty outside the text.
    pub(crate) fn lower(&self, index: usize) -> &str {
        self.list.get(index).map_or("", |word| word.lower.as_str())
    }

    /// The lower-cased word `by` before `index` in the same sentence; empty where there is none.
    pub(crate) fn before(&self, index: usize, by: usize) -> &str {
        match index.checked_sub(by) {
            Some(at) if self.same_sentence(at, index) => self.lower(at),
            _ => "",
        }
    }

    /// The lower-cased word `by` after `index` in the same sentence; empty where there is none.
    pub(crate) fn after(&self, index: usize, by: usize) -> &str {
        if self.same_sentence(index, index + by) { self.lower(index + by) } else { "" }
    }

    pub(crate) fn same_sentence(&self, a: usize, b: usize) -> bool {
        matches!((self.get(a), self.get(b)), (Some(a), Some(b)) if a.sentence == b.sentence)
    }

    /// The sentence that a word is in.
    pub(crate) fn sentence_of(&self, index: usize) -> Option<&Sentence> {
        self.sentences.get(self.get(index)?.sentence)
    }

    /// Whether the word begins its sentence (an opening quotation mark does not count).
    pub(crate) fn begins_sentence(&self, index: usize) -> bool {
        let Some(sentence) = self.sentence_of(index) else { return false };
        let mut before = sentence.words.start..index;
        before.all(|i| self.get(i).is_some_and(|w| w.kind == TokenKind::Punct))
    }

    /// From the first to the last word, both included.
    pub(crate) fn range(&self, first: usize, last: usize) -> Option<TextRange> {
        let (first, last) = (self.get(first)?, self.get(last)?);
        (first.range.start() <= last.range.end()).then(|| TextRange::new(first.range.start(), last.range.end()))
    }

    /// The text from the first to the last word, both included; empty where there is none.
    pub(crate) fn spelled(&self, first: usize, last: usize) -> &'t str {
        self.range(first, last).and_then(|range| self.text.get(crate::text::bytes(range))).unwrap_or_default()
    }

    /// The text from a word on, to its end.
    pub(crate) fn from(&self, index: usize) -> &'t str {
        let start = self.get(index).map_or(self.text.len(), |word| usize::from(word.range.start()));
        self.text.get(start..).unwrap_or_default()
    }

    /// The index of the last word that begins before `offset`.
    pub(crate) fn before_offset(&self, offset: TextSize) -> usize {
        self.list.partition_point(|word| word.range.start() < offset).saturating_sub(1)
    }

    /// The index of the first word that ends after `offset`.
    pub(crate) fn at(&self, offset: TextSize) -> usize {
        self.list.partition_point(|word| word.range.end() <= offset)
    }
}

/// Most of its longer words are capitalised.
fn is_headline(words: &[Word<'_>]) -> bool {
    let long = |w: &&Word<'_>| w.kind == TokenKind::Word && w.text.len() > 3;
    let all = words.iter().filter(long).count();
    let capital = words.iter().filter(long).filter(|w| w.is_capital()).count();
    all >= 3 && capital * 10 >= all * 7
}
