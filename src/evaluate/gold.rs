//! Reading what people have marked: lines of JSON, or a project; and the answers of another program.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;
use smol_str::SmolStr;

use super::events::{self, MarkedEvent, SaidEvent};
use super::records::Record;
use super::{Gold, Span};
use crate::project::{ArticleRecord, CountryCode, EventType, KindId, Mention, Project, Schema, Status, Target};
use crate::suggest::CountryName;
use crate::text::OffsetMap;

/// The longest line that is read, in bytes, without its line end.
pub const MAX_LINE: usize = 64 << 20;

/// How a country can be named.
const WAYS: [CountryName; 5] =
    [CountryName::Name, CountryName::Demonym, CountryName::Capital, CountryName::Government, CountryName::Part];

/// What is wrong with a file of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1; none where it is about the file as a whole.
    pub line: Option<usize>,
    /// What is wrong, and of what.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// A document as it stands on a line.
#[derive(Deserialize)]
struct GoldLine {
    id: String,
    text: String,
    date: Option<Date>,
    /// These two may be missing where events are marked.
    spans: Option<Vec<SpanField>>,
    labels: Option<BTreeSet<SmolStr>>,
    events: Option<Vec<MarkedEvent>>,
    #[serde(default)]
    partial: BTreeSet<SmolStr>,
    #[serde(default)]
    ignore: Vec<Stretch>,
    eval_span: Option<(usize, usize)>,
}

/// An answer as `suggest --jsonl` writes it.
#[derive(Deserialize)]
struct AnswerLine {
    id: String,
    spans: Vec<SpanField>,
    #[serde(default)]
    events: Vec<SaidEvent>,
}

/// What was said of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Its spans.
    pub spans: Vec<Span>,
    /// Its event records.
    pub records: Vec<Record>,
}

