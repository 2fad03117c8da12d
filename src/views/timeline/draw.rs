//! The timeline as a picture: lanes below each other, an axis of days above.

use jiff::ToSpan;
use jiff::civil::Date;

use super::data::{Item, Lane, Timeline, first_mentions, pick};
use crate::views::chart::LABEL;
use crate::views::collection::{Collection, at};
use crate::views::count::Count;
use crate::views::days::{Day, date_of, day_of};
use crate::views::pick::Pick;
use crate::views::scene::{Align, Cover, Ink, Mark, Picture, Rect, Shape, ink_of};
use crate::views::typeface::{fitted, width};
use crate::wording::{count, event_type};

/// The days that are seen, from one moment to another, in days as numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The first moment.
    pub from: f64,
    /// The last.
    pub until: f64,
}

/// The shortest time that a frame shows, in days: six hours; and the longest, a thousand years.
const SHORTEST: f64 = 0.25;
const LONGEST: f64 = 366_000.0;

impl Frame {
    /// One that holds all days of a timeline, with room at both ends.
    pub fn of(timeline: &Timeline) -> Self {
        let (first, last) = timeline.span.unwrap_or((0, 365));
        let (from, until) = (f64::from(first), f64::from(last) + 1.0);
        let room = ((until - from) * 0.03).max(1.0);
        Self { from: from - room, until: until + room }
    }

    /// Brought nearer, or with a factor above 1 farther off, around a place from 0 at the left to 1 at the right.
    pub fn zoomed(self, factor: f64, around: f64) -> Self {
        let long = self.until - self.from;
        let new = (long * factor).clamp(SHORTEST, LONGEST);
        let middle = self.from + long * around;
        let from = (middle - new * around).max(f64::from(day_of(Date::MIN)));
        Self { from, until: (from + new).min(f64::from(day_of(Date::MAX))) }
    }

    /// Moved by a part of its length, to the right where that is positive.
    pub fn moved(self, part: f64) -> Self {
        let by = (self.until - self.from) * part;
        let by = by.clamp(f64::from(day_of(Date::MIN)) - self.from, f64::from(day_of(Date::MAX)) - self.until);
        Self { from: self.from + by, until: self.until + by }
    }
}

/// Room for the names of lanes, at the left.
pub const NAMES: f32 = 148.0;
/// The height of the axis, above the lanes.
pub const AXIS: f32 = 30.0;
/// The least height of a lane, of a row in it, and of a thin row.
const LANE: f32 = 66.0;
const ROW: f32 = 19.0;
const THIN: f32 = 7.0;
/// A thin row where there is room.
const THICK: f32 = 13.0;
/// The width of a bar where happenings are only counted.
const BIN: f32 = 8.0;

/// Lays out the days of a frame on a page so wide and at least so high, in points.
pub fn draw(timeline: &Timeline, all: &Collection, frame: Frame, (wide, high): (f32, f32)) -> Picture {
    let mut picture = Picture::default();
    let lanes = timeline.lanes.len().max(1) as f32;
    let tall = ((high - AXIS - 8.0) / lanes).clamp(LANE, 320.0);
    let plot = Rect::new(NAMES, AXIS, (wide - NAMES - 12.0).max(50.0), tall * lanes);
    let scale = Scale { frame, plot };
    axis(&mut picture, &scale);
    let (mut clipped, bins) = (Vec::new(), scale.bins(timeline));
    for (lane, nth) in timeline.lanes.iter().zip(0_u16..) {
        let place = Rect::new(plot.x, plot.y + f32::from(nth) * tall, plot.width, tall);
        let scene = &mut picture.scene;
        scene.line([0.0, place.y], [wide, place.y], 1.0, Ink::Rule);
        let y = place.y + 15.0;
        scene.text([14.0, y], Align::Left, fitted(&lane.name, LABEL, false, NAMES - 24.0), LABEL, Ink::Text);
        let told = count(lane.items.len(), "event", "events");
        scene.text([14.0, y + 16.0], Align::Left, told, LABEL, Ink::Weak);
        lane_bars(&mut picture, &mut clipped, all, &scale, (lane, place), bins);
    }
    picture.scene.shapes.push(Shape::Clip { rect: plot, shapes: clipped });
    picture.scene.line([plot.x, AXIS - 4.0], [plot.x, plot.bottom()], 1.0, Ink::Rule);
    picture.scene.width = wide;
    picture.scene.height = plot.bottom().max(high);
    picture
}

