//! Entities by name, country and Wikidata item, so that thousands of them are not gone through for each tag.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, Hash};

use foldhash::fast::RandomState;
use smol_str::SmolStr;

use super::{CountryCode, Entity, EntityId};

/// Which entities bear a name, belong to a country, or are an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// By name and by each alias.
    named: HashMap<String, BTreeSet<EntityId>, RandomState>,
    countries: HashMap<CountryCode, BTreeSet<EntityId>>,
    /// By Wikidata item.
    items: HashMap<SmolStr, BTreeSet<EntityId>, RandomState>,
}

impl Names {
    pub fn add(&mut self, entity: &Entity) {
        for name in names(entity) {
            add(&mut self.named, name, entity.id);
        }
        if let Some(code) = entity.country {
            add(&mut self.countries, &code, entity.id);
        }
        if let Some(item) = &entity.wikidata {
            add(&mut self.items, item, entity.id);
        }
    }

    /// Those that have this name or alias, in their order.
    pub fn named(&self, name: &str) -> impl Iterator<Item = EntityId> {
        self.named.get(name).into_iter().flatten().copied()
    }

    /// Those that are this country or belong to it, in their order.
    pub fn of_country(&self, country: CountryCode) -> impl Iterator<Item = EntityId> {
        self.countries.get(&country).into_iter().flatten().copied()
    }

    /// Those that are this Wikidata item, in their order.
    pub fn of_item(&self, item: &str) -> impl Iterator<Item = EntityId> {
        self.items.get(item).into_iter().flatten().copied()
    }

    pub fn remove(&mut self, entity: &Entity) {
        for name in names(entity) {
            remove(&mut self.named, name, entity.id);
        }
        if let Some(code) = entity.country {
            remove(&mut self.countries, &code, entity.id);
        }
        if let Some(item) = &entity.wikidata {
            remove(&mut self.items, item, entity.id);
        }
    }
}

type Ids<K, S> = HashMap<K, BTreeSet<EntityId>, S>;

fn add<K: Eq + Hash + Clone, S: BuildHasher>(ids: &mut Ids<K, S>, key: &K, id: EntityId) {
    ids.entry(key.clone()).or_default().insert(id);
}

fn remove<K: Eq + Hash, S: BuildHasher>(ids: &mut Ids<K, S>, key: &K, id: EntityId) {
    if let Some(there) = ids.get_mut(key) {
        there.remove(&id);
        if there.is_empty() {
            ids.remove(key);
        }
    }
}

fn names(entity: &Entity) -> impl Iterator<Item = &String> {
    std::iter::once(&entity.name).chain(&entity.aliases)
}
