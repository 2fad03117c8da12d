//! People who bear the name of a country or a city: "Georgia began skating at four" names no state.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::chunks::Candidate;
use crate::suggest::context::{Context, is_clitic};
use crate::suggest::{CountryName, Label, knowledge};
use crate::text::language::{WordList, language};

/// How likely such a name is a person's where it stands.
pub(super) const SCORE: f32 = 0.9;

/// What the document tells of the bearers of such names.
#[derive(Debug, Default)]
pub(in crate::suggest) struct Namesakes {
    told: HashMap<SmolStr, Told>,
}

/// How often something is told of a name that only people do or are, and how often it can only be a country or a place.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    of_person: usize,
    of_place: usize,
}

impl Namesakes {
    /// From all words that people and countries are called by.
    pub(in crate::suggest) fn new(context: &Context<'_, '_>) -> Self {
        let mut told: HashMap<SmolStr, Told> = HashMap::new();
        for index in 0..context.document.tokens.len() {
            let word = context.word(index);
            if !context.is_capital(index) || !is_shared(word) {
                continue;
            }
            let told = told.entry(word.into()).or_default();
            if is_alone(context, index) && is_person(context, index) {
                told.of_person += 1;
            } else if is_place(context, index) {
                told.of_place += 1;
            }
        }
        if !told.is_empty() {
            // "Georgians", "Tbilisi".
            let words = context.document.tokens.iter().map(|token| token.text(context.document.text));
            for other in words.filter(|word| word.starts_with(char::is_uppercase) && !is_shared(word)) {
                let Some(term) = knowledge::country_term(other).filter(|term| !term.kind.is_name()) else { continue };
                let of = |word: &SmolStr| knowledge::country_term(word).is_some_and(|own| own.code == term.code);
                told.iter_mut().filter(|(word, _)| of(word)).for_each(|(_, told)| told.of_place += 1);
            }
        }
        Self { told }
    }

    /// Whether a candidate of one word is a person of that name here.
    pub(super) fn has(&self, context: &Context<'_, '_>, candidate: &Candidate) -> bool {
        let Some(word) = candidate.words.first().filter(|_| candidate.words.len() == 1) else { return false };
        let at = candidate.tokens.start;
        self.told.get(word).is_some_and(|told| {
            told.of_person > 0
                && is_alone(context, at)
                && !is_place(context, at)
                && (told.of_place == 0 || told.of_person > told.of_place || is_person(context, at))
        })
    }

    /// Whether a candidate of one word is the country or the city of that name, and nobody.
    pub(super) fn denies(&self, candidate: &Candidate) -> bool {
        let word = candidate.words.first().filter(|_| candidate.words.len() == 1 && candidate.title.is_none());
        word.is_some_and(|word| self.is_place(word))
    }

    /// Whether the document tells of the country or the city of this name, and of nobody who bears it.
    pub(in crate::suggest) fn is_place(&self, word: &str) -> bool {
        self.told.get(word).is_some_and(|told| told.of_person == 0 && told.of_place > 0)
    }
}

/// Whether a word is the name of a country or a capital, which somebody may bear.
fn is_shared(word: &str) -> bool {
    knowledge::country_term(word).is_some_and(|term| term.kind != CountryName::Demonym && !term.uncertain)
}

/// Whether the word is no part of a longer name.
fn is_alone(context: &Context<'_, '_>, index: usize) -> bool {
    let joins = |at: Option<usize>| at.is_some_and(|at| context.is_capital(at) && !context.starts(at));
    let article = matches!(context.word_before(index), "the" | "The" | "of");
    !joins(context.before(index)) && !joins(context.after(index)) && !article
}

/// Whether something is told of the word at `index` that is told of people alone.
fn is_person(context: &Context<'_, '_>, index: usize) -> bool {
    let people = &language().people;
    if people.kin.contains(context.word_before(index)) || is_aged(context, index) {
        return true;
    }
    if is_place(context, index) || !knowledge::name_flags(context.word(index)).any() {
        return false;
    }
    let rest = || std::iter::successors(context.after(index), |at| context.after(*at));
    let tells = |words: &WordList, among: usize| rest().take(among).any(|at| words.contains(context.word(at)));
    // "Chad and Georgia are getting married".
    let pair = context.word_after(index) == "and" || context.word_before(index) == "and";
    if pair && tells(&people.couples, 8) {
        return true;
    }
    let next = context.after(index);
    let acts =
        next.is_some_and(|next| context.is_word(next) && !is_clitic(context.word(next)) && !context.is_capital(next));
    let back = std::iter::successors(context.before(index), |at| context.before(*at));
    let others = back.chain(rest()).filter(|at| context.is_capital(*at)).any(|at| {
        let range = context.document.tokens.get(at).map(|token| token.range).unwrap_or_default();
        context.tags.share(range, Label::Person) > 0.5
    });
    acts && !others && !is_joint(context, next) && (tells(&people.pronouns, 6) || tells(&people.lives, 4))
}

fn is_joint(context: &Context<'_, '_>, index: Option<usize>) -> bool {
    index.is_some_and(|index| matches!(context.word(index), "and" | "or" | "," | "is" | "in"))
}

/// "India, 24, said", "Chad (31)".
fn is_aged(context: &Context<'_, '_>, index: usize) -> bool {
    let Some(mark) = context.after(index).filter(|mark| matches!(context.word(*mark), "," | "(")) else { return false };
    let age = context.after(mark);
    let number = age.is_some_and(|age| context.word(age).parse::<u8>().is_ok_and(|age| (2..=110).contains(&age)));
    let Some(end) = age.and_then(|age| context.after(age)) else { return number };
    // A table of medals goes on with the next country.
    let listed = context.after(end).is_some_and(|next| context.is_capital(next));
    number && (context.word(end) == ")" || context.word(end) == "," && !listed)
}

/// Whether the word at `index` stands where a country or a city does.
fn is_place(context: &Context<'_, '_>, index: usize) -> bool {
    let before = context.word_before(index).to_lowercase();
    let people = &language().people;
    let owned = || {
        let owned = context.after(index).filter(|at| is_clitic(context.word(*at))).map(|at| context.word_after(at));
        owned.is_some_and(|word| people.roles.contains(word) || language().places.organs.contains(word))
    };
    people.place_prepositions.contains(before.as_str())
        || language().places.directions.contains(context.word_before(index))
        || matches!(before.as_str(), "against" | "between")
        || context.after(index).is_some_and(|next| context.leads_to_title(next))
        || owned()
        || is_thing(context, index)
}

/// "Chad said it would": what is told of goes on as a thing.
fn is_thing(context: &Context<'_, '_>, index: usize) -> bool {
    let said = context.after(index).filter(|at| language().people.saying.contains(context.word(*at)));
    let next = said.map(|at| context.word_after(at)).unwrap_or_default();
    let then = said.and_then(|at| context.after(at)).map(|at| context.word_after(at)).unwrap_or_default();
    let thing = |word: &str| matches!(word, "it" | "its");
    thing(next) || next == "that" && thing(then)
}
