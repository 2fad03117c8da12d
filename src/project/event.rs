//! Events: named ones, and happenings typed after PLOVER with participants, place and date.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text_size::TextRange;

use super::event_type::EventType;
use super::row::{List, Row};
use super::{ArticleId, CountryCode, EntityId, EventId, Origin, RowId, Stamp, item};

/// Whether it happened or is said not to have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Polarity {
    /// It is said to happen.
    #[default]
    Positive,
    /// It is said not to happen: "did not attack".
    Negative,
}

/// How real it is said to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Modality {
    /// It happened or is happening.
    #[default]
    Asserted,
    /// It is to come: "will meet".
    Planned,
    /// It may be or might have been: "warned of an attack".
    #[serde(rename = "Hypothetical")]
    Possible,
    /// Somebody demands it: "called for a ceasefire".
    Demanded,
}

impl Polarity {
    /// As exports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
        }
    }
}

impl Modality {
    /// All, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Asserted, Self::Planned, Self::Possible, Self::Demanded];

    /// As exports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Planned => "planned",
            Self::Possible => "possible",
            Self::Demanded => "demanded",
        }
    }

    /// The modality of this name; "hypothetical" is what "possible" was called in older exports.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = if name == "hypothetical" { Self::Possible.name() } else { name };
        Self::ALL.into_iter().find(|modality| modality.name() == name)
    }
}

/// When it took place: a day, or an interval of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDate {
    /// The first day.
    pub start: Date,
    /// The last day; the same as `start` for a single day.
    pub end: Date,
    /// The words that said so: "on Friday"; empty where a person set it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Where it took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPlace {
    /// As the text names it.
    pub name: String,
    /// The country it lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
}

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

/// Somebody who takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Actor or recipient.
    pub role: Role,
    /// Who.
    pub entity: EntityId,
    /// Where the text says so; none where a person added them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
}

/// An event of an article; its triggers are the mentions that point at it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Unique in the project.
    pub id: EventId,
    /// The article that tells of it.
    pub article: ArticleId,
    /// What it is called: a name, or the trigger's words.
    pub name: String,
    /// Named, or a happening with its type.
    pub kind: EventType,
    /// A PLOVER mode, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<SmolStr>,
    /// PLOVER contexts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<SmolStr>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EventDate>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<EventPlace>,
    /// Who.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Participant>,
    /// Whether it is said to happen.
    #[serde(default)]
    pub polarity: Polarity,
    /// How real it is said to be.
    #[serde(default)]
    pub modality: Modality,
    /// Wikidata item of a named event, where known.
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

impl Event {
    /// An event of an article that is called so, a happening of which nothing else is known.
    pub fn new(id: EventId, article: ArticleId, name: impl Into<String>, origin: Origin) -> Self {
        Self {
            id,
            article,
            name: name.into(),
            kind: EventType::Happening(None),
            mode: None,
            contexts: Vec::new(),
            date: None,
            place: None,
            participants: Vec::new(),
            polarity: Polarity::default(),
            modality: Modality::default(),
            wikidata: None,
            origin,
            decision: None,
            note: String::new(),
        }
    }
}

impl Row for Event {
    type Id = EventId;

    const LIST: List = List::Events;
    const IS_TARGET: bool = true;

    fn id(&self) -> EventId {
        self.id
    }

    fn renumber(&mut self, id: EventId) {
        self.id = id;
    }

    fn articles(&self) -> impl Iterator<Item = ArticleId> {
        std::iter::once(self.article)
    }

    fn refers_to(&self) -> impl Iterator<Item = RowId> {
        self.participants.iter().map(|participant| participant.entity.into())
    }

    fn forget(&mut self, gone: &dyn Fn(RowId) -> bool) -> bool {
        self.participants.retain(|participant| !gone(participant.entity.into()));
        true
    }
}
