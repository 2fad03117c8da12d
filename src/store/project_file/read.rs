//! The bytes of a project's file into a project, or the line, column and record at fault.

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::SCHEMA;
use crate::project::{IdCounters, List, Project, RecordError, Records};
use crate::store::StoreError;

/// How far into the file the schema version stands at the latest, in bytes.
const HEAD: usize = 64 * 1024;

/// The lists of a file, in their order there.
const LISTS: [(List, &str); 6] = [
    (List::Tagset, "tagset"),
    (List::ArticleTags, "article_tags"),
    (List::Articles, "articles"),
    (List::Entities, "entities"),
    (List::Events, "events"),
    (List::Mentions, "mentions"),
];

/// A project from the bytes of its file; `name` is the file's, for messages. Every mention's quote is compared with the
/// text, ids are unique, and what records point at exists.
///
/// # Errors
/// Not a project, a newer one, or damaged: with line, column and record.
pub fn from_bytes(bytes: &[u8], name: &str) -> Result<Project, StoreError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let sound = bytes.get(..error.valid_up_to()).and_then(|sound| std::str::from_utf8(sound).ok());
        let (line, column) = position(sound.unwrap_or_default());
        damaged(name, (line, column), String::new(), "there are bytes that are not UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match schema(text) {
        Some(1..=SCHEMA) => {}
        Some(found) if found > SCHEMA => {
            return Err(StoreError::Newer { name: name.to_owned(), found, known: SCHEMA });
        }
        _ => return Err(StoreError::NotAProject { name: name.to_owned() }),
    }
    let Some(file) = by_line(text) else { return File::whole(text, name)?.project(text, name) };
    file.project(text, name).or_else(|error| {
        // Where records were broken into lines by hand, what failed is the guess that each has one.
        File::whole(text, name).and_then(|file| file.project(text, name)).map_err(|_| error)
    })
}

/// The version that the head of a file states.
fn schema(text: &str) -> Option<u64> {
    let head = text.get(..text.floor_char_boundary(HEAD))?;
    let (_, after) = head.split_once("schema")?;
    let value = after.trim_start().strip_prefix(':')?.trim_start();
    value.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// A file in its parts: each record still text, a slice of the file.
#[derive(Default)]
struct File<'t> {
    next: IdCounters,
    guidelines: String,
    /// As in [`LISTS`].
    lists: [Vec<&'t str>; 6],
}

/// The file as its writer lays it out: a record on each line. None where it is anything else.
fn by_line(text: &str) -> Option<File<'_>> {
    let mut file = File::default();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut lists = LISTS.iter().zip(&mut file.lists);
    if lines.next()? != "(" {
        return None;
    }
    while let Some(line) = lines.next() {
        if line == ")" {
            return (lists.next().is_none() && lines.next().is_none()).then_some(file);
        }
        if let Some(counters) = line.strip_prefix("next:") {
            file.next = ron::from_str(counters.trim().trim_end_matches(',')).ok()?;
        } else if let Some(written) = line.strip_prefix("guidelines:") {
            file.guidelines = ron::from_str(written.trim().trim_end_matches(',')).ok()?;
        } else if let Some(opened) = line.strip_suffix(": [") {
            // A project without article tags has no list of them.
            let ((_, name), list) = lists.find(|((list, name), _)| opened == *name || *list != List::ArticleTags)?;
            if opened != *name {
                return None;
            }
            loop {
                let line = lines.next()?;
                let record = line.strip_suffix(',').unwrap_or(line);
                if record == "]" {
                    break;
                }
                list.push(Some(record).filter(|record| record.starts_with('(') && record.ends_with(')'))?);
            }
        } else if !(line.starts_with("schema:") || line.starts_with("program:")) {
            return None;
        }
    }
    None
}

