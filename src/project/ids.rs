//! Identifiers: of a project's records, which are small numbers, unique within their kind and never used again; and of the
//! kinds of mention, which are words.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The largest id that a file may hold; it leaves room for as many new ones.
pub const MAX_ID: u32 = u32::MAX / 2;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl super::shared::Numbered for $name {
            fn number(self) -> u32 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    };
}

id!(
    /// An article; shown as `a1`.
    ArticleId, "a"
);
id!(
    /// An entity; shown as `e1`.
    EntityId, "e"
);
id!(
    /// An event; shown as `v1`.
    EventId, "v"
);
id!(
    /// A mention; shown as `m1`.
    MentionId, "m"
);

/// The name by which mentions and entities refer to a kind; stable across renames of what is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindId(pub SmolStr);

impl KindId {
    /// People.
    pub const PERSON: Self = Self(SmolStr::new_static("person"));
    /// Countries.
    pub const COUNTRY: Self = Self(SmolStr::new_static("country"));
    /// Events, named ones and happenings.
    pub const EVENT: Self = Self(SmolStr::new_static("event"));

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
