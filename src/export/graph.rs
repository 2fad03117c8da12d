//! Who appears with whom, as GraphML or GEXF: people, countries and others as nodes, an edge where two are named in one
//! article; it weighs as many articles as they share, and tells how many sentences. Relations are edges of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::view::{ArticleView, View};
use super::xml::Xml;
use super::{Export, ExportError, Format, Group, LeftOut, Selection};
use crate::project::{Appearance, Appearances, Entity, EntityId, KindId, Project, Together};

/// See the module.
pub(super) enum Graph {
    /// <http://graphml.graphdrawing.org/specification.html>
    GraphMl,
    /// <https://gexf.net/schema.html>, version 1.2, which all its readers know.
    Gexf,
}

impl Format for Graph {
    fn id(&self) -> &'static str {
        match self {
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::GraphMl => "GraphML",
            Self::Gexf => "GEXF",
        }
    }

    fn group(&self) -> Group {
        Group::EventData
    }

    fn extension(&self) -> &'static str {
        self.id()
    }

    fn description(&self) -> &'static str {
        match self {
            Self::GraphMl => "Who appears with whom, and relations, for Gephi, Cytoscape, yEd, igraph and networkx",
            Self::Gexf => "Who appears with whom, and relations, for Gephi and networkx",
        }
    }

    fn holds_relations(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let network = Network::new(&view);
        let bytes = match self {
            Self::GraphMl => network.graphml(),
            Self::Gexf => network.gexf(),
        };
        let mut export = Export::file(format!("{}.{}", view.stem(), self.extension()), bytes);
        for article in &view.articles {
            for marked in article.mentions.iter().filter(|marked| marked.entity().is_none()) {
                let why = match marked.event() {
                    Some(_) => "a graph of who appears with whom holds no events",
                    None => "whom it names is not known",
                };
                export.left_out.push(article.left_out(marked.describe(), why));
            }
            export.left_out.extend(related(project, article).1);
        }
        Ok(export)
    }
}

/// A node, and how often it is named.
struct Node<'p> {
    entity: &'p Entity,
    counts: Appearance,
}

struct Network<'p> {
    nodes: Vec<Node<'p>>,
    edges: BTreeMap<(EntityId, EntityId), Together>,
    stated: BTreeMap<(KindId, EntityId, EntityId), Stated>,
    project: &'p Project,
}

/// What one is to another, by the relations that say so.
#[derive(Default)]
struct Stated {
    relations: usize,
    articles: usize,
}

impl<'p> Network<'p> {
    fn new(view: &View<'p>) -> Self {
        let project = view.project;
        let mut found = Appearances::default();
        let mut stated: BTreeMap<_, Stated> = BTreeMap::new();
        for article in &view.articles {
            found.add(article.text, article.mentions.iter().map(|marked| marked.mention));
            let mut here = BTreeSet::new();
            for key in related(project, article).0 {
                let found = stated.entry(key.clone()).or_default();
                found.relations += 1;
                found.articles += usize::from(here.insert(key));
            }
        }
        let node = |(id, counts)| Some(Node { entity: project.entity(id)?, counts });
        let nodes = found.entities.into_iter().filter_map(node).collect();
        Self { nodes, edges: found.pairs, stated, project }
    }

    /// What is told of the edge of a relation behind its weight, in the order of [`RELATION`].
    fn told(&self, (kind, from, _): &(KindId, EntityId, EntityId), stated: &Stated) -> [String; 3] {
        let tagset = self.project.tagset();
        let from = if tagset.is_symmetric(kind) { String::new() } else { from.to_string() };
        [tagset.relation_name(kind).to_owned(), from, stated.relations.to_string()]
    }

