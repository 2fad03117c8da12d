//! Records while articles of one import are read: what the readers of marked texts have in common.

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;
use text_size::TextRange;

use super::{ImportError, Imported, LeftOut, Numbers, new_kind, project};
use crate::project::{
    ArticleId, ArticleRecord, Entity, EntityId, Event, EventId, EventType, KindId, Level, Mention, MentionId, Origin,
    Records, Relation, RelationId, RelationKind, Schema, Stamp, Status, Tagset, Target,
};
use crate::text::{Article, Metadata, Text};

/// How many bytes the words of all mentions of an import may take: files of a few bytes a mark could else fill the
/// memory with the same words over and over.
const MAX_QUOTES: usize = 256 * 1024 * 1024;

/// Why a mark is left out whose place is not in its text.
pub(super) const OUTSIDE: &str = "it lies outside the text";

/// All articles that are read together; they share kinds and entities.
pub(super) struct Set<'s> {
    /// Names the source of suggestions that the files hold.
    format: &'static str,
    stamp: &'s Stamp,
    pub records: Records,
    tagset: Tagset,
    pub left_out: Vec<LeftOut>,
    entities: HashMap<String, EntityId>,
    entity_numbers: Numbers,
    event_numbers: Numbers,
    relation_kinds: Vec<RelationKind>,
    /// The places of the kinds of relations by what they are called, as [`plain`] has it.
    called: HashMap<String, usize>,
    /// The relations that are there, those that say the same both ways from the smaller end.
    related: HashSet<(KindId, MentionId, MentionId)>,
    quotes: usize,
}

/// A mark as a file tells of it.
pub(super) struct Mark {
    pub article: ArticleId,
    pub range: TextRange,
    pub kind: KindId,
    pub target: Option<Target>,
    pub subtype: Option<SmolStr>,
    /// From which level on its event is shown.
    pub level: Level,
    /// Whether its event is told more clearly elsewhere.
    pub retold: bool,
    pub status: Status,
    pub note: String,
    /// Who accepted it and when, where the file says so.
    pub decision: Option<Stamp>,
}

/// A relation as a file tells of it.
pub(super) struct Link<'l> {
    pub article: ArticleId,
    pub from: MentionId,
    pub to: MentionId,
    /// What it is called; where it is empty, only that the two are related.
    pub label: &'l str,
    /// Whether the file says that it says the same both ways.
    pub symmetric: bool,
    pub status: Status,
    pub note: String,
    /// Who accepted it and when, where the file says so.
    pub decision: Option<Stamp>,
}

/// Why a relation is left out one of whose ends is no mark.
pub(super) const NO_ENDS: &str = "it does not stand between two marks that are taken in";
/// What a relation is called of which nothing is told.
const UNNAMED: &str = "relation";

impl<'s> Set<'s> {
    pub fn new(format: &'static str, stamp: &'s Stamp) -> Self {
        Self {
            format,
            stamp,
            records: Records::default(),
            tagset: Tagset::default(),
            left_out: Vec::new(),
            entities: HashMap::new(),
            entity_numbers: Numbers::default(),
            event_numbers: Numbers::default(),
            relation_kinds: Vec::new(),
            called: HashMap::new(),
            related: HashSet::new(),
            quotes: 0,
        }
    }

    /// Who is named as having decided on what the file does not say more of, and when.
    pub fn stamp(&self) -> &Stamp {
        self.stamp
    }

    /// Tells that something is not taken in.
    pub fn leave(&mut self, place: impl Into<String>, what: impl Into<String>, why: &'static str) {
        self.left_out.push(LeftOut { place: place.into(), what: what.into(), why });
    }

    /// Takes an article in.
    pub fn article(&mut self, name: &str, meta: Metadata, text: &str) -> Result<ArticleId, ImportError> {
        let too_long = |problem: String| ImportError::TooLong { name: name.to_owned(), problem };
        let text = Text::new(text).map_err(|error| too_long(error.to_string()))?;
        let id = ArticleId(u32::try_from(self.records.articles.len()).unwrap_or(u32::MAX));
        self.records.articles.push(ArticleRecord::new(id, Article { meta, text }));
        Ok(id)
    }

