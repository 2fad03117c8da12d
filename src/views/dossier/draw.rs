//! A dossier as a picture: cards in as many columns as the page is wide.

use super::data::{Dossier, EventTold, Told, With, hue_of};
use crate::project::Hue;
use crate::views::chart::{self, EDGE, HEAD, LABEL, ROW, bar_row, head};
use crate::views::days::{Day, date_of};
use crate::views::numbers;
use crate::views::pick::Pick;
use crate::views::scene::{Align, Cover, Ink, Mark, Picture, Rect, Shape, ink_of};
use crate::views::typeface::{fitted, width};
use crate::wording::{count, date, days, event_type, number, shortened};

/// Room between columns, and between the cards of one.
const GAP: f32 = 40.0;
const BELOW: f32 = 24.0;
/// The least width of a column.
const COLUMN: f32 = 330.0;
/// The height of the chart over time.
const CHART: f32 = 190.0;
/// The most rows of a card; the data in rows have all.
const ROWS: usize = 12;
/// Room for days before a row.
const DAYS: f32 = 108.0;

/// Lays a dossier out on a page so wide, in points.
pub fn draw(dossier: &Dossier, wide: f32) -> Picture {
    let mut picture = Picture::default();
    let top = totals(&mut picture, dossier, wide);
    let cards = cards(dossier);
    let columns = (((wide - 2.0 * EDGE + GAP) / (COLUMN + GAP)).floor() as usize).clamp(1, 3).min(cards.len().max(1));
    let width = (wide - 2.0 * EDGE - GAP * (columns as f32 - 1.0)) / columns as f32;
    let mut heights = vec![top; columns];
    for card in &cards {
        let shortest = heights.iter_mut().enumerate().min_by(|(_, one), (_, other)| one.total_cmp(other));
        let Some((column, y)) = shortest else { continue };
        let height = card.height();
        card.draw(&mut picture, Rect::new(EDGE + column as f32 * (width + GAP), *y, width, height), dossier);
        *y += height + BELOW;
    }
    picture.scene.width = wide;
    picture.scene.height = heights.into_iter().fold(top, f32::max);
    picture
}

/// The chart over time alone, as high as it is in a dossier.
pub(super) fn chart_alone(dossier: &Dossier, wide: f32) -> Picture {
    let mut picture = Picture::default();
    let card = Rect::new(0.0, 0.0, wide, CHART);
    numbers::chart(&mut picture, card, "Mentions", &dossier.course);
    (picture.scene.width, picture.scene.height) = (wide, CHART);
    picture
}

/// Large numbers at the top, the first and the last day among them, which lead there; where what follows begins.
fn totals(picture: &mut Picture, dossier: &Dossier, wide: f32) -> f32 {
    let told = chart::told(dossier.count);
    let mut totals = vec![
        (number(dossier.count.all() as usize), if dossier.count.all() == 1 { "mention" } else { "mentions" }, told),
        (number(dossier.articles), if dossier.articles == 1 { "article" } else { "articles" }, String::new()),
    ];
    for (day, _, what) in seen(dossier) {
        totals.push((date(date_of(day)), what, String::new()));
    }
    let below = chart::totals(picture, &totals, wide);
    let column = ((wide - 2.0 * EDGE) / totals.len() as f32).min(330.0);
    for ((day, row, what), nth) in seen(dossier).into_iter().zip(2_u8..) {
        let cover = Rect::new(EDGE + f32::from(nth) * column - 6.0, EDGE - 4.0, column - 12.0, 52.0);
        let pick = Pick { place: Some(row), ..Pick::default() };
        let label = format!("{}: {what}", date(date_of(day)));
        picture.marks.push(Mark { cover: Cover::Rect(cover), label, pick });
    }
    // A number without a third line needs no room for it.
    below - 10.0
}

/// The first and the last day, each with a mention of it and what it is called; one where they are the same.
fn seen(dossier: &Dossier) -> Vec<(Day, u32, &'static str)> {
    match dossier.seen {
        Some([(first, row), (last, _)]) if first == last => vec![(first, row, "seen")],
        Some([(first, row), (last, last_row)]) => vec![(first, row, "first seen"), (last, last_row, "last seen")],
        None => Vec::new(),
    }
}

