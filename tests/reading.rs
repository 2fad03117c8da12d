//! Files read in a process of their own by the real program: what comes back, and what happens to files that do harm.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use rubricator::ingest::{Columns, Item, Options};
use rubricator::store::Reader;

fn program() -> Reader {
    Reader::by(PathBuf::from(env!("CARGO_BIN_EXE_rubricator")))
}

/// A file's articles (title and text) and problems.
fn read(reader: &Reader, path: &Path, options: &Options) -> (Vec<(String, String)>, Vec<String>) {
    let (articles, problems) = reader.read(path, options).unwrap();
    let words = articles.into_iter().map(|article| (article.meta.title.clone(), article.text.as_str().to_owned()));
    (words.collect(), problems.iter().map(ToString::to_string).collect())
}

#[test]
fn the_same_comes_of_a_file_here_and_there() {
    let dir = tempfile::tempdir().unwrap();
    let files: [(&str, &[u8]); 4] = [
        ("a.csv", "title,text\nOne,\"Zeile 1\r\nZeile 2 😀\"\nTwo,\nThree,Words.\n".as_bytes()),
        ("ü b.jsonl", b"{\"title\":\"One\",\"text\":\"Words.\"}\nbroken\n"),
        ("a.rtf", b"{\\rtf1\\ansi Words \\u8211? and more.\\par}"),
        ("a.docx", b"PK\x03\x04 damaged"),
    ];
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let here = read(&Reader::here(), &path, &Options::default());
        assert_eq!(read(&program(), &path, &Options::default()), here, "{name}");
        assert!(!here.0.is_empty() || !here.1.is_empty());
    }
    let options = Options { columns: Columns::parse("text=title").unwrap() };
    let (articles, _) = read(&program(), &dir.path().join("a.csv"), &options);
    assert_eq!(articles.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["One", "Two", "Three"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_would_fill_the_memory_is_given_up() {
    // As values in memory these lists take more than 2 GB.
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("wide.json");
    std::fs::write(&path, format!("[{}[]]", "[],".repeat(36_000_000))).unwrap();
    let (articles, problems) = read(&program(), &path, &Options::default());
    assert!(articles.is_empty());
    assert!(problems[0].contains("“wide.json”") && problems[0].contains("memory"), "{problems:?}");
}

#[test]
fn reading_can_be_cancelled() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("long.csv");
    std::fs::write(&path, format!("text\n{}", "Some words of a row.\n".repeat(90_000))).unwrap();
    let cancel = AtomicBool::new(false);
    let mut count = 0;
    let start = Instant::now();
    program()
        .read_each(&path, &Options::default(), &cancel, &mut |item| {
            count += usize::from(matches!(item, Item::Article(_)));
            if count == 10 {
                cancel.store(true, std::sync::atomic::Ordering::Relaxed);
            }
        })
        .unwrap();
    assert_eq!(count, 10);
    assert!(start.elapsed() < Duration::from_secs(20));
}
