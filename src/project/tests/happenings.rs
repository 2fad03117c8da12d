//! What is said of events and entities across articles, and what becomes of it when they change.

use super::fixture::{FIRST, SECOND, done, entity, event, me, mention, project, records, stamp, suggest, tag};
use crate::project::ops;
use crate::project::{
    ArticleId, Disagreement, Event, EventDate, EventId, EventPlace, Figure, FigureKind, Happenings, Judgement, KindId,
    Project, Said, Session, Target, disagreements,
};

const THIRD: ArticleId = ArticleId(2);

/// Five events called "met": two in the second article and three in the third.
fn told() -> (Project, [EventId; 5]) {
    let places = [(SECOND, 0), (SECOND, 1), (THIRD, 0), (THIRD, 1), (THIRD, 2)];
    let project = places.iter().fold(project(), |p, (article, nth)| tag(&p, *article, "met", *nth, &KindId::EVENT));
    let events = places.map(|(article, nth)| event(mention(&project, article, "met", nth)));
    (project, events)
}

fn same(project: &Project, events: &[EventId]) -> Project {
    done(project, |p| ops::same(p, events, me()))
}

fn apart(project: &Project, one: EventId, other: EventId) -> Project {
    done(project, |p| ops::apart(p, &[Target::Event(one), Target::Event(other)], me()))
}

fn joined(project: &Project) -> Vec<Vec<EventId>> {
    Happenings::new(project).joined().map(<[EventId]>::to_vec).collect()
}

#[test]
fn events_of_different_articles_are_one_happening_once_a_person_says_so() {
    let (p, [a, b, c, d, e]) = told();
    assert!(joined(&p).is_empty());
    let p = same(&p, &[c, a]);
    let judgement = p.judgements().next().unwrap().clone();
    assert_eq!((judgement.one, judgement.other), (Target::Event(a), Target::Event(c)));
    assert_eq!((judgement.articles.as_slice(), judgement.decision), ([SECOND, THIRD].as_slice(), Some(me())));
    assert!(ops::same(&p, &[a, c], me()).is_empty() && ops::same(&p, &[a], me()).is_empty());
    let p = same(&same(&p, &[d, e]), &[c, e]);
    assert_eq!(joined(&p), [vec![a, c, d, e]]);
    let happenings = Happenings::new(&p);
    assert_eq!([a, b, c, d, e].map(|id| happenings.first(id)), [a, b, a, a, a]);
    assert_eq!((happenings.events(&e), happenings.events(&b)), ([a, c, d, e].as_slice(), [b].as_slice()));
    assert_eq!(Happenings::new(&p.snapshot()), happenings);
    assert_eq!(p.happening(d).into_iter().collect::<Vec<_>>(), [a, c, d, e]);
}

#[test]
fn what_was_said_last_counts() {
    let (p, [a, b, c, d, _]) = told();
    let p = same(&p, &[a, c, d]);
    let parted = apart(&p, c, d);
    assert_eq!(joined(&parted), [vec![a, c]]);
    assert!(Happenings::new(&parted).are_apart(a, d) && parted.are_apart(Target::Event(d), Target::Event(c)));
    assert!(!Happenings::new(&parted).are_apart(a, c) && !Happenings::new(&parted).are_apart(a, b));
    let again = same(&parted, &[a, d]);
    assert_eq!(joined(&again), [vec![a, c, d]]);
    assert!(again.judgements().all(|judgement| judgement.same));
    // Two that were linked with each other are no more.
    let p = apart(&same(&told().0, &[a, c]), a, c);
    assert_eq!(p.judgements().map(|judgement| judgement.same).collect::<Vec<_>>(), [false]);
    assert!(ops::apart(&p, &[Target::Event(c), Target::Event(a)], me()).is_empty());
}

#[test]
fn an_event_that_is_taken_out_leaves_the_others_one() {
    let (p, [a, _, c, d, e]) = told();
    let p = same(&p, &[a, c, d, e]);
    let p = done(&p, |p| ops::leave(p, a, me()));
    assert_eq!(joined(&p), [vec![c, d, e]]);
    assert!(Happenings::new(&p).are_apart(a, e));
    assert!(ops::leave(&p, a, me()).is_empty(), "it stands alone");
}

