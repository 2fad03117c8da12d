//! Our own JSON back in: what `export/json.rs` writes and `docs/schema/annotations.schema.json` describes.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use smol_str::SmolStr;

use super::rulings::{AnnotatorRow, RulingRow};
use super::{File, Format, Head, ImportError, Imported, LeftOut, Numbers, new_kind, project, utf8};
use crate::project::ops;
use crate::project::{
    Answer, ArticleId, ArticleRecord, ArticleTag, ArticleTags, Contributor, ContributorId, Coordinates, CountryCode,
    Entity, EntityId, Event, EventDate, EventId, EventPlace, EventType, Figure, FigureKind, Judgement, JudgementId,
    Kind, KindId, Level, Mention, MentionId, Modality, Origin, Participant, Party, PartyLabel, PartyWords, Polarity,
    Records, Relation, RelationId, RelationKind, Role, RulingId, Schema, Stamp, Status, Tagset, Target, item,
};
use crate::text::{Article, Metadata, OffsetMap, Text};

/// The newest version that is read.
const VERSION: u32 = 6;

/// See the module.
pub(super) struct Json;

impl Format for Json {
    fn id(&self) -> &'static str {
        "json"
    }

    fn name(&self) -> &'static str {
        "Rubricator's JSON"
    }

    fn description(&self) -> &'static str {
        "What the exports JSON and JSON Lines wrote: everything in one file"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json", "jsonl"]
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        head.has_keys(&["format"]) && head.text.contains("rubricator annotations")
    }

    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError> {
        let [file] = files else { return Err(ImportError::Unknown(String::new())) };
        let text = utf8(file)?;
        let document = if file.extension() == "jsonl" {
            let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
            let documents = lines.map(|(number, line)| self.document(file, line, &format!("line {number}: ")));
            one(documents.collect::<Result<_, _>>()?)
        } else {
            self.document(file, text, "")?
        };
        JsonReader { name: file.base(), stamp, left_out: Vec::new() }.read(document)
    }
}

impl Json {
    fn document(&self, file: &File, text: &str, place: &str) -> Result<Document, ImportError> {
        let wrong = |problem: String| ImportError::Form {
            name: file.base().to_owned(),
            format: self.name(),
            problem: format!("{place}{problem}"),
        };
        let head: Opening = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if head.format != "rubricator annotations" {
            return Err(wrong(format!("its format is “{}”", head.format)));
        }
        if head.version > VERSION {
            return Err(ImportError::Newer { name: file.base().to_owned(), version: head.version, known: VERSION });
        }
        serde_json::from_str(text).map_err(|error| wrong(error.to_string()))
    }
}

/// The documents of all lines as one: kinds and entities are there again in each line that needs them.
fn one(documents: Vec<Document>) -> Document {
    let mut whole = Document::default();
    let (mut kinds, mut tags, mut relations, mut entities, mut annotators) = Default::default();
    fn first(seen: &mut HashSet<SmolStr>, id: &str) -> bool {
        seen.insert(SmolStr::new(id))
    }
    for document in documents {
        whole.kinds.extend(document.kinds.into_iter().filter(|kind| first(&mut kinds, &kind.id)));
        whole.article_tags.extend(document.article_tags.into_iter().filter(|tag| first(&mut tags, &tag.id)));
        let kinds = document.relation_kinds.into_iter();
        whole.relation_kinds.extend(kinds.filter(|kind| first(&mut relations, &kind.id)));
        whole.entities.extend(document.entities.into_iter().filter(|entity| first(&mut entities, &entity.id)));
        whole.annotators.extend(document.annotators.into_iter().filter(|own| first(&mut annotators, &own.id)));
        whole.articles.extend(document.articles);
        whole.judgements.extend(document.judgements);
    }
    whole
}

#[derive(Deserialize)]
struct Opening {
    format: String,
    version: u32,
}

#[derive(Default, Deserialize)]
struct Document {
    #[serde(default)]
    kinds: Vec<KindRow>,
    #[serde(default)]
    article_tags: Vec<ArticleTagRow>,
    #[serde(default)]
    relation_kinds: Vec<RelationKindRow>,
    #[serde(default)]
    guidelines: String,
    #[serde(default)]
    annotators: Vec<AnnotatorRow>,
    articles: Vec<ArticleRow>,
    #[serde(default)]
    entities: Vec<EntityRow>,
    #[serde(default)]
    judgements: Vec<JudgementRow>,
}

