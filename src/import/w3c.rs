//! W3C Web Annotations in: what the export writes, and annotations of texts by other programs, with the `.txt` of the same
//! name beside them. Positions count code points; a quote says where it is not so, or where there are none.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use smol_str::SmolStr;
use text_size::TextRange;

use super::doccano::shortened;
use super::flat::{Marks, is_event, is_role, metadata, number, parse, string};
use super::layers::{EVENT_LAYER, RELATION_LAYER, Relation};
use super::set::{NO_ENDS, Set, joined};
use super::{File, Format, Head, ImportError, Imported, utf8};
use crate::project::Stamp;
use crate::text::byte_range;

/// See the module.
pub(super) struct W3c;

/// What the export's own words begin with.
const PREFIX: &str = "rubricator:";
/// How many annotations a file may hold lists in lists of.
const MAX_DEPTH: usize = 4;

impl Format for W3c {
    fn id(&self) -> &'static str {
        "w3c"
    }

    fn name(&self) -> &'static str {
        "W3C Web Annotation"
    }

    fn description(&self) -> &'static str {
        "JSON-LD annotations of texts, with the .txt of the same names beside them"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonld", "json", "txt"]
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        head.has_keys(&["@context"]) || head.has_keys(&["target", "body"])
    }

    fn together(&self) -> bool {
        true
    }

    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError> {
        let (texts, documents): (Vec<&File>, Vec<&File>) = files.iter().partition(|file| file.extension() == "txt");
        let texts: HashMap<&str, &File> = texts.into_iter().map(|file| (file.stem(), file)).collect();
        super::each(documents, files, Set::new(self.id(), stamp), |set, file| {
            let problem =
                |problem: String| ImportError::Form { name: file.base().to_owned(), format: self.name(), problem };
            let document = parse(utf8(file)?.trim_start_matches('\u{FEFF}')).map_err(problem)?;
            let text = texts.get(file.stem()).ok_or_else(|| ImportError::NoText(file.base().to_owned()))?;
            article(set, file, utf8(text)?, &document)
        })
    }
}

fn article(set: &mut Set<'_>, file: &File, text: &str, document: &Value) -> Result<(), ImportError> {
    let own = |name: &str| string(document, &format!("{PREFIX}{name}"));
    let of =
        |name: &str| own(name).or_else(|| string(document, "label").filter(|_| name == "title")).map(str::to_owned);
    let article = set.article(file.base(), metadata(file, 0, of), text)?;
    let mut found = Vec::new();
    collect(document, 0, &mut found);
    let mut reader = W3cReader { set, place: file.base(), text, marks: Marks::new(article, text), links: Vec::new() };
    for annotation in found {
        reader.annotation(annotation);
    }
    reader.link();
    reader.marks.share_links();
    let W3cReader { set, marks, place, .. } = reader;
    marks.take(set, place);
    Ok(())
}

/// The annotations of a list, a page, a collection, or the one that it is.
fn collect<'v>(value: &'v Value, depth: usize, found: &mut Vec<&'v Value>) {
    match value {
        Value::Array(items) if depth < MAX_DEPTH => items.iter().for_each(|item| collect(item, depth + 1, found)),
        Value::Object(row) if row.contains_key("target") => found.push(value),
        Value::Object(row) if depth < MAX_DEPTH => {
            for list in ["first", "items", "@graph", "rows"].iter().filter_map(|name| row.get(*name)) {
                collect(list, depth + 1, found);
            }
        }
        _ => {}
    }
}

/// A value as a list of values: one thing stands for a list of one in JSON-LD.
fn listed(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(items)) => items,
        Some(value) => std::slice::from_ref(value),
        None => &[],
    }
}

struct W3cReader<'r, 's, 't> {
    set: &'r mut Set<'s>,
    place: &'r str,
    text: &'t str,
    marks: Marks<'t>,
    /// Annotations that join others.
    links: Vec<&'r Value>,
}

/// What the bodies of an annotation say.
#[derive(Default)]
struct Bodies {
    label: Option<String>,
    values: BTreeMap<String, String>,
}

impl<'r> W3cReader<'r, '_, '_> {
    fn annotation(&mut self, row: &'r Value) {
        if listed(row.get("motivation")).iter().any(|each| each == "linking") {
            self.links.push(row);
            return;
        }
        let range = listed(row.get("target")).iter().find_map(|target| self.target(target));
        let Some(range) = range else {
            let why = "its target is no place that stands in the text";
            self.set.leave(self.place, shortened(row.get("target").unwrap_or(row)), why);
            return;
        };
        let Bodies { label, mut values } = bodies(row);
        let mut event = false;
        for (name, value) in own(row) {
            match name {
                "layer" => event = value == "event",
                name => drop(values.insert(name.to_owned(), value.to_owned())),
            }
        }
        let label = label.unwrap_or_else(|| "annotation".to_owned());
        let index = self.marks.push(range, &label, values, event || is_event(&label));
        let decision = decision(row, self.set.stamp());
        if let Some(mark) = self.marks.list.get_mut(index) {
            mark.decision = decision;
        }
        self.marks.by_id.extend(string(row, "id").map(|id| (id.to_owned(), index)));
    }

