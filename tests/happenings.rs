//! Happenings out and back: the register, the crosswalk, one row a happening in POLECAT, JSON, and the command line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::process::Command;

use jiff::Timestamp;
use rubricator::export::{self, Selection};
use rubricator::import::{self, File};
use rubricator::project::{
    ArticleId, EventDate, EventId, EventPlace, EventType, Figure, FigureKind, Happenings, KindId, Participant, Party,
    PartyLabel, PartyWords, Plover, Project, Role, Stamp, Target, ops,
};
use rubricator::text::{Article, Metadata, Text, byte_range};

const TEXTS: [(&str, &str); 3] = [
    ("Raid", "Gunmen raided a school in Kano on Monday. Twelve guards died."),
    ("“Shock” in Kano", "The raid shocked the town.\nPolice counted 14 dead guards."),
    ("=Talks", "Envoys met in Abuja."),
];

fn stamp() -> Stamp {
    Stamp { by: "Ada".into(), at: Timestamp::UNIX_EPOCH }
}

fn project_of(texts: &[(&str, &str)]) -> Project {
    let article = |(index, (title, text)): (usize, &(&str, &str))| Article {
        meta: Metadata {
            title: (*title).to_owned(),
            source: format!("Paper {index}"),
            date: Some(jiff::civil::date(2024, 5, 7 - index as i8)),
            ..Metadata::default()
        },
        text: Text::new(*text).unwrap(),
    };
    let mut project = Project::new();
    let articles = texts.iter().enumerate().map(article).collect();
    project.apply(&ops::add_articles(&project, articles, stamp())).unwrap();
    project
}

fn tag(project: &mut Project, article: u32, words: &str) -> EventId {
    let start = project.text(ArticleId(article)).find(words).unwrap();
    let range = byte_range(start, start + words.len()).unwrap();
    let edit = ops::tag(project, ArticleId(article), &[range], &KindId::EVENT, &ops::unknown, stamp());
    project.apply(&edit).unwrap();
    project.mentions_at(ArticleId(article), range)[0].event().unwrap()
}

/// A raid that two articles tell of, and talks; what is known of each.
fn raid() -> (Project, [EventId; 3]) {
    let mut project = project_of(&TEXTS);
    let events = [tag(&mut project, 0, "raided"), tag(&mut project, 1, "raid"), tag(&mut project, 2, "met")];
    let party = |name: &str, role| {
        let words = PartyWords { name: name.to_owned(), label: PartyLabel::Group, country: "NG".parse().ok() };
        Participant::new(role, Party::Words(words), None)
    };
    let dead = |number| vec![Figure { kind: FigureKind::Killed, number: Some(number), range: None }];
    let monday = jiff::civil::date(2024, 5, 6);
    for (index, id) in events.into_iter().enumerate() {
        let mut event = project.event(id).unwrap().clone();
        match index {
            0 => {
                event.participants = vec![party("gunmen", Role::Actor)];
                event.figures = dead(12.0);
                event.place = Some(EventPlace::new("Kano", "NG".parse().ok()));
            }
            1 => {
                event.kind = EventType::Happening(Some(Plover::Assault));
                event.participants = vec![party("gunmen", Role::Actor), party("guards", Role::Recipient)];
                event.figures = dead(14.0);
                event.date = Some(EventDate::new(monday, monday, "on Monday"));
            }
            _ => event.kind = EventType::Happening(Some(Plover::Consult)),
        }
        project.apply(&ops::set_event(&project, event, stamp())).unwrap();
    }
    let edit = ops::same(&project, &events[..2], stamp());
    project.apply(&edit).unwrap();
    (project, events)
}

fn exported(project: &Project, format: &str, selection: &Selection) -> Vec<u8> {
    let export = export::format(format).unwrap().export(project, selection).unwrap();
    assert_eq!(export.files.len(), 1);
    export.files[0].bytes.clone()
}

fn rows(bytes: &[u8], delimiter: u8) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

fn joined(project: &Project) -> Vec<Vec<EventId>> {
    Happenings::new(project).joined().map(<[EventId]>::to_vec).collect()
}

