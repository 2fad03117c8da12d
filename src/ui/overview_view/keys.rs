//! What keys do in a view while no field has them.

use eframe::egui::{Key, Modifiers, Popup, Ui};

use super::parts::Parts;
use crate::ui::actions::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::dossier::Field;
use crate::ui::forms::EntityForm;
use crate::ui::model::Model;
use crate::ui::overview::{Overview, Part};
use crate::ui::state::Dialog;
use crate::views::View;

pub(super) fn keys(ui: &Ui, model: &Model, overview: &mut Overview, actions: &mut Actions, parts: Parts) {
    const NONE: Modifiers = Modifiers::NONE;
    const CTRL: Modifiers = Modifiers::COMMAND;
    const SHIFT: Modifiers = Modifiers::SHIFT;
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let focused = ui.memory(|memory| memory.focused());
    let ours = focused.is_none_or(|id| [parts.picture, parts.sentences, parts.list].contains(&id));
    if !ours || overview.in_field || ui.ctx().text_edit_focused() || Popup::is_any_open(ui.ctx()) {
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
            Part::Picture | Part::List => actions.push(Action::LeaveOverview(None)),
            Part::Sentences => (overview.part, overview.takes_keys) = (Part::Picture, true),
        }
    }
    let dossiers = overview.shown == Some(View::Dossiers);
    if dossiers {
        dossier_keys(ui, model, overview, actions);
    } else if overview.picked.is_some() && (pressed(NONE, Key::Tab) || pressed(SHIFT, Key::Tab)) {
        overview.part = match overview.part {
            Part::Picture => Part::Sentences,
            Part::Sentences | Part::List => Part::Picture,
        };
        overview.takes_keys = true;
    }
    if !dossiers && overview.picked.is_none() {
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
    let named = overview.picked.as_ref().and_then(|picked| picked.pick.entity).filter(|_| !dossiers);
    if let Some(named) = named.filter(|_| pressed(NONE, Key::D)) {
        actions.push(Action::ShowDossier(named));
    }
    match overview.part {
        Part::Sentences => return sentence_keys(ui, overview, actions),
        Part::List => return list_keys(ui, overview),
        Part::Picture => {}
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
        let lead = overview.pick_here();
        actions.push_all(lead.map(|mention| Action::LeaveOverview(Some(mention))));
    }
}

/// The keys of a dossier, whichever of its parts has them: list, page and sentences.
fn dossier_keys(ui: &Ui, model: &Model, overview: &mut Overview, actions: &mut Actions) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let (back, on) = (pressed(Modifiers::SHIFT, Key::Tab), pressed(Modifiers::NONE, Key::Tab));
    if back || on {
        overview.part = match (overview.part, on, overview.sentence_count() > 0) {
            (Part::List, true, _) | (Part::Sentences, false, _) => Part::Picture,
            (Part::Picture, true, true) | (Part::List, false, true) => Part::Sentences,
            (Part::List, false, false) => Part::Picture,
            (Part::Picture | Part::Sentences, ..) => Part::List,
        };
        (overview.takes_keys, overview.reveal) = (true, true);
    }
    if pressed(Modifiers::NONE, Key::Backspace) {
        overview.go_back();
    }
    overview.desk.wants_search |= pressed(Modifiers::NONE, Key::Slash);
    let entity = overview.whose().and_then(|id| model.project().entity(id));
    let Some(entity) = entity else { return };
    if pressed(Modifiers::NONE, Key::F2) {
        overview.edit(entity, Field::Name);
    }
    if pressed(Modifiers::NONE, Key::E)
        && let Some(form) = EntityForm::new(model.project(), entity.id)
    {
        actions.open(Dialog::Entity(form));
    }
    if overview.picked.is_none() && pressed(Modifiers::NONE, Key::O) {
        overview.selection.entities = [entity.id].into();
    }
}

/// The keys of the list of names.
fn list_keys(ui: &Ui, overview: &mut Overview) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    for (key, by) in [
        (Key::ArrowUp, -1),
        (Key::ArrowDown, 1),
        (Key::PageUp, -20),
        (Key::PageDown, 20),
        (Key::Home, isize::MIN + 1),
        (Key::End, isize::MAX),
    ] {
        if pressed(key) {
            overview.step_listed(by);
        }
    }
    if pressed(Key::Enter) || pressed(Key::ArrowRight) {
        (overview.part, overview.takes_keys, overview.reveal) = (Part::Picture, true, true);
        if overview.cursor.is_none() {
            overview.go_to_end(false);
        }
    }
}

/// The keys of the sentences.
fn sentence_keys(ui: &Ui, overview: &mut Overview, actions: &mut Actions) {
    let last = overview.sentence_count().saturating_sub(1);
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
    if enter && let Some(mention) = overview.sentence_at(overview.sentence) {
        actions.push(Action::LeaveOverview(Some(mention)));
    }
}
