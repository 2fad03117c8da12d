//! Relations of the selected tag: thin lines above the lines of the text and in the margin beside it, which cover no word.

use std::collections::{BTreeMap, HashMap};

use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::marks;
use super::view::ArticleView;
use crate::project::{Mention, MentionId, Relation, Status};
use crate::ui::state::State;
use crate::ui::theme::Palette;

/// So many relations of a tag are drawn at most; the panel lists all.
const MOST: usize = 40;
/// How far the first line in the margin stands from the text, and the others from each other, in points.
const MARGIN: f32 = 9.0;
const LANE: f32 = 5.0;
/// How many lines stand beside each other in the margin.
const LANES: usize = 4;
/// The radius of a corner, in points.
const ROUND: f32 = 4.0;

/// Where an end of a line stands.
#[derive(Clone, Copy)]
enum End {
    /// The first line of a tag that is drawn.
    At(Rect),
    /// A place that the pointer is at.
    Point(Pos2),
    /// Above or below what is drawn.
    Away { below: bool },
}

/// How a line looks.
#[derive(Clone, Copy)]
struct Look {
    color: Color32,
    width: f32,
    dashed: bool,
    arrow: bool,
}

/// Draws the relations of the selected tag, and the one that is being made.
pub(super) fn paint(ui: &Ui, state: &State, view: &ArticleView) {
    let mut places: HashMap<MentionId, Rect> = HashMap::new();
    for hit in &view.hits {
        places.entry(hit.mention).or_insert(hit.rect);
    }
    let place = |mention: &Mention| match places.get(&mention.id) {
        Some(rect) => End::At(*rect),
        None => End::Away { below: view.seen_from.is_none_or(|from| mention.range.start() > from) },
    };
    paint_selected(ui, state, view, &place);
    let palette = Palette::get(ui);
    let look = Look { color: palette.accent, width: 1.5, dashed: false, arrow: true };
    let project = state.model.project();
    if let (Some(from), Some(point)) = (view.linking, ui.input(|input| input.pointer.latest_pos())) {
        let to = view.mentions_at(point).into_iter().find(|id| *id != from).and_then(|id| project.mention(id));
        let ends = project.mention(from).map(|from| (place(from), to.map_or(End::Point(point), &place)));
        ends.into_iter().for_each(|(from, to)| line(ui.painter(), view, (from, to), 0, look));
        return;
    }
    let Some(relating) = &state.relating else { return };
    let end = |id: Option<MentionId>| id.and_then(|id| project.mention(id));
    for mention in [end(relating.from), end(relating.at)].into_iter().flatten() {
        for hit in view.hits.iter().filter(|hit| hit.mention == mention.id) {
            let stroke = Stroke::new(2.0, palette.accent);
            ui.painter().rect_stroke(
                marks::text_body(hit.rect).expand(1.0),
                4.0,
                stroke,
                eframe::egui::StrokeKind::Outside,
            );
        }
    }
    if let Some((from, to)) = end(relating.from).zip(end(relating.at)) {
        line(ui.painter(), view, (place(from), place(to)), 0, look);
    }
}

fn paint_selected(ui: &Ui, state: &State, view: &ArticleView, place: &dyn Fn(&Mention) -> End) {
    let (project, palette) = (state.model.project(), Palette::get(ui));
    let Some(selected) = state.model.selected_mention().map(|mention| mention.id) else { return };
    let chosen = state.model.selected_relation().map(|relation| relation.id);
    let mut names: BTreeMap<MentionId, Vec<&Relation>> = BTreeMap::new();
    let relations =
        project.relations_of(selected).filter(|relation| project.stands(relation) || Some(relation.id) == chosen);
    for (index, relation) in relations.take(MOST).enumerate() {
        let Some((from, to)) = project.ends(relation) else { continue };
        let tagset = project.tagset();
        let own = Some(relation.id) == chosen;
        let look = Look {
            color: palette.hue(tagset.relation_hue(&relation.kind)).line,
            width: if own { 2.2 } else { 1.2 },
            dashed: relation.status != Status::Accepted,
            // At the other end its name says which way it goes.
            arrow: relation.to == selected && !tagset.is_symmetric(&relation.kind),
        };
        line(ui.painter(), view, (place(from), place(to)), index, look);
        if let Some(other) = relation.other_end(selected) {
            names.entry(other).or_default().push(relation);
        }
    }
    for (other, relations) in names {
        let rect = project.mention(other).map(place);
        if let (Some(End::At(rect)), Some(first)) = (rect, relations.first()) {
            let said = |relation: &&Relation| {
                let name = project.tagset().relation_name(&relation.kind);
                match (project.tagset().is_symmetric(&relation.kind), relation.from == selected) {
                    (true, _) => name.to_owned(),
                    (false, true) => format!("→ {name}"),
                    (false, false) => format!("{name} →"),
                }
            };
            let said: Vec<String> = relations.iter().map(said).collect();
            let colors = palette.hue(project.tagset().relation_hue(&first.kind));
            marks::paint_role(ui.painter(), colors, rect, &said.join(", "));
        }
    }
}

