//! The network as a picture.

use super::data::{Edge, Network, Node, pick, pick_edge};
use crate::project::Hue;
use crate::views::chart::{LABEL, told};
use crate::views::scene::{Align, Cover, Ink, Mark, Picture, Point, Rect, Shape, ink_of};
use crate::views::typeface::{fitted, width};
use crate::wording::count;

/// What of the network is seen: its middle, each side from 0 to 1, and how many times nearer than all of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The middle.
    pub center: (f64, f64),
    /// From 1 on.
    pub zoom: f64,
}

impl Default for Frame {
    fn default() -> Self {
        Self { center: (0.5, 0.5), zoom: 1.0 }
    }
}

impl Frame {
    /// Brought nearer by a factor below 1, or farther off, around a place of the picture, each side from 0 to 1.
    pub fn zoomed(self, factor: f64, (x, y): (f64, f64)) -> Self {
        let zoom = (self.zoom / factor).clamp(1.0, 12.0);
        let by = 1.0 / self.zoom - 1.0 / zoom;
        Self { center: (self.center.0 + (x - 0.5) * by, self.center.1 + (y - 0.5) * by), zoom }.bounded()
    }

    /// Moved by parts of what is seen.
    pub fn moved(self, (x, y): (f64, f64)) -> Self {
        Self { center: (self.center.0 + x / self.zoom, self.center.1 + y / self.zoom), ..self }.bounded()
    }

    fn bounded(self) -> Self {
        let far = 0.5 - 0.5 / self.zoom;
        let bound = |at: f64| at.clamp(0.5 - far, 0.5 + far);
        Self { center: (bound(self.center.0), bound(self.center.1)), ..self }
    }
}

/// Room around all names.
const EDGE: f32 = 56.0;
/// The widest name.
const NAME: f32 = 150.0;

/// Lays out what is seen of a network on a page of a size, in points.
pub fn draw(network: &Network, frame: Frame, size: (f32, f32)) -> Picture {
    let mut picture = Picture::default();
    (picture.scene.width, picture.scene.height) = size;
    let page = Rect::new(0.0, 0.0, size.0, size.1);
    let place = |(x, y): (f32, f32)| -> Point {
        let side = |at: f32, center: f64, size: f32| {
            let at = ((f64::from(at) - center) * frame.zoom) as f32;
            size / 2.0 + at * (size - 2.0 * EDGE)
        };
        [side(x, frame.center.0, size.0), side(y, frame.center.1, size.1)]
    };
    let mut shapes = Vec::new();
    let strongest = network.edges.last().map_or(1, Edge::strength) as f32;
    for edge in &network.edges {
        let Some((one, other)) = network.nodes.get(edge.ends.0).zip(network.nodes.get(edge.ends.1)) else { continue };
        let (from, to) = (place(one.place), place(other.place));
        let share = edge.strength() as f32 / strongest;
        let ink = match edge.relations {
            0 => Ink::Share(Hue::Grey, (38.0 + 130.0 * share) as u8),
            _ => Ink::Share(Hue::Purple, (80.0 + 120.0 * share) as u8),
        };
        shapes.push(Shape::Line { from, to, width: 0.7 + 4.3 * share, ink });
        let parts = [
            (edge.sentences, "sentence", "sentences"),
            (edge.events, "event", "events"),
            (edge.relations, "relation", "relations"),
        ];
        let told: Vec<String> = parts
            .into_iter()
            .filter(|part| part.0 > 0)
            .map(|(many, one, all)| count(many as usize, one, all))
            .collect();
        let label = format!("{} and {}: {}", one.name, other.name, told.join(", "));
        picture.marks.push(Mark { cover: Cover::Line(from, to), label, pick: pick_edge(edge) });
    }
    let largest = network.nodes.iter().map(|node| node.count.all()).max().unwrap_or(1).max(1) as f32;
    let radius = |node: &Node| 5.0 + 13.0 * (node.count.all() as f32 / largest).sqrt();
    let mut taken: Vec<Rect> = Vec::new();
    let mut names = Vec::new();
    // Those who are named most have their names first.
    let mut nodes: Vec<&Node> = network.nodes.iter().collect();
    nodes.sort_by_key(|node| std::cmp::Reverse(node.count.all()));
    for node in &nodes {
        let ([x, y], radius) = (place(node.place), radius(node));
        taken.push(Rect::new(x - radius, y - radius, 2.0 * radius, 2.0 * radius));
    }
    for node in nodes {
        let (center, radius) = (place(node.place), radius(node));
        let fill = Some(ink_of(node.hue, node.count.accepted > 0));
        shapes.push(Shape::Circle { center, radius, fill, line: Some(Ink::Page) });
        let label = format!("{}: {}", node.name, told(node.count));
        picture.marks.push(Mark { cover: Cover::Circle(center, radius), label, pick: pick(node) });
        name_of(node, center, radius, &mut taken, &mut names);
    }
    shapes.extend(names);
    picture.scene.shapes.push(Shape::Clip { rect: page, shapes });
    picture
}

/// Names a dot below, above or beside it, where nothing else stands.
fn name_of(node: &Node, [x, y]: Point, radius: f32, taken: &mut Vec<Rect>, names: &mut Vec<Shape>) {
    let words = fitted(&node.name, LABEL, false, NAME);
    let wide = width(&words, LABEL, false);
    let places = [
        (Align::Center, [x, y + radius + 9.0], x - wide / 2.0),
        (Align::Center, [x, y - radius - 9.0], x - wide / 2.0),
        (Align::Left, [x + radius + 4.0, y], x + radius + 4.0),
        (Align::Right, [x - radius - 4.0, y], x - radius - 4.0 - wide),
    ];
    for (align, at, left) in places {
        let room = Rect::new(left - 1.0, at[1] - 7.0, wide + 2.0, 14.0);
        let meets =
            |one: &Rect| one.x < room.right() && room.x < one.right() && one.y < room.bottom() && room.y < one.bottom();
        if taken.iter().any(meets) {
            continue;
        }
        taken.push(room);
        let text = |at, ink| Shape::Text { at, align, words: words.clone(), size: LABEL, strong: false, ink };
        // A light edge keeps the name apart from lines below it.
        for [dx, dy] in [[-1.0, 0.0], [1.0, 0.0], [0.0, -1.0], [0.0, 1.0]] {
            names.push(text([at[0] + dx, at[1] + dy], Ink::Page));
        }
        names.push(text(at, Ink::Text));
        return;
    }
}
