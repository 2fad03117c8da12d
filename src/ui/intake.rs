//! Articles and annotations that come in.

use eframe::egui::{Context, Event, ViewportCommand};

use super::command::Command;
use super::edits::apply;
use super::state::{Dialog, State};
use super::suggesting::suggest;
use super::text::{self, shortened};
use super::worker::Worker;
use crate::import::{Crosswalk, Imported};
use crate::ingest::samples::SAMPLES;
use crate::project::ops::KindMap;
use crate::project::{ArticleId, ArticleRecord, ops};
use crate::suggest::lookups::known;
use crate::text::Article;

/// How many frames the text of the clipboard may take to come.
const PATIENCE: u8 = 2;

/// Asks the system for the text of the clipboard, which comes with the input of the next frame.
pub(super) fn ask_for_clipboard(ctx: &Context, state: &mut State) {
    state.model.jobs.pasting = PATIENCE;
    ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
    ctx.request_repaint();
}

/// Takes the text of the clipboard as an article, once it is there; where none comes, asks for it in a dialog.
pub(super) fn clipboard(ctx: &Context, state: &mut State, worker: &Worker) {
    if state.model.jobs.pasting == 0 {
        return;
    }
    let text = ctx.input_mut(|input| {
        let place = input.events.iter().position(|event| matches!(event, Event::Paste(_)))?;
        match input.events.remove(place) {
            Event::Paste(text) => Some(text),
            _ => None,
        }
    });
    state.model.jobs.pasting = if text.is_some() { 0 } else { state.model.jobs.pasting - 1 };
    match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => paste(state, worker, &text),
        None if state.model.jobs.pasting == 0 => state.dialog = Some(Dialog::Paste { fresh: true, is_empty: true }),
        None => ctx.request_repaint(),
    }
}

/// Takes a text in as an article at once, and offers to say more of it.
fn paste(state: &mut State, worker: &Worker, text: &str) {
    let before = state.model.project().article_count();
    match crate::ingest::pasted(text) {
        Ok(article) => {
            let title = shortened(&article.meta.title, 60);
            add_articles(state, worker, vec![article]);
            if state.model.project().article_count() > before {
                state.toasts.offer(format!("Added “{title}”"), "Edit details", Command::ArticleDetails);
            }
        }
        Err(error) => state.toasts.problem(error.to_string()),
    }
}

/// Takes the first of the samples in.
pub(super) fn open_sample(state: &mut State, worker: &Worker) {
    let Some(sample) = SAMPLES.first() else { return };
    match crate::ingest::read(sample.name, sample.bytes) {
        Ok(article) => add_articles(state, worker, vec![article]),
        Err(error) => state.toasts.problem(error.to_string()),
    }
}

/// Takes in an annotation set that was read, its kinds as these, and shows its first article.
pub fn join(state: &mut State, imported: &Imported, kinds: &KindMap) {
    let first = imported.project.articles().next().map(|record| record.article.text.clone());
    let new = apply(state, |project, stamp| ops::join_as(project, &imported.project, kinds, &known, stamp));
    let text = |record: &&ArticleRecord| first.as_ref() == Some(&record.article.text);
    let shown = state.model.project().articles().find(text).map(|record| record.id);
    if let Some(id) = shown {
        state.show(id);
        state.model.focus_article = true;
    }
    if !new {
        state.toasts.done("All of these annotations are in the project already");
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

/// Takes in what a crosswalk says of the project's events, and tells of which rows no event is known.
pub(super) fn take_crosswalk(state: &mut State, found: Result<Crosswalk, String>) {
    let found = match found {
        Ok(found) => found,
        Err(problem) => return state.toasts.problem(problem),
    };
    let rows: usize = found.happenings.iter().map(Vec::len).sum();
    let told = format!("Imported a crosswalk of {}", text::count(rows, "event", "events"));
    if rows == 0 && found.left_out.is_empty() {
        state.toasts.problem("The crosswalk lists no events of this project".to_owned());
    } else if apply(state, |project, stamp| ops::take_crosswalk(project, &found.happenings, stamp)) {
        state.toasts.clear_done();
        state.toasts.offer(told, "Undo", Command::Undo);
    } else if rows > 0 && !state.model.read_only {
        state.toasts.done("The project already has everything in this crosswalk");
    }
    if !found.left_out.is_empty() {
        state.dialog = Some(Dialog::Problems(found.left_out.iter().map(ToString::to_string).collect()));
    }
}
