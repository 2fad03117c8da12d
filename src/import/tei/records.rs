//! What a document tells of people, places, things and events, and how it becomes records.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use smol_str::SmolStr;
use text_size::TextRange;

use super::text::{Mark, Text};
use super::tree::Node;
use crate::import::set::{self, NO_ENDS, OUTSIDE, Set, event_type, joined, one_line};
use crate::import::{File, ImportError};
use crate::project::{
    ArticleId, Coordinates, CountryCode, Entity, EntityId, Event, EventDate, EventId, EventPlace, Figure, FigureKind,
    KindId, Level, MentionId, Modality, Participant, Party, PartyLabel, PartyWords, Polarity, Role, Schema, Status,
    Target, item,
};
use crate::text::{Metadata, OffsetMap};

/// All that stands beside the texts of a file.
#[derive(Default)]
pub(super) struct Records {
    pub header: Option<Node>,
    /// By their ids.
    things: BTreeMap<String, Thing>,
    events: BTreeMap<String, Happening>,
    /// Who takes part, by the id of the event.
    relations: HashMap<String, Vec<Relation>>,
    /// Other relations.
    links: Vec<Link>,
    /// Tags of ranges of characters, each with that range.
    beside: Vec<(String, Mark)>,
    /// Notes on tags by their ids.
    notes: HashMap<String, String>,
    /// The ids of tags that tell again of an event.
    retold: HashSet<String>,
    /// What a file has that is not kept.
    others: BTreeSet<String>,
}

/// Somebody's part in an event.
struct Relation {
    role: String,
    who: String,
    /// Where the text says so.
    place: Option<String>,
    unsure: bool,
}

/// A relation between tags, or between those whom tags refer to.
struct Link {
    id: String,
    name: String,
    /// What is related, by ids: each of the first with each of the second, or, of what is so both ways, each with the
    /// next one.
    from: Vec<String>,
    to: Vec<String>,
    mutual: bool,
    by: Option<String>,
    note: String,
}

/// How many relations one element may tell of.
const MAX_LINKS: usize = 1000;

/// Somebody or something.
#[derive(Default)]
struct Thing {
    /// What its kind is called.
    kind: String,
    /// A country or another place.
    place: bool,
    name: String,
    aliases: Vec<String>,
    code: Option<CountryCode>,
    role: String,
    wikidata: Option<SmolStr>,
    note: String,
    coordinates: Option<Coordinates>,
    unsure: bool,
}

impl Thing {
    /// Whoever takes part and is no entity, as this program writes them.
    fn party(&self) -> Option<Party> {
        let label = PartyLabel::from_name(self.kind.strip_prefix(PARTY)?)?;
        Some(Party::Words(PartyWords { name: self.name.clone(), label, country: self.code }))
    }

    /// Whether it is a place of this program's that has the code of a country.
    fn is_country(&self) -> bool {
        self.place && self.kind != KindId::PLACE.as_str()
    }
}

/// A number told with an event.
struct Measure {
    kind: FigureKind,
    number: Option<f64>,
    /// Where the text says so.
    place: Option<String>,
}

#[derive(Default)]
struct Happening {
    name: String,
    kind: Option<String>,
    class: Option<String>,
    wikidata: Option<SmolStr>,
    mode: Option<String>,
    contexts: Vec<SmolStr>,
    /// The first day, the last one, and the words.
    date: (Option<Date>, Option<Date>, String),
    date_unsure: bool,
    level: Level,
    worth: Option<f32>,
    figures: Vec<Measure>,
    place: Option<String>,
    negative: bool,
    modality: Modality,
    note: String,
}

/// What the types of those begin with who take part and are no entities.
const PARTY: &str = "PARTICIPANT-";

/// Where Wikidata's items are, as editions refer to them.
const ITEMS: [&str; 3] = ["wikidata.org/entity/", "wikidata.org/wiki/", "wikidata:"];

