//! The journal's file: lines are added and synced, after a failure it is written anew from what is known to be whole.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::line::{Contents, Entry, Sum, beginning, payload, read_journal};
use crate::project::{Past, Record};
use crate::store::disk::{self, Draft, folder_of};
use crate::store::layer::{Disk, Handle};
use crate::store::version::Version;
use crate::store::{Action, MAX_PROJECT_BYTES, StoreError};

/// The journal of one project. Nothing is written before something happens.
#[derive(Debug)]
pub(in crate::store) struct Journal {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    /// Where it is kept if it may not be beside the project.
    elsewhere: Option<PathBuf>,
    /// What it begins with, while it is not on the disk.
    start: Vec<u8>,
    /// How much of it is on the disk and synced; 0 while it is still all in `start`.
    whole: u64,
    /// Open at the end of what is whole; none after a failure.
    file: Option<Box<dyn Handle>>,
    sum: Sum,
    /// Lines that are not on the disk yet.
    waiting: Vec<u8>,
    /// The file is to be written even if nothing waits: a save has made the one that is there outdated.
    outdated: bool,
    /// How many records there are, those that wait included.
    count: u64,
    /// The save on its way: how many records it has, and those that came since.
    saving: Option<(u64, Vec<String>)>,
}

impl Journal {
    /// The journal of a file of this version, or of a project that has no file yet.
    pub fn new(
        disk: Arc<dyn Disk>,
        path: PathBuf,
        elsewhere: Option<PathBuf>,
        base: Option<&Version>,
    ) -> Result<Self, StoreError> {
        let (start, sum) = beginning(base, &Past::default()).map_err(encode)?;
        Ok(Self {
            disk,
            path,
            elsewhere,
            start,
            whole: 0,
            file: None,
            sum,
            waiting: Vec::new(),
            outdated: false,
            count: 0,
            saving: None,
        })
    }

    /// Goes on with a journal that was read.
    pub fn resume(self, path: PathBuf, contents: &Contents) -> Self {
        let (whole, count) = (contents.whole as u64, contents.records().count() as u64);
        Self { path, start: Vec::new(), whole, count, sum: contents.sum(), ..self }
    }

    /// Begins anew with a history and what has happened since, in the place of what is there.
    fn begin(&mut self, base: Option<&Version>, past: &Past, records: &[String]) -> Result<(), StoreError> {
        let (mut start, mut sum) = beginning(base, past).map_err(encode)?;
        records.iter().for_each(|payload| sum.line(payload, &mut start));
        (self.start, self.sum, self.count) = (start, sum, records.len() as u64);
        (self.whole, self.file) = (0, None);
        self.waiting.clear();
        // Where nothing has ever happened there is no journal.
        self.outdated = past.last > 0 || !records.is_empty();
        if !self.outdated {
            disk::remove_on(self.disk.as_ref(), &self.path)?;
        }
        Ok(())
    }

    /// Begins anew with what could be used of a journal that was read: its history, and so many of its records, of which
    /// `saved` are in the file.
    pub fn salvage(
        &mut self,
        base: Option<&Version>,
        contents: &Contents,
        saved: usize,
        used: usize,
    ) -> Result<(), StoreError> {
        let records = contents.records().skip(saved).take(used).cloned();
        let payloads: Result<Vec<_>, _> = records.map(|record| payload(&Entry::Record(record))).collect();
        self.begin(base, &contents.past_at(saved), &payloads.map_err(encode)?)
    }

    /// Adds a record, in memory.
    pub fn add(&mut self, record: Record) -> Result<(), StoreError> {
        let payload = payload(&Entry::Record(record)).map_err(encode)?;
        self.sum.line(&payload, &mut self.waiting);
        self.count += 1;
        if let Some((_, since)) = &mut self.saving {
            since.push(payload);
        }
        Ok(())
    }

    /// A save of the project as it is now begins.
    pub fn mark(&mut self) {
        self.saving = Some((self.count, Vec::new()));
    }

