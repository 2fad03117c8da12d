//! The register, drawn in the place of the article: happenings in columns, and below them what the articles say of the one that has
//! the keys.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    self, Align, Button, Color32, ComboBox, EventFilter, FontId, Frame, Galley, Id, Key, Layout, Margin, Modifiers,
    Panel, Popup, Rect, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use jiff::civil::Date;
use text_size::TextSize;

use super::actions::{Action, Actions};
use super::command::Command;
use super::dialogs::select_all;
use super::list_row::{Ground, elided, paint_ground};
use super::model::Model;
use super::panels::{pick_type_ui, set_type};
use super::proposed::{APART, Cards};
use super::proposed_view::{TOO_MANY, Word, proposed_ui, say};
use super::register::{Column, Part, Register, Shown, Telling, Which};
use super::sides::{Usual, side_ui};
use super::theme::{self, Palette};
use super::{text, typed};
use crate::project::{Event, EventDate, EventId, EventType, Mention, Project, Status, Target, ops};
use crate::suggest::across::Proposal;
use crate::text::find::on_one_line;
use crate::text::sentences::sentence_at;
use crate::wording;

const ROW: f32 = 26.0;
/// The height of a telling: its article, and below it its sentence.
const TELLING: f32 = 42.0;
const PAD: f32 = 6.0;
/// The least width of the cards, and the width from which on they are shown unasked.
const CARDS: f32 = 260.0;
const ROOMY: f32 = 1240.0;

