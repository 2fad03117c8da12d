//! The text of a document with its marks.

use text_size::TextRange;

use crate::import::xml::{Document, Element, Next};
use crate::text::byte_range;

/// The text of an article, and what is marked in it.
#[derive(Default)]
pub(super) struct Text {
    pub text: String,
    /// In the order in which they begin.
    pub marks: Vec<Mark>,
    /// White space that comes before whatever is written next.
    pending: Option<Gap>,
}

/// A name in the text.
pub(super) struct Mark {
    /// The name of its element.
    pub element: String,
    pub id: Option<String>,
    pub kind: Option<String>,
    pub subtype: Option<String>,
    pub refers: Option<String>,
    /// Who is responsible for it.
    pub by: Option<String>,
    pub range: Option<TextRange>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Space,
    Line,
    Paragraph,
}

/// Elements that name something.
const NAMES: &[&str] = &[
    "persName",
    "placeName",
    "country",
    "settlement",
    "region",
    "geogName",
    "orgName",
    "objectName",
    "eventName",
    "rs",
    "name",
];
/// Elements that part what is before them from what is behind them.
const PARAGRAPHS: &[&str] = &[
    "ab",
    "argument",
    "back",
    "body",
    "bibl",
    "byline",
    "closer",
    "dateline",
    "div",
    "div1",
    "div2",
    "div3",
    "div4",
    "epigraph",
    "figure",
    "floatingText",
    "front",
    "group",
    "head",
    "lg",
    "list",
    "opener",
    "p",
    "postscript",
    "quote",
    "salute",
    "signed",
    "sp",
    "table",
    "text",
    "titlePage",
    "trailer",
];
const LINES: &[&str] = &["cell", "item", "l", "label", "row", "speaker", "stage"];
/// What is printed beside the text, and the readings that editors offer for what stands there.
const SKIPPED: &[&str] = &["fw", "figDesc", "corr", "reg", "expan"];

/// An element that is open.
struct Open {
    gap: Option<Gap>,
    preserve: bool,
    skipped: bool,
    /// Its mark, and where it began.
    mark: Option<(usize, usize)>,
    choice: bool,
}

impl Text {
    /// Reads the `text` element that has begun up to its end.
    pub fn read(element: &Element, document: &mut Document<'_>) -> Result<Self, String> {
        let mut text = Self::default();
        let root = Open { gap: None, preserve: preserves(element, false), skipped: false, mark: None, choice: false };
        let mut open = vec![root];
        while let Some(parent) = open.last() {
            match document.next()? {
                Next::Open(element) => {
                    let inner = text.open(&element, parent);
                    open.push(inner);
                }
                Next::Text(_) if parent.skipped => {}
                Next::Text(words) => text.write(&words, parent.preserve),
                Next::Close => {
                    if let Some(closed) = open.pop() {
                        text.close(&closed);
                    }
                }
                Next::End => return Err("it ends in the middle of its text".to_owned()),
            }
        }
        Ok(text)
    }

    fn open(&mut self, element: &Element, parent: &Open) -> Open {
        let name = element.local();
        let preserve = preserves(element, parent.preserve);
        let skipped = parent.skipped || (parent.choice || name == "fw" || name == "figDesc") && SKIPPED.contains(&name);
        let gap = match name {
            _ if preserve || skipped => None,
            "lb" | "pb" | "cb" | "milestone" if element.get("break") == Some("no") => None,
            "lb" | "pb" | "cb" | "milestone" => Some(Gap::Space),
            name if PARAGRAPHS.contains(&name) => Some(Gap::Paragraph),
            name if LINES.contains(&name) => Some(Gap::Line),
            _ => None,
        };
        self.pending = self.pending.max(gap);
        let mark = (NAMES.contains(&name) && !skipped).then(|| {
            let own = |name: &str| element.get(name).map(str::to_owned);
            self.marks.push(Mark {
                element: name.to_owned(),
                id: own("xml:id"),
                kind: own("type"),
                subtype: own("subtype"),
                refers: own("ref").or_else(|| own("key")),
                by: own("resp"),
                range: None,
            });
            (self.marks.len() - 1, self.text.len())
        });
        Open { gap, preserve, skipped, mark, choice: name == "choice" }
    }

    fn close(&mut self, open: &Open) {
        if let Some((index, start)) = open.mark {
            let written = self.text.get(start..).unwrap_or_default();
            // The space before a name that was due before its element began.
            let before = if open.preserve { 0 } else { written.len() - written.trim_start().len() };
            let range = byte_range(start + before, self.text.len());
            if let Some(mark) = self.marks.get_mut(index) {
                mark.range = range.filter(|range| !range.is_empty());
            }
        }
        self.pending = self.pending.max(open.gap);
    }

    fn write(&mut self, words: &str, preserve: bool) {
        if preserve {
            self.pending = None;
            self.text.push_str(words);
            return;
        }
        for c in words.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r') {
                self.pending = self.pending.max(Some(Gap::Space));
                continue;
            }
            if let Some(gap) = self.pending.take().filter(|_| !self.text.is_empty()) {
                self.text.push_str(match gap {
                    Gap::Space => " ",
                    Gap::Line => "\n",
                    Gap::Paragraph => "\n\n",
                });
            }
            self.text.push(c);
        }
    }
}

/// Whether white space counts in an element.
fn preserves(element: &Element, outer: bool) -> bool {
    match element.get("xml:space") {
        Some("preserve") => true,
        Some(_) => false,
        None => outer,
    }
}
