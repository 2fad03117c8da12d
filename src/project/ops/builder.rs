//! Collects the changes of one edit over a project, so that later ones see the earlier.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::project::row::AnyRow;
use crate::project::tables::{IdCounters, Tabled};
use crate::project::{
    Action, AnyRecord, ArticleId, Author, Change, Edit, Entity, EntityId, Event, EventId, Mention, MentionId, Project,
    Proposed, RowId, Stamp,
};

/// Collects the changes of one edit over a project, so that later ones see the earlier.
pub struct Builder<'p> {
    pub(super) project: &'p Project,
    pub(super) author: Author,
    stamp: Stamp,
    articles: Vec<Change>,
    pub(super) records: BTreeMap<RowId, Option<AnyRecord>>,
    next: IdCounters,
}

impl<'p> Builder<'p> {
    /// An edit by a person.
    pub fn new(project: &'p Project, stamp: Stamp) -> Self {
        Self {
            project,
            author: Author::Person,
            stamp,
            articles: Vec::new(),
            records: BTreeMap::new(),
            next: project.next,
        }
    }

    /// An edit by a run of the engine.
    pub fn run(project: &'p Project, stamp: Stamp) -> Self {
        Self { author: Author::Run, ..Self::new(project, stamp) }
    }

    /// Who and when.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// The record as it will be.
    pub fn get<R: Tabled>(&self, id: R::Id) -> Option<&R> {
        match self.records.get(&id.into()) {
            Some(after) => after.as_ref().and_then(R::of),
            None => self.project.get(id),
        }
    }

    /// The records of a kind that the edit makes or changes, as they will be.
    pub(super) fn drafts<R: Tabled>(&self) -> impl Iterator<Item = &R> {
        self.records.values().flatten().filter_map(R::of)
    }

    /// The entities that the edit makes or changes, as they will be.
    pub fn new_entities(&self) -> impl Iterator<Item = &Entity> {
        self.drafts()
    }

    /// Sets a record.
    pub fn put<R: Tabled>(&mut self, record: R) {
        self.records.insert(record.row_id(), Some(record.into_any()));
    }

    /// Removes a record for good; nothing may refer to it any more.
    pub fn remove(&mut self, id: impl Into<RowId>) {
        self.records.insert(id.into(), None);
    }

    /// An id for a new record.
    pub fn fresh<R: Tabled>(&mut self) -> R::Id {
        let next = R::next(&mut self.next);
        let id = R::with_number(*next);
        *next += 1;
        id
    }

    /// The mention as it will be.
    pub fn mention(&self, id: MentionId) -> Option<&Mention> {
        self.get(id)
    }

    /// The entity as it will be.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.get(id)
    }

    /// The event as it will be.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.get(id)
    }

    /// An id for a new article.
    pub fn fresh_article(&mut self) -> ArticleId {
        self.next.article += 1;
        ArticleId(self.next.article - 1)
    }

    /// A change to the list of articles, made before all others.
    pub fn article_change(&mut self, change: Change) {
        self.articles.push(change);
    }

    /// The changes that are made before those of records.
    pub(super) fn article_changes(&self) -> &[Change] {
        &self.articles
    }

    /// Changes a mention as a person does: it counts as decided by them.
    pub(super) fn decide(&mut self, id: MentionId, change: impl FnOnce(&mut Mention)) {
        let Some(mut mention) = self.mention(id).cloned() else { return };
        let before = mention.clone();
        change(&mut mention);
        if mention != before {
            let moved = mention.range != before.range || mention.kind != before.kind;
            if moved && !before.origin.is_hand() && mention.proposed.is_none() {
                mention.proposed = Some(Proposed { range: before.range, kind: before.kind.clone() });
            }
            if mention.kind != before.kind {
                // It said how the mention names a thing of the former kind.
                mention.subtype = None;
            }
            mention.decision = Some(self.stamp.clone());
            self.put(mention);
        }
    }

    /// The edit; records that end as they began are left out.
    pub fn finish(mut self, action: Action) -> Edit {
        self.settle();
        self.take_relations_along();
        self.take_judgements_along();
        let project = self.project;
        let mut changes = self.articles;
        // Made first what others refer to, and removed last; in an article in the order of the text and removed from its
        // end, so that few mentions have to move in their article's list.
        let (mut set, mut gone) = (Vec::new(), Vec::new());
        for (id, after) in self.records {
            match after {
                Some(record) if !record.is_in(&project.tables) => set.push((record.row().order(), record)),
                Some(_) => {}
                None => gone.extend(project.tables.record(id).map(|record| (record.row().order(), record))),
            }
        }
        set.sort_unstable_by_key(|(order, _)| *order);
        gone.sort_unstable_by_key(|(order, _)| Reverse(*order));
        changes.extend(set.into_iter().map(|(_, record)| Change::put(record, &project.tables)));
        changes.extend(gone.into_iter().map(|(_, record)| Change::remove(record)));
        Edit { action, author: self.author, stamp: self.stamp, changes }
    }
}
