//! How long the main rooms take, as a table. `make bench` runs it; `docs/benchmarks.md` has what was measured.
//!
//! Each row is the median of several runs in one process, and is set against the first row, because machines are noisy.
//! Where the development texts are not beside the checkout, the rows that need them say so.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rubricator::ingest::{self, samples::SAMPLES};
use rubricator::project::{Project, Session, Stamp, ops};
use rubricator::store;
use rubricator::suggest::{self, Document, Engine, Options};
use rubricator::text::Article;

const RUNS: usize = 5;
const DEV: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/dev/en-worldwide.jsonl");

fn main() {
    let engine = Engine::new(Options::default());
    let sample = sample();
    let words = words(sample.text.as_str());
    engine.suggest(&Document::new(sample.text.as_str(), None));

    let mut table = Table::default();
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    for copies in [1, 3, 100_000 / words] {
        let text = vec![sample.text.as_str(); copies].join("\n\n");
        let words = self::words(&text);
        // The longest is measured on all processors alone, as the window has it.
        for threads in [1, processors].into_iter().skip(usize::from(copies > 3)) {
            let time = on(threads, || drop(black_box(engine.suggest(&Document::new(&text, sample.meta.date)))));
            table.row(&format!("suggest, one text of {words} words, {threads} threads"), time, Some(words));
        }
    }
    dev(&engine, processors, &mut table);
    project(&engine, &sample, &mut table);
    table.print();
}

/// The development texts, if they are there.
fn dev(engine: &Engine, processors: usize, table: &mut Table) {
    let Ok(lines) = std::fs::read_to_string(Path::new(DEV)) else {
        println!("{DEV} is not there: no row for the development texts\n");
        return;
    };
    let texts: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned())
        .collect();
    let words = texts.iter().map(|text| self::words(text)).sum();
    let texts: Vec<_> = texts.iter().map(|text| (text.as_str(), None)).collect();
    for threads in [1, processors] {
        let time = on(threads, || drop(black_box(engine.suggest_all(&texts))));
        table.row(&format!("suggest, {} development texts, {threads} threads", texts.len()), time, Some(words));
    }
}

/// As [`median`], on so many threads.
fn on(threads: usize, run: impl FnMut() + Send) -> Duration {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| median(run))
}

/// A project of 1,000 articles with their suggestions: made, edited, written, read.
fn project(engine: &Engine, sample: &Article, table: &mut Table) {
    let articles = (0..1000).map(|n| {
        let text = format!("{}\n\nArticle {n}.", sample.text.as_str());
        Article { meta: sample.meta.clone(), text: rubricator::text::Text::new(text).unwrap() }
    });
    let mut session = Session::default();
    session.apply(ops::add_articles(session.project(), articles.collect(), stamp())).unwrap();
    let found = engine.suggest(&Document::new(sample.text.as_str(), sample.meta.date));
    for id in session.project().article_ids().to_vec() {
        let edit = suggest::edit(session.project(), id, &found, stamp());
        session.apply(edit).unwrap();
    }
    let mentions = session.project().all_mentions().count();
    let first: Vec<_> = session.project().all_mentions().take(RUNS).map(|mention| mention.id).collect();
    let mut ids = first.iter();
    let time = median(|| {
        let id = *ids.next().unwrap();
        session.apply(ops::accept(session.project(), &[id], stamp())).unwrap();
    });
    table.row(&format!("accept one of {mentions} mentions in 1,000 articles"), time, None);
    let mut bytes = Vec::new();
    let time = median(|| bytes = store::to_bytes(session.project()).unwrap());
    table.row(&format!("write that project, {} MB", bytes.len() / 1_000_000), time, None);
    let mut project = Project::new();
    let time = median(|| project = store::from_bytes(&bytes, "bench.rubric").unwrap());
    table.row("read it", time, None);
    assert_eq!(project.all_mentions().count(), mentions);
}

fn sample() -> Article {
    let [first, ..] = SAMPLES;
    ingest::read(first.name, first.bytes).unwrap()
}

fn stamp() -> Stamp {
    Stamp { by: "bench".into(), at: Timestamp::UNIX_EPOCH }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    times.get(RUNS / 2).copied().unwrap_or_default()
}

#[derive(Default)]
struct Table {
    rows: Vec<(String, Duration, Option<usize>)>,
}

impl Table {
    fn row(&mut self, what: &str, time: Duration, words: Option<usize>) {
        self.rows.push((what.to_owned(), time, words));
    }

    fn print(&self) {
        let unit = self.rows.first().map_or(1.0, |(_, time, _)| time.as_secs_f64());
        println!("| what | median | against the first row | words a second |");
        println!("| --- | --- | --- | --- |");
        for (what, time, words) in &self.rows {
            let seconds = time.as_secs_f64();
            let speed = words.map_or_else(String::new, |words| format!("{:.0}", words as f64 / seconds));
            println!("| {what} | {:.2} ms | {:.1} | {speed} |", seconds * 1e3, seconds / unit);
        }
    }
}
