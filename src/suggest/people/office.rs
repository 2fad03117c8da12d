//! The office and the country that are told with a name: "Foreign Minister", ", the prime minister of Georgia,".

use std::ops::Range;

use crate::project::CountryCode;
use crate::suggest::context::{Context, is_clitic};
use crate::suggest::knowledge;
use crate::suggest::tagger::Tags;
use crate::suggest::{CountryName, Document};
use crate::text::language::language;
use crate::text::sentences::sentence_at;
use crate::text::{TextRange, bytes};

/// The office that a sentence tells with a name in it, in small letters: "foreign minister" of "Foreign Minister Wang Yi" and of "Wang Yi,
/// China's foreign minister,". Costs the same in any text.
pub fn office_told(text: &str, name: TextRange) -> Option<String> {
    let sentence = sentence_at(text, name);
    let document = Document::new(text.get(bytes(sentence))?, None);
    let tags = Tags::default();
    let context = Context::new(&document, &tags);
    let name = document.tokens_in(name.checked_sub(sentence.start())?);
    let last = name.end.checked_sub(1)?;
    let is_title = |at: &usize| context.is_capital(*at) && language().people.titles.contains(context.word(*at));
    let titled = context.before(name.start).filter(is_title);
    let titled = titled.map(|at| title_at(&context, at, name.start).0);
    let told = titled.or_else(|| before(&context, name).0).or_else(|| Some(behind(&context, last)?.0));
    told.map(|title| title.role).filter(|role| !role.is_empty())
}

/// What speaks for a person beside a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// As it stands there: "President".
    pub shown: String,
    /// The office, in small letters; empty for "Mr.".
    pub role: String,
    /// "Mr.", "Gen.": stands before names alone.
    pub honorific: bool,
}

impl Title {
    /// Whether the office is the one of the person named before: "his Russian counterpart".
    pub(super) fn is_counterpart(&self) -> bool {
        self.shown.ends_with("counterpart")
    }
}

/// The title whose main word is at `last` and that ends before `end`, and the index of its first word.
pub(super) fn title_at(context: &Context<'_, '_>, last: usize, end: usize) -> (Title, usize) {
    let word = context.word(last);
    let mut from = last;
    while let Some(before) = context.before(from) {
        let word = context.word(before);
        let lieutenant = from == last && language().people.lieutenants.contains(word);
        if !context.is_capital(before)
            || !language().people.portfolios.contains(word) && !language().people.titles.contains(word) && !lieutenant
        {
            break;
        }
        from = before;
    }
    let honorific = language().people.honorifics.contains(word) && !language().people.titles.contains(word);
    let known = language().people.offices.get(word);
    let shown = words(context, from..end);
    let role = match known {
        Some(office) => words(context, from..last).replace("Lt.", "lieutenant") + " " + office,
        None if honorific => String::new(),
        None => shown.clone(),
    };
    let role = role.trim().to_lowercase();
    let role = role.trim_start_matches("former ").trim_start_matches("then-").to_owned();
    (Title { shown, role, honorific }, from)
}

/// Where the title whose main word is at `last` ends: "Chief Executive Jim Farley" has a word more.
pub(super) fn end_of_title(context: &Context<'_, '_>, last: usize, run_end: usize) -> usize {
    let more = |index: &usize| {
        let word = context.word(*index);
        language().people.portfolios.contains(word) && !knowledge::name_flags(word).any()
    };
    last + 1 + (last + 1..run_end.saturating_sub(1)).take_while(more).count()
}

/// What tells of an office or a country right before a name without a title in its run.
pub(super) fn before(context: &Context<'_, '_>, name: Range<usize>) -> (Option<Title>, Option<CountryCode>) {
    let Some(before) = context.before(name.start) else { return (None, None) };
    let word = context.word(before);
    if language().people.roles.contains(word) {
        return small_role(context, before);
    }
    if word == "," {
        return apposed(context, before, name);
    }
    if let Some(secretary) = secretary_of(context, before) {
        return secretary;
    }
    // "Serbia's Novak Djokovic".
    let country = if is_clitic(word) && name.len() > 1 { country_before(context, name.start) } else { None };
    (None, country)
}

