//! The only room that touches the disk and starts processes: files read and written safely, the project file, settings.
//!
//! Every file is read with a limit on its size and written whole or not at all. Names and folders come from the
//! caller; nothing here looks into the environment but [`Folders::find`].

mod articles;
mod autosave;
mod disk;
mod error;
mod folders;
mod project_file;
mod reader;
mod settings;

pub use articles::{articles_at, collect_files, exists, is_folder, read_annotations, same_file};
pub use autosave::{Autosave, Recovery, recoverable};
pub use disk::{create_folder, read_limited, remove, write_atomic};
pub use error::{Action, StoreError};
pub use folders::Folders;
pub use project_file::{EXTENSION, MAX_PROJECT_BYTES, SCHEMA, from_bytes, load_project, save_project, to_bytes};
pub use reader::{COMMAND, MAX_MEMORY, MAX_PAUSE, MAX_TIME, Reader, limit_this_process};
pub use settings::{LoadedSettings, MAX_RECENT, ReviewOrder, Settings, ThemeChoice};