#[test]
fn the_register_has_a_row_for_each_happening_with_what_its_records_say_together() {
    let (project, [first, ..]) = raid();
    let table = rows(&exported(&project, "register", &Selection::default()), b',');
    assert_eq!(table, rows(&exported(&project, "register-tsv", &Selection::default()), b'\t'));
    assert_eq!(table.len(), 2);
    let of = |column: &str| table[0][column].as_str();
    assert_eq!([of("happening"), of("name"), of("type")], [first.to_string().as_str(), "raided", "ASSAULT"]);
    assert_eq!([of("start"), of("place"), of("place_country")], ["2024-05-06", "Kano", "NG"]);
    assert_eq!([of("actors"), of("recipients"), of("recipient_countries")], ["gunmen", "guards", "NG"]);
    assert_eq!([of("figures"), of("articles"), of("events")], ["killed 12", "2", "2"]);
    assert_eq!([of("disagreements"), of("status")], ["killed: 12 in 1 article, 14 in 1", "accepted"]);
    assert_eq!(table[1]["articles"], "1");
    // Of a part of the articles what these say.
    let second = Selection { articles: Some(vec![ArticleId(1)]), ..Selection::default() };
    let part = rows(&exported(&project, "register", &second), b',');
    assert_eq!([part[0]["figures"].as_str(), part[0]["disagreements"].as_str()], ["killed 14", ""]);
}

#[test]
fn polecat_has_one_row_a_happening_on_wish() {
    let (project, [first, second, _]) = raid();
    let each = rows(&exported(&project, "polecat", &Selection::default()), b'\t');
    assert_eq!(each.iter().map(|row| row["Event ID"].as_str()).collect::<Vec<_>>(), ["v1", "v2"]);
    assert_eq!(second, EventId(1));
    let selection = Selection { happenings: true, ..Selection::default() };
    let export = export::format("polecat").unwrap().export(&project, &selection).unwrap();
    let table = rows(&export.files[0].bytes, b'\t');
    assert_eq!((table.len(), export.left_out.len(), export.gaps.unwrap().rows), (2, 0, 2));
    let of = |column: &str| table[0][column].as_str();
    assert_eq!([of("Event ID"), of("Event Date")], [first.to_string().as_str(), "2024-05-06"]);
    assert_eq!([of("Actor Name"), of("Recipient Name"), of("Raw Placename")], ["gunmen", "guards", "Kano"]);
    assert_eq!([of("Source"), of("Publication Date")], ["Paper 0; Paper 1", "2024-05-06"]);
}

#[test]
fn json_keeps_events_one_whose_link_does_not_go_out() {
    let mut project = project_of(&TEXTS);
    let [one, link, other] =
        [tag(&mut project, 0, "raided"), tag(&mut project, 1, "raid"), tag(&mut project, 2, "met")];
    project.apply(&ops::same(&project, &[one, link], stamp())).unwrap();
    project.apply(&ops::same(&project, &[link, other], stamp())).unwrap();
    let ids = project.article_ids();
    let outer = Selection { articles: Some(vec![ids[0], ids[2]]), ..Selection::default() };
    for format in ["json", "jsonl"] {
        let export = export::format(format).unwrap().export(&project, &outer).unwrap();
        let file = File { name: export.files[0].name.clone(), bytes: export.files[0].bytes.clone() };
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        assert_eq!(
            text.matches("\"version\"").count(),
            text.replace(' ', "").matches("\"version\":5").count(),
            "{text}"
        );
        let back = import::read(vec![file], None, &stamp()).unwrap().project;
        assert_eq!(Happenings::new(&back).joined().map(<[EventId]>::len).collect::<Vec<_>>(), [2], "{format}");
    }
}

#[test]
fn json_keeps_what_was_said_of_two() {
    let (mut project, [first, _, talks]) = raid();
    let targets = [Target::Event(first), Target::Event(talks)];
    project.apply(&ops::apart(&project, &targets, stamp())).unwrap();
    for format in ["json", "jsonl"] {
        let export = export::format(format).unwrap().export(&project, &Selection::default()).unwrap();
        let file = File { name: export.files[0].name.clone(), bytes: export.files[0].bytes.clone() };
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        assert!(text.contains("\"happening\""), "{text}");
        let back = import::read(vec![file], None, &stamp()).unwrap();
        assert_eq!(back.left_out, []);
        assert!(back.project.judgements().eq(project.judgements()), "{format}");
    }
    let part = Selection { articles: Some(vec![ArticleId(0)]), ..Selection::default() };
    let text = String::from_utf8(exported(&project, "json", &part)).unwrap();
    assert!(text.contains("\"version\": 2") && !text.contains("judgements") && !text.contains("\"happening\""));
    let odd = text.replacen(
        "\"entities\": []",
        "\"judgements\": [{\"one\": \"v0\", \"other\": \"v9\", \"same\": true}], \"entities\": []",
        1,
    );
    assert_ne!(odd, text);
    let back = import::read(vec![File { name: "a.json".into(), bytes: odd.into_bytes() }], None, &stamp()).unwrap();
    assert_eq!(back.left_out.len(), 1);
}

