//! Which marks of several annotators are about the same: by best overlap within a kind, then across kinds.

use std::cmp::Reverse;

use super::marks::{Mark, Marked};
use crate::text::TextRange;

/// Marks of one place in a text, at most one of each annotator: by index into their marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) marks: Vec<Option<usize>>,
}

impl Unit {
    /// The marks that are there, with whose each is.
    pub(super) fn present<'m>(&'m self, all: &'m [Marked]) -> impl Iterator<Item = (usize, &'m Mark)> {
        self.marks.iter().enumerate().filter_map(|(by, at)| Some((by, all.get(by)?.marks.get((*at)?)?)))
    }
}

/// The units of an article that is marked by several, in the order of the text. Every mark is in exactly one.
pub(super) fn units(all: &[Marked]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (by, marked) in all.iter().enumerate() {
        let firsts: Vec<&Mark> =
            units.iter().filter_map(|unit| unit.present(all).next()).map(|(_, mark)| mark).collect();
        let mut pairs = Vec::new();
        // Both are in the order of the text.
        let longest = firsts.iter().map(|first| first.range.len()).max().unwrap_or_default();
        for (at, mark) in marked.marks.iter().enumerate() {
            let from = firsts.partition_point(|first| first.range.start() + longest < mark.range.start());
            let near = firsts.iter().enumerate().skip(from).take_while(|(_, it)| it.range.start() < mark.range.end());
            pairs.extend(near.filter_map(|(unit, first)| Some((likeness(first, mark)?, unit, at))));
        }
        pairs.sort_by_key(|(likeness, unit, at)| (Reverse(*likeness), *unit, *at));
        let mut taken: Vec<Option<usize>> = vec![None; marked.marks.len()];
        for (_, unit, at) in pairs {
            let free = units.get_mut(unit).and_then(|unit| unit.marks.get_mut(by)).filter(|slot| slot.is_none());
            if let Some((slot, mine)) = free.zip(taken.get_mut(at).filter(|taken| taken.is_none())) {
                *slot = Some(at);
                *mine = Some(unit);
            }
        }
        for (at, _) in taken.iter().enumerate().filter(|(_, unit)| unit.is_none()) {
            let mut marks = vec![None; all.len()];
            marks.get_mut(by).into_iter().for_each(|slot| *slot = Some(at));
            units.push(Unit { marks });
        }
        let place =
            |unit: &Unit| unit.present(all).next().map(|(_, mark)| (mark.range.start(), Reverse(mark.range.end())));
        units.sort_by_key(place);
    }
    units
}

/// How well two marks fit, the better the greater: of one kind before others, the same words before some, the same meaning
/// before others, then the share of the words that both have, in ten-thousandths. `None` where they share none.
fn likeness(one: &Mark, other: &Mark) -> Option<(bool, bool, bool, u32)> {
    let shared: u32 = one.range.intersect(other.range).filter(|range| !range.is_empty())?.len().into();
    let all: u32 = TextRange::cover(one.range, other.range).len().into();
    let share = u64::from(shared) * 10_000 / u64::from(all.max(1));
    let same = one.range == other.range;
    Some((one.kind == other.kind, same, same && one.who == other.who, u32::try_from(share).unwrap_or(0)))
}
