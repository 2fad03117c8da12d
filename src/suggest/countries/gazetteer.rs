//! Places that are no country: cities, parts of countries, seas, and the country that each lies in.

use text_size::{TextRange, TextSize};

use super::evidence::Home;
use super::rules;
use super::terms::{Match, NAME, is_ambiguous, is_county};
use crate::project::CountryCode;
use crate::suggest::casing::title_cased;
use crate::suggest::context::{Context, Style, is_clitic, is_shouted, seat};
use crate::suggest::groups::Peoples;
use crate::suggest::knowledge::{self, Place};
use crate::suggest::tagger::joined;
use crate::suggest::taken::Taken;
use crate::suggest::{CountryName, Label, Span};
use crate::text::language::language;

/// Whether one of the places holds `range` and more besides.
pub(super) fn has_longer(places: &[Match<Place>], range: TextRange) -> bool {
    let at = places.partition_point(|place| place.range.end() < range.end());
    places.get(at).is_some_and(|place| place.range.contains_range(range) && place.range != range)
}

/// A place's span.
pub(super) fn span(range: TextRange, country: Option<CountryCode>, score: f32, reason: &str) -> Span {
    Span {
        range,
        label: Label::Place.into(),
        score,
        source: NAME,
        reason: reason.to_owned(),
        country: None,
        country_name: None,
        in_country: country,
    }
}

/// Adds the places of the gazetteer that are neither a person nor covered by a country's name. Where the tagger sees a
/// name that is longer or shorter, that one is left to [`add_tagged`].
pub(super) fn add(
    context: &Context<'_, '_>,
    places: &[Match<Place>],
    countries: &[TextRange],
    is_person: impl Fn(usize) -> bool,
    home: &Home,
    peoples: &Peoples<'_>,
    spans: &mut Vec<Span>,
) {
    for place in places {
        let at = countries.partition_point(|range| range.end() <= place.range.start());
        let mut over = countries.get(at..).unwrap_or_default().iter().take_while(|c| c.start() < place.range.end());
        let covered = over.any(|c| !place.range.contains_range(*c) || *c == place.range);
        let free = !covered
            && !(place.first..=place.last).any(&is_person)
            && !peoples.often(context.document.slice(place.range));
        if !free || place.part || !stands_alone(context, place, &is_person) {
            continue;
        }
        let located = language().places.place_leads.contains(context.word_before(place.first).to_lowercase().as_str())
            || context.word_after(place.last) == ","
            || is_dateline(context, place);
        if place.what.also_name && !located {
            continue;
        }
        let elsewhere = rules::part_behind(context, place.last);
        let country = elsewhere.or_else(|| nearer(context, place, home)).or(place.what.country);
        let name = country.and_then(knowledge::country).map(|facts| facts.name);
        let reason = name.map_or_else(|| "named place".to_owned(), |name| format!("place in {name}"));
        let score = match (place.what.part, located) {
            (true, _) => 0.9,
            (false, true) => 0.88,
            (false, false) => 0.75,
        };
        if context.tags.is_empty() {
            spans.push(span(place.range, country, score, &reason));
            continue;
        }
        let tags = context.tags.over(place.range).iter().filter(|tag| tag.probability > 0.5);
        let other = tags.clone().any(|tag| tag.range != place.range || tag.label != Label::Place);
        let score = joined(score, context.tags.share(place.range, Label::Place));
        if !other && score >= 0.5 {
            spans.push(span(place.range, country, score, &reason));
        }
    }
}

/// The document's own country, where it has a town of that name and nothing else speaks of the other country.
fn nearer(context: &Context<'_, '_>, place: &Match<Place>, home: &Home) -> Option<CountryCode> {
    let words = context.document.slice(place.range);
    home.rather(words, place.what.country.filter(|_| !place.what.part)?)
}

