//! XML as a tree, within limits, by the names of elements without their prefixes.

use encoding_rs::Encoding;
use roxmltree::{Document, Node, ParsingOptions};

use super::limits::{MAX_XML_DEPTH, MAX_XML_NODES};
use super::names::file_name;
use super::{IngestError, decode};

/// The text of an XML file: in the encoding that it names, else as any text.
pub(super) fn decoded(name: &str, bytes: &[u8]) -> Result<String, IngestError> {
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).into_owned();
    let label = head.split_once("encoding=").and_then(|(_, after)| after.split(['"', '\'']).nth(1));
    decode::decode(name, bytes, label.and_then(|label| Encoding::for_label(label.as_bytes())))
}

/// Parses a file. Entities of its own are not read: what they stand for may be without end.
pub(super) fn parse<'t>(name: &str, text: &'t str) -> Result<Document<'t>, IngestError> {
    // A document type that only names one that lies elsewhere is harmless: it is never fetched.
    let declared = text.split_once("<!DOCTYPE").map(|(_, after)| after.split('>').next().unwrap_or_default());
    let allow_dtd = declared.is_some_and(|declared| !declared.contains('['));
    let options = ParsingOptions { nodes_limit: MAX_XML_NODES, allow_dtd, ..ParsingOptions::default() };
    let tangled = |what| IngestError::TooComplex { name: file_name(name).to_owned(), what };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => {
            tangled(format!("it has more than {MAX_XML_NODES} elements and pieces of text"))
        }
        roxmltree::Error::DtdDetected => IngestError::damaged(
            name,
            "it brings a DTD of its own, which may hide anything. Take that out and open it again",
        ),
        error => IngestError::damaged(name, format!("it is damaged: {error}")),
    })?;
    if depth(&document) > MAX_XML_DEPTH {
        return Err(tangled(format!("its elements are nested more than {MAX_XML_DEPTH} deep")));
    }
    Ok(document)
}

/// How deep the elements of a document are nested.
fn depth(document: &Document<'_>) -> u32 {
    // A node comes after its parent, in the order of ids too.
    let mut depths: Vec<u32> = Vec::new();
    for node in document.descendants() {
        let above = node.parent().and_then(|parent| depths.get(parent.id().get_usize()).copied());
        depths.resize(node.id().get_usize(), 0);
        depths.push(above.map_or(0, |above| above + 1));
    }
    depths.into_iter().max().unwrap_or_default()
}

/// Whether a node is an element of this name, whatever its namespace.
pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// An attribute by its name, whatever its namespace.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The first element of this name below a node.
pub(super) fn first<'a, 't>(node: Node<'a, 't>, name: &str) -> Option<Node<'a, 't>> {
    node.descendants().find(|node| is(*node, name))
}

/// All text below a node, white space collapsed; none where that is nothing.
pub(super) fn words(node: Node<'_, '_>) -> Option<String> {
    let mut words: Vec<&str> = Vec::new();
    for text in node.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()) {
        words.extend(text.split_whitespace());
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// The text of the first element of this name below a node.
pub(super) fn words_of(node: Node<'_, '_>, name: &str) -> Option<String> {
    node.descendants().filter(|node| is(*node, name)).find_map(words)
}
