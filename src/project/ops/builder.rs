//! Collects the changes of one edit over a project, so that later ones see the earlier.

use std::collections::BTreeMap;

use crate::project::{
    ArticleId, Author, Change, Edit, Entity, EntityId, Event, EventId, Mention, MentionId, Project, Proposed, Stamp,
    Swap,
};

/// Collects the changes of one edit over a project, so that later ones see the earlier.
pub struct Builder<'p> {
    pub(super) project: &'p Project,
    author: Author,
    stamp: Stamp,
    articles: Vec<Change>,
    pub(super) entities: BTreeMap<EntityId, Option<Entity>>,
    events: BTreeMap<EventId, Option<Event>>,
    mentions: BTreeMap<MentionId, Option<Mention>>,
    next: crate::project::state::NextIds,
}

impl<'p> Builder<'p> {
    /// An edit by a person.
    pub fn new(project: &'p Project, stamp: Stamp) -> Self {
        Self {
            project,
            author: Author::Person,
            stamp,
            articles: Vec::new(),
            entities: BTreeMap::new(),
            events: BTreeMap::new(),
            mentions: BTreeMap::new(),
            next: project.next,
        }
    }

    /// An edit by a run of the engine.
    pub fn run(project: &'p Project, stamp: Stamp) -> Self {
        Self { author: Author::Run, ..Self::new(project, stamp) }
    }

    /// Who and when.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// The mention as it will be.
    pub fn mention(&self, id: MentionId) -> Option<&Mention> {
        self.mentions.get(&id).map_or_else(|| self.project.mention(id), Option::as_ref)
    }

    /// The entity as it will be.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(&id).map_or_else(|| self.project.entity(id), Option::as_ref)
    }

    /// The event as it will be.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.events.get(&id).map_or_else(|| self.project.event(id), Option::as_ref)
    }

    /// Sets a mention.
    pub fn put_mention(&mut self, mention: Mention) {
        self.mentions.insert(mention.id, Some(mention));
    }

    /// Sets an entity.
    pub fn put_entity(&mut self, entity: Entity) {
        self.entities.insert(entity.id, Some(entity));
    }

    /// Sets an event.
    pub fn put_event(&mut self, event: Event) {
        self.events.insert(event.id, Some(event));
    }

    /// Removes a mention for good.
    pub fn remove_mention(&mut self, id: MentionId) {
        self.mentions.insert(id, None);
    }

    /// Removes an event for good; its mentions must go or point elsewhere.
    pub fn remove_event(&mut self, id: EventId) {
        self.events.insert(id, None);
    }

    /// Removes an entity for good; nothing may point at it.
    pub fn remove_entity(&mut self, id: EntityId) {
        self.entities.insert(id, None);
    }

    /// An id for a new mention.
    pub fn fresh_mention(&mut self) -> MentionId {
        self.next.mention += 1;
        MentionId(self.next.mention - 1)
    }

    /// An id for a new entity.
    pub fn fresh_entity(&mut self) -> EntityId {
        self.next.entity += 1;
        EntityId(self.next.entity - 1)
    }

    /// An id for a new event.
    pub fn fresh_event(&mut self) -> EventId {
        self.next.event += 1;
        EventId(self.next.event - 1)
    }

    /// An id for a new article.
    pub fn fresh_article(&mut self) -> ArticleId {
        self.next.article += 1;
        ArticleId(self.next.article - 1)
    }

    /// A change to the list of articles, made before all others.
    pub fn article_change(&mut self, change: Change) {
        self.articles.push(change);
    }

    /// Changes a mention as a person does: it counts as decided by them.
    pub(super) fn decide(&mut self, id: MentionId, change: impl FnOnce(&mut Mention)) {
        let Some(mut mention) = self.mention(id).cloned() else { return };
        let before = mention.clone();
        change(&mut mention);
        if mention != before {
            let moved = mention.range != before.range || mention.kind != before.kind;
            if moved && !before.origin.is_hand() && mention.proposed.is_none() {
                mention.proposed = Some(Proposed { range: before.range, kind: before.kind.clone() });
            }
            if mention.kind != before.kind {
                // It said how the mention names a thing of the former kind.
                mention.subtype = None;
            }
            mention.decision = Some(self.stamp.clone());
            self.put_mention(mention);
        }
    }

    /// The edit; records that end as they began are left out.
    pub fn finish(self, label: impl Into<String>) -> Edit {
        let project = self.project;
        let mut changes = self.articles;
        let mut removals = Vec::new();
        // Made first what others point at; removed last.
        for (id, after) in self.entities {
            let before = project.entity(id).cloned();
            let list = if after.is_some() { &mut changes } else { &mut removals };
            push(list, before, after, Change::Entity);
        }
        for (id, after) in self.events {
            let before = project.event(id).cloned();
            let list = if after.is_some() { &mut changes } else { &mut removals };
            push(list, before, after, Change::Event);
        }
        // In the order of the text, removals from its end, so that few mentions have to move in their article's list.
        let (mut set, mut gone) = (Vec::new(), Vec::new());
        for (id, after) in self.mentions {
            let Some(order) = after.as_ref().or_else(|| project.mention(id)).map(|m| (m.article, m.order())) else {
                continue;
            };
            if after.is_some() { &mut set } else { &mut gone }.push((order, id, after));
        }
        set.sort_unstable_by_key(|(order, ..)| *order);
        gone.sort_unstable_by_key(|(order, ..)| std::cmp::Reverse(*order));
        for (_, id, after) in set.into_iter().chain(gone) {
            push(&mut changes, project.mention(id).cloned(), after, Change::Mention);
        }
        changes.append(&mut removals);
        Edit { label: label.into(), author: self.author, stamp: self.stamp, changes }
    }
}

fn push<T: PartialEq>(list: &mut Vec<Change>, before: Option<T>, after: Option<T>, wrap: fn(Box<Swap<T>>) -> Change) {
    if before != after {
        list.push(wrap(Box::new(Swap { before, after })));
    }
}
