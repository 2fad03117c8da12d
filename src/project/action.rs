//! `Action`: what an edit does, as a value, and the words for it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Role;

/// What an edit does, with the names and counts that it is told with.
///
/// All words for it are in this file. They are the window's and the command line's to show, but the log needs them too:
/// the project file keeps each step in words, so that people and later programs can read it, and they are made as the
/// edit is applied.
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
    /// An entity takes part in an event.
    AddParticipant {
        /// The name of the entity.
        name: String,
        /// Its part.
        role: Role,
    },
    /// Kinds and article tags change; these kinds go.
    SetTagset(Vec<RemovedKind>),
    /// An article is given answers to the article tag of this name.
    SetArticleTag(String),
    /// The guidelines are edited.
    SetGuidelines,
    /// A run of the engine brings suggestions for the article of this title.
    Suggest(String),
    /// Known in words alone: a step of a journal of form 1.
    Words(String),
}

/// A kind that goes, and what becomes of its tags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedKind {
    /// Its name.
    pub name: String,
    /// How many live tags it has.
    pub tags: usize,
    /// The name of the kind that they move to; none where they go too.
    pub into: Option<String>,
}

/// How an edit comes to be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Applied {
    First,
    Undone,
    Redone,
}

/// A verb as in what is to be done and as in what has been: "Accept" and "Accepted".
type Verb = (&'static str, &'static str);

const ADD: Verb = ("Add", "Added");
const CHANGE: Verb = ("Change", "Changed");
const EDIT: Verb = ("Edit", "Edited");
const MOVE: Verb = ("Move", "Moved");
const REMOVE: Verb = ("Remove", "Removed");
const SET: Verb = ("Set", "Set");
const SPLIT: Verb = ("Split", "Split");
const TAG: Verb = ("Tag", "Tagged");

impl Action {
    /// Once it is done: "Accepted 3 mentions".
    pub fn done(&self) -> String {
        let ((_, verb), rest) = self.words();
        sentence(verb, &rest).trim_end().to_owned()
    }

    /// As the log keeps it: "Undo: Accept 3 mentions".
    pub(super) fn logged(&self, applied: Applied) -> String {
        match applied {
            Applied::First => self.to_string(),
            Applied::Undone => format!("Undo: {self}"),
            Applied::Redone => format!("Redo: {self}"),
        }
    }

    /// The verb, and what follows it.
    fn words(&self) -> (Verb, String) {
        match self {
            Self::Nothing => (("Do", "Did"), "nothing".to_owned()),
            Self::AddArticles(articles) => (ADD, count(*articles, "article", "articles")),
            Self::RemoveArticle(title) => (REMOVE, title.clone()),
            Self::MoveArticle => (MOVE, "article".to_owned()),
            Self::SetDone(done) => {
                (("Mark", "Marked"), format!("article as {}", if *done { "done" } else { "not done" }))
            }
            Self::SetMetadata => (EDIT, "article details".to_owned()),
            Self::PutBack(title) => (("Put back", "Put back"), format!("“{title}”")),
            Self::Import { articles: 0, mentions: n } => (("Import", "Imported"), mentions(*n)),
            Self::Import { articles, mentions: n } => {
                let articles = count(*articles, "article", "articles");
                (("Import", "Imported"), format!("{articles} with {}", mentions(*n)))
            }
            Self::Accept(n) => (("Accept", "Accepted"), mentions(*n)),
            Self::Reject(n) => (("Reject", "Rejected"), mentions(*n)),
            Self::Restore(n) => (("Bring back", "Brought back"), mentions(*n)),
            Self::Delete(n) => (("Delete", "Deleted"), mentions(*n)),
            Self::SetRange => (CHANGE, "boundaries".to_owned()),
            Self::SetNote => (EDIT, "note".to_owned()),
            Self::SetKind { mentions: n, kind } => (CHANGE, format!("{} to {}", mentions(*n), kind.to_lowercase())),
            Self::Assign { mentions: n, entity } => (("Assign", "Assigned"), format!("{} to {entity}", mentions(*n))),
            Self::JoinEvent { mentions: n, event } => (("Join", "Joined"), format!("{} to {event}", mentions(*n))),
            Self::Tag { places: 1, kind } => (TAG, format!("as {}", kind.to_lowercase())),
            Self::Tag { places, kind } => (TAG, format!("{places} as {}", kind.to_lowercase())),
            Self::Edit(name) => (EDIT, name.clone()),
            Self::Rename { from, to } => (("Rename", "Renamed"), format!("{from} to {to}")),
            Self::Merge { from, into } => (("Merge", "Merged"), format!("{from} into {into}")),
            Self::Split { quote, from } => (SPLIT, format!("{quote} off {from}")),
            Self::AddParticipant { name, role } => (ADD, format!("{name} as {}", role.name())),
            Self::SetTagset(removed) => tagset_words(removed),
            Self::SetArticleTag(name) => (SET, name.to_lowercase()),
            Self::SetGuidelines => (EDIT, "guidelines".to_owned()),
            Self::Suggest(title) => (("Suggestions for", "Suggestions for"), title.clone()),
            Self::Words(words) => (("", ""), words.clone()),
        }
    }
}

impl fmt::Display for Action {
    /// As what is to be done, or undone: "Accept 3 mentions".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((verb, _), rest) = self.words();
        f.write_str(&sentence(verb, &rest))
    }
}

impl RemovedKind {
    fn words(&self) -> (Verb, String) {
        let (name, tags) = (self.name.to_lowercase(), count(self.tags, "tag", "tags"));
        match &self.into {
            Some(into) => (MOVE, format!("{tags} from {name} to {}", into.to_lowercase())),
            None => (REMOVE, format!("{name} with {tags}")),
        }
    }
}

