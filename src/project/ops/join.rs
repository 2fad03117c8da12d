//! One project taken into another: an annotation set that was imported.

use std::collections::{BTreeMap, HashMap, HashSet};

use smol_str::SmolStr;

use super::Builder;
use crate::project::{
    Action, ArticleId, ArticleRecord, Change, Edit, Entity, EntityId, Event, EventId, Kind, KindId, Mention, MentionId,
    Participant, Party, Project, Schema, Stamp, Status, Swap, Tagset, Target,
};

/// Takes in all that another project holds. An article whose text is there already gets the mentions that it has not;
/// what a person decided here stays, and a suggestion here gives way to what a person decided there. People, countries
/// and others are the same where they have one kind and one Wikidata item, country code or name. A kind there that is
/// called as one here is that one: `SHIP` is Ship. Guidelines come along where there are none here.
pub fn join(project: &Project, other: &Project, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let kinds = Kinds::new(project.tagset(), other.tagset());
    join_kinds(project, other, &kinds, &mut edit);
    if project.guidelines().is_empty() && !other.guidelines().is_empty() {
        let (before, after) = (String::new(), other.guidelines().to_owned());
        edit.article_change(Change::Guidelines { before, after });
    }
    let mut present: HashMap<&str, ArticleId> =
        project.articles().map(|record| (record.article.text.as_str(), record.id)).collect();
    let mut next = project.article_count();
    let mut entities = Entities::new(project, kinds);
    let (mut articles, mut mentions) = (0, 0);
    for record in other.articles() {
        let text = record.article.text.as_str();
        let article = present.get(text).copied().unwrap_or_else(|| {
            let id = edit.fresh_article();
            let record = Box::new(ArticleRecord { id, ..record.clone() });
            edit.article_change(Change::InsertArticle { index: next, record });
            next += 1;
            articles += 1;
            id
        });
        present.insert(text, article);
        mentions += join_article(project, other, record.id, article, &mut entities, &mut edit);
    }
    edit.finish(Action::Import { articles, mentions })
}

/// Which kind here each kind there is, where their ids differ.
struct Kinds(HashMap<KindId, KindId>);

impl Kinds {
    /// A kind is the one of its id, else the first that is called as it and that no other kind there is.
    fn new(ours: &Tagset, theirs: &Tagset) -> Self {
        let mut taken: HashSet<&KindId> = theirs.kinds.iter().map(|kind| &kind.id).collect();
        let mut same = HashMap::new();
        for kind in theirs.kinds.iter().filter(|kind| ours.get(&kind.id).is_none()) {
            let mut free = ours.kinds.iter().filter(|own| !taken.contains(&own.id));
            if let Some(own) = free.find(|own| are_same(own, kind)) {
                taken.insert(&own.id);
                same.insert(kind.id.clone(), own.id.clone());
            }
        }
        Self(same)
    }

    /// The kind here; one that is not here by its own id.
    fn of<'k>(&'k self, theirs: &'k KindId) -> &'k KindId {
        self.0.get(theirs).unwrap_or(theirs)
    }
}

/// Whether two kinds are called the same, whatever the case, and their mentions point at things of one sort.
fn are_same(ours: &Kind, theirs: &Kind) -> bool {
    let is_event = |kind: &Kind| kind.schema == Schema::Event;
    let is_country = |kind: &Kind| kind.schema == Schema::Country;
    let fold = |name: &str| name.trim().replace(['_', '-'], " ").to_lowercase();
    let own = [fold(&ours.name), fold(ours.id.as_str())];
    let called = [theirs.name.as_str(), theirs.id.as_str()].into_iter().any(|name| own.contains(&fold(name)));
    called && is_event(ours) == is_event(theirs) && is_country(ours) == is_country(theirs)
}

/// Kinds that only the other has, with a key that is free, and its article tags.
fn join_kinds(project: &Project, other: &Project, kinds: &Kinds, edit: &mut Builder<'_>) {
    let mut tagset = project.tagset().clone();
    let new = other.tagset().kinds.iter().filter(|kind| *kinds.of(&kind.id) == kind.id);
    new.cloned().for_each(|kind| tagset.add(kind));
    let new = other.tagset().article_tags.iter().filter(|tag| project.tagset().article_tag(&tag.id).is_none());
    tagset.article_tags.extend(new.cloned());
    if tagset != *project.tagset() {
        let swap = Swap { before: Some(project.tagset().clone()), after: Some(tagset) };
        edit.article_change(Change::Tagset(Box::new(swap)));
    }
}

/// Which entity here each entity there is.
struct Entities {
    kinds: Kinds,
    known: HashMap<EntityId, EntityId>,
    /// What was here before; two that are there never become one.
    by_key: HashMap<(String, Key), EntityId>,
    taken: HashSet<EntityId>,
}

/// What makes two entities of a kind the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Item(SmolStr),
    Code(String),
    Name(String),
}

