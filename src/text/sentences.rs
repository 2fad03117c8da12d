//! Sentences: where they end, in running text, headlines and lists.

use text_size::{TextRange, TextSize};

use super::language::language;
use super::tokens::{Token, TokenKind, tokenize};

/// The sentences of `text`, in order, each from its first token to its last; every token is in exactly one.
///
/// A blank line always ends a sentence; a line end does, unless the text is wrapped at a fixed width. Linear.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<TextRange> {
    let wrapped = is_wrapped(text, tokens);
    let mut found = Vec::new();
    let mut start = None;
    let mut ended = false;
    for (index, token) in tokens.iter().enumerate() {
        let previous = index.checked_sub(1).and_then(|i| tokens.get(i));
        if let (Some(from), Some(previous)) = (start, previous) {
            let breaks = match newlines(text, previous, token) {
                0 => ended && begins(text, tokens, index) && !closes(text, previous, token),
                1 if wrapped => ended && begins(text, tokens, index),
                _ => true,
            };
            if breaks {
                found.push(TextRange::new(from, previous.range.end()));
                start = None;
                ended = false;
            }
        }
        start = start.or(Some(token.range.start()));
        ended = match terminal(text, tokens, index) {
            Some(ends) => ends,
            // Closing quotes and brackets stay with the sentence that they close.
            None => ended && previous.is_some_and(|p| closes(text, p, token)),
        };
    }
    if let (Some(from), Some(last)) = (start, tokens.last()) {
        found.push(TextRange::new(from, last.range.end()));
    }
    found
}

/// How far around a place its sentence is looked for, in bytes.
const REACH: usize = 2000;

/// The sentence in which a range begins, as far as it can be told by what stands around it; costs the same in any text.
pub fn sentence_at(text: &str, range: TextRange) -> TextRange {
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    let from = text.floor_char_boundary(start.saturating_sub(REACH));
    let to = text.ceil_char_boundary(end.saturating_add(REACH).min(text.len()));
    let part = text.get(from..to).unwrap_or_default();
    let found =
        sentences(part, &tokenize(part)).into_iter().map(|found| found + TextSize::try_from(from).unwrap_or_default());
    let mut found = found.filter(|found| found.start() <= range.start() && range.start() < found.end());
    found.next().map_or(range, |found| found.cover(range))
}

/// How many line ends stand between two tokens.
fn newlines(text: &str, before: &Token, after: &Token) -> usize {
    gap(text, before, after).chars().filter(|c| matches!(c, '\n' | '\u{2028}' | '\u{2029}')).count()
}

fn gap<'t>(text: &'t str, before: &Token, after: &Token) -> &'t str {
    text.get(before.range.end().into()..after.range.start().into()).unwrap_or_default()
}

/// Whether lines are broken in mid-sentence: at least a quarter of the single line ends are followed by a small letter.
fn is_wrapped(text: &str, tokens: &[Token]) -> bool {
    let (mut ends, mut inside) = (0_usize, 0_usize);
    for pair in tokens.windows(2) {
        if let [before, after] = pair
            && newlines(text, before, after) == 1
        {
            ends += 1;
            let small = after.text(text).starts_with(char::is_lowercase);
            inside += usize::from(small && !matches!(before.text(text), "." | "!" | "?" | ":"));
        }
    }
    inside * 4 >= ends && inside > 0
}

/// `Some(true)` where the token ends a sentence, `Some(false)` where it does not, `None` for marks that leave it open.
fn terminal(text: &str, tokens: &[Token], index: usize) -> Option<bool> {
    let token = tokens.get(index)?;
    let word = token.text(text);
    match token.kind {
        TokenKind::Number => Some(false),
        TokenKind::Word if word.ends_with('.') => {
            let next = tokens.get(index + 1).map(|t| t.text(text)).unwrap_or_default();
            let initials = word.len() > 2 && word.chars().filter(|c| *c == '.').count() > 1;
            let may = initials || language().sentences.sentence_ends.contains(word);
            Some(may && language().sentences.sentence_starts.contains(next))
        }
        TokenKind::Word => Some(false),
        TokenKind::Punct => match word {
            "." | "!" | "?" | "…" | "。" | "！" | "？" | "।" | "؟" => Some(true),
            _ if word.starts_with("..") => Some(true),
            "\"" | "'" | "”" | "’" | "»" | ")" | "]" | "」" | "』" | "›" => None,
            _ => Some(false),
        },
    }
}

/// Whether `after` is a closing quote or bracket that stands at `before` without a space.
fn closes(text: &str, before: &Token, after: &Token) -> bool {
    after.kind == TokenKind::Punct
        && gap(text, before, after).is_empty()
        && matches!(
            after.text(text),
            "\"" | "'" | "”" | "’" | "»" | ")" | "]" | "」" | "』" | "›" | "." | "!" | "?" | "…"
        )
}

/// Whether the token can begin a sentence: no small letter, no comma.
fn begins(text: &str, tokens: &[Token], index: usize) -> bool {
    let mut rest = tokens.get(index..).unwrap_or_default().iter().take(3).map(|t| t.text(text));
    let first = rest.find(|word| !matches!(*word, "\"" | "“" | "‘" | "'" | "(" | "[" | "«" | "—" | "–" | "-"));
    first.is_some_and(|word| {
        let c = word.chars().next().unwrap_or(' ');
        !c.is_lowercase() && !matches!(c, ',' | ';' | ':' | '.' | '?' | '!')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::bytes;
    use crate::text::tokens::tokenize;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, &tokenize(text)).into_iter().map(|range| &text[bytes(range)]).collect()
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        let text = "Gen. J. Smith of the U.S. Army came on Feb. 4. Mr. Xi left. It was 3 p.m. The U.S. The end.";
        assert_eq!(
            split(text),
            ["Gen. J. Smith of the U.S. Army came on Feb. 4.", "Mr. Xi left.", "It was 3 p.m.", "The U.S.", "The end."]
        );
    }

    #[test]
    fn quotes_and_brackets_stay_with_their_sentence() {
        assert_eq!(
            split("“We go.” He left. “Why?” she asked. (It rained.) Then \"no.\" End"),
            ["“We go.”", "He left.", "“Why?” she asked.", "(It rained.)", "Then \"no.\"", "End"]
        );
    }

    #[test]
    fn lines_end_sentences_unless_wrapped() {
        assert_eq!(split("Talks fail\nOSLO, Feb 4\n\nThey went."), ["Talks fail", "OSLO, Feb 4", "They went."]);
        assert_eq!(
            split("The talks\nwent on in\nOslo. They\nended."),
            ["The talks\nwent on in\nOslo.", "They\nended."]
        );
    }

    #[test]
    fn no_text_has_no_sentence() {
        assert_eq!(split("").len(), 0);
        assert_eq!(split(" \n ").len(), 0);
        assert_eq!(split("!").len(), 1);
    }
}
