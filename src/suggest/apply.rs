//! Suggestions into a project: the one `Edit` of a run, which leaves alone what a person has decided.

#[cfg(test)]
mod tests;

mod decided;
mod fill;
mod namesakes;
mod related;

use std::collections::{BTreeSet, HashMap, HashSet};

use smol_str::SmolStr;
use text_size::TextRange;

use self::decided::Decided;
pub use self::fill::fill;
use super::learning::{UNLIKE, is_learned};
use super::{CountryName, Label, Span, Suggestions};
use crate::project::ops::Builder;
use crate::project::{
    Action, ArticleId, CountryCode, Edit, Entity, EntityId, Event, EventId, Kind, KindId, Level, Mention, MentionId,
    Origin, Participant, Party, PartyWords, Project, RelationId, Schema, Stamp, Status, Target,
};

/// The edit that brings a run's suggestions for one article into the project.
///
/// Of each kind that the tagset has what was found for it comes in, and nothing of others. Events come in with all their
/// mentions, each shown from the level on that the run has it at. Open suggestions of earlier runs that this one proposes again keep their
/// ids; the others go, but for kinds that it was not asked for. What a person accepted, edited, made or rejected stays
/// as it is, and nothing is proposed again where they decided: not the same range and kind, not an overlapping range of
/// the same kind, not the same range under another kind. An entity is made only where a mention or an event comes to
/// name it. Relations come in where the tagset has their kind and mentions stand at both their ends; what a person
/// decided on of them stays, with its ends, and is not proposed again; where both ends become one it goes.
pub fn edit(project: &Project, article: ArticleId, suggestions: &Suggestions, stamp: Stamp) -> Edit {
    let Some(record) = project.article(article) else {
        return Builder::run(project, stamp).finish(Action::Nothing);
    };
    let mut run = Run::new(project, article, suggestions, stamp);
    run.entities();
    run.events();
    let stale = run.stale();
    run.relations();
    run.drop(stale);
    run.stand_out();
    run.edit.finish(Action::Suggest(record.article.meta.title.clone()))
}

struct Run<'p> {
    project: &'p Project,
    article: ArticleId,
    found: &'p Suggestions,
    edit: Builder<'p>,
    /// What a person decided on in this article.
    decided: Decided<'p>,
    /// Suggestions of earlier runs that nobody has decided on.
    open: Vec<&'p Mention>,
    /// What this run proposes.
    proposed: HashMap<(TextRange, KindId), MentionId>,
    /// Open suggestions of earlier runs that this run proposes too.
    kept: HashSet<MentionId>,
    /// The entity of each span that has one, for participants.
    entities: HashMap<usize, EntityId>,
    /// The entity of each Wikidata item that was found, by kind.
    items: HashMap<(KindId, SmolStr), EntityId>,
    /// Entities that this run has made, and those that it has put to use.
    made: Vec<EntityId>,
    used: HashSet<EntityId>,
    /// Events that mentions of this run point at.
    told: BTreeSet<EventId>,
    /// Relations that a person decided on and that other mentions have taken over.
    inherited: BTreeSet<RelationId>,
}

impl<'p> Run<'p> {
    fn new(project: &'p Project, article: ArticleId, found: &'p Suggestions, stamp: Stamp) -> Self {
        let (open, decided): (Vec<_>, Vec<_>) = project.mentions(article).iter().partition(|m| m.is_undecided());
        Self {
            project,
            article,
            found,
            edit: Builder::run(project, stamp),
            decided: Decided::new(decided),
            open,
            proposed: HashMap::new(),
            kept: HashSet::new(),
            entities: HashMap::new(),
            items: HashMap::new(),
            made: Vec::new(),
            used: HashSet::new(),
            told: BTreeSet::new(),
            inherited: BTreeSet::new(),
        }
    }

