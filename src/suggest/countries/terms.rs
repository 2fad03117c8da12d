//! The words and phrases of a text that can name a country or a place, longest first, context aside.

use text_size::TextRange;

use crate::suggest::CountryName;
use crate::suggest::casing::title_cased;
use crate::suggest::context::{Context, Style, is_shouted};
use crate::suggest::coreference::stands_for;
use crate::suggest::knowledge::{self, Place, Term};
use crate::text::byte_range;
use crate::text::language::language;
use crate::text::tokens::is_hyphen;

/// A token, or a part of a hyphenated one.
#[derive(Clone, Debug)]
pub(in crate::suggest) struct Unit<'t> {
    pub range: TextRange,
    /// The index of its token.
    pub token: usize,
    /// Its words as the tables write them: straight apostrophes, no shouting.
    pub text: std::borrow::Cow<'t, str>,
    /// Whether it is one part of several.
    pub part: bool,
}

/// A phrase that names a country or a place.
#[derive(Clone, Debug)]
pub(in crate::suggest) struct Match<T> {
    pub range: TextRange,
    /// The index of the first and of the last token.
    pub first: usize,
    pub last: usize,
    /// Whether it begins or ends inside a hyphenated token: "US-led".
    pub part: bool,
    pub phrase: String,
    pub what: T,
}

impl Match<Term> {
    /// "U.S.", "UK", "EU".
    pub(in crate::suggest) fn is_abbreviated(&self) -> bool {
        self.phrase.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    }
}

/// The longest place name with more words than this is not looked for.
const LONGEST_PLACE: usize = 4;

/// The tokens of the document, hyphenated ones that are no term in parts.
pub(in crate::suggest) fn units<'t>(context: &Context<'_, 't>) -> Vec<Unit<'t>> {
    let mut units = Vec::with_capacity(context.document.tokens.len() + 16);
    for (index, token) in context.document.tokens.iter().enumerate() {
        let word = context.word(index);
        let whole =
            !word.contains(is_hyphen) || knowledge::country_term_length(word) > 0 || knowledge::place(word).is_some();
        if whole {
            units.push(unit(context, index, word, token.range, false));
            continue;
        }
        let mut from = usize::from(token.range.start());
        for part in word.split(is_hyphen) {
            if let Some(range) = byte_range(from, from + part.len()).filter(|range| !range.is_empty()) {
                units.push(unit(context, index, part, range, true));
            }
            let rest = context.document.text.get(from + part.len()..).and_then(|rest| rest.chars().next());
            from += part.len() + rest.map_or(1, char::len_utf8);
        }
    }
    units
}

fn unit<'t>(context: &Context<'_, 't>, token: usize, word: &'t str, range: TextRange, part: bool) -> Unit<'t> {
    let loud = is_shouted(word) && word.len() > 3 && knowledge::country_term_length(word) == 0
        || context.style(token) == Style::Capitals && is_shouted(word) && knowledge::country_term_length(word) == 0
        || begins_shouted_name(context, token, word);
    let text = if loud {
        title_cased(word).into()
    } else if word.contains('’') {
        word.replace('’', "'").into()
    } else {
        word.into()
    };
    Unit { range, token, text, part }
}

/// "NEW" of "NEW YORK —": a short word in capitals that makes a known name with the word behind it.
fn begins_shouted_name(context: &Context<'_, '_>, token: usize, word: &str) -> bool {
    let next = context.word_after(token);
    if !is_shouted(word) || word.len() > 3 || !is_shouted(next) || next.len() < 4 {
        return false;
    }
    let name = format!("{} {}", title_cased(word), title_cased(next));
    knowledge::place(&name).is_some() || knowledge::country_term(&name).is_some()
}

