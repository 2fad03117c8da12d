//! An article as it was before a step of the log, and the edit that makes it so again.

use std::collections::BTreeMap;

use super::LogEntry;
use crate::project::{
    ArticleId, ArticleRecord, Author, Change, Edit, Entity, EntityId, Event, EventId, MAX_ID, Mention, MentionId,
    Project, Stamp, Swap, Target,
};

/// An article at some time.
#[derive(Clone)]
struct Then {
    article: ArticleId,
    record: Option<ArticleRecord>,
    mentions: BTreeMap<MentionId, Mention>,
    events: BTreeMap<EventId, Event>,
    /// Entities as they were; needed where they are gone now.
    entities: BTreeMap<EntityId, Entity>,
}

/// The edit that makes an article what it was just before the entry `from` of the log: its mentions, events, details.
/// People and countries that are gone come back where the article names them; those that are there stay as they are, for
/// other articles name them too. Before it came in, an article was nothing: it is put back to how it came in.
pub(in crate::project) fn put_back(project: &Project, article: ArticleId, from: u32, stamp: Stamp) -> Edit {
    let mut then = Then::now(project, article);
    let mut came_in = None;
    for entry in project.log().iter().rev().take_while(|entry| entry.id >= from) {
        if entry.articles_made.contains(article.0) {
            // It may have come back by an undo: then it was there before as well.
            came_in = Some(then.clone());
            then.record = None;
        }
        then.back(entry);
    }
    if then.record.is_none() {
        then = came_in.unwrap_or(then);
    }
    then.hold_together(project);
    let title = then.record.as_ref().map_or("an article", |record| &record.article.meta.title);
    let label = format!("Put back “{title}”");
    Edit { label, author: Author::Person, stamp, changes: then.changes(project) }
}

impl Then {
    fn now(project: &Project, article: ArticleId) -> Self {
        Self {
            article,
            record: project.article(article).cloned(),
            mentions: project.mentions(article).iter().map(|mention| (mention.id, mention.clone())).collect(),
            events: events_of(project, article).map(|event| (event.id, event.clone())).collect(),
            entities: BTreeMap::new(),
        }
    }

    /// One step back.
    fn back(&mut self, entry: &LogEntry) {
        // People and countries may be made again that an article of before names.
        self.entities.extend(entry.entities.iter().map(|entity| (entity.id, entity.clone())));
        if !entry.articles.contains(self.article.0) {
            return;
        }
        let article = self.article;
        self.mentions.retain(|id, _| !entry.made.contains(id.0));
        for was in &entry.changed {
            let changed = self.mentions.iter_mut().filter(|(id, _)| was.mentions.contains(id.0));
            changed.for_each(|(_, mention)| was.restore(mention));
        }
        let removed = entry.removed.iter().filter(|mention| mention.article == article);
        self.mentions.extend(removed.map(|mention| (mention.id, mention.clone())));
        self.events.retain(|id, _| !entry.events_made.contains(id.0));
        let events = entry.events.iter().filter(|event| event.article == article);
        self.events.extend(events.map(|event| (event.id, event.clone())));
        if let Some(record) = entry.articles_removed.iter().find(|record| record.id == article) {
            self.record = Some(record.clone());
        }
        if let Some(record) = &mut self.record {
            let details = entry.details.iter().find(|(id, _)| *id == article);
            details.into_iter().for_each(|(_, details)| record.article.meta = details.clone());
            let tags = entry.tags.iter().find(|(id, _)| *id == article);
            tags.into_iter().for_each(|(_, tags)| record.tags.clone_from(tags));
            let done = entry.done.iter().find(|(id, _)| *id == article);
            done.into_iter().for_each(|(_, done)| record.done.clone_from(done));
        }
    }

    /// Takes out what would point at nothing.
    fn hold_together(&mut self, project: &Project) {
        let Self { record, mentions, events, entities, .. } = self;
        let known = |id: EntityId| project.entity(id).is_some() || entities.contains_key(&id);
        for event in events.values_mut() {
            event.participants.retain(|participant| known(participant.entity));
        }
        for mention in mentions.values_mut() {
            mention.target = mention.target.filter(|target| match target {
                Target::Entity(id) => known(*id),
                Target::Event(id) => events.contains_key(id),
            });
        }
        let text = record.as_ref().map(|record| &record.article.text);
        mentions.retain(|id, m| id.0 <= MAX_ID && text.and_then(|text| text.slice(m.range)) == Some(m.quote.as_str()));
    }

    fn changes(self, project: &Project) -> Vec<Change> {
        let Some(record) = self.record else { return Vec::new() };
        let mut changes = Vec::new();
        let named = self.mentions.values().filter_map(|mention| match mention.target {
            Some(Target::Entity(id)) => Some(id),
            _ => None,
        });
        let participants = self.events.values().flat_map(|event| &event.participants).map(|p| p.entity);
        let mut gone: Vec<EntityId> = named.chain(participants).filter(|id| project.entity(*id).is_none()).collect();
        gone.sort_unstable();
        gone.dedup();
        let gone = gone.iter().filter_map(|id| self.entities.get(id));
        changes.extend(gone.map(|entity| Change::Entity(Box::new(Swap { before: None, after: Some(entity.clone()) }))));
        match project.article(self.article) {
            None => {
                let index = project.article_count();
                changes.push(Change::InsertArticle { index, record: Box::new(record) });
            }
            Some(now) => {
                if now.article.meta != record.article.meta {
                    let (before, after) = (now.article.meta.clone(), record.article.meta);
                    let (before, after) = (Box::new(before), Box::new(after));
                    changes.push(Change::Metadata { article: self.article, before, after });
                }
                if now.tags != record.tags {
                    let (before, after) = (now.tags.clone(), record.tags);
                    changes.push(Change::ArticleTags { article: self.article, before, after });
                }
                if now.done != record.done {
                    let before = now.done.clone();
                    changes.push(Change::Done { article: self.article, before, after: record.done });
                }
            }
        }
        let now = Self::now(project, self.article);
        changes.extend(swaps(now.events, self.events).map(|swap| Change::Event(Box::new(swap))));
        changes.extend(swaps(now.mentions, self.mentions).map(|swap| Change::Mention(Box::new(swap))));
        changes
    }
}

/// What leads from some records to others: first what goes, so that nothing is in the way of what comes.
fn swaps<K: Ord, T: PartialEq>(now: BTreeMap<K, T>, then: BTreeMap<K, T>) -> impl Iterator<Item = Swap<T>> {
    let mut then = then;
    let mut swaps = Vec::new();
    for (id, before) in now {
        let after = then.remove(&id);
        if after.as_ref() != Some(&before) {
            swaps.push(Swap { before: Some(before), after });
        }
    }
    swaps.extend(then.into_values().map(|after| Swap { before: None, after: Some(after) }));
    swaps.into_iter()
}

fn events_of(project: &Project, article: ArticleId) -> impl Iterator<Item = &Event> {
    project.events().filter(move |event| event.article == article)
}
