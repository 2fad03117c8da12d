//! The map as a picture.

use std::sync::Arc;

use super::data::{DOTS, Map, Measure, SHADES, Spot, of_country, pick};
use super::world::{countries, projected};
use crate::views::chart::{LABEL, told};
use crate::views::names::country_name;
use crate::views::scene::{Align, Cover, Ink, Mark, Picture, Point, Rect, Shape, ink_of};
use crate::views::typeface::width;

/// What of the world is seen: its middle on the projected plane, and how many times nearer than all of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The middle.
    pub center: (f64, f64),
    /// From 1 on.
    pub zoom: f64,
}

/// The whole world but Antarctica: its middle, and its size on the plane.
const ALL: Frame = Frame { center: (0.06, -0.13), zoom: 1.0 };
const WORLD: (f64, f64) = (5.3, 2.36);
/// Room at the left and right of the world, for places that lie at its edge.
const SIDES: f64 = 22.0;
/// How near one can come.
const NEAREST: f64 = 60.0;

impl Default for Frame {
    fn default() -> Self {
        ALL
    }
}

impl Frame {
    /// Points of the picture for one of the plane.
    fn scale(self, (wide, high): (f32, f32)) -> f64 {
        let side = |size: f32, room: f64| (f64::from(size) - 2.0 * room).max(1.0);
        (side(wide, SIDES) / WORLD.0).min(side(high, 8.0) / WORLD.1) * self.zoom
    }

    /// Brought nearer by a factor below 1, or farther off, around a place of the picture, each side from 0 to 1.
    pub fn zoomed(self, factor: f64, (x, y): (f64, f64), size: (f32, f32)) -> Self {
        let new = Self { zoom: (self.zoom / factor).clamp(1.0, NEAREST), ..self };
        let (before, after) = (1.0 / self.scale(size), 1.0 / new.scale(size));
        let (dx, dy) = ((x - 0.5) * f64::from(size.0), (y - 0.5) * f64::from(size.1));
        new.bounded((self.center.0 + dx * (before - after), self.center.1 + dy * (before - after)))
    }

    /// Moved by parts of what is seen.
    pub fn moved(self, (x, y): (f64, f64), size: (f32, f32)) -> Self {
        let scale = self.scale(size);
        let (x, y) = (x * f64::from(size.0) / scale, y * f64::from(size.1) / scale);
        self.bounded((self.center.0 + x, self.center.1 + y))
    }

    fn bounded(self, (x, y): (f64, f64)) -> Self {
        // What is seen never lies beyond the world.
        let (wide, high) = (WORLD.0 / 2.0 * (1.0 - 1.0 / self.zoom), WORLD.1 / 2.0 * (1.0 - 1.0 / self.zoom));
        let (middle_x, middle_y) = ALL.center;
        Self { center: (x.clamp(middle_x - wide, middle_x + wide), y.clamp(middle_y - high, middle_y + high)), ..self }
    }
}

/// The least and the greatest radius of a place.
const LEAST: f32 = 3.0;
const GREATEST: f32 = 16.0;

