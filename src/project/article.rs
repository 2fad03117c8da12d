//! An article of a project, with what was said of it as a whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{ArticleId, Stamp};
use crate::text::Article;

/// What was said of an article: for each of the tagset's article tags the answer, or the answers.
pub type ArticleTags = BTreeMap<SmolStr, Vec<String>>;

/// An article in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRecord {
    /// Unique in the project.
    pub id: ArticleId,
    /// Text and metadata.
    pub article: Article,
    /// Who called it done, and when; none while nobody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Stamp>,
    /// What a person said of it as a whole, by the ids of the tagset's article tags; never an empty answer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: ArticleTags,
}

impl ArticleRecord {
    /// An article that nobody has called done.
    pub fn new(id: ArticleId, article: Article) -> Self {
        Self { id, article, done: None, tags: ArticleTags::new() }
    }
}
