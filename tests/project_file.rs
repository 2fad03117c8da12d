//! Project files of every version that there ever was open for ever.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests fail by panicking")]

use std::path::{Path, PathBuf};

use rubricator::project::{KindId, Level, Project, Session, Stamp, ops};
use rubricator::store::{self, SCHEMA};
use rubricator::suggest::{self, Document, Engine, Options};
use rubricator::text::{Article, DatePlace, FoundDate, Metadata, Text};

fn of_version(version: u64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/projects/v{version}.rubric"))
}

/// The version that stands in a file.
fn version(bytes: &[u8]) -> u64 {
    let text = std::str::from_utf8(bytes).unwrap();
    text.lines().find_map(|line| line.strip_prefix("schema: ")).unwrap().trim_end_matches(',').parse().unwrap()
}

#[test]
fn every_version_has_a_file_that_opens_whole() {
    for found in 1..=SCHEMA {
        let path = of_version(found);
        assert_eq!(version(&std::fs::read(&path).unwrap()), found);
        let opened = store::open_project(&path).unwrap();
        assert_eq!(opened.damage, [], "version {found}");
        assert_eq!((opened.project.article_count(), opened.project.all_mentions().count()), (1, 20), "version {found}");
        assert_eq!(opened.project.guidelines().is_empty(), found != 2, "version {found}");
        assert_eq!(opened.project.log().is_empty(), found < 3, "version {found}");
        assert_eq!(opened.project.learning().on, found != 5, "version {found}");
        assert_eq!(opened.project.relations().next().is_none(), found < 6, "version {found}");
        let drawn = opened.project.all_mentions().filter(|mention| mention.drawn).count();
        assert_eq!(drawn, usize::from(found >= 7), "version {found}");
        assert_eq!(opened.project.judgements().count(), if found >= 8 { 2 } else { 0 }, "version {found}");
        let ruled = (opened.project.contributors().count(), opened.project.rulings().count());
        assert_eq!(ruled, if found >= 9 { (2, 1) } else { (0, 0) }, "version {found}");
    }
}

#[test]
fn a_file_of_event_records_opens_whole_and_is_written_as_it_was() {
    let path = of_version(4).with_file_name("v4-records.rubric");
    let opened = store::open_project(&path).unwrap();
    assert_eq!(opened.damage, []);
    let project = &opened.project;
    assert_eq!(project.level(), Level::Main);
    let article = project.article_ids()[0];
    let event = |name: &str| project.events_of(article).find(|event| event.name == name).unwrap();
    let (talks, protested) = (event("talks"), event("protested"));
    assert_eq!((talks.worth, project.level_of(talks.id)), (Some(0.9), Level::Main));
    assert!(talks.place.as_ref().unwrap().coordinates.is_some_and(|point| point.is_on_earth()));
    assert_eq!(project.level_of(event("argued").id), Level::Everything);
    let who = &protested.participants[0];
    assert_eq!((project.party_name(&who.who), who.unsure), ("Fishermen", true));
    assert_eq!(project.slice(article, who.range.unwrap()), Some("Fishermen"));
    assert_eq!(project.slice(article, event("arrested").figures[0].range.unwrap()), Some("two of them"));
    assert_eq!(String::from_utf8(store::to_bytes(project).unwrap()).unwrap(), std::fs::read_to_string(&path).unwrap());
}

#[test]
fn an_article_keeps_the_dates_that_were_found() {
    let name = || "a “b” <c>".to_owned();
    let places = [
        DatePlace::Dateline,
        DatePlace::DatelineWithoutYear,
        DatePlace::Printed,
        DatePlace::PrintedWithoutYear,
        DatePlace::Mentioned,
        DatePlace::Label(name()),
        DatePlace::Page,
        DatePlace::Field(name()),
        DatePlace::Column(name()),
        DatePlace::Mail,
        DatePlace::Address,
        DatePlace::FileName,
        DatePlace::FileMade,
        DatePlace::FileSaved,
    ];
    let days = (1..).map(|day| jiff::civil::date(2024, 5, day));
    let dates: Vec<_> = days.zip(places).map(|(day, at)| FoundDate { day, at }).collect();
    let meta = Metadata { date: dates.first().map(|found| found.day), dates, ..Metadata::default() };
    let article = Article { meta: meta.clone(), text: Text::new("Ships may pass.").unwrap() };
    let mut project = Project::default();
    let stamp = Stamp { by: "Bo".into(), at: jiff::Timestamp::UNIX_EPOCH };
    project.apply(&ops::add_articles(&project, vec![article], stamp)).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("p.rubric");
    store::save_project(&path, &project).unwrap();
    let opened = store::open_project(&path).unwrap();
    assert_eq!(opened.damage, []);
    assert_eq!(opened.project.articles().map(|record| &record.article.meta).collect::<Vec<_>>(), [&meta]);
}

