//! News agencies' XML: NewsML-G2 items and messages of them, and NITF.

use roxmltree::Node;

use super::article::finish;
use super::days::Days;
use super::language;
use super::left_out::LeftOut;
use super::sink::Sink;
use super::{IngestError, Input, dateline, html, text, xml};
use crate::text::{Article, DatePlace, Metadata};

pub(super) fn read(input: &Input<'_>, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let text = xml::decoded(input.name, input.bytes)?;
    let document = xml::parse(input.name, &text)?;
    let root = document.root_element();
    if xml::is(root, "nitf") {
        return nitf(input, &text, root, sink);
    }
    let is_item = |node: &Node<'_, '_>| {
        xml::is(*node, "newsItem") && !node.ancestors().skip(1).any(|above| xml::is(above, "newsItem"))
    };
    let items: Vec<_> = document.descendants().filter(is_item).collect();
    if items.is_empty() {
        let name = root.tag_name().name();
        let what = format!("it is XML, but neither NewsML-G2 nor NITF: its root is <{name}>. Save it as text or HTML");
        return Err(IngestError::damaged(input.name, what));
    }
    let several = items.len() > 1;
    for (at, item) in items.into_iter().enumerate() {
        let place = if several { format!("item {}", at + 1) } else { String::new() };
        sink.inside(&place, |sink| news_item(input, &text, item, &place, sink))?;
    }
    Ok(())
}

fn origin(input: &Input<'_>, place: &str) -> String {
    if place.is_empty() { input.name.to_owned() } else { format!("{}, {place}", input.name) }
}

fn news_item(
    input: &Input<'_>,
    source: &str,
    item: Node<'_, '_>,
    place: &str,
    sink: &mut Sink<'_>,
) -> Result<(), IngestError> {
    let content = xml::first(item, "contentSet");
    let mut left_out = LeftOut::default();
    let Some(body) = content.and_then(|content| body(source, content, &mut left_out)) else {
        let what = "this item has no text of its own: it is a picture, a film, or names a text that lies elsewhere";
        return Err(IngestError::damaged(input.name, what));
    };
    let guessed = text::article(input.name, "", body)?;
    let of = |name: &str| xml::words_of(item, name);
    let about = xml::first(item, "contentMeta").unwrap_or(item);
    let by: Vec<_> = about.descendants().filter(|node| xml::is(*node, "by")).filter_map(xml::words).collect();
    let called = |name: &str| {
        let node = item.descendants().find(|node| xml::is(*node, name))?;
        let name = xml::words_of(node, "name").or_else(|| xml::words(node));
        name.or_else(|| xml::attribute(node, "literal").map(str::to_owned))
    };
    let dates = ["contentCreated", "firstCreated", "versionCreated"];
    let mut days = Days::default();
    for name in dates {
        days.take(of(name).and_then(|date| dateline::of_field(&date)), DatePlace::Field(name.to_owned()));
    }
    let language =
        xml::first(about, "language").and_then(|node| xml::attribute(node, "tag")).or(xml::attribute(item, "lang"));
    let nested = xml::first(item, "nitf").map(Nitf::of).unwrap_or_default();
    days.take(nested.date, DatePlace::Field("date.issue".to_owned()));
    days.join(Days::of(&guessed.meta));
    let meta = Metadata {
        title: xml::words_of(about, "headline").or(nested.title).unwrap_or(guessed.meta.title),
        source: called("provider").or_else(|| called("infoSource")).or(nested.source).unwrap_or(guessed.meta.source),
        author: if by.is_empty() { nested.author.unwrap_or_default() } else { by.join(", ") },
        language: language.and_then(language::of_field).unwrap_or(guessed.meta.language),
        date: days.taken(),
        dates: days.all(),
        origin: origin(input, place),
        ..guessed.meta
    };
    given(item, finish(input.name, meta, guessed.text.as_str().to_owned())?, left_out, sink)
}

/// Hands on an article, and tells what of its item it does not hold.
fn given(item: Node<'_, '_>, article: Article, mut left_out: LeftOut, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let is_tangled = |node: Node<'_, '_>| xml::is(node, "inlineData");
    let said = item.descendants().filter(|node| node.is_text() && !node.ancestors().any(is_tangled));
    left_out.tell_rest("other words of the item", said.filter_map(|node| node.text()), &article);
    sink.article(article)?;
    sink.left_out("", &left_out);
    Ok(())
}

