//! `Edit`: a change to a project as a value, with its inverse; and how it is applied, whole or not at all.

use serde::{Deserialize, Serialize};

use super::state::{NextIds, Slot};
use super::{
    ArticleId, ArticleRecord, Entity, EntityId, Event, EventId, Mention, MentionId, Project, Stamp, Tagset, Target,
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
    /// An entity is set, made or removed.
    Entity(Box<Swap<Entity>>),
    /// An event is set, made or removed.
    Event(Box<Swap<Event>>),
    /// A mention is set, made or removed.
    Mention(Box<Swap<Mention>>),
    /// The kinds change.
    Tagset(Box<Swap<Tagset>>),
}

impl Change {
    fn inverse(self) -> Self {
        match self {
            Self::InsertArticle { index, record } => Self::RemoveArticle { index, record },
            Self::RemoveArticle { index, record } => Self::InsertArticle { index, record },
            Self::MoveArticle { from, to } => Self::MoveArticle { from: to, to: from },
            Self::Metadata { article, before, after } => Self::Metadata { article, before: after, after: before },
            Self::Entity(swap) => Self::Entity(Box::new(swap.inverse())),
            Self::Event(swap) => Self::Event(Box::new(swap.inverse())),
            Self::Mention(swap) => Self::Mention(Box::new(swap.inverse())),
            Self::Tagset(swap) => Self::Tagset(Box::new(swap.inverse())),
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

    /// The article in which something changed first, if any: where to look after an undo.
    pub fn article(&self) -> Option<ArticleId> {
        self.changes.iter().find_map(|change| match change {
            Change::InsertArticle { record, .. } | Change::RemoveArticle { record, .. } => Some(record.id),
            Change::Metadata { article, .. } => Some(*article),
            Change::Mention(swap) => swap.after.as_ref().or(swap.before.as_ref()).map(|m| m.article),
            Change::Event(swap) => swap.after.as_ref().or(swap.before.as_ref()).map(|e| e.article),
            Change::MoveArticle { .. } | Change::Entity(_) | Change::Tagset(_) => None,
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

impl Project {
    /// Applies an edit, whole or not at all.
    ///
    /// # Errors
    /// What the edit would break; the project is then as it was.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), ApplyError> {
        let next = self.next;
        for (done, change) in edit.changes.iter().enumerate() {
            if let Err(error) = self.change(change) {
                self.take_back(edit.changes.iter().take(done), next);
                return Err(error);
            }
        }
        if let Err(error) = edit.changes.iter().try_for_each(|change| self.verify(change)) {
            self.take_back(edit.changes.iter(), next);
            return Err(error);
        }
        Ok(())
    }

    fn take_back<'c>(&mut self, changes: impl DoubleEndedIterator<Item = &'c Change>, next: NextIds) {
        for change in changes.rev() {
            // The inverse of a change that was just applied always applies.
            let undone = self.change(&change.clone().inverse());
            debug_assert_eq!(undone, Ok(()));
        }
        self.next = next;
    }

    fn change(&mut self, change: &Change) -> Result<(), ApplyError> {
        match change {
            Change::InsertArticle { index, record } => self.insert_article(*index, record)?,
            Change::RemoveArticle { record, .. } => self.remove_article(record.id)?,
            Change::MoveArticle { from, to } => {
                if *from >= self.order.len() || *to >= self.order.len() {
                    return Err(ApplyError::NoPlace(*from.max(to)));
                }
                let id = self.order.remove(*from);
                self.order.insert(*to, id);
            }
            Change::Metadata { article, after, .. } => {
                let slot = self.slots.get_mut(article).ok_or(ApplyError::NoArticle(*article))?;
                slot.record.article.meta = (**after).clone();
            }
            Change::Entity(swap) => match (&swap.before, &swap.after) {
                (_, Some(entity)) => {
                    self.next.entity = self.next.entity.max(entity.id.0.saturating_add(1));
                    self.entities.insert(entity.id, entity.clone());
                }
                (Some(entity), None) => drop(self.entities.remove(&entity.id)),
                (None, None) => {}
            },
            Change::Event(swap) => match (&swap.before, &swap.after) {
                (_, Some(event)) => {
                    self.next.event = self.next.event.max(event.id.0.saturating_add(1));
                    self.events.insert(event.id, event.clone());
                }
                (Some(event), None) => drop(self.events.remove(&event.id)),
                (None, None) => {}
            },
            Change::Mention(swap) => match (&swap.before, &swap.after) {
                (_, Some(mention)) => self.put_mention(mention)?,
                (Some(mention), None) => self.remove_mention(mention.id),
                (None, None) => {}
            },
            Change::Tagset(swap) => self.tagset = swap.after.clone().unwrap_or_default(),
        }
        Ok(())
    }

    fn insert_article(&mut self, index: usize, record: &ArticleRecord) -> Result<(), ApplyError> {
        if self.slots.contains_key(&record.id) {
            return Err(ApplyError::ArticleExists(record.id));
        }
        if index > self.order.len() {
            return Err(ApplyError::NoPlace(index));
        }
        self.next.article = self.next.article.max(record.id.0.saturating_add(1));
        self.order.insert(index, record.id);
        self.slots.insert(record.id, Slot { record: record.clone(), mentions: Vec::new() });
        Ok(())
    }

    fn remove_article(&mut self, id: ArticleId) -> Result<(), ApplyError> {
        let slot = self.slots.get(&id).ok_or(ApplyError::NoArticle(id))?;
        if !slot.mentions.is_empty() || self.events.values().any(|event| event.article == id) {
            return Err(ApplyError::ArticleInUse(id));
        }
        self.slots.remove(&id);
        self.order.retain(|other| *other != id);
        Ok(())
    }

    fn put_mention(&mut self, mention: &Mention) -> Result<(), ApplyError> {
        self.remove_mention(mention.id);
        let slot = self.slots.get_mut(&mention.article).ok_or(ApplyError::NoArticle(mention.article))?;
        let at = slot.mentions.partition_point(|other| other.order() < mention.order());
        slot.mentions.insert(at, mention.clone());
        self.homes.insert(mention.id, mention.article);
        if let Some(target) = mention.target {
            self.uses.entry(target).or_default().insert(mention.id);
        }
        self.next.mention = self.next.mention.max(mention.id.0.saturating_add(1));
        Ok(())
    }

    fn remove_mention(&mut self, id: MentionId) {
        let Some(slot) = self.homes.remove(&id).and_then(|article| self.slots.get_mut(&article)) else { return };
        let Some(at) = slot.mentions.iter().position(|mention| mention.id == id) else { return };
        let mention = slot.mentions.remove(at);
        if let Some(target) = mention.target
            && let Some(users) = self.uses.get_mut(&target)
        {
            users.remove(&id);
            if users.is_empty() {
                self.uses.remove(&target);
            }
        }
    }

    /// Whether what a change left behind holds together.
    fn verify(&self, change: &Change) -> Result<(), ApplyError> {
        match change {
            Change::Mention(swap) => swap.after.as_ref().map_or(Ok(()), |mention| self.verify_mention(mention.id)),
            Change::Event(swap) => match (&swap.before, &swap.after) {
                (_, Some(event)) => self.verify_event(event.id),
                (Some(event), None) if self.uses.contains_key(&Target::Event(event.id)) => {
                    Err(ApplyError::EventInUse(event.id))
                }
                _ => Ok(()),
            },
            Change::Entity(swap) => match (&swap.before, &swap.after) {
                (Some(entity), None) if self.is_used(entity.id) => Err(ApplyError::EntityInUse(entity.id)),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn verify_mention(&self, id: MentionId) -> Result<(), ApplyError> {
        // A later change of the same edit may have removed it again.
        self.mention(id).map_or(Ok(()), |mention| self.check_mention(mention))
    }

    /// Whether a mention fits its text and points at something that is there.
    pub(super) fn check_mention(&self, mention: &Mention) -> Result<(), ApplyError> {
        let id = mention.id;
        let covered = self.article(mention.article).and_then(|record| record.article.text.slice(mention.range));
        if mention.range.is_empty() || covered != Some(mention.quote.as_str()) {
            return Err(ApplyError::BadRange(id));
        }
        let found = match mention.target {
            None => true,
            Some(Target::Entity(entity)) => self.entities.contains_key(&entity),
            Some(Target::Event(event)) => self.events.get(&event).is_some_and(|e| e.article == mention.article),
        };
        if found { Ok(()) } else { Err(ApplyError::DanglingMention(id)) }
    }

    fn verify_event(&self, id: EventId) -> Result<(), ApplyError> {
        self.events.get(&id).map_or(Ok(()), |event| self.check_event(event))
    }

    /// Whether an event's article and participants are there.
    pub(super) fn check_event(&self, event: &Event) -> Result<(), ApplyError> {
        let whole = self.slots.contains_key(&event.article)
            && event.participants.iter().all(|participant| self.entities.contains_key(&participant.entity));
        if whole { Ok(()) } else { Err(ApplyError::DanglingEvent(event.id)) }
    }

    fn is_used(&self, entity: EntityId) -> bool {
        !self.entities.contains_key(&entity)
            && (self.uses.contains_key(&Target::Entity(entity))
                || self.events.values().any(|event| event.participants.iter().any(|p| p.entity == entity)))
    }
}
