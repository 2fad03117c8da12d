//! The program without its window: the suggestion stream, exports and exit codes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

use rubricator::export;
use serde_json::{Value, json};

fn rubricator(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rubricator"));
    command.args(arguments).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    command
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = rubricator(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A small input fits into the pipe before anything is read. A program that takes no input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// The answers to these lines; every one is valid JSON, and each error is told on standard error too.
fn stream(input: &[u8]) -> Vec<Value> {
    let output = run(&["suggest", "--jsonl"], input);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: String = answers
        .iter()
        .filter_map(|answer| Some(format!("rubricator: line {}: {}\n", answer["line"], answer.get("error")?.as_str()?)))
        .collect();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), told);
    answers
}

fn error_of(line: &[u8]) -> Value {
    let [answer] = &stream(line)[..] else { panic!("one answer to {line:?}") };
    assert!(answer["error"].as_str().is_some_and(|error| !error.is_empty()), "{answer}");
    assert!(answer.get("spans").is_none());
    answer.clone()
}

#[test]
fn every_line_is_answered_in_order() {
    let lines: Vec<_> = (0..50).map(|n| json!({ "id": format!("d{n}"), "text": "Xi met Putin in Beijing." })).collect();
    let input = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let answers = stream(input.as_bytes());
    assert_eq!(answers.len(), 50);
    for (n, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], format!("d{n}"));
        assert!(["spans", "people", "countries", "events"].iter().all(|key| answer[key].is_array()), "{answer}");
    }
}

#[test]
fn a_bad_line_is_told_and_the_stream_goes_on() {
    let input = b"{\"id\":\"a\",\"text\":\"x\"}\nnonsense\n{\"id\":\"b\"}\n\n\xff\xfe\n{\"id\":\"c\",\"text\":\"x\"}";
    let answers = stream(input);
    let errors: Vec<_> = answers.iter().map(|answer| answer.get("error").is_some()).collect();
    assert_eq!(errors, [false, true, true, true, true, false]);
    assert_eq!(answers[2]["id"], "b");
    assert_eq!(answers[5]["id"], "c");
    let numbers: Vec<_> = answers.iter().map(|answer| answer.get("line").and_then(Value::as_u64)).collect();
    assert_eq!(numbers, [None, Some(2), Some(3), Some(4), Some(5), None]);
}

/// Fifty requests, of which two are none.
fn requests() -> String {
    (1..=50)
        .map(|n| match n {
            7 => "no JSON\n".to_owned(),
            23 => format!("{}\n", json!({ "id": n })),
            _ => format!("{}\n", json!({ "id": n, "text": format!("Angela Merkel spoke {n} times.") })),
        })
        .collect()
}

#[test]
fn a_batch_that_was_ended_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.jsonl");
    let resume = |input: &str| run(&["suggest", "--jsonl", "--resume", out.to_str().unwrap()], input.as_bytes());
    let input = requests();
    let whole = run(&["suggest", "--jsonl"], input.as_bytes()).stdout;

    let first = resume(&input);
    assert!(first.status.success() && first.stdout.is_empty(), "{first:?}");
    assert_eq!(std::fs::read(&out).unwrap(), whole);

    // Ended at any byte, among them none, the middle of a line, its end, and all.
    let ends: Vec<usize> = [0, 1, whole.len() / 3, whole.len() / 2, whole.len() - 1, whole.len()]
        .into_iter()
        .chain(whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).step_by(17))
        .collect();
    for end in ends {
        std::fs::write(&out, &whole[..end]).unwrap();
        let again = resume(&input);
        assert!(again.status.success(), "{again:?}");
        assert_eq!(std::fs::read(&out).unwrap(), whole, "ended at byte {end}");
        let there = whole[..end].iter().filter(|byte| **byte == b'\n').count();
        let told = String::from_utf8(again.stderr).unwrap();
        let before = match there {
            1 => "rubricator: 1 line has been answered before".to_owned(),
            _ => format!("rubricator: {there} lines have been answered before"),
        };
        assert_eq!(told.contains(&before), there > 0, "{told}");
        // What was told in the first run is not told again.
        assert_eq!(told.contains("line 7: "), there < 7, "{told}");
    }
}

#[test]
fn answers_to_another_input_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.jsonl");
    let input = requests();
    let whole = String::from_utf8(run(&["suggest", "--jsonl"], input.as_bytes()).stdout).unwrap();
    let (third, more) = (whole.lines().nth(2).unwrap(), format!("{whole}{}\n", json!({ "id": 51 })));
    for (there, told) in [
        (format!("{third}\n"), "out.jsonl”:1: the input's line of the same number has another id"),
        (whole.replace("\"line\":7", "\"id\":7"), "out.jsonl”:7: the input's line of the same number has another id"),
        (more, "out.jsonl”:51: there are more answers than lines in the input"),
        ("notes\n".to_owned(), "out.jsonl”:1: this is no answer of this program"),
    ] {
        std::fs::write(&out, &there).unwrap();
        let output = run(&["suggest", "--jsonl", "--resume", out.to_str().unwrap()], input.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(told), "{output:?}");
        assert_eq!(std::fs::read_to_string(&out).unwrap(), there);
    }
}

