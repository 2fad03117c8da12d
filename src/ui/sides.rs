//! Parts of the window whose size a person can drag. While there is less room they give way; the size that was chosen
//! comes back with the room.

use std::ops::RangeInclusive;

use eframe::egui::{Id, InnerResponse, Panel, Rangef, Rect, Ui};

/// The size that a part of the window has before anybody drags it, in points, and which of its sides that is.
#[derive(Clone, Copy)]
pub struct Usual(pub f32, pub fn(&Rect) -> f32);

impl Usual {
    /// A width that grows with the window: this part of it, within bounds.
    pub fn part(ui: &Ui, part: f32, bounds: RangeInclusive<f32>) -> Self {
        let width = ui.ctx().content_rect().width() * part;
        Self(width.clamp(*bounds.start(), *bounds.end()).round(), Rect::width)
    }
}

/// Draws a part of the window as large as the person wants it and `range` lets it be.
pub fn side_ui<R>(
    ui: &mut Ui,
    name: &str,
    panel: Panel,
    usual: Usual,
    range: impl Into<Rangef>,
    content: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let Usual(size, along) = usual;
    let range = range.into();
    let (wanted_id, asked_id) = (Id::unique(("wanted", name)), Id::unique(("asked", name)));
    let wanted = ui.data_mut(|data| data.get_persisted(wanted_id)).unwrap_or(size);
    let asked = range.clamp(wanted);
    // A panel remembers the size it had, not the one that was chosen: it is told where the two come to differ.
    let told = ui.data_mut(|data| data.get_temp(asked_id)) != Some(asked);
    ui.data_mut(|data| data.insert_temp(asked_id, asked));
    let panel = if told { panel.exact_size(asked) } else { panel.size_range(range) };
    let shown = panel.show(ui, content);
    let size = along(&shown.response.rect);
    if !told && (size - asked).abs() > 1.0 && ui.input(|input| input.pointer.any_down()) {
        ui.data_mut(|data| {
            data.insert_persisted(wanted_id, size);
            data.insert_temp(asked_id, range.clamp(size));
        });
    }
    shown
}
