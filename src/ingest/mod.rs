//! Bytes into articles: one module a format; a function of its input, never the disk.
//!
//! A new format is a module with a function that reads and a row in [`FORMATS`]. A file holds one article or many;
//! [`read_each`] hands them on one by one, with a [`Remark`] on what could not be read and on what was left out. The
//! limits of [`limits`] see to it that no file holds the program up.

mod archive;
mod article;
mod clutter;
mod columns;
mod csv;
mod databank;
mod dateline;
mod days;
mod decode;
mod dom;
mod epub;
mod error;
mod facts;
mod guard;
pub mod html;
mod json;
mod language;
mod left_out;
pub mod limits;
mod mail;
mod markdown;
mod names;
mod newsml;
mod ninjs;
mod office;
pub mod parts;
mod pdf;
mod posted;
mod render;
mod rtf;
pub mod samples;
mod sink;
mod story;
mod text;
mod warc;
mod xml;
mod zipped;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod many;
#[cfg(test)]
mod nothing_lost;
#[cfg(test)]
mod pages_tests;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use crate::text::Article;

pub use columns::{Columns, Field, Table};
pub(crate) use csv::delimiter;
pub use error::IngestError;
use left_out::LeftOut;
pub use limits::MAX_ARTICLE_BYTES;
use names::{file_name, stem};
use sink::Sink;
pub use sink::{Item, Remark};

/// Reads the article of a file, and tells what is left out of it.
type ReadOne = fn(&str, &[u8], &mut LeftOut) -> Result<Article, IngestError>;

/// How a format is read: from a file's name and bytes.
#[derive(Clone, Copy)]
enum Read {
    /// A file is one article, of which parts may be left out on purpose.
    One(ReadOne),
    /// A file holds any number of articles.
    Many(fn(&Input<'_>, &mut Sink<'_>) -> Result<(), IngestError>),
}

/// A format that articles are read from.
#[derive(Clone, Copy)]
pub struct Format {
    /// What it is called: "Web page".
    pub name: &'static str,
    /// File name extensions in small letters, without the dot; the usual one first.
    pub extensions: &'static [&'static str],
    /// The largest file that is read, in bytes.
    pub max_bytes: usize,
    /// Whether a file may be made so that it takes much memory or time to read: it belongs in a process of its own.
    pub risky: bool,
    read: Read,
}

const fn one(name: &'static str, extensions: &'static [&'static str], read: ReadOne) -> Format {
    Format { name, extensions, max_bytes: MAX_ARTICLE_BYTES, risky: false, read: Read::One(read) }
}

const fn document(name: &'static str, extensions: &'static [&'static str], read: ReadOne) -> Format {
    Format { name, extensions, max_bytes: limits::MAX_DOCUMENT_BYTES, risky: true, read: Read::One(read) }
}

const fn many(
    name: &'static str,
    extensions: &'static [&'static str],
    read: fn(&Input<'_>, &mut Sink<'_>) -> Result<(), IngestError>,
) -> Format {
    Format { name, extensions, max_bytes: limits::MAX_COLLECTION_BYTES, risky: true, read: Read::Many(read) }
}

/// All formats, the plain one first: it also reads what no other format claims.
pub const FORMATS: &[Format] = &[
    PLAIN,
    one("Markdown", &["md", "markdown"], markdown::read),
    one("Web page", &["html", "htm", "xhtml"], html::read),
    document("Web page in one file", &["mhtml", "mht"], mail::page),
    document("PDF", &["pdf"], pdf::read),
    document("Word document", &["docx", "docm"], office::docx),
    document("OpenDocument text", &["odt", "fodt"], office::odt),
    document("Rich text", &["rtf"], rtf::read),
    many("E-book", &["epub"], epub::read),
    many("Table", &["csv", "tsv"], csv::read),
    many("JSON of articles", &["json", "jsonl", "ndjson"], json::read),
    many("NewsML-G2 and NITF", &["xml", "newsml"], newsml::read),
    many("Mail", &["eml", "mbox"], mail::read),
    many("Web archive", &["warc"], warc::read),
    many("Archive", &["zip", "gz", "tgz", "tar"], archive::read),
];

/// How a file is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which column of a table, or key of a JSON object, holds what; the rest is guessed from their names.
    pub columns: Columns,
}

/// A file, or one inside another.
struct Input<'a> {
    /// Its path or name, for messages and as where an article comes from.
    name: &'a str,
    bytes: &'a [u8],
    options: &'a Options,
    /// How many files it is inside of.
    depth: usize,
}

/// The extensions of all formats, for dialogs and for folders.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().flat_map(|format| format.extensions).copied()
}

/// The format that a file will be read as: by the extension of its name (a path or a bare name), or by its first bytes
/// where the extension says nothing.
pub fn format_of(name: &str, head: &[u8]) -> &'static Format {
    let extension = file_name(name).rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let of = |extension: &str| FORMATS.iter().find(|format| format.extensions.contains(&extension));
    extension.and_then(|extension| of(&extension)).or_else(|| of(looks_like(head)?)).unwrap_or(&PLAIN)
}

