//! Runs of capitalised words, and what of each may be a name: titles before it and days behind it stripped.

use std::collections::HashSet;
use std::ops::Range;

use smol_str::SmolStr;
use text_size::TextRange;

use super::office::{self, Title};
use crate::project::CountryCode;
use crate::suggest::Label;
use crate::suggest::casing::title_cased;
use crate::suggest::context::{Context, Style, is_clitic, is_shouted};
use crate::suggest::knowledge::{self, NameFlags};
use crate::suggest::tagger::Tag;
use crate::text::language::language;
use crate::text::tokens::is_hyphen;

/// A stretch that may be a person's name.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Its tokens, titles left out.
    pub tokens: Range<usize>,
    /// Its UTF-8 bytes: the tokens, or less than all of the first or last: "Trump" of "Trump-era".
    pub range: TextRange,
    /// How likely the tagger takes it for a person's name; none without a tagger.
    pub tag: Option<f32>,
    /// Its words without shouting, particles and initials included.
    pub words: Vec<SmolStr>,
    /// What is known of each word.
    pub flags: Vec<NameFlags>,
    /// What stands before it.
    pub title: Option<Title>,
    /// The office that is told behind the name.
    pub behind: Option<Title>,
    /// The country that is told with the name or the office.
    pub country: Option<CountryCode>,
    /// The run goes on with the words of an organisation, or had some before it.
    pub in_organisation: bool,
    /// A country or a city has the same name, but a person is told of.
    pub namesake: bool,
}

impl Candidate {
    /// How many words it has, particles, initials and suffixes aside.
    pub(super) fn size(&self) -> usize {
        self.words.iter().filter(|word| is_main(word)).count()
    }

    /// The words that make the name, particles and initials aside.
    pub(super) fn main(&self) -> impl DoubleEndedIterator<Item = (&SmolStr, NameFlags)> {
        self.words.iter().zip(self.flags.iter().copied()).filter(|(word, _)| is_main(word))
    }
}

/// Whether a word of a name is more than a particle, an initial or a suffix.
pub(super) fn is_main(word: &str) -> bool {
    !is_initial(word) && !language().people.suffixes.contains(word) && !language().people.particles.contains(word)
}

/// "J.", "J.K.", "W".
pub(super) fn is_initial(word: &str) -> bool {
    word.ends_with('.') && word.chars().all(|c| c == '.' || c.is_uppercase()) || word.chars().count() == 1
}

/// All candidates of a document, in order, without overlap: those of the rules and those of the tagger, which tells
/// where a name begins and ends where both see one. Linear.
pub(super) fn candidates(context: &Context<'_, '_>) -> Vec<Candidate> {
    let mut ruled = by_rules(context).into_iter().peekable();
    let tags = context.tags.found.iter().filter(|tag| tag.label == Label::Person);
    let mut found: Vec<Candidate> = Vec::new();
    for tag in tags {
        found.extend(std::iter::from_fn(|| ruled.next_if(|ruled| ruled.range.end() <= tag.range.start())));
        let same = ruled.peek().is_some_and(|ruled| ruled.range == tag.range);
        if same && let Some(mut candidate) = ruled.next() {
            candidate.tag = Some(tag.probability);
            found.push(candidate);
            continue;
        }
        let over = ruled.peek().is_some_and(|ruled| ruled.range.start() < tag.range.end());
        // Of a name around a nickname the tagger often sees a part.
        let whole = ruled
            .peek()
            .is_some_and(|ruled| ruled.range.contains_range(tag.range) && has_nickname(context, &ruled.tokens));
        let free = found.last().is_none_or(|before| before.range.end() <= tag.range.start());
        if over && tag.probability < 0.5 || whole || !free {
            continue;
        }
        if let Some(candidate) = tagged(context, tag) {
            found.push(candidate);
            while ruled.next_if(|ruled| ruled.range.start() < tag.range.end()).is_some() {}
        }
    }
    found.extend(ruled);
    found
}

/// The candidate of a tag, titles at its front left out.
fn tagged(context: &Context<'_, '_>, tag: &Tag) -> Option<Candidate> {
    let (whole, tag) = trimmed(context, tag)?;
    if !whole.clone().any(|index| context.is_word(index)) {
        return None;
    }
    let (stripped, title, country) = strip_front(context, whole.clone());
    let (tokens, range, title, country) = if title.is_some() && !stripped.is_empty() {
        let start = context.document.tokens.get(stripped.start)?.range.start();
        (stripped, TextRange::new(start.min(tag.range.end()), tag.range.end()), title, country)
    } else {
        (whole, tag.range, None, None)
    };
    Some(Candidate { tag: Some(tag.probability), ..named(context, tokens, range, title, country) })
}

