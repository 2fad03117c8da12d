//! doccano's JSON in, of every age of it: labels as `[start, end, label]` under `label`, `labels`, `entities` or `data`, or
//! as `entities` with `relations`. Offsets are code points.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::flat::{Marks, as_number, id, is_event, is_role, metadata, number, rows, string};
use super::layers::{EVENT_LAYER, RELATION_LAYER, Relation};
use super::set::{NO_ENDS, Set, one_line};
use super::{File, Format, Head, ImportError, Imported};
use crate::project::Stamp;

/// See the module.
pub(super) struct Doccano;

/// What the list of labels is called.
const LISTS: [&str; 4] = ["label", "labels", "entities", "annotations"];
/// The relations that say that two marks are of one thing or event.
const SAME: [&str; 2] = ["same_entity", "same_event"];
const BROKEN: &str = "it has no place and label";

impl Format for Doccano {
    fn id(&self) -> &'static str {
        "doccano"
    }

    fn name(&self) -> &'static str {
        "doccano JSON"
    }

    fn description(&self) -> &'static str {
        "Labels and relations of sequence labelling projects"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "json"]
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let labelled = |text| LISTS.iter().any(|list| head.has_keys(&[text, list]));
        !head.has_keys(&["annotation_id"]) && (labelled("text") || (head.has_keys(&["data", "label"])))
    }

    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError> {
        super::each(files.iter().collect(), files, Set::new(self.id(), stamp), |set, file| {
            rows(set, file, self.name(), |set, place, count, row| article(set, file, count, place, row))
        })
    }
}

fn article(set: &mut Set<'_>, file: &File, count: usize, place: &str, row: &Value) -> Result<(), ImportError> {
    let Some(text) = string(row, "text").or_else(|| string(row, "data")) else {
        set.leave(place, "a row without a text", "there is nothing to mark");
        return Ok(());
    };
    let of = |name: &str| string(row, name).or_else(|| string(row.get("meta")?, name)).map(str::to_owned);
    let article = set.article(file.base(), metadata(file, count, of), text)?;
    let mut marks = Marks::new(article, text);
    let lists = LISTS.iter().filter_map(|list| row.get(*list).and_then(Value::as_array));
    for span in lists.flatten() {
        take_span(set, &mut marks, place, span);
    }
    let relations = row.get("relations").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    relate(set, &mut marks, place, relations);
    let comments = row.get("Comments").or_else(|| row.get("comments")).and_then(Value::as_array);
    let comments = comments.map_or(0, Vec::len);
    if comments > 0 {
        set.leave(place, format!("{comments} comments"), "the program keeps no comments on articles");
    }
    marks.take(set, place);
    Ok(())
}

fn take_span(set: &mut Set<'_>, marks: &mut Marks<'_>, place: &str, span: &Value) {
    let (start, end, label, own) = match span {
        Value::Array(parts) => {
            let at = |index: usize| parts.get(index).and_then(as_number);
            (at(0), at(1), parts.get(2).and_then(Value::as_str), None)
        }
        // A label of the whole article.
        Value::String(label) => {
            set.leave(place, format!("the label {label} of the article"), "the program keeps labels of words only");
            return;
        }
        row => {
            let of = |names: [&str; 2]| names.into_iter().find_map(|name| number(row, name));
            let label = string(row, "label").or_else(|| string(row, "type"));
            (of(["start_offset", "start"]), of(["end_offset", "end"]), label, row.get("id").and_then(id))
        }
    };
    let (Some(start), Some(end), Some(label)) = (start, end, label) else {
        set.leave(place, shortened(span), BROKEN);
        return;
    };
    match marks.range(start, end, None) {
        Ok(range) => {
            let index = marks.push(range, label, BTreeMap::new(), is_event(label));
            marks.by_id.extend(own.map(|own| (own, index)));
        }
        Err(why) => set.leave(place, format!("{label} at {start}–{end}"), why),
    }
}

/// Joins the marks that relations join.
fn relate(set: &mut Set<'_>, marks: &mut Marks<'_>, place: &str, relations: &[Value]) {
    // The mark that stands for all of one thing or event.
    let mut heads: HashMap<usize, usize> = HashMap::new();
    for relation in relations {
        let kind = string(relation, "type").unwrap_or_default();
        let end = |name: &str| marks.by_id.get(&id(relation.get(name)?)?).copied();
        match end("from_id").zip(end("to_id")) {
            Some((from, to)) if SAME.contains(&kind) => {
                let head = *heads.entry(to).or_insert(to);
                let name = head_name(marks, head);
                for index in [from, to] {
                    heads.insert(index, head);
                    let key = if kind == "same_event" { "event" } else { "entity" };
                    if let Some(mark) = marks.list.get_mut(index) {
                        mark.values.insert(key.to_owned(), format!("{place} {head}"));
                        mark.values.insert("name".to_owned(), name.clone());
                    }
                }
            }
            // What others take part in is an event.
            Some((from, to)) => match marks.list.get_mut(from) {
                Some(mark) if mark.layer == EVENT_LAYER && is_role(kind) => mark.links.push((kind.to_owned(), to)),
                _ => {
                    let values = BTreeMap::from([("value".to_owned(), kind.to_owned())]);
                    let layer = RELATION_LAYER.to_owned();
                    marks.relations.push(Relation { layer, from, to, values, decision: None });
                }
            },
            None => set.leave(place, format!("relation {kind}"), NO_ENDS),
        }
    }
    marks.share_links();
}

fn head_name(marks: &Marks<'_>, head: usize) -> String {
    let range = marks.list.get(head).and_then(|mark| marks.range_of(mark));
    let name = range.map(|range| one_line(marks.words(range))).unwrap_or_default();
    if name.is_empty() { format!("no. {head}") } else { name }
}

/// A value for a person, not all of it.
pub(super) fn shortened(value: &Value) -> String {
    let shown = value.to_string();
    if shown.chars().count() > 80 { shown.chars().take(80).chain(['…']).collect() } else { shown }
}
