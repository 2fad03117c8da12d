//! What a person does with relations: relate tags, turn a relation round, look for relations.

use super::command::Command;
use super::edits::apply;
use super::forms::RelationsForm;
use super::relating::{Ask, Relating, broken_rule};
use super::state::{Dialog, State};
use crate::project::{MentionId, ops};

/// Whether there is a tag that a relation can begin at.
pub(super) fn can_start(state: &State) -> bool {
    state.relating.is_some() || state.model.subject().is_some_and(|mention| mention.is_live())
}

/// Begins a relation at the tag that keys act on; the keys go back to one that was begun.
pub(super) fn start(state: &mut State) {
    if let Some(relating) = &mut state.relating {
        relating.focus();
    } else if let Some(id) = state.model.subject().filter(|mention| mention.is_live()).map(|mention| mention.id) {
        state.pick(id);
        state.relating = Some(Relating::new(id));
    }
}

/// Does what is asked for while tags are related.
pub fn answer(state: &mut State, ask: Ask) {
    match ask {
        Ask::Step(forward) => step(state, forward),
        Ask::Typed => typed(state),
        Ask::Turn => {
            if let Some(relating) = &mut state.relating {
                std::mem::swap(&mut relating.from, &mut relating.at);
                relating.focus();
            }
        }
        Ask::Kind(kind) => {
            if let Some(relating) = &mut state.relating {
                relating.kind = Some(kind);
                relating.focus();
            }
            make(state);
        }
        Ask::Tag(id) => tag(state, id),
        Ask::Drag(from, to) => {
            let kept = state.relating.take().unwrap_or_default();
            let chosen = kept.kind.is_some();
            state.pick(from);
            state.relating =
                Some(Relating { at: Some(to), kind: kept.kind, several: kept.several, ..Relating::new(from) });
            if chosen {
                make(state);
            }
        }
        Ask::Make => make(state),
        Ask::Leave => {
            state.relating = None;
            state.model.focus_article = true;
        }
    }
}

/// The tag is the end that is looked for.
fn tag(state: &mut State, id: MentionId) {
    let Some(relating) = &mut state.relating else { return };
    relating.focus();
    relating.words.clear();
    match relating.from {
        None => (relating.from, relating.at) = (Some(id), None),
        Some(from) if from == id => relating.at = None,
        Some(_) => relating.at = Some(id),
    }
    if state.relating.as_ref().is_some_and(|relating| relating.kind.is_some()) {
        make(state);
    }
}

/// On to the next tag that fits, from where one is; round at the ends.
fn step(state: &mut State, forward: bool) {
    let Some(relating) = &state.relating else { return };
    let fitting = relating.fitting(&state.model);
    let place =
        |id: Option<MentionId>| id.and_then(|id| state.model.project().mention(id)).map(|mention| mention.order());
    let here = place(relating.at).or(place(relating.from));
    let next = match here {
        Some(here) if forward => fitting.iter().find(|mention| mention.order() > here),
        Some(here) => fitting.iter().rev().find(|mention| mention.order() < here),
        None => None,
    };
    let round = if forward { fitting.first() } else { fitting.last() };
    let found = next.or(round).map(|mention| (mention.id, mention.range));
    if let (Some(relating), Some((id, range))) = (&mut state.relating, found) {
        relating.at = Some(id);
        state.view.bring_into_view(range);
    }
}

/// The tag that fits what was typed: the one meant already, else the nearest behind the other end.
fn typed(state: &mut State) {
    let Some(relating) = &mut state.relating else { return };
    if relating.words.trim().is_empty() {
        relating.at = None;
        return;
    }
    let fitting: Vec<MentionId> = relating.fitting(&state.model).iter().map(|mention| mention.id).collect();
    if relating.at.is_none_or(|at| !fitting.contains(&at)) {
        relating.at = None;
        step(state, true);
    }
}

/// Makes the relation, once both ends are known. Where only the other end is it begins there.
fn make(state: &mut State) {
    let Some(relating) = state.relating.clone() else { return };
    if let (None, Some(at)) = (relating.from, relating.at) {
        state.relating =
            Some(Relating { from: Some(at), at: None, words: String::new(), wants_focus: true, ..relating });
        return;
    }
    let Some(((from, to), kind)) = relating.ends().zip(relating.kind(&state.model)) else { return };
    let done = apply(state, |project, stamp| ops::relate(project, &kind, from, to, stamp));
    let project = state.model.project();
    let made = project.related(&kind.id, kind.symmetric, from, to);
    let made = made.filter(|relation| relation.is_live()).map(|relation| relation.id);
    let kinds = project.mention(from).zip(project.mention(to)).map(|(from, to)| (&from.kind, &to.kind));
    let broken = kinds.and_then(|(from, to)| broken_rule(project, &kind, from, to));
    if let (true, Some(rule)) = (done, broken) {
        state.toasts.offer(format!("{rule}. The relation was made anyway"), "Undo", Command::Undo);
    } else if !done && made.is_some() && !state.model.read_only {
        state.toasts.done(format!("“{}” already exists", kind.name));
    }
    state.model.last_relation = Some(kind.id.clone());
    if relating.several {
        // The next one may well begin at the same tag.
        let (at, kind) = (Some(from), Some(kind.id));
        state.relating = Some(Relating { at, kind, several: true, wants_focus: true, ..Relating::default() });
    } else {
        state.relating = None;
        made.into_iter().for_each(|id| state.pick_relation(id));
        state.model.focus_article = true;
    }
}

/// Whether a relation is selected that has a direction.
pub(super) fn can_turn(state: &State) -> bool {
    let relation = state.model.selected_relation();
    relation.is_some_and(|relation| !state.model.project().tagset().is_symmetric(&relation.kind))
}

/// Has the relation selected begin where it ended.
pub(super) fn turn(state: &mut State) {
    let Some(id) = state.model.selected_relation().map(|relation| relation.id) else { return };
    apply(state, |project, stamp| ops::reverse_relation(project, id, stamp));
}

/// Whether the project has relations to look for.
pub(super) fn any(state: &State) -> bool {
    state.model.project().relations().next().is_some()
}

/// Lists the relations of all articles: of the kind of the one selected, or all.
pub(super) fn find(state: &mut State) {
    let kind = state.model.selected_relation().map(|relation| relation.kind.clone());
    state.dialog = Some(Dialog::Relations(RelationsForm::new(kind)));
}
