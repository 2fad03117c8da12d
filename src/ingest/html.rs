//! Web pages: the article's text without what stands around it; title, date, source, address and language.
//!
//! Limits: elements nested 200 deep, 200,000 nodes, 256 attributes in a tag; a page over one of them is refused. The
//! text is what a reader sees, white space collapsed; the headline stands first where the body does not hold it.

use std::collections::HashMap;

use encoding_rs::Encoding;
use jiff::civil::Date;
use serde_json::Value;

use super::article::finish;
use super::days::Days;
use super::dom::{Dom, Limit, MAX_DEPTH, MAX_NODES};
use super::guard::{self, MAX_ATTRIBUTES};
use super::language;
use super::left_out::LeftOut;
use super::names::file_name;
use super::{IngestError, databank, dateline, decode, render, story};
use crate::text::{Article, DatePlace, Metadata};

/// How far into a page its encoding may be declared, in bytes.
const DECLARATION: usize = 4096;
/// A page of whose words the extraction keeps less than this share is taken whole.
const LEAST_SHARE: usize = 10;
/// The longest name of an author, in characters.
const MAX_AUTHOR: usize = 120;

pub(super) fn read(name: &str, bytes: &[u8], left_out: &mut LeftOut) -> Result<Article, IngestError> {
    let page = decode::decode(name, bytes, declared(bytes))?;
    let dom = parse(name, &page)?;
    let whole = render::text(&dom, 0);
    // Of an export of many articles nothing is around the text of one.
    if databank::is_export(&whole) {
        render::tell(&dom, 0, &|_| None, left_out);
        return finish(name, Metadata { origin: name.to_owned(), ..Metadata::default() }, whole);
    }
    let found = legible::parse(&page, None, None).ok();
    let data = structured(&dom);
    let title = title(&dom, &data, found.as_ref());
    let named = author(&dom, &data);
    let story = story::find(&dom, &title, named.as_deref(), left_out);
    let story = story.unwrap_or_default();
    let body = if story.text.is_empty() { readable(&dom, found.as_ref(), &title, left_out) } else { story.text };
    let shown = Shown { title, author: named.or(story.byline), posted: story.day, body };
    let meta = metadata(name, &dom, &data, found.as_ref(), &shown);
    let body = shown.body;
    let text = if meta.title.is_empty() || holds_headline(&body, &meta.title) {
        body
    } else {
        format!("{}\n\n{body}", meta.title)
    };
    let article = finish(name, meta, text)?;
    tell_head(&dom, &article, left_out);
    Ok(article)
}

/// What reads as prose of a page without a headline over its story.
fn readable(dom: &Dom, found: Option<&legible::Article>, title: &str, left_out: &mut LeftOut) -> String {
    let whole = render::text(dom, 0);
    let body = found.and_then(|found| Dom::parse(&found.content).ok()).map(|dom| story::without_clutter(&dom));
    let body = body.filter(|body| body.len() >= whole.len() / LEAST_SHARE && !body.is_empty());
    render::tell(dom, 0, &|_| None, left_out);
    let Some(body) = body else { return whole };
    // Of what the crate leaves out the lines are known that it does not give, as often as they stand there.
    let mut given: HashMap<&str, usize> = HashMap::new();
    for line in body.lines().chain([title]) {
        *given.entry(bare(line)).or_default() += 1;
    }
    for line in whole.lines() {
        match given.get_mut(bare(line)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => left_out.tell("parts of the page around the article", line),
        }
    }
    body
}

/// A line without the sign of an item.
fn bare(line: &str) -> &str {
    line.trim().trim_start_matches(render::BULLET).trim()
}

