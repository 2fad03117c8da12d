//! The dialogs: one at a time, over the window, closed by escape.

mod by_score;
mod choices;
mod compare;
mod damage;
mod dates;
mod export;
mod forms;
mod guidelines;
mod help;
mod import;
mod keys;
mod log;
mod merge;
mod palette;
mod preview;
mod relations;
mod safety;
mod settings;
mod split;
mod table;
mod tag;
mod tagset;

use eframe::egui::{self, Button, Id, Key, Modal, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::actions::{Action, Actions};
use super::forms::{Kept, SureForm};
use super::model::Model;
use super::state::{AfterAnswer, Dialog, State};
use super::theme::{self, Palette};
use crate::project::KindId;

/// Draws the dialog that is open.
pub fn dialog_ui(ui: &mut Ui, state: &State, dialog: &mut Dialog, kept: &mut Kept, actions: &mut Actions) {
    let model = &state.model;
    let close = match dialog {
        Dialog::Settings => settings::settings_ui(ui, model, actions),
        Dialog::Export { fresh } => export::export_ui(ui, model, actions, &mut kept.export, std::mem::take(fresh)),
        Dialog::Keys(form) => keys::keys_ui(ui, model, actions, form),
        Dialog::ByScore => by_score::by_score_ui(ui, model, actions, &mut kept.by_score),
        Dialog::Details(form) => forms::details_ui(ui, model, actions, form),
        Dialog::Paste { fresh, is_empty } => paste_ui(ui, actions, &mut kept.draft, std::mem::take(fresh), *is_empty),
        Dialog::Help => help::help_ui(ui, model, actions),
        Dialog::About => help::about_ui(ui),
        Dialog::Palette(form) => palette::palette_ui(ui, state, actions, form),
        Dialog::Tag(form) => tag::tag_ui(ui, state, actions, form),
        Dialog::Entity(form) => forms::entity_ui(ui, model, actions, form),
        Dialog::Tagset(form) => tagset::tagset_ui(ui, model, actions, form),
        Dialog::Guidelines(form) => guidelines::guidelines_ui(ui, model, actions, form),
        Dialog::Table(form) => table::table_ui(ui, model, actions, form),
        Dialog::Import(form) => import::import_ui(ui, model, actions, form),
        Dialog::Preview(form) => preview::preview_ui(ui, model, actions, form),
        Dialog::Sure(form) => sure_ui(ui, actions, form),
        Dialog::Problems(problems) => {
            let title = super::text::count(problems.len(), "problem while reading", "problems while reading");
            list_ui(ui, actions, &title, problems)
        }
        Dialog::LeftOut => list_ui(ui, actions, "Not in the text", &state.left_out),
        Dialog::Unsaved(after) => unsaved_ui(ui, model, actions, after),
        Dialog::InUse(path, owner) => safety::in_use_ui(ui, actions, path, owner),
        Dialog::Changed(comparison) => safety::changed_ui(ui, actions, comparison),
        Dialog::Earlier(versions) => safety::earlier_ui(ui, actions, versions),
        Dialog::Log(form) => log::log_ui(ui, model, actions, form),
        Dialog::Merge(form) => merge::merge_ui(ui, model, actions, form),
        Dialog::Compare(form) => compare::compare_ui(ui, actions, form),
        Dialog::Copies(form) => compare::copies_ui(ui, actions, form),
        Dialog::Relations(form) => relations::relations_ui(ui, model, actions, form),
        Dialog::Damage => damage::damage_ui(ui, model, actions),
        Dialog::ReplaceDamaged => damage::replace_ui(ui, model, actions),
    };
    if close {
        actions.push(Action::CloseDialog);
    }
}

/// A dialog in the middle of the window; true where it was left by escape. A click beside it leaves it open: what was
/// typed into it would be lost by a slip.
fn modal(ui: &Ui, name: &str, width: f32, content: impl FnOnce(&mut Ui)) -> bool {
    let frame = egui::Frame::window(ui.style()).inner_margin(22);
    let id = Id::unique(("dialog", name));
    let opens = ui.ctx().read_response(id).is_none();
    let response = Modal::new(id).frame(frame).show(ui.ctx(), |ui| {
        ui.data_mut(|data| data.insert_temp(opening(), opens));
        // In a small or much enlarged window all of it can still be reached. As large as it may be: an area that scrolls
        // would else keep the little room that a dialog has in its first frame.
        let room = ui.ctx().content_rect().size() - vec2(64.0, 64.0);
        let area = ScrollArea::both().id_salt("dialog").max_width(room.x).max_height(room.y);
        area.min_scrolled_width(room.x).min_scrolled_height(room.y).show(ui, |ui| {
            ui.set_width(width.min(room.x));
            ui.label(RichText::new(name).font(theme::strong(18.0)));
            ui.add_space(10.0);
            content(ui);
        });
    });
    let escape = || ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
    response.is_top_modal && !response.any_popup_open && escape()
}

/// Where it is kept whether a dialog opens in this frame.
fn opening() -> Id {
    Id::unique("dialog opens")
}

/// Gives the keys to the first field of a dialog as it opens.
fn first_field(ui: &Ui, field: &egui::Response) {
    if ui.data(|data| data.get_temp(opening())) == Some(true) {
        field.request_focus();
    }
}

/// The height that a list in a dialog may take, in points: what the window has besides `rest`.
fn free_height(ui: &Ui, rest: f32) -> f32 {
    (ui.ctx().content_rect().height() - rest).max(120.0)
}

/// A line of buttons at the right.
fn right_ui(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    // One line high, or the dialog would keep the height of its tallest moment.
    ui.horizontal(|ui| ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), content));
}

