//! What the whole document says about names that several countries share, or that mean other things too.

use std::collections::{HashMap, HashSet};

use super::rules::{self, Verdict};
use super::terms::{Match, is_ambiguous, is_county, is_shouted_line};
use crate::project::CountryCode;
use crate::suggest::casing::title_cased;
use crate::suggest::context::Context;
use crate::suggest::knowledge::{self, Place, Term};
use crate::suggest::{CountryName, Label};
use crate::text::language::language;
use crate::text::tokens::TokenKind;

/// Countries that the document names beyond doubt, and the words that tell the two Georgias apart.
pub(super) struct Evidence {
    counts: HashMap<CountryCode, usize>,
    /// For each country how often its demonym, capital or government is named.
    named: HashMap<CountryCode, usize>,
    /// Parts of the United States named in the document, Georgia aside.
    states: usize,
    /// Words of American town life.
    local: usize,
    /// Words of American politics and of Georgia's cities.
    american: usize,
    /// Words of the Caucasus in the document.
    caucasus: usize,
}

/// How many telephone numbers are written as in North America: "555-010-0199".
fn phone_numbers(text: &str) -> usize {
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = |word: &str| {
        let mut parts = word.split('-');
        let area = parts.next().is_some_and(|part| digits(part, 3));
        area && parts.next().is_some_and(|part| digits(part, 3))
            && parts.next().is_some_and(|part| digits(part, 4))
            && parts.next().is_none()
    };
    text.split(|c: char| c != '-' && !c.is_ascii_digit()).filter(|word| is_number(word)).count()
}

impl Evidence {
    pub(super) fn new(context: &Context<'_, '_>, judged: &[(&Match<Term>, Verdict)]) -> Self {
        let mut evidence =
            Self { counts: HashMap::new(), named: HashMap::new(), states: 0, local: 0, american: 0, caucasus: 0 };
        for (found, verdict) in judged {
            let pronoun = found.phrase == "US" && is_shouted_line(context, found);
            if verdict.is_of_country() && !pronoun && !found.what.uncertain && !is_ambiguous(&found.phrase) {
                *evidence.counts.entry(found.what.code).or_default() += 1;
                *evidence.named.entry(found.what.code).or_default() += usize::from(!found.what.kind.is_name());
            }
        }
        for token in context.document.tokens.iter().filter(|token| token.kind == TokenKind::Word) {
            let word = token.text(context.document.text);
            if !word.starts_with(char::is_uppercase) || word == "Georgia" {
                continue;
            }
            let us = CountryCode::new("US");
            let state = knowledge::place(word).is_some_and(|place| place.country == us && !place.also_name);
            evidence.states += usize::from(state);
            evidence.local += usize::from(language().places.american_local_news.contains(word));
            evidence.american += usize::from(language().places.american_georgia.contains(word));
            evidence.caucasus += usize::from(language().places.caucasus.contains(word));
        }
        evidence.local += phone_numbers(context.document.text);
        // "the state", "state law": told of a part of a country.
        let state = context.document.tokens.iter().filter(|token| token.text(context.document.text) == "state").count();
        evidence.american += usize::from(state > 1);
        evidence
    }

    /// The country that a match names and how surely; none where the document speaks against it.
    pub(super) fn settle(
        &self,
        context: &Context<'_, '_>,
        found: &Match<Term>,
        score: f32,
    ) -> Option<(CountryCode, f32)> {
        let own = found.what.code;
        let code = |code: &str| CountryCode::new(code).unwrap_or(own);
        let elsewhere = found.what.kind.is_name() && rules::lies_elsewhere(context, found);
        match found.phrase.as_str() {
            _ if elsewhere => None,
            // In a line of capitals the pronoun looks the same.
            "US" if is_shouted_line(context, found) => {
                let said = self.count(own) > 0;
                said.then_some((own, 0.7))
            }
            "Georgia" => match context.names_state(found.first, found.last) {
                Some(true) => None,
                Some(false) => Some((own, 0.95)),
                None => (!self.is_state(found)).then_some((own, 0.85)),
            },
            "Congo" | "Congolese" => {
                let other = self.count(code("CG")) > 0 && self.count(own) == 0;
                Some(if other { (code("CG"), 0.8) } else { (code("CD"), score.min(0.85)) })
            }
            "Korea" | "Korean" | "Koreans" => {
                let north = self.count(code("KP")) > 0 && self.count(own) == 0;
                Some((if north { code("KP") } else { own }, 0.7))
            }
            name if language().places.namesakes.contains(title_cased(name).as_str())
                && found.what.kind.is_name()
                && self.is_local(own)
                && !is_origin(context, found) =>
            {
                None
            }
            "Pole" | "Poles" => (self.count(own) > 0).then_some((own, 0.9)),
            _ if found.what.uncertain && found.what.kind == CountryName::Government => {
                (self.count(own) > 0).then_some((own, 0.6))
            }
            _ => Some((own, score)),
        }
    }

