//! Rows of the panels that are chosen together, and merging them.

use super::command::Command;
use super::edits::apply;
use super::forms::MergeForm;
use super::state::{Dialog, State};
use super::text;
use crate::project::ops::{self, Slot};
use crate::project::{EntityId, EventId, KindId, Target};

/// Chooses a row beside the one selected, or no longer; `through` all that are listed from that one to this.
pub(super) fn pick(state: &mut State, target: Target, through: bool) {
    let selected = state.model.selected_mention().and_then(|mention| mention.target);
    let first = selected.or(state.model.picked.first().copied());
    if first.is_some_and(|first| !state.model.can_be_one(first, target)) {
        state.toasts.done("Only rows of the same kind can be selected together");
        return;
    }
    if through && let Some(selected) = selected {
        let listed = listed(state, selected);
        let place = |target| listed.iter().position(|listed| *listed == target);
        if let Some((from, to)) = place(selected).zip(place(target)) {
            let range = from.min(to)..=from.max(to);
            state.model.picked.extend(listed.get(range).unwrap_or_default());
            state.model.picked.remove(&selected);
            return;
        }
    }
    if selected != Some(target) && !state.model.picked.remove(&target) {
        state.model.picked.insert(target);
    }
}

/// What is listed that can be one with a target, in the order of the panels.
fn listed(state: &State, with: Target) -> Vec<Target> {
    let kinds = state.model.project().tagset().kinds.iter().map(|kind| &kind.id);
    let sections = kinds.filter_map(|kind: &KindId| state.rows.section(kind));
    let rows = sections.flat_map(|section| section.rows.iter().chain(&section.background));
    rows.filter_map(|row| row.target).filter(|target| state.model.can_be_one(with, *target)).collect()
}

/// Whether several rows are chosen.
pub(super) fn can_merge(state: &State) -> bool {
    state.model.chosen().len() > 1
}

/// Merges the rows chosen into the one that is selected.
pub(super) fn merge(state: &mut State) {
    let chosen = state.model.chosen();
    merge_into(state, &chosen);
}

/// Merges entities or events into the first of them, and tells on what events disagree.
pub(super) fn merge_into(state: &mut State, targets: &[Target]) {
    let Some((into, from)) = targets.split_first() else { return };
    let merged = match *into {
        Target::Event(into) => merge_events(state, into, &from.iter().copied().filter_map(event).collect::<Vec<_>>()),
        Target::Entity(into) => {
            merge_entities(state, into, &from.iter().copied().filter_map(entity).collect::<Vec<_>>())
        }
    };
    if let Some(told) = merged {
        state.model.picked.clear();
        state.toasts.clear_done();
        state.toasts.offer(told, "Undo", Command::Undo);
    }
}

pub(super) fn event(target: Target) -> Option<EventId> {
    if let Target::Event(id) = target { Some(id) } else { None }
}

fn entity(target: Target) -> Option<EntityId> {
    if let Target::Entity(id) = target { Some(id) } else { None }
}

fn merge_entities(state: &mut State, into: EntityId, from: &[EntityId]) -> Option<String> {
    let project = state.model.project();
    let name = |id: EntityId| project.entity(id).map(|entity| text::shortened(&entity.name, 40)).unwrap_or_default();
    let what = if let [one] = from { format!("“{}”", name(*one)) } else { text::number(from.len() + 1) };
    let told = format!("Merged {what} into “{}”", name(into));
    apply(state, |project, stamp| ops::merge(project, from, into, stamp)).then_some(told)
}

fn merge_events(state: &mut State, into: EventId, from: &[EventId]) -> Option<String> {
    let project = state.model.project();
    let events: Vec<EventId> = std::iter::once(into).chain(from.iter().copied()).collect();
    let slots: Vec<&str> = ops::differing_slots(project, &events).into_iter().map(slot).collect();
    let name = project.event(into).map(|event| text::shortened(&event.name, 40)).unwrap_or_default();
    let merged = format!("Merged {} events", events.len());
    let told = match slots.as_slice() {
        [] => format!("{merged} into “{name}”"),
        slots => format!("{merged}. They differ in {}: “{name}” keeps its own", listed_words(slots)),
    };
    apply(state, |project, stamp| ops::merge_events(project, from, into, stamp)).then_some(told)
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

/// Whether the keys act on something that can be merged.
pub(super) fn has_subject(state: &State) -> bool {
    state.model.inspected().is_some_and(|mention| mention.target.is_some())
}

/// Asks what the entity or event that keys act on is the same as.
pub(super) fn ask(state: &mut State) {
    if let Some(target) = state.model.inspected().and_then(|mention| mention.target) {
        state.dialog = Some(Dialog::Merge(MergeForm::new(target)));
    }
}
