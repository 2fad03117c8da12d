//! What a person can do with articles: add, remove, move, describe.

use super::Builder;
use super::dates::{Redate, follow_open};
use super::judge::links_left;
use super::relations::accept_with;
use crate::project::{Action, ArticleId, ArticleRecord, Change, Detail, Edit, MentionId, Project, RelationId, Stamp};
use crate::text::{Article, Metadata};

/// Adds articles behind the last one.
pub fn add_articles(project: &Project, articles: Vec<Article>, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let action = Action::AddArticles(articles.len());
    for (index, article) in (project.article_count()..).zip(articles) {
        let record = Box::new(ArticleRecord::new(edit.fresh_article(), article));
        edit.article_change(Change::InsertArticle { index, record });
    }
    edit.finish(action)
}

/// Removes an article with all its mentions and events.
pub fn remove_article(project: &Project, id: ArticleId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let place = project.article_ids().iter().position(|other| *other == id);
    let (Some(index), Some(record)) = (place, project.article(id)) else { return edit.finish(Action::Nothing) };
    for inside in project.tables.of_article(id) {
        edit.remove(inside);
    }
    let mut edit = edit.finish(Action::RemoveArticle(record.article.meta.title.clone()));
    // Last: an article goes only once nothing lies in it.
    edit.changes.push(Change::RemoveArticle { index, record: Box::new(record.clone()) });
    edit
}

/// Moves an article in the list to place `to` (0 is the first).
pub fn move_article(project: &Project, id: ArticleId, to: usize, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let from = project.article_ids().iter().position(|other| *other == id);
    let to = to.min(project.article_count().saturating_sub(1));
    if let Some(from) = from.filter(|from| *from != to) {
        edit.article_change(Change::MoveArticle { from, to });
    }
    edit.finish(Action::MoveArticle)
}

/// Calls an article done, or takes that back.
pub fn set_done(project: &Project, id: ArticleId, done: bool, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    if let Some(record) = project.article(id).filter(|record| record.done.is_some() != done) {
        let after = done.then(|| edit.stamp().clone());
        edit.article_change(Change::Done { article: id, before: record.done.clone(), after });
    }
    edit.finish(Action::SetDone(done))
}

/// Accepts what is still open in an article, as far as the project's level shows it, and calls it done.
pub fn finish_article(project: &Project, id: ArticleId, stamp: Stamp) -> Edit {
    let open: Vec<MentionId> = project.shown(id).filter(|m| m.is_open()).map(|m| m.id).collect();
    let relations: Vec<RelationId> = project
        .relations_in(id)
        .filter(|relation| relation.is_open() && project.has_ends(relation))
        .map(|relation| relation.id)
        .collect();
    let mut edit = accept_with(project, &open, &relations, stamp.clone());
    edit.changes.extend(set_done(project, id, true, stamp).changes);
    if open.is_empty() && relations.is_empty() {
        edit.action = Action::SetDone(true);
    }
    edit
}

/// Makes an article what it was just before an entry of the log: its mentions, events and details; one that was removed
/// comes back at the end. People and countries that the article names and that are gone come back with it; those that
/// are there stay as they are, for other articles name them too.
pub fn put_back(project: &Project, id: ArticleId, before: u32, stamp: Stamp) -> Edit {
    let mut edit = crate::project::log::put_back(project, id, before, stamp);
    let links = links_left(project, &edit);
    edit.changes.extend(links);
    edit
}

/// Changes one field of the metadata of several articles. The dates of events that nobody has decided on follow the days
/// of publication.
pub fn set_detail(
    project: &Project,
    ids: &[ArticleId],
    detail: Detail,
    change: impl Fn(&mut Metadata),
    redate: Redate<'_>,
    stamp: Stamp,
) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let mut articles = 0;
    for id in ids {
        let Some(before) = project.article(*id).map(|record| &record.article.meta) else { continue };
        let mut after = before.clone();
        change(&mut after);
        articles += usize::from(set(&mut edit, *id, after, redate));
    }
    edit.finish(Action::SetDetail { detail, articles })
}

/// Sets an article's metadata. The dates of events that nobody has decided on follow the day of publication.
pub fn set_metadata(project: &Project, id: ArticleId, after: Metadata, redate: Redate<'_>, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    set(&mut edit, id, after, redate);
    edit.finish(Action::SetMetadata)
}

/// Sets an article's metadata, and has the dates of open events follow. Whether it is another than before.
fn set(edit: &mut Builder<'_>, id: ArticleId, after: Metadata, redate: Redate<'_>) -> bool {
    let record = edit.project.article(id).filter(|record| record.article.meta != after);
    if let Some(record) = record {
        if record.article.meta.date != after.date {
            follow_open(edit, id, after.date, redate);
        }
        let before = Box::new(record.article.meta.clone());
        edit.article_change(Change::Metadata { article: id, before, after: Box::new(after) });
    }
    record.is_some()
}
