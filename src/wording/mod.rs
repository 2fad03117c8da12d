//! What an edit does, in words for people: the window's, the command line's, and the log's in a project file;
//! and values as all of these write them.

mod values;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use values::{count, date, days, event_type, number, shortened};

use crate::project::ops::JoinSummary;
use crate::project::{Action, Applied, Disagreement, EventDate, Level, LoggedAction, Project, RemovedKind, Said};

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
const TELL: Verb = ("Tell", "Told");

/// As what is to be done, or undone: "Accept 3 mentions".
pub fn to_do(action: &Action) -> String {
    let ((verb, _), rest) = words(action);
    sentence(verb, &rest)
}

/// Once it is done: "Accepted 3 mentions".
pub fn done(action: &Action) -> String {
    let ((_, verb), rest) = words(action);
    sentence(verb, &rest).trim_end().to_owned()
}

/// As the log has it: "Undo: Accept 3 mentions".
pub fn logged(step: &LoggedAction) -> String {
    match step {
        LoggedAction::Edit(Applied::First, action) => to_do(action),
        LoggedAction::Edit(Applied::Undone, action) => format!("Undo: {}", to_do(action)),
        LoggedAction::Edit(Applied::Redone, action) => format!("Redo: {}", to_do(action)),
        LoggedAction::Words(words) => words.clone(),
    }
}

