//! `Edit`: a change to a project as a value, with its inverse.

use serde::{Deserialize, Deserializer, Serialize};

use super::row::Row;
use super::table::Table;
use super::tables::{Tabled, Tables, with_tables};
use super::{
    Action, AnyRecord, ArticleId, ArticleRecord, ArticleTags, Contributor, Entity, Event, Judgement, Learning, Level,
    Mention, Relation, RowId, Ruling, Stamp, Tagset, Taken,
};
use crate::text::Metadata;

/// A record before and after a change; none where it does not exist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Swap<T> {
    /// None when the change makes the record.
    pub before: Option<T>,
    /// None when the change removes it.
    pub after: Option<T>,
}

impl<T> Swap<T> {
    fn inverse(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}

macro_rules! changes {
    ($($Record:ident $Id:ident $one:ident $many:ident $Table:ty;)*) => {
        /// The smallest change there is: one record set, made or removed.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Change {
            /// An article comes in at a place in the order.
            InsertArticle {
                /// 0 for the first.
                index: usize,
                /// The article.
                record: Box<ArticleRecord>,
            },
            /// An article goes; the records that belong to it have gone before it.
            RemoveArticle {
                /// Where it stood.
                index: usize,
                /// The article.
                record: Box<ArticleRecord>,
            },
            /// An article moves in the order.
            MoveArticle {
                /// Where it stood.
                from: usize,
                /// Where it stands once taken out and put back.
                to: usize,
            },
            /// An article's metadata changes.
            Metadata {
                /// Which article.
                article: ArticleId,
                /// As it was.
                before: Box<Metadata>,
                /// As it becomes.
                after: Box<Metadata>,
            },
            /// An article is called done, or no longer.
            Done {
                /// Which article.
                article: ArticleId,
                /// As it was.
                before: Option<Stamp>,
                /// As it becomes.
                after: Option<Stamp>,
            },
            /// What is said of an article as a whole changes.
            ArticleTags {
                /// Which article.
                article: ArticleId,
                /// As it was.
                before: ArticleTags,
                /// As it becomes.
                after: ArticleTags,
            },
            /// The kinds and the tags of articles change.
            Tagset(Box<Swap<Tagset>>),
            /// The guidelines change.
            Guidelines {
                /// As they were.
                before: String,
                /// As they become.
                after: String,
            },
            /// How much of the events is shown changes.
            Level {
                /// As it was.
                before: Level,
                /// As it becomes.
                after: Level,
            },
            /// What other projects have learned comes in, or goes.
            Taken {
                /// As it was.
                before: Vec<Taken>,
                /// As it becomes.
                after: Vec<Taken>,
            },
            /// What is said of learning changes.
            Learning {
                /// As it was.
                before: Learning,
                /// As it becomes.
                after: Learning,
            },
            $(
                #[doc = concat!("One of the ", stringify!($many), " is set, made or removed.")]
                $Record(Box<Swap<$Record>>),
            )*
        }

        impl Change {
            pub(super) fn inverse(self) -> Self {
                match self {
                    Self::InsertArticle { index, record } => Self::RemoveArticle { index, record },
                    Self::RemoveArticle { index, record } => Self::InsertArticle { index, record },
                    Self::MoveArticle { from, to } => Self::MoveArticle { from: to, to: from },
                    Self::Metadata { article, before, after } => {
                        Self::Metadata { article, before: after, after: before }
                    }
                    Self::Done { article, before, after } => Self::Done { article, before: after, after: before },
                    Self::ArticleTags { article, before, after } => {
                        Self::ArticleTags { article, before: after, after: before }
                    }
                    Self::Tagset(swap) => Self::Tagset(Box::new(swap.inverse())),
                    Self::Guidelines { before, after } => Self::Guidelines { before: after, after: before },
                    Self::Level { before, after } => Self::Level { before: after, after: before },
                    Self::Learning { before, after } => Self::Learning { before: after, after: before },
                    Self::Taken { before, after } => Self::Taken { before: after, after: before },
                    $(Self::$Record(swap) => Self::$Record(Box::new(swap.inverse())),)*
                }
            }

            /// The article that it is a change of.
            fn article(&self) -> Option<ArticleId> {
                match self {
                    Self::InsertArticle { record, .. } | Self::RemoveArticle { record, .. } => Some(record.id),
                    Self::Metadata { article, .. } | Self::Done { article, .. } | Self::ArticleTags { article, .. } => {
                        Some(*article)
                    }
                    Self::MoveArticle { .. }
                    | Self::Tagset(_)
                    | Self::Guidelines { .. }
                    | Self::Level { .. }
                    | Self::Learning { .. }
                    | Self::Taken { .. } => None,
                    $(Self::$Record(swap) => {
                        swap.after.as_ref().or(swap.before.as_ref()).and_then(|record| record.articles().next())
                    })*
                }
            }

            /// All articles that what it changes belongs to, before or after.
            pub(super) fn articles(&self) -> Vec<ArticleId> {
                match self {
                    $(Self::$Record(swap) => {
                        let records = swap.before.iter().chain(&swap.after);
                        records.flat_map(|record| record.articles().collect::<Vec<_>>()).collect()
                    })*
                    other => other.article().into_iter().collect(),
                }
            }

            /// What puts a record in the place of the one of its number that tables have, if they have one.
            pub(super) fn put(record: AnyRecord, tables: &Tables) -> Self {
                match record {
                    $(AnyRecord::$Record(record) => {
                        let before = tables.$many.get(record.id()).cloned();
                        Self::$Record(Box::new(Swap { before, after: Some(*record) }))
                    })*
                }
            }

            /// What takes a record out.
            pub(super) fn remove(record: AnyRecord) -> Self {
                match record {
                    $(AnyRecord::$Record(record) => {
                        Self::$Record(Box::new(Swap { before: Some(*record), after: None }))
                    })*
                }
            }

            /// Whether it takes away something that a person could miss.
            fn removes(&self) -> bool {
                match self {
                    $(Self::$Record(swap) => $Record::is_missed(swap.after.as_ref()),)*
                    _ => false,
                }
            }

            /// The record that it removes, where others may refer to it.
            pub(super) fn removed_target(&self) -> Option<AnyRecord> {
                match self {
                    $(Self::$Record(swap) if $Record::IS_TARGET && swap.after.is_none() => {
                        swap.before.clone().map(Tabled::into_any)
                    })*
                    _ => None,
                }
            }

            /// The record that it sets, makes or removes, as it was and as it becomes.
            pub(super) fn record(&self) -> Option<(Option<AnyRecord>, Option<AnyRecord>)> {
                match self {
                    $(Self::$Record(swap) => {
                        Some((swap.before.clone().map(Tabled::into_any), swap.after.clone().map(Tabled::into_any)))
                    })*
                    _ => None,
                }
            }
        }
    };
}
with_tables!(changes);

