//! Expressions that span time: months, years and parts of them, and what is counted back from the day of publication.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::{Days, Nth, around, count, unit_span, whole_year};
use super::reader::DateReader;
use crate::text::language::language;

impl<F: Fn() -> bool> DateReader<'_, '_, F> {
    /// "half of 2022", "quarter of this year", "quarter 2022", behind which of them it is.
    pub(super) fn part_of_year(&self, at: usize, nth: Nth) -> Option<(usize, Days)> {
        let months: i8 = match self.words.lower(at) {
            "half" | "semester" => 6,
            "quarter" => 3,
            _ => return None,
        };
        let of = usize::from(matches!(self.words.lower(at + 1), "of" | "in"));
        let (last, (start, _)) = match self.words.get(at + 1 + of)?.year() {
            Some(year) => (at + 1 + of, whole_year(year)?),
            None => self.relative(at + 1 + of).filter(|(last, _)| self.words.lower(*last) == "year")?,
        };
        let parts = 12 / months;
        let part = match nth {
            Nth::Number(number) => number,
            Nth::Last => parts,
        };
        let first = Date::new(start.year(), months.checked_mul(part - 1)? + 1, 1).ok().filter(|_| part <= parts)?;
        Some((last, (first, first.checked_add((months - 1).months()).ok()?.last_of_month())))
    }

    /// "January 2020", "January", "2020", "the past two weeks", "two weeks".
    pub(super) fn in_period(&self, at: usize) -> Option<(usize, Days)> {
        if let Some(found) = self.nth_of(at) {
            return Some(found);
        }
        let word = self.words.get(at)?;
        let loose = language().calendar.parts_of_periods.contains(&word.lower);
        if loose {
            return self.in_period(at + 1);
        }
        if word.lower == "the"
            && let Some(decade) = self.words.get(at + 1).and_then(|word| word.text.strip_suffix("0s"))
            && let Some(start) = decade.parse::<i16>().ok().filter(|decade| (100..220).contains(decade)).map(|d| d * 10)
        {
            return Some((at + 1, (whole_year(start)?.0, whole_year(start + 9)?.1)));
        }
        // "in two weeks": as far ahead as "two weeks ago" is back.
        if self.words.before(at, 1) == "in"
            && (self.future)()
            && let Some(count) = count(word)
        {
            let unit = self.words.lower(at + 1);
            let then = self.base?.checked_add(unit_span(unit, count)?).ok()?;
            return Some((at + 1, around(then, unit)?));
        }
        let found = self.days(at).or_else(|| self.month(at)).or_else(|| self.past_span(at));
        if let Some(found) = found.or_else(|| self.years(at)) {
            return Some(found);
        }
        let year = word.year().filter(|year| self.typed || (1800..2100).contains(year))?;
        // "in 2022 cases", "by 1,950": a year is not followed by what it would count.
        let counts = self.words.get(at + 1).is_some_and(|w| {
            w.is_small() && w.text.ends_with('s') && w.text.len() > 4 && self.words.same_sentence(at, at + 1)
        });
        (!counts || self.typed).then(|| Some((at, whole_year(year)?))).flatten()
    }

    /// "earlier this month", "later this year": up to the base or from it on.
    pub(super) fn part_of_this(&self, at: usize) -> Option<(usize, Days)> {
        let Some(base) = self.base else { return self.relative_year(at + 1) };
        let (last, days) = self.relative(at + 1).filter(|_| self.words.lower(at + 1) == "this")?;
        let within = days.0 <= base && base <= days.1;
        let part = if self.words.lower(at) == "earlier" { (days.0, base) } else { (base, days.1) };
        within.then_some((last, part))
    }

    /// "2017 and 2021" behind "between", "2000 to 2008", "2021-2022", "2019-20".
    pub(super) fn years(&self, at: usize) -> Option<(usize, Days)> {
        let from = self.words.get(at)?.year().filter(|year| (1800..2100).contains(year))?;
        let dash = matches!(self.words.lower(at + 1), "-" | "–" | "/");
        let joins = dash || matches!(self.words.lower(at + 1), "and" | "to" | "until");
        let last = self.words.get(at + 2).filter(|_| joins)?;
        let short = || (dash && last.text.len() == 2).then(|| last.text.parse::<i16>().ok()).flatten();
        let to = last
            .year()
            .or_else(|| Some(from - from % 100 + short()?))
            .filter(|year| (from + 1..2100).contains(year))?;
        Some((at + 2, (whole_year(from)?.0, whole_year(to)?.1)))
    }

    /// "last year", where the text tells of which year it is itself.
    pub(super) fn relative_year(&self, at: usize) -> Option<(usize, Days)> {
        let step = match self.words.lower(at) {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        let year = self.own.year.filter(|_| self.own.certain && self.words.lower(at + 1) == "year")?;
        Some((at + 1, whole_year(year + step)?))
    }

    /// "two years ago", "a week ago".
    pub(super) fn ago(&self, at: usize) -> Option<(usize, Days)> {
        let count = count(self.words.get(at)?)?;
        let back = unit_span(self.words.lower(at + 1), count)?;
        if !matches!(self.words.lower(at + 2), "ago" | "earlier")
            || !self.typed && self.words.lower(at + 2) == "earlier"
        {
            return None;
        }
        let then = self.base?.checked_sub(back).ok()?;
        Some((at + 2, around(then, self.words.lower(at + 1))?))
    }

    /// "the past two weeks", "the last three days": up to the base.
    pub(super) fn past_span(&self, at: usize) -> Option<(usize, Days)> {
        let at = at + usize::from(self.words.lower(at) == "the");
        if !matches!(self.words.lower(at), "past" | "last") {
            return None;
        }
        let count = count(self.words.get(at + 1)?)?;
        let back = unit_span(self.words.lower(at + 2), count)?;
        Some((at + 2, (self.base?.checked_sub(back).ok()?, self.base?)))
    }
}
