//! What keys do in the register while no field has them.

use eframe::egui::{Key, Modifiers, Popup, Ui};

use super::edit::{commit, open};
use super::parts::Parts;
use super::rows::{decide, join, part, take_out};
use crate::suggest::across::Proposal;
use crate::ui::actions::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::grid;
use crate::ui::model::Model;
use crate::ui::proposed_view::{Word, say};
use crate::ui::register::{Column, Part, Register};

/// What keys do while no field has them.
pub(super) fn keys(
    ui: &Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (parts, with_cards, cards): (Parts, bool, &[Proposal]),
) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    const NONE: Modifiers = Modifiers::NONE;
    const CTRL: Modifiers = Modifiers::COMMAND;
    const SHIFT: Modifiers = Modifiers::SHIFT;
    let (row, column) = register.cursor;
    if register.editing.is_some() {
        if register.column() == Column::Kind {
            return;
        }
        if pressed(NONE, Key::Escape) {
            register.editing = None;
            register.takes_keys = true;
        } else if pressed(NONE, Key::Enter) {
            commit(model, register, actions);
        } else if pressed(SHIFT, Key::Tab) && commit(model, register, actions) {
            register.go(row, column.saturating_sub(1), false);
        } else if pressed(NONE, Key::Tab) && commit(model, register, actions) {
            register.go(row, column + 1, false);
        }
        return;
    }
    let focused = ui.memory(|memory| memory.focused());
    let ours = focused.is_none_or(|id| [parts.table, parts.tellings, parts.cards].contains(&id));
    if !ours || ui.ctx().text_edit_focused() || Popup::is_any_open(ui.ctx()) {
        return;
    }
    if pressed(NONE, Key::Escape) {
        match register.part {
            Part::Table => actions.push(Action::LeaveRegister(None)),
            Part::Tellings | Part::Cards => (register.part, register.takes_keys) = (Part::Table, true),
        }
    }
    let (back, on) = (pressed(SHIFT, Key::Tab), pressed(NONE, Key::Tab));
    if back || on {
        register.part = match (register.part, on, with_cards) {
            (Part::Table, true, _) | (Part::Cards, false, _) => Part::Tellings,
            (Part::Tellings, true, true) | (Part::Table, false, true) => Part::Cards,
            (Part::Table, false, false) => Part::Tellings,
            (Part::Cards, true, _) | (Part::Tellings, ..) => Part::Table,
        };
        register.takes_keys = true;
    }
    if pressed(CTRL | SHIFT, Key::Z) || pressed(CTRL, Key::Y) {
        actions.command(Command::Redo);
    } else if pressed(CTRL, Key::Z) {
        actions.command(Command::Undo);
    }
    if register.part == Part::Cards {
        return card_keys(ui, model, register, actions, cards);
    }
    let tellings = register.tellings(model.project());
    if register.part == Part::Tellings {
        let last = tellings.len().saturating_sub(1);
        // Left where they are: what brings the row into view looks at them too.
        let (up, down) = ui.input(|input| (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown)));
        register.telling = register.telling.saturating_sub(usize::from(up));
        register.telling = (register.telling + usize::from(down)).min(last);
        if pressed(NONE, Key::Enter) {
            let at = tellings.get(register.telling).map(|telling| telling.mention);
            actions.push(Action::LeaveRegister(at));
        }
    } else {
        for (row, column, through) in grid::moves(ui, (row, column), column) {
            register.go(row, column, through);
        }
        if pressed(NONE, Key::F2) || pressed(NONE, Key::Enter) {
            open(model, register, actions);
        }
    }
    if pressed(NONE, Key::G) {
        join(model, register, actions);
    } else if pressed(NONE, Key::N) {
        part(register, actions);
    } else if pressed(NONE, Key::A) {
        decide(model, register, actions, true);
    } else if pressed(NONE, Key::X) {
        decide(model, register, actions, false);
    } else if pressed(NONE, Key::O) {
        let several = register.here().and_then(|here| register.shown(model.project(), here));
        if several.is_some_and(|shown| shown.events.len() > 1) {
            take_out(register, actions, &tellings);
        }
    }
}

/// The keys of the cards.
fn card_keys(ui: &Ui, model: &Model, register: &mut Register, actions: &mut Actions, cards: &[Proposal]) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = cards.len().saturating_sub(1);
    let chosen = register.cards.chosen;
    let next = match (pressed(Key::ArrowUp), pressed(Key::ArrowDown)) {
        (true, _) => chosen.saturating_sub(1),
        (_, true) => (chosen + 1).min(last),
        _ => chosen,
    };
    if next != chosen {
        (register.cards.chosen, register.cards.reveal, register.telling) = (next, true, 0);
    }
    for (key, word) in [(Key::G, Word::Same), (Key::N, Word::Apart), (Key::Space, Word::Skip)] {
        if pressed(key)
            && let Some(card) = cards.get(register.cards.chosen)
        {
            say(model.project(), &mut register.cards, actions, card, word);
            register.takes_keys = true;
        }
    }
}
