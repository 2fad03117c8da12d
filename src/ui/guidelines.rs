//! The guidelines beside the text.

use eframe::egui::{self, RichText, ScrollArea, Ui};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use super::actions::Actions;
use super::command::Command;
use super::forms::CODE_BOOK;
use super::model::Model;
use super::theme::{self, Palette};
use crate::project::ops;

/// Draws the guidelines, or how to come by some.
pub fn guidelines_ui(ui: &mut Ui, model: &Model, markdown: &mut CommonMarkCache, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Guidelines").font(theme::strong(theme::BODY)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.small_button("×").on_hover_text("Hide").accessible_name("Hide guidelines").clicked() {
                actions.command(Command::ToggleGuidelines);
            }
            if ui.small_button("Edit…").accessible_name("Edit guidelines").clicked() {
                actions.command(Command::EditGuidelines);
            }
        });
    });
    ui.add_space(4.0);
    let text = model.session.project().guidelines();
    if text.trim().is_empty() {
        let hint = "What to tag and how, in Markdown: kept in the project, for everybody who works on it";
        ui.label(RichText::new(hint).size(theme::SMALL).color(Palette::get(ui).weak));
        ui.add_space(6.0);
        if ui.button("Start with the code book of events").clicked() {
            actions.edit(|project, stamp| ops::set_guidelines(project, CODE_BOOK, stamp));
        }
        return;
    }
    ScrollArea::vertical().id_salt("guidelines").auto_shrink(false).show(ui, |ui| {
        CommonMarkViewer::new().show(ui, markdown, text);
    });
}
