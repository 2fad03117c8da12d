//! What the window keeps of dossiers: a field that is being edited, and whose were shown before.

use super::forms::aliases;
use crate::project::{Entity, EntityId, Kind, Tagset};

/// What of an entity is edited in its dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Field {
    Name,
    Role,
    Aliases,
    Note,
}

impl Field {
    /// Those that an entity of a kind has, from top to bottom.
    pub(super) fn of(tagset: &Tagset, entity: &Entity) -> impl Iterator<Item = Self> {
        let people = tagset.get(&entity.kind).is_some_and(Kind::is_people);
        let all = [Self::Name, Self::Role, Self::Aliases, Self::Note];
        all.into_iter().filter(move |field| people || *field != Self::Role)
    }

    /// As it stands beside it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Role => "Role",
            Self::Aliases => "Other names",
            Self::Note => "Note",
        }
    }

    /// What could stand there.
    pub(super) fn hint(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Role => "Office or title, such as foreign minister",
            Self::Aliases => "Separate with semicolons",
            Self::Note => "A remark of your own",
        }
    }

    /// What an entity has there.
    pub(super) fn value(self, entity: &Entity) -> String {
        match self {
            Self::Name => entity.name.clone(),
            Self::Role => entity.role.clone(),
            Self::Aliases => entity.aliases.join("; "),
            Self::Note => entity.note.clone(),
        }
    }

    /// Puts what was typed there; nobody is left without a name.
    pub(super) fn set(self, entity: &mut Entity, typed: &str) {
        let typed = typed.trim();
        match self {
            Self::Name if typed.is_empty() => {}
            Self::Name => typed.clone_into(&mut entity.name),
            Self::Role => typed.clone_into(&mut entity.role),
            Self::Aliases => entity.aliases = aliases(typed),
            Self::Note => typed.clone_into(&mut entity.note),
        }
    }
}

/// A field while something is typed into it.
pub struct Editing {
    pub(super) entity: EntityId,
    pub(super) field: Field,
    pub(super) value: String,
    /// It has just been opened: it takes the keys.
    pub(super) fresh: bool,
}

/// What is under way in the dossiers.
#[derive(Default)]
pub struct Desk {
    pub(super) editing: Option<Editing>,
    /// Whose dossiers led to the one that is shown, the last one last.
    pub(super) trail: Vec<EntityId>,
    /// The field that looks for a name is to take the keys.
    pub(super) wants_search: bool,
}