/// Reads all articles of a file, and what could not be read or was left out of it, in its order, and hands them to `take` until that
/// breaks. The name is a path or a bare name.
pub fn read_each(name: &str, bytes: &[u8], options: &Options, take: &mut dyn FnMut(Item) -> ControlFlow<()>) {
    let mut sink = Sink::new(file_name(name), take);
    if let Err(error) = read_into(&Input { name, bytes, options, depth: 0 }, &mut sink) {
        sink.problem("", &error.to_string());
    }
    sink.end();
}

/// Reads an article from the bytes of the file `name`; of a file that holds many, the first. What is left out of it is
/// told by [`read_each`] only.
///
/// # Errors
/// See [`IngestError`].
pub fn read(name: &str, bytes: &[u8]) -> Result<Article, IngestError> {
    let format = format_of(name, bytes);
    check_size(format, name, bytes)?;
    let whole = match format.read {
        Read::One(read) => Some(read(name, bytes, &mut LeftOut::default())?),
        Read::Many(_) => None,
    };
    if let Some(whole) = whole {
        let pieces = databank::split(name, &whole.meta.origin, whole.text.as_str(), &mut LeftOut::default());
        let first = pieces.into_iter().flatten().find_map(|piece| match piece {
            databank::Piece::Article(article) => Some(*article),
            databank::Piece::Missing(_) => None,
        });
        return Ok(first.unwrap_or(whole));
    }
    let mut first = Err(IngestError::damaged(name, "no article was found in it"));
    read_each(name, bytes, &Options::default(), &mut |item| match item {
        Item::Article(article) => {
            first = Ok(*article);
            ControlFlow::Break(())
        }
        Item::Problem(problem) => {
            first = Err(IngestError::damaged(name, problem.reason));
            ControlFlow::Continue(())
        }
        Item::LeftOut(_) | Item::Table(_) => ControlFlow::Continue(()),
    });
    first
}

/// The refusal of a file of `size` bytes, for callers that know the size before they have the bytes.
pub fn too_large(name: &str, size: usize) -> IngestError {
    let limit = format_of(name, &[]).max_bytes;
    IngestError::TooLarge { name: file_name(name).to_owned(), size, limit }
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

/// What reads all that no other format claims.
const PLAIN: Format = one("Plain text", &["txt", "text"], text::read);

/// The extension that a file should have by what it begins with.
fn looks_like(head: &[u8]) -> Option<&'static str> {
    const STARTS: [(&[u8], &str); 6] = [
        (b"%PDF-", "pdf"),
        (b"{\\rtf", "rtf"),
        (b"PK\x03\x04", "zip"),
        (b"\x1f\x8b", "gz"),
        (b"WARC/", "warc"),
        (b"From ", "mbox"),
    ];
    if let Some((_, extension)) = STARTS.iter().find(|(start, _)| head.starts_with(start)) {
        return Some(extension);
    }
    let head = String::from_utf8_lossy(head.get(..256).unwrap_or(head)).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    ["<!doctype html", "<html"].iter().any(|start| head.starts_with(start)).then_some("html")
}

fn check_size(format: &Format, name: &str, bytes: &[u8]) -> Result<(), IngestError> {
    if bytes.len() <= format.max_bytes {
        return Ok(());
    }
    Err(IngestError::TooLarge { name: file_name(name).to_owned(), size: bytes.len(), limit: format.max_bytes })
}

/// Hands on an article, or those that an export of a news database holds.
fn whole_or_parts(
    name: &str,
    article: Article,
    left_out: &mut LeftOut,
    sink: &mut Sink<'_>,
) -> Result<(), IngestError> {
    let Some(pieces) = databank::split(name, &article.meta.origin, article.text.as_str(), left_out) else {
        return sink.article(article);
    };
    for piece in pieces {
        match piece {
            databank::Piece::Article(article) => sink.article(*article)?,
            databank::Piece::Missing(place) => sink.problem(
                &place,
                "this document only says that it cannot be displayed, so it gives no article; export it again",
            ),
        }
    }
    Ok(())
}

/// Reads a file of any format, which may lie inside another.
fn read_into(input: &Input<'_>, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    if input.bytes.is_empty() {
        return Err(IngestError::Empty { name: file_name(input.name).to_owned() });
    }
    let format = format_of(input.name, input.bytes);
    check_size(format, input.name, input.bytes)?;
    match format.read {
        Read::One(read) => {
            let mut left_out = LeftOut::default();
            let article = read(input.name, input.bytes, &mut left_out)?;
            whole_or_parts(input.name, article, &mut left_out, sink)?;
            sink.left_out("", &left_out);
            Ok(())
        }
        Read::Many(read) => read(input, sink),
    }
}
