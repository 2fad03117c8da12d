//! A person's edit taken back or done again on a project that runs of the engine have changed since.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::tables::Tabled;
use super::{
    AnyRecord, ArticleId, Change, Event, Kind, KindId, MentionId, Project, Relation, RelationId, RelationKind, RowId,
};

/// The changes as they can be made now. Where no run came between they stay as they are. Otherwise what a run made in
/// an article that goes goes with it, and so does what it made of a kind that goes, a record that a run has come to use stays, one that a run removed (one of
/// `removed`) comes back for the record that needs it, a run's own suggestion gives way to what stood there, and an open
/// event that a run has taken back stays away.
pub(super) fn fit(project: &Project, mut changes: Vec<Change>, removed: &BTreeMap<RowId, AnyRecord>) -> Vec<Change> {
    changes.retain(|change| !is_moot(project, change));
    let mut after = After::new(project, &changes);
    changes.append(&mut after.clear_kinds());
    let mut first = after.clear_articles();
    first.append(&mut after.bring_back(removed));
    first.append(&mut after.give_way());
    first.append(&mut after.go_along());
    let kept = after.in_use();
    let stays = |change: &Change| {
        let gone = change.record().filter(|(_, after)| after.is_none()).and_then(|(before, _)| before);
        gone.is_some_and(|record| kept.contains(&record.row().row_id()))
    };
    first.extend(changes.into_iter().filter(|change| !stays(change)));
    first
}

/// Whether a change is of an open event that a run has taken back since.
fn is_moot(project: &Project, change: &Change) -> bool {
    let Change::Event(swap) = change else { return false };
    let open = |event: &Option<Event>| event.as_ref().is_some_and(|event| event.decision.is_none());
    let gone = swap.after.as_ref().is_some_and(|event| project.event(event.id).is_none());
    open(&swap.before) && open(&swap.after) && gone
}

fn mention_of(id: RowId) -> Option<MentionId> {
    match id {
        RowId::Mention(id) => Some(id),
        _ => None,
    }
}

/// The records as changes leave them, where they differ from the project.
struct After<'p> {
    project: &'p Project,
    /// Articles that go.
    articles: Vec<ArticleId>,
    /// Kinds that go.
    kinds: BTreeSet<KindId>,
    /// Kinds of relations that go.
    relation_kinds: BTreeSet<KindId>,
    records: BTreeMap<RowId, Option<AnyRecord>>,
}

impl<'p> After<'p> {
    fn new(project: &'p Project, changes: &[Change]) -> Self {
        let (articles, kinds, relation_kinds, records) = Default::default();
        let mut after = Self { project, articles, kinds, relation_kinds, records };
        for change in changes {
            match change {
                Change::RemoveArticle { record, .. } => after.articles.push(record.id),
                Change::Tagset(swap) => {
                    let left = |kind: &&Kind| swap.after.as_ref().is_none_or(|tagset| tagset.get(&kind.id).is_none());
                    let before = swap.before.iter().flat_map(|tagset| &tagset.kinds);
                    after.kinds.extend(before.filter(left).map(|kind| kind.id.clone()));
                    let left = |kind: &&RelationKind| {
                        swap.after.as_ref().is_none_or(|tagset| tagset.relation(&kind.id).is_none())
                    };
                    let before = swap.before.iter().flat_map(|tagset| &tagset.relations);
                    after.relation_kinds.extend(before.filter(left).map(|kind| kind.id.clone()));
                }
                _ => {}
            }
            let Some((before, now)) = change.record() else { continue };
            let id = now.as_ref().or(before.as_ref()).map(|record| record.row().row_id());
            after.records.extend(id.map(|id| (id, now)));
        }
        after
    }

    fn is_there(&self, id: RowId) -> bool {
        self.records.get(&id).map_or_else(|| self.project.row(id).is_some(), Option::is_some)
    }

    /// Removes what runs have made of kinds that go, but for what others still refer to.
    fn clear_kinds(&mut self) -> Vec<Change> {
        if self.kinds.is_empty() && self.relation_kinds.is_empty() {
            return Vec::new();
        }
        let mut of_kinds = self.project.tables.of_kinds(&self.kinds);
        let relations = self.project.relations().filter(|relation| self.relation_kinds.contains(&relation.kind));
        of_kinds.extend(relations.cloned().map(Tabled::into_any));
        of_kinds.retain(|record| !self.records.contains_key(&record.row().row_id()));
        self.records.extend(of_kinds.iter().map(|record| (record.row().row_id(), None)));
        of_kinds.into_iter().rev().map(Change::remove).collect()
    }

