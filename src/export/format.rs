//! What a format is, what part of a project it is given, and what it makes of that.

use std::fmt;

use crate::project::{ArticleId, KindId, MentionId, Project, Stamp, Status};

/// A form in which annotations leave the program.
pub trait Format: Sync {
    /// Its stable name on the command line and in settings: `json`.
    fn id(&self) -> &'static str;

    /// Its name in menus: "CoNLL (IOB2)".
    fn name(&self) -> &'static str;

    /// What it is for.
    fn group(&self) -> Group;

    /// What its files end in, without the dot.
    fn extension(&self) -> &'static str;

    /// One line for a person who chooses.
    fn description(&self) -> &'static str;

    /// Whether an export is one file or a folder of files.
    fn layout(&self) -> Layout {
        Layout::File
    }

    /// Whether it makes rows of events, and tells in [`Export::gaps`] what they lack.
    fn has_gaps(&self) -> bool {
        false
    }

    /// Whether what came of random checks can go out.
    fn holds_checks(&self) -> bool {
        false
    }

    /// Whether relations go out. Of a format that has no place for them [`super::export`] tells how many stay behind.
    fn holds_relations(&self) -> bool {
        false
    }

    /// The selected part of a project in this format; the same input gives the same bytes.
    ///
    /// # Errors
    /// [`ExportError`]; what the format cannot hold is no error but told in [`Export::left_out`].
    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError>;
}

/// What a format is for, in the order of menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// To read or print.
    Read,
    /// For spreadsheets and data frames.
    Tables,
    /// For the analysis of events, and of who appears with whom.
    EventData,
    /// For scripts, and to train models.
    MachineLearning,
    /// For programs in which people annotate.
    Annotation,
    /// For digital editions, archives and linked data.
    Editions,
}

impl Group {
    /// All, in the order of menus.
    pub const ALL: [Self; 6] =
        [Self::Read, Self::Tables, Self::EventData, Self::MachineLearning, Self::Annotation, Self::Editions];

    /// As menus show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::Tables => "Tables",
            Self::EventData => "Event data and networks",
            Self::MachineLearning => "Machine learning",
            Self::Annotation => "Annotation tools",
            Self::Editions => "Editions",
        }
    }
}

/// What an export consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One file, whatever is selected; a person may call it as they like.
    File,
    /// Files that belong together and keep their names.
    Folder,
}

/// Which part of a project goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// These articles, in the project's order; all where `None`.
    pub articles: Option<Vec<ArticleId>>,
    /// Open suggestions as well as accepted mentions. Rejected ones never go out.
    pub suggestions: bool,
    /// Not what was accepted, so that with `suggestions` the open ones go out alone.
    pub unaccepted: bool,
    /// Mentions of these kinds; all where `None`.
    pub kinds: Option<Vec<KindId>>,
    /// Of formats that have gaps: only rows with an actor, a recipient and a date.
    pub complete: bool,
    /// Of formats that have gaps: one row a happening, whichever and how many articles tell of it.
    pub happenings: bool,
    /// Of formats that hold them: what came of the random checks in these articles.
    pub checks: bool,
    /// Of what was accepted only this annotator's decisions; all where `None`.
    pub by: Option<String>,
}

impl Selection {
    /// Whether a mention or relation of this status, with this decision, goes out.
    pub fn takes(&self, status: Status, decision: Option<&Stamp>) -> bool {
        match status {
            Status::Accepted => {
                let by = |name: &String| decision.is_some_and(|decision| decision.is_of(name));
                !self.unaccepted && self.by.as_ref().is_none_or(by)
            }
            Status::Suggested => self.suggestions,
            Status::Rejected => false,
        }
    }
}

/// A finished export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// At least one; exactly one for [`Layout::File`].
    pub files: Vec<File>,
    /// What the format could not hold, in the order of articles and text.
    pub left_out: Vec<LeftOut>,
    /// What its rows lack, where it is a table of events.
    pub gaps: Option<Gaps>,
}

impl Export {
    pub(super) fn file(name: String, bytes: impl Into<Vec<u8>>) -> Self {
        Self { files: vec![File { name, bytes: bytes.into() }], ..Self::default() }
    }
}

/// How many rows of events lack something, to be known before they are counted on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// All rows.
    pub rows: usize,
    /// Those without an actor.
    pub actor: usize,
    /// Those without a recipient.
    pub recipient: usize,
    /// Those of events without a date.
    pub date: usize,
}

impl Gaps {
    /// The gaps of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            rows: self.rows + other.rows,
            actor: self.actor + other.actor,
            recipient: self.recipient + other.recipient,
            date: self.date + other.date,
        }
    }
}

impl fmt::Display for Gaps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, actor, recipient, date } = *self;
        let all = [(actor, "actor"), (recipient, "recipient"), (date, "date")];
        let lacking: Vec<_> = all.into_iter().filter(|(count, _)| *count > 0).collect();
        if rows == 0 {
            return write!(f, "there is no row");
        }
        write!(f, "of {rows} {} ", if rows == 1 { "row" } else { "rows" })?;
        let Some(((count, what), others)) = lacking.split_first() else {
            return write!(f, "none lacks an actor, a recipient or a date");
        };
        write!(f, "{count} {} no {what}", if *count == 1 { "has" } else { "have" })?;
        for (count, what) in others {
            write!(f, ", {count} no {what}")?;
        }
        if date > 0 { write!(f, "; where there is no date, the day of publication stands") } else { Ok(()) }
    }
}

/// A file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// A plain file name that any system accepts, unique in its export.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// One thing that a format could not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The article it belongs to.
    pub article: ArticleId,
    /// That article's title.
    pub title: String,
    /// What it is, in words and with its place: "person “Wang” at 5–9".
    pub what: String,
    /// Why; the same words for all that share the reason.
    pub why: &'static str,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.title, self.what, self.why)
    }
}

/// Why there is no export.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// No article is selected, or the project has none.
    #[error("there is no article to export")]
    NoArticles,
    /// A mention whose words are not what stands in the text; nothing is written rather than a wrong offset.
    #[error("the mention {0} does not fit the text of its article")]
    BadQuote(MentionId),
    /// The bytes could not be made.
    #[error("the export could not be written: {0}")]
    Encode(String),
}
