//! Asking the engine for suggestions.

use super::edits::may_change;
use super::state::State;
use super::worker::{Job, Worker};
use crate::project::{ArticleId, KindId};
use crate::suggest::Options;

/// Suggests for the article shown.
pub(super) fn suggest_shown(state: &mut State, worker: &Worker) {
    let shown = state.article.into_iter().collect();
    suggest(state, worker, shown);
}

/// Suggests for all articles.
pub(super) fn suggest_all(state: &mut State, worker: &Worker) {
    let all = state.project().article_ids().to_vec();
    suggest(state, worker, all);
}

/// Ends what the engine is doing.
pub(super) fn cancel(state: &mut State, worker: &Worker) {
    worker.cancel_suggest();
    (state.jobs.queued, state.jobs.queued_of) = (0, 0);
}

/// Queues articles for the engine.
pub fn suggest(state: &mut State, worker: &Worker, articles: Vec<ArticleId>) {
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
    };
    worker.suggest(jobs, options);
}
