//! Known cases: what is counted, calibrated and read.

use serde_json::{Value, json};

use super::*;
use crate::project::{KindId, Project, Stamp, ops};
use crate::text::{Article, Metadata, Text};

const TEXT: &str = "Angela Merkel met Macron in Paris, France. Merkel left. England won.";

/// A span over the `nth` occurrence of `words`.
fn at(words: &str, nth: usize, label: &str, more: Value) -> Value {
    let (start, _) = TEXT.match_indices(words).nth(nth).unwrap();
    let mut span = json!({ "start": start, "end": start + words.len(), "label": label });
    span.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    span
}

fn span(words: &str, label: &str) -> Value {
    at(words, 0, label, json!({}))
}

fn document(more: Value) -> Value {
    let spans = json!([
        span("Angela Merkel", "PERSON"),
        span("Macron", "PERSON"),
        at("Merkel", 1, "PERSON", json!({})),
        span("Paris", "PLACE"),
        at("France", 0, "PLACE", json!({ "country": "FR" })),
        at("England", 0, "PLACE", json!({ "country_ignore": true })),
    ]);
    let mut document = json!({ "id": "d", "text": TEXT, "labels": ["PERSON", "PLACE", "COUNTRY"], "spans": spans });
    document.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    document
}

fn found() -> Value {
    json!([
        span("Merkel", "PERSON"),
        span("Macron", "PERSON"),
        span("left", "PERSON"),
        at("Paris, France", 0, "PLACE", json!({ "country": "FR" })),
        at("England", 0, "PLACE", json!({ "country": "GB" })),
        span("won", "EVENT"),
    ])
}

fn compare(gold: &[Value], found: &[Value]) -> Report {
    let lines = |values: &[Value]| values.iter().map(|value| format!("{value}\n")).collect::<String>();
    let gold = read_gold(lines(gold).as_bytes()).unwrap();
    let answers: Vec<_> =
        gold.iter().zip(found).map(|(gold, spans)| json!({ "id": gold.id, "spans": spans })).collect();
    report(&gold, &read_answers(lines(&answers).as_bytes(), &gold).unwrap(), None)
}

/// Right, wrong and missed of a row.
fn counts(report: &Report, label: &str, matching: &str) -> (u64, Option<u64>, u64) {
    let row = report.rows.iter().find(|row| row.label == label && row.matching == matching);
    let row = row.unwrap_or_else(|| panic!("no row {label} {matching} in {:?}", report.rows));
    (row.right, row.wrong, row.missed)
}

#[test]
fn mentions_people_and_countries_are_counted() {
    let report = compare(&[document(json!({}))], &[found()]);
    assert_eq!(counts(&report, "PERSON", "exact"), (1, Some(2), 2));
    assert_eq!(counts(&report, "PERSON", "overlap"), (2, Some(1), 1));
    assert_eq!(counts(&report, "PERSON_DOC", "set"), (2, Some(1), 0));
    assert_eq!(counts(&report, "PLACE", "exact"), (1, Some(1), 2));
    assert_eq!(counts(&report, "PLACE", "overlap"), (2, Some(0), 1), "one suggestion finds one of two marks");
    assert_eq!(counts(&report, "COUNTRY", "mention"), (1, Some(0), 0), "England has no code to compare");
    assert_eq!(counts(&report, "COUNTRY_DOC", "set"), (1, Some(0), 0));
    assert!(report.rows.iter().all(|row| row.label != "EVENT"), "what is not marked is not compared");
    let exact = &report.rows.iter().find(|row| row.label == "PERSON").unwrap();
    assert_eq!(exact.f1.map(|it| format!("{:.4}", it.value)).as_deref(), Some("0.3333"));
}

