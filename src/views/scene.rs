//! What a view draws: shapes in points, in colours of the theme, and what parts of them stand for.

use std::sync::Arc;

use super::pick::Pick;
use crate::project::Hue;

/// A point: to the right and down, in points from the upper left corner.
pub type Point = [f32; 2];

/// One of the shades of a colour of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the window's theme says what each is for")]
pub enum Shade {
    Pale,
    Tint,
    Deep,
    Line,
}

/// What something is drawn with; each theme has a colour for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The page behind everything.
    Page,
    /// What stands apart from the page.
    Panel,
    /// Text.
    Text,
    /// Quieter text.
    Weak,
    /// Hairlines.
    Rule,
    /// What has the keys.
    Accent,
    /// What is under the pointer.
    Hover,
    /// What is chosen.
    Chosen,
    /// A shade of a colour of kinds.
    Hue(Hue, Shade),
    /// Between the page, at 0, and the line of a colour, at 255.
    Share(Hue, u8),
    /// Countries of which nothing is told.
    Land,
}

/// How strongly what was accepted is drawn, of [`Ink::Share`].
pub const ACCEPTED: u8 = 205;
/// How strongly suggestions are: apart from the accepted by far, and still seen on the page.
pub const SUGGESTED: u8 = 84;

/// The ink of what is accepted, or only suggested.
pub fn ink_of(hue: Hue, accepted: bool) -> Ink {
    Ink::Share(hue, if accepted { ACCEPTED } else { SUGGESTED })
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// How wide it is.
    pub width: f32,
    /// How high.
    pub height: f32,
}

impl Rect {
    /// From its upper left corner and its size.
    pub fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// Its right edge.
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// Its lower edge.
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// Its middle.
    pub fn center(&self) -> Point {
        [self.x + self.width / 2.0, self.y + self.height / 2.0]
    }

    /// Whether a point lies in it.
    pub fn contains(&self, [x, y]: Point) -> bool {
        (self.x..=self.right()).contains(&x) && (self.y..=self.bottom()).contains(&y)
    }

    /// What is left of it with as much less on all sides.
    pub fn shrink(&self, by: f32) -> Self {
        let size = |size: f32| (size - 2.0 * by).max(0.0);
        Self { x: self.x + by, y: self.y + by, width: size(self.width), height: size(self.height) }
    }
}

/// Where a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Align {
    Left,
    Center,
    Right,
}

/// Something that is drawn.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Shape {
    Rect {
        rect: Rect,
        radius: f32,
        fill: Option<Ink>,
        line: Option<Ink>,
    },
    Line {
        from: Point,
        to: Point,
        width: f32,
        ink: Ink,
    },
    Path {
        points: Arc<[Point]>,
        width: f32,
        ink: Ink,
    },
    /// A closed polygon with holes: its points, the ends of its rings but for the last, and its triangles.
    Area {
        points: Arc<[Point]>,
        holes: Arc<[u32]>,
        triangles: Arc<[u32]>,
        fill: Ink,
    },
    Circle {
        center: Point,
        radius: f32,
        fill: Option<Ink>,
        line: Option<Ink>,
    },
    /// One line; `at` is the middle of its height.
    Text {
        at: Point,
        align: Align,
        words: String,
        size: f32,
        strong: bool,
        ink: Ink,
    },
    /// Shapes of which only what lies in a rectangle is seen.
    Clip {
        rect: Rect,
        shapes: Vec<Shape>,
    },
}

/// Shapes on a page, the first lowest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// How wide it is, in points.
    pub width: f32,
    /// How high.
    pub height: f32,
    /// What is drawn.
    pub shapes: Vec<Shape>,
}

impl Scene {
    /// Adds a filled rectangle.
    pub fn fill(&mut self, rect: Rect, radius: f32, fill: Ink) {
        self.shapes.push(Shape::Rect { rect, radius, fill: Some(fill), line: None });
    }

    /// Adds a line.
    pub fn line(&mut self, from: Point, to: Point, width: f32, ink: Ink) {
        self.shapes.push(Shape::Line { from, to, width, ink });
    }

    /// Adds a line of text.
    pub fn text(&mut self, at: Point, align: Align, words: impl Into<String>, size: f32, ink: Ink) {
        self.shapes.push(Shape::Text { at, align, words: words.into(), size, strong: false, ink });
    }

    /// Adds a line of heavier text.
    pub fn strong(&mut self, at: Point, align: Align, words: impl Into<String>, size: f32, ink: Ink) {
        self.shapes.push(Shape::Text { at, align, words: words.into(), size, strong: true, ink });
    }
}

/// What a mark covers.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Cover {
    Rect(Rect),
    Circle(Point, f32),
    /// Closed rings, by their points and where each but the first begins.
    Rings(Arc<[Point]>, Arc<[u32]>),
    /// Near a line.
    Line(Point, Point),
}

/// How near a line counts as on it, in points.
const NEAR: f32 = 4.0;

