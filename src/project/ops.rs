//! What a person can do, each as a function from the project as it is to the [`Edit`] that does it.
//!
//! Nothing here changes a project. An operation that finds nothing to do gives an edit without changes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use smol_str::SmolStr;
use text_size::TextRange;

use super::{
    ArticleId, ArticleRecord, Author, Change, CountryCode, Edit, Entity, EntityId, Event, EventId, EventType, Kind,
    KindId, Mention, MentionId, Modality, Origin, Polarity, Project, Proposed, Schema, Stamp, Status, Swap, Target,
};
use crate::text::{Article, Metadata};

/// Collects the changes of one edit over a project, so that later ones see the earlier.
pub struct Builder<'p> {
    project: &'p Project,
    author: Author,
    stamp: Stamp,
    articles: Vec<Change>,
    entities: BTreeMap<EntityId, Option<Entity>>,
    events: BTreeMap<EventId, Option<Event>>,
    mentions: BTreeMap<MentionId, Option<Mention>>,
    next: super::state::NextIds,
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
    fn decide(&mut self, id: MentionId, change: impl FnOnce(&mut Mention)) {
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

/// "1 mention", "3 mentions".
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

fn mentions_label(verb: &str, ids: &[MentionId]) -> String {
    format!("{verb} {}", count(ids.len(), "mention", "mentions"))
}

/// Accepts mentions. No run changes the events that they point at from then on.
pub fn accept(project: &Project, ids: &[MentionId], stamp: Stamp) -> Edit {
    set_status(project, ids, Status::Accepted, stamp).finish(mentions_label("Accept", ids))
}

/// Rejects mentions: they leave the text, stay listed, and are not proposed again.
pub fn reject(project: &Project, ids: &[MentionId], stamp: Stamp) -> Edit {
    set_status(project, ids, Status::Rejected, stamp).finish(mentions_label("Reject", ids))
}

/// Brings rejected mentions back: as suggestions again, or as tags where a person had made or changed them.
pub fn restore(project: &Project, ids: &[MentionId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        let Some(mut mention) = project.mention(*id).filter(|m| m.status == Status::Rejected).cloned() else {
            continue;
        };
        if mention.origin.is_hand() || mention.proposed.is_some() || !mention.note.is_empty() {
            edit.decide(*id, |mention| mention.status = Status::Accepted);
        } else {
            mention.status = Status::Suggested;
            mention.decision = None;
            edit.put_mention(mention);
        }
    }
    edit.finish(mentions_label("Bring back", ids))
}

fn set_status<'p>(project: &'p Project, ids: &[MentionId], status: Status, stamp: Stamp) -> Builder<'p> {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        edit.decide(*id, |mention| mention.status = status);
    }
    edit
}

/// Deletes mentions: what a person made goes for good, what a source proposed is rejected, so that it stays away.
pub fn delete(project: &Project, ids: &[MentionId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        match project.mention(*id) {
            Some(mention) if mention.origin.is_hand() => edit.remove_mention(*id),
            Some(_) => edit.decide(*id, |mention| mention.status = Status::Rejected),
            None => {}
        }
    }
    let orphans: BTreeSet<EventId> = project.orphaned_events(ids);
    for event in orphans {
        edit.remove_event(event);
    }
    edit.finish(mentions_label("Delete", ids))
}

/// Moves a mention's ends; it counts as accepted. An empty or unfit range changes nothing.
pub fn set_range(project: &Project, id: MentionId, range: TextRange, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let quote = project.mention(id).and_then(|mention| project.slice(mention.article, range));
    if let Some(quote) = quote.filter(|quote| !quote.is_empty()) {
        edit.decide(id, |mention| {
            if mention.range != range {
                mention.range = range;
                mention.quote = SmolStr::new(quote);
                mention.status = Status::Accepted;
            }
        });
    }
    edit.finish("Change boundaries")
}

