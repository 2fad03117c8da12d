//! Which version of a file: what tells whether a journal belongs to it, and whether another program has changed it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A file's size and hash. Two files of one version have the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// In bytes.
    pub size: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Version {
    /// The version of a file with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut sum = Summing::default();
        sum.add(bytes);
        sum.version()
    }
}

/// A version while the file's bytes come in.
#[derive(Default)]
pub(super) struct Summing {
    size: u64,
    sum: Sha256,
}

impl Summing {
    /// The bytes that come next.
    pub fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.sum.update(bytes);
    }

    /// The version of a file that has these bytes and no more.
    pub fn version(self) -> Version {
        Version { size: self.size, sha256: hex(&self.sum.finalize()) }
    }
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
