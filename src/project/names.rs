//! Entities by name and by country, so that thousands of them are not gone through for each tag.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;

use super::{CountryCode, Entity, EntityId};

/// Which entities bear a name, or belong to a country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// By name and by each alias.
    named: HashMap<String, BTreeSet<EntityId>, RandomState>,
    countries: HashMap<CountryCode, BTreeSet<EntityId>>,
}

impl Names {
    pub fn add(&mut self, entity: &Entity) {
        for name in names(entity) {
            self.named.entry(name.clone()).or_default().insert(entity.id);
        }
        if let Some(code) = entity.country {
            self.countries.entry(code).or_default().insert(entity.id);
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

    pub fn remove(&mut self, entity: &Entity) {
        for name in names(entity) {
            if let Some(ids) = self.named.get_mut(name) {
                ids.remove(&entity.id);
                if ids.is_empty() {
                    self.named.remove(name);
                }
            }
        }
        if let Some(code) = entity.country
            && let Some(ids) = self.countries.get_mut(&code)
        {
            ids.remove(&entity.id);
            if ids.is_empty() {
                self.countries.remove(&code);
            }
        }
    }
}

fn names(entity: &Entity) -> impl Iterator<Item = &String> {
    std::iter::once(&entity.name).chain(&entity.aliases)
}
