//! What is done with relations, and what becomes of them when their ends change.

use super::fixture::{FIRST, SECOND, check, done, entity, me, mention, project, range, records, stamp, suggest, tag};
use crate::project::ops::{self, Builder, NewTagset, unknown};
use crate::project::{
    Action, Change, KindId, MentionId, Progress, Project, Relation, RelationId, RelationKind, Session, Status, Tagset,
    Target,
};

const PERSON: KindId = KindId::PERSON;

fn usual(name: &str) -> RelationKind {
    Tagset::default().ready_relations().into_iter().find(|kind| kind.name == name).unwrap()
}

/// Wang Yi and Lavrov tagged in the first article, twice each, and related once.
fn related() -> (Project, RelationId) {
    let p = ["Wang Yi", "Lavrov"].iter().fold(project(), |p, words| {
        let p = tag(&p, FIRST, words, 0, &PERSON);
        tag(&p, FIRST, words, 1, &PERSON)
    });
    let p = relate(&p, "spouse of", ("Wang Yi", 0), ("Lavrov", 0));
    let id = p.relations().last().unwrap().id;
    (p, id)
}

fn relate(p: &Project, kind: &str, from: (&str, usize), to: (&str, usize)) -> Project {
    let id = |(words, nth): (&str, usize)| mention(p, FIRST, words, nth).id;
    done(p, |p| ops::relate(p, &usual(kind), id(from), id(to), me()))
}

/// The project with a suggested relation of a run.
fn suggested(p: &Project, kind: &str, from: MentionId, to: MentionId) -> (Project, RelationId) {
    let kind = usual(kind);
    let mut with = NewTagset { tagset: p.tagset().clone(), ..NewTagset::default() };
    with.tagset.add_relation(kind.clone());
    let p = done(p, |p| ops::set_tagset(p, &with, &unknown, me()));
    let mut edit = Builder::run(&p, stamp("engine"));
    let id = edit.fresh::<Relation>();
    let origin = crate::project::Origin { source: "test".into(), score: Some(0.5), reason: String::new() };
    edit.put(Relation::new(id, p.mention(from).unwrap().article, kind.id, (from, to), origin));
    let edit = edit.finish(Action::Nothing);
    (done(&p, |_| edit), id)
}

#[test]
fn a_relation_brings_its_kind_accepts_its_ends_and_is_there_once() {
    let (p, from) = suggest(&project(), FIRST, "Wang Yi", 0, &PERSON);
    let (p, to) = suggest(&p, FIRST, "Lavrov", 0, &PERSON);
    let related = done(&p, |p| ops::relate(p, &usual("works for"), from, to, me()));
    let relation = related.relations().next().unwrap().clone();
    assert_eq!(related.tagset().relations, [RelationKind { key: Some('1'), ..usual("works for") }]);
    assert_eq!(
        (relation.status, relation.decision.clone(), relation.from, relation.to),
        (Status::Accepted, Some(me()), from, to)
    );
    for end in [from, to] {
        assert_eq!(related.mention(end).unwrap().status, Status::Accepted);
    }
    assert!(ops::relate(&related, &usual("works for"), from, to, me()).is_empty());
    assert!(ops::relate(&related, &usual("works for"), from, from, me()).is_empty(), "nobody works for themselves");
    let both = done(&related, |p| ops::relate(p, &usual("works for"), to, from, me()));
    assert_eq!(both.relations().count(), 2, "the other way is another relation");
    let spouses = done(&related, |p| ops::relate(p, &usual("spouse of"), from, to, me()));
    assert!(ops::relate(&spouses, &usual("spouse of"), to, from, me()).is_empty(), "it says the same both ways");
    let far = mention(&tag(&related, SECOND, "Lavrov", 0, &PERSON), SECOND, "Lavrov", 0).id;
    assert!(ops::relate(&related, &usual("works for"), from, far, me()).is_empty(), "of another article");
}

