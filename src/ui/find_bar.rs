//! The find bar: looks for words in the article shown.

use eframe::egui::{Align, Button, Frame, Key, Layout, Margin, RichText, TextEdit, Ui};

use super::actions::{Action, Actions};
use super::command::Command;
use super::find::Find;
use super::matches;
use super::state::State;
use super::theme::{self, Palette};
use crate::project::Place;

/// The bar above the article, while something is looked for.
pub fn find_ui(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let Some(mut find) = state.find.take() else { return };
    let Some(record) = state.article.and_then(|id| state.project().article(id)) else { return };
    find.refresh(record).into_iter().for_each(|job| actions.push(Action::Search(job)));
    let mut close = false;
    Frame::new().fill(Palette::get(ui).panel).inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
        ui.spacing_mut().item_spacing = eframe::egui::vec2(6.0, 6.0);
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            close |= ui.button("×").on_hover_text("Close").accessible_name("Close find bar").clicked();
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.horizontal_wrapped(|ui| close |= words_ui(ui, &mut find));
                if let Some(problem) = &find.problem {
                    ui.label(RichText::new(problem).size(theme::SMALL).color(Palette::get(ui).error));
                }
                ui.horizontal_wrapped(|ui| tag_ui(ui, state, actions, &mut find));
            });
        });
    });
    if let Some(record) = state.article.and_then(|id| state.project().article(id)) {
        find.refresh(record).into_iter().for_each(|job| actions.push(Action::Search(job)));
    }
    if let (Some(range), Some(article)) = (find.next(), state.article) {
        matches::go_to(state, Place { article, range });
    }
    state.query = find.query.clone();
    if close {
        state.focus_article = true;
    } else {
        state.find = Some(find);
    }
}

/// The field with the ways to match, where the search stands, and the buttons on and back. Whether escape was pressed.
fn words_ui(ui: &mut Ui, find: &mut Find) -> bool {
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
    find.seeks |= matches::ways_ui(ui, &mut find.query);
    let any = !find.results.places.is_empty();
    let buttons = [("↑", "Previous match", Command::FindPrevious, false), ("↓", "Next match", Command::FindNext, true)];
    for (sign, name, command, forward) in buttons {
        let keys = command.entry().map(|entry| entry.keys_text(ui.ctx())).unwrap_or_default();
        let button = ui.add_enabled(any, Button::new(sign)).on_hover_text(format!("{name} ({keys})"));
        if button.accessible_name(name).clicked() {
            find.step = Some(forward);
        }
    }
    ui.weak(find.count());
    response.lost_focus() && escape
}

/// Tags all matches, or takes the tags away.
fn tag_ui(ui: &mut Ui, state: &State, actions: &mut Actions, find: &mut Find) {
    let any = !find.results.places.is_empty() && !find.results.running;
    ui.label(RichText::new("As").color(Palette::get(ui).weak));
    matches::kind_ui(ui, state, &mut find.kind, "kind of matches");
    for (name, command) in [("Tag all matches", Command::TagMatches), ("Untag all", Command::UntagMatches)] {
        if ui.add_enabled(any, Button::new(name)).clicked() {
            actions.command(command);
        }
    }
}
