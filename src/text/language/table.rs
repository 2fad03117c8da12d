//! The form of the tables: sections of words under a heading, read into lists and maps.
//!
//! `[reporting verbs]` is a heading. Below it stand words, parted by spaces and line ends; "_" is the space inside a phrase
//! ("pull_out"). In the section of a map each line is `words = value`, the value for each of the words. A line that begins
//! with "#" is a comment.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use smol_str::SmolStr;

/// A text of sections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table(pub(super) &'static str);

/// The lines below a heading, without comments and blank lines; none where the heading is missing.
#[derive(Clone, Debug)]
pub(super) struct Section(Vec<&'static str>);

impl Table {
    /// The section of a field's name: "reporting_verbs" is `[reporting verbs]`.
    pub(super) fn section(self, field: &str) -> Section {
        let lines = self.0.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let own = lines.skip_while(|line| heading(line).is_none_or(|name| name.replace(' ', "_") != field));
        Section(own.skip(1).take_while(|line| heading(line).is_none()).collect())
    }
}

impl Section {
    /// How many lines it has.
    #[cfg(test)]
    pub(super) fn lines(&self) -> usize {
        self.0.len()
    }
}

/// The name in a heading.
pub(super) fn heading(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']')
}

/// The words of a line, phrases with spaces.
fn words(line: &str) -> impl Iterator<Item = SmolStr> {
    line.split_whitespace().map(|word| if word.contains('_') { word.replace('_', " ").into() } else { word.into() })
}

/// Words of one kind, in the order of their table.
#[derive(Debug)]
pub(crate) struct WordList {
    words: Vec<SmolStr>,
    positions: HashMap<SmolStr, usize, FixedState>,
}

impl WordList {
    /// Whether it has the word, in these letters. Takes the same time for a list of any length.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.positions.contains_key(word)
    }

    /// Where the word stands in the list, from 0.
    pub(crate) fn position(&self, word: &str) -> Option<usize> {
        self.positions.get(word).copied()
    }

    /// The words in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(SmolStr::as_str)
    }
}

impl From<Section> for WordList {
    fn from(Section(lines): Section) -> Self {
        let words: Vec<SmolStr> = lines.into_iter().flat_map(words).collect();
        let positions = words.iter().enumerate().map(|(position, word)| (word.clone(), position)).collect();
        Self { words, positions }
    }
}

/// Words, and for each a value.
#[derive(Debug)]
pub(crate) struct WordMap {
    rows: Vec<(SmolStr, &'static str)>,
    positions: HashMap<SmolStr, usize, FixedState>,
}

impl WordMap {
    /// The value of the word, in these letters. Takes the same time for a map of any size.
    pub(crate) fn get(&self, word: &str) -> Option<&'static str> {
        self.positions.get(word).and_then(|position| self.rows.get(*position)).map(|(_, value)| *value)
    }

    /// All words with their values, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.rows.iter().map(|(word, value)| (word.as_str(), *value))
    }
}

impl From<Section> for WordMap {
    fn from(Section(lines): Section) -> Self {
        let lines = lines.into_iter().filter_map(|line| line.split_once(" = "));
        let rows: Vec<_> = lines.flat_map(|(left, value)| words(left).map(move |word| (word, value))).collect();
        let positions = rows.iter().enumerate().map(|(position, (word, _))| (word.clone(), position)).collect();
        Self { rows, positions }
    }
}
