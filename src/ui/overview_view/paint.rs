//! A scene of a view in the window: its shapes as egui paints them.

use eframe::egui::epaint::{Mesh, Vertex, WHITE_UV};
use eframe::egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Shape as Painted, Stroke, StrokeKind, Vec2, pos2, vec2,
};

use crate::ui::theme::{self, Palette};
use crate::views::scene::{self, Align, Ink, Point, Shape};

/// Paints shapes whose upper left corner stands at `origin`.
pub(super) fn paint(painter: &Painter, palette: &Palette, origin: Vec2, shapes: &[Shape]) {
    let at = |[x, y]: Point| pos2(x, y) + origin;
    let color = |ink: Ink| palette.ink(ink);
    let optional = |ink: &Option<Ink>| ink.map_or(Color32::TRANSPARENT, color);
    let stroke = |ink: &Option<Ink>| ink.map_or(Stroke::NONE, |ink| Stroke::new(1.0, color(ink)));
    let seen = painter.clip_rect().expand(8.0);
    for shape in shapes {
        match shape {
            Shape::Rect { rect, radius, fill, line } => {
                let rect = placed(rect, origin);
                if rect.intersects(seen) {
                    let radius = CornerRadius::same(*radius as u8);
                    painter.rect(rect, radius, optional(fill), stroke(line), StrokeKind::Inside);
                }
            }
            Shape::Line { from, to, width, ink } => {
                painter.line_segment([at(*from), at(*to)], Stroke::new(*width, color(*ink)));
            }
            Shape::Path { points, width, ink } => {
                let points: Vec<Pos2> = points.iter().map(|point| at(*point)).collect();
                if Rect::from_points(&points).intersects(seen) {
                    painter.add(Painted::line(points, Stroke::new(*width, color(*ink))));
                }
            }
            Shape::Area { points, triangles, fill, .. } => {
                let color = color(*fill);
                let vertices: Vec<Vertex> =
                    points.iter().map(|point| Vertex { pos: at(*point), uv: WHITE_UV, color }).collect();
                let mesh = Mesh { vertices, indices: triangles.to_vec(), ..Mesh::default() };
                if mesh.calc_bounds().intersects(seen) {
                    painter.add(Painted::mesh(mesh));
                }
            }
            Shape::Circle { center, radius, fill, line } => {
                painter.circle(at(*center), *radius, optional(fill), stroke(line));
            }
            Shape::Text { at: point, align, words, size, strong, ink } => {
                let anchor = match align {
                    Align::Left => Align2::LEFT_CENTER,
                    Align::Center => Align2::CENTER_CENTER,
                    Align::Right => Align2::RIGHT_CENTER,
                };
                let point = at(*point);
                if seen.y_range().contains(point.y) {
                    let font = if *strong { theme::strong(*size) } else { FontId::proportional(*size) };
                    painter.text(point, anchor, words, font, color(*ink));
                }
            }
            Shape::Clip { rect, shapes } => {
                let clipped = painter.with_clip_rect(placed(rect, origin).intersect(painter.clip_rect()));
                paint(&clipped, palette, origin, shapes);
            }
        }
    }
}

/// A rectangle of a scene in the window.
pub(super) fn placed(rect: &scene::Rect, origin: Vec2) -> Rect {
    Rect::from_min_size(pos2(rect.x, rect.y) + origin, vec2(rect.width, rect.height))
}