    fn entities(&mut self) {
        let kinds = self.project.tagset().kinds.iter().filter(|kind| kind.schema != Schema::Event);
        for kind in kinds {
            for found in self.found.of(&kind.id) {
                let known = self.known(kind, found);
                if self.found.is_asked_for(&kind.id) {
                    let spans = self.free(&found.mentions, &kind.id);
                    let entity = known.unwrap_or_else(|| self.new_entity(&kind.id, found));
                    // Whom a person worked on and suggestions name is found by these again, whoever has the item.
                    let named = !spans.is_empty() && self.edit.entity(entity).is_some_and(|e| e.decision.is_some());
                    let item = found.wikidata.clone().filter(|_| !named).map(|item| (kind.id.clone(), item));
                    if let Some(item) = item {
                        self.items.entry(item).or_insert(entity);
                    }
                    self.name_all(&found.mentions, &spans, &kind.id, entity);
                } else if let Some(entity) = known {
                    // It may take part in events all the same.
                    self.entities.extend(found.mentions.iter().map(|span| (*span, entity)));
                }
            }
        }
    }

    fn events(&mut self) {
        for found in &self.found.events {
            let named = found.mentions.first().and_then(|span| self.found.spans.get(*span));
            let Some(kind) = named.map(|span| span.label.kind()).filter(|kind| self.takes_events(kind)) else {
                continue;
            };
            let spans = self.free(&found.mentions, &kind);
            if spans.is_empty() {
                continue;
            }
            let id = match self.event_at(&spans, &found.mentions) {
                // An event that a person has worked on stays as they left it; new triggers still join it.
                Some(event) if self.project.is_decided(event) => event.id,
                // What was one event and is now told as two becomes two.
                Some(event) if !self.told.contains(&event.id) => self.put_event(Some(event.id), found),
                _ => self.put_event(None, found),
            };
            self.told.insert(id);
            self.tell(&spans, &kind, id, found.level);
        }
    }

    /// Whether a kind is one of events and asked for.
    fn takes_events(&self, kind: &KindId) -> bool {
        let known = self.project.tagset().get(kind);
        known.is_some_and(|kind| kind.schema == Schema::Event) && self.found.is_asked_for(kind)
    }

    fn put_event(&mut self, id: Option<EventId>, found: &super::Event) -> EventId {
        let id = id.unwrap_or_else(|| self.edit.fresh::<Event>());
        let participants: Vec<Participant> =
            found.participants.iter().filter_map(|who| self.participant(who)).collect();
        self.used.extend(participants.iter().filter_map(Participant::entity));
        let origin =
            found.mentions.first().and_then(|span| self.found.spans.get(*span)).map_or_else(Origin::hand, origin);
        let event = Event {
            worth: Some(found.worth),
            alike: found.alike,
            participants,
            ..described(found, Event::new(id, self.article, &found.name, origin))
        };
        self.edit.put(event);
        id
    }

    /// Who takes part: the entity that is named, or the words. Nobody where a person says that nobody stands there.
    fn participant(&self, found: &super::Participant) -> Option<Participant> {
        let words = || words(found);
        let span = found.span.and_then(|index| Some((index, self.found.spans.get(index)?)));
        let who = match span {
            Some((index, span)) => match self.decided.live_at(span.range) {
                // Who a person says stands there counts for more than the run's own word.
                Some(Mention { target: Some(Target::Entity(entity)), .. }) => (*entity).into(),
                None if self.decided.is_rejected(span.range, &span.label.kind()) => return None,
                _ => self.entities.get(&index).map_or_else(words, |entity| (*entity).into()),
            },
            None => words(),
        };
        let range = Some(span.map_or(found.range, |(_, span)| span.range));
        Some(Participant { unsure: found.unsure, ..Participant::new(found.role, who, range) })
    }

    /// Marks where an event is told, the first place for itself and the others as telling again of it.
    fn tell(&mut self, free: &[usize], kind: &KindId, event: EventId, level: Level) {
        let target = Some(Target::Event(event));
        let decided = self.project.event(event).is_some_and(|event| self.project.is_decided(event));
        let mut of_event = self.project.mentions_of(Target::Event(event));
        let mut clear = decided && of_event.any(|mention| mention.is_live() && !mention.retold);
        for index in free {
            let Some(id) = self.mention(*index, kind, Target::Event(event)) else { continue };
            let Some(mention) = self.edit.mention(id).cloned() else { continue };
            // What a person merged or kept stays as they left it.
            let left = self.project.mention(id).filter(|mention| decided && mention.target == target);
            let (level, retold) = left.map_or((level, clear), |mention| (mention.level, mention.retold));
            self.edit.put(Mention { level, retold, ..mention });
            clear = true;
        }
    }

