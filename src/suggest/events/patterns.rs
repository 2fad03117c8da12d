//! Named events by composition: a year, an ordinal, a place or a body before a head noun ("2022 Winter Olympics", "the
//! 38th G8 summit"), or a head before its name ("Battle of Hastings", "Hurricane Ian").

use super::grammar::{is_determiner, is_preposition};
use super::words::{Sentence, Word, Words};
use crate::project::NamedClass;
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

fn head(word: &str) -> Option<(NamedClass, Need)> {
    use NamedClass as C;
    Some(match word {
        "election" | "elections" | "by-election" | "by-elections" | "referendum" | "referendums" | "primaries"
        | "runoff" | "midterms" => (C::Election, Need::Name),
        "olympics" | "paralympics" => (C::Games, Need::Name),
        "games" | "cup" | "championship" | "championships" | "prix" | "marathon" | "bowl" | "olympiad" | "derby"
        | "regatta" => (C::Games, Need::Capital),
        "summit" => (C::Summit, Need::Name),
        "conference" | "convention" | "expo" | "dialogue" => (C::Summit, Need::Capital),
        "war" | "wars" => (C::War, Need::Name),
        "battle" | "campaign" | "offensive" | "blitz" | "theatre" | "theater" | "putsch" | "insurgency" => {
            (C::War, Need::Capital)
        }
        "invasion" => (C::War, Need::Year),
        "pandemic" | "epidemic" | "outbreak" => (C::Epidemic, Need::Disease),
        "earthquake" | "tsunami" | "flood" | "floods" | "wildfires" | "eruption" | "bombings" | "attacks"
        | "bombing" => (C::Disaster, Need::Year),
        "disaster" | "spill" => (C::Disaster, Need::Capital),
        "festival" | "awards" | "parade" | "carnival" | "biennale" | "jubilee" | "fair" | "fest" => {
            (C::Ceremony, Need::Capital)
        }
        "agreement" | "agreements" | "accord" | "accords" | "treaty" | "pact" | "protocol" | "armistice" => {
            (C::Agreement, Need::Capital)
        }
        "crisis" | "revolution" | "rebellion" | "revolt" | "uprising" | "intifada" | "mutiny" | "affair"
        | "incident" | "scandal" | "troubles" => (C::Other, Need::Capital),
        "massacre" | "genocide" => (C::Other, Need::Name),
        "coup" | "protests" | "riots" => (C::Other, Need::Year),
        _ => return None,
    })
}

/// Small words that may stand between the name and its head.
fn is_modifier(word: &str) -> bool {
    matches!(
        word,
        "general"
            | "federal"
            | "presidential"
            | "parliamentary"
            | "legislative"
            | "local"
            | "regional"
            | "state"
            | "municipal"
            | "mayoral"
            | "gubernatorial"
            | "special"
            | "provincial"
            | "national"
            | "primary"
            | "midterm"
            | "snap"
            | "independence"
            | "membership"
            | "constitutional"
            | "council"
            | "civil"
            | "climate"
            | "nuclear"
            | "peace"
            | "trade"
            | "leadership"
            | "assembly"
            | "congressional"
            | "senate"
            | "runoff"
            | "party"
            | "financial"
            | "men's"
            | "women's"
            | "world"
            | "summer"
            | "winter"
            | "and"
            | "of"
            | "the"
            | "'s"
            | "'"
            | "&"
            | "de"
    )
}

fn is_disease(word: &str) -> bool {
    [
        "covid",
        "coronavirus",
        "sars",
        "mers",
        "ebola",
        "zika",
        "cholera",
        "measles",
        "influenza",
        "flu",
        "polio",
        "plague",
        "mpox",
        "monkeypox",
        "dengue",
        "aids",
        "hiv",
        "h1n1",
        "h5n1",
        "smallpox",
        "malaria",
        "typhus",
    ]
    .iter()
    .any(|disease| word == *disease || word.strip_prefix(disease).is_some_and(|rest| rest.starts_with('-')))
}

fn is_ordinal(word: &Word<'_>) -> bool {
    let counted = ["st", "nd", "rd", "th"]
        .iter()
        .any(|end| word.text.strip_suffix(end).is_some_and(|n| n.parse::<u16>().is_ok()));
    counted || matches!(word.lower.as_str(), "first" | "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh")
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
        "hurricane" | "typhoon" | "cyclone" => (C::Disaster, at + 1),
        "storm" if words.before(at, 1) == "tropical" || capital(at + 1).is_some() && !words.begins_sentence(at) => {
            (C::Disaster, at + 1)
        }
        "operation" => (C::War, at + 1),
        "battle" | "siege" | "invasion" | "bombing" | "conquest" | "sack" => (C::War, at + 2),
        "war" | "wars" => (C::War, at + 2),
        "treaty" | "armistice" | "peace" => (C::Agreement, at + 2),
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
        let joins = matches!(lower, "and" | "of" | "the" | "'s" | "'" | "&" | "de");
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
    matches!(
        word,
        "when"
            | "if"
            | "but"
            | "while"
            | "and"
            | "then"
            | "its"
            | "what"
            | "how"
            | "why"
            | "so"
            | "not"
            | "he"
            | "she"
            | "they"
            | "it"
            | "we"
            | "who"
            | "said"
            | "to"
            | "post"
            | "anti"
            | "pre"
            | "is"
            | "was"
            | "are"
            | "were"
            | "has"
            | "have"
            | "had"
    )
}

fn is_month(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    )
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
            w.is_capital() && !matches!(w.lower.as_str(), "campaign" | "theatre" | "theater") || w.lower == "invasion"
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
