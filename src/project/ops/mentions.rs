//! What a person can do with mentions: accept, reject, tag, assign, move their ends.

use std::collections::{BTreeSet, HashSet};

use smol_str::SmolStr;
use text_size::TextRange;

use super::Builder;
use crate::project::{
    Action, ArticleId, CountryCode, Edit, Entity, EntityId, Event, EventId, KindId, Mention, MentionId, Origin,
    Project, Schema, Stamp, Status, Target,
};

/// Accepts mentions. No run changes the events that they point at from then on.
pub fn accept(project: &Project, ids: &[MentionId], stamp: Stamp) -> Edit {
    set_status(project, ids, Status::Accepted, stamp).finish(Action::Accept(ids.len()))
}

/// Rejects mentions: they leave the text, stay listed, and are not proposed again.
pub fn reject(project: &Project, ids: &[MentionId], stamp: Stamp) -> Edit {
    set_status(project, ids, Status::Rejected, stamp).finish(Action::Reject(ids.len()))
}

/// Brings rejected mentions back: as suggestions again, or as tags where a person had made or changed them. Where one was
/// held back, what was decided elsewhere does not count in its article any more.
pub fn restore(project: &Project, ids: &[MentionId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        let Some(mut mention) = project.mention(*id).filter(|m| m.status == Status::Rejected).cloned() else {
            continue;
        };
        edit.refuse_held(&mention);
        if mention.origin.is_hand() || mention.proposed.is_some() || !mention.note.is_empty() {
            edit.decide(*id, |mention| mention.status = Status::Accepted);
        } else {
            mention.status = Status::Suggested;
            mention.decision = None;
            mention.drawn = false;
            edit.put(mention);
        }
    }
    edit.finish(Action::Restore(ids.len()))
}

fn set_status<'p>(project: &'p Project, ids: &[MentionId], status: Status, stamp: Stamp) -> Builder<'p> {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        edit.decide(*id, |mention| mention.status = status);
    }
    edit
}

/// Deletes mentions: what a person made goes for good, what a source proposed is rejected, so that it stays away.
pub fn delete(project: &Project, ids: &[MentionId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        match project.mention(*id) {
            Some(mention) if mention.origin.is_hand() => edit.remove(*id),
            Some(_) => edit.decide(*id, |mention| mention.status = Status::Rejected),
            None => {}
        }
    }
    let orphans: BTreeSet<EventId> = project.orphaned_events(ids);
    for event in orphans {
        edit.remove(event);
    }
    edit.finish(Action::Delete(ids.len()))
}

/// Moves a mention's ends; it counts as accepted. An empty or unfit range changes nothing.
pub fn set_range(project: &Project, id: MentionId, range: TextRange, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let quote = project.mention(id).and_then(|mention| project.slice(mention.article, range));
    if let Some(quote) = quote.filter(|quote| !quote.is_empty()) {
        edit.decide(id, |mention| {
            if mention.range != range {
                mention.range = range;
                mention.quote = SmolStr::new(quote);
                mention.status = Status::Accepted;
            }
        });
    }
    edit.finish(Action::SetRange)
}

/// What is known of a name: the entity's full name, the country it is or belongs to, office and link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// "China" for "Chinese"; the words themselves where nothing is known.
    pub name: String,
    /// The country, for a country; for a person the one of the office.
    pub country: Option<CountryCode>,
    /// A person's office; empty where not known.
    pub role: String,
    /// Wikidata item, where known.
    pub wikidata: Option<SmolStr>,
}

/// Looks up what is known of words that are tagged with a kind of this schema; this room has no knowledge of its own.
pub type LookUp<'a> = &'a dyn Fn(Schema, &str) -> Known;

/// The look-up that knows nothing: a name is its words.
pub fn unknown(_schema: Schema, words: &str) -> Known {
    Known { name: words.to_owned(), ..Known::default() }
}

/// Changes the kind of mentions; each gets an entity or event of the new kind and counts as accepted.
pub fn set_kind(project: &Project, ids: &[MentionId], kind: &KindId, look_up: LookUp<'_>, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        let Some(mention) = project.mention(*id).filter(|mention| mention.kind != *kind) else { continue };
        let schema = project.tagset().schema(kind);
        let target = new_target(&mut edit, mention.article, kind, schema, &look_up(schema, &mention.quote));
        edit.decide(*id, |mention| {
            mention.kind = kind.clone();
            mention.target = Some(target);
            mention.status = Status::Accepted;
        });
    }
    edit.finish(Action::SetKind { mentions: ids.len(), kind: project.tagset().name_of(kind).to_owned() })
}

/// The entity of this kind that goes by this name already, or that the same words name in the article; else a new
/// one. For events always a new one.
pub(super) fn new_target(
    edit: &mut Builder<'_>,
    article: ArticleId,
    kind: &KindId,
    schema: Schema,
    known: &Known,
) -> Target {
    if schema == Schema::Event {
        return new_event(edit, article, known);
    }
    let same_words = edit.project.find_entity(kind, article, &known.name);
    named_entity(edit, kind, known, same_words)
}

/// A new event that is called so.
fn new_event(edit: &mut Builder<'_>, article: ArticleId, known: &Known) -> Target {
    let decision = Some(edit.stamp().clone());
    let id = edit.fresh::<Event>();
    edit.put(Event { decision, ..Event::new(id, article, &known.name, Origin::hand()) });
    Target::Event(id)
}

