//! Makes of what becomes of articles the edit of the project in which annotators' differences are settled: marks, events and
//! relations that stand, each with whose choice it is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use smol_str::SmolStr;

use super::Annotator;
use super::align::Tie;
use super::fate::{Article, Chosen, Outcome, Slot, Told, Who};
use super::marks::{Kinds, Part, identity};
use crate::project::ops::Builder;
use crate::project::{
    ArticleId, Entity, EntityId, Event, EventId, EventType, Figure, Given, GivenEntity, GivenParty, GivenReality,
    KindId, Mention, MentionId, Origin, Participant, Party, Project, Relation, Role, Stamp, Status, Target,
};

/// Makes of what becomes of articles the edit of the project.
pub(super) struct Settler<'a> {
    project: &'a Project,
    annotators: &'a [Annotator<'a>],
    /// What the kinds of each annotator are called by the first.
    kinds: &'a [Kinds],
    /// The edit, as it grows.
    pub(super) edit: Builder<'a>,
    stamp: Stamp,
    /// The entities of the project, by kind and by what makes them the same.
    entities: HashMap<(KindId, String), EntityId, RandomState>,
    /// Which of them those of annotators are.
    known: HashMap<(usize, EntityId), EntityId, RandomState>,
    /// How many mentions are new.
    pub(super) made: usize,
}

/// An article being settled.
struct Place<'s> {
    article: ArticleId,
    of: &'s Article<'s>,
    /// The mention of each unit.
    mentions: BTreeMap<usize, MentionId>,
}

