//! The numbers told with an event: people killed, hurt, missing, arrested, driven out, present; sums of money.

use super::records::{Read, Record};
use super::words::Words;
use crate::project::{EventType, Figure, FigureKind, Level, NewsClass, Plover};
use crate::suggest::Document;
use crate::text::language::language;
use crate::text::tokens::TokenKind;

/// How far from its number a word may stand that says what is counted.
const REACH: usize = 6;

/// The figures of a text, in order.
pub(crate) fn figures(words: &Words<'_>) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(amount) = amount_at(words, at) else {
            at += 1;
            continue;
        };
        let kind = if amount.money { Some(FigureKind::Money) } else { kind_of(words, &amount) };
        if let Some((kind, range)) = kind.zip(words.range(amount.first, amount.last)) {
            found.push(Figure { kind, number: amount.number, range: Some(range) });
        }
        at = amount.last + 1;
    }
    found
}

/// What a person types as figures, read as in a text: "12 people killed", "two dozen injured", "$1.2 million".
pub fn figures_typed(typed: &str) -> Vec<Figure> {
    let document = Document::new(typed, None);
    let read = figures(&Words::new(document.text, &document.tokens, &document.sentences));
    read.into_iter().map(|figure| Figure { range: None, ..figure }).collect()
}

/// A number with its unit.
struct Amount {
    first: usize,
    last: usize,
    number: Option<f64>,
    money: bool,
}

/// "12", "at least 1,200", "two dozen", "$1.2 million".
fn amount_at(words: &Words<'_>, at: usize) -> Option<Amount> {
    let sign = is_currency_sign(words.lower(at));
    let first = at;
    let digits = if sign { at + 1 } else { at };
    if sign && !words.same_sentence(at, digits) {
        return None;
    }
    let (mut number, mut last) = (number_of(words, digits)?, digits);
    // "40,000 crore", "two million", "1.2 billion"
    while let Some(times) = multiplier(words.after(last, 1)) {
        number = number.map(|number| number * times);
        last += 1;
    }
    let behind = words.after(last, 1);
    let unit = is_currency(behind);
    if unit {
        last += 1;
    }
    let sticks = words.get(first).is_some_and(|word| word.text.starts_with(['$', '€', '£', '¥']));
    Some(Amount { first, last, number, money: sign || unit || sticks })
}

/// The number at a word; the inner none for words such as "dozens".
fn number_of(words: &Words<'_>, at: usize) -> Option<Option<f64>> {
    let word = words.get(at)?;
    let lower = word.lower.as_str();
    let plain: String = lower.trim_start_matches(['$', '€', '£', '¥']).replace(',', "");
    if word.kind == TokenKind::Number || plain.len() < lower.len() && plain.starts_with(|c: char| c.is_ascii_digit()) {
        return plain.parse::<f64>().ok().map(Some);
    }
    let words = &language().numbers;
    match lower {
        _ if words.vague_numbers.contains(lower) => Some(None),
        "dozen" => Some(Some(12.0)),
        _ => words.numbers.position(lower).filter(|number| *number > 0).map(|number| Some(number as f64)),
    }
}

fn multiplier(word: &str) -> Option<f64> {
    language().numbers.multipliers.get(word)?.parse().ok()
}

fn is_currency_sign(word: &str) -> bool {
    language().numbers.currency_signs.contains(word)
}

fn is_currency(word: &str) -> bool {
    language().numbers.currencies.contains(word)
}

/// What a number counts, by the words around it.
fn kind_of(words: &Words<'_>, amount: &Amount) -> Option<FigureKind> {
    // "12 percent", "12 years", "12 km": no people.
    let behind = words.after(amount.last, 1);
    if is_measure(behind) || words.get(amount.first).and_then(|word| word.year()).is_some() && !is_people(behind) {
        return None;
    }
    let mut people = false;
    for by in 1..=REACH {
        let word = words.after(amount.last, by);
        if word.is_empty() || matches!(word, "," | "as") || language().numbers.count_ends.contains(word) {
            break;
        }
        people |= is_people(word);
        if let Some(kind) = counted_by(word).filter(|_| people || by <= 3) {
            return Some(kind);
        }
        if is_measure(word) {
            return None;
        }
    }
    for by in 1..=REACH {
        let word = words.before(amount.first, by);
        if word.is_empty() || language().numbers.count_ends.contains(word) {
            break;
        }
        if let Some(kind) = counting(word) {
            return Some(kind);
        }
        if !language().numbers.number_leads.contains(word) {
            break;
        }
    }
    None
}

/// What a word behind a number of people says of them: "12 people were killed".
fn counted_by(word: &str) -> Option<FigureKind> {
    let told = &language().numbers;
    match word {
        _ if told.killed_behind.contains(word) => Some(FigureKind::Killed),
        _ if told.injured_behind.contains(word) => Some(FigureKind::Injured),
        "missing" => Some(FigureKind::Missing),
        _ if told.arrested_behind.contains(word) => Some(FigureKind::Arrested),
        _ if told.displaced_behind.contains(word) => Some(FigureKind::Displaced),
        _ if told.present_behind.contains(word) => Some(FigureKind::Present),
        _ => None,
    }
}

