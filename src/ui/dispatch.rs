//! What each command does: the one place where commands become changes of state and edits.

use std::collections::BTreeSet;

use eframe::egui::{Context, ViewportCommand};

use super::annotate::{self, copy, selected_words, travel};
use super::available::{available, behind_tagged};
use super::command::Command;
use super::edits::{apply, may_change};
use super::entities;
use super::find::Find;
use super::forms::{DetailsForm, GuidelinesForm, LogForm, PaletteForm, TagForm, TagsetForm};
use super::state::{AfterAnswer, Dialog, State};
use super::worker::{Job, Purpose, Worker};
use crate::import::Imported;
use crate::project::{ArticleId, ArticleRecord, KindId, ops};
use crate::store::{Save, ZOOM};
use crate::suggest::Options;
use crate::text::find::Query;
use crate::ui::matches;

/// Runs a command; one without an arm here does not compile.
pub fn run(ctx: &Context, state: &mut State, worker: &Worker, command: Command) {
    if !available(state, command) {
        return;
    }
    // Enter behind what was tagged just now: there is nothing to tag again.
    let command = if command == Command::TagAgain && behind_tagged(state) { Command::EditTag } else { command };
    match command {
        Command::NewProject => leave_project(state, AfterAnswer::New),
        Command::NewFromTagset => drop(pick(state, worker, Purpose::ReadTagset { new: true }, String::new())),
        Command::OpenProject => leave_project(state, AfterAnswer::ChooseProject),
        Command::OpenArticles => drop(pick(state, worker, Purpose::Articles, String::new())),
        Command::OpenFolder => drop(pick(state, worker, Purpose::Folder, String::new())),
        Command::ImportAnnotations => drop(pick(state, worker, Purpose::Annotations, String::new())),
        Command::PasteArticle => state.dialog = Some(Dialog::Paste { fresh: true }),
        Command::OpenSample => open_sample(state, worker),
        Command::Save => drop(save(state, worker)),
        Command::SaveAs => drop(save_as(state, worker)),
        Command::EarlierVersions => {
            let found = state.path.as_ref().map(|path| crate::store::earlier(path)).unwrap_or_default();
            state.dialog = Some(Dialog::Earlier(found));
        }
        Command::Export => state.dialog = Some(Dialog::Export),
        Command::DecideByScore => state.dialog = Some(Dialog::ByScore),
        Command::ArticleDetails => {
            let form = state.article.and_then(|id| DetailsForm::new(state.project(), id));
            state.dialog = form.map(Dialog::Details);
        }
        Command::Tagset => state.dialog = Some(Dialog::Tagset(Box::new(TagsetForm::new(state.project())))),
        Command::EditGuidelines => state.dialog = Some(Dialog::Guidelines(GuidelinesForm::new(state.project()))),
        Command::Settings => state.dialog = Some(Dialog::Settings),
        Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        Command::Undo | Command::Redo => travel(state, command == Command::Undo),
        Command::CopySelection => copy(ctx, state),
        Command::Find => find(state),
        Command::FindNext | Command::FindPrevious => find_next(state, command == Command::FindNext),
        Command::FindInProject => {
            let words = selected_words(state);
            state.concordance.open(words);
        }
        Command::TagMatches | Command::UntagMatches => {
            let Some(find) = &state.find else { return };
            let kind = find.kind.clone().unwrap_or_else(|| state.last_kind.clone());
            let places = find.places().to_vec();
            matches::tag(state, &places, &kind, command == Command::UntagMatches);
        }
        Command::Palette => state.dialog = Some(Dialog::Palette(PaletteForm::default())),
        Command::Help => state.dialog = Some(Dialog::Help),
        Command::Log => state.dialog = Some(Dialog::Log(LogForm::default())),
        Command::About => state.dialog = Some(Dialog::About),
        Command::EditTag => {
            let id = state.inspected().map(|mention| mention.id);
            if let Some(form) = id.and_then(|id| TagForm::new(state.project(), id)) {
                (state.selected, state.caret) = (id, None);
                state.scroll_to = state.selected_mention().map(|mention| mention.range);
                state.dialog = Some(Dialog::Tag(form));
            }
        }
        Command::NextMention => entities::jump(state, true),
        Command::PreviousMention => entities::jump(state, false),
        Command::EditEntity => entities::edit(state),
        Command::Suggest => suggest(state, worker, state.article.into_iter().collect()),
        Command::SuggestAll => suggest(state, worker, state.project().article_ids().to_vec()),
        Command::CancelSuggest => {
            worker.cancel_suggest();
            (state.jobs.queued, state.jobs.queued_of) = (0, 0);
        }
        Command::ToggleArticles => state.show_articles = !state.show_articles,
        Command::ToggleGuidelines => state.show_guidelines = !state.show_guidelines,
        Command::TogglePanels => state.show_panels = !state.show_panels,
        Command::ZoomIn => zoom(ctx, state, state.settings.zoom + 0.1),
        Command::ZoomOut => zoom(ctx, state, state.settings.zoom - 0.1),
        Command::ZoomReset => zoom(ctx, state, 1.0),
        Command::Accept => annotate::decide(state, true),
        Command::Reject => annotate::decide(state, false),
        Command::AcceptEntity => annotate::decide_entity(state, true),
        Command::RejectEntity => annotate::decide_entity(state, false),
        Command::AcceptArticle => annotate::accept_article(state),
        Command::AcceptListed => annotate::accept_listed(state),
        Command::AcceptVisible => annotate::decide_visible(state, true),
        Command::RejectVisible => annotate::decide_visible(state, false),
        Command::AcceptKind => annotate::decide_kind(state, true),
        Command::RejectKind => annotate::decide_kind(state, false),
        Command::Skip | Command::NextSuggestion => annotate::go(state, true),
        Command::PreviousSuggestion => annotate::go(state, false),
        Command::DeleteTag => annotate::delete(state),
        Command::BringBack => annotate::with_subject(state, |project, id, stamp| ops::restore(project, &[id], stamp)),
        Command::Split => annotate::with_subject(state, |project, id, stamp| ops::split(project, &[id], stamp)),
        Command::FinishArticle => annotate::finish_article(state),
        Command::Kind(_) => annotate::kind(state, command, false),
        Command::KindEverywhere(_) => annotate::kind(state, command, true),
        Command::TagAgain => annotate::tag_again(state),
        Command::TagAll => annotate::tag_all(state),
        Command::StartBack => annotate::nudge(state, true, false, false),
        Command::StartForward => annotate::nudge(state, true, true, false),
        Command::StartWordBack => annotate::nudge(state, true, false, true),
        Command::StartWordForward => annotate::nudge(state, true, true, true),
        Command::EndBack => annotate::nudge(state, false, false, false),
        Command::EndForward => annotate::nudge(state, false, true, false),
        Command::EndWordBack => annotate::nudge(state, false, false, true),
        Command::EndWordForward => annotate::nudge(state, false, true, true),
        Command::PlaceCaret => annotate::place_caret(state),
        Command::NextPane => state.next_pane(),
        Command::Leave => annotate::leave(state),
        Command::NextArticle => annotate::step_article(state, 1),
        Command::PreviousArticle => annotate::step_article(state, -1),
        Command::MoveArticleUp => annotate::move_article(state, -1),
        Command::MoveArticleDown => annotate::move_article(state, 1),
        Command::RemoveArticle => annotate::remove_article(state),
        Command::ToggleDone => annotate::toggle_done(state),
    }
}

