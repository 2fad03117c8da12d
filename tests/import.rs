//! Annotation sets in: what was exported comes back, and what other tools wrote is taken as far as it can be held.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use jiff::Timestamp;
use proptest::prelude::*;
use rubricator::export::{self, Selection};
use rubricator::import::{self, File, ImportError, Imported};
use rubricator::project::ops::{self, Builder};
use rubricator::project::{
    Action, ArticleId, Coordinates, EventDate, EventPlace, EventType, Figure, FigureKind, Kind, KindId, Mention,
    MentionId, Modality, NamedClass, Origin, Participant, Party, PartyLabel, PartyWords, Plover, Polarity, Project,
    Role, Schema, Stamp, Status, Target,
};
use rubricator::text::{Article, Metadata, Text, byte_range};
use smol_str::SmolStr;

fn stamp() -> Stamp {
    Stamp { by: SmolStr::new("Ana"), at: Timestamp::UNIX_EPOCH }
}

fn add(project: &mut Project, title: &str, text: &str) -> ArticleId {
    let meta = Metadata { title: title.to_owned(), language: "en".to_owned(), ..Metadata::default() };
    let article = Article { meta, text: Text::new(text).unwrap() };
    project.apply(&ops::add_articles(project, vec![article], stamp())).unwrap();
    *project.article_ids().last().unwrap()
}

fn tag(project: &mut Project, article: ArticleId, words: &str, kind: &KindId) {
    let start = project.text(article).find(words).unwrap_or_else(|| panic!("{words:?} is in the text"));
    let range = byte_range(start, start + words.len()).unwrap();
    project.apply(&ops::tag(project, article, &[range], kind, &ops::unknown, stamp())).unwrap();
}

/// Two articles with people, countries, a happening with everything that an event can have, and a named event.
fn talks() -> Project {
    let mut project = Project::new();
    let id = add(
        &mut project,
        "Talks in Bern",
        "𝔘ma Berg met Minister Jo\r\nRask in Bern, Côte d’Ivoire's envoys said. The talks, after the Lake War, will go on.",
    );
    for person in ["𝔘ma Berg", "Jo\r\nRask"] {
        tag(&mut project, id, person, &KindId::PERSON);
    }
    tag(&mut project, id, "Côte d’Ivoire", &KindId::COUNTRY);
    for event in ["met", "talks", "Lake War"] {
        tag(&mut project, id, event, &KindId::EVENT);
    }
    let mention = |project: &Project, words: &str| {
        project.mentions(id).iter().find(|mention| mention.quote == words).unwrap().clone()
    };
    let talks = mention(&project, "talks");
    let Some(Target::Event(met)) = mention(&project, "met").target else { panic!("it tells of an event") };
    project.apply(&ops::join_event(&project, &[talks.id], met, stamp())).unwrap();
    let who = |project: &Project, words: &str, role| {
        let mention = mention(project, words);
        let Some(Target::Entity(entity)) = mention.target else { panic!("it names somebody") };
        Participant::new(role, entity, Some(mention.range))
    };
    let day = jiff::civil::date(2022, 2, 4);
    let mut event = project.event(met).unwrap().clone();
    event.name = "the Bern talks".to_owned();
    event.kind = EventType::Happening(Some(Plover::Consult));
    event.mode = Some("visit".into());
    event.contexts = vec!["diplomatic".into(), "executive".into()];
    event.date = Some(EventDate::new(day, day.tomorrow().unwrap(), "on Friday"));
    event.place = Some(EventPlace::new("Bern", Some("CH".parse().unwrap())));
    let place = |words: &str| {
        let start = project.text(id).find(words).unwrap();
        byte_range(start, start + words.len())
    };
    let envoys = |role, words: &str, country: &str| {
        let who =
            PartyWords { name: "the envoys; all".to_owned(), label: PartyLabel::Group, country: country.parse().ok() };
        Participant { unsure: true, ..Participant::new(role, Party::Words(who), place(words)) }
    };
    event.participants = vec![
        who(&project, "𝔘ma Berg", Role::Actor),
        envoys(Role::Actor, "envoys", "CI"),
        who(&project, "Jo\r\nRask", Role::Recipient),
        envoys(Role::Recipient, "envoys", ""),
    ];
    event.figures = vec![
        Figure { kind: FigureKind::Present, number: Some(2.0), range: place("said") },
        Figure { kind: FigureKind::Killed, number: Some(0.5), range: None },
        Figure { kind: FigureKind::Money, number: None, range: None },
    ];
    event.worth = Some(0.75);
    let coordinates = Some(Coordinates { latitude: 46.95, longitude: 7.45 });
    event.place = event.place.map(|place| EventPlace { coordinates, unsure: true, ..place });
    event.date = event.date.map(|date| EventDate { unsure: true, ..date });
    event.polarity = Polarity::Negative;
    event.modality = Modality::Planned;
    event.note = "to be checked".to_owned();
    project.apply(&ops::set_event(&project, event, stamp())).unwrap();
    let Some(Target::Event(war)) = mention(&project, "Lake War").target else { panic!("it names an event") };
    let mut event = project.event(war).unwrap().clone();
    event.kind = EventType::Named(NamedClass::War);
    event.wikidata = Some("Q42".into());
    project.apply(&ops::set_event(&project, event, stamp())).unwrap();
    let Some(Target::Entity(berg)) = mention(&project, "𝔘ma Berg").target else { panic!("it names somebody") };
    let mut entity = project.entity(berg).unwrap().clone();
    entity.name = "Uma Berg".to_owned();
    entity.wikidata = Some("Q7".into());
    project.apply(&ops::set_entity(&project, entity, stamp())).unwrap();
    project.apply(&ops::set_note(&project, mention(&project, "𝔘ma Berg").id, "the elder", stamp())).unwrap();
    let other = add(&mut project, "Rain", "It rained on Uma Berg.");
    tag(&mut project, other, "Uma Berg", &KindId::PERSON);
    project
}