#[derive(Deserialize)]
struct JudgementRow {
    #[serde(default)]
    id: String,
    one: String,
    other: String,
    same: bool,
    by: Option<SmolStr>,
    at: Option<Timestamp>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
struct KindRow {
    id: SmolStr,
    name: String,
    plural: String,
    schema: Option<String>,
}

#[derive(Deserialize)]
struct ArticleTagRow {
    id: SmolStr,
    name: String,
    answer: String,
    #[serde(default)]
    choices: Vec<String>,
}

#[derive(Deserialize)]
struct RelationKindRow {
    id: SmolStr,
    name: String,
    #[serde(default)]
    reverse: String,
    #[serde(default)]
    from: Vec<KindId>,
    #[serde(default)]
    to: Vec<KindId>,
    #[serde(default)]
    symmetric: bool,
}

#[derive(Deserialize)]
struct ArticleRow {
    #[serde(default)]
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    section: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    language: String,
    date: Option<Date>,
    #[serde(default)]
    origin: String,
    done: Option<Stamp>,
    #[serde(default)]
    tags: ArticleTags,
    text: String,
    #[serde(default)]
    mentions: Vec<MentionRow>,
    #[serde(default)]
    events: Vec<EventRow>,
    #[serde(default)]
    relations: Vec<RelationRow>,
    #[serde(default)]
    rulings: Vec<RulingRow>,
}

#[derive(Deserialize)]
struct Provenance {
    source: Option<SmolStr>,
    score: Option<f32>,
    #[serde(default)]
    reason: String,
    by: Option<SmolStr>,
    at: Option<Timestamp>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
struct MentionRow {
    #[serde(default)]
    id: String,
    start: usize,
    end: usize,
    quote: String,
    kind: SmolStr,
    #[serde(default)]
    status: String,
    entity: Option<String>,
    event: Option<String>,
    subtype: Option<SmolStr>,
    #[serde(default)]
    retold: bool,
    #[serde(flatten)]
    provenance: Provenance,
}

#[derive(Deserialize)]
struct RelationRow {
    #[serde(default)]
    id: String,
    kind: SmolStr,
    from: String,
    to: String,
    #[serde(default)]
    status: String,
    #[serde(flatten)]
    provenance: Provenance,
}

#[derive(Deserialize)]
struct EventRow {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(rename = "type")]
    kind: Option<String>,
    class: Option<String>,
    happening: Option<String>,
    level: Option<String>,
    worth: Option<f32>,
    mode: Option<SmolStr>,
    #[serde(default)]
    contexts: Vec<SmolStr>,
    date: Option<EventDate>,
    place: Option<PlaceRow>,
    #[serde(default)]
    polarity: String,
    #[serde(default)]
    modality: String,
    wikidata: Option<String>,
    #[serde(default)]
    participants: Vec<ParticipantRow>,
    #[serde(default)]
    figures: Vec<FigureRow>,
    #[serde(flatten)]
    provenance: Provenance,
}

#[derive(Deserialize)]
struct PlaceRow {
    name: String,
    country: Option<CountryCode>,
    coordinates: Option<Coordinates>,
    #[serde(default)]
    unsure: bool,
}

#[derive(Deserialize)]
struct ParticipantRow {
    role: String,
    entity: Option<String>,
    /// Read where there is no entity.
    #[serde(default)]
    name: String,
    label: Option<String>,
    country: Option<CountryCode>,
    start: Option<usize>,
    end: Option<usize>,
    #[serde(default)]
    unsure: bool,
}

#[derive(Deserialize)]
struct FigureRow {
    kind: String,
    number: Option<f64>,
    start: Option<usize>,
    end: Option<usize>,
}

#[derive(Deserialize)]
struct EntityRow {
    id: String,
    kind: SmolStr,
    #[serde(default)]
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    country: Option<CountryCode>,
    #[serde(default)]
    role: String,
    wikidata: Option<String>,
    #[serde(flatten)]
    provenance: Provenance,
}

/// The numbers that records of articles have been given.
#[derive(Default)]
struct RowNumbers {
    events: Numbers,
    /// The number and article of each event of the file, by its id; where an id is there twice, those of the first.
    called: HashMap<String, (EventId, ArticleId)>,
    /// Events that are of the happening of another, which is called so.
    told: Vec<(EventId, String)>,
    mentions: Numbers,
    relations: Numbers,
    rulings: Numbers,
    /// The annotators of the file, by their ids there.
    annotators: HashMap<String, ContributorId>,
}

fn status(name: &str) -> Status {
    match name {
        "suggested" => Status::Suggested,
        "rejected" => Status::Rejected,
        _ => Status::Accepted,
    }
}

struct JsonReader<'f> {
    name: &'f str,
    stamp: &'f Stamp,
    left_out: Vec<LeftOut>,
}