impl Records {
    /// Takes in what a `standOff` holds.
    pub fn lists(&mut self, lists: &Node) {
        let mut open: Vec<&Node> = lists.children().rev().collect();
        // What they join may be told behind them.
        let mut relations = Vec::new();
        while let Some(node) = open.pop() {
            let id = node.element.get("xml:id").unwrap_or_default().to_owned();
            match node.name() {
                "person" | "personGrp" => {
                    let role = node.element.get("role").filter(|role| role.starts_with(PARTY));
                    drop(self.things.insert(id, thing(node, role.unwrap_or("person"), "persName")));
                }
                "place" => {
                    let kind = node.element.get("type").unwrap_or("place");
                    let thing = Thing { place: true, ..thing(node, kind, "placeName") };
                    self.things.insert(id, thing);
                }
                "org" => {
                    drop(self.things.insert(id, thing(node, node.element.get("type").unwrap_or("org"), "orgName")))
                }
                "object" => {
                    let kind = node.element.get("type").unwrap_or("object");
                    let mut found = thing(node.at(&["objectIdentifier"]).unwrap_or(node), kind, "objectName");
                    (found.role, found.note) = remarks(node);
                    self.things.insert(id, found);
                }
                "event" => drop(self.events.insert(id, happening(node))),
                "relation" => relations.push(node),
                "annotation" => self.annotation(node, id),
                "note" if node.element.get("type") == Some("retold") => {
                    let of = node.element.get("target").unwrap_or_default().split_whitespace();
                    self.retold.extend(of.filter_map(|id| id.strip_prefix('#')).map(str::to_owned));
                }
                "note" => {
                    let of = node.element.get("target").and_then(|target| target.strip_prefix('#'));
                    if let Some(of) = of {
                        self.notes.entry(of.to_owned()).or_insert_with(|| node.text());
                    }
                }
                name if name.starts_with("list") => open.extend(node.children().rev()),
                name => drop(self.others.insert(name.to_owned())),
            }
        }
        relations.into_iter().for_each(|node| self.relation(node));
    }

    fn relation(&mut self, node: &Node) {
        let own = |name: &str| node.element.get(name);
        let of = |name: &str| -> Vec<String> {
            let ids = own(name).unwrap_or_default().split_whitespace();
            ids.filter_map(|id| id.strip_prefix('#')).map(str::to_owned).collect()
        };
        let name = own("name").or_else(|| own("type")).unwrap_or_default().to_owned();
        let (mutual, active, passive) = (of("mutual"), of("active"), of("passive"));
        match (mutual.is_empty(), active.as_slice(), passive.as_slice()) {
            (true, [who], [what]) if role(&name).is_some() && self.events.contains_key(what) => {
                let place = own("corresp").map(str::to_owned);
                let relation = Relation { role: name, who: who.clone(), place, unsure: is_unsure(node) };
                self.relations.entry(what.clone()).or_default().push(relation);
            }
            _ => self.links.push(Link {
                id: own("xml:id").unwrap_or_default().to_owned(),
                name,
                mutual: !mutual.is_empty(),
                to: if mutual.is_empty() { passive } else { mutual.iter().skip(1).cloned().collect() },
                from: if mutual.is_empty() { active } else { mutual },
                by: own("resp").map(str::to_owned),
                note: node.at(&["desc"]).map(Node::text).unwrap_or_default(),
            }),
        }
    }

    fn annotation(&mut self, node: &Node, id: String) {
        let pointer = node.at(&["ptr"]);
        let own = |name: &str| pointer.and_then(|node| node.element.get(name)).map(str::to_owned);
        let mark = Mark {
            element: "rs".to_owned(),
            id: Some(id),
            kind: own("type"),
            subtype: own("subtype"),
            refers: own("target"),
            by: node.element.get("resp").map(str::to_owned),
            range: None,
        };
        self.beside.push((node.element.get("target").unwrap_or_default().to_owned(), mark));
    }

    /// Takes an article in with all that is told of it.
    pub fn article(&mut self, set: &mut Set<'_>, file: &File, text: &Text) -> Result<(), ImportError> {
        let article = set.article(file.base(), self.metadata(file), &text.text)?;
        let offsets = OffsetMap::new(&text.text);
        let ours = self.is_ours();
        let mut taker = Taker {
            set,
            records: self,
            name: file.base(),
            article,
            offsets: &offsets,
            ours,
            entities: HashMap::new(),
            events: HashMap::new(),
            mentions: HashMap::new(),
        };
        taker.take(text);
        // Those of a corpus stay for its other documents.
        self.beside.clear();
        self.relations.clear();
        self.links.clear();
        self.notes.clear();
        self.retold.clear();
        for name in std::mem::take(&mut self.others) {
            set.leave(file.base(), format!("<{name}> in standOff"), "the program keeps no such record");
        }
        Ok(())
    }

