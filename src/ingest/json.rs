//! Articles as JSON objects: one a line, a list of them, or a list inside an object.
//!
//! Keys are columns as in a table; those of objects inside objects are joined by a dot: `source.name`.

use serde_json::{Map, Value};

use super::columns::{Field, Table, is_markup};
use super::left_out::LeftOut;
use super::limits::MAX_COLUMNS;
use super::sink::Sink;
use super::{IngestError, Input, decode, ninjs};

/// How many objects are looked at to tell which key holds what.
const LOOK: usize = 50;
/// How deep keys of objects inside objects are columns.
const MAX_DEPTH: usize = 4;
/// How much of a line that is no JSON is told.
const MAX_SHOWN: usize = 60;

pub(super) fn read(input: &Input<'_>, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let text = decode::decode(input.name, input.bytes, None)?;
    let whole = if is_lines(input.name) { None } else { Some(serde_json::from_str::<Value>(&text)) };
    match whole {
        Some(Ok(value)) => {
            let mut told = LeftOut::default();
            let objects = objects(value, &mut told).ok_or_else(|| {
                IngestError::damaged(input.name, "it is JSON, but no object in it could be an article")
            })?;
            let numbered = || objects.iter().enumerate().map(|(at, object)| (format!("article {}", at + 1), object));
            let place = |(place, object): (String, &Map<String, Value>)| (place, Ok(object.clone()));
            each(input, sink, objects.iter().take(LOOK).cloned().collect(), numbered().map(place), told)
        }
        // Objects one a line are sometimes called .json too.
        Some(Err(error)) if lines(&text).next().is_none_or(|(_, first)| first.is_err()) => {
            Err(IngestError::damaged(input.name, format!("it is no JSON ({error}). Save or download it again")))
        }
        _ => {
            let head = lines(&text).filter_map(|(_, object)| object.ok()).take(LOOK).collect();
            each(input, sink, head, lines(&text), LeftOut::default())
        }
    }
}

fn is_lines(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".jsonl") || name.ends_with(".ndjson")
}

/// The objects of lines, or why a line is none, with their places.
fn lines(text: &str) -> impl Iterator<Item = (String, Result<Map<String, Value>, String>)> {
    let full = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    full.map(|(at, line)| {
        let object = match serde_json::from_str(line) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err("this line holds no JSON object".to_owned()),
            Err(error) => {
                let shown = line.get(..line.floor_char_boundary(MAX_SHOWN)).unwrap_or_default();
                Err(format!("this line is no JSON ({error}): {shown}"))
            }
        };
        (format!("line {}", at + 1), object)
    })
}

/// The objects that can be articles: those of a list, of the first list inside an object, or the object itself. What
/// stands beside them is told.
fn objects(value: Value, told: &mut LeftOut) -> Option<Vec<Map<String, Value>>> {
    let mut beside = |value: &Value| {
        ninjs::texts(value).into_iter().for_each(|text| told.tell("values beside the list of articles", text));
    };
    let of_list = |list: Vec<Value>, beside: &mut dyn FnMut(&Value)| {
        let objects: Vec<_> = list
            .into_iter()
            .filter_map(|value| match value {
                Value::Object(object) => Some(object),
                other => {
                    beside(&other);
                    None
                }
            })
            .collect();
        (!objects.is_empty()).then_some(objects)
    };
    match value {
        Value::Array(list) => of_list(list, &mut beside),
        Value::Object(object) if ninjs::is_item(&object) => Some(vec![object]),
        Value::Object(mut object) => {
            const LISTS: [&str; 8] = ["articles", "items", "documents", "docs", "data", "results", "hits", "entries"];
            let key = LISTS.into_iter().find(|key| object.get(*key).is_some_and(is_list_of_objects));
            match key.and_then(|key| object.remove(key)) {
                Some(Value::Array(list)) => {
                    object.values().for_each(&mut beside);
                    of_list(list, &mut beside)
                }
                _ => Some(vec![object]),
            }
        }
        _ => None,
    }
}

fn is_list_of_objects(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.first().is_some_and(Value::is_object))
}

type Row = (String, Result<Map<String, Value>, String>);