/// What is known of a name: the entity's full name, and the country it is or belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// "China" for "Chinese"; the words themselves where nothing is known.
    pub name: String,
    /// The country, for a country.
    pub country: Option<CountryCode>,
}

/// Looks up what is known of words that are tagged with a kind; this room has no knowledge of its own.
pub type LookUp<'a> = &'a dyn Fn(&KindId, &str) -> Known;

/// The look-up that knows nothing: a name is its words.
pub fn unknown(_kind: &KindId, words: &str) -> Known {
    Known { name: words.to_owned(), country: None }
}

/// Changes the kind of mentions; each gets an entity or event of the new kind and counts as accepted.
pub fn set_kind(project: &Project, ids: &[MentionId], kind: &KindId, look_up: LookUp<'_>, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        let Some(mention) = project.mention(*id).filter(|mention| mention.kind != *kind) else { continue };
        let target = new_target(&mut edit, mention.article, kind, &look_up(kind, &mention.quote));
        edit.decide(*id, |mention| {
            mention.kind = kind.clone();
            mention.target = Some(target);
            mention.status = Status::Accepted;
        });
    }
    let name = project.tagset().get(kind).map_or(kind.as_str(), |kind: &Kind| &kind.name).to_lowercase();
    edit.finish(format!("Change {} to {name}", count(ids.len(), "mention", "mentions")))
}

/// The entity of this kind that goes by this name already, or that the same words name in the article; else a new
/// one. For events always a new one.
fn new_target(edit: &mut Builder<'_>, article: ArticleId, kind: &KindId, known: &Known) -> Target {
    let same_words = edit.project.find_entity(kind, article, &known.name);
    named_target(edit, article, kind, known, same_words)
}

/// The entity of this kind that bears this very name, or that `present` says, or a new one.
fn named_target(
    edit: &mut Builder<'_>,
    article: ArticleId,
    kind: &KindId,
    known: &Known,
    present: Option<EntityId>,
) -> Target {
    let name = known.name.as_str();
    let hand = Origin::hand();
    let decision = Some(edit.stamp.clone());
    if edit.project.tagset().schema(kind) == Schema::Event {
        let id = edit.fresh_event();
        edit.put_event(Event {
            id,
            article,
            name: name.to_owned(),
            kind: EventType::Happening(None),
            mode: None,
            contexts: Vec::new(),
            date: None,
            place: None,
            participants: Vec::new(),
            polarity: Polarity::default(),
            modality: Modality::default(),
            wikidata: String::new(),
            origin: hand,
            decision,
            note: String::new(),
        });
        return Target::Event(id);
    }
    let same_country = |entity: &&Entity| {
        entity.kind == *kind && known.country.is_some() && *kind == KindId::COUNTRY && entity.country == known.country
    };
    let country = edit.project.entities().find(same_country).map(|entity| entity.id);
    let present = country.or(present).or_else(|| {
        let mut made = edit.entities.values().flatten();
        made.find(|entity| entity.kind == *kind && entity.name == name).map(|entity| entity.id)
    });
    Target::Entity(present.unwrap_or_else(|| {
        let id = edit.fresh_entity();
        edit.put_entity(Entity {
            id,
            kind: kind.clone(),
            name: name.to_owned(),
            aliases: Vec::new(),
            country: known.country,
            role: String::new(),
            wikidata: String::new(),
            origin: hand,
            decision,
            note: String::new(),
        });
        id
    }))
}