/// Lays out what is seen of the world on a page of a size, in points.
pub fn draw(map: &Map, frame: Frame, size: (f32, f32)) -> Picture {
    let mut picture = Picture::default();
    (picture.scene.width, picture.scene.height) = size;
    let page = Rect::new(0.0, 0.0, size.0, size.1);
    let scale = frame.scale(size);
    let place = |[x, y]: Point| {
        let (x, y) = ((f64::from(x) - frame.center.0) * scale, (f64::from(y) - frame.center.1) * scale);
        [x as f32 + size.0 / 2.0, y as f32 + size.1 / 2.0]
    };
    let most = map.countries.values().map(|count| count.all()).max().unwrap_or_default();
    let (mut land, mut borders, mut dots) = (Vec::new(), Vec::new(), Vec::new());
    for country in countries() {
        let count = country.code.and_then(|code| map.countries.get(&code));
        for polygon in &country.polygons {
            let points: Arc<[Point]> = polygon.points.iter().map(|point| place(*point)).collect();
            let cover = Cover::Rings(Arc::clone(&points), Arc::clone(&polygon.holes));
            let bounds = cover.bounds();
            if bounds.right() < 0.0 || bounds.bottom() < 0.0 || bounds.x > size.0 || bounds.y > size.1 {
                continue;
            }
            let fill = count.map_or(Ink::Land, |count| shade(count.all(), most));
            let (holes, triangles) = (Arc::clone(&polygon.holes), Arc::clone(&polygon.triangles));
            land.push(Shape::Area { points: Arc::clone(&points), holes, triangles, fill });
            crate::views::scene::for_each_ring(&points, &polygon.holes, |ring| {
                let closed = ring.iter().chain(ring.first()).copied().collect();
                borders.push(Shape::Path { points: closed, width: 0.7, ink: Ink::Page });
            });
            if let Some((code, count)) = country.code.zip(count) {
                let what = match map.measure {
                    Measure::Events => "events",
                    Measure::Mentions => "mentions",
                };
                let label = format!("{}: {what}, {}", country_name(code), told(*count));
                picture.marks.push(Mark { cover, label, pick: of_country(map.measure, code) });
            }
        }
    }
    let largest = map.places.first().map_or(1, |spot| spot.count.all());
    let nearer = (frame.zoom as f32).powf(0.25);
    let (mut names, mut marks) = (Vec::new(), Vec::new());
    let mut taken: Vec<Rect> = Vec::new();
    for spot in &map.places {
        let Some((latitude, longitude)) = spot.point else { continue };
        let center = place(projected(latitude, longitude));
        if !page.shrink(-20.0).contains(center) {
            continue;
        }
        let radius = (GREATEST * (spot.count.all() as f32 / largest as f32).sqrt()).max(LEAST) * nearer;
        let accepted = spot.count.accepted > 0;
        dots.push(Shape::Circle { center, radius, fill: Some(ink_of(DOTS, accepted)), line: Some(Ink::Page) });
        let label = format!("{}: {}", spot.name, told(spot.count));
        marks.push(Mark { cover: Cover::Circle(center, radius.max(5.0)), label, pick: pick(spot) });
        name_of(spot, (center, radius), page, &mut taken, &mut names);
    }
    // Small places lie above large ones.
    picture.marks.extend(marks);
    let shapes = land.into_iter().chain(borders).chain(dots).chain(names).collect();
    picture.scene.shapes.push(Shape::Clip { rect: page, shapes });
    picture
}

/// Names a place where nothing else stands: at its right, at its left where the page ends.
fn name_of(spot: &Spot, ([x, y], radius): (Point, f32), page: Rect, taken: &mut Vec<Rect>, names: &mut Vec<Shape>) {
    let words = spot.name.split(", ").next().unwrap_or_default();
    let wide = width(words, LABEL, false) + 4.0;
    let behind = x + radius + 3.0;
    let left = if behind + wide > page.right() { x - radius - 3.0 - wide } else { behind };
    let room = Rect::new(left, y - 7.0, wide, 14.0);
    let dot = Rect::new(x - radius, y - radius, 2.0 * radius, 2.0 * radius);
    let meets =
        |one: &Rect| one.x < room.right() && room.x < one.right() && one.y < room.bottom() && room.y < one.bottom();
    if !taken.iter().any(meets) {
        taken.push(room);
        let at = [room.x, y];
        let text =
            |at, ink| Shape::Text { at, align: Align::Left, words: words.to_owned(), size: LABEL, strong: false, ink };
        // A light edge keeps the name apart from what lies below.
        for [dx, dy] in [[-1.0, 0.0], [1.0, 0.0], [0.0, -1.0], [0.0, 1.0]] {
            names.push(text([at[0] + dx, at[1] + dy], Ink::Page));
        }
        names.push(text(at, Ink::Text));
    }
    taken.push(dot);
}

/// The shade of a count: by its root, so that few are told from none and from more.
fn shade(count: u32, most: u32) -> Ink {
    let share = (f64::from(count) / f64::from(most.max(1))).sqrt();
    let [few, some, more, many] = SHADES;
    match share {
        ..0.25 => few,
        0.25..0.5 => some,
        0.5..0.75 => more,
        _ => many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_fits_and_is_brought_nearer_around_a_place() {
        let size = (1000.0, 500.0);
        let frame = Frame::default().zoomed(0.25, (0.5, 0.5), size);
        assert!((frame.zoom - 4.0).abs() < 1e-9 && frame.center == ALL.center);
        let back = frame.moved((0.3, 0.1), size).zoomed(100.0, (0.2, 0.9), size);
        assert_eq!(back, ALL, "seen as a whole it cannot be moved away");
    }
}
