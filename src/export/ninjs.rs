//! ninjs 3.1, IPTC's news in JSON: an item for each article with whom, where and what it is about.
//! <https://iptc.org/standards/ninjs/>

use std::collections::BTreeMap;

use serde::Serialize;

use super::json::to_pretty;
use super::names::{Stems, uuid};
use super::view::{ArticleView, View};
use super::{Export, ExportError, File, Format, Group, Layout, LeftOut, Selection};
use crate::project::{Entity, EntityId, Event, KindId, MediaTopic, Project, Schema, is_item};

/// See the module.
pub(super) struct Ninjs;

/// What an item has to do with what it names.
const MENTIONS: &str = "mentions";
/// What it has to do with what is said of it as a whole.
const ABOUT: &str = "about";
/// What comes before an item of Wikidata in its address.
const ITEMS: &str = "http://www.wikidata.org/entity/";

impl Format for Ninjs {
    fn id(&self) -> &'static str {
        "ninjs"
    }

    fn name(&self) -> &'static str {
        "ninjs 3.1"
    }

    fn group(&self) -> Group {
        Group::Editions
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn description(&self) -> &'static str {
        "A folder with a news item of each article in IPTC's JSON: whom, where and what it is about"
    }

    fn layout(&self) -> Layout {
        Layout::Folder
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let mut export = Export::default();
        let mut stems = Stems::default();
        for article in &view.articles {
            let stem = stems.unique(article.title());
            tell(project, article, &mut export.left_out);
            export.files.push(File { name: format!("{stem}.json"), bytes: to_pretty(&item(project, article))? });
        }
        Ok(export)
    }
}

#[derive(Serialize)]
struct Item<'p> {
    uri: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "representationType")]
    representation: &'static str,
    standard: Standard,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'p str,
    #[serde(rename = "contentCreated", skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'p str,
    #[serde(skip_serializing_if = "str::is_empty")]
    by: &'p str,
    headlines: Vec<Words<'p>>,
    bodies: Vec<Body<'p>>,
    #[serde(rename = "infoSources", skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Source<'p>>,
    people: Vec<Thing<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    organisations: Vec<Thing<'p>>,
    places: Vec<Thing<'p>>,
    objects: Vec<Thing<'p>>,
    subjects: Vec<Thing<'p>>,
    events: Vec<Happening<'p>>,
}

#[derive(Serialize)]
struct Standard {
    name: &'static str,
    version: &'static str,
    schema: &'static str,
}

#[derive(Serialize)]
struct Words<'p> {
    role: &'static str,
    value: &'p str,
}

#[derive(Serialize)]
struct Body<'p> {
    role: &'static str,
    #[serde(rename = "contentType")]
    content_type: &'static str,
    #[serde(rename = "charCount")]
    characters: usize,
    value: &'p str,
}

#[derive(Serialize)]
struct Source<'p> {
    name: &'p str,
    role: &'static str,
}

#[derive(Serialize, PartialEq)]
struct Thing<'p> {
    name: &'p str,
    rel: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    literal: String,
}

#[derive(Serialize)]
struct Happening<'p> {
    id: String,
    name: &'p str,
    rel: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
    /// Its type, and its class.
    #[serde(skip_serializing_if = "String::is_empty")]
    literal: String,
}

fn item<'p>(project: &'p Project, article: &ArticleView<'p>) -> Item<'p> {
    let meta = &article.record.article.meta;
    let mut item = Item {
        uri: if is_uri(&meta.url) { meta.url.clone() } else { uuid(article.record.id.0, article.text) },
        kind: "text",
        representation: "full",
        standard: Standard {
            name: "ninjs",
            version: "3.1",
            schema: "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
        },
        language: &meta.language,
        created: meta.date.map(|date| format!("{date}T00:00:00Z")),
        title: &meta.title,
        by: &meta.author,
        headlines: vec![Words { role: "main", value: &meta.title }],
        bodies: vec![Body {
            role: "main",
            content_type: "text/plain",
            characters: article.text.chars().count(),
            value: article.text,
        }],
        sources: Vec::new(),
        people: Vec::new(),
        organisations: Vec::new(),
        places: Vec::new(),
        objects: Vec::new(),
        subjects: Vec::new(),
        events: article.events.iter().map(|view| happening(view.event)).collect(),
    };
    item.headlines.retain(|headline| !headline.value.is_empty());
    if !meta.source.is_empty() {
        item.sources.push(Source { name: &meta.source, role: "publisher" });
    }
    if !meta.section.is_empty() {
        item.subjects.push(Thing { name: &meta.section, rel: "section", uri: None, literal: String::new() });
    }
    item.subjects.extend(topics(article));
    for entity in named(project, article) {
        let list = match project.tagset().schema(&entity.kind) {
            Schema::Country => &mut item.places,
            _ if entity.kind == KindId::PERSON => &mut item.people,
            _ if entity.kind == KindId::ORGANISATION => &mut item.organisations,
            _ if entity.kind == KindId::PLACE => &mut item.places,
            _ => &mut item.objects,
        };
        list.push(thing(project, entity));
    }
    // Where events took place, and what they are about.
    for event in article.events.iter().map(|view| view.event) {
        if let Some(place) = event.place.as_ref().filter(|place| !place.name.is_empty()) {
            let literal = place.country.map(|code| code.to_string()).unwrap_or_default();
            let place = Thing { name: &place.name, rel: "eventPlace", uri: None, literal };
            if !item.places.contains(&place) {
                item.places.push(place);
            }
        }
        for context in &event.contexts {
            let subject = Thing { name: context, rel: "eventContext", uri: None, literal: String::new() };
            if !item.subjects.contains(&subject) {
                item.subjects.push(subject);
            }
        }
    }
    item
}

