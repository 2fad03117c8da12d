//! Finding in the whole project: each match with the words on either side, in columns that can be sorted, and what can
//! be done with many matches at once.

use std::collections::HashSet;

use super::search::{Answer, Job, Results, Task, Token};
use crate::project::{KindId, Place, Project};
use crate::text::find::{Query, SortBy};

/// What is looked for in the project, what was found, and how it is shown.
#[derive(Default)]
pub struct Concordance {
    /// Whether it is shown.
    pub shown: bool,
    pub(super) query: Query,
    pub(super) kind: Option<KindId>,
    pub(super) results: Results,
    /// How many articles have matches.
    pub(super) articles: usize,
    /// The longest match, in characters.
    pub(super) widest: usize,
    pub(super) sort: SortBy,
    /// The matches in the order shown; none where that is the order found.
    pub(super) order: Option<Vec<u32>>,
    /// Which of the matches found are marked.
    pub(super) marked: HashSet<u32>,
    /// The row that the keys are at, and the one that a range of marks begins at.
    pub(super) chosen: usize,
    pub(super) anchor: usize,
    pub(super) problem: Option<String>,
    pub(super) wants_focus: bool,
    /// What `results` are of: the query, and how many articles of which project. Texts never change.
    pub(super) of: Option<(Query, u64, usize)>,
}

impl Concordance {
    /// Shows it, with the keys in its field; looks for `words` unless they are empty.
    pub fn open(&mut self, words: String) {
        self.shown = true;
        self.wants_focus = true;
        if !words.is_empty() {
            self.query = Query { words, regex: false, ..self.query.clone() };
        }
    }

    /// Whether an answer is to this search.
    pub fn is_of(&self, token: &Token) -> bool {
        self.results.is_of(token)
    }

    /// Whether it is still looking.
    pub fn is_running(&self) -> bool {
        self.results.running
    }

    /// The match in a row, in the order shown.
    pub fn row(&self, row: usize) -> Option<Place> {
        self.at(row).map(|(_, place)| place)
    }

    /// How many matches there are.
    pub fn count(&self) -> usize {
        self.results.places.len()
    }

    /// Takes in what the background found.
    pub fn take(&mut self, answer: Answer) {
        match answer {
            Answer::Found(places) => {
                let mut last = self.results.places.last().map(|place| place.article);
                for place in &places {
                    self.articles += usize::from(last.replace(place.article) != Some(place.article));
                    self.widest = self.widest.max(place.range.len().into());
                }
                self.results.take(Answer::Found(places));
            }
            Answer::Sorted(by, order) if by == self.sort => self.order = Some(order),
            other => self.results.take(other),
        }
    }

    /// Looks again where the query or the project is another: the search in the background that is needed, if any.
    pub(super) fn refresh(&mut self, project: &Project, number: u64) -> Option<Job> {
        let of = (self.query.clone(), number, project.article_count());
        if self.of.as_ref() == Some(&of) {
            return None;
        }
        self.of = Some(of);
        self.results.clear();
        self.marked.clear();
        (self.articles, self.widest, self.chosen, self.anchor) = (0, 0, 0, 0);
        (self.order, self.problem) = (None, None);
        if self.query.is_empty() {
            return None;
        }
        match self.query.pattern() {
            Err(error) => {
                self.problem = Some(error.to_string());
                None
            }
            Ok(pattern) => {
                let texts = project.articles().map(|record| (record.id, record.article.text.clone())).collect();
                Some(Job { token: self.results.start(), task: Task::Find(texts, pattern) })
            }
        }
    }

    /// Looks for the order to show the matches in, once all are there: in the background.
    pub(super) fn sort(&mut self, project: &Project) -> Option<Job> {
        self.order = None;
        if self.sort == SortBy::Article || self.results.running || self.results.places.is_empty() {
            return None;
        }
        let mut texts = Vec::new();
        for places in self.results.places.chunk_by(|a, b| a.article == b.article) {
            let record = places.first().and_then(|place| project.article(place.article));
            if let Some(record) = record {
                texts.push((record.article.text.clone(), places.to_vec()));
            }
        }
        Some(Job { token: self.results.token(), task: Task::Sort(texts, self.sort) })
    }

    /// Which of the matches found stands in a row.
    pub(super) fn at(&self, row: usize) -> Option<(u32, Place)> {
        let index = match &self.order {
            Some(order) => *order.get(row)?,
            None => u32::try_from(row).ok()?,
        };
        self.results.places.get(index as usize).map(|place| (index, *place))
    }

    /// The matches that are marked; all where none is.
    pub(super) fn meant(&self) -> Vec<Place> {
        if self.marked.is_empty() {
            return self.results.places.clone();
        }
        let marked = self.results.places.iter().zip(0..).filter(|(_, index)| self.marked.contains(index));
        marked.map(|(place, _)| *place).collect()
    }

    /// Marks a row or takes its mark away; with `through`, all rows from the one marked last get its mark.
    pub(super) fn mark(&mut self, row: usize, through: bool) {
        let Some((index, _)) = self.at(row) else { return };
        let on = !self.marked.contains(&index);
        let rows = if through { self.anchor.min(row)..=self.anchor.max(row) } else { row..=row };
        for row in rows {
            let Some((index, _)) = self.at(row) else { continue };
            if on {
                self.marked.insert(index)
            } else {
                self.marked.remove(&index)
            };
        }
        self.anchor = row;
    }
}