fn exported(project: &Project, format: &str) -> Vec<File> {
    let selection = Selection { suggestions: true, ..Selection::default() };
    let export = export::format(format).unwrap().export(project, &selection).unwrap();
    export.files.into_iter().map(|file| File { name: file.name, bytes: file.bytes }).collect()
}

fn imported(files: Vec<File>) -> Imported {
    import::read(files, None, &stamp()).unwrap()
}

fn text(files: &[File], ending: &str) -> Vec<String> {
    let files = files.iter().filter(|file| file.name.ends_with(ending));
    files.map(|file| String::from_utf8(file.bytes.clone()).unwrap()).collect()
}

#[test]
fn our_json_comes_back_to_the_letter() {
    let mut project = talks();
    let first = project.article_ids()[0];
    project.apply(&ops::set_done(&project, first, true, stamp())).unwrap();
    let files = exported(&project, "json");
    let back = imported(files.clone());
    assert_eq!(back.left_out, []);
    assert_eq!(text(&exported(&back.project, "json"), "json"), text(&files, "json"));
    assert_eq!(back.project.articles().next().unwrap().done, Some(stamp()));
}

#[test]
fn brat_comes_back_to_the_letter() {
    let files = exported(&talks(), "brat");
    let back = imported(files.clone());
    assert_eq!(back.left_out, []);
    assert_eq!(text(&exported(&back.project, "brat"), ""), text(&files, ""));
    let event = back.project.events().find(|event| event.name == "the Bern talks").unwrap();
    let wanted = talks();
    let wanted = wanted.events().find(|event| event.name == "the Bern talks").unwrap();
    assert_eq!((&event.kind, &event.mode, &event.contexts), (&wanted.kind, &wanted.mode, &wanted.contexts));
    assert_eq!((&event.date, &event.place, &event.note), (&wanted.date, &wanted.place, &wanted.note));
    assert_eq!((event.polarity, event.modality), (wanted.polarity, wanted.modality));
    assert_eq!(event.participants, wanted.participants);
    assert_eq!((&event.figures, event.worth), (&wanted.figures, wanted.worth));
    assert!(!event.is_sure());
}

