//! An article as the threads of the engine take it.

use jiff::civil::Date;

use crate::project::{ArticleId, ArticleRecord};
use crate::text::Text;

/// An article on its way through the engine.
pub struct Job {
    /// Which.
    pub article: ArticleId,
    /// Its text.
    pub text: Text,
    /// Its date of publication.
    pub date: Option<Date>,
}

impl Job {
    /// An article of a project.
    pub fn of(record: &ArticleRecord) -> Self {
        Self { article: record.id, text: record.article.text.clone(), date: record.article.meta.date }
    }
}
