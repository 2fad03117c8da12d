//! What was wrong with a project file: where, what, and what became of it.

use std::fmt;

use memchr::memchr_iter;

use super::layout::Span;
use crate::project::{self, Repair, RowId};

/// How much of a damaged record is shown, in bytes; the file holds all of it.
const SHOWN: usize = 4096;

/// A place of a project file that could not be taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// Which record, as "record 3 of the mentions"; empty outside of records.
    pub record: String,
    /// What is wrong.
    pub what: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What stands there, cut off where it is long.
    pub text: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, record, what, .. } = self;
        write!(f, "Line {line}, column {column}")?;
        if !record.is_empty() {
            write!(f, ", {record}")?;
        }
        write!(f, ": {what}; {}", self.outcome)
    }
}

/// What became of what stands in a damaged place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was read, in the way that these words say.
    Read(&'static str),
    /// It was read, and its record changed so that it could be kept.
    Repaired(Repair),
    /// It is not in the project.
    SetAside,
}

impl From<project::Outcome> for Outcome {
    fn from(outcome: project::Outcome) -> Self {
        match outcome {
            project::Outcome::Repaired(repair) => Self::Repaired(repair),
            project::Outcome::SetAside => Self::SetAside,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let repair = match self {
            Self::Read(words) => return f.write_str(words),
            Self::SetAside => return f.write_str("set aside"),
            Self::Repaired(repair) => repair,
        };
        match repair {
            Repair::ReferencesRemoved => f.write_str("what it refers to and is gone was taken out"),
            Repair::ParticipantsRemoved(gone) => {
                let gone: Vec<String> = gone.iter().map(RowId::to_string).collect();
                write!(f, "its participants {} were taken out", gone.join(", "))
            }
            Repair::PlacesRemoved => f.write_str("those participants and figures have no place in the text any more"),
            Repair::Moved(range) => {
                write!(f, "it stands now where its words stand in the text, at bytes {range:?}")
            }
            Repair::TargetRemoved => f.write_str("it points at nothing now"),
            Repair::Renumbered(id) => write!(f, "it has the id {id} now"),
            Repair::KindAdded => f.write_str("the kind has been added"),
        }
    }
}

impl Damage {
    /// A list of damages as a text to keep: each with what stands there.
    pub fn list(name: &str, damages: &[Self]) -> String {
        let mut out = format!("What could not be understood in “{name}”. The file was left as it is.\n");
        for damage in damages {
            out.push_str(&format!("\n{damage}\n"));
            if !damage.text.is_empty() {
                out.push_str(&format!("    {}\n", damage.text.replace('\n', "\n    ")));
            }
        }
        out
    }
}

/// A damage whose line has not been counted yet.
pub(super) struct Found {
    /// Where exactly.
    pub at: usize,
    /// The record or line that is told of.
    pub span: Span,
    pub record: String,
    pub what: String,
    pub outcome: Outcome,
}

/// Counts the lines of all that was found, in one go through the file, and sorts it by place.
pub(super) fn placed(bytes: &[u8], mut found: Vec<Found>) -> Vec<Damage> {
    found.sort_by_key(|found| found.at);
    let (mut line, mut line_start, mut counted) = (1, 0, 0);
    let place = |found: Found| {
        let at = found.at.clamp(counted, bytes.len());
        for newline in memchr_iter(b'\n', bytes.get(counted..at).unwrap_or_default()) {
            line += 1;
            line_start = counted + newline + 1;
        }
        counted = at;
        let before = bytes.get(line_start..at).unwrap_or_default();
        // Bytes that continue a character are none of their own.
        let column = 1 + before.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        let Found { span, record, what, outcome, .. } = found;
        Damage { line, column, record, what, outcome, text: shown(span.of(bytes)) }
    };
    found.into_iter().map(place).collect()
}

fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(SHOWN)).unwrap_or_default()).into_owned();
    if bytes.len() > SHOWN { text + "…" } else { text }
}
