//! Named events known by name: the embedded list and how a text is looked up in it.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::words::Words;
use crate::project::NamedClass;

/// A named event of the list.
pub(crate) struct Listed {
    /// The name as it is looked for.
    written: &'static str,
    pub(crate) class: NamedClass,
    pub(crate) wikidata: Option<&'static str>,
    /// The fullest name.
    pub(crate) name: &'static str,
    /// First and last day or year, as the table writes them; empty where not known.
    when: &'static str,
}

impl Listed {
    /// The first and the last day.
    pub(crate) fn days(&self) -> Option<(Date, Date)> {
        let (first, last) = self.when.split_once("..").unwrap_or((self.when, self.when));
        Some((day(first, (1, 1))?, day(last, (12, 31))?))
    }
}

/// The day that a cell names; of a year the month and day given.
fn day(cell: &str, (month, of_month): (i8, i8)) -> Option<Date> {
    cell.parse().ok().or_else(|| Date::new(cell.parse().ok()?, month, of_month).ok())
}

/// The list by the first word of each name.
pub(crate) struct Gazetteer(HashMap<&'static str, Vec<Listed>>);

/// The embedded list; read once.
pub(crate) static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::parse(include_str!("../../../assets/knowledge/events-named.tsv")));

impl Gazetteer {
    fn parse(table: &'static str) -> Self {
        let mut names: HashMap<&'static str, Vec<Listed>> = HashMap::new();
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let mut cells = row.split('\t');
            let (Some(written), Some(class)) = (cells.next(), cells.next().and_then(class)) else { continue };
            let wikidata = cells.next().filter(|item| !item.is_empty());
            let name = cells.next().filter(|name| !name.is_empty()).unwrap_or(written);
            let when = cells.next().unwrap_or_default();
            let first = key(written);
            names.entry(first).or_default().push(Listed { written, class, wikidata, name, when });
        }
        for list in names.values_mut() {
            list.sort_by_key(|listed| std::cmp::Reverse(listed.written.len()));
        }
        Self(names)
    }

    /// The longest name that begins at a word, and its last word.
    pub(crate) fn at(&self, words: &Words<'_>, at: usize) -> Option<(usize, &Listed)> {
        let first = words.get(at)?;
        // Printed apostrophes differ.
        let plain = |c: char| if c == '’' { '\'' } else { c };
        let ends_with = |listed: &Listed| {
            let rest = words.from(at).chars().map(plain);
            let fits = listed.written.chars().map(plain).zip(rest).all(|(a, b)| a == b);
            let end = first.range.start() + text_size::TextSize::try_from(listed.written.len()).ok()?;
            let last = words.before_offset(end);
            let whole = words.get(last).is_some_and(|word| word.range.end() == end);
            (fits && whole && words.same_sentence(at, last)).then_some(last)
        };
        self.0.get(key(first.text))?.iter().find_map(|listed| Some((ends_with(listed)?, listed)))
    }
}

/// What a name is filed under: its beginning, as far as it is all letters, figures, hyphens and dots.
fn key(name: &str) -> &str {
    name.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '.').next().unwrap_or(name)
}

fn class(name: &str) -> Option<NamedClass> {
    Some(match name {
        "election" => NamedClass::Election,
        "war" => NamedClass::War,
        "summit" => NamedClass::Summit,
        "games" => NamedClass::Games,
        "disaster" => NamedClass::Disaster,
        "epidemic" => NamedClass::Epidemic,
        "ceremony" => NamedClass::Ceremony,
        "agreement" => NamedClass::Agreement,
        "other" => NamedClass::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_where_it_stands() {
        for row in
            include_str!("../../../assets/knowledge/events-named.tsv").lines().filter(|row| !row.starts_with('#'))
        {
            let text = row.split('\t').next().unwrap();
            let document = crate::suggest::Document::new(text, None);
            let whole = [crate::text::byte_range(0, text.len()).unwrap()];
            let words = Words::new(text, &document.tokens, &whole);
            assert_eq!(GAZETTEER.at(&words, 0).map(|(last, _)| last + 1), Some(words.len()), "{text}");
        }
    }

    #[test]
    fn every_day_is_one() {
        for listed in GAZETTEER.0.values().flatten().filter(|listed| !listed.when.is_empty()) {
            assert!(listed.days().is_some_and(|(first, last)| first <= last), "{}", listed.written);
        }
    }

    #[test]
    fn every_row_has_a_class_and_a_sound_item() {
        let table = include_str!("../../../assets/knowledge/events-named.tsv");
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(class(cells[1]).is_some(), "{row}");
            let item = cells.get(2).copied().unwrap_or_default();
            assert!(item.is_empty() || item.strip_prefix('Q').is_some_and(|n| n.parse::<u64>().is_ok()), "{row}");
        }
    }
}
