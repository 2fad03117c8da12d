//! Going on where an earlier run of the same stream stopped: what it has answered is passed over.

use std::borrow::Cow;
use std::io::Write;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lines::{Line, Lines};
use super::progress::Progress;
use super::request::parse;
use crate::cli::failure::Failure;
use crate::store::Answers;

/// What an answer says of the line that it answers.
#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow, default)]
    id: Option<Cow<'a, RawValue>>,
}

/// Passes over the lines that have their answers in `answers`, each of which must be the answer to its line.
///
/// # Errors
/// Reading fails, or the answers are not those to these lines.
pub(super) fn skip<W: Write>(lines: &Lines, answers: &mut Answers, progress: &mut Progress<W>) -> Result<(), Failure> {
    let mut count = 0_u64;
    while let Some(answer) = answers.next_answer().map_err(Failure::new)? {
        count += 1;
        let wrong =
            |what: &str| Failure::usage(format!("“{}”:{count}: {what}. Nothing was written", answers.path().display()));
        let head: Head<'_> = serde_json::from_slice(&answer).map_err(|_| wrong("this is no answer of this program"))?;
        let Some(line) = lines.next() else {
            return Err(wrong("there are more answers than lines in the input: is it another one?"));
        };
        let line = line.map_err(Failure::new)?;
        if !fits(&line, head.id.as_deref()) {
            return Err(wrong("the input's line of the same number has another id: is it another input?"));
        }
        progress.skipped(line.taken);
        lines.done(&[line]);
    }
    if count > 0 {
        let (lines, have, them) = if count == 1 { ("line", "has", "it") } else { ("lines", "have", "them") };
        progress.say(&format!("{count} {lines} {have} been answered before, going on behind {them}"));
    }
    Ok(())
}

/// Whether an answer with that id is one to that line. A line that cannot be understood may have none.
fn fits(line: &Line, id: Option<&RawValue>) -> bool {
    let asked = match &line.bytes {
        Ok(bytes) => match parse(bytes) {
            Ok(request) => Some(request.id),
            Err(refusal) => refusal.id,
        },
        Err(_) => None,
    };
    asked.map(|asked| asked.get().to_owned()).as_deref() == id.map(RawValue::get)
}