fn tagset_words(removed: &[RemovedKind]) -> (Verb, String) {
    let mut kinds = removed.iter().map(RemovedKind::words);
    let Some((verb, mut rest)) = kinds.next() else { return (CHANGE, "tagset".to_owned()) };
    for ((verb, _), more) in kinds {
        rest.push_str(&format!(", {verb} {more}"));
    }
    (verb, rest)
}

fn sentence(verb: &str, rest: &str) -> String {
    if verb.is_empty() { rest.to_owned() } else { format!("{verb} {rest}") }
}

fn mentions(n: usize) -> String {
    count(n, "mention", "mentions")
}

/// "1 mention", "3 mentions".
fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<(Action, &'static str, &'static str)> {
        let removed = |name: &str, tags, into: Option<&str>| RemovedKind {
            name: name.to_owned(),
            tags,
            into: into.map(str::to_owned),
        };
        let name = |name: &str| name.to_owned();
        vec![
            (Action::Nothing, "Do nothing", "Did nothing"),
            (Action::AddArticles(1), "Add 1 article", "Added 1 article"),
            (Action::AddArticles(1204), "Add 1204 articles", "Added 1204 articles"),
            (Action::RemoveArticle(name("Talks")), "Remove Talks", "Removed Talks"),
            (Action::MoveArticle, "Move article", "Moved article"),
            (Action::SetDone(true), "Mark article as done", "Marked article as done"),
            (Action::SetDone(false), "Mark article as not done", "Marked article as not done"),
            (Action::SetMetadata, "Edit article details", "Edited article details"),
            (Action::PutBack(name("Talks")), "Put back “Talks”", "Put back “Talks”"),
            (Action::Import { articles: 0, mentions: 1 }, "Import 1 mention", "Imported 1 mention"),
            (
                Action::Import { articles: 2, mentions: 7 },
                "Import 2 articles with 7 mentions",
                "Imported 2 articles with 7 mentions",
            ),
            (Action::Accept(3), "Accept 3 mentions", "Accepted 3 mentions"),
            (Action::Reject(1), "Reject 1 mention", "Rejected 1 mention"),
            (Action::Restore(1), "Bring back 1 mention", "Brought back 1 mention"),
            (Action::Delete(2), "Delete 2 mentions", "Deleted 2 mentions"),
            (Action::SetRange, "Change boundaries", "Changed boundaries"),
            (Action::SetNote, "Edit note", "Edited note"),
            (
                Action::SetKind { mentions: 2, kind: name("Person") },
                "Change 2 mentions to person",
                "Changed 2 mentions to person",
            ),
            (
                Action::Assign { mentions: 1, entity: name("Wang Yi") },
                "Assign 1 mention to Wang Yi",
                "Assigned 1 mention to Wang Yi",
            ),
            (
                Action::JoinEvent { mentions: 2, event: name("talks") },
                "Join 2 mentions to talks",
                "Joined 2 mentions to talks",
            ),
            (Action::Tag { places: 1, kind: name("Person") }, "Tag as person", "Tagged as person"),
            (Action::Tag { places: 3, kind: name("Person") }, "Tag 3 as person", "Tagged 3 as person"),
            (Action::Edit(name("Wang Yi")), "Edit Wang Yi", "Edited Wang Yi"),
            (
                Action::Rename { from: name("Wang"), to: name("Wang Yi") },
                "Rename Wang to Wang Yi",
                "Renamed Wang to Wang Yi",
            ),
            (
                Action::Merge { from: name("Wang"), into: name("Wang Yi") },
                "Merge Wang into Wang Yi",
                "Merged Wang into Wang Yi",
            ),
            (
                Action::Split { quote: name("Wang"), from: name("Wang Yi") },
                "Split Wang off Wang Yi",
                "Split Wang off Wang Yi",
            ),
            (
                Action::AddParticipant { name: name("Wang Yi"), role: Role::Actor },
                "Add Wang Yi as actor",
                "Added Wang Yi as actor",
            ),
            (Action::SetTagset(Vec::new()), "Change tagset", "Changed tagset"),
            (
                Action::SetTagset(vec![removed("Ship", 2, Some("Vehicle")), removed("Boat", 1, None)]),
                "Move 2 tags from ship to vehicle, Remove boat with 1 tag",
                "Moved 2 tags from ship to vehicle, Remove boat with 1 tag",
            ),
            (Action::SetArticleTag(name("Topic")), "Set topic", "Set topic"),
            (Action::SetGuidelines, "Edit guidelines", "Edited guidelines"),
            (Action::Suggest(name("Talks")), "Suggestions for Talks", "Suggestions for Talks"),
            (Action::Words(name("Accept 3 mentions")), "Accept 3 mentions", "Accept 3 mentions"),
        ]
    }

    #[test]
    fn each_action_has_its_words() {
        for (action, to_do, done) in rows() {
            assert_eq!((action.to_string(), action.done()), (to_do.to_owned(), done.to_owned()), "{action:?}");
        }
    }

    #[test]
    fn the_log_says_what_was_taken_back_and_done_again() {
        let logged =
            [Applied::First, Applied::Undone, Applied::Redone].map(|applied| Action::Accept(2).logged(applied));
        assert_eq!(logged, ["Accept 2 mentions", "Undo: Accept 2 mentions", "Redo: Accept 2 mentions"]);
    }

    #[test]
    fn an_action_comes_back_as_it_was_stored() {
        for (action, ..) in rows() {
            let stored = ron::to_string(&action).unwrap();
            assert_eq!(ron::from_str::<Action>(&stored).unwrap(), action, "{stored}");
        }
    }
}