/// The buttons at a dialog's end: the one that matters at the right, in the accent. Gives (it, cancel).
fn buttons_ui(ui: &mut Ui, main: &str, enabled: bool) -> (bool, bool) {
    ui.add_space(14.0);
    let mut pressed = (false, false);
    right_ui(ui, |ui| {
        pressed.0 = main_ui(ui, main, enabled);
        pressed.1 = ui.add(Button::new("Cancel").min_size(vec2(72.0, 28.0))).clicked();
    });
    pressed
}

/// The button that matters, pressed by enter too while no field, list or other button has the keys.
fn main_ui(ui: &mut Ui, name: &str, enabled: bool) -> bool {
    let clicked = ui.add_enabled(enabled, primary(ui, name)).clicked();
    let free = ui.memory(|memory| memory.focused().is_none()) && !egui::Popup::is_any_open(ui.ctx());
    clicked || enabled && free && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// How the button that matters looks.
fn primary(ui: &Ui, name: &str) -> Button<'static> {
    let palette = Palette::get(ui);
    Button::new(RichText::new(name).color(palette.on_accent)).fill(palette.accent).min_size(vec2(72.0, 28.0))
}

/// Selects all of a field, so that typing replaces it.
pub fn select_all(ui: &Ui, response: &egui::Response, words: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut edit = TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
    edit.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(words.chars().count()))));
    edit.store(ui.ctx(), response.id);
}

/// A named field on a line of its own.
fn field_ui(ui: &mut Ui, name: &str, value: &mut String, hint: &str) -> egui::Response {
    ui.label(RichText::new(name).size(theme::SMALL).color(Palette::get(ui).weak));
    let response = ui.add(TextEdit::singleline(value).hint_text(hint).desired_width(f32::INFINITY));
    ui.add_space(6.0);
    response.accessible_name(name)
}

fn paste_ui(ui: &Ui, actions: &mut Actions, text: &mut String, fresh: bool, is_empty: bool) -> bool {
    let mut done = false;
    let left = modal(ui, "Write article", 620.0, |ui| {
        if is_empty {
            ui.label("The clipboard holds no text. Copy an article, then paste it here");
        }
        ui.label("The first line becomes the title if it looks like one");
        ui.add_space(6.0);
        ScrollArea::vertical().max_height(free_height(ui, 260.0)).show(ui, |ui| {
            let field = TextEdit::multiline(text).hint_text("Write or paste the text here").desired_rows(16);
            let response = ui.add(field.desired_width(f32::INFINITY)).accessible_name("Text of the article");
            if fresh {
                response.request_focus();
            }
        });
        let full = !text.trim().is_empty();
        ui.add_space(14.0);
        right_ui(ui, |ui| {
            let add = main_ui(ui, "Add article", full);
            done = ui.add(Button::new("Cancel").min_size(vec2(72.0, 28.0))).clicked() || add;
            let split = ui.add_enabled(full, Button::new("Split…").min_size(vec2(72.0, 28.0))).clicked();
            if add {
                actions.push(Action::AddPasted(std::mem::take(text)));
            } else if split {
                actions.push(Action::SplitPasted(std::mem::take(text)));
            }
        });
    });
    left || done
}

