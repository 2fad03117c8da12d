//! Why a file is not read, in words for the person who chose it.

use super::names::file_name;
use crate::text::TextTooLong;

/// Why a file did not become an article. Each message names the file, what is wrong with it and what can be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IngestError {
    /// No bytes, or nothing but white space.
    #[error("“{name}” is empty: there is no text in it to tag")]
    Empty {
        /// The file.
        name: String,
    },
    /// Not text at all.
    #[error("“{name}” is not a text file: it looks like {what}. Save it as plain text or as a web page and open that")]
    NotText {
        /// The file.
        name: String,
        /// What it looks like, with its article.
        what: &'static str,
    },
    /// More than what a file of its format may have.
    #[error("“{name}” is {} MB large, more than the {} MB that are read. Split it and open the parts",
        size.div_ceil(1_000_000), limit / 1_000_000)]
    TooLarge {
        /// The file.
        name: String,
        /// Its size in bytes.
        size: usize,
        /// The most it may have.
        limit: usize,
    },
    /// A page that goes over one of the limits of [`html`], or XML that does.
    #[error("“{name}” is too tangled to be read as an article: {what}. Copy its text and paste that instead")]
    TooComplex {
        /// The file.
        name: String,
        /// Which limit it goes over.
        what: String,
    },
    /// Not what its name says, or damaged.
    #[error("“{name}” cannot be read: {what}")]
    Damaged {
        /// The file.
        name: String,
        /// What is wrong and what can be done, in words.
        what: String,
    },
    /// Packed so tightly that it would fill the memory, or with more in it than is read.
    #[error(
        "“{name}” is read no further: it holds more than {what}. Unpack or split it and open the parts that are wanted"
    )]
    TooMuch {
        /// The file.
        name: String,
        /// Which limit it goes over.
        what: String,
    },
    /// Whoever asked for the articles wants no more.
    #[error("“{name}” was read no further")]
    Stopped {
        /// The file.
        name: String,
    },
    /// A text that ranges cannot address; cannot happen below [`MAX_ARTICLE_BYTES`].
    #[error("“{name}” cannot be read: {error}")]
    TooLong {
        /// The file.
        name: String,
        /// How long it is.
        error: TextTooLong,
    },
}

impl IngestError {
    /// Whether nothing more can come of the whole file, not only of the part that it happened in.
    pub(super) fn ends_all(&self) -> bool {
        matches!(self, Self::TooMuch { .. } | Self::Stopped { .. })
    }

    pub(super) fn damaged(name: &str, what: impl Into<String>) -> Self {
        Self::Damaged { name: file_name(name).to_owned(), what: what.into() }
    }
}
