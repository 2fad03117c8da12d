//! The parts of a zip file that is a document: office files and e-books.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::IngestError;
use super::limits::{MAX_DOCUMENT_BYTES, MAX_ENTRIES};
use super::names::file_name;

/// A zip file, its parts not unpacked yet.
pub(super) struct Zipped<'b> {
    name: &'b str,
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// How much may still be unpacked, in bytes.
    left: u64,
}

impl<'b> Zipped<'b> {
    pub(super) fn open(name: &'b str, bytes: &'b [u8]) -> Result<Self, IngestError> {
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            let what = "it is encrypted, or of an office program before 2007. Save it there without a password, as \
                        .docx, .odt or plain text, and open that";
            return Err(IngestError::damaged(name, what));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(name, &error))?;
        if archive.len() > MAX_ENTRIES {
            let what = format!("{MAX_ENTRIES} files");
            return Err(IngestError::TooMuch { name: file_name(name).to_owned(), what });
        }
        Ok(Self { name, archive, left: MAX_DOCUMENT_BYTES as u64 })
    }

    /// The names of all parts that begin so, in their order.
    pub(super) fn names(&self, start: &str) -> Vec<String> {
        let mut names: Vec<_> =
            self.archive.file_names().flatten().filter(|name| name.starts_with(start)).map(String::from).collect();
        names.sort();
        names
    }

    /// A part, unpacked; none where it is not there.
    pub(super) fn part(&mut self, part: &str) -> Result<Option<Vec<u8>>, IngestError> {
        let file = match self.archive.by_name(part) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(self.name, &error)),
        };
        let mut bytes = Vec::new();
        file.take(self.left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| IngestError::damaged(self.name, format!("“{part}” in it is damaged ({error})")))?;
        let size = bytes.len() as u64;
        if size > self.left {
            let what = format!("{} MB unpacked", MAX_DOCUMENT_BYTES / 1_000_000);
            return Err(IngestError::TooMuch { name: file_name(self.name).to_owned(), what });
        }
        self.left -= size;
        Ok(Some(bytes))
    }

    /// A part that must be there.
    pub(super) fn needed(&mut self, part: &str) -> Result<Vec<u8>, IngestError> {
        let missing = || IngestError::damaged(self.name, format!("it is damaged: “{part}” is not in it"));
        let name = missing();
        self.part(part)?.ok_or(name)
    }
}

/// What is wrong with a zip file, in words.
pub(super) fn damaged(name: &str, error: &ZipError) -> IngestError {
    let what = match error {
        ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED => {
            "it is locked with a password. Unpack it and open what is in it".to_owned()
        }
        error => format!("it is damaged, or no zip file ({error}). Download or copy it again"),
    };
    IngestError::damaged(name, what)
}
