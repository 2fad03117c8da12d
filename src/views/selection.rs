//! What of a collection is looked at: one for all views.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::collection::Answer;
use crate::project::{CountryCode, EntityId, EventType, KindId};

/// What is selected; an empty set holds everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// From this day on. An event counts by its own days, where these are told, everything else by the day on which its article
    /// was published; what has no day is left out where days are asked for.
    pub from: Option<Date>,
    /// Until this day.
    pub until: Option<Date>,
    /// Of these kinds.
    pub kinds: BTreeSet<KindId>,
    /// Events of these types; other mentions are not concerned.
    pub types: BTreeSet<EventType>,
    /// In articles of these sources.
    pub sources: BTreeSet<String>,
    /// In articles of which any of these was said, for each article tag that is among them.
    pub answers: BTreeSet<Answer>,
    /// All of these words stand in the name of an entity, or of an event or somebody who takes part in it.
    pub names: String,
    /// These entities, and events in which they take part.
    pub entities: BTreeSet<EntityId>,
    /// What belongs to these countries, and events that took place there or in which they take part.
    pub countries: BTreeSet<CountryCode>,
    /// Only what was accepted, no suggestions.
    pub accepted: bool,
}

impl Selection {
    /// Whether everything is selected.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}
