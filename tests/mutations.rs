//! Annotation files with faults: whatever is changed in a file, an import ends soon, with a project that holds together or
//! with an error.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod random;

use std::time::{Duration, Instant};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use random::*;
use rubricator::export::{self, Selection};
use rubricator::import::{self, File};

/// How many faulty files each format is given.
const FILES: usize = 400;
/// How long one may take, on a machine that does something else too.
const LIMIT: Duration = Duration::from_secs(5);

/// What is put into files: what formats are made of, numbers at the edges, and bytes that are no text.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"<",
    b">",
    b"/>",
    b"&",
    b"&#0;",
    b"&x;",
    b"\\",
    b"\\u",
    b"\\ud800",
    b"\n",
    b"\r\n",
    b"\t",
    b" ",
    b";",
    b"|",
    b"_",
    b"*",
    b"-1",
    b"0",
    b"1",
    b"4294967295",
    b"4294967296",
    b"18446744073709551615",
    b"99999999999999999999",
    b"1e308",
    b"NaN",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"\"\"",
    b"T1",
    b"E1",
    b"e1",
    b"v1",
    b"m1",
    b"#Text=",
    b"[1]",
    b"-DOCSTART-",
    b"%",
    b"@",
    b"\0",
    b"\xFF",
    b"\xF0\x9F",
    b"\xEF\xBB\xBF",
    "𝔘".as_bytes(),
    "e\u{301}".as_bytes(),
    "\u{2028}".as_bytes(),
];

/// Numbers by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    fn part(&mut self, bytes: &[u8]) -> (usize, usize) {
        let start = self.below(bytes.len() + 1);
        let length = if self.below(4) == 0 { bytes.len() } else { 24 };
        (start, (start + self.below(length + 1)).min(bytes.len()))
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let (start, end) = self.part(bytes);
        let piece = PIECES[self.below(PIECES.len())];
        match self.below(8) {
            0 => drop(bytes.drain(start..end)),
            1 => drop(bytes.splice(start..start, piece.iter().copied())),
            2 => drop(bytes.splice(start..end, piece.iter().copied())),
            3 => {
                let copy = bytes[start..end].to_vec();
                let at = self.below(bytes.len() + 1);
                bytes.splice(at..at, copy);
            }
            4 => {
                if let Some(byte) = bytes.get_mut(start) {
                    *byte ^= 1 << self.below(8);
                }
            }
            5 => bytes.truncate(start),
            // A number, somewhere behind, becomes another.
            6 => {
                let digits = |bytes: &[u8]| bytes.iter().position(u8::is_ascii_digit);
                if let Some(at) = digits(&bytes[start..]).map(|at| at + start) {
                    let end = bytes[at..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |end| at + end);
                    let number = [&b"0"[..], b"1", b"7", b"4294967296", b"18446744073709551615"][self.below(5)];
                    bytes.splice(at..end, number.iter().copied());
                }
            }
            _ => {
                let many = piece.repeat(1 + self.below(2000));
                bytes.splice(start..start, many);
            }
        }
    }
}

/// The files of a project in a format that is read.
fn set(format: &str, runner: &mut TestRunner) -> Vec<File> {
    loop {
        let project = related_project().new_tree(runner).unwrap().current();
        if project.all_mentions().count() > 4 {
            return files(export(&project, format));
        }
    }
}

#[test]
fn no_fault_in_a_file_stops_the_program() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut runner = TestRunner::deterministic();
    let formats = [
        ("json", "json"),
        ("jsonl", "json"),
        ("brat", "brat"),
        ("conll", "conll"),
        ("tei", "tei"),
        ("cas-xmi", "cas-xmi"),
        ("cas-json", "cas-json"),
        ("webanno", "webanno"),
        ("spacy", "spacy"),
        ("doccano", "doccano"),
        ("doccano-relations", "doccano"),
        ("label-studio", "label-studio"),
        ("w3c", "w3c"),
    ];
    for (written, read) in formats {
        assert!(import::FORMATS.iter().any(|format| format.id() == read));
        let mut taken = 0;
        for number in 0..FILES {
            // A few files of many small projects find more than many of one.
            let mut files = set(written, &mut runner);
            for _ in 0..=chance.below(4) {
                let index = chance.below(files.len());
                chance.change(&mut files[index].bytes);
            }
            let begun = Instant::now();
            let format = (number % 2 == 0).then_some(read);
            let result = import::read(files.clone(), format, &stamp());
            assert!(
                begun.elapsed() < LIMIT,
                "{written}: {:?}",
                files.iter().map(|f| f.bytes.len()).collect::<Vec<_>>()
            );
            if let Ok(imported) = result {
                taken += 1;
                // Every range is of the words that it carries: no export finds anything else.
                let selection = Selection { suggestions: true, ..Selection::default() };
                if imported.project.article_count() > 0 {
                    export::format("json").unwrap().export(&imported.project, &selection).unwrap();
                }
            }
        }
        // The faults are small enough that much is still read.
        assert!(taken > FILES / 20, "{written}: {taken}");
    }
}
