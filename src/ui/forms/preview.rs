//! What is about to come in, and what a person wants of it.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::ingest::{Columns, Table};
use crate::project::Project;
use crate::text::{Article, Text};

/// Files that were read and are not taken in yet.
#[derive(Default)]
pub struct Incoming {
    /// Their articles, in order.
    pub articles: Vec<Article>,
    /// What could not be read, in words.
    pub problems: Vec<String>,
    /// What was left out on purpose, in words.
    pub left_out: Vec<String>,
    /// A table, with the file that it is.
    pub table: Option<(PathBuf, Table)>,
}

impl Incoming {
    /// Whether a person should look before it is taken in: one article by itself is just opened.
    pub fn asks(&self) -> bool {
        self.articles.len() > 1 || self.table.is_some()
    }
}

/// What a person chooses of it.
pub struct PreviewForm {
    pub(in crate::ui) rows: Vec<PreviewRow>,
    pub(in crate::ui) problems: Vec<String>,
    pub(in crate::ui) left_out: Vec<String>,
    pub(in crate::ui) table: Option<(PathBuf, Table)>,
    /// Columns as they are chosen now, until the table is read by them.
    pub(in crate::ui) columns: Columns,
}

pub(in crate::ui) struct PreviewRow {
    pub(in crate::ui) article: Article,
    /// Its text is in the project already, or in a row before.
    pub(in crate::ui) again: bool,
    pub(in crate::ui) wanted: bool,
}

impl PreviewForm {
    /// All of it is wanted, but for texts that are there already.
    pub fn new(project: &Project, incoming: Incoming) -> Self {
        let mut seen: HashSet<Text> = project.articles().map(|record| record.article.text.clone()).collect();
        let row = |article: Article| {
            let again = !seen.insert(article.text.clone());
            PreviewRow { article, again, wanted: !again }
        };
        let columns = incoming.table.as_ref().map(|(_, table)| table.columns.clone()).unwrap_or_default();
        let rows = incoming.articles.into_iter().map(row).collect();
        Self { rows, problems: incoming.problems, left_out: incoming.left_out, table: incoming.table, columns }
    }

    pub(in crate::ui) fn wanted(&self) -> usize {
        self.rows.iter().filter(|row| row.wanted).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        crate::ingest::read("a.txt", text.as_bytes()).unwrap()
    }

    #[test]
    fn the_same_text_is_wanted_once() {
        let articles = vec![article("One."), article("Two."), article("One.")];
        let form = PreviewForm::new(&Project::new(), Incoming { articles, ..Incoming::default() });
        assert_eq!(
            form.rows.iter().map(|row| (row.again, row.wanted)).collect::<Vec<_>>(),
            [(false, true), (false, true), (true, false)]
        );
    }

    #[test]
    fn one_article_asks_nothing() {
        let incoming = |articles| Incoming { articles, ..Incoming::default() };
        assert!(!incoming(vec![article("One.")]).asks());
        assert!(incoming(vec![article("One."), article("Two.")]).asks());
    }
}