#[test]
fn each_answer_is_handed_on_when_asked() {
    let mut command = rubricator(&["suggest", "--jsonl", "--flush"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    // The input stays open: nothing but the line itself can make its answer come.
    for id in ["short", "longer"] {
        input.write_all(format!("{}\n", json!({ "id": id, "text": id })).as_bytes()).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(input);
    assert!(answers.next().is_none());
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_is_wrong_with_a_line_is_told_with_its_id() {
    for line in [
        r#"{"id":"a","text":7}"#,
        r#"{"id":"a","text":null}"#,
        r#"{"id":"a","text":"half a pair \ud83d"}"#,
        r#"{"id":"a","text":"x","date":"4 Feb 2022"}"#,
        r#"{"id":"a","text":"x","date":"20220204"}"#,
        r#"{"id":"a","text":"x","date":"2022-02-30"}"#,
        r#"{"id":"a","text":"x","date":20220204}"#,
    ] {
        assert_eq!(error_of(line.as_bytes())["id"], "a", "{line}");
    }
    for line in ["[]", "7", "\"text\"", "{", r#"{"text":"x"}"#] {
        assert!(error_of(line.as_bytes()).get("id").is_none(), "{line}");
    }
}

#[test]
fn ids_come_back_as_they_were() {
    for id in ["\"é\\u0000\"", "7", "12345678901234567890123", "null", "[1,{\"a\":2}]"] {
        let output = run(&["suggest", "--jsonl"], format!("{{\"id\": {id} ,\"text\":\"\"}}\r\n").as_bytes());
        let answer = String::from_utf8(output.stdout).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":{id},")), "{answer}");
    }
}

#[test]
fn spans_are_counted_in_code_points() {
    let text = "\u{1F469}\u{200D}\u{1F680} e\u{301} 𝔘\r\nRussian President Vladimir Putin flew to China on Friday. Putin met Chinese leaders.";
    let answers = stream(format!("{}\n", json!({ "id": "a", "text": text, "date": "2022-02-04" })).as_bytes());
    let chars: Vec<char> = text.chars().collect();
    let slice = |range: &[Value]| {
        let [start, end] = [0, 1].map(|i| range[i].as_u64().unwrap() as usize);
        chars[start..end].iter().collect::<String>()
    };
    let answer = &answers[0];
    let spans = answer["spans"].as_array().unwrap();
    let quotes: Vec<_> = spans.iter().map(|span| slice(&[span["start"].clone(), span["end"].clone()])).collect();
    for name in ["Russian", "Vladimir Putin", "China", "Putin", "Chinese"] {
        assert!(quotes.iter().any(|quote| quote == name), "{name} is in {quotes:?}");
    }
    for (span, quote) in spans.iter().zip(&quotes) {
        match span["label"].as_str().unwrap() {
            "PERSON" => assert_eq!(span["entity"], "Vladimir Putin"),
            "COUNTRY" => assert!(span["country"].is_string() && span["type"].is_string(), "{quote}: {span}"),
            "EVENT" => assert_eq!(span["type"], "NAMED"),
            "TRIGGER" => assert!(span.get("type").is_some()),
            label => panic!("{label} is no main layer"),
        }
    }
    assert_eq!(answer["countries"], json!(["RU", "CN"]));
    let mentions = answer["people"][0]["mentions"].as_array().unwrap();
    let mentions: Vec<_> = mentions.iter().map(|range| slice(range.as_array().unwrap())).collect();
    assert_eq!(mentions, ["Vladimir Putin", "Putin"]);
    for event in answer["events"].as_array().unwrap() {
        assert_eq!(slice(event["trigger"].as_array().unwrap()), event["text"].as_str().unwrap());
    }
}

#[test]
fn an_answer_comes_before_the_next_line_is_sent() {
    let mut command = rubricator(&["suggest", "--jsonl", "--layers", "all"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for id in ["a", "b"] {
        writeln!(input, "{}", json!({ "id": id, "text": "x" })).unwrap();
        let mut answer = String::new();
        output.read_line(&mut answer).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&answer).unwrap()["id"], id);
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut command = rubricator(&["suggest", "--jsonl"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    let _ = input.write_all(b"{\"id\":\"a\",\"text\":\"x\"}\n");
    // Who writes may keep the pipe open.
    let output = child.wait_with_output().unwrap();
    drop(input);
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn many_lines_are_answered_in_their_order_bad_ones_too() {
    let lines: String = (0..100)
        .map(|n| match n % 10 {
            7 => "no JSON\n".to_owned(),
            _ => format!("{}\n", json!({ "id": n, "text": format!("{}Angela Merkel spoke.", "x ".repeat(n)) })),
        })
        .collect();
    let output = run(&["suggest", "--jsonl"], lines.as_bytes());
    let answers: Vec<Value> =
        output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    assert_eq!(answers.len(), 100);
    for (n, answer) in answers.iter().enumerate() {
        match n % 10 {
            7 => assert!(answer["error"].is_string(), "{answer}"),
            _ => assert_eq!((&answer["id"], &answer["spans"][0]["start"]), (&json!(n), &json!(2 * n))),
        }
    }
}

#[test]
fn articles_are_shown_for_a_person_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("visit.txt"), "Talks in Kyiv\n\nFeb 4, 2022: Vladimir Putin will visit China.\x1b[31m\n")
        .unwrap();

    let shown = run(&["suggest", &path("visit.txt")], b"");
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("Vladimir Putin") && shown.contains("China"), "{shown}");
    assert!(!shown.contains('\x1b'), "no colours in a pipe, and nothing from the text that a terminal obeys");

    for (format, out) in [
        ("json", "a.json"),
        ("csv", "a.csv"),
        ("events", "e.csv"),
        ("polecat", "p.tsv"),
        ("conll", "a.conll"),
        ("html", "new/a.html"),
        ("brat", "b"),
    ] {
        let export = run(&["export", "--format", format, "--out", &path(out), &path("visit.txt")], b"");
        assert!(export.status.success(), "{format}: {export:?}");
        assert!(std::path::Path::new(&path(out)).exists(), "{format}");
    }
    let polecat = |more: &[&str]| {
        let arguments = ["export", "--format", "polecat", "--out", &path("q.tsv"), &path("visit.txt")];
        let output = run(&[&arguments, more].concat(), b"");
        (std::fs::read_to_string(path("q.tsv")).unwrap().lines().count(), String::from_utf8(output.stderr).unwrap())
    };
    let (all, told) = polecat(&[]);
    assert!(told.contains(&format!("rubricator: POLECAT (TSV): of {} row", all - 1)), "{told}");
    let (complete, told) = polecat(&["--complete"]);
    assert!(
        complete < all && told.contains("left out of POLECAT (TSV): it has no actor, no recipient or no date"),
        "{told}"
    );
    let other = run(&["export", "--format", "json", "--complete", "--out", "-", &path("visit.txt")], b"");
    assert_eq!(other.status.code(), Some(2));
    let told = String::from_utf8(other.stderr).unwrap();
    assert!(told.contains("json has no rows that could be incomplete; --complete is of polecat"), "{told}");
    let checks = |format: &str| run(&["export", "--format", format, "--checks", "--out", "-", &path("visit.txt")], b"");
    let told = String::from_utf8(checks("csv").stderr).unwrap();
    assert!(told.contains("csv has no place for random checks; --checks is of json"), "{told}");
    let json: Value = serde_json::from_slice(&checks("json").stdout).unwrap();
    assert_eq!(json["checks"], serde_json::json!([]), "nothing was decided on");
    let json: Value = serde_json::from_slice(&std::fs::read(path("a.json")).unwrap()).unwrap();
    assert_eq!(json["offset_unit"], "code_point");
    let piped = run(&["export", "--format", "json", "--out", "-", &path("visit.txt")], b"");
    assert_eq!(serde_json::from_slice::<Value>(&piped.stdout).unwrap(), json);

    let over = run(&["export", "--format", "csv", "--out", &path("visit.txt"), &path("visit.txt")], b"");
    assert_eq!(over.status.code(), Some(2), "an article is not written over");
}

#[test]
fn one_unreadable_file_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("a.txt");
    std::fs::write(&article, "Angela Merkel visited France.").unwrap();
    let output = run(&["suggest", "/nonexistent/b.txt", article.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("b.txt"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("Merkel"));
}

#[test]
fn the_demo_writes_a_page_and_json() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new").join("demo");
    let output = run(&["demo", "--out", out.to_str().unwrap()], b"");
    assert!(output.status.success(), "{output:?}");
    let shown = String::from_utf8(output.stdout).unwrap();
    for file in std::fs::read_dir(&out).unwrap().map(|file| file.unwrap().path()) {
        assert!(shown.contains(file.to_str().unwrap()), "where {file:?} is, is told");
    }
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 2);
}

#[test]
fn articles_are_split_at_a_pattern() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log.txt");
    std::fs::write(&path, "Item 1\n\nWang Yi left.\n\nItem 2\n\nSergei Lavrov stayed.\n").unwrap();
    let path = path.to_str().unwrap();
    let export = |pattern: &str| run(&["export", "--format", "json", "--out", "-", "--split-at", pattern, path], b"");
    let made: serde_json::Value = serde_json::from_slice(&export(r"^Item \d").stdout).unwrap();
    let titles: Vec<_> = made["articles"].as_array().unwrap().iter().map(|article| &article["title"]).collect();
    assert_eq!(titles, ["Item 1", "Item 2"]);
    let none = export("^Nothing$");
    assert!(String::from_utf8(none.stderr).unwrap().contains("nothing in it matches --split-at"));
    let bad = export("(");
    assert_eq!(bad.status.code(), Some(2));
    assert!(String::from_utf8(bad.stderr).unwrap().contains("Not a regular expression"));
}