/// What stands below a head.
enum Card<'d> {
    Course,
    Names(&'d [Told]),
    Roles(&'d [Told]),
    With(&'d [With]),
    Events(&'static str, &'d [EventTold]),
    Relations(&'d [(String, bool, u32)]),
}

/// Those that tell anything.
fn cards(dossier: &Dossier) -> Vec<Card<'_>> {
    let [actor, recipient] = &dossier.events;
    let mut cards = Vec::new();
    if dossier.count.all() > 0 {
        cards.push(Card::Course);
    }
    if !dossier.with.is_empty() {
        cards.push(Card::With(&dossier.with));
    }
    for (name, events) in [("Events as actor", actor), ("Events as recipient", recipient)] {
        if !events.is_empty() {
            cards.push(Card::Events(name, events));
        }
    }
    if !dossier.roles.is_empty() {
        cards.push(Card::Roles(&dossier.roles));
    }
    if !dossier.names.is_empty() {
        cards.push(Card::Names(&dossier.names));
    }
    if !dossier.relations.is_empty() {
        cards.push(Card::Relations(&dossier.relations));
    }
    cards
}

impl Card<'_> {
    fn rows(&self) -> usize {
        match self {
            Self::Course => 0,
            Self::Names(told) | Self::Roles(told) => told.len(),
            Self::With(with) => with.len(),
            Self::Events(_, events) => events.len(),
            Self::Relations(relations) => relations.len(),
        }
    }

    fn height(&self) -> f32 {
        match self {
            Self::Course => CHART,
            _ => HEAD + (self.rows().min(ROWS) + usize::from(self.rows() > ROWS)) as f32 * ROW,
        }
    }

    fn draw(&self, picture: &mut Picture, card: Rect, dossier: &Dossier) {
        let many = number(self.rows());
        let row = |rest: Rect, nth: usize| Rect::new(rest.x, rest.y + nth as f32 * ROW, rest.width, ROW);
        let rest = match self {
            Self::Course => return numbers::chart(picture, card, "Mentions", &dossier.course),
            Self::Names(names) => {
                let rest = head(picture, card, "Named as", &many);
                let most = names.iter().map(|told| told.count.all()).max().unwrap_or_default();
                for (told, nth) in names.iter().take(ROWS).zip(0..) {
                    let pick = Pick { rows: Some(told.rows.clone()), ..Pick::default() };
                    bar_row(picture, row(rest, nth), (&told.words, dossier.portrait.hue, told.count), most, pick);
                }
                rest
            }
            Self::Roles(roles) => {
                let rest = head(picture, card, "Roles, and when they were told", &many);
                for (told, nth) in roles.iter().take(ROWS).zip(0..) {
                    let pick = Pick { rows: Some(told.rows.clone()), ..Pick::default() };
                    let when = told.days.map(|(first, last)| days(date_of(first), date_of(last)));
                    let times = number(told.count.all() as usize);
                    let accepted = told.count.accepted > 0;
                    let label = format!(
                        "{}: {}, {}",
                        told.words,
                        chart::told(told.count),
                        when.as_deref().unwrap_or("no date")
                    );
                    let line =
                        Line { before: None, words: &told.words, behind: &when.unwrap_or_default(), count: &times };
                    line.draw(picture, row(rest, nth), (dossier.portrait.hue, accepted), label, pick);
                }
                rest
            }
            Self::With(with) => {
                let rest = head(picture, card, "Named with", &many);
                let most = with.iter().map(|with| with.count.all()).max().unwrap_or_default();
                for (with, nth) in with.iter().take(ROWS).zip(0..) {
                    let pick = Pick { entity: Some(with.id), ..Pick::default() };
                    bar_row(picture, row(rest, nth), (&with.name, with.hue, with.count), most, pick);
                    if let Some(mark) = picture.marks.last_mut() {
                        mark.label = format!("{}: {}", shortened(&with.name, 80), tied(with));
                    }
                }
                rest
            }
            Self::Events(name, events) => {
                let rest = head(picture, card, name, &many);
                for (event, nth) in events.iter().take(ROWS).zip(0..) {
                    let pick = Pick { place: Some(event.row), ..Pick::default() };
                    let when = event.when();
                    let line =
                        Line { before: Some(&when), words: &event.name, behind: event_type(event.kind), count: "" };
                    line.draw(picture, row(rest, nth), (hue_of(event), event.accepted), told(event), pick);
                }
                rest
            }
            Self::Relations(relations) => {
                let rest = head(picture, card, "Relations", &many);
                for ((words, accepted, at), nth) in relations.iter().take(ROWS).zip(0..) {
                    let pick = Pick { place: Some(*at), ..Pick::default() };
                    let how = if *accepted { "" } else { ", suggested" };
                    let line = Line { before: None, words, behind: "", count: "" };
                    line.draw(picture, row(rest, nth), (Hue::Purple, *accepted), format!("{words}{how}"), pick);
                }
                rest
            }
        };
        if self.rows() > ROWS {
            let more = format!("and {} more in the table", number(self.rows() - ROWS));
            let y = rest.y + (ROWS as f32 + 0.5) * ROW;
            picture.scene.text([rest.x, y], Align::Left, more, LABEL, Ink::Weak);
        }
    }
}

/// "4 sentences, 1 event".
pub(in crate::views) fn tied(with: &With) -> String {
    let [sentences, events, relations] = with.sorts;
    let parts =
        [(sentences, "sentence", "sentences"), (events, "event", "events"), (relations, "relation", "relations")];
    let told = parts.into_iter().filter(|part| part.0 > 0).map(|(many, one, all)| count(many as usize, one, all));
    told.collect::<Vec<_>>().join(", ")
}

/// An event in words: "3 May 2024: raid on a school, attacks, kills, Kano".
fn told(event: &EventTold) -> String {
    let when = event.days.map(|(first, last)| days(date_of(first), date_of(last)));
    let mut words = when.map_or_else(String::new, |when| format!("{when}: "));
    words.push_str(&event.name);
    for part in [event_type(event.kind), event.place.as_str()].into_iter().filter(|part| !part.is_empty()) {
        words.push_str(", ");
        words.push_str(part);
    }
    if !event.accepted {
        words.push_str(", suggested");
    }
    words
}

/// A row of words: a mark of its colour, what stands before and behind them, and a number at the right.
struct Line<'l> {
    before: Option<&'l str>,
    words: &'l str,
    behind: &'l str,
    count: &'l str,
}

