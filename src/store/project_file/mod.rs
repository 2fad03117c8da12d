//! The project file: RON, extension `.rubric`, one record a line.
//!
//! The file is one RON struct with the schema version, the program that wrote it, and five lists. Each kind, article,
//! entity, event and mention stands on one line that is a complete RON value but for the comma behind it:
//!
//! ```text
//! (
//! schema: 1,
//! program: "rubricator 0.1.0",
//! tagset: [
//! (id:"person",name:"Person",plural:"People",key:'1',schema:Entity),
//! ],
//! articles: [
//! (id:0,article:(meta:(title:"Talks"),text:"Wang Yi spoke.\n")),
//! ],
//! entities: [
//! ],
//! events: [
//! ],
//! mentions: [
//! (id:0,article:0,range:(0,7),quote:"Wang Yi",kind:"person",status:Accepted,origin:(source:"hand")),
//! ],
//! log: [
//! (id:0,at:"2022-02-04T09:30:00Z",by:"Zoë",what:"Accept 1 mention",articles:[(0,0)],changed:[(mentions:[(0,0)],status:Some(Suggested),decision:Some(None))]),
//! ],
//! )
//! ```
//!
//! Ranges are UTF-8 byte offsets, the end exclusive. Kinds and articles stand in the person's order, entities and
//! events by id, mentions by the id of their article and in it by place: so a new tag is one line more, in the midst of its
//! neighbours, and moving an article moves one line. The same project always gives the same bytes. A line `next: (…)`
//! stands behind the program's where ids were given to records that are gone. The loader also takes a file that was
//! laid out anew, with line breaks inside records.
//!
//! Schema 4 adds what event records hold, and a line `level: …` where a project shows more or fewer of them than is usual.
//! Schema 5 adds a line `learning: …` where a person has said something of learning.
//! Schema 6 adds the lists `relation_kinds`, behind the article tags, and `relations`, behind the mentions; both stand only
//! where a project has them.
//! Schema 7 adds `drawn` to mentions.
//! Schema 8 adds the list `judgements`, behind the relations; it stands only where a project has some.
//! Schema 9 adds the lists `contributors` and `rulings` behind them, in the same way.
//! Schema 2 adds a line `guidelines: "…"` and, behind the tagset, a list `article_tags`; both stand only where a project
//! has them.

mod damage;
mod layout;
mod plain;
mod read;
mod write;

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use damage::{Damage, Outcome};
pub use read::{Understood, from_bytes, open_bytes};
pub(super) use write::to_pieces;
pub use write::{SCHEMA, to_bytes};

use super::{StoreError, disk};
use crate::project::Project;

/// The extension of project files, without the dot.
pub const EXTENSION: &str = "rubric";

/// Whether a path names a project rather than an article, by its ending in letters of either case.
pub fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

/// The largest project file that is read, in bytes: 2 GiB. Values may be nested 128 deep.
pub const MAX_PROJECT_BYTES: u64 = 2 << 30;

/// Reads a project that must be whole.
///
/// # Errors
/// The file cannot be read, is not a project, is a newer one, or is damaged.
pub fn load_project(path: &Path) -> Result<Project, StoreError> {
    from_bytes(&read(path)?, &name(path))
}

/// Opens a project as far as it can be understood. The file stays as it is.
///
/// # Errors
/// The file cannot be read, is not a project, or is a newer one.
pub fn open_project(path: &Path) -> Result<Understood, StoreError> {
    open_bytes(&read(path)?, &name(path))
}

fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    disk::read_limited(path, MAX_PROJECT_BYTES)
}

fn name(path: &Path) -> std::borrow::Cow<'_, str> {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()
}

/// Writes a project in the place of the file, whole or not at all.
///
/// # Errors
/// As [`disk::write_atomic`](super::write_atomic).
pub fn save_project(path: &Path, project: &Project) -> Result<(), StoreError> {
    disk::write_pieces(path, &to_pieces(project)?)
}
