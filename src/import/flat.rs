//! What the readers of JSON with marks and labels have in common: rows of a file, what they know of an article, and marks
//! by whichever unit they count in.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use text_size::TextRange;

use super::layers::{self, Annotation, Relation};
use super::set::{OUTSIDE, Set, one_line};
use super::{File, ImportError, utf8};
use crate::project::{ArticleId, FigureKind, Role};
use crate::text::{Metadata, OffsetMap, bytes};

/// How many values a file, or a line of one, may hold: each takes more memory than room in the file.
const MAX_VALUES: usize = 10_000_000;

/// Calls `take` with each row of a file in a format of this name, with its place and how many came before: lines of JSON
/// objects, an array of objects, or one. A line that cannot be read is told, where others can be.
pub(super) fn rows<'s>(
    set: &mut Set<'s>,
    file: &File,
    format: &'static str,
    mut take: impl FnMut(&mut Set<'s>, &str, usize, &Value) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut before = 0;
    let mut take = |set: &mut Set<'s>, place: &str, row: &Value| {
        before += 1;
        take(set, place, before - 1, row)
    };
    let text = utf8(file)?.trim_start_matches('\u{FEFF}');
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).peekable();
    let by_lines = lines.peek().is_some_and(|(_, line)| parse(line).is_ok_and(|row| row.is_object()));
    if by_lines {
        for (number, line) in lines {
            let place = format!("{}, line {number}", file.base());
            match parse(line) {
                Ok(row) => take(set, &place, &row)?,
                Err(problem) => set.leave(place, problem, "the line cannot be read; the others are taken in"),
            }
        }
        return Ok(());
    }
    let wrong = |problem| ImportError::Form { name: file.base().to_owned(), format, problem };
    match parse(text).map_err(wrong)? {
        Value::Array(rows) => {
            for (number, row) in (1_usize..).zip(&rows) {
                take(set, &format!("{}, no. {number}", file.base()), row)?;
            }
            Ok(())
        }
        row => take(set, file.base(), &row),
    }
}

/// A value of JSON that does not fill the memory.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    if text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count() > MAX_VALUES {
        return Err(format!("it holds more than {MAX_VALUES} values"));
    }
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// The string of this name.
pub(super) fn string<'v>(row: &'v Value, name: &str) -> Option<&'v str> {
    row.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The number of this name, which some write as a string.
pub(super) fn number(row: &Value, name: &str) -> Option<usize> {
    as_number(row.get(name)?)
}

/// A number, which some write as a string.
pub(super) fn as_number(value: &Value) -> Option<usize> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok());
    number.and_then(|number| usize::try_from(number).ok())
}

/// A number or a string, as a name.
pub(super) fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What is known of an article; `of` has the value of a field.
pub(super) fn metadata(file: &File, count: usize, of: impl Fn(&str) -> Option<String>) -> Metadata {
    let stem = File { name: file.base().to_owned(), bytes: Vec::new() }.stem().to_owned();
    let named = if count == 0 { stem } else { format!("{stem} {}", count + 1) };
    Metadata {
        title: of("title").unwrap_or(named),
        source: of("source").unwrap_or_default(),
        author: of("author").unwrap_or_default(),
        section: of("section").unwrap_or_default(),
        url: of("url").filter(|url| url.starts_with("http")).unwrap_or_default(),
        language: of("language").unwrap_or_default(),
        date: of("date").and_then(|date| date.parse().ok()),
        origin: of("origin").unwrap_or_else(|| file.name.clone()),
        ..Metadata::default()
    }
}

/// The marks of an article while they are read; they come in as annotations of the layers that CAS has.
pub(super) struct Marks<'t> {
    article: ArticleId,
    text: &'t str,
    offsets: OffsetMap<'t>,
    pub list: Vec<Annotation>,
    pub relations: Vec<Relation>,
    /// The places of those that have a name in the file.
    pub by_id: HashMap<String, usize>,
}

impl<'t> Marks<'t> {
    pub fn new(article: ArticleId, text: &'t str) -> Self {
        Self {
            article,
            text,
            offsets: OffsetMap::new(text),
            list: Vec::new(),
            relations: Vec::new(),
            by_id: HashMap::new(),
        }
    }

    pub fn words(&self, range: TextRange) -> &'t str {
        self.text.get(bytes(range)).unwrap_or_default()
    }

    /// The range of code points, or of UTF-16 units where only there the words stand that a file says.
    pub fn range(&self, start: usize, end: usize, words: Option<&str>) -> Result<TextRange, &'static str> {
        let by_points = self.offsets.from_code_points(start, end);
        let Some(words) = words else { return by_points.ok_or(OUTSIDE) };
        let same = |range: &TextRange| one_line(self.words(*range)) == one_line(words);
        let exact = |range: &TextRange| self.words(*range) == words;
        let by_units = self.offsets.from_utf16(start, end);
        let both = || [by_points, by_units].into_iter().flatten();
        match both().find(exact).or_else(|| both().find(same)) {
            Some(range) => Ok(range),
            None if by_points.is_none() => Err(OUTSIDE),
            None => Err("these words do not stand there"),
        }
    }

    /// Where a mark stands.
    pub fn range_of(&self, mark: &Annotation) -> Option<TextRange> {
        self.offsets.from_utf16(mark.start, mark.end)
    }

    /// Adds a mark of a label; gives its place.
    pub fn push(&mut self, range: TextRange, label: &str, mut values: BTreeMap<String, String>, event: bool) -> usize {
        let unit = |offset| self.offsets.utf16(offset).unwrap_or_default();
        let layer = if event { layers::EVENT_LAYER } else { layers::NAMED_LAYER };
        values.insert("value".to_owned(), label.to_owned());
        self.list.push(Annotation {
            layer: layer.to_owned(),
            start: unit(range.start()),
            end: unit(range.end()),
            values,
            links: Vec::new(),
            decision: None,
        });
        self.list.len() - 1
    }

    /// Lets all marks of one event have the slots of each.
    pub fn share_links(&mut self) {
        let mut shared: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        for mark in &self.list {
            if let Some(event) = mark.values.get("event") {
                shared.entry(event.clone()).or_default().extend(mark.links.iter().cloned());
            }
        }
        for mark in &mut self.list {
            if let Some(links) = mark.values.get("event").and_then(|event| shared.get(event)) {
                mark.links.clone_from(links);
            }
        }
    }

    /// Takes all in.
    pub fn take(self, set: &mut Set<'_>, place: &str) {
        layers::take(set, place, self.article, self.text, &self.list, &self.relations);
    }
}

/// Whether a relation of an event says who takes part in it, or how many.
pub(super) fn is_role(label: &str) -> bool {
    let role = label.strip_suffix(layers::UNSURE).unwrap_or(label);
    [Role::Actor, Role::Recipient].iter().any(|known| role.eq_ignore_ascii_case(known.name()))
        || FigureKind::from_name(label).is_some()
}

/// Whether a label is what events are called.
pub(super) fn is_event(label: &str) -> bool {
    label.eq_ignore_ascii_case("event")
}
