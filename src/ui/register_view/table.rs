//! The happenings in columns.

use eframe::egui::{Id, Rect, RichText, ScrollArea, Sense, Ui, pos2, vec2};

use super::edit::{commit, edit_ui, open};
use super::parts::part_ui;
use crate::project::Project;
use crate::ui::actions::Actions;
use crate::ui::grid::{self, ROW};
use crate::ui::list_row::{Ground, elided, paint_ground};
use crate::ui::model::Model;
use crate::ui::register::{Column, Part, Query, Register, Shown};
use crate::ui::text;
use crate::ui::theme::{self, Palette};
use crate::wording;

/// Where each column begins and how wide it is, in points from the left.
pub(super) fn columns(width: f32) -> Vec<(f32, f32)> {
    let part = |column: &Column| match column {
        Column::Kind => 1.35,
        Column::Name => 2.9,
        Column::Date => 1.2,
        Column::Place => 1.0,
        Column::Actors => 1.35,
        Column::Recipients => 1.25,
        Column::Figures => 0.95,
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

/// The names of the columns.
pub(super) fn heads_ui(ui: &mut Ui, register: &mut Register, columns: &[(f32, f32)]) {
    let heads = Column::ALL.into_iter().map(|column| (column, column.name(), column == Column::Articles));
    grid::heads_ui(ui, heads, columns, &mut register.query.sort);
}

/// The rows that are seen.
pub(super) fn rows_ui(
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
            grid::reveal(ui, (register.cursor.0, range.start), ROW);
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
        ui.label(RichText::new("No happening fits what is looked for and selected above").color(weak));
        ui.add_space(6.0);
        if ui.button("Show all happenings").clicked() {
            let sort = register.query.sort;
            register.query = Query { sort, ..Query::default() };
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
        let differs = column == Column::Articles && !shown.differ.is_empty();
        let told = grid::Cell {
            id: ui.scope_id().with((event, index)),
            value,
            name: column.name(),
            ink,
            to_right: column == Column::Articles,
            taken: if differs { 16.0 } else { 0.0 },
            keys: is_here.then_some(has_keys),
        };
        let (response, cut, left) = grid::cell_ui(ui, cell, &told);
        if differs {
            let sign = elided(ui, "≠", theme::strong(theme::BODY), palette.error, 16.0);
            let y = cell.center().y - sign.size().y / 2.0;
            ui.painter().galley(pos2(left - 18.0, y), sign, palette.error);
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

pub(super) fn differ_words(project: &Project, shown: &Shown) -> Vec<String> {
    shown.differ.iter().map(|differ| wording::disagreement(project, differ, text::date)).collect()
}