#[test]
fn decisions_are_kept_and_restored_as_those_on_tags_are() {
    let (p, _) = related();
    let ids: Vec<MentionId> = p.mentions(FIRST).iter().map(|mention| mention.id).collect();
    let (p, id) = suggested(&p, "works for", ids[0], ids[1]);
    let status = |p: &Project| p.relation(id).unwrap().status;
    assert_eq!(p.progress(FIRST), Progress { open: 1, decided: 5 });
    let accepted = done(&p, |p| ops::accept_relations(p, &[id], me()));
    assert_eq!((status(&accepted), accepted.progress(FIRST).open), (Status::Accepted, 0));
    let rejected = done(&p, |p| ops::reject_relations(p, &[id], me()));
    assert_eq!(status(&rejected), Status::Rejected);
    assert_eq!(records(&done(&rejected, |p| ops::restore_relations(p, &[id], me()))), records(&p));
    // What a source proposed is only rejected; what a person made goes.
    let deleted = done(&p, |p| ops::delete_relations(p, &[id, p.relations().next().unwrap().id], me()));
    assert_eq!(
        deleted.relations().map(|relation| (relation.id, relation.status)).collect::<Vec<_>>(),
        [(id, Status::Rejected)]
    );
    let turned = done(&p, |p| ops::reverse_relation(p, id, me()));
    let relation = turned.relation(id).unwrap();
    assert_eq!((relation.from, relation.to, relation.status), (ids[1], ids[0], Status::Accepted));
    assert_eq!(relation.proposed.as_ref().map(|proposed| (proposed.from, proposed.to)), Some((ids[0], ids[1])));
    let other = done(&p, |p| ops::set_relation_kind(p, &[id], &usual("member of"), me()));
    assert_eq!(other.relation(id).unwrap().kind.as_str(), "member-of");
    assert!(other.tagset().relation(&usual("member of").id).is_some(), "the kind comes with it");
    assert_eq!(other.relation(id).unwrap().proposed.as_ref().map(|proposed| proposed.kind.as_str()), Some("works-for"));
    let noted = done(&p, |p| ops::set_relation_note(p, id, "since May", me()));
    assert_eq!((status(&noted), noted.relation(id).unwrap().note.as_str()), (Status::Accepted, "since May"));
    let finished = done(&p, |p| ops::finish_article(p, FIRST, me()));
    assert_eq!((status(&finished), finished.progress(FIRST).open), (Status::Accepted, 0));
}

#[test]
fn a_relation_goes_with_its_ends_in_one_step_and_comes_back_with_them() {
    let (p, id) = related();
    let wang = mention(&p, FIRST, "Wang Yi", 0).id;
    let mut session = Session::new(p.clone());
    session.apply(ops::delete(session.project(), &[wang], me())).unwrap();
    check(session.project());
    assert_eq!(session.project().relation(id), None);
    session.undo().unwrap();
    assert_eq!(records(session.project()), records(&p));
    session.redo().unwrap();
    session.undo().unwrap();
    session.apply(ops::remove_article(session.project(), FIRST, me())).unwrap();
    check(session.project());
    assert_eq!(session.project().relations().count(), 0);
    session.undo().unwrap();
    assert_eq!(records(session.project()), records(&p));
    let put_back = done(&done(&p, |p| ops::delete(p, &[wang], me())), |p| {
        let last = p.log().iter().next_back().unwrap().id;
        ops::put_back(p, FIRST, last, me())
    });
    assert_eq!(records(&put_back), records(&p), "put back by the log");
}

#[test]
fn a_relation_stays_with_a_tag_that_moves_and_is_not_seen_while_an_end_is_rejected() {
    let (p, id) = related();
    let wang = mention(&p, FIRST, "Wang Yi", 0).id;
    let moved = done(&p, |p| ops::set_range(p, wang, range(p, FIRST, "Yi", 0), me()));
    assert!(moved.stands(moved.relation(id).unwrap()));
    let rejected = done(&p, |p| ops::reject(p, &[wang], me()));
    assert!(!rejected.stands(rejected.relation(id).unwrap()));
    assert_eq!(rejected.relationships(), []);
    let restored = done(&rejected, |p| ops::restore(p, &[wang], me()));
    assert!(restored.stands(restored.relation(id).unwrap()));
    let ship = done(&p, |p| ops::set_kind(p, &[wang], &KindId::COUNTRY, &unknown, me()));
    assert!(ship.stands(ship.relation(id).unwrap()) && !ship.keeps_rule(ship.relation(id).unwrap()));
    assert!(p.keeps_rule(p.relation(id).unwrap()));
}