    /// What is told of edges of relations; nothing where there are none.
    fn of_relations(&self) -> &'static [(&'static str, &'static str)] {
        if self.stated.is_empty() { &[] } else { RELATION }
    }

    fn graphml(&self) -> Vec<u8> {
        let mut xml = Xml::new();
        xml.group("graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")], |xml| {
            let edges = EDGE.iter().chain(self.of_relations()).map(|key| ("edge", key));
            let keys = NODE.iter().map(|key| ("node", key)).chain(edges);
            for (of, (name, kind)) in keys {
                let kind = if *kind == "integer" { "int" } else { kind };
                let id = format!("{of}-{name}");
                xml.empty("key", &[("id", &id), ("for", of), ("attr.name", name), ("attr.type", kind)]);
            }
            xml.group("graph", &[("edgedefault", "undirected")], |xml| {
                for node in &self.nodes {
                    let id = node.entity.id.to_string();
                    xml.group("node", &[("id", &id)], |xml| {
                        for ((name, _), value) in NODE.iter().zip(node.values()) {
                            xml.leaf("data", &[("key", &format!("node-{name}"))], &value);
                        }
                    });
                }
                for ((one, other), shared) in &self.edges {
                    let (one, other) = (one.to_string(), other.to_string());
                    xml.group("edge", &[("source", &one), ("target", &other)], |xml| {
                        for ((name, _), value) in EDGE.iter().zip([shared.articles, shared.sentences]) {
                            xml.leaf("data", &[("key", &format!("edge-{name}"))], &value.to_string());
                        }
                    });
                }
                for (edge, stated) in &self.stated {
                    let (from, to) = (edge.1.to_string(), edge.2.to_string());
                    xml.group("edge", &[("source", &from), ("target", &to)], |xml| {
                        xml.leaf("data", &[("key", "edge-weight")], &stated.articles.to_string());
                        for ((name, _), value) in RELATION.iter().zip(self.told(edge, stated)) {
                            xml.leaf("data", &[("key", &format!("edge-{name}"))], &value);
                        }
                    });
                }
            });
        });
        xml.finish()
    }

    fn gexf(&self) -> Vec<u8> {
        let mut xml = Xml::new();
        let root = [("xmlns", "http://www.gexf.net/1.2draft"), ("version", "1.2")];
        xml.group("gexf", &root, |xml| {
            xml.group("meta", &[], |xml| {
                xml.leaf("creator", &[], "Rubricator");
                xml.leaf("description", &[], "Who appears with whom; edges weigh the articles that two share");
            });
            xml.group("graph", &[("mode", "static"), ("defaultedgetype", "undirected")], |xml| {
                declare(xml, "node", NODE);
                // An edge's weight is an attribute of its own.
                let edges = EDGE.iter().skip(1).chain(self.of_relations());
                declare(xml, "edge", &edges.copied().collect::<Vec<_>>());
                xml.group("nodes", &[], |xml| {
                    for node in &self.nodes {
                        let id = node.entity.id.to_string();
                        xml.group("node", &[("id", &id), ("label", &node.entity.name)], |xml| {
                            values(xml, NODE, &node.values());
                        });
                    }
                });
                xml.group("edges", &[], |xml| {
                    for (number, ((one, other), shared)) in self.edges.iter().enumerate() {
                        let (id, one, other) = (number.to_string(), one.to_string(), other.to_string());
                        let weight = shared.articles.to_string();
                        let edge = [("id", id.as_str()), ("source", &one), ("target", &other), ("weight", &weight)];
                        xml.group("edge", &edge, |xml| {
                            values(xml, EDGE.get(1..).unwrap_or_default(), &[shared.sentences.to_string()]);
                        });
                    }
                    for (number, (edge, stated)) in (self.edges.len()..).zip(&self.stated) {
                        let (id, from, to) = (number.to_string(), edge.1.to_string(), edge.2.to_string());
                        let (weight, told) = (stated.articles.to_string(), self.told(edge, stated));
                        let label = told.first().map_or("", String::as_str);
                        let attributes = [
                            ("id", id.as_str()),
                            ("source", &from),
                            ("target", &to),
                            ("weight", &weight),
                            ("label", label),
                        ];
                        xml.group("edge", &attributes, |xml| values(xml, RELATION, &told));
                    }
                });
            });
        });
        xml.finish()
    }
}

/// What is told of a node, with its type.
const NODE: &[(&str, &str)] = &[
    ("label", "string"),
    ("kind", "string"),
    ("country", "string"),
    ("wikidata", "string"),
    ("mentions", "integer"),
    ("articles", "integer"),
];
/// What is told of an edge.
const EDGE: &[(&str, &str)] = &[("weight", "integer"), ("sentences", "integer")];

/// What is told of the edge of a relation beside its weight: what it is called, the node that it goes from where it has
/// a direction (a graph in which some edges have one and others have not is more than readers take), and how many
/// relations say so.
const RELATION: &[(&str, &str)] = &[("relation", "string"), ("from", "string"), ("relations", "integer")];

/// The relations of an article between those whom nodes stand for, and the others.
fn related(project: &Project, article: &ArticleView<'_>) -> (Vec<(KindId, EntityId, EntityId)>, Vec<LeftOut>) {
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    for related in &article.relations {
        let kind = &related.relation.kind;
        let entity = |end: usize| article.mentions.get(end).and_then(|marked| marked.entity());
        match entity(related.from).zip(entity(related.to)) {
            Some((from, to)) if from != to => {
                let turned = from > to && project.tagset().is_symmetric(kind);
                let (from, to) = if turned { (to, from) } else { (from, to) };
                found.push((kind.clone(), from, to));
            }
            ends => {
                let why = match ends {
                    Some(_) => "both its ends name the same",
                    None => "the graph has no node for one of its ends",
                };
                left_out.push(article.left_out(article.relation(project, related), why));
            }
        }
    }
    (found, left_out)
}

impl Node<'_> {
    /// In the order of [`NODE`].
    fn values(&self) -> [String; 6] {
        let entity = self.entity;
        [
            entity.name.clone(),
            entity.kind.as_str().to_owned(),
            entity.country.map(|code| code.to_string()).unwrap_or_default(),
            entity.wikidata.clone().unwrap_or_default().into(),
            self.counts.mentions.to_string(),
            self.counts.articles.to_string(),
        ]
    }
}

fn declare(xml: &mut Xml, class: &str, all: &[(&str, &str)]) {
    xml.group("attributes", &[("class", class)], |xml| {
        for (name, kind) in all {
            xml.empty("attribute", &[("id", name), ("title", name), ("type", kind)]);
        }
    });
}

fn values(xml: &mut Xml, all: &[(&str, &str)], values: &[String]) {
    xml.group("attvalues", &[], |xml| {
        for ((name, _), value) in all.iter().zip(values) {
            xml.empty("attvalue", &[("for", name), ("value", value)]);
        }
    });
}
