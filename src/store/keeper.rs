//! A project that is open: its lock, its journal, its saves.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use super::disk::{Draft, remove_on, slices};
use super::journal::{Command, Journal, Place, Shared, Status, beside, locked, start};
use super::layer::Disk;
use super::lock::Lock;
use super::version::{Summing, Version};
use super::{Action, MAX_PROJECT_BYTES, StoreError, project_file, versions};
use crate::project::{Past, Project, Recorder, Session};

/// Keeps a project that is open: each change goes into the journal, saves fold it into the file. Dropping it brings the
/// last changes to the disk and unlocks the project.
pub struct Keeper {
    saver: Saver,
    status: Arc<Mutex<Status>>,
    thread: Option<JoinHandle<()>>,
    changes: Arc<AtomicU64>,
}

/// Saves the project of a [`Keeper`], on any thread.
#[derive(Clone)]
pub struct Saver {
    disk: Arc<dyn Disk>,
    commands: Sender<Command>,
    place: Arc<Mutex<Place>>,
}

/// A project to be saved.
pub struct Save {
    /// The project as it was when [`Keeper::save`] was called.
    pub project: Project,
    /// Its history then.
    pub past: Past,
    /// Where to.
    pub path: PathBuf,
    /// Replace what another program has written there.
    pub replace: bool,
    /// How many earlier versions of the file are kept.
    pub versions: usize,
}

/// What a save has to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// What did not go as it should, though the project is saved.
    pub notice: Option<String>,
}

impl Keeper {
    pub(super) fn new(disk: Arc<dyn Disk>, place: Place, journal: Journal, wake: Box<dyn Fn() + Send>) -> Self {
        let (sender, receiver) = channel();
        let (place, status) = (Arc::new(Mutex::new(place)), Arc::new(Mutex::new(Status::default())));
        let shared = Shared { disk: Arc::clone(&disk), place: Arc::clone(&place), status: Arc::clone(&status), wake };
        let thread = start(journal, shared, receiver);
        Self { saver: Saver { disk, commands: sender, place }, status, thread: Some(thread), changes: Arc::default() }
    }

    /// From now on each change to the session goes into the journal.
    pub fn keep(&self, session: &mut Session) {
        let (commands, changes) = (self.saver.commands.clone(), Arc::clone(&self.changes));
        session.record_to(Recorder::new(move |record| {
            changes.fetch_add(1, Ordering::Relaxed);
            // The thread is there as long as this keeper is.
            commands.send(Command::Record(record)).ok();
        }));
    }

    /// How many changes there have been since the project was opened; so many of them are safe as the status says.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    /// How safe the work is.
    pub fn status(&self) -> Status {
        locked(&self.status).clone()
    }

    /// Waits until it has been tried to bring all changes to the disk.
    pub fn sync(&self) {
        self.saver.ask(Command::Sync);
    }

    /// The project as it is now is to be saved: called at the moment of the snapshot, between two changes.
    pub fn save(&self) -> Saver {
        self.saver.tell(Command::Mark);
        self.saver.clone()
    }

    /// Lets go of all that is not saved; an unnamed project is removed.
    pub fn discard(&self) {
        self.saver.ask(Command::Discard);
        let place = locked(&self.saver.place);
        if place.unnamed {
            // What stays is offered again the next time, that is all.
            remove_on(self.saver.disk.as_ref(), &place.project).ok();
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.saver.tell(Command::Close);
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
        if let Some(lock) = &locked(&self.saver.place).lock {
            lock.release(self.saver.disk.as_ref());
        }
    }
}

impl Saver {
    fn tell(&self, command: Command) {
        self.commands.send(command).ok();
    }

    /// What the journal's thread answers; none where it is gone.
    fn ask<T>(&self, command: impl FnOnce(Sender<T>) -> Command) -> Option<T> {
        let (sender, receiver) = channel();
        self.tell(command(sender));
        receiver.recv().ok()
    }

    /// Saves the project: written, synced and renamed into its place, the file before it kept as an earlier version.
    /// What has changed since the snapshot stays in the journal, which begins anew.
    ///
    /// # Errors
    /// [`StoreError::Changed`] where another program has written the file since; [`StoreError::InUse`] where another
    /// window has that project open, or has taken this one over; or the disk refuses. The journal is then as it was.
    pub fn run(&self, save: &Save) -> Result<Saved, StoreError> {
        let target = super::disk::follow_links(self.disk.as_ref(), &save.path);
        let moves = locked(&self.place).project != target;
        let saved = if moves { self.save_elsewhere(save, &target) } else { self.save_here(save, &target) };
        if saved.is_err() {
            self.tell(Command::NotSaved);
        }
        saved
    }