impl Line<'_> {
    fn draw(&self, picture: &mut Picture, row: Rect, (hue, accepted): (Hue, bool), label: String, pick: Pick) {
        let y = row.y + row.height / 2.0;
        let ink = if accepted { Ink::Text } else { Ink::Weak };
        let mut left = row.x;
        if let Some(before) = self.before {
            let words = fitted(before, LABEL, false, DAYS - 8.0);
            picture.scene.text([left, y], Align::Left, words, LABEL, Ink::Weak);
            left += DAYS;
        }
        picture.scene.shapes.push(Shape::Circle {
            center: [left + 4.0, y],
            radius: 4.0,
            fill: Some(ink_of(hue, accepted)),
            line: None,
        });
        left += 15.0;
        let mut right = row.right();
        if !self.count.is_empty() {
            picture.scene.text([right, y], Align::Right, self.count, LABEL, Ink::Text);
            right -= width(self.count, LABEL, false).max(22.0) + 10.0;
        }
        let words = fitted(self.words, LABEL, false, right - left);
        let end = left + width(&words, LABEL, false) + 14.0;
        picture.scene.text([left, y], Align::Left, words, LABEL, ink);
        // What is said besides gives way to the words.
        if width(self.behind, LABEL, false) <= right - end {
            picture.scene.text([right, y], Align::Right, self.behind, LABEL, Ink::Weak);
        }
        picture.marks.push(Mark { cover: Cover::Rect(row), label, pick });
    }
}