    /// Whether "Georgia" is the state of the United States here.
    pub(super) fn is_state(&self, found: &Match<Term>) -> bool {
        let tbilisi = CountryCode::new("GE").map_or(0, |code| self.count(code));
        found.phrase == "Georgia" && self.states + self.american > self.caucasus + 2 * tbilisi
    }

    /// Whether the document speaks of the United States and of no other country: towns bear the names of countries.
    fn is_local(&self, own: CountryCode) -> bool {
        let us = CountryCode::new("US");
        (self.states > 0 || self.local > 1)
            && self.counts.keys().all(|code| *code == own || Some(*code) == us)
            && self.named.get(&own).is_none_or(|other| *other == 0)
    }

    fn count(&self, code: CountryCode) -> usize {
        self.counts.get(&code).copied().unwrap_or(0)
    }
}

/// The country that most of a document's places lie in, by the names that each has in it.
pub(super) struct Home {
    names: HashMap<CountryCode, HashSet<String>>,
    /// The country with most names, and how many.
    most: Option<(CountryCode, usize)>,
    total: usize,
}

impl Home {
    /// From the countries that are named, the places of the gazetteer and the counties that the tagger sees.
    pub(super) fn new(
        context: &Context<'_, '_>,
        countries: &[(&Match<Term>, Verdict)],
        places: &[Match<Place>],
    ) -> Self {
        let mut names: HashMap<CountryCode, HashSet<String>> = HashMap::new();
        let mut add = |code: CountryCode, range| {
            names.entry(code).or_default().insert(title_cased(context.document.slice(range)));
        };
        for (found, _) in countries.iter().filter(|(_, verdict)| verdict.is_of_country()) {
            add(found.what.code, found.range);
        }
        for place in places {
            place.what.country.into_iter().for_each(|code| add(code, place.range));
        }
        let counties = context.tags.found.iter().filter(|tag| tag.label == Label::Place);
        for tag in counties.filter(|tag| is_county(context.document.slice(tag.range))) {
            CountryCode::new("US").into_iter().for_each(|code| add(code, tag.range));
        }
        let counts = names.iter().map(|(code, names)| (*code, names.len()));
        let most = counts.max_by_key(|(code, count)| (*count, std::cmp::Reverse(*code)));
        let total = names.values().map(HashSet::len).sum();
        Self { names, most, total }
    }

    /// The country, where it has most of the names.
    pub(super) fn country(&self) -> Option<CountryCode> {
        self.most.filter(|(_, most)| most * 10 >= self.total * 6).map(|(code, _)| code)
    }

    /// The document's own country in place of `usual` for a town's name, where it has such a town and nothing else in
    /// the document lies in the other.
    pub(super) fn rather(&self, name: &str, usual: CountryCode) -> Option<CountryCode> {
        // A name that stands for a government more often than for any town.
        let (own, most) = self.most.filter(|(own, _)| *own != usual && name != "Washington")?;
        let name = title_cased(name);
        let other = self.names.get(&usual).map_or(0, |names| names.len() - usize::from(names.contains(&name)));
        (other == 0 && most > 1 && knowledge::town(&name).any(|code| code == own)).then_some(own)
    }
}

/// "a native of Mexico": where people come from.
fn is_origin(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    let before = context.before(found.first);
    let head = before.map(|index| context.word_before(index)).unwrap_or_default();
    matches!(context.word_before(found.first), "of" | "from" | "in" | "to") && language().places.origins.contains(head)
}
