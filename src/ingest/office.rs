//! Word's DOCX and OpenDocument's ODT: the text of their paragraphs, title, author and date.
//!
//! What stands in boxes follows the paragraph that they hang on, notes follow the whole. Headers and footers, comments,
//! hidden text and what was deleted with changes being tracked are left out, and told.

use std::collections::HashSet;

use roxmltree::{Document, Node};

use super::article::{add_paragraph, finish};
use super::dateline::FileDays;
use super::language;
use super::left_out::LeftOut;
use super::names::stem;
use super::render::{BULLET, DESCRIBED};
use super::zipped::Zipped;
use super::{IngestError, dateline, xml};
use crate::text::{Article, Metadata};

/// The most spaces or columns that one mark in the file stands for.
const MAX_REPEATED: usize = 100;

const DELETED: &str = "words deleted with changes being tracked";
const FIELDS: &str = "codes of fields";
const HIDDEN: &str = "hidden words";

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
    for part in zip.names("word/") {
        let Some(what) = beside(&part) else { continue };
        let text = zip.part(&part)?.map(|bytes| xml::decoded(name, &bytes)).transpose()?.unwrap_or_default();
        let words = match xml::parse(name, &text) {
            Ok(text) => typed(text.root()),
            Err(_) => format!("{part} (damaged)"),
        };
        page.leave(what, &words);
    }
    page.leave("files inside this file", &inner_files(zip.names("word/")));
    page.tell_moved(&document);
    let core = zip.part("docProps/core.xml")?;
    let about = [zip.part("docProps/custom.xml")?, zip.part("docProps/app.xml")?].into_iter().flatten();
    page.article(name, core, about.collect(), left_out)
}

/// What a part of a DOCX holds whose words are no running text.
fn beside(part: &str) -> Option<&'static str> {
    let part = part.strip_prefix("word/")?;
    let is = |start: &str| part.starts_with(start) && part.ends_with(".xml");
    match part {
        "comments.xml" => Some("comments"),
        "glossary/document.xml" => Some("building blocks"),
        _ if is("header") || is("footer") => Some("headers and footers of pages"),
        _ if is("charts/chart") || is("charts/chartEx") => Some("words of charts"),
        _ if is("diagrams/data") => Some("words of diagrams"),
        _ => None,
    }
}