/// The entity of this kind that bears this very name, or that `present` says, or a new one.
pub(super) fn named_entity(edit: &mut Builder<'_>, kind: &KindId, known: &Known, present: Option<EntityId>) -> Target {
    let name = known.name.as_str();
    let decision = Some(edit.stamp().clone());
    let code = known.country.filter(|_| edit.project.tagset().schema(kind) == Schema::Country);
    let same_country = code.and_then(|code| edit.project.entities_of(code).find(|entity| entity.kind == *kind));
    let country = same_country.map(|entity| entity.id);
    let present = country.or(present).or_else(|| {
        let mut made = edit.drafts::<Entity>();
        made.find(|entity| entity.kind == *kind && entity.name == name).map(|entity| entity.id)
    });
    Target::Entity(present.unwrap_or_else(|| {
        let id = edit.fresh::<Entity>();
        edit.put(Entity {
            country: known.country,
            role: known.role.clone(),
            wikidata: known.wikidata.clone(),
            decision,
            ..Entity::new(id, kind.clone(), name, Origin::hand())
        });
        id
    }))
}

/// Points mentions at an entity; they take its kind and count as accepted.
pub fn assign(project: &Project, ids: &[MentionId], entity: EntityId, stamp: Stamp) -> Edit {
    let Some(entity) = project.entity(entity) else { return Builder::new(project, stamp).finish(Action::Nothing) };
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        edit.decide(*id, |mention| {
            mention.kind = entity.kind.clone();
            mention.target = Some(Target::Entity(entity.id));
            mention.status = Status::Accepted;
        });
    }
    edit.finish(Action::Assign { mentions: ids.len(), entity: entity.name.clone() })
}

/// Points mentions at a new entity of their kind (or at the one that goes by the name) and accepts them.
pub fn assign_new(project: &Project, ids: &[MentionId], known: &Known, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        let Some(mention) = project.mention(*id) else { continue };
        if project.tagset().schema(&mention.kind) == Schema::Event {
            continue;
        }
        // The person says that it is another: only an entity of this very name will do.
        let used = |entity: &&Entity| project.mentions_of(Target::Entity(entity.id)).any(Mention::is_live);
        let mut namesakes =
            project.entities_named(&known.name).filter(|e| e.kind == mention.kind && e.name == known.name);
        let namesake = namesakes.find(used).map(|entity| entity.id);
        let target = named_entity(&mut edit, &mention.kind, known, namesake);
        edit.decide(*id, |mention| {
            mention.target = Some(target);
            mention.status = Status::Accepted;
        });
    }
    edit.finish(Action::Assign { mentions: ids.len(), entity: known.name.clone() })
}

/// Points mentions at an event of their article and accepts them; they become events where their kind is none. Events
/// that lose their last mention stay unseen.
pub fn join_event(project: &Project, ids: &[MentionId], event: EventId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let Some(event) = project.event(event) else { return edit.finish(Action::Nothing) };
    let mut of_event = project.mentions_of(Target::Event(event.id));
    let mut clear = of_event.any(|mention| mention.is_live() && !mention.retold && !ids.contains(&mention.id));
    for id in ids.iter().filter(|id| project.mention(**id).is_some_and(|m| m.article == event.article)) {
        edit.decide(*id, |mention| {
            if project.tagset().schema(&mention.kind) != Schema::Event {
                mention.kind = KindId::EVENT;
            }
            mention.target = Some(Target::Event(event.id));
            mention.status = Status::Accepted;
            mention.retold = clear;
        });
        clear = true;
    }
    edit.finish(Action::JoinEvent { mentions: ids.len(), event: event.name.clone() })
}

/// Sets the note of a mention.
pub fn set_note(project: &Project, id: MentionId, note: &str, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    edit.decide(id, |mention| {
        mention.note = note.to_owned();
        if mention.status == Status::Suggested {
            mention.status = Status::Accepted;
        }
    });
    edit.finish(Action::SetNote)
}

impl Project {
    /// The words under a range of an article.
    pub fn slice(&self, article: ArticleId, range: TextRange) -> Option<&str> {
        self.article(article)?.article.text.slice(range)
    }

    /// The entity of a kind that goes by `name`: one mentioned in `article` first, then any other in use.
    pub fn find_entity(&self, kind: &KindId, article: ArticleId, name: &str) -> Option<EntityId> {
        let fits = |entity: &&Entity| {
            entity.kind == *kind && self.mentions_of(Target::Entity(entity.id)).any(Mention::is_live)
        };
        let same_words = self.mentions(article).iter().find(|m| m.is_live() && m.kind == *kind && m.quote == name);
        let here = same_words.and_then(|mention| match mention.target {
            Some(Target::Entity(id)) => Some(id),
            _ => None,
        });
        here.or_else(|| self.entities_named(name).find(fits).map(|entity| entity.id))
    }

    /// The events that lose their last mention, all of them made by hand, when `ids` go.
    fn orphaned_events(&self, ids: &[MentionId]) -> BTreeSet<EventId> {
        let going: HashSet<MentionId> = ids.iter().copied().collect();
        let gone =
            |id: MentionId| going.contains(&id) && self.mention(id).is_some_and(|mention| mention.origin.is_hand());
        ids.iter()
            .filter_map(|id| match self.mention(*id)?.target? {
                Target::Event(event) => Some(event),
                Target::Entity(_) => None,
            })
            .filter(|event| self.mentions_of(Target::Event(*event)).all(|mention| gone(mention.id)))
            .collect()
    }
}
