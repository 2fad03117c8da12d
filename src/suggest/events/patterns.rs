//! Named events by composition: a year, an ordinal, a place or a body before a head noun ("2022 Winter Olympics", "the
//! 38th G8 summit"), or a head before its name ("Battle of Hastings", "Hurricane Ian").

use std::collections::HashMap;
use std::sync::LazyLock;

use super::grammar::{is_determiner, is_preposition};
use super::words::{Sentence, Word, Words};
use crate::project::NamedClass;
use crate::text::language::language;
use crate::text::tokens::TokenKind;

/// A named event that a pattern found.
pub(crate) struct Composed {
    /// Indexes of its first and last word.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Index of the head noun.
    pub(crate) head: usize,
    pub(crate) class: NamedClass,
    pub(crate) score: f32,
}

/// What must stand before a head noun in small letters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    /// The head itself has a capital: "Vietnam War".
    Capital,
    /// A name or a year: "G20 summit", "1995 referendum".
    Name,
    /// A year: "2011 earthquake".
    Year,
    /// A disease: "Ebola outbreak".
    Disease,
}

/// The class of events whose names end with this word.
pub(crate) fn class_of(word: &str) -> Option<NamedClass> {
    head(word).map(|(class, _)| class)
}

/// The class of the events that a head noun names, and what it needs, by the noun.
static HEADS: LazyLock<HashMap<&'static str, (NamedClass, Need)>> = LazyLock::new(|| {
    language().named_events.heads.iter().filter_map(|(word, told)| Some((word, head_told(told)?))).collect()
});

fn head(word: &str) -> Option<(NamedClass, Need)> {
    HEADS.get(word).copied()
}

/// "election, name" of the table.
fn head_told(told: &str) -> Option<(NamedClass, Need)> {
    let (class, need) = told.split_once(", ")?;
    let need = match need {
        "capital" => Need::Capital,
        "name" => Need::Name,
        "year" => Need::Year,
        "disease" => Need::Disease,
        _ => return None,
    };
    Some((NamedClass::from_name(class)?, need))
}

/// Small words that may stand between the name and its head.
fn is_modifier(word: &str) -> bool {
    language().named_events.modifiers.contains(word)
}

fn is_disease(word: &str) -> bool {
    let diseases = &language().named_events.diseases;
    // "covid-19"
    let variant = |disease: &str| word.strip_prefix(disease).is_some_and(|rest| rest.starts_with('-'));
    diseases.contains(word) || word.contains('-') && diseases.iter().any(variant)
}

fn is_ordinal(word: &Word<'_>) -> bool {
    let calendar = &language().calendar;
    let figures = |end: &str| word.text.strip_suffix(end).is_some_and(|n| n.parse::<u16>().is_ok());
    calendar.ordinal_endings.iter().any(figures) || calendar.ordinals.contains(&word.lower)
}

