//! A cell that is edited, and what becomes of what was typed.

use std::sync::Arc;

use eframe::egui::{self, Align, EventFilter, Id, Layout, Popup, Rect, Stroke, StrokeKind, TextEdit, Ui};
use jiff::civil::Date;

use crate::project::{Event, EventDate, ops};
use crate::ui::actions::{Action, Actions};
use crate::ui::dialogs::select_all;
use crate::ui::model::Model;
use crate::ui::panels::{pick_type_ui, set_type};
use crate::ui::register::{Column, Part, Register, Shown};
use crate::ui::theme::Palette;
use crate::ui::typed;

/// Edits the cell that has the keys, or goes to the text where it cannot be edited here.
pub(super) fn open(model: &Model, register: &mut Register, actions: &mut Actions) {
    if register.column().is_edited() {
        register.edit(model.project());
        return;
    }
    let first = register.tellings(model.project()).first().map(|telling| telling.mention);
    actions.push(Action::LeaveRegister(first));
}

/// The field of the cell that is edited, or the menu of kinds; beside it what is wrong with it.
pub(super) fn edit_ui(
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
pub(super) fn days(typed: &str, published: Option<Date>) -> Result<Option<(Date, Date)>, ()> {
    if typed.trim().is_empty() { Ok(None) } else { typed::days(typed.trim(), published).map(Some).ok_or(()) }
}

pub(super) fn published(model: &Model, shown: &Shown) -> Option<Date> {
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
pub(super) fn commit(model: &Model, register: &mut Register, actions: &mut Actions) -> bool {
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
