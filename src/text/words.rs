//! Word edges as a person sees them, for selecting and nudging (Unicode UAX #29).

use text_size::{TextRange, TextSize};
use unicode_segmentation::UnicodeSegmentation;

/// How far around a position words are looked for, in bytes: longer than any word, short enough for a 1 MB paragraph.
const REACH: usize = 512;

/// How many words a text has.
pub fn count(text: &str) -> usize {
    text.unicode_words().count()
}

/// The word (or run of punctuation or space) that holds byte `at`; an empty range where there is none.
pub fn word_at(text: &str, at: TextSize) -> TextRange {
    let at = usize::from(at).min(text.len());
    let (from, window) = window(text, at);
    let found = window
        .split_word_bound_indices()
        .map(|(i, word)| (from + i, from + i + word.len()))
        .find(|&(start, end)| start <= at && at < end);
    found.and_then(|(start, end)| super::byte_range(start, end)).unwrap_or_default()
}

/// `range` grown to whole words, then without space at its ends; empty where nothing but space is left.
pub fn snap(text: &str, range: TextRange) -> TextRange {
    let Some(range) = trim(text, range) else { return TextRange::empty(range.start()) };
    let first = word_at(text, range.start());
    let last_char = text.get(super::bytes(range)).and_then(|s| s.char_indices().next_back()).map_or(0, |(i, _)| i);
    let last = word_at(text, range.start() + TextSize::try_from(last_char).unwrap_or_default());
    let grown = TextRange::new(first.start().min(range.start()), last.end().max(range.end()));
    trim(text, grown).unwrap_or(range)
}

/// `range` without white space at its ends; `None` where nothing is left.
pub fn trim(text: &str, range: TextRange) -> Option<TextRange> {
    let quote = text.get(super::bytes(range))?;
    let lead = quote.len() - quote.trim_start().len();
    let kept = quote.trim().len();
    let start = usize::from(range.start()) + lead;
    (kept > 0).then(|| super::byte_range(start, start + kept)).flatten()
}

/// The next edge from `at`: of a character (grapheme) or of a word; forward or back. Stays inside the text.
pub fn step(text: &str, at: TextSize, forward: bool, by_word: bool) -> TextSize {
    let at = usize::from(at).min(text.len());
    let (from, window) = window(text, at);
    let local = at - from;
    let (before, after) = window.split_at_checked(local).unwrap_or((window, ""));
    let moved = match (forward, by_word) {
        (true, false) => after.graphemes(true).next().map_or(at, |g| at + g.len()),
        (false, false) => before.graphemes(true).next_back().map_or(at, |g| at - g.len()),
        (true, true) => window
            .unicode_word_indices()
            .map(|(i, w)| i + w.len())
            .find(|&end| end > local)
            .map_or(from + window.len(), |end| from + end),
        (false, true) => {
            window.unicode_word_indices().map(|(i, _)| i).take_while(|&i| i < local).last().map_or(from, |i| from + i)
        }
    };
    TextSize::try_from(moved).unwrap_or_default()
}

/// All places where `needle` stands in `text` as whole words, in order, without overlaps; matching case.
pub fn occurrences(text: &str, needle: &str) -> Vec<TextRange> {
    if needle.trim().is_empty() {
        return Vec::new();
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let starts_word = needle.chars().next().is_some_and(is_word);
    let ends_word = needle.chars().next_back().is_some_and(is_word);
    text.match_indices(needle)
        .filter(|(start, found)| {
            let before = text.get(..*start).and_then(|s| s.chars().next_back());
            let after = text.get(start + found.len()..).and_then(|s| s.chars().next());
            !(starts_word && before.is_some_and(is_word) || ends_word && after.is_some_and(is_word))
        })
        .filter_map(|(start, found)| super::byte_range(start, start + found.len()))
        .collect()
}

/// Whether the lines of a text are cut at a width, and blank lines part its paragraphs; else each line is a paragraph.
pub fn is_wrapped(text: &str) -> bool {
    /// Longer lines than this are not cut at a width, in bytes.
    const WIDTH: usize = 120;
    let parted = text.contains("\n\n") || text.contains("\r\n\r\n");
    parted && text.lines().all(|line| line.len() <= WIDTH)
}

/// The part of `text` around `at` that can matter, and where it starts; cut at character boundaries.
fn window(text: &str, at: usize) -> (usize, &str) {
    let from = text.floor_char_boundary(at.saturating_sub(REACH));
    let to = text.ceil_char_boundary(at.saturating_add(REACH));
    (from, text.get(from..to).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{byte_range, bytes};

    fn snapped(marked: &str) -> String {
        let start = marked.find('[').unwrap();
        let end = marked.find(']').unwrap() - 1;
        let text = marked.replace(['[', ']'], "");
        text[bytes(snap(&text, byte_range(start, end).unwrap()))].to_owned()
    }

    #[test]
    fn a_selection_grows_to_whole_words_and_sheds_space() {
        assert_eq!(snapped("met Wa[ng Y]i today"), "Wang Yi");
        assert_eq!(snapped("met[ Wang Yi ]today"), "Wang Yi");
        assert_eq!(snapped("José[ ]x"), "");
        assert_eq!(snapped("la Pe[ñ]a."), "Peña");
        assert_eq!(snapped("x [👩‍🚀]"), "👩‍🚀");
    }

    #[test]
    fn steps_by_grapheme_and_by_word() {
        let text = "ae\u{301} to Wang";
        let at = |n: u32| TextSize::new(n);
        assert_eq!(step(text, at(1), true, false), at(4));
        assert_eq!(step(text, at(4), false, false), at(1));
        assert_eq!(step(text, at(4), true, true), at(7));
        assert_eq!(step(text, at(7), false, true), at(5));
        assert_eq!(step(text, at(12), true, true), at(12));
        assert_eq!(step(text, at(0), false, true), at(0));
    }

    #[test]
    fn occurrences_are_whole_words() {
        let found = occurrences("Xi, Xinhua, Xi’s and MaXi", "Xi");
        assert_eq!(found.iter().map(|r| u32::from(r.start())).collect::<Vec<_>>(), [0, 12]);
        assert!(occurrences("text", " ").is_empty());
    }

    #[test]
    fn lines_cut_at_a_width_are_told_from_paragraphs() {
        let long = "word ".repeat(40);
        assert!(is_wrapped("one line\nand the next\n\nnew paragraph"));
        assert!(!is_wrapped(&format!("Title\n\n{long}\n{long}")));
        assert!(!is_wrapped("a line\nanother"));
    }

    #[test]
    fn a_megabyte_without_a_space_stays_quick() {
        let text = "x".repeat(1 << 20);
        assert_eq!(step(&text, TextSize::new(1 << 19), true, true), TextSize::new((1 << 19) + 512));
    }
}
