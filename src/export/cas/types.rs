//! The types that the documents are made of: DKPro's as far as they are used, with what else is told of a mention, and
//! custom ones.

use crate::export::layers::{ANNOTATION, FROM, LINK, Layer, PARTICIPANTS, RelationLayer, TO};

pub(super) const META: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
pub(super) const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
pub(super) const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
/// What is known about the article and has no place in [`META`].
pub(super) const ARTICLE: &str = "webanno.custom.Article";

pub(super) const STRING: &str = "uima.cas.String";

/// A type of feature structures.
pub(super) struct Type {
    pub name: &'static str,
    pub supertype: &'static str,
    pub features: Vec<Feature>,
}

/// A feature of a type.
pub(super) struct Feature {
    pub name: &'static str,
    pub range: &'static str,
    /// What a list holds; none for a feature that is no list.
    pub elements: Option<&'static str>,
}

fn strings(names: &[&'static str]) -> Vec<Feature> {
    names.iter().map(|name| Feature { name, range: STRING, elements: None }).collect()
}

/// All types, in the order of their names.
pub(super) fn types() -> Vec<Type> {
    let layer = |layer: Layer| {
        let mut features = strings(layer.features());
        if layer == Layer::Event {
            features.push(Feature { name: PARTICIPANTS, range: "uima.cas.FSArray", elements: Some(LINK) });
        }
        Type { name: layer.kind(), supertype: ANNOTATION, features }
    };
    let target = Feature { name: "target", range: Layer::Named.kind(), elements: None };
    let mut link = strings(&["role"]);
    link.push(target);
    let mut all = vec![
        Type {
            name: META,
            supertype: "uima.tcas.DocumentAnnotation",
            features: strings(&["documentTitle", "documentId", "documentUri"]),
        },
        Type { name: SENTENCE, supertype: ANNOTATION, features: Vec::new() },
        Type { name: TOKEN, supertype: ANNOTATION, features: Vec::new() },
        Type {
            name: ARTICLE,
            supertype: "uima.cas.AnnotationBase",
            features: strings(&["source", "author", "section", "date", "origin"]),
        },
        Type { name: LINK, supertype: "uima.cas.TOP", features: link },
    ];
    all.extend(Layer::ALL.map(layer));
    all.extend(RelationLayer::ALL.map(|layer| {
        let mut features = strings(RelationLayer::FEATURES);
        features.extend([FROM, TO].map(|name| Feature { name, range: layer.ends(), elements: None }));
        Type { name: layer.kind(), supertype: ANNOTATION, features }
    }));
    all.sort_by_key(|each| each.name);
    all
}
