//! What a person can do with the tagset, the tags of whole articles and the guidelines.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::mentions::new_target;
use super::{Builder, LookUp};
use crate::project::{
    Action, Answer, ArticleId, ArticleTags, Change, Edit, Event, EventId, KindId, Level, Mention, Project, Relation,
    RemovedKind, Schema, Stamp, Swap, Tagset, Target,
};

/// A tagset as it is to be, and what becomes of what the project has of those that go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewTagset {
    /// The kinds and article tags as they are to be.
    pub tagset: Tagset,
    /// Where the tags of a kind that goes move; they go with it where it has no entry.
    pub moved: BTreeMap<KindId, KindId>,
    /// Where the relations of a kind of relation that goes move; they go with it where it has no entry.
    pub moved_relations: BTreeMap<KindId, KindId>,
    /// Answers that are called otherwise now, by article tag: as they were, as they are.
    pub renamed: BTreeMap<(SmolStr, String), String>,
}

/// Changes kinds and article tags in one step. Tags of a kind that goes move or go, entities with them; answers that
/// are no longer offered are taken back, and rules of relations do without kinds that go.
pub fn set_tagset(project: &Project, new: &NewTagset, look_up: LookUp<'_>, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let before = project.tagset();
    let after = with_rules(before, new);
    if *before != after {
        let swap = Swap { before: Some(before.clone()), after: Some(after) };
        edit.article_change(Change::Tagset(Box::new(swap)));
    }
    let mut removed = Vec::new();
    for kind in before.kinds.iter().filter(|kind| new.tagset.get(&kind.id).is_none()) {
        let into = new.moved.get(&kind.id).and_then(|into| new.tagset.get(into));
        match into {
            Some(into) => move_kind(&mut edit, &kind.id, &into.id, into.schema, look_up),
            None => remove_kind(&mut edit, &kind.id),
        }
        removed.push(RemovedKind {
            name: kind.name.clone(),
            tags: tags_of(project, &kind.id),
            relation: false,
            into: into.map(|into| into.name.clone()),
        });
    }
    for kind in before.relations.iter().filter(|kind| new.tagset.relation(&kind.id).is_none()) {
        let into = new.moved_relations.get(&kind.id).and_then(|into| new.tagset.relation(into));
        removed.push(RemovedKind {
            name: kind.name.clone(),
            tags: super::relations_of_kind(project, &kind.id),
            relation: true,
            into: into.map(|into| into.name.clone()),
        });
        for relation in project.relations().filter(|relation| relation.kind == kind.id) {
            match into {
                Some(into) if relation.is_open() => edit.put(Relation { kind: into.id.clone(), ..relation.clone() }),
                Some(into) => edit.decide_relation(relation.id, |relation| relation.kind = into.id.clone()),
                None => edit.remove(relation.id),
            }
        }
    }
    for record in project.articles().filter(|record| !record.tags.is_empty()) {
        let after = still_offered(new, &record.tags);
        if after != record.tags {
            edit.article_change(Change::ArticleTags { article: record.id, before: record.tags.clone(), after });
        }
    }
    edit.finish(Action::SetTagset(removed))
}

/// The new tagset with rules of relations that name kinds it has, as far as those were there before.
fn with_rules(before: &Tagset, new: &NewTagset) -> Tagset {
    let mut after = new.tagset.clone();
    let is_gone = |id: &KindId| before.get(id).is_some() && new.tagset.get(id).is_none();
    for kinds in after.relations.iter_mut().flat_map(|kind| [&mut kind.from, &mut kind.to]) {
        let mut ruled = Vec::with_capacity(kinds.len());
        for id in kinds.iter() {
            let now = if is_gone(id) { new.moved.get(id).filter(|into| !is_gone(into)) } else { Some(id) };
            if let Some(id) = now.filter(|id| !ruled.contains(*id)) {
                ruled.push(id.clone());
            }
        }
        *kinds = ruled;
    }
    after
}

/// How many tags of a kind the project has; rejected ones do not count.
pub fn tags_of(project: &Project, kind: &KindId) -> usize {
    project.all_mentions().filter(|mention| mention.kind == *kind && mention.is_live()).count()
}

/// The answers under their new names, without those that cannot be given any more.
fn still_offered(new: &NewTagset, tags: &ArticleTags) -> ArticleTags {
    let kept = tags.iter().filter_map(|(id, answers)| {
        let tag = new.tagset.article_tag(id)?;
        let choices = tag.answer.choices();
        let renamed = answers.iter().map(|answer| new.renamed.get(&(id.clone(), answer.clone())).unwrap_or(answer));
        let kept: Vec<String> =
            renamed.filter(|answer| choices.is_empty() || choices.contains(answer)).cloned().collect();
        (!kept.is_empty()).then(|| (id.clone(), kept))
    });
    kept.collect()
}

