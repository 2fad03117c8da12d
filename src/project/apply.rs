//! How an edit is applied to a project: whole or not at all, with the indexes kept true.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::action::{Applied, LoggedAction};
use super::indexes::Indexed;
use super::row::AnyRow;
use super::shared::Numbered;
use super::table::Table;
use super::tables::{Tabled, with_tables};
use super::{
    ApplyError, ArticleId, ArticleRecord, Change, Edit, IdCounters, LogEntry, Mention, Progress, Project, Relation,
    RowId, Stamp, Status, Swap,
};

macro_rules! on_records {
    ($($Record:ident $Id:ident $one:ident $many:ident $Table:ty;)*) => {
        impl Project {
            /// Makes the change of a record and returns it as it was made.
            fn change_record(&mut self, change: &Change) -> Change {
                match change {
                    $(Change::$Record(swap) => Change::$Record(Box::new(self.set(swap))),)*
                    other => other.clone(),
                }
            }

            /// Whether what a change left behind holds together. A later change of the same edit may have removed or
            /// made again what this one set or removed.
            fn verify(&self, change: &Change) -> Result<(), ApplyError> {
                match change {
                    $(Change::$Record(swap) => self.verify_swap(swap),)*
                    _ => Ok(()),
                }
            }
        }
    };
}
with_tables!(on_records);

impl Project {
    /// Notes changes that were just made; by whom and when is the edit's to say where `stamp` does not.
    pub(super) fn note(&mut self, edit: &Edit, stamp: Option<Stamp>, applied: Applied, done: &[Change]) {
        if !done.is_empty() {
            let stamp = stamp.unwrap_or_else(|| edit.stamp.clone());
            self.log.push(LogEntry::new(LoggedAction::Edit(applied, edit.action.clone()), edit.author, stamp, done));
        }
    }

