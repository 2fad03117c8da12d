//! IPTC ninjs, versions 1 to 3: news items as JSON.

use serde_json::{Map, Value};

use super::days::Days;
use super::language;
use super::left_out::LeftOut;
use super::{IngestError, dateline, html, text};
use crate::text::{Article, DatePlace, Metadata};

/// Whether an object is an item of ninjs rather than just any article.
pub(super) fn is_item(object: &Map<String, Value>) -> bool {
    let has = |key: &str| object.contains_key(key);
    let body = has("body_text") || has("body_html") || has("body_xhtml") || has("bodies") || has("headlines");
    has("uri") && (body || has("versioncreated") || has("versionCreated"))
}

/// The article of an item.
pub(super) fn article(
    name: &str,
    place: &str,
    item: &Map<String, Value>,
    left_out: &mut LeftOut,
) -> Result<Article, IngestError> {
    let first = |keys: &[&str]| keys.iter().find_map(|key| string(item.get(*key)?));
    let body = body(item, left_out).unwrap_or_default();
    let guessed = text::article(name, "", body)?;
    let mut days = Days::default();
    for key in ["firstcreated", "firstCreated", "contentcreated", "contentCreated", "versioncreated", "versionCreated"]
    {
        days.take(first(&[key]).and_then(|date| dateline::of_field(&date)), DatePlace::Field(key.to_owned()));
    }
    days.join(Days::of(&guessed.meta));
    let url = first(&["canonical", "uri"]).filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    let source = first(&["source", "provider", "infosources", "infosource", "copyrightholder", "copyrightHolder"]);
    let meta = Metadata {
        title: first(&["headline", "headlines", "title", "titles"]).unwrap_or(guessed.meta.title),
        source: source.unwrap_or(guessed.meta.source),
        author: first(&["byline", "bylines", "by"]).unwrap_or_default(),
        section: String::new(),
        url: url.unwrap_or_default(),
        language: first(&["language"]).and_then(|tag| language::of_field(&tag)).unwrap_or(guessed.meta.language),
        date: days.taken(),
        dates: days.all(),
        origin: format!("{name}, {place}"),
    };
    let article = Article { meta, ..guessed };
    let bodies = ["body_text", "body_html", "body_xhtml", "bodies"];
    let rest = item.iter().filter(|(key, _)| !bodies.contains(&key.as_str())).map(|(_, value)| value);
    left_out.tell_rest("other values of the item", rest.flat_map(texts), &article);
    for other in bodies.iter().filter_map(|key| item.get(*key)).flat_map(texts) {
        let shown = html::fragment(other, &mut LeftOut::default());
        left_out.tell_rest("other values of the item", shown.lines(), &article);
    }
    Ok(article)
}

/// The body as text: plain where there is one, else of its HTML.
fn body(item: &Map<String, Value>, left_out: &mut LeftOut) -> Option<String> {
    let text = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
    let bodies = |left_out: &mut LeftOut| {
        let bodies = item.get("bodies")?.as_array()?;
        let of = |html: bool| {
            bodies.iter().find_map(|body| {
                let kind = ["contentType", "contenttype"].into_iter().find_map(|key| body.get(key)?.as_str());
                let is_html = kind.is_some_and(|kind| kind.contains("html"));
                body.get("value").and_then(Value::as_str).filter(|_| is_html == html)
            })
        };
        of(false).map(str::to_owned).or_else(|| of(true).map(|markup| html::fragment(markup, left_out)))
    };
    let plain = text("body_text").or_else(|| bodies(left_out));
    plain.or_else(|| Some(html::fragment(&text("body_html").or_else(|| text("body_xhtml"))?, left_out)))
}

/// All texts in a value, in its order.
pub(super) fn texts(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => found.push(text.as_str()),
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(object) => open.extend(object.values().rev()),
            _ => {}
        }
    }
    found
}

/// A value as words: text, the first of a list, or what an object is called.
fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::Array(list) => return string(list.first()?),
        Value::Object(object) => ["value", "name", "literal"].into_iter().find_map(|key| object.get(key)?.as_str()),
        value => value.as_str(),
    };
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}
