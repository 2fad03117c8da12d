//! The lines of a journal: written, checked and read. No disk here.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::project::{AnyRecord, ApplyError, Event, Past, Project, Record, Session, Step};
use crate::store::version::{Version, hex};

/// What stands on the first line before the number of the form.
const FORM: &str = "rubricator journal ";
/// The form that is written, and the newest that is read. Form 1 kept events alone of what runs had removed,
/// and said in words what an edit does.
const NUMBER: u64 = 2;
/// How many bytes of a checksum are kept.
const SUM: usize = 8;
/// The most steps of the history that a new journal takes over, and the most bytes that they may have together.
const MAX_STEPS: usize = 1000;
const MAX_HISTORY: usize = 16 << 20;

/// What a journal belongs to, and where the session stood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Begin {
    program: String,
    base: Option<Version>,
    revision: u64,
    last: u64,
}

/// Something that happened, in its order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Entry {
    /// The project or its history changed.
    Record(Record),
    /// A save of the project as it was after so many records was about to take its place.
    Saving {
        /// Counted from the journal's beginning.
        after: u64,
        /// The file's version then.
        version: Version,
    },
}

/// One line without its checksum.
#[derive(Deserialize)]
enum Line {
    Begin(Begin),
    /// Of form 1.
    Removed(Box<Event>),
    Gone(AnyRecord),
    Done(Step),
    Undone(Step),
    Record(Record),
    Saving {
        after: u64,
        version: Version,
    },
}

/// As [`Line`], to write.
#[derive(Serialize)]
enum Out<'a> {
    Begin(&'a Begin),
    Gone(&'a AnyRecord),
    Done(&'a Step),
    Undone(&'a Step),
}

/// The checksum of the last line, which the next one's covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Sum([u8; SUM]);

impl Sum {
    fn next(self, payload: &str) -> Self {
        let digest = Sha256::new().chain_update(self.0).chain_update(payload).finalize();
        let mut sum = [0; SUM];
        sum.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self(sum)
    }

    /// Adds a line.
    pub fn line(&mut self, payload: &str, out: &mut Vec<u8>) {
        *self = self.next(payload);
        out.extend_from_slice(hex(&self.0).as_bytes());
        out.push(b' ');
        out.extend_from_slice(payload.as_bytes());
        out.push(b'\n');
    }
}

/// What stands on the line of an entry, but for the checksum.
pub(super) fn payload(entry: &Entry) -> Result<String, ron::Error> {
    ron::to_string(entry)
}

/// The lines of a new journal: what it belongs to, and as much of the history as is kept, the latest of it.
pub(super) fn beginning(base: Option<&Version>, past: &Past) -> Result<(Vec<u8>, Sum), ron::Error> {
    let mut room = (MAX_STEPS, MAX_HISTORY);
    let undone = latest(&past.undone, &mut room, Out::Undone)?;
    let done = latest(&past.done, &mut room, Out::Done)?;
    let program = concat!("rubricator ", env!("CARGO_PKG_VERSION")).to_owned();
    let begin = Begin { program, base: base.cloned(), revision: past.revision, last: past.last };
    let mut out = format!("{FORM}{NUMBER}\n").into_bytes();
    let mut sum = Sum::default();
    sum.line(&ron::to_string(&Out::Begin(&begin))?, &mut out);
    for record in &past.removed {
        sum.line(&ron::to_string(&Out::Gone(record))?, &mut out);
    }
    done.iter().chain(&undone).for_each(|payload| sum.line(payload, &mut out));
    Ok((out, sum))
}

/// The last steps that there is room for, in their order.
fn latest<'s>(
    steps: &'s [Step],
    room: &mut (usize, usize),
    line: impl Fn(&'s Step) -> Out<'s>,
) -> Result<Vec<String>, ron::Error> {
    let mut lines = Vec::new();
    for step in steps.iter().rev().take(room.0) {
        let payload = ron::to_string(&line(step))?;
        if payload.len() > room.1 {
            *room = (0, 0);
            break;
        }
        *room = (room.0 - 1, room.1 - payload.len());
        lines.push(payload);
    }
    lines.reverse();
    Ok(lines)
}

/// A journal as it was read, as far as it is whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    /// The version of the file that it begins with; none where there was no file.
    pub base: Option<Version>,
    /// The history at its beginning.
    pub past: Past,
    /// What happened since.
    pub entries: Vec<Entry>,
    /// How many bytes are whole.
    pub whole: usize,
    /// How many lines behind those could not be used: one where a write was cut off, more where it was damaged.
    pub lost: usize,
    sum: Sum,
}

/// Why a journal cannot be used at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It does not begin as one.
    #[error("it is damaged at its beginning")]
    Damaged,
    /// Of a later program.
    #[error("it was kept by a newer Rubricator, in form {0}; this program reads up to {NUMBER}")]
    Newer(u64),
}

/// Reads a journal up to the first line that is not whole.
///
/// # Errors
/// Its first two lines are no journal's.
pub fn read_journal(bytes: &[u8]) -> Result<Contents, ReadError> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let first = lines.next().and_then(|line| std::str::from_utf8(line).ok()).ok_or(ReadError::Damaged)?;
    let number = first.strip_prefix(FORM).and_then(|number| number.strip_suffix('\n'));
    match number.and_then(|number| number.parse().ok()) {
        Some(1..=NUMBER) => {}
        Some(newer) if newer > NUMBER => return Err(ReadError::Newer(newer)),
        _ => return Err(ReadError::Damaged),
    }
    let mut sum = Sum::default();
    let begin = lines.next().ok_or(ReadError::Damaged)?;
    let Some(Line::Begin(Begin { base, revision, last, .. })) = checked(begin, &mut sum) else {
        return Err(ReadError::Damaged);
    };
    let past = Past { revision, last, ..Past::default() };
    let whole = first.len() + begin.len();
    let mut contents = Contents { base, past, entries: Vec::new(), whole, lost: 0, sum };
    while let Some(line) = lines.next() {
        if !contents.take(line) {
            contents.lost = 1 + lines.count();
            break;
        }
    }
    Ok(contents)
}