/// Hands on an article for each object, by the keys of the first ones.
fn each(
    input: &Input<'_>,
    sink: &mut Sink<'_>,
    head: Vec<Map<String, Value>>,
    rows: impl Iterator<Item = Row>,
    mut told: LeftOut,
) -> Result<(), IngestError> {
    let table = (!head.is_empty() && !head.iter().any(ninjs::is_item)).then(|| table(&head, input));
    drop(head);
    if let Some(table) = &table {
        sink.table(table.clone())?;
        table.check(input.name)?;
    }
    for (place, object) in rows {
        let object = match object {
            Ok(object) => object,
            Err(problem) => {
                sink.problem(&place, &problem);
                continue;
            }
        };
        let mut left_out = LeftOut::default();
        let article = match &table {
            Some(table) => table.article(input.name, &place, |key| cell(&object, key), &mut left_out),
            None => ninjs::article(input.name, &place, &object, &mut left_out),
        };
        match article {
            Ok(article) => {
                if let Some(table) = &table {
                    // A day or a language is known in other words than its own.
                    let spelt = |field: &Field| matches!(field, Field::Date | Field::Language);
                    let columns = &table.columns.0;
                    let taken = |key: &String| columns.iter().any(|(field, column)| spelt(field) && column == key);
                    let rest = object.iter().filter(|(key, _)| !taken(key)).flat_map(|(_, value)| ninjs::texts(value));
                    left_out.tell_rest("other values", rest.filter(|text| !is_markup(text)), &article);
                }
                sink.article(article)?;
                told.append(left_out);
            }
            Err(IngestError::Empty { .. }) => sink.problem(&place, "there is no text in it"),
            Err(error) => sink.problem(&place, &error.to_string()),
        }
    }
    sink.left_out("", &told);
    Ok(())
}

fn table(head: &[Map<String, Value>], input: &Input<'_>) -> Table {
    let mut names: Vec<String> = Vec::new();
    let mut lengths: Vec<usize> = Vec::new();
    for object in head {
        for (name, length) in keys(object) {
            match names.iter().position(|known| *known == name) {
                Some(at) => lengths.iter_mut().skip(at).take(1).for_each(|sum| *sum += length),
                None if names.len() < MAX_COLUMNS => {
                    names.push(name);
                    lengths.push(length);
                }
                None => {}
            }
        }
    }
    lengths.iter_mut().for_each(|sum| *sum /= head.len().max(1));
    Table::new(names, &lengths, &input.options.columns)
}

/// The keys of an object that hold words or numbers, in their order, each with how long what it holds is.
fn keys(object: &Map<String, Value>) -> Vec<(String, usize)> {
    let mut keys = Vec::new();
    let mut open = vec![(String::new(), object, 0)];
    while let Some((prefix, object, depth)) = open.pop() {
        for (key, value) in object.iter().take(MAX_COLUMNS) {
            let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            match value {
                Value::Object(inner) if depth < MAX_DEPTH => open.push((name, inner, depth + 1)),
                value => keys.extend(words(value).map(|words| (name, words.len()))),
            }
            if keys.len() >= MAX_COLUMNS {
                return keys;
            }
        }
    }
    keys
}

/// What a key holds, as words.
fn cell(object: &Map<String, Value>, key: &str) -> Option<String> {
    if let Some(value) = object.get(key) {
        return words(value);
    }
    // A key may have dots of its own.
    let parts = key.match_indices('.').filter_map(|(at, _)| Some((key.get(..at)?, key.get(at + 1..)?)));
    parts.filter_map(|(first, rest)| cell(object.get(first)?.as_object()?, rest)).next()
}

/// A value as words: text as it is, numbers in figures, a list as its words: paragraphs, or names joined by commas.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => {
            let of = |value: &Value| match value {
                Value::Object(object) => ["name", "text", "value", "content"].into_iter().find_map(|key| {
                    let text = object.get(key)?.as_str()?;
                    Some(text.to_owned())
                }),
                Value::Array(_) => None,
                value => words(value),
            };
            let parts: Vec<String> = list.iter().filter_map(of).collect();
            let long = parts.iter().any(|part| part.len() > 100);
            (!parts.is_empty()).then(|| parts.join(if long { "\n\n" } else { ", " }))
        }
        _ => None,
    }
}