/// The verb, and what follows it.
fn words(action: &Action) -> (Verb, String) {
    match action {
        Action::Nothing => (("Do", "Did"), "nothing".to_owned()),
        Action::AddArticles(articles) => (ADD, count(*articles, "article", "articles")),
        Action::RemoveArticle(title) => (REMOVE, title.clone()),
        Action::MoveArticle => (MOVE, "article".to_owned()),
        Action::SetDone(done) => {
            (("Mark", "Marked"), format!("article as {}", if *done { "done" } else { "not done" }))
        }
        Action::SetMetadata => (EDIT, "article details".to_owned()),
        Action::SetDetail { detail, articles } => {
            (SET, format!("{} of {}", detail.name(), count(*articles, "article", "articles")))
        }
        Action::FollowDate(n) => (CHANGE, count(*n, "decided date", "decided dates")),
        Action::PutBack(title) => (("Put back", "Put back"), format!("“{title}”")),
        Action::Import { articles: 0, mentions: n } => (("Import", "Imported"), mentions(*n)),
        Action::Import { articles, mentions: n } => {
            let articles = count(*articles, "article", "articles");
            (("Import", "Imported"), format!("{articles} with {}", mentions(*n)))
        }
        Action::Accept(n) => (("Accept", "Accepted"), mentions(*n)),
        Action::Reject(n) => (("Reject", "Rejected"), mentions(*n)),
        Action::Restore(n) => (("Bring back", "Brought back"), mentions(*n)),
        Action::Delete(n) => (("Delete", "Deleted"), mentions(*n)),
        Action::SetRange => (CHANGE, "boundaries".to_owned()),
        Action::SetNote => (EDIT, "note".to_owned()),
        Action::SetKind { mentions: n, kind } => (CHANGE, format!("{} to {}", mentions(*n), kind.to_lowercase())),
        Action::Assign { mentions: n, entity } => (("Assign", "Assigned"), format!("{} to {entity}", mentions(*n))),
        Action::JoinEvent { mentions: n, event } => (("Join", "Joined"), format!("{} to {event}", mentions(*n))),
        Action::Tag { places: 1, kind } => (TAG, format!("as {}", kind.to_lowercase())),
        Action::Tag { places, kind } => (TAG, format!("{places} as {}", kind.to_lowercase())),
        Action::Edit(name) => (EDIT, name.clone()),
        Action::Rename { from, to } => (("Rename", "Renamed"), format!("{from} to {to}")),
        Action::Merge { from, into } => (("Merge", "Merged"), format!("{from} into {into}")),
        Action::MergeEntities { entities, into } => (("Merge", "Merged"), format!("{entities} entities into {into}")),
        Action::MergeEvents { events, into } => (("Merge", "Merged"), format!("{events} events into {into}")),
        Action::Split { quote, from } => (SPLIT, format!("{quote} off {from}")),
        Action::JoinHappening { events, first } => {
            (("Join", "Joined"), format!("{events} events as one happening: {first}"))
        }
        Action::TakeCrosswalk(n) => (("Take in", "Took in"), format!("crosswalk of {}", count(*n, "event", "events"))),
        Action::TellApart { one, other } => (TELL, format!("{one} and {other} apart")),
        Action::TellAllApart(n) => (TELL, format!("{n} records apart")),
        Action::LeaveHappening(event) => (("Take", "Took"), format!("{event} out of its happening")),
        Action::Relate(kind) => (("Relate", "Related"), format!("by “{kind}”")),
        Action::AcceptRelations(n) => (("Accept", "Accepted"), relations(*n)),
        Action::RejectRelations(n) => (("Reject", "Rejected"), relations(*n)),
        Action::RestoreRelations(n) => (("Bring back", "Brought back"), relations(*n)),
        Action::DeleteRelations(n) => (("Delete", "Deleted"), relations(*n)),
        Action::ReverseRelation => (("Reverse", "Reversed"), "relation".to_owned()),
        Action::SetRelationKind { relations: n, kind } => (CHANGE, format!("{} to “{kind}”", relations(*n))),
        Action::AddParticipant { name, role } => (ADD, format!("{name} as {}", role.name())),
        Action::SetTagset(removed) => tagset_words(removed),
        Action::SetArticleTag(name) => (SET, name.to_lowercase()),
        Action::SetGuidelines => (EDIT, "guidelines".to_owned()),
        Action::SetLevel(level) => (("Show", "Showed"), shown_words(*level).to_owned()),
        Action::SetLearning(true) => (("Learn", "Learned"), "from decisions".to_owned()),
        Action::SetLearning(false) => (("Stop", "Stopped"), "learning from decisions".to_owned()),
        Action::Refuse { words, everywhere: false } => {
            (("Decide", "Decided"), format!("on “{words}” anew in this article"))
        }
        Action::Refuse { words, everywhere: true } => {
            (("Forget", "Forgot"), format!("what was decided about “{words}”"))
        }
        Action::TakeMemory(name) => (("Use", "Used"), format!("memory of {name}")),
        Action::Learn(articles) => {
            (("Apply", "Applied"), format!("earlier decisions to {}", count(*articles, "article", "articles")))
        }
        Action::Suggest(title) => (("Suggestions for", "Suggestions for"), title.clone()),
        Action::SetContributors(names) => (("Name", "Named"), format!("as annotators {names}")),
        Action::Adjudicate { articles, mentions: n } => {
            let articles = count(*articles, "article", "articles");
            (("Take over", "Took over"), format!("{} that all annotators of {articles} made", mentions(*n)))
        }
        Action::Rule { differences, words } => (("Settle", "Settled"), ruled(*differences, words)),
        Action::Reopen { differences, words } => (("Leave open", "Left open"), ruled(*differences, words)),
        Action::Words(words) => (("", ""), words.clone()),
    }
}

fn ruled(differences: usize, words: &str) -> String {
    match differences {
        1 => format!("“{words}”"),
        _ => format!("“{words}” and {} more", differences.saturating_sub(1)),
    }
}

/// What the records of a happening disagree on: "killed: 12 in 2 articles, 14 in 1"; with days written as `day` does.
pub fn disagreement(project: &Project, differ: &Disagreement, day: impl Fn(Date) -> String) -> String {
    let slot = differ.values.first().map_or("", |(said, _)| match said {
        Said::Type(..) => "type",
        Said::Date(_) => "date",
        Said::Place(..) => "place",
        Said::Figure(kind, _) => kind.name(),
        Said::Party(role, _) => role.name(),
    });
    let value = |said: &Said| match said {
        Said::Type(kind, mode) => {
            let kind = kind.code().or(kind.class()).unwrap_or_default();
            mode.as_ref().map_or_else(|| kind.to_owned(), |mode| format!("{kind} ({mode})"))
        }
        Said::Date(EventDate { start, end, .. }) if start == end => day(*start),
        Said::Date(EventDate { start, end, .. }) => format!("{} to {}", day(*start), day(*end)),
        Said::Place(name, _) => name.clone(),
        Said::Figure(_, number) => number.to_string(),
        Said::Party(_, who) => project.party_name(who).to_owned(),
    };
    let articles = |(at, n): (usize, usize)| if at == 0 { count(n, "article", "articles") } else { n.to_string() };
    let values = differ.values.iter().enumerate();
    let told = values.map(|(at, (said, of))| format!("{} in {}", value(said), articles((at, of.len()))));
    format!("{slot}: {}", told.collect::<Vec<_>>().join(", "))
}