/// Tells what a page's head says to readers and no field of the article holds.
fn tell_head(dom: &Dom, article: &Article, left_out: &mut LeftOut) {
    let said = ["description", "keywords", "news_keywords", "og:description", "og:title", "twitter:title", "author"];
    let mut pieces: Vec<String> = said.iter().flat_map(|key| metas(dom, key)).collect();
    pieces.dedup();
    left_out.tell_rest("descriptions in the page's head", pieces.iter().map(String::as_str), article);
    let titles: Vec<String> = dom.elements("title").map(|id| dom.text(id)).collect();
    let parts = titles.iter().flat_map(|title| title.split(['|', '–', '—', '·'])).flat_map(|part| part.split(" - "));
    left_out.tell_rest("descriptions in the page's head", parts, article);
}

/// The text of a piece of HTML inside another format; what is not shown of it is told. Where it goes over a limit it is
/// left out as a whole, and told.
pub(super) fn fragment(html: &str, left_out: &mut LeftOut) -> String {
    let dom = (!guard::has_crowded_tag(html)).then(|| Dom::parse(html).ok()).flatten();
    match dom {
        Some(dom) => {
            render::tell(&dom, 0, &|_| None, left_out);
            render::text(&dom, 0)
        }
        None => {
            left_out.tell("pieces of HTML that are too tangled to be read", html);
            String::new()
        }
    }
}

pub(super) fn parse(name: &str, page: &str) -> Result<Dom, IngestError> {
    let refuse = |what| IngestError::TooComplex { name: file_name(name).to_owned(), what };
    if guard::has_crowded_tag(page) {
        return Err(refuse(format!("one of its tags has more than {MAX_ATTRIBUTES} attributes")));
    }
    Dom::parse(page).map_err(|limit| {
        refuse(match limit {
            Limit::Depth => format!("its tags are nested more than {MAX_DEPTH} deep"),
            Limit::Nodes => format!("it has more than {MAX_NODES} elements and pieces of text"),
        })
    })
}

/// The encoding that the page says it is in.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARATION).unwrap_or(bytes).to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let labels = ["charset=", "encoding="].into_iter().filter_map(|key| head.split_once(key));
    labels.map(|(_, after)| after.trim_start_matches(['"', '\'', ' '])).find_map(|after| {
        let label = after.split(['"', '\'', ' ', ';', '>', '/', '?']).next()?;
        Encoding::for_label(label.as_bytes())
    })
}

fn holds_headline(body: &str, title: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let head = body.get(..body.floor_char_boundary(title.len() * 2 + 200)).unwrap_or(body);
    letters(head).contains(&letters(title))
}

fn title(dom: &Dom, data: &[Value], found: Option<&legible::Article>) -> String {
    let of_data = || data.iter().find_map(|data| strings_at(data, "headline").into_iter().next());
    let title = meta(dom, &["og:title"]).or_else(of_data).or_else(|| headline(dom, found));
    title.or_else(|| meta(dom, &["twitter:title"])).map(|title| collapse(&title)).unwrap_or_default()
}

/// What the page says of itself, with its title and author as they were found.
fn metadata(name: &str, dom: &Dom, data: &[Value], found: Option<&legible::Article>, shown: &Shown) -> Metadata {
    let of_data = |key: &str| data.iter().find_map(|data| strings_at(data, key).into_iter().next());
    let of_meta = |keys: &[&str]| meta(dom, keys);
    let source = of_meta(&["og:site_name"])
        .or_else(|| of_data("publisher"))
        .or_else(|| found.and_then(|found| found.site_name.clone()))
        .or_else(|| of_meta(&["application-name", "dc.publisher"]));
    let canonical = || {
        let mut links = dom.elements("link").filter(|id| dom.attribute(*id, "rel") == Some("canonical"));
        links.find_map(|id| dom.attribute(id, "href")).map(str::to_owned)
    };
    let url = canonical().or_else(|| of_meta(&["og:url"])).or_else(|| of_data("url"));
    let url = url.filter(|url| is_address(url)).unwrap_or_default();
    let (days, agency) = days(dom, data, found, shown, &url);
    let source = collapse(&source.or(agency).unwrap_or_default());
    Metadata {
        title: without_site(&shown.title, &source).to_owned(),
        source,
        author: shown
            .author
            .clone()
            .or_else(|| story::name(found?.byline.as_deref()?))
            .map(|author| collapse(&author))
            .unwrap_or_default(),
        section: of_meta(&["article:section"])
            .or_else(|| of_data("articleSection"))
            .map(|section| collapse(&section))
            .unwrap_or_default(),
        url,
        language: language(dom, data).unwrap_or_default(),
        date: days.taken(),
        dates: days.all(),
        origin: name.to_owned(),
    }
}

