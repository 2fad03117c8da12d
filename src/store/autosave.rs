//! Work that is not saved yet: unnamed projects, and recovery copies of changed ones, in the data folder.
//!
//! A copy is an ordinary project file with a comment before it that says where it belongs.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{EXTENSION, Folders, StoreError, disk, project_file};
use crate::project::Project;

/// What stands before the path of the project in a copy's first line.
const BELONGS: &str = "// Unsaved changes of ";
/// How much of a copy is read to learn where it belongs, in bytes.
const FIRST_LINE: usize = 16 * 1024;

/// The place where one project is kept until it is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Autosave {
    path: PathBuf,
    original: Option<PathBuf>,
}

/// Work of an earlier session that was never saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The copy; opened as any project file.
    pub path: PathBuf,
    /// The project that it belongs to; none where it had no name yet.
    pub original: Option<PathBuf>,
    /// When it was kept.
    pub saved_at: Timestamp,
}

impl Autosave {
    /// A place for a project without a name, of its own for every such project.
    pub fn unnamed(folders: &Folders) -> Self {
        let now = Timestamp::now().strftime("%Y-%m-%d-%H%M%S-%6f");
        let name = format!("{now}-{}.{EXTENSION}", std::process::id());
        Self { path: folders.data.join("unnamed").join(name), original: None }
    }

    /// The place of an unnamed project that was taken up again.
    pub fn of_unnamed(path: &Path) -> Self {
        Self { path: path.to_owned(), original: None }
    }

    /// The place of a named project's recovery copy.
    pub fn of(folders: &Folders, project: &Path) -> Self {
        let project = std::path::absolute(project).unwrap_or_else(|_| project.to_owned());
        let name = format!("{:016x}", fingerprint(project.as_os_str().as_encoded_bytes()));
        Self { path: folders.data.join("recovery").join(name).with_extension(EXTENSION), original: Some(project) }
    }

    /// Where the copy is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps the project as it is now.
    ///
    /// # Errors
    /// The data folder cannot be made or written.
    pub fn keep(&self, project: &Project) -> Result<(), StoreError> {
        if let Some(folder) = self.path.parent() {
            disk::create_folder(folder)?;
        }
        let mut bytes = Vec::new();
        if let Some(original) = &self.original {
            let original =
                ron::to_string(&original.to_string_lossy()).map_err(|e| StoreError::Encode(e.to_string()))?;
            bytes.extend_from_slice(format!("{BELONGS}{original}\n").as_bytes());
        }
        bytes.extend_from_slice(&project_file::to_bytes(project)?);
        disk::write_atomic(&self.path, &bytes)
    }

    /// Lets the copy go: the project is saved, or not wanted.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn discard(&self) -> Result<(), StoreError> {
        disk::remove(&self.path)
    }

    /// The copy, where there is one that is newer than the project's own file.
    pub fn found(&self) -> Option<Recovery> {
        let saved = fs::metadata(&self.path).ok().filter(|copy| copy.is_file() && copy.len() > 0)?.modified().ok()?;
        let of_original = self.original.as_ref().and_then(|original| fs::metadata(original).ok()?.modified().ok());
        let newer = of_original.is_none_or(|of_original| saved > of_original);
        let saved_at = Timestamp::try_from(saved).ok()?;
        newer.then(|| Recovery { path: self.path.clone(), original: self.original.clone(), saved_at })
    }
}

/// All work of earlier sessions that was never saved, the newest first: unnamed projects, and recovery copies that are
/// newer than the file they belong to. Does not know about other windows that are open now.
pub fn recoverable(folders: &Folders) -> Vec<Recovery> {
    let files = |folder: &str| {
        let entries = fs::read_dir(folders.data.join(folder)).into_iter().flatten().flatten().map(|entry| entry.path());
        entries.filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
    };
    let unnamed = files("unnamed").filter_map(|path| Autosave::of_unnamed(&path).found());
    let copies = files("recovery").filter_map(|path| {
        let original = original_of(&path)?;
        Autosave { path, original: Some(original) }.found()
    });
    let mut all: Vec<_> = unnamed.chain(copies).collect();
    all.sort_by(|one, other| other.saved_at.cmp(&one.saved_at).then_with(|| one.path.cmp(&other.path)));
    all
}

/// The project that a copy belongs to, as its first line says.
fn original_of(copy: &Path) -> Option<PathBuf> {
    use std::io::Read;
    let mut head = Vec::new();
    fs::File::open(copy).ok()?.take(FIRST_LINE as u64).read_to_end(&mut head).ok()?;
    let head = String::from_utf8_lossy(&head);
    let original = head.lines().next()?.strip_prefix(BELONGS)?;
    ron::from_str::<String>(original).ok().map(PathBuf::from)
}

/// FNV-1a: the same in every version of the program, which the standard library's hashes do not promise.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{load_project, save_project};
    use std::time::{Duration, SystemTime};

    #[test]
    fn unnamed_projects_are_found_again_until_discarded() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::under(dir.path());
        assert!(recoverable(&folders).is_empty());
        let (one, two) = (Autosave::unnamed(&folders), Autosave::unnamed(&folders));
        assert_ne!(one.path(), two.path());
        assert!(recoverable(&folders).is_empty(), "nothing was kept yet");
        one.keep(&Project::new()).unwrap();
        let found = recoverable(&folders);
        assert_eq!(found.iter().map(|r| (r.path.as_path(), &r.original)).collect::<Vec<_>>(), [(one.path(), &None)]);
        load_project(&found[0].path).unwrap();
        one.discard().unwrap();
        one.discard().unwrap();
        assert!(recoverable(&folders).is_empty());
    }

    #[test]
    fn a_copy_is_offered_while_it_is_newer_than_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::under(dir.path());
        let path = dir.path().join("my \"project\".rubric");
        save_project(&path, &Project::new()).unwrap();
        let set_age = |path: &Path, seconds| {
            let file = fs::File::options().write(true).open(path).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
        };
        set_age(&path, 60);
        let copy = Autosave::of(&folders, &path);
        assert_eq!(copy.found(), None);
        copy.keep(&Project::new()).unwrap();
        assert_eq!(recoverable(&folders), [copy.found().unwrap()]);
        assert_eq!(copy.found().unwrap().original, Some(path.clone()));
        load_project(copy.path()).unwrap();
        set_age(copy.path(), 120);
        assert!(recoverable(&folders).is_empty(), "the file was saved after the copy");
        fs::remove_file(&path).unwrap();
        assert_eq!(recoverable(&folders).len(), 1, "the copy is all that is left");
    }

    #[test]
    fn names_of_copies_stay_the_same() {
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