/// What stands on a line, if its checksum is right; `sum` is then its.
fn checked(line: &[u8], sum: &mut Sum) -> Option<Line> {
    let line = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
    let (stated, payload) = line.split_once(' ')?;
    let next = sum.next(payload);
    let line = (stated == hex(&next.0)).then(|| ron::from_str(payload).ok())??;
    *sum = next;
    Some(line)
}

impl Contents {
    fn take(&mut self, bytes: &[u8]) -> bool {
        let mut sum = self.sum;
        let begun = !self.entries.is_empty();
        match checked(bytes, &mut sum) {
            Some(Line::Record(record)) => self.entries.push(Entry::Record(record)),
            Some(Line::Saving { after, version }) => self.entries.push(Entry::Saving { after, version }),
            Some(Line::Removed(event)) if !begun => self.past.removed.push(AnyRecord::Event(event)),
            Some(Line::Gone(record)) if !begun => self.past.removed.push(record),
            Some(Line::Done(step)) if !begun => self.past.done.push(step),
            Some(Line::Undone(step)) if !begun => self.past.undone.push(step),
            _ => return false,
        }
        self.sum = sum;
        self.whole += bytes.len();
        true
    }

    /// The checksum that the next line goes on from.
    pub(super) fn sum(&self) -> Sum {
        self.sum
    }