/// A role in small letters right before a name: "spokeswoman", "Russian foreign minister".
fn small_role(context: &Context<'_, '_>, last: usize) -> (Option<Title>, Option<CountryCode>) {
    let from = start_of_role(context, last);
    let shown = words(context, from..last + 1);
    let title = Title { role: office(&shown), shown, honorific: false };
    (Some(title), country_before(context, from))
}

/// "Secretary of State Antony Blinken", where the name begins behind "State".
fn secretary_of(context: &Context<'_, '_>, last: usize) -> Option<(Option<Title>, Option<CountryCode>)> {
    let of = context.before(last).filter(|index| context.word(*index) == "of")?;
    let head = context.before(of)?;
    if !language().people.portfolios.contains(context.word(last))
        || !context.is_capital(last)
        || !language().people.titles.contains(context.word(head))
    {
        return None;
    }
    let (title, from) = title_at(context, head, last + 1);
    Some((Some(title), country_before(context, from)))
}

/// "A spokeswoman for the White House, Jen Psaki,": a role before a comma, the name in apposition.
fn apposed(context: &Context<'_, '_>, comma: usize, name: Range<usize>) -> (Option<Title>, Option<CountryCode>) {
    let closed = context.after(name.end.saturating_sub(1)).is_none_or(|after| {
        let word = context.word(after);
        matches!(word, "," | "." | ";" | ")") || language().people.saying.contains(word)
    });
    if !closed {
        return (None, None);
    }
    let mut at = comma;
    for _ in 0..8 {
        let Some(earlier) = context.before(at) else { break };
        at = earlier;
        let word = context.word(at);
        if language().people.roles.contains(word) || language().people.titles.contains(word) && context.is_capital(at) {
            return match tail(context, at) {
                (end, country) if end == comma => {
                    let from = start_of_role(context, at);
                    let shown = role_with_state(context, from, at);
                    let title = Title { role: office(&shown.to_lowercase()), shown, honorific: false };
                    (Some(title), country.or_else(|| country_before(context, from)))
                }
                _ => (None, None),
            };
        }
        if !context.is_word(at) || language().people.saying.contains(word) {
            break;
        }
    }
    (None, None)
}

/// ", Russia's foreign minister,", ", the prime minister of Georgia,": the office behind a name that ends at `last`.
pub(super) fn behind(context: &Context<'_, '_>, last: usize) -> Option<(Title, Option<CountryCode>)> {
    let comma = context.after(last).filter(|index| context.word(*index) == ",")?;
    let first = context.after(comma)?;
    let mut at = first;
    for _ in 0..7 {
        let word = context.word(at);
        let ends = context.after(at).is_none_or(|next| !is_role_word(context, next));
        if ends && language().people.roles.contains(word) {
            let (end, country) = tail(context, at);
            let end_word = context.word(end);
            let apart = context.document.sentence_of(end) != context.document.sentence_of(at);
            if !apart && context.is_capital(end) && !language().calendar.names.contains(end_word) {
                return None;
            }
            let from = start_of_role(context, at);
            let shown = role_with_state(context, from, at);
            let country = country.or_else(|| country_before(context, from));
            return Some((Title { role: office(&shown), shown, honorific: false }, country));
        }
        let goes_on = is_role_word(context, at)
            || language().people.office_fillers.contains(word)
            || is_clitic(word)
            || context.is_capital(at);
        if !goes_on {
            return None;
        }
        at = context.after(at)?;
    }
    None
}

/// Where the words that go with a role end ("of Georgia", "for the White House") and the country they name.
fn tail(context: &Context<'_, '_>, role: usize) -> (usize, Option<CountryCode>) {
    let mut end = role + 1;
    if context.word(end) == "of" && context.word(end + 1) == "state" {
        end += 2;
    }
    if !language().people.office_prepositions.contains(context.word(end)) {
        return (end, None);
    }
    let mut country = None;
    let mut at = end + 1;
    let same = |index: usize| context.document.sentence_of(index) == context.document.sentence_of(role);
    while same(at)
        && at < role + 9
        && (context.is_capital(at) || matches!(context.word(at), "the" | "of" | "and" | "for"))
    {
        country = country.or_else(|| country_at(context, at));
        at += 1;
    }
    (at, country)
}