#[test]
fn others_stay_one_where_the_event_goes_that_linked_them() {
    let (p, [a, b, c, d, e]) = told();
    let p = same(&apart(&same(&p, &[a, c, e]), b, c), &[a, d]);
    let other = stamp("Grace");
    let without = done(&p, |p| ops::remove_article(p, SECOND, other.clone()));
    assert_eq!(joined(&without), [vec![c, d, e]]);
    assert!(without.judgements().all(|own| own.same && own.decision == Some(me())), "the one who had said so");
    let deleted = done(&p, |p| ops::delete(p, &[mention(p, SECOND, "met", 0).id], other.clone()));
    assert_eq!(joined(&deleted), [vec![c, d, e]]);
    let mut session = Session::new(p.clone());
    session.apply(ops::remove_article(&p, SECOND, other)).unwrap();
    session.undo().unwrap();
    assert_eq!(records(session.project()), records(&p));
}

#[test]
fn merged_events_and_entities_take_over_what_was_said() {
    let (p, [a, b, c, d, _]) = told();
    let p = apart(&same(&same(&p, &[b, d]), &[a, c]), a, d);
    let merged = done(&p, |p| ops::merge_events(p, &[b], a, me()));
    assert_eq!(joined(&merged), [vec![a, c, d]], "they are one now");
    assert!(merged.judgements().all(|judgement| judgement.same));

    let people = [(FIRST, "Wang Yi"), (FIRST, "Lavrov"), (SECOND, "Émile")];
    let p = people.iter().fold(project(), |p, (article, name)| tag(&p, *article, name, 0, &KindId::PERSON));
    let [wang, lavrov, emile] = people.map(|(article, name)| entity(mention(&p, article, name, 0)));
    let p = done(&p, |p| ops::apart(p, &[wang, lavrov, emile].map(Target::Entity), me()));
    assert_eq!(p.judgements().count(), 3);
    assert!(p.judgements().all(|judgement| !judgement.same && judgement.articles.is_empty()));
    let p = done(&p, |p| ops::merge(p, &[lavrov], wang, me()));
    let said = |own: &Judgement| (own.one, own.other);
    assert_eq!(p.judgements().map(said).collect::<Vec<_>>(), [(Target::Entity(wang), Target::Entity(emile))]);
    let mixed = [Target::Entity(wang), Target::Event(EventId(0))];
    assert!(ops::apart(&p, &mixed, me()).is_empty());
}

#[test]
fn a_run_leaves_judged_suggestions_where_they_are() {
    let (p, one) = suggest(&project(), SECOND, "met", 0, &KindId::EVENT);
    let (p, other) = suggest(&p, THIRD, "met", 1, &KindId::EVENT);
    let [one, other] = [one, other].map(|id| event(p.mention(id).unwrap()));
    let p = same(&p, &[one, other]);
    let found = crate::suggest::Suggestions::default();
    let after = done(&p, |p| crate::suggest::edit(p, SECOND, &found, stamp("engine")));
    assert_eq!(joined(&after), [vec![one, other]]);
    assert!(after.mentions_of(Target::Event(one)).next().is_some());
}

#[test]
fn a_crosswalk_says_of_its_events_which_are_one_and_which_are_not() {
    let (p, [a, b, c, d, e]) = told();
    let p = same(&same(&p, &[a, c]), &[b, e]);
    let groups = [vec![a, d], vec![c], vec![b, d]];
    let p = done(&p, |p| ops::take_crosswalk(p, &groups, me()));
    assert_eq!(joined(&p), [vec![a, d], vec![b, e]], "what it does not name stays");
    assert!(Happenings::new(&p).are_apart(d, c), "they were one, and are not");
    assert!(ops::take_crosswalk(&p, &groups, me()).is_empty());
}

#[test]
fn a_crosswalk_parts_events_that_are_one_by_others_of_which_it_says_nothing() {
    let (p, [a, b, c, _, _]) = told();
    let p = same(&same(&p, &[a, c]), &[b, c]);
    assert_eq!(joined(&p), [vec![a, b, c]]);
    let p = done(&p, |p| ops::take_crosswalk(p, &[vec![a], vec![b]], me()));
    assert!(Happenings::new(&p).are_apart(a, b));
    assert_eq!(joined(&p).len(), 1, "the other stays with one of them");
}

