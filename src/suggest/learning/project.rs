//! What the decisions of a project teach about words, and what follows for its suggestions. It is a function of the
//! project's records: where a decision is taken back, so is what followed from it.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;
use smol_str::SmolStr;
use text_size::TextRange;

use super::article::{Decided, Marked};
use super::kinds::{KindLesson, KindSpan, Kinds, MOST as MOST_LESSONS};
use super::words::{Taught, Told, Verdict, Words, once};
use super::{ADDED, EXAMPLES, Look, Memory, SOURCE, SURE, UNLIKE};
use crate::project::ops::Builder;
use crate::project::{
    Action, ArticleId, CountryCode, Edit, Entity, EntityId, EventId, KindId, Mention, Origin, Project, Schema, Stamp,
    Status, Taken, Target,
};
use crate::suggest::lookups::known;
use crate::suggest::{CountryName, Document, Label, SpanLabel};

/// What stands before the source of a suggestion that was pointed at who its words stand for elsewhere.
const NAMED: &str = "memory/";
/// Up to so many words a text is searched for each; where there are more it is read as a whole.
const FEW: usize = 64;

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
}

/// The words about which decisions have come to say something else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    /// As in texts; of events in small letters.
    words: BTreeSet<SmolStr>,
    /// Those of them that are looked for in texts from now on.
    looked_for: BTreeSet<SmolStr>,
    /// Whether a way of naming countries is suggested from now on, or no longer.
    ways: bool,
}

/// Why decisions have changed a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The words were rejected as the kind in the same article.
    RejectedHere,
    /// In so many others.
    Rejected(u32),
    /// Countries that are named in this way were rejected in so many articles.
    Way(CountryName, u32),
    /// The words were tagged as the kind in so many articles.
    Tagged(u32),
    /// The words were said to stand for this entity in so many articles.
    Named(EntityId, u32),
    /// They are like what was tagged as the kind.
    Alike,
    /// They are unlike that.
    Unlike,
    /// Events of such words were rejected in so many articles, but this one is most likely worth keeping.
    Likely(u32),
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
        taught.iter().for_each(|(_, taught)| memory.words.count(taught, true));
        memory.taught = taught.into_iter().collect();
        let own = own_kinds(project);
        if !own.is_empty() {
            let of = |id: &ArticleId| Some((*id, kinds_taught(project, *id, &own, &[])?));
            memory.kinds = project.article_ids().iter().filter_map(of).collect();
        }
        memory
    }

    /// Uses what the project has taken from other ones; what it had taken before is forgotten. Whether that is another.
    pub fn take(&mut self, project: &Project) -> bool {
        if Arc::ptr_eq(&self.taken, project.taken()) {
            return false;
        }
        let before = std::mem::replace(&mut self.taken, project.taken().clone());
        for (taken, more) in [(before, false), (self.taken.clone(), true)] {
            for words in taken.iter().flat_map(|taken| &taken.words) {
                match project.tagset().schema(&words.kind) {
                    Schema::Event => self.words.count_taken_event(words, more),
                    Schema::Entity | Schema::Person | Schema::Country => {
                        self.words.count_taken(&label_of(project, &words.kind), words, more);
                    }
                }
            }
        }
        true
    }

    /// What another project may take from this one: the words that were decided on in several articles, but for those that
    /// are not to count anywhere.
    pub fn to_take(&self, project: &Project, from: String) -> Taken {
        Taken { from, words: self.counting(project).all() }
    }

    /// What decisions say of words, without those that are not to count anywhere.
    pub(super) fn counting(&self, project: &Project) -> Words {
        let mut words = self.words.clone();
        for refusal in project.learning().refused.iter().filter(|refusal| refusal.article.is_none()) {
            words.forget(&label_of(project, &refusal.kind), &refusal.words);
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
        if after != Taught::default() {
            self.taught.insert(article, after);
        }
        let own = own_kinds(project);
        match kinds_taught(project, article, &own, &[]).filter(|_| !own.is_empty()) {
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

    /// The edit that makes the suggestions of an article that are like examples of kinds these.
    /// `adapted`: the kinds that the engine knows of which nothing but `spans` is suggested.
    pub fn edit_kinds(
        &self,
        project: &Project,
        article: ArticleId,
        spans: &[KindSpan],
        adapted: &[KindId],
        stamp: Stamp,
    ) -> Edit {
        let mut edit = Builder::run(project, stamp);
        let recall = Recall { memory: self, project, article };
        recall.part(&mut edit, spans, adapted);
        recall.liken(&mut edit, spans);
        edit.finish(Action::Learn(1))
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
            turned.words.contains(&words) || turned.ways && mention.kind == KindId::COUNTRY
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
            Recall { memory: self, project, article: *article }.apply(&mut edit);
        }
        edit.finish(Action::Learn(articles.len()))
    }

    /// Why decisions have changed a suggestion, where they have.
    pub fn reason(&self, project: &Project, mention: &Mention) -> Option<Reason> {
        let recall = Recall { memory: self, project, article: mention.article };
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
                Some(Reason::Named(who, right))
            }
            _ if mention.is_open() && mention.origin.source == SOURCE && right > 0 => Some(Reason::Tagged(right)),
            _ if mention.is_open() && mention.origin.source == EXAMPLES => Some(Reason::Alike),
            _ => None,
        }
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
        let lessons = memory.all_lessons(project);
        let looked = |lesson: &KindLesson| {
            let article = &project.article(lesson.article)?.article;
            let text = article.text.as_str();
            Some((text, look(&Document::new(text, article.meta.date))))
        };
        let looks: Vec<Option<(&str, Look)>> = lessons.par_iter().map(looked).collect();
        let mut kinds = Kinds::new(own_kinds(project), &adapted_kinds(project));
        for (lesson, look) in lessons.iter().zip(&looks) {
            if let Some((text, look)) = look {
                kinds.learn(text, look, &lesson.decided);
            }
        }
        let (own, ready) = kinds.into_parts();
        Self { words: memory.counting(project), own, ready, ..Self::default() }
    }
}