/// Gives the tags of a kind another. What they point at comes along where both kinds point at the same sort of thing.
fn move_kind(edit: &mut Builder<'_>, from: &KindId, into: &KindId, schema: Schema, look_up: LookUp<'_>) {
    let project = edit.project;
    let same_sort = (project.tagset().schema(from) == Schema::Event) == (schema == Schema::Event);
    for mention in project.all_mentions().filter(|mention| mention.kind == *from) {
        let target = match mention.target {
            Some(target) if same_sort => Some(target),
            _ => Some(new_target(edit, mention.article, into, schema, &look_up(schema, &mention.quote))),
        };
        edit.decide(mention.id, |mention| {
            mention.kind = into.clone();
            mention.target = target;
        });
    }
    for entity in project.entities().filter(|entity| entity.kind == *from) {
        if same_sort {
            let mut entity = entity.clone();
            entity.kind = into.clone();
            edit.put(entity);
        }
    }
    if !same_sort {
        remove_targets(edit, from);
    }
}

fn remove_kind(edit: &mut Builder<'_>, kind: &KindId) {
    let project = edit.project;
    for mention in project.all_mentions().filter(|mention| mention.kind == *kind) {
        edit.remove(mention.id);
    }
    remove_targets(edit, kind);
}

/// Removes what only mentions of a kind pointed at: events, and entities with their parts in events. An entity that
/// mentions of another kind name takes that kind.
fn remove_targets(edit: &mut Builder<'_>, kind: &KindId) {
    let project = edit.project;
    let of_kind = |mention: &&Mention| mention.kind == *kind;
    let events: BTreeSet<EventId> = project
        .all_mentions()
        .filter(of_kind)
        .filter_map(|mention| match mention.target? {
            Target::Event(id) => Some(id),
            Target::Entity(_) => None,
        })
        .collect();
    for id in events {
        if project.mentions_of(Target::Event(id)).all(|mention| mention.kind == *kind) {
            edit.remove(id);
        }
    }
    let mut gone = BTreeSet::new();
    for entity in project.entities().filter(|entity| entity.kind == *kind) {
        match project.mentions_of(Target::Entity(entity.id)).find(|mention| mention.kind != *kind) {
            Some(other) => {
                let mut entity = entity.clone();
                entity.kind = other.kind.clone();
                edit.put(entity);
            }
            None => {
                gone.insert(entity.id);
                edit.remove(entity.id);
            }
        }
    }
    let with: BTreeSet<EventId> = gone.iter().flat_map(|id| project.events_with(*id)).map(|event| event.id).collect();
    for id in with {
        let Some(mut event): Option<Event> = edit.event(id).cloned() else { continue };
        event.participants.retain(|participant| participant.entity().is_none_or(|entity| !gone.contains(&entity)));
        edit.put(event);
    }
}

/// Sets the answers of an article to an article tag; none where there are none.
pub fn set_article_tag(project: &Project, article: ArticleId, tag: &str, answers: &[String], stamp: Stamp) -> Edit {
    set_article_tags(project, article, [(SmolStr::new(tag), answers.to_vec())].into(), stamp)
}

fn set_article_tags(project: &Project, article: ArticleId, given: ArticleTags, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let name = |tag: &SmolStr| project.tagset().article_tag(tag).map_or(tag.to_string(), |tag| tag.name.clone());
    let action = Action::SetArticleTag(given.keys().map(name).collect::<Vec<_>>().join(", "));
    if let Some(record) = project.article(article) {
        let mut after = record.tags.clone();
        for (tag, mut answers) in given {
            answers.retain(|answer| !answer.trim().is_empty());
            match answers.is_empty() {
                true => after.remove(&tag),
                false => after.insert(tag, answers),
            };
        }
        if after != record.tags {
            edit.article_change(Change::ArticleTags { article, before: record.tags.clone(), after });
        }
    }
    edit.finish(action)
}

/// Gives an article these answers to article tags besides those that it has; of one that takes a single answer the last.
pub fn add_article_tags(project: &Project, article: ArticleId, answers: &ArticleTags, stamp: Stamp) -> Edit {
    let present = |tag: &str| {
        let given = project.article(article).and_then(|record| record.tags.get(tag));
        given.map(Vec::as_slice).unwrap_or_default()
    };
    let after = |(tag, answers): (&SmolStr, &Vec<String>)| {
        let given = present(tag);
        let after = match project.tagset().article_tag(tag).map(|tag| &tag.answer) {
            // In the order in which they are offered.
            Some(Answer::Several(choices)) => {
                choices.iter().filter(|choice| given.contains(choice) || answers.contains(choice)).cloned().collect()
            }
            _ => answers.last().cloned().into_iter().collect(),
        };
        (tag.clone(), after)
    };
    set_article_tags(project, article, answers.iter().map(after).collect(), stamp)
}

/// Sets how much of what the engine found of events is shown.
pub fn set_level(project: &Project, after: Level, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    if project.level() != after {
        edit.article_change(Change::Level { before: project.level(), after });
    }
    edit.finish(Action::SetLevel(after))
}

/// Sets the guidelines.
pub fn set_guidelines(project: &Project, after: &str, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    if project.guidelines() != after {
        let (before, after) = (project.guidelines().to_owned(), after.to_owned());
        edit.article_change(Change::Guidelines { before, after });
    }
    edit.finish(Action::SetGuidelines)
}