#[test]
fn wrong_usage_and_no_window_have_exit_codes_of_their_own() {
    assert_eq!(run(&["suggest"], b"").status.code(), Some(2));
    assert_eq!(run(&["export", "--format", "nonsense", "--out", "x", "y"], b"").status.code(), Some(2));
    let window = run(&[], b"");
    let expected = if !cfg!(feature = "gui") { 2 } else { 3 };
    // Only on Linux is a display named by the environment.
    if cfg!(target_os = "linux") || !cfg!(feature = "gui") {
        assert_eq!(window.status.code(), Some(expected));
        assert!(String::from_utf8_lossy(&window.stderr).contains("rubricator demo"));
    }
}

#[test]
fn a_project_goes_out_as_the_person_left_it() {
    use rubricator::project::{KindId, Project, Stamp, ops};
    use rubricator::text::{Article, Metadata, Text, byte_range};

    let stamp = Stamp { by: "Ana".into(), at: jiff::Timestamp::UNIX_EPOCH };
    let mut project = Project::new();
    let article = Article { meta: Metadata::default(), text: Text::new("é Xi met Wang").unwrap() };
    project.apply(&ops::add_articles(&project, vec![article], stamp.clone())).unwrap();
    let id = project.article_ids()[0];
    let ranges = [byte_range(3, 5).unwrap(), byte_range(10, 14).unwrap()];
    project.apply(&ops::tag(&project, id, &ranges, &KindId::PERSON, &ops::unknown, stamp.clone())).unwrap();
    let wang = project.mentions(id)[1].id;
    project.apply(&ops::reject(&project, &[wang], stamp)).unwrap();

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.rubric");
    rubricator::store::save_project(&path, &project).unwrap();
    let path = path.to_str().unwrap();
    let output = run(&["export", "--format", "json", "--out", "-", "--suggestions", path], b"");
    assert!(output.status.success(), "{output:?}");
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mentions = json["articles"][0]["mentions"].as_array().unwrap();
    assert_eq!(mentions.len(), 1, "what was rejected stays home");
    assert_eq!(
        (&mentions[0]["quote"], &mentions[0]["start"], &mentions[0]["by"]),
        (&json!("Xi"), &json!(2), &json!("Ana"))
    );

    let misspelt = run(&["export", "--format", "csv", "--out", "-", "--kinds", "people", path], b"");
    assert_eq!(misspelt.status.code(), Some(2));
    assert_eq!(run(&["export", "--format", "csv", "--out", path, path], b"").status.code(), Some(2));
}

