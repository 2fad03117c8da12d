//! Annotations of UIMA layers into mentions, entities and events, from whichever file they come: what the export
//! writes, DKPro's named entities, and custom layers of others.

use std::collections::{BTreeMap, HashMap};

use smol_str::SmolStr;
use text_size::TextRange;

use super::set::{Mark, OUTSIDE, Set, event_type, joined, one_line};
use crate::project::{
    ArticleId, CountryCode, Entity, EntityId, Event, EventDate, EventId, EventPlace, KindId, Modality, Participant,
    Polarity, Role, Schema, Stamp, Status, Target,
};
use crate::text::OffsetMap;

/// An annotation as a file holds it.
#[derive(Clone, Debug, Default)]
pub(super) struct Annotation {
    /// The name of its layer, a UIMA type.
    pub layer: String,
    /// In UTF-16 units.
    pub start: usize,
    pub end: usize,
    /// Its features by their names.
    pub values: BTreeMap<String, String>,
    /// The slots that are filled: a role, and the place of the annotation that fills it among all.
    pub links: Vec<(String, usize)>,
    /// Who made it and when, where the file says so.
    pub decision: Option<Stamp>,
}

/// DKPro's types of named entities, among them [`NAMED`].
const NER: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.";
const NAMED: &str = "NamedEntity";
/// Where the layers of WebAnno's and INCEpTION's users are.
const CUSTOM: &str = "webanno.custom.";
const EVENT: &str = "Event";
/// The layers that the export writes.
pub(super) const NAMED_LAYER: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
pub(super) const EVENT_LAYER: &str = "webanno.custom.Event";
/// What the export writes where nobody knows yet who or what is named.
const UNKNOWN: &str = "?";
/// What comes before a Wikidata item in its address.
const ITEMS: [&str; 4] = [
    "http://www.wikidata.org/entity/",
    "https://www.wikidata.org/entity/",
    "http://www.wikidata.org/wiki/",
    "https://www.wikidata.org/wiki/",
];

/// The features of our own layers; others become part of the note.
const KNOWN: &[&str] = &[
    "value",
    "identifier",
    "status",
    "subtype",
    "note",
    "entity",
    "name",
    "aliases",
    "country",
    "role",
    "entityNote",
    "event",
    "eventType",
    "eventClass",
    "mode",
    "contexts",
    "dateStart",
    "dateEnd",
    "dateText",
    "place",
    "placeCountry",
    "polarity",
    "modality",
    "eventNote",
];
const VALUE: &[&str] = &["value"];
const NONE: &[&str] = &[];
/// What users call the feature that says what a mark is.
const LABELS: &[&str] = &["value", "label", "type", "category", "class", "tag"];

/// Whether annotations of a layer become mentions.
pub(super) fn is_taken(layer: &str) -> bool {
    layer.starts_with(NER) || layer.starts_with(CUSTOM)
}

/// Takes the annotations of an article in. Ranges that do not fit its text are told.
pub(super) fn take(set: &mut Set<'_>, name: &str, article: ArticleId, text: &str, annotations: &[Annotation]) {
    let offsets = OffsetMap::new(text);
    let ranges: Vec<Option<TextRange>> =
        annotations.iter().map(|each| offsets.from_utf16(each.start, each.end).filter(|r| !r.is_empty())).collect();
    let mut reader = LayersReader { set, name, article, annotations, ranges: &ranges, events: HashMap::new() };
    // Entities first: events refer to them.
    let kinds: Vec<Option<Kind>> = annotations.iter().map(|each| reader.kind(each)).collect();
    let mut entities: Vec<Option<EntityId>> = Vec::with_capacity(annotations.len());
    for ((annotation, kind), range) in annotations.iter().zip(&kinds).zip(&ranges) {
        let named = kind.as_ref().filter(|kind| !kind.event).zip(*range);
        entities.push(named.and_then(|(kind, range)| reader.entity(annotation, &kind.id, range)));
    }
    for (index, annotation) in annotations.iter().enumerate() {
        let Some(kind) = kinds.get(index).and_then(Option::as_ref) else { continue };
        let Some(range) = ranges.get(index).copied().flatten() else {
            reader.leave(annotation, if annotation.start == annotation.end { "it holds no words" } else { OUTSIDE });
            continue;
        };
        let target = if kind.event {
            reader.event(annotation, kind, range, &entities).map(Target::Event)
        } else {
            entities.get(index).copied().flatten().map(Target::Entity)
        };
        let value = |name: &str| annotation.values.get(name).cloned().unwrap_or_default();
        let mark = Mark {
            article,
            range,
            kind: kind.id.clone(),
            target,
            subtype: annotation.values.get("subtype").map(SmolStr::new),
            status: status(annotation),
            decision: annotation.decision.clone(),
            note: if kind.event { value("note") } else { joined(&value("note"), &others(annotation, kind)) },
        };
        if let Err(why) = reader.set.mention(mark) {
            reader.leave(annotation, why);
        }
    }
}

