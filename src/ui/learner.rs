//! What was learned from a project's decisions, and what of it is still to be done, in steps so short that no frame waits.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::job::Job;
use super::kinds::{KindsJob, KindsLearned};
use crate::project::{ArticleId, ArticleTag, Edit, KindId, Project, Session, Stamp, Taken};
use crate::suggest::{
    KindLesson, KindSpan, KindStanding, ProjectMemory, TagLesson, TagSuggestion, Turned, adapted_kinds, learned_tags,
    own_kinds, tag_lessons,
};

/// How many articles one edit is about.
const LOT: usize = 20;
/// For how many articles what is like examples is looked for: the one shown and those behind it.
const AHEAD: usize = 4;

/// What decisions have taught, and where that is still to be applied.
#[derive(Default)]
pub struct Learner {
    /// What is known of words.
    pub memory: ProjectMemory,
    /// A thread is learning from the project as it was opened: until then nothing follows.
    pub is_reading: bool,
    /// Articles to be learned from anew.
    stale: BTreeSet<ArticleId>,
    /// Articles of which it is known that what was learned is to be applied to them.
    due: BTreeSet<ArticleId>,
    /// What has turned, and the articles that are still to be looked through for it.
    turned: Turned,
    unseen: Vec<ArticleId>,
    /// How far the project's own kinds have come.
    pub standings: Vec<KindStanding>,
    /// What is like examples of kinds in the article shown and in those behind it, and the kinds that the engine knows of
    /// which nothing else is suggested.
    like: HashMap<ArticleId, Vec<KindSpan>>,
    adapted: Vec<KindId>,
    /// Articles of `like` to which that is still to be applied.
    unlikened: BTreeSet<ArticleId>,
    /// What articles may be tagged with as a whole: the one shown and those behind it.
    pub tags: HashMap<ArticleId, Vec<TagSuggestion>>,
    /// What the thread that learns kinds was asked for last, at which revision, with which article shown.
    asked: Asked,
    asked_at: (u64, Option<ArticleId>),
}

/// What the thread that learns kinds is asked for.
#[derive(Default, PartialEq)]
struct Asked {
    lessons: Vec<KindLesson>,
    tags: Vec<ArticleTag>,
    tag_lessons: Vec<TagLesson>,
    taken: Arc<[Taken]>,
    wanted: Vec<ArticleId>,
}

impl Asked {
    fn is_nothing(&self) -> bool {
        let taken = self.taken.iter().any(|taken| taken.kinds.is_some());
        self.lessons.is_empty() && self.tag_lessons.is_empty() && !taken
    }
}

impl Learner {
    /// Takes in what a thread has learned from the project as it was opened, and the articles to which that is to be
    /// applied.
    pub fn opened(&mut self, memory: ProjectMemory, due: Vec<ArticleId>) {
        self.memory = memory;
        self.is_reading = false;
        self.due.extend(due);
    }

    /// Whether there is nothing to do.
    pub fn is_idle(&self) -> bool {
        let is_done = self.stale.is_empty() && self.due.is_empty() && self.unseen.is_empty();
        self.is_reading || is_done && self.unlikened.is_empty()
    }

    /// Takes in what examples of kinds teach.
    pub fn likened(&mut self, learned: KindsLearned) {
        self.standings = learned.standings;
        self.tags = learned.tags;
        self.like = learned.found.into_iter().collect();
        self.adapted = learned.adapted;
        self.unlikened = self.like.keys().copied().collect();
    }

    /// Notes what has changed in the session; whether anything has.
    pub fn note(&mut self, session: &mut Session) -> bool {
        let changed = session.take_changed();
        self.due.extend(&changed.articles);
        self.stale.extend(&changed.articles);
        let likened = |article: &&ArticleId| changed.everywhere || changed.articles.contains(article);
        self.unlikened.extend(self.like.keys().filter(likened));
        if changed.everywhere {
            self.memory.take(session.project());
            self.stale.extend(session.project().article_ids());
            self.due.extend(session.project().article_ids());
        }
        changed.everywhere || !changed.articles.is_empty()
    }

