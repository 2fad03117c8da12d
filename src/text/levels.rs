//! How ranges that overlap lie over each other, for drawing their lines below each other.

use text_size::TextRange;

/// The level of each of `ranges`, which are in order of start, the longer first: 0 for what has nothing inside or
/// across it from behind, else one more than the highest of that; never more than `most`.
pub fn levels(ranges: &[TextRange], most: usize) -> Vec<usize> {
    let mut levels = vec![0; ranges.len()];
    // From the last: what a range holds, or is overlapped by from behind, comes after it.
    for (index, range) in ranges.iter().enumerate().rev() {
        let later = ranges.iter().zip(&levels).skip(index + 1);
        let inside = later.take_while(|(other, _)| other.start() < range.end());
        let level = inside.map(|(_, level)| level + 1).max().unwrap_or(0);
        if let Some(slot) = levels.get_mut(index) {
            *slot = level.min(most);
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::byte_range;

    #[test]
    fn the_inner_range_is_the_lowest() {
        let of = |ranges: &[(usize, usize)]| {
            let ranges: Vec<_> = ranges.iter().map(|(start, end)| byte_range(*start, *end).unwrap()).collect();
            levels(&ranges, 3)
        };
        assert_eq!(of(&[(0, 30), (5, 20), (5, 9), (40, 44)]), [2, 1, 0, 0]);
        assert_eq!(of(&[(0, 10), (5, 15)]), [1, 0]);
        assert_eq!(of(&[(0, 9), (0, 8), (0, 7), (0, 6), (0, 5)]), [3, 3, 2, 1, 0]);
    }
}
