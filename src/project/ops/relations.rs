//! What a person can do with relations: make, accept, reject, turn round, describe.

use super::Builder;
use crate::project::{
    Action, Change, Edit, KindId, MentionId, Origin, Project, ProposedRelation, Relation, RelationId, RelationKind,
    Stamp, Status, Swap, Tagset,
};

/// Relates one mention to another of its article, by hand. A kind that the tagset does not have is added to it; a
/// relation that is there already is accepted. Both mentions are accepted with it. Nothing where they are one.
pub fn relate(project: &Project, kind: &RelationKind, from: MentionId, to: MentionId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let action = Action::Relate(kind.name.clone());
    let Some((one, other)) = project.mention(from).zip(project.mention(to)) else { return edit.finish(action) };
    if from == to || one.article != other.article {
        return edit.finish(action);
    }
    edit.need_relation(kind);
    let id = match project.related(&kind.id, kind.symmetric, from, to) {
        Some(present) => present.id,
        None => {
            let id = edit.fresh::<Relation>();
            let decision = Some(edit.stamp().clone());
            let new = Relation::new(id, one.article, kind.id.clone(), (from, to), Origin::hand());
            edit.put(Relation { decision, ..new });
            id
        }
    };
    accept_in(&mut edit, id);
    for end in [from, to] {
        // Also where it had been rejected: whoever relates it says that it stands there.
        edit.decide(end, |mention| mention.status = Status::Accepted);
    }
    edit.finish(action)
}

impl Builder<'_> {
    /// Adds a kind of relations to the tagset, where it is not there. Once an edit.
    pub fn need_relation(&mut self, kind: &RelationKind) {
        self.change_tagset(|tagset| tagset.add_relation(kind.clone()));
    }

    /// Changes the tagset. Once an edit.
    pub(super) fn change_tagset(&mut self, change: impl FnOnce(&mut Tagset)) {
        let before = self.project.tagset();
        let mut after: Tagset = before.clone();
        change(&mut after);
        if after != *before {
            let swap = Swap { before: Some(before.clone()), after: Some(after) };
            self.article_change(Change::Tagset(Box::new(swap)));
        }
    }
}

