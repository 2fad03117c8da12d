//! Looking for words in the article shown: the bar above it, its matches, and going from one to the next.

use std::ops::Range;

use text_size::{TextRange, TextSize};

use super::search::{self, Answer, Job, Results, Task, Token};
use super::text;
use crate::project::{ArticleId, ArticleRecord, KindId, Place};
use crate::text::find::Query;

/// Texts up to this many bytes are searched within the frame; longer ones in the background.
const AT_ONCE: usize = 64 * 1024;

/// What is being looked for, and where it stands.
#[derive(Default)]
pub struct Find {
    /// What is looked for, and how.
    pub query: Query,
    /// What matches are tagged as; none for the kind used last.
    pub kind: Option<KindId>,
    pub(super) results: Results,
    /// The match that was gone to.
    pub(super) current: Option<usize>,
    /// The first match from here on is gone to while words are typed.
    pub(super) origin: TextSize,
    /// What is wrong with the pattern.
    pub(super) problem: Option<String>,
    pub(super) wants_focus: bool,
    /// The nearest match is gone to once it is known.
    pub(super) seeks: bool,
    /// Steps on or back that a command asked for.
    pub(super) step: Option<bool>,
    /// What `results` are of.
    pub(super) of: Option<(Query, ArticleId)>,
}

impl Find {
    /// A search that takes the keys and begins at a place of the text.
    pub fn open(query: Query, origin: TextSize) -> Self {
        Self { query, origin, wants_focus: true, seeks: true, ..Self::default() }
    }

    /// Another article is looked through, from its top.
    pub fn begin_anew(&mut self) {
        (self.origin, self.current, self.seeks) = (TextSize::default(), None, false);
    }

    /// Takes the keys again.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Goes on to the next match, or back.
    pub fn step(&mut self, forward: bool) {
        self.step = Some(forward);
    }

    /// All matches known.
    pub fn places(&self) -> &[Place] {
        &self.results.places
    }

    /// Whether an answer is to this search.
    pub fn is_of(&self, token: &Token) -> bool {
        self.results.is_of(token)
    }

    /// Takes in what the background found.
    pub fn take(&mut self, answer: Answer) {
        self.results.take(answer);
    }

    /// The matches that touch a stretch of the text.
    pub fn within(&self, block: Range<usize>) -> impl Iterator<Item = TextRange> {
        let first = self.results.places.partition_point(|place| usize::from(place.range.end()) <= block.start);
        let rest = self.results.places.iter().skip(first).map(|place| place.range);
        rest.take_while(move |range| usize::from(range.start()) < block.end)
    }

    /// Looks again where the query or the article is another.
    /// A search in the background is given where one is needed.
    pub(super) fn refresh(&mut self, record: &ArticleRecord) -> Option<Job> {
        if self.of.as_ref().is_some_and(|(query, article)| *query == self.query && *article == record.id) {
            return None;
        }
        self.of = Some((self.query.clone(), record.id));
        (self.current, self.problem) = (None, None);
        self.results.clear();
        if self.query.is_empty() {
            return None;
        }
        let text = &record.article.text;
        match self.query.pattern() {
            Err(error) => self.problem = Some(error.to_string()),
            Ok(pattern) if text.as_str().len() <= AT_ONCE => {
                let found = pattern.matches(text.as_str()).take(search::MOST);
                self.results.places = found.map(|range| Place { article: record.id, range }).collect();
            }
            Ok(pattern) => {
                let token = self.results.start();
                return Some(Job { token, task: Task::Find(vec![(record.id, text.clone())], pattern) });
            }
        }
        None
    }

    /// The match to go to now, if any.
    pub(super) fn next(&mut self) -> Option<TextRange> {
        let places = &self.results.places;
        if places.is_empty() {
            return None;
        }
        let nearest = places.partition_point(|place| place.range.start() < self.origin);
        // While more may come, the nearest one from here on may still be on its way.
        let known = nearest < places.len() || !self.results.running;
        let target = match (self.step.take(), self.current) {
            (Some(true), Some(current)) => (current + 1) % places.len(),
            (Some(false), Some(current)) => (current + places.len() - 1) % places.len(),
            (Some(false), None) => (nearest + places.len() - 1) % places.len(),
            (Some(true), None) => nearest % places.len(),
            (None, _) if self.seeks && known => nearest % places.len(),
            (None, _) => return None,
        };
        self.seeks = false;
        self.current = Some(target);
        places.get(target).map(|place| place.range)
    }

    /// "3 of 17".
    pub(super) fn count(&self) -> String {
        let found = self.results.places.len();
        let all = match (self.results.running, self.results.full) {
            (true, _) => format!("{}…", text::number(found)),
            (false, true) => format!("{} or more", text::number(found)),
            (false, false) => text::number(found),
        };
        match self.current {
            _ if self.query.is_empty() || self.problem.is_some() => String::new(),
            _ if found == 0 && self.results.running => "Searching…".to_owned(),
            _ if found == 0 => "No match".to_owned(),
            Some(current) => format!("{} of {all}", text::number(current + 1)),
            None => all,
        }
    }
}
