//! What stands above all sections: words that rows have to have, and the order of the rows.

use eframe::egui::{Align, Id, Key, Layout, RichText, TextEdit, Ui};

use crate::store::RowOrder;
use crate::ui::actions::{Action, Actions};
use crate::ui::model::Model;
use crate::ui::theme::{self, Palette};

/// A field that filters as one types, and a menu of orders.
pub fn filter_ui(ui: &mut Ui, model: &Model, filter: &mut String, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            order_ui(ui, model, actions);
            if !filter.is_empty() {
                let clear = ui.small_button("✕").accessible_name("Clear the filter of the panels");
                if clear.on_hover_text("Show all (Esc)").clicked() {
                    filter.clear();
                }
            }
            let field = TextEdit::singleline(filter)
                .id(Id::unique("filter of the panels"))
                .hint_text("Filter names and events")
                .desired_width(f32::INFINITY);
            let response = ui.add(field).accessible_name("Filter names and events");
            if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
                filter.clear();
            }
        });
    });
}

fn order_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let name = |order| match order {
        RowOrder::Text => "By place",
        RowOrder::Count => "By count",
        RowOrder::Score => "By score",
        RowOrder::Name => "By name",
    };
    let now = model.settings.row_order;
    let title = RichText::new(name(now)).size(theme::SMALL).color(Palette::get(ui).weak);
    let menu = ui.menu_button(title, |ui| {
        for order in [RowOrder::Text, RowOrder::Count, RowOrder::Score, RowOrder::Name] {
            if ui.selectable_label(order == now, name(order)).clicked() {
                actions.push(Action::OrderRows(order));
            }
        }
    });
    let hint = "Order of people, countries and your own kinds: by place in the text, by count, by score, by name";
    menu.response.accessible_name("Order of names").on_hover_text(hint);
}