impl Reason {
    /// In words for the person whose decisions they were: "you rejected “Download” as an event in 3 articles".
    pub fn words(&self, project: &Project, mention: &Mention) -> String {
        let (quote, kind) =
            (&telling(project, mention).quote, one(&project.tagset().name_of(&mention.kind).to_lowercase()));
        let others = |n: u32| if n == 1 { "another article".to_owned() } else { format!("{n} articles") };
        match self {
            Self::RejectedHere => format!("you rejected “{quote}” as {kind} in this article"),
            Self::Rejected(n) => format!("you rejected “{quote}” as {kind} in {}", others(*n)),
            Self::Way(way, n) => format!("you rejected countries named by {} in {}", named_by(*way), others(*n)),
            Self::Tagged(n) => format!("you tagged “{quote}” as {kind} in {}", others(*n)),
            Self::Alike => mention.origin.reason.clone(),
            Self::Likely(n) => {
                format!("you rejected “{quote}” as {kind} in {}, but this one is likely to matter", others(*n))
            }
            Self::Unlike => format!("it is unlike what you tag as {kind}"),
            Self::Named(who, n) => {
                let name = project.entity(*who).map_or("", |entity| &entity.name);
                format!("you said in {} that “{quote}” is {name}", others(*n))
            }
        }
    }
}

/// Whether a suggestion tells of an event that a person would most likely keep.
fn is_likely(project: &Project, mention: &Mention) -> bool {
    let event = mention.event().and_then(|event| project.event(event));
    event.and_then(|event| event.worth).is_some_and(|worth| worth >= SURE)
}