    /// Applies an edit, whole or not at all. What stands in the way of a record's `before` is not looked at: the record
    /// is set to its `after`.
    ///
    /// # Errors
    /// What the edit would break; the project is then as it was.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), ApplyError> {
        let done = self.replace(&edit.changes)?;
        self.note(edit, None, Applied::First, &done);
        Ok(())
    }

    /// Applies changes, whole or not at all, and returns them with each `before` as the project really had it, so that
    /// their inverses lead back to exactly this project.
    pub(super) fn replace(&mut self, changes: &[Change]) -> Result<Vec<Change>, ApplyError> {
        let next = self.next;
        let mut done = Vec::with_capacity(changes.len());
        let mut change_all = || {
            for change in changes {
                done.push(self.change(change)?);
            }
            changes.iter().try_for_each(|change| self.verify(change))
        };
        match change_all() {
            Ok(()) => {
                self.count_relations(&done);
                Ok(done)
            }
            Err(error) => {
                self.take_back(done, next);
                Err(error)
            }
        }
    }

    /// Counts anew what is open and decided of the relations of articles that were changed.
    fn count_relations(&mut self, done: &[Change]) {
        if self.indexes.related.is_empty() && self.relations().next().is_none() {
            return;
        }
        // Where tags have gone from the text or come back all of an article are counted; what comes in new has none yet.
        let mut articles: BTreeSet<ArticleId> = BTreeSet::new();
        let stands = |mention: &Mention| mention.stands(self.level);
        for change in done {
            match change {
                Change::Mention(swap) => {
                    let now = swap.after.as_ref().is_some_and(stands);
                    let turned = swap.before.as_ref().filter(|before| stands(before) != now);
                    articles.extend(turned.map(|mention| mention.article));
                }
                Change::Level { .. } => articles.extend(&self.order),
                _ => {}
            }
        }
        for change in done {
            let Change::Relation(swap) = change else { continue };
            for (relation, more) in [(&swap.before, false), (&swap.after, true)] {
                if let Some(relation) = relation.as_ref().filter(|relation| !articles.contains(&relation.article)) {
                    self.count_relation(relation, more);
                }
            }
        }
        self.count_relations_of(articles);
    }

    /// One relation more is there, or one less, between tags that stand as they did.
    fn count_relation(&mut self, relation: &Relation, more: bool) {
        if !self.has_ends(relation) {
            return;
        }
        let progress = self.indexes.related.entry(relation.article).or_default();
        let open = relation.status == Status::Suggested;
        let count = if open { &mut progress.open } else { &mut progress.decided };
        *count = if more { *count + 1 } else { count.saturating_sub(1) };
        if *progress == Progress::default() {
            self.indexes.related.remove(&relation.article);
        }
    }

    /// Counts anew what is open and decided of the relations of articles.
    pub(super) fn count_relations_of(&mut self, articles: impl IntoIterator<Item = ArticleId>) {
        for article in articles {
            let progress = self.relation_progress(article);
            if progress == Progress::default() {
                self.indexes.related.remove(&article);
            } else {
                self.indexes.related.insert(article, progress);
            }
        }
    }

    fn take_back(&mut self, done: Vec<Change>, next: IdCounters) {
        for change in done.into_iter().rev() {
            // The inverse of a change that was just applied always applies.
            let undone = self.change(&change.inverse());
            debug_assert!(undone.is_ok(), "{undone:?}");
        }
        self.next = next;
    }

    /// Makes one change and returns it as it was made; nothing has changed where it fails.
    fn change(&mut self, change: &Change) -> Result<Change, ApplyError> {
        Ok(match change {
            Change::InsertArticle { index, record } => {
                self.insert_article(*index, record)?;
                change.clone()
            }
            Change::RemoveArticle { record, .. } => {
                let (index, record) = self.remove_article(record.id)?;
                Change::RemoveArticle { index, record: Box::new(record) }
            }
            Change::MoveArticle { from, to } => {
                if *from >= self.order.len() || *to >= self.order.len() {
                    return Err(ApplyError::NoPlace(*from.max(to)));
                }
                let id = self.order.remove(*from);
                self.order.insert(*to, id);
                change.clone()
            }
            Change::Metadata { article, after, .. } => {
                let record = self.article_mut(*article)?;
                let before = Box::new(std::mem::replace(&mut record.article.meta, (**after).clone()));
                Change::Metadata { article: *article, before, after: after.clone() }
            }
            Change::Done { article, after, .. } => {
                let before = std::mem::replace(&mut self.article_mut(*article)?.done, after.clone());
                Change::Done { article: *article, before, after: after.clone() }
            }
            Change::ArticleTags { article, after, .. } => {
                let before = std::mem::replace(&mut self.article_mut(*article)?.tags, after.clone());
                Change::ArticleTags { article: *article, before, after: after.clone() }
            }
            Change::Guidelines { after, .. } => {
                let before = std::mem::replace(&mut self.guidelines, after.as_str().into());
                Change::Guidelines { before: before.to_string(), after: after.clone() }
            }
            Change::Level { after, .. } => {
                Change::Level { before: std::mem::replace(&mut self.level, *after), after: *after }
            }
            Change::Taken { after, .. } => {
                let before = std::mem::replace(&mut self.taken, after.clone().into());
                Change::Taken { before: before.to_vec(), after: after.clone() }
            }
            Change::Learning { after, .. } => {
                let before = std::mem::replace(&mut self.learning, after.clone().into());
                Change::Learning { before: before.as_ref().clone(), after: after.clone() }
            }
            Change::Tagset(swap) => {
                let after = swap.after.clone().unwrap_or_default();
                let before = Some(std::mem::replace(&mut self.tagset, after));
                Change::Tagset(Box::new(Swap { before, after: swap.after.clone() }))
            }
            record => self.change_record(record),
        })
    }

    fn article_mut(&mut self, id: ArticleId) -> Result<&mut ArticleRecord, ApplyError> {
        self.articles.get_mut(&id).map(Arc::make_mut).ok_or(ApplyError::NoArticle(id))
    }

    fn insert_article(&mut self, index: usize, record: &ArticleRecord) -> Result<(), ApplyError> {
        if self.articles.contains_key(&record.id) {
            return Err(ApplyError::ArticleExists(record.id));
        }
        if index > self.order.len() {
            return Err(ApplyError::NoPlace(index));
        }
        self.next.article = self.next.article.max(record.id.0.saturating_add(1));
        self.order.insert(index, record.id);
        self.articles.insert(record.id, Arc::new(record.clone()));
        Ok(())
    }

    fn remove_article(&mut self, id: ArticleId) -> Result<(usize, ArticleRecord), ApplyError> {
        let index = self.order.iter().position(|other| *other == id).ok_or(ApplyError::NoArticle(id))?;
        if self.tables.of_article(id).next().is_some() {
            return Err(ApplyError::ArticleInUse(id));
        }
        let record = self.articles.remove(&id).ok_or(ApplyError::NoArticle(id))?;
        self.order.remove(index);
        Ok((index, Arc::unwrap_or_clone(record)))
    }

    /// Sets, makes or removes a record; the swap as it was made, with the record that was really there before.
    fn set<R: Tabled + Indexed>(&mut self, swap: &Swap<R>) -> Swap<R> {
        let before = match (&swap.before, &swap.after) {
            (_, Some(record)) => {
                let next = R::next(&mut self.next);
                *next = (*next).max(record.id().number().saturating_add(1));
                R::table_mut(&mut self.tables).put(record.clone())
            }
            (Some(record), None) => R::table_mut(&mut self.tables).remove(record.id()),
            (None, None) => None,
        };
        self.indexes.change(before.as_ref(), swap.after.as_ref());
        Swap { before, after: swap.after.clone() }
    }

    fn verify_swap<R: Tabled>(&self, swap: &Swap<R>) -> Result<(), ApplyError> {
        let before = swap.before.as_ref().map(R::id);
        let after = swap.after.as_ref().map(R::id).filter(|after| Some(*after) != before);
        before.into_iter().chain(after).try_for_each(|id| self.verify_record::<R>(id))
    }

    fn verify_record<R: Tabled>(&self, id: R::Id) -> Result<(), ApplyError> {
        let mut users = self.indexes.users(id.into());
        match self.get::<R>(id) {
            Some(record) => {
                self.check(record)?;
                // It may belong to another article than they do now.
                let apart = |user: &RowId| self.row(*user).is_none_or(|user| !self.may_refer(user, record));
                let bound = record.articles().next().is_some();
                let stray = if bound { users.find(apart) } else { None };
                stray.map_or(Ok(()), |user| Err(ApplyError::Dangling(user)))
            }
            None => users.next().map_or(Ok(()), |_| Err(ApplyError::InUse(id.into()))),
        }
    }

    /// Whether a record fits its articles, and all that it refers to is there.
    pub(super) fn check<R: Tabled>(&self, record: &R) -> Result<(), ApplyError> {
        if !record.fits(&|id| self.text_of(id)) {
            return Err(ApplyError::Misfit(record.row_id()));
        }
        let there = record.articles().all(|article| self.articles.contains_key(&article));
        let mut targets = record.refers_to();
        if there && targets.all(|target| self.row(target).is_some_and(|target| self.may_refer(record, target))) {
            Ok(())
        } else {
            Err(ApplyError::Dangling(record.row_id()))
        }
    }

    /// Whether a record may refer to another: that belongs to no article but its own.
    fn may_refer(&self, user: &dyn AnyRow, target: &dyn AnyRow) -> bool {
        let articles = target.in_articles();
        articles.is_empty() || {
            let own = user.in_articles();
            articles.iter().all(|article| own.contains(article))
        }
    }
}
