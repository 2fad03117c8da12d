//! Article files and annotation sets: found in folders; the sets read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Action, StoreError, disk};
use crate::import;
use crate::ingest;

/// The most files that one folder brings.
const MAX_FILES: usize = 100_000;
/// How deep folders in folders are looked into.
const MAX_DEPTH: usize = 32;
/// How much of a file is looked at to tell what it is, in bytes.
const HEAD: u64 = 1024 * 1024;

/// The articles at a path: the file itself, whatever it is called, or all articles below a folder.
///
/// # Errors
/// As [`collect_files`].
pub fn articles_at(path: &Path) -> Result<Vec<PathBuf>, StoreError> {
    if is_folder(path) { collect_files(path) } else { Ok(vec![path.to_owned()]) }
}

/// Whether there is a folder at a path.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether two paths lead to the same file; not where either leads nowhere.
pub fn same_file(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    whole(one).is_some_and(|one| whole(other) == Some(one))
}

/// Whether there is something at a path.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// All files below a folder whose extension is that of a known format, sorted by path: at most 100,000, in folders at
/// most 32 deep. Hidden ones are left out and links to folders are not followed.
///
/// # Errors
/// The folder itself cannot be listed; folders in it that cannot be are passed over.
pub fn collect_files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    walk(folder, is_article)
}

fn walk(folder: &Path, wanted: fn(&Path) -> bool) -> Result<Vec<PathBuf>, StoreError> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), 0)];
    while let Some((path, depth)) = open.pop() {
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(StoreError::disk(&path, Action::Folder, &error)),
            Err(_) => continue,
        };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth < MAX_DEPTH => open.push((path, depth + 1)),
                Ok(kind) if !kind.is_dir() && wanted(&path) => found.push(path),
                _ => {}
            }
            if found.len() >= MAX_FILES {
                open.clear();
                break;
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The files of annotation sets at paths, read: a file with those beside it that differ only in what they end in, and
/// of a folder all that import knows, as [`collect_files`] finds articles. At most [`import::MAX_BYTES`] a file.
///
/// # Errors
/// A file cannot be read, or a folder cannot be listed; the message names it.
pub fn read_annotations(paths: &[PathBuf]) -> Result<Vec<import::File>, StoreError> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        if is_folder(path) {
            found.extend(walk(path, is_annotation)?);
            continue;
        }
        found.push(path.clone());
        let extension = extension_of(path);
        let fits = |known: &&&dyn import::Format| known.together() && known.extensions().contains(&extension.as_str());
        let siblings = import::FORMATS.iter().filter(fits).flat_map(|format| format.extensions());
        found.extend(siblings.map(|extension| path.with_extension(extension)).filter(|path| path.is_file()));
    }
    found.sort();
    found.dedup();
    let read = |path: PathBuf| {
        let bytes = disk::read_limited(&path, import::MAX_BYTES as u64)?;
        Ok(import::File { name: path.to_string_lossy().into_owned(), bytes })
    };
    found.into_iter().map(read).collect()
}

/// Whether any of these paths is an annotation set rather than articles: a file by what it ends in and how it begins, a
/// folder by the first file of each ending in it.
pub fn are_annotations(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| {
        let mut seen = BTreeSet::new();
        let files = if is_folder(path) { walk(path, is_annotation).unwrap_or_default() } else { vec![path.clone()] };
        files.iter().filter(|file| seen.insert(extension_of(file))).any(|file| holds_annotations(file))
    })
}

/// Whether a file says of itself that it holds annotations.
fn holds_annotations(path: &Path) -> bool {
    let name = path.to_string_lossy();
    // What ends in nothing that import knows need not be read.
    is_annotation(path) && disk::read_head(path, HEAD).is_ok_and(|head| import::claims(&name, &head))
}

fn is_annotation(path: &Path) -> bool {
    import::extensions().contains(&extension_of(path).as_str()) && path.is_file()
}

fn extension_of(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

fn is_article(path: &Path) -> bool {
    let extension = extension_of(path);
    ingest::extensions().any(|known| known == extension) && path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_articles_in_folders_in_order() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::create_dir_all(root.join("b/c")).unwrap();
        fs::create_dir_all(root.join(".git")).unwrap();
        for name in ["z.TXT", "b/a.md", "b/c/page.html", "b/photo.png", ".git/x.txt", ".hidden.txt"] {
            fs::write(root.join(name), "Text.").unwrap();
        }
        let found = collect_files(root).unwrap();
        let found: Vec<_> = found.iter().map(|path| path.strip_prefix(root).unwrap().to_owned()).collect();
        assert_eq!(found, [Path::new("b/a.md"), Path::new("b/c/page.html"), Path::new("z.TXT")]);
        assert!(collect_files(&root.join("none")).is_err());
    }
}
