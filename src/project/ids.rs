//! Identifiers of the records of a project: small numbers, unique within their kind, never used again.

use serde::{Deserialize, Serialize};

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
