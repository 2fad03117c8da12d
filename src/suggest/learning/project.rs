//! What the decisions of a project teach about words, and what follows for its suggestions. It is a function of the
//! project's records: where a decision is taken back, so is what followed from it.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;
use smol_str::SmolStr;

use super::article::{Decided, Marked};
use super::kinds::{KindLesson, KindSpan, Kinds, MOST as MOST_LESSONS};
use super::reason::{Reason, telling};
use super::recall::{Recall, label_of, way_of};
use super::scores::{Scored, Scores, scored};
use super::ways::{Way, counted};
use super::words::{FEW, Taught, Told, Verdict, Words, once};
use super::{EXAMPLES, Look, Memory, NAMED, SOURCE, UNLIKE, heads, is_learned, made_by};
use crate::project::ops::Builder;
use crate::project::{
    Action, ArticleId, Edit, EntityId, KindId, Mention, Project, Schema, Stamp, Status, Taken, Target,
};
use crate::suggest::{Document, Label, SpanLabel};

/// What the decisions of a project teach about words.
#[derive(Clone, Debug, Default)]
pub struct ProjectMemory {
    words: Words,
    /// What each article teaches, where it teaches anything.
    taught: HashMap<ArticleId, Taught, RandomState>,
    /// What was decided of kinds of one's own in each, where anything was.
    kinds: BTreeMap<ArticleId, Decided>,
    /// What was taken from other projects.
    taken: Arc<[Taken]>,
    /// As what the kinds of its words are counted; none for events.
    taken_as: BTreeMap<KindId, Option<SpanLabel>>,
    /// What scores are worth, and how often that has changed.
    scores: Scores,
    fitted: u64,
}

/// The words about which decisions have come to say something else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    /// As in texts; of events in small letters.
    words: BTreeSet<SmolStr>,
    /// Those of them that are looked for in texts from now on.
    looked_for: BTreeSet<SmolStr>,
    /// Whether a way of naming countries or a type of events is suggested from now on, or no longer.
    ways: bool,
}

impl Turned {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && !self.ways
    }

    /// Takes in others.
    pub fn extend(&mut self, other: Self) {
        self.words.extend(other.words);
        self.looked_for.extend(other.looked_for);
        self.ways |= other.ways;
    }
}

impl ProjectMemory {
    /// What the decisions of a project teach; on all processors.
    pub fn of(project: &Project) -> Self {
        let taught: Vec<(ArticleId, Taught)> = project
            .article_ids()
            .par_iter()
            .map(|id| (*id, taught(project, *id)))
            .filter(|(_, taught)| *taught != Taught::default())
            .collect();
        let mut memory = Self::default();
        memory.take(project);
        let (words, scores) = (&mut memory.words, &mut memory.scores);
        let count_words = || words.count_all(taught.iter().map(|(_, taught)| taught));
        let count_scores = || {
            taught.iter().for_each(|(article, taught)| scores.count(*article, &taught.scored, true));
            scores.fit_all();
        };
        rayon::join(count_words, count_scores);
        memory.taught = taught.into_iter().collect();
        let own = own_kinds(project);
        if !own.is_empty() {
            let of = |id: &ArticleId| Some((*id, kinds_taught(project, *id, &own, &[])?));
            memory.kinds = project.article_ids().par_iter().filter_map(of).collect();
        }
        memory
    }

    /// Uses what the project has taken from other ones, by what its kinds are now; what was used before is forgotten.
    /// Whether that is another.
    pub fn take(&mut self, project: &Project) -> bool {
        let kinds = project.taken().iter().flat_map(|taken| &taken.words).map(|words| &words.kind);
        let kinds: BTreeSet<&KindId> = kinds.collect();
        let is_event = |kind: &KindId| *kind == KindId::EVENT || project.tagset().schema(kind) == Schema::Event;
        let taken_as = |kind: &KindId| (kind.clone(), (!is_event(kind)).then(|| label_of(project, kind)));
        let now: BTreeMap<KindId, Option<SpanLabel>> = kinds.into_iter().map(taken_as).collect();
        if Arc::ptr_eq(&self.taken, project.taken()) && self.taken_as == now {
            return false;
        }
        self.count_taken(false);
        (self.taken, self.taken_as) = (project.taken().clone(), now);
        self.count_taken(true);
        true
    }

