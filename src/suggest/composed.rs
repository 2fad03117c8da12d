//! Texts with decomposed letters ("e" and an accent for "é"), read as composed ones: what is known is written so.

use std::borrow::Cow;

use text_size::{TextRange, TextSize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text in normalization form C (Unicode Standard Annex 15), letter by letter, and where each place of it lies in the
/// original.
pub(super) struct Composed<'t> {
    /// The text itself, where nothing in it is decomposed.
    pub text: Cow<'t, str>,
    /// Behind each letter that was composed: the offset in `text`, and how many bytes more the original has up to there.
    shifts: Vec<(TextSize, TextSize)>,
}

impl<'t> Composed<'t> {
    /// Linear; without a copy where nothing is decomposed.
    pub(super) fn new(original: &'t str) -> Self {
        let mut composed = Self { text: Cow::Borrowed(original), shifts: Vec::new() };
        if original.is_ascii() || !original.contains(is_combining_mark) {
            return composed;
        }
        let mut text = String::with_capacity(original.len());
        let mut rest = original;
        let mut more = 0;
        while let Some(first) = rest.chars().next() {
            let behind = rest.get(first.len_utf8()..).unwrap_or_default();
            let marks = behind.find(|c| !is_combining_mark(c)).unwrap_or(behind.len());
            let (letter, after) = rest.split_at(first.len_utf8() + marks);
            let before = text.len();
            text.extend(letter.nfc());
            let written = text.len() - before;
            // What grows in this form is a rare sign, and no letter of a name.
            if written > letter.len() {
                text.truncate(before);
                text.push_str(letter);
            } else if written < letter.len() {
                more += letter.len() - written;
                composed.shifts.extend(TextSize::try_from(text.len()).ok().zip(TextSize::try_from(more).ok()));
            }
            rest = after;
        }
        composed.text = Cow::Owned(text);
        composed
    }

    /// The range of the original that was composed to `range`.
    pub(super) fn original(&self, range: TextRange) -> TextRange {
        let shifted = |offset: TextSize| {
            let at = self.shifts.partition_point(|(behind, _)| *behind <= offset);
            offset + at.checked_sub(1).and_then(|at| self.shifts.get(at)).map(|(_, more)| *more).unwrap_or_default()
        };
        TextRange::new(shifted(range.start()), shifted(range.end()))
    }

    /// Whether the text is another than the original.
    pub(super) fn is_changed(&self) -> bool {
        !self.shifts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_words_lie_where_the_decomposed_ones_do() {
        let original = "Ana, Jose\u{301} Mun\u{303}oz, o\u{302}\u{323}, fin. Já.";
        let composed = Composed::new(original);
        assert_eq!(composed.text, original.nfc().collect::<String>());
        for word in composed.text.split(' ') {
            let start = composed.text.find(word).unwrap();
            let range = crate::text::byte_range(start, start + word.len()).unwrap();
            let there = &original[crate::text::bytes(composed.original(range))];
            assert_eq!(there.nfc().collect::<String>(), word);
        }
        assert!(!Composed::new("Já, plain").is_changed());
    }
}
