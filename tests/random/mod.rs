//! Random projects, and what is compared of them, for the tests of formats.
#![allow(dead_code, reason = "each test file uses a part of it")]

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::Index;
use rubricator::export::{self, Export, Selection};
use rubricator::import::{self, File, Imported};
use rubricator::project::{
    Action, ArticleId, ArticleRecord, Coordinates, Entity, EntityId, Event, EventDate, EventId, EventPlace, EventType,
    Figure, FigureKind, Kind, KindId, Level, Mention, MentionId, Modality, NamedClass, Origin, Participant, Party,
    PartyLabel, PartyWords, Plover, Polarity, Project, Records, Relation, RelationKind, Role, Schema, Stamp, Status,
    Tagset, Target, ops,
};
use rubricator::text::{Article, Metadata, Text, byte_range, bytes};
use serde_json::{Value, json};

pub fn stamp() -> Stamp {
    Stamp { by: "Ana".into(), at: Timestamp::UNIX_EPOCH }
}

pub fn export(project: &Project, format: &str) -> Export {
    let selection = Selection { suggestions: true, ..Selection::default() };
    let format = export::format(format).unwrap();
    let export = format.export(project, &selection).unwrap();
    assert_eq!(export, format.export(project, &selection).unwrap(), "the same input gives the same bytes");
    export
}

pub fn files(export: Export) -> Vec<File> {
    export.files.into_iter().map(|file| File { name: file.name, bytes: file.bytes }).collect()
}

pub fn read(files: Vec<File>) -> Imported {
    import::read(files, None, &stamp()).unwrap()
}

pub fn one(name: &str, text: &str) -> Vec<File> {
    vec![File { name: name.to_owned(), bytes: text.as_bytes().to_vec() }]
}

/// All that a project knows but for who proposed and who decided what, and the numbers of mentions.
pub fn known(project: &Project, meta: bool) -> Vec<Value> {
    let selection = Selection { suggestions: true, ..Selection::default() };
    // All of it, whatever the level that an import gets.
    let mut project = project.clone();
    let edit = ops::set_level(&project, Level::Everything, stamp());
    project.apply(&edit).unwrap();
    let json = export::format("json").unwrap().export(&project, &selection).unwrap();
    let json: Value = serde_json::from_slice(&json.files[0].bytes).unwrap();
    let without = |row: &Value, names: &[&str]| {
        let mut row = row.clone();
        for name in ["source", "score", "reason", "by", "at"].iter().chain(names) {
            row.as_object_mut().unwrap().remove(*name);
        }
        row
    };
    let rows =
        |of: &Value, names: &[&str]| of.as_array().unwrap().iter().map(|row| without(row, names)).collect::<Vec<_>>();
    let article = |article: &Value| {
        let mut mentions = rows(&article["mentions"], &["id"]);
        mentions.sort_by_key(|m| (m["start"].as_u64(), m["end"].as_u64().map(std::cmp::Reverse), m.to_string()));
        let mut events = rows(&article["events"], &["mentions"]);
        events.sort_by_key(|event| event["id"].to_string());
        let names = ["title", "source", "author", "section", "url", "language", "date", "origin"];
        let meta: Vec<&Value> = names.iter().filter(|_| meta).map(|name| &article[*name]).collect();
        json!([meta, article["text"], mentions, events])
    };
    let mut all: Vec<Value> = json["articles"].as_array().unwrap().iter().map(article).collect();
    all.push(json!(rows(&json["entities"], &["mentions"])));
    all
}

pub fn entity(id: u32, kind: &str, name: &str) -> Entity {
    Entity { decision: Some(stamp()), ..Entity::new(EntityId(id), KindId(kind.into()), name, Origin::hand()) }
}