    /// What happened, in its order.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Record(record) => Some(record),
            Entry::Saving { .. } => None,
        })
    }

    /// How many of the records are in this version of the file; none where the journal belongs to another.
    pub fn saved_in(&self, version: Option<&Version>) -> Option<usize> {
        let later = self.entries.iter().rev().find_map(|entry| match entry {
            Entry::Saving { after, version: saved } if Some(saved) == version => usize::try_from(*after).ok(),
            _ => None,
        });
        later.or_else(|| (self.base.as_ref() == version).then_some(0))
    }

    /// The history as it was when `saved` records had happened.
    pub(super) fn past_at(&self, saved: usize) -> Past {
        let mut session = Session::resume(Project::new(), self.past.clone());
        self.records().take(saved).for_each(|record| session.follow(record.clone()));
        session.past()
    }

    /// The session's revision when `saved` records had happened.
    pub(in crate::store) fn revision_at(&self, saved: usize) -> u64 {
        self.past_at(saved).revision
    }

    /// Does what is in the journal to the project that its file holds, of which `saved` records are in the file already.
    /// Gives the session, how many records were done, and why the next could not be, if so.
    pub fn replay(&self, project: Project, saved: usize) -> (Session, usize, Option<ApplyError>) {
        let mut session = Session::resume(project, self.past_at(saved));
        let mut done = 0;
        for record in self.records().skip(saved) {
            if let Err(error) = session.repeat(record.clone()) {
                return (session, done, Some(error));
            }
            done += 1;
        }
        (session, done, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Action;

    fn journal(form: u64, payloads: &[&str]) -> Vec<u8> {
        let mut out = format!("{FORM}{form}\n").into_bytes();
        let mut sum = Sum::default();
        payloads.iter().for_each(|payload| sum.line(payload, &mut out));
        out
    }

    #[test]
    fn a_journal_of_form_1_keeps_the_words_of_its_steps() {
        let journal = journal(
            1,
            &[
                r#"Begin((program:"rubricator 0.1.0",base:None,revision:1,last:1))"#,
                r#"Done((edit:(label:"Edit guidelines",author:Person,stamp:(by:"Zoë",at:"2022-02-04T09:30:00Z"),changes:[Guidelines(before:"",after:"Tag.")]),before:0,after:1))"#,
                r#"Record(Did((edit:(label:"Mark all \"x\"",author:Person,stamp:(by:"Zoë",at:"2022-02-04T09:30:05Z"),changes:[Guidelines(before:"Tag.",after:"Tag all.")]),before:1,after:2)))"#,
            ],
        );
        let contents = read_journal(&journal).unwrap();
        assert_eq!(contents.lost, 0);
        let (mut session, done, error) = contents.replay(Project::new(), 0);
        assert_eq!((done, error), (1, None));
        assert_eq!(session.project().guidelines(), "Tag all.");
        assert_eq!(session.history().to_undo(), Some(&Action::Words("Mark all \"x\"".to_owned())));
        session.undo().unwrap();
        assert_eq!(session.history().to_undo(), Some(&Action::Words("Edit guidelines".to_owned())));
        let log: Vec<String> =
            session.project().log().iter().map(|entry| crate::wording::logged(&entry.what)).collect();
        assert_eq!(log, ["Mark all \"x\"", "Undo: Mark all \"x\""]);
    }

    #[test]
    fn a_journal_says_what_each_step_does() {
        let journal = journal(
            NUMBER,
            &[
                r#"Begin((program:"rubricator 0.1.0",base:None,revision:0,last:0))"#,
                r#"Record(Did((edit:(action:SetGuidelines,author:Person,stamp:(by:"Zoë",at:"2022-02-04T09:30:00Z"),changes:[Guidelines(before:"",after:"Tag.")]),before:0,after:1)))"#,
            ],
        );
        let contents = read_journal(&journal).unwrap();
        let Some(entry @ Entry::Record(Record::Did(step))) = contents.entries.first() else { panic!("{contents:?}") };
        assert_eq!(step.edit.action, Action::SetGuidelines);
        assert!(String::from_utf8(journal).unwrap().contains(&payload(entry).unwrap()), "it is written as it is read");
    }
}
