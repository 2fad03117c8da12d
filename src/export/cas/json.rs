//! CAS as JSON, version 0.4, a file an article with its type system inside.
//! <https://github.com/apache/uima-uimaj-io-jsoncas>

use serde_json::{Map, Value, json};

use super::types::types;
use super::{References, SOFA, Structure, structures};
use crate::export::names::Stems;
use crate::export::view::{ArticleView, View};
use crate::export::{Export, ExportError, File, Format, Group, Layout, Selection};
use crate::project::Project;

/// See the module.
pub(in crate::export) struct Json;

impl Format for Json {
    fn id(&self) -> &'static str {
        "cas-json"
    }

    fn name(&self) -> &'static str {
        "UIMA CAS JSON"
    }

    fn group(&self) -> Group {
        Group::Annotation
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn description(&self) -> &'static str {
        "A folder for UIMA, DKPro and INCEpTION: a document an article, with its type system inside"
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
            let structures = structures(&view, article, &mut export.left_out)?;
            let name = format!("{}.json", stems.unique(article.title()));
            let document = document(article, &structures).map_err(|error| ExportError::Encode(error.to_string()))?;
            export.files.push(File { name, bytes: document.into_bytes() });
        }
        Ok(export)
    }
}

/// A feature structure: its number and type stand first.
#[derive(serde::Serialize)]
struct CasRow {
    #[serde(rename = "%ID")]
    id: usize,
    #[serde(rename = "%TYPE")]
    kind: String,
    #[serde(flatten)]
    features: Map<String, Value>,
}

/// One line for each type and each feature structure.
fn document(article: &ArticleView<'_>, structures: &[Structure<'_>]) -> serde_json::Result<String> {
    let mut rows = vec![CasRow {
        id: SOFA,
        kind: "uima.cas.Sofa".to_owned(),
        features: object(json!({
            "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": article.text,
        })),
    }];
    // Lists are feature structures of their own.
    let mut next = structures.iter().map(|structure| structure.id).max().unwrap_or(SOFA) + 1;
    for structure in structures {
        let mut features = features(structure);
        for (name, references) in &structure.references {
            match references {
                References::One(id) => drop(features.insert(format!("@{name}"), json!(id))),
                References::Many(ids) => {
                    features.insert(format!("@{name}"), json!(next));
                    let elements = object(json!({ "%ELEMENTS": ids }));
                    rows.push(CasRow { id: next, kind: "uima.cas.FSArray".to_owned(), features: elements });
                    next += 1;
                }
            }
        }
        rows.push(CasRow { id: structure.id, kind: structure.kind.to_owned(), features });
    }
    let rows: Vec<String> = rows.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    let indexed: Vec<usize> =
        structures.iter().filter(|structure| structure.indexed).map(|structure| structure.id).collect();
    let views = json!({ "_InitialView": { "%SOFA": SOFA, "%MEMBERS": indexed } });
    Ok(format!(
        "{{\n\"%TYPES\": {{\n{}\n}},\n\"%FEATURE_STRUCTURES\": [\n{}\n],\n\"%VIEWS\": {views}\n}}\n",
        type_system().join(",\n"),
        rows.join(",\n"),
    ))
}

fn features(structure: &Structure<'_>) -> Map<String, Value> {
    let mut features = Map::new();
    if structure.indexed {
        features.insert("@sofa".to_owned(), json!(SOFA));
    }
    if let Some((start, end)) = structure.range {
        features.insert("begin".to_owned(), json!(start));
        features.insert("end".to_owned(), json!(end));
    }
    features.extend(structure.values.iter().map(|(name, value)| ((*name).to_owned(), json!(value))));
    features
}

fn type_system() -> Vec<String> {
    types()
        .into_iter()
        .map(|each| {
            let mut row = Map::new();
            row.insert("%NAME".to_owned(), json!(each.name));
            row.insert("%SUPER_TYPE".to_owned(), json!(each.supertype));
            for feature in &each.features {
                let range = feature.elements.map_or(feature.range.to_owned(), |elements| format!("{elements}[]"));
                row.insert(feature.name.to_owned(), json!({ "%NAME": feature.name, "%RANGE": range }));
            }
            format!("{}: {}", json!(each.name), Value::Object(row))
        })
        .collect()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
