//! Commands about events: which are shown, which are chosen together, and merging them.

use jiff::Timestamp;

use super::command::Command;
use super::edits::apply;
use super::model::EventField;
use super::state::State;
use super::text;
use super::worker::{Job, Worker};
use crate::project::ops::{self, Slot};
use crate::project::{EventId, KindId, Level, Mention, Stamp, Target};
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

/// Chooses an event beside the one selected, or no longer; `through` all that are listed from that one to this.
pub(super) fn pick(state: &mut State, event: EventId, through: bool) {
    let selected = state.model.selected_mention().and_then(Mention::event);
    if through && let Some(selected) = selected {
        let listed = listed(state);
        let place = |id| listed.iter().position(|listed| *listed == id);
        if let Some((from, to)) = place(selected).zip(place(event)) {
            let range = from.min(to)..=from.max(to);
            state.model.picked.extend(listed.get(range).unwrap_or_default());
            state.model.picked.remove(&selected);
            return;
        }
    }
    if selected != Some(event) && !state.model.picked.remove(&event) {
        state.model.picked.insert(event);
    }
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

/// The events of the article shown, in the order in which the panels list them.
fn listed(state: &State) -> Vec<EventId> {
    let kinds = state.model.project().tagset().kinds.iter().map(|kind| &kind.id);
    let sections = kinds.filter_map(|kind: &KindId| state.rows.section(kind));
    let rows = sections.flat_map(|section| section.rows.iter().chain(&section.background));
    let event = |target| if let Some(Target::Event(id)) = target { Some(id) } else { None };
    rows.filter_map(|row| event(row.target)).collect()
}

/// Whether several events are chosen.
pub(super) fn can_merge(state: &State) -> bool {
    state.model.chosen_events().len() > 1
}

/// Merges the events chosen into the one that is selected, and tells on what they disagree.
pub(super) fn merge(state: &mut State) {
    let chosen = state.model.chosen_events();
    merge_into(state, &chosen);
}

/// Merges events into the first of them, and tells on what they disagree.
pub(super) fn merge_into(state: &mut State, events: &[EventId]) {
    let Some((into, from)) = events.split_first() else { return };
    let slots: Vec<&str> = ops::disagreements(state.model.project(), events).into_iter().map(slot).collect();
    let name = state.model.project().event(*into).map(|event| text::shortened(&event.name, 40)).unwrap_or_default();
    if apply(state, |project, stamp| ops::merge_events(project, from, *into, stamp)) {
        state.model.picked.clear();
        let merged = format!("Merged {} events", events.len());
        let told = match slots.as_slice() {
            [] => format!("{merged} into “{name}”"),
            slots => format!("{merged}. They differ in {}: “{name}” keeps its own", listed_words(slots)),
        };
        state.toasts.clear_done();
        state.toasts.offer(told, "Undo", Command::Undo);
    }
}

fn slot(slot: Slot) -> &'static str {
    match slot {
        Slot::Type => "type",
        Slot::Date => "date",
        Slot::Place => "place",
        Slot::Reality => "reality",
    }
}

/// "type", "type and date", "type, date and place".
fn listed_words(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}
