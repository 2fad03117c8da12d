//! Articles and the ways to point into their text: ranges, offsets in other units, words, tokens, sentences.
//!
//! Every range in the program is a [`TextRange`]: UTF-8 bytes, end-exclusive, on character boundaries.
//! Other units (code points, UTF-16) exist only at the edges; [`OffsetMap`] converts there.

mod article;
pub mod find;
pub(crate) mod language;
mod levels;
pub mod markup;
mod offsets;
pub mod sentences;
pub mod spreadsheet;
pub mod tokens;
pub mod words;

pub use article::{Article, DatePlace, FoundDate, Metadata, Text, TextTooLong};
pub use levels::levels;
pub use offsets::OffsetMap;
pub use text_size::{TextRange, TextSize};

/// A range from two byte offsets that come from the same text; `None` where they do not fit 32 bits or are out of order.
pub fn byte_range(start: usize, end: usize) -> Option<TextRange> {
    let start = TextSize::try_from(start).ok()?;
    let end = TextSize::try_from(end).ok()?;
    (start <= end).then(|| TextRange::new(start, end))
}

/// The range as `usize` bytes, for slicing with [`str::get`].
pub fn bytes(range: TextRange) -> std::ops::Range<usize> {
    range.start().into()..range.end().into()
}
