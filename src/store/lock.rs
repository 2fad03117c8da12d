//! The lock: who has a project open, in a file beside it, `.NAME.rubric.lock`.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::disk::{Draft, hidden_beside, remove_on};
use super::layer::Disk;
use super::owner::Owner;
use super::{Action, StoreError};

/// The most bytes of a lock that are read.
const MAX_BYTES: u64 = 64 * 1024;

/// A project that this window has open. Released by [`Lock::release`].
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    owner: Owner,
}

impl Lock {
    /// Locks a project; with `take_over` whoever has it.
    ///
    /// # Errors
    /// [`StoreError::InUse`], or the lock cannot be written.
    pub fn acquire(disk: &dyn Disk, project: &Path, name: &str, take_over: bool) -> Result<Self, StoreError> {
        let lock = Self { path: hidden_beside(project, ".lock"), owner: Owner::here(name) };
        let fail = |error: io::Error| StoreError::disk(&lock.path, Action::Write, &error);
        match disk.create(&lock.path) {
            Ok(mut file) => {
                if let Err(error) = lock.bytes().map(|bytes| file.write(&bytes).map_err(fail)).and_then(|done| done) {
                    disk.remove(&lock.path).ok();
                    return Err(error);
                }
            }
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(fail(error)),
            Err(_) if take_over => lock.write(disk)?,
            Err(_) => {
                let owner = Box::new(read(disk, &lock.path).unwrap_or_else(Owner::unknown));
                return Err(StoreError::InUse { path: project.to_owned(), owner });
            }
        }
        Ok(lock)
    }

    fn bytes(&self) -> Result<Vec<u8>, StoreError> {
        let text = ron::to_string(&self.owner).map_err(|error| StoreError::Encode(error.to_string()))?;
        Ok(format!("{text}\n").into_bytes())
    }

    fn write(&self, disk: &dyn Disk) -> Result<(), StoreError> {
        Draft::write(disk, &self.path, &[&self.bytes()?])?.publish()
    }

    /// Who has taken the project over from this window, if somebody has.
    pub fn taken(&self, disk: &dyn Disk) -> Option<Owner> {
        read(disk, &self.path).filter(|owner| !owner.is(&self.owner))
    }

    /// Gives a sign of life.
    pub fn sign(&mut self, disk: &dyn Disk) {
        self.owner.alive = Timestamp::now();
        if self.taken(disk).is_none() {
            // Without it the project is taken to be left, after a while and a question: no harm.
            self.write(disk).ok();
        }
    }

    /// Unlocks, unless somebody else has locked since.
    pub fn release(&self, disk: &dyn Disk) {
        if self.taken(disk).is_none() {
            remove_on(disk, &self.path).ok();
        }
    }
}

/// Who has the lock at this path; none where there is none or it cannot be read.
fn read(disk: &dyn Disk, path: &Path) -> Option<Owner> {
    ron::de::from_bytes(&disk.read(path, MAX_BYTES).ok()?).ok()
}

/// Who has a project open, if anybody has.
pub(super) fn owner(disk: &dyn Disk, project: &Path) -> Option<Owner> {
    let path = hidden_beside(project, ".lock");
    disk.stat(&path).ok()?;
    Some(read(disk, &path).unwrap_or_else(Owner::unknown))
}
