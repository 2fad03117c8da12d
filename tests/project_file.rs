//! Project files of every version that there ever was open for ever.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests fail by panicking")]

use std::path::{Path, PathBuf};

use rubricator::project::{Session, Stamp, ops};
use rubricator::store::{self, SCHEMA};

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
    }
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
    assert_eq!(again.log(), session.project().log());
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
