//! Whether a country's name, demonym, capital or government stands for the country where it stands.

use text_size::TextRange;

use super::terms::{Match, is_ambiguous};
use crate::suggest::casing::title_cased;
use crate::suggest::context::{Context, Style, is_clitic, is_shouted};
use crate::suggest::knowledge::{self, Term};
use crate::suggest::people::namesakes::Namesakes;
use crate::suggest::tagger::joined;
use crate::suggest::{CountryName, Label};
use crate::text::language::{WordList, language};
use crate::text::tokens::is_hyphen;

/// Why nothing is said of a match.
pub(super) enum Verdict {
    /// It names the country, with this probability.
    Country(f32),
    /// It is a part of a longer name: "Bank of China", "New Mexico".
    Inside,
    /// It is another word.
    No,
    /// It is a place of that name, in the country or elsewhere.
    Place,
    /// It is the country's capital as the city where something is, with this probability.
    City(f32),
}

impl Verdict {
    /// Whether the country is spoken of, itself or its capital.
    pub(super) fn is_of_country(&self) -> bool {
        matches!(self, Self::Country(_) | Self::City(_))
    }
}

/// What stands around a match decides; what else the document names comes later.
pub(super) fn judge(context: &Context<'_, '_>, found: &Match<Term>, people: impl Fn(usize) -> bool) -> Verdict {
    use crate::suggest::CountryName::{Capital, Demonym, Government, Name, Part};
    if matches!(context.word_before(found.first), "@" | "#") {
        return Verdict::No;
    }
    if is_event_or_road(context, found) || is_prefixed(context, found) {
        return Verdict::No;
    }
    let inside = if found.part {
        !is_pair(context, found) && joined_behind(context, found, &people)
    } else {
        inside_name(context, found, &people)
    };
    match found.what.kind {
        _ if inside => Verdict::Inside,
        Government => Verdict::Country(0.9),
        Name | Part => match context.word_after(found.last) {
            _ if language().places.guinea_animals.contains(context.word_after(found.last)) => Verdict::No,
            _ => Verdict::Country(if found.part { 0.93 } else { 0.96 }),
        },
        Demonym if is_language(context, found) => Verdict::No,
        Demonym => Verdict::Country(if found.what.uncertain { 0.7 } else { 0.95 }),
        Capital if lies_elsewhere(context, found) => Verdict::Place,
        Capital if found.what.uncertain && !acts(context, found) => Verdict::Place,
        Capital if context.names_state(found.first, found.last) == Some(true) => Verdict::Place,
        Capital if is_where(context, found.first, found.last) || is_based(context, found) => Verdict::City(0.9),
        Capital => Verdict::Country(if found.what.uncertain { 0.85 } else { 0.9 }),
    }
}

