//! Our own JSON, whole or by lines: everything that a project knows, with ranges in code points. `docs/schema/annotations.schema.json`
//! describes it; a change that a reader could notice raises [`VERSION`].

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use text_size::TextRange;

use super::rulings::{AnnotatorRow, RulingRow, annotator_row, ruling_rows};
use super::view::{ArticleView, EventView, Marked, View};
use super::{Export, ExportError, Format, Group, Selection};
use crate::project::{
    ArticleId, ArticleTag, ArticleTags, Checks, Coordinates, CountryCode, Entity, EntityId, EventDate, EventId,
    EventPlace, Figure, Happenings, Judgement, Kind, KindId, Origin, Participant, Project, Relation, RelationKind,
    Schema, Stamp, Status, Tagset, Target,
};

/// The newest version of the schema: a file that says nothing of annotators is 5, of happenings either 4, without random checks either 3, without
/// relations either 2.
const VERSION: u32 = 6;

/// See the module.
pub(super) struct Json;

impl Format for Json {
    fn id(&self) -> &'static str {
        "json"
    }

    fn name(&self) -> &'static str {
        "JSON"
    }

    fn group(&self) -> Group {
        Group::MachineLearning
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn description(&self) -> &'static str {
        "Everything in one file: texts, mentions, people, countries, events and relations"
    }

    fn holds_relations(&self) -> bool {
        true
    }

    fn holds_checks(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let judged = Judged::new(&view);
        let mut document = Document::new(&view, &judged);
        document.judgements = judged.judgements.iter().copied().map(judgement_row).collect();
        document.checks = selection.checks.then(|| check_rows(&view, selection));
        Ok(Export::file(format!("{}.json", view.stem()), to_pretty(&document.versioned())?))
    }
}

/// A document a line, each of one article, with all that it needs.
pub(super) struct Lines;

impl Format for Lines {
    fn id(&self) -> &'static str {
        "jsonl"
    }

    fn name(&self) -> &'static str {
        "JSON Lines"
    }

    fn group(&self) -> Group {
        Group::MachineLearning
    }

    fn extension(&self) -> &'static str {
        "jsonl"
    }

    fn description(&self) -> &'static str {
        "The same as JSON with an article a line, for large projects and streams"
    }

    fn holds_relations(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let name = format!("{}.jsonl", view.stem());
        let judged = Judged::new(&view);
        let mut by_article = judged.by_article(view.articles.first().map(|article| article.record.id));
        let lines = view.articles.into_iter().map(|article| {
            let one = View { project, articles: vec![article] };
            // The guidelines on every line would be most of the file.
            let document = Document { guidelines: "", ..Document::new(&one, &judged) };
            let own = one.articles.first().and_then(|article| by_article.remove(&article.record.id));
            let judgements = own.into_iter().flatten().map(judgement_row).collect();
            to_line(&Document { judgements, ..document }.versioned())
        });
        Ok(Export::file(name, lines.collect::<Result<Vec<_>, _>>()?.concat()))
    }
}

/// A value as JSON on a line of its own.
pub(super) fn to_line(value: &impl Serialize) -> Result<String, ExportError> {
    let line = serde_json::to_string(value).map_err(|error| ExportError::Encode(error.to_string()))?;
    Ok(line + "\n")
}

/// A value as JSON that a person can read.
pub(super) fn to_pretty(value: &impl Serialize) -> Result<Vec<u8>, ExportError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| ExportError::Encode(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[derive(Serialize)]
struct Document<'p> {
    format: &'static str,
    version: u32,
    offset_unit: &'static str,
    kinds: Vec<KindRow<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    article_tags: Vec<ArticleTagRow<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relation_kinds: Vec<RelationKindRow<'p>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    guidelines: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    checks: Option<Vec<CheckRow>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    annotators: Vec<AnnotatorRow<'p>>,
    articles: Vec<ArticleRow<'p>>,
    entities: Vec<EntityRow<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    judgements: Vec<JudgementRow<'p>>,
}