/// What an annotation is.
struct Kind {
    id: KindId,
    event: bool,
    /// The feature that the label is in.
    label: Option<&'static str>,
}

fn status(annotation: &Annotation) -> Status {
    match annotation.values.get("status").map(String::as_str) {
        Some("suggested") => Status::Suggested,
        _ => Status::Accepted,
    }
}

/// Features that have no place of their own, in words.
fn others(annotation: &Annotation, kind: &Kind) -> String {
    let known = |name: &str| KNOWN.contains(&name) || kind.label == Some(name);
    let others = annotation.values.iter().filter(|(name, value)| !known(name) && !value.is_empty());
    others.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("; ")
}

struct LayersReader<'r, 's> {
    set: &'r mut Set<'s>,
    name: &'r str,
    article: ArticleId,
    annotations: &'r [Annotation],
    ranges: &'r [Option<TextRange>],
    /// Those that several marks tell of, by what the file calls them.
    events: HashMap<String, EventId>,
}

impl LayersReader<'_, '_> {
    fn leave(&mut self, annotation: &Annotation, why: &'static str) {
        let layer = annotation.layer.rsplit('.').next().unwrap_or_default();
        let value = annotation.values.get("value").map(|value| format!(" {value}")).unwrap_or_default();
        self.set.leave(self.name, format!("{layer}{value} at {}–{}", annotation.start, annotation.end), why);
    }

    fn kind(&mut self, annotation: &Annotation) -> Option<Kind> {
        let has = |name: &&&str| annotation.values.get(**name).is_some_and(|value| !value.is_empty());
        let (local, labels) = match annotation.layer.strip_prefix(NER) {
            Some(NAMED) => ("entity", VALUE),
            Some(local) => (local, VALUE),
            None => match annotation.layer.strip_prefix(CUSTOM)? {
                EVENT => (EVENT, VALUE),
                // Something with slots: what it is goes into the note.
                _ if !annotation.links.is_empty() => (EVENT, NONE),
                local => (local, LABELS),
            },
        };
        let label = labels.iter().find(has).copied();
        let name = label.and_then(|label| annotation.values.get(label)).map_or(local, String::as_str);
        let event = local == EVENT && !annotation.layer.starts_with(NER);
        let id = self.set.kind(name, if event { Schema::Event } else { Schema::Entity });
        Some(Kind { id, event, label })
    }

    /// Who or what a mention names: by our own number, by its item, else by its words. None where that is said to be
    /// unknown, or where it is a mark of an event.
    fn entity(&mut self, annotation: &Annotation, kind: &KindId, range: TextRange) -> Option<EntityId> {
        let value = |name: &str| annotation.values.get(name).map(String::as_str).filter(|value| !value.is_empty());
        if self.set.schema(kind) == Schema::Event || value("entity") == Some(UNKNOWN) {
            return None;
        }
        let item = value("identifier").and_then(item);
        let name = value("name").map_or_else(|| one_line(self.set.words(self.article, range)), str::to_owned);
        let fill = |entity: &mut Entity| {
            entity.wikidata = item.map(SmolStr::new);
            if let Some(aliases) = value("aliases") {
                entity.aliases = aliases.split("; ").map(str::to_owned).collect();
            }
            entity.country = value("country").and_then(CountryCode::new);
            value("role").unwrap_or_default().clone_into(&mut entity.role);
            value("entityNote").unwrap_or_default().clone_into(&mut entity.note);
        };
        Some(match (value("entity"), item) {
            (Some(own), _) => self.set.entity(kind, &format!("{own} {name}"), own, &name, fill),
            (None, Some(item)) => self.set.entity(kind, &format!("item {item}"), "", &name, fill),
            (None, None) => self.set.entity_of_words(self.article, range, kind),
        })
    }

