//! Annotations of UIMA layers into mentions, entities and events, from whichever file they come: what the export
//! writes, DKPro's named entities, and custom layers of others.

use std::collections::{BTreeMap, HashMap, HashSet};

use smol_str::SmolStr;
use text_size::TextRange;

use super::set::{Link, Mark, NO_ENDS, OUTSIDE, Set, event_type, joined, one_line};
use crate::project::{
    ArticleId, Coordinates, CountryCode, Entity, EntityId, Event, EventDate, EventId, EventPlace, Figure, FigureKind,
    KindId, Level, MentionId, Modality, Participant, Party, PartyLabel, PartyWords, Polarity, Role, Schema, Stamp,
    Status, Target,
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

/// A relation as a file holds it.
#[derive(Clone, Debug, Default)]
pub(super) struct Relation {
    /// The name of its layer, a UIMA type; what it is called is told in its features, else by this.
    pub layer: String,
    /// The places of what it joins among all annotations.
    pub from: usize,
    pub to: usize,
    /// Its features by their names.
    pub values: BTreeMap<String, String>,
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
pub(super) const RELATION_LAYER: &str = "webanno.custom.Relation";
const RELATION_LAYERS: [&str; 3] = [RELATION_LAYER, "webanno.custom.EventRelation", "webanno.custom.MixedRelation"];
/// The features of our relations; others become part of the note.
const OF_RELATIONS: [&str; 4] = ["value", "symmetric", "status", "note"];
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
/// Those of our layers that are too common to be taken for ours in others.
const OWN: &[&str] = &["number", "retold", "level", "worth", "figures", "latitude", "longitude", "unsure"];
/// What the export labels words that say how many.
const FIGURE: &str = "FIGURE";
/// What the labels begin with of words that say who takes part and name no entity.
const PARTY: &str = "PARTICIPANT-";
/// What stands behind the role of somebody of whom it is only guessed.
pub(super) const UNSURE: &str = " (unsure)";
const VALUE: &[&str] = &["value"];
const NONE: &[&str] = &[];
/// What users call the feature that says what a mark is.
const LABELS: &[&str] = &["value", "label", "type", "category", "class", "tag"];

/// Whether annotations of a layer become mentions.
pub(super) fn is_taken(layer: &str) -> bool {
    layer.starts_with(NER) || layer.starts_with(CUSTOM)
}

/// Takes the annotations of an article in, and the relations between them. Ranges that do not fit its text are told.
pub(super) fn take(
    set: &mut Set<'_>,
    name: &str,
    article: ArticleId,
    text: &str,
    annotations: &[Annotation],
    relations: &[Relation],
) {
    let offsets = OffsetMap::new(text);
    let ranges: Vec<Option<TextRange>> =
        annotations.iter().map(|each| offsets.from_utf16(each.start, each.end).filter(|r| !r.is_empty())).collect();
    let mut reader = LayersReader { set, name, article, annotations, ranges: &ranges, events: HashMap::new() };
    // Entities first: events refer to them.
    let kinds: Vec<Option<Kind>> =
        annotations.iter().map(|each| if words(each).is_none() { reader.kind(each) } else { None }).collect();
    let mut entities: Vec<Option<EntityId>> = Vec::with_capacity(annotations.len());
    for ((annotation, kind), range) in annotations.iter().zip(&kinds).zip(&ranges) {
        let named = kind.as_ref().filter(|kind| !kind.event).zip(*range);
        entities.push(named.and_then(|(kind, range)| reader.entity(annotation, &kind.id, range)));
    }
    let linked: HashSet<usize> = annotations.iter().flat_map(|each| &each.links).map(|(_, target)| *target).collect();
    let mut mentions: Vec<Option<MentionId>> = vec![None; annotations.len()];
    for (index, annotation) in annotations.iter().enumerate() {
        if words(annotation).is_some() && !linked.contains(&index) {
            reader.leave(annotation, "no event says that it takes part");
        }
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
            level: annotation.values.get("level").and_then(|name| Level::from_name(name)).unwrap_or_default(),
            retold: annotation.layer == EVENT_LAYER && annotation.values.contains_key("retold"),
            status: status(&annotation.values),
            decision: annotation.decision.clone(),
            note: if kind.event { value("note") } else { joined(&value("note"), &others(annotation, kind)) },
        };
        match reader.set.mention(mark) {
            Ok(id) => mentions.get_mut(index).into_iter().for_each(|place| *place = Some(id)),
            Err(why) => reader.leave(annotation, why),
        }
    }
    for relation in relations {
        reader.relation(relation, &mentions);
    }
}

/// What an annotation is.
struct Kind {
    id: KindId,
    event: bool,
    /// The feature that the label is in.
    label: Option<&'static str>,
}

/// What words of an event are that are no mention.
enum Words {
    /// Who takes part.
    Party(PartyLabel),
    /// How many.
    Figure,
}

fn words(annotation: &Annotation) -> Option<Words> {
    let label = annotation.values.get("value").filter(|_| annotation.layer == NAMED_LAYER)?;
    // What is a mention says whom it names, or that nobody knows.
    if annotation.values.contains_key("entity") {
        return None;
    }
    if label == FIGURE {
        return Some(Words::Figure);
    }
    label.strip_prefix(PARTY).and_then(PartyLabel::from_name).map(Words::Party)
}

fn status(values: &BTreeMap<String, String>) -> Status {
    match values.get("status").map(String::as_str) {
        Some("suggested") => Status::Suggested,
        _ => Status::Accepted,
    }
}

/// Features that have no place of their own, in words.
fn others(annotation: &Annotation, kind: &Kind) -> String {
    let ours = [NAMED_LAYER, EVENT_LAYER].contains(&annotation.layer.as_str());
    let known = |name: &str| KNOWN.contains(&name) || (ours && OWN.contains(&name)) || kind.label == Some(name);
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

    fn relation(&mut self, relation: &Relation, mentions: &[Option<MentionId>]) {
        let Relation { layer, from, to, values, decision } = relation;
        let value = |name: &str| values.get(name).map(String::as_str).filter(|value| !value.is_empty());
        let ours = RELATION_LAYERS.contains(&layer.as_str());
        let labels = if ours { VALUE } else { LABELS };
        let told = labels.iter().copied().find(|name| value(name).is_some());
        let local = layer.rsplit('.').next().unwrap_or_default();
        let label = told.and_then(value).unwrap_or(if ours { "" } else { local });
        let known = |name: &str| told == Some(name) || name == "note" || ours && OF_RELATIONS.contains(&name);
        let others = values.iter().filter(|(name, value)| !known(name) && !value.is_empty());
        let others: Vec<String> = others.map(|(name, value)| format!("{name}: {value}")).collect();
        let mention = |place: &usize| mentions.get(*place).copied().flatten();
        let taken = mention(from).zip(mention(to)).ok_or(NO_ENDS).and_then(|(from, to)| {
            self.set.relation(Link {
                article: self.article,
                from,
                to,
                label,
                symmetric: ours && value("symmetric").is_some(),
                status: status(values),
                note: joined(value("note").unwrap_or_default(), &others.join("; ")),
                decision: decision.clone(),
            })
        });
        if let Err(why) = taken {
            self.set.leave(self.name, format!("relation {label}"), why);
        }
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
        let Slots { participants, mut figures, mut note } = self.slots(annotation, entities);
        figures.extend(value("figures").into_iter().flat_map(|all| all.split("; ")).filter_map(figure));
        let kind_of = event_type(value("eventType"), value("eventClass"));
        if kind_of.is_none() {
            note = joined(&note, &format!("type: {}", value("eventType").unwrap_or_default()));
        }
        let local = annotation.layer.strip_prefix(CUSTOM).unwrap_or_default();
        if local != EVENT {
            note = joined(&format!("type: {local}"), &note);
        }
        note = joined(&note, &others(annotation, kind));
        let unsure = |what: &str| value("unsure").is_some_and(|all| all.split("; ").any(|each| each == what));
        let fill = |event: &mut Event| {
            if let Some(kind) = kind_of {
                event.kind = kind;
            }
            event.mode = value("mode").map(SmolStr::new);
            event.contexts =
                value("contexts").map(|all| all.split("; ").map(SmolStr::new).collect()).unwrap_or_default();
            event.date = value("dateStart").zip(value("dateEnd")).and_then(|(start, end)| {
                let text = value("dateText").unwrap_or_default().to_owned();
                let date = EventDate::new(start.parse().ok()?, end.parse().ok()?, text);
                Some(EventDate { unsure: unsure("date"), ..date })
            });
            let code = value("placeCountry").and_then(CountryCode::new);
            let coordinates = coordinates(value("latitude"), value("longitude"));
            if value("place").is_some() || code.is_some() || coordinates.is_some() {
                let place = EventPlace::new(value("place").unwrap_or_default(), code);
                event.place = Some(EventPlace { coordinates, unsure: unsure("place"), ..place });
            }
            event.worth =
                value("worth").and_then(|worth| worth.parse().ok()).filter(|worth| (0.0..=1.0).contains(worth));
            event.figures = figures;
            if value("polarity") == Some(Polarity::Negative.name()) {
                event.polarity = Polarity::Negative;
            }
            event.modality = value("modality").and_then(Modality::from_name).unwrap_or_default();
            event.wikidata = value("identifier").and_then(item).map(SmolStr::new);
            event.note = joined(value("eventNote").unwrap_or_default(), &note);
            event.participants = participants;
        };
        let id = self.set.event(self.article, own.unwrap_or_default(), name, status(&annotation.values), fill);
        self.events.extend(own.map(|own| (own.to_owned(), id)));
        Some(id)
    }

    /// Who takes part, and how many; roles that the program has not become a note.
    fn slots(&mut self, annotation: &Annotation, entities: &[Option<EntityId>]) -> Slots {
        let Slots { mut participants, mut figures, mut note } = Slots::default();
        for (slot, target) in &annotation.links {
            let range = self.ranges.get(*target).copied().flatten();
            let (name, unsure) = slot.strip_suffix(UNSURE).map_or((slot.as_str(), false), |name| (name, true));
            let role = [Role::Actor, Role::Recipient].into_iter().find(|role| name.eq_ignore_ascii_case(role.name()));
            let party = match entities.get(*target).copied().flatten() {
                Some(entity) => Some(Party::from(entity)),
                None => range.and_then(|range| self.party(*target, range)),
            };
            let counts = self.annotations.get(*target).filter(|each| matches!(words(each), Some(Words::Figure)));
            match (role, party, range) {
                (Some(role), Some(party), _) => {
                    participants.push(Participant { unsure, ..Participant::new(role, party, range) });
                }
                (_, _, Some(range)) => match counts.zip(FigureKind::from_name(name)) {
                    Some((words, kind)) => {
                        let number = words.values.get("number").and_then(|number| number.parse().ok());
                        figures.push(Figure {
                            kind,
                            number: number.filter(|n: &f64| n.is_finite()),
                            range: Some(range),
                        });
                    }
                    None => {
                        let words = one_line(self.set.words(self.article, range));
                        note = joined(&note, &format!("{}: {words}", if slot.is_empty() { "slot" } else { slot }));
                    }
                },
                (_, _, None) => {
                    let other = self.annotations.get(*target).cloned().unwrap_or_default();
                    self.leave(&other, "it takes part in an event, and its place is not in the text");
                }
            }
        }
        Slots { participants, figures, note }
    }

    /// Whoever words say that name no entity.
    fn party(&self, target: usize, range: TextRange) -> Option<Party> {
        let annotation = self.annotations.get(target)?;
        let Some(Words::Party(label)) = words(annotation) else { return None };
        let name = annotation.values.get("name").cloned();
        let name = name.unwrap_or_else(|| one_line(self.set.words(self.article, range)));
        let country = annotation.values.get("country").and_then(|code| CountryCode::new(code));
        Some(Party::Words(PartyWords { name, label, country }))
    }
}

/// What the slots of an event are filled with.
#[derive(Default)]
struct Slots {
    participants: Vec<Participant>,
    figures: Vec<Figure>,
    note: String,
}

/// A figure as `killed 12`, or `injured` where nobody says how many.
pub(super) fn figure(told: &str) -> Option<Figure> {
    let (kind, number) = match told.split_once(' ') {
        Some((kind, number)) => (kind, Some(number.parse().ok().filter(|number: &f64| number.is_finite())?)),
        None => (told, None),
    };
    Some(Figure { kind: FigureKind::from_name(kind)?, number, range: None })
}

/// A point on the earth, in degrees.
pub(super) fn coordinates(latitude: Option<&str>, longitude: Option<&str>) -> Option<Coordinates> {
    let at = Coordinates { latitude: latitude?.parse().ok()?, longitude: longitude?.parse().ok()? };
    at.is_on_earth().then_some(at)
}

/// A Wikidata item without what comes before it in its address; none where nothing comes behind that.
fn item(identifier: &str) -> Option<&str> {
    let item = ITEMS.iter().find_map(|prefix| identifier.strip_prefix(prefix)).unwrap_or(identifier);
    (!item.is_empty()).then_some(item)
}
