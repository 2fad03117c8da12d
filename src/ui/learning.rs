//! Has what a person decides change what is suggested, at once in the article shown and soon in all others.

use std::time::Duration;

use super::command::Command;
use super::edits::apply;
use super::kinds::KindsLearned;
use super::listing::Sort;
use super::state::State;
use super::worker::Worker;
use crate::project::{ArticleId, Edit, Mention, Stamp, Taken, ops};
use crate::suggest::{self, ProjectMemory};

/// How long learning may take in one frame.
const LONG: Duration = Duration::from_millis(4);

/// Learns from the project that was just opened, on a thread.
pub(super) fn begin(state: &mut State, worker: &Worker) {
    state.model.session.take_changed();
    state.model.learner.is_reading = true;
    worker.learn(state.model.project().snapshot(), state.model.number);
}

/// Takes in what a thread has learned from the project as it was opened.
pub(super) fn begun(state: &mut State, memory: ProjectMemory, due: Vec<ArticleId>) {
    state.model.learner.opened(memory, due);
}

/// Takes in what examples of kinds teach.
pub(super) fn kinds_learned(state: &mut State, learned: KindsLearned) {
    if learned.number == state.model.number {
        state.model.learner.likened(learned);
    }
}

fn stamp() -> Stamp {
    Stamp { by: suggest::AUTHOR.into(), at: jiff::Timestamp::now() }
}

/// Applies what follows from decisions.
fn follow(state: &mut State, edit: Edit) {
    let model = &mut state.model;
    if model.read_only || edit.is_empty() {
        return;
    }
    model.learner.note(&mut model.session);
    let applied = model.session.apply(edit);
    // What it changes is nothing to learn from.
    model.session.take_changed();
    if let Err(error) = applied {
        state.toasts.problem(format!("What you decided earlier could not be applied: {error}"));
    }
}

/// Goes on with what was learned; whether there is more to do.
pub(super) fn go_on(state: &mut State, worker: &Worker) -> bool {
    let model = &mut state.model;
    // The frame that shows a decision has enough to do: what follows comes with the next.
    if model.learner.note(&mut model.session) && !model.learner.is_reading {
        return true;
    }
    if let Some(edit) = model.learner.step(&model.session, model.article, LONG, &stamp()) {
        follow(state, edit);
    }
    let model = &mut state.model;
    let job = model.learner.kinds_job(&model.session, model.number, model.article);
    job.into_iter().for_each(|job| worker.learn_kinds(job));
    if !state.model.learner.is_idle() {
        return true;
    }
    // What articles save follows from all of that.
    state.listing.sort == Sort::Saves && state.listing.savings.go_on(&state.model, LONG)
}

/// Whether decisions have changed the suggestion that keys act on.
pub(super) fn is_learned(state: &State) -> bool {
    let model = &state.model;
    model.inspected().is_some_and(|mention| model.learner.memory.reason(model.project(), mention).is_some())
}

/// Has decisions elsewhere not count for the words of the suggestion that keys act on, in its article or anywhere.
pub(super) fn refuse(state: &mut State, everywhere: bool) {
    if let Some(id) = state.model.inspected().map(|mention: &Mention| mention.id) {
        apply(state, |project, stamp| ops::refuse(project, id, everywhere, stamp));
        state.model.selected = state.model.selected.filter(|id| state.model.project().mention(*id).is_some());
    }
}

/// Uses what another project has learned.
pub(super) fn take(state: &mut State, taken: Result<Taken, String>) {
    match taken {
        Ok(taken) if taken.words.is_empty() && taken.kinds.is_none() => {
            let nothing = format!("Nothing was decided in two articles of {}: there is nothing to use", taken.from);
            state.toasts.problem(nothing);
        }
        Ok(taken) => {
            let words = super::text::count(taken.words.len(), "name or word", "names and words");
            let kinds = taken.kinds.iter().flat_map(|known| &known.kinds).map(|kind| kind.plural.to_lowercase());
            let known = [words, kinds.collect::<Vec<_>>().join(", ")];
            let is_some = [!taken.words.is_empty(), taken.kinds.is_some()];
            let known = known.into_iter().zip(is_some).filter_map(|(known, is)| is.then_some(known));
            let told = format!("Using what {} knows of {}", taken.from, known.collect::<Vec<_>>().join(", and of "));
            if apply(state, |project, stamp| ops::take_memory(project, taken, stamp)) {
                state.toasts.offer(told, "Undo", Command::Undo);
            } else if !state.model.read_only {
                state.toasts.done("It is already in use");
            }
        }
        Err(problem) => state.toasts.problem(problem),
    }
}

/// Has decisions change what is suggested from now on, or no longer.
pub(super) fn toggle(state: &mut State) {
    let on = !state.model.project().learning().on;
    apply(state, |project, stamp| ops::set_learning(project, on, stamp));
}