impl Entities {
    fn new(project: &Project, kinds: Kinds) -> Self {
        let mut by_key = HashMap::new();
        for entity in project.entities() {
            for key in keys(project, entity) {
                by_key.entry((entity.kind.as_str().to_owned(), key)).or_insert(entity.id);
            }
        }
        Self { kinds, known: HashMap::new(), by_key, taken: HashSet::new() }
    }

    /// The entity here for one there: the same, or a new one.
    fn of(&mut self, other: &Project, id: EntityId, edit: &mut Builder<'_>) -> Option<EntityId> {
        if let Some(known) = self.known.get(&id) {
            return Some(*known);
        }
        let theirs = other.entity(id)?;
        let kind = self.kinds.of(&theirs.kind).clone();
        let same = keys(other, theirs).into_iter().find_map(|key| {
            let found = *self.by_key.get(&(kind.as_str().to_owned(), key))?;
            // One name and two items: two people.
            let ours = edit.entity(found)?;
            let two = ours.wikidata.as_ref().zip(theirs.wikidata.as_ref()).is_some_and(|(ours, theirs)| ours != theirs);
            (!two && !self.taken.contains(&found)).then_some(found)
        });
        let here = match same {
            Some(same) => {
                if let Some(ours) = edit.entity(same).cloned() {
                    let filled = fill(ours, theirs);
                    edit.put(filled);
                }
                self.taken.insert(same);
                same
            }
            None => {
                let new = Entity { id: edit.fresh::<Entity>(), kind, ..theirs.clone() };
                let here = new.id;
                edit.put(new);
                here
            }
        };
        self.known.insert(id, here);
        Some(here)
    }
}

/// The entity with what only the other knows of it.
fn fill(mut ours: Entity, theirs: &Entity) -> Entity {
    for name in std::iter::once(&theirs.name).chain(&theirs.aliases) {
        if *name != ours.name && !ours.aliases.contains(name) {
            ours.aliases.push(name.clone());
        }
    }
    ours.country = ours.country.or(theirs.country);
    ours.wikidata = ours.wikidata.or_else(|| theirs.wikidata.clone());
    for (ours, theirs) in [(&mut ours.role, &theirs.role), (&mut ours.note, &theirs.note)] {
        if ours.is_empty() {
            ours.clone_from(theirs);
        }
    }
    ours
}

fn keys(project: &Project, entity: &Entity) -> Vec<Key> {
    let country = project.tagset().schema(&entity.kind) == Schema::Country;
    let item = entity.wikidata.clone().map(Key::Item);
    let code = entity.country.filter(|_| country).map(|code| Key::Code(code.to_string()));
    item.into_iter().chain(code).chain([Key::Name(entity.name.clone())]).collect()
}

/// Takes in the mentions and events of an article; how many mentions are new or changed.
fn join_article(
    project: &Project,
    other: &Project,
    from: ArticleId,
    article: ArticleId,
    entities: &mut Entities,
    edit: &mut Builder<'_>,
) -> usize {
    let mut events: HashMap<EventId, EventId> = HashMap::new();
    // Of each event that comes in the first of its mentions, while none of them stands for it.
    let mut unclear: BTreeMap<EventId, Option<MentionId>> = BTreeMap::new();
    let mut taken = 0;
    for theirs in other.mentions(from) {
        let kind = entities.kinds.of(&theirs.kind).clone();
        let mut ours = project.mentions_at(article, theirs.range).iter();
        let present = ours.find(|mention| mention.kind == kind);
        if present.is_some_and(|ours| !ours.is_open() || theirs.status == Status::Suggested) {
            continue;
        }
        let target = match theirs.target {
            Some(Target::Entity(id)) => entities.of(other, id, edit).map(Target::Entity),
            Some(Target::Event(id)) => {
                let known = events.get(&id).copied();
                known.or_else(|| join_event(other, id, article, entities, edit)).map(|here| {
                    events.insert(id, here);
                    Target::Event(here)
                })
            }
            None => None,
        };
        let id = present.map_or_else(|| edit.fresh::<Mention>(), |ours| ours.id);
        let mention = Mention { id, article, kind, target, ..theirs.clone() };
        if let Some(event) = mention.event().filter(|_| mention.is_live()) {
            let first = unclear.entry(event).or_insert(Some(id));
            *first = first.filter(|_| mention.retold);
        }
        edit.put(mention);
        taken += 1;
    }
    for id in unclear.into_values().flatten() {
        if let Some(mention) = edit.mention(id).cloned() {
            edit.put(Mention { retold: false, ..mention });
        }
    }
    taken
}

fn join_event(
    other: &Project,
    id: EventId,
    article: ArticleId,
    entities: &mut Entities,
    edit: &mut Builder<'_>,
) -> Option<EventId> {
    let theirs = other.event(id)?;
    let participants = theirs
        .participants
        .iter()
        .filter_map(|who| {
            let party = match &who.who {
                Party::Entity(entity) => entities.of(other, *entity, edit)?.into(),
                words @ Party::Words(_) => words.clone(),
            };
            Some(Participant { who: party, ..who.clone() })
        })
        .collect();
    let here = edit.fresh::<Event>();
    edit.put(Event { id: here, article, participants, ..theirs.clone() });
    Some(here)
}
