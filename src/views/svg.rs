//! Pictures as SVG 1.1, with a title, and what each mark says when it is pointed at.

use std::fmt::Write as _;

use super::colors::Colors;
use super::scene::{Align, Cover, Ink, Picture, Point, Rect, Shape, for_each_ring};
use super::typeface::BASELINE;
use crate::text::markup::escaped;

/// Writes a picture; `title` is what a reader of the file calls it.
pub fn svg(picture: &Picture, title: &str, colors: &Colors) -> String {
    let (width, height) = (picture.scene.width, picture.scene.height);
    let mut out = Out { text: String::new(), colors, clips: 0 };
    let _ = writeln!(
        out.text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"Inter, Helvetica, Arial, sans-serif\" role=\"img\">\n<title>{}</title>",
        escaped(title)
    );
    let page = Rect::new(0.0, 0.0, width, height);
    out.shape(&Shape::Rect { rect: page, radius: 0.0, fill: Some(Ink::Page), line: None });
    picture.scene.shapes.iter().for_each(|shape| out.shape(shape));
    // Unseen, above everything: what each part says.
    out.text.push_str("<g fill-opacity=\"0\" stroke=\"none\">\n");
    for mark in &picture.marks {
        let told = escaped(&mark.label);
        let _ = match &mark.cover {
            Cover::Rect(Rect { x, y, width, height }) => writeln!(
                out.text,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"><title>{told}</title></rect>"
            ),
            Cover::Circle([x, y], radius) => {
                writeln!(
                    out.text,
                    "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"><title>{told}</title></circle>"
                )
            }
            Cover::Rings(points, starts) => {
                writeln!(out.text, "<path d=\"{}\"><title>{told}</title></path>", rings(points, starts))
            }
            Cover::Line(from, to) => {
                let [x1, y1] = from;
                let [x2, y2] = to;
                writeln!(
                    out.text,
                    "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#000\" stroke-opacity=\"0\" \
                     stroke-width=\"8\"><title>{told}</title></line>"
                )
            }
        };
    }
    out.text.push_str("</g>\n</svg>\n");
    out.text
}

struct Out<'c> {
    text: String,
    colors: &'c Colors,
    clips: u32,
}

impl Out<'_> {
    fn color(&self, ink: Option<Ink>) -> String {
        ink.map_or_else(
            || "none".to_owned(),
            |ink| {
                let [r, g, b] = self.colors.rgb(ink);
                format!("#{r:02x}{g:02x}{b:02x}")
            },
        )
    }

    fn shape(&mut self, shape: &Shape) {
        let line = match shape {
            Shape::Rect { rect: Rect { x, y, width, height }, radius, fill, line } => format!(
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius:.1}\" fill=\"{}\" \
                 stroke=\"{}\"/>",
                self.color(*fill),
                self.color(*line)
            ),
            Shape::Line { from: [x1, y1], to: [x2, y2], width, ink } => format!(
                "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{}\" stroke-width=\"{width:.1}\"/>",
                self.color(Some(*ink))
            ),
            Shape::Path { points, width, ink } => {
                let points: Vec<String> = points.iter().map(|[x, y]| format!("{x:.1},{y:.1}")).collect();
                let stroke = self.color(Some(*ink));
                format!(
                    "<polyline points=\"{}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width:.1}\" \
                     stroke-linejoin=\"round\"/>",
                    points.join(" ")
                )
            }
            Shape::Area { points, holes, fill, .. } => {
                format!(
                    "<path d=\"{}\" fill=\"{}\" fill-rule=\"evenodd\"/>",
                    rings(points, holes),
                    self.color(Some(*fill))
                )
            }
            Shape::Circle { center: [x, y], radius, fill, line } => format!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{}\" stroke=\"{}\"/>",
                self.color(*fill),
                self.color(*line)
            ),
            Shape::Text { at: [x, y], align, words, size, strong, ink } => {
                let anchor = match align {
                    Align::Left => "start",
                    Align::Center => "middle",
                    Align::Right => "end",
                };
                let weight = if *strong { " font-weight=\"600\"" } else { "" };
                format!(
                    "<text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{weight} fill=\"{}\">{}</text>",
                    y + size * BASELINE,
                    self.color(Some(*ink)),
                    escaped(words)
                )
            }
            Shape::Clip { rect: Rect { x, y, width, height }, shapes } => {
                self.clips += 1;
                let clip = self.clips;
                let _ = writeln!(
                    self.text,
                    "<clipPath id=\"clip{clip}\"><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>\
                     </clipPath>\n<g clip-path=\"url(#clip{clip})\">"
                );
                shapes.iter().for_each(|shape| self.shape(shape));
                "</g>".to_owned()
            }
        };
        self.text.push_str(&line);
        self.text.push('\n');
    }
}

/// Closed rings as the data of a path.
fn rings(points: &[Point], starts: &[u32]) -> String {
    let mut data = String::new();
    for_each_ring(points, starts, |ring| {
        for (nth, [x, y]) in ring.iter().enumerate() {
            let _ = write!(data, "{}{x:.1} {y:.1}", if nth == 0 { "M" } else { "L" });
        }
        data.push('Z');
    });
    data
}
