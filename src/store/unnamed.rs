//! Projects that have no name yet: kept in the program's own folder until they are saved or given up.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use super::disk::{hidden_beside, remove_on};
use super::journal::{Journal, Place, beside};
use super::keeper::Keeper;
use super::layer::{Disk, System};
use super::lock::owner;
use super::{EXTENSION, Folders, StoreError};

/// Work of an earlier session that was never saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Where it is kept; opened as any project, even if there is only its journal.
    pub path: PathBuf,
    /// When it was last changed.
    pub saved_at: Timestamp,
}

/// Keeps a new project without a name. Nothing is written before something happens.
///
/// # Errors
/// None that the disk can bring about.
pub fn unnamed(folders: &Folders, name: &str, wake: impl Fn() + Send + 'static) -> Result<Keeper, StoreError> {
    unnamed_on(Arc::new(System), folders, name, Box::new(wake))
}

/// As [`unnamed`], on any disk.
pub(super) fn unnamed_on(
    disk: Arc<dyn Disk>,
    folders: &Folders,
    name: &str,
    wake: Box<dyn Fn() + Send>,
) -> Result<Keeper, StoreError> {
    let project = fresh(folders);
    let journal = Journal::new(Arc::clone(&disk), beside(&project), None, None)?;
    let place = Place { project, version: None, unnamed: true, lock: None, name: name.to_owned() };
    Ok(Keeper::new(disk, place, journal, wake))
}

fn folder(folders: &Folders) -> PathBuf {
    folders.data.join("unnamed")
}

/// A place for a project without a name, of its own for every such project.
pub(super) fn fresh(folders: &Folders) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let now = Timestamp::now().strftime("%Y-%m-%d-%H%M%S-%6f");
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    folder(folders).join(format!("{now}-{}-{count}.{EXTENSION}", std::process::id()))
}

pub(super) fn is_unnamed(folders: &Folders, project: &Path) -> bool {
    project.parent() == Some(&folder(folders))
}

/// All work of earlier sessions that was never saved, the newest first. What another window has open is not among it.
pub fn recoverable(folders: &Folders) -> Vec<Recovery> {
    let names = System.list(&folder(folders)).unwrap_or_default().into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.to_owned();
        let journal = name.strip_prefix('.').and_then(|name| name.strip_suffix(".journal"));
        let project = journal.unwrap_or(&name);
        (!project.starts_with('.') && project.ends_with(EXTENSION)).then(|| path.with_file_name(project))
    });
    let unique: BTreeSet<PathBuf> = names.collect();
    let free = unique.into_iter().filter(|path| owner(&System, path).is_none_or(|owner| owner.is_gone()));
    let mut all: Vec<Recovery> = free
        .filter_map(|path| {
            let changed =
                [beside(&path), path.clone()].iter().find_map(|path| fs::metadata(path).ok()?.modified().ok())?;
            Some(Recovery { saved_at: Timestamp::try_from(changed).ok()?, path })
        })
        .collect();
    all.sort_by(|one, other| other.saved_at.cmp(&one.saved_at).then_with(|| one.path.cmp(&other.path)));
    all
}

impl Recovery {
    /// Removes it.
    ///
    /// # Errors
    /// It may not be removed.
    pub fn forget(&self) -> Result<(), StoreError> {
        for path in [beside(&self.path), self.path.clone(), hidden_beside(&self.path, ".lock")] {
            remove_on(&System, &path)?;
        }
        Ok(())
    }
}
