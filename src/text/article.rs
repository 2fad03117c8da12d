//! An article: a text that never changes after import, and metadata that a person may edit.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use text_size::{TextRange, TextSize};

/// The immutable text of an article; cloning shares it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Text(Arc<str>);

/// A text of 4 GiB or more, which 32-bit ranges cannot address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is {0} bytes long, more than the 4 GiB that can be addressed")]
pub struct TextTooLong(pub usize);

impl Text {
    /// Takes the text as it is: line ends, spaces and normalisation form stay.
    ///
    /// # Errors
    /// [`TextTooLong`] from 4 GiB on.
    pub fn new(text: impl Into<Arc<str>>) -> Result<Self, TextTooLong> {
        let text = text.into();
        match TextSize::try_from(text.len()) {
            Ok(_) => Ok(Self(text)),
            Err(_) => Err(TextTooLong(text.len())),
        }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text under `range`, or `None` where it is outside the text or off a character boundary.
    pub fn slice(&self, range: TextRange) -> Option<&str> {
        self.0.get(super::bytes(range))
    }

    /// The range from `start` to `end` (bytes), if it lies in the text, on character boundaries, and is in order.
    pub fn range(&self, start: usize, end: usize) -> Option<TextRange> {
        self.0.get(start..end)?;
        super::byte_range(start, end)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(text).map_err(serde::de::Error::custom)
    }
}

/// What is known about an article beside its text. Everything here may be edited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// The headline, or the file's name where there is none.
    pub title: String,
    /// Who published it: a newspaper, an agency, a site.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Who wrote it; several names joined by commas.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// The part of the paper or site that it stands in: "News; Pg. 4", "Sports".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// Where it stands on the web.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// BCP 47 language tag, such as `en`; empty where unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The days that its reader found, the one it took first; none of what was typed, or read by older versions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<FoundDate>,
    /// The path or name it was imported from, as shown to a person; never opened again.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub origin: String,
}

/// A day that may be the day of publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundDate {
    /// The day.
    pub day: Date,
    /// Where it was found.
    pub at: DatePlace,
}

/// Where a date was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DatePlace {
    /// In the dateline: "BEIJING, 4 Feb 2022 –".
    Dateline,
    /// There, without a year.
    DatelineWithoutYear,
    /// On a line of its own among the first.
    Printed,
    /// There, without a year.
    PrintedWithoutYear,
    /// In a sentence of the text.
    Mentioned,
    /// Behind this label: "LOAD-DATE".
    Label(String),
    /// Elsewhere on the page.
    Page,
    /// In this field of what the file says of itself: `article:published_time`.
    Field(String),
    /// In this column of a table, or key of an object.
    Column(String),
    /// In the head of a mail.
    Mail,
    /// In the address on the web.
    Address,
    /// In the file's name.
    FileName,
    /// The day on which the file was made.
    FileMade,
    /// The day on which the file was last saved.
    FileSaved,
}

impl Metadata {
    /// Where the day of publication was found, or nothing where somebody typed it.
    pub fn date_found(&self) -> Option<&DatePlace> {
        self.dates.iter().find(|found| Some(found.day) == self.date).map(|found| &found.at)
    }
}

/// An article: metadata and text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Editable description.
    pub meta: Metadata,
    /// The text that all ranges point into.
    pub text: Text,
}
