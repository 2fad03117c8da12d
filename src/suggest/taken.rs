//! Which stretches of a text are taken already.

use text_size::TextRange;

/// Ranges, joined where they overlap, so that one search tells.
pub(super) struct Taken(Vec<TextRange>);

impl Taken {
    /// From ranges in any order.
    pub(super) fn new(ranges: impl Iterator<Item = TextRange>) -> Self {
        let mut ranges: Vec<TextRange> = ranges.collect();
        ranges.sort_by_key(|range| range.start());
        let mut joined: Vec<TextRange> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match joined.last_mut() {
                Some(last) if range.start() < last.end() => *last = last.cover(range),
                _ => joined.push(range),
            }
        }
        Self(joined)
    }

    /// Whether one of them shares a character with `range`. Logarithmic in their number.
    pub(super) fn touches(&self, range: TextRange) -> bool {
        let at = self.0.partition_point(|taken| taken.end() <= range.start());
        self.0.get(at).is_some_and(|taken| taken.start() < range.end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_and_neighbouring_ranges() {
        let range = |from: u32, to: u32| TextRange::new(from.into(), to.into());
        let taken = Taken::new([range(20, 25), range(0, 10), range(2, 4), range(10, 12)].into_iter());
        assert!(taken.touches(range(5, 6)) && taken.touches(range(11, 30)) && taken.touches(range(24, 26)));
        assert!(!taken.touches(range(12, 20)) && !taken.touches(range(25, 99)));
        assert!(!Taken::new(std::iter::empty()).touches(range(0, 9)));
    }
}