    /// The save is about to take its place as this version: notes it, synced.
    pub fn saving(&mut self, version: Version) -> Result<(), StoreError> {
        let after = self.saving.as_ref().map_or(self.count, |(after, _)| *after);
        let payload = payload(&Entry::Saving { after, version }).map_err(encode)?;
        self.sum.line(&payload, &mut self.waiting);
        match self.flush() {
            // What is gone cannot be taken for another version's; after the save there is a new one.
            Err(StoreError::JournalGone(_)) => Ok(()),
            flushed => flushed,
        }
    }

    /// The save is in its place: begins anew, at a new place where the project has moved.
    pub fn saved(&mut self, path: PathBuf, version: &Version, past: &Past) -> Result<(), StoreError> {
        let since = self.saving.take().map(|(_, since)| since).unwrap_or_default();
        self.path = path;
        self.begin(Some(version), past, &since)
    }

    /// The save did not come about.
    pub fn not_saved(&mut self) {
        self.saving = None;
    }

    /// Whether something is not on the disk yet.
    pub fn waits(&self) -> bool {
        self.outdated || !self.waiting.is_empty()
    }

    /// Brings everything to the disk. What fails is kept and tried again the next time.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        if !self.waits() {
            return Ok(());
        }
        // A file that was removed could be written on and on, and nobody would find it.
        if self.disk.stat(&self.path).ok().is_none_or(|stat| stat.len != self.whole) {
            self.file = None;
        }
        let done = match &mut self.file {
            Some(file) => file.write(&self.waiting).and_then(|()| file.sync()),
            None => return self.write_anew(),
        };
        if let Err(error) = done {
            // What is at the end of the file now nobody knows.
            self.file = None;
            return Err(StoreError::disk(&self.path, Action::Write, &error));
        }
        self.whole += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }

    /// Puts a file in the place of what is there: what was whole, and what waits.
    fn write_anew(&mut self) -> Result<(), StoreError> {
        let written = match (self.write_at(&self.path), self.elsewhere.take()) {
            (Err(error), Some(elsewhere)) if self.whole == 0 && error.is_refused() => {
                self.path = elsewhere;
                disk::make_folder(self.disk.as_ref(), folder_of(&self.path))?;
                self.write_at(&self.path)
            }
            (written, elsewhere) => {
                self.elsewhere = elsewhere;
                written
            }
        };
        self.whole = written?;
        self.outdated = false;
        self.start.clear();
        self.waiting.clear();
        // Where it cannot be opened it is written anew the next time.
        self.file = self.disk.append(&self.path).ok();
        Ok(())
    }

    /// Writes it whole; how long it is then.
    fn write_at(&self, path: &Path) -> Result<u64, StoreError> {
        let mut start = self.start.clone();
        if self.whole > 0 {
            start = match self.disk.read(path, self.whole) {
                Ok(read) if read.len() as u64 == self.whole => read,
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::disk(path, Action::Write, &error));
                }
                // Somebody has taken away what was there.
                _ => return Err(StoreError::JournalGone(path.to_owned())),
            };
        }
        Draft::write(self.disk.as_ref(), path, &[&start, &self.waiting])?.publish()?;
        Ok((start.len() + self.waiting.len()) as u64)
    }

    /// Lets go of what is not saved: the file is as the journal begins, without what happened since.
    pub fn discard(&mut self, version: Option<&Version>) -> Result<(), StoreError> {
        self.saving = None;
        let contents = self.disk.read(&self.path, MAX_PROJECT_BYTES).ok().and_then(|bytes| read_journal(&bytes).ok());
        let past = contents.and_then(|contents| Some(contents.past_at(contents.saved_in(version)?)));
        self.begin(version, &past.unwrap_or_default(), &[])?;
        self.flush()
    }
}

fn encode(error: ron::Error) -> StoreError {
    StoreError::Encode(error.to_string())
}
