//! A mention: a range of an article that names a person, a country, an event.

use std::cmp::Reverse;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text_size::TextRange;

use super::row::{List, Place, Row};
use super::{ArticleId, EntityId, EventId, KindId, Level, MentionId, RowId};
use crate::text::Text;

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The annotator's name, as the settings have it.
    pub by: SmolStr,
    /// When, in UTC.
    pub at: Timestamp,
}

impl Stamp {
    /// What stands between the names of several whose decision it was.
    pub const AND: &str = " + ";

    /// The names of those whose decision it was.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by.split(Self::AND)
    }

    /// Whether it was the decision of somebody, with others or without.
    pub fn is_of(&self, name: &str) -> bool {
        self.by == name || self.names().any(|own| own == name)
    }
}

/// How far a mention has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Proposed by a source, not looked at yet.
    Suggested,
    /// Accepted, edited or made by a person.
    Accepted,
    /// Rejected by a person; kept so that no run proposes it again. Without a decision it is held back: what was decided
    /// elsewhere speaks against it.
    Rejected,
}

/// What a mention points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// A person, a country, or whatever else the kind names.
    Entity(EntityId),
    /// An event record of the same article.
    Event(EventId),
}

impl From<Target> for RowId {
    fn from(target: Target) -> Self {
        match target {
            Target::Entity(id) => id.into(),
            Target::Event(id) => id.into(),
        }
    }
}

/// Where a record came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// `hand`, or the name of the source that proposed it.
    pub source: SmolStr,
    /// The probability that the source gave it, 0 to 1; none for what a person made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f32>,
    /// Why, in words for a person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Origin {
    /// What a person made.
    pub fn hand() -> Self {
        Self { source: SmolStr::new_static("hand"), score: None, reason: String::new() }
    }

    /// Whether a person made it, rather than a source.
    pub fn is_hand(&self) -> bool {
        self.source == "hand"
    }
}

/// The range and kind that a source had proposed, kept once a person changed either, so that no run proposes it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// The range as proposed.
    pub range: TextRange,
    /// The kind as proposed.
    pub kind: KindId,
}

