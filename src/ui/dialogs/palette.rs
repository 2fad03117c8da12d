//! Any command by a few letters of its name.

use eframe::egui::{self, Button, Key, RichText, ScrollArea, TextEdit, Ui};

use super::{choose_by_arrows, free_height, modal};
use crate::ui::actions::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::commands::available;
use crate::ui::forms::PaletteForm;
use crate::ui::keys;
use crate::ui::menu;
use crate::ui::state::State;
use crate::ui::theme;

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
        let typed = form.words.trim().to_lowercase();
        let fit = |command: Command| Some((rank(&menu::title(&state.model, command).to_lowercase(), &typed)?, command));
        let usable = Command::all().filter(|command| *command != Command::Palette && available(state, *command));
        let mut ranked: Vec<(usize, Command)> = usable.filter_map(fit).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let found: Vec<Command> = ranked.into_iter().map(|(_, command)| command).collect();
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        let moved = choose_by_arrows(ui, &mut form.chosen, found.len());
        ui.add_space(6.0);
        ScrollArea::vertical().max_height(free_height(ui, 200.0)).auto_shrink(false).show(ui, |ui| {
            for (index, command) in found.iter().enumerate() {
                let keys = keys::text(ui.ctx(), &state.model.keys, *command);
                let name = menu::title(&state.model, *command);
                let label = (RichText::new(name), egui::Atom::grow(), RichText::new(keys).size(theme::SMALL).weak());
                let button =
                    Button::selectable(index == form.chosen, label).min_size(egui::vec2(ui.available_width(), 26.0));
                let row = ui.add(button);
                if index == form.chosen && moved {
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

/// How well a name fits what was typed, both in small letters: 0 where it begins so, then by how many of the typed words
/// begin none of its own. None where it lacks one of them.
fn rank(name: &str, typed: &str) -> Option<usize> {
    let begins = |word: &str| name.split(|c: char| !c.is_alphanumeric()).any(|own| own.starts_with(word));
    let words = typed.split_whitespace();
    if !words.clone().all(|word| name.contains(word)) {
        return None;
    }
    Some(if name.starts_with(typed) { 0 } else { 1 + words.filter(|word| !begins(word)).count() })
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn a_name_that_begins_so_goes_first() {
        let names = ["new project from tagset…", "export…", "tagset…", "reset"];
        let mut found: Vec<_> = names.into_iter().filter_map(|name| Some((rank(name, "tagset")?, name))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        assert_eq!(found, [(0, "tagset…"), (1, "new project from tagset…")]);
    }

    #[test]
    fn words_are_found_in_any_order_and_in_part() {
        assert_eq!(rank("accept all in this article", "article acc"), Some(1));
        assert_eq!(rank("accept all in this article", "ticle acc"), Some(2));
        assert_eq!(rank("accept all in this article", "accept event"), None);
        assert_eq!(rank("undo", ""), Some(0));
    }
}