#[test]
fn an_older_version_becomes_the_one_that_holds_what_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("p.rubric");
    let mut session = Session::new(store::load_project(&of_version(1)).unwrap());
    store::save_project(&path, session.project()).unwrap();
    assert_eq!(version(&std::fs::read(&path).unwrap()), 1, "nothing was done: an older program can still read it");
    let stamp = Stamp { by: "Zoë".into(), at: jiff::Timestamp::UNIX_EPOCH };
    let all: Vec<_> = session.project().all_mentions().map(|mention| mention.id).collect();
    session.apply(ops::accept(session.project(), &all, stamp)).unwrap();
    store::save_project(&path, session.project()).unwrap();
    assert_eq!(version(&std::fs::read(&path).unwrap()), 3);
    let again = store::load_project(&path).unwrap();
    assert_eq!(again.log().len(), 1);
    let words = |project: &Project| -> Vec<String> {
        project.log().iter().map(|entry| rubricator::wording::logged(&entry.what)).collect()
    };
    assert_eq!(words(&again), words(session.project()));
}

#[test]
fn a_log_of_many_equal_changes_is_short() {
    let mut session = Session::new(store::load_project(&of_version(1)).unwrap());
    let stamp = Stamp { by: "Zoë".into(), at: jiff::Timestamp::UNIX_EPOCH };
    let all: Vec<_> = session.project().all_mentions().map(|mention| mention.id).collect();
    session.apply(ops::accept(session.project(), &all, stamp)).unwrap();
    let text = String::from_utf8(store::to_bytes(session.project()).unwrap()).unwrap();
    let line = text.lines().skip_while(|line| *line != "log: [").nth(1).unwrap();
    assert!(line.len() < 250, "{line}");
}

#[test]
fn kinds_that_the_engine_fills_come_back_with_what_it_found() {
    let stamp = || Stamp { by: "engine".into(), at: jiff::Timestamp::UNIX_EPOCH };
    let mut project = store::load_project(&of_version(1)).unwrap();
    let plain = String::from_utf8(store::to_bytes(&project).unwrap()).unwrap();
    assert!(!plain.contains("ORG"), "nothing is written of kinds that are not there");
    let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..ops::NewTagset::default() };
    new.tagset.kinds.extend(project.tagset().ready());
    project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
    let text = Text::new("The World Health Organization (WHO) met Muslims in Lagos on Monday.").unwrap();
    let found = Engine::new(Options::default()).suggest(&Document::new(text.as_str(), None));
    let article = Article { meta: Metadata::default(), text };
    project.apply(&ops::add_articles(&project, vec![article], stamp())).unwrap();
    let id = *project.article_ids().last().unwrap();
    project.apply(&suggest::edit(&project, id, &found, stamp())).unwrap();
    let of = |kind: KindId| project.mentions(id).iter().filter(|mention| mention.kind == kind).count();
    assert_eq!((of(KindId::ORGANISATION), of(KindId::PLACE), of(KindId::GROUP)), (2, 1, 1));

    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("p.rubric");
    store::save_project(&path, &project).unwrap();
    let written = std::fs::read(&path).unwrap();
    let line = r#"(id:"ORG",name:"Organisation",plural:"Organisations",key:'4',schema:Entity,hue:Some(Purple),mark:Some(Diamond)),"#;
    assert!(String::from_utf8(written.clone()).unwrap().lines().any(|other| other == line));
    let opened = store::open_project(&path).unwrap();
    assert_eq!(opened.damage, []);
    assert_eq!(opened.project.tagset(), project.tagset());
    assert_eq!(store::to_bytes(&opened.project).unwrap(), written);
}
