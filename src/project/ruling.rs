//! A ruling: how a person settled a place where annotators differ; and the contributors whose work it settles.

use serde::{Deserialize, Serialize};
use text_size::TextRange;

use super::given::Given;
use super::row::{List, Row};
use super::{ArticleId, ContributorId, RowId, RulingId, Stamp};
use crate::text::Text;

/// Somebody whose work a project is. In a project made for one annotator that one alone; in one that settles where several
/// differ each of these, with the file of their work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contributor {
    /// Unique in the project.
    pub id: ContributorId,
    /// What they are called.
    pub name: String,
    /// The path of their own file; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Whether what is suggested to them counts too, as the engine's own word.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
}

/// In what annotators can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DifferenceSort {
    /// Some marked it and some did not.
    Missing,
    /// Where it begins or ends.
    Boundary,
    /// Of which kind it is.
    Kind,
    /// Whom or what it names, or which event it tells of.
    Who,
    /// The type of an event.
    EventType,
    /// Who takes part in an event, where or when it was, how real it is, its numbers.
    Slot,
    /// A relation.
    Relation,
}

impl DifferenceSort {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Missing, Self::Boundary, Self::Kind, Self::Who, Self::EventType, Self::Slot, Self::Relation];

    /// As JSON has it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Boundary => "boundary",
            Self::Kind => "kind",
            Self::Who => "who",
            Self::EventType => "event",
            Self::Slot => "slot",
            Self::Relation => "relation",
        }
    }

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Boundary => "boundary",
            Self::Kind => "kind",
            Self::Who => "who or which event",
            Self::EventType => "type of event",
            Self::Slot => "slot of event",
            Self::Relation => "relation",
        }
    }
}

/// What was taken where annotators differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Settled {
    /// What this one chose.
    Choice(ContributorId),
    /// Nothing: it is no tag, or the slot stays empty.
    Nothing,
    /// Something else: the id of a kind, words, a name. Empty where it was edited by hand, as older projects have it.
    Edited(String),
    /// Something else of an event or a relation.
    Given(Given),
}

/// Why annotators differed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// Somebody made a mistake.
    Slip,
    /// The text can be read both ways.
    Ambiguous,
    /// The guidelines do not say.
    Gap,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Slip, Self::Ambiguous, Self::Gap];

    /// As JSON has it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Slip => "slip",
            Self::Ambiguous => "ambiguous",
            Self::Gap => "gap",
        }
    }

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slip => "slip",
            Self::Ambiguous => "ambiguous",
            Self::Gap => "gap in the guidelines",
        }
    }
}

/// How one difference was settled. It goes with its article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ruling {
    /// Unique in the project.
    pub id: RulingId,
    /// The article of the difference.
    pub article: ArticleId,
    /// UTF-8 bytes of its text: all that anybody marked there.
    pub range: TextRange,
    /// In what they differed.
    pub sort: DifferenceSort,
    /// The words that it is about.
    pub words: String,
    /// What each chose, in words, in the order of the comparison; nobody's who marked nothing there.
    pub choices: Vec<(ContributorId, String)>,
    /// What was taken.
    pub taken: Settled,
    /// Why they differed, where somebody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Who settled it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Stamp>,
    /// A person's remark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Ruling {
    /// Whether it is about the same difference as another: it may have been settled otherwise.
    pub fn is_about_same(&self, other: &Self) -> bool {
        (self.article, self.range, self.sort, &self.words) == (other.article, other.range, other.sort, &other.words)
    }
}

impl Row for Contributor {
    type Id = ContributorId;

    const LIST: List = List::Contributors;
    const IS_TARGET: bool = true;

    fn id(&self) -> ContributorId {
        self.id
    }

    fn renumber(&mut self, id: ContributorId) {
        self.id = id;
    }

    fn articles(&self) -> impl Iterator<Item = ArticleId> {
        std::iter::empty()
    }

    fn refers_to(&self) -> impl Iterator<Item = RowId> {
        std::iter::empty()
    }

    fn forget(&mut self, _: &dyn Fn(RowId) -> bool) -> bool {
        true
    }
}

impl Row for Ruling {
    type Id = RulingId;

    const LIST: List = List::Rulings;
    const IS_TARGET: bool = false;

    fn id(&self) -> RulingId {
        self.id
    }

    fn renumber(&mut self, id: RulingId) {
        self.id = id;
    }

    fn articles(&self) -> impl Iterator<Item = ArticleId> {
        std::iter::once(self.article)
    }

    fn refers_to(&self) -> impl Iterator<Item = RowId> {
        let taken = match self.taken {
            Settled::Choice(id) => Some(id),
            Settled::Nothing | Settled::Edited(_) | Settled::Given(_) => None,
        };
        self.choices.iter().map(|(id, _)| *id).chain(taken).map(RowId::from)
    }

    fn fits<'t>(&self, text: &dyn Fn(ArticleId) -> Option<&'t Text>) -> bool {
        text(self.article).is_some_and(|text| text.slice(self.range).is_some())
    }

    /// What somebody chose who is gone is left out; it cannot be kept where that was taken.
    fn forget(&mut self, gone: &dyn Fn(RowId) -> bool) -> bool {
        self.choices.retain(|(id, _)| !gone((*id).into()));
        !self.refers_to().any(gone)
    }
}
