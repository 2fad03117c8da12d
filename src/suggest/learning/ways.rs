//! Conventions of a project: ways of naming countries and types of events that it does not want.

use std::collections::BTreeMap;

use super::scores::step;
use crate::project::EventType;
use crate::suggest::CountryName;

/// In so many articles something has to be rejected before that is a convention.
const ARTICLES: u32 = 3;
/// So often events of a type have to be rejected: the engine is wrong about more of them than of countries.
const EVENTS: u32 = 5;
/// What is accepted once in so many times is wanted.
const SHARE: u32 = 10;

/// What a convention may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Countries that are named in this way.
    Country(CountryName),
    /// Events of this type, which is one.
    Event(EventType),
}

impl Way {
    /// What a convention about events of a type is about, where that says anything.
    pub(super) fn of_event(kind: EventType) -> Option<Self> {
        (kind != EventType::Happening(None)).then_some(Self::Event(kind))
    }
}

/// Of each how often it was accepted and rejected in an article.
pub(super) type Counted = Box<[(Way, (u32, u32))]>;

/// What was decided of each.
pub(super) fn counted(decided: impl Iterator<Item = (Way, bool)>) -> Counted {
    let mut ways: BTreeMap<Way, (u32, u32)> = BTreeMap::new();
    for (way, is_right) in decided {
        let (right, wrong) = ways.entry(way).or_default();
        *(if is_right { right } else { wrong }) += 1;
    }
    ways.into_iter().collect()
}

/// How often each was accepted, and rejected, and in how many articles the latter was.
#[derive(Clone, Debug, Default)]
pub(super) struct Ways(BTreeMap<Way, (u32, u32, u32)>);

impl Ways {
    /// Takes in what an article teaches, or out again.
    pub(super) fn count(&mut self, counted: &Counted, more: bool) {
        for (way, (right, wrong)) in counted {
            let known = self.0.entry(*way).or_default();
            step(&mut known.0, *right, more);
            step(&mut known.1, *wrong, more);
            step(&mut known.2, u32::from(*wrong > 0), more);
        }
    }

    /// In how many articles it was rejected, where it is hardly ever accepted.
    pub(super) fn unwanted(&self, way: Way) -> Option<u32> {
        let (right, wrong, articles) = self.0.get(&way)?;
        let least = if matches!(way, Way::Event(_)) { EVENTS } else { ARTICLES };
        (*articles >= ARTICLES && *wrong >= least && right * SHARE <= *wrong).then_some(*articles)
    }

    /// Whether none is unwanted.
    pub(super) fn wants_all(&self) -> bool {
        self.0.keys().all(|way| self.unwanted(*way).is_none())
    }
}
