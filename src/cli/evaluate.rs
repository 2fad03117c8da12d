//! `evaluate`: what the engine suggests, set against what people have marked.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::{Failure, quiet};
use crate::evaluate::{self, Answer, Fault, Gold};
use crate::store;
use crate::suggest::{Document, Options};

/// The largest file of marked texts that is read, in bytes.
const MAX_GOLD: u64 = 2 << 30;

const NOTES: &str = "\
Matches:
  exact       the same start and end
  overlap     any shared character, one to one
  COUNTRY     any shared character and the same country; the ways of naming one that the texts mark
  PERSON_DOC, COUNTRY_DOC   by article, however many mentions
  IN_COUNTRY  the country that a place lies in
  LINKING     the Wikidata items of marks that have one
  records     event records (docs/events.md): those kept against those marked as worth keeping, and their fields

The marked texts are lines {\"id\",\"text\",\"spans\":[{\"start\",\"end\",\"label\",\"country\"?,\"qid\"?}],\"labels\":[…]}, offsets
in Unicode code points, \"labels\" those of which everything is marked; event records stand under \"events\". Of a project,
what was accepted counts as marked, in the articles that have any; suggestions that nobody has decided on count neither way.";

#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// Marked texts (a JSON object a line), or a project (.rubric) with what you accepted in it.
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// Compare these answers, lines as `suggest --jsonl` writes them, instead of running the engine.
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// Mark countries inside other names too: "Bank of China", "South China Sea".
    #[arg(long, conflicts_with = "answers")]
    inside_names: bool,
    /// Go through the articles in order and learn from each what is marked, before suggesting for the next: shows whether
    /// learning pays. With --json a line for each article and label.
    #[arg(long, conflicts_with_all = ["answers", "bins"])]
    learn: bool,
    /// Learn these labels anew, as if the engine did not know them.
    #[arg(long, value_name = "LABEL", value_delimiter = ',', requires = "learn")]
    as_own: Vec<String>,
    /// Show how the scores of each label are spread, and how many are right in each part.
    #[arg(long)]
    bins: bool,
    /// Write JSON.
    #[arg(long, conflicts_with = "bins")]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = arguments.gold.as_path();
    let mut gold = if store::is_project(path) {
        let project = store::load_project(path).map_err(Failure::usage)?;
        evaluate::of_project(&project)
    } else {
        evaluate::read_gold(&read(path)?).map_err(|fault| bad(path, &fault))?
    };
    if gold.is_empty() {
        return Err(Failure::usage(format!(
            "{}: nothing is accepted in any article of the project; accept or correct the suggestions of a few articles first, so that there is something to compare with",
            path.display()
        )));
    }
    if arguments.learn {
        return learn(&gold, arguments);
    }
    let report = match &arguments.answers {
        Some(answers) => {
            let found = evaluate::read_answers(&read(answers)?, &gold).map_err(|fault| bad(answers, &fault))?;
            // Answers that link nothing are not asked for links.
            if !found.iter().flat_map(|answer| &answer.spans).any(|span| span.item.is_some()) {
                gold.iter_mut().flat_map(|gold| &mut gold.spans).for_each(|span| span.item = None);
            }
            evaluate::report(&gold, &found, None)
        }
        None => {
            let (found, seconds) =
                suggest(&gold, Options { inside_names: arguments.inside_names, ..Options::default() });
            evaluate::report(&gold, &found, Some(&seconds))
        }
    };
    let mut out = io::stdout().lock();
    quiet(if arguments.json {
        writeln!(out, "{:#}", evaluate::json(&report))
    } else {
        out.write_all(evaluate::table(&report, arguments.bins).as_bytes())
    })
}

/// What is suggested for each text once those before it have been learned from.
fn learn(gold: &[Gold], arguments: &Arguments) -> Result<(), Failure> {
    let engine = super::files::engine(Options { inside_names: arguments.inside_names, ..Options::default() });
    let own = arguments.as_own.iter().map(Into::into).collect();
    let shows = io::stderr().is_terminal();
    let lessons = evaluate::learn(&engine, gold, &own, |done| {
        if shows {
            eprint!("\r{done} of {} documents", gold.len());
        }
    });
    if shows {
        eprintln!();
    }
    let mut out = io::stdout().lock();
    if !arguments.json {
        return quiet(out.write_all(evaluate::lessons_table(&lessons).as_bytes()));
    }
    for lesson in &lessons {
        quiet(writeln!(out, "{}", evaluate::lesson_json(lesson)))?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    store::read_limited(path, MAX_GOLD).map_err(Failure::usage)
}

/// "gold.jsonl:3: …", which editors can jump to.
fn bad(path: &Path, Fault { line, what }: &Fault) -> Failure {
    let line = line.map_or_else(String::new, |line| format!(":{line}"));
    Failure::usage(format!("{}{line}: {what}", path.display()))
}

/// What the engine suggests for each document, and how many seconds that took.
fn suggest(gold: &[Gold], options: Options) -> (Vec<Answer>, Vec<f64>) {
    let engine = super::files::engine(options);
    let once = |gold: &Gold| engine.suggest(&Document::new(&gold.text, gold.date));
    // What is loaded with the first text is no part of the speed.
    if let Some(first) = gold.first() {
        once(first);
    }
    let shows = io::stderr().is_terminal();
    let count = gold.len();
    let mut measured = Vec::with_capacity(count);
    for (index, gold) in gold.iter().enumerate() {
        let start = seconds();
        let found = once(gold);
        let taken = seconds() - start;
        let records = evaluate::records::of_suggestions(&gold.text, &found);
        measured.push((Answer { spans: evaluate::spans(&gold.text, &found), records }, taken));
        if shows {
            eprint!("\r{} of {count} documents", index + 1);
        }
    }
    if shows {
        eprintln!();
    }
    measured.into_iter().unzip()
}

/// The CPU time of this program so far, in seconds: of all threads, and whatever else the machine does meanwhile.
#[cfg(unix)]
fn seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Elsewhere the time on the wall.
#[cfg(not(unix))]
fn seconds() -> f64 {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed().as_secs_f64()
}
