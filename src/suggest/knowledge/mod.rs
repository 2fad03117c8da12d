//! What the engine knows of the world: countries, places, people in office, names of people, common words.
//!
//! The tables lie in `assets/knowledge`; `training/knowledge/build.py` makes them. Large ones are searched where they
//! lie, small ones are read once.

mod countries;
mod leaders;
mod table;

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use countries::{CountryFacts, Term};
pub use leaders::{Leader, all_leaders, leaders, leaders_of};

use crate::project::{Coordinates, CountryCode, EventPlace};
use countries::Countries;
use table::Table;

use crate::text::language::language;

const NAMES: Table = Table(include_str!("../../../assets/knowledge/names.tsv"));
const COMMON: Table = Table(include_str!("../../../assets/knowledge/common.txt"));
const PLACES: Table = Table(include_str!("../../../assets/knowledge/places.tsv"));
const CAPITALS: Table = Table(include_str!("../../../assets/knowledge/capitals.tsv"));
const TOWNS: Table = Table(include_str!("../../../assets/knowledge/towns.tsv"));

fn all_countries() -> &'static Countries {
    static COUNTRIES: OnceLock<Countries> = OnceLock::new();
    COUNTRIES.get_or_init(|| Countries::parse(include_str!("../../../assets/knowledge/countries.tsv")))
}

/// What is known of a country.
pub fn country(code: CountryCode) -> Option<&'static CountryFacts> {
    all_countries().get(code)
}

/// All countries and territories by name, then the former states by name.
pub fn countries() -> impl Iterator<Item = &'static CountryFacts> {
    all_countries().facts.iter()
}

/// The country term that is written so: tokens parted by one space. Small words in it may have capitals, and letters accents
/// that English leaves out: "México".
pub fn country_term(phrase: &str) -> Option<Term> {
    let small = || all_countries().term(&with_small_words(phrase)?);
    let plain = || all_countries().term(&without_accents(Some(phrase).filter(|phrase| !phrase.is_ascii())?));
    all_countries().term(phrase).or_else(small).or_else(plain)
}

/// A phrase with its small words as tables write them: "Bosnia And Herzegovina", "Cote D'Ivoire"; none where it has none
/// with a capital.
fn with_small_words(phrase: &str) -> Option<String> {
    let (first, rest) = phrase.split_once(' ')?;
    let rest = rest.replace('’', "'");
    let mut written = first.to_owned();
    for word in rest.split(' ') {
        written.push(' ');
        let small = word.to_lowercase();
        match word.strip_prefix("D'") {
            Some(name) => {
                written.push_str("d'");
                written.extend(name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)));
            }
            None if language().places.small_words.contains(&small) => written.push_str(&small),
            None => written.push_str(word),
        }
    }
    (written != phrase).then_some(written)
}

/// How many tokens a country term that begins with this token may have; 0 where none begins so.
pub fn country_term_length(first: &str) -> usize {
    match all_countries().length(first) {
        0 if !first.is_ascii() => all_countries().length(&without_accents(first)),
        length => length,
    }
}

/// What a word is known for in names of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameFlags {
    /// It is seen first in full names.
    pub given: bool,
    /// It is seen last in full names.
    pub surname: bool,
    /// A list of names has it.
    pub listed: bool,
}

impl NameFlags {
    /// Whether it is known as a name at all.
    pub fn any(self) -> bool {
        self.given || self.surname || self.listed
    }
}

/// What is known of a word as a part of people's names; case matters.
pub fn name_flags(word: &str) -> NameFlags {
    let plain = || Some(word).filter(|word| !word.is_ascii()).and_then(|word| NAMES.get(&without_accents(word)));
    let flags = NAMES.get(word).or_else(plain).unwrap_or_default();
    NameFlags { given: flags.contains('g'), surname: flags.contains('s'), listed: flags.contains('n') }
}

/// The word with plain letters for accented ones: "Erdoğan" as "Erdogan", "Łódź" as "Lodz".
pub fn without_accents(word: &str) -> String {
    let plain = |c: char| match c {
        'ı' => 'i',
        'ø' => 'o',
        'Ø' => 'O',
        'ł' => 'l',
        'Ł' => 'L',
        'đ' | 'ð' => 'd',
        'Đ' => 'D',
        other => other,
    };
    word.nfd().filter(|c| !is_combining_mark(*c)).map(plain).collect()
}

/// Whether a word in small letters is a common word of English.
pub fn is_common(word: &str) -> bool {
    COMMON.get(word).is_some()
}

/// A place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The country that it lies in; none for seas, continents and what several countries share.
    pub country: Option<CountryCode>,
    /// Whether people bear the name too.
    pub also_name: bool,
    /// Whether it is a part of a country, which may follow a city and a comma: "Texas".
    pub part: bool,
    /// Where a city lies; none where another one of its country may as well be meant.
    pub coordinates: Option<Coordinates>,
}

/// The place of this name; of several the one with the most inhabitants.
pub fn place(name: &str) -> Option<Place> {
    let value = PLACES.get(name)?;
    let (marked, point) = value.split_once('\t').unwrap_or((value, ""));
    let country = CountryCode::new(marked.trim_end_matches(['*', '!']));
    let (also_name, part) = (marked.ends_with('*'), marked.ends_with('!'));
    Some(Place { country, also_name, part, coordinates: coordinates(point) })
}

/// Where the capital of this name lies, if the country has one that bears another name than a country.
fn capital(name: &str, country: CountryCode) -> Option<Coordinates> {
    let mut capitals = CAPITALS.all(name).filter_map(|value| value.split_once('\t'));
    capitals.find(|(code, _)| *code == country.as_str()).and_then(|(_, point)| coordinates(point))
}

/// "48.85 2.35": degrees north, then degrees east.
fn coordinates(point: &str) -> Option<Coordinates> {
    let (latitude, longitude) = point.split_once(' ')?;
    Some(Coordinates { latitude: latitude.parse().ok()?, longitude: longitude.parse().ok()? })
}

/// The place of this name in this country as events have it, with where it lies if it is a city known in that country.
pub fn event_place(name: &str, country: Option<CountryCode>) -> EventPlace {
    let city = |country| place(name).filter(|place| place.country == Some(country)).and_then(|place| place.coordinates);
    let coordinates = country.and_then(|country| city(country).or_else(|| capital(name, country)));
    EventPlace { coordinates, ..EventPlace::new(name, country) }
}

/// The countries that have a town of this name, the one where most people live in it first. Smaller towns than those of
/// [`place`], with names that mean other things too: for words that certainly name a place.
pub fn town(name: &str) -> impl Iterator<Item = CountryCode> {
    TOWNS.get(name).unwrap_or_default().split_ascii_whitespace().filter_map(CountryCode::new)
}

#[cfg(test)]
mod tests;
