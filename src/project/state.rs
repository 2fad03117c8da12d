//! The project itself: its records, the indexes over them, and how to read both.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use text_size::TextRange;

use super::log::Log;
use super::mention::order;
use super::names::Names;
use super::shared::Shared;
use super::{
    ArticleId, ArticleRecord, CountryCode, Entity, EntityId, Event, EventId, Mention, MentionId, Progress, Stage,
    Tagset, Target,
};

/// An article with its mentions, which are kept in [`Mention::order`].
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub record: ArticleRecord,
    pub mentions: Vec<Mention>,
    pub progress: Progress,
}

impl Slot {
    pub fn new(record: ArticleRecord) -> Self {
        Self { record, mentions: Vec::new(), progress: Progress::default() }
    }
}

/// Where a mention stands: with its id, its place in [`Mention::order`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Home {
    pub article: ArticleId,
    pub range: TextRange,
}

impl Home {
    pub fn of(mention: &Mention) -> Self {
        Self { article: mention.article, range: mention.range }
    }
}

/// Articles, entities, events and mentions. Read here; changed by [`Project::apply`] alone.
#[derive(Clone, Debug, Default)]
pub struct Project {
    pub(super) tagset: Tagset,
    pub(super) guidelines: Arc<str>,
    pub(super) order: Vec<ArticleId>,
    /// Shared with snapshots, as entities and events are: a change to an article copies it where one holds it.
    pub(super) slots: HashMap<ArticleId, Arc<Slot>, RandomState>,
    pub(super) entities: Shared<EntityId, Entity>,
    pub(super) events: Shared<EventId, Event>,
    /// Where each mention stands.
    pub(super) homes: HashMap<MentionId, Home, RandomState>,
    /// Which mentions point at each target, in the order of their ids.
    pub(super) uses: HashMap<Target, BTreeSet<MentionId>, RandomState>,
    /// How many live mentions point at each target.
    pub(super) counts: HashMap<Target, usize, RandomState>,
    /// Entities by name and country.
    pub(super) names: Names,
    /// Who changed what and when.
    pub(super) log: Log,
    pub(super) next: NextIds,
}

/// The ids that come next; they only grow, so that no id is used twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NextIds {
    pub article: u32,
    pub entity: u32,
    pub event: u32,
    pub mention: u32,
}

impl Project {
    /// An empty project with the default tagset.
    pub fn new() -> Self {
        Self::default()
    }

    /// All records as they are now, to be written down elsewhere: it shares them, so that it is made within a frame
    /// however many there are. Mentions are found in it article by article only, not by id or target.
    pub fn snapshot(&self) -> Self {
        Self {
            tagset: self.tagset.clone(),
            guidelines: self.guidelines.clone(),
            order: self.order.clone(),
            slots: self.slots.clone(),
            entities: self.entities.clone(),
            events: self.events.clone(),
            log: self.log.clone(),
            next: self.next,
            ..Self::default()
        }
    }

    /// Has the mentions of these articles of a [`Project::snapshot`] be found by id and target, too: enough for edits that
    /// are about these articles alone.
    pub fn index(&mut self, articles: impl IntoIterator<Item = ArticleId>) {
        for slot in articles.into_iter().filter_map(|id| self.slots.get(&id).cloned()).collect::<Vec<_>>() {
            for mention in &slot.mentions {
                self.homes.insert(mention.id, Home::of(mention));
                self.count(mention);
                self.link(mention);
            }
        }
    }

    /// An article to change.
    pub(super) fn slot_mut(&mut self, id: ArticleId) -> Option<&mut Slot> {
        self.slots.get_mut(&id).map(Arc::make_mut)
    }

    /// The kinds that this project marks.
    pub fn tagset(&self) -> &Tagset {
        &self.tagset
    }

    /// How to tag, in Markdown; empty where nobody wrote it down.
    pub fn guidelines(&self) -> &str {
        &self.guidelines
    }

    /// All articles, in the person's order.
    pub fn articles(&self) -> impl DoubleEndedIterator<Item = &ArticleRecord> {
        self.order.iter().filter_map(|id| self.article(*id))
    }

    /// How many articles there are.
    pub fn article_count(&self) -> usize {
        self.order.len()
    }

