//! What every kind of record says of itself: its number, the articles it belongs to, what it refers to, its order.

use std::cmp::Reverse;
use std::fmt::{Debug, Display};
use std::hash::Hash;

use super::shared::Numbered;
use super::{ArticleId, KindId, RowId};
use crate::text::Text;

/// One of the lists of [`Records`](super::Records).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named as in `Records`")]
pub enum List {
    Tagset,
    ArticleTags,
    RelationKinds,
    Articles,
    Entities,
    Events,
    Mentions,
    Relations,
    Judgements,
    Contributors,
    Rulings,
    Log,
}

/// Where a record stands in a text: its article, its start, and its end, the longer first.
pub type Place = (ArticleId, u32, Reverse<u32>);

/// The order of records in an edit and in files: by table, place and number.
pub type Order = (List, Place, u32);

/// A kind of record that is kept in a table of the project.
pub trait Row: Clone + PartialEq + Debug + Send + Sync + 'static {
    /// Its number, unique within its kind.
    type Id: Numbered + Hash + Display + Into<RowId>;

    /// The list of [`Records`](super::Records) that holds it.
    const LIST: List;
    /// Whether other records may refer to it.
    const IS_TARGET: bool;
    /// Whether the later of two records of one number in a damaged file is set aside. Else it gets another number, and what
    /// refers to the number refers to the first.
    const IS_UNIQUE: bool = Self::IS_TARGET;

    /// Its number.
    fn id(&self) -> Self::Id;

    /// Gives it another number: where nothing refers to it.
    fn renumber(&mut self, id: Self::Id);

    /// The articles that it belongs to: none, one, or several. It goes with any of them.
    fn articles(&self) -> impl Iterator<Item = ArticleId>;

    /// The records that it refers to; one may come twice. Each has to be there, and to belong to no article but its own.
    fn refers_to(&self) -> impl Iterator<Item = RowId>;

    /// Where it stands, for what has a place in a text; what has none is in the order of its numbers.
    fn place(&self) -> Place {
        Place::default()
    }

    /// The kind of mention that it is of, where it has one.
    fn kind(&self) -> Option<&KindId> {
        None
    }

    /// Whether it fits the texts of the articles that it belongs to; `text` gives that of an article.
    fn fits<'t>(&self, _text: &dyn Fn(ArticleId) -> Option<&'t Text>) -> bool {
        true
    }

    /// Takes out what it says of records that are gone; whether it can be kept without.
    fn forget(&mut self, gone: &dyn Fn(RowId) -> bool) -> bool;

    /// Whether it is a suggestion of a run that gives way where `other`, of the same place, comes back.
    fn gives_way_to(&self, _other: &Self) -> bool {
        false
    }

    /// Whether a person could miss a record that is changed to this, or gone.
    fn is_missed(after: Option<&Self>) -> bool {
        after.is_none()
    }
}

/// What a record says of itself whatever its kind.
pub trait AnyRow {
    /// Its number and kind.
    fn row_id(&self) -> RowId;
    /// Where it comes among all records.
    fn order(&self) -> Order;
    /// As [`Row::articles`].
    fn in_articles(&self) -> Vec<ArticleId>;
    /// As [`Row::refers_to`].
    fn references(&self) -> Vec<RowId>;
    /// As [`Row::fits`].
    fn stands_in<'t>(&self, text: &dyn Fn(ArticleId) -> Option<&'t Text>) -> bool;
}

impl<R: Row> AnyRow for R {
    fn row_id(&self) -> RowId {
        self.id().into()
    }

    fn order(&self) -> Order {
        (R::LIST, self.place(), self.id().number())
    }

    fn in_articles(&self) -> Vec<ArticleId> {
        self.articles().collect()
    }

    fn references(&self) -> Vec<RowId> {
        self.refers_to().collect()
    }

    fn stands_in<'t>(&self, text: &dyn Fn(ArticleId) -> Option<&'t Text>) -> bool {
        self.fits(text)
    }
}
