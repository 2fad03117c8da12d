//! The bytes of a project's file into a project, as far as they can be understood, with all that could not.

use std::borrow::Cow;

use rayon::prelude::*;
use ron::value::RawValue;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::damage::{Damage, Found, Outcome, placed};
use super::layout::{LISTS, Layout, RECORD, Span, layout, name_of, with_lists};
use super::{SCHEMA, plain};
use crate::project::{Fault, IdCounters, Learning, Level, List, Project, Records, Taken};
use crate::store::StoreError;

/// How far into the file the schema version stands at the latest, in bytes.
const HEAD: usize = 64 * 1024;

/// A project file that was opened.
#[derive(Debug)]
pub struct Understood {
    /// What could be understood.
    pub project: Project,
    /// What could not, in the order of the file; empty where the file is whole.
    pub damage: Vec<Damage>,
}

/// A project from the bytes of its file, which must be whole; `name` is the file's, for messages. Every mention's quote
/// is compared with the text, ids are unique, and what records point at exists.
///
/// # Errors
/// Not a project, a newer one, or damaged: with line, column and record.
pub fn from_bytes(bytes: &[u8], name: &str) -> Result<Project, StoreError> {
    let Understood { project, damage } = open_bytes(bytes, name)?;
    match damage.into_iter().next() {
        None => Ok(project),
        Some(Damage { line, column, record, what, .. }) => {
            Err(StoreError::Damaged { name: name.to_owned(), line, column, record, what })
        }
    }
}

/// A project from the bytes of its file, as far as they can be understood.
///
/// # Errors
/// Not a project, or a newer one.
pub fn open_bytes(bytes: &[u8], name: &str) -> Result<Understood, StoreError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let version = schema(bytes);
    if let Some(found) = version.filter(|found| *found > SCHEMA) {
        return Err(StoreError::Newer { name: name.to_owned(), found, known: SCHEMA });
    }
    let layout = layout(bytes);
    if version.is_none() && layout.lists.iter().all(Vec::is_empty) {
        return Err(StoreError::NotAProject { name: name.to_owned() });
    }
    let unknown = version.is_none_or(|version| version == 0).then(|| Found {
        at: 0,
        span: Span::default(),
        record: String::new(),
        what: format!("the schema version cannot be read; it is taken for {SCHEMA}"),
        outcome: Outcome::Read("the records are read all the same"),
    });
    let by_line = Read::new(bytes, &layout).finish();
    // Where records were broken into lines by hand, what failed may be the guess that each has one.
    let whole = if by_line.1.is_empty() { None } else { whole(bytes) };
    let whole = whole.map(|layout| Read::new(bytes, &layout).finish());
    let (project, mut found) = match whole {
        Some(whole) if whole.1.len() < by_line.1.len() => whole,
        _ => by_line,
    };
    found.extend(unknown);
    Ok(Understood { project, damage: placed(bytes, found) })
}

/// The version that the head of a file states.
fn schema(bytes: &[u8]) -> Option<u64> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD))?);
    let (_, after) = head.split_once("schema")?;
    let value = after.trim_start().strip_prefix(':')?.trim_start();
    value.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// A file as RON has it, however it is laid out.
#[derive(Deserialize)]
#[serde(rename = "Project")]
struct Whole<'t> {
    #[serde(default)]
    next: IdCounters,
    #[serde(default)]
    guidelines: String,
    #[serde(default)]
    level: Level,
    #[serde(default)]
    learning: Learning,
    #[serde(default)]
    taken: Vec<Taken>,
    #[serde(borrow)]
    tagset: Vec<&'t RawValue>,
    #[serde(borrow, default)]
    article_tags: Vec<&'t RawValue>,
    #[serde(borrow, default)]
    relation_kinds: Vec<&'t RawValue>,
    #[serde(borrow)]
    articles: Vec<&'t RawValue>,
    #[serde(borrow)]
    entities: Vec<&'t RawValue>,
    #[serde(borrow)]
    events: Vec<&'t RawValue>,
    #[serde(borrow)]
    mentions: Vec<&'t RawValue>,
    #[serde(borrow, default)]
    relations: Vec<&'t RawValue>,
    #[serde(borrow, default)]
    judgements: Vec<&'t RawValue>,
    #[serde(borrow, default)]
    contributors: Vec<&'t RawValue>,
    #[serde(borrow, default)]
    rulings: Vec<&'t RawValue>,
    #[serde(borrow, default)]
    log: Vec<&'t RawValue>,
}

