//! `suggest --jsonl`: a document a line in, its suggestions a line out, in the same order and as it goes. Lines that
//! wait are answered together, on all processors.

mod across;
mod lines;
mod progress;
mod request;
mod resume;
#[cfg(test)]
mod tests;
mod watch;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::mpsc;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use self::lines::Line;
pub(super) use self::lines::Lines;
use self::progress::Progress;
use self::request::{Refused, parse};
use self::watch::Watch;
use super::failure::{Failure, quiet};
use crate::store;
use crate::suggest::{Answer, Document, Engine, Layers};

impl ValueEnum for Layers {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Main, Self::All]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Main => PossibleValue::new("main").help("People, countries and events"),
            Self::All => {
                PossibleValue::new("all").help("Other places, nationalities and groups, and organisations as well")
            }
        })
    }
}

/// How a stream is answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub(super) layers: Layers,
    /// Whether each answer is handed on as soon as it is there, or all of a batch together.
    pub(super) by_line: bool,
    /// Whether all lines are read first, and what is one across them is told.
    pub(super) across: bool,
}

/// Answers standard input on standard output, or goes on with the answers in a file.
pub(super) fn run(engine: &Engine, manner: Manner, resume: Option<&Path>) -> Result<(), Failure> {
    let input = io::stdin();
    // On a screen that shows the answers, more lines between them would only be in the way.
    let shown = io::stderr().is_terminal() && (resume.is_some() || !io::stdout().is_terminal());
    let mut progress = Progress::new(io::stderr(), shown, progress::size_of(&input));
    let lines = Lines::of(io::BufReader::new(input));
    let done = match resume {
        None => {
            let output = BufWriter::new(io::stdout().lock());
            quiet(match manner.across {
                true => across::answer_all(engine, manner.layers, &lines, output, &mut progress),
                false => answer_all(engine, manner, &lines, output, &mut progress),
            })
        }
        Some(path) => {
            let mut answers = store::Answers::open(path).map_err(Failure::new)?;
            resume::skip(&lines, &mut answers, &mut progress)?;
            let output = answers.into_output().map_err(Failure::new)?;
            answer_all(engine, manner, &lines, BufWriter::new(&output), &mut progress)
                .and_then(|()| output.sync_data())
                .map_err(|error| Failure::new(format!("“{}”: {error}", path.display())))
        }
    };
    progress.finish();
    done
}

/// Answers every line with one on `output`.
///
/// # Errors
/// What reading or writing fails with; a line that cannot be answered is none.
pub(super) fn answer_all(
    engine: &Engine,
    manner: Manner,
    lines: &Lines,
    mut output: impl Write,
    watch: &mut impl Watch,
) -> io::Result<()> {
    // What waits when the first has come is answered with it.
    while let Some(batch) = lines.next_batch() {
        let batch = batch?;
        answer(engine, manner, &batch, &mut output, watch)?;
        lines.done(&batch);
    }
    output.flush()
}

/// An answer as it is written, and what its line was refused for.
struct Answered {
    line: Vec<u8>,
    refused: Option<String>,
}

fn answer(
    engine: &Engine,
    manner: Manner,
    batch: &[Line],
    output: &mut impl Write,
    watch: &mut impl Watch,
) -> io::Result<()> {
    let mut lines = batch.iter();
    in_order(
        batch,
        |line| answered(engine, manner.layers, line),
        |answered| {
            let (answered, line) = (answered?, lines.next());
            if let (Some(error), Some(line)) = (&answered.refused, line) {
                watch.refused(line.number, error);
            }
            output.write_all(&answered.line)?;
            if manner.by_line {
                output.flush()?;
            }
            watch.answered(line.map_or(0, |line| line.taken));
            Ok(())
        },
    )?;
    output.flush()
}

fn answered(engine: &Engine, layers: Layers, line: &Line) -> io::Result<Answered> {
    let request = match &line.bytes {
        Ok(bytes) => parse(bytes).map_err(Cow::Owned),
        Err(refusal) => Err(Cow::Borrowed(refusal)),
    };
    let mut answered = match request {
        Ok(request) => {
            let found = engine.suggest(&Document::new(&request.text, request.date));
            let line = serde_json::to_vec(&Answer::new(&request.id, &request.text, &found, layers))?;
            Answered { line, refused: None }
        }
        Err(refusal) => {
            let refused = Refused { refusal: &refusal, line: line.number };
            Answered { line: serde_json::to_vec(&refused)?, refused: Some(refusal.error.clone()) }
        }
    };
    answered.line.push(b'\n');
    Ok(answered)
}

/// Works on all of `items` at once, on all processors, and hands over what comes of each in their order, as soon as it and
/// all before it are there.
fn in_order<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    rayon::in_place_scope(|scope| {
        let (send, done) = mpsc::channel();
        for (index, item) in items.iter().enumerate() {
            let (send, work) = (send.clone(), &work);
            // Nobody listens any more when the output has failed.
            scope.spawn(move |_| drop(send.send((index, work(item)))));
        }
        drop(send);
        let (mut next, mut early) = (0, BTreeMap::new());
        for (index, result) in done {
            early.insert(index, result);
            while let Some(result) = early.remove(&next) {
                take(result)?;
                next += 1;
            }
        }
        Ok(())
    })
}