/// Goes on to another project, after a question where unsaved work would be lost.
pub fn leave_project(state: &mut State, after: AfterAnswer) {
    if state.session.is_modified() {
        state.dialog = Some(Dialog::Unsaved(after));
    } else {
        state.next = Some(after);
    }
}

/// Opens the find bar on what is selected, or on what was looked for last.
fn find(state: &mut State) {
    let words = selected_words(state);
    if let Some(find) = &mut state.find {
        find.focus();
        return;
    }
    let query = match words.is_empty() {
        true => state.query.clone(),
        false => Query { words, regex: false, ..state.query.clone() },
    };
    let here = state.caret.map(|caret| caret.range().start());
    let here = here.or_else(|| state.selected_mention().map(|mention| mention.range.start()));
    state.find = Some(Find::open(query, here.unwrap_or_default()));
}

fn find_next(state: &mut State, forward: bool) {
    if state.find.is_none() {
        find(state);
    }
    if let Some(find) = &mut state.find {
        find.step(forward);
    }
}

fn zoom(ctx: &Context, state: &mut State, zoom: f32) {
    state.settings.zoom = zoom.clamp(*ZOOM.start(), *ZOOM.end());
    ctx.set_zoom_factor(state.settings.zoom);
    state.keep_settings();
}

/// Opens a file dialog, one at a time; `name` is proposed for what is written. Whether it was opened.
pub fn pick(state: &mut State, worker: &Worker, purpose: Purpose, name: String) -> bool {
    let busy = std::mem::replace(&mut state.jobs.picking, true);
    if busy {
        state.toasts.problem("A file dialog is open already. Answer that one first");
    } else {
        worker.pick(purpose, state.number, last_folder(state), name);
    }
    !busy
}

/// Where file dialogs start.
fn last_folder(state: &State) -> Option<std::path::PathBuf> {
    let known = state.path.as_ref().or(state.settings.recent.first());
    known.and_then(|path| path.parent()).map(std::path::Path::to_path_buf)
}

