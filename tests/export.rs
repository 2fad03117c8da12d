//! Every export format on texts that are hard to count: what is read back is what was marked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

use jiff::Timestamp;
use proptest::prelude::*;
use rubricator::export::{self, Export, Layout, Selection};
use rubricator::project::ops::{self, Builder};
use rubricator::project::{
    Action, Answer, ArticleId, ArticleTag, Coordinates, EventDate, EventPlace, EventType, Figure, FigureKind, KindId,
    MediaTopic, Mention, Modality, Origin, Participant, Party, PartyLabel, PartyWords, Plover, Project, Role, Stamp,
    Status, Target,
};
use rubricator::text::{Article, Metadata, Text, byte_range, tokens};
use smol_str::SmolStr;

const HARD: &str = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} Jose\u{301} Pen\u{303}a, 𝔘ma 𝔎ahn,\r\n習近平 met محمد علي in Bank\r\nof China.\n\n\
                    “=SUM” said <b>O'Neil & Co</b>\u{2028}in Côte d’Ivoire;\tthe U.S.-Chinese talks\n";

fn stamp() -> Stamp {
    Stamp { by: SmolStr::new("Ana <b>"), at: Timestamp::UNIX_EPOCH }
}

fn with_text(text: &str) -> (Project, ArticleId) {
    let mut project = Project::new();
    let meta = Metadata { title: "../Talks & <talks>".to_owned(), ..Metadata::default() };
    let articles = vec![Article { meta, text: Text::new(text).unwrap() }];
    project.apply(&ops::add_articles(&project, articles, stamp())).unwrap();
    let id = project.article_ids()[0];
    (project, id)
}

fn tag(project: &mut Project, article: ArticleId, words: &str, kind: &KindId) {
    let start = project.text(article).find(words).unwrap_or_else(|| panic!("{words:?} is in the text"));
    let range = byte_range(start, start + words.len()).unwrap();
    project.apply(&ops::tag(project, article, &[range], kind, &ops::unknown, stamp())).unwrap();
}

/// People, countries and an event over line ends, overlapping and nested.
fn hard() -> Project {
    let (mut project, id) = with_text(HARD);
    for person in ["Jose\u{301} Pen\u{303}a", "𝔘ma 𝔎ahn", "習近平", "محمد علي", "O'Neil"] {
        tag(&mut project, id, person, &KindId::PERSON);
    }
    for country in ["China", "Côte d’Ivoire", "U.S.", "Chinese"] {
        tag(&mut project, id, country, &KindId::COUNTRY);
    }
    for event in ["Bank\r\nof China", "U.S.-Chinese talks", "=SUM", "\u{2028}in Côte"] {
        tag(&mut project, id, event, &KindId::EVENT);
    }
    let talks = project.events().find(|event| event.name.ends_with("talks")).unwrap().clone();
    let day = jiff::civil::date(2022, 2, 4);
    let who = |quote: &str, role| {
        let mention = project.mentions(id).iter().find(|m| m.quote == quote).unwrap();
        let Some(Target::Entity(entity)) = mention.target else { panic!("{quote} is an entity") };
        Participant::new(role, entity, Some(mention.range))
    };
    let changed = rubricator::project::Event {
        participants: vec![who("習近平", Role::Actor), who("U.S.", Role::Actor), who("محمد علي", Role::Recipient)],
        date: Some(EventDate::new(day, day, "on Friday")),
        place: Some(EventPlace::new("Côte d’Ivoire", "CI".parse().ok())),
        ..talks
    };
    project.apply(&ops::set_event(&project, changed, stamp())).unwrap();
    project
}

fn exported(project: &Project, format: &str, selection: &Selection) -> Export {
    let format = export::format(format).unwrap();
    let export = format.export(project, selection).unwrap();
    assert_eq!(export, format.export(project, selection).unwrap(), "the same input gives the same bytes");
    assert!(format.layout() == Layout::Folder || export.files.len() == 1);
    export
}

fn text_of(export: &Export, ending: &str) -> String {
    let file = export.files.iter().find(|file| file.name.ends_with(ending)).unwrap();
    String::from_utf8(file.bytes.clone()).unwrap()
}

