//! What rows of kinds and of relations have in common.

use eframe::egui::{self, Role, Sense, Ui, WidgetInfo, vec2};

use crate::project::{Hue, Mark};
use crate::ui::theme::{self, Palette};

/// What a row asks for.
pub(super) enum Asked {
    Up(usize),
    Down(usize),
    Remove(usize),
}

/// A colour and shape to choose; whether it was.
pub(super) fn swatch_ui(ui: &mut Ui, chosen: bool, hue: Hue, mark: Mark, name: &str) -> bool {
    let palette = Palette::get(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::click());
    let response = response.on_hover_text(name);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name.to_owned()));
    ui.painter().rect_filled(rect, 4.0, palette.hue(hue).tint);
    if chosen || response.has_focus() || response.hovered() {
        let color = if chosen { palette.accent } else { palette.weak };
        ui.painter().rect_stroke(rect, 4.0, (2.0, color), egui::StrokeKind::Inside);
    }
    theme::paint_mark(ui.painter(), rect.center(), 11.0, mark, palette.hue(hue).line);
    response.clicked()
}
