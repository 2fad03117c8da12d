//! The project itself: its records, the indexes over them, and how to read both.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use text_size::TextRange;

use super::indexes::Indexes;
use super::log::Log;
use super::row::AnyRow;
use super::table::Table;
use super::tables::{IdCounters, Tabled, Tables};
use super::{
    ArticleId, ArticleRecord, CountryCode, Entity, EntityId, Event, EventId, Learning, Level, Mention, MentionId,
    Progress, RowId, Stage, Tagset, Taken, Target,
};
use crate::text::Text;

/// Articles and the records that belong to them. Read here; changed by [`Project::apply`] alone.
#[derive(Clone, Debug, Default)]
pub struct Project {
    pub(super) tagset: Tagset,
    pub(super) guidelines: Arc<str>,
    pub(super) level: Level,
    pub(super) learning: Arc<Learning>,
    pub(super) taken: Arc<[Taken]>,
    pub(super) order: Vec<ArticleId>,
    /// Shared with snapshots, as the records of the tables are: a change to an article copies it where one holds it.
    pub(super) articles: HashMap<ArticleId, Arc<ArticleRecord>, RandomState>,
    pub(super) tables: Tables,
    pub(super) indexes: Indexes,
    /// Who changed what and when.
    pub(super) log: Log,
    pub(super) next: IdCounters,
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
            level: self.level,
            learning: self.learning.clone(),
            taken: self.taken.clone(),
            order: self.order.clone(),
            articles: self.articles.clone(),
            tables: self.tables.snapshot(),
            log: self.log.clone(),
            next: self.next,
            ..Self::default()
        }
    }

    /// Has what these articles of a [`Project::snapshot`] hold be found by id and target, too, and entities by name: enough
    /// for edits that are about these articles alone.
    pub fn index(&mut self, articles: impl IntoIterator<Item = ArticleId>) {
        let Self { tables, indexes, .. } = self;
        for article in articles.into_iter().collect::<BTreeSet<_>>() {
            tables.mentions.index(article);
            indexes.fill(tables.mentions.in_article(article).iter());
            indexes.fill(tables.events.of_article(article).filter_map(|id| tables.events.get(id)));
            indexes.fill(tables.relations.of_article(article).filter_map(|id| tables.relations.get(id)));
        }
        indexes.fill(tables.entities.iter());
        indexes.fill(tables.judgements.iter());
    }

    /// The kinds that this project marks.
    pub fn tagset(&self) -> &Tagset {
        &self.tagset
    }

    /// How to tag, in Markdown; empty where nobody wrote it down.
    pub fn guidelines(&self) -> &str {
        &self.guidelines
    }

    /// How much of what the engine found of events is shown, counted and exported.
    pub fn level(&self) -> Level {
        self.level
    }

    /// What other projects have learned.
    pub fn taken(&self) -> &Arc<[Taken]> {
        &self.taken
    }

    /// Whether decisions change what is suggested, and for which words they do not.
    pub fn learning(&self) -> &Learning {
        &self.learning
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
        self.articles.get(&id).map(Arc::as_ref)
    }

    /// The article's text; empty where there is no such article.
    pub fn text(&self, id: ArticleId) -> &str {
        self.article(id).map_or("", |record| record.article.text.as_str())
    }

    pub(super) fn text_of(&self, id: ArticleId) -> Option<&Text> {
        self.article(id).map(|record| &record.article.text)
    }

    /// The record of this number and kind, to ask what it says of itself.
    pub fn row(&self, id: RowId) -> Option<&dyn AnyRow> {
        self.tables.row(id)
    }

    /// The record of this id.
    pub(crate) fn get<R: Tabled>(&self, id: R::Id) -> Option<&R> {
        R::table(&self.tables).get(id)
    }

    /// The records of a kind, in the order in which files have them.
    pub(crate) fn all<R: Tabled>(&self) -> impl Iterator<Item = &R> {
        R::table(&self.tables).iter()
    }

    /// The records of a kind that belong to an article.
    pub(crate) fn of_article<R: Tabled>(&self, article: ArticleId) -> impl Iterator<Item = &R> {
        R::table(&self.tables).of_article(article).filter_map(|id| self.get(id))
    }

    /// All mentions of an article, in [`Mention::order`], rejected ones included.
    pub fn mentions(&self, article: ArticleId) -> &[Mention] {
        self.tables.mentions.in_article(article)
    }

    /// The mentions of an article that the project's level shows, in [`Mention::order`], rejected ones included.
    pub fn shown(&self, article: ArticleId) -> impl Iterator<Item = &Mention> {
        self.mentions(article).iter().filter(|mention| mention.is_shown(self.level))
    }

    /// From which level on an event is shown: the lowest of its live mentions. What a person has decided on is kept.
    pub fn level_of(&self, event: EventId) -> Level {
        let live = self.mentions_of(Target::Event(event)).filter(|mention| mention.is_live());
        live.map(Mention::shows_from).min().unwrap_or_default()
    }

    /// All mentions of all articles, article by article in the person's order.
    pub fn all_mentions(&self) -> impl Iterator<Item = &Mention> {
        self.order.iter().flat_map(|id| self.mentions(*id))
    }

    /// The mentions that cover exactly this range of an article, whatever their kind and status.
    pub fn mentions_at(&self, article: ArticleId, range: TextRange) -> &[Mention] {
        self.tables.mentions.covering(article, range)
    }

    /// The mention with this id; costs a binary search in its article.
    pub fn mention(&self, id: MentionId) -> Option<&Mention> {
        self.get(id)
    }

    /// The entity with this id.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.get(id)
    }

    /// All entities in the order of their ids, those that no mention names included.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.all()
    }

    /// The event with this id.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.get(id)
    }

    /// All events in the order of their ids.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.all()
    }

    /// The events of an article, in the order of their ids.
    pub fn events_of(&self, article: ArticleId) -> impl Iterator<Item = &Event> {
        self.of_article(article)
    }

    /// The events in which an entity takes part, in the order of their ids.
    pub fn events_with(&self, entity: EntityId) -> impl Iterator<Item = &Event> {
        self.indexes.users(entity.into()).filter_map(|user| match user {
            RowId::Event(id) => self.event(id),
            _ => None,
        })
    }

    /// Whether a person has decided on an event, or on a mention that tells of it.
    pub fn is_decided(&self, event: &Event) -> bool {
        let mut mentions = self.mentions_of(Target::Event(event.id));
        event.decision.is_some() || mentions.any(|mention| mention.decision.is_some())
    }

    /// The mentions that point at a target, in the order of their ids.
    pub fn mentions_of(&self, target: Target) -> impl Iterator<Item = &Mention> {
        let mentions = self.indexes.users_from(target.into(), RowId::Mention(MentionId(0)));
        mentions.filter_map(|user| match user {
            RowId::Mention(id) => self.mention(id),
            _ => None,
        })
    }

    /// How many live mentions of all articles point at a target; costs nothing.
    pub fn count_of(&self, target: Target) -> usize {
        self.indexes.live(target.into())
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
        self.indexes.names.named(name).filter_map(|id| self.entity(id))
    }

    /// The entities that are this country or belong to it, in the order of their ids.
    pub fn entities_of(&self, country: CountryCode) -> impl Iterator<Item = &Entity> {
        self.indexes.names.of_country(country).filter_map(|id| self.entity(id))
    }

    /// The entities that are this Wikidata item, in the order of their ids.
    pub fn entities_with_item(&self, item: &str) -> impl Iterator<Item = &Entity> {
        self.indexes.names.of_item(item).filter_map(|id| self.entity(id))
    }

    /// What is open and decided in an article, as far as the project's level shows it; costs nothing.
    pub fn progress(&self, article: ArticleId) -> Progress {
        let Progress { open, decided } = self.indexes.related.get(&article).copied().unwrap_or_default();
        let mentions = self.tables.mentions.progress(article, self.level);
        Progress { open: mentions.open + open, decided: mentions.decided + decided }
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
