//! What the two forms of UIMA CAS have in common: feature structures into articles and annotations.

use std::collections::{BTreeMap, HashMap};

use super::layers::{self, Annotation, Relation};
use super::set::{NO_ENDS, Set};
use super::{File, ImportError};
use crate::project::ArticleId;
use crate::text::Metadata;

/// A feature structure, whichever form it was written in.
pub(super) struct Structure {
    pub id: String,
    /// The name of its type.
    pub kind: String,
    pub features: BTreeMap<String, Feature>,
}

/// The value of a feature; a reference is the id of what it refers to.
pub(super) enum Feature {
    Text(String),
    List(Vec<String>),
}

impl Feature {
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(values) => values.join("; "),
        }
    }
}

impl Structure {
    fn text(&self, name: &str) -> Option<&str> {
        match self.features.get(name) {
            Some(Feature::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn place(&self) -> Option<(usize, usize)> {
        Some((self.text("begin")?.parse().ok()?, self.text("end")?.parse().ok()?))
    }
}

/// Types that say where words and sentences are and what the layers are called; the program finds out by itself.
const SILENT: &[&str] = &[
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
];
const META: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
const ARTICLE: &str = "webanno.custom.Article";
/// The features of relations that hold what they go from, and to.
const FROM: &str = "Governor";
const TO: &str = "Dependent";

/// Takes the articles of a document in: each of its texts is one.
pub(super) fn take(
    set: &mut Set<'_>,
    file: &File,
    structures: &[Structure],
    wrong: impl Fn(String) -> ImportError,
) -> Result<(), ImportError> {
    let ids: HashMap<&str, &Structure> = structures.iter().map(|each| (each.id.as_str(), each)).collect();
    let texts: Vec<(&Structure, &str)> = structures
        .iter()
        .filter(|each| each.kind == "uima.cas.Sofa")
        .filter_map(|each| Some((each, each.text("sofaString")?)))
        .collect();
    if texts.is_empty() {
        return Err(wrong("it holds no text".to_owned()));
    }
    let mut by_text: HashMap<&str, Vec<&Structure>> = HashMap::new();
    for each in structures {
        by_text.entry(each.text("sofa").unwrap_or_default()).or_default().push(each);
    }
    for (sofa, text) in texts {
        let own = by_text.remove(sofa.id.as_str()).unwrap_or_default();
        let article = set.article(file.base(), metadata(file, &own), text)?;
        take_text(set, file, article, text, &own, &ids);
    }
    Ok(())
}

fn metadata(file: &File, own: &[&Structure]) -> Metadata {
    let of = |kind: &str, name: &str| {
        let told = own.iter().filter(|each| each.kind == kind).filter_map(|each| each.text(name));
        told.filter(|value| !value.is_empty()).map(str::to_owned).next()
    };
    let language = of(META, "language").or_else(|| of("uima.tcas.DocumentAnnotation", "language"));
    let title = of(META, "documentTitle");
    let name = File { name: file.base().to_owned(), bytes: Vec::new() }.stem().to_owned();
    Metadata {
        title: title.unwrap_or(name),
        source: of(ARTICLE, "source").unwrap_or_default(),
        author: of(ARTICLE, "author").unwrap_or_default(),
        section: of(ARTICLE, "section").unwrap_or_default(),
        url: of(META, "documentUri").filter(|url| url.starts_with("http")).unwrap_or_default(),
        language: language.filter(|language| language != "x-unspecified").unwrap_or_default(),
        date: of(ARTICLE, "date").and_then(|date| date.parse().ok()),
        origin: of(ARTICLE, "origin").unwrap_or_else(|| file.name.clone()),
        ..Metadata::default()
    }
}

fn take_text(
    set: &mut Set<'_>,
    file: &File,
    article: ArticleId,
    text: &str,
    own: &[&Structure],
    ids: &HashMap<&str, &Structure>,
) {
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    let mut annotations = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut taken = Vec::new();
    let mut relating = Vec::new();
    for each in own.iter().filter(|each| each.kind != ARTICLE) {
        // A relation lies between two others.
        let relates = [FROM, TO].iter().any(|end| each.features.contains_key(*end));
        if relates && layers::is_taken(&each.kind) {
            relating.push(*each);
            continue;
        }
        match each.place().filter(|_| layers::is_taken(&each.kind)) {
            Some((start, end)) => {
                places.insert(each.id.as_str(), annotations.len());
                annotations.push(Annotation { layer: each.kind.clone(), start, end, ..Annotation::default() });
                taken.push(*each);
            }
            None if SILENT.iter().any(|silent| each.kind.starts_with(silent)) => {}
            None => *others.entry(each.kind.as_str()).or_default() += 1,
        }
    }
    for (annotation, each) in annotations.iter_mut().zip(taken) {
        for (name, value) in &each.features {
            if ["sofa", "begin", "end"].contains(&name.as_str()) {
                continue;
            }
            match links(value, ids, &places) {
                Some(links) => annotation.links.extend(links),
                None => drop(annotation.values.insert(name.clone(), value.shown())),
            }
        }
    }
    for (kind, count) in others {
        set.leave(file.base(), format!("{count} of {kind}"), "the program keeps no such annotation");
    }
    let mut relations = Vec::new();
    for each in relating {
        let end = |name: &str| places.get(each.text(name)?).copied();
        let Some((from, to)) = end(FROM).zip(end(TO)) else {
            set.leave(file.base(), format!("a relation of {}", each.kind), NO_ENDS);
            continue;
        };
        let told =
            each.features.iter().filter(|(name, _)| !["sofa", "begin", "end", FROM, TO].contains(&name.as_str()));
        let values = told.map(|(name, value)| (name.clone(), value.shown())).collect();
        relations.push(Relation { layer: each.kind.clone(), from, to, values, decision: None });
    }
    layers::take(set, file.base(), article, text, &annotations, &relations);
}

/// The slots that a feature fills, where it refers to nothing but links.
fn links(
    value: &Feature,
    ids: &HashMap<&str, &Structure>,
    places: &HashMap<&str, usize>,
) -> Option<Vec<(String, usize)>> {
    let named: Vec<&str> = match value {
        Feature::Text(text) => text.split(' ').collect(),
        Feature::List(values) => values.iter().map(String::as_str).collect(),
    };
    let mut found = Vec::new();
    for id in named {
        let each = ids.get(id)?;
        match each.features.get("elements") {
            // A list that is a feature structure of its own.
            Some(elements) if each.text("target").is_none() => {
                let elements: Vec<&str> = match elements {
                    Feature::Text(text) => text.split(' ').collect(),
                    Feature::List(values) => values.iter().map(String::as_str).collect(),
                };
                for id in elements {
                    found.push(link(ids.get(id)?, places)?);
                }
            }
            _ => found.push(link(each, places)?),
        }
    }
    Some(found)
}

fn link(each: &Structure, places: &HashMap<&str, usize>) -> Option<(String, usize)> {
    let target = places.get(each.text("target")?)?;
    Some((each.text("role").unwrap_or_default().to_owned(), *target))
}