/// The tokens of a tag: up to a "Jr.", which ends a name, without quotation marks and, among capitals, without common
/// words at its ends, and not ending in "of".
fn trimmed(context: &Context<'_, '_>, tag: &Tag) -> Option<(Range<usize>, Tag)> {
    let mut tokens = context.document.tokens_in(tag.range);
    let whole = tokens.clone();
    let suffix = tokens.clone().find(|index| matches!(context.word(*index), "Jr." | "Sr."));
    tokens.end = suffix.map_or(tokens.end, |index| index + 1);
    let common = |index: usize| {
        let word = name_form(context, index);
        context.style(index) != Style::Running && context.is_common(&word) && !knowledge::name_flags(&word).any()
    };
    let quote = |index: usize| is_quote(context.word(index));
    // "of" behind a name leads on to where somebody is from.
    let leads_on = |index: usize| {
        let word = context.word(index);
        word.starts_with(char::is_lowercase) && is_function_word(word)
    };
    while tokens.len() > 1 && (common(tokens.end - 1) || quote(tokens.end - 1) || leads_on(tokens.end - 1)) {
        tokens.end -= 1;
    }
    while tokens.len() > 1 && (common(tokens.start) || quote(tokens.start)) {
        tokens.start += 1;
    }
    let range = if tokens == whole { tag.range } else { context.document.range(tokens.start, tokens.end - 1)? };
    Some((tokens, Tag { range, ..*tag }))
}

/// The candidates that the rules see.
fn by_rules(context: &Context<'_, '_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < context.document.tokens.len() {
        let run = run_from(context, at);
        if run.is_empty() {
            at += 1;
            continue;
        }
        at = run.end;
        found.extend(candidate(context, run));
    }
    found
}

/// The candidate that holds the token at `index`, where `people` are looked for; else the run of capitals around it.
pub(in crate::suggest) fn name_around(context: &Context<'_, '_>, index: usize, people: bool) -> Option<TextRange> {
    let named = || by_rules(context).into_iter().find(|candidate| candidate.tokens.contains(&index));
    if people && let Some(candidate) = named() {
        return Some(candidate.range);
    }
    let capital = |at: &usize| is_name_like(context, *at);
    let first = std::iter::successors(Some(index), |at| context.before(*at)).take_while(capital).last()?;
    let last = std::iter::successors(Some(index), |at| context.after(*at)).take_while(capital).last()?;
    // "The Winter Olympics": a common word that only begins the sentence is no part of it.
    let forced = first < index && context.starts(first) && context.is_common(context.word(first));
    context.document.range(first + usize::from(forced), last)
}

/// Single words outside the candidates that are a part of a name: "Moon said", where the word begins a sentence.
pub(super) fn short_mentions(
    context: &Context<'_, '_>,
    candidates: &[Candidate],
    known: &HashSet<SmolStr>,
) -> Vec<Candidate> {
    let mut covered = candidates.iter().map(|candidate| candidate.tokens.clone()).peekable();
    let mut found = Vec::new();
    for index in 0..context.document.tokens.len() {
        while covered.next_if(|tokens| tokens.end <= index).is_some() {}
        let free = covered.peek().is_none_or(|tokens| !tokens.contains(&index));
        if !free || !context.is_capital(index) || context.style(index) != Style::Running || !context.starts(index) {
            continue;
        }
        let word = name_form(context, index);
        let alone = context.after(index).is_none_or(|next| !context.is_capital(next));
        if alone && known.contains(word.to_lowercase().as_str()) && !is_function_word(&word) {
            let flags = vec![flags_of(&word)];
            let tokens = index..index + 1;
            let Some(range) = context.document.range(index, index) else { continue };
            let tag = (!context.tags.is_empty()).then(|| context.tags.share(range, Label::Person));
            let (words, title, behind, country) = (vec![word], None, None, None);
            found.push(Candidate {
                tokens,
                range,
                tag,
                words,
                flags,
                title,
                behind,
                country,
                in_organisation: false,
                namesake: false,
            });
        }
    }
    found
}

/// The longest run of name-like tokens from `at` on.
fn run_from(context: &Context<'_, '_>, at: usize) -> Range<usize> {
    if !is_name_like(context, at) || !opens(context, at) {
        return at..at;
    }
    let mut end = at + 1;
    let mut last = at;
    while let Some(next) = context.after(last) {
        // "Tanchi Jr. Lacuna": the point ended a sentence too.
        if last > at && matches!(context.word(last), "Jr." | "Sr.") {
            break;
        }
        if is_name_like(context, next) && continues(context, at, last, next) {
            last = next;
            end = next + 1;
        } else if let Some(after) = over_particles(context, next).or_else(|| over_nickname(context, at, next)) {
            last = after;
            end = after + 1;
        } else {
            break;
        }
    }
    at..end
}

