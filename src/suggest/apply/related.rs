//! The relations of a run.

use std::collections::{HashMap, HashSet};

use super::Run;
use crate::project::{KindId, Mention, MentionId, Origin, Relation, RelationId};
use crate::suggest;

impl Run<'_> {
    /// Brings relations in. Open ones of kinds that were looked for go where this run does not make them again.
    pub(super) fn relations(&mut self) {
        let found = self.found;
        let tagset = self.project.tagset();
        for (kind, relations) in found.relations.iter().filter(|(kind, _)| tagset.relation(kind).is_some()) {
            let symmetric = tagset.is_symmetric(kind);
            let mut made = HashMap::new();
            for relation in relations {
                let ends = self.end(relation.from).zip(self.end(relation.to));
                let Some((from, to)) = ends.filter(|(from, to)| from != to) else { continue };
                let once = if symmetric && from > to { (to, from) } else { (from, to) };
                made.entry(once).or_insert_with(|| self.relation(kind, symmetric, (from, to), relation));
            }
            let kept: HashSet<RelationId> = made.into_values().flatten().collect();
            for open in self.project.relations_in(self.article).filter(|relation| relation.is_open()) {
                if open.kind == *kind && !kept.contains(&open.id) && self.are_asked_for([open.from, open.to]) {
                    self.edit.remove(open.id);
                }
            }
        }
    }

    /// The mention that stands for a span: the run's own, or who a person says stands there.
    fn end(&self, span: usize) -> Option<MentionId> {
        let span = self.found.spans.get(span)?;
        let decided = self.decided.live_at(span.range).map(|mention| mention.id);
        decided.or_else(|| {
            let kind = span.label.kind();
            let open = || self.open_at(span.range, &kind).map(|mention| mention.id);
            self.proposed.get(&(span.range, kind.clone())).copied().or_else(open)
        })
    }

    /// Whether suggestions are to come in of the kinds of mentions.
    fn are_asked_for(&self, ends: [MentionId; 2]) -> bool {
        let asked = |end| self.edit.mention(end).is_none_or(|mention| self.found.is_asked_for(&mention.kind));
        ends.into_iter().all(asked)
    }

    /// Suggests a relation, unless a person has decided on it; the id that it has, where it is suggested.
    fn relation(
        &mut self,
        kind: &KindId,
        symmetric: bool,
        (from, to): (MentionId, MentionId),
        found: &suggest::Relation,
    ) -> Option<RelationId> {
        let same = |of: &KindId, ends: (MentionId, MentionId)| {
            of == kind && (ends == (from, to) || symmetric && ends == (to, from))
        };
        let is = |relation: &Relation| {
            let proposed = relation.proposed.as_ref();
            same(&relation.kind, (relation.from, relation.to))
                || proposed.is_some_and(|proposed| same(&proposed.kind, (proposed.from, proposed.to)))
        };
        let mut present = self.project.relations_of(from).filter(|relation| is(relation)).peekable();
        let first = present.peek().copied();
        let inherited = || self.inherited.iter().filter_map(|id| self.edit.get::<Relation>(*id)).any(is);
        if present.any(|relation| !relation.is_open()) || inherited() || !self.are_asked_for([from, to]) {
            return None;
        }
        let id = first.map_or_else(|| self.edit.fresh::<Relation>(), |relation| relation.id);
        let source = found.source.into();
        let origin = Origin { source, score: Some(found.score), reason: found.reason.clone() };
        let (from, to) = first.map_or((from, to), |relation| (relation.from, relation.to));
        self.edit.put(Relation::new(id, self.article, kind.clone(), (from, to), origin));
        Some(id)
    }

    /// Whether an open mention has to stay, as a person has decided on a relation of it. Where they have decided on the
    /// same place otherwise, what stands there takes its relations over.
    pub(super) fn holds_relation(&mut self, mention: &Mention) -> bool {
        let decided = |relation: &&Relation| relation.decision.is_some();
        let held: Vec<Relation> = self.project.relations_of(mention.id).filter(decided).cloned().collect();
        if held.is_empty() {
            return false;
        }
        let Some(heir) = self.decided.same(mention.range, &mention.kind).map(|heir| heir.id) else { return true };
        for relation in held {
            let relation = self.edit.get::<Relation>(relation.id).cloned().unwrap_or(relation);
            let end = |end: MentionId| if end == mention.id { heir } else { end };
            let (from, to) = (end(relation.from), end(relation.to));
            if from != to {
                self.inherited.insert(relation.id);
                self.edit.put(Relation { from, to, ..relation });
            }
        }
        false
    }
}
