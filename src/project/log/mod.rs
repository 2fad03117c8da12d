//! The log: who changed what and when, in few words, and what stood there before, so that an article can be put back.
//!
//! An entry is made from an edit when it is applied. It keeps of each record what it was before alone, for what it
//! became is what the next entry, or the project, has. Mentions that changed in the same way share one line, so that
//! accepting half a million of them costs a few bytes.

mod delta;
mod ids;
mod put_back;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

pub use delta::Delta;
pub use ids::Ids;
pub(super) use put_back::put_back;

use super::action::LoggedAction;
use super::row::AnyRow;
use super::tables::{Tabled, with_tables};
use super::{
    AnyRecord, ArticleId, ArticleRecord, ArticleTags, Author, Change, Contributor, Entity, Event, Judgement, MAX_ID,
    Mention, MentionId, Relation, RowId, Ruling, Stamp, Swap,
};
use crate::text::Metadata;

/// The most entries that are kept; the oldest go first.
pub const MAX_LOG_ENTRIES: usize = 50_000;
/// About how many bytes the kept entries may take; the oldest go first.
pub const MAX_LOG_BYTES: usize = 32 << 20;

/// What sort of change an entry tells of, for filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogKind {
    /// A run of the engine.
    Run,
    /// Suggestions were accepted or rejected.
    Decided,
    /// Tags or relations were made.
    Tagged,
    /// Tags, relations, people, countries or events were changed.
    Changed,
    /// Tags or articles were removed.
    Removed,
    /// Articles came in, or their details changed.
    Articles,
    /// Anything else, such as the kinds.
    Other,
}

impl LogKind {
    /// All, in the order of menus.
    pub const ALL: [Self; 7] =
        [Self::Run, Self::Decided, Self::Tagged, Self::Changed, Self::Removed, Self::Articles, Self::Other];

    /// In plain words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => "suggested",
            Self::Decided => "decided",
            Self::Tagged => "tagged",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Articles => "articles",
            Self::Other => "other",
        }
    }
}