/// Where a name goes on behind particles: "van der Leyen". The index of the first capital behind them.
fn over_particles(context: &Context<'_, '_>, at: usize) -> Option<usize> {
    let mut index = at;
    for _ in 0..3 {
        if !language().people.particles.contains(context.word(index)) {
            return None;
        }
        index = context.after(index)?;
        if is_name_like(context, index) {
            // "y", "e" and "do" are words too: they join two names alone.
            return Some(index).filter(|_| context.is_capital(index));
        }
    }
    None
}

fn is_quote(word: &str) -> bool {
    matches!(word, "“" | "”" | "\"" | "‘" | "’")
}

/// Whether a name has a nickname in quotes between its words.
fn has_nickname(context: &Context<'_, '_>, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|index| is_quote(context.word(index)))
}

/// Where a name goes on behind a nickname in quotes: "Edward “Ted” Kennedy". The index of the first capital behind it.
fn over_nickname(context: &Context<'_, '_>, first: usize, at: usize) -> Option<usize> {
    if !matches!(context.word(at), "“" | "\"" | "‘") || !knowledge::name_flags(context.word(first)).any() {
        return None;
    }
    let nickname = context.after(at).filter(|index| context.is_capital(*index))?;
    // "Hands of Stone": a few words, no sentence.
    let mut close = context.after(nickname)?;
    for _ in 0..3 {
        if context.is_word(close) {
            close = context.after(close)?;
        }
    }
    if !matches!(context.word(close), "”" | "\"" | "’") {
        return None;
    }
    let next = context.after(close).filter(|index| is_name_like(context, *index))?;
    let adjacent = context.document.tokens.get(at)?.range.end() == context.document.tokens.get(nickname)?.range.start();
    Some(next).filter(|_| adjacent)
}

/// A capital, or "al-Assad".
fn is_name_like(context: &Context<'_, '_>, index: usize) -> bool {
    let word = context.word(index);
    if !context.is_word(index) || is_clitic(word) || word.contains(['@', '_']) || is_compound(word) {
        return false;
    }
    let arabic = || {
        let (head, tail) = word.split_once(is_hyphen).unwrap_or_default();
        (2..=3).contains(&head.len())
            && head.chars().all(char::is_lowercase)
            && tail.starts_with(char::is_uppercase)
            && language().people.arabic_articles.contains(head)
    };
    word.starts_with(char::is_uppercase) || arabic()
}

/// "US-led", "London-based": an adjective made of a name.
fn is_compound(word: &str) -> bool {
    word.rsplit_once(is_hyphen).is_some_and(|(_, tail)| language().people.adjective_tails.contains(tail))
}

/// Whether a name may begin here: not at a handle or a word that is only capitalised by its place.
fn opens(context: &Context<'_, '_>, index: usize) -> bool {
    if matches!(context.word_before(index), "@" | "#") {
        return false;
    }
    let word = context.word(index);
    let flags = knowledge::name_flags(&name_form(context, index));
    // The article and the pronoun are no initials.
    if matches!(word, "A" | "I") {
        return false;
    }
    let titled = language().people.titles.contains(word)
        || language().people.honorifics.contains(word)
        || language().bodies.words_in_names.contains(word) && context.style(index) == Style::Headline;
    let by_place = context.capital_is_forced(index) && context.is_common(word) && !flags.given && !titled;
    !by_place || flags.surname && !is_function_word(word)
}

fn continues(context: &Context<'_, '_>, first: usize, last: usize, next: usize) -> bool {
    let word = context.word(next);
    // A line end inside a sentence parts a headline from its text more often than a name.
    let opening = context.word(first);
    // "U.S. President Donald Trump" is no line of capitals.
    let loud = is_shouted(opening) && knowledge::country_term(opening).is_none();
    if is_shouted(word) != loud && !is_initial(word) && !is_initial(context.word(last)) {
        let known = language().people.titles.contains(context.word(last))
            || language().people.honorifics.contains(context.word(last));
        let suffix = language().people.suffixes.contains(word);
        if !known && !suffix && word.len() > 2 {
            return false;
        }
    }
    let flags = knowledge::name_flags(&name_form(context, next));
    context.style(next) == Style::Running
        || language().bodies.words_in_names.contains(word)
        || flags.any() && !is_function_word(word)
        || !context.is_common(word)
}

