//! One project taken into another: an annotation set that was imported.

use std::collections::{BTreeMap, HashMap, HashSet};

use smol_str::SmolStr;
use text_size::TextRange;

use super::{Builder, KindMap, LookUp, unknown};
use crate::project::{
    Action, ArticleId, ArticleRecord, Change, CountryCode, Edit, Entity, EntityId, Event, EventId, KindId, Mention,
    MentionId, Participant, Party, PartyLabel, PartyWords, Project, Schema, Stamp, Swap, Target,
};

/// Takes in all that another project holds. An article whose text is there already gets the mentions that it has not;
/// what a person decided here stays, and a suggestion here gives way to what a person decided there. People, countries
/// and others are the same where they have one kind and one Wikidata item, country code or name. A kind there that is
/// called as one here is that one: `SHIP` is Ship. Guidelines come along where there are none here.
pub fn join(project: &Project, other: &Project, stamp: Stamp) -> Edit {
    join_as(project, other, &KindMap::new(project.tagset(), other.tagset()), &unknown, stamp)
}

/// The same with kinds taken as these. What becomes a country and says not which one is looked up by its name.
pub fn join_as(project: &Project, other: &Project, kinds: &KindMap, look_up: LookUp<'_>, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    join_kinds(project, other, kinds, &mut edit);
    if project.guidelines().is_empty() && !other.guidelines().is_empty() {
        let (before, after) = (String::new(), other.guidelines().to_owned());
        edit.article_change(Change::Guidelines { before, after });
    }
    let mut present: HashMap<&str, ArticleId> =
        project.articles().map(|record| (record.article.text.as_str(), record.id)).collect();
    let mut next = project.article_count();
    let mut entities = Entities::new(project, kinds, look_up);
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

/// Kinds that only the other has, with a key that is free, and its article tags.
fn join_kinds(project: &Project, other: &Project, kinds: &KindMap, edit: &mut Builder<'_>) {
    let mut tagset = project.tagset().clone();
    let new = other.tagset().kinds.iter().filter(|kind| kinds.of(&kind.id) == Some(&kind.id));
    new.cloned().for_each(|kind| tagset.add(kind));
    let new = other.tagset().article_tags.iter().filter(|tag| project.tagset().article_tag(&tag.id).is_none());
    tagset.article_tags.extend(new.cloned());
    if tagset != *project.tagset() {
        let swap = Swap { before: Some(project.tagset().clone()), after: Some(tagset) };
        edit.article_change(Change::Tagset(Box::new(swap)));
    }
}

/// Which entity here each entity there is, and what was taken in so far.
struct Entities<'j> {
    kinds: &'j KindMap,
    look_up: LookUp<'j>,
    known: HashMap<EntityId, EntityId>,
    /// What was here before; two that are there never become one, but for countries that were looked up.
    by_key: HashMap<(String, Key), EntityId>,
    taken: HashSet<EntityId>,
    looked_up: HashMap<(KindId, CountryCode), EntityId>,
    /// Where something was taken in as a kind, with the article and the kind that it came from.
    places: HashMap<(ArticleId, TextRange, KindId), (ArticleId, KindId)>,
}

/// What makes two entities of a kind the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Item(SmolStr),
    Code(String),
    Name(String),
}

impl<'j> Entities<'j> {
    fn new(project: &Project, kinds: &'j KindMap, look_up: LookUp<'j>) -> Self {
        let mut by_key = HashMap::new();
        for entity in project.entities() {
            for key in keys(project, entity) {
                by_key.entry((entity.kind.as_str().to_owned(), key)).or_insert(entity.id);
            }
        }
        let (known, taken, looked_up, places) = Default::default();
        Self { kinds, look_up, known, by_key, taken, looked_up, places }
    }

