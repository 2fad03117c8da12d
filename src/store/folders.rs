//! Where the program keeps what is its own: settings, and work that is not saved yet.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The environment variable that moves both folders below another, for tests and for portable use.
const HOME: &str = "RUBRICATOR_HOME";

/// The program's own folders; made when something is first kept there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Settings.
    pub config: PathBuf,
    /// Unnamed projects and recovery copies.
    pub data: PathBuf,
}

impl Folders {
    /// The folders that this system wants; below `RUBRICATOR_HOME` where that is set; below the folder for temporary
    /// files where the system names none.
    pub fn find() -> Self {
        if let Some(home) = std::env::var_os(HOME).filter(|home| !home.is_empty()) {
            return Self::under(Path::new(&home));
        }
        match ProjectDirs::from("org", "Rubricator", "Rubricator") {
            Some(dirs) => Self { config: dirs.config_dir().to_owned(), data: dirs.data_dir().to_owned() },
            None => Self::under(&std::env::temp_dir().join("rubricator")),
        }
    }

    /// Both folders below one.
    pub fn under(path: &Path) -> Self {
        Self { config: path.join("config"), data: path.join("data") }
    }
}