/// Tags ranges of an article with a kind, by hand. A range that carries a live tag of this kind already is accepted
/// instead, a rejected one is brought back; all ranges with the same words share an entity, or an event.
pub fn tag(
    project: &Project,
    article: ArticleId,
    ranges: &[TextRange],
    kind: &KindId,
    look_up: LookUp<'_>,
    stamp: Stamp,
) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let ranges: BTreeSet<(u32, u32)> = ranges.iter().map(|range| (range.start().into(), range.end().into())).collect();
    let ranges = ranges.into_iter().map(|(start, end)| TextRange::new(start.into(), end.into()));
    let present = |range| project.mentions_at(article, range).iter().find(|mention| mention.kind == *kind);
    let mut new = Vec::new();
    let mut targets: HashMap<&str, Target> = HashMap::new();
    let mut tagged = 0;
    for range in ranges {
        let Some(quote) = project.slice(article, range).filter(|quote| !quote.trim().is_empty()) else { continue };
        tagged += 1;
        match present(range) {
            Some(present) => {
                edit.decide(present.id, |mention| mention.status = Status::Accepted);
                if let Some(target) = present.target {
                    targets.entry(quote).or_insert(target);
                }
            }
            None => new.push((range, quote)),
        }
    }
    for (range, quote) in new {
        let target = match targets.get(quote) {
            Some(target) => *target,
            None => new_target(&mut edit, article, kind, &look_up(kind, quote)),
        };
        targets.insert(quote, target);
        let id = edit.fresh_mention();
        let decision = Some(edit.stamp.clone());
        edit.put_mention(Mention {
            id,
            article,
            range,
            quote: SmolStr::new(quote),
            kind: kind.clone(),
            target: Some(target),
            subtype: None,
            status: Status::Accepted,
            origin: Origin::hand(),
            proposed: None,
            decision,
            note: String::new(),
        });
    }
    let name = project.tagset().get(kind).map_or(kind.as_str(), |kind| &kind.name).to_lowercase();
    edit.finish(if tagged == 1 { format!("Tag as {name}") } else { format!("Tag {tagged} as {name}") })
}

/// Points mentions at an entity; they take its kind and count as accepted.
pub fn assign(project: &Project, ids: &[MentionId], entity: EntityId, stamp: Stamp) -> Edit {
    let Some(entity) = project.entity(entity) else { return Builder::new(project, stamp).finish("Assign") };
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        edit.decide(*id, |mention| {
            mention.kind = entity.kind.clone();
            mention.target = Some(Target::Entity(entity.id));
            mention.status = Status::Accepted;
        });
    }
    edit.finish(format!("Assign {} to {}", count(ids.len(), "mention", "mentions"), entity.name))
}

/// Points mentions at a new entity of their kind (or at the one that goes by the name) and accepts them.
pub fn assign_new(project: &Project, ids: &[MentionId], known: &Known, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        let Some(mention) = project.mention(*id) else { continue };
        if project.tagset().schema(&mention.kind) == Schema::Event {
            continue;
        }
        // The person says that it is another: only an entity of this very name will do.
        let used = |entity: &&Entity| project.mentions_of(Target::Entity(entity.id)).any(Mention::is_live);
        let mut namesakes = project.entities().filter(|e| e.kind == mention.kind && e.name == known.name);
        let namesake = namesakes.find(used).map(|entity| entity.id);
        let target = named_target(&mut edit, mention.article, &mention.kind, known, namesake);
        edit.decide(*id, |mention| {
            mention.target = Some(target);
            mention.status = Status::Accepted;
        });
    }
    edit.finish(format!("Assign {} to {}", count(ids.len(), "mention", "mentions"), known.name))
}

/// Points mentions at an event of their article and accepts them; they become events where their kind is none. Events
/// that lose their last mention stay unseen.
pub fn join_event(project: &Project, ids: &[MentionId], event: EventId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let Some(event) = project.event(event) else { return edit.finish("Join event") };
    for id in ids.iter().filter(|id| project.mention(**id).is_some_and(|m| m.article == event.article)) {
        edit.decide(*id, |mention| {
            if project.tagset().schema(&mention.kind) != Schema::Event {
                mention.kind = KindId::EVENT;
            }
            mention.target = Some(Target::Event(event.id));
            mention.status = Status::Accepted;
        });
    }
    edit.finish(format!("Join {} to {}", count(ids.len(), "mention", "mentions"), event.name))
}

/// Sets the note of a mention.
pub fn set_note(project: &Project, id: MentionId, note: &str, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    edit.decide(id, |mention| {
        mention.note = note.to_owned();
        if mention.status == Status::Suggested {
            mention.status = Status::Accepted;
        }
    });
    edit.finish("Edit note")
}

