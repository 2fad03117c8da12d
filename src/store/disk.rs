//! Files: read up to a limit, written whole or not at all. All else in the program reads and writes through here.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::layer::{Disk, Handle, System};
use super::{Action, StoreError};

/// How many symbolic links are followed one after the other.
const MAX_LINKS: usize = 32;
/// What the names of files end in that are written and not in their place yet.
const TEMPORARY: &str = ".tmp";

/// The bytes of a file of at most `max` bytes.
///
/// # Errors
/// It is not there, is a folder, may not be read, or is larger; what is larger is not read.
pub fn read_limited(path: &Path, max: u64) -> Result<Vec<u8>, StoreError> {
    read_on(&System, path, max)
}

/// As [`read_limited`], on any disk.
pub(super) fn read_on(disk: &dyn Disk, path: &Path, max: u64) -> Result<Vec<u8>, StoreError> {
    let fail = |error: io::Error| StoreError::disk(path, Action::Read, &error);
    let stat = disk.stat(path).map_err(fail)?;
    if stat.is_folder {
        return Err(fail(io::ErrorKind::IsADirectory.into()));
    }
    let too_large = |size| StoreError::TooLarge { path: path.to_owned(), size, limit: max };
    if stat.len > max {
        return Err(too_large(stat.len));
    }
    let bytes = disk.read(path, max.saturating_add(1)).map_err(fail)?;
    let size = bytes.len() as u64;
    if size > max { Err(too_large(size)) } else { Ok(bytes) }
}

/// The first bytes of a file, at most `max`.
///
/// # Errors
/// It is not there, is a folder, or may not be read.
pub(super) fn read_head(path: &Path, max: u64) -> Result<Vec<u8>, StoreError> {
    System.read(path, max).map_err(|error| StoreError::disk(path, Action::Read, &error))
}

/// Puts `bytes` in the place of the file: after a success they are all on the disk, after a failure the old file is as
/// it was. Written to a temporary file in the same folder, synced, then renamed. Keeps the permissions of the old
/// file; writes through a symbolic link to what it points at.
///
/// # Errors
/// The folder is not there or read-only, the file is read-only or a folder, the disk is full.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    write_on(&System, path, bytes)
}

/// As [`write_atomic`], of a file in pieces.
pub(super) fn write_pieces(path: &Path, pieces: &[String]) -> Result<(), StoreError> {
    Draft::write(&System, path, &slices(pieces))?.publish()
}

/// The bytes of a file in pieces.
pub(super) fn slices(pieces: &[String]) -> Vec<&[u8]> {
    pieces.iter().map(String::as_bytes).collect()
}

/// As [`write_atomic`], on any disk.
fn write_on(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    Draft::write(disk, path, &[bytes])?.publish()
}

/// A file that is written and synced beside the one whose place it is to take. It goes when it is dropped.
pub(super) struct Draft<'d> {
    disk: &'d dyn Disk,
    /// As the caller has it, for messages.
    path: PathBuf,
    /// With links followed.
    target: PathBuf,
    /// None once it is in its place.
    temporary: Option<PathBuf>,
}

impl<'d> Draft<'d> {
    /// Writes a file, given in parts, beside the one at `path`.
    pub fn write(disk: &'d dyn Disk, path: &Path, parts: &[&[u8]]) -> Result<Self, StoreError> {
        let target = follow_links(disk, path);
        let mut draft = Self { disk, path: path.to_owned(), target, temporary: None };
        draft.fill(parts).map_err(|error| StoreError::disk(path, Action::Write, &error))?;
        Ok(draft)
    }

    fn fill(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        let (disk, target) = (self.disk, &self.target);
        let folder = folder_of(target);
        let old = disk.stat(target).ok();
        if target.file_name().is_none() || old.is_some_and(|old| old.is_folder) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        // A rename would replace a file that its owner has locked, and root may write into any folder. Of a folder only
        // Unix knows; elsewhere the mark means something else.
        if old.is_some_and(|old| old.is_locked) || disk.stat(folder)?.is_locked && cfg!(unix) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let (temporary, mut file) = create_beside(disk, target)?;
        self.temporary = Some(temporary.clone());
        for part in parts {
            file.write(part)?;
        }
        if old.is_some() {
            disk.copy_permissions(target, &temporary)?;
        }
        file.sync()
    }

    /// Puts it in its place.
    pub fn publish(mut self) -> Result<(), StoreError> {
        let fail = |error: io::Error| StoreError::disk(&self.path, Action::Write, &error);
        if let Some(temporary) = &self.temporary {
            self.disk.rename(temporary, &self.target).map_err(fail)?;
            self.disk.sync_folder(folder_of(&self.target)).map_err(fail)?;
        }
        self.temporary = None;
        Ok(())
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            // The failure that brought this about is the one that is told.
            self.disk.remove(temporary).ok();
        }
    }
}

/// A new file beside another, under a name that no other file has: one that a killed program of the same number left
/// behind is passed over.
fn create_beside(disk: &dyn Disk, path: &Path) -> io::Result<(PathBuf, Box<dyn Handle>)> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let temporary = hidden_beside(path, &format!(".{}-{count}{TEMPORARY}", std::process::id()));
        match disk.create(&temporary) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            created => return created.map(|file| (temporary, file)),
        }
    }
}

