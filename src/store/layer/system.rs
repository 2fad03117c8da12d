//! The disk that there is.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Disk, Handle, Stat};

/// How many bytes are scanned at a time.
const SCANNED: usize = 1 << 20;

/// A file of more bytes is read on all processors.
const LARGE: usize = 32 << 20;
/// How many bytes of a large file one processor reads at a time.
const PART: usize = 8 << 20;

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
        let mut file = File::open(path)?;
        let size = usize::try_from(file.metadata()?.len().min(most)).unwrap_or_default();
        let mut bytes = match size > LARGE {
            true => read_parts(&file, size).unwrap_or_default(),
            false => Vec::with_capacity(size),
        };
        if !bytes.is_empty() {
            file.seek(SeekFrom::Start(bytes.len() as u64))?;
        }
        // The size told above may be wrong: it grows, or is a pipe.
        let rest = most.saturating_sub(bytes.len() as u64);
        file.take(rest).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn scan(&self, path: &Path, most: u64, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let mut file = BufReader::with_capacity(SCANNED, File::open(path)?.take(most));
        loop {
            let bytes = match file.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                filled => filled?,
            };
            let length = bytes.len();
            if length == 0 {
                return Ok(());
            }
            each(bytes);
            file.consume(length);
        }
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

/// The first bytes of a large file, read on all processors; none where the system cannot, or where that fails.
fn read_parts(file: &File, size: usize) -> Option<Vec<u8>> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileExt;
        let mut bytes = vec![0; size];
        let parts = bytes.par_chunks_mut(PART).enumerate();
        let read = |(n, part): (usize, &mut [u8])| file.read_exact_at(part, n as u64 * PART as u64);
        parts.map(read).collect::<io::Result<()>>().ok().map(|()| bytes)
    }
    #[cfg(not(unix))]
    {
        let _ = (file, size);
        None
    }
}

fn stat(metadata: &Metadata) -> Stat {
    Stat { len: metadata.len(), is_folder: metadata.is_dir(), is_locked: metadata.permissions().readonly() }
}
