//! What is typed as a date or as a place, wherever an event is edited.

use jiff::civil::Date;

use crate::project::{EventPlace, Schema};
use crate::suggest::dates::parse_typed;
use crate::suggest::{knowledge, lookups};

/// A day, or an interval whose ends are parted by a dash or "to"; what is relative is read from the day of publication.
pub fn days(typed: &str, published: Option<Date>) -> Option<(Date, Date)> {
    let parted = [" – ", "–", " - ", " to ", " until "].into_iter().find_map(|part| typed.split_once(part));
    if let Some((from, to)) = parted {
        let (start, _) = parse_typed(from.trim(), published)?;
        let (_, end) = parse_typed(to.trim(), published)?;
        return (start <= end).then_some((start, end));
    }
    parse_typed(typed, published)
}

/// The place of a name, with the country and the point that are known of it; none for nothing.
pub fn place(name: &str) -> Option<EventPlace> {
    let known = lookups::known(Schema::Country, name).country;
    let country = known.or_else(|| knowledge::place(name).and_then(|place| place.country));
    (!name.is_empty()).then(|| knowledge::event_place(name, country))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_interval_is_typed_with_any_dash_or_a_word() {
        let interval = Some((date(2022, 2, 4), date(2022, 2, 20)));
        for typed in ["4 Feb 2022 – 20 Feb 2022", "2022-02-04 - 2022-02-20", "4 Feb 2022 to 20 Feb 2022"] {
            assert_eq!(days(typed, None), interval, "{typed}");
        }
        assert_eq!(days("20 Feb 2022 to 4 Feb 2022", None), None);
        assert_eq!(days("notadate", None), None);
    }
}
