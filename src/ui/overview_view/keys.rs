//! What keys do in a view while no field has them.

use eframe::egui::{Key, Modifiers, Popup, Ui};

use super::parts::Parts;
use crate::ui::actions::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::overview::{Overview, Part};

pub(super) fn keys(ui: &Ui, overview: &mut Overview, actions: &mut Actions, parts: Parts) {
    const NONE: Modifiers = Modifiers::NONE;
    const CTRL: Modifiers = Modifiers::COMMAND;
    const SHIFT: Modifiers = Modifiers::SHIFT;
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let focused = ui.memory(|memory| memory.focused());
    let ours = focused.is_none_or(|id| [parts.picture, parts.sentences].contains(&id));
    if !ours || ui.ctx().text_edit_focused() || Popup::is_any_open(ui.ctx()) {
        return;
    }
    if pressed(CTRL | SHIFT, Key::Z) || pressed(CTRL, Key::Y) {
        actions.command(Command::Redo);
    } else if pressed(CTRL, Key::Z) {
        actions.command(Command::Undo);
    }
    if pressed(NONE, Key::Escape) {
        match overview.part {
            Part::Picture if overview.picked.is_some() => overview.picked = None,
            Part::Picture => actions.push(Action::LeaveOverview(None)),
            Part::Sentences => (overview.part, overview.takes_keys) = (Part::Picture, true),
        }
    }
    if overview.picked.is_some() && (pressed(NONE, Key::Tab) || pressed(SHIFT, Key::Tab)) {
        overview.part = match overview.part {
            Part::Picture => Part::Sentences,
            Part::Sentences => Part::Picture,
        };
        overview.takes_keys = true;
    }
    if overview.picked.is_none() {
        overview.part = Part::Picture;
    }
    if pressed(NONE, Key::T) {
        overview.toggle_table();
    }
    if pressed(NONE, Key::O) && overview.picked.as_ref().is_some_and(|picked| picked.pick.narrows()) {
        overview.narrow();
    }
    if pressed(NONE, Key::A) && overview.can_go_around() {
        overview.go_around();
    }
    if overview.part == Part::Sentences {
        return sentence_keys(ui, overview, actions);
    }
    for (key, factor) in [(Key::Plus, 0.5), (Key::Equals, 0.5), (Key::Minus, 2.0)] {
        if pressed(NONE, key) || pressed(SHIFT, key) {
            overview.zoom(factor);
        }
    }
    if pressed(NONE, Key::Num0) {
        overview.show_all();
    }
    for (key, x, y) in [
        (Key::ArrowLeft, -1.0, 0.0),
        (Key::ArrowRight, 1.0, 0.0),
        (Key::ArrowUp, 0.0, -1.0),
        (Key::ArrowDown, 0.0, 1.0),
    ] {
        if pressed(SHIFT, key) {
            overview.pan(x * 0.25, y * 0.25);
        }
        if pressed(NONE, key) {
            overview.step((x, y));
        }
    }
    for (key, last) in [(Key::Home, false), (Key::End, true)] {
        if pressed(NONE, key) {
            overview.go_to_end(last);
        }
    }
    for (key, by) in [(Key::PageUp, -1.0), (Key::PageDown, 1.0)] {
        if pressed(NONE, key) {
            overview.page(by);
        }
    }
    if pressed(NONE, Key::Enter) || pressed(NONE, Key::Space) {
        overview.pick_here();
    }
}

/// The keys of the sentences.
fn sentence_keys(ui: &Ui, overview: &mut Overview, actions: &mut Actions) {
    let Some(picked) = &overview.picked else { return };
    let last = picked.mentions.len().saturating_sub(1);
    let (up, down, page_up, page_down, home, end, enter) = ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        let (up, down) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown));
        let pages = (pressed(Key::PageUp), pressed(Key::PageDown));
        (up, down, pages.0, pages.1, pressed(Key::Home), pressed(Key::End), pressed(Key::Enter))
    });
    let before = overview.sentence;
    let back = usize::from(up) + 8 * usize::from(page_up);
    let on = usize::from(down) + 8 * usize::from(page_down);
    let place = if home { 0 } else { (before.saturating_sub(back) + on).min(last) };
    overview.sentence = if end { last } else { place };
    overview.reveal |= overview.sentence != before;
    if enter && let Some(mention) = picked.mentions.get(overview.sentence) {
        actions.push(Action::LeaveOverview(Some(*mention)));
    }
}
