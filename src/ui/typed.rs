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
