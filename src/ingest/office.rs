//! Word's DOCX and OpenDocument's ODT: the text of their paragraphs, title, author and date.
//!
//! What stands in boxes follows the paragraph that they hang on, notes follow the whole. Headers and footers, comments,
//! hidden text and what was deleted with changes being tracked are left out, and told.

use roxmltree::Node;

use super::article::{add_paragraph, finish};
use super::language;
use super::names::stem;
use super::render::BULLET;
use super::sink::LeftOut;
use super::zipped::Zipped;
use super::{IngestError, dateline, xml};
use crate::text::{Article, Metadata};

/// The most spaces or columns that one mark in the file stands for.
const MAX_REPEATED: usize = 100;

/// The shapes of OpenDocument that hold paragraphs.
const SHAPES: &[&str] = &[
    "text-box",
    "custom-shape",
    "rect",
    "ellipse",
    "circle",
    "polygon",
    "regular-polygon",
    "polyline",
    "path",
    "line",
    "connector",
    "caption",
    "measure",
];

/// A DOCX file.
pub(super) fn docx(name: &str, bytes: &[u8], left_out: &mut LeftOut) -> Result<Article, IngestError> {
    let mut zip = Zipped::open(name, bytes)?;
    let document = xml::decoded(name, &zip.needed("word/document.xml")?)?;
    let document = xml::parse(name, &document)?;
    let mut page = Page::default();
    if let Some(body) = xml::first(document.root(), "body") {
        walk(body, &mut |node, enters| word(node, enters, &mut page));
    }
    for (part, element, reference) in
        [("word/footnotes.xml", "footnote", "footnoteReference"), ("word/endnotes.xml", "endnote", "endnoteReference")]
    {
        let Some(bytes) = zip.part(part)? else { continue };
        let notes = xml::decoded(name, &bytes)?;
        let notes = xml::parse(name, &notes)?;
        let referred = |node| is_kept(node) && xml::is(node, reference);
        let ids: Vec<_> = document.descendants().filter(|node| referred(*node)).filter_map(id).collect();
        let note = |id: &str| notes.descendants().find(|node| xml::is(*node, element) && self::id(*node) == Some(id));
        for note in ids.iter().filter_map(|id| note(id)) {
            page.note(|page| walk(note, &mut |node, enters| word(node, enters, page)));
        }
        let separates = |node| xml::attribute(node, "type").is_some_and(|kind| kind != "normal");
        for note in notes.descendants().filter(|node| xml::is(*node, element) && !separates(*node)) {
            if id(note).is_none_or(|id| !ids.contains(&id)) {
                page.leave("notes that nothing in the text refers to", &typed(note));
            }
        }
    }
    let parts = zip.names("word/");
    let beside = |part: &str| match part.strip_prefix("word/").unwrap_or_default() {
        part if part.starts_with("header") || part.starts_with("footer") => Some("headers and footers of pages"),
        "comments.xml" => Some("comments"),
        _ => None,
    };
    for (part, what) in parts.iter().filter_map(|part| Some((part, beside(part)?))) {
        let text = zip.part(part)?.map(|bytes| xml::decoded(name, &bytes)).transpose()?.unwrap_or_default();
        page.leave(what, &typed(xml::parse(name, &text)?.root()));
    }
    *left_out = std::mem::take(&mut page.left_out);
    let core = zip.part("docProps/core.xml")?;
    page.article(name, core)
}

/// The id of a note, or of what refers to it.
fn id<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    xml::attribute(node, "id")
}

/// Whether a node stands in what is read of a DOCX: not in what was deleted, nor in a second form of the same.
fn is_kept(node: Node<'_, '_>) -> bool {
    let above = || node.ancestors().filter(|node| node.is_element());
    !above().any(|node| matches!(node.tag_name().name(), "del" | "moveFrom") || is_second(node))
}

/// Whether an element is another form, for other programs, of what an alternative before it says.
fn is_second(node: Node<'_, '_>) -> bool {
    let says = |node: Node<'_, '_>| node.is_element() && !typed(node).is_empty();
    matches!(node.tag_name().name(), "Choice" | "Fallback") && node.prev_siblings().skip(1).any(says)
}

