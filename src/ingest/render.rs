//! A page's tree as text: what a reader sees, paragraphs apart by a blank line.

use super::dom::{Content, Dom, NodeId, Step};
use super::left_out::LeftOut;

/// Elements whose contents are not part of what is read.
const HIDDEN: &[&str] = &[
    "head", "script", "style", "template", "noscript", "nav", "iframe", "object", "svg", "math", "canvas", "audio",
    "video", "button", "input", "select", "textarea", "form", "dialog", "menu",
];
/// Elements that stand as paragraphs of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "ul",
];
/// Elements that stand on a line of their own.
const LINES: &[&str] = &["li", "tr", "br"];
/// What is said of pictures, tables and links to who does not see them, or only to who points at them.
pub(super) const DESCRIBED: &str = "descriptions of pictures, tables and links";
/// What is not shown as text, or not on paper.
const CONTROLS: &str = "menus, forms and hidden parts of the page";
/// What stands before an item of a list.
pub(super) const BULLET: &str = "• ";

/// The text below a node: white space collapsed, entities decoded, items of lists with a bullet, links as their words.
pub(super) fn text(dom: &Dom, root: NodeId) -> String {
    text_without(dom, root, &[])
}

/// The same without the nodes that are marked, by their place in the tree.
pub(super) fn text_without(dom: &Dom, root: NodeId, left_out: &[bool]) -> String {
    let mut out = Writer::default();
    dom.walk(root, |step| match step {
        Step::Enter(id) => left_out.get(id) != Some(&true) && enter(dom, id, &mut out),
        Step::Leave(id) => {
            let name = dom.name(id).unwrap_or_default();
            match name {
                "pre" => out.verbatim = out.verbatim.saturating_sub(1),
                "td" | "th" => out.gap(Gap::Tab),
                "li" => out.pending_bullet = false,
                _ => {}
            }
            out.gap(gap_of(name));
            true
        }
    });
    out.text.truncate(out.text.trim_end().len());
    out.text
}

/// Tells what of a page is not in the text below `root`: what is hidden, what stands around it, and what `why` names.
pub(super) fn tell(dom: &Dom, root: NodeId, why: &dyn Fn(NodeId) -> Option<&'static str>, left_out: &mut LeftOut) {
    // What the open elements are left out as, outermost first.
    let mut open: Vec<Option<&'static str>> = Vec::new();
    let mut inside = 0;
    dom.walk(0, |step| match step {
        Step::Enter(id) => {
            let name = dom.name(id).unwrap_or_default();
            // Code is no words, and what the head says is metadata.
            if matches!(name, "script" | "style" | "head") {
                return false;
            }
            inside += usize::from(id == root);
            let hidden = if is_hidden(dom, id) { Some(CONTROLS) } else { None };
            let reason = open.last().copied().flatten().or(hidden).or_else(|| why(id));
            let said = reason.or(if inside == 0 { Some("parts of the page around the article") } else { None });
            if let (Some(what), Some(Content::Text(piece))) = (said, dom.nodes.get(id).map(|node| &node.content)) {
                left_out.add(what, piece);
            }
            if let Some(what) = said.filter(|_| is_block(name) || LINES.contains(&name) || hidden.is_some()) {
                left_out.add(what, " ");
            }
            for key in ["alt", "title", "placeholder", "summary"] {
                left_out.tell(
                    if key == "placeholder" { CONTROLS } else { DESCRIBED },
                    dom.attribute(id, key).unwrap_or_default(),
                );
            }
            open.push(reason);
            true
        }
        Step::Leave(id) => {
            open.pop();
            inside -= usize::from(id == root);
            true
        }
    });
}

fn enter(dom: &Dom, id: NodeId, out: &mut Writer) -> bool {
    if let Some(Content::Text(piece)) = dom.nodes.get(id).map(|node| &node.content) {
        out.write(piece);
        return true;
    }
    let name = dom.name(id).unwrap_or_default();
    if is_hidden(dom, id) {
        return false;
    }
    out.gap(gap_of(name));
    match name {
        "li" => out.pending_bullet = true,
        "pre" => out.verbatim += 1,
        _ => {}
    }
    true
}

/// Whether an element and all below it are not part of what is read.
pub(super) fn is_hidden(dom: &Dom, id: NodeId) -> bool {
    dom.name(id).is_some_and(|name| HIDDEN.contains(&name))
        || dom.attribute(id, "aria-hidden") == Some("true")
        || dom.attribute(id, "hidden").is_some()
}

/// Whether an element stands as a paragraph of its own.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

fn gap_of(name: &str) -> Gap {
    if BLOCKS.contains(&name) {
        Gap::Paragraph
    } else if LINES.contains(&name) {
        Gap::Line
    } else {
        Gap::None
    }
}

/// What has to stand between the text so far and the next word.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Tab,
    Line,
    Paragraph,
}

#[derive(Default)]
struct Writer {
    text: String,
    gap: Gap,
    pending_bullet: bool,
    /// How many `pre` elements are open.
    verbatim: usize,
}

impl Writer {
    fn gap(&mut self, gap: Gap) {
        // A paragraph inside an item goes on in the item's line, behind its bullet.
        let gap = if self.pending_bullet { gap.min(Gap::Line) } else { gap };
        self.gap = self.gap.max(gap);
    }

    fn write(&mut self, piece: &str) {
        if self.verbatim > 0 {
            self.open();
            self.text.push_str(piece);
            return;
        }
        for c in piece.chars() {
            match c {
                // Rendering hints that nobody sees; they would split names.
                '\u{ad}' | '\u{200b}' | '\u{feff}' | '\0' => {}
                ' ' | '\t' | '\n' | '\r' | '\x0c' | '\u{a0}' => self.gap = self.gap.max(Gap::Space),
                c => {
                    self.open();
                    self.text.push(c);
                }
            }
        }
    }

    /// Writes what is due before the next word.
    fn open(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if !self.text.is_empty() {
            self.text.push_str(match gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Tab => "\t",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        if std::mem::take(&mut self.pending_bullet) {
            self.text.push_str(BULLET);
        }
    }
}
