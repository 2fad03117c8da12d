//! UIMA CAS from JSON, version 0.4: what the export writes, and what INCEpTION and dkpro-cassis write.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cas::{Feature, Structure, take};
use super::set::Set;
use super::{File, Format, Head, ImportError, Imported, utf8};
use crate::project::Stamp;

/// See the module.
pub(super) struct CasJson;

impl Format for CasJson {
    fn id(&self) -> &'static str {
        "cas-json"
    }

    fn name(&self) -> &'static str {
        "UIMA CAS JSON"
    }

    fn description(&self) -> &'static str {
        "Named entities and custom layers of DKPro and INCEpTION"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        head.has_keys(&["%TYPES"]) || head.has_keys(&["%FEATURE_STRUCTURES"])
    }

    fn together(&self) -> bool {
        true
    }

    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError> {
        super::each(files.iter().collect(), files, Set::new(self.id(), stamp), |set, file| {
            let wrong =
                |problem: String| ImportError::Form { name: file.base().to_owned(), format: self.name(), problem };
            let structures = structures(utf8(file)?).map_err(&wrong)?;
            take(set, file, &structures, wrong)
        })
    }
}

/// How many values a document may hold: each takes more memory than room in the file.
const MAX_VALUES: usize = 10_000_000;

/// The feature structures of a document, which are a list, or an object by their ids as early versions had it.
fn structures(source: &str) -> Result<Vec<Structure>, String> {
    if source.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count() > MAX_VALUES {
        return Err(format!("it holds more than {MAX_VALUES} values"));
    }
    let document: Value = serde_json::from_str(source).map_err(|error| error.to_string())?;
    match document.get("%FEATURE_STRUCTURES") {
        Some(Value::Array(rows)) => Ok(rows.iter().map(|row| structure(row, None)).collect()),
        Some(Value::Object(rows)) => Ok(rows.iter().map(|(id, row)| structure(row, Some(id))).collect()),
        _ => Err("it has no %FEATURE_STRUCTURES".to_owned()),
    }
}

fn structure(row: &Value, id: Option<&str>) -> Structure {
    let own = row.get("%ID").map(shown);
    let kind = row.get("%TYPE").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut features = BTreeMap::new();
    for (name, value) in row.as_object().into_iter().flatten() {
        let value = match value {
            Value::Null | Value::Object(_) => continue,
            Value::Array(items) => Feature::List(items.iter().map(shown).collect()),
            value => Feature::Text(shown(value)),
        };
        // What refers to another has an `@`; the elements of a list a `%`.
        let name = match name.as_str() {
            "%ELEMENTS" => "elements",
            name if name.starts_with('%') => continue,
            name => name.strip_prefix('@').unwrap_or(name),
        };
        features.insert(name.to_owned(), value);
    }
    Structure { id: own.or_else(|| id.map(str::to_owned)).unwrap_or_default(), kind, features }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