/// The Media Topics that a person gave the article. One that was renamed goes out under its new name, and is none of IPTC's.
fn topics<'p>(article: &ArticleView<'p>) -> impl Iterator<Item = Thing<'p>> {
    let topics = article.record.tags.get(MediaTopic::TAG).into_iter().flatten();
    topics.map(|name| Thing {
        name,
        rel: ABOUT,
        uri: MediaTopic::named(name).map(|topic| topic.uri()),
        literal: MediaTopic::named(name).map(|topic| topic.qcode()).unwrap_or_default(),
    })
}

/// Whom and what the article names or has take part, each once, in the order of first mention.
fn named<'p>(project: &'p Project, article: &ArticleView<'p>) -> Vec<&'p Entity> {
    let mentions = article.mentions.iter().filter_map(|marked| marked.entity());
    let participants = article.events.iter().flat_map(|view| &view.participants).filter_map(|who| who.entity());
    let mut seen = std::collections::HashSet::new();
    let ids = mentions.chain(participants).filter(|id| seen.insert(*id));
    ids.filter_map(|id| project.entity(id)).collect()
}

fn thing<'p>(project: &Project, entity: &'p Entity) -> Thing<'p> {
    let country = entity.kind == KindId::PLACE || project.tagset().schema(&entity.kind) == Schema::Country;
    let code = entity.country.filter(|_| country).map(|code| code.to_string());
    let literal = code.or_else(|| Some(entity.role.clone())).unwrap_or_default();
    Thing { name: &entity.name, rel: MENTIONS, uri: entity.wikidata.as_deref().and_then(uri), literal }
}

fn happening(event: &Event) -> Happening<'_> {
    let parts = [event.kind.code(), event.kind.class(), event.mode.as_deref()];
    Happening {
        id: event.id.to_string(),
        name: &event.name,
        rel: MENTIONS,
        uri: event.wikidata.as_deref().and_then(uri),
        literal: parts.into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}

fn uri(item: &str) -> Option<String> {
    is_item(item).then(|| format!("{ITEMS}{item}"))
}

/// Whether an address is one that a reader of URIs takes: of ASCII, as the standard wants it.
fn is_uri(url: &str) -> bool {
    let scheme = url.starts_with("http://") || url.starts_with("https://");
    scheme && url.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&b))
}

/// An item says whom it names, and not where; and little of what is known of events.
fn tell(project: &Project, article: &ArticleView<'_>, left_out: &mut Vec<LeftOut>) {
    for (id, answers) in article.record.tags.iter().filter(|(id, _)| *id != MediaTopic::TAG) {
        let name = project.tagset().article_tag(id).map_or(id.as_str(), |tag| &tag.name);
        let what = format!("the article tag {name}: {}", answers.join(", "));
        left_out.push(article.left_out(what, "ninjs has subjects for Media Topics alone"));
    }
    let mut places: BTreeMap<EntityId, usize> = BTreeMap::new();
    for marked in &article.mentions {
        match marked.entity() {
            Some(id) => *places.entry(id).or_default() += 1,
            None if marked.event().is_some() => {}
            None => left_out.push(
                article.left_out(marked.describe(), "ninjs names people and things, and nobody knows whom it names"),
            ),
        }
    }
    for (id, count) in places {
        let Some(entity) = project.entity(id) else { continue };
        let what = format!("where the text names {} “{}”: {count} places", entity.kind.as_str(), entity.name);
        left_out.push(article.left_out(what, "ninjs has no place for offsets"));
    }
    for view in &article.events {
        let count = view.mentions.len();
        let what = format!("where the text tells of event “{}”: {count} places", view.event.name);
        left_out.push(article.left_out(what, "ninjs has no place for offsets"));
        for participant in &view.participants {
            left_out.push(article.left_out(view.who(project, participant), "ninjs has no participants of events"));
        }
        if !view.event.figures.is_empty() {
            let what = format!("the figures of event “{}”", view.event.name);
            left_out.push(article.left_out(what, "ninjs has no figures of events"));
        }
        if let Some(date) = &view.event.date {
            let what = format!("the date {} of event “{}”", date.start, view.event.name);
            left_out.push(article.left_out(what, "ninjs has no dates of events that a text tells of"));
        }
    }
}
