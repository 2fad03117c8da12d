//! What is asked where somebody else has, or has changed, the project; and its earlier versions.

use std::path::Path;

use eframe::egui::{Button, Grid, RichText, ScrollArea, Ui, vec2};

use super::{free_height, main_ui, modal, right_ui};
use crate::store::{Access, Earlier, Owner};
use crate::ui::actions::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::comparison::{Comparison, Counts};
use crate::ui::text;
use crate::ui::theme::Palette;
use crate::ui::worker::Way;

/// Another window has the project open, or had it when it ended.
pub(super) fn in_use_ui(ui: &Ui, actions: &mut Actions, path: &Path, owner: &Owner) -> bool {
    let gone = owner.is_gone();
    let mut done = false;
    let left = modal(ui, if gone { "Take the project over?" } else { "This project is open already" }, 520.0, |ui| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let since = text::time(owner.since);
        ui.label(if gone {
            format!(
                "{name} was opened on {since} in a window {owner} that is not there any more. What was changed in it \
                 is recovered"
            )
        } else {
            format!("{name} has been open since {since} in a window {owner}. Only one window can change it")
        });
        ui.add_space(14.0);
        right_ui(ui, |ui| {
            let mut open = |way| actions.push(Action::OpenProject(path.to_owned(), way));
            if gone {
                if main_ui(ui, "Take over", true) {
                    open(Way::Open(Access::TakeOver));
                }
                if small_ui(ui, "Open to read") {
                    open(Way::Open(Access::Read));
                }
            } else {
                if main_ui(ui, "Open to read", true) {
                    open(Way::Open(Access::Read));
                }
                if small_ui(ui, "Open a copy") {
                    open(Way::Copy);
                }
            }
            done = small_ui(ui, "Cancel");
        });
    });
    left || done
}

/// Another program has changed the file.
pub(super) fn changed_ui(ui: &Ui, actions: &mut Actions, comparison: &Comparison) -> bool {
    let mut done = false;
    let left = modal(ui, "The file has been changed by another program", 540.0, |ui| {
        let name = comparison.path.file_name().unwrap_or(comparison.path.as_os_str()).to_string_lossy();
        ui.label(format!("{name} is not as it was when it was opened or saved here last. Nothing has been written"));
        ui.add_space(10.0);
        counts_ui(ui, comparison);
        ui.add_space(14.0);
        right_ui(ui, |ui| {
            if main_ui(ui, "Save as…", true) {
                actions.command(Command::SaveAs);
                done = true;
            }
            done |= small_ui(ui, "Cancel");
            let replace = small(ui, "Replace it");
            if replace.on_hover_text("The file as it is now is kept as an earlier version").clicked() {
                actions.push(Action::Replace);
            }
            let reload = small(ui, "Reload");
            if reload.on_hover_text("Opens the file as it is now; what you have not saved is set aside").clicked() {
                actions.push(Action::Reload);
            }
        });
    });
    left || done
}

fn counts_ui(ui: &mut Ui, comparison: &Comparison) {
    let there = match &comparison.there {
        Ok(there) => there,
        Err(problem) => {
            ui.colored_label(Palette::get(ui).error, format!("It cannot be read: {problem}"));
            return;
        }
    };
    let here = &comparison.here;
    let rows = |counts: &Counts| {
        [
            ("Articles", counts.articles),
            ("Tags", counts.mentions),
            ("Decided on", counts.decided),
            ("People and countries", counts.entities),
            ("Events", counts.events),
        ]
    };
    Grid::new("counts").num_columns(3).spacing(vec2(28.0, 6.0)).show(ui, |ui| {
        ui.label("");
        ui.strong("In this window");
        ui.strong("In the file");
        ui.end_row();
        for ((name, here), (_, there)) in rows(here).into_iter().zip(rows(there)) {
            ui.label(name);
            ui.label(text::number(here));
            let number = RichText::new(text::number(there));
            ui.label(if here == there { number } else { number.strong() });
            ui.end_row();
        }
    });
    if here == there {
        ui.add_space(6.0);
        ui.weak("As many of each; they differ in something else");
    }
}

/// Earlier versions of the project's file.
pub(super) fn earlier_ui(ui: &Ui, actions: &mut Actions, versions: &[Earlier]) -> bool {
    let mut done = false;
    let left = modal(ui, "Earlier versions", 440.0, |ui| {
        if versions.is_empty() {
            ui.label("None yet. Each save keeps the file that it replaces, as many as the settings say");
        }
        ScrollArea::vertical().max_height(free_height(ui, 220.0)).show(ui, |ui| {
            Grid::new("versions").num_columns(3).spacing(vec2(20.0, 6.0)).show(ui, |ui| {
                for version in versions {
                    // To the second: two saves may lie close together.
                    ui.label(text::local(version.until).strftime("Replaced on %-d %b %Y, %H:%M:%S").to_string());
                    ui.weak(text::size(version.len));
                    if ui.button("Open a copy").clicked() {
                        actions.push(Action::OpenProject(version.path.clone(), Way::Copy));
                    }
                    ui.end_row();
                }
            });
        });
        ui.add_space(14.0);
        right_ui(ui, |ui| done = main_ui(ui, "Close", true));
    });
    left || done
}

fn small(ui: &mut Ui, name: &str) -> eframe::egui::Response {
    ui.add(Button::new(name).min_size(vec2(72.0, 28.0)))
}

fn small_ui(ui: &mut Ui, name: &str) -> bool {
    small(ui, name).clicked()
}