/// A project whose tagset has organisations, places and groups as well, with these tags.
fn tagged(text: &str, tags: &[(&str, KindId)]) -> Project {
    let stamp = || Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH };
    let mut project = Project::new();
    let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..ops::NewTagset::default() };
    new.tagset.kinds.extend(project.tagset().ready());
    project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
    let article = Article { meta: Metadata::default(), text: Text::new(text).unwrap() };
    project.apply(&ops::add_articles(&project, vec![article], stamp())).unwrap();
    let id = project.article_ids()[0];
    for (words, kind) in tags {
        let start = text.find(words).unwrap();
        let range = crate::text::byte_range(start, start + words.len()).unwrap();
        project.apply(&ops::tag(&project, id, &[range], kind, &ops::unknown, stamp())).unwrap();
    }
    project
}

#[test]
fn organisations_places_and_groups_of_a_project_are_compared_apart_from_its_countries() {
    let text = "The World Bank lent Nigeria money. Muslims prayed in Lagos, and in Kano. Chinese firms left.";
    let tags = [("World Bank", KindId::ORGANISATION), ("Nigeria", KindId::COUNTRY), ("Lagos", KindId::PLACE)];
    let gold = of_project(&tagged(text, &tags));
    let said = json!([
        { "start": 4, "end": 14, "label": "ORG" },
        { "start": 20, "end": 27, "label": "COUNTRY", "country": "NG", "type": "name" },
        { "start": 35, "end": 42, "label": "NORP" },
        { "start": 53, "end": 58, "label": "PLACE" },
        { "start": 67, "end": 71, "label": "PLACE" },
        { "start": 73, "end": 80, "label": "COUNTRY", "country": "CN", "type": "demonym" },
    ]);
    let answer = format!("{}\n", json!({ "id": gold[0].id, "spans": said }));
    let report = report(&gold, &read_answers(answer.as_bytes(), &gold).unwrap(), None);
    assert_eq!(counts(&report, "ORG", "exact"), (1, Some(0), 0));
    assert_eq!(counts(&report, "PLACE", "exact"), (1, Some(1), 0), "Nigeria is no place here");
    assert_eq!(counts(&report, "NORP", "exact"), (0, Some(1), 0), "nor are the Chinese a group");
}

#[test]
fn a_country_counts_with_its_code_and_as_what_its_name_is() {
    let wrong = json!([at("France", 0, "COUNTRY", json!({ "country": "DE" }))]);
    let report = compare(&[document(json!({}))], &[wrong]);
    assert_eq!(counts(&report, "COUNTRY", "mention"), (0, Some(1), 1));
    assert_eq!(counts(&report, "COUNTRY_DOC", "set"), (0, Some(1), 1));
    assert_eq!(counts(&report, "PLACE", "exact"), (1, Some(0), 2));

    let ways = json!([
        at("France", 0, "COUNTRY", json!({ "country": "FR", "type": "demonym" })),
        at("Paris", 0, "COUNTRY", json!({ "country": "FR", "type": "capital" })),
    ]);
    let report = compare(&[document(json!({}))], std::slice::from_ref(&ways));
    assert_eq!(counts(&report, "COUNTRY", "mention"), (0, Some(0), 1), "no capital is marked as a country");
    assert_eq!(counts(&report, "PLACE", "exact"), (1, Some(0), 2));

    let marked = json!([at("Paris", 0, "COUNTRY", json!({ "country": "FR", "type": "capital" }))]);
    let report = compare(&[document(json!({ "spans": marked, "labels": ["COUNTRY"] }))], &[ways]);
    assert_eq!(counts(&report, "COUNTRY", "mention"), (1, Some(0), 0), "here one is; demonyms are not");
}

#[test]
fn what_cannot_be_told_counts_neither_way() {
    let left = TEXT.find("left").unwrap();
    let ignore = document(json!({ "ignore": [{ "start": left, "end": left + 4 }] }));
    assert_eq!(counts(&compare(&[ignore], &[found()]), "PERSON", "exact"), (1, Some(1), 2));

    let part = document(json!({ "eval_span": [0, TEXT.find("Paris").unwrap()] }));
    let report = compare(&[part], &[found()]);
    assert_eq!(counts(&report, "PERSON", "overlap"), (2, Some(0), 0));
    assert_eq!(counts(&report, "PLACE", "exact"), (0, Some(0), 0));

    let partial = document(json!({ "labels": [], "partial": ["TRIGGER"], "spans": [span("met", "TRIGGER")] }));
    let report = compare(&[partial], &[json!([span("met", "TRIGGER"), span("left", "TRIGGER")])]);
    assert_eq!(counts(&report, "TRIGGER", "exact"), (1, None, 0));
    assert!(report.rows.iter().all(|row| row.precision.is_none() && row.f1.is_none() && row.recall.value == 1.0));
}