/// The verdict with what the tagger sees: a longer name around the match, or a place or a group where the rules see none.
pub(super) fn with_tags(
    context: &Context<'_, '_>,
    found: &Match<Term>,
    namesakes: &Namesakes,
    verdict: Verdict,
) -> Verdict {
    if context.tags.is_empty() {
        return verdict;
    }
    let over = context.tags.over(found.range);
    // What the tagger joins to the credit of a picture before it says nothing of the name.
    let credited = context.before(found.first).is_some_and(|before| ends_credit(context, before));
    // Of "the EU-Israel summit" each part is named.
    let longer = !found.part
        && !credited
        && over.iter().any(|tag| {
            let whole = tag.range.contains_range(found.range) && tag.range != found.range && tag.probability > 0.5;
            // "U.S. Geological Survey", "French Senate": a body of the country.
            let organ = tag.label == Label::Org
                && matches!(before(context, tag.range, found.range), "" | "the " | "The ")
                && (found.is_abbreviated() || found.what.kind == CountryName::Demonym);
            whole && !organ && matches!(tag.label, Label::Org | Label::Event | Label::Person)
        });
    let place = context.tags.share(found.range, Label::Place) + context.tags.share(found.range, Label::Norp);
    let team = context.tags.share(found.range, Label::Org);
    // A team or a government is written as its country; what is longer is another body.
    // Among capitals the tagger doubts what it reads; a name that nothing else bears is believed all the same.
    let sole = match found.what.kind {
        _ if credited => true,
        CountryName::Name if namesakes.is_place(&found.phrase) => true,
        CountryName::Name if found.is_abbreviated() && context.style(found.first) == Style::Running => {
            !found.what.uncertain
        }
        CountryName::Name | CountryName::Part if context.style(found.first) != Style::Capitals => {
            is_unmistakable(context, found)
        }
        CountryName::Name | CountryName::Part => !knowledge::name_flags(&title_cased(&found.phrase)).any(),
        CountryName::Capital | CountryName::Government => true,
        CountryName::Demonym => false,
    };
    let seen = if longer { 0.0 } else { (place + 0.7 * team).max(if sole { UNDOUBTED } else { 0.0 }) };
    match verdict {
        Verdict::Country(score) => match joined(score, seen) {
            score if score >= 0.5 => Verdict::Country(score),
            _ if longer => Verdict::Inside,
            _ => Verdict::No,
        },
        Verdict::City(score) => match joined(score, seen) {
            score if score >= 0.5 => Verdict::City(score),
            _ if longer => Verdict::Inside,
            _ => Verdict::No,
        },
        Verdict::Inside if found.what.kind != CountryName::Demonym && !longer && !found.part => {
            let exact = over.iter().any(|tag| tag.range == found.range && tag.label == Label::Place);
            let score = joined(OVERRULED, seen);
            if exact && score >= 0.5 { Verdict::Country(score) } else { Verdict::Inside }
        }
        other => other,
    }
}

/// Whether a name has no other bearer: no person, no town, no common word, no other country.
fn is_unmistakable(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    let name = found.phrase.as_str();
    !found.what.uncertain
        && !name.contains(' ')
        && !knowledge::name_flags(name).any()
        && !context.is_common(name)
        && knowledge::place(name).is_none()
        && knowledge::town(name).next().is_none()
        && !language().places.namesakes.contains(name)
        && !is_ambiguous(name)
}

/// What stands in `whole` before `part`.
fn before<'t>(context: &Context<'_, 't>, whole: TextRange, part: TextRange) -> &'t str {
    let range = TextRange::new(whole.start(), part.start().max(whole.start()));
    context.document.slice(range)
}

/// What the tagger's opinion of a name counts at least that only a country bears.
const UNDOUBTED: f32 = 0.25;

/// How likely a match names its country where the rules say that it does not.
const OVERRULED: f32 = 0.1;

/// Whether the match is a part of a longer name: "Bank of China", "China Daily", "New Mexico".
fn inside_name(context: &Context<'_, '_>, found: &Match<Term>, people: &impl Fn(usize) -> bool) -> bool {
    held(context, found)
        || held_abroad(context, found)
        || joined_before(context, found, people)
        || joined_behind(context, found, people)
}

/// "US-24", "U.S. Highway 82", "U.S. OPEN".
fn is_event_or_road(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    let next = title_cased(context.word_after(found.last));
    found.part && context.word(found.last).ends_with(char::is_numeric)
        || found.what.kind.is_name() && language().places.roads.contains(next.as_str())
}

/// "Inter-American", "Pan-African": more than one country.
fn is_prefixed(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    let word = context.word(found.first).to_lowercase();
    found.part && language().places.continental_prefixes.iter().any(|prefix| word.starts_with(prefix))
}

/// "the Lebanon-Syria treaty": both parts name a country.
fn is_pair(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    let parts = context.word(found.last).split(is_hyphen);
    parts.filter(|part| knowledge::country_term(part).is_some()).count() > 1
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
        && (language().places.holders.contains(holder)
            || found.phrase == "Wales" && holder.starts_with("Prince")
            || found.phrase == "America" && holder.starts_with(char::is_uppercase))
}