/// Words that no name holds though lists of names have them.
fn is_function_word(word: &str) -> bool {
    language().people.no_names.contains(&word.to_lowercase())
}

/// The token as name tables write it.
fn name_form(context: &Context<'_, '_>, index: usize) -> SmolStr {
    let word = context.word(index);
    let loud = is_shouted(word)
        && !language().people.suffixes.contains(word)
        && !is_numeral(context, index)
        && (word.chars().count() > 2 || context.style(index) == Style::Capitals)
        && !word.contains('.');
    let small = || Some(word.to_lowercase()).filter(|small| language().people.particles.contains(small));
    match is_shouted(word).then(small).flatten() {
        Some(particle) => particle.into(),
        None if loud => title_cased(word).into(),
        None => word.into(),
    }
}

/// Whether the word is a number behind a name: "Leo XIV", but not "XI JINPING".
fn is_numeral(context: &Context<'_, '_>, index: usize) -> bool {
    let word = context.word(index);
    let digits = word.len() > 1 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    let ends = !context.after(index).is_some_and(|next| context.is_capital(next)) || word.len() > 2;
    digits && ends && context.before(index).is_some_and(|before| context.is_capital(before))
}

/// What of a run may be a name.
fn candidate(context: &Context<'_, '_>, run: Range<usize>) -> Option<Candidate> {
    let (mut tokens, title, country) = strip_front(context, run.clone());
    while let Some(last) = tokens.clone().next_back() {
        let word = context.word(last);
        let behind = language().calendar.names.contains(word)
            || tokens.len() > 2 && language().people.letters_behind_names.contains(word)
            || title.is_none()
                && tokens.len() > 2
                && language().people.titles.contains(word)
                && !knowledge::name_flags(word).any();
        if !behind {
            break;
        }
        tokens.end = last;
    }
    let only_office = |index: usize| {
        let word = context.word(index);
        language().people.titles.contains(word) || language().people.portfolios.contains(word)
    };
    if tokens.clone().all(|index| only_office(index) && (tokens.len() > 1 || !flags_of(context.word(index)).given)) {
        return None;
    }
    let range = context.document.range(tokens.start, tokens.end.checked_sub(1)?)?;
    // The words of a nickname are no name by themselves: "Roberto “Hands of Stone” Duran".
    let seen = || match has_nickname(context, &tokens) {
        true => [tokens.start, tokens.end - 1]
            .into_iter()
            .filter_map(|index| context.document.range(index, index))
            .map(|word| context.tags.share(word, Label::Person))
            .fold(0.0, f32::max),
        false => context.tags.share(range, Label::Person),
    };
    let tag = (!context.tags.is_empty()).then(seen);
    Some(Candidate { tag, ..named(context, tokens, range, title, country) })
}

/// The candidate of these tokens, with what stands before and behind it.
pub(super) fn named(
    context: &Context<'_, '_>,
    tokens: Range<usize>,
    range: TextRange,
    title: Option<Title>,
    country: Option<CountryCode>,
) -> Candidate {
    let spelled = |index: usize| {
        let token = context.document.tokens.get(index).map(|token| token.range).unwrap_or_default();
        match token.intersect(range).filter(|part| *part != token) {
            Some(part) => context.document.slice(part).into(),
            None => name_form(context, index),
        }
    };
    let words: Vec<SmolStr> = tokens.clone().filter(|index| context.is_word(*index)).map(spelled).collect();
    let flags: Vec<NameFlags> = words.iter().map(|word| flags_of(word)).collect();
    let (title, country) = match title {
        Some(title) => (Some(title), country),
        None => office::before(context, tokens.clone()),
    };
    let behind = tokens.end.checked_sub(1).and_then(|last| office::behind(context, last));
    let (behind, country) = match behind {
        Some((behind, told)) => (Some(behind), country.or(told)),
        None => (None, country),
    };
    let count = words.len();
    // "Matt Temple", "Faith Hill".
    let pair = count == 2 && flags.first().is_some_and(|first| first.given);
    let organisation = |word: &SmolStr, flags: NameFlags, last: bool| {
        let whole = language().bodies.whole_names.contains(word) && !(flags.given && count > 1);
        let surname = pair && last && flags.surname;
        (language().bodies.words_in_names.contains(word) && (last || !flags.any()) && !surname || whole)
            && !(title.as_ref().is_some_and(|t| t.honorific) && flags.any())
    };
    let in_organisation = words
        .iter()
        .zip(&flags)
        .enumerate()
        .any(|(i, (word, flags))| organisation(word, *flags, i > 0 && i + 1 == count));
    let in_organisation = in_organisation || language().bodies.like_people.contains(&words.join(" "));
    Candidate { tokens, range, tag: None, words, flags, title, behind, country, in_organisation, namesake: false }
}

