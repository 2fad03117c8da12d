//! The only room that touches the disk and starts processes: files read and written safely, the project file, settings.
//!
//! Every file is read with a limit on its size and written whole or not at all, but for a batch's answers, which grow by
//! whole lines. Names and folders come from the
//! caller; nothing here looks into the environment but [`Folders::find`].

mod answers;
mod articles;
mod disk;
mod error;
mod folders;
mod journal;
mod keeper;
mod layer;
mod lock;
mod open;
mod owner;
mod project_file;
mod reader;
mod settings;
mod tagset;
#[cfg(test)]
mod tests;
mod unnamed;
mod version;
mod versions;

pub use answers::Answers;
pub use articles::{are_annotations, articles_at, collect_files, exists, is_folder, read_annotations, same_file};
pub use disk::{create_folder, read_limited, write_atomic};
pub use error::{Action, StoreError};
pub use folders::Folders;
pub use journal::{Contents, Entry, ReadError, Status, read_journal};
pub use keeper::{Keeper, Save, Saved, Saver};
pub use open::{Access, Opened, open, open_copy};
pub use owner::Owner;
pub use project_file::{
    Damage, EXTENSION, MAX_PROJECT_BYTES, Outcome, SCHEMA, Understood, from_bytes, is_project, load_project,
    open_bytes, open_project, save_project, to_bytes,
};
pub use reader::{COMMAND, MAX_MEMORY, MAX_PAUSE, MAX_TIME, Reader, limit_this_process};
pub use settings::{
    EventOrder, LastExport, LoadedSettings, MAX_RECENT, ReviewOrder, RowOrder, Settings, TEXT_SIZE, ThemeChoice, ZOOM,
};
pub use tagset::{TAGSET_EXTENSION, load_tagset, save_tagset};
pub use unnamed::{Recovery, recoverable, unnamed};
pub use version::Version;
pub use versions::{Earlier, earlier};
