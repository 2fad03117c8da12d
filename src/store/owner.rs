//! Whose window has a project open.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// An owner without a sign of life for longer than this is taken to be gone.
const OLD: SignedDuration = SignedDuration::from_mins(10);

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
    pub(super) fn here(name: &str) -> Self {
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
    pub(super) fn unknown() -> Self {
        let (name, host) = (String::new(), String::new());
        Self { name, host, process: 0, since: Timestamp::UNIX_EPOCH, alive: Timestamp::UNIX_EPOCH, window: 0 }
    }

    /// Whether it is gone, by what can be known: its process has ended on this machine, or it has long given no sign.
    pub fn is_gone(&self) -> bool {
        let ended = gethostname::gethostname().to_string_lossy() == self.host && !lives(self.process);
        ended || Timestamp::now().duration_since(self.alive) > OLD
    }

    pub(super) fn is(&self, other: &Self) -> bool {
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