/// The words below a node of a DOCX: those of paragraphs apart, and what was deleted too.
fn typed(node: Node<'_, '_>) -> String {
    let mut words = String::new();
    for node in node.descendants() {
        match node.tag_name().name() {
            "p" | "tab" | "br" | "cr" | "tc" => words.push(' '),
            "t" | "delText" => words.extend(node.children().filter_map(|node| node.text())),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a run of a DOCX is hidden.
fn is_hidden(run: Node<'_, '_>) -> bool {
    let format = run.children().find(|node| xml::is(*node, "rPr"));
    let vanish = format.and_then(|format| format.children().find(|node| xml::is(*node, "vanish")));
    vanish.is_some_and(|vanish| !matches!(xml::attribute(vanish, "val"), Some("0" | "false" | "off")))
}

/// An ODT file, packed or flat.
pub(super) fn odt(name: &str, bytes: &[u8], left_out: &mut LeftOut) -> Result<Article, IngestError> {
    let (content, meta, styles) = if bytes.starts_with(b"PK") {
        let mut zip = Zipped::open(name, bytes)?;
        (zip.needed("content.xml")?, zip.part("meta.xml")?, zip.part("styles.xml")?)
    } else {
        (bytes.to_vec(), None, Some(bytes.to_vec()))
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
    let styles = styles.map(|bytes| xml::decoded(name, &bytes)).transpose()?.unwrap_or_default();
    if !styles.is_empty() {
        let styles = xml::parse(name, &styles)?;
        for master in styles.descendants().filter(|node| xml::is(*node, "master-page")) {
            page.leave("headers and footers of pages", &xml::words(master).unwrap_or_default());
        }
    }
    *left_out = std::mem::take(&mut page.left_out);
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
        ("del", true) => {
            page.leave("words deleted with changes being tracked", &typed(node));
            return false;
        }
        ("r", true) if is_hidden(node) => {
            page.leave("hidden words", &typed(node));
            return false;
        }
        ("Choice" | "Fallback", true) if is_second(node) => return false,
        // What was moved elsewhere, fields' code, and properties but for lists'.
        ("moveFrom" | "instrText" | "delText" | "rPr" | "sectPr" | "tblPr", true) => return false,
        ("txbxContent", enters) => page.aside(enters),
        // Told by the words that it stands over.
        ("rt", true) => return false,
        ("rubyBase", false) => {
            let reading = node.parent().and_then(|ruby| ruby.children().find(|node| xml::is(*node, "rt")));
            if let Some(reading) = reading.map(typed).filter(|reading| !reading.is_empty()) {
                page.write(&format!("({reading})"));
            }
        }
        ("sym", true) => {
            let code = xml::attribute(node, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
            // Those of symbol fonts have no letter that stands for them.
            let sign = code.and_then(char::from_u32).filter(|c| !matches!(c, '\u{e000}'..='\u{f8ff}'));
            page.write(&sign.map(String::from).unwrap_or_default());
        }
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
        ("tab" | "ptab", true) => page.write("\t"),
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
        ("annotation", true) => {
            page.leave("comments", &xml::words(node).unwrap_or_default());
            return false;
        }
        ("tracked-changes", true) => {
            for deleted in node.descendants().filter(|node| xml::is(*node, "deletion")) {
                let words = deleted.children().filter(|node| !xml::is(*node, "change-info")).filter_map(xml::words);
                let words = words.collect::<Vec<_>>().join(" ");
                page.leave("words deleted with changes being tracked", &words);
            }
            return false;
        }
        ("note-citation" | "sequence-decls" | "variable-decls" | "forms" | "desc", true) => return false,
        ("title", true) if page.open => return false,
        ("note-body", true) => page.aside(true),
        ("note-body", false) => page.end_of_note(),
        (shape, enters) if SHAPES.contains(&shape) => page.aside(enters),
        ("ruby-text", true) => page.write("("),
        ("ruby-text", false) => page.write(")"),
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
    /// What boxes hold that hang on the open paragraph; what notes hold.
    boxes: String,
    notes: String,
    /// Where the text around the open boxes and notes has come to, outermost first.
    around: Vec<Place>,
    left_out: LeftOut,
}

/// How far a text is read that something stands in.
struct Place {
    text: String,
    boxes: String,
    open: bool,
    item: bool,
    is_title: bool,
    start: usize,
    rows: usize,
    in_cell: bool,
}

impl Page {
    /// Notes that words are left out.
    fn leave(&mut self, what: &'static str, words: &str) {
        self.left_out.add(what, " ");
        self.left_out.add(what, words);
    }

    /// Begins or ends a box: what it holds waits for the end of the paragraph that it hangs on.
    fn aside(&mut self, begins: bool) {
        if begins {
            self.around.push(Place {
                text: std::mem::take(&mut self.text),
                boxes: std::mem::take(&mut self.boxes),
                open: std::mem::take(&mut self.open),
                item: std::mem::take(&mut self.item),
                is_title: std::mem::take(&mut self.is_title),
                start: std::mem::take(&mut self.start),
                rows: std::mem::take(&mut self.rows),
                in_cell: std::mem::take(&mut self.in_cell),
            });
        } else {
            let held = self.end_of_aside();
            add_paragraph(&mut self.boxes, &held);
        }
    }

    /// Goes back to the text around a box or note; gives what it held.
    fn end_of_aside(&mut self) -> String {
        self.place_boxes();
        let Some(place) = self.around.pop() else { return String::new() };
        let held = std::mem::replace(&mut self.text, place.text);
        (self.boxes, self.open, self.item, self.is_title) = (place.boxes, place.open, place.item, place.is_title);
        (self.start, self.rows, self.in_cell) = (place.start, place.rows, place.in_cell);
        held
    }

    fn end_of_note(&mut self) {
        let held = self.end_of_aside();
        add_paragraph(&mut self.notes, &held);
    }

    /// Reads a note, which stands apart from what is open.
    fn note(&mut self, read: impl FnOnce(&mut Self)) {
        self.aside(true);
        read(self);
        self.end_of_note();
    }

    /// Puts what boxes hold behind the text so far; inside a table it waits for the end of that.
    fn place_boxes(&mut self) {
        if self.rows == 0 {
            let boxes = std::mem::take(&mut self.boxes);
            add_paragraph(&mut self.text, &boxes);
        }
    }

    fn paragraph(&mut self) {
        self.place_boxes();
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
        self.place_boxes();
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
    fn article(mut self, name: &str, properties: Option<Vec<u8>>) -> Result<Article, IngestError> {
        self.rows = 0;
        self.place_boxes();
        add_paragraph(&mut self.text, &self.notes);
        let properties = properties.map(|bytes| xml::decoded(name, &bytes)).transpose().unwrap_or_default();
        let properties = properties.and_then(|text| Some(Properties::of(xml::parse(name, &text).ok()?.root())));
        let properties = properties.unwrap_or_default();
        let text = self.text.trim().to_owned();
        let guessed = super::text::article(name, "", text.clone())?;
        let meta = Metadata {
            title: properties.title.or(self.title).unwrap_or(guessed.meta.title),
            author: properties.author.unwrap_or_default(),
            language: properties.language.unwrap_or(guessed.meta.language),
            date: dateline::of_document(&text, stem(name), properties.date),
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