fn slice(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

/// A mention as it is read back: start and end in code points, quote, kind.
type Read = (usize, usize, String, String);

fn wanted(project: &Project, selection: &Selection) -> Vec<Read> {
    let live = |m: &&Mention| m.status == Status::Accepted || selection.suggestions && m.status == Status::Suggested;
    let read = |m: &Mention| {
        let text = project.text(m.article);
        let start = text[..m.range.start().into()].chars().count();
        (start, start + m.quote.chars().count(), m.quote.to_string(), m.kind.as_str().to_owned())
    };
    project.all_mentions().filter(live).map(read).collect()
}

fn read_json(export: &Export) -> Vec<Read> {
    let json: serde_json::Value = serde_json::from_str(&text_of(export, ".json")).unwrap();
    assert_eq!(json["offset_unit"], "code_point");
    let mut read = Vec::new();
    for article in json["articles"].as_array().unwrap() {
        let text = article["text"].as_str().unwrap();
        for mention in article["mentions"].as_array().unwrap() {
            let [start, end] = ["start", "end"].map(|key| mention[key].as_u64().unwrap() as usize);
            let [quote, kind] = ["quote", "kind"].map(|key| mention[key].as_str().unwrap().to_owned());
            assert_eq!(slice(text, start, end), quote);
            read.push((start, end, quote, kind));
        }
        for event in article["events"].as_array().unwrap() {
            for who in event["participants"].as_array().unwrap().iter().filter(|who| !who["start"].is_null()) {
                let [start, end] = ["start", "end"].map(|key| who[key].as_u64().unwrap() as usize);
                assert_eq!(slice(text, start, end), who["quote"].as_str().unwrap());
            }
        }
    }
    read
}

fn read_csv(export: &Export) -> Vec<Read> {
    let table = text_of(export, ".csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(Result::unwrap);
    let cell = |row: &BTreeMap<String, String>, name: &str| {
        let cell = row[name].clone();
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?} could be taken for a formula");
        let guarded = cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
        if guarded { cell[1..].to_owned() } else { cell }
    };
    rows.map(|row| {
        assert_eq!(cell(&row, "offset_unit"), "code_point");
        let [start, end] = ["start", "end"].map(|name| cell(&row, name).parse().unwrap());
        (start, end, cell(&row, "quote"), cell(&row, "kind"))
    })
    .collect()
}

fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The `T` lines: where each begins, and its words without line ends and space.
fn read_brat(export: &Export) -> Vec<(usize, String)> {
    let (text, lines) = (text_of(export, ".txt"), text_of(export, ".ann"));
    let mut read = Vec::new();
    for line in lines.split_terminator('\n') {
        let columns: Vec<_> = line.split('\t').collect();
        assert!(columns.len() >= 2, "{line:?}");
        if !line.starts_with('T') {
            continue;
        }
        let (_, places) = columns[1].split_once(' ').unwrap();
        let fragments = places.split(';').map(|place| {
            let (start, end) = place.split_once(' ').unwrap();
            let (start, end) = (start.parse().unwrap(), end.parse().unwrap());
            (start, slice(&text, start, end))
        });
        let fragments: Vec<(usize, String)> = fragments.collect();
        let words: Vec<_> = fragments.iter().map(|(_, words)| words.as_str()).collect();
        assert!(words.iter().all(|words| !words.contains(breaks)));
        assert_eq!(words.join(" "), columns[2]);
        read.push((fragments[0].0, bare(&words.concat())));
    }
    read
}

/// Without white space and controls, which no token holds.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

/// The tagged stretches, without space, and their labels; all tokens together must be the text.
fn read_conll(export: &Export, text: &str) -> Vec<(String, String)> {
    let (mut read, mut all, mut last) = (Vec::<(String, String)>::new(), String::new(), "O".to_owned());
    for line in text_of(export, ".conll").split_terminator('\n').filter(|line| !line.starts_with("-DOCSTART-")) {
        if line.is_empty() {
            last = "O".to_owned();
            continue;
        }
        let [word, "_", "_", tag] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("four columns: {line:?}") };
        all.push_str(word);
        if let Some(label) = tag.strip_prefix("B-") {
            read.push((word.to_owned(), label.to_owned()));
        } else if let Some(label) = tag.strip_prefix("I-") {
            assert!(last.ends_with(&format!("-{label}")), "{tag} follows {last}");
            read.last_mut().unwrap().0.push_str(word);
        }
        last = tag.to_owned();
    }
    assert_eq!(all, bare(text));
    read
}

/// The text of the page's articles, as a browser would show it.
fn read_html(export: &Export) -> String {
    let page = text_of(export, ".html");
    let from = page.find("<div class=\"text\" dir=\"auto\">").unwrap() + 29;
    let body = &page[from..from + page[from..].find("</div>").unwrap()];
    let mut shown = String::new();
    let mut depth = 0_i32;
    for (index, part) in body.split('<').enumerate() {
        let text = if index == 0 { part } else { part.split_once('>').unwrap().1 };
        depth += i32::from(index > 0 && part.starts_with("mark ")) - i32::from(part.starts_with("/mark>"));
        // Marks, and the room between paragraphs; nothing else.
        let known = ["mark ", "/mark>", "span class=\"gap\">\n", "/span>"];
        assert!(index == 0 || known.iter().any(|known| part.starts_with(known)), "{part:?}");
        shown.push_str(text);
    }
    assert_eq!(depth, 0);
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(shown, |shown, (entity, c)| shown.replace(entity, c))
}

