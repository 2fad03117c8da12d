//! An article as it was before a step of the log, and the edit that makes it so again.

use std::collections::{BTreeMap, BTreeSet};

use super::LogEntry;
use crate::project::{
    Action, AnyRecord, ArticleId, ArticleRecord, Author, Change, Edit, MAX_ID, Project, RowId, Stamp,
};

/// An article at some time.
#[derive(Clone)]
struct Then {
    article: ArticleId,
    record: Option<ArticleRecord>,
    /// The records that belong to it.
    records: BTreeMap<RowId, AnyRecord>,
    /// Records of no article as they were; needed where they are gone now.
    free: BTreeMap<RowId, AnyRecord>,
}

/// The edit that makes an article what it was just before the entry `from` of the log: its mentions, events, details.
/// People and countries that are gone come back where the article names them; those that are there stay as they are, for
/// other articles name them too. Before it came in, an article was nothing: it is put back to how it came in.
pub(in crate::project) fn put_back(project: &Project, article: ArticleId, from: u32, stamp: Stamp) -> Edit {
    let mut then = Then::now(project, article);
    let mut came_in = None;
    for entry in project.log().iter().rev().take_while(|entry| entry.id >= from) {
        if entry.articles_made.contains(article.0) {
            // It may have come back by an undo: then it was there before as well.
            came_in = Some(then.clone());
            then.record = None;
        }
        then.back(entry);
    }
    if then.record.is_none() {
        then = came_in.unwrap_or(then);
    }
    then.hold_together(project);
    let record = then.record.as_ref();
    let action = record.map_or(Action::Nothing, |record| Action::PutBack(record.article.meta.title.clone()));
    Edit { action, author: Author::Person, stamp, changes: then.changes(project) }
}

impl Then {
    fn now(project: &Project, article: ArticleId) -> Self {
        Self {
            article,
            record: project.article(article).cloned(),
            records: project.tables.records_of(article).map(|record| (record.row().row_id(), record)).collect(),
            free: BTreeMap::new(),
        }
    }

    /// One step back.
    fn back(&mut self, entry: &LogEntry) {
        // People and countries may be made again that an article of before names.
        let free = entry.back(self.article, &mut self.records);
        self.free.extend(free.into_iter().map(|record| (record.row().row_id(), record)));
        let article = self.article;
        if let Some(record) = entry.articles_removed.iter().find(|record| record.id == article) {
            self.record = Some(record.clone());
        }
        if let Some(record) = &mut self.record {
            let details = entry.details.iter().find(|(id, _)| *id == article);
            details.into_iter().for_each(|(_, details)| record.article.meta = details.clone());
            let tags = entry.tags.iter().find(|(id, _)| *id == article);
            tags.into_iter().for_each(|(_, tags)| record.tags.clone_from(tags));
            let done = entry.done.iter().find(|(id, _)| *id == article);
            done.into_iter().for_each(|(_, done)| record.done.clone_from(done));
        }
    }

    /// Takes out what would refer to nothing, or lie outside of the text.
    fn hold_together(&mut self, project: &Project) {
        let own = self.record.as_ref().map(|record| &record.article.text);
        let text = |id: ArticleId| if id == self.article { own } else { project.text_of(id) };
        self.records.retain(|id, record| id.number() <= MAX_ID && record.row().stands_in(&text));
        // What goes may take with it what refers to it.
        loop {
            let there: BTreeSet<RowId> = self.records.keys().copied().collect();
            let gone = |id: RowId| {
                let known = there.contains(&id) || self.free.contains_key(&id);
                let of_others = || project.row(id).is_some_and(|row| !row.in_articles().contains(&self.article));
                !known && !of_others()
            };
            self.records.retain(|_, record| record.forget(&gone));
            if self.records.len() == there.len() {
                break;
            }
        }
    }

    fn changes(self, project: &Project) -> Vec<Change> {
        let Some(record) = self.record else { return Vec::new() };
        let named = self.records.values().flat_map(|record| record.row().references());
        let gone: BTreeSet<RowId> = named.filter(|id| project.row(*id).is_none()).collect();
        let gone = self.free.into_iter().filter(|(id, _)| gone.contains(id));
        let mut changes: Vec<Change> = gone.map(|(_, record)| Change::put(record, &project.tables)).collect();
        match project.article(self.article) {
            None => {
                let index = project.article_count();
                changes.push(Change::InsertArticle { index, record: Box::new(record) });
            }
            Some(now) => {
                if now.article.meta != record.article.meta {
                    let (before, after) = (now.article.meta.clone(), record.article.meta);
                    let (before, after) = (Box::new(before), Box::new(after));
                    changes.push(Change::Metadata { article: self.article, before, after });
                }
                if now.tags != record.tags {
                    let (before, after) = (now.tags.clone(), record.tags);
                    changes.push(Change::ArticleTags { article: self.article, before, after });
                }
                if now.done != record.done {
                    let before = now.done.clone();
                    changes.push(Change::Done { article: self.article, before, after: record.done });
                }
            }
        }
        // First what goes, so that nothing is in the way of what comes.
        let now = project.tables.records_of(self.article);
        changes.extend(now.filter(|record| !self.records.contains_key(&record.row().row_id())).map(Change::remove));
        let coming = self.records.into_values().filter(|record| !record.is_in(&project.tables));
        changes.extend(coming.map(|record| Change::put(record, &project.tables)));
        changes
    }
}