/// Sets an entity as a person edited it. The old name stays as an alias, so that runs still find it.
pub fn set_entity(project: &Project, mut entity: Entity, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let mut label = format!("Edit {}", entity.name);
    if let Some(before) = project.entity(entity.id) {
        if before.name != entity.name {
            label = format!("Rename {} to {}", before.name, entity.name);
            entity.aliases.retain(|alias| *alias != entity.name);
            if !entity.aliases.contains(&before.name) {
                entity.aliases.push(before.name.clone());
            }
        }
        if *before != entity {
            entity.decision = Some(edit.stamp.clone());
            edit.put_entity(entity);
        }
    }
    edit.finish(label)
}

/// Sets an event as a person edited it.
pub fn set_event(project: &Project, mut event: Event, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let label = format!("Edit {}", event.name);
    if project.event(event.id).is_some_and(|before| *before != event) {
        event.decision = Some(edit.stamp.clone());
        edit.put_event(event);
    }
    edit.finish(label)
}

/// Merges entity `from` into `into`: its mentions and parts in events move, its names become aliases, it goes.
pub fn merge(project: &Project, from: EntityId, into: EntityId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let (Some(gone), Some(mut kept)) = (project.entity(from), project.entity(into).cloned()) else {
        return edit.finish("Merge");
    };
    if from == into {
        return edit.finish("Merge");
    }
    let label = format!("Merge {} into {}", gone.name, kept.name);
    for name in std::iter::once(&gone.name).chain(&gone.aliases) {
        if *name != kept.name && !kept.aliases.contains(name) {
            kept.aliases.push(name.clone());
        }
    }
    kept.country = kept.country.or(gone.country);
    if kept.role.is_empty() {
        kept.role.clone_from(&gone.role);
    }
    if kept.wikidata.is_empty() {
        kept.wikidata.clone_from(&gone.wikidata);
    }
    if kept.note.is_empty() {
        kept.note.clone_from(&gone.note);
    }
    kept.decision = Some(edit.stamp.clone());
    for mention in project.mentions_of(Target::Entity(from)) {
        if mention.kind == kept.kind {
            edit.put_mention(Mention { target: Some(Target::Entity(into)), ..mention.clone() });
        } else {
            // Another kind than proposed: a person's decision, which no run takes back.
            edit.decide(mention.id, |mention| {
                mention.kind = kept.kind.clone();
                mention.target = Some(Target::Entity(into));
                if mention.status == Status::Suggested {
                    mention.status = Status::Accepted;
                }
            });
        }
    }
    for event in project.events().filter(|event| event.participants.iter().any(|p| p.entity == from)) {
        let mut event = event.clone();
        for participant in event.participants.iter_mut().filter(|p| p.entity == from) {
            participant.entity = into;
        }
        let mut seen = BTreeSet::new();
        event.participants.retain(|p| seen.insert((p.role, p.entity)));
        edit.put_event(event);
    }
    edit.put_entity(kept);
    edit.remove_entity(from);
    edit.finish(label)
}

/// Merges event `from` into `into`, of one article: its triggers move, its participants join, it goes.
pub fn merge_events(project: &Project, from: EventId, into: EventId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let (Some(gone), Some(mut kept)) = (project.event(from), project.event(into).cloned()) else {
        return edit.finish("Merge events");
    };
    if from == into || gone.article != kept.article {
        return edit.finish("Merge events");
    }
    let label = format!("Merge {} into {}", gone.name, kept.name);
    for mention in project.mentions_of(Target::Event(from)) {
        edit.put_mention(Mention { target: Some(Target::Event(into)), ..mention.clone() });
    }
    for participant in &gone.participants {
        if !kept.participants.iter().any(|p| p.role == participant.role && p.entity == participant.entity) {
            kept.participants.push(participant.clone());
        }
    }
    kept.date = kept.date.or_else(|| gone.date.clone());
    kept.place = kept.place.or_else(|| gone.place.clone());
    if kept.wikidata.is_empty() {
        kept.wikidata.clone_from(&gone.wikidata);
    }
    if kept.note.is_empty() {
        kept.note.clone_from(&gone.note);
    }
    kept.decision = Some(edit.stamp.clone());
    edit.put_event(kept);
    edit.remove_event(from);
    edit.finish(label)
}