/// People, countries, a ship, an organisation, a place and a group, with all that can be known of them.
pub fn entities() -> Vec<Entity> {
    vec![
        Entity {
            aliases: vec!["U. Berg".to_owned(), "𝔘ma".to_owned()],
            country: "CH".parse().ok(),
            role: "minister & <envoy>".to_owned(),
            wikidata: Some("Q7".into()),
            note: "the \"elder\"\nof two".to_owned(),
            ..entity(3, "person", "Uma \"Berg\" [1]|_;*->")
        },
        entity(4, "person", "محمد علي"),
        Entity { country: "CN".parse().ok(), wikidata: Some("Q148".into()), ..entity(9, "country", "China") },
        Entity { note: "a brig".to_owned(), ..entity(10, "ship", "Black Swan") },
        Entity {
            aliases: vec!["WHO".to_owned()],
            country: "CH".parse().ok(),
            role: "host".to_owned(),
            wikidata: Some("Q7817".into()),
            note: "of the UN".to_owned(),
            ..entity(11, "ORG", "World Health Organization")
        },
        Entity { country: "CI".parse().ok(), wikidata: Some("Q1515".into()), ..entity(12, "PLACE", "Abidjan") },
        Entity { note: "in the north".to_owned(), ..entity(13, "NORP", "Sámi") },
    ]
}

pub fn event(id: u32, article: u32, name: &str) -> Event {
    Event { decision: Some(stamp()), ..Event::new(EventId(id), ArticleId(article), name, Origin::hand()) }
}

/// The events of an article: one with everything, a named one, and one of which nothing is known.
pub fn events(article: u32) -> Vec<Event> {
    let day = jiff::civil::date(2022, 2, 4);
    let full = Event {
        kind: EventType::Happening(Some(Plover::Consult)),
        mode: Some("visit".into()),
        contexts: vec!["diplomatic".into(), "executive".into()],
        date: Some(EventDate { unsure: true, ..EventDate::new(day, day.tomorrow().unwrap(), "on Friday") }),
        place: Some(EventPlace {
            coordinates: Some(Coordinates { latitude: 7.54, longitude: -5.0 }),
            ..EventPlace::new("Côte d’Ivoire", "CI".parse().ok())
        }),
        worth: Some(0.875),
        figures: vec![
            Figure { kind: FigureKind::Killed, number: Some(12.0), range: None },
            Figure { kind: FigureKind::Displaced, number: None, range: None },
            Figure { kind: FigureKind::Money, number: Some(1.25e6), range: None },
        ],
        polarity: Polarity::Negative,
        modality: Modality::Planned,
        note: "to be <checked>".to_owned(),
        ..event(article * 10, article, "the Bern talks")
    };
    let named = Event {
        kind: EventType::Named(NamedClass::War),
        wikidata: Some("Q42".into()),
        date: Some(EventDate::new(day, day, "")),
        place: Some(EventPlace { unsure: true, ..EventPlace::new("Bern", None) }),
        ..event(article * 10 + 1, article, "Lake War")
    };
    vec![full, named, event(article * 10 + 2, article, "met")]
}

/// A mark: where it begins and ends, what it names, and whether it is accepted and noted.
pub type Draft = (Index, Index, usize, bool, bool);