    /// The words of an article under a range.
    pub fn words(&self, article: ArticleId, range: TextRange) -> &str {
        let record = usize::try_from(article.0).ok().and_then(|index| self.records.articles.get(index));
        record.and_then(|record| record.article.text.slice(range)).unwrap_or_default()
    }

    /// The kind of a label: people, countries and events by their usual names, else the kind of that name, new where
    /// it has to be.
    pub fn kind(&mut self, label: &str, schema: Schema) -> KindId {
        usual_kind(label).unwrap_or_else(|| self.kind_of_id(KindId(label.into()), label, schema))
    }

    /// The kind of an id, new where it has to be, and then shown under a name in which `_` stands for a space.
    pub fn kind_of_id(&mut self, id: KindId, name: &str, schema: Schema) -> KindId {
        let shown = name.replace('_', " ");
        self.tagset.add(new_kind(&id, &shown, &shown, schema));
        id
    }

    pub fn schema(&self, kind: &KindId) -> Schema {
        self.tagset.schema(kind)
    }

    /// The entity of this key and kind, made at the first time and filled in then. `own` is what this program called
    /// it, such as `e12`.
    pub fn entity(
        &mut self,
        kind: &KindId,
        key: &str,
        own: &str,
        name: &str,
        fill: impl FnOnce(&mut Entity),
    ) -> EntityId {
        let key = format!("{} {key}", kind.as_str());
        if let Some(known) = self.entities.get(&key) {
            return *known;
        }
        let id = EntityId(self.entity_numbers.take(own));
        self.entities.insert(key, id);
        let decision = Some(self.stamp.clone());
        let mut entity = Entity { decision, ..Entity::new(id, kind.clone(), name, Origin::hand()) };
        fill(&mut entity);
        self.records.entities.push(entity);
        id
    }

    /// The entity that a mention names of which nothing is told: of the same words in one article, the same.
    pub fn entity_of_words(&mut self, article: ArticleId, range: TextRange, kind: &KindId) -> EntityId {
        let name = one_line(self.words(article, range));
        self.entity(kind, &format!("words {article} {name}"), "", &name, |_| ())
    }

    /// A new event, of which its name is known and what it is filled in with. `own` is what this program called it,
    /// such as `v3`.
    pub fn event(
        &mut self,
        article: ArticleId,
        own: &str,
        name: String,
        status: Status,
        fill: impl FnOnce(&mut Event),
    ) -> EventId {
        let id = EventId(self.event_numbers.take(own));
        let (origin, decision) = self.decided(status);
        let mut event = Event { decision, ..Event::new(id, article, name, origin) };
        fill(&mut event);
        self.records.events.push(event);
        id
    }

