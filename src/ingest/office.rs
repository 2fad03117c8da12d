//! Word's DOCX and OpenDocument's ODT: the text of their paragraphs, title, author and date.
//!
//! Left out, as not part of the running text: headers and footers, footnotes, comments, and what was deleted with
//! changes being tracked.

use roxmltree::Node;

use super::article::finish;
use super::language;
use super::names::stem;
use super::render::BULLET;
use super::zipped::Zipped;
use super::{IngestError, dateline, xml};
use crate::text::{Article, Metadata};

/// The most spaces or columns that one mark in the file stands for.
const MAX_REPEATED: usize = 100;

/// A DOCX file.
pub(super) fn docx(name: &str, bytes: &[u8]) -> Result<Article, IngestError> {
    let mut zip = Zipped::open(name, bytes)?;
    let document = xml::decoded(name, &zip.needed("word/document.xml")?)?;
    let document = xml::parse(name, &document)?;
    let mut page = Page::default();
    if let Some(body) = xml::first(document.root(), "body") {
        walk(body, &mut |node, enters| word(node, enters, &mut page));
    }
    let core = zip.part("docProps/core.xml")?;
    page.article(name, core)
}

/// An ODT file, packed or flat.
pub(super) fn odt(name: &str, bytes: &[u8]) -> Result<Article, IngestError> {
    let (content, meta) = if bytes.starts_with(b"PK") {
        let mut zip = Zipped::open(name, bytes)?;
        (zip.needed("content.xml")?, zip.part("meta.xml")?)
    } else {
        (bytes.to_vec(), None)
    };
    let flat = meta.is_none().then(|| content.clone());
    let document = xml::decoded(name, &content)?;
    let document = xml::parse(name, &document)?;
    let mut page = Page::default();
    if let Some(body) = document
        .descendants()
        .find(|node| xml::is(*node, "text") && node.parent_element().is_some_and(|parent| xml::is(parent, "body")))
    {
        walk(body, &mut |node, enters| open_document(node, enters, &mut page));
    }
    page.article(name, meta.or(flat))
}

/// Visits a node and all below it, at its beginning and at its end; what `visit` answers at the beginning with `false`
/// is left out.
fn walk<'a, 't>(root: Node<'a, 't>, visit: &mut dyn FnMut(Node<'a, 't>, bool) -> bool) {
    let mut open = vec![(root, true)];
    while let Some((node, enters)) = open.pop() {
        if visit(node, enters) && enters {
            open.push((node, false));
            let children: Vec<_> = node.children().collect();
            open.extend(children.into_iter().rev().map(|child| (child, true)));
        }
    }
}

/// One step through a DOCX.
fn word(node: Node<'_, '_>, enters: bool, page: &mut Page) -> bool {
    match (node.tag_name().name(), enters) {
        // What was deleted or moved away, fields' code, what only older programs show, and properties but for lists'.
        ("del" | "moveFrom" | "instrText" | "delText" | "Fallback" | "rPr" | "sectPr" | "tblPr", true) => return false,
        ("p", true) => page.paragraph(),
        ("p", false) => page.end_of_paragraph(),
        ("pPr", true) => {
            page.item = node.children().any(|node| xml::is(node, "numPr"));
            let style = node.children().find(|node| xml::is(*node, "pStyle"));
            let style = style.and_then(|style| xml::attribute(style, "val")).unwrap_or_default();
            page.is_title = style == "Title";
            page.item |= style.starts_with("ListBullet") || style.starts_with("ListNumber");
            return false;
        }
        ("t", true) => page.write(&node.children().filter_map(|node| node.text()).collect::<String>()),
        ("tab", true) => page.write("\t"),
        ("br" | "cr", true) => page.write("\n"),
        ("noBreakHyphen", true) => page.write("\u{2011}"),
        ("tr", enters) => page.row(enters),
        ("tc", false) => page.cell(),
        _ => {}
    }
    true
}