impl JsonReader<'_> {
    fn read(mut self, mut document: Document) -> Result<Imported, ImportError> {
        let guidelines = std::mem::take(&mut document.guidelines);
        let mut records = Records { tagset: tagset(&document), guidelines, ..Records::default() };
        self.article_tags(std::mem::take(&mut document.article_tags), &mut records);
        self.relation_kinds(std::mem::take(&mut document.relation_kinds), &mut records);
        let mut entities = HashMap::new();
        let mut numbers = Numbers::default();
        for row in document.entities {
            let id = EntityId(numbers.take(&row.id));
            if entities.contains_key(&row.id) {
                self.leave(format!("another entity {}", row.id), "its id is there twice");
                continue;
            }
            entities.insert(row.id, id);
            let (origin, decision, note) = self.provenance(row.provenance);
            records.entities.push(Entity {
                id,
                kind: KindId(row.kind),
                name: row.name,
                aliases: row.aliases,
                country: row.country,
                role: row.role,
                wikidata: row.wikidata.as_deref().and_then(item),
                origin,
                decision,
                note,
            });
        }
        let (mut articles, mut numbers) = (Numbers::default(), RowNumbers::default());
        let mut annotators = Numbers::default();
        for AnnotatorRow { id: row, name, file, open } in document.annotators {
            if numbers.annotators.contains_key(&row) {
                self.leave(format!("another annotator {row}"), "its id is there twice");
                continue;
            }
            let id = ContributorId(annotators.take(&row));
            numbers.annotators.insert(row, id);
            records.contributors.push(Contributor { id, name, file, open });
        }
        for row in document.articles {
            let id = ArticleId(articles.take(&row.id));
            self.article(row, id, &entities, &mut numbers, &mut records)?;
        }
        let mut judgements = Numbers::default();
        for row in document.judgements {
            let id = JudgementId(judgements.take(&row.id));
            self.judgement(row, id, &entities, &numbers.called, &mut records);
        }
        let mut project = project(self.name, records)?;
        // What links events of one happening may have stayed behind with an event that did not go out.
        for (event, first) in numbers.told {
            let Some((first, _)) = numbers.called.get(&first) else { continue };
            let edit = ops::same(&project, &[*first, event], self.stamp.clone());
            project.apply(&edit).map_err(|error| ImportError::Form {
                name: self.name.to_owned(),
                format: "JSON",
                problem: error.to_string(),
            })?;
        }
        Ok(Imported { project, left_out: self.left_out, ..Imported::default() })
    }

    fn article_tags(&mut self, rows: Vec<ArticleTagRow>, records: &mut Records) {
        for ArticleTagRow { id, name, answer, choices } in rows {
            if records.article_tags.iter().any(|tag| tag.id == id) {
                self.leave(format!("another article tag {id}"), "its id is there twice");
                continue;
            }
            let answer = match answer.as_str() {
                "one" => Answer::One(choices),
                "several" => Answer::Several(choices),
                _ => Answer::Text,
            };
            records.article_tags.push(ArticleTag { id, name, answer });
        }
    }

    /// What is said of an article, as far as it is what its tags can say.
    fn tags(&mut self, row: ArticleTags, title: &str, known: &[ArticleTag]) -> ArticleTags {
        let mut tags = ArticleTags::new();
        for (id, answers) in row {
            let Some(tag) = known.iter().find(|tag| tag.id == id) else {
                self.leave(format!("{id} of “{title}”"), "there is no article tag of that id");
                continue;
            };
            let choices = tag.answer.choices();
            let (answers, foreign): (Vec<_>, Vec<_>) =
                answers.into_iter().partition(|answer| matches!(tag.answer, Answer::Text) || choices.contains(answer));
            for answer in foreign {
                self.leave(format!("{id} “{answer}” of “{title}”"), "the article tag does not offer it");
            }
            if !answers.is_empty() {
                tags.insert(id, answers);
            }
        }
        tags
    }

    fn article(
        &mut self,
        row: ArticleRow,
        article: ArticleId,
        entities: &HashMap<String, EntityId>,
        numbers: &mut RowNumbers,
        records: &mut Records,
    ) -> Result<(), ImportError> {
        let too_long = |problem: String| ImportError::TooLong { name: self.name.to_owned(), problem };
        let text = Text::new(row.text).map_err(|error| too_long(error.to_string()))?;
        let words = text.clone();
        let offsets = OffsetMap::new(words.as_str());
        let tags = self.tags(row.tags, &row.title, &records.article_tags);
        let meta = Metadata {
            title: row.title,
            source: row.source,
            author: row.author,
            section: row.section,
            url: row.url,
            language: row.language,
            date: row.date,
            origin: row.origin,
            ..Metadata::default()
        };
        records.articles.push(ArticleRecord {
            done: row.done,
            tags,
            ..ArticleRecord::new(article, Article { meta, text })
        });
        let (mut events, mut levels) = (HashMap::new(), HashMap::new());
        for row in row.events {
            let id = EventId(numbers.events.take(&row.id));
            if events.contains_key(&row.id) {
                self.leave(format!("another event {}", row.id), "its id is there twice");
                continue;
            }
            events.insert(row.id.clone(), id);
            numbers.called.entry(row.id.clone()).or_insert((id, article));
            numbers.told.extend(row.happening.clone().filter(|first| *first != row.id).map(|first| (id, first)));
            levels.extend(row.level.as_deref().and_then(Level::from_name).map(|level| (id, level)));
            let event = self.event(row, id, article, entities, &offsets);
            records.events.push(event);
        }
        let (relations, rulings) = (row.relations, row.rulings);
        let mut mentions = HashMap::new();
        for row in row.mentions {
            let what = || format!("{} “{}” at {}–{}", row.kind, row.quote, row.start, row.end);
            let range = offsets.from_code_points(row.start, row.end).filter(|range| !range.is_empty());
            let Some(range) = range.filter(|range| words.slice(*range) == Some(row.quote.as_str())) else {
                self.leave(what(), "these words do not stand there in the text");
                continue;
            };
            let target = match (&row.entity, &row.event) {
                (Some(entity), _) => entities.get(entity).copied().map(Target::Entity),
                (None, Some(event)) => events.get(event).copied().map(Target::Event),
                (None, None) => None,
            };
            if target.is_none() && (row.entity.is_some() || row.event.is_some()) {
                self.leave(format!("what {} stands for", what()), "there is no record of that id");
            }
            let level = match target {
                Some(Target::Event(event)) => levels.get(&event).copied(),
                _ => None,
            };
            let (origin, decision, note) = self.provenance(row.provenance);
            let id = MentionId(numbers.mentions.take(&row.id));
            mentions.entry(row.id).or_insert(id);
            records.mentions.push(Mention {
                target,
                subtype: row.subtype,
                level: level.unwrap_or_default(),
                retold: row.retold,
                status: status(&row.status),
                decision,
                note,
                ..Mention::new(id, (article, range), &row.quote, KindId(row.kind), origin)
            });
        }
        for row in relations {
            self.relation(row, article, &mentions, numbers, records);
        }
        for row in rulings {
            let id = RulingId(numbers.rulings.take(&row.id));
            let (words, decision) = (row.words.clone(), self.decision(row.by.clone(), row.at));
            match row.ruling((id, article), &numbers.annotators, &offsets, decision) {
                Ok(ruling) => records.rulings.push(ruling),
                Err(why) => self.leave(format!("ruling on “{words}”"), why),
            }
        }
        Ok(())
    }

    fn relation(
        &mut self,
        row: RelationRow,
        article: ArticleId,
        mentions: &HashMap<String, MentionId>,
        numbers: &mut RowNumbers,
        records: &mut Records,
    ) {
        let ends = mentions.get(&row.from).copied().zip(mentions.get(&row.to).copied());
        let Some((from, to)) = ends.filter(|(from, to)| from != to) else {
            let what = format!("relation {} from {} to {}", row.kind, row.from, row.to);
            self.leave(what, "it does not stand between two mentions of its article");
            return;
        };
        let kind = KindId(row.kind);
        if records.relation_kinds.iter().all(|known| known.id != kind) {
            records.relation_kinds.push(RelationKind::new(kind.clone(), kind.as_str(), ""));
        }
        let (origin, decision, note) = self.provenance(row.provenance);
        let id = RelationId(numbers.relations.take(&row.id));
        let status = status(&row.status);
        let relation = Relation::new(id, article, kind, (from, to), origin);
        records.relations.push(Relation { status, decision, note, ..relation });
    }

    fn judgement(
        &mut self,
        row: JudgementRow,
        id: JudgementId,
        entities: &HashMap<String, EntityId>,
        events: &HashMap<String, (EventId, ArticleId)>,
        records: &mut Records,
    ) {
        let decision = self.decision(row.by, row.at);
        let of_events = events.get(&row.one).zip(events.get(&row.other)).filter(|(one, other)| one.0 != other.0);
        let of_entities = entities.get(&row.one).zip(entities.get(&row.other)).filter(|(one, other)| one != other);
        let new = match (of_events, of_entities.filter(|_| !row.same)) {
            (Some((one, other)), _) => {
                Judgement::new(id, (Target::Event(one.0), Target::Event(other.0)), [one.1, other.1], row.same)
            }
            (None, Some((one, other))) => Judgement::new(id, (Target::Entity(*one), Target::Entity(*other)), [], false),
            (None, None) => {
                let what = format!("judgement of {} and {}", row.one, row.other);
                self.leave(
                    what,
                    "it is not about two events of the file, or two of its entities that are not the same",
                );
                return;
            }
        };
        records.judgements.push(Judgement { decision, note: row.note, ..new });
    }

    fn relation_kinds(&mut self, rows: Vec<RelationKindRow>, records: &mut Records) {
        for RelationKindRow { id, name, reverse, from, to, symmetric } in rows {
            if records.relation_kinds.iter().any(|kind| kind.id.0 == id) {
                self.leave(format!("another kind of relation {id}"), "its id is there twice");
                continue;
            }
            let mut tagset = Tagset { relations: std::mem::take(&mut records.relation_kinds), ..Tagset::default() };
            tagset.add_relation(RelationKind { from, to, symmetric, ..RelationKind::new(KindId(id), &name, &reverse) });
            records.relation_kinds = tagset.relations;
        }
    }

    fn event(
        &mut self,
        row: EventRow,
        id: EventId,
        article: ArticleId,
        entities: &HashMap<String, EntityId>,
        offsets: &OffsetMap<'_>,
    ) -> Event {
        let kind = EventType::from_parts(row.kind.as_deref(), row.class.as_deref()).unwrap_or_else(|| {
            let code = row.kind.as_deref().unwrap_or_default();
            self.leave(format!("type {code} of “{}”", row.name), "it is none of PLOVER's types");
            EventType::Happening(None)
        });
        let range = |start: Option<usize>, end: Option<usize>| offsets.from_code_points(start?, end?);
        let mut participants = Vec::new();
        for who in row.participants {
            let range = range(who.start, who.end);
            let role = if who.role == Role::Recipient.name() { Role::Recipient } else { Role::Actor };
            let unsure = who.unsure;
            if let Some(who) = self.party(who, &row.name, entities) {
                participants.push(Participant { unsure, ..Participant::new(role, who, range) });
            }
        }
        let mut figures = Vec::new();
        for FigureRow { kind, number, start, end } in row.figures {
            match FigureKind::from_name(&kind) {
                Some(kind) => figures.push(Figure { kind, number, range: range(start, end) }),
                None => self.leave(format!("figure {kind} of “{}”", row.name), "nothing of that name is counted"),
            }
        }
        let place = row.place.map(|place| self.place(place));
        let (origin, decision, note) = self.provenance(row.provenance);
        Event {
            kind,
            worth: row.worth,
            mode: row.mode,
            contexts: row.contexts,
            date: row.date,
            place,
            participants,
            figures,
            polarity: if row.polarity == Polarity::Negative.name() { Polarity::Negative } else { Polarity::Positive },
            modality: Modality::from_name(&row.modality).unwrap_or_default(),
            wikidata: row.wikidata.as_deref().and_then(item),
            decision,
            note,
            ..Event::new(id, article, row.name, origin)
        }
    }

    /// An entity of the file, or the words that are told instead.
    fn party(&mut self, who: ParticipantRow, event: &str, entities: &HashMap<String, EntityId>) -> Option<Party> {
        let ParticipantRow { role, entity, name, label, country, .. } = who;
        if let Some(id) = entity {
            let known = entities.get(&id).copied().map(Party::from);
            if known.is_none() {
                self.leave(format!("{role} {id} of “{event}”"), "there is no record of that id");
            }
            return known;
        }
        let told = label.as_deref().and_then(PartyLabel::from_name).filter(|_| !name.is_empty());
        let words = told.map(|label| Party::Words(PartyWords { name: name.clone(), label, country }));
        if words.is_none() {
            self.leave(format!("{role} {name} of “{event}”"), "there is no entity, and no name with a label");
        }
        words
    }

    fn place(&mut self, PlaceRow { name, country, coordinates, unsure }: PlaceRow) -> EventPlace {
        let known = coordinates.filter(Coordinates::is_on_earth);
        if coordinates.is_some() && known.is_none() {
            self.leave(format!("the coordinates of {name}"), "they are no place on earth");
        }
        EventPlace { coordinates: known, unsure, ..EventPlace::new(name, country) }
    }

    fn provenance(&self, row: Provenance) -> (Origin, Option<Stamp>, String) {
        let hand = Origin::hand();
        let source = row.source.filter(|source| !source.is_empty()).unwrap_or(hand.source);
        let decision = self.decision(row.by, row.at);
        (Origin { source, score: row.score, reason: row.reason }, decision, row.note)
    }

    fn decision(&self, by: Option<SmolStr>, at: Option<Timestamp>) -> Option<Stamp> {
        match (by, at) {
            (None, None) => None,
            (by, at) => {
                Some(Stamp { by: by.unwrap_or_else(|| self.stamp.by.clone()), at: at.unwrap_or(self.stamp.at) })
            }
        }
    }

    fn leave(&mut self, what: String, why: &'static str) {
        self.left_out.push(LeftOut { place: self.name.to_owned(), what, why });
    }
}