/// Reads every format back and compares it with the project, which has one article.
fn check(project: &Project, selection: &Selection) {
    let wanted = wanted(project, selection);
    let text = project.text(project.article_ids()[0]);
    assert_eq!(read_json(&exported(project, "json", selection)), wanted);
    assert_eq!(read_csv(&exported(project, "csv", selection)), wanted);

    let brat = exported(project, "brat", selection);
    assert_eq!(text_of(&brat, ".txt"), text);
    let blank = |quote: &str| quote.split(breaks).all(|line| line.trim().is_empty());
    let marks: Vec<_> = wanted.iter().filter(|(_, _, quote, _)| !blank(quote)).collect();
    let read = read_brat(&brat);
    let words = |(_, _, quote, _): &&Read| bare(quote);
    assert_eq!(
        read.iter().map(|(_, words)| words.clone()).collect::<Vec<_>>(),
        marks.iter().map(words).collect::<Vec<_>>()
    );
    assert!(read.iter().zip(&marks).all(|((at, _), (start, end, ..))| start <= at && at < end));

    let conll = exported(project, "conll", selection);
    let read = read_conll(&conll, text);
    assert_eq!(read.len() + conll.left_out.len(), wanted.len(), "what is left out is told: {:?}", conll.left_out);
    for (words, label) in read {
        assert!(wanted.iter().any(|(_, _, quote, kind)| bare(quote) == words && kind.to_uppercase() == label));
    }

    let shown: String =
        text.chars().map(|c| if c.is_control() && !"\r\n\t".contains(c) { '\u{FFFD}' } else { c }).collect();
    assert_eq!(read_html(&exported(project, "html", selection)), shown);
}

#[test]
fn kinds_that_the_engine_fills_go_out_under_their_usual_names() {
    let (mut project, id) = with_text("The World Bank met Muslims in Lagos.");
    let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..ops::NewTagset::default() };
    new.tagset.kinds.extend(project.tagset().ready());
    project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
    for (words, kind) in [("World Bank", KindId::ORGANISATION), ("Muslims", KindId::GROUP), ("Lagos", KindId::PLACE)] {
        tag(&mut project, id, words, &kind);
    }
    tag(&mut project, id, "met", &KindId::EVENT);
    let lagos = project.entities().find(|entity| entity.name == "Lagos").unwrap().clone();
    let lagos = rubricator::project::Entity { country: "NG".parse().ok(), ..lagos };
    project.apply(&ops::set_entity(&project, lagos, stamp())).unwrap();
    let met = project.events().next().unwrap().clone();
    let met = rubricator::project::Event { kind: EventType::Happening(Some(Plover::Consult)), ..met };
    project.apply(&ops::set_event(&project, met, stamp())).unwrap();
    let says = |format: &str, ending: &str, parts: &[&str]| {
        let text = text_of(&exported(&project, format, &Selection::default()), ending);
        for part in parts {
            assert!(text.contains(part), "{format} has no {part}:\n{text}");
        }
    };
    says("conll", ".conll", &["World _ _ B-ORG\nBank _ _ I-ORG", "Muslims _ _ B-NORP", "Lagos _ _ B-PLACE"]);
    says("brat", ".ann", &["\tORG 4 14\tWorld Bank", "\tNORP 19 26\tMuslims", "\tPLACE 30 35\tLagos"]);
    says("doccano", ".jsonl", &["[4,14,\"ORG\"]", "[19,26,\"NORP\"]", "[30,35,\"PLACE\"]"]);
    says("json", ".json", &["\"id\": \"ORG\"", "\"name\": \"Organisation\""]);
    let tei = [
        "<orgName xml:id=\"m0\" type=\"ORG\" ref=\"#e0\">World Bank</orgName>",
        "<rs xml:id=\"m1\" type=\"NORP\" ref=\"#e1\">Muslims</rs>",
        "<placeName xml:id=\"m2\" type=\"PLACE\" ref=\"#e2\">Lagos</placeName>",
        "<listOrg>\n<org xml:id=\"e0\" type=\"ORG\">\n<orgName>World Bank</orgName>",
        "<place xml:id=\"e2\" type=\"PLACE\">\n<placeName>Lagos</placeName>\n<country key=\"NG\"/>",
        "<object xml:id=\"e1\" type=\"NORP\">",
    ];
    says("tei", ".xml", &tei);
    let news: serde_json::Value =
        serde_json::from_str(&text_of(&exported(&project, "ninjs", &Selection::default()), ".json")).unwrap();
    assert_eq!(news["organisations"][0]["name"], "World Bank");
    assert_eq!((&news["places"][0]["name"], &news["places"][0]["literal"]), (&"Lagos".into(), &"NG".into()));
    assert_eq!(news["objects"][0]["name"], "Muslims");
    let table = text_of(&exported(&project, "polecat", &Selection::default()), ".tsv");
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('\t').collect()).collect();
    let cell = |column: &str| rows[1][rows[0].iter().position(|name| *name == column).unwrap()];
    assert_eq!((cell("Story Organizations"), cell("Story Locations")), ("World Bank", "Lagos"));
}

