//! Any command by a few letters of its name.

use eframe::egui::{self, Button, Key, RichText, ScrollArea, TextEdit, Ui};

use super::modal;
use crate::ui::actions::{Action, Actions};
use crate::ui::command::{Command, TABLE};
use crate::ui::dispatch::available;
use crate::ui::menu;
use crate::ui::state::State;
use crate::ui::theme;

/// What was typed, and which command is chosen.
#[derive(Default)]
pub struct PaletteForm {
    words: String,
    chosen: usize,
    opened: bool,
}

pub(super) fn palette_ui(ui: &Ui, state: &State, actions: &mut Actions, form: &mut PaletteForm) -> bool {
    let mut picked = None;
    let left = modal(ui, "Commands", 460.0, |ui| {
        let field = TextEdit::singleline(&mut form.words).hint_text("Type part of a name").desired_width(f32::INFINITY);
        let response = ui.add(field).accessible_name("Command");
        if !std::mem::replace(&mut form.opened, true) {
            response.request_focus();
        }
        if response.changed() {
            form.chosen = 0;
        }
        let needle = form.words.trim().to_lowercase();
        let fits = |command: Command| {
            available(state, command) && menu::title(state, command).to_lowercase().contains(&needle)
        };
        let found: Vec<Command> =
            TABLE.iter().map(|e| e.command).filter(|c| *c != Command::Palette && fits(*c)).collect();
        let (up, down, enter) = ui.input(|input| {
            (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown), input.key_pressed(Key::Enter))
        });
        if down {
            form.chosen = (form.chosen + 1).min(found.len().saturating_sub(1));
        }
        if up {
            form.chosen = form.chosen.saturating_sub(1);
        }
        ui.add_space(6.0);
        ScrollArea::vertical().max_height(340.0).auto_shrink(false).show(ui, |ui| {
            for (index, command) in found.iter().enumerate() {
                let keys = command.entry().map(|entry| entry.keys_text(ui.ctx())).unwrap_or_default();
                let name = menu::title(state, *command);
                let label = (RichText::new(name), egui::Atom::grow(), RichText::new(keys).size(theme::SMALL).weak());
                let button =
                    Button::selectable(index == form.chosen, label).min_size(egui::vec2(ui.available_width(), 26.0));
                let row = ui.add(button);
                if index == form.chosen && (up || down) {
                    row.scroll_to_me(None);
                }
                if row.clicked() {
                    picked = Some(*command);
                }
            }
            if found.is_empty() {
                ui.weak("No command has this name");
            }
        });
        if enter && response.lost_focus() {
            picked = found.get(form.chosen).copied();
        }
    });
    let done = picked.is_some();
    if let Some(command) = picked {
        // First away with the palette, so that the command may open a dialog of its own.
        actions.push(Action::CloseDialog);
        actions.command(command);
    }
    left && !done
}
