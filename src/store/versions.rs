//! Earlier versions of a project's file, hidden beside it: `.NAME.2026-11-25-213856-123456.rubric`.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::EXTENSION;
use super::disk::{folder_of, follow_links, remove_on};
use super::layer::{Disk, System};

/// How a version's time is written in its name.
const TIME: &str = "%Y-%m-%d-%H%M%S-%6f";

/// An earlier version of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The file; opened as any project.
    pub path: PathBuf,
    /// When a later one took its place.
    pub until: Timestamp,
    /// Its size in bytes.
    pub len: u64,
}

/// The earlier versions of a project that are kept beside it, the latest first.
pub fn earlier(project: &Path) -> Vec<Earlier> {
    list(&System, &follow_links(&System, project))
}

/// Keeps the file that is about to be replaced as an earlier version, and `most` of them at all. Says what failed.
pub(super) fn keep(disk: &dyn Disk, project: &Path, most: usize) -> std::io::Result<()> {
    if most > 0 && disk.stat(project).is_ok() {
        let name = format!(".{}.{}.{EXTENSION}", stem(project), Timestamp::now().strftime(TIME));
        disk.link(project, &project.with_file_name(name))?;
    }
    Ok(())
}

/// Removes the oldest versions beyond `most`.
pub(super) fn prune(disk: &dyn Disk, project: &Path, most: usize) {
    for old in list(disk, project).iter().skip(most) {
        // One that cannot be removed is tried again at the next save.
        remove_on(disk, &old.path).ok();
    }
}

/// As [`earlier`], on any disk.
fn list(disk: &dyn Disk, project: &Path) -> Vec<Earlier> {
    let start = format!(".{}.", stem(project));
    let end = format!(".{EXTENSION}");
    let version = |path: PathBuf| {
        let name = path.file_name()?.to_str()?;
        let time = name.strip_prefix(&start)?.strip_suffix(&end)?;
        let until = jiff::civil::DateTime::strptime(TIME, time).ok()?;
        let len = disk.stat(&path).map_or(0, |stat| stat.len);
        Some(Earlier { until: jiff::tz::Offset::UTC.to_timestamp(until).ok()?, len, path })
    };
    let mut found: Vec<_> = disk.list(folder_of(project)).unwrap_or_default().into_iter().filter_map(version).collect();
    found.sort_by_key(|version| std::cmp::Reverse(version.until));
    found
}

fn stem(project: &Path) -> std::borrow::Cow<'_, str> {
    project.file_stem().unwrap_or_default().to_string_lossy()
}