/// What an annotation set holds: "2 articles, 1 of them in the project already, with 7 tags".
pub fn holds(set: &JoinSummary) -> String {
    let articles = count(set.articles, "article", "articles");
    let present = match (set.present, set.articles) {
        (0, _) => String::new(),
        (1, 1) => ", in the project already,".to_owned(),
        (present, all) if present == all => ", all of them in the project already,".to_owned(),
        (present, _) => format!(", {present} of them in the project already,"),
    };
    let relations = match set.relations {
        0 => String::new(),
        n => format!(" and {}", relations(n)),
    };
    format!("{articles}{present} with {}{relations}", count(set.tags, "tag", "tags"))
}

/// Which files were read: "2 files of brat standoff, 1 file of JSON".
pub fn files_read(files: &BTreeMap<&str, usize>) -> String {
    let told = files.iter().map(|(format, files)| format!("{} of {format}", count(*files, "file", "files")));
    told.collect::<Vec<_>>().join(", ")
}

/// What of the events a level shows.
fn shown_words(level: Level) -> &'static str {
    match level {
        Level::Main => "main events",
        Level::Kept => "events worth keeping",
        Level::Everything => "all events",
    }
}

fn removed_words(removed: &RemovedKind) -> (Verb, String) {
    let tags = if removed.relation { relations(removed.tags) } else { count(removed.tags, "tag", "tags") };
    let name = removed.name.to_lowercase();
    match &removed.into {
        Some(into) => (MOVE, format!("{tags} from {name} to {}", into.to_lowercase())),
        None => (REMOVE, format!("{name} with {tags}")),
    }
}