/// What a page shows of its story.
struct Shown {
    title: String,
    author: Option<String>,
    posted: Option<Date>,
    body: String,
}

/// The days that a page tells, and the agency of its dateline: what it says of itself comes before what it shows.
fn days(
    dom: &Dom,
    data: &[Value],
    found: Option<&legible::Article>,
    shown: &Shown,
    url: &str,
) -> (Days, Option<String>) {
    let mut days = Days::default();
    let field = |name: &str| DatePlace::Field(name.to_owned());
    for name in [
        "article:published_time",
        "og:published_time",
        "datepublished",
        "date",
        "pubdate",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "parsely-pub-date",
        "sailthru.date",
        "publish-date",
    ] {
        days.take(meta(dom, &[name]).and_then(|said| dateline::of_field(&said)), field(name));
    }
    let of_data = |key: &str| data.iter().find_map(|data| strings_at(data, key).into_iter().next());
    let of = |said: Option<String>| dateline::of_field(&said?);
    days.take(of(of_data("datePublished")), field("datePublished"));
    if days.taken().is_none() {
        days.take(of(found.and_then(|found| found.published_time.clone())), DatePlace::Page);
    }
    days.take(time(dom), DatePlace::Page);
    let address = dateline::of_address(url);
    let clues: Vec<_> = days.taken().into_iter().chain(address).collect();
    let line = dateline::find(&shown.body, &clues);
    days.join(line.days);
    days.take(shown.posted, DatePlace::Printed);
    days.join(dateline::labelled(&render::text(dom, 0)));
    days.take(address, DatePlace::Address);
    for name in ["article:modified_time", "og:updated_time", "last-modified"] {
        days.offer(of(meta(dom, &[name])), field(name));
    }
    days.offer(of(of_data("dateModified")), field("dateModified"));
    days.join(dateline::mentioned(&shown.body));
    (days, line.source)
}

/// The first heading where the page's title holds it (beside the site's name, as a rule), else the title, else the heading.
fn headline(dom: &Dom, found: Option<&legible::Article>) -> Option<String> {
    let heading = dom.elements("h1").map(|id| collapse(&render::text(dom, id))).find(|text| !text.is_empty());
    let title = found.map(|found| collapse(&found.title)).filter(|title| !title.is_empty());
    match (heading, title) {
        (Some(heading), Some(title)) => Some(if title.contains(&heading) { heading } else { title }),
        (heading, title) => title.or(heading),
    }
}

/// A title without the name of the site behind it.
fn without_site<'t>(title: &'t str, site: &str) -> &'t str {
    let before = title.strip_suffix(site).filter(|_| !site.is_empty()).map(str::trim_end);
    before.and_then(|before| before.strip_suffix(['|', '-', '–', '—', '·'])).map_or(title, str::trim_end)
}

/// The content of the first of these meta tags, by name, property, item property or the header that it stands for.
fn meta(dom: &Dom, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| metas(dom, key).into_iter().next())
}

/// The contents of all meta tags of a name.
fn metas(dom: &Dom, key: &str) -> Vec<String> {
    let of = |id| {
        let labels = ["name", "property", "itemprop", "http-equiv"];
        let mut labels = labels.into_iter().filter_map(|label| dom.attribute(id, label));
        labels.any(|label| label.eq_ignore_ascii_case(key)).then(|| dom.attribute(id, "content")).flatten()
    };
    dom.elements("meta").filter_map(of).map(str::to_owned).collect()
}

