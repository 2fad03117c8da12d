//! Where and when a record took place: reader and rules together, else the article's usual place.

use jiff::civil::Date;
use text_size::TextRange;

use super::who::{BEFORE, RULED, UNSEEN};
use super::{POOL, Read, Scene, odds};
use crate::project::{EventDate, EventPlace, NamedClass};
use crate::suggest::casing::title_cased;
use crate::suggest::dates::DateExpression;
use crate::suggest::events::elections;
use crate::suggest::events::grammar::is_determiner;
use crate::suggest::events::named::NamedEvent;
use crate::suggest::events::parties::Parties;
use crate::suggest::{CountryName, Label, knowledge};
use crate::text::language::language;

/// From these log odds on somewhere or some day is where or when.
const PLACE: f32 = 0.0;
const DATE: f32 = 0.0;
/// What [`RULED`] is for a date where the day of publication is known: the rules know more of "on Friday" than the reader, which has
/// mostly seen articles without a day.
const DATED: f32 = 3.6;
/// What it is for a place.
const PLACED: f32 = 3.5;
/// What it adds to the log odds of a place that it stands right behind what tells of something.
const ADJOINING: f32 = 1.0;
/// What it takes away that a less telling mention says so, for each natural logarithm of its place among them.
const LATER: f32 = 0.7;
/// From this sum of probabilities on a place is the article's own.
const USUAL: f32 = 0.5;
/// The share that it must have in all places.
const DOMINANT: f32 = 0.4;
/// What a dateline counts for that, and how far the share of a country in all countries named does.
const DATELINE: f32 = 3.0;
const COUNTRY: f32 = 0.2;

