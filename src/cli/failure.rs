//! Why a command did not end well.

use std::io;

/// Why a command did not end well.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: u8,
    pub(super) message: String,
}

impl Failure {
    /// Arguments that do not go together, or marked texts that cannot be read.
    pub(super) const USAGE: u8 = 2;

    pub(super) fn new(message: impl ToString) -> Self {
        Self { code: 1, message: message.to_string() }
    }

    pub(super) fn usage(message: impl ToString) -> Self {
        Self { code: Self::USAGE, message: message.to_string() }
    }

    pub(super) fn tell(&self) {
        eprintln!("rubricator: {}", self.message);
    }
}

/// A reader that goes away (`| head`) is no failure.
pub(super) fn quiet(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::new(error)),
        _ => Ok(()),
    }
}