#[test]
fn what_another_program_wrote_for_brat_is_taken_in() {
    let ann = "T1\tPerson 0 8\tUma Berg\nT2\tShip 14 25\tBlack Swan\nT3\tAttack 9 13\tsank\n\
               T4\tPER 27 30\tShe\nT5\tShip 14 19;33 38\tBlack ships\n\
               E1\tAttack:T3 Agent:T1 Target:T2\n*\tEquiv T1 T4\nR1\tOwner Arg1:T1 Arg2:T2\nA1\tConfidence E1 High\n\
               N1\tReference T1 Wikidata:Q7\tUma Berg\nN2\tReference T2 GeoNames:5\tSwan\n#1\tAnnotatorNotes T2\ta brig\n";
    let files = |ann: &str| {
        let text = "Uma Berg sank Black Swan. She hid ships.";
        vec![
            File { name: "in/a.txt".to_owned(), bytes: text.as_bytes().to_vec() },
            File { name: "in/a.ann".to_owned(), bytes: ann.as_bytes().to_vec() },
        ]
    };
    // The words of T2 are one character off.
    let ann = ann.replace("14 25\tBlack Swan", "14 24\tBlack Swan").replace("27 30\tShe", "26 29\tShe");
    let back = imported(files(&ann.replace("33 38\tBlack ships", "34 39\tBlack ships")));
    let project = &back.project;
    let id = project.article_ids()[0];
    let marks: Vec<_> = project.mentions(id).iter().map(|m| (m.quote.as_str(), m.kind.as_str())).collect();
    assert_eq!(
        marks,
        [
            ("Uma Berg", "person"),
            ("sank", "event"),
            ("Black Swan. She hid ships", "ship"),
            ("Black Swan", "ship"),
            ("She", "person")
        ]
    );
    assert!(project.mentions(id).iter().all(|mention| mention.status == Status::Accepted));
    let target = |words: &str| project.mentions(id).iter().find(|m| m.quote == words).unwrap().target;
    assert_eq!(target("Uma Berg"), target("She"));
    let event = project.events().next().unwrap();
    assert_eq!(event.note, "type: Attack; Agent: Uma Berg; Target: Black Swan");
    assert_eq!(project.mentions(id)[3].note, "a brig");
    let relation = project.relations().next().unwrap();
    assert_eq!((relation.kind.as_str(), relation.from, relation.to), ("owner", MentionId(0), MentionId(1)));
    let told: Vec<_> = back.left_out.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "a.ann:5: T5 in pieces, “Black … ships” (a mention is one stretch: taken in from its first word to its last)",
            "a.ann:9: attribute Confidence High of E1 (the program keeps no such attribute)",
            "a.ann:11: GeoNames:5 of T2 (only Wikidata and ISO 3166 are kept)",
        ]
    );
}

