//! A person's edit taken back or done again on a project that runs of the engine have changed since.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ArticleId, Change, Entity, EntityId, Event, EventId, Kind, KindId, Mention, MentionId, Project, Swap, Target,
};

/// The changes as they can be made now. Where no run came between they stay as they are. Otherwise what a run made in
/// an article that goes goes with it, and so does what it made of a kind that goes, an entity or event that a run has come to use stays, an event that a run removed
/// (one of `removed`) comes back for the mention that needs it, and a run's own suggestion gives way to the mention
/// that stood there.
pub(super) fn fit(project: &Project, mut changes: Vec<Change>, removed: &BTreeMap<EventId, Event>) -> Vec<Change> {
    let mut after = After::new(project, &changes);
    changes.append(&mut after.clear_kinds());
    let mut first = after.clear_articles();
    first.append(&mut after.bring_back_events(removed));
    first.append(&mut after.give_way());
    let events = after.events_in_use();
    after.kept = events.iter().copied().collect();
    let entities = after.entities_in_use();
    let stays = |change: &Change| match change {
        Change::Event(swap) => {
            swap.after.is_none() && swap.before.as_ref().is_some_and(|event| events.contains(&event.id))
        }
        Change::Entity(swap) => {
            swap.after.is_none() && swap.before.as_ref().is_some_and(|entity| entities.contains(&entity.id))
        }
        _ => false,
    };
    first.extend(changes.into_iter().filter(|change| !stays(change)));
    first
}

/// The records as changes leave them, where they differ from the project.
struct After<'p> {
    project: &'p Project,
    articles: Vec<ArticleId>,
    /// Kinds that go.
    kinds: BTreeSet<KindId>,
    entities: BTreeMap<EntityId, Option<Entity>>,
    events: BTreeMap<EventId, Option<Event>>,
    mentions: BTreeMap<MentionId, Option<Mention>>,
    /// Events that the changes remove and that stay all the same.
    kept: Vec<EventId>,
}

impl<'p> After<'p> {
    fn new(project: &'p Project, changes: &[Change]) -> Self {
        let mut after = Self {
            project,
            articles: Vec::new(),
            kinds: BTreeSet::new(),
            entities: BTreeMap::new(),
            events: BTreeMap::new(),
            mentions: BTreeMap::new(),
            kept: Vec::new(),
        };
        for change in changes {
            match change {
                Change::RemoveArticle { record, .. } => after.articles.push(record.id),
                Change::Tagset(swap) => {
                    let left = |kind: &&Kind| swap.after.as_ref().is_none_or(|tagset| tagset.get(&kind.id).is_none());
                    let before = swap.before.iter().flat_map(|tagset| &tagset.kinds);
                    after.kinds.extend(before.filter(left).map(|kind| kind.id.clone()));
                }
                Change::Entity(swap) => note(&mut after.entities, swap, |entity| entity.id),
                Change::Event(swap) => note(&mut after.events, swap, |event| event.id),
                Change::Mention(swap) => note(&mut after.mentions, swap, |mention| mention.id),
                _ => {}
            }
        }
        after
    }

    fn event(&self, id: EventId) -> Option<&Event> {
        self.events.get(&id).map_or_else(|| self.project.event(id), Option::as_ref)
    }

    /// Removes what runs have made of kinds that go: the mentions, and the entities that nothing else points at.
    fn clear_kinds(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.kinds.is_empty() {
            return changes;
        }
        let project = self.project;
        for mention in project.all_mentions().filter(|mention| self.kinds.contains(&mention.kind)) {
            self.mentions.entry(mention.id).or_insert_with(|| {
                changes.push(Change::Mention(Box::new(Swap { before: Some(mention.clone()), after: None })));
                None
            });
        }
        for entity in project.entities().filter(|entity| self.kinds.contains(&entity.kind)) {
            self.entities.entry(entity.id).or_insert_with(|| {
                changes.push(Change::Entity(Box::new(Swap { before: Some(entity.clone()), after: None })));
                None
            });
        }
        changes
    }