impl Scene<'_, '_, '_> {
    /// The place that most of what is told points at.
    pub(super) fn usual_place(&self) -> Option<EventPlace> {
        let countries = self.country_places();
        let mut sums: Vec<(&EventPlace, f32)> = Vec::new();
        for candidate in 0..self.candidates.len() {
            let weight = self.worth(candidate);
            if weight < POOL {
                continue;
            }
            let Some(line) = self.stretch(self.line_of(candidate)) else { continue };
            for (_, range, place) in self.places_in(line) {
                let p = weight * self.mean_role(candidate, range, 2);
                match sums.iter_mut().find(|(known, _)| *known == place) {
                    Some((_, sum)) => *sum += p,
                    None => sums.push((place, p)),
                }
            }
        }
        let sums_total: f32 = (0..self.candidates.len()).map(|candidate| self.worth(candidate)).sum();
        for (_, _, place) in self.places.iter().filter(|(_, range, _)| self.is_dateline(*range)) {
            match sums.iter_mut().find(|(known, _)| *known == place) {
                Some((_, sum)) => *sum += DATELINE,
                None => sums.push((place, DATELINE)),
            }
        }
        let most = self.read.found.countries().iter().map(|country| country.mentions.len()).sum::<usize>().max(1);
        for (place, mentions) in &countries {
            let share = COUNTRY * sums_total * *mentions as f32 / most as f32;
            match sums.iter_mut().find(|(known, _)| *known == place) {
                Some((_, sum)) => *sum += share,
                None => sums.push((place, share)),
            }
        }
        let all: f32 = sums.iter().map(|(_, sum)| sum).sum();
        let best = sums.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        best.filter(|(_, sum)| *sum >= USUAL && *sum >= DOMINANT * all).map(|(place, _)| place.clone())
    }

    /// The countries of the article as places, with how often each is named in whatever way.
    pub(super) fn country_places(&self) -> Vec<(EventPlace, usize)> {
        let countries = self.read.found.countries().iter();
        let place = |country: &crate::suggest::Entity| {
            (knowledge::event_place(&country.name, country.country), country.mentions.len())
        };
        countries.map(place).collect()
    }

    /// "NAIROBI - ", "LONDON (Reuters)": where an article was written, at the beginning of one of its first lines.
    pub(super) fn is_dateline(&self, range: TextRange) -> bool {
        // Datelines stand in the first few lines.
        const WITHIN: usize = 1500;
        let text = self.read.document.text;
        if usize::from(range.start()) > WITHIN {
            return false;
        }
        let (before, behind) = text.split_at_checked(range.start().into()).unwrap_or_default();
        let begins = before.is_empty() || before.ends_with('\n');
        let rest = behind.get(usize::from(range.len())..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let marked = line.char_indices().take(24).any(|(at, c)| {
            matches!(c, '—' | '–')
                || c == '-' && line.get(..at).is_some_and(|line| line.ends_with(' '))
                || c == '(' && at <= 2
        });
        begins && marked && before.lines().count() < 6
    }

    /// Where it took place: the place that the reader or the rules give one of its tellings, the most telling before others.
    pub(super) fn place(&self, group: &[usize]) -> Option<EventPlace> {
        let mut best: Option<(f32, &EventPlace)> = None;
        for (nth, member) in group.iter().enumerate() {
            let Some(around) = self.stretch(self.around(*member)) else { continue };
            let here = self.stretch(self.line_of(*member)).map_or(around.start(), |line| line.start());
            let ruled =
                self.told(*member).and_then(|told| self.read.names.nth(told.frame.place?)).and_then(|name| name.span);
            for (span, range, place) in self.places_in(around) {
                let p = self.mean_role(*member, range, 2) * if range.start() < here { BEFORE } else { 1.0 };
                let rules = if ruled == Some(span) { PLACED } else { 0.0 };
                let behind = if self.adjoins(*member, range) { ADJOINING } else { 0.0 };
                let said = odds(p.max(UNSEEN)) + rules + behind;
                let score = said - LATER * (1.0 + nth as f32).ln();
                if said >= PLACE && best.is_none_or(|(known, _)| score > known) {
                    best = Some((score, place));
                }
            }
        }
        best.map(|(_, place)| place.clone())
    }

    /// Whether a place stands right behind what tells of something: "the shooting in Halden".
    fn adjoins(&self, candidate: usize, place: TextRange) -> bool {
        let words = self.read.words;
        let Some((_, told)) = self.tellings.get(candidate) else { return false };
        let (last, first) = (words.before_offset(told.end()), words.at(place.start()));
        let behind = last < first && words.same_sentence(last, first);
        behind
            && matches!(words.lower(last + 1), "in" | "at" | "near")
            && (last + 2..first).all(|at| is_determiner(words.lower(at)))
    }

    /// The places of a stretch: index of the span, range, place.
    pub(super) fn places_in(&self, stretch: TextRange) -> impl Iterator<Item = (usize, TextRange, &EventPlace)> {
        let from = self.places.partition_point(|(_, range, _)| range.start() < stretch.start());
        let rest = self.places.get(from..).unwrap_or_default().iter();
        rest.take_while(move |(_, range, _)| range.end() <= stretch.end())
            .map(|(span, range, place)| (*span, *range, place))
    }

    /// When it took place: by its name, or the date expression that reader and rules give one of its tellings.
    pub(super) fn date(&self, group: &[usize]) -> Option<EventDate> {
        let read = self.read;
        let named = group.iter().find_map(|member| read.named_by(self.tellings.get(*member)?.0));
        if let Some(date) = named.and_then(|event| date_of_named(read, event)) {
            return Some(date);
        }
        let known = if read.document.date.is_some() { DATED } else { RULED };
        let mut best: Option<(f32, &DateExpression)> = None;
        for member in group {
            let Some(stretch) = self.stretch(self.around(*member)) else { continue };
            let here = self.stretch(self.line_of(*member)).map_or(stretch.start(), |line| line.start());
            let ruled = self.told(*member).and_then(|told| told.date);
            let from = read.dates.partition_point(|date| date.range.start() < stretch.start());
            let near =
                read.dates.iter().enumerate().skip(from).take_while(|(_, date)| date.range.end() <= stretch.end());
            for (index, date) in near {
                let p = self.mean_role(*member, date.range, 3) * if date.range.start() < here { BEFORE } else { 1.0 };
                let score = odds(p.max(UNSEEN)) + if ruled == Some(index) { known } else { 0.0 };
                if score >= DATE && best.is_none_or(|(known, _)| score > known) {
                    best = Some((score, date));
                }
            }
        }
        let told = best.map(|(_, date)| read.spelled(date));
        told.or_else(|| group.iter().find_map(|member| self.year_in_name(*member)))
    }

    /// The year within the phrase that tells of something: "the 2022 World Cup", "2017 primary elections".
    fn year_in_name(&self, candidate: usize) -> Option<EventDate> {
        // How far before its last word a phrase may begin.
        const REACH: usize = 14;
        let words = self.read.words;
        let (_, range) = self.tellings.get(candidate)?;
        let last = words.before_offset(range.end());
        let of_name = |at: &usize| {
            let joins = matches!(words.lower(*at), "of" | "for" | "'s" | "’s" | "(" | ")" | "-");
            let begun = words.at(range.start()) <= *at;
            begun || joins || words.get(*at).is_some_and(|word| !word.is_small())
        };
        let phrase = (last.saturating_sub(REACH)..=last).rev().take_while(of_name);
        let at = phrase.filter(|at| words.same_sentence(*at, last)).find(|at| {
            let in_time = language().calendar.year_leads.contains(words.before(*at, 1));
            // Not "February 21, 2015 - Peace talks".
            let of_day = || {
                let range = words.range(*at, *at);
                let from = range.map(|range| self.read.dates.partition_point(|date| date.range.end() <= range.start()));
                let date = from.and_then(|from| self.read.dates.get(from));
                date.zip(range).is_some_and(|(date, year)| date.range.contains_range(year) && date.range != year)
            };
            let year = words.get(*at).and_then(|word| word.year());
            !in_time && year.is_some_and(|year| (1900..2100).contains(&year)) && !of_day()
        })?;
        let year = words.get(at)?.year()?;
        let (start, end) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
        Some(EventDate::new(start, end, words.spelled(at, at)))
    }
}

