//! Tables of articles: which column holds what, by its name or as a person says; a row as an article.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::article::finish;
use super::days::Days;
use super::language;
use super::left_out::LeftOut;
use super::names::stem;
use super::{IngestError, dateline, html, text};
use crate::text::{Article, DatePlace, Metadata};

/// A column whose cells are this long on average, in bytes, holds texts, whatever it is called.
const LONG_CELL: usize = 120;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The text of the article.
    Text,
    /// Its headline.
    Title,
    /// The day of publication.
    Date,
    /// Where it stands on the web.
    Url,
    /// Who published it.
    Source,
    /// Who wrote it.
    Author,
    /// Its language.
    Language,
    /// The part of the paper or site that it stands in.
    Section,
}

impl Field {
    /// All of them, the text first.
    pub const ALL: [Self; 8] =
        [Self::Text, Self::Title, Self::Date, Self::Url, Self::Source, Self::Author, Self::Language, Self::Section];

    /// Its name on the command line: `text`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Date => "date",
            Self::Url => "url",
            Self::Source => "source",
            Self::Author => "author",
            Self::Language => "language",
            Self::Section => "section",
        }
    }

    /// Its name for a person.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Title => "Title",
            Self::Date => "Date",
            Self::Url => "Address on the web",
            Self::Source => "Source",
            Self::Author => "Author",
            Self::Language => "Language",
            Self::Section => "Section",
        }
    }

    /// What columns of it are called, the surest first: in small letters, nothing but letters and digits.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "text",
                "body",
                "content",
                "fulltext",
                "articletext",
                "articlebody",
                "bodytext",
                "maintext",
                "contenttext",
                "articlecontent",
                "plaintext",
                "rawtext",
                "cleantext",
                "story",
                "article",
                "document",
                "paragraphs",
            ],
            Self::Title => &["title", "headline", "articletitle", "head", "heading", "subject", "name"],
            Self::Date => &[
                "date",
                "published",
                "publishedat",
                "datepublished",
                "publicationdate",
                "publishdate",
                "publisheddate",
                "datepublish",
                "pubdate",
                "publicationdatetime",
                "articledate",
                "datetime",
                "created",
                "createdat",
                "timestamp",
                "day",
            ],
            Self::Url => {
                &["url", "link", "permalink", "articleurl", "canonicalurl", "weburl", "webpage", "uri", "href"]
            }
            Self::Source => &[
                "source",
                "publisher",
                "publication",
                "sourcename",
                "site",
                "sitename",
                "newspaper",
                "outlet",
                "media",
                "agency",
                "sourcedomain",
                "domain",
                "journal",
            ],
            Self::Author => &["author", "authors", "byline", "writer", "creator", "journalist", "authorname"],
            Self::Language => &["language", "lang", "locale", "languagecode"],
            Self::Section => &["section", "sectionname", "articlesection", "category", "desk", "rubric"],
        }
    }
}

/// Which column holds what: the name of a column for a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Columns(pub BTreeMap<Field, String>);

impl Columns {
    /// Reads `text=body,title=headline`; an empty name leaves a field without a column.
    ///
    /// # Errors
    /// A field that there is not, or no `=`; in words.
    pub fn parse(words: &str) -> Result<Self, String> {
        let mut columns = BTreeMap::new();
        for part in words.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let known = || Field::ALL.map(Field::id).join(", ");
            let Some((field, column)) = part.split_once('=') else {
                return Err(format!("“{part}” names no column. Write it as text=NAME; fields are {}", known()));
            };
            let Some(field) = Field::ALL.into_iter().find(|known| known.id() == field.trim()) else {
                return Err(format!("there is no field “{}”. Fields are {}", field.trim(), known()));
            };
            columns.insert(field, column.trim().to_owned());
        }
        Ok(Self(columns))
    }

    /// The column of a field, unless it has none.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str).filter(|column| !column.is_empty())
    }

    /// As JSON, for another process: names may hold any sign.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What [`Columns::to_json`] wrote.
    pub fn of_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// These, and for all other fields the columns that are called like them; for the text, where none is, the column
    /// with the longest cells.
    fn completed(&self, names: &[String], lengths: &[usize]) -> Self {
        let mut columns = self.0.clone();
        let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
        for field in Field::ALL {
            if columns.contains_key(&field) {
                continue;
            }
            let taken = |name: &String| columns.values().any(|column| column == name);
            let is =
                |name: &String, wanted: &str| name.replace('.', "") == wanted || name.ends_with(&format!(".{wanted}"));
            let called = |wanted: &&str| plain.iter().position(|name| is(name, wanted));
            let found =
                field.names().iter().filter_map(called).find_map(|at| names.get(at).filter(|name| !taken(name)));
            let long = || {
                let longest = (0..names.len()).max_by_key(|at| lengths.get(*at)).filter(|_| field == Field::Text)?;
                names.get(longest).filter(|name| lengths.get(longest) >= Some(&LONG_CELL) && !taken(name))
            };
            if let Some(name) = found.or_else(long) {
                columns.insert(field, name.clone());
            }
        }
        Self(columns)
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<_> = self.0.iter().map(|(field, column)| format!("{}={column}", field.id())).collect();
        f.write_str(&parts.join(","))
    }
}

/// The columns of a table, and what they are taken to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What its columns are called, in their order.
    pub names: Vec<String>,
    /// Which of them holds what.
    pub columns: Columns,
}

impl Table {
    /// A table with these columns; `lengths` are those of their cells on average, in the same order.
    pub(super) fn new(names: Vec<String>, lengths: &[usize], wanted: &Columns) -> Self {
        let columns = wanted.completed(&names, lengths);
        Self { names, columns }
    }

