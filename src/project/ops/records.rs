//! What a person can do with entities and events: edit them, and say who takes part.

use text_size::TextRange;

use super::mentions::named_entity;
use super::{Builder, Known};
use crate::project::{
    Action, Edit, Entity, Event, EventId, KindId, Participant, Party, Project, Role, Schema, Stamp, Target,
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

/// Adds a party to an event; `range` is where the text says so. Where it has that part already, it has it for sure.
pub fn add_participant(
    project: &Project,
    event: EventId,
    role: Role,
    who: impl Into<Party>,
    range: Option<TextRange>,
    stamp: Stamp,
) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let participant = Participant::new(role, who, range);
    let name = project.party_name(&participant.who).to_owned();
    participate(&mut edit, event, participant);
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
            participate(&mut edit, event, Participant::new(role, entity, None));
        }
    }
    edit.finish(Action::AddParticipant { name: known.name.clone(), role })
}

fn participate(edit: &mut Builder<'_>, event: EventId, new: Participant) {
    let Some(mut event) = edit.event(event).cloned() else { return };
    match event.participants.iter_mut().find(|known| known.is_same(&new)) {
        Some(known) if !known.unsure => return,
        Some(known) => known.unsure = false,
        None => event.participants.push(new),
    }
    event.decision = Some(edit.stamp().clone());
    edit.put(event);
}