#[test]
fn annotations_come_into_a_project() {
    use rubricator::project::Status;

    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::create_dir(path("set")).unwrap();
    std::fs::write(path("set/a.txt"), "Xi met Putin.").unwrap();
    let ann = "T1\tPerson 0 2\tXi\nT2\tPerson 7 12\tPutin\nT3\tPerson 7 99\tPutin\nA1\tStatus T2 suggested\n";
    std::fs::write(path("set/a.ann"), ann).unwrap();

    let import =
        |paths: &[&str]| run(&[&["import", "--out", &path("p.rubric"), "--annotator", "Ida"], paths].concat(), b"");
    let output = import(&[&path("set")]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && output.stdout.is_empty(), "{told}");
    assert!(told.contains("a.ann:3: T3") && told.contains("Import 1 article with 2 mentions"), "{told}");
    let project = rubricator::store::load_project(std::path::Path::new(&path("p.rubric"))).unwrap();
    let mentions: Vec<_> = project.all_mentions().collect();
    assert_eq!((mentions[0].status, mentions[1].status), (Status::Accepted, Status::Suggested));
    assert_eq!(mentions[0].decision.as_ref().unwrap().by, "Ida");

    // Out as JSON and in again: it is there already.
    let out = run(&["export", "--format", "json", "--suggestions", "--out", &path("p.json"), &path("p.rubric")], b"");
    assert!(out.status.success());
    let before = std::fs::read(path("p.rubric")).unwrap();
    let again = import(&[&path("p.json"), &path("set/a.ann")]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("in the project already"), "{again:?}");
    assert_eq!(std::fs::read(path("p.rubric")).unwrap(), before);

    // What would come in is told first, and kinds are named as others.
    std::fs::write(path("set/b.txt"), "Uma left Rask.").unwrap();
    std::fs::write(path("set/b.ann"), "T1\tSHIP 0 3\tUma\nT2\tGPE 9 13\tRask\nR1\tOf Arg1:T1 Arg2:T2\n").unwrap();
    let b = path("set/b.ann");
    let dry = import(&["--dry-run", "--kind", "GPE=Country", &b]);
    let told = String::from_utf8(dry.stdout).unwrap();
    assert!(told.starts_with("2 files of brat standoff: 1 article with 2 tags and 1 relation\n"), "{told}");
    let becomes = |kind: &str| told.lines().find(|line| line.contains(kind)).unwrap().split_whitespace().last();
    assert_eq!((becomes("GPE"), becomes("SHIP")), (Some("country"), Some("kind")));
    assert_eq!(std::fs::read(path("p.rubric")).unwrap(), before, "nothing is written");
    for wrong in ["GPE=river", "LAKE=country", "GPE=event", "GPE", "=country"] {
        assert_eq!(import(&["--kind", wrong, &b]).status.code(), Some(2), "{wrong}");
    }
    assert!(!told.contains("stays out"), "{told}");
    let without = import(&["--kind", "GPE=country", "--kind", "SHIP=", &b]);
    let told = String::from_utf8(without.stderr).unwrap();
    assert!(without.status.success() && told.contains("  1 relation stays out with its tags\n"), "{told}");
    let project = rubricator::store::load_project(std::path::Path::new(&path("p.rubric"))).unwrap();
    assert!(project.tagset().kinds.len() == 3 && project.all_mentions().any(|mention| mention.quote == "Rask"));
    assert!(project.all_mentions().all(|mention| mention.quote != "Uma"));

    assert_eq!(import(&[&path("none.ann")]).status.code(), Some(1));
    std::fs::write(path("x.json"), "{}").unwrap();
    assert_eq!(import(&[&path("x.json")]).status.code(), Some(1));
    assert_eq!(run(&["import", "--out", "x.txt", &path("set")], b"").status.code(), Some(2));
    let listed = String::from_utf8(run(&["formats"], b"").stdout).unwrap();
    assert!(["polecat", "events", "import", "brat"].iter().all(|name| listed.contains(name)), "{listed}");
    // Group by group, each format once in its own.
    let mut group = "";
    for line in listed.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("export").and_then(|rest| rest.split_whitespace().next()) {
            Some(id) => assert_eq!(export::format(id).unwrap().group().name(), group, "{line}"),
            None => group = line,
        }
    }
    let written = listed.lines().filter(|line| line.starts_with("export ")).count();
    assert_eq!(written, export::FORMATS.len());
}

