//! A project into the bytes of its file.

use rayon::prelude::*;
use serde::Serialize;

use crate::project::{
    Contributor, Entity, Event, EventType, IdCounters, Judgement, Learning, Level, LogEntry, LoggedAction, Mention,
    Modality, Participant, Project, Relation, Ruling, with_tables,
};
use crate::store::StoreError;
use crate::wording;

/// The newest schema version that is read. Written is the oldest that holds all of a project: 1 where it has neither a log
/// nor guidelines nor article tags, 2 where it has no log, 3 where nothing of its events needs 4, 4 where nothing is said of
/// learning, 5 where there are no relations, 6 where no decision was on a suggestion that was drawn by chance, 7 where nobody
/// has judged what is the same, 8 where it names no annotators.
pub const SCHEMA: u64 = 9;

/// How many records one processor writes at a time.
const PART: usize = 256;
/// How many are written before they are put together.
const BATCH: usize = 64 * PART;
/// About how many bytes of the file are kept in one piece.
const PIECE: usize = 4 << 20;

/// The bytes of a project's file; the same project gives the same bytes.
///
/// # Errors
/// None that a project in memory can bring about.
pub fn to_bytes(project: &Project) -> Result<Vec<u8>, StoreError> {
    Ok(to_pieces(project)?.concat().into_bytes())
}

/// As [`to_bytes`], in pieces of some megabytes, of which there is one at least: to give the memory of a whole file back
/// at once would stop the window for a while.
pub(in crate::store) fn to_pieces(project: &Project) -> Result<Vec<String>, StoreError> {
    let mut out = Pieces { done: Vec::new(), last: String::new() };
    out.push_str("(\n");
    let tags = &project.tagset().article_tags;
    let tagged = !tags.is_empty() || !project.guidelines().is_empty() || project.articles().any(|a| !a.tags.is_empty());
    let schema = match (project.log().is_empty(), tagged) {
        _ if has_contributors(project) => SCHEMA,
        _ if has_judgements(project) => 8,
        _ if has_checks(project) => 7,
        _ if has_relations(project) => 6,
        _ if *project.learning() != Learning::default() || !project.taken().is_empty() => 5,
        _ if has_records(project) => 4,
        (false, _) => 3,
        (true, true) => 2,
        (true, false) => 1,
    };
    out.push_str(&format!("schema: {schema},\n"));
    out.push_str(concat!("program: \"rubricator ", env!("CARGO_PKG_VERSION"), "\",\n"));
    let next = project.id_counters();
    if next != implied(project) {
        out.push_str(&format!("next: {},\n", encode(&next)?));
    }
    if !project.guidelines().is_empty() {
        out.push_str(&format!("guidelines: {},\n", record(&project.guidelines())?));
    }
    if project.level() != Level::default() {
        out.push_str(&format!("level: {},\n", encode(&project.level())?));
    }
    if *project.learning() != Learning::default() {
        out.push_str(&format!("learning: {},\n", record(project.learning())?));
    }
    if !project.taken().is_empty() {
        out.push_str(&format!("taken: {},\n", record(&project.taken().as_ref())?));
    }
    // The keys of kinds are characters, and a quote among them may be escaped: they are left as encoded.
    list(&mut out, "tagset", &project.tagset().kinds, encode)?;
    if !tags.is_empty() {
        list(&mut out, "article_tags", tags, record)?;
    }
    if !project.tagset().relations.is_empty() {
        list(&mut out, "relation_kinds", &project.tagset().relations, encode)?;
    }
    list(&mut out, "articles", project.articles(), record)?;
    tables(&mut out, project)?;
    if !project.log().is_empty() {
        list(&mut out, "log", project.log().iter(), log_entry)?;
    }
    out.push_str(")\n");
    out.done.push(out.last);
    Ok(out.done)
}

/// Whether events have what schema 3 does not know, and an older program would lose.
fn has_records(project: &Project) -> bool {
    let new = |event: &Event| {
        matches!(event.kind, EventType::News(_))
            || event.modality == Modality::Demanded
            || event.worth.is_some()
            || !event.figures.is_empty()
            || !event.is_sure()
            || event.participants.iter().any(|participant| Participant::words(participant).is_some())
            || event.place.as_ref().is_some_and(|place| place.coordinates.is_some())
    };
    let levelled = |mention: &Mention| mention.retold || mention.level != Level::default();
    project.level() != Level::default() || project.events().any(new) || project.all_mentions().any(levelled)
}

/// Whether there are relations or kinds of them, or have been; an older program would lose them.
fn has_relations(project: &Project) -> bool {
    let told = |entry: &LogEntry| !entry.relations_made.is_empty() || !entry.relations.is_empty();
    let made = project.id_counters().relation > 0;
    !project.tagset().relations.is_empty()
        || made && (project.relations().next().is_some() || project.log().iter().any(told))
}

/// Whether suggestions that were drawn by chance were decided on; an older program would lose which.
fn has_checks(project: &Project) -> bool {
    let told = |entry: &LogEntry| {
        entry.changed.iter().any(|was| was.drawn.is_some()) || entry.removed.iter().any(|mention| mention.drawn)
    };
    project.all_mentions().any(|mention| mention.drawn) || project.log().iter().any(told)
}