/// One step as the log keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Its number; they only grow.
    pub id: u32,
    /// When, in UTC.
    pub at: Timestamp,
    /// Who: the annotator's name as the settings had it, or the engine.
    pub by: SmolStr,
    /// What was done, in words: "Accept 3 mentions".
    pub what: LoggedAction,
    /// Whether the engine did it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub run: bool,
    /// The articles in which something changed.
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub articles: Ids,
    /// The mentions that were made.
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub made: Ids,
    /// The mentions that were changed, with what they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Delta>,
    /// The mentions that were removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Mention>,
    /// The entities that were made.
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub entities_made: Ids,
    /// Entities that were changed or removed, as they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
    /// The events that were made.
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub events_made: Ids,
    /// Events that were changed or removed, as they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// The relations that were made.
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub relations_made: Ids,
    /// Relations that were changed or removed, as they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// The judgements that were made.
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub judgements_made: Ids,
    /// Judgements that were changed or removed, as they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judgements: Vec<Judgement>,
    /// The annotators who came in.
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub contributors_made: Ids,
    /// Annotators who were changed or removed, as they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<Contributor>,
    /// The rulings that were made.
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub rulings_made: Ids,
    /// Rulings that were changed or removed, as they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rulings: Vec<Ruling>,
    /// The articles that came in.
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub articles_made: Ids,
    /// The articles that were removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles_removed: Vec<ArticleRecord>,
    /// Details of articles, as they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<(ArticleId, Metadata)>,
    /// What had been said of articles as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<(ArticleId, ArticleTags)>,
    /// Who had called articles done, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<(ArticleId, Option<Stamp>)>,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl LogEntry {
    /// The mention that it is about, where it made, changed or removed one and no other.
    pub fn only_mention(&self) -> Option<MentionId> {
        let changed = self.changed.iter().flat_map(|was| was.mentions.iter());
        let ids = self.made.iter().chain(changed).chain(self.removed.iter().map(|mention| mention.id.0));
        let mut ids = ids.map(MentionId);
        ids.next().filter(|_| ids.next().is_none())
    }

    /// What an edit did, from its changes as they were made.
    pub(super) fn new(what: LoggedAction, author: Author, stamp: Stamp, done: &[Change]) -> Self {
        let mut entry = Self {
            id: 0,
            at: stamp.at,
            by: stamp.by,
            what,
            run: author == Author::Run,
            articles: Ids::default(),
            made: Ids::default(),
            changed: Vec::new(),
            removed: Vec::new(),
            entities_made: Ids::default(),
            entities: Vec::new(),
            events_made: Ids::default(),
            events: Vec::new(),
            relations_made: Ids::default(),
            relations: Vec::new(),
            judgements_made: Ids::default(),
            judgements: Vec::new(),
            contributors_made: Ids::default(),
            contributors: Vec::new(),
            rulings_made: Ids::default(),
            rulings: Vec::new(),
            articles_made: Ids::default(),
            articles_removed: Vec::new(),
            details: Vec::new(),
            tags: Vec::new(),
            done: Vec::new(),
        };
        done.iter().for_each(|change| entry.note(change));
        entry
    }

    fn note(&mut self, change: &Change) {
        match change {
            Change::InsertArticle { record, .. } => {
                self.articles_made.insert(record.id.0);
                self.articles.insert(record.id.0);
            }
            Change::RemoveArticle { record, .. } => {
                self.articles_removed.push((**record).clone());
                self.articles.insert(record.id.0);
            }
            Change::Metadata { article, before, .. } => {
                self.details.push((*article, (**before).clone()));
                self.articles.insert(article.0);
            }
            Change::ArticleTags { article, before, .. } => {
                self.tags.push((*article, before.clone()));
                self.articles.insert(article.0);
            }
            Change::Done { article, before, .. } => {
                self.done.push((*article, before.clone()));
                self.articles.insert(article.0);
            }
            Change::MoveArticle { .. }
            | Change::Tagset(_)
            | Change::Guidelines { .. }
            | Change::Level { .. }
            | Change::Learning { .. }
            | Change::Taken { .. } => {}
            record => self.note_record(record),
        }
    }

    /// Notes what a record was.
    fn note_swap<R: Logged>(&mut self, swap: &Swap<R>) {
        match (&swap.before, &swap.after) {
            (Some(before), Some(after)) => R::note_changed(self, before, after),
            (Some(before), None) => R::before_mut(self).push(before.clone()),
            (None, Some(after)) => R::made_mut(self).insert(after.row_id().number()),
            (None, None) => {}
        }
        let record = swap.before.as_ref().or(swap.after.as_ref());
        record.into_iter().flat_map(R::articles).for_each(|article| self.articles.insert(article.0));
    }

    /// As [`LogEntry::back`], for one table.
    fn back_in<R: Logged>(
        &self,
        article: ArticleId,
        records: &mut BTreeMap<RowId, AnyRecord>,
        free: &mut Vec<AnyRecord>,
    ) {
        let made = R::made(self);
        records.retain(|id, record| R::of(record).is_none() || !made.contains(id.number()));
        records.values_mut().filter_map(R::of_mut).for_each(|record| record.restore(self));
        for before in R::before(self) {
            let mut articles = before.articles().peekable();
            if articles.peek().is_none() {
                free.push(before.clone().into_any());
            } else if articles.any(|own| own == article) {
                records.insert(before.row_id(), before.clone().into_any());
            }
        }
    }

    /// What sort of change it was above all.
    pub fn kind(&self) -> LogKind {
        if self.run {
            LogKind::Run
        } else if !self.removed.is_empty() || !self.articles_removed.is_empty() {
            LogKind::Removed
        } else if !self.articles_made.is_empty()
            || !self.details.is_empty()
            || !self.done.is_empty()
            || !self.tags.is_empty()
        {
            LogKind::Articles
        } else if !self.rulings_made.is_empty() {
            LogKind::Decided
        } else if !self.made.is_empty() || !self.relations_made.is_empty() {
            LogKind::Tagged
        } else if self.changed.iter().any(|was| was.status.is_some())
            || self.relations.iter().any(Relation::is_open)
            || !self.judgements_made.is_empty()
        {
            LogKind::Decided
        } else if self.changed.is_empty()
            && self.entities.is_empty()
            && self.events.is_empty()
            && self.relations.is_empty()
            && self.judgements.is_empty()
            && self.rulings.is_empty()
        {
            LogKind::Other
        } else {
            LogKind::Changed
        }
    }

    /// Whether it made, changed or removed a mention.
    pub fn touches(&self, mention: MentionId) -> bool {
        self.made.contains(mention.0)
            || self.changed.iter().any(|was| was.mentions.contains(mention.0))
            || self.removed.iter().any(|removed| removed.id == mention)
    }

    /// How many mentions it made, changed or removed.
    pub fn mentions(&self) -> usize {
        self.made.len() + self.changed.iter().map(|was| was.mentions.len()).sum::<usize>() + self.removed.len()
    }

    /// About how many bytes it takes.
    fn weight(&self) -> usize {
        let ranges: usize = self.changed.iter().map(|was| was.mentions.ranges() + 8).sum();
        let ranges = ranges + self.made.ranges() + self.articles.ranges() + self.events_made.ranges();
        let ranges = ranges + self.relations_made.ranges() + self.judgements_made.ranges();
        let ranges = ranges + self.contributors_made.ranges() + self.rulings_made.ranges();
        let records =
            self.removed.len() + self.entities.len() + self.events.len() + self.details.len() + self.tags.len();
        let records = records + self.relations.len() + self.judgements.len();
        let records = records + self.contributors.len() + self.rulings.len();
        let texts: usize = self.articles_removed.iter().map(|record| record.article.text.as_str().len()).sum();
        160 + self.what.weight() + 24 * ranges + 350 * records + texts
    }
}

