//! Which names may be one: as the panels offer to merge them, and as lists put the likeliest first.

use crate::project::{Entity, EntityId, Project, Target};
use crate::suggest::across;
use crate::suggest::across::names::{Name, shared, words};

/// Those of some entities of one kind that may be one, group by group; not those of which a person said that they are not.
pub fn groups(project: &Project, entities: impl Iterator<Item = EntityId>) -> Vec<Vec<EntityId>> {
    let entities: Vec<&Entity> = entities.filter_map(|id| project.entity(id)).collect();
    let apart = |one, other| project.are_apart(Target::Entity(one), Target::Entity(other));
    across::groups(&entities, &apart).into_iter().map(|(group, _)| group).collect()
}

/// What a target can be merged with, the likeliest first; of what is equally likely what is mentioned most.
pub fn likeliest(project: &Project, target: Target) -> Vec<Target> {
    let is_live = |target: &Target| project.count_of(*target) > 0;
    let mut ranked: Vec<(Target, f32, usize)> = match target {
        Target::Entity(id) => {
            let Some(own) = project.entity(id) else { return Vec::new() };
            let others = project.entities().filter(|other| other.kind == own.kind && other.id != id);
            let name = Name::new(own);
            let likely = |other: &Entity| {
                let other = Name::new(other);
                f32::from(u8::from(name.may_be(&other).is_some())) + shared(&name.words, &other.words)
            };
            others
                .map(|other| (Target::Entity(other.id), likely(other)))
                .map(|(t, l)| (t, l, project.count_of(t)))
                .collect()
        }
        Target::Event(id) => {
            let Some(own) = project.event(id) else { return Vec::new() };
            let name = words(&own.name);
            let others = project.events_of(own.article).filter(|other| other.id != id);
            let likely = |other: &crate::project::Event| {
                let who = own.participants.iter().filter(|p| other.participants.iter().any(|o| o.who == p.who)).count();
                let type_alike = f32::from(u8::from(own.kind == other.kind));
                type_alike + shared(&name, &words(&other.name)) + 0.3 * who as f32
            };
            others
                .map(|other| (Target::Event(other.id), likely(other)))
                .map(|(t, l)| (t, l, project.count_of(t)))
                .collect()
        }
    };
    ranked.retain(|(target, ..)| is_live(target));
    ranked.sort_by(|(_, one, count), (_, other, more)| other.total_cmp(one).then(more.cmp(count)));
    ranked.into_iter().map(|(target, ..)| target).collect()
}