#[test]
fn relations_of_brat_come_in_by_what_they_are_called() {
    let ann = "T1\tPerson 0 3\tUma\nT2\tPerson 8 10\tBo\nT3\tMeet 4 7\tmet\nT4\tORG 14 17\tOrg\nE1\tMeet:T3 Agent:T1\n\
               *\tSpouse-of T1 T2\n*\tAlly T1 T2 T4\nR1\tWorks_For Arg2:T4 Arg1:T1\nR2\tLocated-in Arg1:E1 Arg2:T4\n\
               R3\tAlly Arg1:T2 Arg2:T1\nR4\tOwns Arg1:T2 Arg2:T4\nR5\tOwns Arg1:T2 Arg2:T2\nR6\tOwns Arg1:T9 Arg2:T2\n\
               A1\tStatus R4 suggested\n#1\tAnnotatorNotes R4\tsince May\n";
    let file = |name: &str, text: &str| File { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let back = imported(vec![file("a.txt", "Uma met Bo of Org."), file("a.ann", ann)]);
    let project = &back.project;
    let words = |id| project.mention(id).unwrap().quote.as_str();
    let rows: Vec<_> = project.relations().map(|r| (r.kind.as_str(), words(r.from), words(r.to))).collect();
    assert_eq!(
        rows,
        [
            ("spouse-of", "Uma", "Bo"),
            ("ally", "Uma", "Bo"),
            ("ally", "Bo", "Org"),
            ("works-for", "Uma", "Org"),
            ("located-in", "met", "Org"),
            ("owns", "Bo", "Org"),
        ]
    );
    let kinds: Vec<_> = project.tagset().relations.iter().map(|kind| (kind.name.as_str(), kind.symmetric)).collect();
    let wanted = [("spouse of", true), ("ally", true), ("works for", false), ("located in", false), ("owns", false)];
    assert_eq!(kinds, wanted);
    let last = project.relations().last().unwrap();
    assert_eq!((last.status, last.note.as_str()), (Status::Suggested, "since May"));
    let told: Vec<_> = back.left_out.iter().map(ToString::to_string).collect();
    let why = "it does not stand between two marks that are taken in";
    assert_eq!(
        told,
        [format!("a.ann:12: R5 Owns of T2 to T2 ({why})"), format!("a.ann:13: R6 Owns of T9 to T2 ({why})")]
    );
}

#[test]
fn bad_files_are_told_and_the_rest_is_read() {
    let read = |files: &[(&str, &[u8])]| {
        let files = files.iter().map(|(name, bytes)| File { name: (*name).to_owned(), bytes: bytes.to_vec() });
        import::read(files.collect(), None, &stamp())
    };
    let text = ("a.txt", b"Uma Berg sank.".as_slice());
    let error = |files: &[(&str, &[u8])]| read(files).unwrap_err().to_string();
    assert!(error(&[("x/a.ann", b"")]).contains("Put the .txt"));
    assert!(error(&[("a.ann", b"T1\tPerson 0 1\t\xff"), text]).contains("not UTF-8: the byte at 14"));
    assert!(error(&[("a.json", b"{")]).contains("“a.json” cannot be read"));
    assert!(error(&[("a.json", b"{\"format\": \"other\", \"version\": 1}")]).contains("its format is “other”"));
    let newer = b"{\"format\": \"rubricator annotations\", \"version\": 99, \"articles\": 7}";
    assert!(matches!(read(&[("a.json", newer)]), Err(ImportError::Newer { version: 99, .. })));
    assert!(matches!(read(&[]), Err(ImportError::Unknown(_))));
    assert!(matches!(read(&[("a.docx", b"x")]), Err(ImportError::Unknown(_))));
    // One of several.
    let good = b"T1\tPerson 0 8\tUma Berg\n".as_slice();
    let back = read(&[("a.ann", good), text, ("b.ann", good), ("c.json", b"{")]).unwrap();
    assert_eq!(back.project.all_mentions().count(), 1);
    let places: Vec<_> = back.left_out.iter().map(|left| left.place.as_str()).collect();
    assert_eq!(places, ["b.ann", "c.json"]);
    let hostile = b"T1\tPerson 0 8\tUma Berg\nT1\tPerson 0 3\tUma\nT2\tPerson 5 99999999999999999999\tx\nT3\tPerson 9 4\tx\n\
                    T4\tPerson 0 3\tBerg\nT5\nE1\tE:T9 Actor:E1\nE2\t\nE3\tX:T1 Actor:E3\nR1\tSame_event Arg1:E3 Arg2:E3\n\
                    *\tEquiv T1 T1 T7\nA1\t\nN1\tReference T1\tx\n#1\t\n?\nZ1\tx\ty\n";
    let back = read(&[("a.ann", hostile), text]).unwrap();
    assert_eq!(back.project.all_mentions().count(), 1);
    assert!(back.left_out.len() >= 9, "{:#?}", back.left_out);
    assert!(back.left_out.iter().all(|left| left.place.starts_with("a.ann:")));
}

#[test]
fn joining_keeps_what_was_decided_and_doubles_nothing() {
    let mut project = Project::new();
    let text = "It rained on Uma Berg.";
    let id = add(&mut project, "Rain", text);
    tag(&mut project, id, "rained", &KindId::EVENT);
    let theirs = imported(exported(&talks(), "json")).project;
    let edit = ops::join(&project, &theirs, stamp());
    assert_eq!(edit.action, Action::Import { articles: 1, mentions: 7 });
    project.apply(&edit).unwrap();
    assert_eq!((project.article_count(), project.mentions(id).len()), (2, 2));
    assert!(ops::join(&project, &theirs, stamp()).is_empty());
    // One Uma Berg, whom both articles name.
    assert_eq!(project.entities().filter(|entity| entity.wikidata.as_deref() == Some("Q7")).count(), 1);
    project.apply(&edit.inverse()).unwrap();
    assert_eq!((project.article_count(), project.all_mentions().count()), (1, 1));
}

/// A project with kinds of its own, by id, name and what their mentions stand for.
fn with_kinds(kinds: &[(&str, &str, Schema)]) -> Project {
    let project = Project::new();
    let mut tagset = project.tagset().clone();
    for (id, name, schema) in kinds {
        tagset.add(Kind::new(KindId((*id).into()), name, name, None, *schema));
    }
    let new = ops::NewTagset { tagset, ..ops::NewTagset::default() };
    let edit = ops::set_tagset(&project, &new, &ops::unknown, stamp());
    let mut project = project;
    project.apply(&edit).unwrap();
    project
}

fn kind_ids(project: &Project) -> Vec<&str> {
    project.tagset().kinds.iter().map(|kind| kind.id.as_str()).skip(3).collect()
}

#[test]
fn foreign_kinds_become_the_own_ones_that_are_called_so() {
    let read = |files: &[(&str, &str)]| {
        let files = files.iter().map(|(name, text)| File { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() });
        imported(files.collect()).project
    };
    let spans = read(&[(
        "a.jsonl",
        r#"{"text": "The Uma left the old pier at Rask.", "label": [[4, 7, "SHIP"], [17, 25, "LANDING_STAGE"], [29, 33, "Crane"]]}"#,
    )]);
    let own = [("ship", "Ship", Schema::Entity), ("k9", "Landing stage", Schema::Person)];
    let mut project = with_kinds(&own);
    project.apply(&ops::join(&project, &spans, stamp())).unwrap();
    let kinds = |project: &Project| -> Vec<String> {
        project.all_mentions().map(|mention| format!("{} {}", mention.kind.as_str(), mention.quote)).collect()
    };
    assert_eq!(kinds(&project), ["ship Uma", "k9 old pier", "Crane Rask"]);
    assert_eq!(kind_ids(&project), ["ship", "k9", "Crane"], "only what nothing here is called comes along");
    assert!(ops::join(&project, &spans, stamp()).is_empty(), "what came as a foreign kind is not taken twice");
    // The entities are of the own kind too: another file's ship is the same one.
    let brat = read(&[("b.ann", "T1\tSHIP 0 3\tUma\n"), ("b.txt", "Uma sank.")]);
    project.apply(&ops::join(&project, &brat, stamp())).unwrap();
    let of_kind = |kind: &str| project.entities().filter(|entity| entity.kind.as_str() == kind).count();
    assert_eq!((of_kind("ship"), of_kind("SHIP")), (1, 0));
}

#[test]
fn kinds_that_are_called_the_same_but_differ_stay_apart() {
    let join = |ours: &[(&str, &str, Schema)], theirs: &[(&str, &str, Schema)]| {
        let mut project = with_kinds(ours);
        project.apply(&ops::join(&project, &with_kinds(theirs), stamp())).unwrap();
        kind_ids(&project).join(" ")
    };
    let (ship, event) = (("ship", "Ship", Schema::Entity), ("SHIP", "Ship", Schema::Event));
    assert_eq!(join(&[ship], &[event]), "ship SHIP", "what they stand for differs");
    let second = ("ship-2", "SHIP", Schema::Entity);
    assert_eq!(join(&[ship], &[second]), "ship");
    assert_eq!(join(&[ship], &[ship, second]), "ship ship-2", "two that are there never become one");
    assert_eq!(join(&[ship], &[second, ship]), "ship ship-2", "whatever their order");
    assert_eq!(join(&[ship, second], &[second]), "ship ship-2", "the same id comes first");
}

#[test]
fn foreign_kinds_become_what_a_person_says() {
    let read = |text: &str| {
        let bytes = text.as_bytes().to_vec();
        imported(vec![File { name: "a.jsonl".to_owned(), bytes }]).project
    };
    let theirs = read(
        r#"{"text": "Norway and the Norwegian Uma met Rask.", "label": [[0, 6, "GPE"], [15, 24, "NORP"], [25, 28, "SHIP"], [33, 37, "GPE"], [25, 28, "BOAT"]]}"#,
    );
    let own = [("ship", "Ship", Schema::Entity)];
    let mut project = with_kinds(&own);
    let mut map = ops::KindMap::new(project.tagset(), theirs.tagset());
    for (from, to) in [("GPE", Some("country")), ("NORP", Some("country")), ("BOAT", Some("ship"))] {
        map.set(KindId(from.into()), to.map(|id| KindId(id.into())));
    }
    let edit = ops::join_as(&project, &theirs, &map, &rubricator::suggest::lookups::known, stamp());
    project.apply(&edit).unwrap();
    let kinds: Vec<String> =
        project.all_mentions().map(|mention| format!("{} {}", mention.kind.as_str(), mention.quote)).collect();
    assert_eq!(kinds, ["country Norway", "country Norwegian", "ship Uma", "country Rask"], "two at one place are one");
    let countries: Vec<_> = project
        .entities()
        .filter(|entity| entity.kind == KindId::COUNTRY)
        .map(|entity| (entity.name.as_str(), entity.country.map(|code| code.to_string())))
        .collect();
    assert_eq!(countries, [("Norway", Some("NO".to_owned())), ("Rask", None)], "it is looked up which they are");
    assert_eq!(kind_ids(&project), ["ship"]);
    assert!(ops::join_as(&project, &theirs, &map, &rubricator::suggest::lookups::known, stamp()).is_empty());

    let mut map = ops::KindMap::default();
    map.set(KindId("SHIP".into()), None);
    let mut project = with_kinds(&own);
    project.apply(&ops::join_as(&project, &theirs, &map, &ops::unknown, stamp())).unwrap();
    assert!(project.all_mentions().all(|mention| mention.kind.as_str() != "SHIP"));
    assert_eq!(kind_ids(&project), ["ship", "GPE", "NORP", "BOAT"]);
}

#[test]
fn who_takes_part_is_still_told_where_their_kind_stays_out() {
    let theirs = imported(exported(&talks(), "json")).project;
    let with = |project: &Project| -> usize { project.events().map(|event| event.participants.len()).sum() };
    let mut map = ops::KindMap::default();
    map.set(KindId::PERSON, None);
    let mut project = Project::new();
    project.apply(&ops::join_as(&project, &theirs, &map, &ops::unknown, stamp())).unwrap();
    assert!(with(&theirs) > 0);
    assert_eq!(with(&project), with(&theirs));
    assert_eq!(project.entities().filter(|entity| entity.kind == KindId::PERSON).count(), 0);
}

#[test]
fn two_of_one_name_stay_two() {
    let mut theirs = Project::new();
    for text in ["Bush spoke.", "Another Bush left."] {
        let id = add(&mut theirs, text, text);
        tag(&mut theirs, id, "Bush", &KindId::PERSON);
    }
    let second = theirs.all_mentions().nth(1).unwrap().id;
    let mut edit = Builder::new(&theirs, stamp());
    let id = edit.fresh::<rubricator::project::Entity>();
    let first = theirs.entities().next().unwrap().clone();
    edit.put(rubricator::project::Entity { id, ..first });
    edit.put(Mention { target: Some(Target::Entity(id)), ..theirs.mention(second).unwrap().clone() });
    let edit = edit.finish(Action::Nothing);
    theirs.apply(&edit).unwrap();
    let mut project = Project::new();
    project.apply(&ops::join(&project, &theirs, stamp())).unwrap();
    assert_eq!(project.entities().count(), 2);
}

#[test]
fn what_is_accepted_without_a_name_is_not_taken_twice() {
    let mut theirs = talks();
    let mut edit = Builder::new(&theirs, stamp());
    for mention in theirs.all_mentions() {
        edit.put(Mention { decision: None, ..mention.clone() });
    }
    let edit = edit.finish(Action::Nothing);
    theirs.apply(&edit).unwrap();
    let mut project = Project::new();
    project.apply(&ops::join(&project, &theirs, stamp())).unwrap();
    assert!(ops::join(&project, &theirs, stamp()).is_empty());
}

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec("[A-Zé𝔘習]{1,3}[a-z’]{0,4}", 2..12).prop_map(|words| words.join(" "))
}