/// A gold line with these people and countries, named by their words.
fn marked(id: &str, text: &str, people: &[&str], countries: &[(&str, &str)]) -> String {
    let place = |words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        (start, start + words.chars().count())
    };
    let people = people.iter().map(|words| {
        let (start, end) = place(words);
        json!({ "start": start, "end": end, "label": "PERSON" })
    });
    let countries = countries.iter().map(|(words, code)| {
        let (start, end) = place(words);
        json!({ "start": start, "end": end, "label": "COUNTRY", "country": code })
    });
    let spans: Vec<_> = people.chain(countries).collect();
    format!("{}\n", json!({ "id": id, "text": text, "labels": ["PERSON", "COUNTRY"], "spans": spans }))
}

#[test]
fn the_engine_is_set_against_marked_texts() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let first = marked("a", "é 😀 Vladimir Putin flew to China.", &["Vladimir Putin"], &[("China", "CN")]);
    let second = marked("b", "Angela Merkel visited France.", &["Angela Merkel"], &[("France", "DE")]);
    std::fs::write(path("gold.jsonl"), format!("{first}\n{second}")).unwrap();

    let output = run(&["evaluate", "--json", &path("gold.jsonl")], b"");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["documents"], &report["words"]), (&json!(2), &json!(11)));
    let person = &report["labels"]["PERSON"]["exact"];
    assert_eq!((&person["tp"], &person["fp"], &person["fn"]), (&json!(2), &json!(0), &json!(0)));
    assert_eq!(person["interval"]["f1"], json!([1.0, 1.0]));
    let country = &report["labels"]["COUNTRY"]["mention"];
    assert_eq!((&country["tp"], &country["fp"], &country["fn"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(country["interval"]["precision"], json!([0.0, 1.0]));
    assert_eq!(report["calibration"]["PERSON"]["suggestions"], 2);
    assert!(report["labels"].get("LINKING").is_none());

    let shown = run(&["evaluate", "--bins", &path("gold.jsonl")], b"");
    let shown = String::from_utf8(shown.stdout).unwrap();
    for part in ["PERSON       exact    1.000 [1.000–1.000]", "COUNTRY_DOC  set", "calibration", "CPU-second"] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }

    std::fs::write(path("answers.jsonl"), "{\"id\":\"b\",\"spans\":[]}\n{\"id\":\"a\",\"spans\":[]}\n").unwrap();
    let output = run(&["evaluate", "--json", "--answers", &path("answers.jsonl"), &path("gold.jsonl")], b"");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["labels"]["PERSON"]["exact"]["fn"], 2);
    assert_eq!(report["words_per_second"], Value::Null);
}