/// Draws it. It takes keys while it is `free`: no dialog is open above it.
pub fn register_ui(ui: &mut Ui, model: &Model, free: bool, register: &mut Register, actions: &mut Actions) {
    if let Some(job) = register.refresh(model.project(), (model.number, model.session.revision())) {
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
            let told = format!("May be one, {} of {}", register.cards.chosen + 1, cards.shown.len());
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

/// What takes the keys.
#[derive(Clone, Copy)]
struct Parts {
    table: Id,
    tellings: Id,
    cards: Id,
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
            let button = Button::selectable(with_cards, "May be one");
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
        let (few, about) = if register.picked.len() > APART { (false, TOO_MANY) } else { (several, about) };
        if button(ui, few, "Not the same  N", about) {
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

/// Says that the rows chosen are one: events of one article are merged, those of several become one happening.
fn join(model: &Model, register: &mut Register, actions: &mut Actions) {
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
fn part(register: &Register, actions: &mut Actions) {
    let targets: Vec<Target> = register.chosen().into_iter().map(Target::Event).collect();
    if (2..=APART).contains(&targets.len()) {
        actions.edit(move |project, stamp| ops::apart(project, &targets, stamp));
    }
}

/// Accepts or rejects all that tells of the rows chosen.
fn decide(model: &Model, register: &mut Register, actions: &mut Actions, accept: bool) {
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

/// Where each column begins and how wide it is, in points from the left.
fn columns(width: f32) -> Vec<(f32, f32)> {
    let part = |column: &Column| match column {
        Column::Kind => 1.4,
        Column::Name => 1.7,
        Column::Date => 1.3,
        Column::Place => 1.2,
        Column::Actors | Column::Recipients => 1.7,
        Column::Figures => 1.2,
        Column::Articles => 0.75,
    };
    let all: f32 = Column::ALL.iter().map(part).sum();
    let mut x = 0.0;
    let column = |column: &Column| {
        let width = (width * part(column) / all).floor();
        let place = (x, width);
        x += width;
        place
    };
    Column::ALL.iter().map(column).collect()
}

/// The names of the columns, each a button that sorts by it: up, down, and in the order of the articles again.
fn heads_ui(ui: &mut Ui, register: &mut Register, columns: &[(f32, f32)]) {
    let palette = Palette::get(ui);
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    for (column, (x, width)) in Column::ALL.into_iter().zip(columns) {
        let rect = Rect::from_min_size(pos2(row.left() + x, row.top()), vec2(*width, ROW)).shrink2(vec2(PAD, 0.0));
        let sorted = register.query.sort.filter(|(by, _)| *by == column).map(|(_, falling)| falling);
        let sign = match sorted {
            Some(false) => " ↑",
            Some(true) => " ↓",
            None => "",
        };
        let color = if sorted.is_some() { palette.ink } else { palette.weak };
        let name = RichText::new(format!("{}{sign}", column.name())).size(theme::SMALL).color(color);
        let layout = match column {
            Column::Articles => Layout::right_to_left(Align::Center),
            _ => Layout::left_to_right(Align::Center),
        };
        ui.scope_builder(egui::UiBuilder::new().max_rect(rect).layout(layout), |ui| {
            ui.spacing_mut().button_padding.x = 0.0;
            let button = ui.add(Button::new(name).frame(false).truncate()).on_hover_text("Sort by this column");
            if button.accessible_name(format!("Sort by {}", column.name().to_lowercase())).clicked() {
                register.query.sort = match sorted {
                    None => Some((column, false)),
                    Some(false) => Some((column, true)),
                    Some(true) => None,
                };
            }
        });
    }
    ui.painter().hline(row.x_range(), row.bottom(), Stroke::new(1.0, palette.rule));
}

/// Has a part take and keep the keys, and be heard as what it is; whether it has them.
fn part_ui(ui: &mut Ui, register: &mut Register, (part, id): (Part, Id), rect: Rect, told: &str) -> bool {
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    let role = if part == Part::Table { Role::Grid } else { Role::List };
    response.widget_info(|| WidgetInfo::labeled(role, true, told));
    if register.part == part && std::mem::take(&mut register.takes_keys) {
        response.request_focus();
    }
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    response.has_focus()
}

/// The rows that are seen.
fn rows_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (grid, columns): (Id, &[(f32, f32)]),
) {
    let rect = Rect::from_min_size(ui.cursor().min, ui.available_size());
    let told = told(model, register);
    let has_keys = part_ui(ui, register, (Part::Table, grid), rect, &told);
    let (listed, all) = register.counts();
    if listed == 0 {
        ui.add_space(16.0);
        empty_ui(ui, register, all);
        return;
    }
    let area = ScrollArea::vertical().id_salt("happenings").auto_shrink(false);
    area.show_rows(ui, ROW, listed, |ui, range| {
        if std::mem::take(&mut register.reveal) {
            let top = ui.max_rect().top() + (register.cursor.0 as f32 - range.start as f32) * ROW;
            let place = Rect::from_min_size(pos2(ui.max_rect().left(), top), vec2(1.0, ROW));
            ui.scroll_to_rect_animation(place, None, egui::style::ScrollAnimation::none());
        }
        for row in range {
            row_ui(ui, model, register, actions, (row, has_keys, columns));
        }
    });
}

/// Why nothing is listed, and what to do.
fn empty_ui(ui: &mut Ui, register: &mut Register, all: usize) {
    let weak = Palette::get(ui).weak;
    if register.is_new() {
        ui.label(RichText::new("Gathering the happenings of all articles…").color(weak));
    } else if all == 0 {
        let told = "No events yet. Tag some in an article, or have the engine suggest them there";
        ui.label(RichText::new(told).color(weak));
    } else {
        ui.label(RichText::new("No happening fits").color(weak));
        ui.add_space(6.0);
        if ui.button("Show all happenings").clicked() {
            let sort = register.query.sort;
            register.query = super::register::Query { sort, ..Default::default() };
            register.takes_keys = true;
        }
    }
}

/// What stands in the cell that has the keys, for those who hear it.
fn told(model: &Model, register: &mut Register) -> String {
    let (row, column) = register.cursor;
    let Some(shown) = register.here().and_then(|here| register.shown(model.project(), here)) else {
        return "Happenings".to_owned();
    };
    let value = shown.cells.get(column).map_or("", String::as_str);
    format!("Happenings, row {}, {}: {value}", row + 1, register.column().name())
}

/// One happening; `has_keys` where the table has them.
fn row_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (row, has_keys, columns): (usize, bool, &[(f32, f32)]),
) {
    let palette = Palette::get(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let Some(event) = register.event(row) else { return };
    let Some(shown) = register.shown(model.project(), event) else { return };
    let under = ui.rect_contains_pointer(rect);
    paint_ground(ui, rect, Ground { chosen: register.picked.contains(&event), under, focused: false, radius: 0 });
    let ink = if shown.accepted { palette.ink } else { palette.weak };
    for (index, (column, (x, width))) in Column::ALL.into_iter().zip(columns).enumerate() {
        let cell = Rect::from_min_size(pos2(rect.left() + x, rect.top()), vec2(*width, ROW));
        let is_here = register.cursor == (row, index);
        if is_here && register.editing.is_some() {
            edit_ui(ui, model, register, actions, (cell, &shown));
            continue;
        }
        let value = shown.cells.get(index).map_or("", String::as_str);
        // Only the table as a whole is reached by Tab.
        let response = ui.interact(cell, ui.scope_id().with((event, index)), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, format!("{}: {value}", column.name())));
        let differs = column == Column::Articles && !shown.differ.is_empty();
        let room = width - 2.0 * PAD - if differs { 16.0 } else { 0.0 };
        let galley = elided(ui, value, FontId::proportional(theme::BODY), ink, room);
        let right = column == Column::Articles;
        let at = if right { cell.right() - PAD - galley.size().x } else { cell.left() + PAD };
        let (cut, y) = (galley.elided, cell.center().y - galley.size().y / 2.0);
        let before = at - 18.0;
        ui.painter().galley(pos2(at, y), galley, ink);
        if differs {
            let sign = elided(ui, "≠", theme::strong(theme::BODY), palette.error, 16.0);
            ui.painter().galley(pos2(before, y), sign, palette.error);
        }
        if is_here {
            let stroke = if has_keys { Stroke::new(2.0, palette.accent) } else { Stroke::new(1.0, palette.weak) };
            ui.painter().rect_stroke(cell.shrink(1.0), 2.0, stroke, StrokeKind::Inside);
        }
        if response.clicked() && (register.editing.is_none() || commit(model, register, actions)) {
            let modifiers = ui.input(|input| input.modifiers);
            if modifiers.command {
                register.toggle(row, index);
            } else {
                register.go(row, index, modifiers.shift);
            }
            register.reveal = false;
            (register.takes_keys, register.part) = (true, Part::Table);
        }
        if response.double_clicked() {
            open(model, register, actions);
        }
        let told = if differs { differ_words(model.project(), &shown).join("\n") } else { value.to_owned() };
        if (cut || differs) && !model.keyed {
            response.on_hover_text(told);
        }
    }
}

/// Edits the cell that has the keys, or goes to the text where it cannot be edited here.
fn open(model: &Model, register: &mut Register, actions: &mut Actions) {
    if register.column().is_edited() {
        register.edit(model.project());
        return;
    }
    let first = register.tellings(model.project()).first().map(|telling| telling.mention);
    actions.push(Action::LeaveRegister(first));
}

/// The field of the cell that is edited, or the menu of kinds; beside it what is wrong with it.
fn edit_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (cell, shown): (Rect, &Arc<Shown>),
) {
    let column = register.column();
    let Some(editing) = &mut register.editing else { return };
    if column == Column::Kind {
        let fresh = std::mem::take(&mut editing.fresh);
        let builder = egui::UiBuilder::new().max_rect(cell).layout(Layout::left_to_right(Align::Center));
        let id = Id::unique(("kind of a happening", model.number, shown.one.id));
        let picked = ui.scope_builder(builder, |ui| pick_type_ui(ui, id, shown.one.kind, fresh)).inner;
        if let Some(kind) = picked {
            set(model, actions, shown, move |event| set_type(event, kind));
        }
        if picked.is_some() || !fresh && !Popup::is_any_open(ui.ctx()) {
            register.editing = None;
            register.takes_keys = true;
        }
        return;
    }
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    let field =
        TextEdit::singleline(&mut editing.value).id(ui.scope_id().with("edited happening")).event_filter(filter);
    let response = ui.put(cell, field.desired_width(cell.width()).clip_text(true)).accessible_name(column.name());
    if std::mem::take(&mut editing.fresh) {
        response.request_focus();
        select_all(ui, &response, &editing.value);
    }
    if column == Column::Date && days(&editing.value, published(model, shown)).is_err() {
        let palette = Palette::get(ui);
        ui.painter().rect_stroke(cell.shrink(1.0), 2.0, Stroke::new(2.0, palette.error), StrokeKind::Inside);
    }
}

/// The days that were typed; none for nothing.
fn days(typed: &str, published: Option<Date>) -> Result<Option<(Date, Date)>, ()> {
    if typed.trim().is_empty() { Ok(None) } else { typed::days(typed.trim(), published).map(Some).ok_or(()) }
}

fn published(model: &Model, shown: &Shown) -> Option<Date> {
    model.project().article(shown.one.article).and_then(|record| record.article.meta.date)
}

/// Changes the record that stands for a happening.
fn set(model: &Model, actions: &mut Actions, shown: &Shown, change: impl FnOnce(&mut Event)) {
    let Some(before) = model.project().event(shown.one.id) else { return };
    let mut after = before.clone();
    change(&mut after);
    if after != *before {
        actions.edit(move |project, stamp| ops::set_event(project, after, stamp));
    }
}

/// Takes what was typed into a cell; not where it is no such value.
fn commit(model: &Model, register: &mut Register, actions: &mut Actions) -> bool {
    let column = register.column();
    let Some(value) = register.editing.as_ref().map(|editing| editing.value.trim().to_owned()) else { return true };
    let shown = register.here().and_then(|here| register.shown(model.project(), here));
    let Some(shown) = shown else {
        register.editing = None;
        return true;
    };
    if register.editing.as_ref().is_some_and(|editing| editing.was != value) {
        match column {
            Column::Name if value.is_empty() => {}
            Column::Name => set(model, actions, &shown, move |event| event.name = value),
            Column::Date => match days(&value, published(model, &shown)) {
                Ok(days) => set(model, actions, &shown, move |event| {
                    event.date = days.map(|(start, end)| EventDate::new(start, end, ""));
                }),
                Err(()) => return false,
            },
            Column::Place => {
                let place = typed::place(&value);
                set(model, actions, &shown, move |event| event.place = place);
            }
            _ => {}
        }
    }
    register.editing = None;
    (register.takes_keys, register.part) = (true, Part::Table);
    true
}

fn differ_words(project: &Project, shown: &Shown) -> Vec<String> {
    shown.differ.iter().map(|differ| wording::disagreement(project, differ, text::date)).collect()
}

/// What the articles say of the happening that has the keys, and where they disagree.
fn tellings_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (id, cards): (Id, &[Proposal]),
) {
    if register.part == Part::Cards
        && let Some(card) = cards.get(register.cards.chosen)
    {
        return compared_ui(ui, model, register, actions, (id, card));
    }

    let palette = Palette::get(ui);
    ui.set_min_height(ui.available_height());
    let shown = register.here().and_then(|here| register.shown(model.project(), here));
    let Some(shown) = shown else {
        ui.label(RichText::new("Select a happening to read what the articles say of it").color(palette.weak));
        return;
    };
    let tellings = register.tellings(model.project());
    register.telling = register.telling.min(tellings.len().saturating_sub(1));
    ui.horizontal_wrapped(|ui| {
        let articles = text::count(shown.articles.len(), "article tells", "articles tell");
        let name = text::shortened(&shown.one.name, 60);
        ui.label(RichText::new(format!("{articles} of “{name}”")).font(theme::strong(theme::BODY)).color(palette.ink));
        for words in differ_words(model.project(), &shown) {
            let words = text::shortened(&words, 90);
            ui.label(RichText::new(format!("≠ {words}")).size(theme::SMALL).color(palette.error));
        }
        if shown.events.len() > 1 {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let about = "The event of the selected sentence is not the same: it gets a row of its own";
                if ui.button("Take out  O").on_hover_text(about).clicked() {
                    take_out(register, actions, &tellings);
                }
            });
        }
    });
    sentences_ui(ui, model, register, actions, (id, &tellings, shown.events.len() > 1));
}