#[test]
fn hard_texts_survive_every_format() {
    let project = hard();
    assert_eq!(wanted(&project, &Selection::default()).len(), 13);
    check(&project, &Selection::default());
}

#[test]
fn suggestions_and_kinds_are_chosen_and_rejected_ones_stay_home() {
    let (mut project, id) = with_text("Xi met Wang in China");
    tag(&mut project, id, "Xi", &KindId::PERSON);
    tag(&mut project, id, "Wang", &KindId::PERSON);
    tag(&mut project, id, "China", &KindId::COUNTRY);
    let wang = project.mentions(id)[1].id;
    project.apply(&ops::reject(&project, &[wang], stamp())).unwrap();
    let mut open = project.mentions(id)[2].clone();
    open.status = Status::Suggested;
    let mut edit = Builder::run(&project, stamp());
    edit.put(open);
    let edit = edit.finish(Action::Suggest(String::new()));
    project.apply(&edit).unwrap();

    let quotes = |selection: &Selection| {
        read_json(&exported(&project, "json", selection)).into_iter().map(|(_, _, quote, _)| quote).collect::<Vec<_>>()
    };
    assert_eq!(quotes(&Selection::default()), ["Xi"]);
    let with_open = Selection { suggestions: true, ..Selection::default() };
    assert_eq!(quotes(&with_open), ["Xi", "China"]);
    let by = |name: &str| Selection { by: Some(name.to_owned()), ..Selection::default() };
    let accepted = quotes(&Selection::default());
    let name = project.all_mentions().find_map(|mention| mention.decision.clone()).unwrap().by;
    assert_eq!((quotes(&by(&name)), quotes(&by("nobody"))), (accepted, Vec::<String>::new()));
    assert_eq!(quotes(&Selection { kinds: Some(vec![KindId::COUNTRY]), ..with_open.clone() }), ["China"]);
    let none = Selection { articles: Some(Vec::new()), ..with_open };
    assert!(export::format("json").unwrap().export(&project, &none).is_err());
}

#[test]
fn conll_tells_which_overlaps_it_leaves_out() {
    let export = exported(&hard(), "conll", &Selection::default());
    let left_out: Vec<_> = export.left_out.iter().map(|left| left.what.as_str()).collect();
    assert_eq!(left_out.len(), 4, "{left_out:?}");
    assert!(left_out[0].contains("country “China”"), "{left_out:?}");
}

#[test]
fn brat_holds_events_with_participants_links_and_fragments() {
    let export = exported(&hard(), "brat", &Selection::default());
    let ann = text_of(&export, ".ann");
    assert!(ann.contains("EVENT") || ann.contains("HAPPENING"));
    let mention = |words: &str| {
        let line = ann.lines().find(|line| line.starts_with('T') && line.ends_with(&format!("\t{words}"))).unwrap();
        line.split('\t').next().unwrap().to_owned()
    };
    let event = format!(
        "HAPPENING:{} Actor:{} Actor2:{} Recipient:{}",
        mention("U.S.-Chinese talks"),
        mention("習近平"),
        mention("U.S."),
        mention("محمد علي")
    );
    assert!(ann.contains(&event), "{event} is in\n{ann}");
    assert!(ann.contains("\tBank of China\n"));
    assert!(text_of(&export, "annotation.conf").contains("[attributes]"));
    assert!(export.files.iter().all(|file| !file.name.contains(['/', '\\']) && !file.name.starts_with('.')));
}

/// The rows of a table by their header.
fn read_table(bytes: &[u8], delimiter: u8) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    reader.deserialize().map(Result::unwrap).collect()
}

/// [`hard`] with a type, a mode, contexts and a modality of the talks.
fn typed() -> Project {
    let mut project = hard();
    let talks = project.events().find(|event| event.name.ends_with("talks")).unwrap().clone();
    let changed = rubricator::project::Event {
        kind: EventType::Happening(Some(Plover::Consult)),
        mode: Some("phone".into()),
        contexts: vec!["diplomatic".into(), "economic".into()],
        modality: Modality::Planned,
        note: "=1+1".to_owned(),
        ..talks
    };
    project.apply(&ops::set_event(&project, changed, stamp())).unwrap();
    project
}

