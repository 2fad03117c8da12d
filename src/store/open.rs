//! Opening a project: locked, read, and with what its journal holds done to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::disk::{follow_links, hidden_beside, read_on};
use super::journal::{Contents, Journal, Place, beside, read_journal};
use super::keeper::Keeper;
use super::layer::{Disk, System};
use super::lock::{Lock, owner};
use super::unnamed::{fresh, is_unnamed};
use super::version::Version;
use super::{Damage, Folders, MAX_PROJECT_BYTES, StoreError, project_file, save_project};
use crate::project::{Project, Session};

/// What a project is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To work on it.
    Edit,
    /// To work on it, whoever has it open.
    TakeOver,
    /// To look at it: nothing is written.
    Read,
}

/// A project that was opened.
pub struct Opened {
    /// The project as it was last, saved or not, with what can be undone and redone.
    pub session: Session,
    /// Keeps it; none where it was opened to be read.
    pub keeper: Option<Keeper>,
    /// How many changes of its journal are not in its file.
    pub recovered: usize,
    /// What could not be understood in its file.
    pub damage: Vec<Damage>,
    /// What a person should be told.
    pub notices: Vec<String>,
}

/// Opens a project. `name` is the annotator's; `wake` is called when the safety of the work has changed.
///
/// # Errors
/// [`StoreError::InUse`] where another window has it open; else as [`load_project`](super::load_project).
pub fn open(
    folders: &Folders,
    path: &Path,
    access: Access,
    name: &str,
    wake: impl Fn() + Send + 'static,
) -> Result<Opened, StoreError> {
    open_on(Arc::new(System), folders, path, access, name, Box::new(wake))
}

/// Opens a copy of a project as an unnamed one. Its history stays with the original.
///
/// # Errors
/// The project cannot be read, or the program's own folder cannot be written.
pub fn open_copy(
    folders: &Folders,
    path: &Path,
    name: &str,
    wake: impl Fn() + Send + 'static,
) -> Result<Opened, StoreError> {
    let original = open(folders, path, Access::Read, name, || ())?;
    let copy = fresh(folders);
    super::create_folder(super::disk::folder_of(&copy))?;
    save_project(&copy, original.session.project())?;
    let mut opened = open(folders, &copy, Access::Edit, name, wake)?;
    opened.notices.splice(0..0, original.notices);
    opened.damage = original.damage;
    Ok(opened)
}

/// As [`open`], on any disk.
pub(super) fn open_on(
    disk: Arc<dyn Disk>,
    folders: &Folders,
    path: &Path,
    access: Access,
    name: &str,
    wake: Box<dyn Fn() + Send>,
) -> Result<Opened, StoreError> {
    let project = follow_links(disk.as_ref(), path);
    let unnamed = is_unnamed(folders, &project);
    let mut notices = Vec::new();
    let lock = match access {
        Access::Read => None,
        _ => lock(disk.as_ref(), &project, name, access == Access::TakeOver, &mut notices)?,
    };
    let opening = Opening { disk: &disk, folders, path, project: &project, unnamed, write: access != Access::Read };
    let mut damage = Vec::new();
    let (version, session, journal, recovered) = match opening.read(&mut notices, &mut damage) {
        Ok(read) => read,
        Err(error) => {
            lock.iter().for_each(|lock| lock.release(disk.as_ref()));
            return Err(error);
        }
    };
    let place = Place { project, version, unnamed, lock, name: name.to_owned() };
    let mut opened = Opened { session, keeper: None, recovered, damage, notices };
    if access == Access::Read {
        // Whoever has it open saves it.
        opened.session.mark_saved(opened.session.revision());
    } else {
        let keeper = Keeper::new(disk, place, journal, wake);
        keeper.keep(&mut opened.session);
        opened.keeper = Some(keeper);
    }
    Ok(opened)
}

/// Locks a project; goes without where its folder may not be written.
fn lock(
    disk: &dyn Disk,
    project: &Path,
    name: &str,
    take_over: bool,
    notices: &mut Vec<String>,
) -> Result<Option<Lock>, StoreError> {
    match Lock::acquire(disk, project, name, take_over) {
        Ok(lock) => Ok(Some(lock)),
        Err(error) if error.is_refused() => {
            let folder = "The folder of this project is read-only. Changes are kept in the program's own folder until \
                          you save it elsewhere";
            notices.push(folder.to_owned());
            // Somebody who may write there can have it open all the same.
            match owner(disk, project) {
                Some(owner) if !take_over => {
                    Err(StoreError::InUse { path: project.to_owned(), owner: Box::new(owner) })
                }
                _ => Ok(None),
            }
        }
        Err(error) => Err(error),
    }
}

