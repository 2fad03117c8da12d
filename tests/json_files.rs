//! Formats of JSON and tables of it: what goes out comes back, what a format cannot hold is told, and files of the tools
//! that use them come in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod random;

use proptest::prelude::*;
use random::*;
use rubricator::export::{self, Selection};
use rubricator::import::Imported;
use rubricator::project::{
    Answer, ArticleId, ArticleRecord, ArticleTag, Change, Contributor, ContributorId, Coordinates, CountryCode,
    DifferenceSort, EntityId, Event, EventDate, EventId, EventPlace, EventType, Figure, FigureKind, Given, GivenEntity,
    GivenParty, GivenReality, GivenRelation, Kind, KindId, Level, Mention, MentionId, Modality, NewsClass, Origin,
    Participant, Party, PartyLabel, PartyWords, Plover, Polarity, Project, Reason, Records, Relation, RelationKind,
    Role, Ruling, RulingId, Schema, Settled, Tagset, Target, ops,
};
use rubricator::text::{Article, Metadata, Text, byte_range};
use serde_json::{Value, json};

/// All that is known, with those who take part, and figures, in the order of their places.
fn sorted(project: &Project) -> Vec<Value> {
    let mut rows = known(project, true);
    for article in &mut rows {
        for event in article.get_mut(3).and_then(Value::as_array_mut).into_iter().flatten() {
            for rows in ["participants", "figures"] {
                if let Some(list) = event[rows].as_array_mut() {
                    list.sort_by_key(Value::to_string);
                    list.dedup();
                }
            }
        }
    }
    rows
}

/// Every mark with its text, place, kind and status.
fn marks(project: &Project, status: bool) -> Vec<String> {
    let row = |m: &Mention| {
        let status = if status { format!("{:?}", m.status) } else { String::new() };
        format!("{} {:?} {} {status}", project.text(m.article), m.range, m.kind.as_str())
    };
    let mut rows: Vec<_> = project.all_mentions().map(row).collect();
    rows.sort();
    rows
}