    /// Whether this program wrote the document.
    fn is_ours(&self) -> bool {
        let made = self.header.as_ref().and_then(|header| header.at(&["fileDesc", "titleStmt", "respStmt", "name"]));
        made.is_some_and(|name| name.text().starts_with("Rubricator "))
    }

    fn metadata(&self, file: &File) -> Metadata {
        let name = File { name: file.base().to_owned(), bytes: Vec::new() }.stem().to_owned();
        let Some(header) = &self.header else {
            return Metadata { title: name, origin: file.name.clone(), ..Metadata::default() };
        };
        let at = |path: &[&str]| header.at(path).map(Node::text).filter(|text| !text.trim().is_empty());
        let bibl = header.at(&["fileDesc", "sourceDesc", "bibl"]);
        let date = bibl.and_then(|bibl| bibl.at(&["date"])).and_then(|date| date.element.get("when"));
        let language = header.at(&["profileDesc", "langUsage", "language"]).and_then(|node| node.element.get("ident"));
        Metadata {
            title: at(&["fileDesc", "titleStmt", "title"]).unwrap_or(name),
            author: at(&["fileDesc", "titleStmt", "author"]).unwrap_or_default(),
            source: at(&["fileDesc", "sourceDesc", "bibl", "publisher"]).unwrap_or_default(),
            section: bibl.and_then(|bibl| bibl.with("biblScope", "unit", "section")).unwrap_or_default(),
            url: bibl.and_then(|bibl| bibl.typed("idno", "url")).unwrap_or_default(),
            language: language.unwrap_or_default().to_owned(),
            date: date.and_then(|date| date.parse().ok()),
            origin: bibl.and_then(|bibl| bibl.typed("note", "origin")).unwrap_or_else(|| file.name.clone()),
            ..Metadata::default()
        }
    }
}

/// What is told of somebody or something whose names stand in elements of this name.
fn thing(node: &Node, kind: &str, names: &str) -> Thing {
    let is_alias = |name: &&Node| name.element.get("type") == Some("alias");
    let mut all = node.all(names).filter(|name| !is_alias(name)).map(Node::text);
    let name = all.next().unwrap_or_default();
    let aliases = all.chain(node.all(names).filter(is_alias).map(Node::text)).collect();
    let code = ["nationality", "country"].into_iter().find_map(|name| node.at(&[name])?.element.get("key"));
    let (role, note) = remarks(node);
    Thing {
        kind: kind.to_owned(),
        place: false,
        name,
        aliases,
        code: code.and_then(CountryCode::new),
        role: node.at(&["occupation"]).map_or(role, Node::text),
        wikidata: item_of(node),
        note,
        coordinates: node.at(&["location", "geo"]).and_then(coordinates),
        unsure: is_unsure(node),
    }
}

/// A place on the earth: degrees north and east, parted by white space or a comma.
fn coordinates(geo: &Node) -> Option<Coordinates> {
    let text = geo.text();
    let mut degrees = text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
    let at = Coordinates { latitude: degrees.next()?.parse().ok()?, longitude: degrees.next()?.parse().ok()? };
    (degrees.next().is_none() && at.is_on_earth()).then_some(at)
}

/// Whether it is only guessed.
fn is_unsure(node: &Node) -> bool {
    node.element.get("cert") == Some("low")
}

/// A number that a `measure` tells.
fn measure(node: &Node) -> Option<Measure> {
    let own = |name: &str| node.element.get(name);
    let number = own("quantity").and_then(|number| number.parse().ok()).filter(|number: &f64| number.is_finite());
    Some(Measure { kind: FigureKind::from_name(own("type")?)?, number, place: own("corresp").map(str::to_owned) })
}

/// The role and the note that stand in notes.
fn remarks(node: &Node) -> (String, String) {
    let plain = node.all("note").find(|note| note.element.get("type").is_none());
    (node.typed("note", "role").unwrap_or_default(), plain.map(Node::text).unwrap_or_default())
}

fn item_of(node: &Node) -> Option<SmolStr> {
    let is_wikidata = |idno: &&Node| idno.element.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("wikidata"));
    let told = node.all("idno").find(is_wikidata).map(Node::text)?;
    item(behind(&told).unwrap_or(&told))
}

/// What comes behind the beginning of an address of Wikidata's.
fn behind(address: &str) -> Option<&str> {
    ITEMS.iter().find_map(|prefix| address.split_once(prefix)).map(|(_, item)| item)
}

