//! Events: named ones, and happenings typed after PLOVER with participants, place and date.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text_size::TextRange;

use super::event_type::EventType;
use super::participant::Participant;
use super::row::{List, Row};
use super::{ArticleId, CountryCode, EventId, Origin, RowId, Stamp, item};

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
    /// Whether it was only guessed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unsure: bool,
}

impl EventDate {
    /// The days from one to another that words give.
    pub fn new(start: Date, end: Date, text: impl Into<String>) -> Self {
        Self { start, end, text: text.into(), unsure: false }
    }
}

/// A point on the earth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coordinates {
    /// Degrees north, -90 to 90.
    pub latitude: f64,
    /// Degrees east, -180 to 180.
    pub longitude: f64,
}

impl Coordinates {
    /// Whether there is such a point.
    pub fn is_on_earth(&self) -> bool {
        (-90.0..=90.0).contains(&self.latitude) && (-180.0..=180.0).contains(&self.longitude)
    }
}

/// Where it took place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventPlace {
    /// As the text names it.
    pub name: String,
    /// The country it lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// Where it lies, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Coordinates>,
    /// Whether it was only guessed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unsure: bool,
}

impl EventPlace {
    /// The place of this name, in this country.
    pub fn new(name: impl Into<String>, country: Option<CountryCode>) -> Self {
        Self { name: name.into(), country, ..Self::default() }
    }
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FigureKind {
    /// People dead.
    Killed,
    /// People hurt.
    Injured,
    /// People who cannot be found.
    Missing,
    /// People arrested or detained.
    Arrested,
    /// People driven from their homes.
    Displaced,
    /// People who took part or were there.
    Present,
    /// A sum of money.
    Money,
}

impl FigureKind {
    /// All, in the order of menus.
    pub const ALL: [Self; 7] =
        [Self::Killed, Self::Injured, Self::Missing, Self::Arrested, Self::Displaced, Self::Present, Self::Money];

    /// As exports and the suggestion stream write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Missing => "missing",
            Self::Arrested => "arrested",
            Self::Displaced => "displaced",
            Self::Present => "present",
            Self::Money => "money",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A number told with an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What it counts.
    pub kind: FigureKind,
    /// How many, where the words give a number: 1,200 for "1.2 thousand"; none for "dozens".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    /// The words that say so: "at least 12 people"; none where a person added it.
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
    /// The probability that a person would keep it, as the engine had it; none for what a person made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worth: Option<f32>,
    /// The words of another event of the article that it may be the same as, where the engine half believes that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alike: Option<TextRange>,
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
    /// The numbers told with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
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
            worth: None,
            alike: None,
            contexts: Vec::new(),
            date: None,
            place: None,
            participants: Vec::new(),
            figures: Vec::new(),
            polarity: Polarity::default(),
            modality: Modality::default(),
            wikidata: None,
            origin,
            decision: None,
            note: String::new(),
        }
    }

    /// The ranges of its article's text that it points at.
    pub fn ranges(&self) -> impl Iterator<Item = TextRange> {
        let participants = self.participants.iter().filter_map(|participant| participant.range);
        participants.chain(self.figures.iter().filter_map(|figure| figure.range))
    }

    /// Whether all that fills its slots is sure.
    pub fn is_sure(&self) -> bool {
        let date = self.date.as_ref().is_some_and(|date| date.unsure);
        let place = self.place.as_ref().is_some_and(|place| place.unsure);
        !date && !place && !self.participants.iter().any(|participant| participant.unsure)
    }

    /// Takes all that fills its slots for sure.
    pub fn make_sure(&mut self) {
        self.date.iter_mut().for_each(|date| date.unsure = false);
        self.place.iter_mut().for_each(|place| place.unsure = false);
        self.participants.iter_mut().for_each(|participant| participant.unsure = false);
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
        self.participants.iter().filter_map(Participant::entity).map(RowId::from)
    }

    fn forget(&mut self, gone: &dyn Fn(RowId) -> bool) -> bool {
        self.participants.retain(|participant| participant.entity().is_none_or(|entity| !gone(entity.into())));
        true
    }
}