#[derive(Deserialize)]
struct Stretch {
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct SpanField {
    start: usize,
    end: usize,
    label: SmolStr,
    country: Option<SmolStr>,
    in_country: Option<SmolStr>,
    #[serde(default)]
    country_ignore: bool,
    #[serde(rename = "type")]
    kind: Option<SmolStr>,
    qid: Option<SmolStr>,
    score: Option<f32>,
}

impl SpanField {
    /// The span, if it fits a text of `length` code points.
    fn check(self, length: usize) -> Result<Span, String> {
        let Self { start, end, label, .. } = self;
        if start >= end || end > length {
            return Err(format!("the offsets {start}–{end} do not fit a text of {length} characters"));
        }
        let named = match self.kind.as_deref().filter(|_| label == "COUNTRY") {
            None => None,
            Some(kind) => Some(way(kind).ok_or_else(|| {
                format!("the \"type\" “{kind}” of a COUNTRY is none of name, demonym, capital and government")
            })?),
        };
        if self.score.is_some_and(|score| !(0.0..=1.0).contains(&score)) {
            return Err("\"score\" is not from 0 to 1".to_owned());
        }
        Ok(Span {
            range: start..end,
            label,
            country: code("country", self.country)?,
            named,
            in_country: code("in_country", self.in_country)?,
            country_ignore: self.country_ignore,
            item: self.qid.filter(|item| !item.is_empty()),
            score: self.score,
        })
    }
}

fn way(name: &str) -> Option<CountryName> {
    WAYS.into_iter().find(|way| way.name() == name)
}

fn code(field: &str, code: Option<SmolStr>) -> Result<Option<CountryCode>, String> {
    let Some(code) = code else { return Ok(None) };
    let capitals = code.bytes().all(|byte| byte.is_ascii_uppercase());
    match CountryCode::new(&code).filter(|_| capitals) {
        Some(code) => Ok(Some(code)),
        None => Err(format!("\"{field}\" is neither null nor two capital letters but “{code}”")),
    }
}

/// The marked texts of a file: a JSON object a line, `{"id","text","spans":[{"start","end","label"}],"labels":[…]}`.
/// Empty lines are passed over.
///
/// # Errors
/// A line that is no such object, an id that comes twice, or no document at all.
pub fn read_gold(bytes: &[u8]) -> Result<Vec<Gold>, Fault> {
    let mut all: Vec<Gold> = Vec::new();
    let mut seen = BTreeSet::new();
    for (number, line) in lines(bytes) {
        let fault = |what| Fault { line: Some(number), what };
        let line: GoldLine = parse(line).map_err(fault)?;
        if !seen.insert(line.id.clone()) {
            return Err(fault(format!("the id “{}” stands on an earlier line too", line.id)));
        }
        let id = line.id.clone();
        all.push(gold(line).map_err(|what| fault(format!("“{id}”: {what}")))?);
    }
    if all.is_empty() {
        return Err(Fault { line: None, what: "there is no document in it".to_owned() });
    }
    Ok(all)
}

fn gold(line: GoldLine) -> Result<Gold, String> {
    let length = line.text.chars().count();
    let missing = |field: &str| format!("missing field `{field}`");
    let given = line.events.is_some();
    let spans = line.spans.or_else(|| given.then(Vec::new)).ok_or_else(|| missing("spans"))?;
    let labels = line.labels.or_else(|| given.then(BTreeSet::new)).ok_or_else(|| missing("labels"))?;
    let spans = checked(spans, length)?;
    let named = spans.iter().filter(|span| span.label == "COUNTRY").filter_map(|span| span.named);
    let events = line.events.map(|events| events.into_iter().map(|event| event.check(length)).collect());
    Ok(Gold {
        records: events.transpose()?,
        // Countries by name are marked wherever countries are; other ways only where a set marks them.
        ways: named.chain([CountryName::Name]).collect(),
        id: line.id,
        text: line.text,
        date: line.date,
        spans,
        labels,
        apart: false,
        partial: line.partial,
        ignore: line.ignore.into_iter().map(|Stretch { start, end }| start..end).collect(),
        within: line.eval_span.map_or(0..length, |(start, end)| start..end),
    })
}

fn checked(spans: Vec<SpanField>, length: usize) -> Result<Vec<Span>, String> {
    let spans = spans.into_iter().enumerate();
    spans.map(|(index, span)| span.check(length).map_err(|what| format!("span {index}: {what}"))).collect()
}

/// The answers of a file to these documents, in their order: lines as `suggest --jsonl` writes them.
///
/// # Errors
/// A line that is no answer, or to nothing that was asked, and a document without an answer.
pub fn read_answers(bytes: &[u8], gold: &[Gold]) -> Result<Vec<Answer>, Fault> {
    let asked: HashMap<_, _> = gold.iter().enumerate().map(|(index, gold)| (gold.id.as_str(), index)).collect();
    let mut answers: Vec<Option<Answer>> = vec![None; gold.len()];
    for (number, line) in lines(bytes) {
        let fault = |what| Fault { line: Some(number), what };
        let AnswerLine { id, spans, events } = parse(line).map_err(fault)?;
        let found = asked.get(id.as_str()).and_then(|index| Some((gold.get(*index)?, answers.get_mut(*index)?)));
        let Some((gold, answer)) = found else { return Err(fault(format!("there is no document “{id}”"))) };
        if answer.is_some() {
            return Err(fault(format!("the id “{id}” stands on an earlier line too")));
        }
        let length = gold.text.chars().count();
        let records = events.into_iter().map(|event| event.check(length)).collect::<Result<Vec<_>, _>>();
        let both = checked(spans, length).and_then(|spans| Ok(Answer { spans, records: records? }));
        *answer = Some(both.map_err(|what| fault(format!("“{id}”: {what}")))?);
    }
    let missing = answers.iter().zip(gold).find(|(answer, _)| answer.is_none());
    if let Some((_, gold)) = missing {
        return Err(Fault { line: None, what: format!("there is no line for the document “{}”", gold.id) });
    }
    Ok(answers.into_iter().flatten().collect())
}

/// The lines that hold something, each with its number from 1.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let numbered = bytes.split(|byte| *byte == b'\n').enumerate();
    numbered.map(|(index, line)| (index + 1, line.trim_ascii())).filter(|(_, line)| !line.is_empty())
}