/// What was said of two events or entities.
#[derive(Serialize)]
struct JudgementRow<'p> {
    id: String,
    one: String,
    other: String,
    same: bool,
    by: Option<&'p str>,
    at: Option<Timestamp>,
    note: &'p str,
}

/// The judgements whose two both go out, and the happenings that these make.
struct Judged<'p> {
    happenings: Happenings,
    /// The events that go out.
    events: HashSet<EventId>,
    judgements: Vec<&'p Judgement>,
}

impl<'p> Judged<'p> {
    fn new(view: &View<'p>) -> Self {
        let project = view.project;
        let events: HashSet<EventId> =
            view.articles.iter().flat_map(|article| &article.events).map(|view| view.event.id).collect();
        let entities: HashSet<EntityId> = view.entities().into_iter().map(|entity| entity.id).collect();
        let goes = |target: Target| match target {
            Target::Event(event) => events.contains(&event),
            Target::Entity(entity) => entities.contains(&entity),
        };
        let judgements = project.judgements().filter(|own| goes(own.one) && goes(own.other)).collect();
        Self { happenings: Happenings::new(project), events, judgements }
    }

    /// The first event that goes out of the happening of one, where that is another or has others.
    fn happening(&self, event: EventId) -> Option<EventId> {
        let events = self.happenings.events(&event);
        let mut out = events.iter().copied().filter(|event| self.events.contains(event));
        let first = out.next();
        first.filter(|_| out.next().is_some())
    }

    /// Those that stand in the line of each article: of the first of their articles; the first line has those of entities.
    fn by_article(&self, first: Option<ArticleId>) -> HashMap<ArticleId, Vec<&'p Judgement>> {
        let mut found: HashMap<ArticleId, Vec<&'p Judgement>> = HashMap::new();
        for own in &self.judgements {
            if let Some(article) = own.articles.first().copied().or(first) {
                found.entry(article).or_default().push(own);
            }
        }
        found
    }
}

fn judgement_row(judgement: &Judgement) -> JudgementRow<'_> {
    let id = |target: Target| match target {
        Target::Event(event) => event.to_string(),
        Target::Entity(entity) => entity.to_string(),
    };
    JudgementRow {
        id: judgement.id.to_string(),
        one: id(judgement.one),
        other: id(judgement.other),
        same: judgement.same,
        by: judgement.decision.as_ref().map(|stamp| stamp.by.as_str()),
        at: judgement.decision.as_ref().map(|stamp| stamp.at),
        note: &judgement.note,
    }
}

/// What came of the random checks of a kind.
#[derive(Serialize)]
struct CheckRow {
    kind: String,
    checked: u32,
    right: u32,
    precision: f64,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct KindRow<'p> {
    id: &'p str,
    name: &'p str,
    plural: &'p str,
    schema: &'static str,
}

#[derive(Serialize)]
struct ArticleTagRow<'p> {
    id: &'p str,
    name: &'p str,
    answer: &'static str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    choices: &'p [String],
}

#[derive(Serialize)]
struct RelationKindRow<'p> {
    id: &'p str,
    name: &'p str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reverse: &'p str,
    #[serde(skip_serializing_if = "<[KindId]>::is_empty")]
    from: &'p [KindId],
    #[serde(skip_serializing_if = "<[KindId]>::is_empty")]
    to: &'p [KindId],
    #[serde(skip_serializing_if = "is_false")]
    symmetric: bool,
}

#[derive(Serialize)]
struct ArticleRow<'p> {
    id: String,
    title: &'p str,
    source: &'p str,
    author: &'p str,
    #[serde(skip_serializing_if = "str::is_empty")]
    section: &'p str,
    url: &'p str,
    language: &'p str,
    date: Option<Date>,
    origin: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<&'p Stamp>,
    #[serde(skip_serializing_if = "ArticleTags::is_empty")]
    tags: &'p ArticleTags,
    text: &'p str,
    mentions: Vec<MentionRow<'p>>,
    events: Vec<EventRow<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RelationRow<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rulings: Vec<RulingRow<'p>>,
}

