//! Where readers put what they find, one by one and counted.

use std::io::Read;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::IngestError;
use super::columns::Table;
use super::left_out::LeftOut;
use super::limits::{MAX_ARTICLES, MAX_PROBLEMS, MAX_UNPACKED_BYTES};
use super::names::file_name;
use crate::text::Article;

/// One thing that reading a file brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// An article.
    Article(Box<Article>),
    /// Something that could not be read, and why.
    Problem(Remark),
    /// Words that were left out on purpose, and what they are.
    LeftOut(Remark),
    /// The columns of the table that the articles come from; before its articles.
    Table(Table),
}

/// Something that a person is told of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The file.
    pub file: String,
    /// Where in it: a file inside it, a row; empty for the file as a whole.
    pub place: String,
    /// What is wrong and what can be done; or what was left out.
    pub reason: String,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.place.as_str() {
            "" if self.reason.contains(&self.file) => f.write_str(&self.reason),
            "" => write!(f, "“{}”: {}", self.file, self.reason),
            place => write!(f, "“{}”, {place}: {}", self.file, self.reason),
        }
    }
}

/// Takes what a reader finds, and says when it is enough.
pub(super) struct Sink<'s> {
    take: &'s mut dyn FnMut(Item) -> ControlFlow<()>,
    file: &'s str,
    /// The files inside the file that are being read, outermost first.
    inside: Vec<String>,
    articles: usize,
    problems: usize,
    left_out: usize,
    unpacked: u64,
    stopped: bool,
}

impl<'s> Sink<'s> {
    pub(super) fn new(file: &'s str, take: &'s mut dyn FnMut(Item) -> ControlFlow<()>) -> Self {
        Self { take, file, inside: Vec::new(), articles: 0, problems: 0, left_out: 0, unpacked: 0, stopped: false }
    }

    /// Hands on an article.
    ///
    /// # Errors
    /// No more are wanted.
    pub(super) fn article(&mut self, article: Article) -> Result<(), IngestError> {
        if self.articles >= MAX_ARTICLES {
            return Err(self.too_much(format!("{MAX_ARTICLES} articles")));
        }
        self.articles += 1;
        self.give(Item::Article(Box::new(article)))
    }

    /// Hands on what the columns of a table are called.
    pub(super) fn table(&mut self, table: Table) -> Result<(), IngestError> {
        self.give(Item::Table(table))
    }

    /// Tells of something that could not be read, at a place in the file that is being read.
    pub(super) fn problem(&mut self, place: &str, reason: &str) {
        self.problems += 1;
        if self.problems <= MAX_PROBLEMS && !self.stopped {
            let problem = self.remark(place, reason);
            // Whoever wants no more is asked again with the next article.
            self.give(Item::Problem(problem)).ok();
        }
    }

    /// Tells what was left out on purpose, at a place in the file that is being read.
    pub(super) fn left_out(&mut self, place: &str, left_out: &LeftOut) {
        left_out.reasons().for_each(|reason| self.tell_left_out(place, &reason));
    }

    /// Tells of parts of the file that are no articles.
    pub(super) fn passed_over(&mut self, reason: &str) {
        self.tell_left_out("", reason);
    }

    fn tell_left_out(&mut self, place: &str, reason: &str) {
        self.left_out += 1;
        if self.left_out <= MAX_PROBLEMS && !self.stopped {
            let remark = self.remark(place, reason);
            self.give(Item::LeftOut(remark)).ok();
        }
    }

    fn remark(&self, place: &str, reason: &str) -> Remark {
        let places = self.inside.iter().map(String::as_str).chain([place]).filter(|place| !place.is_empty());
        let place = places.collect::<Vec<_>>().join(", ");
        Remark { file: self.file.to_owned(), place, reason: reason.to_owned() }
    }

    /// Reads a file inside the file: what fails in it is a problem at its place, unless nothing more can be read at all.
    pub(super) fn inside(
        &mut self,
        place: &str,
        read: impl FnOnce(&mut Self) -> Result<(), IngestError>,
    ) -> Result<(), IngestError> {
        self.inside.push(place.to_owned());
        let done = match read(self) {
            Err(error) if !error.ends_all() => {
                self.problem("", &error.to_string());
                Ok(())
            }
            done => done,
        };
        self.inside.pop();
        done
    }

    /// What is packed, unpacked, at most `limit` bytes of it; counted with all else that the file unpacks to.
    ///
    /// # Errors
    /// It is damaged, or more than that.
    pub(super) fn unpack(&mut self, name: &str, packed: impl Read, limit: usize) -> Result<Vec<u8>, IngestError> {
        let limit = limit as u64;
        let mut bytes = Vec::new();
        let left = MAX_UNPACKED_BYTES.saturating_sub(self.unpacked);
        packed
            .take(limit.min(left).saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| IngestError::damaged(name, format!("it is damaged where it is packed ({error})")))?;
        let size = bytes.len() as u64;
        self.unpacked = self.unpacked.saturating_add(size);
        if size > left {
            return Err(self.too_much(format!("{} MB unpacked", MAX_UNPACKED_BYTES / 1_000_000)));
        }
        if size > limit {
            let what = format!("it unpacks to more than the {} MB that are read", limit / 1_000_000);
            return Err(IngestError::damaged(name, what));
        }
        Ok(bytes)
    }

    /// Counts bytes that were unpacked elsewhere.
    pub(super) fn count(&mut self, bytes: u64) -> Result<(), IngestError> {
        self.unpacked = self.unpacked.saturating_add(bytes);
        if self.unpacked > MAX_UNPACKED_BYTES {
            return Err(self.too_much(format!("{} MB unpacked", MAX_UNPACKED_BYTES / 1_000_000)));
        }
        Ok(())
    }

    /// How many articles there were so far.
    pub(super) fn articles(&self) -> usize {
        self.articles
    }

    /// How many problems there were so far.
    pub(super) fn problems(&self) -> usize {
        self.problems
    }

    /// Tells how much was not told one by one.
    pub(super) fn end(&mut self) {
        let more = |count: usize| count.checked_sub(MAX_PROBLEMS).filter(|untold| *untold > 0 && !self.stopped);
        let of = |reason: String| Remark { file: self.file.to_owned(), place: String::new(), reason };
        let problems = more(self.problems).map(|untold| of(format!("{untold} more parts of it could not be read")));
        let left_out = more(self.left_out).map(|untold| of(format!("{untold} more parts of it were left out")));
        let remarks = problems.map(Item::Problem).into_iter().chain(left_out.map(Item::LeftOut));
        remarks.for_each(|remark| drop(self.give(remark)));
    }

    pub(super) fn too_much(&self, what: String) -> IngestError {
        IngestError::TooMuch { name: file_name(self.file).to_owned(), what }
    }

    fn give(&mut self, item: Item) -> Result<(), IngestError> {
        if self.stopped || (self.take)(item).is_break() {
            self.stopped = true;
            return Err(IngestError::Stopped { name: self.file.to_owned() });
        }
        Ok(())
    }
}
