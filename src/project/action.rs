//! `Action`: what an edit does, as a value. The words for it are `wording`'s.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Detail, Level, Role};

/// What an edit does, with the names and counts that it is told with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// Nothing, for what it was to be done to is not there.
    Nothing,
    /// So many articles come in.
    AddArticles(usize),
    /// The article of this title goes.
    RemoveArticle(String),
    /// An article moves in the list.
    MoveArticle,
    /// An article is called done, or no longer.
    SetDone(bool),
    /// An article's metadata is edited.
    SetMetadata,
    /// A field of the metadata of several articles gets one value.
    SetDetail {
        /// Which field.
        detail: Detail,
        /// How many articles.
        articles: usize,
    },
    /// So many dates that a person decided on follow the day of publication.
    FollowDate(usize),
    /// The article of this title becomes what it was before a step of the log.
    PutBack(String),
    /// Another project is taken in.
    Import {
        /// How many articles are new.
        articles: usize,
        /// How many mentions are new or changed.
        mentions: usize,
    },
    /// So many mentions are accepted.
    Accept(usize),
    /// So many mentions are rejected.
    Reject(usize),
    /// So many rejected mentions come back.
    Restore(usize),
    /// So many mentions are deleted.
    Delete(usize),
    /// The ends of a mention move.
    SetRange,
    /// The note of a mention is edited.
    SetNote,
    /// Mentions become ones of another kind.
    SetKind {
        /// How many.
        mentions: usize,
        /// The name of the kind.
        kind: String,
    },
    /// Mentions are pointed at an entity.
    Assign {
        /// How many.
        mentions: usize,
        /// The name of the entity.
        entity: String,
    },
    /// Mentions are pointed at an event.
    JoinEvent {
        /// How many.
        mentions: usize,
        /// The name of the event.
        event: String,
    },
    /// Places of texts are tagged.
    Tag {
        /// How many.
        places: usize,
        /// The name of the kind.
        kind: String,
    },
    /// The entity or event of this name is edited.
    Edit(String),
    /// An entity is given another name.
    Rename {
        /// The name that it had.
        from: String,
        /// The name that it gets.
        to: String,
    },
    /// Events are merged into one.
    MergeEvents {
        /// How many they were.
        events: usize,
        /// The name of the one that stays.
        into: String,
    },
    /// Entities are merged into one.
    MergeEntities {
        /// How many they were.
        entities: usize,
        /// The name of the one that stays.
        into: String,
    },
    /// An entity or event is merged into another.
    Merge {
        /// The name of the one that goes.
        from: String,
        /// The name of the one that stays.
        into: String,
    },
    /// Mentions are split off the entity or event that they point at.
    Split {
        /// The words of the first of them.
        quote: String,
        /// The name of what they pointed at.
        from: String,
    },
    /// Events of different articles are one happening.
    JoinHappening {
        /// How many.
        events: usize,
        /// The name of the first.
        first: String,
    },
    /// A crosswalk says which of so many events are one happening.
    TakeCrosswalk(usize),
    /// Two entities or events are not the same.
    TellApart {
        /// The name of the one.
        one: String,
        /// The name of the other.
        other: String,
    },
    /// So many entities or events are not the same.
    TellAllApart(usize),
    /// The event of this name is no part of its happening.
    LeaveHappening(String),
    /// Two mentions are related by the kind of this name.
    Relate(String),
    /// So many relations are accepted.
    AcceptRelations(usize),
    /// So many relations are rejected.
    RejectRelations(usize),
    /// So many rejected relations come back.
    RestoreRelations(usize),
    /// So many relations are deleted.
    DeleteRelations(usize),
    /// A relation is turned round.
    ReverseRelation,
    /// Relations become ones of another kind.
    SetRelationKind {
        /// How many.
        relations: usize,
        /// The name of the kind.
        kind: String,
    },
    /// An entity takes part in an event.
    AddParticipant {
        /// The name of the entity.
        name: String,
        /// Its part.
        role: Role,
    },
    /// Kinds and article tags change; these kinds go.
    SetTagset(Vec<RemovedKind>),
    /// An article is given answers to the article tag of this name, or of these.
    SetArticleTag(String),
    /// The guidelines are edited.
    SetGuidelines,
    /// More or fewer events are shown.
    SetLevel(Level),
    /// Decisions change what is suggested from now on, or no longer.
    SetLearning(bool),
    /// What was decided about these words elsewhere does not count in the article, or with `true` in no other.
    Refuse {
        /// The words.
        words: String,
        /// In the whole project.
        everywhere: bool,
    },
    /// What the project of this name has learned is used.
    TakeMemory(String),
    /// What was decided changes what is suggested in so many articles.
    Learn(usize),
    /// A run of the engine brings suggestions for the article of this title.
    Suggest(String),
    /// The project is said to be the work of these, by name.
    SetContributors(String),
    /// What all annotators agree on comes in.
    Adjudicate {
        /// How many articles.
        articles: usize,
        /// How many mentions.
        mentions: usize,
    },
    /// Differences of annotators are settled.
    Rule {
        /// How many.
        differences: usize,
        /// The words that the first is about.
        words: String,
    },
    /// Differences of annotators are left open again.
    Reopen {
        /// How many.
        differences: usize,
        /// The words that the first is about.
        words: String,
    },
    /// Known in words alone: a step of a journal of form 1.
    Words(String),
}

/// A kind that goes, and what becomes of its tags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedKind {
    /// Its name.
    pub name: String,
    /// How many live tags it has, or relations.
    pub tags: usize,
    /// Whether it is a kind of relation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub relation: bool,
    /// The name of the kind that they move to; none where they go too.
    pub into: Option<String>,
}

/// How an edit came to be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It was made.
    First,
    /// It was taken back.
    Undone,
    /// It was done again.
    Redone,
}

/// What a step of the log did. A file keeps it in words, which are put there as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoggedAction {
    /// An edit was applied.
    Edit(Applied, Action),
    /// In words, as a file had it.
    Words(String),
}

impl LoggedAction {
    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Edit(..) => 32,
            Self::Words(words) => words.len(),
        }
    }
}

impl Serialize for LoggedAction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Words(words) => serializer.serialize_str(words),
            Self::Edit(..) => Err(serde::ser::Error::custom("a step is put in words before it is written")),
        }
    }
}

impl<'de> Deserialize<'de> for LoggedAction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::Words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_comes_back_as_it_was_stored() {
        let removed =
            RemovedKind { name: "Ship".to_owned(), tags: 2, relation: false, into: Some("Vehicle".to_owned()) };
        for action in [
            Action::Nothing,
            Action::Accept(3),
            Action::SetKind { mentions: 2, kind: "Person".to_owned() },
            Action::SetTagset(vec![removed]),
            Action::Words("Accept 3 mentions".to_owned()),
        ] {
            let stored = ron::to_string(&action).unwrap();
            assert_eq!(ron::from_str::<Action>(&stored).unwrap(), action, "{stored}");
        }
    }
}