fn happening(node: &Node) -> Happening {
    let own = |name: &str| node.element.get(name).map(str::to_owned);
    let name = ["label", "eventName", "head"].into_iter().find_map(|name| node.at(&[name])).map(Node::text);
    let day = |names: [&str; 3]| names.into_iter().find_map(|name| node.element.get(name)?.parse().ok());
    let (_, mut note) = remarks(node);
    for desc in node.all("desc").chain(node.all("p")).filter(|desc| desc.element.get("type").is_none()) {
        note = joined(&note, &desc.text());
    }
    let of = |kind: &str| node.typed("desc", kind);
    let descs = |kind: &'static str| node.all("desc").filter(move |desc| desc.element.get("type") == Some(kind));
    let worth = of("worth").and_then(|worth| worth.parse().ok());
    Happening {
        name: name.unwrap_or_default(),
        kind: own("type"),
        class: own("subtype"),
        wikidata: item_of(node),
        mode: of("mode"),
        contexts: descs("context").map(|desc| desc.text().into()).collect(),
        date_unsure: descs("date").any(is_unsure),
        level: of("level").as_deref().and_then(Level::from_name).unwrap_or_default(),
        worth: worth.filter(|worth| (0.0..=1.0).contains(worth)),
        figures: descs("figure").filter_map(|desc| measure(desc.at(&["measure"])?)).collect(),
        date: (day(["when", "from", "notBefore"]), day(["when", "to", "notAfter"]), of("date").unwrap_or_default()),
        place: own("where"),
        negative: of("polarity").as_deref() == Some(Polarity::Negative.name()),
        modality: of("modality").as_deref().and_then(Modality::from_name).unwrap_or_default(),
        note,
    }
}

/// Makes the records of one article.
struct Taker<'r, 's, 't> {
    set: &'r mut Set<'s>,
    records: &'r Records,
    name: &'r str,
    article: ArticleId,
    offsets: &'r OffsetMap<'t>,
    ours: bool,
    /// Those that were made, by the ids of the document.
    entities: HashMap<&'r str, EntityId>,
    events: HashMap<&'r str, EventId>,
    /// The mention of each tag, and the first one of whom or what tags refer to.
    mentions: HashMap<&'r str, MentionId>,
}

