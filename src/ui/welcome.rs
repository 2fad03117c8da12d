//! The page of an empty project: ways to begin.

use eframe::egui::{self, Button, RichText, ScrollArea, Ui, UiBuilder, vec2};

use super::actions::{Action, Actions};
use super::command::Command;
use super::keys;
use super::model::Model;
use super::text;
use super::theme::{self, Palette};
use super::worker::Way;
use crate::store::Access;

const WIDTH: f32 = 520.0;

/// Draws the page.
pub fn welcome_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let room = ui.available_rect_before_wrap();
        let width = WIDTH.min(room.width() - 32.0);
        let top = ((room.height() - 558.0) / 2.4).max(24.0);
        let min = room.min + vec2((room.width() - width) / 2.0, top);
        let column = egui::Rect::from_min_size(min, vec2(width, f32::INFINITY));
        ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
            title_ui(ui);
            ui.add_space(20.0);
            recoverable_ui(ui, model, actions);
            begin_ui(ui, model, actions);
            ui.add_space(20.0);
            recent_ui(ui, model, actions);
            ui.add_space(24.0);
        });
    });
}

fn title_ui(ui: &mut Ui) {
    let palette = Palette::get(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new("R").font(theme::serif_strong(52.0)).color(palette.accent));
        ui.vertical(|ui| {
            ui.add_space(10.0);
            ui.label(RichText::new("Rubricator").font(theme::serif_strong(28.0)));
            ui.label(RichText::new("People, countries and events in news articles").color(palette.weak));
        });
    });
}

/// Work of an earlier session that was never saved.
fn recoverable_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let palette = Palette::get(ui);
    for found in model.recoverable.iter().take(3) {
        egui::Frame::group(ui.style()).fill(palette.page).inner_margin(14).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new("Unsaved work in an unnamed project").font(theme::strong(theme::BODY)));
            ui.label(RichText::new(format!("Kept on {}", text::time(found.saved_at))).color(palette.weak));
            ui.add_space(4.0);
            ui.horizontal(|ui| {
                if ui.button("Recover").clicked() {
                    actions.push(Action::OpenProject(found.path.clone(), Way::Unnamed));
                }
                if ui.button("Delete").clicked() {
                    actions.push(Action::Forget(found.clone()));
                }
            });
        });
        ui.add_space(12.0);
    }
}

fn begin_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let palette = Palette::get(ui);
    let ways = [
        (
            Command::OpenArticles,
            "Open articles…",
            "Texts, web pages, PDF, office files, mail and more, as many as you like",
        ),
        (Command::OpenFolder, "Open folder of articles…", "All articles in a folder and the folders in it"),
        (Command::OpenProject, "Open project…", "A .rubric file"),
        (Command::PasteArticle, "Paste article", "The text that you copied, from anywhere"),
        (Command::Tour, "Take the tour", "Six steps through the window, on the sample article"),
        (Command::OpenSample, "Try the sample", "A short article with suggestions, to look around"),
    ];
    for (command, name, what) in ways {
        let keys = keys::text(ui.ctx(), &model.keys, command);
        let button =
            Button::new((RichText::new(name).size(15.0), egui::Atom::grow(), RichText::new(keys).color(palette.weak)))
                .min_size(vec2(ui.available_width(), 36.0));
        if ui.add(button).on_hover_text(what).accessible_name(name).clicked() {
            actions.command(command);
        }
        ui.add_space(2.0);
    }
    ui.add_space(4.0);
    ui.label(RichText::new("Or drop files anywhere in this window").size(theme::SMALL).color(palette.weak));
}

fn recent_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let palette = Palette::get(ui);
    if model.settings.recent.is_empty() {
        return;
    }
    ui.label(RichText::new("Recent projects").font(theme::strong(theme::BODY)));
    for path in model.settings.recent.iter().take(6) {
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
        let folder = path.parent().map(|parent| parent.display().to_string()).unwrap_or_default();
        let label = (RichText::new(name.clone()), RichText::new(folder).size(theme::SMALL).color(palette.weak));
        let button = Button::new(label).frame_when_inactive(false).truncate();
        if ui.add(button).on_hover_text(path.display().to_string()).accessible_name(format!("Open {name}")).clicked() {
            actions.push(Action::OpenProject(path.clone(), Way::Open(Access::Edit)));
        }
    }
}
