//! What a person says of events and entities across articles: that events are one happening, or that two are not the same.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Builder;
use crate::project::happenings::{linked, reached};
use crate::project::tables::Tabled;
use crate::project::{Action, Change, Edit, EventId, Judgement, JudgementId, Project, RowId, Stamp, Target};

/// Says that events are one happening, with all that are one with any of them already. That some of them are not the same is
/// forgotten. Nothing where they are one already.
pub fn same(project: &Project, events: &[EventId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let events: BTreeSet<EventId> = events.iter().filter(|id| project.event(**id).is_some()).copied().collect();
    let Some(first) = events.first().copied() else { return edit.finish(Action::Nothing) };
    let joined = edit.join_events(&events);
    edit.forget_apart(&joined);
    let first = project.event(first).map(|event| event.name.clone()).unwrap_or_default();
    edit.finish(Action::JoinHappening { events: joined.len(), first })
}

/// Says of each two of some entities, or of some events, that they are not the same. Where events were one happening its
/// others stay with the one that they were linked with most closely. Nothing where there are fewer than two, or both sorts.
pub fn apart(project: &Project, targets: &[Target], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let mut seen = BTreeSet::new();
    let there =
        targets.iter().copied().filter(|target| project.row((*target).into()).is_some() && seen.insert(*target));
    let targets: Vec<Target> = there.collect();
    let events: Vec<EventId> = targets.iter().copied().filter_map(event_of).collect();
    let action = match targets.as_slice() {
        [_, _, ..] if !events.is_empty() && events.len() < targets.len() => Action::Nothing,
        [one, other] => Action::TellApart { one: name_of(project, *one), other: name_of(project, *other) },
        [_, _, ..] => Action::TellAllApart(targets.len()),
        _ => Action::Nothing,
    };
    if action == Action::Nothing {
        return edit.finish(action);
    }
    edit.part(events.into_iter().map(|event| (event, event)).collect());
    for (at, one) in targets.iter().enumerate() {
        for other in targets.iter().skip(at + 1) {
            edit.judge(*one, *other, false);
        }
    }
    edit.finish(action)
}

/// Takes an event out of its happening: its others stay one, and it is not the same as they. Nothing where it stands alone.
pub fn leave(project: &Project, event: EventId, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let mut rest = project.happening(event);
    rest.remove(&event);
    let (Some(first), Some(left)) = (rest.first().copied(), project.event(event)) else {
        return edit.finish(Action::Nothing);
    };
    let own: Vec<JudgementId> =
        project.judgements_of(Target::Event(event)).filter(|own| own.same).map(|own| own.id).collect();
    own.into_iter().for_each(|own| edit.remove(own));
    edit.join_events(&rest);
    edit.judge(Target::Event(event), Target::Event(first), false);
    edit.finish(Action::LeaveHappening(left.name.clone()))
}

/// Has events of each of these groups be one happening, and those of different ones not: where two of them were one, that is
/// over, and noted. What is in no group stays as it is. An event in several groups belongs to the first.
pub fn take_crosswalk(project: &Project, groups: &[Vec<EventId>], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let mut group_of: BTreeMap<EventId, usize> = BTreeMap::new();
    for (at, events) in groups.iter().enumerate() {
        for event in events.iter().filter(|event| project.event(**event).is_some()) {
            group_of.entry(*event).or_insert(at);
        }
    }
    let parted = edit.part(group_of.clone());
    let mut members: BTreeMap<usize, BTreeSet<EventId>> = BTreeMap::new();
    for (event, group) in &group_of {
        members.entry(*group).or_default().insert(*event);
    }
    for events in members.values() {
        let joined = edit.join_events(events);
        edit.forget_apart(&joined);
    }
    for (one, other) in parted {
        let first = |group: usize| members.get(&group).and_then(|events| events.first()).copied();
        if let Some((one, other)) =
            first(one).zip(first(other)).filter(|(one, other)| !edit.happening(*one).contains(other))
        {
            edit.judge(Target::Event(one), Target::Event(other), false);
        }
    }
    edit.finish(Action::TakeCrosswalk(group_of.len()))
}

/// What follows for judgements from changes that were made without a [`Builder`]: events are linked again that are one by others
/// which go, and of those that come to be one it is forgotten that they are not.
pub(super) fn links_left(project: &Project, changes: &Edit) -> Vec<Change> {
    let mut edit = Builder::new(project, changes.stamp.clone());
    for (before, after) in changes.changes.iter().filter_map(Change::record) {
        let id = after.as_ref().or(before.as_ref()).map(|record| record.row().row_id());
        edit.records.extend(id.map(|id| (id, after)));
    }
    let known: BTreeSet<RowId> = edit.records.keys().copied().collect();
    edit.take_judgements_along();
    let linked = edit.records.values().flatten().filter_map(Judgement::of).filter(|own| own.same);
    let linked: Vec<EventId> = linked.filter_map(|own| event_of(own.one)).collect();
    for event in linked {
        let joined = edit.happening(event);
        edit.forget_apart(&joined);
    }
    let new = edit.records.into_iter().filter(|(id, _)| !known.contains(id));
    new.filter_map(|(id, after)| match after {
        Some(after) => Some(Change::put(after, &project.tables)),
        None => project.tables.record(id).map(Change::remove),
    })
    .collect()
}

fn event_of(target: Target) -> Option<EventId> {
    match target {
        Target::Event(event) => Some(event),
        Target::Entity(_) => None,
    }
}

fn name_of(project: &Project, target: Target) -> String {
    let name = match target {
        Target::Entity(id) => project.entity(id).map(|entity| &entity.name),
        Target::Event(id) => project.event(id).map(|event| &event.name),
    };
    name.cloned().unwrap_or_default()
}

impl Builder<'_> {
    /// The judgements of an event or entity as they will be.
    pub(super) fn judgements_of(&self, target: Target) -> Vec<Judgement> {
        let kept = |own: &&Judgement| !self.records.contains_key(&own.id.into());
        let kept = self.project.judgements_of(target).filter(kept).cloned();
        let drafts = self.records.range(RowId::Judgement(JudgementId(0))..);
        let drafts = drafts.filter_map(|(_, after)| after.as_ref().and_then(Judgement::of));
        kept.chain(drafts.filter(|own| own.other_than(target).is_some()).cloned()).collect()
    }

    /// The events that are one with an event as they will be.
    pub(super) fn happening(&self, event: EventId) -> BTreeSet<EventId> {
        reached(event, |event| linked(event, self.judgements_of(Target::Event(event)).iter()))
    }

    /// Whether it will be said of any of some events that it is not the same as one of others.
    pub(super) fn are_apart(&self, one: &BTreeSet<EventId>, other: &BTreeSet<EventId>) -> bool {
        let parts = |event: &EventId| {
            let own = Target::Event(*event);
            let apart = self.judgements_of(own).into_iter().filter(|judgement| !judgement.same);
            apart.filter_map(|judgement| judgement.other_than(own).and_then(event_of)).any(|it| other.contains(&it))
        };
        one.iter().any(parts)
    }

    /// Says of two that they are the same or not, in place of what was said of them.
    pub(super) fn judge(&mut self, one: Target, other: Target, same: bool) {
        let decision = Some(self.stamp().clone());
        self.judge_as(one, other, Judgement { decision, ..Judgement::new(JudgementId(0), (one, other), [], same) });
    }

    /// The same with who said so, and their note.
    pub(super) fn judge_as(&mut self, one: Target, other: Target, said: Judgement) {
        let present = self.judgements_of(one).into_iter().find(|own| own.other_than(one) == Some(other));
        if one == other || present.as_ref().is_some_and(|present| present.same == said.same) {
            return;
        }
        let id = present.map_or_else(|| self.fresh::<Judgement>(), |present| present.id);
        let events = [one, other].into_iter().filter_map(event_of);
        let articles: Vec<_> = events.filter_map(|event| self.event(event).map(|event| event.article)).collect();
        let new = Judgement::new(id, (one, other), articles, said.same);
        self.put(Judgement { decision: said.decision, note: said.note, ..new });
    }

    /// Links events with the first of them where they are not one with it yet; all that are one then.
    pub(super) fn join_events(&mut self, events: &BTreeSet<EventId>) -> BTreeSet<EventId> {
        let mut events = events.iter().copied();
        let Some(first) = events.next() else { return BTreeSet::new() };
        let mut joined = self.happening(first);
        for event in events {
            if !joined.contains(&event) {
                joined.append(&mut self.happening(event));
                self.judge(Target::Event(first), Target::Event(event), true);
            }
        }
        joined
    }

    /// Forgets of events that are one that any two of them are not.
    pub(super) fn forget_apart(&mut self, joined: &BTreeSet<EventId>) {
        if joined.len() < 2 {
            return;
        }
        for event in joined {
            let own = self.judgements_of(Target::Event(*event)).into_iter().filter(|own| !own.same);
            let inside = own.filter(|own| {
                [own.one, own.other].into_iter().filter_map(event_of).all(|event| joined.contains(&event))
            });
            inside.for_each(|own| self.remove(own.id));
        }
    }

    /// Parts happenings such that no two events of different sides are one: an event of no side stays with the one of them
    /// that it is fewest links away from. Which sides were one.
    fn part<S: Copy + Ord>(&mut self, mut side: BTreeMap<EventId, S>) -> BTreeSet<(S, S)> {
        let mut parted = BTreeSet::new();
        let mut next: VecDeque<EventId> = side.keys().copied().collect();
        while let Some(event) = next.pop_front() {
            let Some(own) = side.get(&event).copied() else { continue };
            for judgement in self.judgements_of(Target::Event(event)).into_iter().filter(|judgement| judgement.same) {
                let other = judgement.other_than(Target::Event(event)).and_then(event_of);
                match other.and_then(|other| side.get(&other)) {
                    Some(of_other) if *of_other != own => {
                        parted.insert((own.min(*of_other), own.max(*of_other)));
                        self.remove(judgement.id);
                    }
                    Some(_) => {}
                    None => {
                        side.extend(other.map(|other| (other, own)));
                        next.extend(other);
                    }
                }
            }
        }
        parted
    }

    /// What is said of entities and events moves from one to another that takes its place. What is then said of one and
    /// itself is forgotten.
    pub(super) fn move_judgements(&mut self, from: Target, into: Target) {
        for judgement in self.judgements_of(from) {
            self.remove(judgement.id);
            let other = judgement.other_than(from).filter(|other| *other != into);
            let Some(other) = other else { continue };
            // That two are one counts for more than that they are not, as it does among those that were there.
            if judgement.same || !self.judgements_of(into).iter().any(|own| own.other_than(into) == Some(other)) {
                self.judge_as(into, other, judgement);
            }
        }
    }

    /// Has judgements go with either of the two that they are about. Events that were one with one that goes stay one.
    pub(super) fn take_judgements_along(&mut self) {
        let project = self.project;
        let gone: Vec<Target> = self
            .records
            .range(..RowId::Mention(crate::project::MentionId(0)))
            .filter_map(|(id, after)| match (id, after) {
                (RowId::Entity(id), None) => Some(Target::Entity(*id)),
                (RowId::Event(id), None) => Some(Target::Event(*id)),
                _ => None,
            })
            .collect();
        let mut done: BTreeSet<EventId> = BTreeSet::new();
        for target in &gone {
            for judgement in self.judgements_of(*target) {
                self.remove(judgement.id);
            }
            let Some(event) = event_of(*target).filter(|event| !done.contains(event)) else { continue };
            let happening = project.happening(event);
            let is_gone = |event: &EventId| matches!(self.records.get(&(*event).into()), Some(None));
            // Those that stay.
            let bereft: BTreeSet<EventId> = happening.iter().copied().filter(|event| !is_gone(event)).collect();
            done.extend(&happening);
            self.heal(&bereft);
        }
    }

    /// Links events again that were one by others which are gone, as the one who had linked them said.
    fn heal(&mut self, events: &BTreeSet<EventId>) {
        let Some(first) = events.first().copied() else { return };
        let mut joined = self.happening(first);
        for event in events {
            if joined.contains(event) {
                continue;
            }
            joined.append(&mut self.happening(*event));
            let said = self.project.judgements_of(Target::Event(*event)).find(|own| own.same).cloned();
            if let Some(said) = said {
                self.judge_as(Target::Event(first), Target::Event(*event), said);
            }
        }
    }
}
