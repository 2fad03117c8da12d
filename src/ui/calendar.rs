//! A month of days to pick a day or an interval from.

use eframe::egui::{Button, Id, Label, Pos2, Rect, RichText, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};
use jiff::ToSpan;
use jiff::civil::Date;

use super::text;
use super::theme::{self, Palette};

/// Of a day, in points.
const CELL: Vec2 = vec2(34.0, 26.0);

/// What the calendar remembers while it is open.
#[derive(Clone, Copy)]
struct Shown {
    /// The first day of the month shown.
    month: Date,
    /// The day picked last, from which shift reaches on to another.
    anchor: Option<Date>,
}

/// Draws a month; the first and the last day once a day is picked, or with shift the end of an interval. `marked` is a
/// day to find one's way by, and where the calendar opens if there are no days yet.
pub fn calendar_ui(ui: &mut Ui, id: Id, days: Option<(Date, Date)>, marked: Option<Date>) -> Option<(Date, Date)> {
    let palette = Palette::get(ui);
    let mut shown = ui.data(|data| data.get_temp::<Shown>(id)).unwrap_or_else(|| {
        let start = days.map(|(start, _)| start).or(marked);
        let day = start.unwrap_or_else(today);
        Shown { month: day.first_of_month(), anchor: start.filter(|_| days.is_some()) }
    });
    ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
    ui.horizontal(|ui| {
        let mut months = step_ui(ui, "«", "A year back", -12) + step_ui(ui, "‹", "A month back", -1);
        let title = RichText::new(shown.month.strftime("%B %Y").to_string()).font(theme::strong(theme::BODY));
        ui.add_sized(vec2(3.0 * CELL.x + 4.0, CELL.y), Label::new(title));
        months += step_ui(ui, "›", "A month on", 1) + step_ui(ui, "»", "A year on", 12);
        shown.month = shown.month.saturating_add(months.months()).first_of_month();
    });
    ui.horizontal(|ui| {
        for name in ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] {
            let name = RichText::new(name).size(theme::SMALL).color(palette.weak);
            ui.add_sized(vec2(CELL.x, 18.0), Label::new(name));
        }
    });
    let first = shown.month;
    let before = i32::from(first.weekday().to_monday_zero_offset());
    let mut picked = None;
    for week in 0..6 {
        let from = first.checked_add((7 * week - before).days()).unwrap_or(first);
        if week > 0 && from.month() != first.month() {
            break;
        }
        ui.horizontal(|ui| {
            for offset in 0..7 {
                let Ok(day) = from.checked_add(offset.days()) else { continue };
                let chosen = days.is_some_and(|(start, end)| (start..=end).contains(&day));
                let color = match day.month() == first.month() {
                    _ if chosen => palette.on_accent,
                    true => palette.ink,
                    false => palette.weak,
                };
                let words = RichText::new(day.day().to_string()).color(color);
                let button = Button::new(words).min_size(CELL).frame_when_inactive(chosen);
                let button = ui.add(if chosen { button.fill(palette.accent) } else { button });
                if marked == Some(day) {
                    let stroke = Stroke::new(1.0, palette.weak);
                    ui.painter().rect_stroke(button.rect, 4.0, stroke, StrokeKind::Inside);
                }
                let what =
                    format!("{}{}", day.strftime("%-d %B %Y"), if marked == Some(day) { ", published" } else { "" });
                if button.accessible_name(&what).on_hover_text(what).clicked() {
                    let from = shown.anchor.filter(|_| ui.input(|input| input.modifiers.shift));
                    shown.anchor = Some(from.unwrap_or(day));
                    let other = from.unwrap_or(day);
                    picked = Some((day.min(other), day.max(other)));
                }
            }
        });
    }
    ui.add_space(2.0);
    let hint = "Shift and a click on another day: from one to the other";
    ui.label(RichText::new(hint).size(theme::SMALL).color(palette.weak));
    ui.data_mut(|data| data.insert_temp(id, shown));
    picked
}

/// A button that moves on; by how many months it was asked to.
fn step_ui(ui: &mut Ui, sign: &str, name: &str, months: i32) -> i32 {
    let button = ui.add(Button::new(RichText::new(sign).size(16.0)).min_size(CELL)).accessible_name(name);
    if button.on_hover_text(name).clicked() { months } else { 0 }
}

/// The day by the clock of the computer.
fn today() -> Date {
    text::local(jiff::Timestamp::now()).date()
}

/// A small sheet of a calendar.
pub fn paint_icon(ui: &Ui, center: Pos2) {
    let (ink, painter) = (Palette::get(ui).ink, ui.painter());
    let sheet = Rect::from_center_size(center + vec2(0.0, 1.0), vec2(13.0, 12.0));
    painter.rect_stroke(sheet, 2.0, Stroke::new(1.2, ink), StrokeKind::Inside);
    painter.hline(sheet.x_range(), sheet.top() + 3.5, Stroke::new(1.2, ink));
    for x in [sheet.left() + 3.5, sheet.right() - 3.5] {
        painter.vline(x, sheet.top() - 2.0..=sheet.top() + 1.0, Stroke::new(1.2, ink));
        painter.circle_filled(pos2(x, sheet.bottom() - 4.0), 1.0, ink);
    }
}

/// The calendar opens anew at the event's own month.
pub fn forget(ui: &Ui, id: Id) {
    ui.data_mut(|data| data.remove::<Shown>(id));
}