/// A project of texts with marks at any two of the places that `edges` gives.
pub fn project(texts: &[(String, Vec<Draft>)], edges: fn(&str) -> Vec<usize>) -> Project {
    let mut records = Records { tagset: Tagset::default().kinds, entities: entities(), ..Records::default() };
    records.level = Level::Everything;
    records.tagset.push(Kind::new(KindId("ship".into()), "ship", "ship", '7', Schema::Entity));
    records.tagset.extend(Tagset::default().ready());
    let mut next = 0;
    for (number, (text, drafts)) in (0..).zip(texts) {
        let meta = Metadata {
            title: format!("No. {number} <&>"),
            source: "The Paper".to_owned(),
            author: "A. & B.".to_owned(),
            section: "News; p. 4 <&>".to_owned(),
            url: "https://example.org/a?b&c=d".to_owned(),
            language: "en".to_owned(),
            date: Some(jiff::civil::date(2024, 5, 6)),
            dates: Vec::new(),
            origin: "a.txt".to_owned(),
        };
        let id = ArticleId(number);
        records.articles.push(ArticleRecord::new(id, Article { meta, text: Text::new(text.as_str()).unwrap() }));
        let mut events = events(number);
        let places = edges(text);
        for (from, to, what, accepted, noted) in drafts {
            if places.len() < 2 {
                continue;
            }
            let (one, other) = (*from.get(&places), *to.get(&places));
            let (start, end) = (one.min(other), one.max(other));
            if start == end {
                continue;
            }
            let range = byte_range(start, end).unwrap();
            let role = if what % 2 == 0 { Role::Actor } else { Role::Recipient };
            if let Some(participant) = words(*what, *accepted) {
                let participant = Participant::new(role, participant, Some(range));
                events[0].participants.push(Participant { unsure: *noted, ..participant });
                continue;
            }
            if what % 17 == 16 {
                let figure = Figure {
                    kind: if *noted { FigureKind::Injured } else { FigureKind::Present },
                    number: accepted.then_some(2.5),
                    range: Some(range),
                };
                events[0].figures.insert(0, figure);
                continue;
            }
            let (kind, target) = match what % 17 {
                0 => ("person", Some(Target::Entity(EntityId(3)))),
                1 => ("person", Some(Target::Entity(EntityId(4)))),
                2 => ("country", Some(Target::Entity(EntityId(9)))),
                3 => ("ship", Some(Target::Entity(EntityId(10)))),
                4 => ("person", None),
                5 => ("event", None),
                6 | 7 => ("event", Some(Target::Event(events[0].id))),
                8 => ("event", Some(Target::Event(events[1].id))),
                9 => ("ORG", Some(Target::Entity(EntityId(11)))),
                10 => ("PLACE", Some(Target::Entity(EntityId(12)))),
                11 => ("NORP", Some(Target::Entity(EntityId(13)))),
                _ => ("event", Some(Target::Event(events[2].id))),
            };
            let same = |m: &Mention| m.article == id && m.range == range && m.kind.as_str() == kind;
            if records.mentions.iter().any(same) {
                continue;
            }
            if let Some(Target::Entity(entity)) = target.filter(|_| kind != "ship") {
                let participant = Participant::new(role, entity, Some(range));
                events[0].participants.push(Participant { unsure: *accepted, ..participant });
            }
            records.mentions.push(Mention {
                target,
                subtype: (kind == "country").then(|| "demonym".into()),
                level: target.map(|target| level(target, &events)).unwrap_or_default(),
                retold: kind == "event" && target.is_some() && *noted,
                status: if *accepted { Status::Accepted } else { Status::Suggested },
                decision: accepted.then(stamp),
                note: if *noted { "see [2]; a_b\n*".to_owned() } else { String::new() },
                ..Mention::new(MentionId(next), (id, range), &text[bytes(range)], KindId(kind.into()), Origin::hand())
            });
            next += 1;
        }
        records.events.extend(events);
    }
    Project::from_records(records).unwrap()
}

/// Who takes part and is no entity.
fn words(what: usize, known: bool) -> Option<Party> {
    let (name, label) = match what % 17 {
        13 => ("the \"protesters\" [1]; a|b_*->", PartyLabel::Group),
        14 => ("她", PartyLabel::Person),
        15 => ("police & <courts>", if known { PartyLabel::Org } else { PartyLabel::Country }),
        _ => return None,
    };
    Some(Party::Words(PartyWords { name: name.to_owned(), label, country: "CH".parse().ok().filter(|_| known) }))
}

/// A level for each of the events of an article.
fn level(target: Target, events: &[Event]) -> Level {
    let place = events.iter().position(|event| target == Target::Event(event.id));
    place.and_then(|place| Level::ALL.get(place)).copied().unwrap_or_default()
}

/// Which tags are related: of which article, from which to which, by which kind, and whether it is accepted and noted.
pub type Link = (Index, Index, Index, usize, bool, bool);

pub fn links() -> impl Strategy<Value = Vec<Link>> {
    let link = (any::<Index>(), any::<Index>(), any::<Index>(), 0..6_usize, any::<bool>(), any::<bool>());
    proptest::collection::vec(link, 0..8)
}

/// Marks between any two characters, some of them related.
pub fn related_project() -> impl Strategy<Value = Project> {
    (any_project(), links()).prop_map(|(project, links)| related(&project, &links))
}

