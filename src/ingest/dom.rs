//! A page as a flat tree of nodes: html5ever builds it, nothing that walks or drops it recurses.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns};

/// The deepest nesting of elements that is read; the pages of newspapers stay below 60.
pub(super) const MAX_DEPTH: usize = 200;
/// The most nodes (elements and pieces of text) that are read.
pub(super) const MAX_NODES: usize = 200_000;
/// How much is parsed between two looks at the limits, in bytes.
const CHUNK: usize = 4096;

/// A node's place in [`Dom`].
pub(super) type NodeId = usize;

/// Over [`MAX_DEPTH`] or [`MAX_NODES`].
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Limit {
    Depth,
    Nodes,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    /// The document, a comment, or a part that is never shown.
    Other,
    Text(String),
    Element(QualName, Vec<Attribute>),
}

/// A node with its place in the tree.
#[derive(Debug)]
pub(super) struct Node {
    pub content: Content,
    pub parent: Option<NodeId>,
    pub children: Vec<NodeId>,
}

/// A parsed page; node 0 is the document.
pub(super) struct Dom {
    pub nodes: Vec<Node>,
}

/// One step of a walk over a page, in document order.
pub(super) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

impl Dom {
    /// Parses a page. Stops as soon as it goes over a limit.
    pub(super) fn parse(page: &str) -> Result<Self, Limit> {
        let mut parser = html5ever::parse_document(Sink::default(), html5ever::ParseOpts::default());
        let mut rest = page;
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at_checked(rest.ceil_char_boundary(CHUNK)).unwrap_or((rest, ""));
            parser.process(StrTendril::from(chunk));
            let sink = &parser.tokenizer.sink.sink;
            if sink.deepest.get() > MAX_DEPTH {
                return Err(Limit::Depth);
            }
            if sink.nodes.borrow().len() > MAX_NODES {
                return Err(Limit::Nodes);
            }
            rest = after;
        }
        Ok(parser.finish())
    }

    /// The element's name in small letters; none for what is no element.
    pub(super) fn name(&self, id: NodeId) -> Option<&str> {
        match &self.nodes.get(id)?.content {
            Content::Element(name, _) => Some(&name.local),
            _ => None,
        }
    }

    /// An attribute of an element, trimmed; none where it is missing or empty.
    pub(super) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        match &self.nodes.get(id)?.content {
            Content::Element(_, attributes) => {
                let found = attributes.iter().find(|attribute| &*attribute.name.local == name)?;
                Some(found.value.trim()).filter(|value| !value.is_empty())
            }
            _ => None,
        }
    }

    /// All elements of this name, in the order in which they were made, which is that of the page.
    pub(super) fn elements(&self, name: &'static str) -> impl Iterator<Item = NodeId> {
        (0..self.nodes.len()).filter(move |id| self.name(*id) == Some(name))
    }

    /// The text inside a node as it stands in the page.
    pub(super) fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        self.walk(id, |step| {
            if let Step::Enter(id) = step
                && let Some(Node { content: Content::Text(piece), .. }) = self.nodes.get(id)
            {
                text.push_str(piece);
            }
            true
        });
        text
    }

    /// Walks a node and all below it; where `visit` answers an entered node with `false`, what is below is left out.
    pub(super) fn walk(&self, root: NodeId, mut visit: impl FnMut(Step) -> bool) {
        let mut open = vec![Step::Enter(root)];
        while let Some(step) = open.pop() {
            match step {
                Step::Leave(_) => {
                    visit(step);
                }
                Step::Enter(id) => {
                    if visit(Step::Enter(id)) {
                        open.push(Step::Leave(id));
                        let children = self.nodes.get(id).map(|node| node.children.as_slice()).unwrap_or_default();
                        open.extend(children.iter().rev().map(|child| Step::Enter(*child)));
                    }
                }
            }
        }
    }
}

/// What html5ever builds the tree with.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    deepest: Cell<usize>,
}

impl Default for Sink {
    fn default() -> Self {
        let document = Node { content: Content::Other, parent: None, children: Vec::new() };
        Self { nodes: RefCell::new(vec![document]), deepest: Cell::new(0) }
    }
}

impl Sink {
    fn make(&self, content: Content) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { content, parent: None, children: Vec::new() });
        nodes.len() - 1
    }

    /// Puts a child at a place among its parent's children; text joins the text before it.
    fn put(&self, parent: NodeId, at: usize, child: NodeOrText<NodeId>) {
        let child = match child {
            NodeOrText::AppendNode(child) => {
                self.detach(child);
                child
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let before = at.checked_sub(1).and_then(|at| nodes.get(parent)?.children.get(at).copied());
                let before = before.and_then(|before| nodes.get_mut(before));
                if let Some(Node { content: Content::Text(piece), .. }) = before {
                    piece.push_str(&text);
                    return;
                }
                drop(nodes);
                self.make(Content::Text(text.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        if let Some(node) = nodes.get_mut(child) {
            node.parent = Some(parent);
        }
        if let Some(node) = nodes.get_mut(parent) {
            let at = at.min(node.children.len());
            node.children.insert(at, child);
        }
        let ancestors = std::iter::successors(Some(child), |id| nodes.get(*id)?.parent);
        // One more than the limit is enough to know.
        self.deepest.set(self.deepest.get().max(ancestors.take(MAX_DEPTH + 2).count().saturating_sub(1)));
    }

    fn detach(&self, child: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let parent = nodes.get_mut(child).and_then(|node| node.parent.take());
        if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent))
            // What moves is nearly always what came last.
            && let Some(at) = parent.children.iter().rposition(|other| *other == child)
        {
            parent.children.remove(at);
        }
    }

    fn end_of(&self, parent: NodeId) -> usize {
        self.nodes.borrow().get(parent).map_or(0, |node| node.children.len())
    }
}

/// An element's name, which the tree keeps behind a cell.
#[derive(Debug)]
struct Name(QualName);

impl html5ever::interface::ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Dom;
    type ElemName<'a> = Name;

    fn finish(self) -> Dom {
        Dom { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name {
        match self.nodes.borrow().get(*target).map(|node| &node.content) {
            Some(Content::Element(name, _)) => Name(name.clone()),
            _ => Name(QualName::new(None, ns!(), local_name!(""))),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.make(Content::Element(name, attributes))
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.make(Content::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.make(Content::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.put(*parent, self.end_of(*parent), child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.nodes.borrow().get(*element).is_some_and(|node| node.parent.is_some());
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// Templates are never shown: their contents are kept in the element itself, which is skipped.
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        if let NodeOrText::AppendNode(child) = &child {
            self.detach(*child);
        }
        let place = {
            let nodes = self.nodes.borrow();
            let parent = nodes.get(*sibling).and_then(|node| node.parent);
            parent.and_then(|id| Some((id, nodes.get(id)?.children.iter().rposition(|other| other == sibling)?)))
        };
        if let Some((parent, at)) = place {
            self.put(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, added: Vec<Attribute>) {
        if let Some(Node { content: Content::Element(_, attributes), .. }) = self.nodes.borrow_mut().get_mut(*target) {
            for attribute in added {
                if !attributes.iter().any(|other| other.name == attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let children = {
            let mut nodes = self.nodes.borrow_mut();
            let children = nodes.get_mut(*node).map(|node| std::mem::take(&mut node.children)).unwrap_or_default();
            for child in &children {
                if let Some(child) = nodes.get_mut(*child) {
                    child.parent = None;
                }
            }
            children
        };
        for child in children {
            self.append(new_parent, NodeOrText::AppendNode(child));
        }
    }
}
