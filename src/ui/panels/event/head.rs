//! What stands above the events: how many of them are shown, and in which order.

use eframe::egui::{Align, Button, Layout, RichText, Ui};

use crate::project::Level;
use crate::store::EventOrder;
use crate::ui::actions::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::keys;
use crate::ui::model::{Model, Step};
use crate::ui::panels::rows::Section;
use crate::ui::text;
use crate::ui::theme::{self, Palette};
use crate::ui::tour;

/// How much of the events is shown, and in which order.
pub fn head_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, section: &Section) {
    let all = || section.rows.iter().chain(&section.background);
    if all().next().is_none() {
        return;
    }
    let commands = [Command::MainEvents, Command::KeptEvents, Command::AllEvents];
    let head = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 1.0;
        ui.spacing_mut().button_padding.x = 5.0;
        for (level, command) in Level::ALL.into_iter().zip(commands) {
            let count = text::number(all().filter(|row| row.level <= level).count());
            let words = RichText::new(format!("{} {count}", text::level(level))).size(theme::SMALL);
            let button = ui.add(Button::selectable(model.project().level() == level, words));
            let named = button.accessible_name(format!("Show events: {}", text::level(level)));
            if named.on_hover_text(keys::hint(ui.ctx(), &model.keys, command, shows(level))).clicked() {
                actions.command(command);
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| order_ui(ui, model, actions));
    });
    let place = head.response.rect;
    if model.tour == Some(Step::Level) && !ui.clip_rect().contains_rect(place) {
        head.response.scroll_to_me(Some(Align::Center));
    }
    tour::note(ui.ctx(), Step::Level, place.expand(4.0).intersect(ui.clip_rect()));
    ui.add_space(2.0);
}

fn shows(level: Level) -> &'static str {
    match level {
        Level::Main => "What the article is about, and what you decided on",
        Level::Kept => "What is worth a row of its own",
        Level::Everything => "What is told in passing, too",
    }
}

fn order_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let name = |order| match order {
        EventOrder::Worth => "By worth",
        EventOrder::Text => "By place",
        EventOrder::Date => "By date",
    };
    let now = model.settings.event_order;
    let title = RichText::new(name(now)).size(theme::SMALL).color(Palette::get(ui).weak);
    let menu = ui.menu_button(title, |ui| {
        for order in [EventOrder::Worth, EventOrder::Text, EventOrder::Date] {
            if ui.selectable_label(order == now, name(order)).clicked() {
                actions.push(Action::OrderEvents(order));
            }
        }
    });
    let hint = "Order of events: by worth, by place in the text, by date";
    menu.response.accessible_name("Order of events").on_hover_text(hint);
}