#[test]
fn what_entities_are_to_each_other_is_said_once() {
    let (p, first) = related();
    let p = relate(&p, "spouse of", ("Lavrov", 1), ("Wang Yi", 1));
    let p = relate(&p, "works for", ("Lavrov", 0), ("Wang Yi", 0));
    let p = relate(&p, "works for", ("Lavrov", 1), ("Wang Yi", 0));
    let p = relate(&p, "related to", ("Lavrov", 0), ("Lavrov", 1));
    let [wang, lavrov] = ["Wang Yi", "Lavrov"].map(|words| Target::Entity(entity(mention(&p, FIRST, words, 0))));
    let told = |p: &Project| -> Vec<(String, Target, Target, usize)> {
        let all = p.relationships().into_iter();
        all.map(|r| (r.kind.as_str().to_owned(), r.from, r.to, r.relations.len())).collect()
    };
    let spouse = ("spouse-of".to_owned(), wang, lavrov, 2);
    assert_eq!(told(&p), [spouse.clone(), ("works-for".to_owned(), lavrov, wang, 2)]);
    assert_eq!(p.relationships_of(wang), p.relationships());
    // Merged they are one, and nobody is their own spouse.
    let (Target::Entity(one), Target::Entity(other)) = (wang, lavrov) else { panic!() };
    let merged = done(&p, |p| ops::merge(p, &[other], one, me()));
    assert_eq!((merged.relations().count(), told(&merged)), (5, Vec::new()));
    let less = done(&p, |p| ops::reject_relations(p, &[first], me()));
    assert_eq!(told(&less).first(), Some(&("spouse-of".to_owned(), wang, lavrov, 1)));
}

#[test]
fn kinds_of_relations_that_go_take_theirs_along_or_hand_them_over() {
    let (p, id) = related();
    let mut new = NewTagset { tagset: p.tagset().clone(), ..NewTagset::default() };
    new.tagset.relations.clear();
    let gone = ops::set_tagset(&p, &new, &unknown, me());
    let Action::SetTagset(told) = &gone.action else { panic!() };
    assert_eq!((told[0].name.as_str(), told[0].tags, told[0].relation), ("spouse of", 1, true));
    assert_eq!(done(&p, |_| gone).relations().count(), 0);
    new.tagset.add_relation(usual("related to"));
    new.moved_relations.insert(usual("spouse of").id, usual("related to").id);
    let moved = done(&p, |p| ops::set_tagset(p, &new, &unknown, me()));
    assert_eq!(moved.relation(id).unwrap().kind, usual("related to").id);
    // A rule does without a kind of tags that goes.
    let mut without = NewTagset { tagset: p.tagset().clone(), ..NewTagset::default() };
    without.tagset.kinds.remove(0);
    without.moved.insert(PERSON, KindId::COUNTRY);
    let ruled = done(&p, |p| ops::set_tagset(p, &without, &unknown, me()));
    assert_eq!(ruled.tagset().relations[0].from, [KindId::COUNTRY]);
}

