//! XML as the exports write it: escaped so that every reader gets the same characters back, line ends included.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use super::LeftOut;
use super::view::ArticleView;

/// An XML document in memory, where writing cannot fail.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document without a declaration.
    pub fn bare() -> Self {
        Self(Writer::new(Vec::new()))
    }

    /// A document with its declaration.
    pub fn new() -> Self {
        let mut xml = Self::bare();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.line();
        xml
    }

    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(start(name, attributes)));
    }

    pub fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    pub fn text(&mut self, text: &str) {
        let escaped = escape(clean(text)).replace('\r', "&#13;");
        self.event(Event::Text(BytesText::from_escaped(escaped)));
    }

    /// An element without content, on a line of its own.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(start(name, attributes)));
        self.line();
    }

    /// An element of text, on a line of its own.
    pub fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
        self.line();
    }

    /// An element of other elements, each on a line of its own.
    pub fn group(&mut self, name: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        self.line();
        content(self);
        self.close(name);
        self.line();
    }

    /// Ends the line, where white space means nothing.
    pub fn line(&mut self) {
        self.event(Event::Text(BytesText::from_escaped("\n")));
    }

    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner()
    }

    fn event(&mut self, event: Event<'_>) {
        // Into memory: it does not fail.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        // A reader takes line ends and tabs in an attribute for spaces unless they are written as references.
        let value = escape(clean(value)).replace('\r', "&#13;").replace('\n', "&#10;").replace('\t', "&#9;");
        start.push_attribute(Attribute { key: QName(name.as_bytes()), value: Cow::Owned(value.into_bytes()) });
    }
    start
}

/// The text with U+FFFD for each character that XML 1.0 has no place for. Offsets stay, also in UTF-16 units.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.contains(is_forbidden) { Cow::Owned(text.replace(is_forbidden, "\u{FFFD}")) } else { Cow::Borrowed(text) }
}

/// Controls but for tab and line ends, and the two that are no characters.
pub(super) fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Tells which characters of an article's text [`clean`] replaces.
pub(super) fn tell_forbidden(article: &ArticleView<'_>, left_out: &mut Vec<LeftOut>) {
    let count = article.text.chars().filter(|c| is_forbidden(*c)).count();
    if count > 0 {
        let what = format!("{count} control {} of the text", if count == 1 { "character" } else { "characters" });
        left_out.push(article.left_out(what, "XML has no place for it, U+FFFD stands there"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_special_is_escaped_and_what_is_forbidden_replaced() {
        let mut xml = Xml::new();
        xml.open("a", &[("b", "<\"'&>\r\n\t\u{1}𝔘")]);
        xml.text("<\"'&>]]>\r\n\t\u{0}\u{FFFE}𝔘");
        xml.close("a");
        assert_eq!(
            String::from_utf8(xml.finish()).unwrap(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <a b=\"&lt;&quot;&apos;&amp;&gt;&#13;&#10;&#9;\u{FFFD}𝔘\">\
             &lt;&quot;&apos;&amp;&gt;]]&gt;&#13;\n\t\u{FFFD}\u{FFFD}𝔘</a>"
        );
        assert_eq!("a\u{1}b\u{FFFF}".encode_utf16().count(), clean("a\u{1}b\u{FFFF}").encode_utf16().count());
    }
}
