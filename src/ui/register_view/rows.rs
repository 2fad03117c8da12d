//! What can be done with the rows that are chosen.

use crate::project::{EventId, Target, ops};
use crate::ui::actions::{Action, Actions};
use crate::ui::model::Model;
use crate::ui::proposed::APART;
use crate::ui::register::{Register, Telling};

/// Says that the rows chosen are one: events of one article are merged, those of several become one happening.
pub(super) fn join(model: &Model, register: &mut Register, actions: &mut Actions) {
    let chosen = register.chosen();
    let [first, _, ..] = chosen.as_slice() else { return };
    let article = |id: &EventId| model.project().event(*id).map(|event| event.article);
    let alone = |id: &EventId| model.project().happening(*id).len() == 1;
    if chosen.iter().all(|id| article(id) == article(first) && alone(id)) {
        actions.push(Action::Merge(chosen.iter().copied().map(Target::Event).collect()));
    } else {
        actions.edit(move |project, stamp| ops::same(project, &chosen, stamp));
    }
    register.takes_keys = true;
}

/// Says that no two of the rows chosen are the same.
pub(super) fn part(register: &Register, actions: &mut Actions) {
    let targets: Vec<Target> = register.chosen().into_iter().map(Target::Event).collect();
    if (2..=APART).contains(&targets.len()) {
        actions.edit(move |project, stamp| ops::apart(project, &targets, stamp));
    }
}

/// Accepts or rejects all that tells of the rows chosen.
pub(super) fn decide(model: &Model, register: &mut Register, actions: &mut Actions, accept: bool) {
    let mut mentions = Vec::new();
    for event in register.chosen() {
        let Some(shown) = register.shown(model.project(), event) else { continue };
        let told = shown.events.iter().flat_map(|event| model.project().mentions_of(Target::Event(*event)));
        let open = told.filter(|mention| mention.is_live() && (!accept || mention.is_open()));
        mentions.extend(open.map(|mention| mention.id));
    }
    actions.edit(move |project, stamp| match accept {
        true => ops::accept(project, &mentions, stamp),
        false => ops::reject(project, &mentions, stamp),
    });
    register.takes_keys = true;
}

/// Takes the event of the telling that has the keys out of its happening.
pub(super) fn take_out(register: &mut Register, actions: &mut Actions, tellings: &[Telling]) {
    if let Some(Target::Event(event)) = tellings.get(register.telling).map(|telling| telling.target) {
        actions.edit(move |project, stamp| ops::leave(project, event, stamp));
        register.telling = 0;
    }
    register.takes_keys = true;
}
