//! File dialogs, one at a time.

use std::path::{Path, PathBuf};

use super::file_dialog::Purpose;
use super::state::State;
use super::worker::Worker;

/// Asks for files or a folder to read.
pub fn open(state: &mut State, worker: &Worker, purpose: Purpose) {
    write(state, worker, purpose, String::new());
}

/// Asks for a place to write to; `name` is proposed. Whether it is being asked for.
pub fn write(state: &mut State, worker: &Worker, purpose: Purpose, name: String) -> bool {
    let busy = std::mem::replace(&mut state.model.jobs.picking, true);
    if busy {
        state.toasts.problem("A file dialog is open already. Answer that one first");
    } else {
        let folder = last_folder(state, &purpose);
        worker.pick(purpose, state.model.number, folder, name);
    }
    !busy
}

/// Where a file dialog starts.
fn last_folder(state: &State, purpose: &Purpose) -> Option<PathBuf> {
    if let (Purpose::Export(_), Some(folder)) = (purpose, &state.model.settings.export.folder) {
        return Some(folder.clone());
    }
    let known = state.model.path.as_ref().or(state.model.settings.recent.first());
    known.and_then(|path| path.parent()).map(Path::to_path_buf)
}