#[test]
fn what_is_learned_from_marked_texts_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gold.jsonl");
    let text = |at: usize| format!("Angela Merkel left. Report {at} tells no more.");
    let marks: String = (0..4).map(|at| marked(&at.to_string(), &text(at), &[], &[])).collect();
    std::fs::write(&path, marks).unwrap();
    let output = run(&["evaluate", "--learn", "--json", path.to_str().unwrap()], b"");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let lines: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let people = lines.iter().filter(|line| line["label"] == "PERSON");
    let said: Vec<_> = people.map(|line| (line["article"].clone(), line["suggested"].clone())).collect();
    let expected = [(1, 1), (2, 1), (3, 0), (4, 0)].map(|(article, said)| (json!(article), json!(said)));
    assert_eq!(said, expected, "what was wrong in two articles is suggested no more");
    assert_eq!(lines[0].as_object().unwrap().len(), 7, "{}", lines[0]);
    let table = run(&["evaluate", "--learn", "--as-own", "PERSON", path.to_str().unwrap()], b"");
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(table.contains("PERSON         1–5") && table.contains("without learning"), "{table}");
    let alone = run(&["evaluate", "--as-own", "PERSON", path.to_str().unwrap()], b"");
    assert!(!alone.status.success(), "labels are learned anew by --learn alone");
}

#[test]
fn marked_texts_that_cannot_be_read_are_told_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let good = marked("a", "Angela Merkel left.", &["Angela Merkel"], &[]);
    for (name, bytes, told) in [
        ("empty.jsonl", "".to_owned(), "empty.jsonl: there is no document"),
        ("json.jsonl", format!("{good}\n{{\"id\""), "json.jsonl:3: "),
        ("twice.jsonl", format!("{good}{good}"), "twice.jsonl:2: the id “a”"),
        ("range.jsonl", good.replace("\"end\":13", "\"end\":99"), "range.jsonl:1: “a”: span 0"),
        ("not.rubric", good.clone(), "not.rubric"),
    ] {
        std::fs::write(path(name), bytes).unwrap();
        let output = run(&["evaluate", &path(name)], b"");
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {error}");
        assert!(error.contains(told) && output.stdout.is_empty(), "{name}: {error}");
    }
    assert_eq!(run(&["evaluate", &path("none.jsonl")], b"").status.code(), Some(2));
    std::fs::write(path("gold.jsonl"), &good).unwrap();
    std::fs::write(path("answers.jsonl"), "{\"id\":\"z\",\"spans\":[]}").unwrap();
    let output = run(&["evaluate", "--answers", &path("answers.jsonl"), &path("gold.jsonl")], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("answers.jsonl:1: "));
}