/// Whose edit it is; only a person's can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Author {
    /// A person, by mouse, key or command line.
    Person,
    /// A run of the suggestion engine.
    Run,
}

/// One step: everything that one action changes, applied together, undone together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "StoredEdit")]
pub struct Edit {
    /// What it does.
    pub action: Action,
    /// Whose edit.
    pub author: Author,
    /// Who and when.
    pub stamp: Stamp,
    /// The changes, in the order in which they are applied.
    pub changes: Vec<Change>,
}

/// An edit as journals have it.
#[derive(Deserialize)]
struct StoredEdit {
    /// None in form 1.
    #[serde(default, deserialize_with = "present")]
    action: Option<Action>,
    /// Its words, in form 1.
    #[serde(default)]
    label: String,
    author: Author,
    stamp: Stamp,
    changes: Vec<Change>,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Action>, D::Error> {
    Action::deserialize(deserializer).map(Some)
}

impl From<StoredEdit> for Edit {
    fn from(stored: StoredEdit) -> Self {
        let StoredEdit { action, label, author, stamp, changes } = stored;
        Self { action: action.unwrap_or(Action::Words(label)), author, stamp, changes }
    }
}

impl Edit {
    /// The edit that takes this one back.
    pub fn inverse(self) -> Self {
        let changes = self.changes.into_iter().rev().map(Change::inverse).collect();
        Self { changes, ..self }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether it takes away something that a person could miss: a record, or what they had made by hand.
    pub fn removes(&self) -> bool {
        self.changes.iter().any(Change::removes)
    }

    /// The article in which something changed first, if any: where to look after an undo.
    pub fn article(&self) -> Option<ArticleId> {
        self.changes.iter().find_map(Change::article)
    }

    /// The mentions that exist after this edit and were set by it.
    pub fn mentions(&self) -> impl Iterator<Item = &Mention> {
        self.changes.iter().filter_map(|change| match change {
            Change::Mention(swap) => swap.after.as_ref(),
            _ => None,
        })
    }
}

/// Why an edit was not applied; the project is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// An article that is not there.
    #[error("the article {0} is not in the project")]
    NoArticle(ArticleId),
    /// An article that is already there.
    #[error("the article {0} is already in the project")]
    ArticleExists(ArticleId),
    /// A place in the order that does not exist.
    #[error("there is no place {0} in the list of articles")]
    NoPlace(usize),
    /// A range is outside the text, off a character boundary or empty, or the quote is not what stands there.
    #[error("the {noun} {0} does not fit the text of its article", noun = .0.noun())]
    Misfit(RowId),
    /// It refers to a record that is not there or that belongs to another article, or belongs to one that is not there.
    #[error("the {noun} {0} refers to something that is not in the project", noun = .0.noun())]
    Dangling(RowId),
    /// A record goes that another still refers to.
    #[error("the {noun} {0} is still in use", noun = .0.noun())]
    InUse(RowId),
    /// An article goes that records still belong to.
    #[error("the article {0} still has mentions, relations, events, judgements or rulings")]
    ArticleInUse(ArticleId),
}
