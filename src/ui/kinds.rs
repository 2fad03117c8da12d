//! The thread that learns a project's own kinds from their examples.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use rayon::prelude::*;

use super::job::Job;
use crate::project::{ArticleId, KindId};
use crate::suggest::{Document, Engine, KindLesson, KindSpan, KindStanding, Label, Look, Options, ProjectKinds};

/// What is to be learned, and for which articles it is wanted.
pub struct KindsJob {
    /// Of which project.
    pub number: u64,
    /// The project's own kinds.
    pub ids: Vec<KindId>,
    /// The kinds of it that the engine knows.
    pub adapted: Vec<Label>,
    /// What was decided of them, in the order of the articles.
    pub lessons: Vec<KindLesson>,
    /// Articles for which suggestions are wanted.
    pub wanted: Vec<ArticleId>,
    /// The articles of both.
    pub articles: Vec<Job>,
}

/// What was learned.
pub struct KindsLearned {
    /// Of which project.
    pub number: u64,
    /// How far each kind has come.
    pub standings: Vec<KindStanding>,
    /// The kinds that the engine knows of which what was learned is suggested instead.
    pub adapted: Vec<KindId>,
    /// What is suggested in the articles for which it was wanted.
    pub found: Vec<(ArticleId, Vec<KindSpan>)>,
}

/// Hands jobs to the thread.
pub struct KindsThread(Sender<KindsJob>);

impl KindsThread {
    /// Starts it; `tell` is told what was learned.
    pub fn start(tell: impl Fn(KindsLearned) + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        thread::spawn(move || work(&receiver, tell));
        Self(sender)
    }

    /// Has it learn; what it was to learn before and has not begun is forgotten.
    pub fn learn(&self, job: KindsJob) {
        // It ends with the window alone.
        self.0.send(job).ok();
    }
}

fn work(jobs: &Receiver<KindsJob>, tell: impl Fn(KindsLearned)) {
    let engine = Engine::new(Options::default());
    let mut kinds = ProjectKinds::default();
    let mut looks: HashMap<ArticleId, Look> = HashMap::new();
    let mut number = 0;
    while let Ok(job) = jobs.recv() {
        let job = jobs.try_iter().last().unwrap_or(job);
        if job.number != number {
            number = job.number;
            looks.clear();
            kinds = ProjectKinds::default();
        }
        if !kinds.are(&job.ids, &job.adapted) {
            kinds = ProjectKinds::new(job.ids.clone(), job.adapted.clone());
        }
        let texts: HashMap<ArticleId, &Job> = job.articles.iter().map(|article| (article.article, article)).collect();
        looks.retain(|article, _| texts.contains_key(article));
        let of_lessons = job.lessons.iter().map(|lesson| lesson.article);
        look_at(&engine, &texts, &mut looks, of_lessons.collect());
        kinds.learn(job.lessons, |id| Some((texts.get(&id)?.text.as_str(), looks.get(&id)?)));
        if kinds.speak() {
            look_at(&engine, &texts, &mut looks, job.wanted.clone());
        }
        let found = |id: &ArticleId| {
            let look = looks.get(id).zip(texts.get(id));
            (*id, look.map(|(look, article)| kinds.suggest(article.text.as_str(), look)).unwrap_or_default())
        };
        let found = job.wanted.iter().map(found).collect();
        tell(KindsLearned { number, standings: kinds.standings(), adapted: kinds.adapted(), found });
    }
}

/// Has the engine look at articles that it has not looked at, on all processors.
fn look_at(
    engine: &Engine,
    texts: &HashMap<ArticleId, &Job>,
    looks: &mut HashMap<ArticleId, Look>,
    articles: Vec<ArticleId>,
) {
    let new: Vec<&&Job> = articles.iter().filter(|id| !looks.contains_key(id)).filter_map(|id| texts.get(id)).collect();
    let look = |job: &&&Job| (job.article, engine.look(&Document::new(job.text.as_str(), job.date)));
    looks.extend(new.par_iter().map(look).collect::<Vec<_>>());
}
