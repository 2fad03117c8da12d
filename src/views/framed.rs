//! A picture as it stands in a file.

use std::sync::Arc;

use super::chart;
use super::scene::{Align, Cover, Ink, Mark, Picture, Point, Rect, Shape};

/// The picture as it stands in a file: below a title and what its colours stand for, above a line on where it comes from.
pub fn framed(picture: &Picture, title: &str, legend: &[(Ink, String)], source: &str) -> Picture {
    const FOOT: f32 = 30.0;
    let mut framed = Picture::default();
    framed.scene.strong([24.0, 26.0], Align::Left, title, 18.0, Ink::Text);
    let rows = chart::legend(
        &mut framed,
        [24.0, 54.0],
        picture.scene.width - 48.0,
        legend.iter().map(|(ink, name)| (*ink, name.as_str())),
    );
    let head = 54.0 + f32::from(rows) * chart::LEGEND;
    framed.scene.shapes.extend(picture.scene.shapes.iter().map(|shape| shape.lowered(head)));
    framed.marks = picture
        .marks
        .iter()
        .map(|mark| Mark { cover: mark.cover.lowered(head), label: mark.label.clone(), pick: mark.pick.clone() })
        .collect();
    framed.scene.width = picture.scene.width;
    framed.scene.height = picture.scene.height + head + FOOT;
    let foot = framed.scene.height - FOOT / 2.0;
    framed.scene.text([24.0, foot], Align::Left, source, 11.0, Ink::Weak);
    framed
}

fn lowered_rect(rect: &Rect, by: f32) -> Rect {
    Rect { y: rect.y + by, ..*rect }
}

fn lowered([x, y]: Point, by: f32) -> Point {
    [x, y + by]
}

impl Cover {
    fn lowered(&self, by: f32) -> Self {
        match self {
            Self::Rect(rect) => Self::Rect(lowered_rect(rect, by)),
            Self::Circle(center, radius) => Self::Circle(lowered(*center, by), *radius),
            Self::Rings(points, starts) => {
                Self::Rings(points.iter().map(|point| lowered(*point, by)).collect(), Arc::clone(starts))
            }
            Self::Line(from, to) => Self::Line(lowered(*from, by), lowered(*to, by)),
        }
    }
}

impl Shape {
    /// The same farther down.
    fn lowered(&self, by: f32) -> Self {
        let mut shape = self.clone();
        match &mut shape {
            Self::Rect { rect, .. } => *rect = lowered_rect(rect, by),
            Self::Line { from, to, .. } => (*from, *to) = (lowered(*from, by), lowered(*to, by)),
            Self::Path { points, .. } | Self::Area { points, .. } => {
                *points = points.iter().map(|point| lowered(*point, by)).collect();
            }
            Self::Circle { center: at, .. } | Self::Text { at, .. } => *at = lowered(*at, by),
            Self::Clip { rect, shapes } => {
                *rect = lowered_rect(rect, by);
                shapes.iter_mut().for_each(|shape| *shape = shape.lowered(by));
            }
        }
        shape
    }
}
