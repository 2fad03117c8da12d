//! CAS as XMI: an `.xmi` an article and one `TypeSystem.xml`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::types::{Type, types};
use super::{References, SOFA, Structure, structures};
use crate::export::names::Stems;
use crate::export::view::{ArticleView, View};
use crate::export::xml::{Xml, tell_forbidden};
use crate::export::{Export, ExportError, File, Format, Group, Layout, Selection};
use crate::project::Project;

/// See the module.
pub(in crate::export) struct Xmi;

impl Format for Xmi {
    fn id(&self) -> &'static str {
        "cas-xmi"
    }

    fn name(&self) -> &'static str {
        "UIMA CAS XMI"
    }

    fn group(&self) -> Group {
        Group::Annotation
    }

    fn extension(&self) -> &'static str {
        "xmi"
    }

    fn description(&self) -> &'static str {
        "A folder for UIMA, DKPro and INCEpTION: a document an article, and their type system"
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
            tell_forbidden(article, &mut export.left_out);
            let structures = structures(&view, article, &mut export.left_out)?;
            let name = format!("{}.xmi", stems.unique(article.title()));
            export.files.push(File { name, bytes: document(article, &structures) });
        }
        export.files.push(File { name: "TypeSystem.xml".to_owned(), bytes: type_system() });
        Ok(export)
    }
}

fn document(article: &ArticleView<'_>, structures: &[Structure<'_>]) -> Vec<u8> {
    let spaces = Namespaces::new();
    let mut root = vec![("xmlns:xmi", "http://www.omg.org/XMI"), ("xmlns:cas", "http:///uima/cas.ecore")];
    root.extend(spaces.0.values().map(|(declared, address)| (declared.as_str(), address.as_str())));
    root.push(("xmi:version", "2.0"));
    let mut xml = Xml::new();
    xml.group("xmi:XMI", &root, |xml| {
        xml.empty("cas:NULL", &[("xmi:id", "0")]);
        let sofa = SOFA.to_string();
        let text = ("sofaString", article.text);
        let sofa_is = ("sofaID", "_InitialView");
        xml.empty("cas:Sofa", &[("xmi:id", &sofa), ("sofaNum", "1"), sofa_is, ("mimeType", "text"), text]);
        for structure in structures {
            write(structure, &spaces, xml);
        }
        let indexed: Vec<String> =
            structures.iter().filter(|structure| structure.indexed).map(|structure| structure.id.to_string()).collect();
        xml.empty("cas:View", &[("sofa", &sofa), ("members", &indexed.join(" "))]);
    });
    xml.finish()
}

fn write(structure: &Structure<'_>, spaces: &Namespaces, xml: &mut Xml) {
    let mut attributes: Vec<(&str, Cow<'_, str>)> = vec![("xmi:id", structure.id.to_string().into())];
    if structure.indexed {
        attributes.push(("sofa", SOFA.to_string().into()));
    }
    if let Some((start, end)) = structure.range {
        attributes.push(("begin", start.to_string().into()));
        attributes.push(("end", end.to_string().into()));
    }
    attributes.extend(structure.values.iter().map(|(name, value)| (*name, Cow::Borrowed(value.as_ref()))));
    attributes.extend(structure.references.iter().map(|(name, references)| match references {
        References::One(id) => (*name, id.to_string().into()),
        References::Many(ids) => {
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            (*name, ids.join(" ").into())
        }
    }));
    let attributes: Vec<(&str, &str)> = attributes.iter().map(|(name, value)| (*name, value.as_ref())).collect();
    xml.empty(&spaces.element(structure.kind), &attributes);
}

/// The XML namespace of each package of types, with the attribute that declares it.
struct Namespaces(BTreeMap<&'static str, (String, String)>);

impl Namespaces {
    fn new() -> Self {
        let mut found = BTreeMap::new();
        for Type { name, .. } in types() {
            let package = name.rsplit_once('.').map_or("", |(package, _)| package);
            let number = found.len();
            let address = format!("http:///{}.ecore", package.replace('.', "/"));
            found.entry(package).or_insert_with(|| (format!("xmlns:t{number}"), address));
        }
        Self(found)
    }

    /// The name of elements of a type.
    fn element(&self, kind: &str) -> String {
        let (package, name) = kind.rsplit_once('.').unwrap_or(("", kind));
        let declared = self.0.get(package).and_then(|(declared, _)| declared.strip_prefix("xmlns:"));
        format!("{}:{name}", declared.unwrap_or_default())
    }
}

fn type_system() -> Vec<u8> {
    let mut xml = Xml::new();
    let space = "http://uima.apache.org/resourceSpecifier";
    xml.group("typeSystemDescription", &[("xmlns", space)], |xml| {
        xml.leaf("name", &[], "Rubricator");
        xml.group("types", &[], |xml| {
            for each in types() {
                xml.group("typeDescription", &[], |xml| description(&each, xml));
            }
        });
    });
    xml.finish()
}

fn description(each: &Type, xml: &mut Xml) {
    xml.leaf("name", &[], each.name);
    xml.empty("description", &[]);
    xml.leaf("supertypeName", &[], each.supertype);
    xml.group("features", &[], |xml| {
        for feature in &each.features {
            xml.group("featureDescription", &[], |xml| {
                xml.leaf("name", &[], feature.name);
                xml.empty("description", &[]);
                xml.leaf("rangeTypeName", &[], feature.range);
                if let Some(elements) = feature.elements {
                    xml.leaf("elementType", &[], elements);
                    xml.leaf("multipleReferencesAllowed", &[], "false");
                }
            });
        }
    });
}
