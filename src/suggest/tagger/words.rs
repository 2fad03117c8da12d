//! A text as the tagger sees it: words and their shapes as in `training/tagger/words.py`, and windows of whole sentences
//! (which the training finds with rules of its own).

use std::ops::Range;

use crate::suggest::Document;
use crate::text::bytes;
use text_size::{TextRange, TextSize};

/// A word: a run of letters and digits, or any one other character; each CJK character is a word of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// UTF-8 bytes of the text.
    pub range: TextRange,
    /// Whether it begins the text or follows white space.
    pub spaced: bool,
    /// Whether it begins a line.
    pub line_start: bool,
}

/// The words of a text, in order. Linear.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut open: Option<usize> = None;
    let (mut spaced, mut line_start) = (true, true);
    let mut push = |from: usize, to: usize, spaced: &mut bool, line_start: &mut bool| {
        if let Some(range) = crate::text::byte_range(from, to) {
            found.push(Word { range, spaced: *spaced, line_start: *line_start });
        }
        (*spaced, *line_start) = (false, false);
    };
    for (at, c) in text.char_indices() {
        if is_inner(c) {
            open = open.or(Some(at));
            continue;
        }
        if let Some(from) = open.take() {
            push(from, at, &mut spaced, &mut line_start);
        }
        if c.is_whitespace() {
            spaced = true;
            line_start |= c == '\n';
        } else {
            push(at, at + c.len_utf8(), &mut spaced, &mut line_start);
        }
    }
    if let Some(from) = open {
        push(from, text.len(), &mut spaced, &mut line_start);
    }
    found
}

/// Whether a character goes on with the word before it.
fn is_inner(c: char) -> bool {
    (c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)) && !is_cjk(c)
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The shape of a word's letters, 0 to 7, and 8 more at the start of a line.
pub(super) fn shape(word: &str, line_start: bool) -> usize {
    let digits = word.chars().any(char::is_numeric);
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let kind = match letters.next() {
        None if digits => 0,
        None => 1,
        Some(_) if digits => 2,
        Some(first) => {
            let (mut rest, mut upper, mut lower) = (0, 0, 0);
            for c in letters {
                rest += 1;
                upper += usize::from(c.is_uppercase());
                lower += usize::from(c.is_lowercase());
            }
            match first.is_uppercase() {
                false if upper == 0 => 3,
                true if upper == 0 && rest > 0 => 4,
                true if rest == 0 => 5,
                _ if lower == 0 && !first.is_lowercase() => 6,
                _ => 7,
            }
        }
    };
    kind + if line_start { 8 } else { 0 }
}

/// Whole sentences together as long as their pieces fit into `most`, a longer sentence cut: ranges of words that cover
/// all of them in order. `sizes` counts the pieces of each word.
pub(super) fn windows(document: &Document<'_>, words: &[Word], sizes: &[usize], most: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut first, mut used, mut at) = (0, 0, 0);
    // Behind the last sentence there may be characters that are in none, such as control codes.
    let ends = document.sentences.iter().map(|sentence| sentence.end()).chain([TextSize::of(document.text)]);
    for end_of_sentence in ends {
        let inside = words.get(at..).unwrap_or_default().iter();
        let end = at + inside.take_while(|word| word.range.start() < end_of_sentence).count();
        let sizes = sizes.get(at..end).unwrap_or_default();
        let size: usize = sizes.iter().sum();
        if used > 0 && used + size > most {
            found.push(first..at);
            (first, used) = (at, 0);
        }
        if size > most {
            for (index, size) in (at..end).zip(sizes) {
                if used + size > most {
                    found.push(first..index);
                    (first, used) = (index, 0);
                }
                used += size;
            }
        } else {
            used += size;
        }
        at = end;
    }
    if first < words.len() {
        found.push(first..words.len());
    }
    found
}

/// The words of a range of the text.
pub(super) fn slice<'t>(text: &'t str, word: &Word) -> &'t str {
    text.get(bytes(word.range)).unwrap_or_default()
}
