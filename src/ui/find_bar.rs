//! The find bar: looks for words in the article shown; and what it shares with find in project.

use eframe::egui::{Align, Button, ComboBox, Frame, Key, Layout, Margin, RichText, TextEdit, Ui};

use super::actions::{Action, Actions};
use super::binding::Keymap;
use super::command::Command;
use super::find::Find;
use super::keys;
use super::model::Model;
use super::theme::{self, Palette};
use crate::project::{KindId, Place};
use crate::text::find::Query;

/// The bar above the article, while something is looked for.
pub fn find_ui(ui: &mut Ui, model: &Model, find: &mut Find, actions: &mut Actions) {
    let Some(record) = model.article.and_then(|id| model.project().article(id)) else { return };
    actions.search(find.refresh(record));
    let mut close = false;
    Frame::new().fill(Palette::get(ui).panel).inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
        ui.spacing_mut().item_spacing = eframe::egui::vec2(6.0, 6.0);
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            close |= ui.button("×").on_hover_text("Close").accessible_name("Close find bar").clicked();
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.horizontal_wrapped(|ui| close |= words_ui(ui, &model.keys, find));
                if let Some(problem) = &find.problem {
                    ui.label(RichText::new(problem).size(theme::SMALL).color(Palette::get(ui).error));
                }
                ui.horizontal_wrapped(|ui| tag_ui(ui, model, actions, find));
            });
        });
    });
    actions.search(find.refresh(record));
    if let Some(range) = find.next() {
        actions.push(Action::GoTo(Place { article: record.id, range }));
    }
    if close {
        actions.push(Action::CloseFind);
    }
}

/// The field with the ways to match, where the search stands, and the buttons on and back. Whether escape was pressed.
fn words_ui(ui: &mut Ui, keymap: &Keymap, find: &mut Find) -> bool {
    let width = (ui.available_width() - 262.0).clamp(130.0, 300.0);
    let field = TextEdit::singleline(&mut find.query.words).hint_text("Find in article").desired_width(width);
    let response = ui.add(field).accessible_name("Find in article");
    if std::mem::take(&mut find.wants_focus) {
        response.request_focus();
        super::dialogs::select_all(ui, &response, &find.query.words);
    }
    let (enter, escape, shift) =
        ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape), input.modifiers.shift));
    if response.lost_focus() && enter {
        find.step = Some(!shift);
        response.request_focus();
    }
    find.seeks |= response.changed();
    find.seeks |= ways_ui(ui, &mut find.query);
    let any = !find.results.places.is_empty();
    let buttons = [("↑", "Previous match", Command::FindPrevious, false), ("↓", "Next match", Command::FindNext, true)];
    for (sign, name, command, forward) in buttons {
        let hint = keys::hint(ui.ctx(), keymap, command, name);
        let button = ui.add_enabled(any, Button::new(sign)).on_hover_text(hint);
        if button.accessible_name(name).clicked() {
            find.step = Some(forward);
        }
    }
    ui.weak(find.count());
    response.lost_focus() && escape
}

/// Tags all matches, or takes the tags away.
fn tag_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, find: &mut Find) {
    let any = !find.results.places.is_empty() && !find.results.running;
    ui.label(RichText::new("As").color(Palette::get(ui).weak));
    kind_ui(ui, model, &mut find.kind, "kind of matches");
    for (name, command) in [("Tag all matches", Command::TagMatches), ("Untag all", Command::UntagMatches)] {
        if ui.add_enabled(any, Button::new(name)).clicked() {
            actions.command(command);
        }
    }
}

/// A choice among the kinds; the one used last where none was chosen. Gives the one that counts.
pub fn kind_ui(ui: &mut Ui, model: &Model, chosen: &mut Option<KindId>, id: &str) -> KindId {
    let kinds = &model.project().tagset().kinds;
    let current = chosen.clone().unwrap_or_else(|| model.last_kind.clone());
    let name = kinds.iter().find(|kind| kind.id == current).map_or("", |kind| kind.name.as_str());
    let combo = ComboBox::from_id_salt(id).selected_text(name).width(92.0).show_ui(ui, |ui| {
        for kind in kinds {
            if ui.selectable_label(kind.id == current, &kind.name).clicked() {
                *chosen = Some(kind.id.clone());
            }
        }
    });
    combo.response.accessible_name("Kind to tag as");
    chosen.clone().unwrap_or(current)
}

/// The ways to look for words: each a sign, with its name on hover. Whether one was changed.
pub fn ways_ui(ui: &mut Ui, query: &mut Query) -> bool {
    let ways = [
        (&mut query.case, RichText::new("Aa"), "Match case"),
        (&mut query.whole, RichText::new("ab").underline(), "Whole words"),
        (&mut query.regex, RichText::new(".*"), "Regular expression"),
    ];
    let mut changed = false;
    for (on, sign, name) in ways {
        changed |= ui.toggle_value(on, sign).accessible_name(name).on_hover_text(name).changed();
    }
    changed
}