/// "secretary" with its "of state".
fn role_with_state(context: &Context<'_, '_>, from: usize, last: usize) -> String {
    let state = context.word(last + 1) == "of" && context.word(last + 2) == "state";
    words(context, from..last + if state { 3 } else { 1 })
}

/// The first word of the role that ends at `last`: of "Russian foreign minister" the second.
fn start_of_role(context: &Context<'_, '_>, last: usize) -> usize {
    let mut from = last;
    while let Some(earlier) = context.before(from).filter(|earlier| is_role_word(context, *earlier)) {
        from = earlier;
    }
    from
}

/// Whether the word goes into the name of an office, in small letters or with a capital.
fn is_role_word(context: &Context<'_, '_>, index: usize) -> bool {
    let word = context.word(index);
    let office = language().people.portfolios.contains(&capital_first(word))
        || language().people.roles.contains(word)
        || matches!(word, "ministry" | "Ministry");
    office && context.is_word(index) && !language().people.former.contains(word)
}

/// The role, unless it tells only how somebody stands to somebody else.
fn office(role: &str) -> String {
    if language().people.relations.contains(role) { String::new() } else { role.to_owned() }
}

fn words(context: &Context<'_, '_>, range: Range<usize>) -> String {
    range.map(|index| context.word(index)).collect::<Vec<_>>().join(" ")
}

fn capital_first(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The country that is told before the office that begins at `from`: "Chinese", "Georgia's", "former French".
pub(super) fn country_before(context: &Context<'_, '_>, from: usize) -> Option<CountryCode> {
    let mut at = context.before(from)?;
    if is_clitic(context.word(at))
        || context.word(at) == "Former"
        || language().people.former.contains(context.word(at))
    {
        at = context.before(at)?;
    }
    country_at(context, at)
}

/// The country of the word at `index`: its name or adjective, or a part of it.
fn country_at(context: &Context<'_, '_>, index: usize) -> Option<CountryCode> {
    let two = context.before(index).map(|before| format!("{} {}", context.word(before), context.word(index)));
    let part = |name: &str| knowledge::place(name).filter(|place| place.part).and_then(|place| place.country);
    demonym(context, index)
        .or_else(|| part(&two.unwrap_or_default()))
        .or_else(|| part(context.word(index)))
        .or_else(|| context.names_state(index, index).filter(|state| *state).and_then(|_| CountryCode::new("US")))
}

/// The country of the adjective or name at `index`, one word or two.
pub(super) fn demonym(context: &Context<'_, '_>, index: usize) -> Option<CountryCode> {
    let two = context.before(index).map(|before| format!("{} {}", context.word(before), context.word(index)));
    let term =
        two.and_then(|two| knowledge::country_term(&two)).or_else(|| knowledge::country_term(context.word(index)))?;
    let told = term.kind == CountryName::Demonym || term.kind.is_name();
    let state = context.word(index) == "Georgia" && context.names_state(index, index) == Some(true);
    told.then_some(term.code).filter(|_| !state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::byte_range;

    #[test]
    fn an_office_is_told_before_or_behind_a_name() {
        for (text, office) in [
            ("Talks failed. Foreign Minister Wang Yi left.", Some("foreign minister")),
            ("He met Wang Yi, China's foreign minister, on Monday.", Some("foreign minister")),
            ("The Chinese president Wang Yi spoke.", Some("president")),
            ("Mr. Wang Yi spoke. The president left.", None),
        ] {
            let start = text.find("Wang Yi").unwrap();
            let name = byte_range(start, start + "Wang Yi".len()).unwrap();
            assert_eq!(office_told(text, name).as_deref(), office, "{text}");
        }
    }
}
