//! Average linkage over few pairs of many: groups join while the mean probability between their members is high enough.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// How many pairs between two groups are looked at before they join, where there are as many.
const LOOKED_AT: usize = 24;

/// Two things by their numbers, and the probability that they are one.
pub(super) type Pair = (u32, u32, f32);

/// What is known between two groups.
#[derive(Clone, Copy, Debug, Default)]
struct Between {
    sum: f32,
    pairs: u32,
}

impl Between {
    fn add(&mut self, other: Self) {
        self.sum += other.sum;
        self.pairs += other.pairs;
    }

    fn mean(self) -> f32 {
        self.sum / self.pairs.max(1) as f32
    }
}

/// Two groups that may join, as they were when that was noted.
#[derive(Clone, Copy, Debug)]
struct Join {
    mean: f32,
    one: u32,
    other: u32,
    sizes: (u32, u32),
}

impl Ord for Join {
    /// The likeliest comes first off a heap; of equally likely ones those of the lowest numbers.
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.one, other.other).cmp(&(self.one, self.other)))
    }
}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Join {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Join {}

/// The group of each of `count` things: numbers from 0 in the order of their first members. `pairs` are those that were
/// compared, each once, with their probabilities; `compare` gives that of any other, as some are looked at before two
/// groups join whose members share few.
pub(super) fn groups(count: usize, pairs: &[Pair], enough: f32, compare: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let mut members: Vec<Vec<u32>> = (0..count).map(|at| vec![u32::try_from(at).unwrap_or(u32::MAX)]).collect();
    let mut near: Vec<BTreeMap<u32, Between>> = vec![BTreeMap::new(); count];
    let mut waiting = BinaryHeap::new();
    for (one, other, probability) in pairs {
        let between = Between { sum: *probability, pairs: 1 };
        for (from, to) in [(*one, *other), (*other, *one)] {
            if let Some(near) = near.get_mut(from as usize) {
                near.entry(to).or_default().add(between);
            }
        }
        waiting.push(Join { mean: *probability, one: *one.min(other), other: *one.max(other), sizes: (1, 1) });
    }
    let size = |members: &[Vec<u32>], group: u32| {
        members.get(group as usize).map_or(0, |members| u32::try_from(members.len()).unwrap_or(u32::MAX))
    };
    while let Some(join) = waiting.pop() {
        if join.mean < enough {
            break;
        }
        if join.sizes != (size(&members, join.one), size(&members, join.other)) {
            continue;
        }
        let Some(mut between) = near.get(join.one as usize).and_then(|near| near.get(&join.other)).copied() else {
            continue;
        };
        let all = join.sizes.0 as usize * join.sizes.1 as usize;
        if (between.pairs as usize) < all.min(LOOKED_AT) {
            between = looked_at(&members, (join.one, join.other), &compare);
            note(&mut near, (join.one, join.other), between);
            if between.mean() < join.mean {
                if between.mean() >= enough {
                    waiting.push(Join { mean: between.mean(), ..join });
                }
                continue;
            }
        }
        unite(&mut members, &mut near, &mut waiting, join, enough);
    }
    let mut group_of = vec![0; count];
    let mut firsts: Vec<&Vec<u32>> = members.iter().filter(|members| !members.is_empty()).collect();
    firsts.sort_by_key(|members| members.iter().min().copied());
    for (number, group) in firsts.into_iter().enumerate() {
        for member in group {
            if let Some(slot) = group_of.get_mut(*member as usize) {
                *slot = number;
            }
        }
    }
    group_of
}

fn note(near: &mut [BTreeMap<u32, Between>], (one, other): (u32, u32), between: Between) {
    for (from, to) in [(one, other), (other, one)] {
        if let Some(near) = near.get_mut(from as usize) {
            near.insert(to, between);
        }
    }
}

/// Compares as many pairs between two groups as are looked at, spread over both.
fn looked_at(members: &[Vec<u32>], (one, other): (u32, u32), compare: &impl Fn(usize, usize) -> f32) -> Between {
    let of = |group: u32| members.get(group as usize).map_or(&[][..], Vec::as_slice);
    let (one, other) = (of(one), of(other));
    let all = one.len() * other.len();
    let looked_at = all.min(LOOKED_AT);
    let mut between = Between::default();
    for at in 0..looked_at {
        // All pairs where there are few; else evenly over the members of both.
        let (a, b) = if looked_at == all {
            (at % one.len(), at / one.len())
        } else {
            (at * one.len() / looked_at, (at * other.len() / looked_at + at) % other.len())
        };
        if let Some((a, b)) = one.get(a).zip(other.get(b)) {
            between.add(Between { sum: compare(*a as usize, *b as usize), pairs: 1 });
        }
    }
    between
}

/// The smaller of two groups joins the larger.
fn unite(
    members: &mut [Vec<u32>],
    near: &mut [BTreeMap<u32, Between>],
    waiting: &mut BinaryHeap<Join>,
    join: Join,
    enough: f32,
) {
    let (from, to) = if join.sizes.0 < join.sizes.1 { (join.one, join.other) } else { (join.other, join.one) };
    let moved = members.get_mut(from as usize).map(std::mem::take).unwrap_or_default();
    if let Some(kept) = members.get_mut(to as usize) {
        kept.extend(moved);
    }
    let of_moved = near.get_mut(from as usize).map(std::mem::take).unwrap_or_default();
    for (group, between) in of_moved {
        if let Some(near) = near.get_mut(group as usize) {
            near.remove(&from);
        }
        if group == to {
            continue;
        }
        for (a, b) in [(to, group), (group, to)] {
            if let Some(near) = near.get_mut(a as usize) {
                near.entry(b).or_default().add(between);
            }
        }
    }
    let size =
        |group: u32| members.get(group as usize).map_or(0, |members| u32::try_from(members.len()).unwrap_or(u32::MAX));
    let around = near.get(to as usize).into_iter().flatten();
    let joins = around.filter(|(_, between)| between.mean() >= enough).map(|(group, between)| {
        let (one, other) = (to.min(*group), to.max(*group));
        Join { mean: between.mean(), one, other, sizes: (size(one), size(other)) }
    });
    waiting.extend(joins);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_join_while_their_members_are_alike_on_average() {
        let alike = |a: usize, b: usize| if (a < 3) == (b < 3) { 0.9 } else { 0.2 };
        let pairs: Vec<(u32, u32, f32)> =
            [(0, 1), (1, 2), (2, 3), (3, 4)].map(|(a, b): (u32, u32)| (a, b, alike(a as usize, b as usize))).to_vec();
        assert_eq!(groups(6, &pairs, 0.6, alike), [0, 0, 0, 1, 1, 2]);
    }

    #[test]
    fn one_likely_pair_does_not_bring_together_what_differs_else() {
        let alike = |a: usize, b: usize| match (a.min(b), a.max(b)) {
            (0, 1) | (2, 3) => 0.9,
            (1, 2) => 0.8,
            _ => 0.05,
        };
        let pairs = [(0, 1, 0.9), (2, 3, 0.9), (1, 2, 0.8)];
        assert_eq!(groups(4, &pairs, 0.6, alike), [0, 0, 1, 1]);
    }
}
