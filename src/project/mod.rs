//! What a person makes: articles with mentions, entities and events; and [`Edit`], the only way to change them.
//!
//! Invariants: nothing but [`Project::apply`] changes a project; every mention lies inside its article's text,
//! carries the words it covers and points at an entity or event that exists.

mod action;
mod appearances;
mod apply;
mod article;
mod badge;
mod by_place;
mod checks;
mod contributions;
mod country;
mod detail;
mod edit;
mod entity;
mod event;
mod event_type;
mod given;
mod happenings;
mod history;
mod ids;
mod indexes;
mod item;
mod judgement;
mod learning;
mod level;
mod log;
mod media_topics;
mod mend;
mod mention;
mod names;
pub mod ops;
mod participant;
mod parties;
mod progress;
mod records;
mod relation;
mod relation_kind;
mod relationship;
mod replay;
mod row;
mod ruling;
mod salvage;
mod shared;
mod state;
mod table;
mod tables;
mod tagset;
#[cfg(test)]
pub(crate) mod tests;

pub use action::{Action, Applied, LoggedAction, RemovedKind};
pub use appearances::{Appearance, Appearances, Together};
pub use article::{ArticleRecord, ArticleTags};
pub use badge::{Badge, Hue, Mark};
pub use checks::{Chance, Checks};
pub use country::CountryCode;
pub use detail::Detail;
pub use edit::{ApplyError, Author, Change, Edit, Swap};
pub use entity::Entity;
pub use event::{Coordinates, Event, EventDate, EventPlace, Figure, FigureKind, Modality, Polarity};
pub use event_type::{CONTEXTS, EventType, NamedClass, NewsClass, Plover, QuadClass};
pub use given::{Given, GivenEntity, GivenParty, GivenReality, GivenRelation};
pub use happenings::{Disagreement, Happenings, Said, as_one, disagreements};
pub use history::{Changed, History, Past, Record, Recorder, Session, Step};
pub use ids::{
    ArticleId, ContributorId, EntityId, EventId, JudgementId, KindId, MAX_ID, MentionId, RelationId, RowId, RulingId,
};
pub use item::{is_item, item};
pub use judgement::Judgement;
pub use learning::{Learning, Refusal, Taken, TakenKinds, TakenWords};
pub use level::Level;
pub use log::{Delta, Ids, Log, LogEntry, LogKind, MAX_LOG_BYTES, MAX_LOG_ENTRIES};
pub use media_topics::MediaTopic;
pub use mention::{Mention, Origin, Proposed, Stamp, Status, Target};
pub use ops::Place;
pub use participant::{Participant, Party, PartyLabel, PartyWords, Role};
pub use progress::{Progress, Stage};
pub use records::{Fault, Outcome, RecordError, RecordProblem, Records, Repair};
pub use relation::{ProposedRelation, Relation};
pub use relation_kind::RelationKind;
pub use relationship::Relationship;
pub use row::{AnyRow, List};
pub use ruling::{Contributor, DifferenceSort, Reason, Ruling, Settled};
pub use state::Project;
pub(crate) use tables::with_tables;
pub use tables::{AnyRecord, IdCounters};
pub use tagset::{Answer, ArticleTag, Kind, Schema, Tagset};
