//! The lines of the stream's input, read on a thread of their own as far ahead as is allowed.

use std::io::{self, BufRead, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use super::request::{Refusal, refuse};
use crate::suggest::Engine;

/// The longest line that is read, in bytes, without its line end.
const MAX_LINE: usize = 64 << 20;

/// From this many bytes on no more lines are read before some are answered.
const MAX_WAITING: usize = 8 << 20;

/// A line of the input.
pub(super) struct Line {
    /// From 1.
    pub(super) number: u64,
    /// Its bytes without the line end, or why they were not kept.
    pub(super) bytes: Result<Vec<u8>, Refusal<'static>>,
    /// How many bytes of the input it took.
    pub(super) taken: u64,
}

impl Line {
    fn len(&self) -> usize {
        self.bytes.as_ref().map_or(0, Vec::len)
    }
}

/// The lines that are still to come. No more than [`Engine::batch`] wait in here.
pub(in crate::cli) struct Lines {
    coming: mpsc::Receiver<io::Result<Line>>,
    waiting: Arc<AtomicUsize>,
}

impl Lines {
    pub(in crate::cli) fn of(input: impl BufRead + Send + 'static) -> Self {
        let (send, coming) = mpsc::sync_channel(Engine::batch());
        let waiting = Arc::new(AtomicUsize::new(0));
        let read = Arc::clone(&waiting);
        // Nobody waits for it: when the output is closed, it may be waiting for a line that never comes.
        thread::spawn(move || read_lines(input, &send, &read));
        Self { coming, waiting }
    }

    /// The next line; `None` at the end of the input. It is counted as held until [`Lines::done`] has it.
    pub(super) fn next(&self) -> Option<io::Result<Line>> {
        self.coming.recv().ok()
    }

    /// The next line and those that wait behind it, as many as are answered together; `None` at the end of the input.
    pub(super) fn next_batch(&self) -> Option<io::Result<Vec<Line>>> {
        let first = self.next()?;
        Some(first.and_then(|first| {
            let mut batch = vec![first];
            while batch.len() < Engine::batch() {
                let Ok(line) = self.coming.try_recv() else { break };
                batch.push(line?);
            }
            Ok(batch)
        }))
    }

    /// Makes room for more where these were.
    pub(super) fn done(&self, lines: &[Line]) {
        self.waiting.fetch_sub(lines.iter().map(Line::len).sum(), Ordering::Relaxed);
    }
}

/// Sends the lines of `input`, the byte order mark left out, until nobody listens; adds their bytes to `waiting`, and waits
/// where that are too many.
fn read_lines(mut input: impl BufRead, lines: &mpsc::SyncSender<io::Result<Line>>, waiting: &AtomicUsize) {
    for number in 1.. {
        while waiting.load(Ordering::Relaxed) > MAX_WAITING {
            thread::sleep(Duration::from_millis(1));
        }
        let read = match next_line(&mut input, number) {
            Ok(Some(line)) => Ok(line),
            Ok(None) => return,
            Err(error) => Err(error),
        };
        if let Ok(line) = &read {
            waiting.fetch_add(line.len(), Ordering::Relaxed);
        }
        let failed = read.is_err();
        if lines.send(read).is_err() || failed {
            return;
        }
    }
}

/// Reads the line of that number; `None` at the end of the input. Of a line that is too long nothing is kept.
fn next_line(input: &mut impl BufRead, number: u64) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    // One more for the line end, which tells a line of just the greatest length from one that is too long.
    let read = input.by_ref().take(MAX_LINE as u64 + 1).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    let mut taken = read as u64;
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > MAX_LINE {
        drop(line);
        taken += skip_line(input)?;
        let bytes = refuse(None, format!("the line is longer than {} MiB", MAX_LINE >> 20));
        return Ok(Some(Line { number, bytes, taken }));
    }
    if number == 1 && line.starts_with(b"\xEF\xBB\xBF") {
        line.drain(..3);
    }
    Ok(Some(Line { number, bytes: Ok(line), taken }))
}

/// Goes on behind the next line end and says how many bytes that took.
fn skip_line(input: &mut impl BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let (used, done) = match input.fill_buf() {
            Ok([]) => return Ok(skipped),
            Ok(bytes) => match memchr::memchr(b'\n', bytes) {
                Some(end) => (end + 1, true),
                None => (bytes.len(), false),
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        input.consume(used);
        skipped += used as u64;
        if done {
            return Ok(skipped);
        }
    }
}
