//! Pictures as PNG, drawn with the same shapes and faces as in the window.

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use tiny_skia::{Color, FillRule, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, Stroke, Transform};

use super::colors::Colors;
use super::scene::{Align, Ink, Picture, Point, Rect, Shape, for_each_ring};
use super::typeface::{self, BASELINE};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// Nothing has no size, and too much has no room.
    #[error("a picture of {0:.0} by {1:.0} points cannot be made; zoom in or make the window smaller")]
    Size(f32, f32),
    /// The encoder failed.
    #[error("the picture cannot be encoded: {0}")]
    Encode(String),
}

/// The most points that a side has.
const LARGEST: f32 = 8_000.0;

/// Draws a picture, `scale` pixels a point.
///
/// # Errors
/// [`PngError`].
pub fn png(picture: &Picture, colors: &Colors, scale: f32) -> Result<Vec<u8>, PngError> {
    let (width, height) = (picture.scene.width, picture.scene.height);
    let fits = (1.0..=LARGEST).contains(&width) && (1.0..=LARGEST).contains(&height);
    let pixels = |points: f32| (points * scale).round() as u32;
    let pixmap = if fits { Pixmap::new(pixels(width), pixels(height)) } else { None };
    let mut out = Out { pixmap: pixmap.ok_or(PngError::Size(width, height))?, colors, scale, mask: None };
    let [r, g, b] = colors.page;
    out.pixmap.fill(Color::from_rgba8(r, g, b, 255));
    picture.scene.shapes.iter().for_each(|shape| out.shape(shape));
    out.pixmap.encode_png().map_err(|error| PngError::Encode(error.to_string()))
}

struct Out<'c> {
    pixmap: Pixmap,
    colors: &'c Colors,
    scale: f32,
    mask: Option<Mask>,
}

impl Out<'_> {
    fn fill(&mut self, path: Option<Path>, ink: Ink) {
        let Some(path) = path else { return };
        let paint = paint(self.colors, ink);
        let by = Transform::from_scale(self.scale, self.scale);
        self.pixmap.fill_path(&path, &paint, FillRule::EvenOdd, by, self.mask.as_ref());
    }

    fn stroke(&mut self, path: Option<Path>, width: f32, ink: Ink) {
        let Some(path) = path else { return };
        let stroke = Stroke { width, line_join: LineJoin::Round, ..Stroke::default() };
        let by = Transform::from_scale(self.scale, self.scale);
        self.pixmap.stroke_path(&path, &paint(self.colors, ink), &stroke, by, self.mask.as_ref());
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { rect, radius, fill, line } => {
                fill.iter().for_each(|ink| self.fill(rounded(rect, *radius), *ink));
                line.iter().for_each(|ink| self.stroke(rounded(rect, *radius), 1.0, *ink));
            }
            Shape::Line { from, to, width, ink } => self.stroke(polyline(&[*from, *to], false), *width, *ink),
            Shape::Path { points, width, ink } => self.stroke(polyline(points, false), *width, *ink),
            Shape::Area { points, holes, fill, .. } => {
                let mut path = PathBuilder::new();
                for_each_ring(points, holes, |ring| add(&mut path, ring, true));
                self.fill(path.finish(), *fill);
            }
            Shape::Circle { center: [x, y], radius, fill, line } => {
                fill.iter().for_each(|ink| self.fill(PathBuilder::from_circle(*x, *y, *radius), *ink));
                line.iter().for_each(|ink| self.stroke(PathBuilder::from_circle(*x, *y, *radius), 1.0, *ink));
            }
            Shape::Text { at: [x, y], align, words, size, strong, ink } => {
                let wide = typeface::width(words, *size, *strong);
                let left = match align {
                    Align::Left => *x,
                    Align::Center => x - wide / 2.0,
                    Align::Right => x - wide,
                };
                let path = outlines(words, (left, y + size * BASELINE), *size, *strong);
                let paint = paint(self.colors, *ink);
                let by = Transform::from_scale(self.scale, self.scale);
                if let Some(path) = path {
                    self.pixmap.fill_path(&path, &paint, FillRule::Winding, by, self.mask.as_ref());
                }
            }
            Shape::Clip { rect, shapes } => {
                let mask = Mask::new(self.pixmap.width(), self.pixmap.height()).zip(rounded(rect, 0.0));
                let mask = mask.map(|(mut mask, path)| {
                    mask.fill_path(&path, FillRule::Winding, true, Transform::from_scale(self.scale, self.scale));
                    mask
                });
                let before = std::mem::replace(&mut self.mask, mask);
                shapes.iter().for_each(|shape| self.shape(shape));
                self.mask = before;
            }
        }
    }
}

fn paint(colors: &Colors, ink: Ink) -> Paint<'static> {
    let [r, g, b] = colors.rgb(ink);
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, 255);
    paint
}

fn add(path: &mut PathBuilder, points: &[Point], close: bool) {
    let Some(([x, y], rest)) = points.split_first() else { return };
    path.move_to(*x, *y);
    rest.iter().for_each(|[x, y]| path.line_to(*x, *y));
    if close {
        path.close();
    }
}

fn polyline(points: &[Point], close: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    add(&mut path, points, close);
    path.finish()
}

/// A rectangle with round corners.
fn rounded(rect: &Rect, radius: f32) -> Option<Path> {
    let Rect { x, y, .. } = *rect;
    let (right, bottom) = (rect.right(), rect.bottom());
    let r = radius.min(rect.width / 2.0).min(rect.height / 2.0);
    if r <= 0.0 {
        return polyline(&[[x, y], [right, y], [right, bottom], [x, bottom]], true);
    }
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.line_to(right - r, y);
    path.quad_to(right, y, right, y + r);
    path.line_to(right, bottom - r);
    path.quad_to(right, bottom, right - r, bottom);
    path.line_to(x + r, bottom);
    path.quad_to(x, bottom, x, bottom - r);
    path.line_to(x, y + r);
    path.quad_to(x, y, x + r, y);
    path.close();
    path.finish()
}

/// The outlines of words on one line, from the left end of their baseline.
fn outlines(words: &str, (left, baseline): (f32, f32), size: f32, strong: bool) -> Option<Path> {
    let face = typeface::face(strong)?;
    let (map, glyphs) = (face.charmap(), face.outline_glyphs());
    let metrics = face.glyph_metrics(Size::new(size), LocationRef::default());
    let mut pen = Pen { path: PathBuilder::new(), x: left, y: baseline };
    for c in words.chars() {
        let glyph = map.map(c).unwrap_or_default();
        if let Some(outline) = glyphs.get(glyph) {
            outline.draw(DrawSettings::unhinted(Size::new(size), LocationRef::default()), &mut pen).ok();
        }
        pen.x += metrics.advance_width(glyph).unwrap_or_default();
    }
    pen.path.finish()
}

/// Puts a glyph, whose up is positive, where it stands on the page.
struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, self.y - y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, self.y - y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + cx, self.y - cy, self.x + x, self.y - y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.path.cubic_to(self.x + ax, self.y - ay, self.x + bx, self.y - by, self.x + x, self.y - y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
