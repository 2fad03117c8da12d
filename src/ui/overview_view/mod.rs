//! The views of the whole collection, drawn in the place of the article: what is selected above, the picture or its data, and
//! below them the sentences of what is picked.

mod beside;
mod dossier;
mod keys;
mod paint;
mod parts;
mod picture;
mod selection;
mod sentences;
mod table;

use eframe::egui::{self, Align, Button, Frame, Layout, Margin, Panel, Rect, RichText, Sense, Ui};

use self::beside::beside_ui;
use self::dossier::{list_ui, page_ui};
use self::keys::keys;
use self::parts::Parts;
use self::picture::picture_ui;
pub use self::selection::selection_ui;
use self::sentences::sentences_ui;
use self::table::table_ui;
use super::actions::{Action, Actions};
use super::command::Command;
use super::model::Model;
use super::overview::{Overview, Part};
use super::sides::{Usual, side_ui};
use super::text;
use super::theme::{self, Palette};
use crate::views::map::Measure;
use crate::views::timeline::Lanes;
use crate::views::{Data, Ink, View};

/// The width from which on what has no place in a picture is listed beside it.
const ROOMY: f32 = 900.0;

/// Draws the view that is shown. It takes keys while it is `free`: no dialog is open above it.
pub fn overview_ui(ui: &mut Ui, model: &Model, free: bool, overview: &mut Overview, actions: &mut Actions) {
    let Some(view) = overview.shown else { return };
    if let Some(job) = overview.refresh(model.project(), (model.number, model.session.revision())) {
        actions.push(Action::Overlook(Box::new(job)));
    }
    let parts = Parts {
        picture: ui.make_persistent_id("picture"),
        sentences: ui.make_persistent_id("sentences of a view"),
        list: ui.make_persistent_id("names with a dossier"),
    };
    if free {
        keys(ui, model, overview, actions, parts);
    }
    let palette = Palette::get(ui);
    let bar = |x: i8, y: i8| Frame::new().fill(palette.page).inner_margin(Margin::symmetric(x, y));
    Panel::top("overview head").frame(bar(14, 8)).show_separator_line(true).show(ui, |ui| {
        head_ui(ui, overview, actions, view);
        ui.add_space(4.0);
        selection_ui(ui, overview);
    });
    let dossiers = view == View::Dossiers;
    if dossiers {
        let most = (ui.available_width() * 0.4).max(180.0);
        let side = Panel::left("names with a dossier")
            .frame(Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(8, 8)));
        side_ui(ui, "names with a dossier", side, Usual::part(ui, 0.18, 200.0..=320.0), 160.0..=most, |ui| {
            list_ui(ui, model, overview, parts.list);
        });
    }
    if overview.picked.is_some() && (!dossiers || overview.as_table) {
        let most = (ui.available_height() * 0.6).max(120.0);
        let below = Panel::bottom("sentences of a view").resizable(true).frame(bar(14, 8));
        side_ui(ui, "overview sentences", below, Usual(210.0, Rect::height), 96.0..=most, |ui| {
            sentences_ui(ui, model, overview, actions, parts.sentences);
        });
    }
    let beside = match overview.data() {
        Some((_, Data::Timeline(timeline))) => !timeline.undated.is_empty(),
        Some((_, Data::Map(map))) => !map.elsewhere.is_empty(),
        _ => false,
    };
    if beside && !overview.as_table && ui.available_width() >= ROOMY {
        let side = Panel::right("beside a view").frame(bar(12, 8));
        let most = ui.available_width() * 0.4;
        side_ui(ui, "beside a view", side, Usual(230.0, Rect::width), 160.0..=most, |ui| beside_ui(ui, overview));
    }
    if !overview.as_table {
        let legend = overview.legend();
        let foot = Panel::bottom("legend of a view").frame(bar(14, 5)).show_separator_line(false);
        foot.show(ui, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if dossiers {
                    limited_ui(ui, overview);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| legend_ui(ui, &legend));
            });
        });
    }
    egui::CentralPanel::default().frame(bar(0, 0)).show(ui, |ui| {
        if overview.as_table {
            table_ui(ui, overview, actions, parts.picture);
        } else if dossiers {
            page_ui(ui, model, overview, actions, parts);
        } else {
            picture_ui(ui, overview, actions, parts.picture);
        }
    });
    overview.in_field = ui.ctx().text_edit_focused();
}

