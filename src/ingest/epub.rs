//! E-books: each document of the book's reading order is an article.

use std::collections::{HashMap, HashSet};

use super::article::finish;
use super::dom::Dom;
use super::language;
use super::left_out::LeftOut;
use super::limits::MAX_ENTRIES;
use super::sink::Sink;
use super::zipped::Zipped;
use super::{IngestError, Input, dateline, decode, html, render, xml};
use crate::text::{DatePlace, Metadata};

pub(super) fn read(input: &Input<'_>, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let mut zip = Zipped::open(input.name, input.bytes)?;
    if zip.part("META-INF/encryption.xml")?.is_some() && zip.part("META-INF/rights.xml")?.is_some() {
        return Err(IngestError::damaged(
            input.name,
            "it is locked by its shop. Only books without a lock can be read",
        ));
    }
    let container = xml::decoded(input.name, &zip.needed("META-INF/container.xml")?)?;
    let container = xml::parse(input.name, &container)?;
    let package = xml::first(container.root(), "rootfile").and_then(|root| xml::attribute(root, "full-path"));
    let package = package.unwrap_or("content.opf").to_owned();
    let opf = xml::decoded(input.name, &zip.needed(&package)?)?;
    let opf_tree = xml::parse(input.name, &opf)?;
    let book = Book::of(input.name, &opf_tree);
    let mut about = LeftOut::default();
    for said in opf_tree.descendants().filter(|node| UNKEPT.iter().any(|name| xml::is(*node, name))) {
        about.tell("properties of the book", &xml::words(said).unwrap_or_default());
    }
    sink.count(opf.len() as u64)?;
    let mut parts = 0;
    // Articles are named by their headings, and come from the publisher where there is one.
    about.tell("properties of the book", if book.publisher.is_empty() { "" } else { &book.title });
    for (href, what) in &book.others {
        let page = zip.part(&resolved(&package, href))?;
        let page = page.and_then(|bytes| decode::decode(href, &bytes, html::declared(&bytes)).ok());
        match page.and_then(|page| html::parse(href, &page).ok()) {
            Some(page) => {
                about.tell(*what, &render::text(&page, 0));
                render::tell(&page, 0, &|_| None, &mut about);
            }
            None => about.tell(*what, href),
        }
    }
    sink.left_out("", &about);
    for href in &book.documents {
        let path = resolved(&package, href);
        let number = parts + 1;
        let before = sink.articles();
        sink.inside(&path, |sink| {
            let Some(bytes) = zip.part(&path)? else {
                return Err(IngestError::damaged(input.name, "the book names this document, but it is not in it"));
            };
            sink.count(bytes.len() as u64)?;
            book.article(input.name, &path, number, &bytes, sink)
        })?;
        parts += usize::from(sink.articles() > before);
    }
    if parts == 0 && sink.problems() == 0 {
        return Err(IngestError::Empty { name: input.name.to_owned() });
    }
    Ok(())
}

/// What a package says of a book that no field of an article holds.
const UNKEPT: &[&str] = &["subject", "description", "contributor", "rights", "coverage", "relation", "type"];

/// What the package says of a book.
struct Book {
    title: String,
    author: String,
    publisher: String,
    language: String,
    date: Option<jiff::civil::Date>,
    /// The paths of its documents in reading order.
    documents: Vec<String>,
    /// The paths of those that are not read, and what they are.
    others: Vec<(String, &'static str)>,
}

impl Book {
    fn of(name: &str, package: &roxmltree::Document<'_>) -> Self {
        let root = package.root();
        let said = |element: &str| xml::words_of(root, element).unwrap_or_default();
        let authors: Vec<_> =
            root.descendants().filter(|node| xml::is(*node, "creator")).filter_map(xml::words).collect();
        let mut items = HashMap::new();
        let mut others = Vec::new();
        for item in root.descendants().filter(|node| xml::is(*node, "item")) {
            let page = xml::attribute(item, "media-type").is_none_or(|kind| kind.contains("html"));
            let contents =
                xml::attribute(item, "properties").is_some_and(|kind| kind.split(' ').any(|word| word == "nav"));
            let (Some(id), Some(href)) = (xml::attribute(item, "id"), xml::attribute(item, "href")) else { continue };
            match (page, contents) {
                (true, false) => drop(items.insert(id, href)),
                (true, true) => others.push((href.to_owned(), "the book's tables of contents")),
                _ => {}
            }
        }
        let spine = root.descendants().filter(|node| xml::is(*node, "itemref"));
        let spine = spine.filter(|node| xml::attribute(*node, "linear") != Some("no"));
        let documents = spine.filter_map(|node| items.get(xml::attribute(node, "idref")?));
        let documents: Vec<String> = documents.take(MAX_ENTRIES).map(|href| (*href).to_owned()).collect();
        let read: HashSet<&str> = documents.iter().map(String::as_str).collect();
        let aside = items.values().filter(|href| !read.contains(**href));
        let mut aside: Vec<_> =
            aside.map(|href| ((*href).to_owned(), "documents outside the book's reading order")).collect();
        aside.sort();
        others.extend(aside.into_iter().take(MAX_ENTRIES));
        let title = said("title");
        Self {
            title: if title.is_empty() { super::stem(name).to_owned() } else { title },
            author: authors.join(", "),
            publisher: said("publisher"),
            language: language::of_field(&said("language")).unwrap_or_default(),
            date: dateline::of_field(&said("date")),
            documents,
            others,
        }
    }

    /// Hands on the article of a document, unless there is no text in it: covers have none.
    fn article(
        &self,
        name: &str,
        path: &str,
        number: usize,
        bytes: &[u8],
        sink: &mut Sink<'_>,
    ) -> Result<(), IngestError> {
        let page = decode::decode(path, bytes, html::declared(bytes))?;
        let dom = html::parse(path, &page)?;
        let text = render::text(&dom, 0);
        let mut left_out = LeftOut::default();
        render::tell(&dom, 0, &|_| None, &mut left_out);
        if text.trim().is_empty() {
            sink.left_out("", &left_out);
            return Ok(());
        }
        let mut days = dateline::find(&text, self.date.as_slice()).days;
        days.take(self.date, DatePlace::Field("dc:date".to_owned()));
        let meta = Metadata {
            title: heading(&dom).unwrap_or_else(|| format!("{}, part {number}", self.title)),
            source: if self.publisher.is_empty() { self.title.clone() } else { self.publisher.clone() },
            author: self.author.clone(),
            language: self.language.clone(),
            date: days.taken(),
            dates: days.all(),
            origin: format!("{name}/{path}"),
            ..Metadata::default()
        };
        sink.article(finish(path, meta, text)?)?;
        sink.left_out("", &left_out);
        Ok(())
    }
}

/// The first heading of a document that has words.
fn heading(dom: &Dom) -> Option<String> {
    let words = |id| render::text(dom, id).split_whitespace().collect::<Vec<_>>().join(" ");
    ["h1", "h2", "h3"].into_iter().find_map(|name| dom.elements(name).map(words).find(|words| !words.is_empty()))
}

/// A path in the book that is written relative to the package, its escapes read.
fn resolved(package: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut parts: Vec<String> = package.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(unescaped(part)),
        }
    }
    parts.join("/")
}

/// `%20` as a space.
fn unescaped(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_package() {
        assert_eq!(resolved("OPS/package.opf", "text/a%20b.xhtml#top"), "OPS/text/a b.xhtml");
        assert_eq!(resolved("content.opf", "../../x.html"), "x.html");
        assert_eq!(unescaped("100%"), "100%");
    }
}