/// A project with marks at random places of a random text, decided or not.
fn any_project() -> impl Strategy<Value = Project> {
    let marks = proptest::collection::vec((0usize..60, 1usize..12, 0u8..3, any::<bool>(), "[a-z ]{0,8}"), 0..12);
    (words(), marks).prop_map(|(text, marks)| {
        let mut project = Project::new();
        let article = add(&mut project, "Some title", &text);
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for (from, length, kind, accepted, note) in marks {
            let (from, to) = (from % ends.len(), (from % ends.len() + length).min(ends.len() - 1));
            let Some(range) = byte_range(ends[from], ends[to]).filter(|range| !range.is_empty()) else { continue };
            let kind = [KindId::PERSON, KindId::COUNTRY, KindId::EVENT][usize::from(kind)].clone();
            let words = text[ends[from]..ends[to]].to_owned();
            if words.trim() != words {
                continue;
            }
            project.apply(&ops::tag(&project, article, &[range], &kind, &ops::unknown, stamp())).unwrap();
            let mention = project.mentions_at(article, range).iter().find(|m| m.kind == kind).unwrap().clone();
            let mut edit = Builder::new(&project, stamp());
            let suggested = Mention {
                status: Status::Suggested,
                decision: None,
                origin: Origin { source: "brat".into(), score: None, reason: "a suggestion in the file".into() },
                ..mention.clone()
            };
            let noted = Mention { note: note.trim().to_owned(), ..mention };
            edit.put(if accepted { noted } else { suggested });
            let edit = edit.finish(Action::SetNote);
            project.apply(&edit).unwrap();
        }
        project
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_project_comes_back_from_json(project in any_project()) {
        let files = exported(&project, "json");
        let back = imported(files.clone());
        prop_assert_eq!(&back.left_out, &[]);
        prop_assert_eq!(text(&exported(&back.project, "json"), "json"), text(&files, "json"));
    }

    #[test]
    fn any_project_comes_back_from_brat(project in any_project()) {
        let files = exported(&project, "brat");
        let back = imported(files.clone());
        prop_assert_eq!(&back.left_out, &[]);
        prop_assert_eq!(text(&exported(&back.project, "brat"), ""), text(&files, ""));
    }

    #[test]
    fn no_standoff_makes_it_panic(ann in "([TERAMN#*][0-9]?\t[A-Za-z_]{1,6}( [0-9]{1,3}| T[0-9]| E[0-9]|:T[0-9]|;[0-9]){0,4}(\t[a-z ]{0,6})?\n?){0,12}") {
        let files = vec![
            File { name: "a.txt".to_owned(), bytes: "Ümit met Ana and left.".as_bytes().to_vec() },
            File { name: "a.ann".to_owned(), bytes: ann.into_bytes() },
        ];
        imported(files);
    }

    #[test]
    fn no_json_makes_it_panic(id in "[a-z]?[0-9]{0,12}", start in 0usize..30, end in 0usize..30, kind in "[a-z]{0,3}") {
        let row = serde_json::json!({
            "format": "rubricator annotations", "version": 2, "offset_unit": "code_point", "kinds": [],
            "articles": [{"id": id, "text": "Ümit met Ana and left.", "mentions": [
                {"id": id, "start": start, "end": end, "quote": "met", "kind": kind, "event": id},
                {"id": id, "start": 5, "end": 8, "quote": "met", "kind": kind, "event": id},
            ], "events": [{"id": id, "participants": [{"role": "actor", "entity": id, "start": end, "end": start}]}]}],
            "entities": [{"id": id, "kind": kind}, {"id": id, "kind": kind}],
        });
        let files = vec![File { name: "a.json".to_owned(), bytes: row.to_string().into_bytes() }];
        imported(files);
    }
}

#[test]
fn brat_offsets_that_count_a_line_end_as_one_find_their_words() {
    let text = "Uma met Bo.\r\n\r\nBo left.\r\nUma stayed.\r\n";
    let ann = "T1\tPerson 0 3\tUma\nT2\tPerson 13 15\tBo\nT3\tPerson 22 25\tUma\nT4\tPerson 22 25\tEve\n";
    let file = |name: &str, text: &str| File { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let back = imported(vec![file("a.txt", text), file("a.ann", ann)]);
    let found: Vec<_> =
        back.project.all_mentions().map(|mention| (u32::from(mention.range.start()), mention.quote.as_str())).collect();
    assert_eq!(found, [(0, "Uma"), (15, "Bo"), (25, "Uma")]);
    let told: Vec<_> = back.left_out.iter().map(|left| left.what.as_str()).collect();
    assert_eq!(told, ["T4 Person 22 25 Eve", "the places of 2 marks"]);
}