    /// The event that a mark tells of: the same for marks that call it by one name.
    fn event(
        &mut self,
        annotation: &Annotation,
        kind: &Kind,
        range: TextRange,
        entities: &[Option<EntityId>],
    ) -> Option<EventId> {
        let value = |name: &str| annotation.values.get(name).map(String::as_str).filter(|value| !value.is_empty());
        let own = value("event");
        if let Some(known) = own.and_then(|own| self.events.get(own)) {
            return Some(*known);
        }
        // Nothing but a mark.
        let bare = |name: &String| ["value", "status", "note"].contains(&name.as_str());
        if annotation.links.is_empty() && annotation.values.keys().all(bare) {
            return None;
        }
        let name = value("name").map_or_else(|| one_line(self.set.words(self.article, range)), str::to_owned);
        let (participants, mut note) = self.participants(annotation, entities);
        let kind_of = event_type(value("eventType"), value("eventClass"));
        if kind_of.is_none() {
            note = joined(&note, &format!("type: {}", value("eventType").unwrap_or_default()));
        }
        let local = annotation.layer.strip_prefix(CUSTOM).unwrap_or_default();
        if local != EVENT {
            note = joined(&format!("type: {local}"), &note);
        }
        note = joined(&note, &others(annotation, kind));
        let fill = |event: &mut Event| {
            if let Some(kind) = kind_of {
                event.kind = kind;
            }
            event.mode = value("mode").map(SmolStr::new);
            event.contexts =
                value("contexts").map(|all| all.split("; ").map(SmolStr::new).collect()).unwrap_or_default();
            event.date = value("dateStart").zip(value("dateEnd")).and_then(|(start, end)| {
                let text = value("dateText").unwrap_or_default().to_owned();
                Some(EventDate::new(start.parse().ok()?, end.parse().ok()?, text))
            });
            let code = value("placeCountry").and_then(CountryCode::new);
            if value("place").is_some() || code.is_some() {
                event.place = Some(EventPlace::new(value("place").unwrap_or_default(), code));
            }
            if value("polarity") == Some(Polarity::Negative.name()) {
                event.polarity = Polarity::Negative;
            }
            event.modality = value("modality").and_then(Modality::from_name).unwrap_or_default();
            event.wikidata = value("identifier").and_then(item).map(SmolStr::new);
            event.note = joined(value("eventNote").unwrap_or_default(), &note);
            event.participants = participants;
        };
        let id = self.set.event(self.article, own.unwrap_or_default(), name, status(annotation), fill);
        self.events.extend(own.map(|own| (own.to_owned(), id)));
        Some(id)
    }

    /// Who takes part; roles that the program has not become a note.
    fn participants(&mut self, annotation: &Annotation, entities: &[Option<EntityId>]) -> (Vec<Participant>, String) {
        let (mut participants, mut note) = (Vec::new(), String::new());
        for (role, target) in &annotation.links {
            let range = self.ranges.get(*target).copied().flatten();
            let entity = entities.get(*target).copied().flatten();
            let known = [Role::Actor, Role::Recipient].into_iter().find(|each| role.eq_ignore_ascii_case(each.name()));
            match (known, entity, range) {
                (Some(role), Some(entity), _) => participants.push(Participant::new(role, entity, range)),
                (_, _, Some(range)) => {
                    let words = one_line(self.set.words(self.article, range));
                    note = joined(&note, &format!("{}: {words}", if role.is_empty() { "slot" } else { role }));
                }
                (_, _, None) => {
                    let other = self.annotations.get(*target).cloned().unwrap_or_default();
                    self.leave(&other, "it takes part in an event, and its place is not in the text");
                }
            }
        }
        (participants, note)
    }
}

/// A Wikidata item without what comes before it in its address; none where nothing comes behind that.
fn item(identifier: &str) -> Option<&str> {
    let item = ITEMS.iter().find_map(|prefix| identifier.strip_prefix(prefix)).unwrap_or(identifier);
    (!item.is_empty()).then_some(item)
}
