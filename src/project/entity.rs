//! An entity: one person, country or other thing, however many mentions name it.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::row::{List, Row};
use super::{ArticleId, CountryCode, EntityId, KindId, Origin, RowId, Stamp, item};

/// A person, a country, or a thing of a kind that a person added. Shared by all articles of a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Unique in the project.
    pub id: EntityId,
    /// What kind of thing it is.
    pub kind: KindId,
    /// Its fullest known name, without titles.
    pub name: String,
    /// Other names it goes by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// For a country its own code; for anything else the country it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// A person's office or title, in words: "foreign minister".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Wikidata item, such as `Q15031`, where known.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "item::text")]
    pub wikidata: Option<SmolStr>,
    /// Which source proposed it, or a person.
    pub origin: Origin,
    /// Who last changed it, and when; none while it is as a source proposed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Stamp>,
    /// A person's remark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Entity {
    /// A thing of this kind and name, of which nothing else is known.
    pub fn new(id: EntityId, kind: KindId, name: impl Into<String>, origin: Origin) -> Self {
        Self {
            id,
            kind,
            name: name.into(),
            aliases: Vec::new(),
            country: None,
            role: String::new(),
            wikidata: None,
            origin,
            decision: None,
            note: String::new(),
        }
    }
}

impl Row for Entity {
    type Id = EntityId;

    const LIST: List = List::Entities;
    const IS_TARGET: bool = true;

    fn id(&self) -> EntityId {
        self.id
    }

    fn renumber(&mut self, id: EntityId) {
        self.id = id;
    }

    fn articles(&self) -> impl Iterator<Item = ArticleId> {
        std::iter::empty()
    }

    fn refers_to(&self) -> impl Iterator<Item = RowId> {
        std::iter::empty()
    }

    fn kind(&self) -> Option<&KindId> {
        Some(&self.kind)
    }

    fn forget(&mut self, _: &dyn Fn(RowId) -> bool) -> bool {
        true
    }
}