/// Adds the places that the tagger alone sees, with the country that each probably lies in. Names of countries in small
/// letters and misspelt ones are given back.
pub(super) fn add_tagged(
    context: &Context<'_, '_>,
    countries: &[TextRange],
    is_person: impl Fn(usize) -> bool,
    home: &Home,
    peoples: &Peoples<'_>,
    spans: &mut Vec<Span>,
) -> Vec<(TextRange, CountryCode, CountryName, f32)> {
    let mut small = Vec::new();
    let known = Taken::new(spans.iter().map(|span| span.range).chain(countries.iter().copied()));
    for tag in context.tags.found.iter().filter(|tag| tag.label == Label::Place) {
        let tokens = context.document.tokens_in(tag.range);
        if known.touches(tag.range) || tokens.clone().any(&is_person) || peoples.name(context.document, tag).is_some() {
            continue;
        }
        let last = tokens.end.saturating_sub(1);
        if is_agency(context, tokens.start, last) {
            continue;
        }
        let words = context.document.slice(tag.range);
        // "northern" of "northern Kenya": a side is no place.
        if words.split(' ').all(|word| language().happenings.sides.contains(word)) {
            continue;
        }
        // "hanoi", "us" in a text without capitals: the country by the name with capitals.
        let certain = tag.probability > 0.8 && rules::part_behind(context, last).is_none();
        let city = |kind| kind == CountryName::Capital && rules::is_where(context, tokens.start, last);
        if let Some((code, kind)) = small_country(words).filter(|(_, kind)| certain && !city(*kind)) {
            small.push((tag.range, code, kind, tag.probability));
            continue;
        }
        if let Some(code) = misspelt(words).filter(|_| tag.probability > 0.5) {
            small.push((tag.range, code, CountryName::Name, tag.probability * MISSPELT));
            continue;
        }
        let capital = || small_country(words).map(|(code, _)| code);
        let country = rules::part_behind(context, last).or_else(capital).or_else(|| lies_in(words, home));
        let name = country.and_then(knowledge::country).map(|facts| facts.name);
        let seen = format!("tagger {:.2}", tag.probability);
        let reason = name.map_or_else(|| seen.clone(), |name| format!("{seen}; probably in {name}"));
        spans.push(span(tag.range, country, tag.probability, &reason));
    }
    small
}

/// How likely a misspelt name is the country's, beside what the tagger says.
const MISSPELT: f32 = 0.8;

/// The country whose name this is with two letters in the wrong order: "Britian". No town is called so.
fn misspelt(words: &str) -> Option<CountryCode> {
    let letters: Vec<char> = words.chars().collect();
    let known = knowledge::place(words).is_some() || knowledge::town(words).next().is_some();
    if letters.len() < 6 || known || words.contains(' ') {
        return None;
    }
    // The first letter is hardly ever wrong.
    (1..letters.len() - 1).find_map(|at| {
        let mut turned = letters.clone();
        turned.swap(at, at + 1);
        let term = knowledge::country_term(&turned.into_iter().collect::<String>())?;
        (term.kind == CountryName::Name && !term.uncertain).then_some(term.code)
    })
}

/// The country of a name in small letters.
fn small_country(words: &str) -> Option<(CountryCode, CountryName)> {
    if words.chars().any(char::is_uppercase) {
        return None;
    }
    let name: Vec<String> = words.split(' ').map(|word| title_cased(&word.to_uppercase())).collect();
    let term = knowledge::country_term(&name.join(" ")).or_else(|| knowledge::country_term(&words.to_uppercase()))?;
    (!term.uncertain && !is_ambiguous(&name.join(" "))).then_some((term.code, term.kind))
}

/// Adds the places that begin the names of their bodies: "Paris Police Department", "Ohio Supreme Court".
pub(super) fn add_seats(context: &Context<'_, '_>, countries: &[TextRange], home: &Home, spans: &mut Vec<Span>) {
    let taken = Taken::new(spans.iter().map(|span| span.range).chain(countries.iter().copied()));
    for tag in context.tags.found.iter().filter(|tag| tag.label == Label::Org && tag.probability > 0.5) {
        let tokens = context.document.tokens_in(tag.range);
        for size in (1..tokens.len().min(4)).rev() {
            let last = tokens.start + size - 1;
            let Some(range) = context.document.range(tokens.start, last) else { continue };
            if !language().places.public_bodies.contains(context.word(last + 1)) || taken.touches(range) {
                continue;
            }
            let words = context.document.slice(range);
            if knowledge::place(words).is_some() || is_county(words) || knowledge::town(words).next().is_some() {
                spans.push(span(range, lies_in(words, home), 0.6, "place in the name of its body"));
                break;
            }
        }
    }
}

