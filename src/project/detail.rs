//! What is known of an article beside its text, field by field.

use serde::{Deserialize, Serialize};

use crate::text::Metadata;

/// A field of an article's metadata that a person can set for several articles at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Detail {
    Title,
    Date,
    Source,
    Author,
    Section,
    Language,
}

impl Detail {
    /// All, as they are offered.
    pub const ALL: [Self; 6] = [Self::Title, Self::Date, Self::Source, Self::Author, Self::Section, Self::Language];

    /// In the middle of a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Date => "date",
            Self::Source => "source",
            Self::Author => "author",
            Self::Section => "section",
            Self::Language => "language",
        }
    }

    /// What an article has of it; a date as YYYY-MM-DD.
    pub fn of(self, meta: &Metadata) -> String {
        match self {
            Self::Title => meta.title.clone(),
            Self::Date => meta.date.map(|date| date.to_string()).unwrap_or_default(),
            Self::Source => meta.source.clone(),
            Self::Author => meta.author.clone(),
            Self::Section => meta.section.clone(),
            Self::Language => meta.language.clone(),
        }
    }
}