/// A line from one end to the other: in the space above the lines of both, and in the margin where they are not the same.
fn line(painter: &Painter, view: &ArticleView, (from, to): (End, End), index: usize, look: Look) {
    let window = view.window.unwrap_or(painter.clip_rect());
    let margin = view.origin.x - MARGIN - LANE * (index % LANES) as f32;
    // Where it leaves a tag, and how high it goes along the line.
    let foot = |end: End| match end {
        End::At(rect) => Some((pos2(rect.center().x, marks::text_body(rect).top()), rect.top() + 1.5)),
        End::Point(point) => Some((point, point.y)),
        End::Away { .. } => None,
    };
    let edge =
        |end: End| if matches!(end, End::Away { below: true }) { window.bottom() - 3.0 } else { window.top() + 3.0 };
    let mut points = Vec::new();
    match (foot(from), foot(to)) {
        (Some((a, above_a)), Some((b, above_b))) => {
            points.extend([a, pos2(a.x, above_a)]);
            if (above_a - above_b).abs() > 1.0 {
                points.extend([pos2(margin, above_a), pos2(margin, above_b)]);
            }
            points.extend([pos2(b.x, above_b), b]);
        }
        (Some((a, above)), None) => {
            points.extend([a, pos2(a.x, above), pos2(margin, above), pos2(margin, edge(to))]);
        }
        (None, Some((b, above))) => {
            points.extend([pos2(margin, edge(from)), pos2(margin, above), pos2(b.x, above), b]);
        }
        (None, None) => return,
    }
    points.dedup();
    let stroke = Stroke::new(look.width, look.color);
    let rounded = rounded(&points);
    if look.dashed {
        painter.extend(Shape::dashed_line(&rounded, stroke, 3.0, 3.0));
    } else {
        painter.add(Shape::line(rounded, stroke));
    }
    if look.arrow {
        arrow(painter, &points, look.color);
    }
}

/// The tip at the end of a line.
fn arrow(painter: &Painter, points: &[Pos2], color: Color32) {
    let [.., before, tip] = points else { return };
    let way = (*tip - *before).normalized();
    let side = vec2(-way.y, way.x) * 2.8;
    let base = *tip - way * 4.5;
    let tip = *tip + way * 0.5;
    painter.add(Shape::convex_polygon(vec![tip, base + side, base - side], color, Stroke::NONE));
}

/// The same way with its corners cut round.
fn rounded(points: &[Pos2]) -> Vec<Pos2> {
    let mut way: Vec<Pos2> = points.first().copied().into_iter().collect();
    for corner in points.windows(3) {
        let [before, at, after] = corner else { continue };
        let (back, on) = (*before - *at, *after - *at);
        let radius = ROUND.min(back.length() / 2.0).min(on.length() / 2.0);
        let (start, end) = (*at + back.normalized() * radius, *at + on.normalized() * radius);
        for step in 0..=4 {
            let part = step as f32 / 4.0;
            let (one, two) = (start + (*at - start) * part, *at + (end - *at) * part);
            way.push(one + (two - one) * part);
        }
    }
    way.extend(points.last().filter(|_| points.len() > 1));
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_cut_within_their_reach_and_ends_stay() {
        let points = [pos2(50.0, 20.0), pos2(50.0, 10.0), pos2(5.0, 10.0), pos2(5.0, 80.0), pos2(9.0, 80.0)];
        let way = rounded(&points);
        assert_eq!((way.first(), way.last()), (points.first(), points.last()));
        let around = Rect::from_points(&points);
        assert!(way.iter().all(|point| around.expand(0.01).contains(*point)));
        let near = |point: &Pos2| points.iter().any(|corner| corner.distance(*point) <= ROUND + 0.01);
        assert!(way.iter().all(near), "only corners are cut: {way:?}");
        for points in [&[][..], &points[..1], &points[..2]] {
            assert_eq!(rounded(points), points);
        }
    }
}
