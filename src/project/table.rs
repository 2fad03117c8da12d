//! How a table keeps its records: by id alone, with those of each article found at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ArticleId;
use super::row::{Place, Row};
use super::shared::Shared;

/// What keeps the records of a kind.
pub trait Table<R: Row>: Clone + Default {
    /// A table of records, each of which has an id of its own.
    fn of(records: Vec<R>) -> Self;

    /// The same records, to be read elsewhere: made within a frame however many there are.
    fn snapshot(&self) -> Self;

    /// The record of this id.
    fn get(&self, id: R::Id) -> Option<&R>;

    /// All records, in the order in which files have them.
    fn iter(&self) -> impl Iterator<Item = &R>;

    /// Those that stand at a place of a text.
    fn at(&self, _place: Place) -> impl Iterator<Item = &R> {
        std::iter::empty()
    }

    /// The ids of those that belong to an article.
    fn of_article(&self, article: ArticleId) -> impl Iterator<Item = R::Id>;

    /// Puts a record in; the one of its id that was there.
    fn put(&mut self, record: R) -> Option<R>;

    /// Takes a record out.
    fn remove(&mut self, id: R::Id) -> Option<R>;
}

/// Records in the order of their ids, shared with snapshots.
#[derive(Clone, Debug)]
pub struct ById<R: Row> {
    records: Shared<R::Id, R>,
    articles: Shared<ArticleId, BTreeSet<R::Id>>,
}

impl<R: Row> Default for ById<R> {
    fn default() -> Self {
        Self { records: Shared::default(), articles: Shared::default() }
    }
}

impl<R: Row> ById<R> {
    fn join(&mut self, record: &R) {
        for article in record.articles() {
            self.articles.entry(article).insert(record.id());
        }
    }

    fn leave(&mut self, record: &R) {
        for article in record.articles() {
            let ids = self.articles.entry(article);
            ids.remove(&record.id());
            if ids.is_empty() {
                self.articles.remove(&article);
            }
        }
    }
}

impl<R: Row> Table<R> for ById<R> {
    fn of(records: Vec<R>) -> Self {
        let mut table = Self::default();
        records.iter().for_each(|record| table.join(record));
        table.records = records.into_iter().map(|record| (record.id(), Arc::new(record))).collect();
        table
    }

    fn snapshot(&self) -> Self {
        self.clone()
    }

    fn get(&self, id: R::Id) -> Option<&R> {
        self.records.get(&id).map(Arc::as_ref)
    }

    fn iter(&self) -> impl Iterator<Item = &R> {
        self.records.values().map(Arc::as_ref)
    }

    fn of_article(&self, article: ArticleId) -> impl Iterator<Item = R::Id> {
        self.articles.get(&article).into_iter().flat_map(|ids| ids.iter().copied())
    }

    fn put(&mut self, record: R) -> Option<R> {
        let record = Arc::new(record);
        let before = self.records.insert(record.id(), Arc::clone(&record));
        if before.as_ref().is_none_or(|before| !before.articles().eq(record.articles())) {
            before.iter().for_each(|before| self.leave(before));
            self.join(&record);
        }
        before.map(Arc::unwrap_or_clone)
    }

    fn remove(&mut self, id: R::Id) -> Option<R> {
        let record = self.records.remove(&id)?;
        self.leave(&record);
        Some(Arc::unwrap_or_clone(record))
    }
}
