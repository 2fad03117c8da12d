//! Whose work is compared, and whom copies are made for.

use eframe::egui::{Button, RichText, TextEdit, Ui, vec2};

use super::{first_field, main_ui, modal, right_ui};
use crate::ui::actions::{Action, Actions};
use crate::ui::forms::{CompareForm, CopiesForm};
use crate::ui::text;
use crate::ui::theme::{self, Palette};

pub(super) fn compare_ui(ui: &Ui, actions: &mut Actions, form: &mut CompareForm) -> bool {
    let mut done = false;
    let left = modal(ui, "Compare annotators", 560.0, |ui| {
        let palette = Palette::get(ui);
        ui.label("Projects, or annotations of other programs, of the same articles. What was accepted in each counts.");
        ui.add_space(8.0);
        let mut gone = None;
        for (at, file) in form.files.iter().enumerate() {
            ui.horizontal(|ui| {
                let name = file.file_stem().unwrap_or_default().to_string_lossy();
                ui.label(RichText::new(text::shortened(&name, 40)).font(theme::strong(theme::BODY)));
                let folder = file.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
                ui.label(RichText::new(text::shortened(&folder, 44)).size(theme::SMALL).color(palette.weak));
                ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
                    if ui.button("×").accessible_name(format!("Leave out {name}")).clicked() {
                        gone = Some(at);
                    }
                });
            });
        }
        if let Some(at) = gone {
            form.files.remove(at);
        }
        if form.files.is_empty() {
            ui.label(RichText::new("Nobody yet").color(palette.weak));
        }
        ui.add_space(4.0);
        if ui.button("Add files…").clicked() {
            actions.push(Action::AddAnnotators);
        }
        ui.add_space(10.0);
        ui.checkbox(&mut form.engine, "The engine is one of the annotators");
        ui.checkbox(&mut form.open, "Suggestions that nobody has decided on count as well");
        ui.add_space(10.0);
        let told = "A new project takes over what all agree on; where they differ you decide card by card. Their own files \
                    stay as they are.";
        ui.label(RichText::new(told).size(theme::SMALL).color(palette.weak));
        ui.add_space(14.0);
        right_ui(ui, |ui| {
            if main_ui(ui, "Save new project as…", form.is_enough()) {
                actions.push(Action::BeginSettling(form.clone()));
            }
            done = ui.add(Button::new("Cancel").min_size(vec2(72.0, 28.0))).clicked();
        });
    });
    left || done
}

pub(super) fn copies_ui(ui: &Ui, actions: &mut Actions, form: &mut CopiesForm) -> bool {
    let mut done = false;
    let left = modal(ui, "Make copies for annotators", 480.0, |ui| {
        ui.label("Each gets a project with the same articles, tagset and guidelines, and nobody’s decisions.");
        ui.add_space(8.0);
        let field = TextEdit::multiline(&mut form.names).hint_text("A name a line").desired_rows(5);
        let response = ui.add(field.desired_width(f32::INFINITY)).accessible_name("Names of the annotators");
        first_field(ui, &response);
        ui.add_space(8.0);
        ui.checkbox(&mut form.suggestions, "With the suggestions that nobody has decided on");
        ui.add_space(14.0);
        let names = form.list();
        right_ui(ui, |ui| {
            let name = match names.len() {
                0 | 1 => "Make copy in folder…".to_owned(),
                count => format!("Make {count} copies in folder…"),
            };
            if main_ui(ui, &name, !names.is_empty()) {
                actions.push(Action::MakeCopies(form.clone()));
            }
            done = ui.add(Button::new("Cancel").min_size(vec2(72.0, 28.0))).clicked();
        });
    });
    left || done
}
