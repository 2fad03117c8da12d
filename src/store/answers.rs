//! The answers of a long batch, in a file that grows by a line at a time: those that are there, and more behind them.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::{Action, StoreError};

/// The longest answer that is read again, in bytes.
const MAX_ANSWER: u64 = 1 << 30;
/// How many bytes are looked through at a time for the last line's end.
const STEP: u64 = 64 << 10;

/// A file of answers, one a line, held by one process at a time. What stands behind its last line end, an answer that was
/// being written when the run was ended, is not read and goes when more is written.
#[derive(Debug)]
pub struct Answers {
    path: PathBuf,
    file: BufReader<File>,
    /// How many bytes of whole lines there are.
    whole: u64,
    /// How many of them have been read.
    read: u64,
}

impl Answers {
    /// Opens the file, which is made where it is missing.
    ///
    /// # Errors
    /// It cannot be opened, or another run is writing it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let failed = |error: io::Error| StoreError::disk(path, Action::Write, &error);
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = options.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy { path: path.to_owned() }),
            // A disk that has no locks.
            Err(TryLockError::Error(_)) => {}
        }
        let whole = whole_lines(&mut file).map_err(failed)?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        Ok(Self { path: path.to_owned(), file: BufReader::new(file), whole, read: 0 })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The next answer without its line end; `None` behind the last.
    ///
    /// # Errors
    /// The file cannot be read, or an answer is longer than any that is written.
    pub fn next_answer(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        if self.read >= self.whole {
            return Ok(None);
        }
        let mut line = Vec::new();
        let read = (&mut self.file).take(MAX_ANSWER).read_until(b'\n', &mut line);
        let read = read.map_err(|error| StoreError::disk(&self.path, Action::Read, &error))?;
        self.read += read as u64;
        if line.pop() != Some(b'\n') {
            return Err(StoreError::TooLarge { path: self.path.clone(), size: self.whole, limit: MAX_ANSWER });
        }
        Ok(Some(line))
    }

    /// The file to write more answers to, behind those that are there.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn into_output(self) -> Result<File, StoreError> {
        let mut file = self.file.into_inner();
        file.set_len(self.whole)
            .and_then(|()| file.seek(SeekFrom::End(0)))
            .map_err(|error| StoreError::disk(&self.path, Action::Write, &error))?;
        Ok(file)
    }
}

/// How many bytes a file has up to its last line end.
fn whole_lines(file: &mut File) -> io::Result<u64> {
    let mut end = file.metadata()?.len();
    let mut bytes = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(STEP);
        file.seek(SeekFrom::Start(start))?;
        bytes.clear();
        (&mut *file).take(end - start).read_to_end(&mut bytes)?;
        if let Some(last) = memchr::memrchr(b'\n', &bytes) {
            return Ok(start + last as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn all(answers: &mut Answers) -> Vec<String> {
        std::iter::from_fn(|| answers.next_answer().unwrap()).map(|line| String::from_utf8(line).unwrap()).collect()
    }

    #[test]
    fn what_was_being_written_goes_and_more_follows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        let long = "x".repeat(3 * STEP as usize);
        for (there, whole) in [("", 0), ("half", 0), ("one\ntwo\n", 2), (&*format!("one\n{long}\n{long}"), 2)] {
            std::fs::write(&path, there).unwrap();
            let mut answers = Answers::open(&path).unwrap();
            assert_eq!(all(&mut answers).len(), whole);
            writeln!(answers.into_output().unwrap(), "more").unwrap();
            let expected: String = there.split_inclusive('\n').take(whole).chain(["more\n"]).collect();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), expected);
        }
    }

    #[test]
    fn two_runs_do_not_write_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        let first = Answers::open(&path).unwrap();
        assert!(matches!(Answers::open(&path), Err(StoreError::Busy { .. })));
        drop(first);
        assert!(Answers::open(&path).is_ok());
    }
}
