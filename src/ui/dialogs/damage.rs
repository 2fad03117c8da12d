//! A damaged project file: what could not be taken as it stands, and the question before the file is replaced.

use eframe::egui::{Button, RichText, ScrollArea, Ui, vec2};

use super::{free_height, main_ui, modal, right_ui};
use crate::store::Damage;
use crate::ui::actions::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::model::{Damaged, Model};
use crate::ui::state::Dialog;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// How many damages are drawn; a saved list has all of them.
const LISTED: usize = 500;
/// How many characters are shown of what stands in a damaged place.
const SHOWN: usize = 160;

pub(super) fn damage_ui(ui: &Ui, model: &Model, actions: &mut Actions) -> bool {
    let Some(damaged) = &model.damaged else { return true };
    let mut done = false;
    let left = modal(ui, "This project file is damaged", 620.0, |ui| {
        let places = text::count(damaged.list.len(), "place", "places");
        ui.label(format!(
            "In {} {places} could not be taken as they stand. What could be understood is open. The file stays as it is \
             until you replace it",
            damaged.name
        ));
        ui.add_space(8.0);
        ScrollArea::vertical()
            .max_height(free_height(ui, 260.0))
            .auto_shrink([false, true])
            .show(ui, |ui| list_ui(ui, damaged));
        ui.add_space(14.0);
        right_ui(ui, |ui| {
            done = main_ui(ui, "Close", true);
            if ui.add(Button::new("Save list…").min_size(vec2(72.0, 28.0))).clicked() {
                actions.push(Action::SaveProblems(Damage::list(&damaged.name, &damaged.list)));
            }
            if ui.add(Button::new("Copy").min_size(vec2(72.0, 28.0))).clicked() {
                ui.ctx().copy_text(Damage::list(&damaged.name, &damaged.list));
            }
        });
    });
    left || done
}

fn list_ui(ui: &mut Ui, damaged: &Damaged) {
    let weak = Palette::get(ui).weak;
    for damage in damaged.list.iter().take(LISTED) {
        ui.label(damage.to_string());
        let line = damage.text.lines().next().unwrap_or_default();
        if !line.is_empty() {
            let shown: String = line.chars().take(SHOWN).collect();
            let more = if line.chars().nth(SHOWN).is_some() { "…" } else { "" };
            ui.label(RichText::new(shown + more).monospace().size(theme::SMALL).color(weak));
        }
        ui.add_space(6.0);
    }
    if damaged.list.len() > LISTED {
        ui.label(format!("And {} more, which a saved list has", text::number(damaged.list.len() - LISTED)));
    }
}

pub(super) fn replace_ui(ui: &Ui, model: &Model, actions: &mut Actions) -> bool {
    let Some(damaged) = &model.damaged else { return true };
    let mut done = false;
    let left = modal(ui, "Replace the damaged file?", 480.0, |ui| {
        ui.label(format!(
            "{} holds {} that could not be understood. Saving there would lose what stands in them",
            damaged.name,
            text::count(damaged.list.len(), "place", "places")
        ));
        ui.add_space(14.0);
        right_ui(ui, |ui| {
            if main_ui(ui, "Save as…", true) {
                actions.push(Action::CloseDialog);
                actions.command(Command::SaveAs);
            }
            done = ui.add(Button::new("Cancel").min_size(vec2(72.0, 28.0))).clicked();
            if ui.add(Button::new("Replace it").min_size(vec2(72.0, 28.0))).clicked() {
                actions.push(Action::ReplaceDamaged);
            }
            if ui.add(Button::new("Show the list").min_size(vec2(72.0, 28.0))).clicked() {
                actions.open(Dialog::Damage);
            }
        });
    });
    left || done
}
