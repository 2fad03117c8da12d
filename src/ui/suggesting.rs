//! Asking the engine for suggestions, and bringing them into the project.

use std::collections::BTreeSet;

use super::edits::may_change;
use super::job::Job;
use super::runs::Runs;
use super::state::State;
use super::worker::Worker;
use crate::project::{ApplyError, ArticleId, Edit, KindId, Stamp};
use crate::suggest::{self, Options, Suggestions};

/// Suggests for the article shown.
pub(super) fn suggest_shown(state: &mut State, worker: &Worker) {
    let shown = state.model.article.into_iter().collect();
    suggest(state, worker, shown);
}

/// Suggests for all articles.
pub(super) fn suggest_all(state: &mut State, worker: &Worker) {
    let all = state.model.project().article_ids().to_vec();
    suggest(state, worker, all);
}

/// Ends what the engine is doing.
pub(super) fn cancel(state: &mut State, worker: &Worker) {
    worker.cancel_suggest();
    state.runs = Runs::default();
    (state.model.jobs.queued, state.model.jobs.queued_of) = (0, 0);
    state.model.jobs.waiting.clear();
}

/// Queues articles for the engine.
pub fn suggest(state: &mut State, worker: &Worker, articles: Vec<ArticleId>) {
    run_engine(state, worker, articles, None);
}

/// Queues all articles for the engine, to bring in what it finds for these kinds, which have just come to the tagset.
pub fn fill(state: &mut State, worker: &Worker, kinds: BTreeSet<KindId>) {
    let articles = state.model.project().article_ids().to_vec();
    // They have not where the project may not be changed, which was said then.
    if kinds.iter().all(|kind| state.model.project().tagset().get(kind).is_some()) {
        run_engine(state, worker, articles, Some(kinds));
    }
}

/// Queues articles for the engine, for these kinds alone where some are said.
fn run_engine(state: &mut State, worker: &Worker, articles: Vec<ArticleId>, only: Option<BTreeSet<KindId>>) {
    let jobs: Vec<Job> = articles.into_iter().filter_map(|id| state.model.project().article(id)).map(Job::of).collect();
    if jobs.is_empty() || !may_change(state) {
        return;
    }
    state.model.jobs.queued_of = state.model.jobs.queued + jobs.len();
    state.model.jobs.queued += jobs.len();
    state.model.jobs.waiting.extend(jobs.iter().map(|job| job.article));
    let settings = &state.model.settings;
    let has = |kind: KindId| state.model.project().tagset().get(&kind).is_some();
    let options = Options {
        // What the tagset has not is not suggested.
        people: settings.people && has(KindId::PERSON),
        countries: settings.countries && has(KindId::COUNTRY),
        events: settings.events && has(KindId::EVENT),
        inside_names: settings.inside_names,
        demonyms: settings.demonyms,
        capitals: settings.capitals,
        parts: settings.parts,
        only,
    };
    worker.suggest(jobs, options);
}

/// Takes in what the engine found in articles. A thread makes edits of it, as that may take a while in a large project.
pub fn found(state: &mut State, worker: &Worker, found: Vec<(ArticleId, Suggestions)>) {
    state.runs.add(found);
    make_edits(state, worker);
}

/// Has edits made of what waits, from the project as it is now.
fn make_edits(state: &mut State, worker: &Worker) {
    if let Some(found) = state.runs.next() {
        let stamp = Stamp { by: suggest::AUTHOR.into(), at: jiff::Timestamp::now() };
        worker.make_edits(
            state.model.project().snapshot(),
            (state.model.number, state.model.session.revision()),
            found,
            stamp,
        );
    }
}

/// Applies the edits that a thread has made of a project's revision. Where the project has changed since, they are made
/// again, so that nothing stands against what a person has done meanwhile.
pub fn edits_made(
    state: &mut State,
    worker: &Worker,
    of: (u64, u64),
    found: Vec<(ArticleId, Suggestions)>,
    edits: Result<Vec<Edit>, ApplyError>,
) {
    if of != (state.model.number, state.model.session.revision()) {
        state.runs.made(found);
    } else {
        state.runs.made(Vec::new());
        state.model.jobs.queued = state.model.jobs.queued.saturating_sub(found.len());
        for (article, _) in &found {
            state.model.jobs.waiting.remove(article);
        }
        if state.model.jobs.queued == 0 {
            state.model.jobs.queued_of = 0;
            state.model.jobs.waiting.clear();
        }
        let edits = edits.map(|edits| if state.model.read_only { Vec::new() } else { edits });
        let applied = edits.and_then(|edits| edits.into_iter().try_for_each(|edit| state.model.session.apply(edit)));
        if let Err(error) = applied {
            state.toasts.problem(format!("The suggestions could not be added: {error}"));
        }
    }
    make_edits(state, worker);
}