/// What the articles say of each of those that may be one.
fn compared_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (id, card): (Id, &Proposal),
) {
    ui.set_min_height(ui.available_height());
    let palette = Palette::get(ui);
    let tellings = register.tellings_of(model.project(), &card.targets);
    register.telling = register.telling.min(tellings.len().saturating_sub(1));
    let told = format!("{} that may be one", text::number(card.targets.len()));
    ui.label(RichText::new(told).font(theme::strong(theme::BODY)).color(palette.ink));
    sentences_ui(ui, model, register, actions, (id, &tellings, false));
}

/// Sentences, of which one can have the keys.
fn sentences_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (id, tellings, several): (Id, &[Telling], bool),
) {
    ui.add_space(4.0);
    let rect = Rect::from_min_size(ui.cursor().min, ui.available_size());
    let told = format!("Sentences, {} of {}", register.telling + 1, tellings.len());
    let has_keys = part_ui(ui, register, (Part::Tellings, id), rect, &told);
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("tellings").auto_shrink(false);
    area.show_rows(ui, TELLING, tellings.len(), |ui, range| {
        if has_keys && ui.input(|input| input.key_pressed(Key::ArrowUp) || input.key_pressed(Key::ArrowDown)) {
            let top = ui.max_rect().top() + (register.telling as f32 - range.start as f32) * TELLING;
            let place = Rect::from_min_size(pos2(ui.max_rect().left(), top), vec2(1.0, TELLING));
            ui.scroll_to_rect_animation(place, None, egui::style::ScrollAnimation::none());
        }
        for index in range {
            let Some(telling) = tellings.get(index) else { continue };
            telling_ui(ui, model, register, actions, (index, telling, has_keys, several));
        }
    });
}

