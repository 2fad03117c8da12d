//! Saving the project, and leaving it for another.

use std::path::PathBuf;

use super::file_dialog::Purpose;
use super::picking;
use super::state::{AfterAnswer, Dialog, State};
use super::worker::Worker;
use crate::store::{self, Save};

/// Goes on to another project, after a question where unsaved work would be lost.
pub fn leave_project(state: &mut State, after: AfterAnswer) {
    if state.model.session.is_modified() {
        state.dialog = Some(Dialog::Unsaved(after));
    } else {
        state.next = Some(after);
    }
}

/// Whether there is something to save, and it may be.
pub(super) fn can_save(state: &State) -> bool {
    let unnamed = state.model.path.is_none() && state.model.project().article_count() > 0;
    !state.model.read_only && (state.model.session.is_modified() || unnamed)
}

/// Saves where the project is kept, or asks where.
///
/// Whether a save is on its way or its place is being asked for.
pub fn save(state: &mut State, worker: &Worker) -> bool {
    match state.model.path.clone() {
        Some(_) if state.model.damaged.is_some() && !state.model.read_only => {
            state.dialog = Some(Dialog::ReplaceDamaged);
            false
        }
        Some(path) if !state.model.read_only => {
            save_to(state, worker, path, false);
            true
        }
        _ => save_as(state, worker),
    }
}

/// Asks where to save. Whether the place is being asked for.
pub(super) fn save_as(state: &mut State, worker: &Worker) -> bool {
    let title = state.model.project().articles().next().map_or("", |record| &record.article.meta.title);
    let stem =
        state.model.path.as_ref().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
    let name = stem.unwrap_or_else(|| super::text::file_name(title));
    picking::write(state, worker, Purpose::SaveAs, format!("{name}.{}", store::EXTENSION))
}

/// Saves to a file, in the background; with `replace` also over what another program has written there.
pub fn save_to(state: &mut State, worker: &Worker, path: PathBuf, replace: bool) {
    if std::mem::replace(&mut state.model.jobs.saving, true) {
        // One at a time, or an older one might end last.
        state.save_again = Some(path);
        return;
    }
    let (project, past) = (state.model.project().snapshot(), state.model.session.past());
    let versions = state.model.settings.versions;
    worker.save(Save { project, past, path, replace, versions }, (state.model.number, state.model.session.revision()));
}

/// Lists the earlier versions of the project's file, in the background.
pub(super) fn earlier_versions(state: &State, worker: &Worker) {
    state.model.path.iter().for_each(|path| worker.earlier(path.clone()));
}
