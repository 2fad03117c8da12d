//! A relation: what one mention of an article is to another, such as "works for".

use serde::{Deserialize, Serialize};

use super::row::{List, Row};
use super::{ArticleId, KindId, MentionId, Origin, RelationId, RowId, Stamp, Status};

/// The kind and the ends that a source had proposed, kept once a person changed them, so that no run proposes it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedRelation {
    /// The kind as proposed.
    pub kind: KindId,
    /// Where it began.
    pub from: MentionId,
    /// Where it led.
    pub to: MentionId,
}

/// What one mention of an article is to another. It goes with either of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Unique in the project.
    pub id: RelationId,
    /// The article that both mentions lie in.
    pub article: ArticleId,
    /// Its kind, one of the tagset's kinds of relations.
    pub kind: KindId,
    /// Who works for somebody.
    pub from: MentionId,
    /// Whom they work for.
    pub to: MentionId,
    /// How far it has come.
    pub status: Status,
    /// Which source proposed it, or a person.
    pub origin: Origin,
    /// What the source had proposed, where a person changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<ProposedRelation>,
    /// Who last decided on it, and when; none for a suggestion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Stamp>,
    /// A person's remark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Relation {
    /// A suggestion of a kind from one mention of an article to another.
    pub fn new(
        id: RelationId,
        article: ArticleId,
        kind: KindId,
        (from, to): (MentionId, MentionId),
        origin: Origin,
    ) -> Self {
        Self {
            id,
            article,
            kind,
            from,
            to,
            status: Status::Suggested,
            origin,
            proposed: None,
            decision: None,
            note: String::new(),
        }
    }

    /// Whether it is a suggestion that no person has decided on.
    pub fn is_open(&self) -> bool {
        self.status == Status::Suggested && self.decision.is_none()
    }

    /// Whether it is suggested or accepted, whatever its ends are.
    pub fn is_live(&self) -> bool {
        self.status != Status::Rejected
    }

    /// The mention at its other end, where it has this one at an end.
    pub fn other_end(&self, mention: MentionId) -> Option<MentionId> {
        match mention {
            _ if mention == self.from => Some(self.to),
            _ if mention == self.to => Some(self.from),
            _ => None,
        }
    }
}

impl Row for Relation {
    type Id = RelationId;

    const LIST: List = List::Relations;
    const IS_TARGET: bool = false;

    fn id(&self) -> RelationId {
        self.id
    }

    fn renumber(&mut self, id: RelationId) {
        self.id = id;
    }

    fn articles(&self) -> impl Iterator<Item = ArticleId> {
        std::iter::once(self.article)
    }

    fn refers_to(&self) -> impl Iterator<Item = RowId> {
        [self.from, self.to].into_iter().map(RowId::from)
    }

    /// It is nothing without either of its ends.
    fn forget(&mut self, gone: &dyn Fn(RowId) -> bool) -> bool {
        !self.refers_to().any(gone)
    }
}
