//! Named events known by name: the embedded list and how a text is looked up in it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::Words;
use crate::project::NamedClass;
use crate::text::tokens::tokenize;

/// A named event of the list.
pub(crate) struct Listed {
    /// The name's tokens after the first.
    rest: Vec<&'static str>,
    pub(crate) class: NamedClass,
    pub(crate) wikidata: Option<&'static str>,
    /// The fullest name.
    pub(crate) name: &'static str,
}

/// The list by the first token of each name.
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
            let name = cells.next().unwrap_or(written);
            let mut tokens = tokenize(written).into_iter().map(|token| token.text(written));
            let Some(first) = tokens.next() else { continue };
            names.entry(first).or_default().push(Listed { rest: tokens.collect(), class, wikidata, name });
        }
        for list in names.values_mut() {
            list.sort_by_key(|listed| std::cmp::Reverse(listed.rest.len()));
        }
        Self(names)
    }

    /// The longest name that begins at a word, and its last word.
    pub(crate) fn at(&self, words: &Words<'_>, at: usize) -> Option<(usize, &Listed)> {
        let first = words.get(at)?;
        // Printed apostrophes differ.
        let plain = |c: char| if c == '’' { '\'' } else { c };
        let same = |a: &str, b: &str| a.chars().map(plain).eq(b.chars().map(plain));
        let fits = |listed: &&Listed| {
            let mut tokens = listed.rest.iter().zip(at + 1..);
            tokens.all(|(token, i)| words.get(i).is_some_and(|word| same(word.text, token)))
        };
        let listed = self.0.get(first.text)?.iter().find(fits)?;
        let last = at + listed.rest.len();
        words.same_sentence(at, last).then_some((last, listed))
    }
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
