//! An element with all that is in it, for the parts of a document that are small and read here and there.

use crate::import::set::one_line;
use crate::import::xml::{Document, Element, Next};

/// An element and what it holds.
pub(super) struct Node {
    pub element: Element,
    pub children: Vec<Node>,
    /// The text right in it.
    own: String,
    /// The text in it and its children, in order.
    all: String,
}

impl Node {
    /// Reads an element that has begun up to its end.
    pub fn read(element: Element, document: &mut Document<'_>) -> Result<Self, String> {
        let mut open = vec![Self::new(element)];
        loop {
            match document.next()? {
                Next::Open(element) => open.push(Self::new(element)),
                Next::Text(text) => {
                    if let Some(node) = open.last_mut() {
                        node.own.push_str(&text);
                        node.all.push_str(&text);
                    }
                }
                Next::Close => {
                    let Some(node) = open.pop() else { return Err("an element ends that never began".to_owned()) };
                    match open.last_mut() {
                        Some(parent) => {
                            // Only names in parts need it, and they are short: deep nesting must not copy much.
                            if node.all.len() < MAX_NAME {
                                parent.all.push_str(&node.all);
                            }
                            parent.children.push(node);
                        }
                        None => return Ok(node),
                    }
                }
                Next::End => return Err("it ends in the middle of an element".to_owned()),
            }
        }
    }

    fn new(element: Element) -> Self {
        Self { element, children: Vec::new(), own: String::new(), all: String::new() }
    }

    /// The name without a prefix.
    pub fn name(&self) -> &str {
        self.element.local()
    }

    /// Its text: to the letter, or on one line where other elements part it.
    pub fn text(&self) -> String {
        if self.children.is_empty() { self.own.clone() } else { one_line(&self.all) }
    }

    /// The children of a name.
    pub fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.children.iter().filter(move |node| node.name() == name)
    }

    /// The first element at a path of names below it.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.children.iter().find(|child| child.name() == *name))
    }

    /// The text of the first child of this name and `type`, where it has any.
    pub fn typed(&self, name: &str, kind: &str) -> Option<String> {
        let found = self.children.iter().find(|n| n.name() == name && n.element.get("type") == Some(kind));
        found.map(Node::text).filter(|text| !text.is_empty())
    }
}

/// How long the text of an element may be that goes into the text of the one around it, in bytes.
const MAX_NAME: usize = 10_000;