/// The folder that a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What a path leads to once its last part is followed through symbolic links, even to a file that is not there yet.
pub(super) fn follow_links(disk: &dyn Disk, path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(target) = disk.read_link(&path) else { break };
        path = path.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    }
    path
}

/// Makes a folder and those above it; it may be there already.
///
/// # Errors
/// A file is in the way, or it may not be made.
pub fn create_folder(path: &Path) -> Result<(), StoreError> {
    make_folder(&System, path)
}

/// As [`create_folder`], on any disk.
pub(super) fn make_folder(disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
    disk.create_folder(path).map_err(|error| StoreError::disk(path, Action::Folder, &error))
}

/// Removes a file; it may be gone already.
pub(super) fn remove_on(disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
    match disk.remove(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::disk(path, Action::Remove, &error)),
        _ => Ok(()),
    }
}

/// The path of a hidden file that belongs to another and lies beside it: `.NAME` with an ending.
pub(super) fn hidden_beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(ending);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::layer::fake::{Fake, Fault, Kept};
    use std::fs;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// A disk with an old file, and how many operations it takes to replace it.
    fn old_file() -> (Fake, usize) {
        let disk = Fake::with(&["/p"]);
        disk.put("/p/a.rubric", b"old");
        write_on(&disk, Path::new("/p/a.rubric"), b"newer").unwrap();
        let operations = disk.operations();
        let disk = Fake::with(&["/p"]);
        disk.put("/p/a.rubric", b"old");
        (disk, operations)
    }

    #[test]
    fn a_fault_at_any_write_sync_or_rename_leaves_a_whole_file() {
        let (_, operations) = old_file();
        assert_eq!(operations, 5, "create, write, sync, rename, sync of the folder");
        for at in 0..operations {
            for fault in [Fault::Refused, Fault::Short(400), Fault::Lasting] {
                let (disk, _) = old_file();
                disk.fail_at(at, fault);
                let error = write_on(&disk, Path::new("/p/a.rubric"), b"newer").unwrap_err();
                assert!(error.to_string().contains("disk is full"), "{error}");
                let found = disk.bytes("/p/a.rubric").unwrap();
                // Only once it was renamed is the new file there, whose folder could not be synced.
                let expected: &[u8] = if at == operations - 1 { b"newer" } else { b"old" };
                assert_eq!(found, expected, "{fault:?} at {at}");
                if fault != Fault::Lasting {
                    assert_eq!(disk.names(), ["/p/a.rubric"], "{fault:?} at {at}");
                }
                disk.heal();
                write_on(&disk, Path::new("/p/a.rubric"), b"newer").unwrap();
                assert_eq!(disk.bytes("/p/a.rubric").unwrap(), b"newer");
            }
        }
    }

    #[test]
    fn a_large_file_is_read_and_scanned_to_the_letter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        // In words that no part of the file shares with another.
        let bytes: Vec<u8> = (0..9_000_000_u32).flat_map(u32::to_le_bytes).chain([1, 2, 3]).collect();
        write_atomic(&path, &bytes).unwrap();
        assert!(read_limited(&path, 1 << 30).unwrap() == bytes);
        assert!(System.read(&path, 35_000_001).unwrap() == bytes[..35_000_001]);
        let mut scanned = Vec::new();
        System.scan(&path, 35_000_001, &mut |part| scanned.extend_from_slice(part)).unwrap();
        assert!(scanned == bytes[..35_000_001]);
    }

    #[test]
    fn a_power_cut_leaves_the_old_or_the_new_file_whole() {
        let (_, operations) = old_file();
        for at in 0..operations {
            for part in [0, 400, 1000] {
                for kept in [Kept::Written, Kept::Synced].into_iter().chain((0..20).map(Kept::Some)) {
                    let (disk, _) = old_file();
                    disk.fail_at(at, Fault::PowerCut(part));
                    write_on(&disk, Path::new("/p/a.rubric"), b"newer").unwrap_err();
                    disk.restart(kept);
                    let found = disk.bytes("/p/a.rubric").unwrap();
                    assert!(found == b"old" || found == b"newer", "{found:?} after {part} at {at}, {kept:?}");
                }
            }
        }
    }

    #[test]
    fn what_a_killed_program_left_behind_does_not_stop_a_save() {
        let (disk, _) = old_file();
        let path = Path::new("/p/a.rubric");
        // The count is shared by all tests: of so many names some are tried.
        for count in 0..10_000 {
            disk.put(format!("/p/.a.rubric.{}-{count}.tmp", std::process::id()), b"half");
        }
        write_on(&disk, path, b"newer").unwrap();
        assert_eq!(disk.bytes(path).unwrap(), b"newer");
    }

    #[test]
    fn what_was_written_lasts_through_a_power_cut() {
        for kept in [Kept::Written, Kept::Synced].into_iter().chain((0..20).map(Kept::Some)) {
            let (disk, _) = old_file();
            write_on(&disk, Path::new("/p/a.rubric"), b"newer").unwrap();
            disk.restart(kept);
            assert_eq!(disk.bytes("/p/a.rubric").unwrap(), b"newer", "{kept:?}");
        }
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
