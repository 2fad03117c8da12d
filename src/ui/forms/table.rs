//! The articles as a table: which rows are there and chosen, which cell has the keys, what is typed into it.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use crate::project::{ArticleId, ArticleRecord, Detail, Project};
use crate::suggest::dates::parse_typed;
use crate::text::{Metadata, words};

/// How long words are counted at once while a frame is drawn.
const PATIENCE: Duration = Duration::from_millis(4);

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Column {
    Detail(Detail),
    Words,
    Tags,
    Open,
    Status,
}

impl Column {
    /// All, from left to right.
    pub const ALL: [Self; 10] = [
        Self::Detail(Detail::Title),
        Self::Detail(Detail::Date),
        Self::Detail(Detail::Source),
        Self::Detail(Detail::Author),
        Self::Detail(Detail::Section),
        Self::Detail(Detail::Language),
        Self::Words,
        Self::Tags,
        Self::Open,
        Self::Status,
    ];

    /// The field that is edited in it; none where it only tells.
    pub fn detail(self) -> Option<Detail> {
        match self {
            Self::Detail(detail) => Some(detail),
            _ => None,
        }
    }

    /// Over its cells.
    pub fn name(self) -> &'static str {
        match self {
            Self::Detail(Detail::Title) => "Title",
            Self::Detail(Detail::Date) => "Date",
            Self::Detail(Detail::Source) => "Source",
            Self::Detail(Detail::Author) => "Author",
            Self::Detail(Detail::Section) => "Section",
            Self::Detail(Detail::Language) => "Language",
            Self::Words => "Words",
            Self::Tags => "Tags",
            Self::Open => "Open",
            Self::Status => "Status",
        }
    }

    /// Whether it holds numbers.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Words | Self::Tags | Self::Open)
    }
}

/// A cell that is being edited.
pub(in crate::ui) struct Editing {
    pub value: String,
    /// It has just been opened: its field takes the keys; with all of it selected where that is so.
    pub fresh: Option<bool>,
}

/// What rows are listed by; with `true` from the largest to the smallest.
type Sort = Option<(Column, bool)>;

/// The table as it stands.
#[derive(Default)]
pub struct TableForm {
    pub(in crate::ui) filter: String,
    pub(in crate::ui) sort: Sort,
    shown: Vec<ArticleId>,
    of: Option<Of>,
    /// The rows chosen, and the one from which more are.
    pub(in crate::ui) picked: BTreeSet<ArticleId>,
    anchor: usize,
    /// The row and the column of the cell that has the keys.
    pub(in crate::ui) cursor: (usize, usize),
    pub(in crate::ui) editing: Option<Editing>,
    /// The cell that has the keys is to be brought into view.
    pub(in crate::ui) reveal: bool,
    /// The table is to take the keys.
    pub(in crate::ui) takes_keys: bool,
    /// What all rows chosen are to get.
    pub(in crate::ui) several: (Option<Detail>, String),
    counted: HashMap<ArticleId, usize>,
}

/// What the rows depend on. Not on what is in them: nothing moves away under a person's hands.
#[derive(PartialEq)]
struct Of {
    filter: String,
    sort: Sort,
    articles: Vec<ArticleId>,
    /// Whether the order needed words that were not counted yet.
    is_counting: bool,
}

impl TableForm {
    /// All articles, the one that is shown chosen.
    pub fn new(project: &Project, article: Option<ArticleId>) -> Self {
        let row = project.article_ids().iter().position(|id| Some(*id) == article).unwrap_or_default();
        let picked = project.article_ids().get(row).copied().into_iter().collect();
        Self { picked, anchor: row, cursor: (row, 0), reveal: true, takes_keys: true, ..Self::default() }
    }

    /// The rows, as of the last call of `refresh`.
    pub fn shown(&self) -> &[ArticleId] {
        &self.shown
    }

    /// Makes the rows fit the filter and the order. Whether words are still being counted for it.
    pub(in crate::ui) fn refresh(&mut self, project: &Project) -> bool {
        let by_words = matches!(self.sort, Some((Column::Words, _)));
        let is_counting = by_words && !self.count_all(project);
        let same = self.of.as_ref().is_some_and(|of| {
            of.filter == self.filter
                && (of.sort, of.is_counting) == (self.sort, is_counting)
                && of.articles == project.article_ids()
        });
        if !same {
            let here = self.shown.get(self.cursor.0).copied();
            let (articles, filter) = (project.article_ids().to_vec(), self.filter.clone());
            self.of = Some(Of { filter, sort: self.sort, articles, is_counting });
            self.shown = self.list(project);
            self.picked.retain(|id| self.shown.contains(id));
            let row = here.and_then(|here| self.shown.iter().position(|id| *id == here));
            self.cursor.0 = row.unwrap_or_default();
            self.anchor = self.cursor.0;
            self.reveal |= row.is_some();
        }
        is_counting
    }

    /// Counts words for a while; whether those of all articles are counted.
    fn count_all(&mut self, project: &Project) -> bool {
        let start = Instant::now();
        for id in project.article_ids() {
            if !self.counted.contains_key(id) {
                if start.elapsed() > PATIENCE {
                    return false;
                }
                self.words(project, *id);
            }
        }
        true
    }

    /// How many words an article has.
    pub(in crate::ui) fn words(&mut self, project: &Project, id: ArticleId) -> usize {
        *self.counted.entry(id).or_insert_with(|| words::count(project.text(id)))
    }

