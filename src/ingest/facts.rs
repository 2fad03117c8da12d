//! What is known of each node of a web page: its words, those in links, those of prose, and its place.

use super::dom::{Content, Dom, NodeId, Step};
use super::render;

/// The fewest words of a block that reads as prose.
pub(super) const PROSE: usize = 10;

/// What is known of each node, in one pass.
pub(super) struct Facts {
    /// The place of a node in the page's order.
    pub order: Vec<usize>,
    /// Words below it, those inside links to elsewhere, and those of blocks that read as prose.
    pub words: Vec<usize>,
    pub linked: Vec<usize>,
    pub prose: Vec<usize>,
    /// Nodes below it, and its place among its parent's children.
    pub size: Vec<usize>,
    pub place: Vec<usize>,
    /// Whether a node holds blocks of its own.
    pub holds_blocks: Vec<bool>,
    /// What is not shown, or of others; and what that is.
    pub left_out: Vec<bool>,
    pub why: Vec<Option<&'static str>>,
}

pub(super) fn at<T: Copy + Default>(list: &[T], id: NodeId) -> T {
    list.get(id).copied().unwrap_or_default()
}

pub(super) fn set<T>(list: &mut [T], id: NodeId, value: T) {
    if let Some(place) = list.get_mut(id) {
        *place = value;
    }
}

pub(super) fn add(list: &mut [usize], id: NodeId, more: usize) {
    if let Some(place) = list.get_mut(id) {
        *place += more;
    }
}

/// Whether an element stands apart from the text around it.
pub(super) fn is_block(name: &str) -> bool {
    matches!(name, "li" | "td" | "th" | "tr") || render::is_block(name)
}

impl Facts {
    pub(super) fn of(dom: &Dom) -> Self {
        let size = dom.nodes.len();
        let mut facts = Self {
            order: vec![0; size],
            words: vec![0; size],
            linked: vec![0; size],
            prose: vec![0; size],
            size: vec![1; size],
            place: vec![0; size],
            holds_blocks: vec![false; size],
            left_out: vec![false; size],
            why: vec![None; size],
        };
        // The words of a block that stand in no block inside it: all, and those in links.
        let mut own = vec![(0_usize, 0_usize); size];
        let (mut blocks, mut links, mut count) = (vec![0], 0_usize, 0);
        dom.walk(0, |step| match step {
            Step::Enter(id) => {
                count += 1;
                set(&mut facts.order, id, count);
                if render::is_hidden(dom, id) {
                    set(&mut facts.left_out, id, true);
                    return false;
                }
                if let Some(Content::Text(piece)) = dom.nodes.get(id).map(|node| &node.content) {
                    let words = count_words(piece);
                    set(&mut facts.words, id, words);
                    let linked = if links > 0 { words } else { 0 };
                    set(&mut facts.linked, id, linked);
                    if let Some((all, in_links)) = blocks.last().and_then(|block| own.get_mut(*block)) {
                        *all += words;
                        *in_links += linked;
                    }
                }
                links += usize::from(is_link(dom, id));
                if dom.name(id).is_some_and(is_block) {
                    blocks.push(id);
                }
                true
            }
            Step::Leave(id) => {
                links -= usize::from(is_link(dom, id));
                let block = dom.name(id).is_some_and(is_block);
                if block {
                    blocks.pop();
                    let (all, in_links) = at(&own, id);
                    if all >= PROSE && in_links * 3 < all {
                        add(&mut facts.prose, id, all);
                    }
                }
                let children = dom.nodes.get(id).map(|node| node.children.as_slice()).unwrap_or_default();
                for (place, child) in children.iter().enumerate() {
                    set(&mut facts.place, *child, place);
                }
                let sum = |list: &[usize]| children.iter().map(|child| at(list, *child)).sum::<usize>();
                let (words, linked, prose) = (sum(&facts.words), sum(&facts.linked), sum(&facts.prose));
                if !children.is_empty() {
                    set(&mut facts.words, id, words);
                    set(&mut facts.linked, id, linked);
                    add(&mut facts.prose, id, prose);
                }
                let nodes = sum(&facts.size) + 1;
                set(&mut facts.size, id, nodes);
                let holds = children.iter().any(|child| {
                    at(&facts.holds_blocks, *child)
                        || (dom.name(*child).is_some_and(is_block) && at(&facts.words, *child) > 0)
                });
                set(&mut facts.holds_blocks, id, holds);
                true
            }
        });
        facts
    }

    /// The nodes that are shown and not left out, in the page's order.
    pub(super) fn shown(&self, dom: &Dom) -> Vec<NodeId> {
        let mut shown = Vec::new();
        dom.walk(0, |step| match step {
            Step::Enter(id) if at(&self.left_out, id) => false,
            Step::Enter(id) => {
                shown.push(id);
                true
            }
            Step::Leave(_) => true,
        });
        shown
    }
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// A link to elsewhere; one that leads to a place on the page itself is none.
pub(super) fn is_link(dom: &Dom, id: NodeId) -> bool {
    dom.name(id) == Some("a") && !dom.attribute(id, "href").is_some_and(|href| href.starts_with('#'))
}