/// Where a record comes from and who decided on it.
#[derive(Serialize)]
struct Provenance<'p> {
    source: &'p str,
    score: Option<f32>,
    reason: &'p str,
    by: Option<&'p str>,
    at: Option<Timestamp>,
    note: &'p str,
}

#[derive(Serialize)]
struct MentionRow<'p> {
    id: String,
    start: usize,
    end: usize,
    quote: &'p str,
    kind: &'p str,
    status: &'static str,
    entity: Option<String>,
    event: Option<String>,
    subtype: Option<&'p str>,
    #[serde(skip_serializing_if = "is_false")]
    retold: bool,
    #[serde(flatten)]
    provenance: Provenance<'p>,
}

#[derive(Serialize)]
struct RelationRow<'p> {
    id: String,
    kind: &'p str,
    /// Mentions of the article.
    from: String,
    to: String,
    status: &'static str,
    #[serde(flatten)]
    provenance: Provenance<'p>,
}

#[derive(Serialize)]
struct EventRow<'p> {
    id: String,
    name: &'p str,
    #[serde(rename = "type")]
    kind: Option<&'static str>,
    class: Option<&'static str>,
    /// The first event of its happening, where several tell of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    happening: Option<String>,
    level: &'static str,
    worth: Option<f32>,
    mode: Option<&'p str>,
    contexts: Vec<&'p str>,
    date: Option<&'p EventDate>,
    place: Option<PlaceRow<'p>>,
    polarity: &'static str,
    modality: &'static str,
    wikidata: Option<&'p str>,
    participants: Vec<ParticipantRow<'p>>,
    figures: Vec<FigureRow<'p>>,
    mentions: Vec<String>,
    #[serde(flatten)]
    provenance: Provenance<'p>,
}

#[derive(Serialize)]
struct PlaceRow<'p> {
    name: &'p str,
    country: Option<CountryCode>,
    coordinates: Option<Coordinates>,
    #[serde(skip_serializing_if = "is_false")]
    unsure: bool,
}

#[derive(Serialize)]
struct ParticipantRow<'p> {
    role: &'static str,
    entity: Option<String>,
    name: &'p str,
    label: &'static str,
    country: Option<CountryCode>,
    #[serde(flatten)]
    words: WordsRow<'p>,
    #[serde(skip_serializing_if = "is_false")]
    unsure: bool,
}

#[derive(Serialize)]
struct FigureRow<'p> {
    kind: &'static str,
    number: Option<f64>,
    #[serde(flatten)]
    words: WordsRow<'p>,
}

/// Where the text says something; all none where it does not.
#[derive(Serialize)]
struct WordsRow<'p> {
    start: Option<usize>,
    end: Option<usize>,
    quote: Option<&'p str>,
}

#[derive(Serialize)]
struct EntityRow<'p> {
    id: String,
    kind: &'p str,
    name: &'p str,
    aliases: &'p [String],
    country: Option<CountryCode>,
    role: &'p str,
    wikidata: Option<&'p str>,
    mentions: Vec<String>,
    #[serde(flatten)]
    provenance: Provenance<'p>,
}

impl<'p> Document<'p> {
    fn new(view: &View<'p>, judged: &Judged<'_>) -> Self {
        let Tagset { kinds, article_tags, relations } = view.project.tagset();
        Self {
            format: "rubricator annotations",
            version: VERSION,
            offset_unit: "code_point",
            kinds: kinds.iter().map(kind_row).collect(),
            article_tags: article_tags.iter().map(article_tag_row).collect(),
            relation_kinds: relations.iter().map(relation_kind_row).collect(),
            guidelines: view.project.guidelines(),
            checks: None,
            annotators: view.project.contributors().map(annotator_row).collect(),
            articles: view.articles.iter().map(|article| article_row(view.project, article, judged)).collect(),
            entities: entity_rows(view),
            judgements: Vec::new(),
        }
    }