/// The way to the sentences of a dossier's part that is picked, which may stand far below it.
fn limited_ui(ui: &mut Ui, overview: &mut Overview) {
    let Some(picked) = overview.picked.as_ref().filter(|_| overview.part != Part::Sentences) else { return };
    let many = text::count(picked.rows.len(), "sentence", "sentences");
    let words = format!("{many} of {}  Tab", text::shortened(&picked.label, 40));
    if ui.button(RichText::new(words).size(theme::SMALL)).clicked() {
        (overview.part, overview.sentence) = (Part::Sentences, 0);
        (overview.takes_keys, overview.reveal) = (true, true);
    }
}

/// What the colours stand for.
fn legend_ui(ui: &mut Ui, legend: &[(Ink, String)]) {
    let palette = Palette::get(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (ink, name) in legend {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(10.0, 14.0), Sense::hover());
            let square = Rect::from_center_size(rect.center(), egui::Vec2::splat(10.0));
            ui.painter().rect_filled(square, 2.0, palette.ink(*ink));
            ui.label(RichText::new(name).size(theme::SMALL).color(palette.weak));
            ui.add_space(8.0);
        }
    });
}

/// The way back, above an article that a click in a view led to.
pub fn back_ui(ui: &mut Ui, overview: &mut Overview, actions: &mut Actions) {
    let Some(view) = overview.left else { return };
    ui.horizontal(|ui| {
        let back = ui.button(format!("← {}  F5", view.name()));
        if back.on_hover_text("Back to the view as it was").clicked() {
            actions.command(Command::LastView);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("×").accessible_name("Stay here").on_hover_text("Stay here").clicked() {
                overview.left = None;
            }
        });
    });
}

/// The name of the view, what can be set of it, and what can be made of it.
fn head_ui(ui: &mut Ui, overview: &mut Overview, actions: &mut Actions, view: View) {
    let palette = Palette::get(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new(view.name()).font(theme::strong(16.0)).color(palette.ink));
        ui.add_space(6.0);
        if view == View::Timeline {
            let combo = egui::ComboBox::from_id_salt("lanes").width(150.0);
            let shown = combo.selected_text(overview.options.lanes.name()).show_ui(ui, |ui| {
                for lanes in Lanes::ALL {
                    ui.selectable_value(&mut overview.options.lanes, lanes, lanes.name());
                }
            });
            shown.response.accessible_name("Lanes");
        }
        if view == View::Map {
            let combo = egui::ComboBox::from_id_salt("measure").width(170.0);
            let shown = combo.selected_text(overview.options.measure.name()).show_ui(ui, |ui| {
                for measure in Measure::ALL {
                    ui.selectable_value(&mut overview.options.measure, measure, measure.name());
                }
            });
            shown.response.accessible_name("Shaded by");
        }
        if view == View::Network {
            let told = match (overview.around(), overview.data()) {
                (Some(name), _) => format!("Around {}", text::shortened(name, 30)),
                (None, Some((_, Data::Network(network)))) if network.more => "The 60 names with most ties".to_owned(),
                _ => String::new(),
            };
            ui.label(RichText::new(told).size(theme::SMALL).color(palette.weak));
            if overview.options.around.is_some() && ui.button("All names").clicked() {
                overview.options.around = None;
            }
        }
        if overview.zooms() && !overview.as_table {
            for (sign, name, factor) in [("+", "Zoom in", 0.5), ("−", "Zoom out", 2.0)] {
                let button = ui.add(Button::new(sign).min_size(egui::vec2(24.0, 0.0))).accessible_name(name);
                if button.on_hover_text(format!("{name} ({sign})")).clicked() {
                    overview.zoom(factor);
                }
            }
            if ui.button("All").on_hover_text("Show all of it (0)").clicked() {
                overview.show_all();
            }
        }
        if view == View::Dossiers && !overview.desk.trail.is_empty() {
            let back = ui.button("← Back").on_hover_text("To the dossier before (Backspace)");
            if back.clicked() {
                overview.go_back();
            }
        }
        let waits = overview.is_gathering() && overview.data().is_none();
        if waits {
            ui.label(RichText::new("Gathering…").size(theme::SMALL).color(palette.weak));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ui.button("×").accessible_name("Close the view").on_hover_text("Back to the article (Esc)");
            if close.clicked() {
                actions.push(Action::LeaveOverview(None));
            }
            ui.menu_button(if view == View::Dossiers { "Save dossier" } else { "Save picture" }, |ui| {
                for format in view.formats() {
                    if ui.button(format.name()).clicked() {
                        actions.push(Action::SaveView(*format));
                        ui.close();
                    }
                }
            });
            let table = Button::selectable(overview.as_table, "Table");
            if ui.add(table).on_hover_text("The data in rows (T)").clicked() {
                overview.toggle_table();
            }
        });
    });
}