/// Where days stand.
struct Scale {
    frame: Frame,
    plot: Rect,
}

impl Scale {
    fn x(&self, day: f64) -> f32 {
        let share = (day - self.frame.from) / (self.frame.until - self.frame.from);
        self.plot.x + (share as f32) * self.plot.width
    }

    /// Points a day.
    fn each(&self) -> f64 {
        f64::from(self.plot.width) / (self.frame.until - self.frame.from)
    }

    fn sees(&self, (first, last): (Day, Day)) -> bool {
        f64::from(first) <= self.frame.until && f64::from(last) + 1.0 >= self.frame.from
    }

    /// How many happenings the fullest bar of any lane counts, where they are only counted.
    fn bins(&self, timeline: &Timeline) -> u32 {
        let most = |lane: &Lane| self.count(&lane.items).iter().map(|bin| bin.1.all()).max().unwrap_or_default();
        timeline.lanes.iter().map(most).max().unwrap_or_default()
    }

    /// How many happenings begin in each bar, by the bar's place.
    fn count(&self, items: &[Item]) -> Vec<(i64, Count)> {
        let wide = f64::from(BIN) / self.each();
        let mut bins: Vec<(i64, Count)> = Vec::new();
        let from = items.partition_point(|item| f64::from(item.days.0) < self.frame.from - wide);
        for item in items.iter().skip(from).take_while(|item| f64::from(item.days.0) <= self.frame.until) {
            let bin = (f64::from(item.days.0) / wide).floor() as i64;
            if bins.last().is_none_or(|(last, _)| *last != bin) {
                bins.push((bin, Count::default()));
            }
            bins.last_mut().into_iter().for_each(|(_, count)| count.add(item.accepted));
        }
        bins
    }
}

/// The happenings of a lane: as bars with names, as thin bars where there are more, or counted.
fn lane_bars(
    picture: &mut Picture,
    shapes: &mut Vec<Shape>,
    all: &Collection,
    scale: &Scale,
    (lane, place): (&Lane, Rect),
    most: u32,
) {
    let room = Rect::new(place.x, place.y + 5.0, place.width, place.height - 10.0);
    let rows = |tall: f32| (room.height / tall).floor().max(1.0) as usize;
    // Where each has a few points at most nobody can read anything.
    let crowd = rows(THIN) * (room.width / 10.0) as usize;
    let seen: Vec<&Item> = lane.items.iter().filter(|item| scale.sees(item.days)).take(crowd + 1).collect();
    let mut names: Vec<Name> = Vec::new();
    let named = (seen.len() <= crowd).then(|| {
        let name = |item: &&Item| at(&all.events, item.event).map(|event| Name::of(&event.name, item, scale));
        names.extend(seen.iter().filter_map(name));
        pack(names.iter().map(|name| (name.reach.0, name.reach.1 + 8.0)), rows(ROW))
    });
    let (packed, tall) = match named.flatten() {
        Some(packed) => (Some(packed), ROW),
        None if seen.len() <= crowd => {
            let bars = seen.iter().map(|item| ends(scale, item));
            let packed = pack(bars.map(|(left, right)| (left, right + 1.5)), rows(THIN));
            let used = packed.iter().flatten().max().map_or(1, |last| last + 1);
            (packed, (room.height / used as f32).clamp(THIN, THICK))
        }
        None => (None, THIN),
    };
    let Some(packed) = packed else { return counted(picture, shapes, all, scale, (lane, room), most) };
    let mut names = names.into_iter();
    for (item, row) in seen.into_iter().zip(packed) {
        let Some(event) = at(&all.events, item.event) else { continue };
        let (left, right) = ends(scale, item);
        let rect = Rect::new(left, room.y + row as f32 * tall, right - left, tall - 2.0);
        let radius = if tall == ROW { 3.0 } else { 1.5 };
        let fill = Some(ink_of(item.hue, item.accepted));
        shapes.push(Shape::Rect { rect, radius, fill, line: None });
        let mut cover = rect;
        if tall == ROW
            && let Some(Name { words, x, ink, reach: (from, to) }) = names.next()
        {
            let at = [x, rect.y + rect.height / 2.0];
            shapes.push(Shape::Text { at, align: Align::Left, words, size: LABEL, strong: false, ink });
            (cover.x, cover.width) = (from, to - from);
        }
        let cut = Rect::new(cover.x.max(room.x), cover.y, 0.0, cover.height);
        let cover = Rect { width: (cover.right().min(room.right()) - cut.x).max(1.0), ..cut };
        let how = if item.accepted { "" } else { ", suggested" };
        let label = format!("{}: {}, {}{how}", Timeline::days(item.days), event.name, event_type(event.kind));
        picture.marks.push(Mark { cover: Cover::Rect(cover), label, pick: pick(event) });
    }
}