    /// Goes on for so long, the article shown first; the edit that what was learned calls for.
    pub fn step(&mut self, session: &Session, shown: Option<ArticleId>, long: Duration, stamp: &Stamp) -> Option<Edit> {
        if self.is_idle() {
            return None;
        }
        if let Some(edit) = self.liken(session.project(), stamp) {
            return Some(edit);
        }
        let (project, begun) = (session.project(), Instant::now());
        if let Some(shown) = shown.filter(|shown| self.stale.remove(shown)) {
            self.learn(session, shown);
        }
        if let Some(shown) = shown.filter(|shown| self.due.remove(shown) || self.is_concerned(session, *shown)) {
            let edit = self.memory.edit(project, &[shown], stamp.clone());
            if !edit.is_empty() {
                return Some(edit);
            }
        }
        let mut lot = Vec::new();
        while begun.elapsed() < long && lot.len() < LOT {
            if let Some(article) = self.stale.pop_first() {
                self.learn(session, article);
            } else if let Some(article) = self.due.pop_first() {
                lot.push(article);
            } else if let Some(article) = self.unseen.pop() {
                lot.extend(Some(article).filter(|article| self.memory.concerns(project, *article, &self.turned)));
            } else {
                self.turned = Turned::default();
                break;
            }
        }
        let edit = self.memory.edit(project, &lot, stamp.clone());
        Some(edit).filter(|edit| !edit.is_empty())
    }

    /// The standing of a kind of one's own, where it has examples.
    pub fn standing(&self, kind: &KindId) -> Option<&KindStanding> {
        self.standings.iter().find(|standing| standing.kind == *kind)
    }

    /// What an article may be tagged with as a whole and is not yet; nothing of one that is done.
    pub fn suggested_tags(&self, project: &Project, article: ArticleId) -> Vec<&TagSuggestion> {
        let known = self.tags.get(&article).into_iter().flatten();
        known.filter(|suggestion| suggestion.is_open(project, article)).collect()
    }

    /// What the thread that learns kinds is to do now, where that is something else than before.
    pub fn kinds_job(&mut self, session: &Session, number: u64, shown: Option<ArticleId>) -> Option<KindsJob> {
        let at = (session.revision(), shown);
        if self.is_reading || !self.stale.is_empty() || self.asked_at == at {
            return None;
        }
        self.asked_at = at;
        let project = session.project();
        let (lessons, tag_lessons) = (self.memory.lessons(project), tag_lessons(project));
        let tags = if tag_lessons.is_empty() { Vec::new() } else { learned_tags(project) };
        let taken = if project.learning().on { Arc::clone(project.taken()) } else { Arc::default() };
        let mut ask = Asked { lessons, tags, tag_lessons, taken, wanted: Vec::new() };
        if ask.is_nothing() && self.asked.is_nothing() {
            return None;
        }
        let ids = project.article_ids();
        let from = ids.iter().position(|id| Some(*id) == shown).unwrap_or(ids.len());
        let is_open = |id: &&ArticleId| project.article(**id).is_some_and(|record| record.done.is_none());
        ask.wanted = ids.iter().skip(from).filter(is_open).take(AHEAD).copied().collect();
        if self.asked == ask {
            return None;
        }
        let taught = ask.lessons.iter().map(|lesson| lesson.article);
        let tagged = ask.tag_lessons.iter().map(|lesson| lesson.article);
        let all: BTreeSet<ArticleId> = taught.chain(tagged).chain(ask.wanted.iter().copied()).collect();
        let articles = all.into_iter().filter_map(|id| project.article(id)).map(Job::of).collect();
        let job = KindsJob {
            number,
            ids: own_kinds(project),
            adapted: adapted_kinds(project),
            lessons: ask.lessons.clone(),
            tags: ask.tags.clone(),
            tag_lessons: ask.tag_lessons.clone(),
            taken: Arc::clone(&ask.taken),
            wanted: ask.wanted.clone(),
            articles,
        };
        self.asked = ask;
        Some(job)
    }

    /// The edit that what is like examples calls for next: what is unlike them goes before what is known of words, and what
    /// is like them comes after that.
    fn liken(&mut self, project: &Project, stamp: &Stamp) -> Option<Edit> {
        while let Some(article) = self.unlikened.iter().copied().find(|article| !self.stale.contains(article)) {
            let spans = self.like.get(&article).map(Vec::as_slice).unwrap_or_default();
            let part = self.memory.part(project, article, spans, &self.adapted, stamp.clone());
            if !part.is_empty() {
                self.due.insert(article);
                return Some(part);
            }
            if self.due.remove(&article) {
                let edit = self.memory.edit(project, &[article], stamp.clone());
                if !edit.is_empty() {
                    return Some(edit);
                }
            }
            self.unlikened.remove(&article);
            let like = self.memory.liken(project, article, spans, stamp.clone());
            if !like.is_empty() {
                return Some(like);
            }
        }
        None
    }

    fn learn(&mut self, session: &Session, article: ArticleId) {
        let turned = self.memory.learn(session.project(), article);
        if !turned.is_empty() {
            // The first in the order of articles come first: they are taken from the end.
            self.unseen = session.project().article_ids().iter().rev().copied().collect();
            self.turned.extend(turned);
        }
    }

    fn is_concerned(&self, session: &Session, article: ArticleId) -> bool {
        !self.turned.is_empty() && self.memory.concerns(session.project(), article, &self.turned)
    }
}