    /// It with the oldest version that knows all that it says.
    fn versioned(self) -> Self {
        let one = |event: &EventRow<'_>| event.happening.is_some();
        let version = match &self {
            it if !it.annotators.is_empty() => VERSION,
            it if !it.judgements.is_empty() || it.articles.iter().flat_map(|article| &article.events).any(one) => 5,
            it if it.checks.is_some() => 4,
            it if !it.relation_kinds.is_empty() || it.articles.iter().any(|it| !it.relations.is_empty()) => 3,
            _ => 2,
        };
        Self { version, ..self }
    }
}

/// Of all suggestions in the articles that go out: rejected ones count, although they stay behind.
fn check_rows(view: &View<'_>, selection: &Selection) -> Vec<CheckRow> {
    let checks = Checks::of(view.articles.iter().flat_map(|article| view.project.mentions(article.record.id)));
    let chosen = |kind: &KindId| selection.kinds.as_ref().is_none_or(|kinds| kinds.contains(kind));
    let row = |(kind, checks): (KindId, Checks)| {
        let (Checks { checked, right }, (low, high)) = (checks, checks.interval());
        let precision = f64::from(right) / f64::from(checked);
        CheckRow { kind: kind.as_str().to_owned(), checked, right, precision, low, high }
    };
    checks.into_iter().filter(|(kind, _)| chosen(kind)).map(row).collect()
}

fn kind_row(kind: &Kind) -> KindRow<'_> {
    let Kind { id, name, plural, schema, .. } = kind;
    let schema = if kind.is_people() { Schema::Person } else { *schema };
    KindRow { id: id.as_str(), name, plural, schema: schema.name() }
}

fn article_tag_row(ArticleTag { id, name, answer }: &ArticleTag) -> ArticleTagRow<'_> {
    ArticleTagRow { id, name, answer: answer.name(), choices: answer.choices() }
}

fn relation_kind_row(kind: &RelationKind) -> RelationKindRow<'_> {
    let RelationKind { id, name, reverse, from, to, symmetric, key: _, hue: _ } = kind;
    RelationKindRow { id: id.as_str(), name, reverse, from, to, symmetric: *symmetric }
}

fn relation_row(relation: &Relation) -> RelationRow<'_> {
    RelationRow {
        id: relation.id.to_string(),
        kind: relation.kind.as_str(),
        from: relation.from.to_string(),
        to: relation.to.to_string(),
        status: status(relation.status),
        provenance: provenance(&relation.origin, relation.decision.as_ref(), &relation.note),
    }
}

fn article_row<'p>(project: &'p Project, view: &ArticleView<'p>, judged: &Judged<'_>) -> ArticleRow<'p> {
    let meta = &view.record.article.meta;
    ArticleRow {
        id: view.record.id.to_string(),
        title: &meta.title,
        source: &meta.source,
        author: &meta.author,
        section: &meta.section,
        url: &meta.url,
        language: &meta.language,
        date: meta.date,
        origin: view.origin(),
        done: view.record.done.as_ref(),
        tags: &view.record.tags,
        text: view.text,
        mentions: view.mentions.iter().map(mention_row).collect(),
        events: view.events.iter().map(|event| event_row(project, view, event, judged)).collect(),
        relations: view.relations.iter().map(|related| relation_row(related.relation)).collect(),
        rulings: ruling_rows(view),
    }
}

fn mention_row<'p>(marked: &Marked<'p>) -> MentionRow<'p> {
    let mention = marked.mention;
    MentionRow {
        id: mention.id.to_string(),
        start: marked.start,
        end: marked.end,
        quote: &mention.quote,
        kind: mention.kind.as_str(),
        status: status(mention.status),
        entity: marked.entity().map(|id| id.to_string()),
        event: marked.event().map(|id| id.to_string()),
        subtype: mention.subtype.as_deref(),
        retold: mention.retold,
        provenance: provenance(&mention.origin, mention.decision.as_ref(), &mention.note),
    }
}