    /// The entity there as one of its kind here; with `true` where its name had to tell which country it is.
    fn as_kind(&self, theirs: &Entity, edit: &Builder<'_>) -> Option<(Entity, bool)> {
        let kind = self.kinds.of(&theirs.kind)?.clone();
        let mut entity = Entity { kind, ..theirs.clone() };
        let is_country = edit.project.tagset().schema(&entity.kind) == Schema::Country;
        if !is_country || entity.country.is_some() || entity.kind == theirs.kind {
            return Some((entity, false));
        }
        let known = (self.look_up)(Schema::Country, &entity.name);
        entity.country = known.country;
        entity.wikidata = entity.wikidata.or(known.wikidata);
        if known.country.is_some() && known.name != entity.name {
            let name = std::mem::replace(&mut entity.name, known.name);
            entity.aliases.push(name);
        }
        Some((entity, known.country.is_some()))
    }

    /// The entity here for one there: the same, or a new one.
    fn of(&mut self, other: &Project, id: EntityId, edit: &mut Builder<'_>) -> Option<EntityId> {
        if let Some(known) = self.known.get(&id) {
            return Some(*known);
        }
        let (theirs, is_looked_up) = self.as_kind(other.entity(id)?, edit)?;
        let kind = theirs.kind.clone();
        let country = theirs.country.filter(|_| is_looked_up).map(|code| (kind.clone(), code));
        if let Some(same) = country.as_ref().and_then(|country| self.looked_up.get(country)).copied() {
            if let Some(ours) = edit.entity(same).cloned() {
                edit.put(fill(ours, &theirs));
            }
            self.known.insert(id, same);
            return Some(same);
        }
        let same = keys(edit.project, &theirs).into_iter().find_map(|key| {
            let found = *self.by_key.get(&(kind.as_str().to_owned(), key))?;
            // One name and two items: two people.
            let ours = edit.entity(found)?;
            let two = ours.wikidata.as_ref().zip(theirs.wikidata.as_ref()).is_some_and(|(ours, theirs)| ours != theirs);
            (!two && !self.taken.contains(&found)).then_some(found)
        });
        let here = match same {
            Some(same) => {
                if let Some(ours) = edit.entity(same).cloned() {
                    edit.put(fill(ours, &theirs));
                }
                self.taken.insert(same);
                same
            }
            None => {
                let here = edit.fresh::<Entity>();
                edit.put(Entity { id: here, ..theirs });
                here
            }
        };
        self.looked_up.extend(country.map(|country| (country, here)));
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
    entities: &mut Entities<'_>,
    edit: &mut Builder<'_>,
) -> usize {
    let mut events: HashMap<EventId, EventId> = HashMap::new();
    // Of each event that comes in the first of its mentions, while none of them stands for it.
    let mut unclear: BTreeMap<EventId, Option<MentionId>> = BTreeMap::new();
    let mut taken = 0;
    for theirs in other.mentions(from) {
        let Some(kind) = entities.kinds.of(&theirs.kind).cloned() else { continue };
        // Of two that become one at a place the first.
        let source = (from, theirs.kind.clone());
        let first = entities.places.entry((article, theirs.range, kind.clone())).or_insert_with(|| source.clone());
        if *first != source {
            continue;
        }
        let mut ours = project.mentions_at(article, theirs.range).iter();
        let present = ours.find(|mention| mention.kind == kind);
        if present.is_some_and(|ours| !ours.is_undecided() || theirs.is_undecided()) {
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
    entities: &mut Entities<'_>,
    edit: &mut Builder<'_>,
) -> Option<EventId> {
    let theirs = other.event(id)?;
    let participants = theirs
        .participants
        .iter()
        .filter_map(|who| {
            let party = match &who.who {
                Party::Entity(id) => match entities.of(other, *id, edit) {
                    Some(here) => here.into(),
                    None => Party::Words(words_of(other, other.entity(*id)?)),
                },
                words @ Party::Words(_) => words.clone(),
            };
            Some(Participant { who: party, ..who.clone() })
        })
        .collect();
    let here = edit.fresh::<Event>();
    edit.put(Event { id: here, article, participants, ..theirs.clone() });
    Some(here)
}

/// Who takes part, where the kind of the entity stays out.
fn words_of(other: &Project, entity: &Entity) -> PartyWords {
    let label = match other.tagset().get(&entity.kind) {
        Some(kind) if kind.is_people() => PartyLabel::Person,
        Some(kind) if kind.schema == Schema::Country => PartyLabel::Country,
        _ => PartyLabel::Org,
    };
    PartyWords { name: entity.name.clone(), label, country: entity.country }
}