#[test]
fn the_table_of_events_has_a_row_for_each_and_no_formula() {
    let export = exported(&typed(), "events", &Selection::default());
    let rows = read_table(&export.files[0].bytes, b',');
    assert_eq!(rows.len(), 4);
    let talks = rows.iter().find(|row| row["name"].ends_with("talks")).unwrap();
    let of = |column: &str| talks[column].as_str();
    assert_eq!([of("type"), of("mode"), of("contexts")], ["CONSULT", "phone", "diplomatic; economic"]);
    assert_eq!([of("quad_class"), of("quad_name"), of("intensity")], ["1", "verbal cooperation", "1.0"]);
    assert_eq!([of("actors"), of("actor_kinds"), of("recipients")], ["習近平; U.S.", "person; country", "محمد علي"]);
    assert_eq!(
        [of("place"), of("place_country"), of("start"), of("end")],
        ["Côte d’Ivoire", "CI", "2022-02-04", "2022-02-04"]
    );
    assert_eq!([of("date_words"), of("modality"), of("polarity")], ["on Friday", "planned", "positive"]);
    assert_eq!([of("note"), of("status"), of("offset_unit")], ["'=1+1", "accepted", "code_point"]);
    let (start, end) = of("trigger_offsets").split_once('-').unwrap();
    assert_eq!(slice(HARD, start.parse().unwrap(), end.parse().unwrap()), of("triggers"));
}

#[test]
fn polecat_has_its_columns_in_their_order_and_plain_lines() {
    let export = exported(&typed(), "polecat", &Selection::default());
    let text = text_of(&export, ".tsv");
    let lines: Vec<&str> = text.lines().collect();
    // The others have no PLOVER type.
    assert_eq!((lines.len(), export.left_out.len()), (2, 3));
    assert!(lines.iter().all(|line| line.split('\t').count() == 40), "{text}");
    assert!(
        lines[0]
            .starts_with("Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name")
    );
    assert!(lines[0].ends_with("Story People\tStory Organizations\tStory Locations\tLanguage\tVersion"));
    let rows = read_table(&export.files[0].bytes, b'\t');
    let of = |column: &str| rows[0][column].as_str();
    assert_eq!([of("Event Date"), of("Event Type"), of("Event Mode")], ["2022-02-04", "CONSULT", "phone"]);
    assert_eq!([of("Quad Code"), of("Contexts")], ["VERBAL COOPERATION", "diplomatic; economic; future"]);
    assert_eq!([of("Actor Name"), of("Actor Name Raw"), of("Country")], ["習近平; U.S.", "習近平; U.S.", "CIV"]);
    assert_eq!([of("Raw Placename"), of("Actor COW"), of("GeoNames ID")], ["Côte d’Ivoire", "", ""]);
}

/// [`typed`] with protesters who are only half believed to take part, figures, and where its place lies.
fn recorded() -> Project {
    let mut project = typed();
    let talks = project.events().find(|event| event.name.ends_with("talks")).unwrap().clone();
    let words = PartyWords { name: "=protesters".to_owned(), label: PartyLabel::Group, country: "CN".parse().ok() };
    let at = HARD.find("said").unwrap();
    let group = Participant::new(Role::Recipient, Party::Words(words), byte_range(at, at + 4));
    let place = EventPlace {
        coordinates: Some(Coordinates { latitude: -5.3, longitude: -4.03 }),
        unsure: true,
        ..talks.place.clone().unwrap()
    };
    let changed = rubricator::project::Event {
        worth: Some(0.75),
        place: Some(place),
        participants: [talks.participants.clone(), vec![Participant { unsure: true, ..group }]].concat(),
        figures: vec![
            Figure { kind: FigureKind::Killed, number: Some(12.0), range: None },
            Figure { kind: FigureKind::Injured, number: None, range: None },
            Figure { kind: FigureKind::Money, number: Some(2.5e6), range: None },
        ],
        ..talks
    };
    let mut edit = Builder::run(&project, stamp());
    edit.put(changed);
    let edit = edit.finish(Action::Suggest(String::new()));
    project.apply(&edit).unwrap();
    project
}

