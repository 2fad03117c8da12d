//! One project taken into another: an annotation set that was imported.

use std::collections::{BTreeMap, HashMap, HashSet};

use smol_str::SmolStr;
use text_size::TextRange;

use super::rule::join_rulings;
use super::{Builder, KindMap, LookUp, unknown};
use crate::project::{
    Action, ArticleId, ArticleRecord, Change, CountryCode, Edit, Entity, EntityId, Event, EventId, KindId, Mention,
    MentionId, Participant, Party, PartyLabel, PartyWords, Project, Relation, RelationId, RelationKind, Schema, Stamp,
    Status, Swap, Tagset, Target,
};

/// Takes in all that another project holds. An article whose text is there already gets the mentions that it has not;
/// what a person decided here stays, and a suggestion here gives way to what a person decided there. People, countries
/// and others are the same where they have one kind and one Wikidata item, country code or name. A kind there that is
/// called as one here is that one: `SHIP` is Ship. Relations come with the tags at both their ends, and what was said of two events or
/// entities with both of them, and how differences of annotators were settled with their articles. Guidelines come along where there are none here.
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
    let mut events = HashMap::new();
    let mut here = HashMap::new();
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
        here.insert(record.id, article);
        mentions += join_article(project, other, record.id, article, &mut entities, &mut events, &mut edit);
    }
    join_judgements(other, &entities, &events, &mut edit);
    join_rulings(other, &here, &mut edit);
    edit.finish(Action::Import { articles, mentions })
}

/// Kinds and kinds of relations that only the other has, with a key that is free, and its article tags.
fn join_kinds(project: &Project, other: &Project, kinds: &KindMap, edit: &mut Builder<'_>) {
    let mut tagset = project.tagset().clone();
    let new = other.tagset().kinds.iter().filter(|kind| kinds.of(&kind.id) == Some(&kind.id));
    new.cloned().for_each(|kind| tagset.add(kind));
    let mut new = other.tagset().relations.clone();
    new.retain(|kind| relation_kind(project.tagset(), kind).is_none());
    for mut kind in new {
        for ruled in [&mut kind.from, &mut kind.to] {
            *ruled = ruled.iter().filter_map(|id| kinds.of(id)).cloned().collect();
        }
        tagset.add_relation(kind);
    }
    let new = other.tagset().article_tags.iter().filter(|tag| project.tagset().article_tag(&tag.id).is_none());
    tagset.article_tags.extend(new.cloned());
    if tagset != *project.tagset() {
        let swap = Swap { before: Some(project.tagset().clone()), after: Some(tagset) };
        edit.article_change(Change::Tagset(Box::new(swap)));
    }
}

/// The kind of relation here that one there is: of its id, else the first that is called as it.
pub fn relation_kind<'t>(ours: &'t Tagset, theirs: &RelationKind) -> Option<&'t KindId> {
    let fold = |name: &str| name.trim().replace(['_', '-'], " ").to_lowercase();
    let called = |own: &&RelationKind| own.symmetric == theirs.symmetric && fold(&own.name) == fold(&theirs.name);
    let same = ours.relation(&theirs.id).or_else(|| ours.relations.iter().find(called));
    same.map(|kind| &kind.id)
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
    /// Which mention here stands at each of these places.
    placed: HashMap<(ArticleId, TextRange, KindId), MentionId>,
    /// The relations that were taken in, by kind and ends.
    related: HashMap<(KindId, MentionId, MentionId), RelationId>,
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
        let (known, taken, looked_up, places, placed, related) = Default::default();
        Self { kinds, look_up, known, by_key, taken, looked_up, places, placed, related }
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

