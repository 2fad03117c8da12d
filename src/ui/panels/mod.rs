//! The panels beside the article: people, countries, events, and what is known of the selected tag.

mod article;
mod card;
mod event;
mod inspector;
mod row;
pub mod rows;

pub use inspector::explain_ui;

use rows::{Noticed, PanelRow, Rows, Section};

use eframe::egui::{Button, CollapsingHeader, Frame, Margin, Panel, Rect, RichText, ScrollArea, Ui, vec2};

use super::actions::Actions;
use super::model::{Model, Pane};
use super::theme::{self, Palette};
use crate::project::{Kind, MentionId, Schema, Target, ops};

/// Draws the panels of the article shown.
pub fn panels_ui(ui: &mut Ui, model: &Model, rows: &mut Rows, actions: &mut Actions) {
    let Some(article) = model.article else { return };
    let order = model.settings.event_order;
    rows.refresh(model.project(), article, model.session.revision(), order);
    let mut noticed = Noticed { focus: model.pane == Pane::Panels && model.focus_pane, ..Noticed::default() };
    // As high as what it tells: while nothing is selected the lists have the room.
    Panel::bottom("inspector")
        .resizable(false)
        .frame(Frame::new().inner_margin(Margin::symmetric(12, 8)))
        .show(ui, |ui| inspector::inspector_ui(ui, model, actions));
    ScrollArea::vertical().id_salt("panels").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: 8, right: 10, top: 6, bottom: 24 }).show(ui, |ui| {
            article::article_tags_ui(ui, model, actions, article);
            for kind in &model.project().tagset().kinds {
                section_ui(ui, model, actions, rows, kind, &mut noticed);
                ui.add_space(8.0);
            }
        });
    });
    rows.hovered = noticed.hovered;
}

fn section_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, rows: &Rows, kind: &Kind, noticed: &mut Noticed) {
    let palette = Palette::get(ui);
    let none = Section::default();
    let section = rows.section(&kind.id).unwrap_or(&none);
    let title = format!("{}  {}", kind.plural, super::text::number(section.rows.len()));
    let header = CollapsingHeader::new(RichText::new(title).font(theme::strong(theme::BODY)))
        .id_salt(("section", kind.id.as_str()))
        .default_open(true)
        .open((kind.schema == Schema::Event && model.event_field.is_some()).then_some(true));
    let shown = header.show_unindented(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        if kind.schema == Schema::Event {
            event::head_ui(ui, model, actions, section);
        }
        if section.rows.is_empty() {
            let mut hint = format!("{} that are suggested or tagged appear here", kind.plural);
            if let Some(key) = kind.digit() {
                hint.push_str(&format!(". Select words and press {key}"));
            }
            ui.add_space(2.0);
            ui.label(RichText::new(hint).size(theme::SMALL).color(palette.weak));
        }
        list_ui(ui, model, actions, kind, &section.rows, noticed);
        background_ui(ui, model, actions, kind, &section.background, noticed);
        row::rejected_ui(ui, model, actions, kind, &section.rejected);
    });
    shown.header_response.context_menu(|ui| section_menu_ui(ui, actions, kind, section));
}

/// The rows of a list, and below the one that is selected what is known of it.
fn list_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, kind: &Kind, rows: &[PanelRow], noticed: &mut Noticed) {
    let selected = model.selected_mention().and_then(|m| rows.iter().position(|row| row.holds(m)));
    let (before, from) = rows.split_at(selected.unwrap_or(rows.len()));
    row::rows_ui(ui, model, actions, kind, before, noticed);
    let Some((row, after)) = from.split_first() else { return };
    row::row_ui(ui, model, actions, kind, row, noticed);
    // Of several that are chosen together none is opened.
    if let Some(target) = row.target.filter(|_| model.picked.is_empty()) {
        let top = ui.cursor().top();
        let shown = Frame::new().inner_margin(Margin { left: 22, right: 0, top: 2, bottom: 6 }).show(ui, |ui| {
            if let (Schema::Event, Target::Event(event)) = (kind.schema, target) {
                event::card_ui(ui, model, actions, event);
            }
            row::mentions_ui(ui, model, actions, row);
        });
        reveal(ui, model, shown.response.rect.with_min_y(top - 46.0));
    }
    row::rows_ui(ui, model, actions, kind, after, noticed);
}

/// The events that the level does not show: one quiet line that opens.
fn background_ui(
    ui: &mut Ui,
    model: &Model,
    actions: &mut Actions,
    kind: &Kind,
    rows: &[PanelRow],
    noticed: &mut Noticed,
) {
    if rows.is_empty() {
        return;
    }
    let weak = Palette::get(ui).weak;
    let title = format!("{} in the background", super::text::number(rows.len()));
    let holds_selected = model.selected_mention().is_some_and(|mention| rows.iter().any(|row| row.holds(mention)));
    let header = CollapsingHeader::new(RichText::new(title).size(theme::SMALL).color(weak))
        .id_salt(("background", kind.id.as_str()))
        .open(holds_selected.then_some(true).filter(|_| model.reveal_row));
    let shown = header.show_unindented(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        list_ui(ui, model, actions, kind, rows, noticed);
    });
    shown.header_response.on_hover_text("Told in passing: not reviewed, counted or exported until you keep one");
}

/// What can be done with all of a kind at once.
fn section_menu_ui(ui: &mut Ui, actions: &mut Actions, kind: &Kind, section: &Section) {
    let open: Vec<MentionId> = section.rows.iter().flat_map(|row| row.open.iter().copied()).collect();
    let of = format!("all {} {}", super::text::number(open.len()), kind.plural.to_lowercase());
    if ui.add_enabled(!open.is_empty(), Button::new(format!("Accept {of}"))).clicked() {
        let open = open.clone();
        actions.edit(move |project, stamp| ops::accept(project, &open, stamp));
    }
    if ui.add_enabled(!open.is_empty(), Button::new(format!("Reject {of}"))).clicked() {
        actions.edit(move |project, stamp| ops::reject(project, &open, stamp));
    }
}

/// Brings a selected row with what is below it into view; the top of it where it is too high.
fn reveal(ui: &Ui, model: &Model, rect: Rect) {
    let clip = ui.clip_rect();
    if model.reveal_row && !clip.contains_rect(rect) {
        let height = rect.height().min(clip.height() - 8.0);
        ui.scroll_to_rect(Rect::from_min_size(rect.min, vec2(rect.width(), height)), None);
    }
}