macro_rules! note_tables {
    ($($Record:ident $Id:ident $one:ident $many:ident $Table:ty;)*) => {
        impl LogEntry {
            /// Notes the change of a record.
            fn note_record(&mut self, change: &Change) {
                match change {
                    $(Change::$Record(swap) => self.note_swap(swap),)*
                    _ => {}
                }
            }

            /// Makes records of an article what they were before the entry, and gives those as they were that belong to
            /// no article.
            fn back(&self, article: ArticleId, records: &mut BTreeMap<RowId, AnyRecord>) -> Vec<AnyRecord> {
                let mut free = Vec::new();
                $(self.back_in::<$Record>(article, records, &mut free);)*
                free
            }
        }
    };
}
with_tables!(note_tables);

/// Where an entry keeps what it knows of records of a kind.
trait Logged: Tabled {
    /// Those that were made.
    fn made(entry: &LogEntry) -> &Ids;
    /// As [`Logged::made`], to add to.
    fn made_mut(entry: &mut LogEntry) -> &mut Ids;
    /// Those that were changed or removed, as they were.
    fn before(entry: &LogEntry) -> &[Self];
    /// As [`Logged::before`], to add to.
    fn before_mut(entry: &mut LogEntry) -> &mut Vec<Self>;

    /// Notes what one was that was changed.
    fn note_changed(entry: &mut LogEntry, before: &Self, _after: &Self) {
        Self::before_mut(entry).push(before.clone());
    }

    /// Makes one what it was, where [`Logged::note_changed`] kept that in a way of its own.
    fn restore(&mut self, _: &LogEntry) {}
}

macro_rules! logged {
    ($Record:ident: $made:ident, $before:ident; $($changed:item)*) => {
        impl Logged for $Record {
            fn made(entry: &LogEntry) -> &Ids {
                &entry.$made
            }

            fn made_mut(entry: &mut LogEntry) -> &mut Ids {
                &mut entry.$made
            }

            fn before(entry: &LogEntry) -> &[Self] {
                &entry.$before
            }

            fn before_mut(entry: &mut LogEntry) -> &mut Vec<Self> {
                &mut entry.$before
            }

            $($changed)*
        }
    };
}
logged!(Entity: entities_made, entities;);
logged!(Event: events_made, events;);
logged!(Relation: relations_made, relations;);
logged!(Judgement: judgements_made, judgements;);
logged!(Contributor: contributors_made, contributors;);
logged!(Ruling: rulings_made, rulings;);
// Mentions are many, and mostly many change alike.
logged!(Mention: made, removed; fn note_changed(entry: &mut LogEntry, before: &Self, after: &Self) {
    Delta::note(&mut entry.changed, before, after);
}
fn restore(&mut self, entry: &LogEntry) {
    let id = self.id.0;
    entry.changed.iter().filter(|was| was.mentions.contains(id)).for_each(|was| was.restore(self));
});

/// The entries of a project's log, the oldest first; sharing them costs little.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    entries: VecDeque<Arc<LogEntry>>,
    bytes: usize,
    next: u32,
}

impl Log {
    /// The log as it was read from a file.
    pub(super) fn new(entries: Vec<LogEntry>) -> Self {
        let mut log = Self::default();
        for entry in entries {
            // In a file that was changed by hand they may not grow.
            let id = entry.id.min(MAX_ID).max(log.next);
            log.add(LogEntry { id, ..entry });
        }
        log
    }

    /// Takes in what was just done.
    pub(super) fn push(&mut self, entry: LogEntry) {
        self.add(LogEntry { id: self.next, ..entry });
    }

    fn add(&mut self, entry: LogEntry) {
        self.next = entry.id.saturating_add(1);
        self.bytes += entry.weight();
        self.entries.push_back(Arc::new(entry));
        while self.entries.len() > MAX_LOG_ENTRIES || (self.bytes > MAX_LOG_BYTES && self.entries.len() > 1) {
            let Some(oldest) = self.entries.pop_front() else { return };
            self.bytes = self.bytes.saturating_sub(oldest.weight());
        }
    }

    /// All entries, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &LogEntry> {
        self.entries.iter().map(|entry| &**entry)
    }

    /// The entry of this number.
    pub fn get(&self, id: u32) -> Option<&LogEntry> {
        let at = self.entries.binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.entries.get(at).map(|entry| &**entry)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was done yet.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether entries of the beginning had to go.
    pub fn is_cut(&self) -> bool {
        self.entries.front().is_some_and(|entry| entry.id > 0)
    }

    /// The entries that made, changed or removed a mention, the newest first.
    pub fn of_mention(&self, mention: MentionId) -> impl Iterator<Item = &LogEntry> {
        self.iter().rev().filter(move |entry| entry.touches(mention))
    }
}
