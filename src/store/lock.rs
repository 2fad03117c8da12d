//! The lock: who has a project open, in a file beside it, `.NAME.rubric.lock`.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::disk::{Draft, hidden_beside, remove_on};
use super::layer::Disk;
use super::{Action, StoreError};

/// An owner without a sign of life for longer than this is taken to be gone.
const OLD: SignedDuration = SignedDuration::from_mins(10);
/// The most bytes of a lock that are read.
const MAX_BYTES: u64 = 64 * 1024;

/// Whose window has a project open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The annotator's name; empty where it is not set.
    pub name: String,
    /// The name of the machine.
    pub host: String,
    /// The number of the process there.
    pub process: u32,
    /// When it opened the project.
    pub since: Timestamp,
    /// When it last gave a sign of life; it gives one every minute.
    pub alive: Timestamp,
    /// Tells the windows of one process apart.
    window: u64,
}

impl Owner {
    fn here(name: &str) -> Self {
        static WINDOWS: AtomicU64 = AtomicU64::new(0);
        let now = Timestamp::now();
        Self {
            name: name.trim().to_owned(),
            host: gethostname::gethostname().to_string_lossy().into_owned(),
            process: std::process::id(),
            since: now,
            alive: now,
            window: WINDOWS.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// Of a lock that cannot be read.
    fn unknown() -> Self {
        let (name, host) = (String::new(), String::new());
        Self { name, host, process: 0, since: Timestamp::UNIX_EPOCH, alive: Timestamp::UNIX_EPOCH, window: 0 }
    }

    /// Whether it is gone, by what can be known: its process has ended on this machine, or it has long given no sign.
    pub fn is_gone(&self) -> bool {
        let ended = gethostname::gethostname().to_string_lossy() == self.host && !lives(self.process);
        ended || Timestamp::now().duration_since(self.alive) > OLD
    }

    fn is(&self, other: &Self) -> bool {
        (self.window, self.process, self.since) == (other.window, other.process, other.since) && self.host == other.host
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name.as_str(), self.host.as_str()) {
            ("", "") => formatter.write_str("of somebody unknown"),
            ("", host) => write!(formatter, "on {host}"),
            (name, host) => write!(formatter, "of {name} on {host}"),
        }
    }
}

/// Whether a process of this machine is there.
#[cfg(unix)]
fn lives(process: u32) -> bool {
    let process = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    // One that may not be asked is there all the same.
    process.is_some_and(|process| rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH))
}

/// Elsewhere only time tells.
#[cfg(not(unix))]
fn lives(_process: u32) -> bool {
    true
}

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
