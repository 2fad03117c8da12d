//! Reads one expression off the words from a given one on: its last word and the days it means.

use jiff::ToSpan;
use jiff::civil::Date;
use text_size::TextRange;

use super::calendar::{
    Days, Nth, day_and_year, day_number, is_put_off, month, ordinal, week_of, weekday, weekend, whole_month, whole_year,
};
use crate::suggest::events::words::{Word, Words};
use crate::text::language::language;
use crate::text::tokens::TokenKind;

/// What a text says of its own time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Own {
    /// "today (July 28, 2022)".
    pub(super) day: Option<Date>,
    /// The year of days and months that are told without one.
    pub(super) year: Option<i16>,
    /// Whether that is the year of publication, so that "last year" is the one before it.
    pub(super) certain: bool,
}

/// Reads expressions off the words.
pub(super) struct DateReader<'a, 't, F: Fn() -> bool> {
    pub(super) words: &'a Words<'t>,
    pub(super) base: Option<Date>,
    /// What the text says of its own time, where there is no base.
    pub(super) own: Own,
    /// Whether "Friday" is the next one; asked only where it matters.
    pub(super) future: F,
    /// A person typed it: a lone year or month is a date.
    pub(super) typed: bool,
}

impl<F: Fn() -> bool> DateReader<'_, '_, F> {
    /// The expression that begins at a word: its last word, its days.
    pub(super) fn read(&self, at: usize) -> Option<(usize, Days)> {
        match self.words.lower(at) {
            "on" => self
                .nth_of(at + 1)
                .or_else(|| self.days(at + 1))
                .or_else(|| self.weekday(at + 1))
                .or_else(|| self.day(at + 1)),
            "between" | "from" => self.days(at + 1).or_else(|| self.years(at + 1)),
            "until" | "till" => {
                // "postponed until Monday": it takes place then.
                let moved = (1..4).any(|by| is_put_off(self.words.before(at, by)));
                let base = self.base.filter(|_| !moved);
                let to = |days: Days| base.filter(|base| *base < days.1).map_or(days, |base| (base, days.1));
                let ahead = DateReader {
                    words: self.words,
                    base: self.base,
                    own: self.own,
                    future: || true,
                    typed: self.typed,
                };
                ahead.any(at + 1).or_else(|| ahead.in_period(at + 1)).map(|(last, days)| (last, to(days)))
            }
            "in" | "during" | "by" | "of" | "for" => self.in_period(at + 1),
            "over" | "at" if self.words.lower(at + 1) == "the" => self.relative(at + 1),
            "since" => {
                let from = |days: Days| self.base.filter(|base| *base > days.0).map_or(days, |base| (days.0, base));
                self.any(at + 1).or_else(|| self.in_period(at + 1)).map(|(last, days)| (last, from(days)))
            }
            part if language().calendar.parts_of_periods.contains(part) => {
                let on = usize::from(self.words.lower(at + 1) == "on");
                self.any(at + 1 + on).or_else(|| self.in_period(at + 1 + on))
            }
            "earlier" | "later" => self.part_of_this(at),
            _ => self.any(at),
        }
    }

