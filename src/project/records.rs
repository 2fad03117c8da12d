//! A project as lists of records: what is stored, and how a project is made whole again from it.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::state::{Home, NextIds};
use super::{ApplyError, ArticleRecord, ArticleTag, Entity, Event, Kind, LogEntry, MAX_ID, Mention, Project};

/// The ids that were given last in each list, so that none is given twice, even where the last record is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdCounters {
    /// The next article's id.
    pub article: u32,
    /// The next entity's id.
    pub entity: u32,
    /// The next event's id.
    pub event: u32,
    /// The next mention's id.
    pub mention: u32,
}

/// All records of a project, owned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// The kinds.
    pub tagset: Vec<Kind>,
    /// What articles can be tagged with as a whole.
    pub article_tags: Vec<ArticleTag>,
    /// How to tag, in Markdown.
    pub guidelines: String,
    /// The articles, in the person's order.
    pub articles: Vec<ArticleRecord>,
    /// The entities, in any order.
    pub entities: Vec<Entity>,
    /// The events, in any order.
    pub events: Vec<Event>,
    /// The mentions, in any order.
    pub mentions: Vec<Mention>,
    /// The log, the oldest entry first.
    pub log: Vec<LogEntry>,
    /// Where the numbering stood; 0 where the records themselves tell.
    pub next: IdCounters,
}

/// One of the lists of [`Records`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named as in `Records`")]
pub enum List {
    Tagset,
    ArticleTags,
    Articles,
    Entities,
    Events,
    Mentions,
    Log,
}

/// Why records do not make a project.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct RecordError {
    /// The list that holds the record at fault.
    pub list: List,
    /// Its place in the list, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub problem: RecordProblem,
}

/// A record that does not fit the others, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The list that holds it.
    pub list: List,
    /// Its place in the list, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub problem: RecordProblem,
    /// Whether it was kept.
    pub outcome: Outcome,
}

/// What became of a record at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was kept, changed as these words say.
    Repaired(String),
    /// It is not in the project.
    SetAside,
}

/// What can be wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordProblem {
    /// An id that an earlier record of the list has; the id as shown.
    #[error("the id {0} is there twice")]
    Duplicate(String),
    /// An id beyond [`MAX_ID`]; the id as shown.
    #[error("the id {0} is too large")]
    IdTooLarge(String),
    /// A participant's range lies outside the text or off a character boundary.
    #[error("a participant's range is outside the text or off a character boundary")]
    ParticipantOutside,
    /// A kind that the tagset does not hold; a project can be without it.
    #[error("the kind “{0}” is not in the tagset")]
    UnknownKind(String),
    /// It does not fit the other records.
    #[error(transparent)]
    Unfit(#[from] ApplyError),
}

impl Project {
    /// Makes a project from records. Costs one sort of each article's mentions.
    ///
    /// # Errors
    /// The first record with an id that is there already, that points at something that is not there, or whose quote
    /// is not what stands in the text.
    pub fn from_records(records: Records) -> Result<Self, RecordError> {
        let (project, faults) = Self::salvage(records, false);
        match faults.into_iter().next() {
            Some(Fault { list, index, problem, .. }) => Err(RecordError { list, index, problem }),
            None => Ok(project),
        }
    }

    /// Where the numbering of records stands.
    pub fn id_counters(&self) -> IdCounters {
        let NextIds { article, entity, event, mention } = self.next;
        IdCounters { article, entity, event, mention }
    }

    /// Takes in the mentions of a project that has none, each of which fits its article: into their order, and into all
    /// that tells where they are, on all processors.
    pub(super) fn take(&mut self, mentions: Vec<Mention>) {
        let count = mentions.len();
        let mut mentions = mentions.into_iter();
        let mut next = mentions.next();
        while let Some(first) = next.take() {
            let article = first.article;
            let Some(slot) = self.slot_mut(article) else {
                next = mentions.next();
                continue;
            };
            slot.mentions.push(first);
            // Those of one article mostly stand together.
            for mention in mentions.by_ref() {
                if mention.article != article {
                    next = Some(mention);
                    break;
                }
                slot.mentions.push(mention);
            }
        }
        self.slots.par_iter_mut().for_each(|(_, slot)| {
            let slot = Arc::make_mut(slot);
            slot.mentions.sort_by_key(Mention::order);
            slot.mentions.iter().for_each(|mention| slot.progress.add(mention));
        });
        let all = || self.slots.values().flat_map(|slot| &slot.mentions);
        let homes = || {
            let mut homes = HashMap::with_capacity_and_hasher(count, RandomState::default());
            homes.extend(all().map(|mention| (mention.id, Home::of(mention))));
            homes
        };
        let targets = || {
            let target = |mention: &Mention| Some((mention.target?, mention.id, mention.is_live()));
            let mut targets: Vec<_> = all().filter_map(target).collect();
            targets.par_sort_unstable();
            targets
        };
        let (homes, targets) = rayon::join(homes, targets);
        self.homes = homes;
        for users in targets.chunk_by(|one, other| one.0 == other.0) {
            let Some((target, ..)) = users.first() else { continue };
            self.uses.insert(*target, users.iter().map(|(_, id, _)| *id).collect());
            let live = users.iter().filter(|(.., live)| *live).count();
            if live > 0 {
                self.counts.insert(*target, live);
            }
        }
    }
}