    /// The open suggestions that this run does not make again, and that neither hold a relation that a person decided on nor tell
    /// of an event that one judged.
    fn stale(&mut self) -> Vec<MentionId> {
        // What was suggested since because of decisions stays as long as these do.
        let goes = |mention: &&Mention| {
            let free = !self.decided.stands_against(mention.range, &mention.kind);
            let judged = mention.event().is_some_and(|event| self.is_judged(event));
            self.found.is_asked_for(&mention.kind)
                && !self.kept.contains(&mention.id)
                && !(free && (is_learned(mention) || judged))
        };
        let stale: Vec<&Mention> = self.open.iter().copied().filter(goes).collect();
        stale.into_iter().filter(|mention| !self.holds_relation(mention)).map(|mention| mention.id).collect()
    }

    /// Stale suggestions go, and so do events that nobody has touched and that no mention points at any more, and the
    /// entities that it made in vain.
    fn drop(&mut self, stale: Vec<MentionId>) {
        stale.into_iter().for_each(|mention| self.edit.remove(mention));
        for event in self.project.events_of(self.article).filter(|event| event.decision.is_none()) {
            let mut mentions = self.project.mentions_of(Target::Event(event.id));
            let orphaned = mentions.all(|mention| {
                self.edit.mention(mention.id).is_none_or(|after| after.target != Some(Target::Event(event.id)))
            });
            if orphaned && !self.told.contains(&event.id) && !self.is_judged(event.id) {
                self.edit.remove(event.id);
            }
        }
        for entity in self.made.iter().filter(|entity| !self.used.contains(*entity)) {
            self.edit.remove(*entity);
        }
    }

    /// Whether a person has said what an event is the same as, or is not: it stays with what tells of it.
    fn is_judged(&self, event: EventId) -> bool {
        self.project.judgements_of(Target::Event(event)).next().is_some()
    }

    /// Has an open mention stand for each event of which none does any more, as a run has taken away or moved the one that
    /// did.
    fn stand_out(&mut self) {
        for event in self.project.events_of(self.article) {
            let target = Some(Target::Event(event.id));
            let now: Vec<Mention> = self
                .project
                .mentions_of(Target::Event(event.id))
                .filter_map(|mention| self.edit.mention(mention.id))
                .filter(|mention| mention.target == target && mention.is_live())
                .cloned()
                .collect();
            // Mentions that are new to it are only told again of it where one stands for it.
            if now.iter().any(|mention| !mention.retold) {
                continue;
            }
            if let Some(mention) = now.into_iter().filter(Mention::is_open).min_by_key(Mention::order) {
                self.edit.put(Mention { retold: false, ..mention });
            }
        }
    }

    /// Those of the spans that fit the text, that no decision of a person stands against, and that this run has not
    /// proposed already.
    fn free(&self, spans: &[usize], kind: &KindId) -> Vec<usize> {
        let open = |index: &&usize| {
            self.found.spans.get(**index).is_some_and(|span| {
                self.project.slice(self.article, span.range).is_some_and(|quote| !quote.is_empty())
                    && !self.decided.stands_against(span.range, kind)
                    && !self.proposed.contains_key(&(span.range, kind.clone()))
            })
        };
        spans.iter().filter(open).copied().collect()
    }

    fn name_all(&mut self, all: &[usize], free: &[usize], kind: &KindId, entity: EntityId) {
        self.entities.extend(all.iter().map(|span| (*span, entity)));
        if !free.is_empty() {
            self.used.insert(entity);
        }
        self.mention_all(free, kind, Target::Entity(entity));
    }

    fn mention_all(&mut self, free: &[usize], kind: &KindId, target: Target) {
        for index in free {
            self.mention(*index, kind, target);
        }
    }

