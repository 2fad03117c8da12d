//! The fixture notation of the engine's tests: a text with the expected spans marked in it.
//!
//! `<person>Xi Jinping</person> … <person Xi Jinping>Xi</person>`, `<country CN>Chinese</country>`,
//! `<place US>Boise</place>`, `<event>Winter Olympics</event>`, `<trigger CONSULT>met</trigger>`. What follows the tag's
//! name is the attribute: of a person the full name where the mention says it otherwise, of a country and a place the
//! code, of a trigger the PLOVER type where there is one.

use text_size::TextRange;

use super::{Document, Engine, Label, Options, Suggestions};
use crate::project::EventType;

/// A text and what is marked in it.
pub(crate) struct Fixture {
    /// The text without its tags.
    pub text: String,
    /// The marks in the order of their ends.
    pub marks: Vec<Mark>,
}

/// A marked stretch.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub range: TextRange,
    /// The tag's name: "person".
    pub tag: String,
    /// What follows the tag's name; empty where nothing does.
    pub attribute: String,
}

/// Reads the notation. `<` without a tag's name behind it is text.
pub(crate) fn parse(marked: &str) -> Fixture {
    let mut fixture = Fixture { text: String::new(), marks: Vec::new() };
    let mut open: Vec<(usize, String, String)> = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        fixture.text.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((tag, after)) = rest[1..].split_once('>').filter(|(tag, _)| is_tag(tag)) else {
            fixture.text.push('<');
            rest = &rest[1..];
            continue;
        };
        if let Some(name) = tag.strip_prefix('/') {
            let (start, tag, attribute) = open.pop().unwrap_or_else(|| panic!("</{name}> closes nothing: {marked}"));
            assert_eq!(tag, name, "tags do not nest: {marked}");
            let range = crate::text::byte_range(start, fixture.text.len()).unwrap();
            fixture.marks.push(Mark { range, tag, attribute });
        } else {
            let (name, attribute) = tag.split_once(' ').unwrap_or((tag, ""));
            open.push((fixture.text.len(), name.to_owned(), attribute.to_owned()));
        }
        rest = after;
    }
    fixture.text.push_str(rest);
    assert!(open.is_empty(), "a tag stays open: {marked}");
    fixture
}

fn is_tag(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
    ["person", "country", "place", "event", "trigger", "norp", "org"].contains(&name)
}

/// `text` with the spans of `labels` marked, as [`parse`] reads it.
pub(crate) fn render(text: &str, found: &Suggestions, labels: &[Label]) -> String {
    let mut edges: Vec<(usize, u8, usize, String)> = Vec::new();
    for (index, span) in
        found.spans.iter().enumerate().filter(|(_, span)| labels.iter().any(|label| span.label == *label))
    {
        let (name, range) = (span.label.name().to_lowercase(), crate::text::bytes(span.range));
        let attribute = attribute(text, found, index);
        let space = if attribute.is_empty() { "" } else { " " };
        edges.push((range.start, 1, usize::MAX - range.end, format!("<{name}{space}{attribute}>")));
        edges.push((range.end, 0, usize::MAX - range.start, format!("</{name}>")));
    }
    edges.sort();
    let mut marked = String::new();
    let mut from = 0;
    for (at, _, _, tag) in edges {
        marked.push_str(&text[from..at]);
        marked.push_str(&tag);
        from = at;
    }
    marked + &text[from..]
}

fn attribute(text: &str, found: &Suggestions, index: usize) -> String {
    let span = &found.spans[index];
    match span.label.own() {
        Some(Label::Person) => {
            let owner = found.people().iter().find(|person| person.mentions.contains(&index));
            let name = owner.map_or("nobody", |person| &person.name);
            if text[crate::text::bytes(span.range)] == *name { String::new() } else { name.to_owned() }
        }
        Some(Label::Country) => span.country.map(|code| code.to_string()).unwrap_or_default(),
        Some(Label::Place) => span.in_country.map(|code| code.to_string()).unwrap_or_default(),
        Some(Label::Trigger) => {
            let owner = found.events.iter().find(|event| event.mentions.contains(&index));
            match owner.map(|event| event.kind) {
                Some(EventType::Happening(Some(plover))) => plover.name().to_owned(),
                _ => String::new(),
            }
        }
        Some(Label::Event | Label::Norp | Label::Org) | None => String::new(),
    }
}

/// What the whole engine finds in a text without a date.
pub(crate) fn suggest(text: &str) -> Suggestions {
    Engine::new(Options::default()).suggest(&Document::new(text, None))
}

/// Panics unless the engine finds exactly the marked spans among those of `labels`.
#[track_caller]
pub(crate) fn check(labels: &[Label], marked: &str) {
    let fixture = parse(marked);
    let found = suggest(&fixture.text);
    let actual = render(&fixture.text, &found, labels);
    assert!(actual == marked, "\nexpected {marked}\n     got {actual}\n");
}

#[test]
fn what_is_marked_is_read() {
    let fixture = parse("a < b, <event><country CN>Chinese</country> vote</event>");
    assert_eq!(fixture.text, "a < b, Chinese vote");
    let marks: Vec<_> =
        fixture.marks.iter().map(|m| (&fixture.text[crate::text::bytes(m.range)], &*m.attribute)).collect();
    assert_eq!(marks, [("Chinese", "CN"), ("Chinese vote", "")]);
}
