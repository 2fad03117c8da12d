//! The kinds of mention that a project marks.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The name by which mentions and entities refer to a kind; stable across renames of what is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindId(pub SmolStr);

impl KindId {
    /// People.
    pub const PERSON: Self = Self(SmolStr::new_static("person"));
    /// Countries.
    pub const COUNTRY: Self = Self(SmolStr::new_static("country"));
    /// Events, named ones and happenings.
    pub const EVENT: Self = Self(SmolStr::new_static("event"));

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a mention of a kind points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// An [`Entity`](super::Entity): a name with aliases and a link.
    Entity,
    /// An entity that carries a country code.
    Country,
    /// An [`Event`](super::Event) record.
    Event,
}

/// A kind of mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Its stable id.
    pub id: KindId,
    /// What one is called: "Person".
    pub name: String,
    /// What many are called: "People".
    pub plural: String,
    /// The key that tags with it.
    pub key: char,
    /// What its mentions point at.
    pub schema: Schema,
}

/// The kinds of a project, in the order of panels and keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tagset {
    /// Never two with one id.
    pub kinds: Vec<Kind>,
}

impl Tagset {
    /// The kind with this id.
    pub fn get(&self, id: &KindId) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == *id)
    }

    /// Adds a kind unless one of its id is there; where its key is taken, with the first that is free.
    pub fn add(&mut self, kind: Kind) {
        if self.get(&kind.id).is_some() {
            return;
        }
        let free = |key: &char| self.kinds.iter().all(|other| other.key != *key);
        let key = std::iter::once(kind.key).chain('1'..='9').chain('a'..='z').find(free).unwrap_or(kind.key);
        self.kinds.push(Kind { key, ..kind });
    }

    /// The kind's schema; a kind that the tagset does not hold counts as [`Schema::Entity`].
    pub fn schema(&self, id: &KindId) -> Schema {
        self.get(id).map_or(Schema::Entity, |kind| kind.schema)
    }
}

impl Default for Tagset {
    fn default() -> Self {
        let kind = |id, name: &str, plural: &str, key, schema| Kind {
            id,
            name: name.to_owned(),
            plural: plural.to_owned(),
            key,
            schema,
        };
        Self {
            kinds: vec![
                kind(KindId::PERSON, "Person", "People", '1', Schema::Entity),
                kind(KindId::COUNTRY, "Country", "Countries", '2', Schema::Country),
                kind(KindId::EVENT, "Event", "Events", '3', Schema::Event),
            ],
        }
    }
}