/// "Stade de France", "Banco de Portugal".
fn held_abroad(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    let of = context.before(found.first).filter(|of| language().places.foreign_of.contains(context.word(*of)));
    of.and_then(|of| context.before(of)).is_some_and(|holder| context.is_capital(holder))
}

fn joined_before(context: &Context<'_, '_>, found: &Match<Term>, people: &impl Fn(usize) -> bool) -> bool {
    use crate::suggest::CountryName::{Demonym, Government};
    let Some(before) = context.before(found.first) else { return false };
    let word = context.word(before);
    let other = is_clitic(word) || people(before) || ends_credit(context, before);
    if !context.is_capital(before) || other || found.what.kind == Government {
        return false;
    }
    if found.what.kind == Demonym
        && language().places.other_americans.contains(word)
        && found.phrase.starts_with("American")
    {
        return true;
    }
    let loose = language().places.directions.contains(word)
        || language().calendar.names.contains(word)
        || knowledge::country_term(word).is_some()
        || found.what.kind == Demonym
            && (language().people.titles.contains(word) || language().people.portfolios.contains(word));
    let forced = context.style(found.first) == Style::Capitals
        || context.capital_is_forced(before)
            && context.is_common(word)
            && !(context.style(before) != Style::Running && language().bodies.words_in_names.contains(word));
    !loose && !forced || matches!(word, "Miss" | "United") || word == "New" && !forced
}

fn joined_behind(context: &Context<'_, '_>, found: &Match<Term>, people: &impl Fn(usize) -> bool) -> bool {
    use crate::suggest::CountryName::{Capital, Demonym, Government, Name, Part};
    let Some(behind) = context.after(found.last) else { return false };
    let word = context.word(behind);
    if !context.is_capital(behind) || is_clitic(word) || people(behind) {
        return false;
    }
    let kind = found.what.kind;
    let style = context.style(behind);
    let forces = language().places.forces_and_firms.contains(word);
    let abbreviated = !forces && kind == Name && found.is_abbreviated();
    if forces && kind == Name {
        return true;
    }
    if kind == Government || abbreviated || style == Style::Capitals || context.leads_to_title(behind) {
        return false;
    }
    if language().calendar.names.contains(word) || knowledge::country_term(word).is_some_and(|term| term.kind == kind) {
        return false;
    }
    let organisation = language().bodies.words_in_names.contains(word);
    match kind {
        Demonym if language().places.organs.contains(word) || is_short(word) => false,
        Capital if language().places.games.contains(word) => false,
        Name | Part | Capital | Demonym | Government => {
            !(style == Style::Headline && context.is_common(word) && !organisation)
        }
    }
}

/// "the Czech EU presidency", "the Georgian MoD": an abbreviation, of which the word before is no part.
fn is_short(word: &str) -> bool {
    word.len() <= 5 && word.chars().filter(|c| c.is_uppercase()).count() >= 2 && word.chars().all(char::is_alphabetic)
}

/// "in English,", "speaks French": the language.
fn is_language(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    if found.part {
        let word = context.word(found.last);
        return word.ends_with("speaking") || word.ends_with("language");
    }
    let next = context.after(found.last);
    let ends = next.is_none_or(|i| !context.is_word(i) || language().places.language_ends.contains(context.word(i)));
    language().places.language_nouns.contains(context.word_after(found.last))
        || ends
            && language().places.language_leads.contains(context.word_before(found.first))
            && !found.phrase.ends_with('s')
}

/// "Moscow, Idaho", "Paris, Texas", "400 Main St., Lebanon".
pub(super) fn lies_elsewhere<T>(context: &Context<'_, '_>, found: &Match<T>) -> bool {
    part_behind(context, found.last).is_some() || ends_address(context, found.range)
}

/// Whether the word ends the credit of a picture, so that a sentence begins behind it: "Photo: AP Saudi Arabia was",
/// "AFP/Getty Images Iran said".
fn ends_credit(context: &Context<'_, '_>, index: usize) -> bool {
    let mut first = index;
    if context.word(index) == "Images" {
        first = context.before(index).unwrap_or(index);
    }
    language().places.picture_agencies.contains(context.word(first)) && matches!(context.word_before(first), ":" | "/")
}