/// Takes in the mentions and events of an article; how many mentions are new or changed. `events` gets which event here each
/// of there is.
fn join_article(
    project: &Project,
    other: &Project,
    from: ArticleId,
    article: ArticleId,
    entities: &mut Entities<'_>,
    events: &mut HashMap<EventId, EventId>,
    edit: &mut Builder<'_>,
) -> usize {
    // Of each event that comes in the first of its mentions, while none of them stands for it.
    let mut unclear: BTreeMap<EventId, Option<MentionId>> = BTreeMap::new();
    let mut taken = 0;
    // Of events there of which a mention is here already, the event that it tells of.
    let mut present_events = HashMap::new();
    // Which mention here each of there is.
    let mut here = HashMap::new();
    for theirs in other.mentions(from) {
        let Some(kind) = entities.kinds.of(&theirs.kind).cloned() else { continue };
        // Of two that become one at a place the first.
        let source = (from, theirs.kind.clone());
        let place = (article, theirs.range, kind.clone());
        let first = entities.places.entry(place.clone()).or_insert_with(|| source.clone());
        if *first != source {
            here.extend(entities.placed.get(&place).map(|ours| (theirs.id, *ours)));
            continue;
        }
        let mut ours = project.mentions_at(article, theirs.range).iter();
        let present = ours.find(|mention| mention.kind == kind);
        if present.is_some_and(|ours| !ours.is_undecided() || theirs.is_undecided()) {
            here.extend(present.map(|ours| (theirs.id, ours.id)));
            entities.placed.extend(present.map(|ours| (place, ours.id)));
            if let Some((theirs, ours)) = theirs.event().zip(present.and_then(Mention::event)) {
                present_events.entry(theirs).or_insert(ours);
            }
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
        here.insert(theirs.id, id);
        entities.placed.insert(place, id);
        taken += 1;
    }
    join_relations(other, from, article, &here, entities, edit);
    for (theirs, ours) in present_events {
        events.entry(theirs).or_insert(ours);
    }
    for id in unclear.into_values().flatten() {
        if let Some(mention) = edit.mention(id).cloned() {
            edit.put(Mention { retold: false, ..mention });
        }
    }
    taken
}

/// Takes in the relations of an article whose ends are here. What a person decided here stays, and a suggestion here
/// gives way to what a person decided there.
fn join_relations(
    other: &Project,
    from: ArticleId,
    article: ArticleId,
    here: &HashMap<MentionId, MentionId>,
    entities: &mut Entities<'_>,
    edit: &mut Builder<'_>,
) {
    let project = edit.project;
    for theirs in other.relations_in(from) {
        let ends = here.get(&theirs.from).zip(here.get(&theirs.to)).filter(|(from, to)| from != to);
        let Some((from, to)) = ends.map(|(from, to)| (*from, *to)) else { continue };
        let known = other.tagset().relation(&theirs.kind);
        let kind = known.and_then(|kind| relation_kind(project.tagset(), kind)).unwrap_or(&theirs.kind);
        let symmetric = known.is_some_and(|kind| kind.symmetric);
        // Two that were of other kinds or ends there may be one here.
        let once = if symmetric && from > to { (kind.clone(), to, from) } else { (kind.clone(), from, to) };
        let taken = entities.related.get(&once).and_then(|id| edit.get::<Relation>(*id)).cloned();
        let present = taken.as_ref().or_else(|| project.related(kind, symmetric, from, to));
        if present.is_some_and(|ours| !ours.is_open() || theirs.status == Status::Suggested) {
            continue;
        }
        let id: RelationId = present.map_or_else(|| edit.fresh::<Relation>(), |ours| ours.id);
        // What it was before the ends there were others is told there alone.
        let proposed = None;
        entities.related.insert(once, id);
        edit.put(Relation { id, article, kind: kind.clone(), from, to, proposed, ..theirs.clone() });
    }
}

/// Takes in what was said there of two events or entities that are both here. What is known of them here already stays.
fn join_judgements(
    other: &Project,
    entities: &Entities<'_>,
    events: &HashMap<EventId, EventId>,
    edit: &mut Builder<'_>,
) {
    let of = |target: Target| match target {
        Target::Entity(id) => entities.known.get(&id).copied().map(Target::Entity),
        Target::Event(id) => events.get(&id).copied().map(Target::Event),
    };
    // First what is one, so that nothing that is not the same comes to be one afterwards.
    for theirs in
        [true, false].into_iter().flat_map(|same| other.judgements().filter(move |theirs| theirs.same == same))
    {
        let Some((one, other)) = of(theirs.one).zip(of(theirs.other)).filter(|(one, other)| one != other) else {
            continue;
        };
        let known = match (one, other) {
            (Target::Event(one), Target::Event(other)) => {
                let (own, others) = (edit.happening(one), edit.happening(other));
                own.contains(&other) || edit.are_apart(&own, &others)
            }
            _ => edit.project.are_apart(one, other),
        };
        if !known {
            edit.judge_as(one, other, theirs.clone());
        }
    }
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