#[test]
fn tables_hold_event_records_whole() {
    let project = recorded();
    let export = exported(&project, "events", &Selection::default());
    let rows = read_table(&export.files[0].bytes, b',');
    let talks = rows.iter().find(|row| row["name"].ends_with("talks")).unwrap();
    let of = |column: &str| talks[column].as_str();
    assert_eq!([of("level"), of("worth"), of("figures")], ["kept", "0.75", "killed 12; injured; money 2500000"]);
    assert_eq!([of("latitude"), of("longitude"), of("unsure")], ["-5.3", "-4.03", "place; =protesters"]);
    assert_eq!([of("recipients"), of("recipient_kinds")], ["محمد علي; =protesters", "person; GROUP"]);
    assert_eq!([of("recipient_countries"), of("actor_countries")], ["; CN", ""]);
    let export = exported(&project, "tables", &Selection::default());
    let rows = read_table(text_of(&export, "participants.csv").as_bytes(), b',');
    let row = rows.iter().find(|row| row["entity"].is_empty()).unwrap();
    let of = |column: &str| row[column].as_str();
    assert_eq!([of("name"), of("kind"), of("label"), of("country")], ["'=protesters", "", "GROUP", "CN"]);
    assert_eq!([of("unsure"), of("quote"), of("role")], ["unsure", "said", "recipient"]);
    assert_eq!(
        rows.iter().map(|row| row["label"].as_str()).collect::<Vec<_>>(),
        ["PERSON", "COUNTRY", "PERSON", "GROUP"]
    );
    let (start, end) = (of("start").parse().unwrap(), of("end").parse().unwrap());
    assert_eq!(slice(HARD, start, end), "said");
}

#[test]
fn people_and_countries_are_a_row_each() {
    let project = recorded();
    let rows = |format: &str| read_table(&exported(&project, format, &Selection::default()).files[0].bytes, b',');
    let people = rows("people");
    let names: Vec<_> = people.iter().map(|row| row["name"].as_str()).collect();
    assert_eq!(people.len(), 5, "{names:?}");
    let of = |name: &str| people.iter().find(|row| row["name"] == name).unwrap();
    let counts = |row: &BTreeMap<String, String>| {
        ["mentions", "articles", "events_as_actor", "events_as_recipient"].map(|column| row[column].clone())
    };
    assert_eq!(counts(of("習近平")), ["1", "1", "1", "0"]);
    assert_eq!(counts(of("محمد علي")), ["1", "1", "0", "1"]);
    let countries = rows("countries");
    assert!(countries.iter().all(|row| row["kind"] == "country") && !countries.is_empty());
    assert!(people.iter().all(|row| row["kind"] == "person"));
    let none = Selection { kinds: Some(vec![KindId::EVENT]), ..Selection::default() };
    let alone = read_table(&exported(&project, "people", &none).files[0].bytes, b',');
    assert!(
        !alone.is_empty() && alone.iter().all(|row| row["mentions"] == "0"),
        "who takes part is there, not mentioned"
    );
}

