//! Countries and places: names, demonyms, capitals and governments in the text, and which of them mean a country.

mod evidence;
mod gazetteer;
mod rules;
pub(super) mod terms;

use super::context::Context;
use super::groups::Peoples;
use super::knowledge::{self, Term};
use super::people::namesakes::Namesakes;
use super::{CountryName, Document, Entity, Label, Source, SourceContext, Span, Suggestions};
use crate::project::{CountryCode, KindId};
use smol_str::SmolStr;
use text_size::TextRange;

use evidence::{Evidence, Home};
use rules::Verdict;
use terms::{Match, NAME};

/// How likely a country is meant where its name is a part of another name, and such are asked for.
const INSIDE: f32 = 0.7;

/// Proposes countries and other named places.
#[derive(Clone, Copy, Debug, Default)]
pub struct Countries {
    /// Names inside other names too: "Bank of China", "South China Sea".
    pub inside: bool,
}

impl Source for Countries {
    fn suggest(&self, context: &SourceContext<'_, '_>, found: &mut Suggestions) {
        let SourceContext { document, tags, .. } = *context;
        let context = Context::new(document, tags);
        let units = terms::units(&context);
        let taken = taken_tokens(document, found);
        let is_person = |token: usize| taken.get(token).copied().unwrap_or(false);
        let places = terms::places(&context, &units);
        let matches = terms::country_terms(&context, &units);
        let namesakes = Namesakes::new(&context);
        let free: Vec<&Match<Term>> = matches
            .iter()
            .filter(|m| !(m.first..=m.last).any(is_person) && (self.inside || !gazetteer::has_longer(&places, m.range)))
            .collect();
        let judged: Vec<(&Match<Term>, Verdict)> = free
            .into_iter()
            .map(|m| (m, rules::with_tags(&context, m, &namesakes, rules::judge(&context, m, is_person))))
            .collect();
        let evidence = Evidence::new(&context, &judged);
        let home = Home::new(&context, &judged, &places);
        let mut countries = Vec::new();
        for (m, verdict) in judged {
            let elsewhere =
                (m.what.kind == CountryName::Capital).then(|| home.rather(&m.phrase, m.what.code)).flatten();
            match verdict {
                Verdict::Country(score) | Verdict::City(score) if elsewhere.is_some() => {
                    found.spans.push(gazetteer::span(m.range, elsewhere, score, "town of that name"));
                }
                Verdict::Country(score) => {
                    if let Some((code, score)) = evidence.settle(&context, m, score) {
                        countries.push(country_span(document, m, code, score));
                    } else if let Some(code) = rules::part_behind(&context, m.last) {
                        found.spans.push(gazetteer::span(m.range, Some(code), 0.8, "city of that name"));
                    } else if m.what.kind.is_name() && m.phrase != "US" {
                        let us = CountryCode::new("US");
                        found.spans.push(gazetteer::span(m.range, us, 0.7, "place of that name in the United States"));
                    }
                }
                Verdict::City(score) => {
                    let code = elsewhere.or(Some(m.what.code));
                    found.spans.push(gazetteer::span(m.range, code, score, "capital city, as a place"));
                }
                Verdict::Place => {
                    let code = rules::part_behind(&context, m.last).or(elsewhere).or(Some(m.what.code));
                    found.spans.push(gazetteer::span(m.range, code, 0.7, "city of that name"));
                }
                Verdict::Inside if self.inside => countries.extend(
                    evidence
                        .settle(&context, m, INSIDE)
                        .map(|(code, score)| country_span(document, m, code, score.min(INSIDE))),
                ),
                Verdict::Inside | Verdict::No => {}
            }
        }
        let peoples = Peoples::new(document, tags);
        let covered: Vec<_> = matches.iter().map(|m| m.range).collect();
        let named: Vec<_> = countries.iter().map(|span| span.range).collect();
        gazetteer::add(&context, &places, &covered, is_person, &home, &peoples, &mut found.spans);
        let small = gazetteer::add_tagged(&context, &named, is_person, &home, &peoples, &mut found.spans);
        countries
            .extend(small.into_iter().map(|(range, code, kind, score)| named_span(document, range, code, kind, score)));
        gazetteer::add_abbreviated(&context, &named, is_person, &mut found.spans);
        gazetteer::add_seats(&context, &named, &home, &mut found.spans);
        add(found, countries);
    }
}

/// For each token whether a person's name covers it.
fn taken_tokens(document: &Document<'_>, found: &Suggestions) -> Vec<bool> {
    let mut taken = vec![false; document.tokens.len()];
    for span in found.spans.iter().filter(|span| span.label == Label::Person) {
        for slot in taken.get_mut(document.tokens_in(span.range)).into_iter().flatten() {
            *slot = true;
        }
    }
    taken
}

fn country_span(document: &Document<'_>, found: &Match<Term>, code: CountryCode, score: f32) -> Span {
    named_span(document, found.range, code, found.what.kind, score)
}

fn named_span(document: &Document<'_>, range: TextRange, code: CountryCode, kind: CountryName, score: f32) -> Span {
    let country = knowledge::country(code).map_or("", |facts| facts.name);
    let words = document.slice(range);
    let reason = match kind {
        CountryName::Name if words == country => "name of a country".to_owned(),
        CountryName::Part => format!("part of the {country}"),
        CountryName::Name => format!("another name of {country}"),
        CountryName::Demonym => format!("demonym of {country}"),
        CountryName::Capital => format!("capital of {country}, standing for it"),
        CountryName::Government => format!("seat or organ of the government of {country}"),
    };
    Span {
        range,
        label: Label::Country.into(),
        score,
        source: NAME,
        reason,
        country: Some(code),
        country_name: Some(kind),
        in_country: None,
    }
}

/// Spans and the countries that they name.
fn add(found: &mut Suggestions, spans: Vec<Span>) {
    let countries = found.entities.entry(KindId::COUNTRY).or_default();
    let mut seen: std::collections::HashMap<CountryCode, usize> = std::collections::HashMap::new();
    for span in spans {
        let Some(code) = span.country else { continue };
        let index = found.spans.len();
        found.spans.push(span);
        let slot = *seen.entry(code).or_insert(countries.len());
        if slot == countries.len() {
            let facts = knowledge::country(code);
            countries.push(Entity {
                name: facts.map_or_else(|| code.to_string(), |facts| facts.name.to_owned()),
                country: Some(code),
                wikidata: facts.and_then(|facts| facts.wikidata).map(SmolStr::new_static),
                ..Entity::default()
            });
        }
        if let Some(country) = countries.get_mut(slot) {
            country.mentions.push(index);
        }
    }
}

#[cfg(test)]
mod tests;
