//! The words that tell of happenings, read from the embedded table and spread out into all their forms.

use std::collections::HashMap;
use std::sync::LazyLock;

use smol_str::SmolStr;

use super::morphology::{Form, family, noun_forms, verb_forms};
use crate::project::Plover;

/// A word or phrase of the table.
pub(crate) struct Entry {
    pub(crate) lemma: &'static str,
    pub(crate) plover: Option<Plover>,
    pub(crate) mode: Option<&'static str>,
    /// How often it tells of an event where it stands; 0 for a noun that only looks like an event's verb.
    pub(crate) score: f32,
    /// What verb and noun of one stem share.
    pub(crate) family: &'static str,
}

/// A happening that the table does not know.
pub(crate) static UNLISTED: Entry = Entry { lemma: "", plover: None, mode: None, score: 0.0, family: "" };

/// A form that begins with the word it is filed under.
pub(crate) struct Inflected {
    /// The words after the first.
    pub(crate) rest: Vec<SmolStr>,
    pub(crate) form: Form,
    /// Index into the entries.
    pub(crate) entry: usize,
}

/// The whole table.
pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    forms: HashMap<SmolStr, Vec<Inflected>>,
}

/// The embedded table; read once.
pub(crate) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("../../../assets/knowledge/events-happenings.tsv")));

impl Lexicon {
    fn parse(table: &'static str) -> Self {
        let mut lexicon = Self { entries: Vec::new(), forms: HashMap::new() };
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let mut cells = row.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            let (lemma, pos, plover, mode, score, irregular) = (cell(), cell(), cell(), cell(), cell(), cell());
            let plover = Plover::from_name(plover);
            let mode = plover.and_then(|p| p.modes().iter().copied().find(|known| *known == mode));
            let entry = lexicon.entries.len();
            lexicon.entries.push(Entry {
                lemma,
                plover,
                mode,
                score: score.parse().unwrap_or_default(),
                family: family(lemma),
            });
            lexicon.file(lemma, pos, irregular, entry);
        }
        for list in lexicon.forms.values_mut() {
            list.sort_by_key(|inflected| std::cmp::Reverse(inflected.rest.len()));
        }
        lexicon
    }

    /// Files all forms of a row. In a phrase the verb comes first and the noun last; an adverb stays as it is.
    fn file(&mut self, lemma: &'static str, pos: &str, irregular: &str, entry: usize) {
        let words: Vec<&'static str> = lemma.split(' ').collect();
        let adverb = words.first().is_some_and(|word| word.ends_with("ly") && words.len() > 1);
        let head = if pos == "v" && !adverb { 0 } else { words.len().saturating_sub(1) };
        let Some(word) = words.get(head) else { return };
        let odd: Vec<&str> = irregular.split(',').filter(|form| !form.is_empty()).collect();
        let forms = match pos {
            "v" => verb_forms(word, &odd),
            "n" | "x" => noun_forms(word),
            _ => vec![((*word).to_owned(), Form::Adjective)],
        };
        for (inflected, form) in forms {
            let mut phrase: Vec<SmolStr> = words.iter().copied().map(SmolStr::new_static).collect();
            if let Some(slot) = phrase.get_mut(head) {
                *slot = SmolStr::from(inflected);
            }
            let first = phrase.remove(0);
            self.forms.entry(first).or_default().push(Inflected { rest: phrase, form, entry });
        }
    }

    /// The forms that begin with a word (in small letters), the longest first.
    pub(crate) fn forms(&self, first: &str) -> &[Inflected] {
        self.forms.get(first).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn entry(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_and_irregular_forms_are_found() {
        let lemmas = |word: &str| -> Vec<_> {
            LEXICON.forms(word).iter().filter_map(|f| LEXICON.entry(f.entry).map(|e| (e.lemma, f.form))).collect()
        };
        assert!(lemmas("shot").contains(&("shoot", Form::Past)));
        assert!(lemmas("gunned").contains(&("gun down", Form::Past)));
        assert!(lemmas("taken").contains(&("take over", Form::Participle)));
        assert!(lemmas("suicide").contains(&("suicide bombing", Form::Plural)));
    }

    #[test]
    fn every_row_has_a_score_and_a_known_mode() {
        let table = include_str!("../../../assets/knowledge/events-happenings.tsv");
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(
                cells[4].parse::<f32>().is_ok_and(|score| (score > 0.0) == (cells[1] != "x") && score <= 1.0),
                "{row}"
            );
            let plover = Plover::from_name(cells[2]);
            assert!(cells[2] == "-" || plover.is_some(), "{row}");
            assert!(cells[3] == "-" || plover.is_some_and(|p| p.modes().contains(&cells[3])), "{row}");
        }
    }
}