#[test]
fn places_and_items_are_answered_by_what_overlaps_them_most() {
    let marked = json!([
        at("Paris", 0, "PLACE", json!({ "in_country": "FR" })),
        at("England", 0, "PLACE", json!({ "in_country": "GB" })),
        at("Macron", 0, "PERSON", json!({ "qid": "Q3052772" })),
        at("Angela Merkel", 0, "PERSON", json!({ "qid": "Q567" })),
        at("Merkel", 1, "PERSON", json!({ "qid": "Q567" })),
    ]);
    let said = json!([
        at("Paris", 0, "PLACE", json!({ "in_country": "FR" })),
        at("England", 0, "COUNTRY", json!({ "country": "US" })),
        at("Macron", 0, "PERSON", json!({ "qid": "Q1" })),
        at("Merkel", 0, "PERSON", json!({ "qid": "Q567" })),
        at("Merkel", 1, "PERSON", json!({})),
    ]);
    let report = compare(&[document(json!({ "spans": marked }))], &[said]);
    assert_eq!(counts(&report, "IN_COUNTRY", "mention"), (1, Some(1), 1));
    assert_eq!(counts(&report, "LINKING", "PERSON"), (1, Some(1), 2));
    assert!(compare(&[document(json!({}))], &[found()]).rows.iter().all(|row| row.label != "LINKING"));
}

#[test]
fn offsets_are_code_points() {
    let gold = json!({ "id": "u", "text": "😀é Ana’s", "labels": ["PERSON"],
        "spans": [{ "start": 3, "end": 6, "label": "PERSON" }] });
    let report = compare(&[gold], &[json!([{ "start": 3, "end": 8, "label": "PERSON" }])]);
    assert_eq!(counts(&report, "PERSON", "exact"), (0, Some(1), 1));
    assert_eq!(counts(&report, "PERSON_DOC", "set"), (1, Some(0), 0));
    let text = "é\u{1F469} Vladimir Putin flew to China.";
    let found =
        crate::suggest::fixture::suggest("é\u{1F469} <person>Vladimir Putin</person> flew to <place>China</place>.");
    let chars: Vec<char> = text.chars().collect();
    let quotes: Vec<String> =
        spans(text, &found).iter().map(|span| chars[span.range.clone()].iter().collect()).collect();
    assert!(quotes.contains(&"Vladimir Putin".to_owned()) && quotes.contains(&"China".to_owned()), "{quotes:?}");
}

#[test]
fn intervals_hold_the_value_and_are_the_same_each_time() {
    let gold: Vec<_> = (0..40).map(|n| document(json!({ "id": format!("d{n}") }))).collect();
    let found: Vec<_> = (0..40).map(|n| if n % 4 == 0 { json!([]) } else { found() }).collect();
    let report = compare(&gold, &found);
    let recall = report.rows.iter().find(|row| row.label == "PERSON_DOC").unwrap().recall;
    let (low, high) = recall.interval.unwrap();
    assert!(recall.value == 0.75 && (0.55..0.75).contains(&low) && 0.75 < high && high < 0.95, "{recall:?}");
    assert_eq!(report, compare(&gold, &found));
    let one = compare(&gold[..1], &found[..1]);
    assert!(one.rows.iter().all(|row| row.recall.interval.is_none()), "one document tells nothing of chance");
}