impl<'r> Taker<'r, '_, '_> {
    fn take(&mut self, text: &'r Text) {
        let records = self.records;
        let mut marks: Vec<(Option<TextRange>, &'r Mark)> = text.marks.iter().map(|mark| (mark.range, mark)).collect();
        for (target, mark) in &records.beside {
            let range = self.string_range(target);
            if range.is_none() {
                let what = format!("annotation {} of {target}", mark.id.as_deref().unwrap_or_default());
                self.set.leave(self.name, what, "only a string-range of the text can be taken in");
                continue;
            }
            marks.push((range, mark));
        }
        for (range, mark) in marks {
            let Some(range) = range else {
                self.set.leave(self.name, format!("<{}>", mark.element), "it holds no words");
                continue;
            };
            self.mark(range, mark);
        }
        for link in &records.links {
            self.link(link);
        }
        for (id, happening) in &records.events {
            if !self.events.contains_key(id.as_str()) {
                let what = format!("event “{}”", happening.name);
                self.set.leave(self.name, what, "nothing in the text refers to it");
            }
        }
        for (id, thing) in &records.things {
            if !self.entities.contains_key(id.as_str()) && thing.kind != "where" && thing.party().is_none() {
                let what = format!("{} “{}”", thing.kind, thing.name);
                self.set.leave(self.name, what, "nothing in the text refers to it");
            }
        }
    }

    fn mark(&mut self, range: TextRange, mark: &'r Mark) {
        let status =
            if mark.by.as_deref() == Some("#suggested") && self.ours { Status::Suggested } else { Status::Accepted };
        let refers = mark.refers.as_deref().and_then(|refers| refers.split_whitespace().next());
        let id = refers.and_then(|refers| refers.strip_prefix('#'));
        let known = id.and_then(|id| self.records.things.get_key_value(id));
        let event = id.and_then(|id| self.records.events.get_key_value(id));
        let label = label(mark, known.map(|(_, thing)| thing), event.is_some(), self.ours);
        let schema = match known {
            Some((_, thing)) if thing.is_country() && self.ours => Schema::Country,
            _ if event.is_some() => Schema::Event,
            _ => Schema::Entity,
        };
        let kind = self.set.kind(label, schema);
        let item_at = refers.and_then(behind).and_then(item);
        let target = match (known, event) {
            (Some((id, thing)), _) => Some(Target::Entity(self.entity(id, thing))),
            (None, Some((id, happening))) => Some(Target::Event(self.event(id, happening, range, status))),
            (None, None) if self.ours || self.set.schema(&kind) == Schema::Event => None,
            (None, None) => Some(Target::Entity(match &item_at {
                Some(item) => {
                    let name = one_line(self.set.words(self.article, range));
                    let fill = |entity: &mut Entity| entity.wikidata = Some(item.clone());
                    self.set.entity(&kind, &format!("item {item}"), "", &name, fill)
                }
                None => self.set.entity_of_words(self.article, range, &kind),
            })),
        };
        if let Some(refers) = refers.filter(|_| known.is_none() && event.is_none() && item_at.is_none()) {
            let what = format!("the reference {refers} of <{}>", mark.element);
            self.set.leave(self.name, what, "there is no record of that id");
        }
        let note = mark.id.as_ref().and_then(|id| self.records.notes.get(id)).cloned().unwrap_or_default();
        let subtype = mark.subtype.as_deref().map(SmolStr::new);
        let level = event.map(|(_, happening)| happening.level).unwrap_or_default();
        let retold = mark.id.as_ref().is_some_and(|id| self.records.retold.contains(id));
        let article = self.article;
        let mention = set::Mark { article, range, kind, target, subtype, level, retold, status, note, decision: None };
        match self.set.mention(mention) {
            Ok(made) => {
                for of in [mark.id.as_deref(), id].into_iter().flatten() {
                    self.mentions.entry(of).or_insert(made);
                }
            }
            Err(why) => self.set.leave(self.name, format!("<{}>", mark.element), why),
        }
    }

    fn link(&mut self, link: &Link) {
        let Link { id, name, from, to, mutual, by, note } = link;
        let pairs: Vec<(&String, &String)> = match mutual {
            true => from.iter().zip(to).take(MAX_LINKS + 1).collect(),
            false => from.iter().flat_map(|from| to.iter().map(move |to| (from, to))).take(MAX_LINKS + 1).collect(),
        };
        if pairs.is_empty() || pairs.len() > MAX_LINKS {
            let why = if pairs.is_empty() { NO_ENDS } else { "it joins too many to be taken in" };
            self.set.leave(self.name, format!("relation {name}"), why);
            return;
        }
        let suggested = by.as_deref() == Some("#suggested") && self.ours;
        let note = joined(note, self.records.notes.get(id).map(String::as_str).unwrap_or_default());
        for (from, to) in pairs {
            let mention = |of: &String| self.mentions.get(of.as_str()).copied();
            let taken = mention(from).zip(mention(to)).ok_or(NO_ENDS).and_then(|(from, to)| {
                self.set.relation(set::Link {
                    article: self.article,
                    from,
                    to,
                    label: name,
                    symmetric: *mutual,
                    status: if suggested { Status::Suggested } else { Status::Accepted },
                    note: note.clone(),
                    decision: None,
                })
            });
            if let Err(why) = taken {
                self.set.leave(self.name, format!("relation {name} of {from} to {to}"), why);
            }
        }
    }

    fn entity(&mut self, id: &'r str, thing: &'r Thing) -> EntityId {
        let schema = if thing.is_country() && self.ours { Schema::Country } else { Schema::Entity };
        let kind = self.set.kind(thing_label(thing, self.ours), schema);
        let fill = |entity: &mut Entity| {
            entity.aliases.clone_from(&thing.aliases);
            entity.country = thing.code;
            entity.role.clone_from(&thing.role);
            entity.wikidata.clone_from(&thing.wikidata);
            entity.note.clone_from(&thing.note);
        };
        // Ids of another's files are of that file alone.
        let key = match (self.ours, &thing.wikidata) {
            (true, _) => format!("{id} {}", thing.name),
            (false, Some(item)) => format!("item {item}"),
            (false, None) => format!("{} {id} {}", self.name, thing.name),
        };
        let own = if self.ours { id } else { "" };
        let made = self.set.entity(&kind, &key, own, &thing.name, fill);
        self.entities.insert(id, made);
        made
    }

    fn event(&mut self, id: &'r str, happening: &'r Happening, range: TextRange, status: Status) -> EventId {
        if let Some(known) = self.events.get(id) {
            return *known;
        }
        let participants = self.participants(id);
        let kind = event_type(happening.kind.as_deref(), happening.class.as_deref());
        let mut note = happening.note.clone();
        if kind.is_none() {
            note = joined(&format!("type: {}", happening.kind.as_deref().unwrap_or_default()), &note);
        }
        let place = happening.place.as_deref();
        let place = place.and_then(|place| self.records.things.get(place.strip_prefix('#')?));
        let (start, end, words) = &happening.date;
        let figures = happening.figures.iter().map(|Measure { kind, number, place }| Figure {
            kind: *kind,
            number: *number,
            range: place.as_deref().and_then(|place| self.string_range(place)),
        });
        let figures = figures.collect();
        let fill = |event: &mut Event| {
            if let Some(kind) = kind {
                event.kind = kind;
            }
            event.mode = happening.mode.as_deref().map(SmolStr::new);
            event.contexts.clone_from(&happening.contexts);
            event.date = start.or(*end).zip(end.or(*start)).map(|(start, end)| EventDate {
                unsure: happening.date_unsure,
                ..EventDate::new(start, end, words.as_str())
            });
            event.place = place.map(|place| EventPlace {
                coordinates: place.coordinates,
                unsure: place.unsure,
                ..EventPlace::new(place.name.as_str(), place.code)
            });
            event.worth = happening.worth;
            event.figures = figures;
            event.participants = participants;
            event.polarity = if happening.negative { Polarity::Negative } else { Polarity::Positive };
            event.modality = happening.modality;
            event.wikidata.clone_from(&happening.wikidata);
            event.note = note;
        };
        let own = if self.ours { id } else { "" };
        let name = if happening.name.is_empty() && !self.ours {
            one_line(self.set.words(self.article, range))
        } else {
            happening.name.clone()
        };
        let made = self.set.event(self.article, own, name, status, fill);
        self.events.insert(id, made);
        made
    }

    fn participants(&mut self, event: &str) -> Vec<Participant> {
        let mut found = Vec::new();
        let records = self.records;
        for Relation { role: name, who, place, unsure } in records.relations.get(event).into_iter().flatten() {
            let Some((role, (id, thing))) = role(name).zip(records.things.get_key_value(who)) else {
                self.set.leave(self.name, format!("relation {name} of {who}"), "there is no record of that id");
                continue;
            };
            let range = place.as_deref().and_then(|place| self.string_range(place));
            if place.is_some() && range.is_none() {
                self.set.leave(self.name, format!("the place of {} as {}", thing.name, role.name()), OUTSIDE);
            }
            let party = thing.party().unwrap_or_else(|| self.entity(id, thing).into());
            found.push(Participant { unsure: *unsure, ..Participant::new(role, party, range) });
        }
        found
    }

    /// The range of `#string-range(text,4,7)`: from which code point, and how many.
    fn string_range(&self, pointer: &str) -> Option<TextRange> {
        let inside = pointer.split_once("string-range(")?.1.strip_suffix(')')?;
        let mut parts = inside.split(',').skip(1);
        let (start, length) =
            (parts.next()?.trim().parse::<usize>().ok()?, parts.next()?.trim().parse::<usize>().ok()?);
        self.offsets.from_code_points(start, start.checked_add(length)?).filter(|range| !range.is_empty())
    }
}

/// What somebody does in an event.
fn role(name: &str) -> Option<Role> {
    [Role::Actor, Role::Recipient].into_iter().find(|role| role.name() == name)
}

/// What the kind of a mark is called; where this program wrote it, as its type says.
fn label<'a>(mark: &'a Mark, thing: Option<&'a Thing>, event: bool, ours: bool) -> &'a str {
    if let Some(kind) = mark.kind.as_deref().filter(|_| ours) {
        return kind;
    }
    match mark.element.as_str() {
        "persName" => "person",
        "country" => "country",
        "eventName" => "event",
        "orgName" => "org",
        "objectName" => "object",
        "placeName" | "settlement" | "region" | "geogName" => match thing {
            Some(thing) if thing.kind == "country" => "country",
            _ => "place",
        },
        name => match (&mark.kind, thing) {
            (Some(kind), _) => kind,
            (None, Some(thing)) => thing_label(thing, false),
            (None, None) if event => "event",
            (None, None) => name,
        },
    }
}

/// What the kind of somebody or something is called; the sorts of places of others are one.
fn thing_label(thing: &Thing, ours: bool) -> &str {
    if thing.place && thing.kind != "country" && !ours { "place" } else { &thing.kind }
}