/// A suggestion that is held back no longer.
fn unheld(mention: &Mention, source: &str) -> Mention {
    let origin = Origin { source: SmolStr::new(source), ..mention.origin.clone() };
    Mention { status: Status::Suggested, origin, ..mention.clone() }
}

/// "a person", "an event".
fn one(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

fn named_by(way: CountryName) -> &'static str {
    match way {
        CountryName::Name => "their name",
        CountryName::Demonym => "their people or language",
        CountryName::Capital => "their capital",
        CountryName::Government => "their government",
        CountryName::Part => "a part of them",
    }
}

/// The label by which words as a kind are known.
fn label_of(project: &Project, kind: &KindId) -> SpanLabel {
    let engine = [Label::Person, Label::Country, Label::Place, Label::Norp, Label::Org];
    let own = engine.into_iter().find(|label| label.kind() == *kind);
    match own.filter(|_| project.tagset().schema(kind) != Schema::Event) {
        Some(label) => SpanLabel::Engine(label),
        None => SpanLabel::Kind(kind.clone()),
    }
}

/// The kinds of a project that it suggests from their examples: those that the engine does not fill.
pub fn own_kinds(project: &Project) -> Vec<KindId> {
    let kinds = project.tagset().kinds.iter().filter(|kind| kind.schema != Schema::Event);
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

/// What is decided on in an article.
fn taught(project: &Project, article: ArticleId) -> Taught {
    let (mut told, mut added, mut events): (Vec<Told>, Vec<_>, Vec<_>) = Default::default();
    let mut ways: BTreeMap<CountryName, (u32, u32)> = BTreeMap::new();
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
        if let Some(way) = way_of(mention) {
            let (accepted, rejected) = ways.entry(way).or_default();
            *(if right { accepted } else { rejected }) += 1;
        }
    }
    Taught {
        told: once(told.into_iter()),
        added: once(added.into_iter()),
        events: once(events.into_iter()),
        ways: ways.into_iter().collect(),
    }
}

/// How a suggestion names a country.
fn way_of(mention: &Mention) -> Option<CountryName> {
    let said = mention.subtype.as_deref().filter(|_| mention.kind == KindId::COUNTRY)?;
    CountryName::ALL.into_iter().find(|way| way.name() == said)
}

/// The mention that stands for the event that a mention tells of; itself for all that is no event.
fn telling<'p>(project: &'p Project, mention: &'p Mention) -> &'p Mention {
    let of = |other: &&Mention| mention.event().is_some() && other.event() == mention.event() && !other.retold;
    project.mentions(mention.article).iter().find(of).unwrap_or(mention)
}

/// What a memory says of an article.
struct Recall<'m> {
    memory: &'m ProjectMemory,
    project: &'m Project,
    article: ArticleId,
}