/// The widest name.
const NAMED: f32 = 170.0;

/// The name of a bar: where it stands, and from where to where it and the bar reach.
struct Name {
    words: String,
    x: f32,
    ink: Ink,
    reach: (f32, f32),
}

impl Name {
    /// Behind its bar, before it where the picture ends, and in it where there is no other room.
    fn of(name: &str, item: &Item, scale: &Scale) -> Self {
        let ((left, right), plot) = (ends(scale, item), scale.plot);
        let (first, last) = (left.max(plot.x), right.min(plot.right()));
        let mut words = fitted(name, LABEL, false, NAMED);
        let mut wide = width(&words, LABEL, false);
        let mut ink = if item.accepted { Ink::Text } else { Ink::Weak };
        let x = if !item.accepted && wide + 10.0 <= last - first {
            first + 5.0
        } else if right + 4.0 + wide <= plot.right() {
            right + 4.0
        } else if left - 4.0 - wide >= plot.x {
            left - 4.0 - wide
        } else {
            words = fitted(name, LABEL, false, (last - first - 10.0).min(NAMED));
            wide = width(&words, LABEL, false);
            if item.accepted {
                ink = Ink::Page;
            }
            first + 5.0
        };
        Self { words, x, ink, reach: (left.min(x), right.max(x + wide)) }
    }
}

/// Where a bar begins and ends.
fn ends(scale: &Scale, item: &Item) -> (f32, f32) {
    let (left, right) = (scale.x(f64::from(item.days.0)), scale.x(f64::from(item.days.1) + 1.0));
    // Far beyond the edges there is nothing to draw.
    let left = left.max(scale.plot.x - 20.0);
    (left, right.min(scale.plot.right() + 20.0).max(left + 4.0))
}

/// A row for each, by where it begins and ends, so that none covers another; none where so many rows are too few.
fn pack(reaches: impl Iterator<Item = (f32, f32)>, rows: usize) -> Option<Vec<usize>> {
    let mut free = vec![f32::MIN; rows];
    let mut packed = Vec::new();
    for (from, to) in reaches {
        let row = free.iter().position(|free| *free <= from)?;
        free.get_mut(row).into_iter().for_each(|free| *free = to);
        packed.push(row);
    }
    Some(packed)
}

