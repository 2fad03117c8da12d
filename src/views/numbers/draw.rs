//! The numbers as cards on a page, in as many columns as it is wide.

use super::data::{Course, Named, Numbers, Reviewed, Unit};
use crate::project::Hue;
use crate::views::chart::{self, EDGE, HEAD, LABEL, LEGEND, ROW, bar_row, head, legend, step};
use crate::views::count::Count;
use crate::views::pick::Pick;
use crate::views::scene::{Align, Cover, Ink, Mark, Picture, Rect, Shape, ink_of};
use crate::views::typeface::width;
use crate::wording::{count, days, number};

/// Room between columns, and between the cards of one.
const GAP: f32 = 40.0;
const BELOW: f32 = 28.0;
/// The least width of a column.
const COLUMN: f32 = 430.0;
/// The widest bar of time.
const WIDEST: f32 = 48.0;
/// The height of a chart over time.
const CHART: f32 = 236.0;

/// Lays the numbers out on a page so wide, in points.
pub fn draw(numbers: &Numbers, wide: f32) -> Picture {
    let mut picture = Picture::default();
    let top = totals(&mut picture, numbers, wide);
    let columns = (((wide - 2.0 * EDGE + GAP) / (COLUMN + GAP)).floor() as usize).clamp(1, 3);
    let width = (wide - 2.0 * EDGE - GAP * (columns as f32 - 1.0)) / columns as f32;
    let mut heights = vec![top; columns];
    let mut put = |picture: &mut Picture, height: f32, draw: &dyn Fn(&mut Picture, Rect)| {
        let shortest = heights.iter_mut().enumerate().min_by(|(_, one), (_, other)| one.total_cmp(other));
        let Some((column, y)) = shortest else { return };
        draw(picture, Rect::new(EDGE + column as f32 * (width + GAP), *y, width, height));
        *y += height + BELOW;
    };
    let list = |rows: usize| HEAD + rows.max(1) as f32 * ROW;
    put(&mut picture, CHART, &|picture, card| course(picture, card, "Mentions", &numbers.course));
    put(&mut picture, CHART, &|picture, card| course(picture, card, "Events", &numbers.happenings));
    put(&mut picture, list(numbers.named.len()), &|picture, card| {
        bars(picture, card, "Most named", &numbers.named);
    });
    put(&mut picture, list(numbers.reviewed.len()) + 58.0, &|picture, card| review(picture, card, numbers));
    put(&mut picture, list(numbers.sources.len()), &|picture, card| {
        bars(picture, card, "Mentions by source", &numbers.sources);
    });
    let checked: Vec<&Reviewed> = numbers.reviewed.iter().filter(|kind| kind.review.checks.checked > 0).collect();
    put(&mut picture, list(checked.len()) + 24.0, &|picture, card| precision(picture, card, &checked));
    let bottom = heights.into_iter().fold(top, f32::max);
    picture.scene.width = wide;
    picture.scene.height = bottom - BELOW + EDGE;
    picture
}

/// Large numbers at the top; where what follows begins.
fn totals(picture: &mut Picture, numbers: &Numbers, wide: f32) -> f32 {
    let amount = |count: Count| number(count.all() as usize);
    let accepted = |count: Count| format!("{} accepted", number(count.accepted as usize));
    let dated = numbers.days.map(|(first, last)| days(first, last)).unwrap_or_default();
    let totals = [
        (number(numbers.articles as usize), "articles", dated),
        (amount(numbers.mentions), "mentions", accepted(numbers.mentions)),
        (amount(numbers.events), "events", accepted(numbers.events)),
        (number(numbers.entities as usize), "people, countries, others named", String::new()),
    ];
    chart::totals(picture, &totals, wide)
}