/// One sentence with its article. A click leads there.
fn telling_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (index, telling, has_keys, several): (usize, &Telling, bool, bool),
) {
    let palette = Palette::get(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TELLING), Sense::hover());
    let project = model.project();
    let Some(mention) = project.mention(telling.mention) else { return };
    let Some(record) = project.article(telling.article) else { return };
    let (before, words, after) = sentence_of(record.article.text.as_str(), mention);
    let response = ui.interact(rect, ui.scope_id().with(("telling", telling.mention)), Sense::CLICK);
    let title = &record.article.meta.title;
    let spoken = format!("{before}{words}{after}, {title}");
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, spoken.clone()));
    let chosen = register.telling == index;
    let focused = chosen && has_keys;
    // Which one would be taken out is seen from the table, too.
    let under = response.hovered() || chosen && several;
    let ground = Ground { chosen: chosen && register.part == Part::Tellings, under, focused, radius: 4 };
    paint_ground(ui, rect, ground);
    let meta = &record.article.meta;
    let day = meta.date.map(text::date).unwrap_or_default();
    let parts = [title.as_str(), meta.source.as_str(), day.as_str()];
    let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let width = rect.width() - 2.0 * PAD;
    let head = elided(ui, &line, FontId::proportional(theme::SMALL), palette.weak, width);
    ui.painter().galley(pos2(rect.left() + PAD, rect.top() + 4.0), head, palette.weak);
    let ink = if mention.status == Status::Accepted { palette.ink } else { palette.weak };
    let sentence = sentence(ui, (&before, &words, &after), ink, width);
    ui.painter().galley(pos2(rect.left() + PAD, rect.bottom() - 5.0 - sentence.size().y), sentence, ink);
    if response.clicked() {
        register.telling = index;
        actions.push(Action::LeaveRegister(Some(telling.mention)));
    }
    if !model.keyed {
        response.on_hover_text("Go to this place");
    }
}

