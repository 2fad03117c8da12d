//! What is about to come in, and what a person wants of it.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;
use std::path::PathBuf;

use crate::ingest::parts::{self, Cut};
use crate::ingest::{Columns, IngestError, Table};
use crate::project::Project;
use crate::text::{Article, Text, words};

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
    /// A person wants to split it.
    pub splits: bool,
}

impl Incoming {
    /// Whether a person should look before it is taken in: one article by itself is just opened.
    pub fn asks(&self) -> bool {
        self.articles.len() > 1 || self.table.is_some() || self.splits && !self.articles.is_empty()
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
    /// The article that is being split.
    pub(in crate::ui) split: Option<SplitForm>,
    /// The row that was chosen last: shift chooses from there on.
    pub(in crate::ui) anchor: usize,
    /// Why articles could not be joined or split.
    pub(in crate::ui) problem: Option<String>,
    /// The texts of the project.
    known: HashSet<Text>,
}

pub(in crate::ui) struct PreviewRow {
    pub(in crate::ui) article: Article,
    /// Its text is in the project already, or in a row before.
    pub(in crate::ui) again: bool,
    pub(in crate::ui) wanted: bool,
    /// It is chosen to be joined or split.
    pub(in crate::ui) chosen: bool,
    words: OnceCell<usize>,
}

impl PreviewRow {
    /// How many words its text has, counted once it is asked for.
    pub(in crate::ui) fn words(&self) -> usize {
        *self.words.get_or_init(|| words::count(self.article.text.as_str()))
    }

    /// The first line of its text; below one that is its title, the next.
    pub(in crate::ui) fn first_line(&self) -> &str {
        let lines = self.article.text.as_str().lines().map(str::trim);
        lines.filter(|line| !line.is_empty()).find(|line| *line != self.article.meta.title).unwrap_or_default()
    }

    fn new(article: Article) -> Self {
        Self { article, again: false, wanted: true, chosen: false, words: OnceCell::new() }
    }
}

/// Where the article of a row is to be split.
pub(in crate::ui) struct SplitForm {
    pub(in crate::ui) row: usize,
    /// The regular expression that was typed, and what is wrong with it.
    pub(in crate::ui) pattern: String,
    pub(in crate::ui) problem: Option<String>,
    /// Its lines, as ranges of bytes of the text.
    pub(in crate::ui) lines: Vec<Range<usize>>,
    /// In order.
    pub(in crate::ui) cuts: Vec<Cut>,
    /// How many articles these give.
    pub(in crate::ui) parts: usize,
    /// It has just been opened: its field takes the keys.
    pub(in crate::ui) fresh: bool,
}

impl SplitForm {
    fn new(row: usize, text: &str) -> Self {
        let mut lines: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            lines.push(start..start + line.len());
            start += line.len();
        }
        Self { row, pattern: String::new(), problem: None, lines, cuts: Vec::new(), parts: 1, fresh: true }
    }

    /// Splits where the pattern matches that was typed; cuts that were made by hand go.
    pub(in crate::ui) fn by_pattern(&mut self, text: &str) {
        self.problem = None;
        self.cuts.clear();
        if !self.pattern.is_empty() {
            match parts::pattern(&self.pattern) {
                Ok(pattern) => self.cuts = parts::cuts(text, &pattern),
                Err(error) => self.problem = Some(error.to_string()),
            }
        }
        self.parts = parts::count(text, &self.cuts);
    }

    /// The cuts in a line.
    pub(in crate::ui) fn in_line(&self, line: &Range<usize>) -> &[Cut] {
        let from = self.cuts.partition_point(|cut| cut.end < line.start);
        let to = self.cuts.partition_point(|cut| cut.end < line.end);
        self.cuts.get(from..to).unwrap_or_default()
    }

    /// Lets an article begin with a line, or no longer.
    pub(in crate::ui) fn toggle(&mut self, line: &Range<usize>, text: &str) {
        if self.in_line(line).is_empty() {
            let at = self.cuts.partition_point(|cut| cut.end < line.start);
            self.cuts.insert(at, Cut::at(line.start));
        } else {
            self.cuts.retain(|cut| !line.contains(&cut.end));
        }
        self.parts = parts::count(text, &self.cuts);
    }
}

impl PreviewForm {
    /// All of it is wanted, but for texts that are there already.
    pub fn new(project: &Project, incoming: Incoming) -> Self {
        let known: HashSet<Text> = project.articles().map(|record| record.article.text.clone()).collect();
        let mut seen = known.clone();
        let row = |article: Article| {
            let again = !seen.insert(article.text.clone());
            PreviewRow { again, wanted: !again, ..PreviewRow::new(article) }
        };
        let columns = incoming.table.as_ref().map(|(_, table)| table.columns.clone()).unwrap_or_default();
        let rows: Vec<PreviewRow> = incoming.articles.into_iter().map(row).collect();
        let alone = rows.first().filter(|_| incoming.splits && rows.len() == 1);
        let split = alone.map(|row| SplitForm::new(0, row.article.text.as_str()));
        Self {
            rows,
            problems: incoming.problems,
            left_out: incoming.left_out,
            table: incoming.table,
            columns,
            split,
            anchor: 0,
            problem: None,
            known,
        }
    }