    /// Removes what runs have put into articles that go: first what refers to others.
    fn clear_articles(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        for article in std::mem::take(&mut self.articles) {
            let inside: Vec<_> = self.project.tables.records_of(article).collect();
            for record in inside.into_iter().rev() {
                let id = record.row().row_id();
                if let Entry::Vacant(place) = self.records.entry(id) {
                    place.insert(None);
                    changes.push(Change::remove(record));
                }
            }
        }
        changes
    }

    /// Makes records again that others will refer to and that runs have removed.
    fn bring_back(&mut self, removed: &BTreeMap<RowId, AnyRecord>) -> Vec<Change> {
        let mut missing = BTreeMap::new();
        let mut needed: Vec<RowId> =
            self.records.values().flatten().flat_map(|record| record.row().references()).collect();
        while let Some(id) = needed.pop() {
            if let Some(record) = removed.get(&id).filter(|_| !self.is_there(id) && !missing.contains_key(&id)) {
                needed.extend(record.row().references());
                missing.insert(id, record.clone());
            }
        }
        let mut changes = Vec::new();
        for (id, mut record) in missing {
            // In the order of the tables: what it refers to is back already, where it can be.
            if record.forget(&|id| !self.is_there(id)) {
                self.records.insert(id, Some(record.clone()));
                changes.push(Change::put(record, &self.project.tables));
            }
        }
        changes
    }

    /// Removes open suggestions of runs that are in the way of what the changes put back, which gets the relations that
    /// they have.
    fn give_way(&mut self) -> Vec<Change> {
        let used: BTreeSet<RowId> =
            self.records.values().flatten().flat_map(|record| record.row().references()).collect();
        let free = |id: &RowId| !self.records.contains_key(id) && !used.contains(id);
        let mut given: BTreeMap<RowId, (AnyRecord, RowId)> = BTreeMap::new();
        for (id, record) in &self.records {
            for rival in record.iter().flat_map(|record| record.rivals(&self.project.tables)) {
                if free(&rival.row().row_id()) {
                    given.insert(rival.row().row_id(), (rival, *id));
                }
            }
        }
        self.records.extend(given.keys().map(|id| (*id, None)));
        let heirs = given.iter().filter_map(|(id, (_, heir))| Some((mention_of(*id)?, mention_of(*heir)?)));
        let mut changes = self.hand_over(&heirs.collect());
        changes.extend(given.into_values().map(|(record, _)| Change::remove(record)));
        changes
    }

    /// Has the relations of mentions that go begin and end at others.
    fn hand_over(&mut self, heirs: &BTreeMap<MentionId, MentionId>) -> Vec<Change> {
        let relations = heirs.keys().flat_map(|id| self.project.relations_of(*id));
        let ids: BTreeSet<RelationId> = relations.map(|relation| relation.id).collect();
        let mut changes = Vec::new();
        for relation in ids.into_iter().filter_map(|id| self.project.relation(id)) {
            if self.records.contains_key(&relation.id.into()) {
                continue;
            }
            let heir = |end: MentionId| heirs.get(&end).copied().unwrap_or(end);
            let (from, to) = (heir(relation.from), heir(relation.to));
            if from != to {
                let record = Relation { from, to, ..relation.clone() }.into_any();
                self.records.insert(relation.id.into(), Some(record.clone()));
                changes.push(Change::put(record, &self.project.tables));
            }
        }
        changes
    }

    /// Removes the relations of mentions that go.
    fn go_along(&mut self) -> Vec<Change> {
        let gone = self.records.iter().filter(|(_, after)| after.is_none()).filter_map(|(id, _)| mention_of(*id));
        let relations: BTreeMap<RowId, &Relation> = gone
            .flat_map(|id| self.project.relations_of(id))
            .map(|relation| (RowId::from(relation.id), relation))
            .filter(|(id, _)| !self.records.contains_key(id))
            .collect();
        self.records.extend(relations.keys().map(|id| (*id, None)));
        relations.into_values().map(|relation| Change::remove(relation.clone().into_any())).collect()
    }

    /// Of the records that go, those that others will still refer to: they stay.
    fn in_use(&self) -> BTreeSet<RowId> {
        let mut used: BTreeSet<RowId> =
            self.records.values().flatten().flat_map(|record| record.row().references()).collect();
        let mut kept = BTreeSet::new();
        // From the last table on: what stays keeps what it refers to.
        for (id, _) in self.records.iter().rev().filter(|(_, after)| after.is_none()) {
            let mut users = self.project.indexes.users(*id);
            if used.contains(id) || users.any(|user| !self.records.contains_key(&user)) {
                kept.insert(*id);
                used.extend(self.project.row(*id).map(|row| row.references()).unwrap_or_default());
            }
        }
        kept
    }
}
