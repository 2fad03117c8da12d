//! What a person says is one, or two: entities and events merged, and mentions split off them.

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use crate::project::{
    Action, Edit, Entity, EntityId, Event, EventId, Level, Mention, MentionId, Origin, Project, Stamp, Status, Target,
};

/// Merges entities into one: their mentions and parts in events move, their names become aliases, what it does not say
/// comes from the first that does, and the others go.
pub fn merge(project: &Project, from: &[EntityId], into: EntityId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let Some(mut kept) = project.entity(into).cloned() else { return edit.finish(Action::Nothing) };
    let mut seen = BTreeSet::from([into]);
    let gone: Vec<&Entity> = from.iter().filter(|id| seen.insert(**id)).filter_map(|id| project.entity(*id)).collect();
    let action = match gone.as_slice() {
        [] => return edit.finish(Action::Nothing),
        [one] => Action::Merge { from: one.name.clone(), into: kept.name.clone() },
        several => Action::MergeEntities { entities: several.len() + 1, into: kept.name.clone() },
    };
    for gone in &gone {
        for name in std::iter::once(&gone.name).chain(&gone.aliases) {
            if *name != kept.name && !kept.aliases.contains(name) {
                kept.aliases.push(name.clone());
            }
        }
        kept.country = kept.country.or(gone.country);
        kept.wikidata = kept.wikidata.or_else(|| gone.wikidata.clone());
        if kept.role.is_empty() {
            kept.role.clone_from(&gone.role);
        }
        if kept.note.is_empty() {
            kept.note.clone_from(&gone.note);
        }
        for mention in project.mentions_of(Target::Entity(gone.id)) {
            if mention.kind == kept.kind {
                edit.put(Mention { target: Some(Target::Entity(into)), ..mention.clone() });
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
    }
    kept.decision = Some(edit.stamp().clone());
    // Several of them can take part in one event.
    let events: BTreeMap<EventId, &Event> =
        gone.iter().flat_map(|gone| project.events_with(gone.id)).map(|event| (event.id, event)).collect();
    for event in events.into_values() {
        let mut event = event.clone();
        let moves = |who: Option<EntityId>| who.is_some_and(|id| gone.iter().any(|gone| gone.id == id));
        for participant in event.participants.iter_mut().filter(|p| moves(p.entity())) {
            participant.who = into.into();
        }
        let mut seen = BTreeSet::new();
        event.participants.retain(|p| seen.insert((p.role, p.who.clone())));
        edit.put(event);
    }
    edit.put(kept);
    for gone in &gone {
        edit.move_judgements(Target::Entity(gone.id), Target::Entity(into));
        edit.remove(gone.id);
    }
    edit.finish(action)
}

/// What events can disagree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Type and mode.
    Type,
    /// When.
    Date,
    /// Where.
    Place,
    /// Whether it happened, and how real it is.
    Reality,
}

/// On what events that say something of it do not say the same, in order.
pub fn differing_slots(project: &Project, events: &[EventId]) -> Vec<Slot> {
    let events: Vec<&Event> = events.iter().filter_map(|id| project.event(*id)).collect();
    let differ = |slot: &Slot| match slot {
        Slot::Type => differ(&events, |event| Some((event.kind, event.mode.as_ref()))),
        Slot::Date => differ(&events, |event| event.date.as_ref().map(|date| (date.start, date.end))),
        Slot::Place => differ(&events, |event| event.place.as_ref().map(|place| (&place.name, place.country))),
        Slot::Reality => differ(&events, |event| Some((event.polarity, event.modality))),
    };
    [Slot::Type, Slot::Date, Slot::Place, Slot::Reality].into_iter().filter(differ).collect()
}

fn differ<'e, T: PartialEq>(events: &[&'e Event], says: impl Fn(&'e Event) -> Option<T>) -> bool {
    let mut said = events.iter().filter_map(|event| says(event));
    said.next().is_some_and(|first| said.any(|other| other != first))
}