/// Whether an id leaves room for new ones: they must not run out while a person works.
pub(super) fn small_enough(id: u32) -> bool {
    id <= MAX_ID
}

pub(super) fn numbering(records: &Records) -> NextIds {
    let after = |ids: &mut dyn Iterator<Item = u32>| ids.max().map_or(0, |id| id.saturating_add(1));
    NextIds {
        article: records.next.article.min(MAX_ID).max(after(&mut records.articles.iter().map(|record| record.id.0))),
        entity: records.next.entity.min(MAX_ID).max(after(&mut records.entities.iter().map(|entity| entity.id.0))),
        event: records.next.event.min(MAX_ID).max(after(&mut records.events.iter().map(|event| event.id.0))),
        mention: records.next.mention.min(MAX_ID).max(after(&mut records.mentions.iter().map(|mention| mention.id.0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{ArticleId, KindId, MentionId, Origin, Status, Tagset};
    use crate::text::{Article, Metadata, Text, byte_range};

    #[test]
    fn an_id_that_leaves_no_room_is_refused() {
        let with_last = |id| {
            let mut records = records();
            records.mentions.last_mut().unwrap().id = MentionId(id);
            Project::from_records(records)
        };
        assert!(with_last(MAX_ID).is_ok());
        let error = with_last(MAX_ID + 1).unwrap_err();
        let problem = RecordProblem::IdTooLarge(MentionId(MAX_ID + 1).to_string());
        assert_eq!(error, RecordError { list: List::Mentions, index: 1, problem });
    }

    fn records() -> Records {
        let text = Text::new("Wang Yi met Lavrov.").unwrap();
        let article = ArticleRecord::new(ArticleId(3), Article { meta: Metadata::default(), text });
        let mention = |id, start, end, quote: &str| Mention {
            id: MentionId(id),
            article: ArticleId(3),
            range: byte_range(start, end).unwrap(),
            quote: quote.into(),
            kind: KindId::PERSON,
            target: None,
            subtype: None,
            status: Status::Suggested,
            origin: Origin::hand(),
            proposed: None,
            decision: None,
            note: String::new(),
        };
        Records {
            tagset: Tagset::default().kinds,
            articles: vec![article],
            mentions: vec![mention(8, 12, 18, "Lavrov"), mention(9, 0, 7, "Wang Yi")],
            ..Records::default()
        }
    }

    #[test]
    fn mentions_are_put_in_order_and_numbering_goes_on() {
        let project = Project::from_records(records()).unwrap();
        assert_eq!(project.mentions(ArticleId(3)).iter().map(|m| m.id.0).collect::<Vec<_>>(), [9, 8]);
        assert_eq!(project.id_counters(), IdCounters { article: 4, entity: 0, event: 0, mention: 10 });
        let later = Records { next: IdCounters { mention: 20, ..IdCounters::default() }, ..records() };
        assert_eq!(Project::from_records(later).unwrap().id_counters().mention, 20);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let mut twice = records();
        twice.mentions[1].id = MentionId(8);
        let error = Project::from_records(twice).unwrap_err();
        assert_eq!((error.list, error.index), (List::Mentions, 1));
        assert_eq!(error.to_string(), "the id m8 is there twice");
        let mut off = records();
        off.mentions[0].quote = "Lavrow".into();
        let error = Project::from_records(off).unwrap_err();
        assert_eq!(error.problem, RecordProblem::Unfit(ApplyError::BadRange(MentionId(8))));
    }
}