    /// Counts what was taken in, or out again.
    fn count_taken(&mut self, more: bool) {
        for words in self.taken.iter().flat_map(|taken| &taken.words) {
            match self.taken_as.get(&words.kind) {
                Some(Some(label)) => self.words.count_taken(label, words, more),
                Some(None) => self.words.count_taken_event(words, more),
                None => {}
            }
        }
    }

    /// What another project may take from this one: the words that were decided on in several articles, but for those that
    /// are not to count anywhere, and what its own kinds are suggested by. `look` has the engine look at a text.
    pub fn to_take(&self, project: &Project, from: String, look: impl Fn(&Document<'_>) -> Look + Sync) -> Taken {
        let own = own_kinds(project);
        let kinds = (!own.is_empty()).then(|| learned(project, self, Kinds::new(own, []), look));
        let kinds = kinds.and_then(|kinds| heads::to_take(project.tagset(), &kinds.own));
        Taken { from, words: self.counting(project).all(), kinds }
    }

    /// What decisions say of words, without those that are not to count anywhere.
    pub(super) fn counting(&self, project: &Project) -> Words {
        let mut words = self.words.clone();
        for refusal in project.learning().refused.iter().filter(|refusal| refusal.article.is_none()) {
            if project.tagset().schema(&refusal.kind) == Schema::Event {
                words.forget_event(&refusal.words);
            } else {
                words.forget(&label_of(project, &refusal.kind), &refusal.words);
            }
        }
        words
    }

    /// Learns anew from an article in which something has changed: what decisions say of other words now.
    pub fn learn(&mut self, project: &Project, article: ArticleId) -> Turned {
        let before = self.taught.remove(&article).unwrap_or_default();
        let after = taught(project, article);
        let mut turned = Turned::default();
        if before != after {
            let standings = |memory: &Self| {
                let told = before.told.iter().chain(&after.told);
                let told = told.map(|(label, words, ..)| (words.clone(), memory.standing(label, words)));
                let events = before.events.iter().chain(&after.events).map(|(words, _)| words);
                let events = events.map(|words| (words.clone(), memory.words.of_event(words)));
                let ways = before.ways.iter().chain(&after.ways).map(|(way, _)| memory.words.unwanted(*way).is_some());
                (told.collect::<Vec<_>>(), events.collect::<Vec<_>>(), ways.collect::<Vec<_>>())
            };
            let was = standings(self);
            self.words.count(&before, false);
            self.words.count(&after, true);
            let is = standings(self);
            for ((words, _), _) in is.0.iter().zip(&was.0).filter(|(is, was)| is != was) {
                turned.words.insert(words.clone());
                turned.looked_for.extend(self.words.added_as(words).map(|_| words.clone()));
            }
            let events = is.1.iter().zip(&was.1).filter(|(is, was)| is != was);
            turned.words.extend(events.map(|((words, _), _)| words.clone()));
            turned.ways = is.2 != was.2;
        }
        if before.scored != after.scored {
            self.scores.count(article, &before.scored, false);
            self.scores.count(article, &after.scored, true);
            self.scores.fit(before.scored.iter().chain(&after.scored).map(|(kind, ..)| kind));
            self.fitted += 1;
        }
        if after != Taught::default() {
            self.taught.insert(article, after);
        }
        let own = own_kinds(project);
        match kinds_taught(project, article, &own, &[]) {
            Some(decided) => drop(self.kinds.insert(article, decided)),
            None => drop(self.kinds.remove(&article)),
        }
        turned
    }

    /// What was decided of the project's kinds in the articles that teach something of them, in their order.
    pub fn lessons(&self, project: &Project) -> Vec<KindLesson> {
        if !project.learning().on {
            return Vec::new();
        }
        self.all_lessons(project)
    }

    /// The same where the project does not learn itself.
    pub(super) fn all_lessons(&self, project: &Project) -> Vec<KindLesson> {
        let (own, adapted) = (own_kinds(project), adapted_kinds(project));
        let exemplified = self.kinds.values().any(|decided| !decided.marked.is_empty());
        let last = project.article_ids().iter().rev().filter_map(|id| {
            // Of the kinds that the engine knows only articles that are done teach anything.
            let done = !adapted.is_empty() && project.article(*id).is_some_and(|record| record.done.is_some());
            let decided = if done {
                kinds_taught(project, *id, &own, &adapted)?
            } else {
                self.kinds.get(id).filter(|_| exemplified)?.clone()
            };
            Some(KindLesson { article: *id, decided })
        });
        let mut lessons: Vec<KindLesson> = last.take(MOST_LESSONS).collect();
        lessons.reverse();
        lessons
    }

    /// The edit that holds back what the engine suggests in an article of kinds that are `adapted` where it is none of
    /// `spans`, which are like examples of them. It comes before that of [`ProjectMemory::edit`].
    pub fn part(
        &self,
        project: &Project,
        article: ArticleId,
        spans: &[KindSpan],
        adapted: &[KindId],
        stamp: Stamp,
    ) -> Edit {
        let mut edit = Builder::run(project, stamp);
        self.recall(project, article).part(&mut edit, spans, adapted);
        edit.finish(Action::Learn(1))
    }

    /// The edit that makes the suggestions of an article that are like examples of kinds these. It comes after that of
    /// [`ProjectMemory::edit`]: what is known of words goes before.
    pub fn liken(&self, project: &Project, article: ArticleId, spans: &[KindSpan], stamp: Stamp) -> Edit {
        let mut edit = Builder::run(project, stamp);
        self.recall(project, article).liken(&mut edit, spans);
        edit.finish(Action::Learn(1))
    }

    fn recall<'m>(&'m self, project: &'m Project, article: ArticleId) -> Recall<'m> {
        Recall { words: &self.words, here: self.taught.get(&article), project, article }
    }

    /// What decisions say of words as a label.
    fn standing(&self, label: &SpanLabel, words: &str) -> (Option<Verdict>, Option<EntityId>, bool) {
        let (verdict, who) = (self.words.verdict(label, words), self.words.who(label, words));
        (verdict, who, self.words.added_as(words).is_some())
    }

    /// Whether anything in an article may follow from what has turned.
    pub fn concerns(&self, project: &Project, article: ArticleId, turned: &Turned) -> bool {
        let text = project.text(article);
        let is_of = |mention: &Mention| {
            let words = project.learned_by(&mention.kind, &mention.quote);
            let of_ways = mention.kind == KindId::COUNTRY || mention.kind == KindId::EVENT;
            turned.words.contains(&words) || turned.ways && of_ways
        };
        let found = |words: &SmolStr| memchr::memmem::find(text.as_bytes(), words.as_bytes()).is_some();
        project.mentions(article).iter().any(|mention| mention.is_undecided() && is_of(mention))
            || turned.looked_for.len() > FEW
            || turned.looked_for.iter().any(found)
    }

    /// Whether the suggestions of an article are as decisions would have them. It needs no more of the project than a
    /// snapshot with an index of this article has.
    pub fn is_applied(&self, project: &Project, article: ArticleId) -> bool {
        let stamp = Stamp { by: SmolStr::default(), at: jiff::Timestamp::UNIX_EPOCH };
        self.edit(project, &[article], stamp).is_empty()
    }

    /// The edit that makes the suggestions of some articles such as decisions would have them: those that decisions speak
    /// against are held back, those that were held back in vain come back, words that were tagged elsewhere are suggested,
    /// and names point at who they stand for. What a person has decided on stays as it is.
    pub fn edit(&self, project: &Project, articles: &[ArticleId], stamp: Stamp) -> Edit {
        let mut edit = Builder::run(project, stamp);
        for article in articles {
            self.recall(project, *article).apply(&mut edit);
        }
        edit.finish(Action::Learn(articles.len()))
    }

    /// Why decisions have changed a suggestion, where they have.
    pub fn reason(&self, project: &Project, mention: &Mention) -> Option<Reason> {
        let recall = self.recall(project, mention.article);
        if mention.is_held() {
            if mention.origin.source.starts_with(UNLIKE) {
                return Some(Reason::Unlike);
            }
            return recall.speaks_against(mention, telling(project, mention));
        }
        let label = label_of(project, &mention.kind);
        let (right, _) = self.words.articles(&label, &mention.quote);
        let words = project.learned_by(&mention.kind, &mention.quote);
        match mention.target {
            Some(Target::Event(_)) if mention.is_open() && self.words.of_event(&words) == Some(Verdict::Wrong) => {
                Some(Reason::Likely(self.words.articles_of_event(&words).1))
            }
            Some(Target::Entity(who)) if mention.is_open() && mention.origin.source.starts_with(NAMED) => {
                Some(Reason::Named(who, right.here))
            }
            _ if mention.is_open() && mention.origin.source == SOURCE && recall.is_tagged_here(mention) => {
                Some(Reason::TaggedHere)
            }
            _ if mention.is_open() && mention.origin.source == SOURCE && right.all() > 0 => Some(Reason::Tagged(right)),
            _ if mention.is_open() && made_by(mention) == EXAMPLES => Some(Reason::Alike),
            _ => None,
        }
    }

    /// The probability that a suggestion is right: as the engine has it, or as decisions in articles that are done, or on what
    /// chance drew, have shown what its scores are worth. None for what has no score.
    pub fn score(&self, project: &Project, mention: &Mention) -> Option<f32> {
        let score = mention.origin.score?;
        let of_decisions = project.learning().on && is_scored(project, &mention.kind, mention);
        Some(if of_decisions { self.scores.of(&mention.kind, score) } else { score })
    }

    /// How many decisions have shown what the scores of a kind are worth, where they say otherwise than the engine.
    pub fn score_decisions(&self, project: &Project, kind: &KindId) -> Option<u32> {
        self.scores.decisions(kind).filter(|_| project.learning().on)
    }

    /// Another number after each change of what scores are worth.
    pub fn fitted(&self) -> u64 {
        self.fitted
    }

    /// How many words were decided on as a label.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether nothing was decided on.
    pub fn is_empty(&self) -> bool {
        self.taught.is_empty() && self.taken.is_empty()
    }
}

impl Memory {
    /// What the decisions of a project have taught. `look` has the engine look at a text.
    pub fn of_project(project: &Project, look: impl Fn(&Document<'_>) -> Look + Sync) -> Self {
        let memory = ProjectMemory::of(project);
        let none = Kinds::new(own_kinds(project), adapted_kinds(project));
        let kinds = learned(project, &memory, none, look);
        Self { words: memory.counting(project), kinds, scores: memory.scores.clone(), ..Self::default() }
    }
}

/// Kinds once they have learned from the lessons of a project.
fn learned(
    project: &Project,
    memory: &ProjectMemory,
    mut kinds: Kinds,
    look: impl Fn(&Document<'_>) -> Look + Sync,
) -> Kinds {
    let lessons = memory.all_lessons(project);
    let looked = |lesson: &KindLesson| {
        let article = &project.article(lesson.article)?.article;
        let text = article.text.as_str();
        Some((text, look(&Document::new(text, article.meta.date))))
    };
    let looks: Vec<Option<(&str, Look)>> = lessons.par_iter().map(looked).collect();
    for (lesson, look) in lessons.iter().zip(&looks) {
        if let Some((text, look)) = look {
            kinds.learn(text, look, &lesson.decided);
        }
    }
    kinds
}

/// The kinds of a project that it suggests from their examples: those that the engine does not fill, classes of events too.
pub fn own_kinds(project: &Project) -> Vec<KindId> {
    let kinds = project.tagset().kinds.iter().filter(|kind| kind.id != KindId::EVENT);
    let own = kinds.filter(|kind| label_of(project, &kind.id).engine().is_none());
    own.map(|kind| kind.id.clone()).collect()
}

/// The labels of the engine whose kinds a project has, and adapts to what is called so in it.
pub fn adapted_kinds(project: &Project) -> Vec<Label> {
    let has = |label: &Label| project.tagset().get(&label.kind()).is_some_and(|kind| kind.schema != Schema::Event);
    Label::ADAPTED.into_iter().filter(has).collect()
}

/// What is decided on of such kinds in an article: all of them where it is called done. Of the kinds that the engine knows
/// nothing is learned before that.
fn kinds_taught(project: &Project, article: ArticleId, own: &[KindId], adapted: &[Label]) -> Option<Decided> {
    let mut decided = Decided::default();
    let done = project.article(article)?.done.is_some();
    for mention in project.mentions(article).iter().filter(|mention| mention.decision.is_some()) {
        let label = label_of(project, &mention.kind);
        let is_adapted = label.engine().is_some_and(|label| adapted.contains(&label));
        if !(own.contains(&mention.kind) || done && is_adapted) {
            continue;
        }
        match mention.status {
            Status::Accepted => decided.marked.push(Marked { range: mention.range, label, country: None }),
            Status::Rejected => decided.rejected.push((mention.range, label)),
            Status::Suggested => {}
        }
    }
    if done {
        let ready = adapted.iter().map(|label| KindId(SmolStr::new_static(label.name())));
        decided.whole = own.iter().cloned().chain(ready).collect();
    }
    (decided != Decided::default()).then_some(decided)
}

/// Whether the score of a suggestion of a kind is one of the engine that may be worth something else in the project. What
/// decisions suggest has a score that was found in them, and events have their worth.
fn is_scored(project: &Project, kind: &KindId, mention: &Mention) -> bool {
    !is_learned(mention) && !mention.origin.is_hand() && project.tagset().schema(kind) != Schema::Event
}

/// What an article tells of scores. In one that is not done what is decided on first is no fair sample, but for what chance
/// drew.
fn scores_taught(project: &Project, article: ArticleId) -> Box<[Scored]> {
    let done = project.article(article).is_some_and(|record| record.done.is_some());
    let told = |mention: &Mention| {
        let decided = mention.decision.is_some() && mention.status != Status::Suggested;
        let (kind, right) = mention.as_suggested();
        let is = decided && (done || mention.drawn) && is_scored(project, kind, mention);
        Some((kind.clone(), mention.origin.score.filter(|_| is)?, right))
    };
    scored(project.mentions(article).iter().filter_map(told))
}

/// What is decided on in an article.
fn taught(project: &Project, article: ArticleId) -> Taught {
    let (mut told, mut added, mut events): (Vec<Told>, Vec<_>, Vec<_>) = Default::default();
    let mut ways: Vec<(Way, bool)> = Vec::new();
    for mention in project.mentions(article).iter().filter(|mention| mention.decision.is_some()) {
        if let Some(proposed) = &mention.proposed {
            let other = proposed.range != mention.range || proposed.kind != mention.kind;
            let words = project.slice(article, proposed.range).filter(|_| other);
            let words = words.filter(|_| project.tagset().schema(&proposed.kind) != Schema::Event);
            told.extend(words.map(|words| (label_of(project, &proposed.kind), words.into(), false, None)));
        }
        let right = match mention.status {
            Status::Accepted => true,
            Status::Rejected => false,
            Status::Suggested => continue,
        };
        if project.tagset().schema(&mention.kind) == Schema::Event {
            if !mention.retold {
                events.push((project.learned_by(&mention.kind, &mention.quote), right));
                ways.extend(way_of(project, mention).map(|way| (way, right)));
            }
            continue;
        }
        let who = match mention.target {
            Some(Target::Entity(id)) if right => Some(id),
            _ => None,
        };
        let label = label_of(project, &mention.kind);
        if right && mention.origin.is_hand() {
            let named = who.and_then(|id| project.entity(id)).filter(|_| mention.kind == KindId::COUNTRY);
            added.push((mention.quote.clone(), label.clone(), named.and_then(|entity| entity.country)));
        }
        told.push((label, mention.quote.clone(), right, who));
        ways.extend(way_of(project, mention).map(|way| (way, right)));
    }
    Taught {
        told: once(told.into_iter()),
        added: once(added.into_iter()),
        events: once(events.into_iter()),
        ways: counted(ways.into_iter()),
        scored: scores_taught(project, article),
    }
}