/// The day of the first `<time>` that says one, or of the first `<abbr>` of class `published`, as the microformat hAtom has it.
fn time(dom: &Dom) -> Option<Date> {
    let of_time = |id| {
        let stated = dom.attribute(id, "datetime").map_or_else(|| dom.text(id), str::to_owned);
        dateline::of_field(&stated)
    };
    let of_abbreviation = |id| {
        let class = dom.attribute(id, "class")?;
        class.split_whitespace().any(|name| name == "published").then_some(())?;
        dateline::of_field(dom.attribute(id, "title")?)
    };
    dom.elements("time").find_map(of_time).or_else(|| dom.elements("abbr").find_map(of_abbreviation))
}

/// The page's language as a BCP 47 tag: that of its root, else what its data and meta tags say.
fn language(dom: &Dom, data: &[Value]) -> Option<String> {
    let root = dom.elements("html").find_map(|id| dom.attribute(id, "lang").or_else(|| dom.attribute(id, "xml:lang")));
    let of_data = || data.iter().find_map(|data| strings_at(data, "inLanguage").into_iter().next());
    let keys = ["content-language", "language", "dc.language", "dcterms.language", "inlanguage", "og:locale"];
    let said = root.map(str::to_owned).or_else(of_data).or_else(|| meta(dom, &keys))?;
    language::of_field(&said)
}

/// Who wrote the page: as its data say, its meta tags, or what its markup names as author. Several are joined by commas.
fn author(dom: &Dom, data: &[Value]) -> Option<String> {
    let of_data = || data.iter().map(|data| strings_at(data, "author")).find(|names| !names.is_empty());
    let keys = [
        "author",
        "article:author",
        "article:author_name",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
    ];
    let of_meta = || keys.iter().map(|key| metas(dom, key)).find(|names| names.iter().any(|name| !is_address(name)));
    let of_markup = || {
        let marked = dom.nodes.iter().enumerate().map(|(id, _)| id).find(|id| {
            let is = |attribute, value: &str| {
                dom.attribute(*id, attribute).is_some_and(|said| said.split_whitespace().any(|word| word == value))
            };
            is("itemprop", "author") || is("rel", "author")
        })?;
        Some(vec![render::text(dom, marked)])
    };
    let names = of_data().or_else(of_meta).or_else(of_markup)?;
    let mut distinct: Vec<String> = Vec::new();
    for name in names.iter().map(|name| collapse(name)) {
        let name = name.strip_prefix("By ").or(name.strip_prefix("by ")).unwrap_or(&name).trim().to_owned();
        if !name.is_empty() && name.chars().count() <= MAX_AUTHOR && !is_address(&name) && !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    (!distinct.is_empty()).then(|| distinct.join(", "))
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The JSON-LD objects of the page that tell of an article.
fn structured(dom: &Dom) -> Vec<Value> {
    let scripts = dom.elements("script").filter(|id| dom.attribute(*id, "type") == Some("application/ld+json"));
    let mut found = Vec::new();
    for value in scripts.filter_map(|id| serde_json::from_str::<Value>(&dom.text(id)).ok()) {
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(list) => open.extend(list.into_iter().rev()),
                Value::Object(mut object) => {
                    if let Some(graph) = object.remove("@graph") {
                        open.push(graph);
                    }
                    if object.contains_key("headline") || object.contains_key("datePublished") {
                        found.push(Value::Object(object));
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// A field as texts: of a list all, of an object its name.
fn strings_at(data: &Value, key: &str) -> Vec<String> {
    let list = match data.get(key) {
        Some(Value::Array(list)) => list.as_slice(),
        Some(field) => std::slice::from_ref(field),
        None => &[],
    };
    let name = |field: &Value| {
        let name = field.get("name").or_else(|| field.get("alternateName"));
        // A name may be a list itself.
        let name = name.map(|name| name.get(0).unwrap_or(name));
        field.as_str().or_else(|| name?.as_str()).map(str::to_owned)
    };
    list.iter().filter_map(name).filter(|text| !text.trim().is_empty()).collect()
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