fn tagset_words(removed: &[RemovedKind]) -> (Verb, String) {
    let mut kinds = removed.iter().map(removed_words);
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

fn relations(n: usize) -> String {
    count(n, "relation", "relations")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Detail, Role};

    fn rows() -> Vec<(Action, &'static str, &'static str)> {
        let removed = |name: &str, tags, into: Option<&str>| RemovedKind {
            name: name.to_owned(),
            tags,
            relation: false,
            into: into.map(str::to_owned),
        };
        let name = |name: &str| name.to_owned();
        vec![
            (Action::Nothing, "Do nothing", "Did nothing"),
            (Action::AddArticles(1), "Add 1 article", "Added 1 article"),
            (Action::AddArticles(1204), "Add 1,204 articles", "Added 1,204 articles"),
            (Action::RemoveArticle(name("Talks")), "Remove Talks", "Removed Talks"),
            (Action::MoveArticle, "Move article", "Moved article"),
            (Action::SetDone(true), "Mark article as done", "Marked article as done"),
            (Action::SetDone(false), "Mark article as not done", "Marked article as not done"),
            (Action::SetMetadata, "Edit article details", "Edited article details"),
            (
                Action::SetDetail { detail: Detail::Source, articles: 2 },
                "Set source of 2 articles",
                "Set source of 2 articles",
            ),
            (Action::FollowDate(1), "Change 1 decided date", "Changed 1 decided date"),
            (Action::FollowDate(2), "Change 2 decided dates", "Changed 2 decided dates"),
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
            (
                Action::JoinHappening { events: 3, first: name("attack") },
                "Join 3 events as one happening: attack",
                "Joined 3 events as one happening: attack",
            ),
            (
                Action::TellApart { one: name("Wang Yi"), other: name("Wang Li") },
                "Tell Wang Yi and Wang Li apart",
                "Told Wang Yi and Wang Li apart",
            ),
            (Action::TakeCrosswalk(4), "Take in crosswalk of 4 events", "Took in crosswalk of 4 events"),
            (Action::TellAllApart(4), "Tell 4 records apart", "Told 4 records apart"),
            (
                Action::LeaveHappening(name("attack")),
                "Take attack out of its happening",
                "Took attack out of its happening",
            ),
            (Action::Relate(name("works for")), "Relate by “works for”", "Related by “works for”"),
            (Action::AcceptRelations(1), "Accept 1 relation", "Accepted 1 relation"),
            (Action::RejectRelations(2), "Reject 2 relations", "Rejected 2 relations"),
            (Action::RestoreRelations(2), "Bring back 2 relations", "Brought back 2 relations"),
            (Action::DeleteRelations(2), "Delete 2 relations", "Deleted 2 relations"),
            (Action::ReverseRelation, "Reverse relation", "Reversed relation"),
            (
                Action::SetRelationKind { relations: 2, kind: name("owns") },
                "Change 2 relations to “owns”",
                "Changed 2 relations to “owns”",
            ),
            (
                Action::SetTagset(vec![RemovedKind { relation: true, ..removed("owns", 2, None) }]),
                "Remove owns with 2 relations",
                "Removed owns with 2 relations",
            ),
            (Action::SetTagset(Vec::new()), "Change tagset", "Changed tagset"),
            (
                Action::SetTagset(vec![removed("Ship", 2, Some("Vehicle")), removed("Boat", 1, None)]),
                "Move 2 tags from ship to vehicle, Remove boat with 1 tag",
                "Moved 2 tags from ship to vehicle, Remove boat with 1 tag",
            ),
            (Action::SetArticleTag(name("Topic")), "Set topic", "Set topic"),
            (Action::SetLevel(Level::Main), "Show main events", "Showed main events"),
            (
                Action::MergeEvents { events: 3, into: name("Talks") },
                "Merge 3 events into Talks",
                "Merged 3 events into Talks",
            ),
            (Action::SetGuidelines, "Edit guidelines", "Edited guidelines"),
            (Action::SetLearning(true), "Learn from decisions", "Learned from decisions"),
            (Action::SetLearning(false), "Stop learning from decisions", "Stopped learning from decisions"),
            (
                Action::Refuse { words: name("Download"), everywhere: false },
                "Decide on “Download” anew in this article",
                "Decided on “Download” anew in this article",
            ),
            (
                Action::Refuse { words: name("Download"), everywhere: true },
                "Forget what was decided about “Download”",
                "Forgot what was decided about “Download”",
            ),
            (Action::TakeMemory(name("Elections")), "Use memory of Elections", "Used memory of Elections"),
            (Action::Learn(2), "Apply earlier decisions to 2 articles", "Applied earlier decisions to 2 articles"),
            (Action::SetContributors(name("Ana, Ben")), "Name as annotators Ana, Ben", "Named as annotators Ana, Ben"),
            (
                Action::Adjudicate { articles: 2, mentions: 7 },
                "Take over 7 mentions that all annotators of 2 articles made",
                "Took over 7 mentions that all annotators of 2 articles made",
            ),
            (Action::Rule { differences: 1, words: name("Kremlin") }, "Settle “Kremlin”", "Settled “Kremlin”"),
            (
                Action::Reopen { differences: 14, words: name("Kremlin") },
                "Leave open “Kremlin” and 13 more",
                "Left open “Kremlin” and 13 more",
            ),
            (Action::Suggest(name("Talks")), "Suggestions for Talks", "Suggestions for Talks"),
            (Action::Words(name("Accept 3 mentions")), "Accept 3 mentions", "Accept 3 mentions"),
        ]
    }

    #[test]
    fn each_action_has_its_words() {
        for (action, before, after) in rows() {
            assert_eq!((to_do(&action), super::done(&action)), (before.to_owned(), after.to_owned()), "{action:?}");
        }
    }

    #[test]
    fn the_log_says_what_was_taken_back_and_done_again() {
        let told = [Applied::First, Applied::Undone, Applied::Redone]
            .map(|how| logged(&LoggedAction::Edit(how, Action::Accept(2))));
        assert_eq!(told, ["Accept 2 mentions", "Undo: Accept 2 mentions", "Redo: Accept 2 mentions"]);
    }
}