    /// Marks what a span covers, unless this run has marked it already.
    fn mention(&mut self, span: usize, kind: &KindId, target: Target) -> Option<MentionId> {
        let span = self.found.spans.get(span)?;
        let quote = self.project.slice(self.article, span.range)?;
        if self.proposed.contains_key(&(span.range, kind.clone())) {
            return None;
        }
        let present = self.open_at(span.range, kind);
        // What is held back stays so, and why.
        let status = present.map_or(Status::Suggested, |mention| mention.status);
        let unlike = present.is_some_and(|mention| mention.origin.source.starts_with(UNLIKE));
        let origin = match origin(span) {
            origin if unlike => Origin { source: SmolStr::new(format!("{UNLIKE}{}", span.source)), ..origin },
            origin => origin,
        };
        let present = present.map(|mention| mention.id);
        self.kept.extend(present);
        let id = present.unwrap_or_else(|| self.edit.fresh::<Mention>());
        self.proposed.insert((span.range, kind.clone()), id);
        let place = (self.article, span.range);
        self.edit.put(Mention {
            target: Some(target),
            subtype: subtype(span),
            status,
            ..Mention::new(id, place, quote, kind.clone(), origin)
        });
        Some(id)
    }

    fn ranges(&self, spans: &[usize]) -> impl Iterator<Item = TextRange> {
        spans.iter().filter_map(|index| self.found.spans.get(*index)).map(|span| span.range)
    }

