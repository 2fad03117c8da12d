//! What the embedded knowledge says of what a person tags.

use super::knowledge;
use crate::project::{Schema, ops};

/// What the embedded knowledge says of words that a person tags: "Chinese" is China.
pub fn known(schema: Schema, words: &str) -> ops::Known {
    let term = (schema == Schema::Country).then(|| knowledge::country_term(words)).flatten();
    match term.and_then(|term| knowledge::country(term.code)) {
        Some(facts) => known_country(facts),
        None => ops::unknown(schema, words),
    }
}

/// Somebody in office as the embedded knowledge has them.
pub fn known_leader(name: &str, leader: &knowledge::Leader) -> ops::Known {
    ops::Known {
        name: name.to_owned(),
        country: Some(leader.country),
        role: leader.role.to_owned(),
        wikidata: Some(leader.wikidata.into()),
    }
}

/// A country as the embedded knowledge has it.
pub fn known_country(facts: &knowledge::CountryFacts) -> ops::Known {
    let (name, wikidata) = (facts.name.to_owned(), facts.wikidata.map(Into::into));
    ops::Known { name, country: Some(facts.code), wikidata, ..ops::Known::default() }
}