    /// Refuses a table of which no column is known to hold texts, or lacks one that was asked for.
    pub(super) fn check(&self, name: &str) -> Result<(), IngestError> {
        let all = || {
            let shown: Vec<_> = self.names.iter().take(20).map(|name| format!("“{name}”")).collect();
            shown.join(", ")
        };
        let missing = self.columns.0.values().find(|column| !column.is_empty() && !self.names.contains(column));
        if let Some(missing) = missing {
            return Err(IngestError::damaged(name, format!("it has no column “{missing}”; its columns are {}", all())));
        }
        if self.columns.get(Field::Text).is_none() {
            let what = format!(
                "none of its columns is known to hold the texts of articles; they are {}. Say which one does",
                all()
            );
            return Err(IngestError::damaged(name, what));
        }
        Ok(())
    }

    /// The article of a row, whose cells are looked up by column; `place` tells which row it is. What is not shown of
    /// markup in them is told.
    pub(super) fn article(
        &self,
        name: &str,
        place: &str,
        cell: impl Fn(&str) -> Option<String>,
        left_out: &mut LeftOut,
    ) -> Result<Article, IngestError> {
        let field = |field| {
            let found = self.columns.get(field).and_then(&cell).map(|cell| cell.trim().to_owned());
            found.unwrap_or_default()
        };
        let text = self.columns.get(Field::Text).and_then(&cell).unwrap_or_default();
        let text = if is_markup(&text) { html::fragment(&text, left_out) } else { text };
        let title = field(Field::Title);
        let title = if is_markup(&title) { html::fragment(&title, left_out) } else { title };
        let guessed = text::article(name, "", text)?;
        let date = field(Field::Date);
        let mut days = Days::default();
        let column = self.columns.get(Field::Date).unwrap_or_default();
        days.take(dateline::of_field(&date).or_else(|| of_number(&date)), DatePlace::Column(column.to_owned()));
        days.join(Days::of(&guessed.meta));
        let meta = Metadata {
            title: if title.is_empty() { guessed.meta.title } else { title },
            source: or(field(Field::Source), guessed.meta.source),
            author: field(Field::Author),
            section: field(Field::Section),
            url: field(Field::Url),
            language: language::of_field(&field(Field::Language)).unwrap_or(guessed.meta.language),
            date: days.taken(),
            dates: days.all(),
            origin: format!("{name}, {place}"),
        };
        let title_of_file = meta.title == stem(name);
        let meta = Metadata {
            title: if title_of_file { format!("{}, {place}", meta.title) } else { meta.title.clone() },
            ..meta
        };
        finish(name, meta, guessed.text.as_str().to_owned())
    }
}

/// The first that says something.
fn or(one: String, other: String) -> String {
    if one.is_empty() { other } else { one }
}

/// The day of a number of seconds, or of milliseconds, since 1970: between 1980 and 2100.
fn of_number(cell: &str) -> Option<jiff::civil::Date> {
    const YEARS: std::ops::Range<i64> = 315_532_800..4_102_444_800;
    let number: f64 = cell.parse().ok()?;
    // Lossy on purpose: only the day is wanted.
    let seconds = number as i64;
    let seconds = if YEARS.contains(&seconds) { seconds } else { seconds / 1000 };
    let stamp = YEARS.contains(&seconds).then(|| jiff::Timestamp::from_second(seconds).ok())??;
    Some(jiff::tz::Offset::UTC.to_datetime(stamp).date())
}

/// Whether a cell holds a piece of a web page.
pub(super) fn is_markup(cell: &str) -> bool {
    ["</p>", "<br>", "<br/>", "<br />", "</div>", "</a>", "</b>", "</i>", "</em>", "</strong>"]
        .iter()
        .any(|tag| cell.contains(tag))
}

/// A column's name without what differs by habit: small letters and digits, dots between the keys of objects in objects.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || *c == '.').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(words: &str) -> Columns {
        Columns::parse(words).unwrap()
    }

    #[test]
    fn columns_are_known_by_their_names() {
        let names = ["id", "Head-Line", "Publish Date", "body_text", "URL", "article.lang"].map(str::to_owned);
        let table = Table::new(names.to_vec(), &[1, 20, 10, 30, 20, 2], &Columns::default());
        assert_eq!(
            table.columns,
            columns("title=Head-Line,date=Publish Date,text=body_text,url=URL,language=article.lang")
        );
        let wanted = columns("title=id,date=");
        let table = Table::new(names.to_vec(), &[], &wanted);
        assert_eq!((table.columns.get(Field::Title), table.columns.get(Field::Date)), (Some("id"), None));
        let table = Table::new(vec!["a".into(), "b".into()], &[2, 500], &Columns::default());
        assert_eq!(table.columns, columns("text=b"));
        let table = Table::new(vec!["a".into(), "b".into()], &[2, 5], &Columns::default());
        assert!(table.check("x.csv").unwrap_err().to_string().contains("“a”, “b”"));
    }

    #[test]
    fn what_a_person_says_is_read() {
        assert_eq!(columns("text=a b, title = t").to_string(), "text=a b,title=t");
        assert!(Columns::parse("words=x").unwrap_err().contains("“words”"));
        assert!(Columns::parse("text").unwrap_err().contains("text=NAME"));
    }

    #[test]
    fn dates_and_languages_of_cells() {
        let day = jiff::civil::date(2022, 2, 4);
        assert_eq!(
            [of_number("1643932800"), of_number("1643932800000"), of_number("20220204")],
            [Some(day), Some(day), None]
        );
        assert_eq!(["en_GB", "English", "x"].map(language::of_field), [Some("en-GB".to_owned()), None, None]);
    }
}