#[test]
fn what_is_not_the_same_does_not_come_to_be_one_where_a_project_is_taken_in() {
    let (p, [a, _, c, d, _]) = told();
    let ours = same(&p, &[a, d]);
    let theirs = same(&apart(&p, c, d), &[a, c]);
    let stand_apart = |p: &Project| {
        let happenings = Happenings::new(p);
        let apart = |it: &Judgement| match (it.one, it.other) {
            (Target::Event(one), Target::Event(other)) => happenings.first(one) != happenings.first(other),
            _ => true,
        };
        p.judgements().filter(|judgement| !judgement.same).all(apart)
    };
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let taken = done(ours, |p| ops::join(p, theirs, me()));
        assert!(stand_apart(&taken) && taken.judgements().count() > 1);
    }
}

#[test]
fn what_is_said_comes_along_where_a_project_is_taken_in() {
    let (p, [a, _, c, d, _]) = told();
    let theirs = apart(&same(&p, &[a, c]), c, d);
    let joined_anew = done(&project(), |p| ops::join(p, &theirs, me()));
    assert_eq!(joined(&joined_anew).len(), 1);
    assert_eq!(joined_anew.judgements().filter(|judgement| !judgement.same).count(), 1);
    // Here it is said otherwise, which stays.
    let ours = same(&p, &[c, d]);
    let after = done(&ours, |p| ops::join(p, &theirs, me()));
    assert_eq!(joined(&after), [vec![a, c, d]]);
    assert!(ops::join(&theirs, &theirs, me()).is_empty());
}

#[test]
fn an_article_put_back_leaves_the_others_one() {
    let (p, [a, _, c, d, _]) = told();
    let mut session = Session::new(p);
    session.apply(ops::same(session.project(), &[a, c, d], me())).unwrap();
    let first = session.project().log().iter().find(|entry| entry.articles.contains(SECOND.0)).unwrap().id;
    let before_tags = session.project().log().iter().find(|entry| entry.events_made.contains(a.0)).unwrap().id;
    assert!(first <= before_tags);
    session.apply(ops::put_back(session.project(), SECOND, before_tags, me())).unwrap();
    super::fixture::check(session.project());
    assert!(session.project().event(a).is_none());
    assert_eq!(joined(session.project()), [vec![c, d]]);
}

/// What articles say: each value with its articles.
fn values(found: &[Disagreement]) -> Vec<Vec<(Said, Vec<u32>)>> {
    let of = |found: &Disagreement| {
        found.values.iter().map(|(said, articles)| (said.clone(), articles.iter().map(|id| id.0).collect())).collect()
    };
    found.iter().map(of).collect()
}

#[test]
fn records_of_a_happening_disagree_where_they_share_no_value() {
    let (p, [a, _, c, d, _]) = told();
    let dead = |number| Figure { kind: FigureKind::Killed, number: Some(number), range: None };
    let day = |day| jiff::civil::Date::new(2024, 5, day).unwrap();
    let days = |from, to| Some(EventDate::new(day(from), day(to), ""));
    let of = |id: EventId| p.event(id).unwrap().clone();
    let place = |name: &str| Some(EventPlace::new(name, None));
    let one = Event { figures: vec![dead(12.0)], date: days(3, 3), place: place("Chibok"), ..of(a) };
    let two = Event { figures: vec![dead(14.0)], date: days(1, 9), place: place("Chibok, Borno"), ..of(c) };
    let three = Event { figures: vec![dead(12.0), dead(2.0)], article: ArticleId(7), date: days(3, 3), ..of(d) };
    let found = disagreements(&[&one, &two, &three]);
    let killed = |number| Said::Figure(FigureKind::Killed, number);
    assert_eq!(values(&found), [vec![(killed(12.0), vec![1, 7]), (killed(14.0), vec![2]), (killed(2.0), vec![7])]]);
    assert!(disagreements(&[&one, &three]).is_empty(), "one of the numbers is the same");
    let unsure = EventDate { unsure: true, ..EventDate::new(day(20), day(20), "") };
    assert!(disagreements(&[&Event { figures: Vec::new(), date: Some(unsure), ..two.clone() }, &one]).is_empty());
    let late = Event { figures: Vec::new(), date: days(4, 4), ..two };
    let found = disagreements(&[&one, &late]);
    assert!(
        matches!(found.as_slice(), [Disagreement { values }] if matches!(values.as_slice(), [(Said::Date(_), _), _]))
    );
}
