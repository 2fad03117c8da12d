//! What a source looks at: a text with its tokens and sentences, found once.

use std::ops::Range;

use jiff::civil::Date;
use text_size::{TextRange, TextSize};

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
