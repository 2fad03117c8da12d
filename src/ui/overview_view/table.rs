//! The data of a view in rows.

use eframe::egui::{Id, Rect, RichText, ScrollArea, Sense, Ui, pos2, vec2};

use super::picture::part_ui;
use crate::ui::actions::{Action, Actions};
use crate::ui::grid::{self, Cell, PAD, ROW};
use crate::ui::list_row::{Ground, paint_ground};
use crate::ui::overview::{Overview, Part};
use crate::ui::theme::{self, Palette};
use crate::views::View;

pub(super) fn table_ui(ui: &mut Ui, overview: &mut Overview, actions: &mut Actions, id: Id) {
    let palette = Palette::get(ui);
    let room = ui.available_rect_before_wrap().shrink2(vec2(14.0, 0.0));
    let row = overview.cursor.unwrap_or_default();
    let told = overview.table().map_or_else(String::new, |table| {
        let cells = table.rows.get(row).map_or(String::new(), |(cells, _)| cells.join(", "));
        format!("Data, row {} of {}: {cells}", row + 1, table.rows.len())
    });
    let has_keys = part_ui(ui, overview, (Part::Picture, id), room, &told);
    let reveal = std::mem::take(&mut overview.reveal);
    let mut clicked = None;
    let Some(table) = overview.table() else { return };
    ui.spacing_mut().item_spacing.y = 0.0;
    let width = (room.width() - ui.spacing().scroll.allocated_width()) / table.heads.len().max(1) as f32;
    let place = |column: usize| room.left() + column as f32 * width;
    let (heads, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    for (column, head) in table.heads.iter().enumerate() {
        let rect = Rect::from_min_size(pos2(place(column) + PAD, heads.top()), vec2(width, ROW));
        let words = RichText::new(*head).size(theme::SMALL).color(palette.weak);
        ui.put(rect.shrink2(vec2(0.0, 4.0)), eframe::egui::Label::new(words).halign(eframe::egui::Align::LEFT));
    }
    let area = ScrollArea::vertical().id_salt("data of a view").auto_shrink(false);
    area.show_rows(ui, ROW, table.rows.len(), |ui, range| {
        if reveal {
            grid::reveal(ui, (row, range.start), ROW);
        }
        for nth in range {
            let Some((cells, _)) = table.rows.get(nth) else { continue };
            let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            let under = ui.rect_contains_pointer(line);
            let chosen = overview.cursor == Some(nth);
            paint_ground(ui, line, Ground { chosen, under, focused: chosen && has_keys, radius: 3 });
            for (column, (value, name)) in cells.iter().zip(&table.heads).enumerate() {
                let rect = Rect::from_min_size(pos2(place(column), line.top()), vec2(width, ROW));
                let cell = Cell {
                    id: id.with((nth, column)),
                    value,
                    name,
                    ink: palette.ink,
                    to_right: false,
                    taken: 0.0,
                    keys: None,
                };
                let (response, ..) = grid::cell_ui(ui, rect, &cell);
                if response.clicked() {
                    clicked = Some((nth, response.double_clicked()));
                }
            }
        }
    });
    if let Some((row, twice)) = clicked {
        (overview.cursor, overview.takes_keys, overview.part) = (Some(row), true, Part::Picture);
        // In a dossier a row leads on, which one click on it does not ask for.
        if overview.shown != Some(View::Dossiers) {
            overview.pick_here();
        } else if twice {
            let lead = overview.pick_here();
            actions.push_all(lead.map(|mention| Action::LeaveOverview(Some(mention))));
            return;
        }
        if twice {
            let first = overview.picked.as_ref().and_then(|picked| picked.mentions.first().copied());
            actions.push(Action::LeaveOverview(first));
        }
    }
}
