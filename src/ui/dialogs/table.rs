//! The articles as a table: sorted, filtered, edited cell by cell, or one value set for all rows chosen.

use eframe::egui::{
    self, Align, Button, ComboBox, Event, EventFilter, Id, Key, Layout, Modifiers, Rect, RichText, Role, ScrollArea,
    Sense, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::{modal, right_ui, select_all};
use crate::project::{ArticleRecord, Detail, Stage};
use crate::ui::actions::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::forms::TableForm;
use crate::ui::forms::table::{Column, change};
use crate::ui::grid::{self, ROW};
use crate::ui::list_row::{Ground, paint_ground};
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// The widest that the table gets.
const WIDEST: f32 = 1800.0;

pub(super) fn table_ui(ui: &Ui, model: &Model, actions: &mut Actions, form: &mut TableForm) -> bool {
    let mut done = false;
    let left = modal(ui, "Articles", WIDEST, |ui| {
        filter_ui(ui, model, form);
        if form.refresh(model.project()) {
            ui.ctx().request_repaint();
        }
        let grid = ui.make_persistent_id("cells");
        keys(ui, model, actions, form, grid);
        ui.spacing_mut().item_spacing.y = 0.0;
        let columns = columns(ui.available_width() - ui.spacing().scroll.allocated_width());
        heads_ui(ui, form, &columns);
        let height = (ui.ctx().content_rect().height() - 322.0).max(3.0 * ROW);
        rows_ui(ui, model, actions, form, (grid, &columns, height));
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.add_space(8.0);
        several_ui(ui, actions, form);
        right_ui(ui, |ui| {
            done = ui.add(Button::new("Close").min_size(vec2(72.0, 28.0))).clicked();
            let here = form.here().map(|(id, _)| id);
            let go = Button::new("Go to article").min_size(vec2(72.0, 28.0));
            if let (true, Some(id)) = (ui.add_enabled(here.is_some(), go).clicked(), here) {
                actions.push(Action::Show(id));
                done = true;
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let hint = "Enter or F2 edits a cell, Tab goes to the next, Ctrl+Enter sets all selected rows";
                ui.label(RichText::new(hint).size(theme::SMALL).color(Palette::get(ui).weak));
            });
        });
    });
    left || done
}

/// The words that rows must have, and how many rows there are.
fn filter_ui(ui: &mut Ui, model: &Model, form: &mut TableForm) {
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut form.filter).hint_text("Filter by any column").desired_width(280.0);
        let response = ui.add(field).accessible_name("Filter rows");
        if response.has_focus() && ui.input(|input| input.key_pressed(Key::ArrowDown)) {
            form.takes_keys = true;
        }
        let (all, shown) = (model.project().article_count(), form.shown().len());
        let told = match shown == all {
            true => text::count(all, "article", "articles"),
            false => format!("{} of {}", text::number(shown), text::count(all, "article", "articles")),
        };
        let chosen = form.picked.len();
        let chosen = if chosen > 1 { format!(", {} selected", text::number(chosen)) } else { String::new() };
        ui.label(RichText::new(format!("{told}{chosen}")).size(theme::SMALL).color(Palette::get(ui).weak));
    });
    ui.add_space(4.0);
}

/// Where each column begins and how wide it is, in points from the left: texts share what numbers leave.
fn columns(width: f32) -> Vec<(f32, f32)> {
    const PARTS: f32 = 3.0 + 1.5 + 1.3 + 1.2;
    let fixed = |column: &Column| match column {
        Column::Detail(Detail::Date) => 108.0,
        Column::Detail(Detail::Language) => 84.0,
        Column::Status => 92.0,
        Column::Words => 72.0,
        Column::Tags | Column::Open => 60.0,
        Column::Detail(_) => 0.0,
    };
    let rest = (width - Column::ALL.iter().map(fixed).sum::<f32>()).max(PARTS * 60.0);
    let mut x = 0.0;
    let column = |column: &Column| {
        let width = match column {
            Column::Detail(Detail::Title) => rest * 3.0 / PARTS,
            Column::Detail(Detail::Source) => rest * 1.5 / PARTS,
            Column::Detail(Detail::Author) => rest * 1.3 / PARTS,
            Column::Detail(Detail::Section) => rest * 1.2 / PARTS,
            fixed_one => fixed(fixed_one),
        };
        let place = (x, width);
        x += width;
        place
    };
    Column::ALL.iter().map(column).collect()
}

/// The names of the columns.
fn heads_ui(ui: &mut Ui, form: &mut TableForm, columns: &[(f32, f32)]) {
    let heads = Column::ALL.into_iter().map(|column| (column, column.name(), column.is_number()));
    grid::heads_ui(ui, heads, columns, &mut form.sort);
}