/// Where the records of a file stand that is RON as a whole.
fn whole(bytes: &[u8]) -> Option<Layout> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut whole: Whole<'_> = ron::from_str(text).ok()?;
    let span = |value: &RawValue| {
        let record = value.get_ron().trim();
        let start = record.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
        Some(Span { start, end: start + record.len() })
    };
    let (next, guidelines, level) = (Some(whole.next), std::mem::take(&mut whole.guidelines), whole.level);
    let (learning, taken) = (std::mem::take(&mut whole.learning), std::mem::take(&mut whole.taken));
    let lists = whole.lists().map(|list| list.into_iter().filter_map(span).collect());
    Some(Layout { next, guidelines, level, learning, taken, lists, ..Layout::default() })
}

/// Where a record stands: its place in its list of the file, and its bytes.
#[derive(Clone, Copy)]
struct Place {
    index: usize,
    span: Span,
}

/// Records being read, and what was found wrong on the way.
struct Read<'b> {
    bytes: &'b [u8],
    records: Records,
    /// Where each record stands, as in [`LISTS`].
    places: [Vec<Place>; LISTS.len()],
    /// Kinds may have been lost with a damaged part of the tagset.
    kinds_lost: bool,
    found: Vec<Found>,
}

impl<'b> Read<'b> {
    fn new(bytes: &'b [u8], layout: &Layout) -> Self {
        let mut read = Self {
            bytes,
            records: Records::default(),
            places: Default::default(),
            kinds_lost: false,
            found: Vec::new(),
        };
        read.records.next = layout.next.unwrap_or_default();
        read.records.guidelines.clone_from(&layout.guidelines);
        read.records.level = layout.level;
        read.records.learning.clone_from(&layout.learning);
        read.records.taken.clone_from(&layout.taken);
        read.lists(layout);
        layout.homeless.iter().for_each(|span| read.homeless(*span));
        for stray in &layout.strays {
            let kept = Outcome::Read("no record is lost by it");
            let outcome = if stray.harmless { kept } else { Outcome::SetAside };
            read.tell(stray.span.start, stray.span, String::new(), stray.what.to_owned(), outcome);
        }
        read
    }

    fn tell(&mut self, at: usize, span: Span, record: String, what: String, outcome: Outcome) {
        self.found.push(Found { at, span, record, what, outcome });
    }

    /// Reads a list's records, on all processors, and gives the places of those that could be.
    fn list<T: DeserializeOwned + Send>(
        &mut self,
        list: List,
        spans: &[Span],
        into: impl Fn(&mut Records) -> &mut Vec<T>,
    ) -> Vec<Place> {
        let bytes = self.bytes;
        let places = spans.iter().enumerate().map(|(index, span)| Place { index, span: *span });
        let parsed: Vec<Option<T>> = spans.par_iter().map(|span| whole_record(span.of(bytes))).collect();
        if parsed.iter().all(Option::is_some) {
            // In the memory where they are.
            *into(&mut self.records) = parsed.into_iter().map_while(|record| record).collect();
            return places.collect();
        }
        let (mut records, mut kept) = (Vec::with_capacity(parsed.len()), Vec::with_capacity(parsed.len()));
        for (record, place) in parsed.into_iter().zip(places) {
            match record {
                Some(record) => {
                    records.push(record);
                    kept.push(place);
                }
                None => {
                    for record in self.damaged(list, place) {
                        records.push(record);
                        kept.push(place);
                    }
                }
            }
        }
        *into(&mut self.records) = records;
        kept
    }

    /// What can be taken from a line that is no record as it stands.
    fn damaged<T: DeserializeOwned>(&mut self, list: List, Place { index, span }: Place) -> Vec<T> {
        self.kinds_lost |= matches!(list, List::Tagset | List::RelationKinds);
        let (text, foreign) = readable(span.of(self.bytes));
        let (at, what) = match (foreign, ron::from_str::<T>(&text)) {
            (Some(at), _) => (at, "there are bytes that are not UTF-8".to_owned()),
            (None, Err(error)) => {
                let at = offset(&text, error.span.start.line, error.span.start.col);
                (at, error.code.to_string())
            }
            (None, Ok(record)) => return vec![record],
        };
        let (mut records, mut lost) = (Vec::new(), 0);
        for piece in pieces(&text) {
            match ron::from_str(piece) {
                Ok(record) => records.push(record),
                Err(_) => lost += 1,
            }
        }
        let outcome = match (lost, foreign, records.len()) {
            (0, Some(_), _) => Outcome::Read("each was read as ?"),
            (0, None, 1) => Outcome::Read("what stands behind the record was left out"),
            (0, None, _) => Outcome::Read("the records in it were parted"),
            _ => Outcome::SetAside,
        };
        self.tell(span.start + at, span, describe(list, index), what, outcome);
        records
    }