    /// The range that a target's selectors tell.
    fn target(&self, target: &Value) -> Option<TextRange> {
        let mut selectors = Vec::new();
        for selector in listed(target.get("selector")) {
            // A selector that another makes finer.
            selectors.extend([Some(selector), selector.get("refinedBy")].into_iter().flatten());
        }
        let of = |kind: &str| selectors.iter().find(|each| string(each, "type") == Some(kind));
        let quote = of("TextQuoteSelector");
        let words = quote.and_then(|quote| string(quote, "exact"));
        let place = of("TextPositionSelector").and_then(|at| number(at, "start").zip(number(at, "end")));
        let placed = place.and_then(|(start, end)| self.marks.range(start, end, words).ok());
        placed.or_else(|| self.quoted(words?, quote?))
    }

    /// The place where words stand between those that are said to be around them. Where those are gone, a place that
    /// only looks like it is none, unless nothing is said of what is around and the words stand there once.
    fn quoted(&self, words: &str, quote: &Value) -> Option<TextRange> {
        let around = |name: &str| string(quote, name).unwrap_or_default();
        let (before, behind) = (around("prefix"), around("suffix"));
        let whole = format!("{before}{words}{behind}");
        let mut places = self.text.match_indices(&whole).map(|(at, _)| at + before.len());
        let at = places.next().filter(|_| places.next().is_none())?;
        byte_range(at, at + words.len())
    }

    /// Who takes part, and relations, by what links two annotations.
    fn link(&mut self) {
        for row in std::mem::take(&mut self.links) {
            let body = |purpose: &str| listed(row.get("body")).iter().find(|b| string(b, "purpose") == Some(purpose));
            let role = body("classifying").and_then(|body| string(body, "value")).unwrap_or_default();
            let to = body("linking").and_then(|body| string(body, "source"));
            let from = listed(row.get("target")).first();
            let from = from.and_then(|from| from.as_str().or_else(|| string(from, "id")));
            let place = |id: Option<&str>| id.and_then(|id| self.marks.by_id.get(id)).copied();
            let (from, to) = (place(from), place(to));
            let Some((from, to)) = from.zip(to) else {
                self.set.leave(self.place, format!("the link {}", string(row, "id").unwrap_or(role)), NO_ENDS);
                continue;
            };
            let relates = own(row).any(|(name, value)| name == "layer" && value == "relation");
            match self.marks.list.get_mut(from).filter(|mark| mark.layer == EVENT_LAYER && is_role(role) && !relates) {
                Some(mark) => mark.links.push((role.to_owned(), to)),
                None => self.marks.relations.push(relation(row, role, (from, to), self.set.stamp())),
            }
        }
    }
}

/// A link as a relation.
fn relation(row: &Value, role: &str, (from, to): (usize, usize), stamp: &Stamp) -> Relation {
    let mut values: BTreeMap<String, String> =
        own(row).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    values.remove("layer");
    values.insert("value".to_owned(), role.to_owned());
    let told = listed(row.get("body")).iter().filter(|body| string(body, "purpose") != Some("classifying"));
    let note = told.filter_map(|body| string(body, "value")).fold(String::new(), |note, more| joined(&note, more));
    if !note.is_empty() {
        values.insert("note".to_owned(), note);
    }
    Relation { layer: RELATION_LAYER.to_owned(), from, to, values, decision: decision(row, stamp) }
}

/// What an annotation of the export says in words of its own.
fn own(row: &Value) -> impl Iterator<Item = (&str, &str)> {
    let fields = row.as_object().into_iter().flatten();
    fields.filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?, value.as_str()?)))
}

/// Who made an annotation and when, as far as it says so.
fn decision(row: &Value, stamp: &Stamp) -> Option<Stamp> {
    let creator = listed(row.get("creator")).first();
    let by = creator.and_then(|who| string(who, "name").or_else(|| who.as_str().or_else(|| string(who, "id"))));
    let at = string(row, "created").and_then(|at| at.parse().ok());
    let by_at = by.is_some() || at.is_some();
    by_at.then(|| Stamp { by: by.map_or_else(|| stamp.by.clone(), SmolStr::new), at: at.unwrap_or(stamp.at) })
}

fn bodies(row: &Value) -> Bodies {
    let mut found = Bodies::default();
    let mut note = string(row, "bodyValue").unwrap_or_default().to_owned();
    let mut set = |name: &str, value: &str| drop(found.values.insert(name.to_owned(), value.to_owned()));
    for body in listed(row.get("body")) {
        let purpose = string(body, "purpose").unwrap_or_default();
        let source = body.as_str().or_else(|| string(body, "source")).or_else(|| string(body, "id"));
        match (purpose, string(body, "value"), source) {
            ("tagging", Some(value), _) => match &found.label {
                None => found.label = Some(value.to_owned()),
                Some(_) => note = joined(&note, value),
            },
            ("classifying", Some(value), _) => set("eventType", value),
            ("identifying", Some(value), _) => set("name", value),
            ("identifying" | "tagging" | "", None, Some(item)) => set("identifier", item),
            (_, Some(value), _) => note = joined(&note, value),
            (_, None, Some(source)) => note = joined(&note, source),
            (_, None, None) => {}
        }
    }
    if !note.is_empty() {
        found.values.insert("note".to_owned(), note);
    }
    found
}
