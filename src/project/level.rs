//! How much of what the engine found of events a person sees.

use serde::{Deserialize, Serialize};

/// From which level on an event is shown, and down to which level events are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// What the article is about.
    Main,
    /// What a person who indexes the article would keep as a row of its own.
    #[default]
    Kept,
    /// The background too: what is told in passing.
    Everything,
}

impl Level {
    /// All, from few events to many.
    pub const ALL: [Self; 3] = [Self::Main, Self::Kept, Self::Everything];

    /// As exports and the command line write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Kept => "kept",
            Self::Everything => "everything",
        }
    }

    /// The level of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// Whether it is the one that is taken where nothing is said.
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
