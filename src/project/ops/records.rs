//! What a person can do with entities and events: edit and merge them.

use std::collections::BTreeSet;

use text_size::TextRange;

use super::mentions::named_entity;
use super::{Builder, Known};
use crate::project::{
    Action, Edit, Entity, EntityId, Event, EventId, KindId, Mention, MentionId, Origin, Participant, Project, Role,
    Schema, Stamp, Status, Target,
};

/// Sets an entity as a person edited it. The old name stays as an alias, so that runs still find it.
pub fn set_entity(project: &Project, mut entity: Entity, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let mut action = Action::Edit(entity.name.clone());
    if let Some(before) = project.entity(entity.id) {
        if before.name != entity.name {
            action = Action::Rename { from: before.name.clone(), to: entity.name.clone() };
            entity.aliases.retain(|alias| *alias != entity.name);
            if !entity.aliases.contains(&before.name) {
                entity.aliases.push(before.name.clone());
            }
        }
        if *before != entity {
            entity.decision = Some(edit.stamp().clone());
            edit.put(entity);
        }
    }
    edit.finish(action)
}

/// Sets an event as a person edited it.
pub fn set_event(project: &Project, mut event: Event, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let action = Action::Edit(event.name.clone());
    if project.event(event.id).is_some_and(|before| *before != event) {
        event.decision = Some(edit.stamp().clone());
        edit.put(event);
    }
    edit.finish(action)
}

/// Merges entity `from` into `into`: its mentions and parts in events move, its names become aliases, it goes.
pub fn merge(project: &Project, from: EntityId, into: EntityId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let (Some(gone), Some(mut kept)) = (project.entity(from), project.entity(into).cloned()) else {
        return edit.finish(Action::Nothing);
    };
    if from == into {
        return edit.finish(Action::Nothing);
    }
    let action = Action::Merge { from: gone.name.clone(), into: kept.name.clone() };
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
    kept.decision = Some(edit.stamp().clone());
    for mention in project.mentions_of(Target::Entity(from)) {
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
    for event in project.events_with(from) {
        let mut event = event.clone();
        for participant in event.participants.iter_mut().filter(|p| p.entity == from) {
            participant.entity = into;
        }
        let mut seen = BTreeSet::new();
        event.participants.retain(|p| seen.insert((p.role, p.entity)));
        edit.put(event);
    }
    edit.put(kept);
    edit.remove(from);
    edit.finish(action)
}

/// Merges event `from` into `into`, of one article: its triggers move, its participants join, it goes.
pub fn merge_events(project: &Project, from: EventId, into: EventId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let (Some(gone), Some(mut kept)) = (project.event(from), project.event(into).cloned()) else {
        return edit.finish(Action::Nothing);
    };
    if from == into || gone.article != kept.article {
        return edit.finish(Action::Nothing);
    }
    let action = Action::Merge { from: gone.name.clone(), into: kept.name.clone() };
    for mention in project.mentions_of(Target::Event(from)) {
        edit.put(Mention { target: Some(Target::Event(into)), ..mention.clone() });
    }
    for participant in &gone.participants {
        if !kept.participants.iter().any(|p| p.role == participant.role && p.entity == participant.entity) {
            kept.participants.push(participant.clone());
        }
    }
    kept.date = kept.date.or_else(|| gone.date.clone());
    kept.place = kept.place.or_else(|| gone.place.clone());
    kept.wikidata = kept.wikidata.or_else(|| gone.wikidata.clone());
    if kept.note.is_empty() {
        kept.note.clone_from(&gone.note);
    }
    kept.decision = Some(edit.stamp().clone());
    edit.put(kept);
    edit.remove(from);
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
        });
    }
    edit.finish(Action::Split { quote: first.quote.to_string(), from: project.target_name(first).to_owned() })
}

/// Adds an entity to an event; `range` is where the text says so. Nothing where it has that part already.
pub fn add_participant(
    project: &Project,
    event: EventId,
    role: Role,
    entity: EntityId,
    range: Option<TextRange>,
    stamp: Stamp,
) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let name = project.entity(entity).map(|entity| entity.name.clone()).unwrap_or_default();
    participate(&mut edit, event, Participant { role, entity, range });
    edit.finish(Action::AddParticipant { name, role })
}

/// Adds somebody to an event whom no tag names: the entity of this kind and name, or a new one.
pub fn add_new_participant(
    project: &Project,
    event: EventId,
    role: Role,
    kind: &KindId,
    known: &Known,
    stamp: Stamp,
) -> Edit {
    let mut edit = Builder::new(project, stamp);
    if project.event(event).is_some() && project.tagset().schema(kind) != Schema::Event {
        let present = project
            .entities_named(&known.name)
            .find(|e| e.kind == *kind && e.name == known.name)
            .map(|entity| entity.id);
        if let Target::Entity(entity) = named_entity(&mut edit, kind, known, present) {
            participate(&mut edit, event, Participant { role, entity, range: None });
        }
    }
    edit.finish(Action::AddParticipant { name: known.name.clone(), role })
}

fn participate(edit: &mut Builder<'_>, event: EventId, new: Participant) {
    let Some(mut event) = edit.event(event).cloned() else { return };
    if !event.participants.iter().any(|known| known.role == new.role && known.entity == new.entity) {
        event.participants.push(new);
        event.decision = Some(edit.stamp().clone());
        edit.put(event);
    }
}
