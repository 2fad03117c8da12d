//! Settings: annotator, theme, text, engine.

use eframe::egui::{Button, RichText, ScrollArea, Slider, Ui};

use super::{field_ui, first_field, main_ui, modal};
use crate::store::{ReviewOrder, TEXT_SIZE, ThemeChoice};
use crate::ui::actions::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::model::Model;
use crate::ui::theme::{self, Palette};

/// The orders of review, as they are called.
const ORDERS: &[(ReviewOrder, &str)] = &[
    (ReviewOrder::Text, "In text order"),
    (ReviewOrder::Uncertain, "Most uncertain first"),
    (ReviewOrder::Entity, "By person, country, event"),
    (ReviewOrder::Kind, "By kind"),
    (ReviewOrder::Saves, "Most work saved first"),
];

pub(super) fn settings_ui(ui: &Ui, model: &Model, actions: &mut Actions) -> bool {
    let (mut done, mut again) = (false, false);
    let mut settings = model.settings.clone();
    let height = ui.ctx().content_rect().height() - 220.0;
    let left = modal(ui, "Settings", 440.0, |ui| {
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            let name = field_ui(ui, "Annotator's name", &mut settings.annotator, "Who decides; kept with every tag");
            first_field(ui, &name);
            heading(ui, "Window");
            ui.horizontal(|ui| {
                for (choice, name) in
                    [(ThemeChoice::System, "System"), (ThemeChoice::Light, "Light"), (ThemeChoice::Dark, "Dark")]
                {
                    ui.radio_value(&mut settings.theme, choice, format!("{name} theme"));
                }
            });
            ui.checkbox(&mut settings.glide, "Glide when scrolling to a tag");
            heading(ui, "Saving");
            slider_ui(ui, "Earlier versions of a project that are kept", Slider::new(&mut settings.versions, 0..=50));
            heading(ui, "Article");
            let size = Slider::new(&mut settings.text_size, TEXT_SIZE).step_by(1.0).fixed_decimals(0).suffix(" pt");
            slider_ui(ui, "Text size", size);
            let measure =
                Slider::new(&mut settings.measure, 45.0..=110.0).step_by(1.0).fixed_decimals(0).suffix(" letters");
            slider_ui(ui, "Line width", measure);
            ui.checkbox(&mut settings.scroll_on, "Scroll on into the next article");
            ui.checkbox(&mut settings.tag_on_drag, "Tag dragged text with the last-used kind");
            heading(ui, "Review");
            ui.horizontal_wrapped(|ui| {
                for (order, name) in ORDERS {
                    ui.radio_value(&mut settings.review_order, *order, *name);
                }
            });
            ui.checkbox(&mut settings.accept_entity, "Accept all mentions of a person or country at once");
            ui.checkbox(&mut settings.random_checks, "Pick one suggestion in ten at random")
                .on_hover_text("They come up at random points of the review and show how often suggestions are right");
            heading(ui, "Suggestions");
            ui.checkbox(&mut settings.suggest_on_open, "Suggest when an article is opened");
            ui.checkbox(&mut settings.people, "People");
            ui.checkbox(&mut settings.countries, "Countries");
            ui.add_enabled_ui(settings.countries, |ui| {
                ui.indent("how countries are named", |ui| {
                    ui.checkbox(&mut settings.demonyms, "By their people or language: Chinese, Kenyans");
                    ui.checkbox(&mut settings.capitals, "By capital or government: Beijing, the Kremlin");
                    ui.checkbox(&mut settings.parts, "By a part of the country: England, Scotland");
                    ui.checkbox(&mut settings.inside_names, "Inside other names too: Bank of China, South China Sea");
                });
            });
            ui.checkbox(&mut settings.events, "Events");
            ui.horizontal(|ui| {
                ui.label(RichText::new("Takes effect on the next run").size(theme::SMALL).color(Palette::get(ui).weak));
                let hover = "Looks for suggestions in this article again, with the settings as they are now";
                let button = Button::new(RichText::new("Suggest again now").size(theme::SMALL));
                again = ui.add_enabled(model.article.is_some(), button).on_hover_text(hover).clicked();
            });
        });
        ui.add_space(14.0);
        super::right_ui(ui, |ui| {
            done = main_ui(ui, "Done", true);
            super::help::change_ui(ui, actions);
        });
    });
    if settings != model.settings {
        actions.push(Action::Set(Box::new(settings)));
    }
    if again {
        actions.command(Command::Suggest);
    }
    left || done || again
}

fn heading(ui: &mut Ui, name: &str) {
    ui.add_space(10.0);
    ui.label(RichText::new(name).font(theme::strong(theme::BODY)));
}

fn slider_ui(ui: &mut Ui, name: &str, slider: Slider<'_>) {
    ui.horizontal(|ui| {
        let label = ui.label(name);
        ui.add(slider).labelled_by(label.id);
    });
}