/// How many happenings begin when, as bars that stand on the lane's foot.
fn counted(
    picture: &mut Picture,
    shapes: &mut Vec<Shape>,
    all: &Collection,
    scale: &Scale,
    (lane, room): (&Lane, Rect),
    most: u32,
) {
    let wide = f64::from(BIN) / scale.each();
    let hue = lane.items.first().map(|item| item.hue).unwrap_or(crate::project::Hue::Grey);
    let same = lane.items.iter().all(|item| item.hue == hue);
    let hue = if same { hue } else { crate::project::Hue::Blue };
    for (bin, count) in scale.count(&lane.items) {
        let x = scale.x(bin as f64 * wide);
        let mut y = room.bottom();
        for (many, accepted) in [(count.accepted, true), (count.suggested, false)] {
            if many > 0 {
                let tall = (room.height * many as f32 / most.max(1) as f32).max(1.0);
                y -= tall;
                let rect = Rect::new(x + 0.5, y, BIN - 1.0, tall);
                shapes.push(Shape::Rect { rect, radius: 0.0, fill: Some(ink_of(hue, accepted)), line: None });
                y -= 1.0;
            }
        }
        let begins = |item: &&Item| (f64::from(item.days.0) / wide).floor() as i64 == bin;
        let start = lane.items.partition_point(|item| ((f64::from(item.days.0) / wide).floor() as i64) < bin);
        let items: Vec<&Item> = lane.items.iter().skip(start).take_while(begins).collect();
        let ends = items.first().zip(items.last());
        let Some((first, last)) = ends.map(|(first, last)| (first.days.0, last.days.0)) else { continue };
        let days = crate::wording::days(date_of(first), date_of(last));
        let label = format!("{}, {days}: {}", lane.name, crate::wording::count(items.len(), "event", "events"));
        let left = x.max(room.x);
        let cover = Rect::new(left, room.y, (x + BIN - left).max(1.0), room.height);
        let rows = Some(first_mentions(all, items.iter().map(|item| item.event)));
        let pick = Pick { days: Some((date_of(first), date_of(last))), rows, ..Pick::default() };
        picture.marks.push(Mark { cover: Cover::Rect(cover), label, pick });
    }
}

/// A length of time between two marks of the axis.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Years(i16),
    Months(i8),
    Days(i32),
    Hours(i32),
}

const STEPS: [(Step, f64); 17] = [
    (Step::Hours(1), 1.0 / 24.0),
    (Step::Hours(3), 3.0 / 24.0),
    (Step::Hours(6), 6.0 / 24.0),
    (Step::Hours(12), 12.0 / 24.0),
    (Step::Days(1), 1.0),
    (Step::Days(2), 2.0),
    (Step::Days(7), 7.0),
    (Step::Months(1), 30.4),
    (Step::Months(3), 91.3),
    (Step::Months(6), 182.6),
    (Step::Years(1), 365.2),
    (Step::Years(2), 730.5),
    (Step::Years(5), 1826.2),
    (Step::Years(10), 3652.0),
    (Step::Years(20), 7304.0),
    (Step::Years(50), 18262.0),
    (Step::Years(100), 36524.0),
];

/// The days above the lanes, and a line for each through these.
fn axis(picture: &mut Picture, scale: &Scale) {
    let fits = |(step, days): &&(Step, f64)| {
        let words = if matches!(step, Step::Years(_)) { 52.0 } else { 88.0 };
        days * scale.each() >= words
    };
    let step = STEPS.iter().find(fits).map_or(Step::Years(100), |(step, _)| *step);
    for (day, words) in marks(step, scale.frame) {
        let x = scale.x(day);
        if x < scale.plot.x || x > scale.plot.right() {
            continue;
        }
        picture.scene.line([x, AXIS - 4.0], [x, scale.plot.bottom()], 1.0, Ink::Rule);
        let half = width(&words, LABEL, false);
        if x + half + 4.0 < scale.plot.right() + 12.0 {
            picture.scene.text([x + 4.0, AXIS / 2.0], Align::Left, words, LABEL, Ink::Weak);
        }
    }
}