impl Recall<'_> {
    fn apply(&self, edit: &mut Builder<'_>) {
        let mentions = self.project.mentions(self.article);
        let mut telling: HashMap<EventId, &Mention> = HashMap::new();
        let mut decided: HashSet<EventId> = HashSet::new();
        for mention in mentions {
            let Some(event) = mention.event() else { continue };
            if !mention.retold {
                telling.entry(event).or_insert(mention);
            }
            if mention.decision.is_some() {
                decided.insert(event);
            }
        }
        // Most words were never decided on: those of long articles are gone through at each decision.
        let words = &self.memory.words;
        let (no_events, all_ways) = (words.knows_no_events(), words.wants_all_ways());
        let done = self.project.article(self.article).is_none_or(|record| record.done.is_some());
        let added = if done { Vec::new() } else { self.added() };
        for mention in mentions.iter().filter(|mention| mention.is_undecided()) {
            if mention.origin.source == SOURCE && self.project.tagset().schema(&mention.kind) != Schema::Event {
                let stands =
                    |(range, kind, _): &(TextRange, KindId, _)| *range == mention.range && *kind == mention.kind;
                // A relation that a person decided on keeps its ends.
                let related = self.project.relations_of(mention.id).any(|relation| relation.decision.is_some());
                if !done && !related && !added.iter().any(stands) {
                    edit.remove(mention.id);
                }
                continue;
            }
            if mention.origin.source == EXAMPLES && !self.project.learning().on {
                edit.remove(mention.id);
                continue;
            }
            // The edit of kinds sees to what is unlike their examples.
            if let Some(source) = mention.origin.source.strip_prefix(UNLIKE) {
                if !self.project.learning().on {
                    edit.put(unheld(mention, source));
                }
                continue;
            }
            let event = mention.event();
            let unknown = match event {
                Some(_) => no_events,
                None => all_ways && words.is_unknown(&mention.quote) && !mention.origin.source.starts_with(NAMED),
            };
            if unknown && mention.is_open() {
                continue;
            }
            let first = event.and_then(|event| telling.get(&event).copied()).unwrap_or(mention);
            let open = event.is_some_and(|event| decided.contains(&event));
            let held = !open && self.speaks_against(mention, first).is_some();
            let status = if held { Status::Rejected } else { Status::Suggested };
            let named = if held { None } else { self.named(edit, mention) };
            let now = Mention { status, ..named.unwrap_or_else(|| mention.clone()) };
            if now != *mention {
                edit.put(now);
            }
        }
        for (range, kind, country) in added {
            self.suggest(edit, range, &kind, country);
        }
    }

    /// Why decisions speak against a suggestion that `first` stands for.
    fn speaks_against(&self, mention: &Mention, first: &Mention) -> Option<Reason> {
        let Self { memory, project, article } = self;
        let words = project.learned_by(&first.kind, &first.quote);
        if !project.learning().counts(&words, &mention.kind, *article) {
            return None;
        }
        let none = Taught::default();
        let here = memory.taught.get(article).unwrap_or(&none);
        let label = label_of(project, &mention.kind);
        let is_event = project.tagset().schema(&mention.kind) == Schema::Event;
        let (own, all) = if is_event {
            (here.told_of_event(&words), memory.words.articles_of_event(&words))
        } else {
            (here.told_of(&label, &words), memory.words.articles(&label, &words))
        };
        let verdict = if is_event { memory.words.of_event(&words) } else { memory.words.verdict(&label, &words) };
        match own {
            (false, true) => Some(Reason::RejectedHere),
            (true, _) => None,
            (false, false) if verdict == Some(Verdict::Wrong) && is_likely(project, mention) => None,
            (false, false) if verdict == Some(Verdict::Wrong) => Some(Reason::Rejected(all.1)),
            (false, false) => {
                let way = way_of(mention)?;
                Some(Reason::Way(way, memory.words.unwanted(way)?))
            }
        }
    }

    /// A suggestion as it is to be, where it points at an entity that goes by its very words while these stand for another
    /// one elsewhere, or did.
    fn named(&self, edit: &mut Builder<'_>, mention: &Mention) -> Option<Mention> {
        let Some(Target::Entity(now)) = mention.target else { return None };
        let label = label_of(self.project, &mention.kind);
        let is = |id: &EntityId| self.project.entity(*id).is_some_and(|entity| entity.kind == mention.kind);
        let counts = self.project.learning().counts(&mention.quote, &mention.kind, self.article);
        let who = self.memory.words.who(&label, &mention.quote).filter(is).filter(|_| counts);
        let source = mention.origin.source.strip_prefix(NAMED);
        let by_itself = self.project.entity(now).is_some_and(|entity| entity.name == mention.quote);
        match (who, source) {
            (Some(who), None) if who != now && by_itself => {
                let source = SmolStr::new(format!("{NAMED}{}", mention.origin.source));
                let origin = Origin { source, ..mention.origin.clone() };
                Some(Mention { target: Some(Target::Entity(who)), origin, ..mention.clone() })
            }
            (Some(who), Some(_)) if who != now => {
                Some(Mention { target: Some(Target::Entity(who)), ..mention.clone() })
            }
            (None, Some(source)) => {
                let origin = Origin { source: SmolStr::new(source), ..mention.origin.clone() };
                let target = Target::Entity(self.entity(edit, &mention.kind, &mention.quote, None, &origin));
                Some(Mention { target: Some(target), origin, ..mention.clone() })
            }
            _ => None,
        }
    }

    /// Where words stand that were tagged in other articles.
    fn added(&self) -> Vec<(TextRange, KindId, Option<CountryCode>)> {
        let project = self.project;
        if !project.learning().on {
            return Vec::new();
        }
        let mentions = project.mentions(self.article);
        // Those before the first that ends behind a place do not meet it.
        let longest = mentions.iter().map(|mention| mention.range.len()).max().unwrap_or_default();
        let taken = |range: TextRange| {
            let from = range.start().checked_sub(longest).unwrap_or_default();
            let near = mentions.partition_point(|mention| mention.range.start() < from);
            let mut near = mentions.iter().skip(near).take_while(|mention| mention.range.start() < range.end());
            let meets = |mention: &Mention| mention.range.end() > range.start();
            let own = |mention: &Mention| mention.origin.source == SOURCE && mention.is_undecided();
            near.any(|mention| meets(mention) && mention.is_live() && !own(mention))
        };
        let found = self.memory.words.known_in(project.text(self.article), taken);
        let fits = |(range, label, country): (TextRange, SpanLabel, Option<CountryCode>)| {
            let kind = label.kind();
            let schema = project.tagset().get(&kind)?.schema;
            let here = project.mentions_at(self.article, range).iter();
            let rejected = |mention: &Mention| mention.kind == kind && mention.decision.is_some();
            let words = project.slice(self.article, range)?;
            let counts = project.learning().counts(words, &kind, self.article);
            let wanted = schema != Schema::Event && counts && !here.clone().any(rejected);
            wanted.then_some((range, kind, country))
        };
        found.into_iter().filter_map(fits).collect()
    }

    /// Holds back what the engine suggests of adapted kinds and is unlike their examples, and no longer what is not.
    fn part(&self, edit: &mut Builder<'_>, spans: &[KindSpan], adapted: &[KindId]) {
        let project = self.project;
        if project.article(self.article).is_none_or(|record| record.done.is_some()) {
            return;
        }
        for mention in project.mentions(self.article).iter().filter(|mention| mention.is_undecided()) {
            if [EXAMPLES, SOURCE].contains(&mention.origin.source.as_str()) {
                continue;
            }
            let told = spans.iter().any(|span| span.range == mention.range && span.kind == mention.kind);
            let counts = project.learning().counts(&mention.quote, &mention.kind, self.article);
            let unlike = adapted.contains(&mention.kind) && !told && counts;
            match mention.origin.source.strip_prefix(UNLIKE) {
                Some(source) if !unlike => edit.put(unheld(mention, source)),
                None if unlike && mention.is_open() => {
                    let source = SmolStr::new(format!("{UNLIKE}{}", mention.origin.source));
                    let origin = Origin { source, ..mention.origin.clone() };
                    edit.put(Mention { status: Status::Rejected, origin, ..mention.clone() });
                }
                _ => {}
            }
        }
    }

    /// Suggests what is like examples, where no decision stands against it, and no longer what was.
    fn liken(&self, edit: &mut Builder<'_>, spans: &[KindSpan]) {
        let project = self.project;
        let mentions = project.mentions(self.article);
        if project.article(self.article).is_none_or(|record| record.done.is_some()) {
            return;
        }
        for mention in mentions.iter().filter(|m| m.is_undecided() && m.origin.source == EXAMPLES) {
            if !spans.iter().any(|span| span.range == mention.range && span.kind == mention.kind) {
                edit.remove(mention.id);
            }
        }
        for span in spans {
            let Some(quote) = project.slice(self.article, span.range) else { continue };
            let meets = |m: &&Mention| m.range.intersect(span.range).is_some_and(|shared| !shared.is_empty());
            let stands = |m: &Mention| match m.decision {
                Some(_) => {
                    m.range == span.range && (m.is_live() || m.kind == span.kind) || m.is_live() && m.kind == span.kind
                }
                None => m.kind == span.kind && m.origin.source != EXAMPLES,
            };
            if mentions.iter().filter(meets).any(stands)
                || !project.learning().counts(quote, &span.kind, self.article)
                || project.tagset().get(&span.kind).is_none()
            {
                continue;
            }
            let here = project.mentions_at(self.article, span.range).iter();
            let present = here.clone().find(|m| m.kind == span.kind && m.origin.source == EXAMPLES);
            let origin =
                Origin { source: SmolStr::new_static(EXAMPLES), score: Some(span.score), reason: span.reason.clone() };
            match present {
                Some(mention) if mention.origin == origin => {}
                Some(mention) => edit.put(Mention { origin, ..mention.clone() }),
                None => {
                    let target = Some(Target::Entity(self.entity(edit, &span.kind, quote, None, &origin)));
                    let id = edit.fresh::<Mention>();
                    let place = (self.article, span.range);
                    let new = Mention { target, ..Mention::new(id, place, quote, span.kind.clone(), origin) };
                    let held = self.speaks_against(&new, &new).is_some();
                    edit.put(Mention { status: if held { Status::Rejected } else { Status::Suggested }, ..new });
                }
            }
        }
    }

    /// Suggests words that were tagged in other articles.
    fn suggest(&self, edit: &mut Builder<'_>, range: TextRange, kind: &KindId, country: Option<CountryCode>) {
        let here = self.project.mentions_at(self.article, range);
        let Some(quote) = self.project.slice(self.article, range) else { return };
        if here.iter().any(|mention| mention.kind == *kind) {
            return;
        }
        let reason = "you tagged these words in other articles".to_owned();
        let origin = Origin { source: SmolStr::new_static(SOURCE), score: Some(ADDED), reason };
        let target = Some(Target::Entity(self.entity(edit, kind, quote, country, &origin)));
        let id = edit.fresh::<Mention>();
        let subtype = country.map(|_| SmolStr::new_static(CountryName::Name.name()));
        let place = (self.article, range);
        edit.put(Mention { target, subtype, ..Mention::new(id, place, quote, kind.clone(), origin) });
    }

    /// The entity that words stand for: as was said elsewhere, else the country, else the one of this name, else a new one.
    fn entity(
        &self,
        edit: &mut Builder<'_>,
        kind: &KindId,
        words: &str,
        country: Option<CountryCode>,
        origin: &Origin,
    ) -> EntityId {
        let project = self.project;
        let of_kind = |entity: &&Entity| entity.kind == *kind;
        let who = self.memory.words.who(&label_of(project, kind), words);
        let said = who.and_then(|id| project.entity(id)).filter(of_kind).filter(|_| origin.source == SOURCE);
        let of_country = || country.and_then(|code| project.entities_of(code).find(of_kind));
        let named = || project.entities_named(words).find(of_kind);
        let made = |edit: &Builder<'_>| {
            edit.new_entities().find(|entity| entity.kind == *kind && entity.name == words).map(|entity| entity.id)
        };
        let present = said.or_else(of_country).or_else(named).map(|entity| entity.id).or_else(|| made(edit));
        present.unwrap_or_else(|| {
            let facts = known(project.tagset().schema(kind), words);
            let id = edit.fresh::<Entity>();
            let entity = Entity::new(id, kind.clone(), &facts.name, origin.clone());
            edit.put(Entity { country: facts.country, role: facts.role, wikidata: facts.wikidata, ..entity });
            id
        })
    }
}
