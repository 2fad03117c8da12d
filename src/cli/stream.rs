//! `suggest --jsonl`: a document a line in, its suggestions a line out, in the same order and as it goes. Lines that
//! wait are answered together, on all processors.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::suggest::{Answer, Engine, Layers};

/// The longest line that is read, in bytes, without its line end.
const MAX_LINE: usize = 64 << 20;

/// From this many bytes on no more lines are read before some are answered.
const MAX_WAITING: usize = 8 << 20;

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

/// A request that could be read.
struct Request<'l> {
    id: Cow<'l, RawValue>,
    text: String,
    date: Option<Date>,
}

/// A line that could not be answered.
#[derive(Clone, Debug, Serialize)]
struct Refusal<'l> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Cow<'l, RawValue>>,
    error: String,
}

/// Answers every line of `input` with one line on `output`, flushed when the lines that waited with it are answered.
///
/// # Errors
/// What reading or writing fails with; a line that cannot be answered is none.
pub(super) fn run(
    engine: &Engine,
    layers: Layers,
    input: impl BufRead + Send + 'static,
    mut output: impl Write,
) -> io::Result<()> {
    let (send, lines) = mpsc::sync_channel(Engine::batch());
    let waiting = Arc::new(AtomicUsize::new(0));
    let read = Arc::clone(&waiting);
    // Nobody waits for it: when the output is closed, it may be waiting for a line that never comes.
    thread::spawn(move || read_lines(input, &send, &read));
    // What waits when the first has come is answered with it.
    while let Ok(line) = lines.recv() {
        let mut batch = vec![line?];
        while batch.len() < Engine::batch() {
            let Ok(line) = lines.try_recv() else { break };
            batch.push(line?);
        }
        answer(engine, layers, &batch, &mut output)?;
        waiting.fetch_sub(batch.iter().flatten().map(Vec::len).sum(), Ordering::Relaxed);
    }
    Ok(())
}

/// A line, or why it was not kept.
type Line = Result<Vec<u8>, Refusal<'static>>;

/// Sends the lines of `input`, the byte order mark left out, until nobody listens; adds their bytes to `waiting`, and waits
/// where that are too many.
fn read_lines(mut input: impl BufRead, lines: &mpsc::SyncSender<io::Result<Line>>, waiting: &AtomicUsize) {
    let mut first = true;
    loop {
        while waiting.load(Ordering::Relaxed) > MAX_WAITING {
            thread::sleep(Duration::from_millis(1));
        }
        let mut line = Vec::new();
        let read = match next_line(&mut input, &mut line) {
            Ok(Some(read)) => Ok(read.map(|()| line)),
            Ok(None) => return,
            Err(error) => Err(error),
        };
        let read = read.map(|line| {
            line.map(|line| line.strip_prefix(b"\xEF\xBB\xBF").filter(|_| first).map(<[u8]>::to_vec).unwrap_or(line))
        });
        first = false;
        if let Ok(Ok(line)) = &read {
            waiting.fetch_add(line.len(), Ordering::Relaxed);
        }
        let failed = read.is_err();
        if lines.send(read).is_err() || failed {
            return;
        }
    }
}

fn answer(engine: &Engine, layers: Layers, batch: &[Line], output: &mut impl Write) -> io::Result<()> {
    let requests: Vec<Result<Request<'_>, Cow<'_, Refusal<'_>>>> = batch
        .iter()
        .map(|line| match line {
            Ok(line) => parse(line).map_err(Cow::Owned),
            Err(refusal) => Err(Cow::Borrowed(refusal)),
        })
        .collect();
    let texts: Vec<_> = requests.iter().flatten().map(|request| (request.text.as_str(), request.date)).collect();
    let mut found = engine.suggest_all(&texts).into_iter();
    for request in &requests {
        match request {
            Ok(request) => {
                let found = found.next().unwrap_or_default();
                serde_json::to_writer(&mut *output, &Answer::new(&request.id, &request.text, &found, layers))?;
            }
            Err(refusal) => serde_json::to_writer(&mut *output, refusal)?,
        }
        output.write_all(b"\n")?;
    }
    output.flush()
}

/// Reads a line into `line`, without its end; `None` at the end of the input. Of a line that is too long nothing is kept.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<Result<(), Refusal<'static>>>> {
    line.clear();
    // One more for the line end, which tells a line of just the greatest length from one that is too long.
    let read = input.by_ref().take(MAX_LINE as u64 + 1).read_until(b'\n', line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > MAX_LINE {
        line.clear();
        input.skip_until(b'\n')?;
        return Ok(Some(refuse(None, format!("the line is longer than {} MiB", MAX_LINE >> 20))));
    }
    Ok(Some(Ok(())))
}

fn parse(line: &[u8]) -> Result<Request<'_>, Refusal<'_>> {
    let Ok(line) = std::str::from_utf8(line) else { return refuse(None, "the line is not valid UTF-8") };
    let mut fields: BTreeMap<String, &RawValue> = match serde_json::from_str(line) {
        Ok(fields) => fields,
        Err(error) if error.is_data() => return refuse(None, "the line is not a JSON object"),
        Err(error) => return refuse(None, format!("the line is not valid JSON: {}", place(&error))),
    };
    let Some(id) = fields.remove("id").and_then(echo) else { return refuse(None, "the line has no usable \"id\"") };
    let Some(text) = fields.remove("text") else { return refuse(Some(id), "the line has no \"text\"") };
    let text = match serde_json::from_str(text.get()) {
        Ok(text) => text,
        Err(error) if error.is_data() => return refuse(Some(id), "\"text\" is not a string"),
        Err(error) => return refuse(Some(id), format!("\"text\" is not valid Unicode: {}", place(&error))),
    };
    let date = match fields.remove("date").map(|date| date.get()) {
        None | Some("null") => None,
        Some(raw) => match serde_json::from_str::<String>(raw).ok().as_deref().and_then(day) {
            Some(date) => Some(date),
            None => return refuse(Some(id), "\"date\" is not a day written YYYY-MM-DD"),
        },
    };
    Ok(Request { id, text, date })
}

fn refuse<'l, T>(id: Option<Cow<'l, RawValue>>, error: impl Into<String>) -> Result<T, Refusal<'l>> {
    Err(Refusal { id, error: error.into() })
}

/// serde_json's message without its line number, which is always 1 here.
fn place(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at byte ")
}

/// The id as it is given back; `None` for one that holds half a surrogate pair or is nested absurdly deep.
fn echo(raw: &RawValue) -> Option<Cow<'_, RawValue>> {
    let value: serde_json::Value = serde_json::from_str(raw.get()).ok()?;
    if value.is_object() || value.is_array() {
        // White space inside could break the line.
        return serde_json::value::to_raw_value(&value).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(raw))
}

/// A day written YYYY-MM-DD and in no other way.
fn day(text: &str) -> Option<Date> {
    let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let shaped = parts.next().is_none() && digits(year, 4) && digits(month, 2) && digits(day, 2);
    shaped.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()).flatten()
}
