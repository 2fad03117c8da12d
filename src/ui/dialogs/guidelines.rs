//! The window in which guidelines are written, with how they will look beside it.

use eframe::egui::{Button, RichText, ScrollArea, TextEdit, Ui};
use egui_commonmark::CommonMarkViewer;

use super::{buttons_ui, modal};
use crate::project::ops;
use crate::ui::actions::Actions;
use crate::ui::forms::GuidelinesForm;
use crate::ui::model::Model;
use crate::ui::theme::{self, Palette};

pub(super) fn guidelines_ui(ui: &Ui, _model: &Model, actions: &mut Actions, form: &mut GuidelinesForm) -> bool {
    let mut done = false;
    let left = modal(ui, "Guidelines", 900.0, |ui| {
        let hint = "Markdown: # heading, - list, **bold**, | table |. Ctrl+Enter saves";
        ui.label(RichText::new(hint).size(theme::SMALL).color(Palette::get(ui).weak));
        ui.add_space(6.0);
        let height = (ui.ctx().content_rect().height() - 240.0).clamp(200.0, 520.0);
        let save_key =
            ui.input_mut(|input| input.consume_key(eframe::egui::Modifiers::COMMAND, eframe::egui::Key::Enter));
        ui.columns_const(|[write, read]| {
            ScrollArea::vertical().id_salt("write").max_height(height).min_scrolled_height(height).show(write, |ui| {
                let rows = (height / 18.0) as usize;
                let field = TextEdit::multiline(&mut form.text).desired_width(f32::INFINITY).desired_rows(rows);
                let response = ui.add(field).accessible_name("Guidelines in Markdown");
                if std::mem::take(&mut form.fresh) {
                    response.request_focus();
                }
            });
            ScrollArea::vertical().id_salt("read").max_height(height).auto_shrink(false).show(read, |ui| {
                CommonMarkViewer::new().show(ui, &mut form.markdown, &form.text);
            });
        });
        ui.add_space(6.0);
        let hint = "What an event record is, and how to decide in doubt: a start for guidelines of your own";
        let button = ui.add_enabled(!form.has_code_book(), Button::new("Add the code book of events"));
        if button.on_hover_text(hint).clicked() {
            form.add_code_book();
        }
        let (save, cancel) = buttons_ui(ui, "Save", true);
        if save || save_key {
            let text = form.text.clone();
            actions.edit(move |project, stamp| ops::set_guidelines(project, &text, stamp));
        }
        done = save || save_key || cancel;
    });
    left || done
}
