//! The days that a reader finds in an article's file, with where it found each: one is taken as the day of publication,
//! the others are offered to the person.

use jiff::civil::Date;

use crate::text::{DatePlace, FoundDate, Metadata};

/// So many are kept.
const MOST: usize = 8;

/// The longest name of a field or label that is kept, in bytes.
const MAX_NAME: usize = 60;

/// Days in the order in which they were found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Days {
    found: Vec<FoundDate>,
    taken: Option<usize>,
}

impl Days {
    /// Notes a day that may be taken: the first of them is.
    pub(super) fn take(&mut self, day: Option<Date>, at: DatePlace) {
        let Some(index) = self.note(day, at) else { return };
        self.taken = self.taken.or(Some(index));
    }

    /// Notes a day that is never taken.
    pub(super) fn offer(&mut self, day: Option<Date>, at: DatePlace) {
        self.note(day, at);
    }

    /// Adds what was found elsewhere, behind what is here.
    pub(super) fn join(&mut self, other: Self) {
        for (index, found) in other.found.into_iter().enumerate() {
            if other.taken == Some(index) {
                self.take(Some(found.day), found.at);
            } else {
                self.offer(Some(found.day), found.at);
            }
        }
    }

    /// The days of an article that another reader made.
    pub(super) fn of(meta: &Metadata) -> Self {
        let taken = meta.dates.iter().position(|found| Some(found.day) == meta.date);
        Self { found: meta.dates.clone(), taken }
    }

    /// The day of publication.
    pub(super) fn taken(&self) -> Option<Date> {
        self.found.get(self.taken?).map(|found| found.day)
    }

    /// Whether a day is printed whose year is not certain, and no other is taken: weaker ones are not of the article then.
    pub(super) fn is_unsure(&self) -> bool {
        let printed =
            |found: &FoundDate| matches!(found.at, DatePlace::DatelineWithoutYear | DatePlace::PrintedWithoutYear);
        self.taken.is_none() && self.found.iter().any(printed)
    }

    /// All of them, for [`Metadata::dates`].
    pub(super) fn all(self) -> Vec<FoundDate> {
        let mut all = self.found;
        if let Some(first) = all.get_mut(..self.taken.map_or(0, |taken| taken + 1)) {
            first.rotate_right(usize::from(!first.is_empty()));
        }
        all.truncate(MOST);
        all
    }

    /// Sets an article's day of publication.
    pub(super) fn set(self, meta: &mut Metadata) {
        meta.date = self.taken();
        meta.dates = self.all();
    }

    fn note(&mut self, day: Option<Date>, at: DatePlace) -> Option<usize> {
        let day = day?;
        // What is found where it is told needs no sentence that mentions it.
        if at == DatePlace::Mentioned && self.found.iter().any(|found| found.day == day) {
            return None;
        }
        let found = FoundDate { day, at: short(at) };
        let known = self.found.iter().position(|known| *known == found);
        Some(known.unwrap_or_else(|| {
            self.found.push(found);
            self.found.len() - 1
        }))
    }
}

/// A place whose name is no longer than what a person reads.
fn short(at: DatePlace) -> DatePlace {
    let cut = |mut name: String| {
        name.truncate(name.floor_char_boundary(MAX_NAME));
        name
    };
    match at {
        DatePlace::Label(name) => DatePlace::Label(cut(name)),
        DatePlace::Field(name) => DatePlace::Field(cut(name)),
        DatePlace::Column(name) => DatePlace::Column(cut(name)),
        at => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_first_that_may_be_taken_is_and_stands_first() {
        let (one, two, three) = (date(2022, 2, 4), date(2022, 2, 5), date(2022, 2, 6));
        let mut days = Days::default();
        days.offer(Some(one), DatePlace::FileSaved);
        days.take(None, DatePlace::Mail);
        days.take(Some(two), DatePlace::Printed);
        days.take(Some(three), DatePlace::FileName);
        days.take(Some(two), DatePlace::Printed);
        let mut meta = Metadata::default();
        days.set(&mut meta);
        let found: Vec<_> = meta.dates.iter().map(|found| found.day).collect();
        assert_eq!((meta.date, found), (Some(two), vec![two, one, three]));
        assert_eq!(meta.date_found(), Some(&DatePlace::Printed));
        let mut again = Days::default();
        again.take(Some(three), DatePlace::Mail);
        again.join(Days::of(&meta));
        assert_eq!((again.taken(), again.all().len()), (Some(three), 4));
    }

    #[test]
    fn only_offered_is_not_taken() {
        let mut days = Days::default();
        days.offer(Some(date(2022, 2, 4)), DatePlace::Label("x".repeat(500)));
        let mut meta = Metadata::default();
        days.set(&mut meta);
        assert_eq!((meta.date, meta.dates.len()), (None, 1));
        assert!(matches!(&meta.dates[0].at, DatePlace::Label(name) if name.len() == MAX_NAME));
    }
}
