//! Label Studio's tasks in: its export as JSON, and the shorter JSON_MIN. Offsets are code points; those of versions that
//! counted UTF-16 units are told by the words that stand there.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::doccano::shortened;
use super::flat::{Marks, id, is_event, is_role, metadata, number, rows, string};
use super::layers::{EVENT_LAYER, RELATION_LAYER, Relation};
use super::set::{NO_ENDS, Set};
use super::{File, Format, Head, ImportError, Imported};
use crate::project::Stamp;

/// See the module.
pub(super) struct LabelStudio;

impl Format for LabelStudio {
    fn id(&self) -> &'static str {
        "label-studio"
    }

    fn name(&self) -> &'static str {
        "Label Studio JSON"
    }

    fn description(&self) -> &'static str {
        "Labels and relations of tasks, with their predictions as suggestions"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json", "jsonl"]
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let task = ["annotations", "predictions", "completions"].iter().any(|list| head.has_keys(&["data", list]));
        task || head.has_keys(&["annotation_id"])
    }

    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError> {
        super::each(files.iter().collect(), files, Set::new(self.id(), stamp), |set, file| {
            rows(set, file, self.name(), |set, place, count, row| task(set, file, count, place, row))
        })
    }
}

fn task(set: &mut Set<'_>, file: &File, count: usize, place: &str, row: &Value) -> Result<(), ImportError> {
    let data = row.get("data").unwrap_or(row);
    let longest = || data.as_object().into_iter().flat_map(|data| data.values()).filter_map(Value::as_str);
    let Some(text) = string(data, "text").or_else(|| longest().max_by_key(|text| text.len())) else {
        set.leave(place, "a task without a text", "there is nothing to mark");
        return Ok(());
    };
    let of = |name: &str| string(data, name).filter(|value| *value != text).map(str::to_owned);
    let article = set.article(file.base(), metadata(file, count, of), text)?;
    let mut reader = LabelStudioReader {
        set,
        place,
        marks: Marks::new(article, text),
        seen: HashSet::new(),
        others: BTreeMap::new(),
    };
    for list in ["annotations", "completions"] {
        for annotation in row.get(list).and_then(Value::as_array).into_iter().flatten() {
            if annotation.get("was_cancelled").and_then(Value::as_bool).unwrap_or_default() {
                reader.set.leave(place, "an annotation", "the task was skipped with it");
            } else {
                reader.result(annotation, false);
            }
        }
    }
    for prediction in row.get("predictions").and_then(Value::as_array).into_iter().flatten() {
        reader.result(prediction, true);
    }
    if row.get("data").is_none() {
        reader.short(row);
    }
    for (kind, count) in std::mem::take(&mut reader.others) {
        reader.set.leave(place, format!("{count} of {kind}"), "the program keeps labels and relations only");
    }
    reader.marks.share_links();
    let LabelStudioReader { set, marks, .. } = reader;
    marks.take(set, place);
    Ok(())
}

struct LabelStudioReader<'r, 's, 't> {
    set: &'r mut Set<'s>,
    place: &'r str,
    marks: Marks<'t>,
    /// What is marked: several people may have, and predictions are often kept beside.
    seen: HashSet<(text_size::TextRange, String, String)>,
    /// Results that are neither labels nor relations.
    others: BTreeMap<String, usize>,
}

