//! Label Studio: `tasks.json`, and the labelling configuration that the tasks need beside it. Offsets are code points, as
//! its editor and its converters count today.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

use super::flat::Meta;
use super::json::{status, to_pretty};
use super::layers::{Annotation, FIGURE, Layer, ROLES, Relation, annotations, label, party_label};
use super::view::{ArticleView, View};
use super::xml::Xml;
use super::{Export, ExportError, File, Format, Group, Layout, LeftOut, Selection};
use crate::project::{FigureKind, PartyLabel, Project};

/// See the module.
pub(super) struct LabelStudio;

/// What the labels and the text are called in the configuration.
const FROM: &str = "label";
const TO: &str = "text";

/// The colours of labels, one after another.
const COLOURS: [&str; 6] = ["#3b6fd4", "#2f8f4e", "#c9711b", "#8a4fc4", "#b83a6b", "#5f6b76"];

impl Format for LabelStudio {
    fn id(&self) -> &'static str {
        "label-studio"
    }

    fn name(&self) -> &'static str {
        "Label Studio"
    }

    fn group(&self) -> Group {
        Group::Annotation
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn description(&self) -> &'static str {
        "A folder for the Label Studio annotation tool: tasks and their labelling configuration"
    }

    fn layout(&self) -> Layout {
        Layout::Folder
    }

    fn holds_relations(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let mut left_out = Vec::new();
        let tasks: Vec<Task<'_>> = view.articles.iter().map(|article| task(project, article, &mut left_out)).collect();
        let files = vec![
            File { name: "tasks.json".to_owned(), bytes: to_pretty(&tasks)? },
            File { name: "labeling_config.xml".to_owned(), bytes: configuration(&view) },
        ];
        Ok(Export { files, left_out, ..Export::default() })
    }
}

#[derive(Serialize)]
struct Task<'p> {
    data: Data<'p>,
    annotations: Vec<Annotated>,
    predictions: Vec<Predicted>,
}

#[derive(Serialize)]
struct Data<'p> {
    text: &'p str,
    #[serde(flatten)]
    meta: Meta<'p>,
}

#[derive(Serialize)]
struct Annotated {
    result: Vec<Value>,
}

#[derive(Serialize)]
struct Predicted {
    model_version: &'static str,
    /// The mean of what is known.
    score: Option<f32>,
    result: Vec<Value>,
}

fn task<'p>(project: &'p Project, article: &ArticleView<'p>, left_out: &mut Vec<LeftOut>) -> Task<'p> {
    let marks = annotations(project, article, left_out);
    let (mut annotated, mut predicted) = (Vec::new(), Vec::new());
    for mark in &marks.list {
        if mark.is_open() { &mut predicted } else { &mut annotated }.push(region(mark));
    }
    for view in &article.events {
        // Regions are joined only within a list: one trigger tells who takes part for all, as `meta` says that the others
        // tell of the same event.
        let triggers: Vec<_> = view.mentions.iter().filter_map(|index| marks.of(*index)).collect();
        let links = triggers.first().map(|trigger| trigger.links.as_slice()).unwrap_or_default();
        for (role, target) in links {
            let Some(target) = marks.list.get(*target) else { continue };
            match triggers.iter().find(|trigger| trigger.is_open() == target.is_open()) {
                Some(trigger) => {
                    let list = if target.is_open() { &mut predicted } else { &mut annotated };
                    list.push(link(role, trigger, target));
                }
                None => {
                    let what = format!("{role} “{}” of “{}”", target.quote, view.event.name);
                    left_out.push(article.left_out(what, APART));
                }
            }
        }
    }
    for (relation, related) in marks.relations.iter().zip(&article.relations) {
        match marks.list.get(relation.from).zip(marks.list.get(relation.to)) {
            Some((from, to)) if from.is_open() == to.is_open() => {
                if to.is_open() { &mut predicted } else { &mut annotated }.push(joining(relation, from, to));
            }
            _ => left_out.push(article.left_out(article.relation(project, related), APART)),
        }
    }
    let open = marks.list.iter().filter(|mark| mark.is_open());
    let scores: Vec<f32> = open.filter_map(|mark| mark.mention?.origin.score).collect();
    #[expect(clippy::cast_precision_loss, reason = "a mean of probabilities")]
    let score = (!scores.is_empty()).then(|| scores.iter().sum::<f32>() / scores.len() as f32);
    let with = |result: Vec<Value>| Some(result).filter(|result| !result.is_empty());
    Task {
        data: Data { text: article.text, meta: Meta::filled(&article.record.article.meta) },
        annotations: with(annotated).map(|result| Annotated { result }).into_iter().collect(),
        predictions: with(predicted)
            .map(|result| Predicted { model_version: "rubricator", score, result })
            .into_iter()
            .collect(),
    }
}

