//! An element with all that is in it, for the parts of a document that are small and read here and there.

use crate::import::set::one_line;
use crate::import::xml::{Document, Element, Next};

/// An element and what it holds.
pub(super) struct Node {
    pub element: Element,
    content: Vec<Content>,
}

enum Content {
    Text(String),
    Node(Node),
}

impl Node {
    /// Reads an element that has begun up to its end.
    pub fn read(element: Element, document: &mut Document<'_>) -> Result<Self, String> {
        let mut open = vec![Self { element, content: Vec::new() }];
        loop {
            match document.next()? {
                Next::Open(element) => open.push(Self { element, content: Vec::new() }),
                Next::Text(text) => open.last_mut().into_iter().for_each(|node| node.text_more(&text)),
                Next::Close => {
                    let Some(node) = open.pop() else { return Err("an element ends that never began".to_owned()) };
                    match open.last_mut() {
                        Some(parent) => parent.content.push(Content::Node(node)),
                        None => return Ok(node),
                    }
                }
                Next::End => return Err("it ends in the middle of an element".to_owned()),
            }
        }
    }

    fn text_more(&mut self, text: &str) {
        match self.content.last_mut() {
            Some(Content::Text(before)) => before.push_str(text),
            _ => self.content.push(Content::Text(text.to_owned())),
        }
    }

    /// The name without a prefix.
    pub fn name(&self) -> &str {
        self.element.local()
    }

    /// Its text: to the letter, or on one line where other elements part it.
    pub fn text(&self) -> String {
        match self.content.as_slice() {
            [] => String::new(),
            [Content::Text(text)] => text.clone(),
            content => {
                let mut all = String::new();
                let mut open = vec![content.iter()];
                while let Some(inner) = open.last_mut() {
                    match inner.next() {
                        Some(Content::Text(text)) => all.push_str(text),
                        Some(Content::Node(node)) => open.push(node.content.iter()),
                        None => drop(open.pop()),
                    }
                }
                one_line(&all)
            }
        }
    }

    /// The elements right in it.
    pub fn children(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.content.iter().filter_map(|content| match content {
            Content::Node(node) => Some(node),
            Content::Text(_) => None,
        })
    }

    /// The children of a name.
    pub fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Self> {
        self.children().filter(move |node| node.name() == name)
    }

    /// The first element at a path of names below it.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, name| node.children().find(|child| child.name() == *name))
    }

    /// The text of the first child of this name and `type`, where it has any.
    pub fn typed(&self, name: &str, kind: &str) -> Option<String> {
        self.with(name, "type", kind)
    }

    /// The text of the first element of this name with this attribute.
    pub fn with(&self, name: &str, attribute: &str, value: &str) -> Option<String> {
        let found = self.children().find(|n| n.name() == name && n.element.get(attribute) == Some(value));
        found.map(Self::text).filter(|text| !text.is_empty())
    }
}