    fn list(&self, project: &Project) -> Vec<ArticleId> {
        let filter = self.filter.trim().to_lowercase();
        let fits = |record: &&ArticleRecord| {
            filter.is_empty() || Detail::ALL.iter().any(|d| d.of(&record.article.meta).to_lowercase().contains(&filter))
        };
        let mut rows: Vec<(Key, ArticleId)> = project
            .articles()
            .filter(fits)
            .map(|record| (self.sort.map_or(Key::Nothing, |(column, _)| self.key(project, record, column)), record.id))
            .collect();
        if let Some((_, falling)) = self.sort {
            // What has nothing there stands last either way.
            rows.sort_by(|(one, _), (other, _)| match (one, other) {
                (Key::Nothing, Key::Nothing) => Ordering::Equal,
                (Key::Nothing, _) => Ordering::Greater,
                (_, Key::Nothing) => Ordering::Less,
                _ if falling => other.cmp(one),
                _ => one.cmp(other),
            });
        }
        rows.into_iter().map(|(_, id)| id).collect()
    }

    fn key(&self, project: &Project, record: &ArticleRecord, column: Column) -> Key {
        let progress = project.progress(record.id);
        match column {
            Column::Detail(detail) => {
                let value = detail.of(&record.article.meta);
                if value.trim().is_empty() { Key::Nothing } else { Key::Words(value.to_lowercase()) }
            }
            Column::Words => self.counted.get(&record.id).map_or(Key::Nothing, |words| Key::Number(*words)),
            Column::Tags => Key::Number(progress.open + progress.decided),
            Column::Open => Key::Number(progress.open),
            Column::Status => Key::Number(project.stage(record) as usize),
        }
    }

    /// The rows chosen, in their order.
    pub(in crate::ui) fn chosen(&self) -> Vec<ArticleId> {
        self.shown.iter().copied().filter(|id| self.picked.contains(id)).collect()
    }

    /// The article and the column of the cell that has the keys.
    pub(in crate::ui) fn here(&self) -> Option<(ArticleId, Column)> {
        let (row, column) = self.cursor;
        Some((*self.shown.get(row)?, *Column::ALL.get(column)?))
    }

    /// Gives the keys to a cell and chooses its row alone, or with `through` all rows from the one chosen before.
    pub(in crate::ui) fn go(&mut self, row: usize, column: usize, through: bool) {
        let row = row.min(self.shown.len().saturating_sub(1));
        self.cursor = (row, column.min(Column::ALL.len() - 1));
        self.reveal = true;
        if !through {
            self.anchor = row;
        }
        let (first, last) = (self.anchor.min(row), self.anchor.max(row));
        self.picked = self.shown.iter().copied().skip(first).take(last - first + 1).collect();
    }

    /// Chooses a row beside the others, or no longer.
    pub(in crate::ui) fn toggle(&mut self, row: usize, column: usize) {
        let Some(id) = self.shown.get(row).copied() else { return };
        (self.cursor, self.anchor) = ((row, column), row);
        if !self.picked.remove(&id) {
            self.picked.insert(id);
        }
    }

    /// Chooses all rows.
    pub(in crate::ui) fn pick_all(&mut self) {
        self.picked = self.shown.iter().copied().collect();
    }

    /// The next cell, or the one before, that can be edited; from the end of a row the first of the next.
    pub(in crate::ui) fn step(&mut self, forward: bool) {
        let columns = Detail::ALL.len();
        let (row, column) = self.cursor;
        match (forward, column) {
            (true, column) if column + 1 < columns => self.go(row, column + 1, false),
            (true, _) if row + 1 < self.shown.len() => self.go(row + 1, 0, false),
            (false, 0) if row > 0 => self.go(row - 1, columns - 1, false),
            (false, column) if column > 0 => self.go(row, (column - 1).min(columns - 1), false),
            _ => {}
        }
    }

    /// Begins to edit the cell that has the keys, with what it holds or with what was typed.
    pub(in crate::ui) fn edit(&mut self, project: &Project, typed: Option<String>) {
        let Some((id, column)) = self.here() else { return };
        let Some((detail, record)) = column.detail().zip(project.article(id)) else { return };
        let fresh = Some(typed.is_none());
        let value = typed.unwrap_or_else(|| detail.of(&record.article.meta));
        self.editing = Some(Editing { value, fresh });
    }
}

/// What rows are sorted by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Words(String),
    Number(usize),
    Nothing,
}

/// The day that was typed; none for nothing.
///
/// # Errors
/// It is no day.
pub(in crate::ui) fn typed_date(typed: &str) -> Result<Option<Date>, &'static str> {
    match typed.trim() {
        "" => Ok(None),
        typed => match parse_typed(typed, None) {
            Some((start, _)) => Ok(Some(start)),
            None => Err("Write the date as 2022-02-04 or 4 Feb 2022"),
        },
    }
}

/// What a value makes of a field.
///
/// # Errors
/// It is no value of that field; in words.
pub(in crate::ui) fn change(detail: Detail, value: &str) -> Result<impl Fn(&mut Metadata) + use<>, &'static str> {
    let date = if detail == Detail::Date { typed_date(value)? } else { None };
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(move |meta: &mut Metadata| match detail {
        Detail::Title => meta.title.clone_from(&value),
        Detail::Date => meta.date = date,
        Detail::Source => meta.source.clone_from(&value),
        Detail::Author => meta.author.clone_from(&value),
        Detail::Section => meta.section.clone_from(&value),
        Detail::Language => meta.language.clone_from(&value),
    })
}
