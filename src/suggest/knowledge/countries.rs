//! The countries: their facts for lists and menus, and the words that name them.

use std::collections::HashMap;

use crate::project::CountryCode;
use crate::suggest::CountryName;
use crate::text::language::language;
use crate::text::tokens::tokenize;

/// What is known of a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryFacts {
    /// Its code.
    pub code: CountryCode,
    /// The common English name: "China".
    pub name: &'static str,
    /// The formal English name, where it differs: "People's Republic of China".
    pub official: Option<&'static str>,
    /// The capital or seat of government, where it bears another name than the country.
    pub capital: Option<&'static str>,
    /// The adjective: "Chinese".
    pub demonym: Option<&'static str>,
    /// Wikidata item, where known.
    pub wikidata: Option<&'static str>,
    /// The part of the world after the United Nations' scheme; empty for a few territories.
    pub region: &'static str,
    /// The years of a former state: "1922-1991".
    pub years: Option<&'static str>,
}

impl CountryFacts {
    /// Whether the state is no more.
    pub fn is_former(&self) -> bool {
        self.years.is_some()
    }
}

/// A word or phrase that names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The country.
    pub code: CountryCode,
    /// How it is named.
    pub kind: CountryName,
    /// Whether the phrase often means something else.
    pub uncertain: bool,
}

/// All countries and their terms.
#[derive(Debug, Default)]
pub(super) struct Countries {
    pub(super) facts: Vec<CountryFacts>,
    by_code: HashMap<CountryCode, usize>,
    terms: HashMap<String, Term>,
    /// For the first token of each term, how many tokens the longest has.
    lengths: HashMap<String, usize>,
}

impl Countries {
    pub(super) fn parse(table: &'static str) -> Self {
        let mut countries = Self::default();
        for line in table.lines() {
            countries.add(line);
        }
        countries.facts.sort_by_key(|facts| (facts.is_former(), facts.name));
        countries.by_code = countries.facts.iter().enumerate().map(|(i, facts)| (facts.code, i)).collect();
        countries
    }

    pub(super) fn get(&self, code: CountryCode) -> Option<&CountryFacts> {
        self.by_code.get(&code).and_then(|index| self.facts.get(*index))
    }

    /// The term that is written so, tokens parted by one space.
    pub(super) fn term(&self, phrase: &str) -> Option<Term> {
        self.terms.get(phrase).copied()
    }

    /// How many tokens a term that begins with this token may have; 0 where none begins so.
    pub(super) fn length(&self, first: &str) -> usize {
        self.lengths.get(first).copied().unwrap_or(0)
    }

    fn add(&mut self, line: &'static str) {
        let fields: Vec<&'static str> = line.split('\t').collect();
        let field = |index: usize| fields.get(index).copied().unwrap_or_default();
        let Some(code) = CountryCode::new(field(0)) else { return };
        let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let first =
            |text: &'static str| text.split(';').find(|part| !part.is_empty()).map(|p| p.trim_start_matches('~'));
        self.facts.push(CountryFacts {
            code,
            wikidata: some(field(1)),
            region: field(2),
            name: field(3),
            official: some(field(4)).filter(|official| *official != field(3)),
            capital: first(field(5)),
            demonym: first(field(6)),
            years: some(field(9)),
        });
        let mark = if field(10).is_empty() { "" } else { "~" };
        self.put(&format!("{mark}{}", field(3)), code, CountryName::Name);
        for (index, kind) in [
            (7, CountryName::Name),
            (11, CountryName::Part),
            (8, CountryName::Government),
            (5, CountryName::Capital),
            (6, CountryName::Demonym),
        ] {
            for phrase in field(index).split(';').filter(|phrase| !phrase.is_empty()) {
                self.put(phrase, code, kind);
                if kind == CountryName::Demonym
                    && let Some(plural) = plural(phrase)
                {
                    self.put(&plural, code, kind);
                }
            }
        }
    }

    fn put(&mut self, phrase: &str, code: CountryCode, kind: CountryName) {
        let uncertain = phrase.starts_with('~');
        let phrase = phrase.trim_start_matches('~').replace('’', "'");
        let phrase = phrase.strip_prefix("the ").unwrap_or(&phrase);
        let tokens = tokenize(phrase);
        let words: Vec<&str> = tokens.iter().map(|token| token.text(phrase)).collect();
        let Some(first) = words.first() else { return };
        let length = self.lengths.entry((*first).to_owned()).or_default();
        *length = (*length).max(words.len());
        self.terms.entry(words.join(" ")).or_insert(Term { code, kind, uncertain });
    }
}

/// The plural in -s of a demonym that has one.
fn plural(demonym: &str) -> Option<String> {
    let none = &language().places.demonyms_without_plural;
    (!none.iter().any(|end| demonym.ends_with(end))).then(|| format!("{demonym}s"))
}
