//! Annotation sets of this and other tools into projects: one module a format; a function of its input, never the disk.
//!
//! [`read`] makes a project of what it is given; [`ops::join`](crate::project::ops::join) takes that into another. A new
//! format is a module with a unit struct that is a [`Format`], and a line in [`FORMATS`].

mod brat;
mod cas;
mod cas_json;
mod cas_xmi;
mod conll;
mod crosswalk;
mod doccano;
mod flat;
mod head;
mod json;
mod label_studio;
mod layers;
mod rulings;
mod set;
mod spacy;
mod tei;
mod w3c;
mod webanno;
mod xml;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use crate::project::{ApplyError, Kind, KindId, MAX_ID, Project, RecordError, Records, Schema, Stamp, ops};

pub use crosswalk::{Crosswalk, crosswalk};
pub use head::Head;

/// All formats, in the order in which they are asked whether files are theirs.
pub const FORMATS: &[&dyn Format] = &[
    &json::Json,
    &brat::Brat,
    &conll::Conll,
    &tei::Tei,
    &cas_xmi::CasXmi,
    &cas_json::CasJson,
    &webanno::WebAnno,
    &spacy::Spacy,
    &doccano::Doccano,
    &label_studio::LabelStudio,
    &w3c::W3c,
];

/// What files of any format end in, each once.
pub fn extensions() -> Vec<&'static str> {
    let mut all: Vec<_> = FORMATS.iter().flat_map(|format| format.extensions()).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;

/// A file of an annotation set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path as shown to a person; files that belong together differ only in what they end in.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl File {
    /// What stands behind the last dot of its name, in small letters.
    fn extension(&self) -> String {
        self.split().1.to_lowercase()
    }

    /// The name without what it ends in, folders included.
    fn stem(&self) -> &str {
        self.split().0
    }

    fn split(&self) -> (&str, &str) {
        let folder = self.name.rfind(['/', '\\']).map_or(0, |at| at + 1);
        let dot = self.name.rfind('.').filter(|dot| *dot >= folder);
        dot.and_then(|dot| Some((self.name.get(..dot)?, self.name.get(dot + 1..)?))).unwrap_or((&self.name, ""))
    }

    /// The name without its folders.
    fn base(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }
}

/// A form in which annotations come in.
pub trait Format: Sync {
    /// Its stable name on the command line: `brat`.
    fn id(&self) -> &'static str;

    /// Its name for a person: "brat standoff".
    fn name(&self) -> &'static str;

    /// One line for a person who chooses.
    fn description(&self) -> &'static str;

    /// What files of it end in, the one with the annotations first.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether a file that ends in one of them is of this format and not of another that shares the ending, by how it
    /// begins. The first format of [`FORMATS`] that says so takes it; where none does, the first of the ending.
    fn recognises(&self, _head: &Head<'_>) -> bool {
        true
    }

    /// Whether all its files of one import are read as one set, as each needs others beside it.
    fn together(&self) -> bool {
        false
    }

    /// A project of one set of files that belong together. What a person decided without it being told who or when
    /// gets `stamp`.
    ///
    /// # Errors
    /// [`ImportError`] where nothing can be read; what cannot be held, or does not fit the text, is told in
    /// [`Imported::left_out`].
    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError>;
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// A project of its own.
    pub project: Project,
    /// What was not taken in, in the order of the files.
    pub left_out: Vec<LeftOut>,
    /// How many files were read as which format, by its name; filled by [`read`].
    pub files: BTreeMap<&'static str, usize>,
}

/// One thing that was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stands: the file, and its line where that helps.
    pub place: String,
    /// What it is.
    pub what: String,
    /// Why; the same words for all that share the reason.
    pub why: &'static str,
}

impl LeftOut {
    /// A file that cannot be read, where others can.
    fn file(file: &File, error: &ImportError) -> Self {
        Self { place: file.base().to_owned(), what: error.to_string(), why: "the others are taken in" }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.place, self.what, self.why)
    }
}

