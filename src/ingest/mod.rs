//! Bytes into articles: one module a format; a function of its input, never the disk.
//!
//! A new format is a module with a `read` function and a row in [`FORMATS`]. Limits, so that no file can hold the
//! program up: [`MAX_ARTICLE_BYTES`] for every file; for web pages also those of [`html`].

mod dateline;
mod decode;
mod dom;
mod guard;
pub mod html;
mod language;
mod markdown;
mod render;
pub mod samples;
mod text;

#[cfg(test)]
mod tests;

use crate::text::{Article, Metadata, Text, TextTooLong};

/// The largest file that is read as one article, in bytes: 16 MiB, some thousand pages.
pub const MAX_ARTICLE_BYTES: usize = 16 * 1024 * 1024;

/// A format that articles are read from.
#[derive(Clone, Copy)]
pub struct Format {
    /// What it is called: "Web page".
    pub name: &'static str,
    /// File name extensions in small letters, without the dot; the usual one first.
    pub extensions: &'static [&'static str],
    read: fn(&str, &[u8]) -> Result<Article, IngestError>,
}

/// All formats, the plain one first: it also reads what no other format claims.
pub const FORMATS: &[Format] = &[
    Format { name: "Plain text", extensions: &["txt", "text"], read: text::read },
    Format { name: "Markdown", extensions: &["md", "markdown"], read: markdown::read },
    Format { name: "Web page", extensions: &["html", "htm", "xhtml"], read: html::read },
];

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
    /// More than [`MAX_ARTICLE_BYTES`].
    #[error("“{name}” is {} MB large, more than the {} MB that one article may have. Split it into articles and open those",
        size.div_ceil(1_000_000), MAX_ARTICLE_BYTES / 1_000_000)]
    TooLarge {
        /// The file.
        name: String,
        /// Its size in bytes.
        size: usize,
    },
    /// A page that goes over one of the limits of [`html`].
    #[error("“{name}” is too tangled to be read as an article: {what}. Copy its text and paste that instead")]
    TooComplex {
        /// The file.
        name: String,
        /// Which limit it goes over.
        what: String,
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

/// The extensions of all formats, for dialogs and for folders.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().flat_map(|format| format.extensions).copied()
}

/// Reads an article from the bytes of the file `name` (a path or a bare name; its extension chooses the format, or
/// its first bytes where the extension says nothing).
///
/// # Errors
/// See [`IngestError`].
pub fn read(name: &str, bytes: &[u8]) -> Result<Article, IngestError> {
    if bytes.len() > MAX_ARTICLE_BYTES {
        return Err(too_large(name, bytes.len()));
    }
    match format_of(name, bytes) {
        Some(format) => (format.read)(name, bytes),
        None => text::read(name, bytes),
    }
}

/// The refusal of a file of `size` bytes, for callers that know the size before they have the bytes.
pub fn too_large(name: &str, size: usize) -> IngestError {
    IngestError::TooLarge { name: file_name(name).to_owned(), size }
}

/// An article from text that a person pasted; line ends, spaces and normalisation form stay.
///
/// # Errors
/// Empty, or larger than [`MAX_ARTICLE_BYTES`].
pub fn pasted(pasted: &str) -> Result<Article, IngestError> {
    let name = "Pasted text";
    if pasted.len() > MAX_ARTICLE_BYTES {
        return Err(too_large(name, pasted.len()));
    }
    text::article(name, "", pasted.to_owned())
}

fn format_of(name: &str, bytes: &[u8]) -> Option<&'static Format> {
    let extension = file_name(name).rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let by_extension =
        extension.and_then(|extension| FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str())));
    by_extension.or_else(|| {
        let head = String::from_utf8_lossy(bytes.get(..256).unwrap_or(bytes)).to_ascii_lowercase();
        let head = head.trim_start_matches('\u{feff}').trim_start();
        let page = ["<!doctype html", "<html"].iter().any(|start| head.starts_with(start));
        page.then(|| FORMATS.iter().find(|format| format.extensions.contains(&"html"))).flatten()
    })
}

/// The last part of a path, of either slash.
fn file_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// The file's name without folder and extension, as a title of last resort.
fn stem(name: &str) -> &str {
    let file = file_name(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem })
}

/// Completes an article: refuses one without words, guesses the language, falls back to the file's name.
fn finish(name: &str, mut meta: Metadata, text: String) -> Result<Article, IngestError> {
    if text.trim().is_empty() {
        return Err(IngestError::Empty { name: file_name(name).to_owned() });
    }
    if meta.title.trim().is_empty() {
        stem(name).clone_into(&mut meta.title);
    }
    if meta.language.is_empty() {
        meta.language = language::guess(&text).unwrap_or_default().to_owned();
    }
    let text = Text::new(text).map_err(|error| IngestError::TooLong { name: file_name(name).to_owned(), error })?;
    Ok(Article { meta, text })
}