impl LabelStudioReader<'_, '_, '_> {
    fn result(&mut self, annotation: &Value, open: bool) {
        let list = annotation.get("result").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        self.marks.by_id.clear();
        let (relations, regions): (Vec<_>, Vec<_>) =
            list.iter().partition(|row| string(row, "type") == Some("relation"));
        for row in regions {
            let labelled = string(row, "type").filter(|kind| kind.ends_with("labels"));
            match row.get("value").zip(labelled) {
                Some((value, kind)) => self.region(row, value, kind, open),
                None => *self.others.entry(string(row, "type").unwrap_or("result").to_owned()).or_default() += 1,
            }
        }
        for row in relations {
            self.relation(row, open);
        }
    }

    /// The labels of JSON_MIN, which has regions without what they are called.
    fn short(&mut self, row: &Value) {
        for value in row.as_object().into_iter().flat_map(|row| row.values()).filter_map(Value::as_array).flatten() {
            let kinds = ["labels", "hypertextlabels"].into_iter();
            if let Some(kind) = kinds.into_iter().find(|kind| value.get(*kind).is_some_and(Value::is_array)) {
                self.region(value, value, kind, false);
            }
        }
    }

    fn region(&mut self, row: &Value, value: &Value, kind: &str, open: bool) {
        let labels: Vec<&str> =
            value.get(kind).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        // Of marked web pages, whose own places are paths in the page.
        let global = value.get("globalOffsets");
        let at = |name| global.and_then(|global| number(global, name)).or_else(|| number(value, name));
        let (Some(start), Some(end), false) = (at("start"), at("end"), labels.is_empty()) else {
            self.set.leave(self.place, shortened(value), "it has no place and label");
            return;
        };
        match self.marks.range(start, end, string(value, "text")) {
            Ok(range) => {
                for label in labels {
                    let (values, event) = values(row, open);
                    let own = ["entity", "event", "name"]
                        .iter()
                        .find_map(|key| values.get(*key))
                        .cloned()
                        .unwrap_or_default();
                    if self.seen.insert((range, label.to_owned(), own)) {
                        let index = self.marks.push(range, label, values, event || is_event(label));
                        self.marks.by_id.extend(row.get("id").and_then(id).map(|own| (own, index)));
                    }
                }
            }
            Err(why) => {
                let words = string(value, "text").unwrap_or_default();
                self.set.leave(self.place, format!("{} “{words}” at {start}–{end}", labels.join(", ")), why);
            }
        }
    }

    fn relation(&mut self, row: &Value, open: bool) {
        let labels = row.get("labels").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let mut labels: Vec<&str> = labels.collect();
        if labels.is_empty() {
            labels.push("");
        }
        for label in labels {
            self.relation_of(row, label, open);
        }
    }

    fn relation_of(&mut self, row: &Value, role: &str, open: bool) {
        let end = |name: &str| self.marks.by_id.get(&id(row.get(name)?)?).copied();
        let (Some(from), Some(to)) = (end("from_id"), end("to_id")) else {
            self.set.leave(self.place, format!("relation {role}"), NO_ENDS);
            return;
        };
        let direction = string(row, "direction");
        let (from, to) = if direction == Some("left") { (to, from) } else { (from, to) };
        // What the export says of its relations, and nothing of who takes part.
        let meta = row.get("meta").filter(|meta| meta.get("status").is_some());
        let event = self.marks.list.get_mut(from).filter(|mark| mark.layer == EVENT_LAYER);
        match event.filter(|_| is_role(role) && meta.is_none()) {
            Some(mark) => mark.links.push((role.to_owned(), to)),
            None => {
                let (mut values, _) = values(row, open);
                values.insert("value".to_owned(), role.to_owned());
                if let Some(status) = meta.and_then(|meta| string(meta, "status")) {
                    values.insert("status".to_owned(), status.to_owned());
                }
                if direction == Some("bi") {
                    values.insert("symmetric".to_owned(), "symmetric".to_owned());
                }
                let layer = RELATION_LAYER.to_owned();
                self.marks.relations.push(Relation { layer, from, to, values, decision: None });
            }
        }
    }
}

/// What the `meta` of a region tells, and whether it is a mark of an event.
fn values(row: &Value, open: bool) -> (BTreeMap<String, String>, bool) {
    let mut values = BTreeMap::new();
    let mut event = false;
    for (name, value) in row.get("meta").and_then(Value::as_object).into_iter().flatten() {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
            value => value.to_string(),
        };
        match name.as_str() {
            "text" => values.insert("note".to_owned(), text),
            "layer" => {
                event = text == "event";
                None
            }
            name => values.insert(name.to_owned(), text),
        };
    }
    if open {
        values.insert("status".to_owned(), "suggested".to_owned());
    } else {
        values.remove("status");
    }
    (values, event)
}