#[test]
fn a_crosswalk_comes_back_as_it_was_changed() {
    let (project, [first, second, talks]) = raid();
    let written = String::from_utf8(exported(&project, "crosswalk", &Selection::default())).unwrap();
    let table = rows(written.as_bytes(), b',');
    let columns = |row: &BTreeMap<String, String>| {
        ["happening", "event", "article", "trigger", "sentence"].map(|column| row[column].clone()).join("|")
    };
    assert_eq!(columns(&table[1]), "v0|v1|a1|raid|The raid shocked the town.");
    assert_eq!(table[2]["title"], "'=Talks", "no spreadsheet takes it for a formula");
    let file = |text: &str| File { name: "crosswalk.csv".to_owned(), bytes: text.as_bytes().to_vec() };
    let same = import::crosswalk(&project, &file(&written)).unwrap();
    assert_eq!((same.happenings.clone(), same.left_out.len()), (vec![vec![first, second], vec![talks]], 0));
    assert!(ops::take_crosswalk(&project, &same.happenings, stamp()).is_empty(), "nothing is new");

    // The second event is told to be the talks, in a spreadsheet that writes semicolons.
    let changed = written.replace("v0,v1,a1", "H,v1,a1").replace("v2,v2,a2", "H,v2,a2");
    let lines = changed.lines().map(|line| line.replace(',', ";")).collect::<Vec<_>>().join("\r\n");
    let found = import::crosswalk(&project, &file(&format!("\u{feff}{lines}"))).unwrap();
    let mut after = project.clone();
    after.apply(&ops::take_crosswalk(&project, &found.happenings, stamp())).unwrap();
    assert_eq!(joined(&after), [vec![second, talks]]);
    assert!(Happenings::new(&after).are_apart(first, second));

    // Another project of the same articles in another order, with other numbers.
    let mut other = project_of(&[TEXTS[2], TEXTS[0], TEXTS[1]]);
    let [met, raided, raid] = [tag(&mut other, 0, "met"), tag(&mut other, 1, "raided"), tag(&mut other, 2, "raid")];
    let found = import::crosswalk(&other, &file(&written)).unwrap();
    assert_eq!((found.happenings, found.left_out.len()), (vec![vec![raided, raid], vec![met]], 0));
    // Of events that are not there it is told.
    let bare = project_of(&TEXTS);
    let found = import::crosswalk(&bare, &file(&written)).unwrap();
    assert_eq!((found.happenings.len(), found.left_out.len()), (0, 3));
    assert!(found.left_out[0].to_string().starts_with("crosswalk.csv, line 2: event v0 “raided” of “Raid”"));
    assert!(import::crosswalk(&bare, &file("a,b\n1,2\n")).unwrap_err().to_string().contains("happening"));
}

#[test]
fn the_command_line_writes_the_register_and_takes_a_crosswalk_in() {
    let (project, _) = raid();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("raid.rubric");
    rubricator::store::save_project(&path, &project).unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_rubricator"))
            .arg("register")
            .arg(&path)
            .args(arguments)
            .env_remove("DISPLAY")
            .output()
            .unwrap();
        (output.status.code(), output.stdout, String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, out, told) = run(&[]);
    assert_eq!((code, told.as_str(), rows(&out, b',').len()), (Some(0), "", 2));
    assert_eq!(rows(&run(&["--format", "tsv", "--accepted"]).1, b'\t').len(), 2);
    let walk = folder.path().join("walk.tsv");
    let to = walk.to_str().unwrap();
    assert_eq!(run(&["--crosswalk", "--format", "tsv", "-o", to]).0, Some(0));
    let written = std::fs::read_to_string(&walk).unwrap();
    std::fs::write(&walk, written.replace("v2\tv2\ta2", "v0\tv2\ta2").replace("\traided\t", "\tstormed\t")).unwrap();
    let (code, _, told) = run(&["--take", to]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("1 not taken in: no event of the project is told of by these words there"), "{told}");
    assert!(told.contains("Took in crosswalk of 2 events"), "{told}");
    let saved = rubricator::store::load_project(&path).unwrap();
    assert_eq!(joined(&saved), [vec![EventId(0), EventId(1), EventId(2)]]);
    assert!(run(&["--take", to]).2.contains("the project already says all of it"));
    let (code, _, told) = run(&["-o", path.to_str().unwrap()]);
    assert!(code == Some(2) && told.contains("would be overwritten"), "{told}");
}
