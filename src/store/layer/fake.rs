//! A disk in memory that fails where a test wants it to, loses power, and forgets what was not synced.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use super::{Disk, Handle, Stat};

/// What happens at the operation chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is refused, once; what follows works again.
    Refused,
    /// A write puts that many thousandths of its bytes down and then fails, once; anything else is refused.
    Short(usize),
    /// The disk is full or gone from here on, until [`Fake::heal`].
    Lasting,
    /// The power goes, a write being that many thousandths done. Nothing works until [`Fake::restart`].
    PowerCut(usize),
}

/// What a disk has kept after the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// All that was written: the program was killed.
    Written,
    /// Only what was synced: the power went.
    Synced,
    /// What was synced, and of the rest some, by chance.
    Some(u64),
}

#[derive(Clone, Debug, Default)]
pub struct Fake(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    files: Vec<File>,
    names: BTreeMap<PathBuf, usize>,
    /// The names as a power cut leaves them.
    lasting: BTreeMap<PathBuf, usize>,
    /// Changes to names since, in order: the file that a name has now, or none.
    pending: Vec<(PathBuf, Option<usize>)>,
    folders: BTreeSet<PathBuf>,
    operations: usize,
    fault: Option<(usize, Fault)>,
    broken: Option<io::ErrorKind>,
    /// Handles of an earlier life of the program do nothing any more.
    life: usize,
}

#[derive(Clone, Debug, Default)]
struct File {
    data: Vec<u8>,
    synced: Vec<u8>,
}

#[derive(Debug)]
struct Open {
    disk: Fake,
    file: usize,
    life: usize,
}

impl Fake {
    /// With these folders.
    pub fn with(folders: &[&str]) -> Self {
        let fake = Self::default();
        fake.state().folders.extend(folders.iter().map(PathBuf::from));
        fake
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// How many operations there were so far that change the disk.
    pub fn operations(&self) -> usize {
        self.state().operations
    }

    /// What goes wrong at which operation, counted from the next on as 0.
    pub fn fail_at(&self, operation: usize, fault: Fault) {
        let mut state = self.state();
        state.fault = Some((state.operations + operation, fault));
    }

    /// The disk works again; a fault that has not come yet does not come.
    pub fn heal(&self) {
        let mut state = self.state();
        (state.fault, state.broken) = (None, None);
    }

    /// The program is gone and starts again on what the disk has kept.
    pub fn restart(&self, kept: Kept) {
        let mut state = self.state();
        state.life += 1;
        (state.fault, state.broken) = (None, None);
        let pending = std::mem::take(&mut state.pending);
        match kept {
            Kept::Written => state.lasting = state.names.clone(),
            Kept::Synced => {
                state.names = state.lasting.clone();
                state.files.iter_mut().for_each(|file| file.data = file.synced.clone());
            }
            Kept::Some(mut seed) => {
                let mut chance = |below: usize| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (seed >> 33) as usize % below.max(1)
                };
                let mut names = state.lasting.clone();
                let count = chance(pending.len() + 1);
                for (name, file) in pending.into_iter().take(count) {
                    match file {
                        Some(file) => names.insert(name, file),
                        None => names.remove(&name),
                    };
                }
                state.names = names.clone();
                state.lasting = names;
                for file in &mut state.files {
                    if file.data.starts_with(&file.synced) {
                        let more = chance(file.data.len() - file.synced.len() + 1);
                        file.data.truncate(file.synced.len() + more);
                    } else {
                        file.data = file.synced.clone();
                    }
                }
            }
        }
        state.files.iter_mut().for_each(|file| file.synced = file.data.clone());
    }

    /// The bytes of a file.
    pub fn bytes(&self, path: impl AsRef<Path>) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(path.as_ref()).map(|file| state.files[*file].data.clone())
    }

    /// Puts a file there by other means than the store's.
    pub fn put(&self, path: impl AsRef<Path>, bytes: &[u8]) {
        let mut state = self.state();
        state.files.push(File { data: bytes.to_vec(), synced: bytes.to_vec() });
        let file = state.files.len() - 1;
        state.names.insert(path.as_ref().to_owned(), file);
        state.lasting.insert(path.as_ref().to_owned(), file);
    }

    /// The names of all files.
    pub fn names(&self) -> Vec<String> {
        self.state().names.keys().map(|path| path.display().to_string()).collect()
    }
}