#[test]
fn scores_that_say_what_is_right_have_no_error() {
    // Ten suggestions with 0.9, of which `right` are marked.
    let error = |right: usize| {
        let text = "Ana ".repeat(10);
        let person = |n: usize| json!({ "start": n * 4, "end": n * 4 + 3, "label": "PERSON", "score": 0.9 });
        let gold = json!({ "id": "d", "text": text, "labels": ["PERSON"], "spans": (0..right).map(person).collect::<Vec<_>>() });
        let report = compare(&[gold], &[(0..10).map(person).collect()]);
        let [calibration] = report.calibration.try_into().unwrap();
        assert_eq!((calibration.label, calibration.suggestions, calibration.bins.len()), ("PERSON", 10, 1));
        assert!(calibration.bins[0].from <= 0.9 && 0.9 < calibration.bins[0].to);
        calibration.error.value
    };
    assert!(error(9) < 1e-6);
    assert!((error(4) - 0.5).abs() < 1e-6);
    assert!((error(10) - 0.1).abs() < 1e-6);
}

#[test]
fn calibration_asks_only_what_can_be_told() {
    let score = |value: f64| json!({ "score": value });
    let mut country = at("France", 0, "COUNTRY", json!({ "country": "FR", "type": "name" }));
    country["score"] = json!(1.0);
    let mut demonym = at("Paris", 0, "COUNTRY", json!({ "country": "FR", "type": "demonym" }));
    demonym["score"] = json!(0.5);
    let mut ignored = at("England", 0, "COUNTRY", json!({ "country": "GB" }));
    ignored["score"] = json!(0.5);
    let said =
        json!([country, demonym, ignored, at("won", 0, "EVENT", score(0.5)), at("met", 0, "TRIGGER", score(0.5))]);
    let report = compare(&[document(json!({ "partial": ["TRIGGER"] }))], &[said]);
    let [calibration] = report.calibration.try_into().unwrap();
    assert_eq!((calibration.label, calibration.suggestions, calibration.right), ("COUNTRY", 1, 1.0));
    assert!(calibration.error.value < 1e-9);
}

#[test]
fn speed_is_words_by_seconds() {
    let lines = format!("{}\n{}\n", document(json!({})), document(json!({ "id": "e" })));
    let gold = read_gold(lines.as_bytes()).unwrap();
    let report = report(&gold, &[Answer::default(), Answer::default()], Some(&[0.5, 1.5]));
    assert_eq!(report.words, 22);
    let speed = report.words_per_second.unwrap();
    assert!(speed.value == 11.0 && speed.interval.is_some_and(|(low, high)| low < 11.0 && 11.0 < high), "{speed:?}");
}

