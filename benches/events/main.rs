//! How well the engine reads events: records in whole articles and single sentences of the marked sets beside the
//! project, where they are there; triggers and slots in news passages that the project annotated; and what events cost.
//! `make bench-events` runs it; `docs/benchmarks.md` has what was measured.
//!
//! The rules may be tuned on `dev.txt`, whose failures are listed. `test.txt` is to judge by: of it only totals are shown.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "a benchmark fails by panicking"
)]

mod passages;
mod score;
mod sentences;

use std::hint::black_box;
use std::time::{Duration, Instant};

use passages::Passage;
use rubricator::evaluate;
use rubricator::suggest::{Document, Engine, Events, Options, ProjectKnowledge, Source, SourceContext, tagger::Tagger};
use score::{ROWS, Score};

const RUNS: usize = 21;

/// Where the marked sets are.
const SETS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/dev");

fn main() {
    let engine = Engine::new(Options::default());
    marked(&engine);
    let sets = [include_str!("dev.txt"), include_str!("test.txt")].map(passages::read);
    let [dev, test] = sets.each_ref().map(|set| scored(&engine, set));
    for failure in dev.failures.iter().filter(|failure| !failure.is_empty()) {
        println!("{failure}");
    }
    println!("\n| {} + {} passages | dev | test |\n| --- | --- | --- |", sets[0].len(), sets[1].len());
    for row in ROWS {
        println!("| {row} | {} | {} |", share(&dev, row), share(&test, row));
    }
    let f1 = |score: &Score| {
        let part = |row| score.rows.get(row).map_or(0.0, |(right, all)| *right as f64 / *all as f64);
        let (p, r): (f64, f64) = (part("triggers, precision"), part("triggers, recall"));
        200.0 * p * r / (p + r)
    };
    println!("| triggers, F1 | {:.1} | {:.1} |", f1(&dev), f1(&test));
    let texts: Vec<&str> = sets.iter().flatten().map(|passage| passage.text.as_str()).collect();
    let (events, rest) = cost(&engine, &texts.join("\n\n"));
    let share = 100.0 * events.as_secs_f64() / rest.as_secs_f64();
    println!("\nevents add {events:.1?} to {rest:.1?} for all else, one thread: {share:.1} %");
}

/// The marked sets: event records, and one event a sentence.
fn marked(engine: &Engine) {
    let read = |name: &str| std::fs::read(format!("{SETS}/{name}.jsonl"));
    let (Ok(articles), Ok(lines)) = (read("event_records"), read("plv")) else {
        println!("the marked sets ({SETS}) are not there: only the project's own passages are measured\n");
        return;
    };
    let gold = evaluate::read_gold(&articles).unwrap();
    let answer = |gold: &evaluate::Gold| {
        let found = engine.suggest(&Document::new(&gold.text, gold.date));
        let records = evaluate::records::of_suggestions(&gold.text, &found);
        evaluate::Answer { spans: Vec::new(), records }
    };
    let found: Vec<_> = gold.iter().map(answer).collect();
    print!("{}", evaluate::table(&evaluate::report(&gold, &found, None), false));
    let shares = sentences::score(engine, std::str::from_utf8(&lines).unwrap());
    println!("\nwho did what to whom, {} sentences", shares.sentences);
    for (part, right) in shares.parts {
        println!("{part:<34} {:>9.3}", right as f64 / shares.sentences as f64);
    }
}

fn scored(engine: &Engine, passages: &[Passage]) -> Score {
    let mut score = Score::default();
    for passage in passages {
        score.add(passage, &engine.suggest(&Document::new(&passage.text, Some(passage.date))));
    }
    score
}

/// "93.1 % (54 of 58)".
fn share(score: &Score, row: &str) -> String {
    let (right, all) = score.rows.get(row).copied().unwrap_or_default();
    format!("{:.1} % ({right} of {all})", 100.0 * right as f64 / all.max(1) as f64)
}

/// What the events cost, and all else that is done for a text: the tagger, people, countries, groups.
fn cost(engine: &Engine, text: &str) -> (Duration, Duration) {
    let document = Document::new(text, None);
    let without = Engine::new(Options { events: false, ..Options::default() }).suggest(&document);
    let tags = Tagger::embedded().unwrap().tag(&document);
    let (mut whole, mut events) = (Vec::new(), Vec::new());
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let context = SourceContext { document: &document, tags: &tags, project: &ProjectKnowledge::default() };
    one.install(|| {
        for _ in 0..RUNS {
            let start = Instant::now();
            black_box(engine.suggest(&document));
            whole.push(start.elapsed());
            let mut found = without.clone();
            let start = Instant::now();
            Events.suggest(&context, &mut found);
            events.push(start.elapsed());
        }
    });
    let [whole, events] = [whole, events].map(|mut times| {
        times.sort();
        times[RUNS / 2]
    });
    (events, whole.saturating_sub(events))
}