/// The rows that are seen.
fn rows_ui(
    ui: &mut Ui,
    model: &Model,
    actions: &mut Actions,
    form: &mut TableForm,
    (grid, columns, height): (Id, &[(f32, f32)], f32),
) {
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
    let response = ui.interact(rect, grid, Sense::focusable_noninteractive());
    let told = told(model, form);
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, &told));
    if std::mem::take(&mut form.takes_keys) {
        response.request_focus();
    }
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(grid, filter));
    if form.shown().is_empty() {
        ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            ui.add_space(12.0);
            ui.label(RichText::new("No article fits").color(Palette::get(ui).weak));
            ui.add_space(6.0);
            if ui.button("Show all articles").clicked() {
                form.filter.clear();
            }
        });
        return;
    }
    let area = ScrollArea::vertical().id_salt("table rows").auto_shrink(false).max_height(height);
    let count = form.shown().len();
    area.show_rows(ui, ROW, count, |ui, range| {
        if std::mem::take(&mut form.reveal) {
            grid::reveal(ui, (form.cursor.0, range.start), ROW);
        }
        for row in range {
            row_ui(ui, model, actions, form, (row, response.has_focus(), columns));
        }
    });
}

/// What stands in the cell that has the keys, for those who hear it.
fn told(model: &Model, form: &mut TableForm) -> String {
    let Some((id, column)) = form.here() else { return "Cells".to_owned() };
    let words = form.words(model.project(), id);
    let value = model.project().article(id).map(|record| value(model, record, column, words)).unwrap_or_default();
    format!("Cells, row {}, {}: {value}", form.cursor.0 + 1, column.name())
}

/// A cell as it is shown.
fn value(model: &Model, record: &ArticleRecord, column: Column, words: usize) -> String {
    let progress = model.project().progress(record.id);
    match column {
        Column::Detail(Detail::Date) => record.article.meta.date.map(text::date).unwrap_or_default(),
        Column::Detail(detail) => detail.of(&record.article.meta),
        Column::Words => text::number(words),
        Column::Tags => text::number(progress.open + progress.decided),
        Column::Open => text::number(progress.open),
        Column::Status => match model.project().stage(record) {
            Stage::New => "New",
            Stage::InProgress => "In progress",
            Stage::Done => "Done",
        }
        .to_owned(),
    }
}

/// One article; `has_keys` where the table has the keys.
fn row_ui(
    ui: &mut Ui,
    model: &Model,
    actions: &mut Actions,
    form: &mut TableForm,
    (row, has_keys, columns): (usize, bool, &[(f32, f32)]),
) {
    let palette = Palette::get(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let Some(id) = form.shown().get(row).copied() else { return };
    let Some(record) = model.project().article(id) else { return };
    let under = ui.rect_contains_pointer(rect);
    paint_ground(ui, rect, Ground { chosen: form.picked.contains(&id), under, focused: false, radius: 0 });
    let words = form.words(model.project(), id);
    for (index, (column, (x, width))) in Column::ALL.into_iter().zip(columns).enumerate() {
        let cell = Rect::from_min_size(pos2(rect.left() + x, rect.top()), vec2(*width, ROW));
        let is_here = form.cursor == (row, index);
        if is_here && form.editing.is_some() {
            edit_ui(ui, form, cell, column);
            continue;
        }
        let value = value(model, record, column, words);
        let told = grid::Cell {
            id: ui.scope_id().with((id, index)),
            value: &value,
            name: column.name(),
            ink: if column.detail().is_some() { palette.ink } else { palette.weak },
            to_right: column.is_number(),
            taken: 0.0,
            keys: is_here.then_some(has_keys),
        };
        let (response, cut, _) = grid::cell_ui(ui, cell, &told);
        if response.clicked() && (form.editing.is_none() || commit(actions, form, false)) {
            let modifiers = ui.input(|input| input.modifiers);
            if modifiers.command {
                form.toggle(row, index);
            } else {
                form.go(row, index, modifiers.shift);
            }
            form.reveal = false;
            form.takes_keys = true;
        }
        if response.double_clicked() {
            form.edit(model.project(), None);
        }
        if cut && !model.keyed {
            response.on_hover_text(&value);
        }
    }
}

/// The field of the cell that is edited; below it what is wrong with it.
fn edit_ui(ui: &mut Ui, form: &mut TableForm, cell: Rect, column: Column) {
    let Some(editing) = &mut form.editing else { return };
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    let field = TextEdit::singleline(&mut editing.value).id(ui.scope_id().with("edited cell")).event_filter(filter);
    let response = ui.put(cell, field.desired_width(cell.width()).clip_text(true)).accessible_name(column.name());
    if let Some(all) = editing.fresh.take() {
        response.request_focus();
        if all {
            select_all(ui, &response, &editing.value);
        } else {
            let end = egui::text::CCursor::new(editing.value.chars().count());
            let mut state = TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
            state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
            state.store(ui.ctx(), response.id);
        }
    }
}

/// Has the chosen rows, or the one that has the keys, take what was typed into a cell; not where it is no such value.
fn commit(actions: &mut Actions, form: &mut TableForm, all: bool) -> bool {
    let (Some(editing), Some((id, column))) = (&form.editing, form.here()) else { return true };
    let Some(detail) = column.detail() else { return true };
    if change(detail, &editing.value).is_err() {
        return false;
    }
    let mut ids = if all { form.chosen() } else { vec![id] };
    if !ids.contains(&id) {
        ids.push(id);
    }
    actions.push(Action::SetDetail(ids, detail, editing.value.clone()));
    form.editing = None;
    form.takes_keys = true;
    true
}

/// What keys do in the table.
fn keys(ui: &Ui, model: &Model, actions: &mut Actions, form: &mut TableForm, grid: Id) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    const NONE: Modifiers = Modifiers::NONE;
    const CTRL: Modifiers = Modifiers::COMMAND;
    const SHIFT: Modifiers = Modifiers::SHIFT;
    let (row, column) = form.cursor;
    if form.editing.is_some() {
        if pressed(NONE, Key::Escape) {
            form.editing = None;
            form.takes_keys = true;
        } else if pressed(CTRL, Key::Enter) {
            commit(actions, form, true);
        } else if pressed(NONE, Key::Enter) && commit(actions, form, false) {
            form.go(row + 1, column, false);
        } else if pressed(SHIFT, Key::Tab) && commit(actions, form, false) {
            form.step(false);
        } else if pressed(NONE, Key::Tab) && commit(actions, form, false) {
            form.step(true);
        }
        return;
    }
    if !ui.memory(|memory| memory.has_focus(grid)) {
        return;
    }
    for (row, column, through) in grid::moves(ui, form.cursor, 0) {
        form.go(row, column, through);
    }
    if pressed(SHIFT, Key::Tab) {
        form.step(false);
    } else if pressed(NONE, Key::Tab) {
        form.step(true);
    }
    if pressed(CTRL, Key::A) {
        form.pick_all();
    }
    let again = pressed(CTRL | SHIFT, Key::Z) || pressed(CTRL, Key::Y);
    if again {
        actions.command(Command::Redo);
    } else if pressed(CTRL, Key::Z) {
        actions.command(Command::Undo);
    }
    let typed = ui.input_mut(|input| {
        let is_text = |event: &Event| matches!(event, Event::Text(text) if !text.trim().is_empty());
        let place = input.events.iter().position(is_text)?;
        match input.events.remove(place) {
            Event::Text(text) => Some(text),
            _ => None,
        }
    });
    if typed.is_some() || pressed(NONE, Key::F2) || pressed(NONE, Key::Enter) {
        form.edit(model.project(), typed);
    }
}

