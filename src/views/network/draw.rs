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
    let largest = network.nodes.iter().map(|node| node.count.all()).max().unwrap_or(1).max(1) as f32;
    let radii: Vec<f32> =
        network.nodes.iter().map(|node| 5.0 + 13.0 * (node.count.all() as f32 / largest).sqrt()).collect();
    let mut places: Vec<Point> = network.nodes.iter().map(|node| place(node.place)).collect();
    apart(&mut places, &radii);
    let placed = |nth: usize| places.get(nth).copied().zip(radii.get(nth).copied());
    let mut shapes = Vec::new();
    let strongest = network.edges.last().map_or(1, Edge::strength) as f32;
    for edge in &network.edges {
        let ends = network.nodes.get(edge.ends.0).zip(network.nodes.get(edge.ends.1));
        let Some(((one, other), ((from, _), (to, _)))) = ends.zip(placed(edge.ends.0).zip(placed(edge.ends.1))) else {
            continue;
        };
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
    let mut names = Vec::new();
    // Those who are named most have their names first.
    let dots = places.iter().zip(&radii).map(|(place, radius)| (*place, *radius));
    let mut nodes: Vec<(&Node, (Point, f32))> = network.nodes.iter().zip(dots).collect();
    nodes.sort_by_key(|(node, _)| std::cmp::Reverse(node.count.all()));
    let dot = |([x, y], radius): (Point, f32)| Rect::new(x - radius, y - radius, 2.0 * radius, 2.0 * radius);
    let mut taken: Vec<Rect> = nodes.iter().map(|(_, at)| dot(*at)).collect();
    for (node, (center, radius)) in nodes {
        let fill = Some(ink_of(node.hue, node.count.accepted > 0));
        shapes.push(Shape::Circle { center, radius, fill, line: Some(Ink::Page) });
        let label = format!("{}: {}", node.name, told(node.count));
        picture.marks.push(Mark { cover: Cover::Circle(center, radius), label, pick: pick(node) });
        name_of(node, (center, radius), page, &mut taken, &mut names);
    }
    shapes.extend(names);
    picture.scene.shapes.push(Shape::Clip { rect: page, shapes });
    picture
}

/// Moves dots that cover each other apart, no farther than is needed; the same each time.
fn apart(places: &mut [Point], radii: &[f32]) {
    /// Room between two.
    const GAP: f32 = 7.0;
    for _ in 0..60 {
        let mut moved = false;
        for one in 0..places.len() {
            for other in one + 1..places.len() {
                let ends = places.get(one).copied().zip(places.get(other).copied());
                let sizes = radii.get(one).zip(radii.get(other));
                let (Some(([x, y], [to_x, to_y])), Some((radius, other_radius))) = (ends, sizes) else { continue };
                let (dx, dy) = (to_x - x, to_y - y);
                let (far, least) = (dx.hypot(dy), radius + other_radius + GAP);
                if far >= least {
                    continue;
                }
                moved = true;
                // Where two stand in one point each pair has a direction of its own.
                let angle = (one * 7 + other * 3) as f32;
                let (dx, dy) = if far > 0.01 { (dx / far, dy / far) } else { (angle.cos(), angle.sin()) };
                let by = (least - far) / 2.0 + 0.01;
                for (nth, sign) in [(one, -1.0), (other, 1.0)] {
                    if let Some([x, y]) = places.get_mut(nth) {
                        (*x, *y) = (*x + sign * dx * by, *y + sign * dy * by);
                    }
                }
            }
        }
        if !moved {
            return;
        }
    }
}

/// Names a dot below, above or beside it, where nothing else stands and the name is seen whole.
fn name_of(node: &Node, ([x, y], radius): (Point, f32), page: Rect, taken: &mut Vec<Rect>, names: &mut Vec<Shape>) {
    if !page.contains([x, y]) {
        return;
    }
    let words = fitted(&node.name, LABEL, false, NAME);
    let wide = width(&words, LABEL, false);
    let middle = x.min(page.right() - wide / 2.0 - 4.0).max(page.x + wide / 2.0 + 4.0);
    let places = [
        (Align::Center, [middle, y + radius + 9.0], middle - wide / 2.0),
        (Align::Center, [middle, y - radius - 9.0], middle - wide / 2.0),
        (Align::Left, [x + radius + 4.0, y], x + radius + 4.0),
        (Align::Right, [x - radius - 4.0, y], x - radius - 4.0 - wide),
    ];
    for (align, at, left) in places {
        let room = Rect::new(left - 1.0, at[1] - 7.0, wide + 2.0, 14.0);
        let meets =
            |one: &Rect| one.x < room.right() && room.x < one.right() && one.y < room.bottom() && room.y < one.bottom();
        let seen =
            room.x >= page.x && room.right() <= page.right() && room.y >= page.y && room.bottom() <= page.bottom();
        if !seen || taken.iter().any(meets) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_that_cover_each_other_are_moved_apart_the_same_each_time() {
        let radii = [18.0, 9.0, 6.0, 12.0, 5.0];
        let start = [[100.0, 100.0], [100.0, 100.0], [104.0, 98.0], [110.0, 100.0], [400.0, 300.0]];
        let mut places = start;
        apart(&mut places, &radii);
        for one in 0..places.len() {
            for other in one + 1..places.len() {
                let far = (places[one][0] - places[other][0]).hypot(places[one][1] - places[other][1]);
                assert!(far >= radii[one] + radii[other], "{one} and {other}: {far}");
            }
        }
        assert_eq!(places[4], start[4], "what covers nothing stays where it is");
        let mut again = start;
        apart(&mut again, &radii);
        assert_eq!(places, again);
    }
}
