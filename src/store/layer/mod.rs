//! The layer over the disk: the few things that the store does there, each of which can fail.
//!
//! The program runs on [`System`]; tests run the same store on a disk in memory (`fake.rs`) that fails at any chosen
//! write, sync or rename, and that can lose power.

#[cfg(test)]
pub(super) mod fake;
mod system;

use std::fmt::Debug;
use std::io;
use std::path::{Path, PathBuf};

pub(super) use system::System;

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stat {
    /// Size in bytes.
    pub len: u64,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Whether nobody may write it.
    pub is_locked: bool,
}

/// A disk, or what stands for one.
pub(super) trait Disk: Debug + Send + Sync {
    /// What is at a path, links followed.
    fn stat(&self, path: &Path) -> io::Result<Stat>;
    /// The first `most` bytes of a file.
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>>;
    /// The first `most` bytes of a file, some of them at a time.
    fn scan(&self, path: &Path, most: u64, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        each(&self.read(path, most)?);
        Ok(())
    }
    /// What a symbolic link points at; an error for anything else.
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;
    /// A new file, to write; an error where there is one.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>>;
    /// A file that is there, to write at its end.
    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>>;
    /// Gives a file a second name, or makes a copy of that name where the disk has no second names; an error where the
    /// name is taken.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// The files and folders in a folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
    /// Gives a file another name, in the place of what has that name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Lets a second file be readable and writable for whom the first is.
    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes a folder and those above it; it may be there already.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes names given and taken in a folder last through a power cut.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// A file that is open.
pub(super) trait Handle: Debug + Send {
    /// Writes at the end.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Makes what was written last through a power cut.
    fn sync(&mut self) -> io::Result<()>;
}
