//! A judgement: a person's word that two events are one happening, or that two events or entities are not the same.

use serde::{Deserialize, Serialize};

use super::row::{List, Row};
use super::{ArticleId, JudgementId, RowId, Stamp, Target};

/// What a person said of two events or two entities. It goes with either of them.
///
/// Of entities only "not the same" is kept: those that are the same are merged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Unique in the project.
    pub id: JudgementId,
    /// The one that comes first of the two.
    pub one: Target,
    /// The other, of the same sort.
    pub other: Target,
    /// The articles of both events, in the order of their ids; none for entities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<ArticleId>,
    /// Whether they are one; else they are two, whatever speaks for one.
    pub same: bool,
    /// Who said so, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Stamp>,
    /// A person's remark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Judgement {
    /// That two are the same or not, in either order; `articles` are those of events, in any order.
    pub fn new(
        id: JudgementId,
        (one, other): (Target, Target),
        articles: impl IntoIterator<Item = ArticleId>,
        same: bool,
    ) -> Self {
        let mut articles: Vec<ArticleId> = articles.into_iter().collect();
        articles.sort_unstable();
        articles.dedup();
        let (one, other) = (one.min(other), one.max(other));
        Self { id, one, other, articles, same, decision: None, note: String::new() }
    }

    /// The other of the two, where it is about this one.
    pub fn other_than(&self, target: Target) -> Option<Target> {
        match target {
            _ if target == self.one => Some(self.other),
            _ if target == self.other => Some(self.one),
            _ => None,
        }
    }
}

impl Row for Judgement {
    type Id = JudgementId;

    const LIST: List = List::Judgements;
    const IS_TARGET: bool = false;

    fn id(&self) -> JudgementId {
        self.id
    }

    fn renumber(&mut self, id: JudgementId) {
        self.id = id;
    }

    fn articles(&self) -> impl Iterator<Item = ArticleId> {
        self.articles.iter().copied()
    }

    fn refers_to(&self) -> impl Iterator<Item = RowId> {
        [self.one, self.other].into_iter().map(RowId::from)
    }

    /// It is nothing without either of the two.
    fn forget(&mut self, gone: &dyn Fn(RowId) -> bool) -> bool {
        !self.refers_to().any(gone)
    }
}
