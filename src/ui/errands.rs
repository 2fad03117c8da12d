//! Work on the disk that is done in the order in which it was asked for, on a thread of its own: settings are written,
//! projects are closed, what has no name is listed and removed, earlier versions are listed. Nothing of it is lost where
//! the program ends.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::project::Session;
use crate::store::{self, Earlier, Folders, Keeper, Recovery, Settings};

/// What the thread has to say.
pub enum Report {
    /// Something could not be written or removed, and why.
    Problem(String),
    /// What was never saved, the newest first.
    Recoverable(Vec<Recovery>),
    /// The earlier versions of the project at this path, the newest first.
    Earlier(PathBuf, Vec<Earlier>),
    /// An errand ended by a fault of the program.
    Broken,
}

/// A project that is left for another.
pub struct Left {
    /// What was open.
    pub session: Session,
    /// What keeps it; none where it was only read.
    pub keeper: Option<Keeper>,
    /// What is not saved of it is given up.
    pub given_up: bool,
}

enum Errand {
    Keep(Box<Settings>, Folders),
    Close(Box<Left>),
    List(Folders),
    Forget(Recovery),
    Earlier(PathBuf),
    Reached(Sender<()>),
}

/// Sends errands to their thread. When it goes it waits until all of them are done.
pub struct Errands {
    sender: Option<Sender<Errand>>,
    thread: Option<JoinHandle<()>>,
}

impl Errands {
    /// Starts the thread.
    pub fn start(say: impl Fn(Report) + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        let thread = thread::spawn(move || work(&receiver, &say));
        Self { sender: Some(sender), thread: Some(thread) }
    }

    fn ask(&self, errand: Errand) {
        if let Some(sender) = &self.sender {
            // The thread is there as long as this is.
            sender.send(errand).ok();
        }
    }

    /// Writes the settings; of several that wait the last alone.
    pub fn keep(&self, settings: Settings, folders: Folders) {
        self.ask(Errand::Keep(Box::new(settings), folders));
    }

    /// Lets go of a project: its last changes come to the disk or are given up, it is unlocked, and its memory is freed.
    pub fn close(&self, left: Left) {
        self.ask(Errand::Close(Box::new(left)));
    }

    /// Lists what was never saved.
    pub fn list(&self, folders: Folders) {
        self.ask(Errand::List(folders));
    }

    /// Removes work that was never saved.
    pub fn forget(&self, work: Recovery) {
        self.ask(Errand::Forget(work));
    }

    /// Lists the earlier versions of the project at a path.
    pub fn earlier(&self, path: PathBuf) {
        self.ask(Errand::Earlier(path));
    }

    /// Something to wait for until all that was asked for so far is done.
    pub fn reached(&self) -> Receiver<()> {
        let (sender, receiver) = channel();
        self.ask(Errand::Reached(sender));
        receiver
    }
}

impl Drop for Errands {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn work(errands: &Receiver<Errand>, say: &dyn Fn(Report)) {
    while let Ok(first) = errands.recv() {
        let waiting: Vec<Errand> = std::iter::once(first).chain(errands.try_iter()).collect();
        let last = waiting.iter().rposition(|errand| matches!(errand, Errand::Keep(..)));
        for (place, errand) in waiting.into_iter().enumerate() {
            if matches!(errand, Errand::Keep(..)) && Some(place) != last {
                continue;
            }
            if catch_unwind(AssertUnwindSafe(|| run(errand, say))).is_err() {
                say(Report::Broken);
            }
        }
    }
}

fn run(errand: Errand, say: &dyn Fn(Report)) {
    match errand {
        Errand::Keep(settings, folders) => {
            if let Err(error) = settings.save(&folders) {
                say(Report::Problem(error.to_string()));
            }
        }
        Errand::Close(left) => {
            let Left { session, keeper, given_up } = *left;
            if let Some(keeper) = keeper.as_ref().filter(|_| given_up) {
                keeper.discard();
            }
            drop(keeper);
            // Nothing waits for its memory, which is much in a large project.
            thread::spawn(move || drop(session));
        }
        Errand::List(folders) => say(Report::Recoverable(store::recoverable(&folders))),
        Errand::Forget(work) => {
            if let Err(error) = work.forget() {
                say(Report::Problem(error.to_string()));
            }
        }
        Errand::Earlier(path) => {
            let found = store::earlier(&path);
            say(Report::Earlier(path, found));
        }
        Errand::Reached(sender) => {
            sender.send(()).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;
    use crate::store::{Access, LoadedSettings};

    #[test]
    fn the_last_settings_are_there_when_the_program_has_ended() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::under(dir.path());
        let errands = Errands::start(|_| ());
        let zoomed = |zoom: f32| Settings { zoom, ..Settings::default() };
        (10..=20).for_each(|tenths| errands.keep(zoomed(tenths as f32 / 10.0), folders.clone()));
        drop(errands);
        assert_eq!(Settings::load(&folders), LoadedSettings { settings: zoomed(2.0), notice: None });
    }

    #[test]
    fn settings_that_cannot_be_written_are_told_of() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("config"), "in the way").unwrap();
        let folders = Folders { config: dir.path().join("config"), ..Folders::under(dir.path()) };
        let (sender, told) = channel();
        let errands = Errands::start(move |report| sender.send(matches!(report, Report::Problem(_))).unwrap());
        errands.keep(Settings::default(), folders);
        assert!(told.recv().unwrap());
    }

    #[test]
    fn a_closed_project_can_be_opened_again_once_that_is_reached() {
        let dir = tempfile::tempdir().unwrap();
        let (folders, path) = (Folders::under(dir.path()), dir.path().join("a.rubric"));
        store::save_project(&path, &Project::new()).unwrap();
        let errands = Errands::start(|_| ());
        for _ in 0..10 {
            let opened = store::open(&folders, &path, Access::Edit, "Ada", || ()).unwrap();
            errands.close(Left { session: opened.session, keeper: opened.keeper, given_up: false });
            errands.reached().recv().unwrap();
        }
    }
}