/// The names of files that lie in a DOCX: tables, documents and pages that are put into it.
fn inner_files(parts: Vec<String>) -> String {
    let is_file = |part: &String| {
        let kept =
            ["xml", "rels", "png", "jpg", "jpeg", "gif", "emf", "wmf", "tif", "tiff", "bmp", "svg", "odttf", "ttf"];
        let kind = part.rsplit_once('.').map(|(_, kind)| kind.to_ascii_lowercase());
        kind.is_some_and(|kind| !kept.contains(&kind.as_str()))
    };
    parts.into_iter().filter(is_file).collect::<Vec<_>>().join(", ")
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
            "p" | "tab" | "br" | "cr" | "tc" | "pt" => words.push(' '),
            "docPr" => words.push_str(&format!(" {} ", described(node))),
            // A word of a chart's table.
            "v" if node.parent_element().is_some_and(|parent| xml::is(parent, "pt")) => {
                words.extend(node.children().filter_map(|node| node.text()));
            }
            "t" | "delText" => words.extend(node.children().filter_map(|node| node.text())),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is said of a picture for who does not see it.
fn described(node: Node<'_, '_>) -> String {
    let said = ["title", "descr", "alt"].into_iter().filter_map(|key| xml::attribute(node, key));
    said.collect::<Vec<_>>().join(" ")
}

/// Whether a paragraph stands right inside another, as those of drawings do.
fn is_inside_paragraph(node: Node<'_, '_>) -> bool {
    let mut around = node.ancestors().skip(1).filter(|node| matches!(node.tag_name().name(), "p" | "txbxContent"));
    around.next().is_some_and(|around| xml::is(around, "p"))
}

/// Whether a run of a DOCX is hidden.
fn is_hidden(run: Node<'_, '_>) -> bool {
    let format = run.children().find(|node| xml::is(*node, "rPr"));
    let vanish = format.and_then(|format| format.children().find(|node| xml::is(*node, "vanish")));
    vanish.is_some_and(|vanish| !matches!(xml::attribute(vanish, "val"), Some("0" | "false" | "off")))
}

/// An ODT file, packed or flat.
pub(super) fn odt(name: &str, bytes: &[u8], left_out: &mut LeftOut) -> Result<Article, IngestError> {
    let mut objects = Vec::new();
    let (content, meta, styles) = if bytes.starts_with(b"PK") {
        let mut zip = Zipped::open(name, bytes)?;
        for part in zip.names("").iter().filter(|part| part.ends_with("/content.xml")) {
            objects.extend(zip.part(part)?);
        }
        (zip.needed("content.xml")?, zip.part("meta.xml")?, zip.part("styles.xml")?)
    } else {
        (bytes.to_vec(), None, Some(bytes.to_vec()))
    };
    let flat = meta.is_none().then(|| content.clone());
    let document = xml::decoded(name, &content)?;
    let document = xml::parse(name, &document)?;
    let styles = styles.map(|bytes| xml::decoded(name, &bytes)).transpose()?.unwrap_or_default();
    let styles = if styles.is_empty() { None } else { Some(xml::parse(name, &styles)?) };
    let all = || document.descendants().chain(styles.iter().flat_map(|styles| styles.descendants()));
    let mut page =
        Page { hidden_styles: all().filter_map(hidden_style).map(str::to_owned).collect(), ..Page::default() };
    if let Some(body) = document
        .descendants()
        .find(|node| xml::is(*node, "text") && node.parent_element().is_some_and(|parent| xml::is(parent, "body")))
    {
        walk(body, &mut |node, enters| open_document(node, enters, &mut page));
    }
    for master in styles.iter().flat_map(|styles| styles.descendants()).filter(|node| xml::is(*node, "master-page")) {
        page.leave("headers and footers of pages", &xml::words(master).unwrap_or_default());
    }
    for object in objects {
        let words = xml::decoded(name, &object).ok();
        let words = words.and_then(|text| xml::words(xml::parse(name, &text).ok()?.root()));
        page.leave("words of charts and formulas", &words.unwrap_or_default());
    }
    page.article(name, meta.or(flat), Vec::new(), left_out)
}

/// The name of a style of OpenDocument that hides what has it.
fn hidden_style<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let hides =
        |node: &Node<'_, '_>| xml::is(*node, "text-properties") && xml::attribute(*node, "display") == Some("none");
    let hidden = xml::is(node, "style") && node.children().any(|node| hides(&node));
    if hidden { xml::attribute(node, "name") } else { None }
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
            page.leave(DELETED, &typed(node));
            return false;
        }
        ("r", true) if is_hidden(node) => {
            page.leave(HIDDEN, &typed(node));
            return false;
        }
        ("Choice" | "Fallback", true) if is_second(node) => {
            let words = typed(node);
            if node.prev_siblings().skip(1).all(|other| typed(other) != words) {
                page.leave("other forms of drawings", &words);
            }
            return false;
        }
        ("docPr" | "cNvPr" | "shape" | "rect" | "group" | "tblCaption" | "tblDescription", true) => {
            let said = if node.tag_name().name().starts_with("tbl") { xml::attribute(node, "val") } else { None };
            page.describe(&said.map_or_else(|| described(node), str::to_owned));
        }
        ("sdtPr" | "ffData", true) => {
            let named = ["listItem", "listEntry", "default", "helpText", "statusText"];
            for node in node.descendants().filter(|node| named.contains(&node.tag_name().name())) {
                let said = xml::attribute(node, "displayText").or_else(|| xml::attribute(node, "val"));
                page.leave("settings of form fields", said.unwrap_or_default());
            }
            return false;
        }
        ("fldSimple", true) => page.leave(FIELDS, xml::attribute(node, "instr").unwrap_or_default()),
        ("instrText" | "delInstrText", true) => {
            page.leave(FIELDS, node.text().unwrap_or_default());
            return false;
        }
        ("delText", true) => {
            page.leave(DELETED, node.text().unwrap_or_default());
            return false;
        }
        // What was moved is told in the end, unless it stands elsewhere; properties hold no words but lists'.
        ("moveFrom" | "rPr" | "sectPr", true) => return false,
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
            match code.and_then(char::from_u32).filter(|c| !matches!(c, '\u{e000}'..='\u{f8ff}')) {
                Some(sign) => page.write(sign.encode_utf8(&mut [0; 4])),
                None => {
                    let [font, sign] = ["font", "char"].map(|key| xml::attribute(node, key).unwrap_or_default());
                    page.leave("signs that only their font knows", &format!("{font} {sign}"));
                }
            }
        }
        ("p", enters) if is_inside_paragraph(node) => {
            if enters {
                page.aside(true);
                page.paragraph();
            } else {
                page.end_of_paragraph();
                page.aside(false);
            }
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
        let text = node.text().unwrap_or_default();
        match enters {
            true if page.open => page.write_collapsed(text),
            true => page.leave("words that stand in no paragraph", text),
            false => {}
        }
        return true;
    }
    let styled = xml::attribute(node, "style-name").is_some_and(|style| page.hidden_styles.contains(style));
    let name = node.tag_name().name();
    if enters && (styled && matches!(name, "p" | "h" | "span") || xml::attribute(node, "display") == Some("none")) {
        page.leave(HIDDEN, &xml::words(node).unwrap_or_default());
        return false;
    }
    match (name, enters) {
        ("annotation", true) => {
            page.leave("comments", &xml::words(node).unwrap_or_default());
            return false;
        }
        ("tracked-changes", true) => {
            for deleted in node.descendants().filter(|node| xml::is(*node, "deletion")) {
                let words = deleted.children().filter(|node| !xml::is(*node, "change-info")).filter_map(xml::words);
                let words = words.collect::<Vec<_>>().join(" ");
                page.leave(DELETED, &words);
            }
            return false;
        }
        ("hidden-text" | "hidden-paragraph", true) => {
            let words = xml::words(node).or_else(|| xml::attribute(node, "string-value").map(str::to_owned));
            page.leave(HIDDEN, &words.unwrap_or_default());
            return false;
        }
        ("script", true) => {
            page.leave("scripts", &xml::words(node).unwrap_or_default());
            return false;
        }
        ("forms" | "variable-decls" | "user-field-decls", true) => {
            for node in node.descendants() {
                let said = ["label", "current-value", "value", "string-value"];
                let said = said.into_iter().find_map(|key| xml::attribute(node, key));
                page.leave("settings of form fields", said.unwrap_or_default());
            }
            return false;
        }
        // A picture's title; a field of that name stands among the words of a paragraph.
        ("desc" | "title", true) if !in_running_text(node) => {
            page.describe(&xml::words(node).unwrap_or_default());
            return false;
        }
        // Pictures in letters, templates of tables of contents, numbers that the program counts.
        ("binary-data" | "note-citation" | "sequence-decls", true) => return false,
        (source, true) if source.starts_with("table-of-content-") || source.ends_with("index-source") => return false,
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

/// Whether a node stands among the words of a paragraph of OpenDocument.
fn in_running_text(node: Node<'_, '_>) -> bool {
    node.parent_element().is_some_and(|parent| matches!(parent.tag_name().name(), "p" | "h" | "span" | "a" | "meta"))
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
    /// Descriptions that were told: programs write one to two places.
    described: HashSet<String>,
    /// The styles of OpenDocument whose words are hidden.
    hidden_styles: HashSet<String>,
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
        self.left_out.tell(what, words);
    }

    fn describe(&mut self, words: &str) {
        if !words.is_empty() && self.described.insert(words.to_owned()) {
            self.leave(DESCRIBED, words);
        }
    }

    /// Tells what was moved away in a DOCX, unless it has come to stand elsewhere.
    fn tell_moved(&mut self, document: &Document<'_>) {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = words(&format!("{} {} {}", self.text, self.boxes, self.notes));
        for moved in document.descendants().filter(|node| xml::is(*node, "moveFrom")).map(typed) {
            if !text.contains(&words(&moved)) {
                self.leave("words moved away with changes being tracked", &moved);
            }
        }
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
        if piece.is_empty() {
            return;
        }
        // Words outside of paragraphs are no less words.
        if !self.open {
            self.paragraph();
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
    fn article(
        mut self,
        name: &str,
        properties: Option<Vec<u8>>,
        about: Vec<Vec<u8>>,
        left_out: &mut LeftOut,
    ) -> Result<Article, IngestError> {
        self.rows = 0;
        self.place_boxes();
        add_paragraph(&mut self.text, &self.notes);
        *left_out = std::mem::take(&mut self.left_out);
        let decoded = |bytes: &Vec<u8>| xml::decoded(name, bytes).ok();
        let said = properties.as_ref().and_then(decoded);
        let properties = said.as_ref().and_then(|text| Some(Properties::of(xml::parse(name, text).ok()?.root())));
        let properties = properties.unwrap_or_default();
        let text = self.text.trim().to_owned();
        let guessed = super::text::article(name, "", text.clone())?;
        let days = dateline::of_document(&text, stem(name), properties.days);
        let meta = Metadata {
            title: properties.title.or(self.title).unwrap_or(guessed.meta.title),
            author: properties.author.unwrap_or_default(),
            language: properties.language.unwrap_or(guessed.meta.language),
            date: days.taken(),
            dates: days.all(),
            origin: name.to_owned(),
            ..guessed.meta
        };
        let article = finish(name, meta, text)?;
        for text in said.into_iter().chain(about.iter().filter_map(decoded)) {
            if let Ok(file) = xml::parse(name, &text) {
                let about = xml::first(file.root(), "meta").unwrap_or(file.root());
                let counted = |node: Node<'_, '_>| UNTOLD.contains(&node.tag_name().name());
                let said = about.descendants().filter(|node| node.is_text());
                let said = said.filter(|node| !node.ancestors().any(counted)).filter_map(|node| node.text());
                left_out.tell_rest("properties of the file", said, &article);
            }
        }
        Ok(article)
    }
}

/// What programs write of themselves, and titles of parts that stand in the text.
const UNTOLD: &[&str] =
    &["Application", "AppVersion", "Template", "TitlesOfParts", "HeadingPairs", "DocSecurity", "generator"];

/// What an office file says of itself.
#[derive(Default)]
struct Properties {
    title: Option<String>,
    author: Option<String>,
    language: Option<String>,
    days: FileDays,
}

impl Properties {
    fn of(root: Node<'_, '_>) -> Self {
        let author = xml::words_of(root, "initial-creator").or_else(|| xml::words_of(root, "creator"));
        // A flat file holds its properties beside its text, which has titles of its own.
        let about = xml::first(root, "meta").unwrap_or(root);
        let day = |names: [&str; 2]| {
            let said = names.into_iter().find_map(|name| xml::words_of(about, name));
            said.and_then(|said| dateline::of_field(&said))
        };
        let days =
            FileDays { made: day(["created", "creation-date"]), saved: day(["modified", "date"]), is_copy: false };
        Self {
            title: xml::words_of(about, "title"),
            author,
            language: xml::words_of(about, "language").and_then(|tag| language::of_field(&tag)),
            days,
        }
    }
}