#[test]
fn bad_lines_are_told_with_their_number() {
    let good = document(json!({})).to_string();
    let fault = |line: &[u8]| {
        let bytes = [good.as_bytes(), b"\n\n", line].concat();
        let fault = read_gold(&bytes).unwrap_err();
        assert_eq!(fault.line, Some(3), "{fault}");
        fault.what
    };
    let spans = |span: Value| document(json!({ "id": "e", "spans": [span] })).to_string();
    for (line, told) in [
        ("{\"id\"".to_owned(), "at byte"),
        ("[1]".to_owned(), "not a JSON object"),
        (good.clone(), "earlier line"),
        (r#"{"id":"e","text":"x","spans":[]}"#.to_owned(), "labels"),
        (r#"{"id":"e","text":"half \ud83d","spans":[],"labels":[]}"#.to_owned(), "at byte"),
        (spans(json!({ "start": 0, "end": TEXT.len() + 1, "label": "PERSON" })), "do not fit"),
        (spans(json!({ "start": 5, "end": 5, "label": "PERSON" })), "do not fit"),
        (spans(json!({ "start": 0, "end": 2.0, "label": "PERSON" })), "invalid type"),
        (spans(json!({ "start": 0, "end": 2, "label": "PLACE", "country": "usa" })), "two capital letters"),
        (spans(json!({ "start": 0, "end": 2, "label": "COUNTRY", "type": "nickname" })), "demonym"),
        (spans(json!({ "start": 0, "end": 2, "label": "PERSON", "score": 1.5 })), "score"),
    ] {
        let what = fault(line.as_bytes());
        assert!(what.contains(told), "{line}: {what}");
    }
    assert!(fault(b"{\"id\":\"\xff\"}").contains("UTF-8"));
    assert!(fault(&[b"{\"id\":\"".as_slice(), &vec![b'x'; MAX_LINE], b"\"}"].concat()).contains("longer than"));
    for empty in ["", "\n \r\n"] {
        assert_eq!(read_gold(empty.as_bytes()).unwrap_err().line, None);
    }
    assert!(read_gold(format!("\u{feff}{good}\r\n").as_bytes()).is_ok());
}

#[test]
fn answers_are_to_what_was_asked() {
    let gold = read_gold(document(json!({})).to_string().as_bytes()).unwrap();
    let fault = |lines: &str| read_answers(lines.as_bytes(), &gold).unwrap_err().to_string();
    let answer = r#"{"id":"d","spans":[]}"#;
    assert!(fault("").contains("“d”"));
    assert!(fault(&format!("{answer}\n{answer}")).starts_with("line 2:"));
    assert!(fault(r#"{"id":"z","spans":[]}"#).contains("“z”"));
    assert!(fault(r#"{"id":"d","error":"no text"}"#).contains("spans"));
}

#[test]
fn event_records_of_files_are_compared() {
    let gold = json!({
        "id": "d", "text": TEXT,
        "events": [
            { "worth": 3, "kind": "CONSULT", "mentions": [[0, 4]], "modality": "planned", "date": "2022-07",
              "actors": [{ "name": "Angela Merkel", "type": "PERSON" }], "recipients": [],
              "place": { "name": "Paris", "country": "FR" } },
            { "worth": 2, "kind": "OTHER:sport", "mentions": [[6, 9]], "modality": "actual" },
            { "worth": 1, "kind": "NAMED:games", "mentions": [[10, 12]], "modality": "actual" },
        ],
    });
    let answer = json!({
        "id": "d", "spans": [],
        "events": [
            { "type": "CONSULT", "class": null, "keep": true, "worth": 0.9, "mentions": [{ "start": 1, "end": 3 }],
              "participants": [{ "role": "actor", "name": "Merkel", "label": "PERSON" }], "modality": "planned",
              "date": { "start": "2022-07-01", "end": "2022-07-31" }, "place": { "name": "Paris", "country": "FR" } },
            { "type": null, "class": "sport", "keep": false, "worth": 0.2, "mentions": [{ "start": 6, "end": 9 }] },
        ],
    });
    let gold = read_gold(format!("{gold}\n").as_bytes()).unwrap();
    let answers = read_answers(format!("{answer}\n").as_bytes(), &gold).unwrap();
    let report = report(&gold, &answers, None);
    let records = report.records.as_ref().unwrap();
    assert_eq!((records.strict.right, records.strict.said, records.strict.marked), (1, 1, 2));
    assert_eq!((records.actors.right, records.places.right, records.dates.right, records.unreal.right), (1, 1, 1, 1));
    assert!((records.main - 1.0).abs() < 1e-9 && records.worth_error.is_some());
    assert!(table(&report, false).contains("what the article is about, found"), "{}", table(&report, false));
    assert_eq!(json(&report)["events"]["records"]["recall"], 0.5);
}

#[test]
fn events_that_cannot_be_read_are_named() {
    let fault = |event: Value| {
        let line = json!({ "id": "d", "text": "One.", "events": [event] });
        read_gold(format!("{line}\n").as_bytes()).unwrap_err().to_string()
    };
    let event = |more: Value| {
        let mut event = json!({ "worth": 2, "kind": "CONSULT", "mentions": [[0, 3]], "modality": "actual" });
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        event
    };
    assert!(fault(event(json!({ "kind": "OTHER:picnic" }))).contains("the kind “OTHER:picnic”"));
    assert!(fault(event(json!({ "mentions": [[0, 9]] }))).contains("do not fit a text of 4 characters"));
    assert!(fault(event(json!({ "date": "soon" }))).contains("the date “soon”"));
    assert!(fault(event(json!({ "modality": "maybe" }))).contains("the modality “maybe”"));
    assert!(fault(event(json!({ "actors": [{ "name": "It", "type": "THING" }] }))).contains("none of PERSON"));
}