/// Whether there are judgements, or have been; an older program would lose them.
fn has_judgements(project: &Project) -> bool {
    let told = |entry: &LogEntry| !entry.judgements_made.is_empty() || !entry.judgements.is_empty();
    let made = project.id_counters().judgement > 0;
    made && (project.judgements().next().is_some() || project.log().iter().any(told))
}

/// Whether annotators are named, or have been; an older program would lose them, and with them all rulings.
fn has_contributors(project: &Project) -> bool {
    project.id_counters().contributor > 0
}

/// A text that grows in pieces.
struct Pieces {
    done: Vec<String>,
    last: String,
}

impl Pieces {
    fn push_str(&mut self, text: &str) {
        if self.last.len() + text.len() > PIECE && !self.last.is_empty() {
            self.done.push(std::mem::take(&mut self.last));
        }
        self.last.push_str(text);
    }
}

macro_rules! write_tables {
    ($($Record:ident $Id:ident $one:ident $many:ident $Table:ty;)*) => {
        /// Writes the lists of the tables.
        fn tables(out: &mut Pieces, project: &Project) -> Result<(), StoreError> {
            $(
                let mut records = project.all::<$Record>().peekable();
                // Few projects have these, and older programs know no lists of them.
                let few = matches!(stringify!($many), "relations" | "judgements" | "contributors" | "rulings");
                if records.peek().is_some() || !few {
                    list(out, stringify!($many), records, record::<$Record>)?;
                }
            )*
            Ok(())
        }

        /// Where the numbering would stand if the records that are there were all there ever were.
        fn implied(project: &Project) -> IdCounters {
            let after = |last: Option<u32>| last.map_or(0, |id| id.saturating_add(1));
            IdCounters {
                article: after(project.article_ids().iter().map(|id| id.0).max()),
                $($one: after(project.all::<$Record>().map(|record| record.id.0).max()),)*
            }
        }
    };
}
with_tables!(write_tables);

/// Writes a list, its records on all processors: a few megabytes at a time, so that little is held twice.
fn list<'r, T: Sync + 'r>(
    out: &mut Pieces,
    name: &str,
    records: impl IntoIterator<Item = &'r T>,
    line: fn(&T) -> Result<String, StoreError>,
) -> Result<(), StoreError> {
    out.push_str(name);
    out.push_str(": [\n");
    let records: Vec<&T> = records.into_iter().collect();
    for batch in records.chunks(BATCH) {
        let written: Result<Vec<String>, StoreError> =
            batch.par_chunks(PART).map(|part| part.iter().map(|record| Ok(line(record)? + ",\n")).collect()).collect();
        written?.iter().for_each(|part| out.push_str(part));
    }
    out.push_str("],\n");
    Ok(())
}

/// A step of the log, which files keep in words.
fn log_entry(entry: &LogEntry) -> Result<String, StoreError> {
    match &entry.what {
        LoggedAction::Words(_) => record(entry),
        what => record(&LogEntry { what: LoggedAction::Words(wording::logged(what)), ..entry.clone() }),
    }
}

fn encode<T: Serialize>(record: &T) -> Result<String, StoreError> {
    ron::to_string(record).map_err(|error| StoreError::Encode(error.to_string()))
}

fn record<T: Serialize>(record: &T) -> Result<String, StoreError> {
    Ok(legible(&encode(record)?))
}

/// Undoes the escapes that a reader can do without: the encoder escapes every apostrophe, and each accent or vowel
/// sign that is a character of its own. What cannot be seen, breaks a line or turns the writing around stays escaped.
fn legible(encoded: &str) -> String {
    let mut out = String::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut chars = after.chars();
        let (kept, length) = match chars.next() {
            Some('\'') => (Some('\''), 1),
            Some('u') => unicode(after),
            Some(other) => (None, other.len_utf8()),
            None => (None, 0),
        };
        match kept {
            Some(c) => out.push(c),
            None => {
                out.push('\\');
                out.push_str(after.get(..length).unwrap_or_default());
            }
        }
        rest = after.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The character that `u{301}` at the start stands for, if it may stand for itself; and how long the escape is.
fn unicode(escape: &str) -> (Option<char>, usize) {
    let inner = escape.strip_prefix("u{").and_then(|after| after.split_once('}'));
    let Some((digits, _)) = inner else { return (None, 1) };
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    (c.filter(|c| is_legible(*c)), digits.len() + 3)
}

fn is_legible(c: char) -> bool {
    let hidden = c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{10ffff}');
    // The joiner holds the parts of an emoji together and is seen in that.
    !hidden || c == '\u{200d}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_legible_on_one_line() {
        let text = "Xi’s 'e\u{301}' क्षि ไทย\u{e49} 👩‍🚀 \\u{41} \\' \r\n\t\"\u{202e}\u{2028}\u{feff}\u{0}";
        let line = record(&text).unwrap();
        assert_eq!(
            line,
            "\"Xi’s 'e\u{301}' क्षि ไทย\u{e49} 👩‍🚀 \\\\u{41} \\\\' \\r\\n\\t\\\"\\u{202e}\\u{2028}\\u{feff}\\0\""
        );
        assert_eq!(ron::from_str::<String>(&line).unwrap(), text);
    }
}