fn parse<'l, T: Deserialize<'l>>(line: &'l [u8]) -> Result<T, String> {
    if line.len() > MAX_LINE {
        return Err(format!("it is longer than {} MiB", MAX_LINE >> 20));
    }
    if !line.starts_with(b"{") {
        return Err("it is not a JSON object".to_owned());
    }
    let line = std::str::from_utf8(line).map_err(|_| "it is not valid UTF-8".to_owned())?;
    // serde_json's line number is always 1 here.
    serde_json::from_str(line).map_err(|error| error.to_string().replace(" at line 1 column ", " at byte "))
}

/// What a person has accepted in a project: the articles with accepted mentions. A suggestion that nobody has decided
/// on counts neither way.
pub fn of_project(project: &Project) -> Vec<Gold> {
    let has_accepted =
        |record: &&ArticleRecord| project.mentions(record.id).iter().any(|mention| mention.status == Status::Accepted);
    project.articles().filter(has_accepted).map(|record| of_article(project, record)).collect()
}

fn of_article(project: &Project, record: &ArticleRecord) -> Gold {
    let text = record.article.text.as_str();
    let offsets = OffsetMap::new(text);
    let place = |mention: &Mention| offsets.code_points(mention.range).map(|(start, end)| start..end);
    let mentions = project.mentions(record.id);
    let accepted = mentions.iter().filter(|mention| mention.status == Status::Accepted);
    let kinds = &project.tagset().kinds;
    let labels = kinds.iter().flat_map(|kind| labels_of(kind.schema, &kind.id));
    Gold {
        id: record.id.to_string(),
        text: text.to_owned(),
        date: record.article.meta.date,
        spans: accepted.filter_map(|mention| span(project, mention, place(mention)?)).collect(),
        labels: labels.map(|label| SmolStr::new_static(label)).collect(),
        apart: kinds.iter().any(|kind| kind.schema == Schema::Country),
        partial: BTreeSet::new(),
        ignore: mentions.iter().filter(|mention| mention.is_undecided()).filter_map(place).collect(),
        within: 0..text.chars().count(),
        ways: WAYS.into(),
        records: events::of_article(project, record),
    }
}

/// The labels that the engine has for a kind; none where it suggests none of it.
fn labels_of(schema: Schema, kind: &KindId) -> &'static [&'static str] {
    match (schema, kind.as_str()) {
        (Schema::Person, _) | (Schema::Entity, "person") => &["PERSON"],
        (Schema::Entity, "ORG") => &["ORG"],
        (Schema::Entity, "PLACE") => &["PLACE"],
        (Schema::Entity, "NORP") => &["NORP"],
        (Schema::Entity, _) => &[],
        (Schema::Country, _) => &["COUNTRY"],
        (Schema::Event, _) => &["TRIGGER", "EVENT"],
    }
}

/// `None` for a kind that the engine does not suggest.
fn span(project: &Project, mention: &Mention, range: Range<usize>) -> Option<Span> {
    let entity = match mention.target {
        Some(Target::Entity(id)) => project.entity(id),
        _ => None,
    };
    let event = match mention.target {
        Some(Target::Event(id)) => project.event(id),
        _ => None,
    };
    let schema = project.tagset().schema(&mention.kind);
    let named = schema == Schema::Event && event.is_some_and(|event| matches!(event.kind, EventType::Named(_)));
    let label = *labels_of(schema, &mention.kind).get(usize::from(named))?;
    let (is_country, is_place) = (schema == Schema::Country, label == "PLACE");
    let code = entity.and_then(|entity| entity.country);
    let country = code.filter(|_| is_country);
    let item = entity.map_or_else(|| event.and_then(|event| event.wikidata.clone()), |entity| entity.wikidata.clone());
    Some(Span {
        range,
        label: SmolStr::new_static(label),
        country,
        named: mention.subtype.as_deref().and_then(way).filter(|_| is_country),
        in_country: code.filter(|_| is_place),
        country_ignore: is_country && country.is_none(),
        item,
        score: None,
    })
}