/// Saves where the project is kept, or asks where.
///
/// Whether a save is on its way or its place is being asked for.
pub fn save(state: &mut State, worker: &Worker) -> bool {
    match state.path.clone() {
        Some(_) if state.damaged.is_some() && !state.read_only => {
            state.dialog = Some(Dialog::ReplaceDamaged);
            false
        }
        Some(path) if !state.read_only => {
            save_to(state, worker, path, false);
            true
        }
        _ => save_as(state, worker),
    }
}

fn save_as(state: &mut State, worker: &Worker) -> bool {
    let title = state.project().articles().next().map_or("", |record| &record.article.meta.title);
    let stem = state.path.as_ref().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
    let name = stem.unwrap_or_else(|| super::text::file_name(title));
    pick(state, worker, Purpose::SaveAs, format!("{name}.{}", crate::store::EXTENSION))
}

/// Saves to a file, in the background; with `replace` also over what another program has written there.
pub fn save_to(state: &mut State, worker: &Worker, path: std::path::PathBuf, replace: bool) {
    if std::mem::replace(&mut state.jobs.saving, true) {
        // One at a time, or an older one might end last.
        state.save_again = Some(path);
        return;
    }
    let (project, past) = (state.project().snapshot(), state.session.past());
    let versions = state.settings.versions;
    worker.save(Save { project, past, path, replace, versions }, (state.number, state.session.revision()));
}

/// Queues articles for the engine.
pub fn suggest(state: &mut State, worker: &Worker, articles: Vec<ArticleId>) {
    run_engine(state, worker, articles, None);
}

/// Queues all articles for the engine, to bring in what it finds for these kinds, which have just come to the tagset.
pub fn fill(state: &mut State, worker: &Worker, kinds: BTreeSet<KindId>) {
    let articles = state.project().article_ids().to_vec();
    // They have not where the project may not be changed, which was said then.
    if kinds.iter().all(|kind| state.project().tagset().get(kind).is_some()) {
        run_engine(state, worker, articles, Some(kinds));
    }
}

/// Queues articles for the engine, for these kinds alone where some are said.
fn run_engine(state: &mut State, worker: &Worker, articles: Vec<ArticleId>, only: Option<BTreeSet<KindId>>) {
    let jobs: Vec<Job> = articles
        .into_iter()
        .filter_map(|id| state.project().article(id))
        .map(|record| Job { article: record.id, text: record.article.text.clone(), date: record.article.meta.date })
        .collect();
    if jobs.is_empty() || !may_change(state) {
        return;
    }
    state.jobs.queued_of = state.jobs.queued + jobs.len();
    state.jobs.queued += jobs.len();
    let settings = &state.settings;
    let has = |kind: KindId| state.project().tagset().get(&kind).is_some();
    let options = Options {
        // What the tagset has not is not suggested.
        people: settings.people && has(KindId::PERSON),
        countries: settings.countries && has(KindId::COUNTRY),
        events: settings.events && has(KindId::EVENT),
        inside_names: settings.inside_names,
        demonyms: settings.demonyms,
        capitals: settings.capitals,
        only,
    };
    worker.suggest(jobs, options);
}

fn open_sample(state: &mut State, worker: &Worker) {
    let Some(sample) = crate::ingest::samples::SAMPLES.first() else { return };
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
    let shown = state.project().articles().find(text).map(|record| record.id);
    if let Some(id) = shown {
        state.show(id);
        state.focus_article = true;
    }
    if !new {
        state.toasts.done("All of these annotations are in the project already");
    }
    if !imported.left_out.is_empty() {
        let mut told: Vec<String> = imported.left_out.iter().take(LISTED).map(ToString::to_string).collect();
        if imported.left_out.len() > LISTED {
            told.push(format!("And {} more", super::text::number(imported.left_out.len() - LISTED)));
        }
        state.dialog = Some(Dialog::Problems(told));
    }
}

/// Adds articles, shows the first of them and has them looked at by the engine. One whose text is there already is
/// shown instead of added again.
pub fn add_articles(state: &mut State, worker: &Worker, articles: Vec<crate::text::Article>) {
    let mut fresh: Vec<crate::text::Article> = Vec::new();
    let mut present = Vec::new();
    for article in articles {
        let same =
            state.project().articles().find(|record| record.article.text == article.text).map(|record| record.id);
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
pub fn take_in(state: &mut State, worker: &Worker, fresh: Vec<crate::text::Article>) {
    let before = state.project().article_ids().len();
    if fresh.is_empty() || !apply(state, |project, stamp| ops::add_articles(project, fresh, stamp)) {
        return;
    }
    let added: Vec<ArticleId> = state.project().article_ids().iter().skip(before).copied().collect();
    if let Some(first) = added.first() {
        state.show(*first);
        state.focus_article = true;
    }
    if state.settings.suggest_on_open {
        suggest(state, worker, added);
    }
}