/// Adds articles behind the last one.
pub fn add_articles(project: &Project, articles: Vec<Article>, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let label = format!("Add {}", count(articles.len(), "article", "articles"));
    for (index, article) in (project.article_count()..).zip(articles) {
        let record = Box::new(ArticleRecord { id: edit.fresh_article(), article });
        edit.article_change(Change::InsertArticle { index, record });
    }
    edit.finish(label)
}

/// Removes an article with all its mentions and events.
pub fn remove_article(project: &Project, id: ArticleId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let place = project.article_ids().iter().position(|other| *other == id);
    let (Some(index), Some(record)) = (place, project.article(id)) else { return edit.finish("Remove article") };
    for mention in project.mentions(id) {
        edit.remove_mention(mention.id);
    }
    for event in project.events().filter(|event| event.article == id) {
        edit.remove_event(event.id);
    }
    let mut edit = edit.finish(format!("Remove {}", record.article.meta.title));
    // Last: an article goes only once nothing lies in it.
    edit.changes.push(Change::RemoveArticle { index, record: Box::new(record.clone()) });
    edit
}

/// Moves an article in the list to place `to` (0 is the first).
pub fn move_article(project: &Project, id: ArticleId, to: usize, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let from = project.article_ids().iter().position(|other| *other == id);
    let to = to.min(project.article_count().saturating_sub(1));
    if let Some(from) = from.filter(|from| *from != to) {
        edit.article_change(Change::MoveArticle { from, to });
    }
    edit.finish("Move article")
}

/// Sets an article's metadata.
pub fn set_metadata(project: &Project, id: ArticleId, after: Metadata, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    if let Some(record) = project.article(id).filter(|record| record.article.meta != after) {
        let before = Box::new(record.article.meta.clone());
        edit.article_change(Change::Metadata { article: id, before, after: Box::new(after) });
    }
    edit.finish("Edit article details")
}

impl Project {
    /// The words under a range of an article.
    pub fn slice(&self, article: ArticleId, range: TextRange) -> Option<&str> {
        self.article(article)?.article.text.slice(range)
    }

    /// The entity of a kind that goes by `name`: one mentioned in `article` first, then any other in use.
    pub fn find_entity(&self, kind: &KindId, article: ArticleId, name: &str) -> Option<EntityId> {
        let fits = |entity: &&Entity| {
            entity.kind == *kind
                && (entity.name == name || entity.aliases.iter().any(|alias| alias == name))
                && self.mentions_of(Target::Entity(entity.id)).any(Mention::is_live)
        };
        let same_words = self.mentions(article).iter().find(|m| m.is_live() && m.kind == *kind && m.quote == name);
        let here = same_words.and_then(|mention| match mention.target {
            Some(Target::Entity(id)) => Some(id),
            _ => None,
        });
        here.or_else(|| self.entities().find(fits).map(|entity| entity.id))
    }

    /// The events that lose their last mention, all of them made by hand, when `ids` go.
    fn orphaned_events(&self, ids: &[MentionId]) -> BTreeSet<EventId> {
        let going: HashSet<MentionId> = ids.iter().copied().collect();
        let gone =
            |id: MentionId| going.contains(&id) && self.mention(id).is_some_and(|mention| mention.origin.is_hand());
        ids.iter()
            .filter_map(|id| match self.mention(*id)?.target? {
                Target::Event(event) => Some(event),
                Target::Entity(_) => None,
            })
            .filter(|event| self.mentions_of(Target::Event(*event)).all(|mention| gone(mention.id)))
            .collect()
    }
}
