//! The tags in the text: tint, underline, mark and ring, stacked where they overlap.

use eframe::egui::{CornerRadius, FontId, Painter, Rect, Stroke, StrokeKind, pos2, vec2};

use crate::project::{Badge, Mention, MentionId};
use crate::ui::theme::{self, KindColors, Line, Palette};

/// Distance between the underlines of tags that overlap, in points.
const STEP: f32 = 3.0;
/// The size of the letters that name a role, in points.
const ROLE: f32 = 10.0;
/// Higher levels than this lie on top of each other.
pub const MAX_LEVEL: usize = 3;

/// How a mention is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Colour and shape of its kind.
    pub badge: Badge,
    /// 0 for the innermost of overlapping tags, whose underline is nearest to the text.
    pub level: usize,
    /// It has the ring.
    pub selected: bool,
    /// Another mention of its entity is under the pointer or selected.
    pub kin: bool,
}

/// Paints one mention behind the text; `rects` are its lines on the screen, `first` whether they begin the mention.
pub fn paint(painter: &Painter, palette: &Palette, mention: &Mention, rects: &[Rect], look: Look, first: bool) {
    let colors = palette.hue(look.badge.hue);
    let line = theme::line(mention);
    let fill = colors.fill(line);
    for rect in rects {
        let body = text_body(*rect);
        if look.level == 0 {
            painter.rect_filled(body, CornerRadius::same(3), fill);
        }
        let y = body.bottom() + 0.5 + look.level as f32 * STEP;
        underline(painter, body.left(), body.right(), y, line, colors.line);
        if look.kin && !look.selected {
            let stroke = Stroke::new(1.0, colors.line.gamma_multiply(0.55));
            painter.rect_stroke(body.expand(1.0), CornerRadius::same(3), stroke, StrokeKind::Outside);
        }
        if look.selected {
            let stroke = Stroke::new(2.0, palette.accent);
            painter.rect_stroke(body.expand(1.0), CornerRadius::same(4), stroke, StrokeKind::Outside);
        }
    }
    if look.selected {
        // Handles, to drag its ends by.
        for (rect, end) in rects
            .first()
            .filter(|_| first)
            .map(|r| (r, r.left() - 1.5))
            .into_iter()
            .chain(rects.last().map(|r| (r, r.right() + 1.5)))
        {
            painter.circle_filled(pos2(end, text_body(*rect).center().y), 3.0, palette.accent);
        }
    }
    if first && let Some(rect) = rects.first() {
        let body = text_body(*rect);
        let y = body.bottom() + 0.5 + look.level as f32 * STEP;
        theme::paint_mark(painter, pos2(body.left() + 1.0, y), 5.0, look.badge.mark, colors.line);
    }
}

/// Writes a role above the words of somebody who takes part; `rect` is the first line of them on the screen.
pub fn paint_role(painter: &Painter, colors: KindColors, rect: Rect, role: &str) {
    let galley = painter.layout_no_wrap(role.to_owned(), FontId::proportional(ROLE), colors.line);
    let place = Rect::from_min_size(pos2(rect.left(), text_body(rect).top() - ROLE + 1.0), galley.size());
    painter.rect_filled(place.expand2(vec2(2.5, -1.0)), CornerRadius::same(3), colors.pale);
    painter.galley(place.min, galley, colors.line);
}

/// The part of a line that the letters take: the line height leaves room above and below.
pub fn text_body(rect: Rect) -> Rect {
    let inset = rect.height() * 0.14;
    Rect::from_min_max(pos2(rect.left(), rect.top() + inset), pos2(rect.right(), rect.bottom() - inset))
}

fn underline(painter: &Painter, left: f32, right: f32, y: f32, line: Line, color: eframe::egui::Color32) {
    match line {
        Line::Dotted => {
            let mut x = left;
            while x < right {
                let end = (x + 2.5).min(right);
                painter.hline(x..=end, y, Stroke::new(1.3, color));
                x += 5.0;
            }
        }
        Line::Solid => {
            painter.hline(left..=right, y, Stroke::new(1.5, color));
        }
        Line::Heavy => {
            painter.hline(left..=right, y, Stroke::new(3.0, color));
        }
    }
}

/// Where a mention was last painted.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// One line of it, on the screen.
    pub rect: Rect,
    /// Which mention.
    pub mention: MentionId,
    /// Its length in bytes: the shortest is the innermost.
    pub length: u32,
}