/// All country terms, in order, without overlap.
pub(in crate::suggest) fn country_terms(context: &Context<'_, '_>, units: &[Unit<'_>]) -> Vec<Match<Term>> {
    let mut found = find(context, units, |unit| knowledge::country_term_length(&unit.text), knowledge::country_term);
    add_told(context, &mut found);
    found
}

/// Adds the abbreviations that the text itself explains: "Trinidad and Tobago (T&T)", then "T&T".
fn add_told(context: &Context<'_, '_>, found: &mut Vec<Match<Term>>) {
    let told: Vec<(&str, Term)> = found.iter().filter_map(|name| told_behind(context, name)).collect();
    if told.is_empty() {
        return;
    }
    let mut added = Vec::new();
    let mut covered = found.iter().map(|known| known.first..=known.last).peekable();
    for first in 0..context.document.tokens.len() {
        while covered.next_if(|tokens| *tokens.end() < first).is_some() {}
        if covered.peek().is_some_and(|tokens| tokens.contains(&first)) {
            continue;
        }
        let term = |last: usize| {
            let range = context.document.range(first, last)?;
            let (short, what) = told.iter().find(|(short, _)| *short == context.document.slice(range))?;
            Some(Match { range, first, last, part: false, phrase: (*short).to_owned(), what: *what })
        };
        added.extend((first..first + LONGEST_ABBREVIATION).find_map(term));
    }
    found.extend(added);
    found.sort_by_key(|known| known.range.start());
}

/// The abbreviation in brackets behind a country's name that has the name's initials.
fn told_behind<'t>(context: &Context<'_, 't>, name: &Match<Term>) -> Option<(&'t str, Term)> {
    let open = context.after(name.last).filter(|open| context.word(*open) == "(")?;
    let close = (open + 2..=open + 1 + LONGEST_ABBREVIATION).find(|close| context.word(*close) == ")")?;
    let short = context.document.slice(context.document.range(open + 1, close - 1)?);
    // "Republic of Ireland (ROI)": small words may count.
    let stands = stands_for(short, &name.phrase) || stands_for(short, &title_cased(&name.phrase));
    (stands && name.what.kind == CountryName::Name).then_some((short, name.what))
}

/// The most tokens of an abbreviation: "T&T" has three.
const LONGEST_ABBREVIATION: usize = 3;

/// All names of the gazetteer, in order, without overlap.
pub(in crate::suggest) fn places(context: &Context<'_, '_>, units: &[Unit<'_>]) -> Vec<Match<Place>> {
    let longest = |unit: &Unit<'_>| if unit.text.starts_with(char::is_uppercase) { LONGEST_PLACE } else { 0 };
    find(context, units, longest, knowledge::place)
}

fn find<T>(
    context: &Context<'_, '_>,
    units: &[Unit<'_>],
    longest: impl Fn(&Unit<'_>) -> usize,
    look_up: impl Fn(&str) -> Option<T>,
) -> Vec<Match<T>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = units.get(at) {
        let length = longest(first);
        let mut best = None;
        let mut phrase = String::new();
        for (taken, unit) in units.get(at..).unwrap_or_default().iter().enumerate().take(length) {
            if taken > 0 {
                let new_sentence =
                    context.document.sentence_of(unit.token) != context.document.sentence_of(first.token);
                if new_sentence || unit.part && units.get(at + taken - 1).is_some_and(|u| u.token == unit.token) {
                    break;
                }
                phrase.push(' ');
            }
            phrase.push_str(&unit.text);
            if let Some(what) = look_up(&phrase) {
                best = Some((taken, phrase.clone(), what));
            }
        }
        let Some((taken, phrase, what)) = best else {
            at += 1;
            continue;
        };
        if let Some(last) = units.get(at + taken) {
            let range = TextRange::new(first.range.start(), last.range.end());
            let part = first.part || last.part;
            found.push(Match { range, first: first.token, last: last.token, part, phrase, what });
        }
        at += taken + 1;
    }
    found
}

/// "Kanawha County", "Bath Township": written so in the United States.
pub(super) fn is_county(name: &str) -> bool {
    name.split_once(' ').is_some() && (name.ends_with(" County") || name.ends_with(" Township"))
}

pub(super) const NAME: &str = "countries";

/// Whether the words at a match are capitals in a line of capitals, where "US" may be the pronoun.
pub(super) fn is_shouted_line(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    context.style(found.first) == Style::Capitals
}

/// Names that several countries share, or a country and a part of another.
pub(super) fn is_ambiguous(phrase: &str) -> bool {
    language().places.shared_names.contains(phrase)
}
