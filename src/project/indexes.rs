//! Indexes over the records: who refers to what, how many live mentions it has, entities by name, country and
//! Wikidata item.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::names::Names;
use super::row::{AnyRow, Row};
use super::{ArticleId, Contributor, Entity, Event, Judgement, Mention, Progress, Relation, RowId, Ruling};

/// What is found at once of a project's records; kept true by every change, and left out of snapshots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Indexes {
    /// Which records refer to each.
    users: HashMap<RowId, BTreeSet<RowId>, RandomState>,
    /// How many live mentions point at each.
    live: HashMap<RowId, usize, RandomState>,
    /// Entities by name, country and Wikidata item.
    pub(super) names: Names,
    /// What is open and decided of the relations of each article that has some between tags that are shown.
    pub(super) related: HashMap<ArticleId, Progress, RandomState>,
}

impl Indexes {
    /// The records that refer to one, in the order of the tables and of their ids.
    pub fn users(&self, id: RowId) -> impl Iterator<Item = RowId> {
        self.users.get(&id).into_iter().flatten().copied()
    }

    /// Those of the users whose number is not below this, and which are of its kind or of one further down.
    pub fn users_from(&self, id: RowId, from: RowId) -> impl Iterator<Item = RowId> {
        self.users.get(&id).into_iter().flat_map(move |users| users.range(from..)).copied()
    }

    /// How many live mentions point at a record.
    pub fn live(&self, id: RowId) -> usize {
        self.live.get(&id).copied().unwrap_or_default()
    }

    /// One live mention more points at a record, or one less.
    pub fn count(&mut self, id: RowId, more: bool) {
        if more {
            *self.live.entry(id).or_default() += 1;
        } else if let Some(count) = self.live.get_mut(&id) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.live.remove(&id);
            }
        }
    }

    /// A record has come, gone, or taken the place of another.
    pub fn change<R: Indexed>(&mut self, before: Option<&R>, after: Option<&R>) {
        before.into_iter().for_each(|record| record.index(self, false));
        after.into_iter().for_each(|record| record.index(self, true));
        let same = |before: &R, after: &R| before.refers_to().eq(after.refers_to());
        if before.zip(after).is_some_and(|(before, after)| same(before, after)) {
            return;
        }
        if let Some(record) = before {
            for target in record.refers_to() {
                if let Some(users) = self.users.get_mut(&target) {
                    users.remove(&record.row_id());
                    if users.is_empty() {
                        self.users.remove(&target);
                    }
                }
            }
        }
        if let Some(record) = after {
            for target in record.refers_to() {
                self.users.entry(target).or_default().insert(record.row_id());
            }
        }
    }

    /// Many records have come, to none that was there.
    pub fn fill<'r, R: Indexed>(&mut self, records: impl Iterator<Item = &'r R>) {
        let mut references = Vec::new();
        for record in records {
            record.index(self, true);
            references.extend(record.refers_to().map(|target| (target, record.row_id())));
        }
        references.par_sort_unstable();
        for users in references.chunk_by(|one, other| one.0 == other.0) {
            let Some((target, _)) = users.first() else { continue };
            let users = users.iter().map(|(_, user)| *user);
            match self.users.entry(*target) {
                Entry::Vacant(place) => drop(place.insert(users.collect())),
                Entry::Occupied(present) => present.into_mut().extend(users),
            }
        }
    }
}

/// A kind of record with indexes of its own beside those of all.
pub(super) trait Indexed: Row {
    /// Notes that one has come, or gone.
    fn index(&self, _: &mut Indexes, _there: bool) {}
}

impl Indexed for Entity {
    fn index(&self, indexes: &mut Indexes, there: bool) {
        if there { indexes.names.add(self) } else { indexes.names.remove(self) }
    }
}

impl Indexed for Event {}

impl Indexed for Relation {}

impl Indexed for Judgement {}

impl Indexed for Contributor {}

impl Indexed for Ruling {}

impl Indexed for Mention {
    fn index(&self, indexes: &mut Indexes, there: bool) {
        if let Some(target) = self.target.filter(|_| self.is_live()) {
            indexes.count(target.into(), there);
        }
    }
}