/// Whether a street and its number stand before, parted by a comma: the town of an address follows.
fn ends_address(context: &Context<'_, '_>, range: TextRange) -> bool {
    let (before, _) = context.document.text.split_at_checked(range.start().into()).unwrap_or_default();
    let mut words = before.split(' ').rev();
    // What stands directly before is a space.
    let street = words.by_ref().find(|word| !word.is_empty()).and_then(|word| word.strip_suffix(','));
    street.is_some_and(|street| language().places.streets.contains(street))
        && words.take(5).any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// The country of the part of a country that follows behind a comma.
pub(super) fn part_behind(context: &Context<'_, '_>, last: usize) -> Option<crate::project::CountryCode> {
    let comma = context.after(last).filter(|i| context.word(*i) == ",")?;
    let next = context.after(comma)?;
    let word = context.word(next);
    if language().places.state_abbreviations.contains(word) {
        return crate::project::CountryCode::new("US");
    }
    let two = format!("{word} {}", context.word_after(next));
    let place = knowledge::place(&two).or_else(|| knowledge::place(word))?;
    place.country.filter(|_| place.part)
}

/// Whether a capital is only where something is, and does not stand for its country: "rain fell in Seoul", "flew to
/// Seoul", "a Seoul hotel", "Seoul, South Korea" against "talks with Seoul", "Seoul said", "the government in Seoul".
pub(super) fn is_where(context: &Context<'_, '_>, first: usize, last: usize) -> bool {
    let places = &language().places;
    let after = context.word_after(last);
    let nation = || {
        let next = context.after(last).filter(|_| after == ",").and_then(|comma| context.after(comma));
        next.is_some_and(|next| knowledge::country_term(context.word(next)).is_some_and(|term| term.kind.is_name()))
    };
    let dateline =
        context.starts(first) && is_shouted(context.word(first)) && matches!(after, "(" | "—" | "–" | "-" | "/");
    if dateline || places.city_nouns.contains(after) || nation() {
        return true;
    }
    let Some(before) = context.before(first) else { return false };
    let lead = context.word(before).to_lowercase();
    let head = |words: &WordList| {
        (0..4)
            .scan(before, |at, _| {
                *at = context.before(*at)?;
                Some(*at)
            })
            .any(|at| words.contains(context.word(at).to_lowercase().as_str()))
    };
    let governs = context.before(before).is_some_and(|at| places.governing.contains(context.word(at)));
    match lead.as_str() {
        "and" | "," | "or" => listed_before(context, before).is_some_and(|at| is_where(context, at, at)),
        "of" => context.before(before).is_some_and(|at| places.city_heads.contains(context.word(at))),
        lead if places.ways.contains(lead) => head(&places.motions),
        lead => places.city_leads.contains(lead) && !governs || places.visits.contains(lead),
    }
}

/// The capital or country that stands before the word at `joint` in a list: "Tokyo" of "Tokyo and Seoul".
fn listed_before(context: &Context<'_, '_>, joint: usize) -> Option<usize> {
    let before = context.before(joint).filter(|at| context.is_capital(*at))?;
    let term = knowledge::country_term(context.word(before)).is_some();
    (term || knowledge::place(context.word(before)).is_some()).then_some(before)
}

/// "London-based", "a Paris-born painter".
fn is_based(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    let tail = context.word(found.last).rsplit_once(is_hyphen).map(|(_, tail)| tail);
    found.part && matches!(tail, Some("based" | "born" | "area"))
}

/// Whether a capital acts as a government does: "Jerusalem said".
fn acts(context: &Context<'_, '_>, found: &Match<Term>) -> bool {
    let next = context.word_after(found.last);
    let verb = language().people.saying.contains(next) || language().places.government_verbs.contains(next);
    let before = context.word_before(found.first);
    verb && !language().places.no_government.contains(before)
}