/// A chart of bars over time, stacked by kind: accepted ones below, suggestions apart above. One kind alone needs no legend.
pub(in crate::views) fn course(picture: &mut Picture, card: Rect, what: &str, course: &Course) {
    let title = format!("{what} {}", course.unit.name());
    let undated = match course.undated {
        0 => String::new(),
        many => format!("{} without a date", number(many as usize)),
    };
    let rest = head(picture, card, &title, &undated);
    if course.bars.is_empty() {
        let told = "Nothing that is selected has a date";
        picture.scene.text([rest.x, rest.y + 12.0], Align::Left, told, LABEL, Ink::Weak);
        return;
    }
    let above = if course.series.len() > 1 {
        let entries = course.series.iter().map(|series| (ink_of(series.hue, true), series.name.as_str()));
        let rows = legend(picture, [rest.x, rest.y + 4.0], rest.width, entries);
        22.0 + f32::from(rows - 1) * LEGEND
    } else {
        8.0
    };
    let all =
        |bar: usize| course.series.iter().filter_map(move |series| series.counts.get(bar)).map(|count| count.all());
    let most = (0..course.bars.len()).map(|bar| all(bar).sum::<u32>()).max().unwrap_or_default();
    let scale = step(most, 4);
    let top = most.div_ceil(scale) * scale;
    let left = width(&number(top as usize), LABEL, false) + 10.0;
    let plot = Rect::new(rest.x + left, rest.y + above, rest.width - left, rest.height - above - 20.0);
    let high = |many: u32| plot.height * many as f32 / top.max(1) as f32;
    for line in (0..=top).step_by(scale.max(1) as usize) {
        let y = plot.bottom() - high(line);
        picture.scene.line([plot.x, y], [plot.right(), y], 1.0, Ink::Rule);
        picture.scene.text([plot.x - 8.0, y], Align::Right, number(line as usize), LABEL, Ink::Weak);
    }
    let each = plot.width / course.bars.len() as f32;
    let gap = (each * 0.22).clamp(0.0, 6.0);
    for (bar, (first, last)) in course.bars.iter().enumerate() {
        let x = plot.x + bar as f32 * each;
        let total: u32 = all(bar).sum();
        if total > 0 {
            let label = format!("{}: {} {}", named(course.unit, *first), number(total as usize), what.to_lowercase());
            let pick = Pick { days: Some((*first, *last)), ..course.pick.clone() };
            picture.marks.push(Mark { cover: Cover::Rect(Rect::new(x, plot.y, each, plot.height)), label, pick });
        }
        let mut y = plot.bottom();
        for accepted in [true, false] {
            for series in &course.series {
                let count = series.counts.get(bar).copied().unwrap_or_default();
                let many = if accepted { count.accepted } else { count.suggested };
                if many == 0 {
                    continue;
                }
                let tall = high(many);
                y -= tall;
                let wide = (each - gap).clamp(1.0, WIDEST);
                let part = Rect::new(x + (each - wide) / 2.0, y, wide, tall);
                picture.scene.fill(part, 0.0, ink_of(series.hue, accepted));
                if tall >= 3.0 {
                    let how = if accepted { "accepted" } else { "suggested" };
                    let label =
                        format!("{}, {}: {} {how}", named(course.unit, *first), series.name, number(many as usize));
                    let pick = Pick { days: Some((*first, *last)), accepted: Some(accepted), ..series.pick.clone() };
                    picture.marks.push(Mark { cover: Cover::Rect(part), label, pick });
                }
            }
            if y < plot.bottom() {
                y -= 1.5;
            }
        }
    }
    ticks(picture, plot, course, each);
}

/// Days below a chart, as many as have room: first those that begin a year, or a month where bars are days.
fn ticks(picture: &mut Picture, plot: Rect, course: &Course, each: f32) {
    let y = plot.bottom() + 12.0;
    let mut taken: Vec<(f32, f32)> = Vec::new();
    for main in [true, false] {
        for (bar, (first, _)) in course.bars.iter().enumerate() {
            let (begins, words) = match course.unit {
                Unit::Day if main => (first.day() == 1 || bar == 0, first.strftime("%-d %b").to_string()),
                Unit::Day => (first.day() % 5 == 0, first.day().to_string()),
                Unit::Month if main => (first.month() == 1, first.strftime("%b %Y").to_string()),
                Unit::Month => ((first.month() - 1) % 3 == 0, first.strftime("%b").to_string()),
                Unit::Year if main => (first.year() % 10 == 0, first.year().to_string()),
                Unit::Year => (first.year() % 5 == 0, first.year().to_string()),
            };
            let half = width(&words, LABEL, false) / 2.0;
            let x = (plot.x + (bar as f32 + 0.5) * each).max(plot.x + half).min(plot.right() - half);
            let free = |(from, to): &(f32, f32)| x + half + 8.0 < *from || x - half - 8.0 > *to;
            if begins && taken.iter().all(free) {
                picture.scene.text([x, y], Align::Center, words, LABEL, Ink::Weak);
                taken.push((x - half, x + half));
            }
        }
    }
}

/// A bar of time in words.
fn named(unit: Unit, first: jiff::civil::Date) -> String {
    match unit {
        Unit::Day => crate::wording::date(first),
        Unit::Month => first.strftime("%B %Y").to_string(),
        Unit::Year => first.year().to_string(),
    }
}

/// A list of names with bars.
fn bars(picture: &mut Picture, card: Rect, title: &str, named: &[Named]) {
    let rest = head(picture, card, title, "mentions");
    if named.is_empty() {
        let told = "Nothing that is selected is named";
        picture.scene.text([rest.x, rest.y + 12.0], Align::Left, told, LABEL, Ink::Weak);
    }
    let most = named.iter().map(|named| named.count.all()).max().unwrap_or_default();
    for (named, nth) in named.iter().zip(0_u8..) {
        let row = Rect::new(rest.x, rest.y + f32::from(nth) * ROW, rest.width, ROW);
        bar_row(picture, row, (&named.name, named.hue, named.count), most, named.pick.clone());
    }
}