    pub(in crate::ui) fn wanted(&self) -> usize {
        self.rows.iter().filter(|row| row.wanted).count()
    }

    /// The rows that are chosen, from above.
    pub(in crate::ui) fn chosen(&self) -> Vec<usize> {
        self.rows.iter().enumerate().filter(|(_, row)| row.chosen).map(|(at, _)| at).collect()
    }

    /// Chooses a row: alone, beside others, or with all from the one chosen last.
    pub(in crate::ui) fn choose(&mut self, at: usize, beside: bool, range: bool) {
        if range {
            let range = self.anchor.min(at)..=self.anchor.max(at);
            self.rows.iter_mut().enumerate().for_each(|(row, each)| each.chosen = range.contains(&row));
            return;
        }
        for (row, each) in self.rows.iter_mut().enumerate() {
            each.chosen = if row == at { !(beside && each.chosen) } else { beside && each.chosen };
        }
        self.anchor = at;
    }

    /// Begins to split the article that is chosen.
    pub(in crate::ui) fn begin_split(&mut self) {
        if let [at] = self.chosen().as_slice()
            && let Some(row) = self.rows.get(*at)
        {
            self.split = Some(SplitForm::new(*at, row.article.text.as_str()));
        }
    }

    /// Puts the parts into the place of the article that was split.
    pub(in crate::ui) fn split(&mut self) {
        let Some(split) = self.split.take() else { return };
        let Some(row) = self.rows.get(split.row) else { return };
        let parts = parts::split(&row.article, &split.cuts);
        self.replace(split.row, parts);
    }

    /// Puts one article into the place of those that are chosen, where the first of them stood.
    pub(in crate::ui) fn join(&mut self) {
        let chosen = self.chosen();
        let Some(first) = chosen.first().copied() else { return };
        let parts: Vec<&Article> = chosen.iter().filter_map(|at| self.rows.get(*at)).map(|row| &row.article).collect();
        let joined = parts::join(&parts);
        if joined.is_ok() {
            let mut at = 0;
            self.rows.retain(|row| {
                at += 1;
                !row.chosen || at - 1 == first
            });
        }
        self.replace(first, joined.map(|article| vec![article]));
    }

    /// Puts articles into the place of a row, and looks again which texts are there already.
    fn replace(&mut self, at: usize, articles: Result<Vec<Article>, IngestError>) {
        let articles = match articles {
            Ok(articles) => articles,
            Err(error) => {
                self.problem = Some(error.to_string());
                return;
            }
        };
        self.problem = None;
        self.rows.iter_mut().for_each(|row| row.chosen = false);
        let new = |article| PreviewRow { chosen: true, ..PreviewRow::new(article) };
        self.rows.splice(at..(at + 1).min(self.rows.len()), articles.into_iter().map(new));
        let mut seen = self.known.clone();
        for row in &mut self.rows {
            let again = !seen.insert(row.article.text.clone());
            row.wanted &= !again || row.again;
            row.again = again;
        }
        self.anchor = at;
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
    fn articles_are_joined_and_split() {
        let articles = vec![article("One left."), article("Two stayed."), article("Three came.\nFour went.")];
        let mut form = PreviewForm::new(&Project::new(), Incoming { articles, ..Incoming::default() });
        let texts =
            |form: &PreviewForm| form.rows.iter().map(|row| row.article.text.as_str().to_owned()).collect::<Vec<_>>();
        form.choose(0, false, false);
        form.choose(1, false, true);
        form.join();
        assert_eq!(texts(&form), ["One left.\n\nTwo stayed.", "Three came.\nFour went."]);
        assert_eq!(form.chosen(), [0], "what came of it is chosen");
        form.choose(1, false, false);
        form.begin_split();
        let text = form.rows[1].article.text.clone();
        let split = form.split.as_mut().unwrap();
        let second = split.lines[1].clone();
        split.toggle(&second, text.as_str());
        assert_eq!((split.parts, split.in_line(&second).len()), (2, 1));
        split.toggle(&second, text.as_str());
        assert_eq!(split.parts, 1);
        split.pattern = "^[A-Z".into();
        split.by_pattern(text.as_str());
        assert!(split.problem.is_some() && split.parts == 1);
        split.pattern = "^[A-Z]".into();
        split.by_pattern(text.as_str());
        assert_eq!((split.parts, split.problem.clone()), (2, None));
        form.split();
        assert_eq!(texts(&form), ["One left.\n\nTwo stayed.", "Three came.", "Four went."]);
        assert_eq!(form.wanted(), 3);
    }

    #[test]
    fn one_article_asks_nothing() {
        let incoming = |articles| Incoming { articles, ..Incoming::default() };
        assert!(!incoming(vec![article("One.")]).asks());
        assert!(incoming(vec![article("One."), article("Two.")]).asks());
        assert!(Incoming { splits: true, ..incoming(vec![article("One.")]) }.asks());
    }
}
