//! What a changed day of publication does to the dates of events.

use jiff::civil::{Date, date};

use super::fixture::*;
use crate::project::{
    Action, Author, Change, Edit, Event, EventDate, EventId, KindId, Level, Mention, MentionId, Project, Session,
    Status, ops,
};
use crate::text::Metadata;

const OLD: Date = date(2024, 6, 11);
const NEW: Date = date(2024, 6, 18);

/// Four suggested events of the first article with dates, the last in the background.
fn dated() -> (Project, Vec<MentionId>) {
    let mut project = project();
    let mut made = Vec::new();
    for (words, nth) in [("met", 0), ("praised", 0), ("team", 0), ("Chinese", 0)] {
        let (after, id) = suggest(&project, FIRST, words, nth, &KindId::EVENT);
        project = after;
        made.push(id);
    }
    let edit = |project: &Project| {
        let mut edit = ops::Builder::run(project, me());
        for id in &made {
            let mention = project.mention(*id).unwrap();
            let event = project.event(mention.event().unwrap()).unwrap();
            edit.put(Event { date: Some(EventDate::new(OLD, OLD, "today")), ..event.clone() });
            let level = if Some(id) == made.last() { Level::Everything } else { Level::Kept };
            edit.put(Mention { level, ..mention.clone() });
        }
        edit.finish(Action::Nothing)
    };
    (done(&project, edit), made)
}

fn event_of(project: &Project, mention: MentionId) -> EventId {
    project.mention(mention).unwrap().event().unwrap()
}

fn days(project: &Project, mentions: &[MentionId]) -> Vec<Date> {
    let date = |id: &MentionId| project.event(event_of(project, *id)).unwrap().date.clone().unwrap();
    mentions.iter().map(|id| date(id).start).collect()
}

fn publish(project: &Project, day: Option<Date>) -> Edit {
    let meta = Metadata { date: day, ..project.article(FIRST).unwrap().article.meta.clone() };
    ops::set_metadata(project, FIRST, meta, &same_day, me())
}

#[test]
fn dates_of_open_events_follow_the_day_of_publication_in_the_same_step() {
    let (p, made) = dated();
    let p = done(&p, |p| ops::accept(p, &made[..1], me()));
    let p = done(&p, |p| ops::reject(p, &made[1..2], me()));
    let edit = publish(&p, Some(NEW));
    let after = done(&p, |_| edit.clone());
    assert_eq!(days(&after, &made), [OLD, OLD, NEW, NEW], "accepted, rejected, open, in the background");
    for id in &made[2..] {
        let event = after.event(event_of(&after, *id)).unwrap();
        assert!(!after.is_decided(event), "nobody decided on it");
        assert_eq!(event.date.as_ref().unwrap().text, "today");
        assert_eq!(after.mention(*id), p.mention(*id), "it is shown from the same level on");
    }
    assert_eq!(records(&done(&after, |_| edit.inverse())), records(&p), "one step back");

    // The same day, other details: nothing else changes.
    let other = Metadata { title: "Other".into(), date: Some(NEW), ..Metadata::default() };
    assert_eq!(ops::set_metadata(&after, FIRST, other, &same_day, me()).changes.len(), 1);
    assert_eq!(publish(&after, None).changes.len(), 1, "without a day nothing is known");
}

#[test]
fn dates_of_decided_events_follow_in_a_step_of_their_own() {
    let (p, made) = dated();
    let p = done(&p, |p| ops::accept(p, &made[..1], me()));
    let p = done(&p, |p| ops::reject(p, &made[1..2], me()));
    let p = done(&p, |p| publish(p, Some(NEW)));
    let edit = ops::follow_date(&p, FIRST, &same_day, me());
    assert_eq!((&edit.action, edit.author, edit.changes.len()), (&Action::FollowDate(1), Author::Person, 1));
    let after = done(&p, |_| edit.clone());
    assert_eq!(days(&after, &made), [NEW, OLD, NEW, NEW], "what was rejected stays");
    assert_eq!(after.mention(made[0]).unwrap().status, Status::Accepted);
    assert_eq!(records(&done(&after, |_| edit.inverse())), records(&p));
    assert!(ops::follow_date(&after, FIRST, &same_day, me()).is_empty());
    assert!(ops::follow_date(&after, SECOND, &same_day, me()).is_empty());
}

#[test]
fn undo_brings_no_event_back_that_a_run_has_taken_away() {
    let (p, made) = dated();
    let gone = event_of(&p, made[3]);
    let edit = publish(&p, Some(NEW));
    let mut session = Session::new(p);
    session.apply(edit).unwrap();
    let mut run = ops::Builder::run(session.project(), me());
    run.remove(made[3]);
    run.remove(gone);
    let run = run.finish(Action::Nothing);
    assert!(run.changes.iter().any(|change| matches!(change, Change::Event(_))));
    session.apply(run).unwrap();
    session.undo().unwrap();
    check(session.project());
    assert!(session.project().event(gone).is_none());
    assert_eq!(days(session.project(), &made[..3]), [OLD; 3]);
    session.redo().unwrap();
    check(session.project());
    assert_eq!(days(session.project(), &made[..3]), [NEW; 3]);
}
