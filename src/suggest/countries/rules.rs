//! Whether a country's name, demonym, capital or government stands for the country where it stands.

use super::terms::Match;
use crate::suggest::context::{Context, Style, is_clitic};
use crate::suggest::knowledge::{self, Class, Term};

/// Words that go before a country's name without changing what it names.
const DIRECTIONS: &[&str] = &[
    "North",
    "South",
    "East",
    "West",
    "Northern",
    "Southern",
    "Eastern",
    "Western",
    "Central",
    "Upper",
    "Lower",
    "Mainland",
    "Greater",
    "Northeastern",
    "Northwestern",
    "Southeastern",
    "Southwestern",
    "Northeast",
    "Northwest",
    "Southeast",
    "Southwest",
    "Modern",
    "Ancient",
    "Former",
    "Post-Soviet",
    "Rural",
    "Continental",
    "Free",
];

/// Before "American" they make another word of it.
const AMERICANS: &[&str] = &["African", "Native", "Latin", "South", "North", "Central", "Asian", "Hispanic", "Inter"];

/// Before the name of a language.
const SPEAKING: &[&str] = &[
    "speak",
    "speaks",
    "speaking",
    "spoke",
    "spoken",
    "in",
    "into",
    "fluent",
    "learn",
    "learning",
    "learned",
    "teach",
    "teaching",
    "taught",
    "study",
    "studied",
    "broken",
    "translated",
    "understand",
    "read",
    "write",
];

/// Why nothing is said of a match.
pub(super) enum Verdict {
    /// It names the country, with this probability.
    Country(f32),
    /// It is a part of a longer name, or another word.
    No,
    /// It is a place of that name, in the country or elsewhere.
    Place,
}

/// What stands around a match decides; what else the document names comes later.
pub(super) fn judge(context: &Context<'_, '_>, found: &Match<Term>, people: impl Fn(usize) -> bool) -> Verdict {
    use crate::suggest::CountryName::{Capital, Demonym, Government, Name};
    if matches!(context.word_before(found.first), "@" | "#") {
        return Verdict::No;
    }
    let inside = if found.part {
        is_numbered(context, found) || joined_behind(context, found, &people)
    } else {
        inside_name(context, found, &people)
    };
    match found.what.kind {
        _ if inside => Verdict::No,
        Government => Verdict::Country(0.9),
        Name => match context.word_after(found.last) {
            "pig" | "pigs" | "fowl" => Verdict::No,
            _ => Verdict::Country(if found.part { 0.93 } else { 0.96 }),
        },
        Demonym if is_language(context, found) => Verdict::No,
        Demonym => Verdict::Country(if found.what.uncertain { 0.7 } else { 0.95 }),
        Capital if lies_elsewhere(context, found) => Verdict::Place,
        Capital if found.what.uncertain && !acts(context, found) => Verdict::Place,
        Capital if context.names_state(found.first, found.last) == Some(true) => Verdict::Place,
        Capital => Verdict::Country(if found.what.uncertain { 0.6 } else { 0.9 }),
    }
}

/// Whether the match is a part of a longer name: "Bank of China", "China Daily", "New Mexico".
fn inside_name(context: &Context<'_, '_>, found: &Match<Term>, people: &impl Fn(usize) -> bool) -> bool {
    held(context, found) || joined_before(context, found, people) || joined_behind(context, found, people)
}

/// "US-24", a road.
fn is_numbered(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    context.word(found.last).ends_with(char::is_numeric)
}

/// "Bank of China", "University of the Philippines".
fn held(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    let Some(mut before) = context.before(found.first) else { return false };
    if context.word(before) == "the" {
        let Some(earlier) = context.before(before) else { return false };
        before = earlier;
    }
    let holder = context.word_before(before);
    context.word(before) == "of"
        && (knowledge::is(holder, Class::Holder)
            || found.phrase == "Wales" && holder.starts_with("Prince")
            || found.phrase == "America" && holder.starts_with(char::is_uppercase))
}