/// The marks of the axis that a frame holds, and what stands at each.
fn marks(step: Step, frame: Frame) -> Vec<(f64, String)> {
    let first = date_of(frame.from.floor() as Day);
    let mut found = Vec::new();
    let date = |date: Date| f64::from(day_of(date));
    match step {
        Step::Hours(hours) => {
            let each = f64::from(hours) / 24.0;
            let mut at = (frame.from / each).floor() * each;
            while at <= frame.until {
                let hour = ((at - at.floor()) * 24.0).round() as i32;
                let words = match hour {
                    0 | 24 => crate::wording::date(date_of(at.round() as Day)),
                    _ => format!("{hour:02}:00"),
                };
                found.push((at, words));
                at += each;
            }
        }
        Step::Days(days) => {
            let mut at = day_of(first).div_euclid(days) * days;
            while f64::from(at) <= frame.until {
                found.push((f64::from(at), crate::wording::date(date_of(at))));
                at = at.saturating_add(days);
            }
        }
        Step::Months(months) => {
            let from = (first.month() - 1) / months * months + 1;
            let mut at = Date::new(first.year(), from, 1).unwrap_or(first);
            while date(at) <= frame.until && at < Date::MAX {
                found.push((date(at), at.strftime("%b %Y").to_string()));
                at = at.saturating_add(i64::from(months).months());
            }
        }
        Step::Years(years) => {
            let from = first.year().div_euclid(years) * years;
            let mut at = Date::new(from, 1, 1).unwrap_or(first);
            while date(at) <= frame.until && at < Date::MAX {
                found.push((date(at), at.year().to_string()));
                at = at.saturating_add(i64::from(years).years());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_axis_goes_from_centuries_to_hours() {
        let seen = |from: Date, days: f64| {
            let from = f64::from(day_of(from));
            let scale = Scale { frame: Frame { from, until: from + days }, plot: Rect::new(0.0, 0.0, 900.0, 100.0) };
            let mut picture = Picture::default();
            axis(&mut picture, &scale);
            let words = picture.scene.shapes.into_iter().filter_map(|shape| match shape {
                Shape::Text { words, .. } => Some(words),
                _ => None,
            });
            words.take(2).collect::<Vec<_>>()
        };
        assert_eq!(seen(date(1800, 1, 1), 80_000.0), ["1800", "1820"]);
        assert_eq!(seen(date(2024, 1, 1), 700.0), ["Jan 2024", "Apr 2024"]);
        assert_eq!(seen(date(2024, 2, 28), 8.0), ["28 Feb 2024", "29 Feb 2024"]);
        assert_eq!(seen(date(2024, 2, 28), 0.5), ["28 Feb 2024", "03:00"]);
    }

    #[test]
    fn a_name_stands_behind_its_bar_and_before_it_at_the_edge() {
        let plot = Rect::new(100.0, 0.0, 900.0, 100.0);
        let scale = Scale { frame: Frame { from: 0.0, until: 100.0 }, plot };
        let item = |from, to, accepted| Item { event: 0, days: (from, to), hue: crate::project::Hue::Blue, accepted };
        let wide = width("raid on a school", LABEL, false);
        let x = |item: Item| Name::of("raid on a school", &item, &scale).x;
        assert_eq!(x(item(10, 10, true)), 100.0 + 11.0 * 9.0 + 4.0);
        assert_eq!(x(item(98, 98, true)), 100.0 + 98.0 * 9.0 - 4.0 - wide, "it would be cut behind");
        let name = Name::of("raid on a school", &item(0, 99, true), &scale);
        assert_eq!((name.x, name.ink), (105.0, Ink::Page), "there is no room but in the bar");
    }

    #[test]
    fn a_frame_zooms_around_a_place_and_ends_somewhere() {
        let frame = Frame { from: 0.0, until: 100.0 };
        assert_eq!(frame.zoomed(0.5, 0.25), Frame { from: 12.5, until: 62.5 });
        let near = (0..50).fold(frame, |frame, _| frame.zoomed(0.5, 0.5));
        assert!((near.until - near.from - SHORTEST).abs() < 1e-6);
        assert_eq!(frame.moved(0.5), Frame { from: 50.0, until: 150.0 });
    }
}