struct Opening<'o> {
    disk: &'o Arc<dyn Disk>,
    folders: &'o Folders,
    /// As the caller has it, for messages.
    path: &'o Path,
    project: &'o Path,
    unnamed: bool,
    write: bool,
}

impl Opening<'_> {
    fn read(
        &self,
        notices: &mut Vec<String>,
        damage: &mut Vec<Damage>,
    ) -> Result<(Option<Version>, Session, Journal, usize), StoreError> {
        let (project, version) = match read_on(self.disk.as_ref(), self.project, MAX_PROJECT_BYTES) {
            Ok(bytes) => {
                let name = self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy();
                let understood = project_file::open_bytes(&bytes, &name)?;
                *damage = understood.damage;
                (understood.project, Some(Version::of(&bytes)))
            }
            // An unnamed project may be in its journal alone.
            Err(error) if error.is_missing() && self.unnamed => (Project::new(), None),
            Err(error) => return Err(error),
        };
        let elsewhere = self.elsewhere();
        let own = (!self.unnamed).then(|| elsewhere.clone());
        let journal = Journal::new(Arc::clone(self.disk), beside(self.project), own, version.as_ref())?;
        let found = self.find(version.as_ref(), [beside(self.project), elsewhere], notices);
        let Some((path, contents, saved, torn)) = found else {
            let mut session = Session::new(project);
            if self.unnamed {
                session.mark_modified();
            }
            return Ok((version, session, journal, 0));
        };
        let (mut session, done, error) = contents.replay(project, saved);
        let mut journal = journal;
        if let Some(error) = &error {
            let left = contents.records().count() - saved - done;
            notices.push(format!("{left} unsaved changes do not fit the project and were not taken in: {error}"));
        }
        if error.is_some() || torn {
            self.set_aside(&path, true, notices);
            journal.salvage(version.as_ref(), &contents, saved, done)?;
        } else {
            journal = journal.resume(path, &contents);
        }
        if self.unnamed {
            session.mark_modified();
        } else {
            session.mark_saved(contents.revision_at(saved));
        }
        let recovered = if session.is_modified() { done } else { 0 };
        Ok((version, session, journal, recovered))
    }

    /// Where the journal is kept if it may not be beside the project.
    fn elsewhere(&self) -> PathBuf {
        let project = std::path::absolute(self.project).unwrap_or_else(|_| self.project.to_owned());
        let name = Version::of(project.as_os_str().as_encoded_bytes()).sha256;
        self.folders.data.join("recovery").join(name).with_extension("journal")
    }

    /// The journal that belongs to this version of the file, how many of its records are in it, and whether more of it
    /// is lost than a last line that was cut off.
    fn find(
        &self,
        version: Option<&Version>,
        paths: [PathBuf; 2],
        notices: &mut Vec<String>,
    ) -> Option<(PathBuf, Contents, usize, bool)> {
        for path in paths {
            let bytes = match read_on(self.disk.as_ref(), &path, MAX_PROJECT_BYTES) {
                Ok(bytes) => bytes,
                Err(error) if error.is_missing() => continue,
                Err(error) => {
                    notices.push(format!("The journal of unsaved changes was not taken in: {error}"));
                    self.set_aside(&path, false, notices);
                    continue;
                }
            };
            match read_journal(&bytes) {
                Ok(contents) => match contents.saved_in(version) {
                    Some(saved) => {
                        let torn = contents.lost > 1 || contents.lost == 1 && bytes.ends_with(b"\n");
                        if torn {
                            let lines = contents.lost;
                            notices.push(format!(
                                "The journal of unsaved changes is damaged; {lines} of its lines were not taken in"
                            ));
                        }
                        return Some((path, contents, saved, torn));
                    }
                    None => {
                        let lost = contents.records().count();
                        if lost > 0 {
                            notices.push(format!(
                                "There are {lost} unsaved changes to another version of this file. They were not taken in"
                            ));
                            self.set_aside(&path, false, notices);
                        }
                    }
                },
                Err(error) => {
                    notices.push(format!("The journal of unsaved changes was not taken in: {error}"));
                    self.set_aside(&path, false, notices);
                }
            }
        }
        None
    }

    /// Keeps a journal that cannot be used, or not whole, under a name of its own; says where.
    fn set_aside(&self, path: &Path, copy: bool, notices: &mut Vec<String>) {
        if !self.write {
            return;
        }
        let time = Timestamp::now().strftime("%Y-%m-%d-%H%M%S-%6f");
        let aside = hidden_beside(self.project, &format!(".journal-{time}"));
        let kept = if copy { self.disk.link(path, &aside) } else { self.disk.rename(path, &aside) };
        notices.push(match kept {
            Ok(()) => format!("That journal is kept as “{}”", aside.display()),
            Err(error) => format!("That journal could not be kept: {error}"),
        });
    }
}
