//! Dates of events that are read again.

use jiff::civil::date;

use super::*;
use crate::project::{Stamp, ops};
use crate::suggest::{Engine, Options, edit};
use crate::text::{Article, Metadata, Text};

const TUESDAY: Date = date(2024, 6, 11);

const STRIKE: &str = "Bus drivers strike in Malmberg over night shifts

Some 1,200 bus drivers in Malmberg went on strike on Monday after talks between their union and the city broke down.

The city council rejected the demand on 2 May 2024. Police arrested two drivers last Friday. A court sentenced a driver in 2019.

Mayor Ingrid Solvang will meet the union on Wednesday.";

fn me() -> Stamp {
    Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH }
}

/// A project with an article of this day, and what the engine finds in it.
fn project(text: &str, day: Date) -> (Project, ArticleId) {
    let meta = Metadata { date: Some(day), ..Metadata::default() };
    let mut project = Project::new();
    let article = Article { meta, text: Text::new(text).unwrap() };
    project.apply(&ops::add_articles(&project, vec![article], me())).unwrap();
    let id = project.article_ids()[0];
    let found = Engine::new(Options::default()).suggest(&Document::new(text, Some(day)));
    project.apply(&edit(&project, id, &found, me())).unwrap();
    (project, id)
}

/// The events whose dates are in these words.
#[track_caller]
fn told(project: &Project, words: &str) -> Vec<EventId> {
    let says = |event: &&Event| event.date.as_ref().is_some_and(|date| date.text == words);
    let found: Vec<EventId> = project.events().filter(says).map(|event| event.id).collect();
    assert!(!found.is_empty(), "{words} is no date of {:?}", project.events().map(|e| &e.date).collect::<Vec<_>>());
    found
}

#[test]
fn what_is_told_from_the_day_of_publication_moves_and_nothing_else() {
    let (project, id) = project(STRIKE, TUESDAY);
    assert_eq!(redated(&project, id, Some(TUESDAY)), BTreeMap::new(), "the same day changes nothing");
    let after = redated(&project, id, Some(date(2024, 6, 20)));
    for (words, day) in
        [("on Monday", date(2024, 6, 17)), ("last Friday", date(2024, 6, 14)), ("on Wednesday", date(2024, 6, 26))]
    {
        for event in told(&project, words) {
            assert_eq!(after.get(&event), Some(&(day, day)), "{words}");
        }
    }
    for event in ["on 2 May 2024", "in 2019"].iter().flat_map(|words| told(&project, words)) {
        assert_eq!(after.get(&event), None);
    }
    assert_eq!(redated(&project, id, None), BTreeMap::new(), "without a day of publication nothing is known");
}

#[test]
fn the_same_words_mean_what_they_do_where_the_event_is_told() {
    let text = "Police arrested two drivers on Friday. The mayor thanked them. The town is quiet.

Mayor Ingrid Solvang will meet the union on Friday.";
    let (project, id) = project(text, TUESDAY);
    let days = |day: Date| {
        let new = redated(&project, id, Some(day));
        let now = |event: EventId| project.event(event).unwrap().date.as_ref().map(|date| (date.start, date.end));
        let events = told(&project, "on Friday").into_iter();
        let mut days: Vec<Date> =
            events.filter_map(|event| Some(new.get(&event).copied().or_else(|| now(event))?.0)).collect();
        days.sort();
        days.dedup();
        days
    };
    assert_eq!(days(TUESDAY), [date(2024, 6, 7), date(2024, 6, 14)]);
    assert_eq!(days(date(2024, 7, 2)), [date(2024, 6, 28), date(2024, 7, 5)]);
}

#[test]
fn what_a_person_set_stays_and_words_that_do_not_stand_there_are_read_alone() {
    let (mut project, id) = project(STRIKE, TUESDAY);
    let event = told(&project, "on Monday")[0];
    let set = |project: &mut Project, date: EventDate| {
        let event = Event { date: Some(date), ..project.event(event).unwrap().clone() };
        project.apply(&ops::set_event(project, event, me())).unwrap();
    };
    let (monday, july) = (date(2024, 6, 10), date(2024, 7, 2));
    set(&mut project, EventDate::new(monday, monday, ""));
    assert_eq!(redated(&project, id, Some(july)).get(&event), None);
    set(&mut project, EventDate::new(monday, monday, "yesterday"));
    assert_eq!(redated(&project, id, Some(july)).get(&event), Some(&(date(2024, 7, 1), date(2024, 7, 1))));
    set(&mut project, EventDate::new(monday, monday, "once upon a time"));
    assert_eq!(redated(&project, id, Some(july)).get(&event), None);
}