/// Which marks name one thing or tell of one event.
fn groups(project: &Project) -> Vec<Vec<String>> {
    let mut groups: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for m in project.all_mentions() {
        let target = match m.target {
            Some(Target::Entity(id)) => id.to_string(),
            Some(Target::Event(id)) => id.to_string(),
            None => format!("none {}", m.id),
        };
        groups.entry(target).or_default().push(format!("{} {:?} {}", m.article, m.range, m.kind.as_str()));
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.iter_mut().for_each(|group| group.sort());
    groups.sort();
    groups
}

/// Marks that another of the same kind stands at the same place of.
fn twice(project: &Project) -> bool {
    let all: Vec<_> = project.all_mentions().map(|m| (m.article, m.range, m.kind.clone())).collect();
    let distinct: std::collections::HashSet<_> = all.iter().collect();
    distinct.len() < all.len()
}

/// A project in which articles are tagged, with guidelines and a kind of events of its own.
fn with_tags() -> Project {
    let mut project = project(&[("Ana met Bo.".to_owned(), Vec::new())], |_| Vec::new());
    let mut tagset = project.tagset().clone();
    tagset.kinds.push(Kind::new(KindId("storm".into()), "Storm", "Storms", '5', Schema::Event));
    tagset.article_tags.push(ArticleTag {
        id: "topic".into(),
        name: "Topic".to_owned(),
        answer: Answer::Several(vec!["Fish".to_owned(), "War".to_owned()]),
    });
    tagset.article_tags.push(ArticleTag { id: "remark".into(), name: "Remark".to_owned(), answer: Answer::Text });
    let new = ops::NewTagset { tagset, ..ops::NewTagset::default() };
    let apply = |project: &mut Project, edit| project.apply(&edit).unwrap();
    let edit = ops::set_tagset(&project, &new, &ops::unknown, stamp());
    apply(&mut project, edit);
    let article = project.article_ids()[0];
    for (tag, answer) in [("topic", "War"), ("remark", "not sure")] {
        let edit = ops::set_article_tag(&project, article, tag, &[answer.to_owned()], stamp());
        apply(&mut project, edit);
    }
    let edit = ops::set_guidelines(&project, "# How\n\nTag *all*.", stamp());
    apply(&mut project, edit);
    project
}

#[test]
fn json_keeps_article_tags_kinds_and_guidelines() {
    let project = with_tags();
    for (format, guidelines) in [("json", project.guidelines()), ("jsonl", "")] {
        let back = read(files(export(&project, format)));
        assert_eq!(back.left_out, []);
        let mut joined = Project::new();
        let edit = ops::join(&joined, &back.project, stamp());
        joined.apply(&edit).unwrap();
        assert_eq!(joined.tagset().article_tags, project.tagset().article_tags, "{format}");
        let kinds =
            |project: &Project| project.tagset().kinds.iter().map(|k| (k.id.clone(), k.schema)).collect::<Vec<_>>();
        assert_eq!(kinds(&joined), kinds(&project), "{format}");
        let tags = |project: &Project| project.articles().map(|record| record.tags.clone()).collect::<Vec<_>>();
        assert_eq!(tags(&joined), tags(&project), "{format}");
        assert_eq!(joined.guidelines(), guidelines, "{format}");
    }
}

/// A project of one event of each level, the first with all that a record can hold.
fn with_records() -> Project {
    let text = "Rebels killed 12 people in Aleppo, the ministry said. Dozens fled. It rained.";
    let place = |words: &str| {
        let start = text.find(words).unwrap();
        byte_range(start, start + words.len())
    };
    let mut records = Records { tagset: Tagset::default().kinds, level: Level::Everything, ..Records::default() };
    records
        .articles
        .push(ArticleRecord::new(ArticleId(0), Article { meta: Metadata::default(), text: Text::new(text).unwrap() }));
    let words = |role, name: &str, label, quote| {
        let who = PartyWords { name: name.to_owned(), label, country: "SY".parse().ok() };
        Participant::new(role, Party::Words(who), place(quote))
    };
    let aleppo = Coordinates { latitude: 36.2, longitude: 37.16 };
    records.events = vec![
        Event {
            worth: Some(0.75),
            date: Some(EventDate {
                unsure: true,
                ..EventDate::new(jiff::civil::date(2024, 5, 6), jiff::civil::date(2024, 5, 6), "")
            }),
            place: Some(EventPlace {
                coordinates: Some(aleppo),
                unsure: true,
                ..EventPlace::new("Aleppo", "SY".parse().ok())
            }),
            participants: vec![
                words(Role::Actor, "rebels", PartyLabel::Group, "Rebels"),
                Participant { unsure: true, ..words(Role::Recipient, "civilians", PartyLabel::Group, "people") },
                words(Role::Recipient, "ministry", PartyLabel::Org, "the ministry"),
            ],
            figures: vec![
                Figure { kind: FigureKind::Killed, number: Some(12.0), range: place("12 people") },
                Figure { kind: FigureKind::Displaced, number: None, range: place("Dozens") },
                Figure { kind: FigureKind::Money, number: Some(1.5e6), range: None },
            ],
            ..event(0, 0, "killed")
        },
        event(1, 0, "fled"),
        event(2, 0, "rained"),
    ];
    let told = [
        ("killed", 0, Level::Main, false),
        ("said", 0, Level::Main, true),
        ("fled", 1, Level::Kept, false),
        ("rained", 2, Level::Everything, false),
    ];
    for (id, (words, event, level, retold)) in (0..).zip(told) {
        let at = (ArticleId(0), place(words).unwrap());
        let target = Some(Target::Event(EventId(event)));
        let mention = Mention::new(MentionId(id), at, words, KindId::EVENT, Origin::hand());
        records.mentions.push(Mention { target, level, retold, ..mention });
    }
    Project::from_records(records).unwrap()
}

#[test]
fn json_keeps_event_records_whole() {
    let project = with_records();
    for format in ["json", "jsonl"] {
        let back = read(files(export(&project, format)));
        assert_eq!(back.left_out, []);
        assert_eq!(back.project.events().collect::<Vec<_>>(), project.events().collect::<Vec<_>>(), "{format}");
        let marks = |project: &Project| project.all_mentions().cloned().collect::<Vec<_>>();
        assert_eq!(marks(&back.project), marks(&project), "{format}");
    }
    let json: Value = serde_json::from_slice(&export(&project, "json").files[0].bytes).unwrap();
    let event = &json["articles"][0]["events"][0];
    assert_eq!([&event["level"], &event["worth"]], [&json!("main"), &json!(0.75)]);
    assert_eq!(
        event["place"],
        json!({"name": "Aleppo", "country": "SY", "coordinates": {"latitude": 36.2, "longitude": 37.16}, "unsure": true})
    );
    assert_eq!(
        event["participants"][1],
        json!({
            "role": "recipient", "entity": null, "name": "civilians", "label": "GROUP", "country": "SY", "unsure": true,
            "start": 17, "end": 23, "quote": "people",
        })
    );
    assert_eq!(
        event["figures"][0],
        json!({"kind": "killed", "number": 12.0, "start": 14, "end": 23, "quote": "12 people"})
    );
    // What the project does not show stays home.
    let mut shown = project.clone();
    let edit = ops::set_level(&shown, Level::Main, stamp());
    shown.apply(&edit).unwrap();
    let json: Value = serde_json::from_slice(&export(&shown, "json").files[0].bytes).unwrap();
    assert_eq!(json["articles"][0]["events"].as_array().unwrap().len(), 1);
}

/// Relations without their notes, and without their status where a format has none.
fn noteless(project: &Project, status: bool) -> Vec<Value> {
    let mut rows = relations(project);
    for row in &mut rows {
        row.as_array_mut().unwrap().truncate(if status { 5 } else { 4 });
    }
    rows.sort_by_key(Value::to_string);
    rows
}

/// The kinds of relations as JSON has them.
fn colourless(project: &Project) -> Vec<RelationKind> {
    let kinds = project.tagset().relations.iter();
    kinds.map(|kind| RelationKind { hue: None, ..kind.clone() }).collect()
}

#[test]
fn relations_make_the_json_newer_and_odd_ones_are_told() {
    let mention = |id: &str, start: usize, quote: &str| json!({"id": id, "start": start, "end": start + quote.len(), "quote": quote, "kind": "person"});
    let relation = |from: &str, to: &str| json!({"kind": "knows", "from": from, "to": to});
    let article = json!({
        "text": "Ana met Bo.",
        "mentions": [mention("m7", 0, "Ana"), mention("m2", 8, "Bo")],
        "relations": [relation("m2", "m7"), relation("m2", "m9"), relation("m7", "m7")],
    });
    let kinds = json!([{"id": "owns", "name": "owns"}, {"id": "owns", "name": "owns too"}]);
    let file = json!({
        "format": "rubricator annotations", "version": 3, "articles": [article], "relation_kinds": kinds,
    });
    let back = read(one("a.json", &file.to_string()));
    let told: Vec<String> = back.left_out.iter().map(|left| left.what.clone()).collect();
    let odd = ["another kind of relation owns", "relation knows from m2 to m9", "relation knows from m7 to m7"];
    assert_eq!(told, odd);
    assert_eq!(relations(&back.project), [json!([0, "knows", [8, 10, "person"], [0, 3, "person"], "Accepted", ""])]);
    let version = |project: &Project| {
        serde_json::from_slice::<Value>(&export(project, "json").files[0].bytes).unwrap()["version"].clone()
    };
    assert_eq!(version(&back.project), json!(3));
    assert_eq!(version(&with_tags()), json!(2), "a reader of before can still read what has no relations");
}

#[test]
fn how_often_suggestions_were_right_goes_out_on_wish() {
    let mut project = with_tags();
    let article = project.article_ids()[0];
    let ranges = [byte_range(0, 3).unwrap(), byte_range(8, 10).unwrap()];
    let mut edit = ops::tag(&project, article, &ranges, &KindId::PERSON, &ops::unknown, stamp());
    for change in &mut edit.changes {
        if let Change::Mention(swap) = change {
            swap.after.as_mut().unwrap().drawn = true;
        }
    }
    project.apply(&edit).unwrap();
    let rejected = project.all_mentions().next().unwrap().id;
    project.apply(&ops::reject(&project, &[rejected], stamp())).unwrap();
    let with = |checks| {
        let selection = Selection { checks, ..Selection::default() };
        let export = export::export(export::format("json").unwrap(), &project, &selection, false).unwrap();
        export.files.into_iter().next().unwrap().bytes
    };
    assert!(serde_json::from_slice::<Value>(&with(false)).unwrap().get("checks").is_none());
    let file: Value = serde_json::from_slice(&with(true)).unwrap();
    let row = &file["checks"][0];
    assert_eq!(
        (&file["version"], &row["kind"], &row["checked"], &row["right"]),
        (&json!(4), &json!("person"), &json!(2), &json!(1))
    );
    assert!(
        row["precision"] == json!(0.5) && row["low"].as_f64().is_some_and(|low| (0.09..0.10).contains(&low)),
        "{row}"
    );
    assert!(row["high"].as_f64().is_some_and(|high| (0.90..0.91).contains(&high)), "{row}");
    let back = read(one("a.json", &String::from_utf8(with(true)).unwrap()));
    assert_eq!(back.left_out, []);
}

#[test]
fn json_of_version_1_comes_in_and_odd_records_are_told() {
    let file = |version: u32, event: Value| {
        let mention = json!({"start": 0, "end": 3, "quote": "Ana", "kind": "person", "entity": "e0"});
        let trigger = json!({"start": 4, "end": 7, "quote": "met", "kind": "event", "event": "v0"});
        let article = json!({"text": "Ana met.", "mentions": [mention, trigger], "events": [event]});
        let entity = json!({"id": "e0", "kind": "person", "name": "Ana"});
        let whole = json!({"format": "rubricator annotations", "version": version, "articles": [article], "entities": [entity]});
        read(one("a.json", &whole.to_string()))
    };
    let old = file(
        1,
        json!({"id": "v0", "place": {"name": "Bern", "country": null},
        "participants": [{"role": "actor", "entity": "e0", "name": "Ana", "start": 0, "end": 3, "quote": "Ana"}]}),
    );
    assert_eq!(old.left_out, []);
    let met = old.project.events().next().unwrap();
    assert_eq!(met.participants, [Participant::new(Role::Actor, EntityId(0), byte_range(0, 3))]);
    assert_eq!((&met.place, met.worth), (&Some(EventPlace::new("Bern", None)), None));
    let odd = file(
        2,
        json!({"id": "v0", "level": "none", "worth": null,
        "place": {"name": "Nowhere", "country": null, "coordinates": {"latitude": 91, "longitude": 0}},
        "participants": [
            {"role": "actor", "entity": null, "name": "they", "label": "CROWD"},
            {"role": "actor", "entity": null, "label": "GROUP"},
            {"role": "recipient", "name": "them", "label": "GROUP", "start": 5, "end": 99},
        ],
        "figures": [{"kind": "born", "number": 2}, {"kind": "money", "number": null}]}),
    );
    let told: Vec<_> = odd.left_out.iter().map(|left| left.what.as_str()).collect();
    assert_eq!(told, ["actor they of “”", "actor  of “”", "figure born of “”", "the coordinates of Nowhere"]);
    let met = odd.project.events().next().unwrap();
    assert_eq!((met.participants.len(), met.participants[0].range, met.figures.len()), (1, None, 1));
}

/// What the relations of an import say: what they are called, the words at both ends, whether they are so both ways.
fn told_relations(back: &Imported) -> Vec<(String, String, String, bool)> {
    let words = |id| back.project.mention(id).unwrap().quote.to_string();
    let name = |relation: &Relation| back.project.tagset().relation_name(&relation.kind).to_owned();
    let both = |relation: &Relation| back.project.tagset().is_symmetric(&relation.kind);
    back.project.relations().map(|r| (name(r), words(r.from), words(r.to), both(r))).collect()
}

fn said(rows: &[(&str, &str, &str, bool)]) -> Vec<(String, String, String, bool)> {
    rows.iter().map(|(name, from, to, both)| ((*name).into(), (*from).into(), (*to).into(), *both)).collect()
}

const NO_ENDS: &str = "it does not stand between two marks that are taken in";

#[test]
fn relations_of_label_studio_come_in() {
    let region = |id: &str, start: usize, text: &str, label: &str| {
        json!({"id": id, "type": "labels", "from_name": "label", "to_name": "text",
               "value": {"start": start, "end": start + text.len(), "text": text, "labels": [label]}})
    };
    let relation = |from: &str, to: &str, direction: &str, labels: Value| json!({"type": "relation", "from_id": from, "to_id": to, "direction": direction, "labels": labels});
    let result = json!([
        region("a", 0, "Ana", "PER"),
        region("b", 8, "Bo", "PER"),
        region("m", 4, "met", "event"),
        relation("a", "b", "left", json!(["Works_For"])),
        relation("a", "b", "bi", json!(["ally", "spouse of"])),
        relation("a", "b", "right", json!([])),
        relation("m", "a", "right", json!(["actor"])),
        relation("m", "b", "right", json!(["Victim"])),
        relation("a", "z", "right", json!(["ally"])),
    ]);
    let tasks = json!([{"data": {"text": "Ana met Bo."}, "annotations": [{"result": result}]}]);
    let back = read(one("a.json", &tasks.to_string()));
    let wanted = said(&[
        ("works for", "Bo", "Ana", false),
        ("ally", "Ana", "Bo", true),
        ("spouse of", "Ana", "Bo", true),
        ("relation", "Ana", "Bo", false),
        ("Victim", "met", "Bo", false),
    ]);
    assert_eq!(told_relations(&back), wanted);
    assert_eq!(back.project.events().next().unwrap().participants.len(), 1);
    let left: Vec<_> = back.left_out.iter().map(|left| (left.what.as_str(), left.why)).collect();
    assert_eq!(left, [("relation ally", NO_ENDS)]);
}

#[test]
fn relations_of_doccano_and_prodigy_come_in() {
    let span = |id: usize, start: usize, end: usize| json!({"id": id, "label": "PER", "start_offset": start, "end_offset": end});
    let relation = |from: usize, to: usize, kind: &str| json!({"id": 9, "from_id": from, "to_id": to, "type": kind});
    let row = json!({
        "text": "Ana met Bo.", "entities": [span(1, 0, 3), span(2, 8, 10)],
        "relations": [relation(1, 2, "knows"), relation(2, 1, "actor"), relation(1, 2, "knows"), relation(1, 7, "x")],
    });
    let back = read(one("a.jsonl", &row.to_string()));
    assert_eq!(told_relations(&back), said(&[("knows", "Ana", "Bo", false), ("actor", "Bo", "Ana", false)]));
    assert_eq!(back.left_out.iter().map(|left| left.what.as_str()).collect::<Vec<_>>(), ["relation x"]);
    let token = |id: usize, start: usize, text: &str| json!({"id": id, "start": start, "end": start + text.len(), "text": text});
    let span = |start: usize, end: usize| json!({"start": start, "end": end, "label": "PER"});
    let ends = |head: Value, child: Value| json!({"head": 1, "child": 3, "head_span": head, "child_span": child, "label": "knows"});
    let row = json!({
        "text": "Dr Ana met Bo.", "answer": "accept", "spans": [span(0, 6), span(3, 6), span(11, 13)],
        "tokens": [token(0, 0, "Dr"), token(1, 3, "Ana"), token(2, 7, "met"), token(3, 11, "Bo")],
        "relations": [
            ends(span(0, 6), span(11, 13)),
            {"head": 1, "child": 3, "label": "likes"},
            ends(span(0, 6), span(7, 10)),
            {"head": 2, "child": 99, "label": "likes"},
        ],
    });
    let back = read(one("a.jsonl", &row.to_string()));
    assert_eq!(told_relations(&back), said(&[("knows", "Dr Ana", "Bo", false), ("likes", "Ana", "Bo", false)]));
    assert_eq!(back.left_out.iter().map(|left| left.why).collect::<Vec<_>>(), [NO_ENDS, NO_ENDS]);
}

#[test]
fn links_between_w3c_annotations_come_in_as_relations() {
    let mark = |id: &str, words: &str| {
        json!({"id": id, "type": "Annotation", "body": {"type": "TextualBody", "purpose": "tagging", "value": "PER"},
               "target": {"selector": {"type": "TextQuoteSelector", "exact": words}}})
    };
    let link = |to: &str| {
        json!({"type": "Annotation", "motivation": "linking", "target": "http://a.example/1",
               "creator": "Cy", "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": "knows"},
            {"type": "SpecificResource", "purpose": "linking", "source": to},
            {"type": "TextualBody", "purpose": "commenting", "value": "well"},
        ]})
    };
    let rows = json!({"@context": "http://www.w3.org/ns/anno.jsonld", "items": [
        mark("http://a.example/1", "Ana"), mark("http://a.example/2", "Bo"),
        link("http://a.example/2"), link("http://a.example/3"),
    ]});
    let back = read([one("a.jsonld", &rows.to_string()), one("a.txt", "Ana met Bo.")].concat());
    assert_eq!(told_relations(&back), said(&[("knows", "Ana", "Bo", false)]));
    let relation = back.project.relations().next().unwrap();
    assert_eq!((relation.note.as_str(), relation.decision.as_ref().unwrap().by.as_str()), ("well", "Cy"));
    assert_eq!(back.left_out.iter().map(|left| left.why).collect::<Vec<_>>(), [NO_ENDS]);
}