/// A range of an article's text that names something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Unique in the project.
    pub id: MentionId,
    /// The article it lies in.
    pub article: ArticleId,
    /// UTF-8 bytes of the article's text.
    pub range: TextRange,
    /// The words under `range`, to the letter.
    pub quote: SmolStr,
    /// What kind of thing it names.
    pub kind: KindId,
    /// Which one; none while nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// How it names it: for a country `name`, `demonym`, `capital` or `government`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<SmolStr>,
    /// From which level on its event is shown, where it tells of one.
    #[serde(default, skip_serializing_if = "Level::is_usual")]
    pub level: Level,
    /// Whether its event is told more clearly elsewhere: then it is shown, counted and decided on with the mention there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retold: bool,
    /// How far it has come.
    pub status: Status,
    /// Which source proposed it, or a person.
    pub origin: Origin,
    /// What the source had proposed, where a person changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Proposed>,
    /// Who last decided on it, and when; none for a suggestion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Stamp>,
    /// Whether it was drawn by chance for a person to decide on; never of a suggestion.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub drawn: bool,
    /// A person's remark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Mention {
    /// A suggestion that points at nothing yet. The `quote` is what the article has at the range.
    pub fn new(
        id: MentionId,
        (article, range): (ArticleId, TextRange),
        quote: &str,
        kind: KindId,
        origin: Origin,
    ) -> Self {
        Self {
            id,
            article,
            range,
            quote: SmolStr::new(quote),
            kind,
            target: None,
            subtype: None,
            level: Level::default(),
            retold: false,
            status: Status::Suggested,
            origin,
            proposed: None,
            decision: None,
            drawn: false,
            note: String::new(),
        }
    }

    /// The order of mentions in an article: by start, the longer first, then by id.
    pub fn order(&self) -> (u32, Reverse<u32>, MentionId) {
        order(self.range, self.id)
    }

    /// Whether it is a suggestion that no person has decided on.
    pub fn is_open(&self) -> bool {
        self.status == Status::Suggested && self.decision.is_none()
    }

    /// Whether it is a suggestion that what was decided elsewhere speaks against.
    pub fn is_held(&self) -> bool {
        self.status == Status::Rejected && self.decision.is_none()
    }

    /// Whether it is a suggestion that no person has decided on, be it held back.
    pub fn is_undecided(&self) -> bool {
        self.is_open() || self.is_held()
    }

    /// Whether it is shown at a level. What a person has decided on always is, and so is all that is no event.
    pub fn is_shown(&self, level: Level) -> bool {
        self.level <= level || self.decision.is_some() || self.event().is_none()
    }

    /// Whether it stands in the text, suggested or accepted, and is shown at a level.
    pub fn stands(&self, level: Level) -> bool {
        self.is_live() && self.is_shown(level)
    }

    /// Whether it is shown at a level for itself: underlined, counted, gone to.
    pub fn stands_out(&self, level: Level) -> bool {
        !self.retold && self.is_shown(level)
    }

    /// From which level on it has its event shown. What a person has decided on is kept.
    pub fn shows_from(&self) -> Level {
        match self.decision {
            Some(_) => self.level.min(Level::Kept),
            None => self.level,
        }
    }

    /// The event that it tells of.
    pub fn event(&self) -> Option<EventId> {
        match self.target {
            Some(Target::Event(id)) => Some(id),
            _ => None,
        }
    }

    /// The kind that was suggested, and whether a person has accepted it as it was, with these words and this kind.
    pub fn as_suggested(&self) -> (&KindId, bool) {
        let kind = self.proposed.as_ref().map_or(&self.kind, |proposed| &proposed.kind);
        (kind, self.status == Status::Accepted && self.proposed.is_none())
    }

    /// Whether it stands in the text: suggested or accepted.
    pub fn is_live(&self) -> bool {
        self.status != Status::Rejected
    }
}

/// Where a mention of this range and id comes in [`Mention::order`].
pub(super) fn order(range: TextRange, id: MentionId) -> (u32, Reverse<u32>, MentionId) {
    (range.start().into(), Reverse(range.end().into()), id)
}

impl Row for Mention {
    type Id = MentionId;

    const LIST: List = List::Mentions;
    const IS_TARGET: bool = true;
    const IS_UNIQUE: bool = false;

    fn id(&self) -> MentionId {
        self.id
    }

    fn renumber(&mut self, id: MentionId) {
        self.id = id;
    }

    fn articles(&self) -> impl Iterator<Item = ArticleId> {
        std::iter::once(self.article)
    }

    fn place(&self) -> Place {
        let (start, end) = (self.range.start().into(), Reverse(self.range.end().into()));
        (self.article, start, end)
    }

    fn refers_to(&self) -> impl Iterator<Item = RowId> {
        self.target.into_iter().map(RowId::from)
    }

    /// Whether its quote is what stands in the text.
    fn fits<'t>(&self, text: &dyn Fn(ArticleId) -> Option<&'t Text>) -> bool {
        let covered = text(self.article).and_then(|text| text.slice(self.range));
        !self.range.is_empty() && covered == Some(self.quote.as_str())
    }

    fn kind(&self) -> Option<&KindId> {
        Some(&self.kind)
    }

    fn forget(&mut self, gone: &dyn Fn(RowId) -> bool) -> bool {
        self.target = self.target.filter(|target| !gone((*target).into()));
        true
    }

    /// Suggestions of the same range and kind that nobody has decided on do.
    fn gives_way_to(&self, other: &Self) -> bool {
        self.is_undecided() && self.kind == other.kind && self.id != other.id
    }

    fn is_missed(after: Option<&Self>) -> bool {
        after.is_none_or(|mention| !mention.is_live() && mention.origin.is_hand())
    }
}
