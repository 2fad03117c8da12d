//! The thread that keeps a journal: takes records as they come and syncs them, many at once when they come fast.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::{Journal, beside};
use crate::project::{Past, Record};
use crate::store::StoreError;
use crate::store::disk::{folder_of, make_folder};
use crate::store::layer::Disk;
use crate::store::lock::Lock;
use crate::store::owner::Owner;
use crate::store::version::Version;

/// How long after a failure it is tried again.
const RETRY: Duration = Duration::from_secs(2);
/// How often the lock gives a sign of life.
const SIGN: Duration = Duration::from_mins(1);
/// The most commands that are taken together.
const TOGETHER: usize = 1000;

/// What the thread is told.
pub(in crate::store) enum Command {
    /// The project changed.
    Record(Record),
    /// A save of the project as it is now begins.
    Mark,
    /// The save is about to take its place as this version; answered once that is noted.
    Saving(Version, Sender<Result<(), StoreError>>),
    /// The save is in its place; answered with whether the journal has begun anew.
    Saved(Version, Box<Past>, Sender<bool>),
    /// The save did not come about.
    NotSaved,
    /// What is not saved is not wanted; answered once it is gone.
    Discard(Sender<()>),
    /// Answered once it has been tried to bring all to the disk.
    Sync(Sender<()>),
    /// The end.
    Close,
}

/// Where the project that is open is kept.
#[derive(Debug)]
pub(in crate::store) struct Place {
    /// The project's file, links followed.
    pub project: PathBuf,
    /// Its version as it was read or written last; none where there is none yet.
    pub version: Option<Version>,
    /// It is in the program's own folder, and nowhere else.
    pub unnamed: bool,
    /// None where none could be had.
    pub lock: Option<Lock>,
    /// The annotator's name.
    pub name: String,
}

/// How safe the work is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// How many changes of this session are on the disk, synced.
    pub safe: u64,
    /// Why the others are not, if not.
    pub problem: Option<String>,
    /// Who has taken the project over: nothing more is written.
    pub taken: Option<Owner>,
}

/// What is shared with the thread.
pub(in crate::store) struct Shared {
    pub disk: Arc<dyn Disk>,
    pub place: Arc<Mutex<Place>>,
    pub status: Arc<Mutex<Status>>,
    /// Called when the status has changed.
    pub wake: Box<dyn Fn() + Send>,
}

struct Thread {
    shared: Shared,
    journal: Journal,
    received: u64,
    signed: Instant,
}

/// Starts the thread of a journal.
pub(in crate::store) fn start(journal: Journal, shared: Shared, commands: Receiver<Command>) -> JoinHandle<()> {
    let thread = Thread { shared, journal, received: 0, signed: Instant::now() };
    thread::spawn(move || thread.run(&commands))
}

/// What a mutex guards; a thread that panicked with it has left it as whole as any other moment does.
pub(in crate::store) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Thread {
    fn run(mut self, commands: &Receiver<Command>) {
        loop {
            let wait = if self.journal.waits() { RETRY } else { SIGN };
            let first = match commands.recv_timeout(wait) {
                Ok(command) => Some(command),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => Some(Command::Close),
            };
            for command in first.into_iter().chain(commands.try_iter().take(TOGETHER)) {
                if matches!(command, Command::Close) {
                    self.flush();
                    return;
                }
                self.take(command);
            }
            self.flush();
            if self.signed.elapsed() >= SIGN {
                self.signed = Instant::now();
                let disk = self.shared.disk.as_ref();
                locked(&self.shared.place).lock.iter_mut().for_each(|lock| lock.sign(disk));
            }
        }
    }

    fn take(&mut self, command: Command) {
        // An answer that nobody waits for any more is no loss.
        match command {
            Command::Record(record) => {
                self.received += 1;
                if let Err(error) = self.journal.add(record) {
                    self.tell(Some(error.to_string()));
                }
            }
            Command::Mark => self.journal.mark(),
            Command::Saving(version, answer) => {
                let noted = self.check().and_then(|()| self.journal.saving(version));
                answer.send(noted).ok();
            }
            Command::Saved(version, past, answer) => {
                let path = beside(&locked(&self.shared.place).project);
                let begun = self.journal.saved(path, &version, &past);
                let done = begun.and_then(|()| self.check()).and_then(|()| self.journal.flush());
                if done.is_ok() {
                    // At a place of its own now, if it was taken over at another.
                    locked(&self.shared.status).taken = None;
                }
                answer.send(done.is_ok()).ok();
                self.tell(done.err().map(|error| error.to_string()));
            }
            Command::NotSaved => self.journal.not_saved(),
            Command::Discard(answer) => {
                let version = locked(&self.shared.place).version.clone();
                if let Err(error) = self.check().and_then(|()| self.journal.discard(version.as_ref())) {
                    self.tell(Some(error.to_string()));
                }
                answer.send(()).ok();
            }
            Command::Sync(answer) => {
                self.flush();
                answer.send(()).ok();
            }
            Command::Close => {}
        }
    }

    /// Whether the project is still this window's.
    fn check(&self) -> Result<(), StoreError> {
        let mut place = locked(&self.shared.place);
        let disk = self.shared.disk.as_ref();
        if place.unnamed && place.lock.is_none() {
            make_folder(disk, folder_of(&place.project))?;
            place.lock = Some(Lock::acquire(disk, &place.project, &place.name, false)?);
        }
        match place.lock.as_ref().and_then(|lock| lock.taken(disk)) {
            Some(owner) => {
                locked(&self.shared.status).taken = Some(owner.clone());
                Err(StoreError::InUse { path: place.project.clone(), owner: Box::new(owner) })
            }
            None => Ok(()),
        }
    }

    fn flush(&mut self) {
        if self.journal.waits() {
            let done = self.check().and_then(|()| self.journal.flush());
            self.tell(done.err().map(|error| error.to_string()));
        }
    }

    fn tell(&self, problem: Option<String>) {
        let mut status = locked(&self.shared.status);
        if problem.is_none() {
            status.safe = self.received;
        }
        status.problem = problem;
        drop(status);
        (self.shared.wake)();
    }
}