    /// Takes a mark in and gives its number; says why where it cannot be.
    pub fn mention(&mut self, mark: Mark) -> Result<MentionId, &'static str> {
        let quote = self.words(mark.article, mark.range);
        if quote.is_empty() {
            return Err("it holds no words");
        }
        let quotes = self.quotes + quote.len();
        if quotes > MAX_QUOTES {
            return Err("the marks before it hold too many words to be kept");
        }
        let (origin, decision) = self.decided(mark.status);
        let decision = decision.map(|stamp| mark.decision.unwrap_or(stamp));
        let id = MentionId(u32::try_from(self.records.mentions.len()).unwrap_or(u32::MAX));
        let mention = Mention {
            target: mark.target,
            subtype: mark.subtype,
            level: mark.level,
            retold: mark.retold,
            status: mark.status,
            decision,
            note: mark.note,
            ..Mention::new(id, (mark.article, mark.range), quote, mark.kind, origin)
        };
        self.quotes = quotes;
        self.records.mentions.push(mention);
        Ok(id)
    }

    /// Takes a relation in, once; says why where it cannot be.
    pub fn relation(&mut self, link: Link<'_>) -> Result<(), &'static str> {
        let Link { article, from, to, label, symmetric, status, note, decision } = link;
        if from == to {
            return Err(NO_ENDS);
        }
        let (kind, both_ways) = self.relation_kind(label, symmetric);
        let (one, other) = if both_ways { (from.min(to), from.max(to)) } else { (from, to) };
        if !self.related.insert((kind.clone(), one, other)) {
            return if note.is_empty() { Ok(()) } else { Err("the same relation is there already, without this note") };
        }
        let quotes = self.quotes + note.len() + size_of::<Relation>();
        if quotes > MAX_QUOTES {
            return Err("the marks before it hold too many words to be kept");
        }
        self.quotes = quotes;
        let (origin, decided) = self.decided(status);
        let decision = decided.map(|stamp| decision.unwrap_or(stamp));
        let id = RelationId(u32::try_from(self.records.relations.len()).unwrap_or(u32::MAX));
        let relation = Relation::new(id, article, kind, (from, to), origin);
        self.records.relations.push(Relation { status, decision, note, ..relation });
        Ok(())
    }

    /// The kind of relation of a label, and whether it says the same both ways: one that is called so, of those that are
    /// there and those that many need, or a new one.
    fn relation_kind(&mut self, label: &str, symmetric: bool) -> (KindId, bool) {
        let label = if label.is_empty() { UNNAMED } else { label };
        let wanted = plain(label);
        let place = self.called.get(&wanted).copied().unwrap_or_else(|| {
            let mut usual = Tagset::default().ready_relations().into_iter();
            let new = || RelationKind::new(KindId(label.into()), &label.replace(['-', '_'], " "), "");
            let place = self.relation_kinds.len();
            let kind = usual.find(|kind| plain(&kind.name) == wanted).unwrap_or_else(new);
            self.relation_kinds.push(RelationKind { key: ('1'..='9').nth(place), ..kind });
            self.called.insert(wanted, place);
            place
        });
        let Some(kind) = self.relation_kinds.get_mut(place) else { return (KindId(label.into()), symmetric) };
        kind.symmetric |= symmetric;
        (kind.id.clone(), kind.symmetric)
    }

    /// The project of all that was taken in.
    pub fn finish(mut self, name: &str) -> Result<Imported, ImportError> {
        self.records.tagset = self.tagset.kinds;
        self.records.relation_kinds = self.relation_kinds;
        Ok(Imported { project: project(name, self.records)?, left_out: self.left_out, ..Imported::default() })
    }

    /// Where a record comes from: a person, or a run whose suggestion nobody has decided on.
    pub fn decided(&self, status: Status) -> (Origin, Option<Stamp>) {
        match status {
            Status::Suggested => {
                let source = SmolStr::new_static(self.format);
                (Origin { source, score: None, reason: "a suggestion in the file".to_owned() }, None)
            }
            _ => (Origin::hand(), Some(self.stamp.clone())),
        }
    }
}

/// The kind that labels of this name are of in most sets.
pub(super) fn usual_kind(label: &str) -> Option<KindId> {
    match label.to_ascii_uppercase().as_str() {
        "PER" | "PERSON" | "PERS" => Some(KindId::PERSON),
        "COUNTRY" => Some(KindId::COUNTRY),
        "EVENT" => Some(KindId::EVENT),
        _ => None,
    }
}

/// The type of an event by its code and, of a named one, its class; spaces of a class may be written as `_`.
pub(super) fn event_type(code: Option<&str>, class: Option<&str>) -> Option<EventType> {
    EventType::from_parts(code, class.map(|class| class.replace('_', " ")).as_deref())
}

/// What a kind of relation is called, however it is written: `Works_for` as "works for".
fn plain(name: &str) -> String {
    name.to_lowercase().replace(['-', '_'], " ")
}

/// Words on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Two notes as one.
pub(super) fn joined(note: &str, more: &str) -> String {
    match (note.is_empty(), more.is_empty()) {
        (true, _) => more.to_owned(),
        (_, true) => note.to_owned(),
        _ => format!("{note}; {more}"),
    }
}
