//! Changes to the project: by whom, whether they may be made, and what the person is told of them.

use jiff::Timestamp;
use smol_str::SmolStr;

use super::command::Command;
use super::state::State;
use crate::project::{Change, Edit, Project, Stamp};
use crate::wording;

/// Who does something now.
pub fn stamp(state: &State) -> Stamp {
    // A project that was made for somebody knows who that is.
    let by = state.model.project().annotator().unwrap_or_else(|| state.model.settings.annotator_name());
    Stamp { by: SmolStr::new(by), at: Timestamp::now() }
}

/// Whether the project may be changed; says so where it may not.
pub fn may_change(state: &mut State) -> bool {
    if state.model.read_only {
        state.toasts.problem("This project is read-only. Save a copy to edit it");
    }
    !state.model.read_only
}

/// Applies an edit; says so where it is wide, and says why where it fails.
pub fn apply(state: &mut State, make: impl FnOnce(&Project, Stamp) -> Edit) -> bool {
    let mut edit = make(state.model.project(), stamp(state));
    if let Some(drawn) = state.model.drawn() {
        edit.note_drawn(drawn.id);
    }
    if edit.is_empty() || !may_change(state) {
        return false;
    }
    let (action, wide) = (edit.action.clone(), edit.changes.len() > 2 && edit.mentions().count() != 1);
    // How many tags a kind took along is told, be it one.
    let gone = edit.removes() || edit.changes.iter().any(|change| matches!(change, Change::Tagset(_)));
    match state.model.session.apply(edit) {
        Ok(()) => {
            state.toasts.clear_done();
            if wide || gone {
                state.toasts.offer(wording::done(&action), "Undo", Command::Undo);
            }
            true
        }
        Err(error) => {
            state.toasts.problem(format!("{} was not done: {error}", wording::to_do(&action)));
            false
        }
    }
}
