//! What a person gives as right where annotators differ and none of them is: more than words.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::participant::PartyWords;
use super::{CountryCode, EventDate, EventPlace, EventType, Figure, KindId, Modality, Polarity, item};

/// What is right of an event or a relation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Given {
    /// The type of an event.
    Type(EventType),
    /// Who takes part, in the role that is differed on.
    Parties(Vec<GivenParty>),
    /// Where it took place.
    Place(EventPlace),
    /// When.
    Date(EventDate),
    /// Whether it happened, and how real it is.
    Reality(GivenReality),
    /// The numbers told with it; their ranges do not count, as they are of no one article.
    Figures(Vec<Figure>),
    /// A relation between the two tags.
    Relation(GivenRelation),
}

/// How real an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenReality {
    /// Whether it is said to happen.
    pub polarity: Polarity,
    /// How real it is said to be.
    pub modality: Modality,
}

/// What one tag is to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenRelation {
    /// The kind of the relation.
    pub kind: KindId,
    /// Whether it goes from the second to the first, as the annotators have them who relate them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub turned: bool,
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GivenParty {
    /// The entity of the project that is called so.
    Entity(GivenEntity),
    /// Whoever these words say.
    Words(PartyWords),
}

impl GivenParty {
    /// What they are called.
    pub fn name(&self) -> &str {
        match self {
            Self::Entity(entity) => &entity.name,
            Self::Words(words) => &words.name,
        }
    }
}

/// An entity by what it is called: so what was settled holds whichever entities are one later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenEntity {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: KindId,
    /// The country that it is or belongs to, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// Wikidata item, where known.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "item::text")]
    pub wikidata: Option<SmolStr>,
}