/// What is known of a word or, of a hyphenated one, of its parts; "al-" and the like left aside.
fn flags_of(word: &str) -> NameFlags {
    let whole = knowledge::name_flags(word);
    if whole.any() || !word.contains(is_hyphen) {
        return whole;
    }
    if word.starts_with(char::is_lowercase) {
        return NameFlags { surname: true, ..whole };
    }
    word.split(is_hyphen).map(knowledge::name_flags).fold(whole, |a, b| NameFlags {
        given: a.given || b.given,
        surname: a.surname || b.surname,
        listed: a.listed || b.listed,
    })
}

/// Drops everything up to the last title of the run; without one, what cannot begin a name.
fn strip_front(context: &Context<'_, '_>, run: Range<usize>) -> (Range<usize>, Option<Title>, Option<CountryCode>) {
    let is_title = |index: usize| {
        let word = context.word(index);
        let title = language().people.titles.contains(word) || language().people.honorifics.contains(word);
        let name = index == run.start && run.len() == 2 && knowledge::name_flags(word).given;
        // "Sheikh Hasina", "Tan Wei": a title alone before one word is more often a part of the name.
        let part = language().people.titles_in_names.contains(word) && index + 2 == run.end;
        title && !name && !part
    };
    // "Stephen King": behind a given name such a title is a surname.
    let named = knowledge::name_flags(&name_form(context, run.start)).given && !is_title(run.start);
    let surname = |index: usize| named && !language().people.titles.contains(context.word(index));
    let last = run.clone().rev().skip(1).find(|index| is_title(*index) && !surname(*index));
    if let Some(last) = last {
        let end = office::end_of_title(context, last, run.end);
        let (title, from) = office::title_at(context, last, end);
        let country = run.clone().take_while(|index| *index < last).find_map(|index| office::demonym(context, index));
        let country = country.or_else(|| office::country_before(context, from));
        return (end..run.end, Some(title), country);
    }
    let mut start = run.start;
    let after_of = context.word_before(start) == "of" && {
        let holder =
            context.before(start).and_then(|of| context.before(of)).map(|i| context.word(i)).unwrap_or_default();
        language().people.titles.contains(holder) || language().people.roles.contains(holder)
    };
    while start < run.end {
        let word = context.word(start);
        let flags = knowledge::name_flags(&name_form(context, start));
        // A country by itself may be somebody's surname; whether it is, other mentions tell.
        let country = run.len() > 1 && office::demonym(context, start).is_some() && !flags.any();
        let forced = start == run.start
            && context.starts(start)
            && context.is_common(word)
            && !flags.given
            && (!flags.surname || is_function_word(word));
        // "Mayor of Paris Anne Hidalgo", "Secretary of State Antony Blinken".
        let seat = start + 2 < run.end && (knowledge::place(word).is_some() || knowledge::country_term(word).is_some());
        let other = !flags.given && (language().people.portfolios.contains(word) || context.is_common(word));
        let office = after_of && (seat || other);
        let idle = language().calendar.names.contains(word) && !flags.given && !(run.len() == 2 && flags.surname);
        if !(country || forced || office || idle) {
            break;
        }
        start += 1;
    }
    (skip_affiliation(context, start..run.end), None, None)
}

/// "Liberal Party Joe Dickson", "Maine Susan Collins": drops what no name begins with, up to a given name.
fn skip_affiliation(context: &Context<'_, '_>, run: Range<usize>) -> Range<usize> {
    let flags = |index: usize| knowledge::name_flags(&name_form(context, index));
    let other = |index: usize| {
        let word = context.word(index);
        language().bodies.words_in_names.contains(word)
            || language().bodies.whole_names.contains(word)
            || knowledge::country_term(word).is_some()
            || knowledge::place(word).is_some_and(|place| place.part)
            || context.is_common(word)
    };
    if run.len() < 3 || flags(run.start).given || !run.clone().take(run.len() - 2).any(other) {
        return run;
    }
    let ends_as_name =
        |index: usize| (index + 1..run.end).all(|i| !language().bodies.words_in_names.contains(context.word(i)));
    let given = (run.start + 1..run.end - 1).find(|index| flags(*index).given && !other(*index));
    given.filter(|index| ends_as_name(*index)).map_or(run.clone(), |index| index..run.end)
}
