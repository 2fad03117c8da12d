//! W3C Web Annotations as JSON-LD: a `.txt` and a collection of annotations of it for each article; code points.
//! <https://www.w3.org/TR/annotation-model/>

use serde_json::{Map, Value, json};

use super::flat::Meta;
use super::json::to_pretty;
use super::layers::{Annotation, Layer, Relation, annotations};
use super::names::{Stems, uuid};
use super::view::{ArticleView, View};
use super::{Export, ExportError, File, Format, Group, Layout, LeftOut, Selection};
use crate::project::{Origin, Project, Stamp, Status};

/// See the module.
pub(super) struct W3c;

/// The names of what the vocabulary of W3C has no words for.
const VOCABULARY: &str = "https://github.com/rubricator/rubricator/ns#";
/// What they begin with in the files.
const PREFIX: &str = "rubricator:";
/// How much of the text before and behind a mark is quoted with it, in characters.
const AROUND: usize = 32;

impl Format for W3c {
    fn id(&self) -> &'static str {
        "w3c"
    }

    fn name(&self) -> &'static str {
        "W3C Web Annotation"
    }

    fn group(&self) -> Group {
        Group::Editions
    }

    fn extension(&self) -> &'static str {
        "jsonld"
    }

    fn description(&self) -> &'static str {
        "A folder with text and JSON-LD annotations of each article, for linked data"
    }

    fn layout(&self) -> Layout {
        Layout::Folder
    }

    fn holds_relations(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let mut export = Export::default();
        let mut stems = Stems::default();
        for article in &view.articles {
            let stem = stems.unique(article.title());
            let bytes = to_pretty(&collection(project, article, &mut export.left_out))?;
            export.files.push(File { name: format!("{stem}.txt"), bytes: article.text.as_bytes().to_vec() });
            export.files.push(File { name: format!("{stem}.jsonld"), bytes });
        }
        Ok(export)
    }
}

fn collection(project: &Project, article: &ArticleView<'_>, left_out: &mut Vec<LeftOut>) -> Value {
    let about = About::new(article);
    let marks = annotations(project, article, left_out);
    let mut items: Vec<Value> = marks.list.iter().map(|mark| about.annotation(article, mark)).collect();
    for view in &article.events {
        let Some(trigger) = view.mentions.first().and_then(|index| marks.of(*index)) else { continue };
        for (role, target) in &trigger.links {
            let Some(target) = marks.list.get(*target) else { continue };
            items.push(about.link(items.len(), role, trigger, target));
        }
    }
    for relation in &marks.relations {
        let ends = marks.list.get(relation.from).zip(marks.list.get(relation.to));
        items.extend(ends.map(|(from, to)| about.relation(relation, from, to)));
    }
    let mut collection = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", { "rubricator": VOCABULARY }],
        "id": about.id,
        "type": "AnnotationCollection",
        "label": article.title(),
        "total": items.len(),
        "first": {
            "id": format!("{}#page", about.id),
            "type": "AnnotationPage",
            "partOf": about.id,
            "startIndex": 0,
            "items": items,
        },
    });
    if let Value::Object(collection) = &mut collection {
        let meta = Meta::filled(&article.record.article.meta);
        collection.extend(meta.fields().map(|(name, value)| (format!("{PREFIX}{name}"), Value::from(value))));
    }
    collection
}

/// What the annotations of an article are of.
struct About {
    /// The name of the collection: the same for the same text.
    id: String,
    /// The address of the article, or the collection's name where it has none.
    source: String,
}

impl About {
    fn new(article: &ArticleView<'_>) -> Self {
        let id = uuid(article.record.id.0, article.text);
        let url = Some(&article.record.article.meta.url).filter(|url| is_iri(url));
        Self { source: url.unwrap_or(&id).clone(), id }
    }

    fn name(&self, mark: &Annotation<'_>) -> String {
        format!("{}#{}", self.id, mark.id)
    }