impl State {
    /// Counts an operation that changes the disk; gives how many thousandths of it happen before it fails, if it does.
    fn step(&mut self) -> Result<(), (usize, io::Error)> {
        if let Some(kind) = self.broken {
            return Err((0, kind.into()));
        }
        let now = self.operations;
        self.operations += 1;
        let Some((at, fault)) = self.fault.filter(|(at, _)| *at == now) else { return Ok(()) };
        debug_assert_eq!(at, now);
        let full = io::ErrorKind::StorageFull;
        Err(match fault {
            Fault::Refused => (0, full.into()),
            Fault::Short(part) => (part, full.into()),
            Fault::Lasting => {
                self.broken = Some(full);
                (0, full.into())
            }
            Fault::PowerCut(part) => {
                self.broken = Some(io::ErrorKind::BrokenPipe);
                (part, io::ErrorKind::BrokenPipe.into())
            }
        })
    }

    fn find(&self, path: &Path) -> io::Result<usize> {
        self.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn name(&mut self, path: &Path, file: Option<usize>) {
        match file {
            Some(file) => self.names.insert(path.to_owned(), file),
            None => self.names.remove(path),
        };
        self.pending.push((path.to_owned(), file));
    }

    fn make(&mut self, path: &Path) -> io::Result<usize> {
        if !self.folders.contains(path.parent().unwrap()) {
            return Err(io::ErrorKind::NotFound.into());
        }
        self.files.push(File::default());
        let file = self.files.len() - 1;
        self.name(path, Some(file));
        Ok(file)
    }
}

impl Disk for Fake {
    fn stat(&self, path: &Path) -> io::Result<Stat> {
        let state = self.state();
        if state.folders.contains(path) {
            return Ok(Stat { len: 0, is_folder: true, is_locked: false });
        }
        let file = state.find(path)?;
        let found = &state.files[file];
        Ok(Stat { len: found.data.len() as u64, is_folder: false, is_locked: false })
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let state = self.state();
        let mut data = state.files[state.find(path)?].data.clone();
        data.truncate(most as usize);
        Ok(data)
    }

    fn read_link(&self, _: &Path) -> io::Result<PathBuf> {
        Err(io::ErrorKind::InvalidInput.into())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let mut state = self.state();
        state.step().map_err(|(_, error)| error)?;
        if state.names.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let (file, life) = (state.make(path)?, state.life);
        Ok(Box::new(Open { disk: self.clone(), file, life }))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let mut state = self.state();
        state.step().map_err(|(_, error)| error)?;
        let (file, life) = (state.find(path)?, state.life);
        Ok(Box::new(Open { disk: self.clone(), file, life }))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.step().map_err(|(_, error)| error)?;
        if state.names.contains_key(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let file = state.find(from)?;
        state.name(to, Some(file));
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let state = self.state();
        Ok(state.names.keys().filter(|path| path.parent() == Some(folder)).cloned().collect())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.step().map_err(|(_, error)| error)?;
        let file = state.find(from)?;
        // One change as far as a power cut goes: the new name comes with the old one going.
        state.name(to, Some(file));
        state.name(from, None);
        Ok(())
    }

    fn copy_permissions(&self, _: &Path, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.step().map_err(|(_, error)| error)?;
        state.find(path)?;
        state.name(path, None);
        Ok(())
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.step().map_err(|(_, error)| error)?;
        state.folders.extend(path.ancestors().map(Path::to_owned));
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.step().map_err(|(_, error)| error)?;
        let pending = std::mem::take(&mut state.pending);
        for (name, file) in pending {
            if name.parent() != Some(folder) {
                state.pending.push((name, file));
                continue;
            }
            match file {
                Some(file) => state.lasting.insert(name, file),
                None => state.lasting.remove(&name),
            };
        }
        Ok(())
    }
}

impl Handle for Open {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        assert_eq!(state.life, self.life, "written by a program that is gone");
        let (part, result) = match state.step() {
            Ok(()) => (1000, Ok(())),
            Err((part, error)) => (part, Err(error)),
        };
        let file = &mut state.files[self.file];
        file.data.extend_from_slice(&bytes[..bytes.len() * part / 1000]);
        result
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.state();
        state.step().map_err(|(_, error)| error)?;
        let file = &mut state.files[self.file];
        file.synced = file.data.clone();
        Ok(())
    }
}
