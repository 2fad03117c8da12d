//! Date expressions: found in a text and resolved against its day of publication; or typed by a person.

mod calendar;
mod own;
mod periods;
mod reader;

use jiff::civil::Date;
use text_size::TextRange;

use super::Document;
use super::events::words::Words;
use crate::text::language::language;
use reader::{DateReader, Own};

/// Words that say when, and the days they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateExpression {
    /// The words, with a preposition that belongs to them: "on Friday".
    pub range: TextRange,
    /// The first day.
    pub start: Date,
    /// The last day; the same as `start` for a single day.
    pub end: Date,
}

/// The date expressions of a document, in order, without overlap.
///
/// What needs a day of publication ("on Friday") is left out where the document has none. Linear.
pub fn dates(document: &Document<'_>) -> Vec<DateExpression> {
    dates_in(&Words::new(document.text, &document.tokens, &document.sentences), document.date)
}

/// As [`dates`], for words that are already at hand.
pub(crate) fn dates_in(words: &Words<'_>, base: Option<Date>) -> Vec<DateExpression> {
    let mut found = Vec::new();
    let mut at = 0;
    // The day that was told of last: "the same day".
    let mut told: Option<Date> = None;
    let own = if base.is_none() { own::own(words) } else { Own::default() };
    let base = base.or(own.day);
    while at < words.len() {
        let reader = DateReader { words, base, own, future: || is_to_come(words, at), typed: false };
        let Some((last, (start, end))) = reader.read(at).or_else(|| reader.seen_from(at, told?)) else {
            at += 1;
            continue;
        };
        // "the floods of October 2021": the preposition belongs to the noun before it.
        let first = at + usize::from(matches!(words.lower(at), "of" | "for"));
        if let Some(range) = words.range(first, last) {
            found.push(DateExpression { range, start, end });
            told = (start == end).then_some(start);
        }
        at = last + 1;
    }
    found
}

/// The days that a person means by what they typed: "4 Feb 2022", "Feb 2022", "2022", "last Friday".
///
/// `base` is the day that "last Friday" is seen from; none where nothing was understood, or something was left over.
pub fn parse_typed(typed: &str, base: Option<Date>) -> Option<(Date, Date)> {
    let document = Document::new(typed.trim(), base);
    let whole: Vec<TextRange> = document
        .tokens
        .first()
        .zip(document.tokens.last())
        .map(|(first, last)| TextRange::new(first.range.start(), last.range.end()))
        .into_iter()
        .collect();
    let words = Words::new(document.text, &document.tokens, &whole);
    let reader = DateReader { words: &words, base, own: Own::default(), future: || false, typed: true };
    let (last, days) = reader.read(0)?;
    (last + 1 == words.len()).then_some(days)
}

/// Whether the words around an expression speak of the future: "will", "is set to".
fn is_to_come(words: &Words<'_>, at: usize) -> bool {
    let future = |word: &str| language().calendar.future.contains(word);
    let ends = |word: &str| language().calendar.future_ends.contains(word);
    for by in 1..16 {
        let word = words.before(at, by);
        if word.is_empty() || ends(word) {
            break;
        }
        if future(word) {
            return true;
        }
    }
    let opens = words.before(at, 1).is_empty() || words.begins_sentence(at);
    opens && (1..14).map(|by| words.after(at, by)).take_while(|word| !ends(word)).any(future)
}

#[cfg(test)]
mod tests;