fn is_roman(text: &str) -> bool {
    text.len() <= 5 && !text.is_empty() && text.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// The named event whose head stands at a word, if there is one.
pub(crate) fn composed(words: &Words<'_>, at: usize) -> Option<Composed> {
    before_its_name(words, at).or_else(|| behind_its_name(words, at))
}

/// "Battle of Hastings", "Operation Barbarossa", "Hurricane Ian".
fn before_its_name(words: &Words<'_>, at: usize) -> Option<Composed> {
    use NamedClass as C;
    let in_place = matches!(words.lower(at), "war") && words.after(at, 1) == "in";
    let word = words.get(at).filter(|word| word.is_capital() || in_place && words.before(at, 1) == "the")?;
    let capital =
        |i: usize| words.get(i).filter(|w| words.same_sentence(at, i) && w.is_capital() && w.kind == TokenKind::Word);
    let (class, from) = match word.lower.as_str() {
        _ if language().named_events.storms.contains(word.lower.as_str()) => (C::Disaster, at + 1),
        "storm" if words.before(at, 1) == "tropical" || capital(at + 1).is_some() && !words.begins_sentence(at) => {
            (C::Disaster, at + 1)
        }
        "operation" => (C::War, at + 1),
        _ if language().named_events.of_wars.contains(word.lower.as_str()) => (C::War, at + 2),
        "war" | "wars" => (C::War, at + 2),
        _ if language().named_events.of_agreements.contains(word.lower.as_str()) => (C::Agreement, at + 2),
        "massacre" | "fall" => (C::Other, at + 2),
        _ => return None,
    };
    if from == at + 2 && words.after(at, 1) != "of" && !in_place {
        return None;
    }
    let headline = words.sentence_of(at).is_some_and(|s| s.headline);
    let from = from + usize::from(words.lower(from) == "the" && from == at + 2);
    let name = capital(from).filter(|w| !is_preposition(&w.lower))?;
    if is_month(&name.lower) {
        return None;
    }
    let mut last = from;
    while !headline && class != C::Disaster && capital(last + 1).is_some_and(|w| !is_preposition(&w.lower)) {
        last += 1;
    }
    let mut first = at;
    while let Some(before) = first
        .checked_sub(1)
        .and_then(|i| capital(i).or_else(|| words.get(i).filter(|w| words.same_sentence(i, at) && is_ordinal(w))))
    {
        if is_determiner(&before.lower) && !is_ordinal(before) || is_preposition(&before.lower) || headline {
            break;
        }
        first -= 1;
    }
    Some(Composed { first, last, head: at, class, score: 0.75 })
}

/// "2022 Winter Olympics", "the 2020 U.S. presidential election", "Munich Security Conference".
fn behind_its_name(words: &Words<'_>, at: usize) -> Option<Composed> {
    let word = words.get(at)?;
    let (class, need) = head(&word.lower)?;
    let sentence = words.sentence_of(at)?;
    let (first, facts) = leftwards(words, at, class, sentence);
    let capital = word.is_capital() && !sentence.headline;
    let enough = match need {
        Need::Capital => (capital || sentence.headline && word.is_capital()) && facts.name,
        Need::Name => facts.name || facts.year && class == NamedClass::Election,
        Need::Year => facts.year && (facts.name || word.lower == "invasion" && words.after(at, 1) == "of"),
        Need::Disease => facts.disease,
    };
    // "Iraq war" is a name, "price war" was no name to begin with; "Russian election" alone says too little.
    let vague = class == NamedClass::Election && !facts.year && !facts.kind && !capital;
    if !enough || vague {
        return None;
    }
    let last = rightwards(words, at, class, facts.year);
    let score = match (facts.year, capital) {
        (true, _) => 0.85,
        (false, true) => 0.7,
        (false, false) => 0.6,
    };
    Some(Composed { first, last, head: at, class, score })
}

/// What stands before a head.
#[derive(Default)]
struct Facts {
    name: bool,
    year: bool,
    disease: bool,
    /// A small word such as "presidential".
    kind: bool,
}

/// The first word of the name whose head is at `at`.
fn leftwards(words: &Words<'_>, at: usize, class: NamedClass, sentence: &Sentence) -> (usize, Facts) {
    let (floor, headline) = (sentence.words.start, sentence.headline);
    let mut facts = Facts::default();
    let mut first = at;
    let mut index = at;
    let reach = if headline { 3 } else { 8 };
    while index > floor && at - index < reach {
        index -= 1;
        let Some(word) = words.get(index) else { break };
        let lower = word.lower.as_str();
        let joins = language().named_events.joins.contains(lower);
        if word.year().is_some() {
            facts.year = true;
            first = index;
            if is_month(words.before(index, 1)) {
                first -= 1;
            }
            break;
        } else if is_disease(lower) {
            (facts.disease, facts.name) = (true, true);
            first = index;
        } else if joins {
            // Only between two capitals: "House of Representatives elections", "Côte d'Ivoire's".
            let left =
                index.checked_sub(1).and_then(|i| words.get(i)).filter(|w| w.is_capital() && !is_determiner(&w.lower));
            let right = words.get(index + 1).is_some_and(Word::is_capital);
            let sound = left.is_some_and(|w| !is_preposition(&w.lower))
                && right
                && lower != "the"
                && lower != "and"
                && lower != "'s"
                && !headline;
            let sound = sound && (lower != "of" || class == NamedClass::Election);
            if index <= floor || !sound {
                break;
            }
        } else if is_ordinal(word) {
            facts.name |= word.kind == TokenKind::Number && facts.name;
            first = index;
        } else if is_modifier(lower) {
            facts.kind = true;
            facts.name |= word.is_capital() && !headline && !words.begins_sentence(index);
            first = index;
        } else if (word.is_capital() || lower.starts_with("g-"))
            && (!is_determiner(lower) || word.text == "New")
            && !is_preposition(lower)
            && !is_opener(lower)
        {
            facts.name = true;
            first = index;
        } else {
            break;
        }
    }
    // "its first COVID-19 outbreak": a small ordinal counts what a small head names.
    let small = |i: usize| words.get(i).is_some_and(Word::is_small);
    while first < at && small(at) && small(first) && words.get(first).is_some_and(is_ordinal) {
        first += 1;
    }
    (first, facts)
}

/// Capitalised words that begin a sentence and no name.
fn is_opener(word: &str) -> bool {
    language().named_events.openers.contains(word)
}

fn is_month(word: &str) -> bool {
    language().calendar.months.contains(word)
}

/// The last word of the name whose head is at `at`.
fn rightwards(words: &Words<'_>, at: usize, class: NamedClass, year: bool) -> usize {
    let capital = |i: usize| {
        words.same_sentence(at, i) && words.get(i).is_some_and(|w| w.is_capital() && w.kind == TokenKind::Word)
    };
    let run = |mut last: usize| {
        while capital(last + 1) && !is_month(words.lower(last + 1)) {
            last += 1;
        }
        last
    };
    let next = words.after(at, 1);
    let article = usize::from(words.after(at, 2) == "the");
    let named = capital(at + 2 + article) && !is_month(words.lower(at + 2 + article));
    let in_a_place = class == NamedClass::Election && year && next == "in";
    let of_a_name = next == "of"
        && words.get(at).is_some_and(|w| {
            w.is_capital() && !language().named_events.no_names_of.contains(w.lower.as_str()) || w.lower == "invasion"
        });
    let on_a_theme = next == "on" && class == NamedClass::Summit && words.get(at).is_some_and(Word::is_capital);
    if named && (in_a_place || of_a_name || on_a_theme) {
        let last = run(at + 1 + article);
        let more = words.lower(last + 1) == "and" && capital(last + 2) && !in_a_place;
        return if more { run(last + 1) } else { last };
    }
    let numeral = words.get(at + 1).filter(|w| {
        words.same_sentence(at, at + 1)
            && (is_roman(w.text) || w.year().is_some() && words.get(at).is_some_and(Word::is_capital))
    });
    at + usize::from(numeral.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_head_has_a_class_and_a_need() {
        for (word, told) in language().named_events.heads.iter() {
            assert!(head_told(told).is_some(), "{word} = {told}");
        }
        assert!(head("olympics") == Some((NamedClass::Games, Need::Name)));
    }
}
