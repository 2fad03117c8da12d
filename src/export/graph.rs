//! Who appears with whom, as GraphML or GEXF: people, countries and others as nodes, an edge where two are named in one
//! article; it weighs as many articles as they share, and tells how many sentences.

use std::collections::BTreeMap;

use super::view::View;
use super::xml::Xml;
use super::{Export, ExportError, Format, Group, Selection};
use crate::project::{Appearance, Appearances, Entity, EntityId, Project, Together};

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
            Self::GraphMl => "Who appears with whom, for Gephi, Cytoscape, yEd, igraph and networkx",
            Self::Gexf => "Who appears with whom, for Gephi and networkx",
        }
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
}

impl<'p> Network<'p> {
    fn new(view: &View<'p>) -> Self {
        let mut found = Appearances::default();
        for article in &view.articles {
            found.add(article.text, article.mentions.iter().map(|marked| marked.mention));
        }
        let node = |(id, counts)| Some(Node { entity: view.project.entity(id)?, counts });
        Self { nodes: found.entities.into_iter().filter_map(node).collect(), edges: found.pairs }
    }

    fn graphml(&self) -> Vec<u8> {
        let mut xml = Xml::new();
        xml.group("graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")], |xml| {
            let keys = NODE.iter().map(|key| ("node", key)).chain(EDGE.iter().map(|key| ("edge", key)));
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
                declare(xml, "edge", EDGE.get(1..).unwrap_or_default());
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
