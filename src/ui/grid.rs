//! What tables of cells have in common: heads that sort, cells, and the keys that go from one to another.

use eframe::egui::{
    self, Align, Button, Color32, FontId, Id, Key, Layout, Modifiers, Rect, Response, RichText, Role, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::list_row::elided;
use super::theme::{self, Palette};

/// The height of a row.
pub const ROW: f32 = 26.0;
/// Room at the left and right of what a cell holds.
pub const PAD: f32 = 6.0;
/// How many rows a page has.
const PAGE: usize = 20;

/// The names of the columns, each a button that sorts by it: up, down, and in the rows' own order again. Of each column its
/// name and whether it stands at the right; `places` says where each begins and how wide it is.
pub fn heads_ui<'n, C: Copy + PartialEq>(
    ui: &mut Ui,
    heads: impl Iterator<Item = (C, &'n str, bool)>,
    places: &[(f32, f32)],
    sort: &mut Option<(C, bool)>,
) {
    let palette = Palette::get(ui);
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    for ((column, name, to_right), (x, width)) in heads.zip(places) {
        let rect = Rect::from_min_size(pos2(row.left() + x, row.top()), vec2(*width, ROW)).shrink2(vec2(PAD, 0.0));
        let sorted = sort.filter(|(by, _)| *by == column).map(|(_, falling)| falling);
        let sign = match sorted {
            Some(false) => " ↑",
            Some(true) => " ↓",
            None => "",
        };
        let color = if sorted.is_some() { palette.ink } else { palette.weak };
        let words = RichText::new(format!("{name}{sign}")).size(theme::SMALL).color(color);
        let layout = if to_right { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
        ui.scope_builder(egui::UiBuilder::new().max_rect(rect).layout(layout), |ui| {
            ui.spacing_mut().button_padding.x = 0.0;
            let button = ui.add(Button::new(words).frame(false).truncate()).on_hover_text("Sort by this column");
            if button.accessible_name(format!("Sort by {}", name.to_lowercase())).clicked() {
                *sort = match sorted {
                    None => Some((column, false)),
                    Some(false) => Some((column, true)),
                    Some(true) => None,
                };
            }
        });
    }
    ui.painter().hline(row.x_range(), row.bottom(), Stroke::new(1.0, palette.rule));
}

/// A cell as it is drawn.
pub struct Cell<'v> {
    /// Its id: only the table as a whole is reached by Tab.
    pub id: Id,
    /// What it holds.
    pub value: &'v str,
    /// The name of its column.
    pub name: &'v str,
    /// The colour of what it holds.
    pub ink: Color32,
    /// Whether that stands at the right.
    pub to_right: bool,
    /// Room that something else takes.
    pub taken: f32,
    /// For the cell that has the table's keys, whether the table has them.
    pub keys: Option<bool>,
}

/// Draws a cell. What a click on it tells, whether what it holds is cut, and where that begins.
pub fn cell_ui(ui: &Ui, rect: Rect, cell: &Cell<'_>) -> (Response, bool, f32) {
    let palette = Palette::get(ui);
    let response = ui.interact(rect, cell.id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, format!("{}: {}", cell.name, cell.value)));
    let room = rect.width() - 2.0 * PAD - cell.taken;
    let galley = elided(ui, cell.value, FontId::proportional(theme::BODY), cell.ink, room);
    let left = if cell.to_right { rect.right() - PAD - galley.size().x } else { rect.left() + PAD };
    let (cut, y) = (galley.elided, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(pos2(left, y), galley, cell.ink);
    if let Some(has_keys) = cell.keys {
        let stroke = if has_keys { Stroke::new(2.0, palette.accent) } else { Stroke::new(1.0, palette.weak) };
        ui.painter().rect_stroke(rect.shrink(1.0), 2.0, stroke, StrokeKind::Inside);
    }
    (response, cut, left)
}

/// Brings a row into view: its number, and that of the first that is drawn.
pub fn reveal(ui: &Ui, (row, first): (usize, usize), height: f32) {
    let top = ui.max_rect().top() + (row as f32 - first as f32) * height;
    let place = Rect::from_min_size(pos2(ui.max_rect().left(), top), vec2(1.0, height));
    ui.scroll_to_rect_animation(place, None, egui::style::ScrollAnimation::none());
}

/// Where the keys that were pressed go from a cell, and whether they choose all rows on the way; Ctrl+Home goes to column
/// `first` of the first row.
pub fn moves(ui: &Ui, (row, column): (usize, usize), first: usize) -> Vec<(usize, usize, bool)> {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let mut found = Vec::new();
    for (key, row, column) in [
        (Key::ArrowUp, row.saturating_sub(1), column),
        (Key::ArrowDown, row + 1, column),
        (Key::PageUp, row.saturating_sub(PAGE), column),
        (Key::PageDown, row + PAGE, column),
        (Key::ArrowLeft, row, column.saturating_sub(1)),
        (Key::ArrowRight, row, column + 1),
    ] {
        if pressed(Modifiers::SHIFT, key) {
            found.push((row, column, true));
        } else if pressed(Modifiers::NONE, key) {
            found.push((row, column, false));
        }
    }
    for (modifiers, key, row, column) in [
        (Modifiers::COMMAND, Key::Home, 0, first),
        (Modifiers::COMMAND, Key::End, usize::MAX, column),
        (Modifiers::NONE, Key::Home, row, 0),
        (Modifiers::NONE, Key::End, row, usize::MAX),
    ] {
        if pressed(modifiers, key) {
            found.push((row, column, false));
        }
    }
    found
}
