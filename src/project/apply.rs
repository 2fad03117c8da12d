//! How an edit is applied to a project: whole or not at all, with the indexes kept true.

use std::sync::Arc;

use super::state::{Home, NextIds, Slot};
use super::{
    ApplyError, ArticleId, ArticleRecord, Change, Edit, Entity, EntityId, Event, EventId, LogEntry, Mention, MentionId,
    Project, Stamp, Swap, Target,
};

impl Project {
    /// Notes changes that were just made; by whom and when is the edit's to say where `stamp` does not.
    pub(super) fn note(&mut self, edit: &Edit, stamp: Option<Stamp>, what: String, done: &[Change]) {
        if !done.is_empty() {
            let stamp = stamp.unwrap_or_else(|| edit.stamp.clone());
            self.log.push(LogEntry::new(what, edit.author, stamp, done));
        }
    }

    /// Applies an edit, whole or not at all. What stands in the way of a record's `before` is not looked at: the record
    /// is set to its `after`.
    ///
    /// # Errors
    /// What the edit would break; the project is then as it was.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), ApplyError> {
        let done = self.replace(&edit.changes)?;
        self.note(edit, None, edit.label.clone(), &done);
        Ok(())
    }

    /// Applies changes, whole or not at all, and returns them with each `before` as the project really had it, so that
    /// their inverses lead back to exactly this project.
    pub(super) fn replace(&mut self, changes: &[Change]) -> Result<Vec<Change>, ApplyError> {
        let next = self.next;
        let mut done = Vec::with_capacity(changes.len());
        let mut change_all = || {
            for change in changes {
                done.push(self.change(change)?);
            }
            changes.iter().try_for_each(|change| self.verify(change))
        };
        match change_all() {
            Ok(()) => Ok(done),
            Err(error) => {
                self.take_back(done, next);
                Err(error)
            }
        }
    }

    fn take_back(&mut self, done: Vec<Change>, next: NextIds) {
        for change in done.into_iter().rev() {
            // The inverse of a change that was just applied always applies.
            let undone = self.change(&change.inverse());
            debug_assert!(undone.is_ok(), "{undone:?}");
        }
        self.next = next;
    }

    /// Makes one change and returns it as it was made; nothing has changed where it fails.
    fn change(&mut self, change: &Change) -> Result<Change, ApplyError> {
        Ok(match change {
            Change::InsertArticle { index, record } => {
                self.insert_article(*index, record)?;
                change.clone()
            }
            Change::RemoveArticle { record, .. } => {
                let (index, record) = self.remove_article(record.id)?;
                Change::RemoveArticle { index, record: Box::new(record) }
            }
            Change::MoveArticle { from, to } => {
                if *from >= self.order.len() || *to >= self.order.len() {
                    return Err(ApplyError::NoPlace(*from.max(to)));
                }
                let id = self.order.remove(*from);
                self.order.insert(*to, id);
                change.clone()
            }
            Change::Metadata { article, after, .. } => {
                let slot = self.slot_mut(*article).ok_or(ApplyError::NoArticle(*article))?;
                let before = Box::new(std::mem::replace(&mut slot.record.article.meta, (**after).clone()));
                Change::Metadata { article: *article, before, after: after.clone() }
            }
            Change::Done { article, after, .. } => {
                let slot = self.slot_mut(*article).ok_or(ApplyError::NoArticle(*article))?;
                let before = std::mem::replace(&mut slot.record.done, after.clone());
                Change::Done { article: *article, before, after: after.clone() }
            }
            Change::ArticleTags { article, after, .. } => {
                let slot = self.slot_mut(*article).ok_or(ApplyError::NoArticle(*article))?;
                let before = std::mem::replace(&mut slot.record.tags, after.clone());
                Change::ArticleTags { article: *article, before, after: after.clone() }
            }
            Change::Guidelines { after, .. } => {
                let before = std::mem::replace(&mut self.guidelines, after.as_str().into());
                Change::Guidelines { before: before.to_string(), after: after.clone() }
            }
            Change::Entity(swap) => Change::Entity(made(swap, self.set_entity(swap))),
            Change::Event(swap) => Change::Event(made(swap, self.set_event(swap))),
            Change::Mention(swap) => Change::Mention(made(swap, self.set_mention(swap)?)),
            Change::Tagset(swap) => {
                let after = swap.after.clone().unwrap_or_default();
                Change::Tagset(made(swap, Some(std::mem::replace(&mut self.tagset, after))))
            }
        })
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
        self.slots.insert(record.id, Arc::new(Slot::new(record.clone())));
        Ok(())
    }

    fn remove_article(&mut self, id: ArticleId) -> Result<(usize, ArticleRecord), ApplyError> {
        let index = self.order.iter().position(|other| *other == id).ok_or(ApplyError::NoArticle(id))?;
        if !self.mentions(id).is_empty() || self.events.values().any(|event| event.article == id) {
            return Err(ApplyError::ArticleInUse(id));
        }
        let slot = self.slots.remove(&id).ok_or(ApplyError::NoArticle(id))?;
        self.order.remove(index);
        Ok((index, Arc::unwrap_or_clone(slot).record))
    }

    fn set_entity(&mut self, swap: &Swap<Entity>) -> Option<Entity> {
        let before = match (&swap.before, &swap.after) {
            (_, Some(entity)) => {
                self.next.entity = self.next.entity.max(entity.id.0.saturating_add(1));
                self.entities.insert(entity.id, Arc::new(entity.clone()))
            }
            (Some(entity), None) => self.entities.remove(&entity.id),
            (None, None) => None,
        };
        let before = before.map(Arc::unwrap_or_clone);
        before.iter().for_each(|entity| self.names.remove(entity));
        swap.after.iter().for_each(|entity| self.names.add(entity));
        before
    }

    fn set_event(&mut self, swap: &Swap<Event>) -> Option<Event> {
        let before = match (&swap.before, &swap.after) {
            (_, Some(event)) => {
                self.next.event = self.next.event.max(event.id.0.saturating_add(1));
                self.events.insert(event.id, Arc::new(event.clone()))
            }
            (Some(event), None) => self.events.remove(&event.id),
            (None, None) => None,
        };
        before.map(Arc::unwrap_or_clone)
    }

    fn set_mention(&mut self, swap: &Swap<Mention>) -> Result<Option<Mention>, ApplyError> {
        match (&swap.before, &swap.after) {
            (_, Some(mention)) => self.put_mention(mention),
            (Some(mention), None) => Ok(self.remove_mention(mention.id)),
            (None, None) => Ok(None),
        }
    }

    fn put_mention(&mut self, mention: &Mention) -> Result<Option<Mention>, ApplyError> {
        if !self.slots.contains_key(&mention.article) {
            return Err(ApplyError::NoArticle(mention.article));
        }
        self.next.mention = self.next.mention.max(mention.id.0.saturating_add(1));
        let home = Home::of(mention);
        // Most changes leave a mention where it stands: no other mention has to move for them.
        if self.homes.get(&mention.id) == Some(&home)
            && let Some(place) = self.place(mention.id)
            && let Some(slot) = self.slot_mut(mention.article)
            && let Some(present) = slot.mentions.get_mut(place)
        {
            let before = std::mem::replace(present, mention.clone());
            slot.progress.remove(&before);
            slot.progress.add(mention);
            self.uncount(&before);
            self.count(mention);
            if before.target != mention.target {
                self.unlink(&before);
                self.link(mention);
            }
            return Ok(Some(before));
        }
        let before = self.remove_mention(mention.id);
        if let Some(slot) = self.slot_mut(mention.article) {
            let at = slot.mentions.partition_point(|other| other.order() < mention.order());
            slot.mentions.insert(at, mention.clone());
            slot.progress.add(mention);
        }
        self.homes.insert(mention.id, home);
        self.count(mention);
        self.link(mention);
        Ok(before)
    }

    fn remove_mention(&mut self, id: MentionId) -> Option<Mention> {
        let place = self.place(id)?;
        let home = self.homes.remove(&id)?;
        let slot = self.slot_mut(home.article)?;
        let mention = slot.mentions.remove(place);
        slot.progress.remove(&mention);
        self.uncount(&mention);
        self.unlink(&mention);
        Some(mention)
    }

    /// Counts a mention among the live ones of its target.
    pub(super) fn count(&mut self, mention: &Mention) {
        if let Some(target) = mention.target.filter(|_| mention.is_live()) {
            *self.counts.entry(target).or_default() += 1;
        }
    }

    fn uncount(&mut self, mention: &Mention) {
        if let Some(target) = mention.target.filter(|_| mention.is_live())
            && let Some(count) = self.counts.get_mut(&target)
        {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.counts.remove(&target);
            }
        }
    }

    /// Notes what a mention points at.
    pub(super) fn link(&mut self, mention: &Mention) {
        if let Some(target) = mention.target {
            self.uses.entry(target).or_default().insert(mention.id);
        }
    }

    fn unlink(&mut self, mention: &Mention) {
        if let Some(target) = mention.target
            && let Some(users) = self.uses.get_mut(&target)
        {
            users.remove(&mention.id);
            if users.is_empty() {
                self.uses.remove(&target);
            }
        }
    }

    /// Whether what a change left behind holds together. A later change of the same edit may have removed or made
    /// again what this one set or removed.
    fn verify(&self, change: &Change) -> Result<(), ApplyError> {
        match change {
            Change::Mention(swap) => {
                let mention = swap.after.as_ref().and_then(|mention| self.mention(mention.id));
                mention.map_or(Ok(()), |mention| self.check_mention(mention))
            }
            Change::Event(swap) => {
                let ids = [&swap.before, &swap.after].into_iter().flatten().map(|event| event.id);
                ids.into_iter().try_for_each(|id| self.verify_event(id))
            }
            Change::Entity(swap) => match &swap.before {
                Some(entity) if self.dangles(entity.id) => Err(ApplyError::EntityInUse(entity.id)),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
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
        let mut users = self.uses.get(&Target::Event(id)).into_iter().flatten();
        match self.events.get(&id) {
            Some(event) => {
                self.check_event(event)?;
                let elsewhere = users.find(|user| self.homes.get(*user).is_none_or(|h| h.article != event.article));
                elsewhere.map_or(Ok(()), |user| Err(ApplyError::DanglingMention(*user)))
            }
            None => users.next().map_or(Ok(()), |_| Err(ApplyError::EventInUse(id))),
        }
    }

    /// Whether an event's article and participants are there.
    pub(super) fn check_event(&self, event: &Event) -> Result<(), ApplyError> {
        let whole = self.slots.contains_key(&event.article)
            && event.participants.iter().all(|participant| self.entities.contains_key(&participant.entity));
        if whole { Ok(()) } else { Err(ApplyError::DanglingEvent(event.id)) }
    }

    /// Whether an entity is gone that something still points at.
    fn dangles(&self, entity: EntityId) -> bool {
        !self.entities.contains_key(&entity)
            && (self.uses.contains_key(&Target::Entity(entity))
                || self.events.values().any(|event| event.participants.iter().any(|p| p.entity == entity)))
    }
}

/// A swap as it was made: with the record that was really there before.
fn made<T: Clone>(swap: &Swap<T>, before: Option<T>) -> Box<Swap<T>> {
    Box::new(Swap { before, after: swap.after.clone() })
}