/// Adds the states and towns that abbreviations name: "Fairfield, Conn.", "D-Calif.", "(R-Ocilla)".
pub(super) fn add_abbreviated(
    context: &Context<'_, '_>,
    countries: &[TextRange],
    is_person: impl Fn(usize) -> bool,
    spans: &mut Vec<Span>,
) {
    let taken = Taken::new(spans.iter().map(|span| span.range).chain(countries.iter().copied()));
    for index in 0..context.document.tokens.len() {
        let word = context.word(index);
        let Some(name) = seat(word).or_else(|| is_state_behind(context, index, &is_person).then_some(word)) else {
            continue;
        };
        let Some(range) = context.document.range(index, index) else { continue };
        let range = TextRange::new(range.end() - TextSize::of(name), with_dot(context, name, range.end()));
        if !taken.touches(range) {
            spans.push(span(
                range,
                CountryCode::new("US"),
                0.85,
                "place in United States, as American newspapers write",
            ));
        }
    }
}

/// The end of a state's name with the dot that its abbreviation has, where the sentence's own is not the same.
fn with_dot(context: &Context<'_, '_>, name: &str, end: TextSize) -> TextSize {
    let rest = context.document.text.get(usize::from(end)..).unwrap_or_default();
    let dotted = rest.starts_with('.') && language().places.state_abbreviations.contains(&format!("{name}."));
    if dotted { end + TextSize::of('.') } else { end }
}

/// Whether a token is a state, behind a town and a comma.
fn is_state_behind(context: &Context<'_, '_>, index: usize, is_person: &impl Fn(usize) -> bool) -> bool {
    let word = context.word(index);
    let town =
        context.before(index).filter(|comma| context.word(*comma) == ",").and_then(|comma| context.before(comma));
    // "OR", "IN" among capitals are words; "Miss." before a name is a title.
    let clear = match word {
        "Miss." => context.after(index).is_none_or(|next| !context.is_capital(next)),
        _ => word.ends_with('.') || context.style(index) != Style::Capitals,
    };
    clear
        && language().places.state_abbreviations.contains(word)
        && town.is_some_and(|town| context.is_capital(town) && !is_person(town))
}

/// The country of a place by its name, or else the document's own.
fn lies_in(name: &str, home: &Home) -> Option<CountryCode> {
    let own = home.country();
    let straight = name.replace('’', "'");
    if language().places.state_abbreviations.contains(&straight) {
        return CountryCode::new("US");
    }
    if is_county(&straight) && own.is_none() {
        return CountryCode::new("US");
    }
    let towns: Vec<CountryCode> = knowledge::town(&straight).collect();
    let near = own.filter(|own| towns.contains(own));
    // "southern Lebanon", "Lebanon County": a word of the name tells.
    let part = || {
        let words = straight.split(' ').filter(|word| word.starts_with(char::is_uppercase));
        words.filter_map(|word| knowledge::place(word).filter(|place| place.part)?.country).next()
    };
    let listed = knowledge::place(&straight).map(|place| place.country);
    match listed {
        Some(country) => near.or(country),
        None => near.or_else(|| towns.first().copied()).or_else(part).or(own),
    }
}

/// "MELBOURNE —" at the start of a line.
fn is_dateline(context: &Context<'_, '_>, place: &Match<Place>) -> bool {
    let shouted = (place.first..=place.last).all(|index| is_shouted(context.word(index)));
    shouted && context.starts(place.first) && matches!(context.word_after(place.last), "(" | "—" | "–" | "-" | "/")
}

/// "(AP)" of "BALI, Indonesia (AP) —": who reports.
fn is_agency(context: &Context<'_, '_>, first: usize, last: usize) -> bool {
    let dash = context.after(last).map(|index| context.word_after(index));
    let enclosed = context.word_before(first) == "(" && context.word_after(last) == ")";
    enclosed && dash.is_some_and(|word| matches!(word, "—" | "–" | "-" | "--"))
}

/// Whether no capitalised neighbour makes the match a part of a longer name.
fn stands_alone(context: &Context<'_, '_>, place: &Match<Place>, is_person: &impl Fn(usize) -> bool) -> bool {
    let joins = |index: usize, behind: bool| {
        let word = context.word(index);
        let loose = is_clitic(word)
            || is_person(index)
            || language().calendar.names.contains(word)
            || knowledge::country_term(word).is_some()
            || behind && context.leads_to_title(index)
            || context.style(index) == Style::Capitals
            || context.capital_is_forced(index)
                && context.is_common(word)
                && !language().bodies.words_in_names.contains(word);
        context.is_capital(index) && !loose
    };
    let before = context.before(place.first).is_some_and(|i| joins(i, false));
    let behind = context.after(place.last).is_some_and(|i| joins(i, true));
    let single = place.first == place.last && context.capital_is_forced(place.first);
    let common = single && context.is_common(context.word(place.first));
    !before && !behind && !common
}
