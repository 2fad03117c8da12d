//! An article's details, and the dates of its events that follow the day of publication.

use std::collections::BTreeSet;

use super::command::Command;
use super::edits::{self, apply};
use super::forms::table::change;
use super::state::State;
use super::text;
use crate::project::{ArticleId, ArticleTags, Change, Detail, Edit, EventId, Project, Target, ops};
use crate::suggest::redated;
use crate::text::Metadata;

/// Whether article tags are suggested for the article shown.
pub fn has_suggested_tags(state: &State) -> bool {
    let model = &state.model;
    model.article.is_some_and(|article| !model.learner.suggested_tags(model.project(), article).is_empty())
}

/// Gives the article shown all article tags that are suggested for it.
pub fn accept_suggested_tags(state: &mut State) {
    let Some(article) = state.model.article else { return };
    let mut tags = ArticleTags::new();
    for suggestion in state.model.learner.suggested_tags(state.model.project(), article) {
        tags.entry(suggestion.tag.clone()).or_default().push(suggestion.answer.clone());
    }
    apply(state, |project, stamp| ops::add_article_tags(project, article, &tags, stamp));
}

/// Sets an article's details. Where its date changes, says how many dates of open events follow it, and offers to change
/// those of decided ones; where it had none before and nothing follows, offers to suggest again.
pub fn set(state: &mut State, article: ArticleId, after: Metadata) {
    let mut open = 0;
    let first = after.date.is_some() && !has_date(state, article);
    let done = apply(state, |project, stamp| {
        let edit = ops::set_metadata(project, article, after, &redated, stamp);
        open = shown_events(project, &edit);
        edit
    });
    if !done {
        return;
    }
    let follow = match open {
        1 => "1 date follows the new publication date".to_owned(),
        many => format!("{many} dates follow the new publication date"),
    };
    let decided = events(&decided(state, article)).count();
    if decided > 0 {
        let told = if open > 0 { follow } else { "The publication date has changed".to_owned() };
        let offer = format!("Change {}", text::count(decided, "decided date", "decided dates"));
        state.toasts.offer(told, offer, Command::FollowDate);
    } else if open > 0 {
        state.toasts.offer(follow, "Undo", Command::Undo);
    } else if first && Some(article) == state.model.article && state.model.open_count() > 0 {
        // Words such as "on Friday" meant no day before, and events have none to follow.
        state.toasts.offer("Suggestions can be dated now", "Suggest again", Command::Suggest);
    }
}

/// Sets a field of articles to what was typed, in one step; of a single article as [`set`] does.
pub fn set_detail(state: &mut State, articles: &[ArticleId], detail: Detail, value: &str) {
    let change = match change(detail, value) {
        Ok(change) => change,
        Err(problem) => return state.toasts.problem(problem),
    };
    if let [one] = articles {
        let before = state.model.project().article(*one).map(|record| record.article.meta.clone());
        if let Some(mut after) = before {
            change(&mut after);
            set(state, *one, after);
        }
    } else if apply(state, |project, stamp| ops::set_detail(project, articles, detail, change, &redated, stamp)) {
        let told = state.model.session.history().to_undo().map(crate::wording::done).unwrap_or_default();
        state.toasts.offer(told, "Undo", Command::Undo);
    }
}

/// Has the dates of decided events follow the day of publication of the article shown.
pub(super) fn follow_date(state: &mut State) {
    let Some(article) = state.model.article else { return };
    if events(&decided(state, article)).next().is_none() {
        state.toasts.done("No decided date is told from the publication date");
    } else if apply(state, |project, stamp| ops::follow_date(project, article, &redated, stamp)) {
        let told = state.model.session.history().to_undo().map(crate::wording::done).unwrap_or_default();
        state.toasts.offer(told, "Undo", Command::Undo);
    }
}

/// Whether the article shown has a day of publication.
pub(super) fn is_dated(state: &State) -> bool {
    state.model.article.is_some_and(|id| has_date(state, id))
}

fn has_date(state: &State, article: ArticleId) -> bool {
    state.model.project().article(article).is_some_and(|record| record.article.meta.date.is_some())
}

/// What would have the dates of decided events follow.
fn decided(state: &State, article: ArticleId) -> Edit {
    ops::follow_date(state.model.project(), article, &redated, edits::stamp(state))
}

fn events(edit: &Edit) -> impl Iterator<Item = EventId> {
    edit.changes.iter().filter_map(|change| match change {
        Change::Event(swap) => swap.after.as_ref().map(|event| event.id),
        _ => None,
    })
}

/// How many of the events that an edit changes are shown.
fn shown_events(project: &Project, edit: &Edit) -> usize {
    let level = project.level();
    let shown = |id: &EventId| project.mentions_of(Target::Event(*id)).any(|mention| mention.is_shown(level));
    events(edit).filter(shown).collect::<BTreeSet<_>>().len()
}