#[test]
fn w3c_annotations_keep_who_made_them_and_when() {
    let at = r#"{"selector": {"type": "TextQuoteSelector", "exact": "Ana"}}"#;
    let row = |more: &str| format!(r#"{{"type": "Annotation", "bodyValue": "?", "target": {at}{more}}}"#);
    for (more, by, at) in [
        (
            r#", "creator": {"type": "Person", "name": "Bo"}, "created": "2020-01-02T03:04:05Z""#,
            "Bo",
            "2020-01-02T03:04:05Z",
        ),
        (r#", "creator": "https://example.org/bo""#, "https://example.org/bo", "1970-01-01T00:00:00Z"),
        ("", "Ana", "1970-01-01T00:00:00Z"),
    ] {
        let back = read([one("a.jsonld", &row(more)), one("a.txt", "Ana left.")].concat());
        let mention = back.project.all_mentions().next().unwrap();
        let decision = mention.decision.as_ref().unwrap();
        assert_eq!((decision.by.as_str(), decision.at.to_string().as_str()), (by, at), "{more}");
    }
}

#[test]
fn an_answer_that_is_not_offered_is_told_and_left_out() {
    let mut json: Value = serde_json::from_slice(&export(&with_tags(), "json").files[0].bytes).unwrap();
    json["articles"][0]["tags"]["topic"][0] = "Peace".into();
    let back = read(one("a.json", &json.to_string()));
    let told: Vec<_> = back.left_out.iter().map(|left| left.what.as_str()).collect();
    assert_eq!(told, ["topic “Peace” of “No. 0 <&>”"]);
    let tags = &back.project.articles().next().unwrap().tags;
    assert_eq!(tags.keys().collect::<Vec<_>>(), ["remark"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_keeps_everything(project in related_project()) {
        for format in ["json", "jsonl"] {
            let out = export(&project, format);
            prop_assert_eq!(&out.left_out, &[]);
            let back = read(files(out));
            prop_assert_eq!(&back.left_out, &[]);
            prop_assert_eq!(known(&back.project, true), known(&project, true));
            prop_assert_eq!(relations(&back.project), relations(&project));
            prop_assert_eq!(&back.project.tagset().relations, &colourless(&project));
        }
    }

    #[test]
    fn w3c_keeps_everything(project in related_project()) {
        let out = export(&project, "w3c");
        prop_assert_eq!(&out.left_out, &[]);
        let back = read(files(out));
        prop_assert_eq!(&back.left_out, &[]);
        prop_assert_eq!(sorted(&back.project), sorted(&project));
        prop_assert_eq!(relations(&back.project), relations(&project));
    }

    #[test]
    fn label_studio_keeps_everything_but_what_joins_accepted_and_open(project in related_project()) {
        let out = export(&project, "label-studio");
        let lossless = out.left_out.is_empty();
        let joins = |relation: &&Relation| {
            let (from, to) = project.ends(relation).unwrap();
            from.status == to.status
        };
        let left = out.left_out.iter().filter(|left| left.what.starts_with("relation “")).count();
        prop_assert_eq!(left, project.relations().count() - project.relations().filter(joins).count());
        let mut files = files(out);
        files.retain(|file| file.name.ends_with(".json"));
        let back = read(files);
        prop_assert_eq!(&back.left_out, &[]);
        if lossless {
            prop_assert_eq!(sorted(&back.project), sorted(&project));
            prop_assert_eq!(relations(&back.project), relations(&project));
        }
        let (found, wanted) = (relations(&back.project), relations(&project));
        prop_assert!(found.iter().all(|row| wanted.contains(row)), "{:?} of {:?}", found, wanted);
        prop_assert_eq!(found.len() + left, wanted.len());
        prop_assert_eq!(marks(&back.project, true), marks(&project, true));
        prop_assert_eq!(groups(&back.project), groups(&project));
    }

    #[test]
    fn spacy_keeps_marks_what_is_one_and_relations(project in related_project()) {
        let back = read(files(export(&project, "spacy")));
        prop_assert_eq!(&back.left_out, &[]);
        prop_assert_eq!(marks(&back.project, true), marks(&project, true));
        prop_assert_eq!(groups(&back.project), groups(&project));
        prop_assert_eq!(noteless(&back.project, true), noteless(&project, true));
        // Who takes part where a tag says so, in events of which a tag tells.
        let told = |project: &Project| {
            let placed = |event: &Event, who: &Participant| {
                let mentions = project.mentions(event.article);
                mentions.iter().any(|m| Some(m.range) == who.range && m.target.is_some() && m.target == who.entity().map(Target::Entity))
            };
            let mut all: Vec<_> = project
                .events()
                .filter(|event| project.mentions_of(Target::Event(event.id)).next().is_some())
                .flat_map(|event| event.participants.iter().filter(move |who| placed(event, who)))
                .map(|who| format!("{:?} {:?} {}", who.role, who.range, who.unsure))
                .collect();
            all.sort();
            all.dedup();
            all
        };
        prop_assert_eq!(told(&back.project), told(&project));
    }

    #[test]
    fn spacy_tokens_make_up_the_text_and_every_span(project in related_project()) {
        let out = export(&project, "spacy");
        for line in String::from_utf8(out.files[0].bytes.clone()).unwrap().lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let (mut text, mut starts, mut ends) = (String::new(), Vec::new(), Vec::new());
            for token in row["tokens"].as_array().unwrap() {
                starts.push(text.chars().count());
                text.push_str(token["text"].as_str().unwrap());
                ends.push(text.chars().count());
                prop_assert_eq!((token["start"].as_u64(), token["end"].as_u64()), (Some(*starts.last().unwrap() as u64), Some(*ends.last().unwrap() as u64)));
                if token["ws"] == true {
                    text.push(' ');
                }
            }
            prop_assert_eq!(&row["text"], &text);
            for span in row["spans"].as_array().unwrap() {
                prop_assert!(starts.contains(&(span["start"].as_u64().unwrap() as usize)), "{}", line);
                prop_assert!(ends.contains(&(span["end"].as_u64().unwrap() as usize)), "{}", line);
            }
            for relation in row["relations"].as_array().into_iter().flatten() {
                for (end, last) in [("head_span", "head"), ("child_span", "child")] {
                    let span = &relation[end];
                    let token = |name: &str| &row["tokens"][span[name].as_u64().unwrap() as usize];
                    prop_assert_eq!(&token("token_start")["start"], &span["start"]);
                    prop_assert_eq!(&token("token_end")["end"], &span["end"]);
                    prop_assert_eq!(&relation[last], &span["token_end"]);
                }
            }
        }
    }

    #[test]
    fn doccano_keeps_labels_and_relations(project in related_project()) {
        prop_assume!(!twice(&project));
        for format in ["doccano", "doccano-relations"] {
            let back = read(files(export(&project, format)));
            prop_assert_eq!(&back.left_out, &[]);
            prop_assert_eq!(marks(&back.project, false), marks(&project, false));
            if format == "doccano-relations" {
                prop_assert_eq!(noteless(&back.project, false), noteless(&project, false));
            }
            let slots = |project: &Project| {
                let who = |e: &rubricator::project::Event| e.participants.iter().map(|p| format!("{:?} {:?}", p.role, p.range)).collect::<std::collections::BTreeSet<_>>();
                let mut all: Vec<_> = project.events().map(who).filter(|who| !who.is_empty()).collect();
                all.sort();
                all
            };
            if format == "doccano-relations" && project.events().all(|event| {
                event.participants.is_empty() || project.mentions_of(Target::Event(event.id)).next().is_some()
            }) {
                prop_assert_eq!(slots(&back.project), slots(&project));
            }
        }
    }
}

#[test]
fn a_quote_whose_surroundings_are_gone_is_told() {
    let row = |quote: &str| {
        format!(
            r#"{{"type": "Annotation", "bodyValue": "?", "target": {{"selector": {{"type": "TextQuoteSelector", {quote}}}}}}}"#
        )
    };
    let text = one("a.txt", "Ana left. Then Ana came.");
    for (quote, marks) in [
        (r#""exact": "Ana", "prefix": "Then ", "suffix": " came""#, 1),
        (r#""exact": "Ana", "prefix": "Later ", "suffix": " sang""#, 0),
        (r#""exact": "Ana""#, 0),
        (r#""exact": "came""#, 1),
    ] {
        let back = read([one("a.jsonld", &row(quote)), text.clone()].concat());
        assert_eq!((back.project.all_mentions().count(), back.left_out.len()), (marks, 1 - marks), "{quote}");
    }
}

/// A project in which differences of two annotators were settled in every way.
fn with_rulings() -> Project {
    let mut project = with_tags();
    let annotator =
        |name: &str, file: &str, open| Contributor { id: ContributorId(0), name: name.into(), file: file.into(), open };
    let both = vec![annotator("Ana", "/home/ana/news.rubric", false), annotator("Engine", "", true)];
    project.apply(&ops::set_contributors(&project, both, stamp())).unwrap();
    let ids: Vec<_> = project.contributors().map(|own| own.id).collect();
    let (country, wikidata) = (CountryCode::new("FR"), Some("Q7".into()));
    let entity = GivenEntity { name: "Ana".into(), kind: KindId::PERSON, country, wikidata };
    let words = PartyWords { name: "crowds".into(), label: PartyLabel::Group, country: None };
    let coordinates = Some(Coordinates { latitude: 45.8, longitude: 3.1 });
    let day = jiff::civil::date(2022, 2, 4);
    let figure = |number| Figure { kind: FigureKind::Killed, number, range: None };
    let given = [
        Given::Type(EventType::News(NewsClass::Court)),
        Given::Type(EventType::Happening(Some(Plover::Consult))),
        Given::Parties(vec![GivenParty::Entity(entity), GivenParty::Words(words)]),
        Given::Place(EventPlace { coordinates, ..EventPlace::new("Ferrand", country) }),
        Given::Place(EventPlace::new("Nowhere", None)),
        Given::Date(EventDate::new(day, day, "")),
        Given::Reality(GivenReality { polarity: Polarity::Negative, modality: Modality::Possible }),
        Given::Figures(vec![figure(Some(12.0)), figure(None)]),
        Given::Relation(GivenRelation { kind: KindId("works-for".into()), turned: true }),
    ];
    let others = [Settled::Choice(ids[1]), Settled::Nothing, Settled::Edited("ORG".into())];
    let all = others.into_iter().chain(given.map(Settled::Given)).enumerate();
    let ruling = |(at, taken): (usize, Settled)| Ruling {
        id: RulingId(0),
        article: project.article_ids()[0],
        range: byte_range(0, 3).unwrap(),
        sort: DifferenceSort::ALL[at % 7],
        words: format!("“Ana” {at}"),
        choices: ids.iter().skip(at % 2).map(|id| (*id, format!("choice {at}"))).collect(),
        taken,
        reason: [Some(Reason::Slip), Some(Reason::Ambiguous), Some(Reason::Gap), None][at % 4],
        decision: None,
        note: if at == 1 { "why?".into() } else { String::new() },
    };
    let edit = ops::rule(&project, all.map(ruling).collect(), stamp());
    project.apply(&edit).unwrap();
    project
}

#[test]
fn how_differences_were_settled_goes_out_and_comes_back() {
    let project = with_rulings();
    assert_eq!(project.rulings().count(), 12);
    for format in ["json", "jsonl"] {
        let out = export(&project, format);
        let text = String::from_utf8(out.files[0].bytes.clone()).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["version"], json!(6));
        assert_eq!(json["annotators"][0], json!({"id": "c0", "name": "Ana", "file": "news.rubric"}));
        assert!(!text.contains("/home/ana"), "where a file lies is nobody else's business");
        let back = read(files(out));
        assert_eq!(back.left_out, []);
        assert!(back.project.rulings().eq(project.rulings()), "{format}");
        let told = |project: &Project| -> Vec<_> {
            project.contributors().map(|own| (own.id, own.name.clone(), own.open)).collect()
        };
        assert_eq!(told(&back.project), told(&project));
    }
    // They are about all that was marked, not about a part of it.
    for selection in [
        Selection { kinds: Some(vec![KindId::PERSON]), ..Selection::default() },
        Selection { by: Some("Ana".into()), ..Selection::default() },
    ] {
        let out = export::format("json").unwrap().export(&project, &selection).unwrap();
        let json: Value = serde_json::from_slice(&out.files[0].bytes).unwrap();
        assert!(json["articles"][0].get("rulings").is_none());
    }
}

#[test]
fn rulings_that_fit_nothing_are_told() {
    let out = export(&with_rulings(), "json");
    let mut json: Value = serde_json::from_slice(&out.files[0].bytes).unwrap();
    let rulings = json["articles"][0]["rulings"].as_array_mut().unwrap();
    rulings[0]["end"] = json!(400);
    rulings[1]["sort"] = json!("mood");
    rulings[2]["choices"][0]["annotator"] = json!("c9");
    rulings[3]["taken"] = json!({"type": {"code": "DANCE", "class": null}});
    rulings[5]["taken"] = json!({"participants": [{"name": "who"}]});
    let back = read(one("a.json", &json.to_string()));
    let told: Vec<_> = back.left_out.iter().map(|left| (left.what.as_str(), left.why)).collect();
    let expected = [
        ("ruling on ““Ana” 0”", "it lies outside the text"),
        ("ruling on ““Ana” 1”", "annotators do not differ in such things"),
        ("ruling on ““Ana” 2”", "it is of an annotator whom the file does not name"),
        ("ruling on ““Ana” 3”", "what was taken is not known here"),
        ("ruling on ““Ana” 5”", "what was taken is not known here"),
    ];
    assert_eq!(told, expected);
    assert_eq!(back.project.rulings().count(), 7);
}
