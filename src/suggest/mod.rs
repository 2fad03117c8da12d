//! The suggestion engine: an article in, suggestions out. A function of its input: no clock, no disk, no globals
//! but the embedded knowledge; the same input gives the same output on any number of threads.
//!
//! A [`Source`] looks at a [`Document`] and at what the sources before it found, and adds spans, entities or events to
//! the [`Suggestions`]. [`Engine`] runs the sources in order.

pub mod across;
mod answer;
mod apply;
mod calibration;
mod casing;
mod composed;
mod context;
mod coreference;
pub mod countries;
pub mod dates;
mod document;
mod engine;
mod events;
#[cfg(test)]
pub(crate) mod fixture;
mod groups;
pub mod knowledge;
mod learning;
pub mod lookups;
mod order;
pub mod people;
mod point;
mod redate;
mod runs;
#[cfg(test)]
mod shipped_model_tests;
mod source;
pub mod tagger;
mod taken;

pub use answer::{Answer, Layers};
pub use apply::{edit, fill};
pub use document::Document;
pub use engine::{Engine, Options};
pub use events::{Events, figures_typed, party_label};
pub use learning::{
    Decided, KindLesson, KindSpan, KindStanding, LearnedTags, Look, MOST_LESSONS, Marked, Memory, ProjectKinds,
    ProjectMemory, Reason, TagLesson, TagSuggestion, Turned, adapted_kinds, learned_tags, own_kinds, tag_lessons,
};
pub use point::name_at;
pub use redate::redated;
pub use runs::edits;
pub use source::{ProjectKnowledge, Source, SourceContext};

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;
use text_size::TextRange;

use crate::project::{
    CountryCode, EventDate, EventPlace, EventType, Figure, KindId, Level, Modality, PartyLabel, Polarity, Role,
};

/// Who a run of the engine is by, in stamps.
pub const AUTHOR: &str = "engine";

/// What the engine's own sources and its tagger mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// A person's name, without titles.
    Person,
    /// A country: by name, demonym, capital or government.
    Country,
    /// A named event.
    Event,
    /// The word or words that tell of a happening.
    Trigger,
    /// Any other named place.
    Place,
    /// A nationality that is no country's demonym, a religion, a political group.
    Norp,
    /// An organisation.
    Org,
}

impl Label {
    /// The labels that a project's decisions adapt. What is a country or tells of an event is told by more than its words.
    pub const ADAPTED: [Self; 4] = [Self::Person, Self::Place, Self::Norp, Self::Org];

    /// The adapted label that the suggestion stream writes so.
    pub fn adapted(name: &str) -> Option<Self> {
        Self::ADAPTED.into_iter().find(|label| label.name() == name)
    }

    /// As the suggestion stream writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Country => "COUNTRY",
            Self::Event => "EVENT",
            Self::Trigger => "TRIGGER",
            Self::Place => "PLACE",
            Self::Norp => "NORP",
            Self::Org => "ORG",
        }
    }

    /// The kind of a tagset that it fills.
    pub fn kind(self) -> KindId {
        match self {
            Self::Person => KindId::PERSON,
            Self::Country => KindId::COUNTRY,
            Self::Event | Self::Trigger => KindId::EVENT,
            Self::Place => KindId::PLACE,
            Self::Norp => KindId::GROUP,
            Self::Org => KindId::ORGANISATION,
        }
    }
}

/// What a span is marked as.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpanLabel {
    /// One of the engine's own.
    Engine(Label),
    /// A kind of the project's tagset.
    Kind(KindId),
}

impl SpanLabel {
    /// As the suggestion stream writes it.
    pub fn name(&self) -> &str {
        match self {
            Self::Engine(label) => label.name(),
            Self::Kind(kind) => kind.as_str(),
        }
    }

    /// The label, where it is one of the engine's own.
    pub fn engine(&self) -> Option<Label> {
        match self {
            Self::Engine(label) => Some(*label),
            Self::Kind(_) => None,
        }
    }

    /// The kind of a tagset that it fills.
    pub fn kind(&self) -> KindId {
        match self {
            Self::Engine(label) => label.kind(),
            Self::Kind(kind) => kind.clone(),
        }
    }
}

impl From<Label> for SpanLabel {
    fn from(label: Label) -> Self {
        Self::Engine(label)
    }
}

impl PartialEq<Label> for SpanLabel {
    fn eq(&self, label: &Label) -> bool {
        self.engine() == Some(*label)
    }
}

/// How a span names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CountryName {
    /// "China", "the U.S."
    Name,
    /// "Chinese", "Chinese" people.
    Demonym,
    /// "Beijing", for its government or as a place.
    Capital,
    /// "the Kremlin", "Downing Street".
    Government,
    /// "Scotland": a part that is called a country too.
    Part,
}

impl CountryName {
    /// All there are.
    pub(crate) const ALL: [Self; 5] = [Self::Name, Self::Demonym, Self::Capital, Self::Government, Self::Part];

    /// Whether it is a name in the narrow sense, of the whole or of a part.
    pub(crate) fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::Part)
    }

    /// As files and the suggestion stream write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Demonym => "demonym",
            Self::Capital => "capital",
            Self::Government => "government",
            Self::Part => "part",
        }
    }
}

