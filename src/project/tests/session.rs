//! Undo and redo, also with runs of the engine in between.

use super::fixture::{FIRST, SECOND, check, done, entity, me, mention, project, range, records, stamp, suggest, tag};
use crate::project::ops::{self, Builder, NewTagset};
use crate::project::{
    Action, ApplyError, Author, Change, Edit, EntityId, Event, KindId, Mention, MentionId, Project, Session, Swap,
    Target,
};

fn run(session: &mut Session, change: impl FnOnce(&mut Builder<'_>)) {
    let project = session.project().clone();
    let mut edit = Builder::run(&project, stamp("engine"));
    change(&mut edit);
    session.apply(edit.finish(Action::Suggest(String::new()))).unwrap();
    check(session.project());
}

fn act(session: &mut Session, operation: impl FnOnce(&Project) -> Edit) {
    let edit = operation(session.project());
    assert_eq!(edit.author, Author::Person);
    session.apply(edit).unwrap();
}

#[test]
fn undo_back_to_the_saved_project_is_not_modified() {
    let mut session = Session::new(project());
    assert!(!session.is_modified());
    act(&mut session, |p| ops::move_article(p, FIRST, 2, me()));
    let saved = session.revision();
    session.mark_saved(saved);
    act(&mut session, |p| ops::move_article(p, FIRST, 0, me()));
    assert!(session.is_modified());
    session.undo().unwrap();
    assert!(!session.is_modified());
    session.undo().unwrap();
    assert!(session.is_modified());
    session.redo().unwrap();
    assert!(!session.is_modified());
    act(&mut session, |p| ops::move_article(p, FIRST, 1, me()));
    assert!(session.is_modified());
}

#[test]
fn undo_does_not_reach_behind_a_run_to_the_saved_project() {
    let mut session = Session::new(project());
    act(&mut session, |p| ops::move_article(p, FIRST, 2, me()));
    let (p, made) = suggest(session.project(), FIRST, "Lavrov", 0, &KindId::PERSON);
    let found = p.mention(made).unwrap().clone();
    let known = p.entity(entity(&found)).unwrap().clone();
    run(&mut session, |edit| {
        edit.put(known);
        edit.put(found);
    });
    session.undo().unwrap();
    assert!(session.is_modified());
    assert_eq!(session.project().all_mentions().count(), 1);
}

#[test]
fn a_recovered_project_is_modified_until_saved() {
    let mut session = Session::new(project());
    session.mark_modified();
    act(&mut session, |p| ops::move_article(p, FIRST, 2, me()));
    session.undo().unwrap();
    assert!(session.is_modified());
    session.mark_saved(session.revision());
    assert!(!session.is_modified());
}

#[test]
fn undo_of_an_import_takes_the_suggestions_along_and_redo_brings_them_back() {
    let mut session = Session::new(Project::new());
    act(&mut session, |p| ops::add_articles(p, vec![super::fixture::article("One", "Émile met China.")], me()));
    let (p, _) = suggest(session.project(), FIRST, "Émile", 0, &KindId::PERSON);
    let (p, _) = suggest(&p, FIRST, "met", 0, &KindId::EVENT);
    run(&mut session, |edit| {
        p.entities().for_each(|entity| edit.put(entity.clone()));
        p.events().for_each(|event| edit.put(event.clone()));
        p.all_mentions().for_each(|mention| edit.put(mention.clone()));
    });
    session.undo().unwrap();
    check(session.project());
    assert_eq!(session.project().article_count(), 0);
    session.redo().unwrap();
    check(session.project());
    assert_eq!(records(session.project()), records(&p));
}

#[test]
fn undo_of_a_tag_leaves_the_entity_that_a_run_has_come_to_use() {
    let mut session = Session::new(project());
    act(&mut session, |p| ops::tag(p, FIRST, &[range(p, FIRST, "Lavrov", 0)], &KindId::PERSON, &ops::unknown, me()));
    let (p, made) = suggest(session.project(), SECOND, "Lavrov", 0, &KindId::PERSON);
    run(&mut session, |edit| edit.put(p.mention(made).unwrap().clone()));
    session.undo().unwrap();
    check(session.project());
    assert_eq!(session.project().all_mentions().map(|m| m.id).collect::<Vec<_>>(), [made]);
    session.redo().unwrap();
    check(session.project());
    assert_eq!(records(session.project()), records(&p));
}

#[test]
fn undo_brings_an_event_back_that_a_run_removed() {
    let (p, met) = suggest(&project(), FIRST, "met", 0, &KindId::EVENT);
    let p = tag(&p, FIRST, "praised", 0, &KindId::EVENT);
    let (before, other) = (p.clone(), super::fixture::event(mention(&p, FIRST, "praised", 0)));
    let left = super::fixture::event(p.mention(met).unwrap());
    let mut session = Session::new(p);
    act(&mut session, |p| ops::join_event(p, &[met], other, me()));
    run(&mut session, |edit| edit.remove(left));
    session.undo().unwrap();
    check(session.project());
    assert_eq!(records(session.project()), records(&before));
    session.redo().unwrap();
    check(session.project());
}

#[test]
fn redo_of_an_acceptance_brings_back_what_a_run_dropped() {
    let (p, met) = suggest(&project(), FIRST, "met", 0, &KindId::EVENT);
    let before = p.mention(met).unwrap().clone();
    let mut session = Session::new(p);
    act(&mut session, |p| ops::accept(p, &[met], me()));
    let accepted = records(session.project());
    session.undo().unwrap();
    run(&mut session, |edit| {
        edit.remove(met);
        edit.remove(super::fixture::event(&before));
        // The run proposes the same again under another id.
        edit.put(Mention { id: MentionId(70), target: None, ..before.clone() });
    });
    session.redo().unwrap();
    check(session.project());
    assert_eq!(records(session.project()), accepted);
    session.undo().unwrap();
    assert_eq!(session.project().mentions(FIRST)[0].id, MentionId(70));
}

#[test]
fn undo_of_a_kind_takes_along_what_a_run_has_found_for_it() {
    let before = tag(&project(), FIRST, "Wang Yi", 0, &KindId::PERSON);
    let mut session = Session::new(before.clone());
    let mut new = NewTagset { tagset: before.tagset().clone(), ..NewTagset::default() };
    new.tagset.add(before.tagset().ready().remove(0));
    act(&mut session, |p| ops::set_tagset(p, &new, &ops::unknown, me()));
    let (p, made) = suggest(session.project(), SECOND, "Lavrov", 0, &KindId::ORGANISATION);
    let lavrov = p.entity(entity(p.mention(made).unwrap())).unwrap();
    run(&mut session, |edit| {
        edit.put(lavrov.clone());
        edit.put(p.mention(made).unwrap().clone());
    });
    let filled = records(session.project());
    session.undo().unwrap();
    check(session.project());
    let after = session.project();
    assert_eq!((after.all_mentions().count(), after.entities().count()), (1, 1), "{:?}", after.entities().last());
    assert_eq!(records(after), records(&before));
    session.redo().unwrap();
    check(session.project());
    assert_eq!(records(session.project()), filled);
}

#[test]
fn an_edit_with_one_bad_change_leaves_the_project_as_it_was() {
    let p = tag(&project(), FIRST, "Wang Yi", 0, &KindId::PERSON);
    let p = tag(&p, FIRST, "met", 0, &KindId::EVENT);
    let wang = mention(&p, FIRST, "Wang Yi", 0).clone();
    let met = p.event(super::fixture::event(mention(&p, FIRST, "met", 0))).unwrap().clone();
    let set = |mention: Mention| Change::Mention(Box::new(Swap { before: None, after: Some(mention) }));
    let event = |event: Event| Change::Event(Box::new(Swap { before: None, after: Some(event) }));
    let record = Box::new(p.article(SECOND).unwrap().clone());
    let bad = [
        set(Mention { article: crate::project::ArticleId(9), ..wang.clone() }),
        set(Mention { quote: "Wang Li".into(), ..wang.clone() }),
        set(Mention { target: Some(Target::Entity(EntityId(99))), ..wang.clone() }),
        event(Event { article: SECOND, ..met.clone() }),
        Change::Event(Box::new(Swap { before: Some(met.clone()), after: None })),
        Change::Entity(Box::new(Swap { before: p.entity(entity(&wang)).cloned(), after: None })),
        Change::InsertArticle { index: 0, record: record.clone() },
        Change::RemoveArticle { index: 0, record: Box::new(p.article(FIRST).unwrap().clone()) },
        Change::MoveArticle { from: 0, to: 3 },
    ];
    for bad in bad {
        // Good changes around the bad one, some with a `before` that is not what the project has.
        let mut edit = ops::tag(&p, SECOND, &[range(&p, SECOND, "Émile", 0)], &KindId::PERSON, &ops::unknown, me());
        edit.changes.push(set(Mention { note: "n".into(), ..mention(&p, FIRST, "met", 0).clone() }));
        edit.changes.push(Change::MoveArticle { from: 0, to: 2 });
        edit.changes.push(Change::RemoveArticle { index: 9, record: Box::new(p.articles().last().unwrap().clone()) });
        edit.changes.push(bad.clone());
        let mut after = p.clone();
        assert!(after.apply(&edit).is_err(), "{bad:?}");
        check(&after);
        assert_eq!(records(&after), records(&p), "{bad:?}");
        assert_eq!(after.id_counters(), p.id_counters());
    }
}

#[test]
fn an_event_keeps_the_article_of_its_mentions() {
    let p = tag(&project(), FIRST, "met", 0, &KindId::EVENT);
    let met = mention(&p, FIRST, "met", 0);
    let moved = Event { article: SECOND, ..p.event(super::fixture::event(met)).unwrap().clone() };
    let error = p.clone().apply(&ops::set_event(&p, moved, me())).unwrap_err();
    assert_eq!(error, ApplyError::Dangling(met.id.into()));
}

#[test]
fn edits_of_an_article_with_thousands_of_mentions_are_quick() {
    let text = "Émile met China. ".repeat(2500);
    let p = done(&Project::new(), |p| ops::add_articles(p, vec![super::fixture::article("Long", &text)], me()));
    let ranges = |words: &str| -> Vec<_> {
        let places = text.match_indices(words);
        places.map(|(start, _)| crate::text::byte_range(start, start + words.len()).unwrap()).collect()
    };
    let p = done(&p, |p| ops::tag(p, FIRST, &ranges("Émile"), &KindId::PERSON, &ops::unknown, me()));
    let p = done(&p, |p| ops::tag(p, FIRST, &ranges("China"), &KindId::COUNTRY, &ops::unknown, me()));
    let all: Vec<MentionId> = p.all_mentions().map(|mention| mention.id).collect();
    let mut session = Session::new(p);
    let start = std::time::Instant::now();
    act(&mut session, |p| ops::set_note(p, all[2500], "one", me()));
    let one = start.elapsed();
    act(&mut session, |p| ops::reject(p, &all, me()));
    session.undo().unwrap();
    let many = start.elapsed();
    println!("one of 5000: {one:?}; all rejected and back: {many:?}");
    // Far above what it takes, far below what a scan of the article for each mention would.
    assert!(many.as_secs() < 5);
}
