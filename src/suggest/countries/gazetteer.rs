//! Places that are no country: cities, parts of countries, seas, and the country that each lies in.

use text_size::TextRange;

use super::NAME;
use super::rules;
use super::terms::Match;
use crate::project::CountryCode;
use crate::suggest::context::{Context, Style, is_clitic, is_shouted};
use crate::suggest::knowledge::{self, Class, Place};
use crate::suggest::{Label, Span};

/// Words that a place's name follows.
const LOCATIVE: &[&str] = &[
    "in", "at", "from", "near", "to", "of", "outside", "around", "across", "through", "toward", "towards", "into",
    "north", "south", "east", "west", "off", "over", "leave", "left", "visited", "city", "town", "village", "downtown",
    "central", "northern", "southern", "eastern", "western", "between", "for",
];

/// Whether one of the places holds `range` and more besides.
pub(super) fn has_longer(places: &[Match<Place>], range: TextRange) -> bool {
    let at = places.partition_point(|place| place.range.end() < range.end());
    places.get(at).is_some_and(|place| place.range.contains_range(range) && place.range != range)
}

/// A place's span.
pub(super) fn span(range: TextRange, country: Option<CountryCode>, score: f32, reason: &str) -> Span {
    Span {
        range,
        label: Label::Place,
        score,
        source: NAME,
        reason: reason.to_owned(),
        country: None,
        country_name: None,
        in_country: country,
    }
}

/// Adds the places that are neither a person nor covered by a country's name.
pub(super) fn add(
    context: &Context<'_, '_>,
    places: &[Match<Place>],
    countries: &[TextRange],
    is_person: impl Fn(usize) -> bool,
    spans: &mut Vec<Span>,
) {
    for place in places {
        let at = countries.partition_point(|range| range.end() <= place.range.start());
        let mut over = countries.get(at..).unwrap_or_default().iter().take_while(|c| c.start() < place.range.end());
        let covered = over.any(|c| !place.range.contains_range(*c) || *c == place.range);
        let free = !covered && !(place.first..=place.last).any(&is_person);
        if !free || place.part || !stands_alone(context, place, &is_person) {
            continue;
        }
        let located = LOCATIVE.contains(&context.word_before(place.first).to_lowercase().as_str())
            || context.word_after(place.last) == ","
            || is_dateline(context, place);
        if place.what.also_name && !located {
            continue;
        }
        let elsewhere = rules::part_behind(context, place.last);
        let country = elsewhere.or(place.what.country);
        let name = country.and_then(knowledge::country).map(|facts| facts.name);
        let reason = name.map_or_else(|| "named place".to_owned(), |name| format!("place in {name}"));
        let score = match (place.what.part, located) {
            (true, _) => 0.9,
            (false, true) => 0.88,
            (false, false) => 0.75,
        };
        spans.push(span(place.range, country, score, &reason));
    }
}

/// "MELBOURNE —" at the start of a line.
fn is_dateline(context: &Context<'_, '_>, place: &Match<Place>) -> bool {
    let shouted = (place.first..=place.last).all(|index| is_shouted(context.word(index)));
    shouted && context.starts(place.first) && matches!(context.word_after(place.last), "(" | "—" | "–" | "-" | "/")
}

/// Whether no capitalised neighbour makes the match a part of a longer name.
fn stands_alone(context: &Context<'_, '_>, place: &Match<Place>, is_person: &impl Fn(usize) -> bool) -> bool {
    let joins = |index: usize, behind: bool| {
        let word = context.word(index);
        let loose = is_clitic(word)
            || is_person(index)
            || knowledge::is(word, Class::Calendar)
            || knowledge::country_term(word).is_some()
            || behind && context.leads_to_title(index)
            || context.style(index) == Style::Capitals
            || context.capital_is_forced(index) && context.is_common(word) && !knowledge::is(word, Class::Organisation);
        context.is_capital(index) && !loose
    };
    let before = context.before(place.first).is_some_and(|i| joins(i, false));
    let behind = context.after(place.last).is_some_and(|i| joins(i, true));
    let single = place.first == place.last && context.capital_is_forced(place.first);
    let common = single && context.is_common(context.word(place.first));
    !before && !behind && !common
}
