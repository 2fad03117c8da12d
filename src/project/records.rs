//! A project as lists of records: what is stored, and how a project is made whole again from it.

use text_size::TextRange;

use super::row::List;
use super::{
    ApplyError, ArticleRecord, ArticleTag, Contributor, Entity, Event, IdCounters, Judgement, Kind, Learning, Level,
    LogEntry, MAX_ID, Mention, Project, Relation, RelationKind, RowId, Ruling, Taken,
};

/// All records of a project, owned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// The kinds.
    pub tagset: Vec<Kind>,
    /// What articles can be tagged with as a whole.
    pub article_tags: Vec<ArticleTag>,
    /// The kinds of relations.
    pub relation_kinds: Vec<RelationKind>,
    /// How to tag, in Markdown.
    pub guidelines: String,
    /// How much of the events is shown.
    pub level: Level,
    /// Whether decisions change what is suggested.
    pub learning: Learning,
    /// What other projects have learned.
    pub taken: Vec<Taken>,
    /// The articles, in the person's order.
    pub articles: Vec<ArticleRecord>,
    /// The entities, in any order.
    pub entities: Vec<Entity>,
    /// The events, in any order.
    pub events: Vec<Event>,
    /// The mentions, in any order.
    pub mentions: Vec<Mention>,
    /// The relations, in any order.
    pub relations: Vec<Relation>,
    /// The judgements, in any order.
    pub judgements: Vec<Judgement>,
    /// Those whose work it is, in any order.
    pub contributors: Vec<Contributor>,
    /// The rulings, in any order.
    pub rulings: Vec<Ruling>,
    /// The log, the oldest entry first.
    pub log: Vec<LogEntry>,
    /// Where the numbering stood; 0 where the records themselves tell.
    pub next: IdCounters,
}

/// Why records do not make a project.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct RecordError {
    /// The list that holds the record at fault.
    pub list: List,
    /// Its place in the list, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub problem: RecordProblem,
}

/// A record that does not fit the others, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The list that holds it.
    pub list: List,
    /// Its place in the list, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub problem: RecordProblem,
    /// Whether it was kept.
    pub outcome: Outcome,
}

/// What became of a record at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was kept, with this change.
    Repaired(Repair),
    /// It is not in the project.
    SetAside,
}

/// How a record at fault was changed, or the project, so that it could be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// What it refers to and is gone was taken out.
    ReferencesRemoved,
    /// These participants, who are gone, were taken out of an event.
    ParticipantsRemoved(Vec<RowId>),
    /// Participants and figures whose places are outside the text have none any more.
    PlacesRemoved,
    /// A mention moved to where its words stand, in UTF-8 bytes of the text.
    Moved(TextRange),
    /// A mention points at nothing any more.
    TargetRemoved,
    /// It has another id.
    Renumbered(RowId),
    /// Its kind was added to the tagset.
    KindAdded,
}

/// What can be wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordProblem {
    /// An id that an earlier record of the list has; the id as shown.
    #[error("the id {0} is there twice")]
    Duplicate(String),
    /// An id beyond [`MAX_ID`]; the id as shown.
    #[error("the id {0} is too large")]
    IdTooLarge(String),
    /// The range of a participant or of a figure lies outside the text or off a character boundary.
    #[error("the range of a participant or of a figure is outside the text or off a character boundary")]
    ParticipantOutside,
    /// A kind that the tagset does not hold; a project can be without it.
    #[error("the kind “{0}” is not in the tagset")]
    UnknownKind(String),
    /// It does not fit the other records.
    #[error(transparent)]
    Unfit(#[from] ApplyError),
}

impl Project {
    /// Makes a project from records. Costs one sort of each article's mentions.
    ///
    /// # Errors
    /// The first record with an id that is there already, that points at something that is not there, or whose quote
    /// is not what stands in the text.
    pub fn from_records(records: Records) -> Result<Self, RecordError> {
        let (project, faults) = Self::salvage(records, false);
        match faults.into_iter().next() {
            Some(Fault { list, index, problem, .. }) => Err(RecordError { list, index, problem }),
            None => Ok(project),
        }
    }

    /// Where the numbering of records stands.
    pub fn id_counters(&self) -> IdCounters {
        self.next
    }
}

/// Whether an id leaves room for new ones: they must not run out while a person works.
pub(super) fn small_enough(id: u32) -> bool {
    id <= MAX_ID
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{ArticleId, KindId, MentionId, Origin, Tagset};
    use crate::text::{Article, Metadata, Text, byte_range};

    #[test]
    fn an_id_that_leaves_no_room_is_refused() {
        let with_last = |id| {
            let mut records = records();
            records.mentions.last_mut().unwrap().id = MentionId(id);
            Project::from_records(records)
        };
        assert!(with_last(MAX_ID).is_ok());
        let error = with_last(MAX_ID + 1).unwrap_err();
        let problem = RecordProblem::IdTooLarge(MentionId(MAX_ID + 1).to_string());
        assert_eq!(error, RecordError { list: List::Mentions, index: 1, problem });
    }

    fn records() -> Records {
        let text = Text::new("Wang Yi met Lavrov.").unwrap();
        let article = ArticleRecord::new(ArticleId(3), Article { meta: Metadata::default(), text });
        let mention = |id, start, end, quote: &str| {
            let place = (ArticleId(3), byte_range(start, end).unwrap());
            Mention::new(MentionId(id), place, quote, KindId::PERSON, Origin::hand())
        };
        Records {
            tagset: Tagset::default().kinds,
            articles: vec![article],
            mentions: vec![mention(8, 12, 18, "Lavrov"), mention(9, 0, 7, "Wang Yi")],
            ..Records::default()
        }
    }

    #[test]
    fn mentions_are_put_in_order_and_numbering_goes_on() {
        let project = Project::from_records(records()).unwrap();
        assert_eq!(project.mentions(ArticleId(3)).iter().map(|m| m.id.0).collect::<Vec<_>>(), [9, 8]);
        assert_eq!(project.id_counters(), IdCounters { article: 4, mention: 10, ..IdCounters::default() });
        let later = Records { next: IdCounters { mention: 20, ..IdCounters::default() }, ..records() };
        assert_eq!(Project::from_records(later).unwrap().id_counters().mention, 20);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let mut twice = records();
        twice.mentions[1].id = MentionId(8);
        let error = Project::from_records(twice).unwrap_err();
        assert_eq!((error.list, error.index), (List::Mentions, 1));
        assert_eq!(error.to_string(), "the id m8 is there twice");
        let mut off = records();
        off.mentions[0].quote = "Lavrow".into();
        let error = Project::from_records(off).unwrap_err();
        assert_eq!(error.problem, RecordProblem::Unfit(ApplyError::Misfit(MentionId(8).into())));
    }
}
