//! UIMA CAS from XMI: what the export writes, and what DKPro, INCEpTION, WebAnno and dkpro-cassis write.

use std::collections::{BTreeMap, HashMap};

use super::cas::{Feature, Structure, take};
use super::set::Set;
use super::xml::{Document, Element, Next};
use super::{File, Format, Head, ImportError, Imported, utf8};
use crate::project::Stamp;

/// See the module.
pub(super) struct CasXmi;

impl Format for CasXmi {
    fn id(&self) -> &'static str {
        "cas-xmi"
    }

    fn name(&self) -> &'static str {
        "UIMA CAS XMI"
    }

    fn description(&self) -> &'static str {
        "Named entities and custom layers of DKPro, INCEpTION and WebAnno"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xmi", "xml"]
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        // A type system tells nothing that the documents do not, but it is no TEI either.
        head.text.contains("http://www.omg.org/XMI") || head.text.contains("<typeSystemDescription")
    }

    fn together(&self) -> bool {
        true
    }

    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError> {
        let is_type_system = |file: &&File| utf8(file).is_ok_and(|text| text.contains("<typeSystemDescription"));
        let documents: Vec<&File> = files.iter().filter(|file| !is_type_system(file)).collect();
        super::each(documents, files, Set::new(self.id(), stamp), |set, file| {
            let wrong =
                |problem: String| ImportError::Form { name: file.base().to_owned(), format: self.name(), problem };
            let structures = structures(utf8(file)?).map_err(&wrong)?;
            take(set, file, &structures, wrong)
        })
    }
}

/// The feature structures of a document.
fn structures(source: &str) -> Result<Vec<Structure>, String> {
    let mut document = Document::new(source);
    let mut found: Vec<Structure> = Vec::new();
    let mut packages: HashMap<String, String> = HashMap::new();
    // The names of the elements that are open, and the text of one inside a feature structure.
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    loop {
        match document.next()? {
            Next::Open(element) => {
                match path.len() {
                    0 if element.local() != "XMI" => return Err("its root is no xmi:XMI".to_owned()),
                    0 => packages = namespaces(&element),
                    1 => found.push(structure(&element, &packages)),
                    _ => text.clear(),
                }
                path.push(element.name);
            }
            Next::Text(piece) if path.len() > 2 => text.push_str(&piece),
            Next::Text(_) => {}
            Next::Close => {
                let name = path.pop().unwrap_or_default();
                // A list that is written as elements.
                if let Some(last) = found.last_mut().filter(|_| path.len() == 2) {
                    let value = std::mem::take(&mut text);
                    match last.features.entry(name).or_insert_with(|| Feature::List(Vec::new())) {
                        Feature::List(values) => values.push(value),
                        other => *other = Feature::Text(value),
                    }
                }
            }
            Next::End if found.is_empty() => return Err("it holds no feature structures".to_owned()),
            Next::End => return Ok(found),
        }
    }
}

/// The package of types that each prefix stands for: `http:///uima/tcas.ecore` is `uima.tcas`.
fn namespaces(root: &Element) -> HashMap<String, String> {
    let declared = root.attributes().filter_map(|(name, value)| Some((name.strip_prefix("xmlns:")?, value)));
    let package = |address: &str| {
        let path = address.strip_prefix("http:///").unwrap_or(address);
        path.strip_suffix(".ecore").unwrap_or(path).replace('/', ".")
    };
    declared.map(|(prefix, address)| (prefix.to_owned(), package(address))).collect()
}

fn structure(element: &Element, packages: &HashMap<String, String>) -> Structure {
    let (prefix, local) = element.name.split_once(':').unwrap_or(("", &element.name));
    let package = packages.get(prefix).map_or(prefix, String::as_str);
    let mut features = BTreeMap::new();
    for (name, value) in element.attributes().filter(|(name, _)| !name.contains(':')) {
        features.entry(name.to_owned()).or_insert_with(|| Feature::Text(value.to_owned()));
    }
    Structure { id: element.get("xmi:id").unwrap_or_default().to_owned(), kind: format!("{package}.{local}"), features }
}