impl Cover {
    /// Whether a point lies on it.
    pub fn contains(&self, at: Point) -> bool {
        let [x, y] = at;
        match self {
            Self::Rect(rect) => rect.contains(at),
            Self::Circle([center_x, center_y], radius) => (x - center_x).hypot(y - center_y) <= *radius,
            Self::Rings(points, starts) => {
                let mut inside = false;
                for_each_ring(points, starts, |ring| inside ^= is_in(ring, at));
                inside
            }
            Self::Line(from, to) => distance(at, *from, *to) <= NEAR,
        }
    }

    /// What holds all of it.
    pub fn bounds(&self) -> Rect {
        let around = |points: &[Point], more: f32| {
            let fold = |by: fn(f32, f32) -> f32, of: usize, first: f32| {
                points.iter().filter_map(|point| point.get(of)).copied().fold(first, by)
            };
            let (left, top) = (fold(f32::min, 0, f32::MAX), fold(f32::min, 1, f32::MAX));
            let (right, bottom) = (fold(f32::max, 0, f32::MIN), fold(f32::max, 1, f32::MIN));
            Rect::new(left, top, (right - left).max(0.0), (bottom - top).max(0.0)).shrink(-more)
        };
        match self {
            Self::Rect(rect) => *rect,
            Self::Circle(center, radius) => around(&[*center], *radius),
            Self::Rings(points, _) => around(points, 0.0),
            Self::Line(from, to) => around(&[*from, *to], NEAR),
        }
    }
}

/// Goes through the rings of a polygon.
pub fn for_each_ring(points: &[Point], starts: &[u32], mut each: impl FnMut(&[Point])) {
    let mut first = 0;
    for end in starts.iter().filter_map(|start| usize::try_from(*start).ok()).chain([points.len()]) {
        each(points.get(first..end).unwrap_or_default());
        first = end;
    }
}

/// Whether a point lies in a closed ring, by how often a line from it crosses.
fn is_in(ring: &[Point], [x, y]: Point) -> bool {
    let mut inside = false;
    let mut before = ring.last().copied().unwrap_or_default();
    for point in ring {
        let ([from_x, from_y], [to_x, to_y]) = (before, *point);
        if (from_y > y) != (to_y > y) && x < (to_x - from_x) * (y - from_y) / (to_y - from_y) + from_x {
            inside = !inside;
        }
        before = *point;
    }
    inside
}

/// How far a point lies from a line between two.
fn distance([x, y]: Point, [from_x, from_y]: Point, [to_x, to_y]: Point) -> f32 {
    let (along_x, along_y) = (to_x - from_x, to_y - from_y);
    let length = along_x * along_x + along_y * along_y;
    let at = if length > 0.0 { ((x - from_x) * along_x + (y - from_y) * along_y) / length } else { 0.0 };
    let at = at.clamp(0.0, 1.0);
    (x - from_x - at * along_x).hypot(y - from_y - at * along_y)
}

/// A part of a picture that stands for something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What it covers.
    pub cover: Cover,
    /// What it says, in words: what a pointer on it and a screen reader tell.
    pub label: String,
    /// What it stands for.
    pub pick: Pick,
}

/// A view as it is laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// What is drawn.
    pub scene: Scene,
    /// What can be pointed at, in the order in which keys go through it; later ones lie above.
    pub marks: Vec<Mark>,
}

impl Picture {
    /// The place of the mark under a point.
    pub fn mark_at(&self, point: Point) -> Option<usize> {
        self.marks.iter().rposition(|mark| mark.cover.contains(point))
    }
}

impl Picture {
    /// The mark that is next to another in a direction, to the right and down where positive; none beyond the last.
    pub fn next(&self, from: usize, (x, y): (f32, f32)) -> Option<usize> {
        let here = self.marks.get(from)?.cover.bounds();
        let [from_x, from_y] = here.center();
        let cost = |mark: &Mark| {
            let [to_x, to_y] = mark.cover.bounds().center();
            let (along, across) =
                ((to_x - from_x) * x + (to_y - from_y) * y, ((to_x - from_x) * y - (to_y - from_y) * x).abs());
            (along > 0.5).then_some(along + 2.0 * across)
        };
        let costs = self.marks.iter().enumerate().filter(|(nth, _)| *nth != from);
        let costs = costs.filter_map(|(nth, mark)| Some((nth, cost(mark)?)));
        costs.min_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(nth, _)| nth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_with_a_hole_covers_what_lies_between() {
        let square = |from: f32, to: f32| [[from, from], [to, from], [to, to], [from, to]];
        let points: Vec<Point> = square(0.0, 10.0).into_iter().chain(square(4.0, 6.0)).collect();
        let cover = Cover::Rings(points.into(), Arc::from([4]));
        assert!(cover.contains([2.0, 5.0]) && cover.contains([9.0, 9.0]));
        assert!(!cover.contains([5.0, 5.0]) && !cover.contains([11.0, 5.0]));
        assert_eq!(cover.bounds(), Rect::new(0.0, 0.0, 10.0, 10.0));
    }

    #[test]
    fn a_line_is_met_near_it() {
        let cover = Cover::Line([0.0, 0.0], [100.0, 0.0]);
        assert!(cover.contains([50.0, 3.0]) && !cover.contains([50.0, 6.0]) && !cover.contains([110.0, 0.0]));
    }
}
