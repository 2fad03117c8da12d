//! Commands about events: which are shown, their cards, and those that a person makes.

use jiff::Timestamp;

use super::edits::apply;
use super::job::Job;
use super::model::EventField;
use super::state::State;
use super::worker::Worker;
use crate::project::ops;
use crate::project::{EventId, Level, Stamp, Target};
use crate::suggest;

/// Shows events down to a level.
pub(super) fn show(state: &mut State, level: Level) {
    apply(state, |project, stamp| ops::set_level(project, level, stamp));
}

/// Whether a level can be chosen: it is not the one that is shown.
pub(super) fn can_show(state: &State, level: Level) -> bool {
    state.model.project().level() != level
}

/// Whether keys act on an event.
pub(super) fn is_selected(state: &State) -> bool {
    state.model.inspected().is_some_and(|mention| mention.event().is_some())
}

/// Gives a field of the card of the event that keys act on the keys.
pub(super) fn go_to(state: &mut State, field: EventField) {
    let Some(id) = state.model.inspected().map(|mention| mention.id) else { return };
    if state.model.selected != Some(id) {
        state.select(id);
    }
    state.model.focus_article = false;
    state.model.show_panels = true;
    state.model.reveal_row = true;
    state.model.event_field = Some(field);
}

/// Has the engine read the words of an event that a person has just made.
pub(super) fn read_made(state: &mut State, worker: &Worker) {
    let Some(event) = state.made.take() else { return };
    let project = state.model.project();
    let mention = project.mentions_of(Target::Event(event)).find(|mention| mention.is_live());
    let record = mention.and_then(|mention| project.article(mention.article));
    if let Some((mention, record)) = mention.zip(record).filter(|_| state.model.settings.events) {
        let job = Job { article: record.id, text: record.article.text.clone(), date: record.article.meta.date };
        worker.read_event(state.model.number, event, job, mention.range);
    }
}

/// Fills an event that a person has made with what the engine made of its words.
pub(super) fn filled(state: &mut State, event: EventId, found: Option<&suggest::Event>) {
    let Some(found) = found else { return };
    let stamp = Stamp { by: suggest::AUTHOR.into(), at: Timestamp::now() };
    let edit = suggest::fill(state.model.project(), event, found, stamp);
    if !edit.is_empty() && !state.model.read_only && state.model.session.apply(edit).is_ok() {
        state.model.reveal_row = true;
    }
}
