//! An article put together from what a file holds: its name, its text made clean.

use super::limits::MAX_ARTICLE_BYTES;
use super::names::{file_name, stem};
use super::{IngestError, language};
use crate::text::{Article, Metadata, Text};

/// Completes an article: refuses one without words, guesses the language, falls back to the file's name.
pub(super) fn finish(name: &str, mut meta: Metadata, text: String) -> Result<Article, IngestError> {
    if text.trim().is_empty() {
        return Err(IngestError::Empty { name: file_name(name).to_owned() });
    }
    if meta.title.trim().is_empty() {
        stem(name).clone_into(&mut meta.title);
    }
    if meta.language.is_empty() {
        meta.language = language::guess(&text).unwrap_or_default().to_owned();
    }
    if text.len() > MAX_ARTICLE_BYTES {
        let (name, size) = (file_name(name).to_owned(), text.len());
        return Err(IngestError::TooLarge { name, size, limit: MAX_ARTICLE_BYTES });
    }
    let text = Text::new(text).map_err(|error| IngestError::TooLong { name: file_name(name).to_owned(), error })?;
    Ok(Article { meta, text })
}
