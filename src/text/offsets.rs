//! Conversion between byte offsets and the units other programs count in; the one place where it happens.

use text_size::{TextRange, TextSize};

/// How often a checkpoint is kept, in bytes of text.
const STRIDE: usize = 256;

/// Converts offsets of one text between UTF-8 bytes, Unicode code points and UTF-16 units.
///
/// Building costs one pass over the text; a conversion scans at most 256 bytes.
pub struct OffsetMap<'t> {
    text: &'t str,
    /// At each checkpoint: byte offset, code points before it, UTF-16 units before it.
    checkpoints: Vec<Checkpoint>,
}

#[derive(Clone, Copy, Default)]
struct Checkpoint {
    byte: usize,
    code_points: usize,
    utf16: usize,
}

impl<'t> OffsetMap<'t> {
    /// Scans `text` once.
    pub fn new(text: &'t str) -> Self {
        let mut checkpoints = vec![Checkpoint::default()];
        let mut here = Checkpoint::default();
        let mut next = STRIDE;
        for c in text.chars() {
            if here.byte >= next {
                checkpoints.push(here);
                next = here.byte + STRIDE;
            }
            here.byte += c.len_utf8();
            here.code_points += 1;
            here.utf16 += c.len_utf16();
        }
        Self { text, checkpoints }
    }

    /// The code points before byte `offset`; `None` off a character boundary or outside the text.
    pub fn code_point(&self, offset: TextSize) -> Option<usize> {
        self.at_byte(offset.into()).map(|c| c.code_points)
    }

    /// The UTF-16 units before byte `offset`; `None` off a character boundary or outside the text.
    pub fn utf16(&self, offset: TextSize) -> Option<usize> {
        self.at_byte(offset.into()).map(|c| c.utf16)
    }

    /// `range` in code points, start and end.
    pub fn code_points(&self, range: TextRange) -> Option<(usize, usize)> {
        Some((self.code_point(range.start())?, self.code_point(range.end())?))
    }

    /// The byte range of the code points `start..end`; `None` where they are outside the text or out of order.
    pub fn from_code_points(&self, start: usize, end: usize) -> Option<TextRange> {
        super::byte_range(self.find(start, |c| c.code_points)?, self.find(end, |c| c.code_points)?)
    }

    /// The byte range of the UTF-16 units `start..end`; `None` outside the text, out of order, or inside a surrogate pair.
    pub fn from_utf16(&self, start: usize, end: usize) -> Option<TextRange> {
        super::byte_range(self.find(start, |c| c.utf16)?, self.find(end, |c| c.utf16)?)
    }

    fn at_byte(&self, byte: usize) -> Option<Checkpoint> {
        let found = self.walk(byte, |c| c.byte)?;
        (found.byte == byte).then_some(found)
    }

    fn find(&self, target: usize, unit: impl Fn(&Checkpoint) -> usize) -> Option<usize> {
        let found = self.walk(target, &unit)?;
        (unit(&found) == target).then_some(found.byte)
    }

    /// The first position at which `unit` reaches `target`.
    fn walk(&self, target: usize, unit: impl Fn(&Checkpoint) -> usize) -> Option<Checkpoint> {
        let after = self.checkpoints.partition_point(|c| unit(c) <= target);
        let mut here = *self.checkpoints.get(after.checked_sub(1)?)?;
        let mut rest = self.text.get(here.byte..)?.chars();
        while unit(&here) < target {
            let c = rest.next()?;
            here.byte += c.len_utf8();
            here.code_points += 1;
            here.utf16 += c.len_utf16();
        }
        Some(here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn emoji_combining_and_crlf() {
        let text = "a👩‍🚀e\u{301}\r\n𝔘x";
        let map = OffsetMap::new(text);
        let x = text.find('x').unwrap();
        assert_eq!(map.code_point(TextSize::try_from(x).unwrap()), Some(9));
        assert_eq!(map.utf16(TextSize::try_from(x).unwrap()), Some(12));
        assert_eq!(map.from_code_points(9, 10).map(crate::text::bytes), Some(x..x + 1));
        assert_eq!(map.from_utf16(2, 3), None, "inside a surrogate pair");
        assert_eq!(map.from_code_points(9, 11), None, "past the end");
    }

    proptest! {
        #[test]
        fn every_boundary_converts_and_comes_back(text in "(\\PC|\\n|😀|é){0,600}") {
            let map = OffsetMap::new(&text);
            for (code_points, (byte, _)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
                let offset = TextSize::try_from(byte).unwrap();
                prop_assert_eq!(map.code_point(offset), Some(code_points));
                let utf16 = map.utf16(offset).unwrap();
                prop_assert_eq!(utf16, text[..byte].encode_utf16().count());
                let back = map.from_code_points(code_points, code_points);
                prop_assert_eq!(back.map(|r| usize::from(r.start())), Some(byte));
            }
        }
    }
}
