//! The register, drawn in the place of the article: happenings in columns, and below them what the articles say of the one that has
//! the keys.

mod edit;
mod keys;
mod parts;
mod rows;
mod table;
mod tellings;

use std::sync::Arc;

use eframe::egui::{self, Align, Button, ComboBox, Frame, Key, Layout, Margin, Panel, Rect, RichText, TextEdit, Ui};

use self::edit::{days, published};
use self::keys::keys;
use self::parts::{Parts, part_ui};
use self::rows::{decide, join, part};
use self::table::{columns, heads_ui, rows_ui};
use self::tellings::tellings_ui;
use super::actions::{Action, Actions};
use super::command::Command;
use super::dialogs::select_all;
use super::model::Model;
use super::overview::Overview;
use super::overview_view::selection_ui;
use super::proposed::{APART, Cards};
use super::proposed_view::{proposed_ui, too_many};
use super::register::{Column, Part, Register, Which};
use super::sides::{Usual, side_ui};
use super::text;
use super::theme::{self, Palette};
use crate::project::EventType;

/// The least width of the cards, and the width from which on they are shown unasked.
const CARDS: f32 = 260.0;
const ROOMY: f32 = 1240.0;

/// Draws it, with what is selected for it and for all views. It takes keys while it is `free`: no dialog is open above it.
pub fn register_ui(
    ui: &mut Ui,
    model: &Model,
    free: bool,
    (register, overview): (&mut Register, &mut Overview),
    actions: &mut Actions,
) {
    let now = (model.number, model.session.revision());
    let selected = (&overview.selection, overview.known(now));
    if let Some(mut job) = register.refresh(model.project(), now, selected) {
        job.retired = overview.retired();
        actions.push(Action::GatherRegister(Box::new(job)));
    }
    let parts = Parts {
        table: ui.make_persistent_id("register"),
        tellings: ui.make_persistent_id("tellings"),
        cards: ui.make_persistent_id("may be one"),
    };
    let with_cards = register.cards.shown.unwrap_or(ui.available_width() >= ROOMY);
    let cards = if with_cards { cards_of(model, register, actions) } else { Arc::default() };
    if !with_cards && register.part == Part::Cards {
        register.part = Part::Table;
    }
    if free {
        keys(ui, model, register, actions, (parts, with_cards, &cards.shown));
    }
    let palette = Palette::get(ui);
    let bar = |x: i8, y: i8| Frame::new().fill(palette.page).inner_margin(Margin::symmetric(x, y));
    Panel::top("register head").frame(bar(14, 8)).show_separator_line(false).show(ui, |ui| {
        head_ui(ui, register, actions, with_cards);
        ui.add_space(4.0);
        selection_ui(ui, overview);
    });
    let line = Panel::bottom("register line").frame(bar(14, 7)).show_separator_line(true);
    line.show(ui, |ui| commands_ui(ui, model, register, actions));
    let most = (ui.available_height() * 0.6).max(120.0);
    let below = Panel::bottom("tellings").resizable(true).frame(bar(14, 8));
    side_ui(ui, "tellings", below, Usual(230.0, Rect::height), 96.0..=most, |ui| {
        tellings_ui(ui, model, register, actions, (parts.tellings, &cards.shown));
    });
    if with_cards {
        let most = (ui.available_width() * 0.5).max(CARDS);
        let side = Panel::right("may be one").frame(bar(12, 8));
        side_ui(ui, "may be one", side, Usual(340.0, Rect::width), CARDS..=most, |ui| {
            let rect = ui.available_rect_before_wrap();
            let told = format!("Possibly the same, {} of {}", register.cards.chosen + 1, cards.shown.len());
            let has_keys = part_ui(ui, register, (Part::Cards, parts.cards), rect, &told);
            let mut own = std::mem::take(&mut register.cards);
            if proposed_ui(ui, model, &mut own, &cards, (parts.cards, has_keys), actions) {
                (register.part, register.takes_keys) = (Part::Cards, true);
            }
            register.cards = own;
        });
    }
    egui::CentralPanel::default().frame(bar(14, 0)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let columns = columns(ui.available_width() - ui.spacing().scroll.allocated_width());
        heads_ui(ui, register, &columns);
        rows_ui(ui, model, register, actions, (parts.table, &columns));
    });
}

/// Whether a command is about the article, which is shown for it.
pub fn leads_away(command: Command) -> bool {
    use Command::{
        ArticleDetails, Find, FindNext, FindPrevious, NextArticle, NextSuggestion, PreviousArticle, PreviousSuggestion,
        Tour,
    };
    matches!(
        command,
        ArticleDetails
            | Find
            | FindNext
            | FindPrevious
            | NextArticle
            | NextSuggestion
            | PreviousArticle
            | PreviousSuggestion
            | Tour
    )
}

/// The way back, above an article that a click in the register led to.
pub fn back_ui(ui: &mut Ui, register: &mut Register, actions: &mut Actions) {
    ui.horizontal(|ui| {
        if ui.button("← Register  F4").on_hover_text("Back to the register as it was").clicked() {
            actions.command(Command::Register);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ui.button("×").accessible_name("Stay here").on_hover_text("Stay here");
            register.left &= !close.clicked();
        });
    });
}