/// Accepts relations, and their ends with them.
pub fn accept_relations(project: &Project, ids: &[RelationId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    ids.iter().for_each(|id| accept_in(&mut edit, *id));
    edit.finish(Action::AcceptRelations(ids.len()))
}

/// Accepts mentions and relations in one step.
pub fn accept_with(project: &Project, mentions: &[MentionId], relations: &[RelationId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    mentions.iter().for_each(|id| edit.decide(*id, |mention| mention.status = Status::Accepted));
    relations.iter().for_each(|id| accept_in(&mut edit, *id));
    edit.finish(match mentions.len() {
        0 => Action::AcceptRelations(relations.len()),
        mentions => Action::Accept(mentions),
    })
}

/// Accepts a relation, with those of its ends that nobody has decided on.
fn accept_in(edit: &mut Builder<'_>, id: RelationId) {
    edit.decide_relation(id, |relation| relation.status = Status::Accepted);
    let ends = edit.get::<Relation>(id).map(|relation| [relation.from, relation.to]);
    for end in ends.into_iter().flatten() {
        if edit.mention(end).is_some_and(|mention| mention.status == Status::Suggested) {
            edit.decide(end, |mention| mention.status = Status::Accepted);
        }
    }
}

/// Rejects mentions and relations in one step.
pub fn reject_with(project: &Project, mentions: &[MentionId], relations: &[RelationId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    mentions.iter().for_each(|id| edit.decide(*id, |mention| mention.status = Status::Rejected));
    relations.iter().for_each(|id| edit.decide_relation(*id, |relation| relation.status = Status::Rejected));
    edit.finish(match mentions.len() {
        0 => Action::RejectRelations(relations.len()),
        mentions => Action::Reject(mentions),
    })
}

/// Rejects relations: they stay listed, and are not proposed again. Their ends stay as they are.
pub fn reject_relations(project: &Project, ids: &[RelationId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    ids.iter().for_each(|id| edit.decide_relation(*id, |relation| relation.status = Status::Rejected));
    edit.finish(Action::RejectRelations(ids.len()))
}

/// Brings rejected relations back: as suggestions again, or accepted where a person had made or changed them.
pub fn restore_relations(project: &Project, ids: &[RelationId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        let rejected = project.relation(*id).filter(|relation| relation.status == Status::Rejected);
        let Some(relation) = rejected.cloned() else { continue };
        if relation.origin.is_hand() || relation.proposed.is_some() || !relation.note.is_empty() {
            accept_in(&mut edit, *id);
        } else {
            edit.put(Relation { status: Status::Suggested, decision: None, ..relation });
        }
    }
    edit.finish(Action::RestoreRelations(ids.len()))
}

/// Deletes relations: what a person made goes for good, what a source proposed is rejected, so that it stays away.
pub fn delete_relations(project: &Project, ids: &[RelationId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    for id in ids {
        match project.relation(*id) {
            Some(relation) if relation.origin.is_hand() => edit.remove(*id),
            Some(_) => edit.decide_relation(*id, |relation| relation.status = Status::Rejected),
            None => {}
        }
    }
    edit.finish(Action::DeleteRelations(ids.len()))
}

/// Turns a relation round: it begins where it ended, and is accepted.
pub fn reverse_relation(project: &Project, id: RelationId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    edit.decide_relation(id, |relation| std::mem::swap(&mut relation.from, &mut relation.to));
    accept_in(&mut edit, id);
    edit.finish(Action::ReverseRelation)
}

/// Makes relations ones of another kind and accepts them; the kind is added where the tagset does not have it.
pub fn set_relation_kind(project: &Project, ids: &[RelationId], kind: &RelationKind, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let other = |id: &&RelationId| project.relation(**id).is_some_and(|relation| relation.kind != kind.id);
    for id in ids.iter().filter(other) {
        edit.need_relation(kind);
        edit.decide_relation(*id, |relation| relation.kind = kind.id.clone());
        accept_in(&mut edit, *id);
    }
    edit.finish(Action::SetRelationKind { relations: ids.len(), kind: kind.name.clone() })
}

/// Sets the note of a relation; a suggestion is accepted by it.
pub fn set_relation_note(project: &Project, id: RelationId, note: &str, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let open = project.relation(id).is_some_and(|relation| relation.status == Status::Suggested);
    if project.relation(id).is_some_and(|relation| relation.note != note) {
        edit.decide_relation(id, |relation| note.clone_into(&mut relation.note));
        if open {
            accept_in(&mut edit, id);
        }
    }
    edit.finish(Action::SetNote)
}

/// How many relations of a kind the project has; rejected ones do not count.
pub fn relations_of_kind(project: &Project, kind: &KindId) -> usize {
    project.relations().filter(|relation| relation.kind == *kind && relation.is_live()).count()
}

impl Builder<'_> {
    /// Changes a relation as a person does: it counts as decided by them.
    pub(super) fn decide_relation(&mut self, id: RelationId, change: impl FnOnce(&mut Relation)) {
        let Some(mut relation) = self.get::<Relation>(id).cloned() else { return };
        let before = relation.clone();
        change(&mut relation);
        if relation == before {
            return;
        }
        let Relation { kind, from, to, .. } = &before;
        let other = relation.kind != *kind || (relation.from, relation.to) != (*from, *to);
        if other && !before.origin.is_hand() && relation.proposed.is_none() {
            relation.proposed = Some(ProposedRelation { kind: kind.clone(), from: *from, to: *to });
        }
        relation.decision = Some(self.stamp().clone());
        self.put(relation);
    }

    /// Has relations go with either of their ends.
    pub(super) fn take_relations_along(&mut self) {
        let is_gone = |builder: &Self, id: MentionId| matches!(builder.records.get(&id.into()), Some(None));
        let gone: Vec<MentionId> = self
            .records
            .iter()
            .filter_map(|(id, after)| match (id, after) {
                (crate::project::RowId::Mention(id), None) => Some(*id),
                _ => None,
            })
            .collect();
        if gone.is_empty() {
            return;
        }
        let present = gone.iter().flat_map(|id| self.project.relations_of(*id)).map(|relation| relation.id);
        let drafts = self.drafts::<Relation>().map(|relation| relation.id);
        let ids: std::collections::BTreeSet<RelationId> = present.chain(drafts).collect();
        for id in ids {
            let ends = self.get::<Relation>(id).map(|relation| [relation.from, relation.to]);
            if ends.is_some_and(|ends| ends.into_iter().any(|end| is_gone(self, end))) {
                self.remove(id);
            }
        }
    }
}