/// The project with the usual kinds of relations, one of its own, and relations between its marks.
pub fn related(project: &Project, links: &[Link]) -> Project {
    let mut tagset = project.tagset().clone();
    tagset.ready_relations().into_iter().for_each(|kind| tagset.add_relation(kind));
    tagset.add_relation(RelationKind::new(KindId("owns".into()), "owns <a> & \"b\"", "is owned by"));
    let kinds = tagset.relations.clone();
    let new = ops::NewTagset { tagset, ..ops::NewTagset::default() };
    let mut project = project.clone();
    let edit = ops::set_tagset(&project, &new, &ops::unknown, stamp());
    project.apply(&edit).unwrap();
    let mut edit = ops::Builder::new(&project, stamp());
    let mut seen = std::collections::HashSet::new();
    for (article, from, to, kind, accepted, noted) in links {
        let article = *article.get(project.article_ids());
        let mentions = project.mentions(article);
        if mentions.is_empty() {
            continue;
        }
        let (from, to) = (from.get(mentions).id, to.get(mentions).id);
        let kind = kinds[*kind].id.clone();
        if from == to || !seen.insert((kind.clone(), from.min(to), from.max(to))) {
            continue;
        }
        let id = edit.fresh::<Relation>();
        edit.put(Relation {
            status: if *accepted { Status::Accepted } else { Status::Suggested },
            decision: accepted.then(stamp),
            note: if *noted { "see [2]; a_b\n*".to_owned() } else { String::new() },
            ..Relation::new(id, article, kind, (from, to), Origin::hand())
        });
    }
    let edit = edit.finish(Action::Nothing);
    project.apply(&edit).unwrap();
    project
}

/// Every relation with its kind, the places and kinds of its ends, its status and its note.
pub fn relations(project: &Project) -> Vec<Value> {
    let end = |id| {
        let mention = project.mention(id).unwrap();
        let (start, end): (u32, u32) = (mention.range.start().into(), mention.range.end().into());
        json!([start, end, mention.kind.as_str()])
    };
    let place = |article| project.article_ids().iter().position(|id| *id == article);
    let row = |relation: &Relation| {
        let Relation { article, kind, from, to, status, note, .. } = relation;
        json!([place(*article), kind.as_str(), end(*from), end(*to), format!("{status:?}"), note])
    };
    let mut rows: Vec<Value> = project.relations().map(row).collect();
    rows.sort_by_key(Value::to_string);
    rows
}

pub const PIECES: &[&str] = &[
    "a",
    "Xi ",
    "Dr. Wang",
    " ",
    "\r\n",
    "\n",
    "\n\n",
    ".",
    "He left. ",
    "e\u{301}",
    "\u{1F469}\u{200D}\u{1F680}",
    "𝔘",
    "習近平",
    "علي ",
    "\t",
    "'",
    "=",
    "<",
    "&",
    "]]>",
    "\u{2028}",
    "\u{A0}",
    "\u{85}",
    "-",
    "U.S.",
    "\\",
    "|",
    "[1]",
    "_",
    "#Text=",
    "->",
    "\u{7F}",
];

pub fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    proptest::collection::vec((any::<Index>(), any::<Index>(), 0..17_usize, any::<bool>(), any::<bool>()), 0..10)
}

pub fn text() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 1..30);
    pieces.prop_map(|pieces| pieces.concat())
}

/// Marks between any two characters.
pub fn any_project() -> impl Strategy<Value = Project> {
    let texts = proptest::collection::vec((text(), drafts()), 1..3);
    texts.prop_map(|texts| project(&texts, |text| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()))
}

/// Marks from word to word, in texts that begin with one.
pub fn worded_project() -> impl Strategy<Value = Project> {
    let texts = proptest::collection::vec((text().prop_map(|text| format!("So {text}")), drafts()), 1..3);
    texts.prop_map(|texts| {
        project(&texts, |text| {
            // Not between words: a mark from the end of one would begin with a space.
            text.char_indices().filter(|(_, c)| !c.is_whitespace() && !c.is_control()).map(|(at, _)| at).collect()
        })
    })
}
