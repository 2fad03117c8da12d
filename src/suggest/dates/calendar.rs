//! The words of the calendar: weekdays, months, counts and units, and the days they span.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::suggest::events::words::Word;
use crate::text::language::language;

/// From the first to the last day.
pub(super) type Days = (Date, Date);

/// The weekday of a name or an abbreviation, in small letters.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let number = language().calendar.weekdays.get(word.trim_end_matches('.'))?;
    Weekday::from_monday_one_offset(number.parse().ok()?).ok()
}

/// The month of a name or an abbreviation, in small letters.
pub(super) fn month(word: &str) -> Option<i8> {
    let name = word.trim_end_matches('.');
    let is = |month: &str| month == name || month.len() > 3 && name.len() == 3 && month.starts_with(name);
    let found =
        language().calendar.months.iter().position(|month| is(month) || name == "sept" && month == "september")?;
    i8::try_from(found + 1).ok()
}

/// The day of the month: "4", "4th".
pub(super) fn day_number(word: &Word<'_>) -> Option<i8> {
    let figures =
        language().calendar.ordinal_endings.iter().find_map(|end| word.text.strip_suffix(end)).unwrap_or(word.text);
    let day = (figures.len() <= 2).then(|| figures.parse::<i8>().ok()).flatten()?;
    (1..=31).contains(&day).then_some(day)
}

/// The day of a month with the year where no space parts them: "4", "28,2022".
pub(super) fn day_and_year(word: &Word<'_>) -> Option<(i8, Option<i16>)> {
    let Some((day, year)) = word.text.split_once(',') else { return Some((day_number(word)?, None)) };
    let day = (day.len() <= 2).then(|| day.parse::<i8>().ok()).flatten().filter(|day| (1..=31).contains(day))?;
    let year = (year.len() == 4).then(|| year.parse::<i16>().ok()).flatten().filter(|y| (1800..2200).contains(y))?;
    Some((day, Some(year)))
}

/// Which of several weeks or weekdays of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nth {
    /// 1 to 5.
    Number(i8),
    Last,
}

/// "second", "2nd", "last".
pub(super) fn ordinal(word: &str) -> Option<Nth> {
    if matches!(word, "last" | "final") {
        return Some(Nth::Last);
    }
    let calendar = &language().calendar;
    let position = calendar.ordinals.position(word).or_else(|| calendar.ordinal_figures.position(word))?;
    i8::try_from(position + 1).ok().filter(|number| *number <= 5).map(Nth::Number)
}

/// Verbs of what gets another day: what stands behind "until" is that day.
pub(super) fn is_put_off(word: &str) -> bool {
    language().calendar.putting_off.contains(word)
}

/// "two", "12", "a".
pub(super) fn count(word: &Word<'_>) -> Option<i32> {
    let lower = word.lower.as_str();
    let named = language().numbers.numbers.position(lower).and_then(|n| i32::try_from(n).ok()).filter(|n| *n <= 12);
    let one = matches!(lower, "a" | "an").then_some(1);
    one.or(named).or_else(|| word.text.parse().ok()).filter(|n| (1..1000).contains(n))
}

pub(super) fn unit_span(unit: &str, count: i32) -> Option<Span> {
    Some(match unit.trim_end_matches('s') {
        "day" => count.days(),
        "week" => count.weeks(),
        "month" => count.months(),
        "year" => count.years(),
        "decade" => (count * 10).years(),
        _ => return None,
    })
}

/// As precise as the unit was: "two years ago" is a year, "three days ago" a day.
pub(super) fn around(day: Date, unit: &str) -> Option<Days> {
    match unit.trim_end_matches('s') {
        "day" => Some((day, day)),
        "week" => week_of(day),
        "month" => Some(whole_month(day)),
        _ => whole_year(day.year()),
    }
}

/// Monday to Sunday.
pub(super) fn week_of(day: Date) -> Option<Days> {
    let monday = day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
    Some((monday, monday.checked_add(6.days()).ok()?))
}

/// The Saturday and Sunday of this week, of the one before or after.
pub(super) fn weekend(base: Date, step: i32) -> Option<Days> {
    let (_, sunday) = week_of(base)?;
    let sunday = sunday.checked_add((7 * step).days()).ok()?;
    Some((sunday.checked_sub(1.days()).ok()?, sunday))
}

pub(super) fn whole_month(day: Date) -> Days {
    (day.first_of_month(), day.last_of_month())
}

pub(super) fn whole_year(year: i16) -> Option<Days> {
    Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
}