fn sure_ui(ui: &Ui, actions: &mut Actions, form: &mut SureForm) -> bool {
    let mut done = false;
    let title = format!("{}?", form.what);
    let left = modal(ui, &title, 420.0, |ui| {
        ui.label(form.beside);
        ui.add_space(8.0);
        ui.checkbox(&mut form.once, "Don't ask again in this project");
        let (sure, cancel) = buttons_ui(ui, &form.what, true);
        if sure {
            actions.push(Action::Sure(form.command, form.once));
        }
        done = cancel;
    });
    left || done
}

/// How many lines of a list are shown; all are saved and copied.
const LISTED: usize = 200;

/// Lines of a list, as many as are worth drawing.
fn lines_ui(ui: &mut Ui, lines: &[String]) {
    for line in lines.iter().take(LISTED) {
        ui.label(RichText::new(line).size(theme::SMALL));
        ui.add_space(6.0);
    }
    if lines.len() > LISTED {
        ui.label(format!("And {} more", super::text::number(lines.len() - LISTED)));
    }
}

/// What files brought that became no text, a line each.
fn list_ui(ui: &Ui, actions: &mut Actions, title: &str, lines: &[String]) -> bool {
    let mut done = false;
    let left = modal(ui, title, 560.0, |ui| {
        ScrollArea::vertical().max_height(free_height(ui, 220.0)).show(ui, |ui| lines_ui(ui, lines));
        right_ui(ui, |ui| {
            done = main_ui(ui, "Close", true);
            if ui.button("Copy").clicked() {
                ui.ctx().copy_text(lines.join("\n"));
            }
            if ui.button("Save list…").clicked() {
                actions.push(Action::SaveProblems(lines.join("\n")));
            }
        });
    });
    left || done
}

fn unsaved_ui(ui: &Ui, model: &Model, actions: &mut Actions, after: &AfterAnswer) -> bool {
    let mut done = false;
    let left = modal(ui, "Save the changes?", 440.0, |ui| {
        let name =
            model.path.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| "The unnamed project".to_owned());
        let when =
            if *after == AfterAnswer::Quit { "before the program closes" } else { "before another project opens" };
        ui.label(format!("{name} has unsaved changes. Save them {when}?"));
        ui.add_space(14.0);
        right_ui(ui, |ui| {
            if main_ui(ui, if model.path.is_some() { "Save" } else { "Save as…" }, true) {
                actions.push(Action::SaveFirst);
            }
            done = ui.add(Button::new("Cancel").min_size(vec2(72.0, 28.0))).clicked();
            let discard = ui.add(Button::new("Don't save").min_size(vec2(72.0, 28.0)));
            if discard.clicked() {
                actions.push(Action::Discard);
            }
        });
    });
    left || done
}

/// The kinds to tick; `without` has those that are not.
fn kinds_ui(ui: &mut Ui, model: &Model, without: &mut Vec<KindId>) {
    ui.horizontal_wrapped(|ui| {
        for kind in &model.project().tagset().kinds {
            let mut wanted = !without.contains(&kind.id);
            if ui.checkbox(&mut wanted, &kind.plural).changed() {
                without.retain(|other| *other != kind.id);
                if !wanted {
                    without.push(kind.id.clone());
                }
            }
        }
    });
}

/// The title of a part of a dialog.
/// Moves what is chosen of a list of `count` by the arrows; whether one of them was pressed.
fn choose_by_arrows(ui: &Ui, chosen: &mut usize, count: usize) -> bool {
    let (up, down) = ui.input(|input| (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown)));
    if down {
        *chosen = (*chosen + 1).min(count.saturating_sub(1));
    }
    if up {
        *chosen = chosen.saturating_sub(1);
    }
    up || down
}

fn heading(ui: &mut Ui, name: &str) {
    ui.label(RichText::new(name).font(theme::strong(theme::BODY)));
    ui.add_space(2.0);
}
