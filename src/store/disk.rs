//! Files: read up to a limit, written whole or not at all. All else in the program reads and writes through here.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::{Action, StoreError};

/// How many symbolic links are followed one after the other.
const MAX_LINKS: usize = 32;

/// The bytes of a file of at most `max` bytes.
///
/// # Errors
/// It is not there, is a folder, may not be read, or is larger; what is larger is not read.
pub fn read_limited(path: &Path, max: u64) -> Result<Vec<u8>, StoreError> {
    let fail = |error: io::Error| StoreError::disk(path, Action::Read, &error);
    let metadata = fs::metadata(path).map_err(fail)?;
    if metadata.is_dir() {
        return Err(fail(io::ErrorKind::IsADirectory.into()));
    }
    let too_large = |size| StoreError::TooLarge { path: path.to_owned(), size, limit: max };
    if metadata.len() > max {
        return Err(too_large(metadata.len()));
    }
    let file = fs::File::open(path).map_err(fail)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    // The size told above may be wrong: it grows, or is a pipe.
    file.take(max.saturating_add(1)).read_to_end(&mut bytes).map_err(fail)?;
    let size = bytes.len() as u64;
    if size > max { Err(too_large(size)) } else { Ok(bytes) }
}

/// Puts `bytes` in the place of the file: after a success they are all on the disk, after a failure the old file is as
/// it was. Written to a temporary file in the same folder, synced, then renamed. Keeps the permissions of the old
/// file; writes through a symbolic link to what it points at.
///
/// # Errors
/// The folder is not there or read-only, the file is read-only or a folder, the disk is full.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let target = follow_links(path);
    replace(&target, bytes).map_err(|error| StoreError::disk(path, Action::Write, &error))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // A rename would replace a file that its owner has locked, and root may write into any folder.
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) || is_locked_folder(&fs::metadata(folder)?) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut prefix = std::ffi::OsString::from(".");
    prefix.push(name);
    prefix.push(".");
    let mut file = temporary(&prefix, folder)?;
    file.write_all(bytes)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// A new file that only its owner may write, with what the system gives everybody else.
fn temporary(prefix: &std::ffi::OsStr, folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Whether nobody may write into a folder. Only Unix knows; elsewhere the mark means something else.
fn is_locked_folder(folder: &fs::Metadata) -> bool {
    cfg!(unix) && folder.permissions().readonly()
}

/// Makes the rename last through a power cut; the other systems need nothing for that, or offer nothing.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match fs::File::open(folder)?.sync_all() {
        // Some network file systems cannot sync a folder; the file itself is in place.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// What a path leads to once its last part is followed through symbolic links, even to a file that is not there yet.
fn follow_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(target) = fs::read_link(&path) else { break };
        path = path.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    }
    path
}

/// Makes a folder and those above it; it may be there already.
///
/// # Errors
/// A file is in the way, or it may not be made.
pub fn create_folder(path: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(path).map_err(|error| StoreError::disk(path, Action::Folder, &error))
}

/// Removes a file; it may be gone already.
///
/// # Errors
/// It may not be removed.
pub fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::disk(path, Action::Remove, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_whole_and_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ü p.rubric");
        write_atomic(&path, b"one").unwrap();
        write_atomic(&path, b"two").unwrap();
        assert_eq!(read_limited(&path, 3).unwrap(), b"two");
        assert_eq!(names(dir.path()), ["ü p.rubric"]);
    }

    #[test]
    fn limits_are_told_before_reading() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("big.txt");
        fs::write(&path, vec![b'x'; 50]).unwrap();
        let error = read_limited(&path, 49).unwrap_err();
        assert!(matches!(error, StoreError::TooLarge { size: 50, limit: 49, .. }), "{error}");
        assert!(read_limited(dir.path(), 1).unwrap_err().to_string().contains("folder"));
        assert!(read_limited(&dir.path().join("none"), 1).unwrap_err().is_missing());
    }

    #[test]
    fn a_failure_leaves_the_old_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "old").unwrap();
        let error = write_atomic(&file.join("p.rubric"), b"new").unwrap_err();
        assert!(error.to_string().contains("could not be saved"), "{error}");
        let error = write_atomic(&dir.path().join("gone/p.rubric"), b"new").unwrap_err();
        assert!(error.to_string().contains("not there any more"), "{error}");
        assert!(write_atomic(dir.path(), b"new").unwrap_err().to_string().contains("it is a folder"));
        assert_eq!(fs::read(&file).unwrap(), b"old");
        assert_eq!(names(dir.path()), ["file"]);
    }

    #[test]
    fn a_read_only_file_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("locked");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert!(write_atomic(&path, b"new").unwrap_err().to_string().contains("read-only"));
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[cfg(unix)]
    #[test]
    fn links_permissions_and_locked_folders() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("file", &link).unwrap();
        write_atomic(&link, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
        let refused = write_atomic(&file, b"newer");
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        assert!(refused.unwrap_err().to_string().contains("read-only"));
        assert_eq!(fs::read(&file).unwrap(), b"new");
    }
}
