//! The days of elections that are known: country, year and what was elected.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::project::CountryCode;
use crate::text::language::language;

/// A round of an election.
struct Vote {
    day: Date,
    /// "president", "parliament", "referendum".
    of: &'static str,
}

static VOTES: LazyLock<HashMap<(&'static str, i16), Vec<Vote>>> =
    LazyLock::new(|| parse(include_str!("../../../assets/knowledge/events-elections.tsv")));

fn parse(table: &'static str) -> HashMap<(&'static str, i16), Vec<Vote>> {
    let mut votes: HashMap<_, Vec<Vote>> = HashMap::new();
    for row in table.lines().filter(|row| !row.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(country), Some(day), Some(of)) = (cells.next(), cells.next(), cells.next()) else { continue };
        let Ok(day) = day.parse::<Date>() else { continue };
        votes.entry((country, day.year())).or_default().push(Vote { day, of });
    }
    votes
}

/// The first and last day of a country's election in a year, as its name tells what was elected.
pub(crate) fn days(country: CountryCode, year: i16, name: &str) -> Option<(Date, Date)> {
    let votes = VOTES.get(&(country.as_str(), year))?;
    let name = name.to_lowercase();
    let of = match () {
        () if name.contains("president") => "president",
        () if name.contains("referendum") => "referendum",
        () if language().named_events.of_parliaments.iter().any(|word| name.contains(word)) => "parliament",
        // Only one was held.
        () => votes.first().map(|vote| vote.of).filter(|of| votes.iter().all(|vote| vote.of == *of))?,
    };
    let days = || votes.iter().filter(|vote| vote.of == of).map(|vote| vote.day);
    days().min().zip(days().max())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_election_has_its_day() {
        let us = CountryCode::new("US").unwrap();
        let day = date(2020, 11, 3);
        assert_eq!(days(us, 2020, "2020 U.S. presidential election"), Some((day, day)));
        assert_eq!(days(us, 2019, "2019 election"), None);
    }
}
