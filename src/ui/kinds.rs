//! The thread that learns a project's own kinds and article tags from their examples.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use rayon::prelude::*;

use super::job::Job;
use crate::project::{ArticleId, ArticleTag, KindId, Taken};
use crate::suggest::{
    Document, Engine, KindLesson, KindSpan, KindStanding, Label, LearnedTags, Look, Options, ProjectKinds, TagLesson,
    TagSuggestion,
};

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
    /// The article tags that can be learned.
    pub tags: Vec<ArticleTag>,
    /// What articles are tagged with, in their order.
    pub tag_lessons: Vec<TagLesson>,
    /// What was taken from other projects.
    pub taken: Arc<[Taken]>,
    /// Articles for which suggestions are wanted.
    pub wanted: Vec<ArticleId>,
    /// The articles of all of them.
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
    /// What these may be tagged with as a whole.
    pub tags: HashMap<ArticleId, Vec<TagSuggestion>>,
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
    let mut tags = Tags::default();
    let mut taken: Arc<[Taken]> = Arc::default();
    let mut number = 0;
    while let Ok(job) = jobs.recv() {
        let job = jobs.try_iter().last().unwrap_or(job);
        if job.number != number {
            number = job.number;
            looks.clear();
            tags = Tags::default();
            kinds = ProjectKinds::default();
        }
        if !kinds.are(&job.ids, &job.adapted) {
            kinds = ProjectKinds::new(job.ids.clone(), job.adapted.clone());
            taken = Arc::default();
        }
        if !Arc::ptr_eq(&taken, &job.taken) {
            taken = Arc::clone(&job.taken);
            kinds.take(&taken);
        }
        let texts: HashMap<ArticleId, &Job> = job.articles.iter().map(|article| (article.article, article)).collect();
        let of_lessons: Vec<ArticleId> = job.lessons.iter().map(|lesson| lesson.article).collect();
        looks.retain(|article, _| of_lessons.contains(article) || job.wanted.contains(article));
        look_at(&engine, &texts, &mut looks, of_lessons);
        kinds.learn(job.lessons, |id| Some((texts.get(&id)?.text.as_str(), looks.get(&id)?)));
        if kinds.speak() {
            look_at(&engine, &texts, &mut looks, job.wanted.clone());
        }
        let found = |id: &ArticleId| {
            let look = looks.get(id).zip(texts.get(id));
            (*id, look.map(|(look, article)| kinds.suggest(article.text.as_str(), look)).unwrap_or_default())
        };
        let found = job.wanted.iter().map(found).collect();
        let tags = tags.learn(&engine, &texts, job.tags, job.tag_lessons, &job.wanted);
        tell(KindsLearned { number, standings: kinds.standings(), adapted: kinds.adapted(), found, tags });
    }
}

/// The article tags of a project with what taught them.
#[derive(Default)]
struct Tags {
    /// What the tagger makes of articles; it stays true, as their texts never change.
    vectors: HashMap<ArticleId, Vec<f32>>,
    taught: (Vec<ArticleTag>, Vec<TagLesson>),
    learned: LearnedTags,
}

impl Tags {
    /// Learns lessons, where they are others than before; what the articles that are wanted may be tagged with.
    fn learn(
        &mut self,
        engine: &Engine,
        texts: &HashMap<ArticleId, &Job>,
        tags: Vec<ArticleTag>,
        lessons: Vec<TagLesson>,
        wanted: &[ArticleId],
    ) -> HashMap<ArticleId, Vec<TagSuggestion>> {
        let taught = (tags, lessons);
        if self.taught != taught {
            self.read(engine, texts, taught.1.iter().map(|lesson| lesson.article));
            self.learned = LearnedTags::learn(&taught.0, &taught.1, &self.vectors);
            self.taught = taught;
        }
        if !self.learned.speak() {
            return HashMap::new();
        }
        self.read(engine, texts, wanted.iter().copied());
        let found = |id: &ArticleId| Some((*id, self.learned.suggest(self.vectors.get(id)?)));
        wanted.iter().filter_map(found).collect()
    }

    /// Has the engine read articles that it has not read, on all processors.
    fn read(&mut self, engine: &Engine, texts: &HashMap<ArticleId, &Job>, of: impl Iterator<Item = ArticleId>) {
        let new: Vec<&&Job> = of.filter(|id| !self.vectors.contains_key(id)).filter_map(|id| texts.get(&id)).collect();
        let vector = |job: &&&Job| (job.article, engine.vector(&Document::new(job.text.as_str(), job.date)));
        self.vectors.extend(new.par_iter().map(vector).collect::<Vec<_>>());
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