/// Merges events into one of their article: their mentions move and tell again what its own tell, participants and
/// figures join, what it does not say of date and place comes from the first that does, and the others go.
pub fn merge_events(project: &Project, from: &[EventId], into: EventId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let Some(mut kept) = project.event(into).cloned() else { return edit.finish(Action::Nothing) };
    let mut seen = BTreeSet::from([into]);
    let of_article = |id: &&EventId| project.event(**id).is_some_and(|event| event.article == kept.article);
    let from: Vec<EventId> = from.iter().filter(of_article).copied().filter(|id| seen.insert(*id)).collect();
    if from.is_empty() {
        return edit.finish(Action::Nothing);
    }
    let level = seen.iter().map(|id| project.level_of(*id)).min().unwrap_or_default().min(Level::Kept);
    let clear = project.mentions_of(Target::Event(into)).any(|mention| mention.is_live() && !mention.retold);
    for event in &from {
        let Some(gone) = project.event(*event) else { continue };
        for mention in project.mentions_of(Target::Event(*event)) {
            let retold = mention.retold || clear;
            edit.put(Mention { target: Some(Target::Event(into)), retold, level, ..mention.clone() });
        }
        for participant in &gone.participants {
            if !kept.participants.iter().any(|known| known.is_same(participant)) {
                kept.participants.push(participant.clone());
            }
        }
        for figure in &gone.figures {
            if !kept.figures.contains(figure) {
                kept.figures.push(figure.clone());
            }
        }
        kept.date = kept.date.or_else(|| gone.date.clone());
        kept.place = kept.place.or_else(|| gone.place.clone());
        kept.wikidata = kept.wikidata.or_else(|| gone.wikidata.clone());
        if kept.note.is_empty() {
            kept.note.clone_from(&gone.note);
        }
        kept.worth = if kept.worth >= gone.worth { kept.worth } else { gone.worth };
        edit.move_judgements(Target::Event(*event), Target::Event(into));
        edit.remove(*event);
    }
    let happening = edit.happening(into);
    edit.forget_apart(&happening);
    let action = match from.as_slice() {
        [one] => {
            let name = |id: EventId| project.event(id).map(|event| event.name.clone()).unwrap_or_default();
            Action::Merge { from: name(*one), into: kept.name.clone() }
        }
        several => Action::MergeEvents { events: several.len() + 1, into: kept.name.clone() },
    };
    kept.decision = Some(edit.stamp().clone());
    edit.put(kept);
    edit.finish(action)
}

/// Splits mentions off what the first of them points at: they point at a new event with the same frame, or a new entity
/// of the same kind, named by the first one's words. Nothing where the old one would be left without a live mention.
pub fn split(project: &Project, ids: &[MentionId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let first = ids.first().and_then(|id| project.mention(*id));
    let Some((first, from)) = first.and_then(|mention| Some((mention, mention.target?))) else {
        return edit.finish(Action::Nothing);
    };
    if !project.mentions_of(from).any(|mention| mention.is_live() && !ids.contains(&mention.id)) {
        return edit.finish(Action::Nothing);
    }
    let decision = Some(edit.stamp().clone());
    let new_event = matches!(from, Target::Event(_));
    let name = first.quote.to_string();
    let own = ids.iter().filter(|id| project.mention(**id).is_some_and(|mention| mention.target == Some(from)));
    let new = match from {
        Target::Event(from) => {
            let Some(event) = project.event(from) else { return edit.finish(Action::Nothing) };
            let id = edit.fresh::<Event>();
            edit.put(Event { id, name, wikidata: None, origin: Origin::hand(), decision, ..event.clone() });
            Target::Event(id)
        }
        Target::Entity(from) => {
            let Some(kind) = project.entity(from).map(|entity| entity.kind.clone()) else {
                return edit.finish(Action::Nothing);
            };
            let id = edit.fresh::<Entity>();
            edit.put(Entity { decision, ..Entity::new(id, kind, name, Origin::hand()) });
            Target::Entity(id)
        }
    };
    for mention in own {
        edit.decide(*mention, |mention| {
            mention.target = Some(new);
            mention.status = Status::Accepted;
            mention.retold = new_event && mention.id != first.id;
        });
    }
    edit.finish(Action::Split { quote: first.quote.to_string(), from: project.target_name(first).to_owned() })
}
