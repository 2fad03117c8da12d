//! How far a stream is, told on standard error: each line that is refused, and on a terminal a line that counts.

use std::io::{Stdin, Write};
use std::time::{Duration, Instant};

use super::watch::Watch;

/// How often the line that counts is written anew.
const EVERY: Duration = Duration::from_millis(250);

/// Tells how far a stream is.
pub(super) struct Progress<W: Write> {
    out: W,
    /// Whether `out` is a terminal that has room for it.
    shown: bool,
    /// The bytes of the whole input, where that is known.
    size: Option<u64>,
    taken: u64,
    answered: u64,
    refused: u64,
    started: Instant,
    /// When the line was last written; it stands there since then.
    written: Option<Instant>,
}

impl<W: Write> Progress<W> {
    pub(super) fn new(out: W, shown: bool, size: Option<u64>) -> Self {
        Self { out, shown, size, taken: 0, answered: 0, refused: 0, started: Instant::now(), written: None }
    }

    /// Lines that were answered in an earlier run.
    pub(super) fn skipped(&mut self, taken: u64) {
        self.taken += taken;
    }

    /// A word of its own, above the line that counts. What cannot be told is no reason to stop.
    pub(super) fn say(&mut self, what: &str) {
        let clear = if self.written.take().is_some() { "\r\x1b[K" } else { "" };
        let _ = writeln!(self.out, "{clear}rubricator: {what}");
    }

    /// Puts how many there were in place of the line that counts.
    pub(super) fn finish(&mut self) {
        if self.shown {
            let seconds = self.started.elapsed().as_secs_f64();
            let refused = self.refused_words();
            self.say(&format!("{} answered in {seconds:.1} s{refused}", self.answered_words()));
        }
    }

    fn answered_words(&self) -> String {
        format!("{} {}", self.answered, if self.answered == 1 { "line" } else { "lines" })
    }

    fn refused_words(&self) -> String {
        if self.refused == 0 { String::new() } else { format!(", {} of them not understood", self.refused) }
    }

    fn count(&mut self) {
        let now = Instant::now();
        if !self.shown || self.written.is_some_and(|written| now.duration_since(written) < EVERY) {
            return;
        }
        self.written = Some(now);
        let part = self.size.filter(|size| *size > 0).map(|size| self.taken.min(size) * 100 / size);
        let part = part.map(|part| format!(" ({part} % of the input)")).unwrap_or_default();
        let a_second = self.answered as f64 / self.started.elapsed().as_secs_f64().max(0.001);
        let refused = self.refused_words();
        let answered = self.answered_words();
        let _ = write!(self.out, "\r\x1b[K{answered} answered{part}, {a_second:.1} a second{refused}");
        let _ = self.out.flush();
    }
}

impl<W: Write> Watch for Progress<W> {
    fn refused(&mut self, line: u64, error: &str) {
        self.refused += 1;
        self.say(&format!("line {line}: {error}"));
    }

    fn answered(&mut self, taken: u64) {
        self.answered += 1;
        self.taken += taken;
        self.count();
    }
}

/// How many bytes standard input has, where it is a file.
#[cfg(unix)]
pub(super) fn size_of(input: &Stdin) -> Option<u64> {
    use std::os::fd::AsFd;

    let file = std::fs::File::from(input.as_fd().try_clone_to_owned().ok()?);
    file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len())
}

/// How many bytes standard input has, which is not asked here.
#[cfg(not(unix))]
pub(super) fn size_of(_input: &Stdin) -> Option<u64> {
    None
}