#[test]
fn a_project_tells_how_far_to_trust_the_engine() {
    use rubricator::project::{KindId, Project, Stamp, Status, ops};
    use rubricator::suggest::{self, Document, Engine, Options};
    use rubricator::text::{Article, Metadata, Text};

    let stamp = Stamp { by: "Ana".into(), at: jiff::Timestamp::UNIX_EPOCH };
    let text = "Vladimir Putin met Angela Merkel. Emmanuel Macron flew to China.";
    let mut project = Project::new();
    let article = || Article { meta: Metadata::default(), text: Text::new(text).unwrap() };
    project.apply(&ops::add_articles(&project, vec![article(), article()], stamp.clone())).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.rubric");
    rubricator::store::save_project(&path, &project).unwrap();
    let nothing = run(&["evaluate", path.to_str().unwrap()], b"");
    assert_eq!(nothing.status.code(), Some(2), "nothing is accepted: {nothing:?}");

    // One article is reviewed but for Macron, the other is not looked at.
    let ids = project.article_ids().to_vec();
    let found = Engine::new(Options::default()).suggest(&Document::new(text, None));
    for id in &ids {
        project.apply(&suggest::edit(&project, *id, &found, stamp.clone())).unwrap();
    }
    for mention in project.mentions(ids[0]).to_vec() {
        let edit = match mention.quote.as_str() {
            "Emmanuel Macron" => continue,
            "Angela Merkel" => ops::reject(&project, &[mention.id], stamp.clone()),
            _ => ops::accept(&project, &[mention.id], stamp.clone()),
        };
        project.apply(&edit).unwrap();
    }
    let accepted = project.mentions(ids[0]).iter().filter(|mention| mention.status == Status::Accepted);
    assert!(accepted.clone().any(|mention| mention.kind == KindId::COUNTRY));
    rubricator::store::save_project(&path, &project).unwrap();

    let output = run(&["evaluate", "--json", path.to_str().unwrap()], b"");
    assert!(output.status.success(), "{output:?}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["documents"], 1);
    let counts = |label: &str, matching: &str| {
        let row = &report["labels"][label][matching];
        ["tp", "fp", "fn"].map(|count| row[count].as_u64().unwrap())
    };
    assert_eq!(counts("PERSON", "exact"), [1, 1, 0], "Putin is right, Merkel wrong, Macron not decided on");
    assert_eq!(counts("COUNTRY", "mention"), [1, 0, 0]);
    let happenings = accepted.filter(|mention| mention.kind == KindId::EVENT).count() as u64;
    assert_eq!(counts("TRIGGER", "exact"), [happenings, 0, 0]);
}

#[test]
fn check_tells_where_a_project_is_damaged_and_saves_what_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let whole = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/projects/v1.rubric")).unwrap();
    std::fs::write(path("p.rubric"), &whole).unwrap();
    let output = run(&["check", &path("p.rubric")], b"");
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 articles, 20 mentions, 0 damaged places"));

    let line = whole.lines().position(|line| line == "mentions: [").unwrap() + 2;
    std::fs::write(path("p.rubric"), whole.replacen("mentions: [\n(id:", "mentions: [\n(ix:", 1)).unwrap();
    let output = run(&["check", &path("p.rubric"), "--out", &path("q.rubric")], b"");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains(&format!("Line {line}, column")) && told.contains("record 1 of the mentions"), "{told}");
    assert!(run(&["check", &path("q.rubric")], b"").status.success());
    let again = run(&["check", &path("p.rubric"), "--out", &path("q.rubric")], b"");
    assert_eq!(again.status.code(), Some(2), "nothing is replaced");
    let refused = run(&["export", "--format", "json", "--out", "-", &path("p.rubric")], b"");
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("rubricator check"), "{refused:?}");
}

#[test]
fn suggestions_use_what_a_project_has_taught() {
    use rubricator::project::{KindId, Project, Stamp, ops};
    use rubricator::text::{Article, Metadata, Text, words};
    let stamp = Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH };
    let texts = ["Angela Merkel met the heron.", "Angela Merkel left the heron."];
    let article = |text: &str| Article { meta: Metadata::default(), text: Text::new(text).unwrap() };
    let mut project = Project::new();
    project.apply(&ops::add_articles(&project, texts.map(article).into(), stamp.clone())).unwrap();
    for id in project.article_ids().to_vec() {
        for name in ["Angela Merkel", "heron"] {
            let range = words::occurrences(project.text(id), name);
            let known = &ops::unknown;
            project.apply(&ops::tag(&project, id, &range, &KindId::PERSON, known, stamp.clone())).unwrap();
        }
        let merkel = project.mentions(id)[0].id;
        project.apply(&ops::reject(&project, &[merkel], stamp.clone())).unwrap();
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("birds.rubric");
    rubricator::store::save_project(&path, &project).unwrap();
    let line = json!({ "id": 1, "text": "Angela Merkel fed a heron, and Emmanuel Macron smiled." }).to_string() + "\n";
    let people = |memory: &[&str]| -> Vec<String> {
        let output = run(&[&["suggest", "--jsonl"], memory].concat(), line.as_bytes());
        assert!(output.status.success(), "{output:?}");
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        answer["people"].as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(people(&[]), ["Angela Merkel", "Emmanuel Macron"]);
    assert_eq!(people(&["--memory", path.to_str().unwrap()]), ["heron", "Emmanuel Macron"]);
    let missing = run(&["suggest", "--jsonl", "--memory", "/nowhere.rubric"], b"");
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8(missing.stderr).unwrap().contains("nowhere.rubric"));
}

