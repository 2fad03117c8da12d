//! XML as the importers read it: one element after another, without recursion, and nothing is ever resolved but the
//! five names and the numbers that XML itself knows. No DTD, no entity, no other file.

use std::borrow::Cow;
use std::collections::BTreeSet;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// How deep elements may stand in each other.
const MAX_DEPTH: usize = 1000;

/// How many elements and attributes a document may have: each takes more memory than room in the file.
const MAX_PARTS: usize = 10_000_000;

/// What comes next in a document.
pub(super) enum Next {
    Open(Element),
    Close,
    Text(String),
    End,
}

/// The beginning of an element.
pub(super) struct Element {
    /// Its name with the prefix of its namespace.
    pub name: String,
    /// Its attributes by their names, prefixes included; of two of one name the first.
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The name without a prefix.
    pub fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or_default()
    }

    /// An attribute's value; none where it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Reads a document from its beginning to its end.
pub(super) struct Document<'x> {
    reader: Reader<&'x [u8]>,
    source: &'x str,
    depth: usize,
    parts: usize,
    /// An empty element has been opened and not closed.
    empty: bool,
    /// Names of entities that the document uses and that are not resolved.
    pub unknown: BTreeSet<String>,
}

impl<'x> Document<'x> {
    pub fn new(source: &'x str) -> Self {
        let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
        Self { reader: Reader::from_str(source), source, depth: 0, parts: 0, empty: false, unknown: BTreeSet::new() }
    }

    /// What comes next; white space is text.
    ///
    /// # Errors
    /// What is wrong and in which line, where it is no well-formed XML or too deep.
    pub fn next(&mut self) -> Result<Next, String> {
        if std::mem::take(&mut self.empty) {
            self.depth -= 1;
            return Ok(Next::Close);
        }
        loop {
            let event = self.reader.read_event().map_err(|error| self.at(&error.to_string()))?;
            match event {
                Event::Start(start) => return self.open(&start, false),
                Event::Empty(start) => return self.open(&start, true),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Next::Close);
                }
                Event::Text(text) => {
                    return Ok(Next::Text(text.xml10_content().map_err(|e| self.at(&e.to_string()))?.into_owned()));
                }
                Event::CData(text) => {
                    return Ok(Next::Text(text.xml10_content().map_err(|e| self.at(&e.to_string()))?.into_owned()));
                }
                Event::GeneralRef(name) => {
                    let number = name.resolve_char_ref().map_err(|error| self.at(&error.to_string()))?;
                    let name = name.decode().map_err(|error| self.at(&error.to_string()))?;
                    return Ok(Next::Text(match number {
                        Some(c) => c.to_string(),
                        None => self.named(&name),
                    }));
                }
                Event::Eof if self.depth > 0 => return Err(self.at("it ends in the middle of an element")),
                Event::Eof => return Ok(Next::End),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    /// A named reference: one of XML's own, or the letters as they stand.
    fn named(&mut self, name: &str) -> String {
        match resolve_predefined_entity(name) {
            Some(known) => known.to_owned(),
            None => {
                self.unknown.insert(name.to_owned());
                format!("&{name};")
            }
        }
    }

    fn open(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<Next, String> {
        self.depth += 1;
        self.parts += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.at(&format!("its elements are nested deeper than {MAX_DEPTH}")));
        }
        self.empty = empty;
        let utf8 = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut attributes = Vec::new();
        // Looking for the same name twice would compare each with all others.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.at(&error.to_string()))?;
            let value: Cow<'_, str> = match attribute.normalized_value(XmlVersion::Explicit1_0) {
                Ok(value) => value,
                // An entity that is not resolved: the value stays as it is written.
                Err(_) => {
                    self.unknown.insert(format!("in {}", utf8(attribute.key.as_ref())));
                    Cow::Owned(utf8(&attribute.value))
                }
            };
            attributes.push((utf8(attribute.key.as_ref()), value.into_owned()));
            self.parts += 1;
            if self.parts > MAX_PARTS {
                return Err(self.at(&format!("it has more than {MAX_PARTS} elements and attributes")));
            }
        }
        Ok(Next::Open(Element { name: utf8(start.name().as_ref()), attributes }))
    }

    /// A problem with the line that it is in.
    fn at(&self, problem: &str) -> String {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let before = self.source.as_bytes().get(..at).unwrap_or(self.source.as_bytes());
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("line {line}: {problem}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The document as what comes next, one after the other; an error last.
    fn read(source: &str) -> Vec<String> {
        let mut document = Document::new(source);
        let mut read = Vec::new();
        loop {
            read.push(match document.next() {
                Ok(Next::Open(element)) => {
                    let attributes: Vec<_> = element.attributes().map(|(n, v)| format!(" {n}={v}")).collect();
                    format!("<{}{}>", element.name, attributes.concat())
                }
                Ok(Next::Close) => "</>".to_owned(),
                Ok(Next::Text(text)) => text,
                Ok(Next::End) => return read,
                Err(problem) => {
                    read.push(problem);
                    return read;
                }
            });
        }
    }

    #[test]
    fn elements_attributes_and_text() {
        assert_eq!(read("\u{FEFF}<a b='x&#10;&lt;\r\ny'/>"), ["<a b=x\n< y>", "</>"]);
        assert_eq!(read("<a>x\r\n&#13;<![CDATA[<&]]>&amp;</a>"), ["<a>", "x\n", "\r", "<&", "&", "</>"]);
        assert!(read("<a><b></a>").last().unwrap().starts_with("line 1: "));
        assert!(read("\n\n<a>").last().unwrap().contains("line 3: it ends in the middle"));
    }

    #[test]
    fn no_entity_is_expanded() {
        let mut bomb = String::from("<!DOCTYPE a [<!ENTITY x0 'ha'>");
        for level in 1..30 {
            let before = format!("&x{};", level - 1).repeat(10);
            bomb.push_str(&format!("<!ENTITY x{level} '{before}'>"));
        }
        bomb.push_str("<!ENTITY f SYSTEM 'file:///etc/passwd'>]><a b='&x29;'>&x29;&f;</a>");
        assert_eq!(read(&bomb), ["<a b=&x29;>", "&x29;", "&f;", "</>"]);
    }

    #[test]
    fn depth_and_many_attributes_do_no_harm() {
        let deep = read(&"<a>".repeat(100_000));
        assert_eq!(deep.len(), MAX_DEPTH + 1);
        assert!(deep.last().unwrap().contains("deeper than 1000"));
        let many: String = (0..100_000).map(|n| format!(" a{n}='x'")).collect();
        assert_eq!(read(&format!("<a{many} b='{}'/>", "y".repeat(1_000_000))).len(), 2);
    }
}