#[test]
fn a_page_lists_those_who_take_part_and_figures() {
    let page = text_of(&exported(&recorded(), "html", &Selection::default()), ".html");
    for words in ["=protesters", "killed 12", "injured", "money 2500000"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn ninjs_tells_of_words_that_take_part_and_figures() {
    let told = exported(&recorded(), "ninjs", &Selection::default()).left_out;
    for what in ["recipient =protesters of “U.S.-Chinese talks”", "the figures of event “U.S.-Chinese talks”"] {
        assert!(told.iter().any(|left| left.what == what), "{what}: {told:?}");
    }
}

#[test]
fn media_topics_are_subjects_of_ninjs_and_other_article_tags_are_told() {
    let (mut project, id) = with_text("Rain fell on the vote");
    let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..Default::default() };
    let stance = ArticleTag { id: "stance".into(), name: "Stance".into(), answer: Answer::Text };
    new.tagset.article_tags.extend([MediaTopic::tag(), stance]);
    let renamed = new.tagset.article_tags.iter_mut().find(|tag| tag.id == MediaTopic::TAG);
    if let Some(Answer::Several(names)) = renamed.map(|tag| &mut tag.answer) {
        names.push("our town".into());
    }
    project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
    let mut answer = |tag: &str, answers: &[&str]| {
        let answers: Vec<String> = answers.iter().map(|answer| (*answer).to_owned()).collect();
        project.apply(&ops::set_article_tag(&project, id, tag, &answers, stamp())).unwrap();
    };
    answer(MediaTopic::TAG, &["politics and government", "our town"]);
    answer("stance", &["in favour"]);
    let export = exported(&project, "ninjs", &Selection::default());
    let news: serde_json::Value = serde_json::from_str(&text_of(&export, ".json")).unwrap();
    let politics = serde_json::json!({
        "name": "politics and government",
        "rel": "about",
        "uri": "http://cv.iptc.org/newscodes/mediatopic/11000000",
        "literal": "medtop:11000000",
    });
    assert_eq!(news["subjects"], serde_json::json!([politics, { "name": "our town", "rel": "about" }]));
    let told: Vec<&str> = export.left_out.iter().map(|left| left.what.as_str()).collect();
    assert_eq!(told, ["the article tag Stance: in favour"]);
}

#[test]
fn polecat_names_groups_and_tells_what_rows_lack() {
    let mut project = recorded();
    let export = exported(&project, "polecat", &Selection::default());
    let rows = read_table(&export.files[0].bytes, b'\t');
    let of = |column: &str| rows[0][column].as_str();
    assert_eq!([of("Recipient Name"), of("Recipient Country")], ["محمد علي; =protesters", "; CHN"]);
    assert_eq!([of("Recipient Name Raw"), of("Placename")], ["محمد علي; said", "Côte d’Ivoire"]);
    assert_eq!([of("Latitude"), of("Longitude"), of("City")], ["-5.3", "-4.03", ""]);
    let told = |export: &Export| export.gaps.unwrap().to_string();
    assert_eq!(told(&export), "of 1 row none lacks an actor, a recipient or a date");
    for event in project.events().filter(|event| !event.name.ends_with("talks")).cloned().collect::<Vec<_>>() {
        let changed = rubricator::project::Event { kind: EventType::Happening(Some(Plover::Accuse)), ..event };
        project.apply(&ops::set_event(&project, changed, stamp())).unwrap();
    }
    let export = exported(&project, "polecat", &Selection::default());
    let gaps =
        "of 4 rows 3 have no actor, 3 no recipient, 3 no date; where there is no date, the day of publication stands";
    assert_eq!((told(&export).as_str(), export.left_out.len()), (gaps, 0));
    let each = export::export(export::format("polecat").unwrap(), &project, &Selection::default(), true).unwrap();
    assert_eq!(told(&each), gaps);
    let complete = exported(&project, "polecat", &Selection { complete: true, ..Selection::default() });
    assert_eq!(read_table(&complete.files[0].bytes, b'\t').len(), 1);
    assert_eq!(complete.left_out.len(), 3);
    assert!(complete.left_out.iter().all(|left| left.why == "it has no actor, no recipient or no date"));
    assert_eq!(complete.gaps.unwrap().rows, 1);
    let none = Selection { unaccepted: true, suggestions: true, ..Selection::default() };
    assert_eq!(told(&exported(&project, "polecat", &none)), "there is no row");
}

#[test]
fn a_page_has_no_script_and_nothing_from_elsewhere() {
    let page = text_of(&exported(&hard(), "html", &Selection::default()), ".html");
    assert!(page.contains("default-src 'none'"));
    assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("<talks>"));
    assert!(!page.contains("src=") && !page.contains("@import") && !page.contains("url("));
}

#[test]
fn mentions_at_token_edges_inside_words_are_not_lost() {
    let (mut project, id) = with_text("Anti-Chinese and pro-Xi.");
    tag(&mut project, id, "Chinese", &KindId::COUNTRY);
    tag(&mut project, id, "Xi", &KindId::PERSON);
    assert!(tokens::tokenize(project.text(id)).len() < 7, "the words are one token each");
    let export = exported(&project, "conll", &Selection::default());
    let tagged = [("Chinese", "COUNTRY"), ("Xi", "PERSON")].map(|(w, l)| (w.to_owned(), l.to_owned()));
    assert_eq!(read_conll(&export, project.text(id)), tagged);
}

/// A project whose mentions lie between any two characters of the text.
fn any_project() -> impl Strategy<Value = Project> {
    let piece = prop::sample::select(vec![
        "a",
        "Xi ",
        "Dr. Wang",
        " ",
        "\r\n",
        "\n",
        "\n\n",
        ".",
        "e\u{301}",
        "\u{1F469}\u{200D}\u{1F680}",
        "𝔘",
        "習",
        "علي",
        "\t",
        "'",
        "=",
        "<",
        "&",
        "\u{0}",
        "\u{2028}",
        "\u{A0}",
        "-",
        "U.S.",
    ]);
    let text = prop::collection::vec(piece, 1..40).prop_map(|pieces| pieces.concat());
    let mark = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3_usize, any::<bool>());
    (text, prop::collection::vec(mark, 0..12)).prop_map(|(text, marks)| {
        let (mut project, article) = with_text(&text);
        let edges: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut edit = Builder::run(&project, stamp());
        for (from, to, kind, accepted) in marks {
            let (from, to) = (*from.get(&edges), *to.get(&edges));
            let (start, end) = (from.min(to), from.max(to));
            if start == end {
                continue;
            }
            let id = edit.fresh::<Mention>();
            let kind = [KindId::PERSON, KindId::COUNTRY, KindId::EVENT][kind].clone();
            let place = (article, byte_range(start, end).unwrap());
            edit.put(Mention {
                status: if accepted { Status::Accepted } else { Status::Suggested },
                ..Mention::new(id, place, &text[start..end], kind, Origin::hand())
            });
        }
        let edit = edit.finish(Action::Accept(1));
        project.apply(&edit).unwrap();
        project
    })
}

