//! PLOVER's contexts: what an event is about, told by the words around its triggers and the offices of those in it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::merge::EventMention;
use super::names::Names;
use super::when::parts;
use super::words::Words;
use crate::project::CONTEXTS;

/// How far to both sides of a trigger a word may stand, in words.
const REACH: usize = 9;

/// A word or phrase that tells of a context.
struct Cue {
    /// The words after the first.
    rest: Vec<&'static str>,
    /// Index into the contexts.
    context: usize,
}

/// The table: words by their first, lemmas of triggers whole.
#[derive(Default)]
struct Table {
    near: HashMap<&'static str, Vec<Cue>>,
    told: HashMap<String, Vec<usize>>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::parse(include_str!("../../../assets/knowledge/events-contexts.tsv")));

impl Table {
    fn parse(table: &'static str) -> Self {
        let mut parsed = Self::default();
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let mut cells = row.split('\t');
            let (Some(name), Some(place), Some(words)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let Some(context) = CONTEXTS.iter().position(|(known, _)| *known == name) else { continue };
            for phrase in words.split(' ') {
                let mut parts = phrase.split('_');
                let first = parts.next().unwrap_or_default();
                match place {
                    "told" => parsed.told.entry(phrase.replace('_', " ")).or_default().push(context),
                    _ => parsed.near.entry(first).or_default().push(Cue { rest: parts.collect(), context }),
                }
            }
        }
        parsed
    }

    /// The contexts that the words tell of that begin with the first of a stretch.
    fn at<'a>(&'a self, first: &str, follows: impl Fn(usize, &str) -> bool + 'a) -> impl Iterator<Item = usize> + 'a {
        let cues = self.near.get(first).map_or(&[][..], Vec::as_slice);
        let fits = move |cue: &&Cue| cue.rest.iter().enumerate().all(|(by, word)| follows(by + 1, word));
        cues.iter().filter(fits).map(|cue| cue.context)
    }
}

/// Where a text's words tell of contexts: the word and the context, in text order.
pub(crate) struct Cues(Vec<(usize, usize)>);

impl Cues {
    /// One pass over the words.
    pub(crate) fn new(words: &Words<'_>) -> Self {
        let at = |at: usize| {
            let found = TABLE.at(words.lower(at), move |by, word| words.after(at, by) == word);
            found.map(move |context| (at, context))
        };
        Self((0..words.len()).flat_map(at).collect())
    }

    /// The contexts of the event that all of `members` tell of, in the codebook's order.
    pub(crate) fn contexts(&self, words: &Words<'_>, names: &Names, members: &[&EventMention]) -> Vec<&'static str> {
        let mut told = vec![false; CONTEXTS.len()];
        let mut mark = |context: usize| {
            if let Some(slot) = told.get_mut(context) {
                *slot = true;
            }
        };
        for member in members {
            let trigger = &member.trigger;
            TABLE.told.get(trigger.entry.lemma).into_iter().flatten().for_each(|context| mark(*context));
            let from = self.0.partition_point(|(at, _)| at + REACH < trigger.first);
            let near = self.0.get(from..).unwrap_or_default().iter().take_while(|(at, _)| *at <= trigger.last + REACH);
            let parted = |at: usize| (at.min(trigger.last) + 1..at.max(trigger.first)).any(|i| parts(words.lower(i)));
            let near = near.filter(|(at, _)| words.same_sentence(*at, trigger.first) && !parted(*at));
            near.for_each(|(_, context)| mark(*context));
            for role in member.frame.participants.iter().filter_map(|(_, name)| names.role(*name)) {
                let parts: Vec<&str> = role.split(' ').collect();
                for (index, part) in parts.iter().enumerate() {
                    TABLE.at(part, |by, word| parts.get(index + by) == Some(&word)).for_each(&mut mark);
                }
            }
        }
        let known = CONTEXTS.iter().zip(told).filter(|(_, told)| *told);
        known.map(|((name, _), _)| *name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_context() {
        let table = include_str!("../../../assets/knowledge/events-contexts.tsv");
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(CONTEXTS.iter().any(|(known, _)| *known == cells[0]), "{row}");
            assert!(["near", "told"].contains(&cells[1]) && cells.len() == 3, "{row}");
        }
    }
}
