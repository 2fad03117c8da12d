//! Zip, tar and gzip: each file in them as if it had been opened by itself.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use tar::Archive;
use zip::ZipArchive;

use super::limits::{MAX_COLLECTION_BYTES, MAX_ENTRIES, MAX_FILE_DEPTH};
use super::names::{file_name, stem};
use super::sink::Sink;
use super::{IngestError, Input, extensions, read_into, zipped};

pub(super) fn read(input: &Input<'_>, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    if input.depth >= MAX_FILE_DEPTH {
        let what =
            format!("it lies in an archive in an archive, more than {MAX_FILE_DEPTH} deep. Unpack the outer ones");
        return Err(IngestError::damaged(input.name, what));
    }
    let lower = input.name.to_ascii_lowercase();
    let is_tar = lower.ends_with(".tgz") || lower.ends_with(".tar.gz");
    if input.bytes.starts_with(b"\x1f\x8b") {
        let packed = MultiGzDecoder::new(input.bytes);
        if is_tar { tar(input, packed, sink) } else { gzip(input, packed, sink) }
    } else if lower.ends_with(".tar") {
        tar(input, input.bytes, sink)
    } else {
        zip(input, sink)
    }
}

fn zip(input: &Input<'_>, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let mut archive = ZipArchive::new(Cursor::new(input.bytes)).map_err(|error| zipped::damaged(input.name, &error))?;
    if archive.len() > MAX_ENTRIES {
        return Err(sink.too_much(format!("{MAX_ENTRIES} files")));
    }
    // An office file or an e-book whose name does not say so.
    if let Some(extension) = document(&mut archive) {
        let name = format!("{}.{extension}", input.name);
        return read_into(&Input { name: &name, depth: input.depth + 1, ..*input }, sink);
    }
    let mut left = Left::default();
    let mut names: Vec<(String, usize)> = Vec::new();
    for at in 0..archive.len() {
        let Some(Ok(name)) = archive.name_for_index(at) else {
            sink.problem("", &format!("the name of file {} in it cannot be read", at + 1));
            continue;
        };
        if left.wants(&name) {
            names.push((name.into_owned(), at));
        }
    }
    names.sort();
    for (name, at) in names {
        sink.inside(&name, |sink| {
            let file = archive.by_index(at).map_err(|error| zipped::damaged(&name, &error))?;
            entry(input, &name, file, sink)
        })?;
    }
    left.tell(sink);
    Ok(())
}

/// The extension that a zip file should have by what is in it.
fn document(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Option<&'static str> {
    if archive.index_for_name("word/document.xml").is_some() {
        return Some("docx");
    }
    let mut kind = String::new();
    archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut kind).ok()?;
    match kind.trim() {
        "application/epub+zip" => Some("epub"),
        "application/vnd.oasis.opendocument.text" => Some("odt"),
        _ => None,
    }
}

fn tar(input: &Input<'_>, packed: impl Read, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let damaged = |error: std::io::Error| {
        IngestError::damaged(input.name, format!("it is damaged, or no tar file ({error}). Download or copy it again"))
    };
    let mut left = Left::default();
    let mut archive = Archive::new(packed);
    for (count, file) in archive.entries().map_err(damaged)?.enumerate() {
        if count >= MAX_ENTRIES {
            return Err(sink.too_much(format!("{MAX_ENTRIES} files")));
        }
        let file = file.map_err(damaged)?;
        let name = String::from_utf8_lossy(&file.path_bytes()).into_owned();
        // What is passed over is unpacked all the same.
        let size = file.size();
        if !file.header().entry_type().is_file() || !left.wants(&name) {
            sink.count(size)?;
            continue;
        }
        sink.inside(&name, |sink| entry(input, &name, file, sink))?;
    }
    left.tell(sink);
    Ok(())
}

/// A single file, packed: `page.html.gz`.
fn gzip(input: &Input<'_>, packed: impl Read, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let name = if input.name.to_ascii_lowercase().ends_with(".gz") {
        let folder = input.name.len() - file_name(input.name).len();
        format!("{}{}", input.name.get(..folder).unwrap_or_default(), stem(input.name))
    } else {
        input.name.to_owned()
    };
    let bytes = sink.unpack(input.name, packed, MAX_COLLECTION_BYTES)?;
    // A tar file whose name does not say so.
    let name = if bytes.get(257..262) == Some(b"ustar") { format!("{name}.tar") } else { name };
    read_into(&Input { name: &name, bytes: &bytes, depth: input.depth + 1, ..*input }, sink)
}

fn entry(input: &Input<'_>, name: &str, packed: impl Read, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let limit = super::format_of(name, &[]).max_bytes;
    let bytes = sink.unpack(name, packed, limit)?;
    let name = format!("{}/{name}", input.name);
    read_into(&Input { name: &name, bytes: &bytes, depth: input.depth + 1, ..*input }, sink)
}

/// What of an archive is not read, as it is of no known format.
#[derive(Default)]
struct Left {
    count: usize,
    /// The first of them.
    names: Vec<String>,
}

impl Left {
    /// How many are named.
    const NAMED: usize = 5;

    /// Whether a file is to be read. Folders, hidden files and what macOS adds are passed over.
    fn wants(&mut self, name: &str) -> bool {
        let hidden = name.split(['/', '\\']).any(|part| part.starts_with('.') && part != "." || part == "__MACOSX");
        if hidden || name.ends_with(['/', '\\']) {
            return false;
        }
        let extension = file_name(name).rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let known = extension.is_some_and(|extension| extensions().any(|known| known == extension));
        if !known {
            self.count += 1;
            if self.names.len() < Self::NAMED {
                self.names.push(file_name(name).to_owned());
            }
        }
        known
    }

    fn tell(&self, sink: &mut Sink<'_>) {
        if self.count == 0 {
            return;
        }
        let more = if self.count > self.names.len() { ", …" } else { "" };
        let names = self.names.join(", ");
        let what = match self.count {
            1 => "1 file of another format was".to_owned(),
            count => format!("{count} files of other formats were"),
        };
        sink.passed_over(&format!("{what} left out: {names}{more}"));
    }
}