fn region(mark: &Annotation<'_>) -> Value {
    let mut region = serde_json::json!({
        "id": mark.id,
        "from_name": FROM,
        "to_name": TO,
        "type": "labels",
        "value": {
            "start": mark.start,
            "end": mark.end,
            "text": mark.quote,
            "labels": [mark.value("value")],
        },
    });
    // What is known of whom or what it names; `text` is what Label Studio shows as the note of a region.
    let mut meta = Map::new();
    for (name, value) in mark.layer.features().iter().zip(&mark.values) {
        let Some(value) = value else { continue };
        match *name {
            "value" | "status" => {}
            "note" => {
                meta.insert("text".to_owned(), serde_json::json!([value]));
            }
            name => {
                meta.insert(name.to_owned(), Value::from(value.as_ref()));
            }
        }
    }
    if mark.layer == Layer::Event {
        meta.insert("layer".to_owned(), Value::from("event"));
    }
    if let Value::Object(region) = &mut region {
        region.insert("meta".to_owned(), Value::Object(meta));
        let open = mark.mention.filter(|mention| mention.is_open());
        if let Some(score) = open.and_then(|mention| mention.origin.score).filter(|score| score.is_finite()) {
            region.insert("score".to_owned(), Value::from(score));
        }
    }
    region
}

/// Why regions are not joined.
const APART: &str = "of the two tags one is accepted, the other a suggestion";

/// A relation of the project. Label Studio keeps its `meta`, but does not show it.
fn joining(relation: &Relation<'_>, from: &Annotation<'_>, to: &Annotation<'_>) -> Value {
    let of = relation.relation;
    let mut row = link(of.kind.as_str(), from, to);
    if let Value::Object(row) = &mut row {
        if relation.is_symmetric() {
            row.insert("direction".to_owned(), Value::from("bi"));
        }
        let mut meta = serde_json::json!({ "status": status(of.status) });
        if let Value::Object(meta) = &mut meta {
            meta.extend((!of.note.is_empty()).then(|| ("text".to_owned(), serde_json::json!([of.note]))));
        }
        row.insert("meta".to_owned(), meta);
    }
    row
}

fn link(role: &str, from: &Annotation<'_>, to: &Annotation<'_>) -> Value {
    serde_json::json!({
        "type": "relation",
        "from_id": from.id,
        "to_id": to.id,
        "direction": "right",
        "labels": [role],
    })
}

/// All kinds of the project as labels, so that new tags can be made with any.
fn configuration(view: &View<'_>) -> Vec<u8> {
    // Label Studio takes none with a declaration.
    let mut xml = Xml::bare();
    xml.group("View", &[], |xml| {
        xml.group("Relations", &[], |xml| {
            let kinds = view.project.tagset().relations.iter().map(|kind| kind.id.as_str());
            for role in ROLES.into_iter().chain(FigureKind::ALL.map(FigureKind::name)).chain(kinds) {
                xml.empty("Relation", &[("value", role)]);
            }
        });
        xml.group("Labels", &[("name", FROM), ("toName", TO)], |xml| {
            let kinds = view.project.tagset().kinds.iter().map(|kind| label(&kind.id));
            let words = PartyLabel::ALL.map(party_label).into_iter().chain([FIGURE]).map(Cow::from);
            for (label, colour) in kinds.chain(words).zip(COLOURS.iter().cycle()) {
                xml.empty("Label", &[("value", &label), ("background", colour)]);
            }
        });
        xml.empty("Text", &[("name", TO), ("value", "$text"), ("granularity", "symbol")]);
    });
    xml.finish()
}
