//! Who takes part in an event: an entity of the project, or words of the text with what they stand for.

use serde::{Deserialize, Serialize};
use text_size::TextRange;

use super::{CountryCode, EntityId};

/// What a participant does in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Does it.
    Actor,
    /// Has it done to them.
    Recipient,
}

impl Role {
    /// As exports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Recipient => "recipient",
        }
    }
}

/// What somebody who takes part in an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PartyLabel {
    /// One person, named or not.
    Person,
    /// A country, or its government or army that stands for it.
    Country,
    /// An organisation: "police", a court, a company.
    Org,
    /// Several people: "protesters".
    Group,
}

impl PartyLabel {
    /// All, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Person, Self::Country, Self::Org, Self::Group];

    /// As exports and the suggestion stream write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Country => "COUNTRY",
            Self::Org => "ORG",
            Self::Group => "GROUP",
        }
    }

    /// The label of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }
}

/// Words that say who takes part where no entity does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartyWords {
    /// The words: "protesters".
    pub name: String,
    /// What they stand for.
    pub label: PartyLabel,
    /// The country that they are, or belong to, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
}

/// Who takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// An entity of the project.
    Entity(EntityId),
    /// Whoever words of the text say.
    Words(PartyWords),
}

impl From<EntityId> for Party {
    fn from(entity: EntityId) -> Self {
        Self::Entity(entity)
    }
}

/// Somebody who takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredParticipant", into = "StoredParticipant")]
pub struct Participant {
    /// Actor or recipient.
    pub role: Role,
    /// Who.
    pub who: Party,
    /// Where the text says so; none where a person added them.
    pub range: Option<TextRange>,
    /// Whether the engine only half believes it.
    pub unsure: bool,
}

impl Participant {
    /// Somebody who takes part for sure; `range` is where the text says so.
    pub fn new(role: Role, who: impl Into<Party>, range: Option<TextRange>) -> Self {
        Self { role, who: who.into(), range, unsure: false }
    }

    /// The entity that takes part, if it is one.
    pub fn entity(&self) -> Option<EntityId> {
        match self.who {
            Party::Entity(entity) => Some(entity),
            Party::Words(_) => None,
        }
    }

    /// The words that say who takes part, where no entity does.
    pub fn words(&self) -> Option<&PartyWords> {
        match &self.who {
            Party::Entity(_) => None,
            Party::Words(words) => Some(words),
        }
    }

    /// Whether another is the same in the same role.
    pub fn is_same(&self, other: &Self) -> bool {
        self.role == other.role && self.who == other.who
    }
}

/// A participant as files have it: an entity by its number, as before schema 4, or words.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename = "Participant")]
struct StoredParticipant {
    role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
    entity: Option<EntityId>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
    words: Option<PartyWords>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    range: Option<TextRange>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    unsure: bool,
}

impl From<Participant> for StoredParticipant {
    fn from(participant: Participant) -> Self {
        let Participant { role, who, range, unsure } = participant;
        let (entity, words) = match who {
            Party::Entity(entity) => (Some(entity), None),
            Party::Words(words) => (None, Some(words)),
        };
        Self { role, entity, words, range, unsure }
    }
}

impl TryFrom<StoredParticipant> for Participant {
    type Error = &'static str;

    fn try_from(stored: StoredParticipant) -> Result<Self, Self::Error> {
        let StoredParticipant { role, entity, words, range, unsure } = stored;
        let who = match (entity, words) {
            (Some(entity), None) => Party::Entity(entity),
            (None, Some(words)) => Party::Words(words),
            _ => return Err("a participant is either an entity or words"),
        };
        Ok(Self { role, who, range, unsure })
    }
}

/// A value that may be missing, written without the `Some(…)` that files of before schema 4 do not have.
mod bare {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<T: Serialize, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => value.serialize(serializer),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        T::deserialize(deserializer).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_takes_part_is_stored_as_an_entity_or_as_words() {
        let words = PartyWords { name: "protesters".into(), label: PartyLabel::Group, country: None };
        let range = crate::text::byte_range(3, 13);
        for (stored, participant) in [
            ("(role:Actor,entity:7)", Participant::new(Role::Actor, EntityId(7), None)),
            (
                "(role:Recipient,words:(name:\"protesters\",label:Group),range:Some((3,13)),unsure:true)",
                Participant { unsure: true, ..Participant::new(Role::Recipient, Party::Words(words), range) },
            ),
        ] {
            assert_eq!(ron::to_string(&participant).unwrap(), stored);
            assert_eq!(ron::from_str::<Participant>(stored).unwrap(), participant);
        }
        for stored in ["(role:Actor)", "(role:Actor,entity:7,words:(name:\"she\",label:Person))"] {
            assert!(ron::from_str::<Participant>(stored).is_err(), "{stored}");
        }
    }
}
