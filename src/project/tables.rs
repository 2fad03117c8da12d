//! The one list of the kinds of records, from which all that works on records is made: storing, changes and their inverses,
//! undo beside runs, salvage, the log, files.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::by_place::ByPlace;
use super::row::{AnyRow, Row};
use super::table::{ById, Table};
use super::{
    ArticleId, Contributor, ContributorId, Entity, EntityId, Event, EventId, Judgement, JudgementId, KindId, Mention,
    MentionId, Relation, RelationId, RowId, Ruling, RulingId,
};

/// Hands the list of tables to a macro: of each the record, its id, what one is called, what its table is called, and what
/// keeps it. A record may refer to those of tables above its own, and of its own.
macro_rules! with_tables {
    ($macro:ident) => {
        $macro! {
            Entity EntityId entity entities ById<Entity>;
            Event EventId event events ById<Event>;
            Mention MentionId mention mentions ByPlace;
            Relation RelationId relation relations ById<Relation>;
            Judgement JudgementId judgement judgements ById<Judgement>;
            Contributor ContributorId contributor contributors ById<Contributor>;
            Ruling RulingId ruling rulings ById<Ruling>;
        }
    };
}
pub(crate) use with_tables;

/// A kind of record and its place in what is made of the list.
pub trait Tabled: Row {
    /// What keeps it.
    type Table: Table<Self>;

    /// As one of any kind.
    fn into_any(self) -> AnyRecord;
    /// A record of any kind, if it is of this one.
    fn of(record: &AnyRecord) -> Option<&Self>;
    /// As [`Tabled::of`], to change.
    fn of_mut(record: &mut AnyRecord) -> Option<&mut Self>;
    /// Its table.
    fn table(tables: &Tables) -> &Self::Table;
    /// As [`Tabled::table`], to change.
    fn table_mut(tables: &mut Tables) -> &mut Self::Table;
    /// The number that comes next.
    fn next(counters: &mut IdCounters) -> &mut u32;
    /// The id of a number.
    fn with_number(number: u32) -> Self::Id;
}

macro_rules! tables {
    ($($Record:ident $Id:ident $one:ident $many:ident $Table:ty;)*) => {
        /// A record of any kind; small to move, as many are sorted.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "named as the records")]
        pub enum AnyRecord {
            $($Record(Box<$Record>),)*
        }

        impl AnyRecord {
            /// The record, to ask what it says of itself.
            pub fn row(&self) -> &dyn AnyRow {
                match self {
                    $(Self::$Record(record) => &**record,)*
                }
            }

            /// As [`Row::forget`].
            pub(super) fn forget(&mut self, gone: &dyn Fn(RowId) -> bool) -> bool {
                match self {
                    $(Self::$Record(record) => record.forget(gone),)*
                }
            }

            /// The records of tables that give way where this one comes back.
            pub(super) fn rivals(&self, tables: &Tables) -> Vec<Self> {
                match self {
                    $(Self::$Record(record) => {
                        let there = tables.$many.at(record.place());
                        there.filter(|other| other.gives_way_to(record)).cloned().map(Tabled::into_any).collect()
                    })*
                }
            }

            /// Whether tables have this very record.
            pub(super) fn is_in(&self, tables: &Tables) -> bool {
                match self {
                    $(Self::$Record(record) => tables.$many.get(record.id()) == Some(&**record),)*
                }
            }
        }

        /// All tables.
        #[derive(Clone, Debug, Default)]
        pub struct Tables {
            $(pub(super) $many: $Table,)*
        }

        impl Tables {
            /// As [`Table::snapshot`] of each.
            pub(super) fn snapshot(&self) -> Self {
                Self { $($many: self.$many.snapshot(),)* }
            }

            /// The records that belong to an article, in the order of the tables.
            pub(super) fn of_article(&self, article: ArticleId) -> impl Iterator<Item = RowId> {
                std::iter::empty()$(.chain(self.$many.of_article(article).map(RowId::from)))*
            }

            /// The records of some kinds of the tagset, copied.
            pub(super) fn of_kinds(&self, kinds: &BTreeSet<KindId>) -> Vec<AnyRecord> {
                let mut found = Vec::new();
                $(
                    let of_kinds = self.$many.iter().filter(|record| record.kind().is_some_and(|kind| kinds.contains(kind)));
                    found.extend(of_kinds.cloned().map(Tabled::into_any));
                )*
                found
            }

            /// The record of this number and kind, to ask what it says of itself.
            pub(super) fn row(&self, id: RowId) -> Option<&dyn AnyRow> {
                match id {
                    $(RowId::$Record(id) => self.$many.get(id).map(|record| record as &dyn AnyRow),)*
                }
            }

            /// The record of this number and kind, copied.
            pub(super) fn record(&self, id: RowId) -> Option<AnyRecord> {
                match id {
                    $(RowId::$Record(id) => self.$many.get(id).cloned().map(Tabled::into_any),)*
                }
            }
        }

        /// The ids that come next in each list; they only grow, so that none is given twice, even where the last record is
        /// gone.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        #[expect(missing_docs, reason = "named as the records")]
        pub struct IdCounters {
            pub article: u32,
            $(pub $one: u32,)*
        }

        $(impl Tabled for $Record {
            type Table = $Table;

            fn into_any(self) -> AnyRecord {
                AnyRecord::$Record(Box::new(self))
            }

            fn of(record: &AnyRecord) -> Option<&Self> {
                if let AnyRecord::$Record(record) = record { Some(record) } else { None }
            }

            fn of_mut(record: &mut AnyRecord) -> Option<&mut Self> {
                if let AnyRecord::$Record(record) = record { Some(record) } else { None }
            }

            fn table(tables: &Tables) -> &Self::Table {
                &tables.$many
            }

            fn table_mut(tables: &mut Tables) -> &mut Self::Table {
                &mut tables.$many
            }

            fn next(counters: &mut IdCounters) -> &mut u32 {
                &mut counters.$one
            }

            fn with_number(number: u32) -> Self::Id {
                $Id(number)
            }
        })*
    };
}
with_tables!(tables);

impl Tables {
    /// The records that belong to an article, copied.
    pub(super) fn records_of(&self, article: ArticleId) -> impl Iterator<Item = AnyRecord> {
        self.of_article(article).filter_map(|id| self.record(id))
    }
}
