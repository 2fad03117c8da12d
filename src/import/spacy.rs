//! JSON lines for spaCy in: what the export writes, what Prodigy writes, and documents as `Doc.to_json` has them. Offsets
//! are code points.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::doccano::shortened;
use super::flat::{Marks, is_event, is_role, metadata, number, rows, string};
use super::layers::{EVENT_LAYER, RELATION_LAYER, Relation};
use super::set::{NO_ENDS, Set, one_line};
use super::{File, Format, Head, ImportError, Imported};
use crate::project::Stamp;

/// See the module.
pub(super) struct Spacy;

impl Format for Spacy {
    fn id(&self) -> &'static str {
        "spacy"
    }

    fn name(&self) -> &'static str {
        "spaCy JSON"
    }

    fn description(&self) -> &'static str {
        "Spans and entities of spaCy documents and of Prodigy"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "json"]
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        head.has_keys(&["text", "spans"]) || head.has_keys(&["text", "ents"]) || head.has_keys(&["text", "tokens"])
    }

    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError> {
        super::each(files.iter().collect(), files, Set::new(self.id(), stamp), |set, file| {
            let mut reader = SpacyReader { names: HashMap::new() };
            rows(set, file, self.name(), |set, place, count, row| reader.article(set, file, count, place, row))
        })
    }
}

struct SpacyReader {
    /// What things are called that several marks of the file name.
    names: HashMap<String, String>,
}

impl SpacyReader {
    fn article(
        &mut self,
        set: &mut Set<'_>,
        file: &File,
        count: usize,
        place: &str,
        row: &Value,
    ) -> Result<(), ImportError> {
        let Some(text) = string(row, "text") else {
            set.leave(place, "a row without a text", "there is nothing to mark");
            return Ok(());
        };
        // What a person in Prodigy has not accepted is no annotation.
        if let Some(answer) = string(row, "answer").filter(|answer| *answer != "accept") {
            set.leave(place, "a row", if answer == "reject" { "it was rejected" } else { "it was passed over" });
            return Ok(());
        }
        let of = |name: &str| string(row.get("meta")?, name).map(str::to_owned);
        let article = set.article(file.base(), metadata(file, count, of), text)?;
        let mut marks = Marks::new(article, text);
        let mut seen: HashMap<Key<'_>, Option<usize>> = HashMap::new();
        for span in spans(row) {
            let place_of = number(span, "start").zip(number(span, "end")).zip(string(span, "label"));
            let Some(((start, end), label)) = place_of else {
                set.leave(place, shortened(span), "it has no place and label");
                continue;
            };
            let own = span.get("span_id").and_then(Value::as_str);
            // Entities that are spans too are there twice.
            let Entry::Vacant(free) = seen.entry((start, end, label, own)) else { continue };
            match marks.range(start, end, string(span, "text")) {
                Ok(range) => {
                    let words = one_line(marks.words(range));
                    let values = self.values(span, label, own, words);
                    let index = marks.push(range, label, values, is_event(label) || own.is_some_and(is_event_id));
                    free.insert(Some(index));
                }
                Err(why) => {
                    free.insert(None);
                    set.leave(place, format!("{label} at {start}–{end}"), why);
                }
            }
        }
        for relation in row.get("relations").and_then(Value::as_array).into_iter().flatten() {
            let label = string(relation, "label").unwrap_or_default();
            match end(row, relation, "head", &seen).zip(end(row, relation, "child", &seen)) {
                Some((from, to)) => {
                    let event = marks.list.get_mut(from).filter(|mark| mark.layer == EVENT_LAYER && is_role(label));
                    if let Some(mark) = event {
                        mark.links.push((label.to_owned(), to));
                        continue;
                    }
                    let told = [("value", Some(label)), ("status", string(relation, "status"))];
                    let told = told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
                    let (values, layer) = (told.collect(), RELATION_LAYER.to_owned());
                    marks.relations.push(Relation { layer, from, to, values, decision: None });
                }
                None => set.leave(place, format!("relation {label}"), NO_ENDS),
            }
        }
        marks.share_links();
        marks.take(set, place);
        Ok(())
    }

    fn values(&mut self, span: &Value, label: &str, own: Option<&str>, words: String) -> BTreeMap<String, String> {
        let mut values = BTreeMap::new();
        let event = is_event(label) || own.is_some_and(is_event_id);
        let key = if event { "event" } else { "entity" };
        match own {
            // Nobody knows whom it names.
            Some("") if !event => {
                values.insert(key.to_owned(), "?".to_owned());
            }
            Some(own) if !own.is_empty() => {
                // Without a word it is called what the file calls it.
                let words = if words.is_empty() { own.to_owned() } else { words };
                let name = self.names.entry(own.to_owned()).or_insert(words);
                values.insert(key.to_owned(), own.to_owned());
                values.insert("name".to_owned(), name.clone());
            }
            _ => {}
        }
        for (name, to) in [("kb_id", "identifier"), ("status", "status")] {
            values.extend(string(span, name).map(|value| (to.to_owned(), value.to_owned())));
        }
        values
    }
}

/// A span: its first and last character, its label, and what it names.
type Key<'v> = (usize, usize, &'v str, Option<&'v str>);

/// The place of the mark at an end of a relation: that of its span, else that of the shortest span with its token.
fn end(row: &Value, relation: &Value, name: &str, seen: &HashMap<Key<'_>, Option<usize>>) -> Option<usize> {
    let Some(span) = relation.get(format!("{name}_span")) else {
        let token = row.get("tokens")?.get(number(relation, name)?)?;
        let at = number(token, "start")?;
        let around = seen.iter().filter(|((start, end, ..), _)| (*start..*end).contains(&at));
        return *around.min_by_key(|((start, end, label, own), _)| (end - start, *start, *label, *own))?.1;
    };
    let (start, end, label) = (number(span, "start")?, number(span, "end")?, string(span, "label")?);
    let own = span.get("span_id").and_then(Value::as_str);
    *seen.get(&(start, end, label, own)).or_else(|| seen.get(&(start, end, label, None)))?
}

/// Whether it is what the export calls an event.
fn is_event_id(id: &str) -> bool {
    id.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The spans of a row: a list, or one for each key; and its entities.
fn spans(row: &Value) -> impl Iterator<Item = &Value> {
    let lists = match row.get("spans") {
        Some(Value::Object(groups)) => groups.values().collect(),
        Some(list) => vec![list],
        None => Vec::new(),
    };
    lists.into_iter().chain(row.get("ents")).filter_map(Value::as_array).flatten()
}