/// One step through an ODT.
fn open_document(node: Node<'_, '_>, enters: bool, page: &mut Page) -> bool {
    if node.is_text() {
        if enters && page.open {
            page.write_collapsed(node.text().unwrap_or_default());
        }
        return true;
    }
    match (node.tag_name().name(), enters) {
        ("note" | "annotation" | "tracked-changes" | "sequence-decls" | "forms" | "desc", true) => return false,
        ("p" | "h", true) => {
            page.paragraph();
            let style = xml::attribute(node, "style-name");
            page.is_title = style == Some("Title");
            page.item = std::mem::take(&mut page.item_begins);
        }
        ("p" | "h", false) => page.end_of_paragraph(),
        ("list-item", true) => page.item_begins = true,
        ("s", true) => {
            let count = xml::attribute(node, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
            page.write(&" ".repeat(count.min(MAX_REPEATED)));
        }
        ("tab", true) => page.write("\t"),
        ("line-break", true) => page.write("\n"),
        ("table-row", enters) => page.row(enters),
        ("table-cell", false) => page.cell(),
        _ => {}
    }
    true
}

/// The text as far as it is read.
#[derive(Default)]
struct Page {
    text: String,
    /// A paragraph is open.
    open: bool,
    /// The open paragraph is an item of a list, or the document's title by its style.
    item: bool,
    is_title: bool,
    /// The next paragraph is the first of an item.
    item_begins: bool,
    /// Where the open paragraph began.
    start: usize,
    title: Option<String>,
    /// How many rows of tables are open, and whether the next paragraph is the first of a cell.
    rows: usize,
    in_cell: bool,
}

impl Page {
    fn paragraph(&mut self) {
        self.open = true;
        (self.item, self.is_title) = (false, false);
        self.start = self.text.len();
    }

    fn write(&mut self, piece: &str) {
        if piece.is_empty() || !self.open {
            return;
        }
        if self.text.len() == self.start {
            let gap = match () {
                () if self.text.is_empty() => "",
                () if self.in_cell => "",
                () if self.rows > 0 => " ",
                () if self.item || self.text.ends_with('\n') => "\n",
                () => "\n\n",
            };
            self.text.push_str(gap);
            if self.item {
                self.text.push_str(BULLET);
            }
            self.in_cell = false;
        }
        self.text.push_str(piece);
    }

    /// White space counts as one space in OpenDocument, unless it is marked.
    fn write_collapsed(&mut self, piece: &str) {
        let mut words = String::new();
        for c in piece.chars() {
            let space = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !space {
                words.push(c);
            } else if !(words.ends_with(' ') || words.is_empty() && self.text.ends_with(' ')) {
                words.push(' ');
            }
        }
        // White space alone between marks opens no paragraph.
        if self.text.len() > self.start || !words.trim().is_empty() {
            self.write(if self.text.len() == self.start { words.trim_start() } else { &words });
        }
    }

    fn end_of_paragraph(&mut self) {
        if self.is_title && self.title.is_none() {
            let words = self.text.get(self.start..).unwrap_or_default().trim();
            self.title = (!words.is_empty()).then(|| words.to_owned());
        }
        self.open = false;
    }

    fn row(&mut self, begins: bool) {
        if begins {
            self.rows += 1;
            let first = self.rows == 1 && !self.text.ends_with("\n\n") && !self.text.is_empty();
            // The rows of one table follow each other line by line.
            self.text.push_str(if first && !self.text.ends_with('\n') { "\n\n" } else { "" });
            self.in_cell = true;
        } else {
            self.rows = self.rows.saturating_sub(1);
            self.text.truncate(self.text.trim_end_matches('\t').len());
            self.text.push('\n');
            self.in_cell = false;
        }
    }

    fn cell(&mut self) {
        if self.rows > 0 {
            self.text.push('\t');
            self.in_cell = true;
        }
    }

    /// The article, with what the file says of itself.
    fn article(self, name: &str, properties: Option<Vec<u8>>) -> Result<Article, IngestError> {
        let properties = properties.map(|bytes| xml::decoded(name, &bytes)).transpose().unwrap_or_default();
        let properties = properties.and_then(|text| Some(Properties::of(xml::parse(name, &text).ok()?.root())));
        let properties = properties.unwrap_or_default();
        let text = self.text.trim().to_owned();
        let guessed = super::text::article(name, "", text.clone())?;
        let near = dateline::of_file_name(stem(name)).or(properties.date);
        let meta = Metadata {
            title: properties.title.or(self.title).unwrap_or(guessed.meta.title),
            author: properties.author.unwrap_or_default(),
            language: properties.language.unwrap_or(guessed.meta.language),
            date: dateline::find(&text, near).date.or(near),
            origin: name.to_owned(),
            ..guessed.meta
        };
        finish(name, meta, text)
    }
}

/// What an office file says of itself.
#[derive(Default)]
struct Properties {
    title: Option<String>,
    author: Option<String>,
    language: Option<String>,
    date: Option<jiff::civil::Date>,
}

impl Properties {
    fn of(root: Node<'_, '_>) -> Self {
        let author = xml::words_of(root, "initial-creator").or_else(|| xml::words_of(root, "creator"));
        let date = xml::words_of(root, "created").or_else(|| xml::words_of(root, "creation-date"));
        // A flat file holds its properties beside its text, which has titles of its own.
        let about = xml::first(root, "meta").unwrap_or(root);
        Self {
            title: xml::words_of(about, "title"),
            author,
            language: xml::words_of(about, "language").and_then(|tag| language::of_field(&tag)),
            date: date.and_then(|date| dateline::of_field(&date)),
        }
    }
}