    fn save_here(&self, save: &Save, target: &Path) -> Result<Saved, StoreError> {
        let pieces = project_file::to_pieces(&save.project)?;
        let version = version_of(&pieces);
        let known = locked(&self.place).version.clone();
        let found = version_at(self.disk.as_ref(), target)?;
        let changed = found.is_some() && found != known && found.as_ref() != Some(&version);
        if changed && !save.replace {
            return Err(StoreError::Changed { path: save.path.clone() });
        }
        let draft = Draft::write(self.disk.as_ref(), target, &slices(&pieces))?;
        drop(pieces);
        // Noted last before it takes its place, so that the journal belongs to whichever file is there.
        let noted = self.ask(|answer| Command::Saving(version.clone(), answer));
        noted.unwrap_or(Err(StoreError::JournalGone(beside(target))))?;
        let notice = self.keep_version(target, save.versions);
        if let Err(error) = draft.publish() {
            // It may have come so far that the file is there and only its name is not synced.
            if version_at(self.disk.as_ref(), target).is_ok_and(|found| found.as_ref() == Some(&version)) {
                locked(&self.place).version = Some(version);
            }
            return Err(error);
        }
        locked(&self.place).version = Some(version.clone());
        self.ask(|answer| Command::Saved(version, Box::new(save.past.clone()), answer));
        versions::prune(self.disk.as_ref(), target, save.versions);
        Ok(Saved { notice })
    }

    /// Saves at another place, which becomes the project's. What was kept at the old one goes once all is at the new.
    fn save_elsewhere(&self, save: &Save, target: &Path) -> Result<Saved, StoreError> {
        let disk = self.disk.as_ref();
        let name = locked(&self.place).name.clone();
        let owned = super::lock::owner(disk, target).is_some_and(|owner| !owner.is_gone());
        let lock = match Lock::acquire(disk, target, &name, !owned) {
            Ok(lock) => Some(lock),
            Err(error) if error.is_refused() => None,
            Err(error) => return Err(error),
        };
        let written = project_file::to_pieces(&save.project).and_then(|pieces| {
            let draft = Draft::write(disk, target, &slices(&pieces))?;
            let notice = self.keep_version(target, save.versions);
            draft.publish().map(|()| (version_of(&pieces), notice))
        });
        let (version, notice) = match written {
            Ok(written) => written,
            Err(error) => {
                lock.iter().for_each(|lock| lock.release(disk));
                return Err(error);
            }
        };
        let now = Place { project: target.to_owned(), version: Some(version.clone()), unnamed: false, lock, name };
        let before = std::mem::replace(&mut *locked(&self.place), now);
        let kept = self.ask(|answer| Command::Saved(version, Box::new(save.past.clone()), answer));
        versions::prune(disk, target, save.versions);
        let taken = before.lock.as_ref().and_then(|lock| lock.taken(disk)).is_some();
        if kept == Some(true) && !taken {
            self.leave(&before)?;
        }
        before.lock.iter().for_each(|lock| lock.release(disk));
        Ok(Saved { notice })
    }

    /// Lets go of what is not saved at a place that the project has left.
    fn leave(&self, place: &Place) -> Result<(), StoreError> {
        let journal = beside(&place.project);
        Journal::new(Arc::clone(&self.disk), journal, None, None)?.discard(place.version.as_ref())?;
        if place.unnamed { remove_on(self.disk.as_ref(), &place.project) } else { Ok(()) }
    }

    /// Keeps the file that is there as an earlier version; what went wrong, if anything did.
    fn keep_version(&self, target: &Path, most: usize) -> Option<String> {
        let kept = versions::keep(self.disk.as_ref(), target, most);
        kept.err().map(|error| format!("The earlier version could not be kept: {error}"))
    }
}

/// The version of a file of these pieces.
fn version_of(pieces: &[String]) -> Version {
    let mut sum = Summing::default();
    pieces.iter().for_each(|piece| sum.add(piece.as_bytes()));
    sum.version()
}

/// The version of the file at a path; none where there is no file.
pub(super) fn version_at(disk: &dyn Disk, path: &Path) -> Result<Option<Version>, StoreError> {
    let mut sum = Summing::default();
    match disk.scan(path, MAX_PROJECT_BYTES, &mut |bytes| sum.add(bytes)) {
        Ok(()) => Ok(Some(sum.version())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::disk(path, Action::Read, &error)),
    }
}
