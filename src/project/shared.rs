//! Records by id in blocks that clones share, so that a project of a hundred thousand of them is cloned within a frame.

use std::collections::BTreeMap;
use std::sync::Arc;

/// How many ids a block spans. A change copies the pointers of one block where a clone holds it too.
const SPAN: u32 = 1024;

/// What has a number of its own; numbers near each other are mostly of records made together.
pub trait Numbered: Copy + Ord {
    /// The number.
    fn number(self) -> u32;
}

/// Records in the order of their ids.
#[derive(Clone, Debug)]
pub(super) struct Shared<K, T> {
    /// By the number of the first id, divided by [`SPAN`]; none is empty.
    blocks: BTreeMap<u32, Arc<BTreeMap<K, Arc<T>>>>,
}

impl<K: Numbered, T> Shared<K, T> {
    pub fn get(&self, id: &K) -> Option<&Arc<T>> {
        self.blocks.get(&block(*id))?.get(id)
    }

    pub fn contains_key(&self, id: &K) -> bool {
        self.get(id).is_some()
    }

    pub fn values(&self) -> impl Iterator<Item = &Arc<T>> {
        self.blocks.values().flat_map(|block| block.values())
    }

    /// Puts a record in; the one that was there.
    pub fn insert(&mut self, id: K, record: Arc<T>) -> Option<Arc<T>> {
        Arc::make_mut(self.blocks.entry(block(id)).or_default()).insert(id, record)
    }

    /// A record to change, made where there is none; a clone that holds it keeps it as it is.
    pub fn entry(&mut self, id: K) -> &mut T
    where
        T: Clone + Default,
    {
        Arc::make_mut(Arc::make_mut(self.blocks.entry(block(id)).or_default()).entry(id).or_default())
    }

    /// Takes a record out.
    pub fn remove(&mut self, id: &K) -> Option<Arc<T>> {
        if !self.contains_key(id) {
            return None;
        }
        let records = Arc::make_mut(self.blocks.get_mut(&block(*id))?);
        let record = records.remove(id);
        if records.is_empty() {
            self.blocks.remove(&block(*id));
        }
        record
    }
}

fn block(id: impl Numbered) -> u32 {
    id.number() / SPAN
}

impl<K, T> Default for Shared<K, T> {
    fn default() -> Self {
        Self { blocks: BTreeMap::new() }
    }
}

impl<K: Numbered, T> FromIterator<(K, Arc<T>)> for Shared<K, T> {
    fn from_iter<I: IntoIterator<Item = (K, Arc<T>)>>(records: I) -> Self {
        let mut shared = Self::default();
        records.into_iter().for_each(|(id, record)| drop(shared.insert(id, record)));
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Numbered for u32 {
        fn number(self) -> u32 {
            self
        }
    }

    proptest! {
        #[test]
        fn it_is_what_a_map_is_and_a_clone_stays_as_it_was(steps in prop::collection::vec((0..4000_u32, any::<bool>()), 0..200)) {
            let (mut map, mut shared) = (BTreeMap::new(), Shared::default());
            let mut before = (map.clone(), shared.clone());
            for (n, (id, put)) in steps.into_iter().enumerate() {
                if n % 7 == 0 {
                    before = (map.clone(), shared.clone());
                }
                let (one, other) = match put {
                    true => (map.insert(id, n), shared.insert(id, Arc::new(n))),
                    false => (map.remove(&id), shared.remove(&id)),
                };
                prop_assert_eq!(one, other.map(|record| *record));
                prop_assert_eq!(map.get(&id), shared.get(&id).map(Arc::as_ref));
                for (map, shared) in [(&map, &shared), (&before.0, &before.1)] {
                    prop_assert!(map.values().eq(shared.values().map(Arc::as_ref)));
                }
                prop_assert!(shared.blocks.values().all(|block| !block.is_empty()));
            }
        }
    }
}
