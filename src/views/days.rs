//! Days as numbers, to compare and to place them quickly.

use jiff::ToSpan;
use jiff::civil::Date;

/// Days since 1 January 1970, before it negative.
pub type Day = i32;

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The number of a day.
pub fn day_of(date: Date) -> Day {
    EPOCH.until(date).map_or(0, |span| span.get_days())
}

/// The day of a number; the first or last that there is where it lies beyond.
pub fn date_of(day: Day) -> Date {
    EPOCH.saturating_add(i64::from(day.clamp(day_of(Date::MIN), day_of(Date::MAX))).days())
}

/// Months since January of the year 0.
pub(super) fn month_of(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// The first day of a month by that count.
pub(super) fn first_of(month: i32) -> Date {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let year = i16::try_from(year).unwrap_or(Date::MAX.year());
    Date::new(year, i8::try_from(month).unwrap_or(1), 1).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_and_months_are_counted_there_and_back() {
        for (day, number) in [(date(1970, 1, 1), 0), (date(1970, 2, 1), 31), (date(1969, 12, 31), -1)] {
            assert_eq!((day_of(day), date_of(number)), (number, day));
        }
        assert_eq!(date_of(day_of(date(2024, 2, 29)) + 1), date(2024, 3, 1));
        assert_eq!(first_of(month_of(date(2023, 12, 31)) + 1), date(2024, 1, 1));
        assert_eq!(date_of(Day::MAX), Date::MAX);
    }
}