    /// Removes what runs have put into articles that go.
    fn clear_articles(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        for article in std::mem::take(&mut self.articles) {
            let mentions = self.project.mentions(article).iter().rev();
            for mention in mentions.filter(|mention| !self.mentions.contains_key(&mention.id)).collect::<Vec<_>>() {
                self.mentions.insert(mention.id, None);
                changes.push(Change::Mention(Box::new(Swap { before: Some(mention.clone()), after: None })));
            }
            let events = self.project.events().filter(|event| event.article == article);
            for event in events.filter(|event| !self.events.contains_key(&event.id)).collect::<Vec<_>>() {
                self.events.insert(event.id, None);
                changes.push(Change::Event(Box::new(Swap { before: Some(event.clone()), after: None })));
            }
        }
        changes
    }

    /// Makes events again that mentions will point at and that runs have removed.
    fn bring_back_events(&mut self, removed: &BTreeMap<EventId, Event>) -> Vec<Change> {
        let targets = self.mentions.values().flatten().filter_map(|mention| match mention.target {
            Some(Target::Event(id)) if self.event(id).is_none() => removed.get(&id).cloned(),
            _ => None,
        });
        let missing: BTreeMap<EventId, Event> = targets.map(|event| (event.id, event)).collect();
        let mut changes = Vec::new();
        for (id, mut event) in missing {
            event.participants.retain(|participant| match self.entities.get(&participant.entity) {
                Some(after) => after.is_some(),
                None => self.project.entity(participant.entity).is_some(),
            });
            self.events.insert(id, Some(event.clone()));
            changes.push(Change::Event(Box::new(Swap { before: None, after: Some(event) })));
        }
        changes
    }

    /// Removes open suggestions of runs where the changes put a mention of the same range and kind.
    fn give_way(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        for mention in self.mentions.values().flatten() {
            let there = self.project.mentions_at(mention.article, mention.range).iter();
            let same = |other: &&Mention| {
                other.kind == mention.kind && other.is_open() && !self.mentions.contains_key(&other.id)
            };
            changes.extend(there.filter(same).map(|other| Swap { before: Some(other.clone()), after: None }));
        }
        let given: BTreeMap<MentionId, Swap<Mention>> =
            changes.into_iter().filter_map(|swap| Some((swap.before.as_ref()?.id, swap))).collect();
        self.mentions.extend(given.keys().map(|id| (*id, None)));
        given.into_values().map(|swap| Change::Mention(Box::new(swap))).collect()
    }

    /// Whether a mention will point at `target`.
    fn is_mentioned(&self, target: Target) -> bool {
        self.mentions.values().flatten().any(|mention| mention.target == Some(target))
            || self.project.mentions_of(target).any(|mention| !self.mentions.contains_key(&mention.id))
    }

    /// Of the events that go, those that mentions will still point at.
    fn events_in_use(&self) -> BTreeSet<EventId> {
        let gone = self.events.iter().filter(|(_, after)| after.is_none()).map(|(id, _)| *id);
        gone.filter(|id| self.is_mentioned(Target::Event(*id))).collect()
    }

    /// Of the entities that go, those that mentions or events will still point at.
    fn entities_in_use(&self) -> BTreeSet<EntityId> {
        let gone: BTreeSet<EntityId> =
            self.entities.iter().filter(|(_, after)| after.is_none()).map(|(id, _)| *id).collect();
        if gone.is_empty() {
            return gone;
        }
        let made = self.events.values().flatten();
        let left = self.project.events().filter(|e| !self.events.contains_key(&e.id) || self.kept.contains(&e.id));
        let mut used: BTreeSet<EntityId> = made.chain(left).flat_map(|e| &e.participants).map(|p| p.entity).collect();
        used.retain(|id| gone.contains(id));
        used.extend(gone.iter().filter(|id| self.is_mentioned(Target::Entity(**id))));
        used
    }
}

fn note<I: Ord, T: Clone>(records: &mut BTreeMap<I, Option<T>>, swap: &Swap<T>, id: impl Fn(&T) -> I) {
    if let Some(record) = swap.after.as_ref().or(swap.before.as_ref()) {
        records.insert(id(record), swap.after.clone());
    }
}