/// One value for all rows chosen; and what is wrong with what was typed, here or in a cell.
fn several_ui(ui: &mut Ui, actions: &mut Actions, form: &mut TableForm) {
    let error = Palette::get(ui).error;
    let chosen = form.picked.len();
    let detail = form.several.0.unwrap_or(Detail::Source);
    let name = |detail: Detail| Column::Detail(detail).name();
    ui.horizontal(|ui| {
        let combo = ComboBox::from_id_salt("field of several").width(110.0).selected_text(name(detail));
        let combo = combo.show_ui(ui, |ui| {
            for other in Detail::ALL {
                if ui.selectable_label(other == detail, name(other)).clicked() {
                    form.several.0 = Some(other);
                }
            }
        });
        combo.response.accessible_name("Field to set");
        let hint = if detail == Detail::Date { "2022-02-04 or 4 Feb 2022" } else { "Value for all selected rows" };
        let field = TextEdit::singleline(&mut form.several.1).hint_text(hint).desired_width(240.0);
        let response = ui.add(field).accessible_name("Value for all selected rows");
        let empty = form.several.1.trim().is_empty();
        let articles = text::count(chosen, "article", "articles");
        let button = Button::new(format!("Set {} for {articles}", detail.name()));
        let fits = change(detail, &form.several.1);
        let ready = chosen > 0 && fits.is_ok() && !empty;
        let clicked = ui.add_enabled(ready, button).clicked();
        let told = format!("Clear {} for {articles}", detail.name());
        let clear = ui.add_enabled(chosen > 0, Button::new("Clear")).on_hover_text(&told).accessible_name(told);
        if clear.clicked() {
            actions.push(Action::SetDetail(form.chosen(), detail, String::new()));
            form.takes_keys = true;
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ready && (clicked || entered) {
            actions.push(Action::SetDetail(form.chosen(), detail, std::mem::take(&mut form.several.1)));
            form.takes_keys = true;
        }
        let typed = form.editing.as_ref().zip(form.here().and_then(|(_, column)| column.detail()));
        let wrong = typed.and_then(|(editing, detail)| change(detail, &editing.value).err());
        if let Some(wrong) = wrong.or(fits.err()) {
            ui.colored_label(error, wrong);
        }
    });
}
