//! The journal: every change to a project as it happens, in a file beside the project's, `.NAME.rubric.journal`.
//!
//! ```text
//! rubricator journal 2
//! 3f0c…  Begin((program:"rubricator 0.1.0",base:Some((size:812,sha256:"9d…")),revision:4,last:7))
//! 81aa…  Done((edit:(action:Accept(1),…),before:3,after:4))
//! 5be2…  Record(Did((edit:(action:Tag(places:1,kind:"Person"),…),before:4,after:8)))
//! c07d…  Saving(after:1,version:(size:990,sha256:"11…"))
//! ```
//!
//! The first line names the form. Every other is a checksum and one RON value. `Begin` names the exact version of the
//! project file that the journal belongs to, none while there is no file. The history follows: records that runs have
//! removed, what can be undone, what can be redone, the oldest first. Then comes what happened since. `Saving` says
//! that so many of these records are in a version of the file that is about to take its place: a journal whose program
//! was stopped right then belongs to that version from there on. After a save the journal begins anew.
//!
//! A checksum covers the line and the checksum before it: what is cut, changed, moved or left out is noticed, and
//! reading ends there.

mod file;
mod line;
mod thread;

pub(super) use file::Journal;
pub use line::{Contents, Entry, ReadError, read_journal};
pub use thread::Status;
pub(super) use thread::{Command, Place, Shared, locked, start};

use std::path::{Path, PathBuf};

/// The journal of a project file, beside it.
pub(super) fn beside(project: &Path) -> PathBuf {
    super::disk::hidden_beside(project, ".journal")
}