/// The file as RON has it, however it is laid out.
#[derive(Deserialize)]
#[serde(rename = "Project")]
struct Whole<'t> {
    #[serde(default)]
    next: IdCounters,
    #[serde(default)]
    guidelines: String,
    #[serde(borrow)]
    tagset: Vec<&'t RawValue>,
    #[serde(borrow, default)]
    article_tags: Vec<&'t RawValue>,
    #[serde(borrow)]
    articles: Vec<&'t RawValue>,
    #[serde(borrow)]
    entities: Vec<&'t RawValue>,
    #[serde(borrow)]
    events: Vec<&'t RawValue>,
    #[serde(borrow)]
    mentions: Vec<&'t RawValue>,
}

impl<'t> File<'t> {
    fn whole(text: &'t str, name: &str) -> Result<Self, StoreError> {
        let whole: Whole<'t> = ron::from_str(text).map_err(|error| {
            let at = (error.span.start.line, error.span.start.col);
            damaged(name, at, record_near(text, at.0), &error.code.to_string())
        })?;
        let lists = [whole.tagset, whole.article_tags, whole.articles, whole.entities, whole.events, whole.mentions];
        let trimmed = |list: Vec<&'t RawValue>| list.into_iter().map(|value| value.get_ron().trim()).collect();
        Ok(Self { next: whole.next, guidelines: whole.guidelines, lists: lists.map(trimmed) })
    }

    fn project(&self, text: &str, name: &str) -> Result<Project, StoreError> {
        let [tagset, article_tags, articles, entities, events, mentions] = &self.lists;
        let records = Records {
            tagset: parse(text, name, List::Tagset, tagset)?,
            article_tags: parse(text, name, List::ArticleTags, article_tags)?,
            guidelines: self.guidelines.clone(),
            articles: parse(text, name, List::Articles, articles)?,
            entities: parse(text, name, List::Entities, entities)?,
            events: parse(text, name, List::Events, events)?,
            mentions: parse(text, name, List::Mentions, mentions)?,
            next: self.next,
        };
        Project::from_records(records).map_err(|RecordError { list, index, problem }| {
            let lists = LISTS.iter().zip(&self.lists);
            let record = lists.filter(|((other, _), _)| *other == list).find_map(|(_, records)| records.get(index));
            let at = record.map_or((1, 1), |record| start(text, record));
            damaged(name, at, describe(list, index), &problem.to_string())
        })
    }
}

fn parse<T: DeserializeOwned>(text: &str, name: &str, list: List, records: &[&str]) -> Result<Vec<T>, StoreError> {
    let mut parsed = Vec::with_capacity(records.len());
    for (index, record) in records.iter().enumerate() {
        parsed.push(ron::from_str(record).map_err(|error| {
            let (line, column) = start(text, record);
            let inner = error.span.start;
            let column = if inner.line <= 1 { column + inner.col.saturating_sub(1) } else { inner.col };
            let at = (line + inner.line.saturating_sub(1), column);
            damaged(name, at, describe(list, index), &error.code.to_string())
        })?);
    }
    Ok(parsed)
}

/// Line and column at which a record starts, which is a slice of the file's text.
fn start(text: &str, record: &str) -> (usize, usize) {
    let offset = record.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    position(text.get(..offset).unwrap_or_default())
}

/// Line and column, in characters from 1, behind a text.
fn position(before: &str) -> (usize, usize) {
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// The record on a line of a file that has one record a line.
fn record_near(text: &str, line: usize) -> String {
    let mut found = None;
    for (number, content) in text.lines().enumerate().take(line) {
        if let Some((list, _)) = LISTS.iter().find(|(_, name)| content.strip_suffix(": [") == Some(name)) {
            found = Some((*list, number));
        } else if content.starts_with(']') {
            found = None;
        }
    }
    // `line` counts from 1, and the first record stands on the line behind the list's name.
    let index = |number: usize| line.checked_sub(number + 2);
    found.and_then(|(list, number)| Some(describe(list, index(number)?))).unwrap_or_default()
}

fn describe(list: List, index: usize) -> String {
    let name = LISTS.iter().find(|(other, _)| *other == list).map_or("", |(_, name)| name);
    format!("record {} of the {}", index + 1, name.replace('_', " "))
}

fn damaged(name: &str, (line, column): (usize, usize), record: String, what: &str) -> StoreError {
    StoreError::Damaged { name: name.to_owned(), line, column, record, what: what.to_owned() }
}