#[test]
fn across_lines_what_is_one_has_one_number() {
    let line = |id: &str, text: &str| json!({"id": id, "text": text}).to_string();
    let input = [
        line("a", "Ada Quist opened the bridge of Ferrand on Monday."),
        "no JSON".to_owned(),
        line("b", "The bridge was built by Ada Quist, an engineer."),
        line("c", "Pedro Amaral sang in Lisbon."),
    ]
    .join("\n");
    let output = run(&["suggest", "--jsonl", "--across"], input.as_bytes());
    assert!(output.status.success(), "{output:?}");
    let answers: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let across = |answer: usize, name: &str| {
        let spans = answers[answer]["spans"].as_array().unwrap();
        spans.iter().find(|span| span["entity"] == name).map(|span| span["across"].clone()).unwrap()
    };
    assert_eq!(answers.iter().map(|answer| answer.get("id").is_some()).collect::<Vec<_>>(), [true, false, true, true]);
    assert_eq!((across(0, "Ada Quist"), across(2, "Ada Quist")), (json!(1), json!(1)));
    assert_eq!(across(3, "Pedro Amaral"), Value::Null);
    let refused = run(&["suggest", "--jsonl", "--across", "--flush"], b"");
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn annotators_are_compared_whatever_their_files_are() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, label: &str| {
        let path = dir.path().join(name);
        let span = json!({"start": 0, "end": 9, "label": label});
        let line = json!({"text": "Ada Quist met Bo Lind.", "spans": [span]});
        std::fs::write(&path, format!("{line}\n")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (ana, ben) = (file("ana.jsonl", "PERSON"), file("ben.jsonl", "PLACE"));
    let tokens = dir.path().join("tokens.csv");
    let output = run(&["compare", &ana, &ben, "--json", "--tokens", tokens.to_str().unwrap()], b"");
    assert!(output.status.success(), "{output:?}");
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["annotators"], &told["articles"]), (&json!(["ana", "ben"]), &json!(1)));
    assert_eq!((&told["differences"]["kind"], &told["differences"]["missing"]), (&json!(1), &json!(0)));
    assert!(std::fs::read_to_string(&tokens).unwrap().starts_with("article,token,ana,ben\n1,1,person,"));
    let (html, csv) = (dir.path().join("report.html"), dir.path().join("report.csv"));
    let report = ["compare", &ana, &ben, "--html", html.to_str().unwrap(), "--csv", csv.to_str().unwrap()];
    assert!(run(&report, b"").status.success());
    let page = std::fs::read_to_string(&html).unwrap();
    assert!(page.contains("<svg") && page.contains("“Ada Quist”: Person or PLACE") && !page.contains("<script"));
    let rows = std::fs::read_to_string(&csv).unwrap();
    assert!(
        rows.starts_with("table,of,value,from,to,count\n")
            && rows.contains("\ncards,“Ada Quist”: Person or PLACE,,,,1\n")
    );
    let blind = run(&["compare", "--blind", &ana, &ben], b"");
    assert!(String::from_utf8(blind.stdout).unwrap().starts_with("1 article compared: A, B\n"));
    let third = dir.path().join("settled.rubric");
    let into = ["compare", &ana, &ben, "--engine", "--into", third.to_str().unwrap()];
    let begun = run(&into, b"");
    assert!(begun.status.success(), "{begun:?}");
    let project = rubricator::store::load_project(&third).unwrap();
    let named: Vec<_> = project.contributors().map(|own| (own.name.as_str(), own.file.as_str(), own.open)).collect();
    assert_eq!(named, [("ana", ana.as_str(), false), ("ben", ben.as_str(), false), ("Engine", "", true)]);
    assert_eq!(project.article_count(), 1);
    let from_here = ["compare", "ana.jsonl", "ben.jsonl", "--into", "near.rubric"];
    assert!(rubricator(&from_here).current_dir(dir.path()).output().unwrap().status.success());
    let near = rubricator::store::load_project(&dir.path().join("near.rubric")).unwrap();
    assert!(near.contributors().all(|own| std::path::Path::new(&own.file).is_absolute()));
    let again = run(&into, b"");
    assert!(String::from_utf8(again.stderr).unwrap().contains("is there already"));
    assert_eq!(run(&["compare", &ana], b"").status.code(), Some(2));
    let alone = dir.path().join("other.jsonl");
    std::fs::write(&alone, "{\"text\": \"Another text.\", \"spans\": []}\n").unwrap();
    let none = run(&["compare", &ana, alone.to_str().unwrap()], b"");
    assert_eq!(none.status.code(), Some(2), "{none:?}");
}

#[test]
fn a_dossier_is_a_page_of_all_that_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let project = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/projects/v1.rubric");
    let dossier = |more: &[&str]| run(&[&["picture", "dossier", project], more].concat(), b"");
    let written = dossier(&["--name", "ingrid haugland", "--out", &path("haugland.html")]);
    assert!(written.status.success(), "{written:?}");
    let page = std::fs::read_to_string(path("haugland.html")).unwrap();
    for part in [
        "<h1 dir=\"auto\">Ingrid Haugland</h1>",
        "Person · 2 mentions in 1 article, 12 Mar 2024 · 2 suggested",
        "foreign minister",
        "<td class=\"name\" dir=\"auto\">Haugland</td>",
        "Events as actor <small>",
        "Chile",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("<script") && !page.contains("href="), "{page}");
    // Nobody of that name, a view that is no page, and an ending of nothing.
    for (more, told) in [
        (["--name", "Nobody", "--out"], "nobody in this project is called “Nobody”"),
        (["--accepted", "--width=900", "--out"], ""),
    ] {
        let out = path("x.csv");
        let output = dossier(&[&more[..], &[out.as_str()]].concat());
        assert_eq!(output.status.success(), told.is_empty(), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(told), "{output:?}");
    }
    let output = run(&["picture", "map", project, "--out", &path("map.html")], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("only a dossier is written as .html"), "{output:?}");
}
