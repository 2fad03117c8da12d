//! Identifiers: of a project's records, which are small numbers, unique within their kind and never used again; and of the
//! kinds of mention, which are words.

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::shared::Numbered;

/// The largest id that a file may hold; it leaves room for as many new ones.
pub const MAX_ID: u32 = u32::MAX / 2;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl Numbered for $name {
            fn number(self) -> u32 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    };
}

/// The ids of records that are kept in tables, in the order of the tables: of each its kind, its id, how that is shown, and
/// what one is called.
macro_rules! row_ids {
    ($($(#[$doc:meta])* $Record:ident $Id:ident $prefix:literal $noun:literal;)*) => {
        $(id!($(#[$doc])* $Id, $prefix);)*

        /// The number of a record, with its kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "named as the records")]
        pub enum RowId {
            $($Record($Id),)*
        }

        impl RowId {
            /// The number alone.
            pub fn number(self) -> u32 {
                match self {
                    $(Self::$Record(id) => id.0,)*
                }
            }

            /// What a record of its kind is called.
            pub fn noun(self) -> &'static str {
                match self {
                    $(Self::$Record(_) => $noun,)*
                }
            }
        }

        impl fmt::Display for RowId {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$Record(id) => fmt::Display::fmt(id, f),)*
                }
            }
        }

        $(impl From<$Id> for RowId {
            fn from(id: $Id) -> Self {
                Self::$Record(id)
            }
        })*
    };
}

id!(
    /// An article; shown as `a1`.
    ArticleId, "a"
);
row_ids! {
    /// An entity; shown as `e1`.
    Entity EntityId "e" "entity";
    /// An event; shown as `v1`.
    Event EventId "v" "event";
    /// A mention; shown as `m1`.
    Mention MentionId "m" "mention";
    /// A relation; shown as `r1`.
    Relation RelationId "r" "relation";
    /// A judgement; shown as `j1`.
    Judgement JudgementId "j" "judgement";
    /// A contributor; shown as `c1`.
    Contributor ContributorId "c" "annotator";
    /// A ruling; shown as `d1`.
    Ruling RulingId "d" "ruling";
}

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