/// Why there is nothing to take in. Each message names the file, what is wrong with it and what can be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No file of a known format.
    #[error("“{0}” holds no annotations that can be read. Read are {formats}", formats = names(|format| format.name()))]
    Unknown(String),
    /// A format that is not known by this name.
    #[error("there is no format “{0}” to import; read are {ids}", ids = names(|format| format.id()))]
    NoFormat(String),
    /// Not written as the format wants it.
    #[error("“{name}” cannot be read as {format}: {problem}. Choose a file of that format, or say which other it has")]
    Form {
        /// The file.
        name: String,
        /// The format's name.
        format: &'static str,
        /// What is wrong, and in which line.
        problem: String,
    },
    /// Written by a later version of this program.
    #[error(
        "“{name}” has version {version} of the format, and this program reads up to {known}. Install a newer Rubricator"
    )]
    Newer {
        /// The file.
        name: String,
        /// Its version.
        version: u32,
        /// The newest that is read.
        known: u32,
    },
    /// Annotations without the text that they are of.
    #[error("“{0}” is of a text that is not there. Put the .txt of the same name beside it")]
    NoText(String),
    /// Not UTF-8.
    #[error("“{name}” is not UTF-8: the byte at {at} belongs to no character. Save it as UTF-8 and import it again")]
    NotUtf8 {
        /// The file.
        name: String,
        /// Where, in bytes from 0.
        at: usize,
    },
    /// A text too long to be addressed.
    #[error("“{name}” cannot be read: {problem}")]
    TooLong {
        /// The file.
        name: String,
        /// How long it is.
        problem: String,
    },
    /// The records do not fit together.
    #[error("“{name}” cannot be read: {problem}")]
    Unfit {
        /// The file.
        name: String,
        /// What is wrong.
        problem: RecordError,
    },
    /// Sets do not fit together; a fault of this program.
    #[error("the sets cannot be put together: {0}. Import them one by one")]
    Join(#[from] ApplyError),
}

/// Whether a file holds annotations and is no mere article, by what it ends in and how it begins.
pub fn claims(name: &str, head: &[u8]) -> bool {
    let file = File { name: name.to_owned(), bytes: Vec::new() };
    let (extension, head) = (file.extension(), Head::new(head));
    let ends = |known: &&dyn Format| known.extensions().contains(&extension.as_str());
    extension != TEXT && FORMATS.iter().copied().filter(ends).any(|known| known.recognises(&head))
}

/// Reads annotation sets: each file is one, but for formats whose files belong together. A format's id makes all files
/// be read as that.
///
/// # Errors
/// The first failure, where nothing can be read; else what fails is left out, and the rest taken in.
pub fn read(files: Vec<File>, format: Option<&str>, stamp: &Stamp) -> Result<Imported, ImportError> {
    let first = files.first().map(|file| file.name.clone()).unwrap_or_default();
    let forced = match format {
        Some(id) => Some(index(|known| known.id() == id).ok_or_else(|| ImportError::NoFormat(id.to_owned()))?),
        None => None,
    };
    let mut sets: BTreeMap<usize, Vec<Vec<File>>> = BTreeMap::new();
    for (index, file) in owned(files, forced) {
        let sets = sets.entry(index).or_default();
        let together = FORMATS.get(index).is_some_and(|format| format.together());
        match sets.last_mut().filter(|_| together) {
            Some(set) => set.push(file),
            None => sets.push(vec![file]),
        }
    }
    let mut whole: Option<Imported> = None;
    let mut failed: Vec<(File, ImportError)> = Vec::new();
    for (index, set) in sets.into_iter().flat_map(|(index, sets)| sets.into_iter().map(move |set| (index, set))) {
        let Some(format) = FORMATS.get(index) else { continue };
        let next = match format.read(&set, stamp) {
            Ok(next) => Imported { files: BTreeMap::from([(format.name(), set.len())]), ..next },
            Err(error) => {
                failed.extend(set.into_iter().next().map(|file| (file, error)));
                continue;
            }
        };
        match &mut whole {
            None => whole = Some(next),
            Some(whole) => {
                let edit = ops::join(&whole.project, &next.project, stamp.clone());
                whole.project.apply(&edit)?;
                whole.left_out.extend(next.left_out);
                for (format, files) in next.files {
                    *whole.files.entry(format).or_default() += files;
                }
            }
        }
    }
    let told: Vec<LeftOut> = failed.iter().map(|(file, error)| LeftOut::file(file, error)).collect();
    match whole {
        Some(mut whole) => {
            whole.left_out.extend(told);
            Ok(whole)
        }
        None => Err(failed.into_iter().next().map_or(ImportError::Unknown(first), |(_, error)| error)),
    }
}