/// The kinds of the file, those of a new project as they are there, and those that only mentions name.
fn tagset(document: &Document) -> Vec<Kind> {
    let known = Tagset::default();
    let mut tagset = Tagset { kinds: Vec::new(), article_tags: Vec::new(), relations: Vec::new() };
    let mentions = || document.articles.iter().flat_map(|article| &article.mentions);
    let events: HashSet<&str> =
        mentions().filter(|mention| mention.event.is_some()).map(|mention| mention.kind.as_str()).collect();
    let schema = |id: &KindId| match known.get(id) {
        Some(kind) => kind.schema,
        None if events.contains(id.as_str()) => Schema::Event,
        None => Schema::Entity,
    };
    for row in &document.kinds {
        let id = KindId(row.id.clone());
        // That of people is theirs without saying.
        let told = row.schema.as_deref().and_then(Schema::from_name).filter(|_| id != KindId::PERSON);
        let new = new_kind(&id, &row.name, &row.plural, told.unwrap_or_else(|| schema(&id)));
        tagset.add(Kind { key: known.get(&id).map_or(new.key, |kind| kind.key), ..new });
    }
    if tagset.kinds.is_empty() {
        tagset = known.clone();
    }
    let used = mentions().map(|mention| &mention.kind).chain(document.entities.iter().map(|entity| &entity.kind));
    for id in used.map(|id| KindId(id.clone())) {
        tagset.add(new_kind(&id, id.as_str(), id.as_str(), schema(&id)));
    }
    tagset.kinds
}
