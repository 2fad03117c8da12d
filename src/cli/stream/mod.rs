//! `suggest --jsonl`: a document a line in, its suggestions a line out, in the same order and as it goes. Lines that
//! wait are answered together, on all processors.

mod lines;
mod progress;
mod request;
mod resume;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::mpsc;

use clap::ValueEnum;

use self::lines::Line;
pub(super) use self::lines::Lines;
use self::progress::Progress;
use self::request::{Refused, parse};
use super::answer::Answer;
use super::{Failure, quiet};
use crate::store;
use crate::suggest::{Document, Engine, Label};

/// Which spans an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Layers {
    /// People, countries and events.
    Main,
    /// Other places, nationalities and groups, and organisations as well.
    All,
}

impl Layers {
    pub(super) fn hold(self, label: Label) -> bool {
        match label {
            Label::Person | Label::Country | Label::Event | Label::Trigger => true,
            Label::Place | Label::Norp | Label::Org => self == Self::All,
        }
    }
}

/// How a stream is answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub(super) layers: Layers,
    /// Whether each answer is handed on as soon as it is there, or all of a batch together.
    pub(super) by_line: bool,
}

/// What is told of a stream while it is answered.
pub(super) trait Watch {
    /// A line cannot be answered.
    fn refused(&mut self, line: u64, error: &str);

    /// A line has been answered, one way or the other; it took this many bytes of the input.
    fn answered(&mut self, taken: u64);
}

/// Tells nobody.
impl Watch for () {
    fn refused(&mut self, _line: u64, _error: &str) {}

    fn answered(&mut self, _taken: u64) {}
}

/// Answers standard input on standard output, or goes on with the answers in a file.
pub(super) fn run(engine: &Engine, manner: Manner, resume: Option<&Path>) -> Result<(), Failure> {
    let input = io::stdin();
    // On a screen that shows the answers, more lines between them would only be in the way.
    let shown = io::stderr().is_terminal() && (resume.is_some() || !io::stdout().is_terminal());
    let mut progress = Progress::new(io::stderr(), shown, progress::size_of(&input));
    let lines = Lines::of(io::BufReader::new(input));
    let done = match resume {
        None => quiet(answer_all(engine, manner, &lines, BufWriter::new(io::stdout().lock()), &mut progress)),
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