fn event_row<'p>(
    project: &'p Project,
    article: &ArticleView<'p>,
    view: &EventView<'p>,
    judged: &Judged<'_>,
) -> EventRow<'p> {
    let event = view.event;
    let mentions = view.mentions.iter().filter_map(|index| article.mentions.get(*index));
    EventRow {
        id: event.id.to_string(),
        name: &event.name,
        kind: event.kind.code(),
        class: event.kind.class(),
        happening: judged.happening(event.id).map(|first| first.to_string()),
        level: view.level.name(),
        worth: event.worth.filter(|worth| worth.is_finite()),
        mode: event.mode.as_deref(),
        contexts: event.contexts.iter().map(|context| context.as_str()).collect(),
        date: event.date.as_ref(),
        place: event.place.as_ref().map(place_row),
        polarity: event.polarity.name(),
        modality: event.modality.name(),
        wikidata: event.wikidata.as_deref(),
        participants: view.participants.iter().map(|who| participant_row(project, article, who)).collect(),
        figures: event.figures.iter().map(|figure| figure_row(article, figure)).collect(),
        mentions: mentions.map(|marked| marked.mention.id.to_string()).collect(),
        provenance: provenance(&event.origin, event.decision.as_ref(), &event.note),
    }
}

fn participant_row<'p>(project: &'p Project, article: &ArticleView<'p>, who: &'p Participant) -> ParticipantRow<'p> {
    ParticipantRow {
        role: who.role.name(),
        entity: who.entity().map(|entity| entity.to_string()),
        name: project.party_name(&who.who),
        label: project.party_label(&who.who).name(),
        country: project.party_country(&who.who),
        words: words_row(article, who.range),
        unsure: who.unsure,
    }
}

fn figure_row<'p>(article: &ArticleView<'p>, figure: &Figure) -> FigureRow<'p> {
    FigureRow {
        kind: figure.kind.name(),
        number: figure.number.filter(|number| number.is_finite()),
        words: words_row(article, figure.range),
    }
}

fn place_row(EventPlace { name, country, coordinates, unsure }: &EventPlace) -> PlaceRow<'_> {
    let coordinates = coordinates.filter(Coordinates::is_on_earth);
    PlaceRow { name, country: *country, coordinates, unsure: *unsure }
}

fn words_row<'p>(article: &ArticleView<'p>, range: Option<TextRange>) -> WordsRow<'p> {
    let place = range.and_then(|range| article.offsets.code_points(range));
    WordsRow {
        start: place.map(|(start, _)| start),
        end: place.map(|(_, end)| end),
        quote: range.and_then(|range| article.record.article.text.slice(range)),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

fn entity_rows<'p>(view: &View<'p>) -> Vec<EntityRow<'p>> {
    let mut mentions: std::collections::HashMap<EntityId, Vec<String>> = std::collections::HashMap::new();
    for marked in view.articles.iter().flat_map(|article| &article.mentions) {
        if let Some(entity) = marked.entity() {
            mentions.entry(entity).or_default().push(marked.mention.id.to_string());
        }
    }
    let row = |entity: &'p Entity| EntityRow {
        id: entity.id.to_string(),
        kind: entity.kind.as_str(),
        name: &entity.name,
        aliases: &entity.aliases,
        country: entity.country,
        role: &entity.role,
        wikidata: entity.wikidata.as_deref(),
        mentions: mentions.remove(&entity.id).unwrap_or_default(),
        provenance: provenance(&entity.origin, entity.decision.as_ref(), &entity.note),
    };
    view.entities().into_iter().map(row).collect()
}

fn provenance<'p>(origin: &'p Origin, decision: Option<&'p Stamp>, note: &'p str) -> Provenance<'p> {
    Provenance {
        source: &origin.source,
        score: origin.score.filter(|score| score.is_finite()),
        reason: &origin.reason,
        by: decision.map(|stamp| stamp.by.as_str()),
        at: decision.map(|stamp| stamp.at),
        note,
    }
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Suggested => "suggested",
        Status::Accepted => "accepted",
        Status::Rejected => "rejected",
    }
}
