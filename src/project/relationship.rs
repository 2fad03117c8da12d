//! Relations as they stand in texts, and what they say of the entities and events that their ends name.

use std::collections::BTreeMap;

use super::{ArticleId, KindId, Mention, MentionId, Progress, Project, Relation, RelationId, RowId, Status, Target};

/// What one entity or event is to another, by all relations between their mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// The kind of relation.
    pub kind: KindId,
    /// Of a kind that says the same both ways the one that comes first, whichever way its relations go.
    pub from: Target,
    /// The other.
    pub to: Target,
    /// The relations that say so, in the order of their ids, at least one.
    pub relations: Vec<RelationId>,
    /// Whether a person has accepted one of them.
    pub accepted: bool,
}

impl Project {
    /// The relation with this id.
    pub fn relation(&self, id: RelationId) -> Option<&Relation> {
        self.get(id)
    }

    /// All relations in the order of their ids, rejected ones included.
    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.all()
    }

    /// The relations of an article in the order of their ids, rejected ones included.
    pub fn relations_in(&self, article: ArticleId) -> impl Iterator<Item = &Relation> {
        self.of_article(article)
    }

    /// The relations that begin or end at a mention, in the order of their ids, rejected ones included.
    pub fn relations_of(&self, mention: MentionId) -> impl Iterator<Item = &Relation> {
        self.indexes.users_from(mention.into(), RowId::Relation(RelationId(0))).filter_map(|user| match user {
            RowId::Relation(id) => self.relation(id),
            _ => None,
        })
    }

    /// The relation of a kind that leads from one mention to another, rejected or not; of a kind that says the same both ways
    /// also the one that leads back.
    pub fn related(&self, kind: &KindId, symmetric: bool, from: MentionId, to: MentionId) -> Option<&Relation> {
        self.relations_of(from).find(|relation| {
            let turned = symmetric && relation.from == to && relation.to == from;
            relation.kind == *kind && (turned || relation.from == from && relation.to == to)
        })
    }

    /// The open relations of an article whose ends are there: those to be decided on.
    pub fn open_relations(&self, article: ArticleId) -> impl Iterator<Item = &Relation> {
        self.relations_in(article).filter(|relation| relation.is_open() && self.has_ends(relation))
    }

    /// The mentions at both ends of a relation.
    pub fn ends(&self, relation: &Relation) -> Option<(&Mention, &Mention)> {
        self.mention(relation.from).zip(self.mention(relation.to))
    }

    /// Whether both ends of a relation stand in the text and are shown, whatever became of itself.
    pub fn has_ends(&self, relation: &Relation) -> bool {
        self.ends(relation).is_some_and(|(from, to)| from.stands(self.level) && to.stands(self.level))
    }

    /// Whether a relation stands in the text: suggested or accepted, between mentions that are.
    pub fn stands(&self, relation: &Relation) -> bool {
        relation.is_live() && self.has_ends(relation)
    }

    /// Whether mentions of the kinds that a relation has at its ends may stand there; one of a kind that the tagset does
    /// not hold has no rule.
    pub fn keeps_rule(&self, relation: &Relation) -> bool {
        let kind = self.tagset.relation(&relation.kind);
        let ends = self.ends(relation);
        kind.zip(ends).is_none_or(|(kind, (from, to))| kind.allows(&from.kind, &to.kind))
    }

    /// What is open and decided of the relations of an article whose ends are there, counted.
    pub(super) fn relation_progress(&self, article: ArticleId) -> Progress {
        let mut progress = Progress::default();
        for relation in self.relations_in(article).filter(|relation| self.has_ends(relation)) {
            let open = relation.status == Status::Suggested;
            *(if open { &mut progress.open } else { &mut progress.decided }) += 1;
        }
        progress
    }

    /// What entities and events are to each other, each said once: in the order of kinds and of ids.
    pub fn relationships(&self) -> Vec<Relationship> {
        self.derived(self.relations())
    }

    /// What an entity or event is to others, and they to it.
    pub fn relationships_of(&self, target: Target) -> Vec<Relationship> {
        let mentions = self.mentions_of(target);
        let mut relations: Vec<&Relation> = mentions.flat_map(|mention| self.relations_of(mention.id)).collect();
        relations.sort_by_key(|relation| relation.id);
        relations.dedup_by_key(|relation| relation.id);
        self.derived(relations.into_iter())
    }

    fn derived<'p>(&'p self, relations: impl Iterator<Item = &'p Relation>) -> Vec<Relationship> {
        let mut found: BTreeMap<(&KindId, Target, Target), (Vec<RelationId>, bool)> = BTreeMap::new();
        for relation in relations.filter(|relation| self.stands(relation)) {
            let ends = self.ends(relation).and_then(|(from, to)| from.target.zip(to.target));
            let Some((from, to)) = ends.filter(|(from, to)| from != to) else { continue };
            let turned = from > to && self.tagset.is_symmetric(&relation.kind);
            let (from, to) = if turned { (to, from) } else { (from, to) };
            let (ids, accepted) = found.entry((&relation.kind, from, to)).or_default();
            ids.push(relation.id);
            *accepted |= relation.status == Status::Accepted;
        }
        let made = found.into_iter().map(|((kind, from, to), (relations, accepted))| Relationship {
            kind: kind.clone(),
            from,
            to,
            relations,
            accepted,
        });
        made.collect()
    }
}