    fn annotation(&self, article: &ArticleView<'_>, mark: &Annotation<'_>) -> Value {
        let range = mark.range;
        let before = article.text.get(..range.start().into()).unwrap_or_default();
        let behind = article.text.get(range.end().into()..).unwrap_or_default();
        let from = before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(at, _)| at);
        let suffix: String = behind.chars().take(AROUND).collect();
        let mut annotation = json!({
            "id": self.name(mark),
            "type": "Annotation",
            "motivation": "tagging",
            "body": bodies(mark),
            "target": {
                "source": self.source,
                "selector": [
                    { "type": "TextPositionSelector", "start": mark.start, "end": mark.end },
                    {
                        "type": "TextQuoteSelector",
                        "exact": mark.quote,
                        "prefix": before.get(from..).unwrap_or_default(),
                        "suffix": suffix,
                    },
                ],
            },
        });
        if let Value::Object(annotation) = &mut annotation {
            if let Some(mention) = mark.mention {
                annotation.extend(provenance(mention.status, mention.decision.as_ref(), &mention.origin));
            }
            // All else that is known, in words of our own.
            annotation.extend(ours(mark));
        }
        annotation
    }

    fn link(&self, number: usize, role: &str, from: &Annotation<'_>, to: &Annotation<'_>) -> Value {
        json!({
            "id": format!("{}#link{number}", self.id),
            "type": "Annotation",
            "motivation": "linking",
            "body": [
                { "type": "TextualBody", "purpose": "classifying", "value": role },
                { "type": "SpecificResource", "purpose": "linking", "source": self.name(to) },
            ],
            "target": self.name(from),
        })
    }

    fn relation(&self, relation: &Relation<'_>, from: &Annotation<'_>, to: &Annotation<'_>) -> Value {
        let of = relation.relation;
        let mut link = self.link(0, of.kind.as_str(), from, to);
        if let Value::Object(row) = &mut link {
            row.insert("id".to_owned(), json!(format!("{}#{}", self.id, of.id)));
            if let Some(Value::Array(bodies)) = row.get_mut("body").filter(|_| !of.note.is_empty()) {
                bodies.push(json!({ "type": "TextualBody", "purpose": "commenting", "value": of.note }));
            }
            row.extend(provenance(of.status, of.decision.as_ref(), &of.origin));
            let told = relation.features().filter(|(name, _)| !["value", "note"].contains(name));
            row.extend(told.map(|(name, value)| (format!("{PREFIX}{name}"), Value::from(value))));
            row.insert(format!("{PREFIX}layer"), json!("relation"));
        }
        link
    }
}

/// Who accepted it and when, and what proposed it.
fn provenance(status: Status, decision: Option<&Stamp>, origin: &Origin) -> Map<String, Value> {
    let mut rows = Map::new();
    if let Some(stamp) = decision.filter(|_| status == Status::Accepted) {
        rows.insert("creator".to_owned(), json!({ "type": "Person", "name": stamp.by.as_str() }));
        rows.insert("created".to_owned(), json!(stamp.at));
    }
    if !origin.is_hand() {
        let software = json!({ "type": "Software", "name": format!("Rubricator: {}", origin.source) });
        rows.insert("generator".to_owned(), software);
    }
    rows
}

/// What a mark is, what it names, and what a person noted.
fn bodies(mark: &Annotation<'_>) -> Vec<Value> {
    let value = |name: &str| mark.value(name);
    let mut bodies = Vec::new();
    if let Some(kind) = value("value") {
        bodies.push(json!({ "type": "TextualBody", "purpose": "tagging", "value": kind }));
    }
    if let Some(kind) = value("eventType") {
        bodies.push(json!({ "type": "TextualBody", "purpose": "classifying", "value": kind }));
    }
    if let Some(item) = value("identifier").filter(|item| is_iri(item)) {
        bodies.push(json!({ "type": "SpecificResource", "purpose": "identifying", "source": item }));
    }
    if let Some(name) = value("name") {
        bodies.push(json!({ "type": "TextualBody", "purpose": "identifying", "value": name }));
    }
    if let Some(note) = value("note") {
        bodies.push(json!({ "type": "TextualBody", "purpose": "commenting", "value": note }));
    }
    bodies
}

fn ours(mark: &Annotation<'_>) -> Map<String, Value> {
    let values = mark.layer.features().iter().zip(&mark.values);
    let told = |name: &str| ["value", "note", "name", "eventType"].contains(&name);
    let identified = mark.value("identifier").is_some_and(is_iri);
    let layer = (mark.layer == Layer::Event).then(|| (format!("{PREFIX}layer"), Value::from("event")));
    values
        .filter(|(name, _)| !told(name) && (**name != "identifier" || !identified))
        .filter_map(|(name, value)| Some((format!("{PREFIX}{name}"), Value::from(value.as_deref()?))))
        .chain(layer)
        .collect()
}

/// Whether a string can stand where JSON-LD wants an absolute address.
fn is_iri(text: &str) -> bool {
    let scheme = text.starts_with("http://") || text.starts_with("https://");
    scheme && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}