/// How far the articles and the kinds have come.
fn review(picture: &mut Picture, card: Rect, numbers: &Numbers) {
    let [new, begun, done] = numbers.stages;
    let rest = head(picture, card, "Open and done", &count(numbers.articles as usize, "article", "articles"));
    let parts = [
        (done, "done", ink_of(Hue::Green, true)),
        (begun, "begun", ink_of(Hue::Green, false)),
        (new, "new", Ink::Rule),
    ];
    let all = (new + begun + done).max(1);
    let mut left = rest.x;
    for (many, _, ink) in parts {
        if many > 0 {
            let wide = (rest.width * many as f32 / all as f32 - 1.5).max(2.0);
            picture.scene.fill(Rect::new(left, rest.y + 2.0, wide, 14.0), 2.0, ink);
            left += wide + 1.5;
        }
    }
    let words: Vec<(Ink, String)> =
        parts.into_iter().map(|(many, name, ink)| (ink, format!("{} {name}", number(many as usize)))).collect();
    legend(picture, [rest.x, rest.y + 30.0], rest.width, words.iter().map(|(ink, words)| (*ink, words.as_str())));
    let decided = |kind: &Reviewed| kind.review.accepted + kind.review.rejected;
    let most = numbers.reviewed.iter().map(|kind| decided(kind) + kind.review.open).max().unwrap_or_default();
    for (kind, nth) in numbers.reviewed.iter().zip(0_u8..) {
        let row = Rect::new(rest.x, rest.y + 58.0 + f32::from(nth) * ROW, rest.width, ROW);
        let count = Count { accepted: decided(kind), suggested: kind.review.open };
        let first = picture.marks.len();
        bar_row(picture, row, (&kind.name, kind.hue, count), most, kind.pick.clone());
        if let Some(mark) = picture.marks.get_mut(first) {
            let (decided, open) = (number(count.accepted as usize), number(count.suggested as usize));
            mark.label = format!("{}: {decided} decided, {open} open", kind.name);
        }
    }
}

/// How often suggestions are right, where random checks tell: an interval between none and all.
fn precision(picture: &mut Picture, card: Rect, kinds: &[&Reviewed]) {
    let rest = head(picture, card, "How often suggestions are right", "random checks, 95 % interval");
    if kinds.is_empty() {
        let told = "Not known yet: no suggestion picked at random was decided on";
        picture.scene.text([rest.x, rest.y + 12.0], Align::Left, told, LABEL, Ink::Weak);
        return;
    }
    let named = (rest.width * 0.38).min(230.0);
    let scale = Rect::new(rest.x + named, rest.y, rest.width - named - 92.0, kinds.len() as f32 * ROW);
    for (share, words) in [(0.0, "0"), (0.25, ""), (0.5, "0.5"), (0.75, ""), (1.0, "1")] {
        let x = scale.x + scale.width * share;
        picture.scene.line([x, scale.y], [x, scale.bottom()], 1.0, Ink::Rule);
        picture.scene.text([x, scale.bottom() + 12.0], Align::Center, words, LABEL, Ink::Weak);
    }
    for (kind, nth) in kinds.iter().zip(0_u8..) {
        let checks = kind.review.checks;
        let (low, high) = checks.interval();
        let (low, high) = (low as f32, high as f32);
        let y = rest.y + (f32::from(nth) + 0.5) * ROW;
        let row = Rect::new(rest.x, y - ROW / 2.0, rest.width, ROW);
        let middle = f32::midpoint(low, high);
        let checked = count(checks.checked as usize, "random check", "random checks");
        let label = format!("{}: {middle:.2} ± {:.2} on {checked}", kind.name, (high - low) / 2.0);
        picture.marks.push(Mark { cover: Cover::Rect(row), label, pick: kind.pick.clone() });
        let scene = &mut picture.scene;
        scene.text([row.x, y], Align::Left, &kind.name, LABEL, Ink::Text);
        let at = |share: f32| scale.x + scale.width * share;
        scene.line([at(low), y], [at(high), y], 3.0, ink_of(kind.hue, true));
        scene.shapes.push(Shape::Circle {
            center: [at(middle), y],
            radius: 5.0,
            fill: Some(ink_of(kind.hue, true)),
            line: Some(Ink::Page),
        });
        scene.text(
            [row.right(), y],
            Align::Right,
            format!("{middle:.2} ± {:.2}", (high - low) / 2.0),
            LABEL,
            Ink::Text,
        );
    }
}