/// What may be where something took place.
pub(super) fn places(read: &Read<'_, '_>, parties: &Parties<'_, '_>) -> Vec<(usize, TextRange, EventPlace)> {
    let spans = read.found.spans.iter().enumerate();
    let somewhere = spans.filter(|(_, span)| {
        matches!(span.label.engine(), Some(Label::Place | Label::Country)) && !parties.is_demonym(span.range)
    });
    let mut places: Vec<(usize, TextRange, EventPlace)> = somewhere
        .map(|(index, span)| {
            // "the U.S." is the United States.
            let by_name = span.country_name == Some(CountryName::Name);
            let country = read.found.countries().iter().find(|known| by_name && known.country == span.country);
            let said = || spelled(read.document.slice(span.range));
            let name = country.map_or_else(said, |known| known.name.clone());
            (index, span.range, knowledge::event_place(&name, span.country.or(span.in_country)))
        })
        .collect();
    places.sort_by_key(|(_, range, _)| range.start());
    places
}

/// The name of a place as it is written within a text: "NAIROBI" of a dateline is Nairobi. Three letters may be short for
/// something ("UAE").
fn spelled(said: &str) -> String {
    let words: Vec<&str> = said.split_whitespace().collect();
    let letters = || said.chars().filter(|c| c.is_alphabetic());
    if letters().count() > 3 && letters().all(char::is_uppercase) {
        return title_cased(&words.join(" "));
    }
    words.join(" ")
}

/// When a named event took place, where its name or a list tells.
pub(crate) fn date_of_named(read: &Read<'_, '_>, event: &NamedEvent) -> Option<EventDate> {
    let year = |year: i16| {
        let (start, end) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
        Some(EventDate::new(start, end, year.to_string()))
    };
    let namings = event.namings.iter().filter_map(|index| read.namings.get(*index));
    let countries = namings.flat_map(|naming| read.names.within(naming.first..naming.last + 1));
    let countries: Vec<_> = countries.filter_map(|name| read.found.spans.get(name.span?)?.country).collect();
    let votes = |year: i16| countries.into_iter().find_map(|country| elections::days(country, year, &event.name));
    let election = event.year.filter(|_| event.class == NamedClass::Election).and_then(votes);
    let known = event.days.or(election).map(|(start, end)| EventDate::new(start, end, ""));
    known.or_else(|| event.year.and_then(year))
}
