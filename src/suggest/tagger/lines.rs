//! Names that stand one a line, as in a list of winners: the whole line is the name, whatever the tagger joins or cuts.

use text_size::TextRange;

use super::{Tag, Tags};
use crate::suggest::{Document, Label};
use crate::text::byte_range;
use crate::text::language::language;
use crate::text::tokens::TokenKind;

/// How likely the words of a line are a person's name, on average, from where on the line is one.
const ENOUGH: f32 = 0.6;

/// A name in a list has so many words.
const WORDS: std::ops::RangeInclusive<usize> = 2..=5;

/// The most words of a heading beside such lines.
const HEADING: usize = 6;

/// Puts one person for each line of a list in the place of what was seen there.
pub(super) fn whole_lines(document: &Document<'_>, tags: &mut Tags) {
    let mut lines: Vec<TextRange> = Vec::new();
    let mut from = 0;
    for line in document.text.split('\n') {
        lines.extend(byte_range(from, from + line.len()));
        from += line.len() + 1;
    }
    let mut names: Vec<Tag> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let beside = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(|line| is_short(document, *line));
        let Some(range) = name_in(document, *line) else { continue };
        if !beside(at.checked_sub(1)) || !beside(Some(at + 1)) {
            continue;
        }
        let probability = tags.share(range, Label::Person);
        if probability >= ENOUGH {
            names.push(Tag { range, label: Label::Person, probability });
        }
    }
    if names.is_empty() {
        return;
    }
    tags.found.retain(|tag| super::over(&names, tag.range).is_empty());
    tags.found.append(&mut names);
    tags.found.sort_by_key(|tag| tag.range.start());
}

/// What of a line is a name, if nothing else stands there but a bullet or a number before it.
fn name_in(document: &Document<'_>, line: TextRange) -> Option<TextRange> {
    let mut tokens = document.tokens_in(line);
    let token = |index: usize| document.tokens.get(index);
    let is_word = |index: usize| token(index).is_some_and(|token| token.kind == TokenKind::Word);
    while !tokens.is_empty() && !is_word(tokens.start) {
        tokens.start += 1;
    }
    let is_name = |index: usize| {
        let word = document.word(index);
        let capital = word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
        let initial = word.ends_with('.') && word.starts_with(char::is_uppercase);
        is_word(index) && (capital || initial || language().people.particles.contains(word))
    };
    let fits = WORDS.contains(&tokens.len()) && tokens.clone().all(is_name);
    fits.then(|| document.range(tokens.start, tokens.end - 1)).flatten()
}

/// Whether a line is empty, a name or a heading, and no running text.
fn is_short(document: &Document<'_>, line: TextRange) -> bool {
    let words = document.slice(line).trim();
    words.split_whitespace().count() <= HEADING && !words.ends_with(['.', ',', ';', '!', '?'])
}