/// A stretch of text that a source proposes to mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// UTF-8 bytes of the article's text.
    pub range: TextRange,
    /// What it is.
    pub label: SpanLabel,
    /// The probability that it is right, 0 to 1.
    pub score: f32,
    /// The name of the source.
    pub source: &'static str,
    /// Why, in words for a person: "same name as Xi Jinping above".
    pub reason: String,
    /// For `Country` the country named; never set for other labels.
    pub country: Option<CountryCode>,
    /// For `Country` how it is named.
    pub country_name: Option<CountryName>,
    /// For `Place` the country that it lies in, where known.
    pub in_country: Option<CountryCode>,
}

/// A person, a country, an organisation or another thing of the article: one name, all its mentions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entity {
    /// Of a person and of an organisation the fullest name, without titles and "the"; of a country its common English
    /// name.
    pub name: String,
    /// A person's office or title: "foreign minister"; empty where none is told.
    pub role: String,
    /// Of a country its own code, and its spans say so too; else the country of a person's office or nationality or the
    /// one that a place lies in, where known.
    pub country: Option<CountryCode>,
    /// Wikidata item, where one certainly fits.
    pub wikidata: Option<SmolStr>,
    /// Indexes into [`Suggestions::spans`], in text order, all of them of the entity's kind.
    pub mentions: Vec<usize>,
}

/// Somebody who takes part in an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    /// Actor or recipient.
    pub role: Role,
    /// What they are.
    pub label: PartyLabel,
    /// The fullest name in the text, or the words that say who: "protesters".
    pub name: String,
    /// A country itself, or a person's.
    pub country: Option<CountryCode>,
    /// UTF-8 bytes of the words that say so.
    pub range: TextRange,
    /// Index into [`Suggestions::spans`] of the name there; none for words that are no name.
    pub span: Option<usize>,
    /// Whether it is only half believed.
    pub unsure: bool,
}

/// An event of the article.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// As an index would list it: "Xi–Putin meeting in Beijing".
    pub name: String,
    /// Named with a class, a happening with its type, or news with its class.
    pub kind: EventType,
    /// From which level on it is shown: what a person would not want as a row of its own stays in the background.
    pub level: Level,
    /// The words of another event that it may be the same as.
    pub alike: Option<TextRange>,
    /// The probability that a person would keep it, 0 to 1.
    pub worth: f32,
    /// A PLOVER mode, where known.
    pub mode: Option<&'static str>,
    /// What it is about, of `project::CONTEXTS`.
    pub contexts: Vec<&'static str>,
    /// When, resolved against the article's date.
    pub date: Option<EventDate>,
    /// Where.
    pub place: Option<EventPlace>,
    /// Whether it is said to happen.
    pub polarity: Polarity,
    /// How real it is said to be.
    pub modality: Modality,
    /// Who.
    pub participants: Vec<Participant>,
    /// The numbers told with it.
    pub figures: Vec<Figure>,
    /// Wikidata item of a named event, where known.
    pub wikidata: Option<SmolStr>,
    /// Indexes into [`Suggestions::spans`], the most telling first: `Event` spans where it is named, `Trigger` spans
    /// elsewhere.
    pub mentions: Vec<usize>,
}

/// What one span is to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Index into [`Suggestions::spans`] of where it begins.
    pub from: usize,
    /// Index into [`Suggestions::spans`] of where it leads.
    pub to: usize,
    /// The probability that it is right, 0 to 1.
    pub score: f32,
    /// The name of the source.
    pub source: &'static str,
    /// Why, in words for a person.
    pub reason: String,
}

/// Everything that the engine proposes for one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestions {
    /// All spans, sorted by start, the longer first. No two with the same range and label.
    pub spans: Vec<Span>,
    /// By the kind of a tagset that they fill, each in the order of first mention; no kind without any. Every span but
    /// those of events belongs to exactly one.
    pub entities: BTreeMap<KindId, Vec<Entity>>,
    /// Every `Event` and `Trigger` span belongs to exactly one.
    pub events: Vec<Event>,
    /// By the kind of relation of a tagset; a kind that was looked for and not found has an empty list. Relations of other
    /// kinds in the project stay as they are.
    pub relations: BTreeMap<KindId, Vec<Relation>>,
    /// The kinds whose suggestions are to come into the project, while those of others there stay as they are; none
    /// where it is all of them.
    pub only: Option<BTreeSet<KindId>>,
}

impl Event {
    /// Whether a person would want it as a row of its own.
    pub fn is_kept(&self) -> bool {
        self.level <= Level::Kept
    }
}

impl Suggestions {
    /// The entities of a kind, in the order of first mention.
    pub fn of(&self, kind: &KindId) -> &[Entity] {
        self.entities.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Whether suggestions of a kind are to come into the project.
    pub fn is_asked_for(&self, kind: &KindId) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(kind))
    }

    /// The people.
    pub fn people(&self) -> &[Entity] {
        self.of(&KindId::PERSON)
    }

    /// The countries.
    pub fn countries(&self) -> &[Entity] {
        self.of(&KindId::COUNTRY)
    }

    /// Moves all ranges, each to where `to` says.
    fn relocate(&mut self, to: impl Fn(TextRange) -> TextRange) {
        self.spans.iter_mut().for_each(|span| span.range = to(span.range));
        for event in &mut self.events {
            event.participants.iter_mut().for_each(|participant| participant.range = to(participant.range));
            let figures = event.figures.iter_mut().filter_map(|figure| figure.range.as_mut());
            figures.chain(event.alike.as_mut()).for_each(|range| *range = to(*range));
        }
    }

    /// Adds an entity; the order of entities is the engine's to make.
    pub fn add(&mut self, kind: KindId, entity: Entity) {
        self.entities.entry(kind).or_default().push(entity);
    }
}