fn joined_before(context: &Context<'_, '_>, found: &Match<Term>, people: &impl Fn(usize) -> bool) -> bool {
    use crate::suggest::CountryName::{Demonym, Government};
    let Some(before) = context.before(found.first) else { return false };
    let word = context.word(before);
    if !context.is_capital(before) || is_clitic(word) || people(before) || found.what.kind == Government {
        return false;
    }
    if found.what.kind == Demonym && AMERICANS.contains(&word) && found.phrase.starts_with("American") {
        return true;
    }
    let loose = DIRECTIONS.contains(&word)
        || knowledge::is(word, Class::Calendar)
        || knowledge::country_term(word).is_some()
        || found.what.kind == Demonym && (knowledge::is(word, Class::Title) || knowledge::is(word, Class::Portfolio));
    let forced = context.style(found.first) == Style::Capitals
        || context.capital_is_forced(before)
            && context.is_common(word)
            && !(context.style(before) != Style::Running && knowledge::is(word, Class::Organisation));
    !loose && !forced || matches!(word, "Miss" | "United") || word == "New" && !forced
}

fn joined_behind(context: &Context<'_, '_>, found: &Match<Term>, people: &impl Fn(usize) -> bool) -> bool {
    use crate::suggest::CountryName::{Capital, Demonym, Government, Name};
    let Some(behind) = context.after(found.last) else { return false };
    let word = context.word(behind);
    if !context.is_capital(behind) || is_clitic(word) || people(behind) {
        return false;
    }
    let kind = found.what.kind;
    let style = context.style(behind);
    let forces = matches!(
        word,
        "Army" | "Navy" | "Marine" | "Marines" | "Air" | "Coast" | "Open" | "Airways" | "Steel" | "Postal"
    );
    let abbreviated =
        !forces && kind == Name && found.phrase.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if kind == Government || abbreviated || style == Style::Capitals || context.leads_to_title(behind) {
        return false;
    }
    if knowledge::is(word, Class::Calendar) || knowledge::country_term(word).is_some_and(|term| term.kind == kind) {
        return false;
    }
    let organisation = knowledge::is(word, Class::Organisation);
    match kind {
        Demonym if knowledge::is(word, Class::Organ) => false,
        Capital if matches!(word, "Olympics" | "Winter" | "Summer" | "Paralympics" | "Games") => false,
        Name | Capital | Demonym | Government => {
            !(style == Style::Headline && context.is_common(word) && !organisation)
        }
    }
}

/// "in English,", "speaks French": the language.
fn is_language(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    if found.part {
        let word = context.word(found.last);
        return word.ends_with("speaking") || word.ends_with("language");
    }
    let next = context.after(found.last);
    let ends = next
        .is_none_or(|i| !context.is_word(i) || matches!(context.word(i), "and" | "or" | "as" | "at" | "to" | "with"));
    matches!(context.word_after(found.last), "language" | "speaker" | "speakers" | "lessons" | "word" | "dictionary")
        || ends && SPEAKING.contains(&context.word_before(found.first)) && !found.phrase.ends_with('s')
}

/// "Moscow, Idaho", "Paris, Texas".
pub(super) fn lies_elsewhere<T>(context: &Context<'_, '_>, found: &Match<T>) -> bool {
    part_behind(context, found.last).is_some()
}

/// The country of the part of a country that follows behind a comma.
pub(super) fn part_behind(context: &Context<'_, '_>, last: usize) -> Option<crate::project::CountryCode> {
    let comma = context.after(last).filter(|i| context.word(*i) == ",")?;
    let next = context.after(comma)?;
    let word = context.word(next);
    if knowledge::is(word, Class::State) {
        return crate::project::CountryCode::new("US");
    }
    let two = format!("{word} {}", context.word_after(next));
    let place = knowledge::place(&two).or_else(|| knowledge::place(word))?;
    place.country.filter(|_| place.part)
}

/// Whether a capital acts as a government does: "Jerusalem said".
fn acts(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    let next = context.word_after(found.last);
    let verb = knowledge::is(next, Class::Speech) || matches!(next, "has" | "wants" | "will" | "would" | "is");
    let before = context.word_before(found.first);
    verb && !matches!(before, "in" | "at" | "from" | "of" | "near" | "to" | "," | "and")
}