#[cfg(test)]
mod tests {
    use eframe::egui::Context;
    use text_size::TextRange;

    use super::*;
    use crate::project::{Project, Status, ops};
    use crate::store::{Folders, Settings};
    use crate::suggest::{Entity, Label, Span};
    use crate::text::{Article, Metadata, Text, byte_range};
    use crate::ui::edits::apply;
    use crate::ui::worker::Message;

    const TEXT: &str = "Xi met Wang.";

    fn range(name: &str) -> TextRange {
        let start = TEXT.find(name).unwrap();
        byte_range(start, start + name.len()).unwrap()
    }

    /// Both people of the text.
    fn people() -> Suggestions {
        let mut found = Suggestions::default();
        for (index, name) in ["Xi", "Wang"].into_iter().enumerate() {
            found.spans.push(Span {
                range: range(name),
                label: Label::Person.into(),
                score: 0.9,
                source: "test",
                reason: String::new(),
                country: None,
                country_name: None,
                in_country: None,
            });
            let person = Entity { name: name.to_owned(), mentions: vec![index], ..Entity::default() };
            found.add(KindId::PERSON, person);
        }
        found
    }

    fn window(articles: usize) -> (State, Worker, tempfile::TempDir) {
        let home = tempfile::tempdir().unwrap();
        let mut state = State::new(Settings::default(), Folders::under(home.path()));
        let article = Article { meta: Metadata::default(), text: Text::new(TEXT).unwrap() };
        apply(&mut state, |project, stamp| ops::add_articles(project, vec![article; articles], stamp));
        state.model.jobs.queued = articles;
        (state, Worker::new(Context::default()), home)
    }

    /// Takes edits in until none is on its way; how often some were made.
    fn settle(state: &mut State, worker: &Worker) -> usize {
        let mut times = 0;
        while state.model.jobs.queued > 0 {
            for message in worker.messages(10) {
                if let Message::EditsMade { run, of, found, edits } = message
                    && run == worker.current_run()
                {
                    times += 1;
                    edits_made(state, worker, of, found, edits);
                }
            }
            std::thread::yield_now();
        }
        times
    }

    fn tags(project: &Project, article: ArticleId) -> Vec<(&str, &str, Status)> {
        let mentions = project.mentions(article).iter();
        mentions.map(|mention| (mention.quote.as_str(), mention.kind.as_str(), mention.status)).collect()
    }

    #[test]
    fn what_a_person_does_meanwhile_stands() {
        let (mut state, worker, _home) = window(1);
        let article = state.model.project().article_ids()[0];
        found(&mut state, &worker, vec![(article, people())]);
        let country = KindId::COUNTRY;
        apply(&mut state, |p, stamp| ops::tag(p, article, &[range("Xi")], &country, &ops::unknown, stamp));
        assert_eq!(settle(&mut state, &worker), 2, "they are made again of the project as it is");
        let expected = [("Xi", "country", Status::Accepted), ("Wang", "person", Status::Suggested)];
        assert_eq!(tags(state.model.project(), article), expected);
    }

    #[test]
    fn articles_of_one_lot_share_their_people() {
        let (mut state, worker, _home) = window(50);
        let ids = state.model.project().article_ids().to_vec();
        found(&mut state, &worker, ids.iter().map(|id| (*id, people())).collect());
        settle(&mut state, &worker);
        let expected = [("Xi", "person", Status::Suggested), ("Wang", "person", Status::Suggested)];
        assert!(ids.iter().all(|id| tags(state.model.project(), *id) == expected));
        assert_eq!(state.model.project().entities().count(), 2);
        let mut session = crate::project::Session::new(state.model.project().clone());
        let again = suggest::edit(
            session.project(),
            ids[0],
            &people(),
            Stamp { by: "a".into(), at: jiff::Timestamp::UNIX_EPOCH },
        );
        session.apply(again).unwrap();
        assert_eq!(session.revision(), 0, "as one by one in the project itself");
    }

    #[test]
    fn after_a_cancel_the_next_come_in() {
        let (mut state, worker, _home) = window(1);
        let article = state.model.project().article_ids()[0];
        found(&mut state, &worker, vec![(article, people())]);
        cancel(&mut state, &worker);
        state.model.jobs.queued = 1;
        found(&mut state, &worker, vec![(article, people())]);
        assert_eq!(settle(&mut state, &worker), 1, "what was cancelled does not");
        assert_eq!(tags(state.model.project(), article).len(), 2);
    }
}