#[test]
fn undo_of_a_tag_takes_a_runs_relation_along() {
    let mut session = Session::new(tag(&project(), FIRST, "Wang Yi", 0, &PERSON));
    let range = range(session.project(), FIRST, "Lavrov", 0);
    session.apply(ops::tag(session.project(), FIRST, &[range], &PERSON, &unknown, me())).unwrap();
    let ends = |p: &Project| (mention(p, FIRST, "Wang Yi", 0).id, mention(p, FIRST, "Lavrov", 0).id);
    let (from, to) = ends(session.project());
    let mut edit = Builder::run(session.project(), stamp("engine"));
    let id = edit.fresh::<Relation>();
    let origin = crate::project::Origin { source: "test".into(), score: None, reason: String::new() };
    edit.put(Relation::new(id, FIRST, KindId("x".into()), (from, to), origin));
    let edit = edit.finish(Action::Nothing);
    session.apply(edit).unwrap();
    session.undo().unwrap();
    check(session.project());
    assert_eq!((session.project().all_mentions().count(), session.project().relations().count()), (1, 0));
    session.redo().unwrap();
    check(session.project());
}

#[test]
fn redo_of_a_rejection_brings_back_the_tag_that_a_run_dropped() {
    let (p, from) = suggest(&project(), FIRST, "Wang Yi", 0, &PERSON);
    let (p, to) = suggest(&p, FIRST, "Lavrov", 0, &PERSON);
    let (p, id) = suggested(&p, "works for", from, to);
    let mut session = Session::new(p);
    session.apply(ops::reject_relations(session.project(), &[id], me())).unwrap();
    let rejected = records(session.project());
    session.undo().unwrap();
    let mut run = Builder::run(session.project(), stamp("engine"));
    run.remove(from);
    let run = run.finish(Action::Nothing);
    assert!(run.changes.iter().any(|change| matches!(change, Change::Relation(_))), "it goes along");
    session.apply(run).unwrap();
    session.redo().unwrap();
    check(session.project());
    assert_eq!(records(session.project()), rejected);
}

#[test]
fn joining_brings_relations_to_the_tags_that_are_there() {
    let (theirs, _) = related();
    let ours = tag(&project(), FIRST, "Wang Yi", 0, &PERSON);
    let joined = done(&ours, |p| ops::join(p, &theirs, me()));
    let relation = joined.relations().next().unwrap();
    assert_eq!(relation.from, mention(&ours, FIRST, "Wang Yi", 0).id);
    assert_eq!(relation.to, mention(&joined, FIRST, "Lavrov", 0).id);
    assert_eq!(joined.tagset().relation(&relation.kind).map(|kind| kind.name.as_str()), Some("spouse of"));
    let twice = done(&joined, |p| ops::join(p, &theirs, me()));
    assert_eq!(twice.relations().count(), 1, "taken in again it is the same");
    // What was rejected here stays so.
    let rejected = done(&joined, |p| ops::reject_relations(p, &[p.relations().next().unwrap().id], me()));
    let again = done(&rejected, |p| ops::join(p, &theirs, me()));
    assert_eq!(again.relations().map(|relation| relation.status).collect::<Vec<_>>(), [Status::Rejected]);
}

#[test]
fn two_kinds_of_relations_that_are_one_here_bring_each_relation_once() {
    let (theirs, _) = related();
    let present = theirs.relations().next().unwrap().clone();
    let called = theirs.tagset().relation(&present.kind).unwrap().clone();
    let mut new = ops::NewTagset { tagset: theirs.tagset().clone(), ..ops::NewTagset::default() };
    let twin = RelationKind { id: KindId("SPOUSE_OF".into()), name: "Spouse_Of".into(), key: None, ..called.clone() };
    new.tagset.add_relation(twin.clone());
    let theirs = done(&theirs, |p| ops::set_tagset(p, &new, &ops::unknown, me()));
    // Read from its other end, as it says the same both ways.
    let theirs = done(&theirs, |p| ops::relate(p, &twin, present.to, present.from, me()));
    assert_eq!(theirs.relations().count(), 2);
    let mut new = ops::NewTagset { tagset: project().tagset().clone(), ..ops::NewTagset::default() };
    new.tagset.add_relation(called);
    let ours = done(&project(), |p| ops::set_tagset(p, &new, &ops::unknown, me()));
    assert_eq!(done(&ours, |p| ops::join(p, &theirs, me())).relations().count(), 1);
}