    /// An expression without its preposition.
    pub(super) fn any(&self, at: usize) -> Option<(usize, Days)> {
        let typed = || self.typed.then(|| self.in_period(at)).flatten();
        self.nth_of(at)
            .or_else(|| self.days(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.day(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.ago(at))
            .or_else(|| self.iso(at))
            .or_else(|| self.month(at).filter(|(last, _)| self.typed || *last > at))
            .or_else(typed)
    }

    /// "the second Monday of next month", "the last Friday of February", "the first week of March 2021".
    pub(super) fn nth_of(&self, at: usize) -> Option<(usize, Days)> {
        let the = usize::from(self.words.lower(at) == "the");
        let nth = ordinal(self.words.lower(at + the))?;
        let unit = self.words.get(at + the + 1)?;
        if let Some(found) = self.part_of_year(at + the + 1, nth) {
            return Some(found);
        }
        let day = weekday(&unit.lower).filter(|_| self.typed || unit.is_capital());
        if day.is_none() && unit.lower != "week" || !matches!(self.words.lower(at + the + 2), "of" | "in") {
            return None;
        }
        let from = at + the + 3;
        let month = |(last, days): (usize, Days)| {
            (days.0 == days.0.first_of_month() && days.1 == days.0.last_of_month()).then_some((last, days.0))
        };
        let (last, first) = self.month(from).or_else(|| self.relative(from)).and_then(month)?;
        let found = match (day, nth) {
            (Some(day), Nth::Number(number)) => {
                let found = first.nth_weekday_of_month(number, day).ok()?;
                (found, found)
            }
            (Some(day), Nth::Last) => {
                let found = first.nth_weekday_of_month(-1, day).ok()?;
                (found, found)
            }
            (None, Nth::Number(number)) => {
                let start = first.checked_add((7 * (i32::from(number) - 1)).days()).ok()?;
                (start, start.checked_add(6.days()).ok()?.min(first.last_of_month()))
            }
            (None, Nth::Last) => (first.last_of_month().checked_sub(6.days()).ok()?, first.last_of_month()),
        };
        Some((last, found))
    }

    /// "Friday", "last Friday", "Friday morning", "Friday, Feb. 4".
    pub(super) fn weekday(&self, at: usize) -> Option<(usize, Days)> {
        let (lead, name) = match self.words.lower(at) {
            lead @ ("last" | "next" | "this" | "past" | "coming") => (lead, at + 1),
            _ => ("", at),
        };
        let word = self.words.get(name)?;
        let day = weekday(&word.lower).filter(|_| self.typed || word.is_capital())?;
        let comma = usize::from(self.words.lower(name + 1) == ",");
        if let Some(found) = self.day(name + 1 + comma).filter(|_| lead.is_empty()) {
            return Some(found);
        }
        let base = self.base?;
        let back = i32::from(base.weekday().since(day));
        let ahead = i32::from(base.weekday().until(day));
        let shift = match lead {
            "last" | "past" => -(if back == 0 { 7 } else { back }),
            "next" | "coming" => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            "this" => ahead,
            _ if (self.future)() => ahead,
            _ => -back,
        };
        let found = base.checked_add(shift.days()).ok()?;
        Some((self.with_time_of_day(name), (found, found)))
    }

    /// "28 and 31 October", "3 to 5 May 2021", "May 3-5", "Monday to Wednesday": from the first day to the last.
    pub(super) fn days(&self, at: usize) -> Option<(usize, Days)> {
        let joins = |at: usize| matches!(self.words.lower(at), "and" | "to" | "-" | "–" | "until");
        let first = self.words.get(at)?;
        // "31 August to 4 September"
        let between = self.words.before(at, 1) == "between";
        if let Some((last, (start, _))) = self.day(at)
            && joins(last + 1)
            && (between || self.words.lower(last + 1) != "and")
            && let Some((last, (_, end))) = self.day(last + 2)
        {
            return (start < end).then_some((last, (start, end)));
        }
        // "May and June"
        if self.month_of(first).is_some()
            && joins(at + 1)
            && self.words.get(at + 2).is_some_and(|w| self.month_of(w).is_some())
        {
            let ((_, (start, _)), (last, (_, end))) = (self.month(at)?, self.month(at + 2)?);
            return (start < end).then_some((last, (start, end)));
        }
        // "May 3-5"
        if let Some(month) = self.month_of(first) {
            let (from, to) =
                (self.words.get(at + 1).and_then(day_number)?, self.words.get(at + 3).and_then(day_number)?);
            let (_, (start, _)) =
                self.day(at).filter(|_| joins(at + 2) && from < to && self.month_of(first) == Some(month))?;
            return Some((at + 3, (start, start.checked_add(i32::from(to - from).days()).ok()?)));
        }
        if let Some(from) = day_number(first).filter(|_| joins(at + 1)) {
            let (last, (end, _)) = self.day(at + 2)?;
            let days = i32::from(end.day()) - i32::from(from);
            return (days > 0).then(|| Some((last, (end.checked_sub(days.days()).ok()?, end)))).flatten();
        }
        let from = weekday(&first.lower).filter(|_| joins(at + 1) && first.is_capital())?;
        let (last, (end, _)) = self.weekday(at + 2)?;
        Some((last, (end.checked_sub(i32::from(end.weekday().since(from)).days()).ok()?, end)))
    }

    /// "the same day", "the next day", "a day later": seen from the day told of last.
    pub(super) fn seen_from(&self, at: usize, told: Date) -> Option<(usize, Days)> {
        let phrase: [&str; 3] = std::array::from_fn(|by| self.words.lower(at + by));
        let by = match phrase {
            ["the" | "that", "same", "day"] => 0,
            ["the", "following" | "next", "day"] | ["a" | "one", "day", "later"] => 1,
            ["the", "previous", "day"] | ["a" | "one", "day", "earlier" | "before"] | ["the", "day", "before"] => -1,
            _ => return None,
        };
        let day = told.checked_add(by.days()).ok()?;
        Some((at + 2, (day, day)))
    }

    /// Takes "morning" and the like in.
    pub(super) fn with_time_of_day(&self, at: usize) -> usize {
        let next = self.words.after(at, 1);
        let daytime = next == "night" || language().calendar.times_of_day.contains(next);
        at + usize::from(daytime)
    }

    /// "Feb. 4, 2022", "February 4", "4 February 2022", "the 4th of February".
    pub(super) fn day(&self, at: usize) -> Option<(usize, Days)> {
        let at =
            at + usize::from(self.words.lower(at) == "the" && self.words.get(at + 1).and_then(day_number).is_some());
        let first = self.words.get(at)?;
        let (month, (day, glued), mut last) = if let Some(month) = self.month_of(first) {
            (month, self.words.get(at + 1).and_then(day_and_year)?, at + 1)
        } else {
            let day = day_number(first)?;
            let of = usize::from(self.words.lower(at + 1) == "of");
            (self.month_of(self.words.get(at + 1 + of)?)?, (day, None), at + 1 + of)
        };
        if let Some(year) = glued {
            let found = Date::new(year, month, day).ok()?;
            return Some((self.with_time_of_day(last), (found, found)));
        }
        // "March 12 people died": not worth guessing; "Feb. 4" is far more common.
        let comma = usize::from(self.words.lower(last + 1) == ",");
        let year = self
            .words
            .get(last + 1 + comma)
            .and_then(Word::year)
            .filter(|_| self.words.same_sentence(at, last + 1 + comma) || self.typed);
        let found = match year {
            Some(year) => {
                last += 1 + comma;
                Date::new(year, month, day).ok()?
            }
            None => self.nearest_year(|year| Date::new(year, month, day).ok())?,
        };
        Some((self.with_time_of_day(last), (found, found)))
    }

    /// "January 2020", "January".
    pub(super) fn month(&self, at: usize) -> Option<(usize, Days)> {
        let lead = match self.words.lower(at) {
            lead @ ("last" | "next" | "this") => lead,
            _ => "",
        };
        let name = at + usize::from(!lead.is_empty());
        let month = self.month_of(self.words.get(name)?)?;
        let comma = usize::from(self.words.lower(name + 1) == "," || self.words.lower(name + 1) == "of");
        if let Some(year) = self.words.get(name + 1 + comma).and_then(Word::year) {
            return Some((name + 1 + comma, whole_month(Date::new(year, month, 1).ok()?)));
        }
        let first = |year| Date::new(year, month, 1).ok();
        let Some(base) = self.base else {
            // "next March" is seen from a day that nobody knows.
            return first(self.own.year.filter(|_| lead.is_empty())?).map(|found| (name, whole_month(found)));
        };
        let found = match lead {
            "next" => first(base.year()).filter(|d| d.month() > base.month()).or_else(|| first(base.year() + 1))?,
            "last" => first(base.year()).filter(|d| d.month() < base.month()).or_else(|| first(base.year() - 1))?,
            "this" => first(base.year())?,
            _ => self.nearest_year(first)?,
        };
        Some((name, whole_month(found)))
    }

    pub(super) fn month_of(&self, word: &Word<'_>) -> Option<i8> {
        // "may" and "march" are months only with a capital.
        let certain = self.typed
            || word.is_capital()
            || !language().calendar.months_in_small_letters.contains(word.lower.as_str());
        certain.then(|| month(&word.lower)).flatten()
    }

    /// The year of the base, or the one before or after, as the tense asks for.
    pub(super) fn nearest_year(&self, date: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        let Some(base) = self.base else { return date(self.own.year?) };
        let this = date(base.year());
        let ahead = this.filter(|d| *d >= base.first_of_month());
        if (self.future)() {
            return ahead.or_else(|| date(base.year() + 1));
        }
        // A day shortly after the publication is a plan, later ones are last year's.
        let soon = base.checked_add(45.days()).ok()?;
        this.filter(|d| *d <= soon).or_else(|| date(base.year() - 1)).or(this)
    }

    /// "yesterday", "last week", "this year", "next month".
    pub(super) fn relative(&self, at: usize) -> Option<(usize, Days)> {
        let Some(base) = self.base else { return self.relative_year(at) };
        let single = |by: i32| base.checked_add(by.days()).ok().map(|day| (day, day));
        let the = usize::from(
            self.words.lower(at) == "the" && matches!(self.words.lower(at + 1), "past" | "last" | "coming"),
        );
        if self.words.lower(at) == "the" && self.words.lower(at + 1) == "weekend" {
            return Some((at + 1, weekend(base, if (self.future)() { 0 } else { -1 })?));
        }
        match self.words.lower(at) {
            "yesterday" => return Some((self.with_time_of_day(at), single(-1)?)),
            "today" | "tonight" => return Some((at, single(0)?)),
            "tomorrow" => return Some((self.with_time_of_day(at), single(1)?)),
            _ => {}
        }
        let (lead, unit, last) = (self.words.lower(at + the), self.words.lower(at + the + 1), at + the + 1);
        let step = match lead {
            "last" | "past" | "previous" => -1,
            "this" => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        let days = match unit {
            "week" if lead == "past" => (base.checked_sub(7.days()).ok()?, base),
            "week" => week_of(base.checked_add((7 * step).days()).ok()?)?,
            "weekend" => weekend(base, step)?,
            "month" => whole_month(base.first_of_month().checked_add(step.months()).ok()?),
            "year" => whole_year(base.year() + i16::try_from(step).ok()?)?,
            "night" => single(step)?,
            _ if step == 0 && language().calendar.times_of_day.contains(unit) => single(0)?,
            _ => return None,
        };
        Some((last, days))
    }

    /// "2022-02-04", "04.02.2022", "25/12/2022": forms of figures alone.
    pub(super) fn iso(&self, at: usize) -> Option<(usize, Days)> {
        let range = |last| self.words.range(at, last).filter(|r: &TextRange| usize::from(r.len()) == 10);
        let number = |at: usize| self.words.get(at).filter(|w| w.kind == TokenKind::Number);
        let part = |at: usize| number(at).and_then(|w| w.text.parse::<i8>().ok());
        let first = number(at)?;
        let joined = [self.words.lower(at + 1), self.words.lower(at + 3)];
        let date = if joined == ["-", "-"] && range(at + 4).is_some() {
            (at + 4, Date::new(first.year()?, part(at + 2)?, part(at + 4)?).ok()?)
        } else if joined == ["/", "/"] && first.text.len() <= 2 {
            let (a, b, year) = (part(at)?, part(at + 2)?, number(at + 4)?.year()?);
            // Day first and month first look alike up to the twelfth; only what cannot be mistaken is read.
            let (day, month) = if a > 12 {
                (a, b)
            } else if b > 12 || a == b {
                (b, a)
            } else {
                return None;
            };
            (at + 4, Date::new(year, month, day).ok()?)
        } else {
            let mut parts = first.text.split('.');
            let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
            (at, Date::new(year.parse().ok().filter(|y| *y > 999)?, month.parse().ok()?, day.parse().ok()?).ok()?)
        };
        Some((date.0, (date.1, date.1)))
    }
}
