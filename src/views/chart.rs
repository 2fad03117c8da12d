//! What charts have in common: cards on a page, legends, bars in a list, and scales with round numbers.

use super::count::Count;
use super::pick::Pick;
use super::scene::{Align, Cover, Ink, Mark, Picture, Rect, ink_of};
use super::typeface::{fitted, width};
use crate::project::Hue;
use crate::wording::{number, shortened};

/// Sizes of text, in points.
pub const TITLE: f32 = 14.0;
/// Of labels.
pub const LABEL: f32 = 12.0;
/// The height of a row of a list.
pub const ROW: f32 = 24.0;
/// The height of a card's head.
pub const HEAD: f32 = 34.0;

/// Draws the title of a card and what is said of it at the right; the room below.
pub fn head(picture: &mut Picture, card: Rect, title: &str, told: &str) -> Rect {
    let scene = &mut picture.scene;
    scene.strong([card.x, card.y + 11.0], Align::Left, title, TITLE, Ink::Text);
    let room = card.width - width(title, TITLE, true) - 16.0;
    scene.text([card.right(), card.y + 11.0], Align::Right, fitted(told, LABEL, false, room), LABEL, Ink::Weak);
    scene.line([card.x, card.y + 25.0], [card.right(), card.y + 25.0], 1.0, Ink::Rule);
    Rect::new(card.x, card.y + HEAD, card.width, card.height - HEAD)
}

/// Room around everything on a page of cards.
pub const EDGE: f32 = 24.0;

/// Draws large numbers side by side at the top of a page, of each the number, what it counts, and what more is said; where what
/// follows begins.
pub fn totals(picture: &mut Picture, totals: &[(String, &str, String)], wide: f32) -> f32 {
    let column = ((wide - 2.0 * EDGE) / totals.len().max(1) as f32).min(330.0);
    for ((amount, what, more), nth) in totals.iter().zip(0_u8..) {
        let x = EDGE + f32::from(nth) * column;
        let room = column - 14.0;
        picture.scene.strong([x, EDGE + 14.0], Align::Left, fitted(amount, 26.0, true, room), 26.0, Ink::Text);
        let what = fitted(what, LABEL, false, room);
        picture.scene.text([x, EDGE + 38.0], Align::Left, what, LABEL, Ink::Weak);
        let more = fitted(more, LABEL, false, room);
        picture.scene.text([x, EDGE + 54.0], Align::Left, more, LABEL, Ink::Weak);
    }
    EDGE + 54.0 + 32.0
}

/// The height of a row of a legend.
pub const LEGEND: f32 = 18.0;

/// Draws squares of colours with names, in as many rows as they need; how many these are.
pub fn legend<'n>(
    picture: &mut Picture,
    [x, y]: [f32; 2],
    room: f32,
    entries: impl Iterator<Item = (Ink, &'n str)>,
) -> u8 {
    let (mut left, mut rows) = (x, 1_u8);
    for (ink, name) in entries {
        let wide = width(name, LABEL, false) + 27.0;
        if left + wide - 12.0 > x + room && left > x {
            (left, rows) = (x, rows.saturating_add(1));
        }
        let y = y + f32::from(rows - 1) * LEGEND;
        picture.scene.fill(Rect::new(left, y - 5.0, 10.0, 10.0), 2.0, ink);
        picture.scene.text([left + 15.0, y], Align::Left, name, LABEL, Ink::Weak);
        left += wide;
    }
    rows
}

/// A step of a scale with a few round numbers up to a largest one: 1, 2 or 5 and zeros.
pub fn step(most: u32, lines: u32) -> u32 {
    let mut step = 1;
    loop {
        for factor in [1, 2, 5] {
            if most.div_ceil(step * factor) <= lines.max(1) {
                return step * factor;
            }
        }
        if step >= 100_000_000 {
            return step;
        }
        step *= 10;
    }
}

/// "1,204 accepted, 312 suggested".
pub fn told(count: Count) -> String {
    match (count.accepted, count.suggested) {
        (accepted, 0) => format!("{} accepted", number(accepted as usize)),
        (0, suggested) => format!("{} suggested", number(suggested as usize)),
        (accepted, suggested) => {
            format!("{} accepted, {} suggested", number(accepted as usize), number(suggested as usize))
        }
    }
}

/// Draws a row of a list: a name, a bar of a length by `most`, and how many.
pub fn bar_row(picture: &mut Picture, row: Rect, (name, hue, count): (&str, Hue, Count), most: u32, pick: Pick) {
    let named = (row.width * 0.38).min(230.0);
    let numbers = 92.0;
    let y = row.y + row.height / 2.0;
    let label = format!("{}: {}", shortened(name, 80), told(count));
    picture.marks.push(Mark { cover: Cover::Rect(row), label, pick });
    let scene = &mut picture.scene;
    scene.text([row.x, y], Align::Left, fitted(name, LABEL, false, named - 10.0), LABEL, Ink::Text);
    let room = row.width - named - numbers;
    let long = |count: u32| if most == 0 { 0.0 } else { room * count as f32 / most as f32 };
    let mut left = row.x + named;
    for (many, accepted) in [(count.accepted, true), (count.suggested, false)] {
        if many > 0 {
            let wide = long(many).max(2.0);
            scene.fill(Rect::new(left, y - 6.0, wide, 12.0), 2.0, ink_of(hue, accepted));
            left += wide + 1.5;
        }
    }
    let words = number(count.all() as usize);
    scene.text([row.right(), y], Align::Right, words, LABEL, Ink::Text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_round_steps() {
        for (most, expected) in [(0, 1), (3, 1), (7, 2), (19, 5), (40, 10), (1204, 500), (600_000, 200_000)] {
            assert_eq!(step(most, 4), expected, "{most}");
        }
    }
}