    fn open_at(&self, range: TextRange, kind: &KindId) -> Option<&'p Mention> {
        self.project
            .mentions_at(self.article, range)
            .iter()
            .find(|mention| mention.kind == *kind && mention.is_undecided())
    }

    /// The entity of the project that an entity found is, if it has it. A country is the one of its code.
    fn known(&self, kind: &Kind, found: &super::Entity) -> Option<EntityId> {
        match self.names_country(found) {
            Some(code) => {
                let same = self.project.entities_of(code).find(|entity| entity.kind == kind.id);
                same.map(|entity| entity.id).or_else(|| self.worked_on(&kind.id, &found.name, &found.mentions))
            }
            None => self.known_by_name(kind, found),
        }
    }

    /// The country that spans name, where it is one that they do.
    fn names_country(&self, found: &super::Entity) -> Option<CountryCode> {
        found.mentions.first().and_then(|span| self.found.spans.get(*span)?.country)
    }

    /// The entity that these spans name, if the project has it: what a person decided comes first, then the Wikidata
    /// item, then the name, where a differing item tells namesakes apart. What suggestions here point at already comes
    /// before others of each, so that a second run changes nothing.
    fn known_by_name(&self, kind: &Kind, found: &super::Entity) -> Option<EntityId> {
        let (id, name, spans) = (&kind.id, found.name.as_str(), found.mentions.as_slice());
        let decided: Vec<(&Mention, EntityId)> =
            self.ranges(spans).filter_map(|range| self.decided.entity_at(range, id)).collect();
        let is_called = |id: EntityId| self.project.entity(id).is_some_and(|entity| goes_by(entity, name));
        let of_name = decided.iter().find(|(mention, id)| mention.quote == name || is_called(*id)).map(|(_, id)| *id);
        let item = found.wikidata.as_ref();
        let is_item = |entity: &&Entity| item.is_some() && entity.wikidata.as_ref() == item;
        of_name
            .or_else(|| self.pointed_at(id, spans).find(is_item).map(|entity| entity.id))
            .or_else(|| self.worked_on(id, name, spans))
            .or_else(|| self.entity_of_item(id, item?))
            .or_else(|| self.entity_named(kind, found))
            .or_else(|| decided.first().map(|(_, id)| *id))
    }

    /// The entity of this item: any of the project, or else the one that this run takes for it already.
    fn entity_of_item(&self, kind: &KindId, item: &SmolStr) -> Option<EntityId> {
        let present = self.project.entities_with_item(item).find(|entity| entity.kind == *kind);
        let named = || self.items.get(&(kind.clone(), item.clone())).copied();
        present.map(|entity| entity.id).or_else(named)
    }

    /// The entities that the open suggestions at these spans point at, where they are free for this run to mark: elsewhere
    /// they go, or are another's already.
    fn pointed_at(&self, kind: &KindId, spans: &[usize]) -> impl Iterator<Item = &'p Entity> {
        let free = self.free(spans, kind);
        let open = free.into_iter().filter_map(|span| self.open_at(self.found.spans.get(span)?.range, kind));
        open.filter_map(|mention| match mention.target {
            Some(Target::Entity(id)) => self.project.entity(id),
            _ => None,
        })
    }

    /// The entity of this name that a person merged or edited and that suggestions at these spans point at since.
    fn worked_on(&self, kind: &KindId, name: &str, spans: &[usize]) -> Option<EntityId> {
        let mut entities = self.pointed_at(kind, spans);
        entities.find(|entity| entity.decision.is_some() && goes_by(entity, name)).map(|entity| entity.id)
    }

    /// The entity of this name that nothing tells apart: a differing item does; of people another office, where nobody is
    /// named with both; of others a differing country.
    fn entity_named(&self, kind: &Kind, found: &super::Entity) -> Option<EntityId> {
        let fits = |entity: &&Entity| {
            let items = entity.wikidata.as_ref().zip(found.wikidata.as_ref());
            let countries = entity.country.zip(found.country).filter(|_| !kind.is_people());
            let apart = items.is_some_and(|(a, b)| a != b) || countries.is_some_and(|(a, b)| a != b);
            entity.kind == kind.id && !apart && goes_by(entity, &found.name)
        };
        let here = self.pointed_at(&kind.id, &found.mentions).find(fits);
        let is_namesake = |entity: &&Entity| {
            kind.is_people() && namesakes::are(self.project, self.article, entity, found, self.found)
        };
        let of_name = || self.project.entities_named(&found.name).filter(|entity| !is_namesake(entity)).find(fits);
        here.or_else(of_name).map(|entity| entity.id)
    }

    /// The event that stands at the spans this run may mark, or else the one that a person has put at any of them.
    fn event_at(&self, free: &[usize], all: &[usize]) -> Option<&'p Event> {
        let event_of = |mention: &Mention| match mention.target {
            Some(Target::Event(id)) => self.project.event(id),
            _ => None,
        };
        let here = |range| self.project.mentions_at(self.article, range).iter();
        let open = self.ranges(free).flat_map(here).filter(|mention| mention.is_undecided());
        let decided = self.ranges(all).flat_map(here).filter(|mention| mention.is_live() && !mention.is_open());
        open.chain(decided).find_map(event_of)
    }

    fn new_entity(&mut self, kind: &KindId, found: &super::Entity) -> EntityId {
        let span = found.mentions.first().and_then(|span| self.found.spans.get(*span));
        let id = self.edit.fresh::<Entity>();
        self.edit.put(Entity {
            country: found.country,
            role: found.role.clone(),
            wikidata: found.wikidata.clone(),
            ..Entity::new(id, kind.clone(), &found.name, span.map_or_else(Origin::hand, origin))
        });
        self.made.push(id);
        id
    }
}

/// An event of which the run says all but who takes part and what it is worth.
fn described(found: &super::Event, event: Event) -> Event {
    Event {
        name: found.name.clone(),
        kind: found.kind,
        mode: found.mode.map(SmolStr::new_static),
        contexts: found.contexts.iter().copied().map(SmolStr::new_static).collect(),
        date: found.date.clone(),
        place: found.place.clone(),
        figures: found.figures.clone(),
        polarity: found.polarity,
        modality: found.modality,
        wikidata: found.wikidata.clone(),
        ..event
    }
}

/// Who takes part by the words alone.
fn words(found: &super::Participant) -> Party {
    let (name, label, country) = (found.name.clone(), found.label, found.country);
    Party::Words(PartyWords { name, label, country })
}

fn origin(span: &Span) -> Origin {
    Origin { source: SmolStr::new_static(span.source), score: Some(span.score), reason: span.reason.clone() }
}

fn subtype(span: &Span) -> Option<SmolStr> {
    debug_assert!(span.label == Label::Country || span.country_name.is_none());
    span.country_name.map(CountryName::name).map(SmolStr::new_static)
}

fn goes_by(entity: &Entity, name: &str) -> bool {
    entity.name == name || entity.aliases.iter().any(|alias| alias == name)
}
