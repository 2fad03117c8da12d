//! What the rows of all lists have in common: the ground they stand on, and words cut to a width.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{Color32, CornerRadius, FontId, Galley, Rect, Stroke, StrokeKind, Ui, vec2};

use super::theme::Palette;

/// How a row looks.
#[derive(Clone, Copy)]
pub struct Ground {
    /// It is the one selected.
    pub chosen: bool,
    /// The pointer is over it.
    pub under: bool,
    /// It has the keys.
    pub focused: bool,
    /// The radius of its corners, in points.
    pub radius: u8,
}

/// Paints what a row stands on.
pub fn paint_ground(ui: &Ui, rect: Rect, ground: Ground) {
    let palette = Palette::get(ui);
    let radius = CornerRadius::same(ground.radius);
    let fill = match (ground.chosen, ground.under) {
        (true, _) => palette.chosen,
        (false, true) => palette.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, radius, fill);
    if ground.focused {
        ui.painter().rect_stroke(rect, radius, Stroke::new(2.0, palette.accent), StrokeKind::Inside);
    }
}

/// Words on one line, cut with an ellipsis where they are wider, in points.
pub fn elided(ui: &Ui, words: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width(width);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// The end of a line that fits a width, with an ellipsis before it where it was cut.
pub fn from_the_end(ui: &Ui, words: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    let words = words.trim_end();
    let layout = |words: String| {
        ui.fonts_mut(|fonts| fonts.layout_job(LayoutJob::simple_singleline(words, font.clone(), color)))
    };
    let whole = layout(words.to_owned());
    let over = whole.size().x - width;
    if over <= 0.0 {
        return whole;
    }
    // Room for the ellipsis, too.
    let cut = whole.cursor_from_pos(vec2(over + font.size * 1.5, 1.0)).index.0;
    let rest: String = words.chars().skip(cut).collect();
    // At a word, where one begins soon.
    let word = rest.find(' ').filter(|at| *at < 16).and_then(|at| rest.get(at..));
    layout(format!("…{}", word.unwrap_or(&rest).trim_start()))
}
