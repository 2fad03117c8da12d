//! Markdown: the rendered text; title, source and date from the front matter or the first heading.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::article::finish;
use super::days::Days;
use super::left_out::LeftOut;
use super::names::stem;
use super::render::{BULLET, DESCRIBED};
use super::{IngestError, dateline, decode, html};
use crate::text::{Article, DatePlace, Metadata};

pub(super) fn read(name: &str, bytes: &[u8], left_out: &mut LeftOut) -> Result<Article, IngestError> {
    let source = decode::decode(name, bytes, None)?;
    let mut page = Page::default();
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(&source, options) {
        page.take(event);
    }
    let mut text = page.text;
    text.truncate(text.trim_end().len());
    *left_out = page.left_out;
    let mut meta = front_matter(&page.front_matter);
    if meta.title.is_empty() {
        meta.title = page.heading.unwrap_or_default();
    }
    let named = dateline::of_file_name(stem(name));
    let clues: Vec<_> = meta.date.into_iter().chain(named).collect();
    let line = dateline::find(&text, &clues);
    let mut days = Days::of(&meta);
    days.join(line.days);
    days.take(named, DatePlace::FileName);
    days.join(dateline::mentioned(&text));
    days.set(&mut meta);
    if meta.source.is_empty() {
        meta.source = line.source.unwrap_or_default();
    }
    name.clone_into(&mut meta.origin);
    let article = finish(name, meta, text)?;
    let lines = page.front_matter.lines().filter(|line| !is_known(line));
    left_out.tell_rest("other lines of the front matter", lines, &article);
    // One to which no link refers may be a line that somebody wrote: "[Reporter]: yes".
    for definition in source.lines().map(str::trim_start).filter(|line| line.starts_with('[')) {
        let Some((label, rest)) = definition.split_once("]:") else { continue };
        let address = rest.trim_start().split_once(char::is_whitespace).filter(|(first, _)| first.contains(['/', '#']));
        left_out.tell_rest("definitions of links", [label, address.map_or(rest, |(_, title)| title)], &article);
    }
    Ok(article)
}

/// Whether a line of the front matter becomes metadata.
fn is_known(line: &str) -> bool {
    front_matter(line) != Metadata::default()
}

/// `key: value` (or `key = value`) lines; what is not known is left out.
fn front_matter(block: &str) -> Metadata {
    let mut meta = Metadata::default();
    for line in block.lines() {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        let value = value.trim().trim_matches(['"', '\'']).trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "title" | "headline" => value.clone_into(&mut meta.title),
            "source" | "publisher" | "site" => value.clone_into(&mut meta.source),
            "author" | "authors" | "byline" => value.trim_matches(['[', ']']).clone_into(&mut meta.author),
            "section" | "category" => value.trim_matches(['[', ']']).clone_into(&mut meta.section),
            "url" | "link" | "canonical" => value.clone_into(&mut meta.url),
            "lang" | "language" => value.clone_into(&mut meta.language),
            key @ ("date" | "published") => {
                let mut days = Days::default();
                days.take(dateline::of_field(value), DatePlace::Field(key.to_owned()));
                days.set(&mut meta);
            }
            _ => {}
        }
    }
    meta
}

/// The text as far as it is rendered.
#[derive(Default)]
struct Page {
    text: String,
    front_matter: String,
    heading: Option<String>,
    /// Where the first heading starts in the text, while it is open.
    heading_at: Option<usize>,
    /// HTML between blank lines, to be rendered as one piece.
    html: String,
    in_metadata: bool,
    /// How many images are open: their descriptions are not part of the text.
    images: usize,
    left_out: LeftOut,
    /// The open lists: the next number, or none for bullets.
    lists: Vec<Option<u64>>,
    /// Whether an item's sign was just written, so that its first paragraph follows on the same line.
    item_opened: bool,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_metadata => self.front_matter.push_str(&text),
            Event::Text(text) | Event::Code(text) => self.write(&text),
            Event::Html(html) => self.html.push_str(&html),
            // Tags alone have no words but those that describe.
            Event::InlineHtml(html) => drop(html::fragment(&html, &mut self.left_out)),
            Event::SoftBreak => self.write(" "),
            Event::HardBreak => self.write("\n"),
            Event::Rule => self.paragraph(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::MetadataBlock(_) => self.in_metadata = true,
            Tag::Image { title, .. } => {
                self.images += 1;
                self.left_out.tell(DESCRIBED, &title);
            }
            Tag::Link { title, .. } => self.left_out.tell(DESCRIBED, &title),
            Tag::Heading { .. } => {
                self.paragraph();
                if self.heading.is_none() {
                    self.heading_at = Some(self.text.len());
                }
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::Table(_) | Tag::FootnoteDefinition(_) => self.paragraph(),
            Tag::CodeBlock(kind) => {
                debug_assert!(matches!(kind, CodeBlockKind::Indented | CodeBlockKind::Fenced(_)));
                self.paragraph();
            }
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.paragraph();
                }
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::TableRow => self.line(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::MetadataBlock(_) => self.in_metadata = false,
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                self.left_out.add(DESCRIBED, " ");
            }
            TagEnd::Heading(_) => {
                if let Some(at) = self.heading_at.take() {
                    self.heading = self.text.get(at..).map(|heading| heading.trim().to_owned());
                }
            }
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::Item => self.item_opened = false,
            TagEnd::TableCell => self.write("\t"),
            TagEnd::HtmlBlock => {
                let rendered = html::fragment(&std::mem::take(&mut self.html), &mut self.left_out);
                if !rendered.is_empty() {
                    self.paragraph();
                    self.write(&rendered);
                }
            }
            _ => {}
        }
    }

    fn write(&mut self, piece: &str) {
        if self.images > 0 {
            self.left_out.add(DESCRIBED, piece);
        } else if !self.in_metadata {
            self.text.push_str(piece);
            self.item_opened = false;
        }
    }

    fn item(&mut self) {
        self.line();
        let depth = self.lists.len().saturating_sub(1);
        // Far deeper than any article goes; without a bound the indents of nested lists would add up to gigabytes.
        self.text.push_str(&"  ".repeat(depth.min(8)));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.text.push_str(&format!("{number}. "));
                *number = number.saturating_add(1);
            }
            _ => self.text.push_str(BULLET),
        }
        self.item_opened = true;
    }

    /// A new line, unless one was just begun.
    fn line(&mut self) {
        self.text.truncate(self.text.trim_end_matches([' ', '\t']).len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// A blank line, unless nothing or an item's sign stands before.
    fn paragraph(&mut self) {
        if self.item_opened || self.text.is_empty() {
            return;
        }
        self.text.truncate(self.text.trim_end().len());
        self.text.push_str("\n\n");
    }
}
