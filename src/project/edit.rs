//! `Edit`: a change to a project as a value, with its inverse.

use serde::{Deserialize, Serialize};

use super::{
    ArticleId, ArticleRecord, ArticleTags, Entity, EntityId, Event, EventId, Mention, MentionId, Stamp, Tagset,
};
use crate::text::Metadata;

/// A record before and after a change; none where it does not exist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Swap<T> {
    /// None when the change makes the record.
    pub before: Option<T>,
    /// None when the change removes it.
    pub after: Option<T>,
}

impl<T> Swap<T> {
    fn inverse(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}

/// The smallest change there is: one record set, made or removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Change {
    /// An article comes in at a place in the order.
    InsertArticle {
        /// 0 for the first.
        index: usize,
        /// The article.
        record: Box<ArticleRecord>,
    },
    /// An article goes; its mentions and events have gone before it.
    RemoveArticle {
        /// Where it stood.
        index: usize,
        /// The article.
        record: Box<ArticleRecord>,
    },
    /// An article moves in the order.
    MoveArticle {
        /// Where it stood.
        from: usize,
        /// Where it stands once taken out and put back.
        to: usize,
    },
    /// An article's metadata changes.
    Metadata {
        /// Which article.
        article: ArticleId,
        /// As it was.
        before: Box<Metadata>,
        /// As it becomes.
        after: Box<Metadata>,
    },
    /// An article is called done, or no longer.
    Done {
        /// Which article.
        article: ArticleId,
        /// As it was.
        before: Option<Stamp>,
        /// As it becomes.
        after: Option<Stamp>,
    },
    /// An entity is set, made or removed.
    Entity(Box<Swap<Entity>>),
    /// An event is set, made or removed.
    Event(Box<Swap<Event>>),
    /// A mention is set, made or removed.
    Mention(Box<Swap<Mention>>),
    /// The kinds and the tags of articles change.
    Tagset(Box<Swap<Tagset>>),
    /// What is said of an article as a whole changes.
    ArticleTags {
        /// Which article.
        article: ArticleId,
        /// As it was.
        before: ArticleTags,
        /// As it becomes.
        after: ArticleTags,
    },
    /// The guidelines change.
    Guidelines {
        /// As they were.
        before: String,
        /// As they become.
        after: String,
    },
}

impl Change {
    pub(super) fn inverse(self) -> Self {
        match self {
            Self::InsertArticle { index, record } => Self::RemoveArticle { index, record },
            Self::RemoveArticle { index, record } => Self::InsertArticle { index, record },
            Self::MoveArticle { from, to } => Self::MoveArticle { from: to, to: from },
            Self::Metadata { article, before, after } => Self::Metadata { article, before: after, after: before },
            Self::Done { article, before, after } => Self::Done { article, before: after, after: before },
            Self::Entity(swap) => Self::Entity(Box::new(swap.inverse())),
            Self::Event(swap) => Self::Event(Box::new(swap.inverse())),
            Self::Mention(swap) => Self::Mention(Box::new(swap.inverse())),
            Self::Tagset(swap) => Self::Tagset(Box::new(swap.inverse())),
            Self::ArticleTags { article, before, after } => Self::ArticleTags { article, before: after, after: before },
            Self::Guidelines { before, after } => Self::Guidelines { before: after, after: before },
        }
    }
}

/// Whose edit it is; only a person's can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Author {
    /// A person, by mouse, key or command line.
    Person,
    /// A run of the suggestion engine.
    Run,
}

/// One step: everything that one action changes, applied together, undone together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// What was done, for menus and toasts: "Accept 3 mentions".
    pub label: String,
    /// Whose edit.
    pub author: Author,
    /// Who and when.
    pub stamp: Stamp,
    /// The changes, in the order in which they are applied.
    pub changes: Vec<Change>,
}

impl Edit {
    /// The edit that takes this one back.
    pub fn inverse(self) -> Self {
        let changes = self.changes.into_iter().rev().map(Change::inverse).collect();
        Self { changes, ..self }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether it takes away something that a person could miss: a record, or what they had made by hand.
    pub fn removes(&self) -> bool {
        self.changes.iter().any(|change| match change {
            Change::Mention(swap) => {
                swap.after.as_ref().is_none_or(|mention| !mention.is_live() && mention.origin.is_hand())
            }
            Change::Entity(swap) => swap.after.is_none(),
            Change::Event(swap) => swap.after.is_none(),
            _ => false,
        })
    }

    /// The article in which something changed first, if any: where to look after an undo.
    pub fn article(&self) -> Option<ArticleId> {
        self.changes.iter().find_map(|change| match change {
            Change::InsertArticle { record, .. } | Change::RemoveArticle { record, .. } => Some(record.id),
            Change::Metadata { article, .. } | Change::Done { article, .. } | Change::ArticleTags { article, .. } => {
                Some(*article)
            }
            Change::Mention(swap) => swap.after.as_ref().or(swap.before.as_ref()).map(|m| m.article),
            Change::Event(swap) => swap.after.as_ref().or(swap.before.as_ref()).map(|e| e.article),
            Change::MoveArticle { .. } | Change::Entity(_) | Change::Tagset(_) | Change::Guidelines { .. } => None,
        })
    }

    /// The mentions that exist after this edit and were set by it.
    pub fn mentions(&self) -> impl Iterator<Item = &Mention> {
        self.changes.iter().filter_map(|change| match change {
            Change::Mention(swap) => swap.after.as_ref(),
            _ => None,
        })
    }
}

/// Why an edit was not applied; the project is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// An article that is not there.
    #[error("the article {0} is not in the project")]
    NoArticle(ArticleId),
    /// An article that is already there.
    #[error("the article {0} is already in the project")]
    ArticleExists(ArticleId),
    /// A place in the order that does not exist.
    #[error("there is no place {0} in the list of articles")]
    NoPlace(usize),
    /// The range is outside the text, off a character boundary or empty, or the quote is not what stands there.
    #[error("the mention {0} does not fit the text of its article")]
    BadRange(MentionId),
    /// It points at an entity or event that is not there.
    #[error("the mention {0} points at something that is not in the project")]
    DanglingMention(MentionId),
    /// An event whose article or participant is not there.
    #[error("the event {0} names something that is not in the project")]
    DanglingEvent(EventId),
    /// An entity goes that something still points at.
    #[error("the entity {0} is still in use")]
    EntityInUse(EntityId),
    /// An event goes that a mention still points at.
    #[error("the event {0} is still in use")]
    EventInUse(EventId),
    /// An article goes that still has mentions or events.
    #[error("the article {0} still has mentions or events")]
    ArticleInUse(ArticleId),
}