    /// The ids of all articles, in the person's order.
    pub fn article_ids(&self) -> &[ArticleId] {
        &self.order
    }

    /// The article with this id.
    pub fn article(&self, id: ArticleId) -> Option<&ArticleRecord> {
        self.slots.get(&id).map(|slot| &slot.record)
    }

    /// The article's text; empty where there is no such article.
    pub fn text(&self, id: ArticleId) -> &str {
        self.article(id).map_or("", |record| record.article.text.as_str())
    }

    /// All mentions of an article, in [`Mention::order`], rejected ones included.
    pub fn mentions(&self, article: ArticleId) -> &[Mention] {
        self.slots.get(&article).map_or(&[], |slot| &slot.mentions)
    }

    /// All mentions of all articles, article by article in the person's order.
    pub fn all_mentions(&self) -> impl Iterator<Item = &Mention> {
        self.order.iter().flat_map(|id| self.mentions(*id))
    }

    /// The mentions that cover exactly this range of an article, whatever their kind and status.
    pub fn mentions_at(&self, article: ArticleId, range: TextRange) -> &[Mention] {
        let mentions = self.mentions(article);
        let key = |mention: &Mention| (mention.range.start(), Reverse(mention.range.end()));
        let from = mentions.partition_point(|mention| key(mention) < (range.start(), Reverse(range.end())));
        let rest = mentions.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|mention| mention.range == range)).unwrap_or_default()
    }

    /// The mention with this id; costs a binary search in its article.
    pub fn mention(&self, id: MentionId) -> Option<&Mention> {
        self.mentions(self.homes.get(&id)?.article).get(self.place(id)?)
    }

    /// A mention's place in its article's list.
    pub(super) fn place(&self, id: MentionId) -> Option<usize> {
        let home = self.homes.get(&id)?;
        self.mentions(home.article).binary_search_by_key(&order(home.range, id), Mention::order).ok()
    }

    /// The entity with this id.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(&id).map(Arc::as_ref)
    }

    /// All entities in the order of their ids, those that no mention names included.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.entities.values().map(Arc::as_ref)
    }

    /// The event with this id.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.events.get(&id).map(Arc::as_ref)
    }

    /// All events in the order of their ids.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.values().map(Arc::as_ref)
    }

    /// The mentions that point at a target, in the order of their ids.
    pub fn mentions_of(&self, target: Target) -> impl Iterator<Item = &Mention> {
        self.uses.get(&target).into_iter().flatten().filter_map(|id| self.mention(*id))
    }

    /// How many live mentions of all articles point at a target; costs nothing.
    pub fn count_of(&self, target: Target) -> usize {
        self.counts.get(&target).copied().unwrap_or_default()
    }

    /// What a mention's target is called; its own words where it points at nothing.
    pub fn target_name<'a>(&'a self, mention: &'a Mention) -> &'a str {
        match mention.target {
            Some(Target::Entity(id)) => self.entity(id).map_or(&mention.quote, |entity| &entity.name),
            Some(Target::Event(id)) => self.event(id).map_or(&mention.quote, |event| &event.name),
            None => &mention.quote,
        }
    }

    /// The entities that have this name or alias, in the order of their ids.
    pub fn entities_named(&self, name: &str) -> impl Iterator<Item = &Entity> {
        self.names.named(name).filter_map(|id| self.entity(id))
    }

    /// The entities that are this country or belong to it, in the order of their ids.
    pub fn entities_of(&self, country: CountryCode) -> impl Iterator<Item = &Entity> {
        self.names.of_country(country).filter_map(|id| self.entity(id))
    }

    /// What is open and decided in an article; costs nothing.
    pub fn progress(&self, article: ArticleId) -> Progress {
        self.slots.get(&article).map(|slot| slot.progress).unwrap_or_default()
    }

    /// How far an article has come.
    pub fn stage(&self, record: &ArticleRecord) -> Stage {
        if record.done.is_some() {
            Stage::Done
        } else if self.progress(record.id).decided > 0 {
            Stage::InProgress
        } else {
            Stage::New
        }
    }

    /// Who changed what and when.
    pub fn log(&self) -> &Log {
        &self.log
    }
}