impl<'a> Settler<'a> {
    /// Nothing yet. `kinds` are in the order of the annotators.
    pub(super) fn new(project: &'a Project, annotators: &'a [Annotator<'a>], kinds: &'a [Kinds], stamp: Stamp) -> Self {
        let edit = Builder::new(project, stamp.clone());
        let mut entities = HashMap::default();
        for entity in project.entities() {
            entities.entry((entity.kind.clone(), identity(entity))).or_insert(entity.id);
        }
        Self { project, annotators, kinds, edit, stamp, entities, known: HashMap::default(), made: 0 }
    }

    /// Has an article of the project become what it is after, where it was something else before.
    pub(super) fn take(&mut self, article: ArticleId, of: &Article<'_>, before: &Outcome, after: &Outcome) {
        let mut place = Place { article, of, mentions: BTreeMap::new() };
        // First what goes, so that nothing is in the way of what comes.
        for (unit, fate) in before.units.iter().enumerate() {
            let Some(was) = fate.made() else { continue };
            if let Some(mention) = self.mention(article, was) {
                match after.units.get(unit).and_then(|fate| fate.made()) {
                    Some(_) => drop(place.mentions.insert(unit, mention)),
                    None => self.edit.remove(mention),
                }
            }
        }
        let events = self.events(&place, before, after);
        let mut changed: BTreeSet<EventId> = BTreeSet::new();
        for (unit, fate) in after.units.iter().enumerate() {
            let Some(chosen) = fate.made() else { continue };
            if before.units.get(unit).and_then(|fate| fate.made()) != Some(chosen) {
                self.put_mention(&mut place, unit, chosen, &events);
                changed.extend(chosen.event.and_then(|event| events.get(&event)));
            }
        }
        for event in before.units.iter().filter_map(|fate| fate.made()?.event) {
            changed.extend(events.get(&event));
        }
        self.stand_out(&place, &changed);
        for (tie, whose) in &after.ties {
            if before.ties.get(tie) != Some(whose) {
                self.put_relation(&place, tie, whose);
            }
        }
        for tie in before.ties.keys().filter(|tie| !after.ties.contains_key(*tie)) {
            self.remove_relation(&place, tie);
        }
        let told = |outcome: &Outcome, at: usize| outcome.events.get(at).is_some_and(Option::is_some);
        for (at, event) in &events {
            if told(before, *at) && !told(after, *at) {
                self.edit.remove(*event);
            }
        }
    }

    /// The mention that stands where a mark was made.
    fn mention(&self, article: ArticleId, chosen: &Chosen) -> Option<MentionId> {
        let here = self.project.mentions_at(article, chosen.range);
        here.iter().find(|mention| mention.kind == chosen.kind).map(|mention| mention.id)
    }

    /// Those whose choice something is; the person who settles where it is nobody's.
    fn by(&self, whose: &[usize], at: Option<&Stamp>) -> Stamp {
        let names: Vec<&str> =
            whose.iter().filter_map(|by| self.annotators.get(*by)).map(|annotator| annotator.name).collect();
        if names.is_empty() {
            return self.stamp.clone();
        }
        Stamp { by: SmolStr::from(names.join(Stamp::AND)), at: at.map_or(self.stamp.at, |stamp| stamp.at) }
    }

    /// The project's event of each that is told before or after, as it is after.
    fn events(&mut self, place: &Place<'_>, before: &Outcome, after: &Outcome) -> BTreeMap<usize, EventId> {
        let mut events: BTreeMap<usize, EventId> = BTreeMap::new();
        for was in before.units.iter().filter_map(|fate| fate.made()) {
            let Some(group) = was.event.filter(|group| !events.contains_key(group)) else { continue };
            let event = self.mention(place.article, was).and_then(|id| self.project.mention(id)?.event());
            events.extend(event.map(|event| (group, event)));
        }
        for (group, told) in after.events.iter().enumerate() {
            let Some(told) = told else { continue };
            let was = before.events.get(group).and_then(Option::as_ref);
            match events.get(&group).copied() {
                Some(event) if was.is_some() => self.change_event(place, group, event, was, told),
                _ => {
                    let event = self.edit.fresh::<Event>();
                    if self.make_event(place, group, event, told) {
                        events.insert(group, event);
                    }
                }
            }
        }
        events
    }

    /// An annotator's record of an event.
    fn record(&self, place: &Place<'_>, group: usize, by: usize) -> Option<&'a Event> {
        let id = place.of.aligned.events.get(group)?.get(by).copied().flatten()?;
        self.annotators.get(by)?.project.event(id)
    }

    fn make_event(&mut self, place: &Place<'_>, group: usize, id: EventId, told: &Told) -> bool {
        let mut records = (0..self.annotators.len()).filter_map(|by| self.record(place, group, by));
        let Some(theirs) = records.next() else { return false };
        let event = Event {
            worth: theirs.worth,
            alike: theirs.alike,
            wikidata: theirs.wikidata.clone(),
            note: theirs.note.clone(),
            ..Event::new(id, place.article, &theirs.name, theirs.origin.clone())
        };
        self.edit.put(event);
        self.change_event(place, group, id, None, told);
        true
    }

    /// Sets of an event what is not as it was before.
    fn change_event(&mut self, place: &Place<'_>, group: usize, id: EventId, was: Option<&Told>, told: &Told) {
        let Some(mut event) = self.edit.event(id).cloned() else { return };
        if was.map(|was| &was.kind) != Some(&told.kind) {
            let theirs = match &told.kind {
                Slot::By(by) => self.record(place, group, *by),
                _ => None,
            };
            event.kind = match &told.kind {
                Slot::Given(Given::Type(kind)) => *kind,
                Slot::ByHand => event.kind,
                _ => theirs.map_or(EventType::Happening(None), |theirs| theirs.kind),
            };
            event.mode = theirs.and_then(|theirs| theirs.mode.clone());
            event.contexts = theirs.map(|theirs| theirs.contexts.clone()).unwrap_or_default();
        }
        for (part, slot) in &told.parts {
            if was.and_then(|was| was.parts.get(part)) == Some(slot) {
                continue;
            }
            match slot {
                Slot::By(by) => {
                    let theirs = self.record(place, group, *by).map(|theirs| (*by, theirs));
                    self.set_part(&mut event, *part, theirs);
                }
                Slot::Nothing | Slot::Open => self.set_part(&mut event, *part, None),
                Slot::Given(given) => self.give_part(&mut event, *part, given),
                Slot::ByHand => {}
            }
        }
        // Whoever gave a part of it made it what it is.
        let given = std::iter::once(&told.kind).chain(told.parts.values()).any(|slot| matches!(slot, Slot::Given(_)));
        let members = place.of.aligned.events.get(group).into_iter().flatten().enumerate();
        let whose: Vec<usize> = members.filter(|(_, event)| event.is_some() && !given).map(|(by, _)| by).collect();
        let first = whose.first().and_then(|by| self.record(place, group, *by));
        event.decision = Some(self.by(&whose, first.and_then(|theirs| theirs.decision.as_ref())));
        self.edit.put(event);
    }

    /// Fills a part with what a person gave; with nothing where that is of another part.
    fn give_part(&mut self, event: &mut Event, part: Part, given: &Given) {
        self.set_part(event, part, None);
        match (part, given) {
            (Part::Actors, Given::Parties(all)) => self.take_part(event, Role::Actor, all),
            (Part::Recipients, Given::Parties(all)) => self.take_part(event, Role::Recipient, all),
            (Part::Place, Given::Place(place)) => event.place = Some(place.clone()),
            (Part::Date, Given::Date(date)) => event.date = Some(date.clone()),
            (Part::Reality, Given::Reality(GivenReality { polarity, modality })) => {
                (event.polarity, event.modality) = (*polarity, *modality);
            }
            (Part::Figures, Given::Figures(figures)) => {
                event.figures = figures.iter().map(|figure| Figure { range: None, ..figure.clone() }).collect();
            }
            _ => {}
        }
    }

    fn take_part(&mut self, event: &mut Event, role: Role, all: &[GivenParty]) {
        for given in all {
            let who = match given {
                GivenParty::Entity(entity) => Party::Entity(self.called(entity)),
                GivenParty::Words(words) => Party::Words(words.clone()),
            };
            let new = Participant::new(role, who, None);
            if !event.participants.iter().any(|known| known.is_same(&new)) {
                event.participants.push(new);
            }
        }
    }

    fn set_part(&mut self, event: &mut Event, part: Part, theirs: Option<(usize, &Event)>) {
        let record = theirs.map(|(_, theirs)| theirs);
        let mut parties = |event: &mut Event, role: Role| {
            event.participants.retain(|participant| participant.role != role);
            let Some((by, theirs)) = theirs else { return };
            for participant in theirs.participants.iter().filter(|participant| participant.role == role) {
                let who = match &participant.who {
                    Party::Entity(id) => match self.entity(by, *id, None) {
                        Some(id) => Party::Entity(id),
                        None => continue,
                    },
                    words @ Party::Words(_) => words.clone(),
                };
                event.participants.push(Participant { who, ..participant.clone() });
            }
        };
        match part {
            Part::Actors => parties(event, Role::Actor),
            Part::Recipients => parties(event, Role::Recipient),
            Part::Place => event.place = record.and_then(|theirs| theirs.place.clone()),
            Part::Date => event.date = record.and_then(|theirs| theirs.date.clone()),
            Part::Reality => {
                event.polarity = record.map(|theirs| theirs.polarity).unwrap_or_default();
                event.modality = record.map(|theirs| theirs.modality).unwrap_or_default();
            }
            Part::Figures => event.figures = record.map(|theirs| theirs.figures.clone()).unwrap_or_default(),
        }
    }

    /// The entity of the project that an annotator's is; of another kind where its mark is settled as that.
    fn entity(&mut self, by: usize, id: EntityId, kind: Option<&KindId>) -> Option<EntityId> {
        if let Some(known) = self.known.get(&(by, id)) {
            return Some(*known);
        }
        let theirs = self.annotators.get(by)?.project.entity(id)?;
        let own = self.kinds.get(by)?.of(&theirs.kind);
        let kind = kind.unwrap_or(&own).clone();
        let key = (kind.clone(), identity(theirs));
        let here = self.entities.get(&key).copied().unwrap_or_else(|| {
            let here = self.edit.fresh::<Entity>();
            self.edit.put(Entity { id: here, kind, ..theirs.clone() });
            here
        });
        self.entities.insert(key, here);
        self.known.insert((by, id), here);
        Some(here)
    }

    /// The entity that a person named.
    fn called(&mut self, given: &GivenEntity) -> EntityId {
        let GivenEntity { name, kind, country, wikidata } = given.clone();
        let new = Entity {
            country,
            wikidata,
            decision: Some(self.stamp.clone()),
            ..Entity::new(EntityId::default(), kind, name, Origin::hand())
        };
        let key = (new.kind.clone(), identity(&new));
        let named = || self.project.entities_named(&new.name).find(|entity| entity.kind == new.kind);
        let known = self.entities.get(&key).copied().or_else(|| named().map(|entity| entity.id));
        let here = known.unwrap_or_else(|| {
            let id = self.edit.fresh::<Entity>();
            self.edit.put(Entity { id, ..new });
            id
        });
        self.entities.insert(key, here);
        here
    }

    fn put_mention(&mut self, place: &mut Place<'_>, unit: usize, chosen: &Chosen, events: &BTreeMap<usize, EventId>) {
        let theirs = place.of.aligned.mark(unit, chosen.base).map(|mark| mark.id);
        let theirs = theirs.and_then(|id| self.annotators.get(chosen.base)?.project.mention(id));
        let Some(theirs) = theirs else { return };
        let target = match (&chosen.event, &chosen.who) {
            (Some(group), _) => events.get(group).copied().map(Target::Event),
            (None, Who::Of(by, id)) => self.entity(*by, *id, Some(&chosen.kind)).map(Target::Entity),
            (None, Who::Called(name)) => {
                let (name, kind) = (name.clone(), chosen.kind.clone());
                let given = GivenEntity { name, kind, country: None, wikidata: None };
                Some(Target::Entity(self.called(&given)))
            }
            (None, Who::Nobody) => None,
        };
        let known = place.mentions.get(&unit).copied().or_else(|| {
            let drafted = place.mentions.values().filter_map(|id| self.edit.mention(*id));
            let mut drafted = drafted.filter(|own| own.range == chosen.range && own.kind == chosen.kind);
            drafted.next().map(|own| own.id).or_else(|| self.mention(place.article, chosen))
        });
        let id = known.unwrap_or_else(|| {
            self.made += 1;
            self.edit.fresh::<Mention>()
        });
        let quote = place.of.text.get(crate::text::bytes(chosen.range)).unwrap_or_default();
        let is_theirs = !chosen.whose.is_empty();
        self.edit.put(Mention {
            id,
            article: place.article,
            range: chosen.range,
            quote: quote.into(),
            kind: chosen.kind.clone(),
            target,
            status: Status::Accepted,
            decision: Some(self.by(&chosen.whose, theirs.decision.as_ref())),
            subtype: theirs.subtype.clone().filter(|_| is_theirs),
            proposed: None,
            drawn: false,
            ..theirs.clone()
        });
        place.mentions.insert(unit, id);
    }

    /// Has one of the mentions of each event stand for it, where none does.
    fn stand_out(&mut self, place: &Place<'_>, events: &BTreeSet<EventId>) {
        for event in events {
            let own = |mention: &&Mention| mention.event() == Some(*event) && mention.is_live();
            let placed = place.mentions.values().filter_map(|id| self.edit.mention(*id)).filter(own);
            let drafted: Vec<&Mention> = placed.collect();
            let others = self.project.mentions(place.article).iter().filter(own);
            let others = others.filter_map(|mention| self.edit.mention(mention.id)).filter(own);
            let mut all: Vec<Mention> = drafted.into_iter().chain(others).cloned().collect();
            all.sort_by_key(Mention::order);
            if all.iter().all(|mention| mention.retold)
                && let Some(first) = all.into_iter().next()
            {
                self.edit.put(Mention { retold: false, ..first });
            }
        }
    }

    /// The mentions at the ends of a relation.
    fn ends(&self, place: &Place<'_>, (_, from, to): &Tie) -> Option<(MentionId, MentionId)> {
        let of = |unit: &usize| place.mentions.get(unit).copied();
        Some((of(from)?, of(to)?))
    }

    fn put_relation(&mut self, place: &Place<'_>, tie: &Tie, whose: &[usize]) {
        let Some((from, to)) = self.ends(place, tie) else { return };
        let ties = place.of.aligned.ties();
        let by = ties.get(tie).and_then(|by| by.iter().find(|(by, _)| whose.is_empty() || whose.contains(*by)));
        let Some((by, link)) = by else { return self.give_relation(place, &tie.0, (from, to)) };
        let project = self.annotators.get(*by).map(|annotator| annotator.project);
        let Some(theirs) = project.and_then(|project| project.relation(link.id)) else { return };
        // One that says the same both ways may have been drawn from either end.
        let turned = place.of.aligned.mark(tie.1, *by).map(|mark| mark.id) != Some(theirs.from);
        let (from, to) = if turned { (to, from) } else { (from, to) };
        let known = self.project.related(&tie.0, link.symmetric, from, to).map(|own| own.id);
        let id = known.unwrap_or_else(|| self.edit.fresh::<Relation>());
        self.edit.put(Relation {
            id,
            article: place.article,
            kind: tie.0.clone(),
            from,
            to,
            status: Status::Accepted,
            proposed: None,
            decision: Some(self.by(whose, theirs.decision.as_ref())),
            ..theirs.clone()
        });
    }

    /// A relation that no annotator has.
    fn give_relation(&mut self, place: &Place<'_>, kind: &KindId, (from, to): (MentionId, MentionId)) {
        let symmetric = self.project.tagset().is_symmetric(kind);
        let known = self.project.related(kind, symmetric, from, to).map(|own| own.id);
        let id = known.unwrap_or_else(|| self.edit.fresh::<Relation>());
        let decision = Some(self.stamp.clone());
        let new = Relation::new(id, place.article, kind.clone(), (from, to), Origin::hand());
        self.edit.put(Relation { status: Status::Accepted, decision, ..new });
    }

    fn remove_relation(&mut self, place: &Place<'_>, tie: &Tie) {
        // Where an end goes, it goes along.
        let Some((from, to)) = self.ends(place, tie) else { return };
        let symmetric = self.project.tagset().is_symmetric(&tie.0);
        if let Some(own) = self.project.related(&tie.0, symmetric, from, to) {
            self.edit.remove(own.id);
        }
    }
}