/// What a word before a number says of those counted: "killing at least 12".
fn counting(word: &str) -> Option<FigureKind> {
    let told = &language().numbers;
    match word {
        _ if told.killed_before.contains(word) => Some(FigureKind::Killed),
        _ if told.injured_before.contains(word) => Some(FigureKind::Injured),
        _ if told.arrested_before.contains(word) => Some(FigureKind::Arrested),
        _ if told.displaced_before.contains(word) => Some(FigureKind::Displaced),
        _ => None,
    }
}

fn is_people(word: &str) -> bool {
    language().numbers.people.contains(word)
}

fn is_measure(word: &str) -> bool {
    language().numbers.measures.contains(word)
}

/// For each record the figures that it is told with: each goes to the nearest record of its sentence that it fits.
pub(crate) fn shared_out(read: &Read<'_, '_>, records: &[Record]) -> Vec<Vec<Figure>> {
    let mut shared = vec![Vec::new(); records.len()];
    let mut members: Vec<(usize, usize)> = Vec::new();
    for (index, record) in records.iter().enumerate() {
        members.extend(record.tellings.iter().filter_map(|telling| Some((read.first_word(*telling)?, index))));
    }
    members.sort_unstable();
    for figure in figures(read.words) {
        let Some(range) = figure.range else { continue };
        let at = read.words.at(range.start());
        let from = members.partition_point(|(word, _)| word + FAR < at);
        let near = members.get(from..).unwrap_or_default().iter().take_while(|(word, _)| *word <= at + FAR);
        let fitting = near.filter(|(word, record)| {
            read.words.same_sentence(*word, at)
                && records.get(*record).is_some_and(|record| fits(figure.kind, record.kind))
        });
        let nearest = fitting.min_by_key(|(word, record)| {
            (records.get(*record).is_none_or(|record| record.level > Level::Kept), word.abs_diff(at))
        });
        if let Some(slot) = nearest.and_then(|(_, record)| shared.get_mut(*record)) {
            slot.push(figure);
        }
    }
    shared
}

/// How far from a figure the event may be told, in words.
const FAR: usize = 40;

/// Whether something of a type has such figures.
fn fits(figure: FigureKind, kind: EventType) -> bool {
    use NewsClass::{Accident, Crime, Culture, Death, Disaster, Health, Other, Sport};
    match figure {
        FigureKind::Money => true,
        FigureKind::Killed | FigureKind::Injured | FigureKind::Missing | FigureKind::Displaced => match kind {
            EventType::Happening(plover) => {
                matches!(plover, None | Some(Plover::Assault | Plover::Protest | Plover::Coerce))
            }
            EventType::News(class) => matches!(class, Accident | Crime | Death | Disaster | Health | Other),
            EventType::Named(_) => true,
        },
        FigureKind::Arrested => match kind {
            EventType::Happening(plover) => {
                matches!(plover, None | Some(Plover::Assault | Plover::Protest | Plover::Coerce))
            }
            EventType::News(class) => matches!(class, Crime | Other),
            EventType::Named(_) => false,
        },
        FigureKind::Present => match kind {
            EventType::Happening(plover) => matches!(plover, None | Some(Plover::Protest | Plover::Consult)),
            EventType::News(class) => matches!(class, Sport | Culture | Other),
            EventType::Named(_) => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use text_size::TextRange;

    use super::*;

    fn told(text: &str) -> Vec<(FigureKind, Option<f64>, &str)> {
        let document = Document::new(text, None);
        let words = Words::new(document.text, &document.tokens, &document.sentences);
        let slice = |range: TextRange| text.get(crate::text::bytes(range)).unwrap();
        figures(&words).into_iter().map(|figure| (figure.kind, figure.number, slice(figure.range.unwrap()))).collect()
    }

    #[test]
    fn people_are_counted_by_what_happened_to_them() {
        use FigureKind::*;
        assert_eq!(
            told("At least 12 people were killed and 1,200 injured; nine are missing."),
            [(Killed, Some(12.0), "12"), (Injured, Some(1200.0), "1,200"), (Missing, Some(9.0), "nine")]
        );
        assert_eq!(told("The blast hit a market, killing at least 40."), [(Killed, Some(40.0), "40")]);
        assert_eq!(told("Police arrested two dozen men."), [(Arrested, Some(24.0), "two dozen")]);
        assert_eq!(told("Dozens of people were wounded."), [(Injured, None, "Dozens")]);
        assert_eq!(told("Some 5,000 people marched through the town."), [(Present, Some(5000.0), "5,000")]);
    }

    #[test]
    fn sums_of_money_keep_their_unit() {
        assert_eq!(told("It cost $1.2 million."), [(FigureKind::Money, Some(1.2e6), "$1.2 million")]);
        assert_eq!(told("It cost 10 billion baht."), [(FigureKind::Money, Some(1e10), "10 billion baht")]);
    }

    #[test]
    fn other_numbers_count_nobody() {
        assert_eq!(told("He was killed in 2015 after 12 years, 30 km from the town."), []);
        assert_eq!(told("Cases rose by 12 percent."), []);
    }
}