/// The sentence of a mention on one line: what stands before it, its words, and what stands behind.
fn sentence_of(text: &str, mention: &Mention) -> (String, String, String) {
    let sentence = sentence_at(text, mention.range);
    let part = |start: TextSize, end: TextSize| on_one_line(text.get(start.into()..end.into()).unwrap_or_default());
    let (start, end) = (mention.range.start(), mention.range.end());
    (part(sentence.start(), start), part(start, end), part(end, sentence.end().max(end)))
}

/// A sentence on one line with the words that tell of the happening in bold; what does not fit is cut before or behind them.
fn sentence(ui: &Ui, (before, words, after): (&str, &str, &str), ink: Color32, width: f32) -> Arc<Galley> {
    let plain = TextFormat::simple(FontId::proportional(theme::BODY), ink);
    let strong = TextFormat::simple(theme::strong(theme::BODY), ink);
    // Before the words there is room for a good half of the line.
    let most = (width * 0.55 / (theme::BODY * 0.5)).max(20.0) as usize;
    let count = before.chars().count();
    let cut: String = before.chars().skip(count.saturating_sub(most)).collect();
    let cut = if count > most { cut.split_once(' ').map_or(cut.clone(), |(_, rest)| rest.to_owned()) } else { cut };
    let mut job = LayoutJob { wrap: TextWrapping::truncate_at_width(width), ..LayoutJob::default() };
    job.append(&format!("{}{cut}", if count > most { "…" } else { "" }), 0.0, plain.clone());
    job.append(words, 0.0, strong);
    job.append(after, 0.0, plain);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Takes the event of the telling that has the keys out of its happening.
fn take_out(register: &mut Register, actions: &mut Actions, tellings: &[Telling]) {
    if let Some(Target::Event(event)) = tellings.get(register.telling).map(|telling| telling.target) {
        actions.edit(move |project, stamp| ops::leave(project, event, stamp));
        register.telling = 0;
    }
    register.takes_keys = true;
}

/// What keys do while no field has them.
fn keys(
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
        table_keys(ui, register, (row, column));
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

/// The keys that move in the table.
fn table_keys(ui: &Ui, register: &mut Register, (row, column): (usize, usize)) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    for (key, row, column) in [
        (Key::ArrowUp, row.saturating_sub(1), column),
        (Key::ArrowDown, row + 1, column),
        (Key::PageUp, row.saturating_sub(20), column),
        (Key::PageDown, row + 20, column),
        (Key::ArrowLeft, row, column.saturating_sub(1)),
        (Key::ArrowRight, row, column + 1),
    ] {
        if pressed(Modifiers::SHIFT, key) {
            register.go(row, column, true);
        } else if pressed(Modifiers::NONE, key) {
            register.go(row, column, false);
        }
    }
    for (modifiers, key, row, column) in [
        (Modifiers::COMMAND, Key::Home, 0, column),
        (Modifiers::COMMAND, Key::End, usize::MAX, column),
        (Modifiers::NONE, Key::Home, row, 0),
        (Modifiers::NONE, Key::End, row, usize::MAX),
    ] {
        if pressed(modifiers, key) {
            register.go(row, column, false);
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