/// The cards of the sort that is chosen; looks for them where the project has changed.
fn cards_of(model: &Model, register: &mut Register, actions: &mut Actions) -> Arc<Cards> {
    let now = (model.number, model.session.revision());
    // One after the other: each begins with a snapshot, and rows are waited for.
    if !register.is_gathering() {
        let job = register.cards.refresh(model.project(), now);
        actions.push_all(job.map(|job| Action::Propose(Box::new(job))));
    }
    register.cards.open(model.project(), now)
}

/// The name, what rows are listed, and how many.
fn head_ui(ui: &mut Ui, register: &mut Register, actions: &mut Actions, with_cards: bool) {
    let palette = Palette::get(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Register").font(theme::strong(16.0)).color(palette.ink));
        ui.add_space(6.0);
        let field =
            TextEdit::singleline(&mut register.query.words).hint_text("Filter by any column").desired_width(240.0);
        let response = ui.add(field).accessible_name("Filter happenings");
        if std::mem::take(&mut register.wants_filter) {
            response.request_focus();
            select_all(ui, &response, &register.query.words);
        }
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        if response.has_focus() && pressed(Key::ArrowDown)
            || response.lost_focus() && (pressed(Key::Enter) || pressed(Key::Escape))
        {
            (register.takes_keys, register.part) = (true, Part::Table);
        }
        let kind = register.query.kind;
        let shown = kind.map_or("All kinds", text::event_type);
        let combo = ComboBox::from_id_salt("kind of happenings").width(150.0).selected_text(shown);
        let combo = combo.show_ui(ui, |ui| {
            let kinds: Vec<EventType> = register.kinds().to_vec();
            for other in std::iter::once(None).chain(kinds.into_iter().map(Some)) {
                let name = other.map_or("All kinds", text::event_type);
                ui.selectable_value(&mut register.query.kind, other, name);
            }
        });
        combo.response.accessible_name("Kind of happenings");
        let combo = ComboBox::from_id_salt("which happenings").width(140.0).selected_text(register.query.which.name());
        let combo = combo.show_ui(ui, |ui| {
            for which in Which::ALL {
                ui.selectable_value(&mut register.query.which, which, which.name());
            }
        });
        combo.response.accessible_name("Which happenings");
        let (listed, all) = register.counts();
        let told = match listed == all {
            true => text::count(all, "happening", "happenings"),
            false => format!("{} of {}", text::number(listed), text::count(all, "happening", "happenings")),
        };
        let chosen = register.picked.len();
        let chosen = if chosen > 1 { format!(", {} selected", text::number(chosen)) } else { String::new() };
        let told = if register.is_new() { "Gathering…".to_owned() } else { format!("{told}{chosen}") };
        ui.label(RichText::new(told).size(theme::SMALL).color(palette.weak));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ui.button("×").accessible_name("Close the register").on_hover_text("Back to the article (Esc)");
            if close.clicked() {
                actions.push(Action::LeaveRegister(None));
            }
            let about = "What may be one across articles, with what speaks for it";
            let button = Button::selectable(with_cards, "Possibly the same");
            if ui.add(button).on_hover_text(about).clicked() {
                register.cards.shown = Some(!with_cards);
            }
        });
    });
}

/// What can be done with the rows chosen, with the keys for it.
fn commands_ui(ui: &mut Ui, model: &Model, register: &mut Register, actions: &mut Actions) {
    let several = register.picked.len() > 1;
    ui.horizontal_wrapped(|ui| {
        let button = |ui: &mut Ui, on: bool, name: &str, about: &str| {
            ui.add_enabled(on, Button::new(name)).on_hover_text(about).on_disabled_hover_text(about).clicked()
        };
        let about = "Select rows with Ctrl or Shift: they are one happening, which their articles tell of";
        if button(ui, several, "Same happening  G", about) {
            join(model, register, actions);
        }
        let about = "Select rows with Ctrl or Shift: no two of them are the same, and none is proposed to be";
        let few = several && register.picked.len() <= APART;
        let about = if register.picked.len() > APART { too_many() } else { about.to_owned() };
        if button(ui, few, "Not the same  N", &about) {
            part(register, actions);
        }
        ui.separator();
        let any = !register.picked.is_empty();
        if button(ui, any, "Accept  A", "Accept the events of the selected rows") {
            decide(model, register, actions, true);
        }
        if button(ui, any, "Reject  X", "Reject the events of the selected rows, which are then not listed any more") {
            decide(model, register, actions, false);
        }
        let typed = register.editing.as_ref().filter(|_| register.column() == Column::Date).map(|e| e.value.clone());
        let here = register.here().filter(|_| typed.is_some()).and_then(|here| register.shown(model.project(), here));
        if let Some((typed, shown)) = typed.zip(here)
            && days(&typed, published(model, &shown)).is_err()
        {
            let words = format!("“{typed}” is not a date. Write 4 Feb 2022, or 4 Feb 2022 to 20 Feb 2022");
            ui.label(RichText::new(words).size(theme::SMALL).color(Palette::get(ui).error));
            return;
        }
        let hint = match register.part {
            Part::Table => "Enter edits a cell or goes to the text, Tab to the sentences",
            Part::Tellings => "Enter goes to the text, Tab on to the next part",
            Part::Cards => "Arrows go from card to card, Tab on to the table",
        };
        ui.label(RichText::new(hint).size(theme::SMALL).color(Palette::get(ui).weak));
    });
}
