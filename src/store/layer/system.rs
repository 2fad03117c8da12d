//! The disk that there is.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::{Disk, Handle, Stat};

/// The system's own files.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct System;

#[derive(Debug)]
struct Open(File);

impl Disk for System {
    fn stat(&self, path: &Path) -> io::Result<Stat> {
        fs::metadata(path).map(|metadata| stat(&metadata))
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let file = File::open(path)?;
        let size = file.metadata()?.len().min(most);
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        // The size told above may be wrong: it grows, or is a pipe.
        file.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        Ok(Box::new(Open(file)))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let file = OpenOptions::new().append(true).open(path)?;
        Ok(Box::new(Open(file)))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::hard_link(from, to) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                let mut new = OpenOptions::new().write(true).create_new(true).open(to)?;
                io::copy(&mut File::open(from)?, &mut new)?;
                new.sync_all()
            }
            linked => linked,
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::set_permissions(to, fs::metadata(from)?.permissions())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    /// The systems other than Unix need nothing for that, or offer nothing.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if !cfg!(unix) {
            return Ok(());
        }
        match File::open(folder)?.sync_all() {
            // Some network file systems cannot sync a folder; the file itself is in place.
            Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            done => done,
        }
    }
}

impl Handle for Open {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

fn stat(metadata: &Metadata) -> Stat {
    Stat { len: metadata.len(), is_folder: metadata.is_dir(), is_locked: metadata.permissions().readonly() }
}
