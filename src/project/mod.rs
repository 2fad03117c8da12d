//! What a person makes: articles with mentions, entities and events; and [`Edit`], the only way to change them.
//!
//! Invariants: nothing but [`Project::apply`] changes a project; every mention lies inside its article's text,
//! carries the words it covers and points at an entity or event that exists.

mod apply;
mod country;
mod edit;
mod entity;
mod event;
mod history;
mod ids;
mod mention;
mod names;
pub mod ops;
mod progress;
mod records;
mod replay;
mod state;
mod tagset;
#[cfg(test)]
mod tests;

pub use country::CountryCode;
pub use edit::{ApplyError, Author, Change, Edit, Swap};
pub use entity::Entity;
pub use event::{
    CONTEXTS, Event, EventDate, EventPlace, EventType, Modality, NamedClass, Participant, Plover, Polarity, QuadClass,
    Role,
};
pub use history::{History, Session};
pub use ids::{ArticleId, EntityId, EventId, MentionId};
pub use mention::{Mention, Origin, Proposed, Stamp, Status, Target};
pub use ops::Place;
pub use progress::{Progress, Stage};
pub use records::{IdCounters, List, MAX_ID, RecordError, RecordProblem, Records};
pub use state::{ArticleRecord, Project};
pub use tagset::{Kind, KindId, Schema, Tagset};
