//! The help sheet: every key and every mark; and what the program is.

use eframe::egui::{Button, Grid, RichText, ScrollArea, Sense, Ui, vec2};

use super::{main_ui, modal};
use crate::ui::actions::{Action, Actions};
use crate::ui::binding;
use crate::ui::command::{Command, Menu};
use crate::ui::commands::row;
use crate::ui::menu;
use crate::ui::model::{Model, kind_of};
use crate::ui::rebinding;
use crate::ui::theme::{self, Palette};

pub(super) fn help_ui(ui: &Ui, model: &Model, actions: &mut Actions) -> bool {
    let mut done = false;
    let height = ui.ctx().content_rect().height() - 170.0;
    let left = modal(ui, "Keys and marks", 780.0, |ui| {
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            marks_ui(ui, model);
            ui.add_space(8.0);
            ui.columns(2, |columns| {
                let halves = [&[Menu::Annotate, Menu::Help][..], &[Menu::Go, Menu::File, Menu::Edit, Menu::View]];
                for (column, menus) in columns.iter_mut().zip(halves) {
                    for menu in menus {
                        keys_ui(column, model, *menu);
                    }
                }
            });
            caret_ui(ui);
        });
        ui.add_space(8.0);
        super::right_ui(ui, |ui| {
            done = main_ui(ui, "Close", true);
            change_ui(ui, actions);
        });
    });
    left || done
}

/// Leads from another dialog to the keys of commands.
pub(super) fn change_ui(ui: &mut Ui, actions: &mut Actions) {
    if ui.add(Button::new("Change keys…").min_size(vec2(0.0, 28.0))).clicked() {
        actions.push(Action::CloseDialog);
        actions.command(Command::Keys);
    }
}

fn heading(ui: &mut Ui, name: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(name).font(theme::strong(theme::BODY)));
}

fn keys_ui(ui: &mut Ui, model: &Model, of: Menu) {
    heading(ui, of.name());
    Grid::new(("keys", of.name())).num_columns(2).spacing(vec2(16.0, 3.0)).show(ui, |ui| {
        let shown = |command: Command| command.kind_key().is_none() || kind_of(model, command).is_some();
        for command in Command::all().filter(|command| shown(*command)) {
            let row = row(command);
            let keys = rebinding::shortcuts(&model.keys, command);
            if row.menu != of || keys.is_empty() {
                continue;
            }
            let keys: Vec<String> = keys.into_iter().map(|keys| binding::shown(ui.ctx(), keys)).collect();
            ui.label(RichText::new(keys.join(", ")).size(theme::SMALL).color(Palette::get(ui).weak));
            let name = if matches!(command, Command::Undo | Command::Redo) {
                row.name.to_owned()
            } else {
                menu::title(model, command)
            };
            ui.label(name);
            ui.end_row();
        }
    });
}

fn caret_ui(ui: &mut Ui) {
    heading(ui, "In the text");
    let lines = [
        ("Click a tag", "Select it; click again for one that lies below or around it"),
        ("Point at a tag", "While nothing is selected, keys act on it: accept, reject, change its kind, move its ends"),
        ("Point at a name", "While nothing is selected, 1 2 3 tag the whole name; with shift wherever it stands"),
        ("Double-click a tag", "Edit it"),
        ("Drag, double-click", "Select words; hold alt to select letters"),
        ("Ctrl and drag", "From one tag to another: relate them"),
        ("Arrows, home, end", "Move the caret; with shift select, with ctrl by word"),
        ("Escape", "One step back: field, search, pane, caret, selection"),
    ];
    Grid::new("text keys").num_columns(2).spacing(vec2(16.0, 3.0)).show(ui, |ui| {
        for (keys, what) in lines {
            ui.label(RichText::new(keys).size(theme::SMALL).color(Palette::get(ui).weak));
            ui.label(what);
            ui.end_row();
        }
    });
}

fn marks_ui(ui: &mut Ui, model: &Model) {
    let palette = Palette::get(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let tagset = model.project().tagset();
        for kind in &tagset.kinds {
            let (rect, _) = ui.allocate_exact_size(vec2(12.0, 16.0), Sense::hover());
            theme::paint_badge(ui.painter(), rect.center(), 9.0, palette, tagset.badge(&kind.id));
            ui.label(kind.plural.to_lowercase());
            ui.add_space(12.0);
        }
    });
    ui.label("Dotted line: suggested · Solid line: accepted · Heavy line: made by hand · Ring: selected · Line above the text: relation");
}

pub(super) fn about_ui(ui: &Ui) -> bool {
    let mut done = false;
    let left = modal(ui, "Rubricator", 420.0, |ui| {
        ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
        ui.label(
            "People, countries and events in news articles: suggested by an engine on this machine, corrected by you",
        );
        ui.add_space(8.0);
        ui.label("Licensed under MIT or Apache 2.0. Faces: Inter and Literata, under the SIL Open Font License");
        ui.add_space(12.0);
        super::right_ui(ui, |ui| {
            done = main_ui(ui, "Close", true);
        });
    });
    left || done
}
