//! Sets of ids as ranges: those that are made together follow each other.

use serde::{Deserialize, Serialize};

/// Ids as ranges, both ends included, in order and apart from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ids(Vec<(u32, u32)>);

impl Ids {
    /// Takes an id in; costs least where they come in order.
    pub(super) fn insert(&mut self, id: u32) {
        let at = self.0.partition_point(|(_, last)| *last < id);
        if self.0.get(at).is_some_and(|(first, _)| *first <= id) {
            return;
        }
        let joins_next = self.0.get(at).is_some_and(|(first, _)| id.checked_add(1) == Some(*first));
        let before = at.checked_sub(1).and_then(|before| self.0.get_mut(before));
        let before = before.filter(|(_, last)| last.checked_add(1) == Some(id));
        match (before, joins_next) {
            (Some(range), false) => range.1 = id,
            (Some(_), true) => {
                let (_, last) = self.0.remove(at);
                if let Some(range) = self.0.get_mut(at - 1) {
                    range.1 = last;
                }
            }
            (None, true) => {
                if let Some(range) = self.0.get_mut(at) {
                    range.0 = id;
                }
            }
            (None, false) => self.0.insert(at, (id, id)),
        }
    }

    /// Whether an id is among them. A file may hold ranges in any order: then some are not found, and nothing worse.
    pub fn contains(&self, id: u32) -> bool {
        let at = self.0.partition_point(|(_, last)| *last < id);
        self.0.get(at).is_some_and(|(first, last)| (*first..=*last).contains(&id))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|(first, last)| last.saturating_sub(*first) as usize + 1).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many ranges they take.
    pub(super) fn ranges(&self) -> usize {
        self.0.len()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().flat_map(|(first, last)| *first..=*last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn ranges_hold_what_a_set_holds(ids in prop::collection::vec(0u32..40, 0..60)) {
            let mut ranges = Ids::default();
            ids.iter().for_each(|id| ranges.insert(*id));
            let set: BTreeSet<u32> = ids.into_iter().collect();
            prop_assert_eq!(ranges.len(), set.len());
            prop_assert!((0..41).all(|id| ranges.contains(id) == set.contains(&id)));
            let apart = ranges.0.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0);
            prop_assert!(apart, "{:?}", ranges);
        }
    }
}