/// The files, each with the place in [`FORMATS`] of its format. A text goes to the formats whose annotations lie beside
/// it; one whose annotations hold the text themselves is not needed.
fn owned(files: Vec<File>, forced: Option<usize>) -> Vec<(usize, File)> {
    let mut owned = Vec::new();
    let mut texts = Vec::new();
    for file in files {
        match forced.or_else(|| recognised(&file)) {
            Some(_) if forced.is_none() && file.extension() == TEXT => texts.push(file),
            Some(index) => owned.push((index, file)),
            None => {}
        }
    }
    let mut stems: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, file) in &owned {
        stems.entry(file.stem().to_owned()).or_default().push(*index);
    }
    for text in texts {
        let alone = [index(|known| known.extensions().contains(&TEXT)).unwrap_or_default()];
        let beside = stems.get(text.stem()).map_or(alone.as_slice(), Vec::as_slice);
        for index in beside.iter().copied() {
            if FORMATS.get(index).is_some_and(|format| format.extensions().contains(&TEXT)) {
                owned.push((index, text.clone()));
            }
        }
    }
    owned
}

/// What the files end in that hold only the text of the annotations beside them.
const TEXT: &str = "txt";

/// The place in [`FORMATS`] of the format that a file is of.
fn recognised(file: &File) -> Option<usize> {
    let extension = file.extension();
    let ends = |known: &dyn Format| known.extensions().contains(&extension.as_str());
    let head = Head::new(&file.bytes);
    index(|known| ends(known) && known.recognises(&head)).or_else(|| index(ends))
}

fn index(is: impl Fn(&dyn Format) -> bool) -> Option<usize> {
    FORMATS.iter().position(|format| is(*format))
}

/// What all formats are called, for a person.
fn names(of: impl Fn(&dyn Format) -> &'static str) -> String {
    FORMATS.iter().map(|format| of(*format)).collect::<Vec<_>>().join(", ")
}

/// A project of records, which have been made to fit.
fn project(name: &str, records: Records) -> Result<Project, ImportError> {
    Project::from_records(records).map_err(|problem| ImportError::Unfit { name: name.to_owned(), problem })
}

/// Reads each of `documents`, which are of `files`, into a set. What fails is told, where another does not.
fn each<'s>(
    documents: Vec<&File>,
    files: &[File],
    mut set: set::Set<'s>,
    mut read: impl FnMut(&mut set::Set<'s>, &File) -> Result<(), ImportError>,
) -> Result<Imported, ImportError> {
    let first = documents.first().copied().or(files.first());
    let name = first.map_or("", |file| file.base()).to_owned();
    let mut failed = None;
    for file in documents {
        if let Err(error) = read(&mut set, file) {
            set.left_out.push(LeftOut::file(file, &error));
            failed.get_or_insert(error);
        }
    }
    if set.records.articles.is_empty() { Err(failed.unwrap_or(ImportError::Unknown(name))) } else { set.finish(&name) }
}

fn utf8(file: &File) -> Result<&str, ImportError> {
    std::str::from_utf8(&file.bytes)
        .map_err(|error| ImportError::NotUtf8 { name: file.name.clone(), at: error.valid_up_to() })
}

/// Ids as numbers that are kept where they can be and are never given twice.
#[derive(Default)]
struct Numbers {
    used: HashSet<u32>,
    next: u32,
}

impl Numbers {
    /// The number of an id like `m12`, or the first free one.
    fn take(&mut self, id: &str) -> u32 {
        let own = id.get(1..).and_then(|digits| digits.parse().ok());
        if let Some(number) = own.filter(|number| *number <= MAX_ID && self.used.insert(*number)) {
            return number;
        }
        while !self.used.insert(self.next) {
            self.next += 1;
        }
        self.next
    }
}

/// A kind that a new project has not, in the key that comes after its own.
fn new_kind(id: &KindId, name: &str, plural: &str, schema: Schema) -> Kind {
    Kind::new(id.clone(), name, plural, '4', schema)
}
