//! What can go wrong with files, each told as: which file, what happened, what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::owner::Owner;
use crate::ingest::IngestError;

/// What was being done to a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Reading a file.
    Read,
    /// Writing a file.
    Write,
    /// Removing a file.
    Remove,
    /// Listing or making a folder.
    Folder,
}

impl Action {
    fn words(self) -> &'static str {
        match self {
            Self::Read => "could not be read",
            Self::Write => "could not be saved",
            Self::Remove => "could not be removed",
            Self::Folder => "could not be used as a folder",
        }
    }
}

/// Why a file was not read or written. The file on disk is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The system refused.
    #[error("“{}” {}: {reason}", path.display(), action.words())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What was being done.
        action: Action,
        /// What sort of failure.
        kind: io::ErrorKind,
        /// What happened and what to do, in words.
        reason: String,
    },
    /// Larger than what is read.
    #[error("“{}” is {} MB large, more than the {} MB that can be opened", path.display(), size.div_ceil(1_000_000), limit / 1_000_000)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// Not a project file.
    #[error(
        "“{name}” is not a Rubricator project, or its beginning is damaged: no schema version stands in it. Open it as an article, or take an earlier copy"
    )]
    NotAProject {
        /// The file.
        name: String,
    },
    /// Made by a program that came later.
    #[error(
        "“{name}” was saved by a newer Rubricator: it has schema version {found}, this program reads up to {known}. Install the newer program to open it"
    )]
    Newer {
        /// The file.
        name: String,
        /// Its schema version.
        found: u64,
        /// The newest that is known here.
        known: u64,
    },
    /// Truncated, garbled, or records that do not fit together.
    #[error(
        "“{name}” is damaged at line {line}, column {column}{}: {what}. The file was left as it is. Open it in the window, or with `rubricator check`, to keep what is whole",
        in_record(record)
    )]
    Damaged {
        /// The file.
        name: String,
        /// From 1.
        line: usize,
        /// In characters, from 1.
        column: usize,
        /// Which record, as "mention 3 (m17)"; empty outside of records.
        record: String,
        /// What is wrong.
        what: String,
    },
    /// The project could not be put into words; tells of a fault in the program.
    #[error("the project could not be written: {0}")]
    Encode(String),
    /// The journal has been moved or cut by something else while the project was open.
    #[error("“{}”, which keeps your changes until they are saved, has been removed. Save the project", .0.display())]
    JournalGone(PathBuf),
    /// Another window has the project open.
    #[error("“{}” is open in another window, {owner}", path.display())]
    InUse {
        /// The project.
        path: PathBuf,
        /// Whose window.
        owner: Box<Owner>,
    },
    /// Another run is writing a file of answers.
    #[error("“{}” is being written by another run. Wait for its end, or name another file", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// Another program has written the project's file since it was read.
    #[error("“{}” has been changed by another program since it was opened", path.display())]
    Changed {
        /// The project.
        path: PathBuf,
    },
    /// A file that is read in a process of its own, which cannot be started.
    #[error(
        "“{}” is read in a process of its own, which could not be started: {reason}. Start the program again, or install it anew",
        path.display()
    )]
    NoProcess {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// An article that is not text, is empty or too large.
    #[error(transparent)]
    Article(#[from] IngestError),
}

fn in_record(record: &str) -> String {
    if record.is_empty() { String::new() } else { format!(", in {record}") }
}

impl StoreError {
    /// What the system said, with advice.
    pub(super) fn disk(path: &Path, action: Action, error: &io::Error) -> Self {
        Self::Disk { path: path.to_owned(), action, kind: error.kind(), reason: reason(path, action, error) }
    }

    /// Whether the folder or the file may not be written.
    pub(super) fn is_refused(&self) -> bool {
        use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        matches!(self, Self::Disk { kind: PermissionDenied | ReadOnlyFilesystem, .. })
    }

    /// Whether the file or its folder is not there.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Disk { kind: io::ErrorKind::NotFound, .. })
    }
}

fn reason(path: &Path, action: Action, error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (error.kind(), action) {
        (Kind::NotFound, Action::Write) => {
            format!("the folder “{}” is not there any more. Save in another folder", folder.display())
        }
        (Kind::NotFound, _) => "there is no such file or folder. It may have been moved, renamed or removed".to_owned(),
        (Kind::PermissionDenied | Kind::ReadOnlyFilesystem, Action::Write) => {
            format!(
                "it or the folder “{}” is read-only. Save under another name or in another folder",
                folder.display()
            )
        }
        (Kind::PermissionDenied, _) => {
            "you are not allowed to. Change its permissions, or copy it to a place of your own".to_owned()
        }
        (Kind::StorageFull | Kind::QuotaExceeded, _) => {
            "the disk is full. Free some space and save again, or save on another disk".to_owned()
        }
        (Kind::FileTooLarge, _) => "it is too large for this disk. Save on another disk".to_owned(),
        (Kind::IsADirectory, _) => "it is a folder. Choose a file name".to_owned(),
        (Kind::NotADirectory, _) => "a part of its path is a file, not a folder. Choose another folder".to_owned(),
        _ => error.to_string(),
    }
}
