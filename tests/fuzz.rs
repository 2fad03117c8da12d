//! A small share of the fuzzing that `make fuzz` does: the seeds of each target, cut, joined and garbled in ways that
//! are the same in every run. `FUZZ_RUNS` makes it more.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests fail by panicking"
)]

mod chance;
#[path = "../fuzz/targets.rs"]
mod targets;

use std::path::{Path, PathBuf};

use chance::Chance;

/// Bytes that mean something to one format or another.
const TOKENS: [&[u8]; 16] = [
    b"(",
    b")",
    b"\"",
    b"\n",
    b"\\u{0}",
    b"<",
    b"&#0;",
    b"\xff",
    b"\xef\xbb\xbf",
    b"-1",
    b"4294967295",
    b"{",
    b"[",
    b"\t",
    b"1e999",
    b"\xe2\x80\xae",
];

/// What a target begins with that has no seeds.
const ARTICLE: &str = include_str!("../fuzz/corpus/ingest-txt/talks.txt");

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.is_file()).collect();
    files.sort();
    let mut seeds: Vec<_> = files.iter().map(|path| std::fs::read(path).unwrap()).collect();
    if seeds.is_empty() {
        seeds.push(ARTICLE.into());
    }
    seeds
}

/// A seed with a few things changed.
fn garbled(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + chance.below(24)).min(bytes.len());
        match chance.below(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, TOKENS[chance.below(TOKENS.len())].iter().copied()).collect::<Vec<_>>()),
            3 => bytes[at..end].iter_mut().take(1).for_each(|byte| *byte ^= 1 << chance.below(8)),
            4 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            5 => bytes[at..end].fill(b'9'),
            _ => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len() + 1);
                bytes.splice(at..end, other[from..(from + 200).min(other.len())].iter().copied());
            }
        }
    }
    bytes
}

fn share(of: impl Fn(&str) -> bool, runs: usize) {
    let more = std::env::var("FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok());
    for target in targets::names().iter().filter(|target| of(target)) {
        let seeds = seeds(target);
        seeds.iter().for_each(|seed| targets::run(target, seed));
        let mut chance = Chance(7);
        for _ in 0..more.unwrap_or(runs) {
            targets::run(target, &garbled(&seeds, &mut chance));
        }
    }
}

#[test]
fn a_share_of_fuzzing_project_files() {
    share(|target| target == "project", 300);
}

#[test]
fn a_share_of_fuzzing_journals() {
    share(|target| target == "journal", 300);
}

#[test]
fn a_share_of_fuzzing_imports() {
    share(|target| target.starts_with("import-"), 150);
}

#[test]
fn a_share_of_fuzzing_articles() {
    share(|target| target.starts_with("ingest-"), 60);
}

#[test]
fn a_share_of_fuzzing_the_stream() {
    share(|target| target == "stream", 6);
}
