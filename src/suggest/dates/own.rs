//! The year that a text is of, and its own day, where nobody knows when it was published.

use jiff::civil::{Date, Weekday};

use super::calendar::{day_and_year, month, weekday};
use super::reader::{DateReader, Own};
use crate::suggest::events::words::{Word, Words};
use crate::text::language::language;

/// A text is of the latest year that it names, or of one of so many behind it.
const BEHIND: i16 = 2;

/// What a text says of its own time. Linear.
pub(super) fn own(words: &Words<'_>) -> Own {
    if let Some(day) = today(words) {
        return Own { day: Some(day), year: Some(day.year()), certain: true };
    }
    let years = (0..words.len()).filter_map(|at| year_at(words, at));
    let Some(latest) = years.filter(|year| *year < 2100).max() else { return Own::default() };
    if let Some(year) = by_weekday(words, latest).or_else(|| so_far(words).filter(|year| *year == latest)) {
        return Own { day: None, year: Some(year), certain: true };
    }
    let reader = DateReader { words, base: None, own: Own::default(), future: || false, typed: false };
    let told = (0..words.len()).filter_map(|at| reader.day(at)).map(|(_, (day, _))| day.year()).max() == Some(latest);
    Own { day: None, year: told.then_some(latest), certain: false }
}

fn year_at(words: &Words<'_>, at: usize) -> Option<i16> {
    let word = words.get(at)?;
    word.year().or_else(|| day_and_year(word).and_then(|(_, year)| year))
}

/// "today (July 28, 2022)": the day that is told as today's.
fn today(words: &Words<'_>) -> Option<Date> {
    let reader = DateReader { words, base: None, own: Own::default(), future: || false, typed: false };
    let told = |at: usize| {
        let daytime = words.lower(at) == "today" || language().calendar.times_of_day.contains(words.lower(at));
        let this = words.lower(at) == "today" || words.before(at, 1) == "this";
        (daytime && this && words.lower(at + 1) == "(").then(|| reader.day(at + 2)).flatten()
    };
    (0..words.len()).find_map(told).map(|(_, (day, _))| day)
}

/// The year in which a day that is told with its weekday falls on that: "Friday, July 15", "Sept. 13 (Thursday)". A text
/// that says so is of that year where all its days agree.
fn by_weekday(words: &Words<'_>, latest: i16) -> Option<i16> {
    let mut found = None;
    for at in 0..words.len() {
        let Some((weekday, month, day)) = day_of_week(words, at) else { continue };
        let falls = |year: &i16| Date::new(*year, month, day).is_ok_and(|date| date.weekday() == weekday);
        let year = (latest..=latest + BEHIND).find(falls)?;
        if found.is_some_and(|known| known != year) {
            return None;
        }
        found = Some(year);
    }
    found
}

/// A weekday with the month and the day behind or before it, and no year.
fn day_of_week(words: &Words<'_>, at: usize) -> Option<(Weekday, i8, i8)> {
    let name = words.get(at).filter(|word| word.is_capital())?;
    let weekday = weekday(&name.lower)?;
    let mark = |at: usize| usize::from(matches!(words.lower(at), "," | "the" | "("));
    let behind = at + 1 + mark(at + 1);
    let behind = behind + mark(behind);
    let (month, day, last) = month_and_day(words, behind).or_else(|| {
        // "Sept. 13 (Thursday)"
        let bracket = usize::from(matches!(words.before(at, 1), "(" | ","));
        let first = at.checked_sub(2 + bracket).filter(|_| bracket == 1)?;
        month_and_day(words, first).filter(|(.., last)| last + 1 + bracket == at)
    })?;
    let comma = usize::from(words.lower(last + 1) == ",");
    year_at(words, last + 1 + comma).is_none().then_some((weekday, month, day))
}

/// "July 15", "15 July", "15th of July": its month, its day and its last word.
fn month_and_day(words: &Words<'_>, at: usize) -> Option<(i8, i8, usize)> {
    let (first, second) = (words.get(at)?, words.get(at + 1)?);
    let named = |word: &Word<'_>| word.is_capital().then(|| month(&word.lower)).flatten();
    let bare = |word: &Word<'_>| day_and_year(word).filter(|(_, year)| year.is_none()).map(|(day, _)| day);
    if let Some(month) = named(first) {
        return Some((month, bare(second)?, at + 1));
    }
    let of = usize::from(second.lower == "of");
    Some((named(words.get(at + 1 + of)?)?, bare(first)?, at + 1 + of))
}

/// "so far in 2022", "to date, in 2022".
fn so_far(words: &Words<'_>) -> Option<i16> {
    let told = |at: usize| {
        let comma = usize::from(words.lower(at + 2) == ",");
        let opens = matches!((words.lower(at), words.lower(at + 1)), ("so", "far") | ("to", "date"));
        (opens && words.lower(at + 2 + comma) == "in").then(|| words.get(at + 3 + comma)?.year()).flatten()
    };
    (0..words.len()).filter_map(told).max()
}