/// The text of an item: of the markup inside it, else of its plain data.
fn body(source: &str, content: Node<'_, '_>, left_out: &mut LeftOut) -> Option<String> {
    let inline = content.descendants().filter(|node| xml::is(*node, "inlineXML"));
    let mut of_markup = inline.filter_map(|node| {
        let body = xml::first(node, "body.content").or_else(|| xml::first(node, "body")).unwrap_or(node);
        markup(source, body, left_out)
    });
    let found = of_markup.find(|text| !text.is_empty());
    drop(of_markup);
    let mut data = content.descendants().filter(|node| xml::is(*node, "inlineData"));
    found.or_else(|| {
        data.find_map(|node| {
            let text: String =
                node.descendants().filter_map(|node| node.is_text().then(|| node.text()).flatten()).collect();
            let html = xml::attribute(node, "contenttype").is_some_and(|kind| kind.contains("html"));
            let text = if html { html::fragment(&text, left_out) } else { text.trim().to_owned() };
            (!text.is_empty()).then_some(text)
        })
    })
}

/// The text of markup as a web page shows it.
fn markup(source: &str, node: Node<'_, '_>, left_out: &mut LeftOut) -> Option<String> {
    let text = html::fragment(&without_prefixes(source.get(node.range())?), left_out);
    (!text.trim().is_empty()).then_some(text)
}

/// Tags without the prefix of their namespace: a web page has none.
fn without_prefixes(markup: &str) -> String {
    let mut plain = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        plain.push('<');
        let (slash, name) = tag.strip_prefix('/').map_or(("", tag), |name| ("/", name));
        plain.push_str(slash);
        let end =
            name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))).unwrap_or(name.len());
        rest = match name.get(end..).and_then(|after| after.strip_prefix(':')) {
            Some(after) => after,
            None => name,
        };
    }
    plain.push_str(rest);
    plain
}

fn nitf(input: &Input<'_>, source: &str, root: Node<'_, '_>, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let about = Nitf::of(root);
    let body = xml::first(root, "body.content").or_else(|| xml::first(root, "body"));
    let mut left_out = LeftOut::default();
    let body = body.and_then(|body| markup(source, body, &mut left_out)).unwrap_or_default();
    let guessed = text::article(input.name, "", body)?;
    let mut days = Days::default();
    days.take(about.date, DatePlace::Field("date.issue".to_owned()));
    days.join(Days::of(&guessed.meta));
    let meta = Metadata {
        title: about.title.unwrap_or(guessed.meta.title),
        source: about.source.unwrap_or(guessed.meta.source),
        author: about.author.unwrap_or_default(),
        language: xml::attribute(root, "lang").and_then(language::of_field).unwrap_or(guessed.meta.language),
        date: days.taken(),
        dates: days.all(),
        origin: input.name.to_owned(),
        ..guessed.meta
    };
    given(root, finish(input.name, meta, guessed.text.as_str().to_owned())?, left_out, sink)
}

/// What NITF says of an article.
#[derive(Default)]
struct Nitf {
    title: Option<String>,
    source: Option<String>,
    author: Option<String>,
    date: Option<jiff::civil::Date>,
}

impl Nitf {
    fn of(root: Node<'_, '_>) -> Self {
        let byline = xml::words_of(root, "byline");
        let author = byline.map(|line| line.strip_prefix("By ").unwrap_or(&line).to_owned());
        let issued = xml::first(root, "date.issue").and_then(|node| xml::attribute(node, "norm"));
        let story = || xml::first(root, "story.date").and_then(|node| xml::attribute(node, "norm"));
        let date = issued.or_else(story).and_then(day);
        let publication = || xml::first(root, "pubdata").and_then(|node| xml::attribute(node, "name"));
        Self {
            title: xml::words_of(root, "hl1").or_else(|| xml::words_of(root, "title")),
            source: publication().map(str::to_owned).or_else(|| xml::words_of(root, "distributor")),
            author,
            date,
        }
    }
}

/// A day as NITF writes it, with or without hyphens: `20220204T101500Z`.
fn day(norm: &str) -> Option<jiff::civil::Date> {
    let compact = norm.get(..8).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()));
    let spelt = compact.and_then(|day| Some(format!("{}-{}-{}", day.get(..4)?, day.get(4..6)?, day.get(6..)?)));
    dateline::of_field(spelt.as_deref().unwrap_or(norm))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_of_tags_go() {
        let markup = "<xhtml:p class=\"a:b\">x &lt; y: z</xhtml:p><p>1 : 2</p><!-- a:b --><a.b:c/>";
        assert_eq!(without_prefixes(markup), "<p class=\"a:b\">x &lt; y: z</p><p>1 : 2</p><!-- a:b --><c/>");
    }

    #[test]
    fn days_of_nitf() {
        let expected = Some(jiff::civil::date(2022, 2, 4));
        assert_eq!([day("20220204T101500Z"), day("2022-02-04")], [expected, expected]);
    }
}