    /// Takes a line in whose list is not known.
    fn homeless(&mut self, span: Span) {
        let (text, _) = readable(span.of(self.bytes));
        let mut lost = 0;
        for piece in pieces(&text) {
            if !self.any(piece, span) {
                lost += 1;
            }
        }
        let what = "nobody can tell which list this belongs to".to_owned();
        let taken = Outcome::Read("it was taken for what it looks like");
        let outcome = if lost == 0 { taken } else { Outcome::SetAside };
        self.tell(span.start, span, String::new(), what, outcome);
    }

    /// The project, and all that was found wrong.
    fn finish(mut self) -> (Project, Vec<Found>) {
        let (project, faults) = Project::salvage(self.records, self.kinds_lost);
        for Fault { list, index, problem, outcome } in faults {
            let places = LISTS.iter().zip(&self.places).find(|((other, _), _)| *other == list);
            let place = places.and_then(|(_, places)| places.get(index));
            let Some(Place { index, span }) = place.copied() else { continue };
            let record = describe(list, index);
            let (what, outcome) = (problem.to_string(), outcome.into());
            self.found.push(Found { at: span.start, span, record, what, outcome });
        }
        (project, self.found)
    }
}

macro_rules! read_lists {
    ($($name:ident $List:ident;)*) => {
        impl<'t> Whole<'t> {
            /// The records of the lists.
            fn lists(self) -> [Vec<&'t RawValue>; LISTS.len()] {
                [$(self.$name),*]
            }
        }

        impl Read<'_> {
            /// Reads the records of all lists.
            fn lists(&mut self, layout: &Layout) {
                let [$($name),*] = &layout.lists;
                self.places = [$(self.list(List::$List, $name, |records| &mut records.$name)),*];
                self.kinds_lost |= self.places.first().is_none_or(Vec::is_empty);
            }

            /// Whether a record was one of any list.
            fn any(&mut self, text: &str, span: Span) -> bool {
                let [$($name),*] = &mut self.places;
                false $(|| take(text, span, &mut self.records.$name, $name))*
            }
        }
    };
}
with_lists!(read_lists);

/// A record as it is in nearly every file.
fn whole_record<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let text = std::str::from_utf8(bytes).ok()?;
    plain::read(text).or_else(|| ron::from_str(text).ok())
}

fn take<T: DeserializeOwned>(text: &str, span: Span, records: &mut Vec<T>, places: &mut Vec<Place>) -> bool {
    let Ok(record) = ron::from_str(text) else { return false };
    places.push(Place { index: records.len(), span });
    records.push(record);
    true
}

/// Bytes as text, with `?` for each that is no part of a character, so that all others stay where they are; and where
/// the first of these stands.
fn readable(bytes: &[u8]) -> (Cow<'_, str>, Option<usize>) {
    let Err(error) = std::str::from_utf8(bytes) else { return (String::from_utf8_lossy(bytes), None) };
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    (Cow::Owned(text), Some(error.valid_up_to()))
}

/// The records that seem to stand in a damaged line: from where one begins to the last bracket before the next.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut starts: Vec<usize> = text.match_indices(RECORD).map(|(at, _)| at).filter(|at| *at > 0).collect();
    starts.insert(0, 0);
    starts.push(text.len());
    let bounds: Vec<_> = starts.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
    bounds.into_iter().filter_map(|(start, end)| {
        let piece = text.get(start..end)?;
        Some(piece.rfind(')').and_then(|last| piece.get(..=last)).unwrap_or(piece))
    })
}

/// The byte at which a line and a column in characters, both from 1, stand in a text.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = text.match_indices('\n').nth(line.wrapping_sub(2)).map_or(0, |(at, _)| at + 1);
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

fn describe(list: List, index: usize) -> String {
    format!("record {} of the {}", index + 1, name_of(list).replace('_', " "))
}
