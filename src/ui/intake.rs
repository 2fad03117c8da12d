//! Articles and annotations that come in.

use super::command::Command;
use super::edits::apply;
use super::state::{Dialog, State};
use super::suggesting::suggest;
use super::text::number;
use super::worker::Worker;
use crate::import::Imported;
use crate::ingest::samples::SAMPLES;
use crate::project::{ArticleId, ArticleRecord, ops};
use crate::text::Article;

/// Takes the first of the samples in.
pub(super) fn open_sample(state: &mut State, worker: &Worker) {
    let Some(sample) = SAMPLES.first() else { return };
    match crate::ingest::read(sample.name, sample.bytes) {
        Ok(article) => add_articles(state, worker, vec![article]),
        Err(error) => state.toasts.problem(error.to_string()),
    }
}

/// How many of the things that an import left out are listed.
const LISTED: usize = 200;

/// Takes in an annotation set that was read, shows its first article and tells what was left out.
pub fn join(state: &mut State, imported: &Imported) {
    let first = imported.project.articles().next().map(|record| record.article.text.clone());
    let new = apply(state, |project, stamp| ops::join(project, &imported.project, stamp));
    let text = |record: &&ArticleRecord| first.as_ref() == Some(&record.article.text);
    let shown = state.model.project().articles().find(text).map(|record| record.id);
    if let Some(id) = shown {
        state.show(id);
        state.model.focus_article = true;
    }
    if !new {
        state.toasts.done("All of these annotations are in the project already");
    }
    if !imported.left_out.is_empty() {
        let mut told: Vec<String> = imported.left_out.iter().take(LISTED).map(ToString::to_string).collect();
        if imported.left_out.len() > LISTED {
            told.push(format!("And {} more", number(imported.left_out.len() - LISTED)));
        }
        state.dialog = Some(Dialog::Problems(told));
    }
}

/// Says that words of an article that was opened are not in its text, and offers to show them.
pub fn tell_left_out(state: &mut State) {
    if !state.left_out.is_empty() {
        state.toasts.offer("Parts of the file are not in the text", "Show", Command::LeftOut);
    }
}

/// Adds articles, shows the first of them and has them looked at by the engine. One whose text is there already is
/// shown instead of added again.
pub fn add_articles(state: &mut State, worker: &Worker, articles: Vec<Article>) {
    let mut fresh: Vec<Article> = Vec::new();
    let mut present = Vec::new();
    for article in articles {
        let same =
            state.model.project().articles().find(|record| record.article.text == article.text).map(|record| record.id);
        if let Some(id) = same {
            present.push((id, article.meta.title));
        } else if !fresh.iter().any(|other| other.text == article.text) {
            fresh.push(article);
        }
    }
    match present.as_slice() {
        [] => {}
        [(id, title)] => {
            state.show(*id);
            state.toasts.done(format!("{title} is in the project already"));
        }
        more => state.toasts.done(format!("{} articles are in the project already", more.len())),
    }
    take_in(state, worker, fresh);
}

/// Adds articles as they are, shows the first and has the engine look at them.
pub fn take_in(state: &mut State, worker: &Worker, fresh: Vec<Article>) {
    let before = state.model.project().article_ids().len();
    if fresh.is_empty() || !apply(state, |project, stamp| ops::add_articles(project, fresh, stamp)) {
        return;
    }
    let added: Vec<ArticleId> = state.model.project().article_ids().iter().skip(before).copied().collect();
    if let Some(first) = added.first() {
        state.show(*first);
        state.model.focus_article = true;
    }
    if state.model.settings.suggest_on_open {
        suggest(state, worker, added);
    }
}