proptest! {
    #[test]
    fn any_marks_on_any_text_come_back(project in any_project(), suggestions: bool) {
        check(&project, &Selection { suggestions, ..Selection::default() });
    }
}

#[test]
fn no_export_tells_of_the_folders_of_the_disk() {
    let text = Text::new("Uma Berg met Jo Rask.").unwrap();
    let meta = Metadata { origin: "/home/zoe/secret/a.txt".to_owned(), ..Metadata::default() };
    let mut project = Project::new();
    let stamp = Stamp { by: "Zoë".into(), at: jiff::Timestamp::UNIX_EPOCH };
    project.apply(&ops::add_articles(&project, vec![Article { meta, text }], stamp.clone())).unwrap();
    let range = [byte_range(0, 8).unwrap()];
    let article = project.article_ids()[0];
    project.apply(&ops::tag(&project, article, &range, &KindId::PERSON, &ops::unknown, stamp)).unwrap();
    for format in rubricator::export::FORMATS {
        let export = rubricator::export::export(*format, &project, &Selection::default(), false).unwrap();
        for file in export.files {
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            assert!(!text.contains("secret") && !file.name.contains("secret"), "{} in {}", format.id(), file.name);
        }
    }
}

#[test]
fn the_documentation_lists_each_format_in_its_group() {
    let docs = include_str!("../docs/formats.md");
    for format in rubricator::export::FORMATS {
        let row = format!("| {} | ", format.group().name());
        let row = docs.lines().find(|line| line.starts_with(&row)).unwrap();
        assert!(row.contains(&format!("`{}`", format.id())), "{} in {row}", format.id());
    }
}

#[test]
fn formats_without_a_place_for_relations_say_how_many_stay_behind() {
    let mut project = hard();
    let id = project.article_ids()[0];
    let ids: Vec<_> = project.mentions(id).iter().map(|mention| mention.id).collect();
    let kind = project.tagset().ready_relations().remove(4);
    for pair in ids.windows(2).take(3) {
        project.apply(&ops::relate(&project, &kind, pair[0], pair[1], stamp())).unwrap();
    }
    let last = project.relations().last().unwrap().id;
    project.apply(&ops::reject_relations(&project, &[last], stamp())).unwrap();
    for format in export::FORMATS {
        for each in [false, true] {
            let export = export::export(*format, &project, &Selection::default(), each).unwrap();
            let told: Vec<_> = export.left_out.iter().filter(|left| left.why.contains("for relations")).collect();
            let count = usize::from(!format.holds_relations());
            assert_eq!(told.len(), count, "{}", format.id());
            assert!(told.iter().all(|left| left.what == "2 relations" && left.article == id), "{told:?}");
        }
    }
    // Only those go out whose ends do.
    let count = |kind: KindId| {
        let selection = Selection { kinds: Some(vec![kind]), ..Selection::default() };
        let json = exported(&project, "json", &selection);
        let json: serde_json::Value = serde_json::from_slice(&json.files[0].bytes).unwrap();
        json["articles"][0]["relations"].as_array().map(Vec::len)
    };
    assert_eq!((count(KindId::PERSON), count(KindId::COUNTRY)), (Some(2), None));
}

#[test]
fn events_go_out_by_when_and_where_they_were() {
    let project = typed();
    let json = |format: &str| -> serde_json::Value {
        let export = exported(&project, format, &Selection::default());
        serde_json::from_slice(&export.files[0].bytes).unwrap()
    };
    let dated: Vec<_> = project.events().filter(|event| event.date.is_some()).collect();
    let slides = json("timelinejs");
    assert_eq!(slides["events"].as_array().unwrap().len(), dated.len());
    let date = dated[0].date.as_ref().unwrap();
    assert_eq!(slides["events"][0]["start_date"]["year"], i64::from(date.start.year()));
    assert_eq!(slides["events"][0]["text"]["headline"], dated[0].name.replace('<', "&lt;").as_str());
    let placed: Vec<_> = project.events().filter_map(|event| event.place.as_ref()?.coordinates).collect();
    let map = json("geojson");
    assert_eq!(map["features"].as_array().unwrap().len(), placed.len());
    for (feature, at) in map["features"].as_array().unwrap().iter().zip(&placed) {
        assert_eq!(feature["geometry"]["coordinates"], serde_json::json!([at.longitude, at.latitude]));
    }
    // What has no day or no place is told, never guessed.
    let told = |format: &str| exported(&project, format, &Selection::default()).left_out.len();
    let events = project.events().count();
    assert_eq!((told("timelinejs"), told("geojson")), (events - dated.len(), events - placed.len()));
}
