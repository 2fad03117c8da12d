//! What each operation does.

use super::fixture::{
    FIRST, SECOND, article, check, done, entity, event, me, mention, project, range, records, stays, suggest, tag,
};
use crate::project::ops::{self, Known, NewTagset, unknown};
use crate::project::{
    Action, Answer, ArticleTag, CountryCode, Edit, Entity, Kind, KindId, MentionId, Participant, Place, Progress,
    Project, Proposed, Role, Schema, Stage, Status, Target,
};
use crate::text::Metadata;

const PERSON: KindId = KindId::PERSON;
const COUNTRY: KindId = KindId::COUNTRY;
const EVENT: KindId = KindId::EVENT;

fn status(project: &Project, id: MentionId) -> Status {
    project.mention(id).unwrap().status
}

#[test]
fn accepting_notes_who_and_does_nothing_twice() {
    let (p, id) = suggest(&project(), FIRST, "Lavrov", 0, &PERSON);
    let p = done(&p, |p| ops::accept(p, &[id, id], me()));
    assert_eq!(status(&p, id), Status::Accepted);
    assert_eq!(p.mention(id).unwrap().decision, Some(me()));
    assert!(ops::accept(&p, &[id], me()).is_empty());
}

#[test]
fn rejecting_keeps_the_mention_and_restoring_makes_it_a_suggestion_again() {
    let (before, id) = suggest(&project(), FIRST, "Lavrov", 0, &PERSON);
    let p = done(&before, |p| ops::reject(p, &[id], me()));
    assert_eq!(status(&p, id), Status::Rejected);
    assert_eq!(records(&done(&p, |p| ops::restore(p, &[id], me()))), records(&before));
}

#[test]
fn a_decision_on_a_suggestion_that_was_drawn_is_kept_and_taken_back_as_such() {
    let (p, id) = suggest(&project(), FIRST, "Lavrov", 0, &PERSON);
    let (p, other) = suggest(&p, FIRST, "Wang Yi", 0, &PERSON);
    let (before, same) = suggest(&p, FIRST, "Lavrov", 1, &PERSON);
    let drawn = |mut edit: Edit| {
        edit.note_drawn(id);
        edit
    };
    let found = |p: &Project| p.all_mentions().filter(|mention| mention.drawn).map(|m| m.id).collect::<Vec<_>>();
    for edit in [
        ops::reject(&before, &[id], me()),
        ops::accept(&before, &[id, same], me()),
        ops::set_range(&before, id, range(&before, FIRST, "met Lavrov", 0), me()),
        ops::set_kind(&before, &[id], &COUNTRY, &unknown, me()),
    ] {
        let edit = drawn(edit);
        let p = done(&before, |_| edit.clone());
        assert_eq!(found(&p), [id], "{:?}", edit.action);
        assert_eq!(records(&done(&p, |_| edit.inverse())), records(&before));
    }
    // Who accepts all at once has not looked at this one, and what was decided before was not drawn for that.
    assert_eq!(found(&done(&before, |p| drawn(ops::accept(p, &[id, other], me())))), []);
    let p = done(&before, |p| ops::accept(p, &[id], me()));
    assert_eq!(found(&done(&p, |p| drawn(ops::reject(p, &[id], me())))), []);
    // A suggestion again, it is to be drawn again; a later word on the same check counts.
    let p = done(&before, |p| drawn(ops::reject(p, &[id], me())));
    assert_eq!(found(&done(&p, |p| ops::accept(p, &[id], me()))), [id]);
    assert_eq!(records(&done(&p, |p| ops::restore(p, &[id], me()))), records(&before));
}

#[test]
fn restoring_what_a_person_made_moved_or_noted_makes_it_a_tag() {
    let p = tag(&project(), FIRST, "Wang Yi", 0, &PERSON);
    let (p, moved) = suggest(&p, FIRST, "Lavrov", 0, &PERSON);
    let p = done(&p, |p| ops::set_range(p, moved, range(p, FIRST, "met Lavrov", 0), me()));
    let (p, noted) = suggest(&p, FIRST, "Lavrov", 1, &PERSON);
    let p = done(&p, |p| ops::set_note(p, noted, "who?", me()));
    let all: Vec<_> = p.all_mentions().map(|mention| mention.id).collect();
    let p = done(&p, |p| ops::reject(p, &all, me()));
    let p = done(&p, |p| ops::restore(p, &all, me()));
    assert!(p.all_mentions().all(|mention| mention.status == Status::Accepted && mention.decision.is_some()));
    assert!(ops::restore(&p, &all, me()).is_empty());
}

#[test]
fn deleting_removes_what_was_made_by_hand_and_rejects_what_was_suggested() {
    let (p, suggested) = suggest(&project(), FIRST, "Lavrov", 0, &PERSON);
    let p = tag(&p, FIRST, "Wang Yi", 0, &PERSON);
    let made = mention(&p, FIRST, "Wang Yi", 0).id;
    let p = done(&p, |p| ops::delete(p, &[suggested, made], me()));
    assert_eq!(p.mention(made), None);
    assert_eq!(status(&p, suggested), Status::Rejected);
}

#[test]
fn deleting_the_last_tag_of_an_event_removes_the_event() {
    let p = done(&project(), |p| {
        let ranges = [range(p, FIRST, "met", 0), range(p, FIRST, "praised", 0)];
        ops::tag(p, FIRST, &ranges, &EVENT, &unknown, me())
    });
    let praised = event(mention(&p, FIRST, "praised", 0));
    let met = mention(&p, FIRST, "met", 0).id;
    let p = done(&p, |p| ops::join_event(p, &[met], praised, me()));
    let p = done(&p, |p| ops::delete(p, &[met], me()));
    assert!(p.event(praised).is_some());
    let p = done(&p, |p| ops::delete(p, &[mention(p, FIRST, "praised", 0).id], me()));
    assert!(p.event(praised).is_none());
}

#[test]
fn moving_the_ends_of_a_suggestion_keeps_the_first_proposal() {
    let (p, id) = suggest(&project(), FIRST, "Lavrov", 0, &PERSON);
    let first = range(&p, FIRST, "Lavrov", 0);
    let p = done(&p, |p| ops::set_range(p, id, range(p, FIRST, "met Lavrov", 0), me()));
    let p = done(&p, |p| ops::set_range(p, id, range(p, FIRST, "Lavrov in Genève", 0), me()));
    let mention = p.mention(id).unwrap();
    assert_eq!(mention.quote, "Lavrov in Genève");
    assert_eq!(mention.status, Status::Accepted);
    assert_eq!(mention.proposed, Some(Proposed { range: first, kind: PERSON }));
}

#[test]
fn ends_inside_a_character_or_an_empty_range_change_nothing() {
    let p = tag(&project(), FIRST, "Genève", 0, &PERSON);
    let id = mention(&p, FIRST, "Genève", 0).id;
    let at = range(&p, FIRST, "Genève", 0);
    let inside = text_size::TextRange::new(at.start(), at.start() + text_size::TextSize::from(4));
    assert!(ops::set_range(&p, id, inside, me()).is_empty());
    assert!(ops::set_range(&p, id, text_size::TextRange::empty(at.start()), me()).is_empty());
}

#[test]
fn another_kind_takes_another_target_and_drops_the_subtype() {
    let (p, id) = suggest(&project(), FIRST, "Chinese", 0, &COUNTRY);
    let mut demonym = p.mention(id).unwrap().clone();
    demonym.subtype = Some("demonym".into());
    let p = done(&p, |p| {
        let mut edit = ops::Builder::run(p, me());
        edit.put(demonym);
        edit.finish(Action::Suggest(String::new()))
    });
    let p = done(&p, |p| ops::set_kind(p, &[id], &PERSON, &unknown, me()));
    let mention = p.mention(id).unwrap();
    assert_eq!((&mention.kind, &mention.subtype, mention.status), (&PERSON, &None, Status::Accepted));
    assert_eq!(mention.proposed.as_ref().unwrap().kind, COUNTRY);
    assert_eq!(p.entity(entity(mention)).unwrap().kind, PERSON);
    let p = done(&p, |p| ops::set_kind(p, &[id], &EVENT, &unknown, me()));
    assert_eq!(p.event(event(p.mention(id).unwrap())).unwrap().name, "Chinese");
}

#[test]
fn tagging_what_is_suggested_or_rejected_accepts_it() {
    let (p, open) = suggest(&project(), FIRST, "Lavrov", 0, &PERSON);
    let (p, shut) = suggest(&p, FIRST, "Wang Yi", 0, &PERSON);
    let p = done(&p, |p| ops::reject(p, &[shut], me()));
    let p = tag(&tag(&p, FIRST, "Lavrov", 0, &PERSON), FIRST, "Wang Yi", 0, &PERSON);
    assert_eq!((status(&p, open), status(&p, shut)), (Status::Accepted, Status::Accepted));
    assert_eq!(p.all_mentions().count(), 2);
}

#[test]
fn tagging_many_places_gives_the_same_words_one_target() {
    for kind in [PERSON, EVENT] {
        let p = done(&project(), |p| {
            let places = [("Wang Yi", 0), ("Wang Yi", 1), ("Lavrov", 0), ("Lavrov", 1), ("Wang Yi", 0)];
            let ranges = places.map(|(words, nth)| range(p, FIRST, words, nth));
            ops::tag(p, FIRST, &ranges, &kind, &unknown, me())
        });
        let target = |words, nth| mention(&p, FIRST, words, nth).target;
        assert_eq!(p.all_mentions().count(), 4);
        assert_eq!(target("Wang Yi", 0), target("Wang Yi", 1));
        assert_eq!(target("Lavrov", 0), target("Lavrov", 1));
        assert_ne!(target("Wang Yi", 0), target("Lavrov", 0));
    }
}

#[test]
fn tagging_many_places_takes_the_target_of_one_that_is_marked_already() {
    let (p, id) = suggest(&project(), FIRST, "Lavrov", 1, &EVENT);
    let p = done(&p, |p| {
        let ranges = [range(p, FIRST, "Lavrov", 0), range(p, FIRST, "Lavrov", 1)];
        ops::tag(p, FIRST, &ranges, &EVENT, &unknown, me())
    });
    assert_eq!(mention(&p, FIRST, "Lavrov", 0).target, p.mention(id).unwrap().target);
}

#[test]
fn a_country_is_one_entity_under_all_its_names() {
    let china = CountryCode::new("CN");
    let look_up = |_: Schema, _: &str| Known { name: "China".into(), country: china, ..Known::default() };
    let p = done(&project(), |p| ops::tag(p, FIRST, &[range(p, FIRST, "Chinese", 0)], &COUNTRY, &look_up, me()));
    let p = done(&p, |p| ops::tag(p, SECOND, &[range(p, SECOND, "China", 0)], &COUNTRY, &look_up, me()));
    assert_eq!(mention(&p, FIRST, "Chinese", 0).target, mention(&p, SECOND, "China", 0).target);
    assert_eq!(p.entities().map(|entity| entity.country).collect::<Vec<_>>(), [china]);
}

#[test]
fn assigning_takes_over_the_kind_of_the_entity() {
    let p = tag(&project(), FIRST, "Lavrov", 0, &PERSON);
    let (p, id) = suggest(&p, SECOND, "China", 0, &COUNTRY);
    let lavrov = entity(mention(&p, FIRST, "Lavrov", 0));
    let p = done(&p, |p| ops::assign(p, &[id], lavrov, me()));
    let mention = p.mention(id).unwrap();
    assert_eq!((&mention.kind, entity(mention), mention.status), (&PERSON, lavrov, Status::Accepted));
}

#[test]
fn assigning_to_a_new_name_makes_one_entity_or_takes_the_one_there_is() {
    let (p, one) = suggest(&project(), FIRST, "Wang Yi", 0, &PERSON);
    let (p, two) = suggest(&p, FIRST, "Lavrov", 0, &PERSON);
    let known = Known { name: "Sergey Lavrov".into(), ..Known::default() };
    let p = done(&p, |p| ops::assign_new(p, &[one, two], &known, me()));
    let made = entity(p.mention(one).unwrap());
    assert_eq!(entity(p.mention(two).unwrap()), made);
    let (p, three) = suggest(&p, SECOND, "Émile", 0, &PERSON);
    let p = done(&p, |p| ops::assign_new(p, &[three], &known, me()));
    assert_eq!(entity(p.mention(three).unwrap()), made);
}

#[test]
fn joining_an_event_stays_in_its_article() {
    let p = tag(&tag(&project(), FIRST, "met", 0, &EVENT), SECOND, "met", 0, &EVENT);
    let (p, here) = suggest(&p, FIRST, "Chinese", 0, &COUNTRY);
    let there = mention(&p, SECOND, "met", 0).clone();
    let met = event(mention(&p, FIRST, "met", 0));
    let p = done(&p, |p| ops::join_event(p, &[here, there.id], met, me()));
    assert_eq!(p.mention(here).unwrap().target, Some(Target::Event(met)));
    assert_eq!(p.mention(here).unwrap().kind, EVENT);
    assert_eq!(p.mention(there.id), Some(&there));
}

#[test]
fn merging_moves_mentions_names_and_parts_in_events() {
    let p = tag(&tag(&project(), FIRST, "Wang Yi", 0, &PERSON), SECOND, "Émile", 0, &PERSON);
    let p = tag(&p, FIRST, "met", 0, &EVENT);
    let (wang, emile) = (entity(mention(&p, FIRST, "Wang Yi", 0)), entity(mention(&p, SECOND, "Émile", 0)));
    let mut met = p.event(event(mention(&p, FIRST, "met", 0))).unwrap().clone();
    met.participants = [wang, emile].map(|entity| Participant::new(Role::Actor, entity, None)).into();
    let p = done(&p, |p| ops::set_event(p, met.clone(), me()));
    let p = done(&p, |p| ops::set_entity(p, Entity { note: "n".into(), ..p.entity(emile).unwrap().clone() }, me()));
    let p = done(&p, |p| ops::merge(p, &[emile], wang, me()));
    assert!(p.entity(emile).is_none());
    assert_eq!(p.entity(wang).unwrap().aliases, ["Émile"]);
    assert_eq!(p.entity(wang).unwrap().note, "n");
    assert_eq!(entity(mention(&p, SECOND, "Émile", 0)), wang);
    assert_eq!(p.event(met.id).unwrap().participants, [Participant::new(Role::Actor, wang, None)]);
}

#[test]
fn several_are_merged_in_one_step() {
    let p = tag(&tag(&project(), FIRST, "Wang Yi", 0, &PERSON), SECOND, "Émile", 0, &PERSON);
    let p = tag(&tag(&p, FIRST, "Lavrov", 0, &PERSON), FIRST, "met", 0, &EVENT);
    let [wang, emile, lavrov] =
        [(FIRST, "Wang Yi"), (SECOND, "Émile"), (FIRST, "Lavrov")].map(|(at, name)| entity(mention(&p, at, name, 0)));
    let mut met = p.event(event(mention(&p, FIRST, "met", 0))).unwrap().clone();
    met.participants = [emile, lavrov].map(|entity| Participant::new(Role::Actor, entity, None)).into();
    let p = done(&p, |p| ops::set_event(p, met.clone(), me()));
    let p = done(&p, |p| ops::merge(p, &[emile, lavrov, wang, emile], wang, me()));
    assert!(p.entity(emile).is_none() && p.entity(lavrov).is_none());
    assert_eq!(p.entity(wang).unwrap().aliases, ["Émile", "Lavrov"]);
    assert_eq!(p.mentions_of(Target::Entity(wang)).count(), 3);
    assert_eq!(p.event(met.id).unwrap().participants, [Participant::new(Role::Actor, wang, None)]);
    assert!(ops::merge(&p, &[wang, emile], wang, me()).is_empty());
}

#[test]
fn merging_into_another_kind_is_a_decision_on_each_mention() {
    let p = tag(&project(), FIRST, "Lavrov", 0, &PERSON);
    let (p, id) = suggest(&p, SECOND, "China", 0, &COUNTRY);
    let (china, lavrov) = (entity(p.mention(id).unwrap()), entity(mention(&p, FIRST, "Lavrov", 0)));
    let p = done(&p, |p| ops::merge(p, &[china], lavrov, me()));
    let mention = p.mention(id).unwrap();
    assert_eq!((&mention.kind, mention.status), (&PERSON, Status::Accepted));
    assert_eq!(mention.proposed.as_ref().unwrap().kind, COUNTRY);
}

#[test]
fn merging_events_joins_triggers_and_participants() {
    let p = tag(&tag(&project(), FIRST, "met", 0, &EVENT), FIRST, "praised", 0, &EVENT);
    let p = tag(&p, FIRST, "Lavrov", 0, &PERSON);
    let (met, praised) = (event(mention(&p, FIRST, "met", 0)), event(mention(&p, FIRST, "praised", 0)));
    let mut full = p.event(met).unwrap().clone();
    let lavrov = entity(mention(&p, FIRST, "Lavrov", 0));
    full.participants = vec![Participant::new(Role::Recipient, lavrov, None)];
    let p = done(&p, |p| ops::set_event(p, full.clone(), me()));
    let p = done(&p, |p| ops::merge_events(p, &[met], praised, me()));
    assert!(p.event(met).is_none());
    assert_eq!(event(mention(&p, FIRST, "met", 0)), praised);
    assert_eq!(p.event(praised).unwrap().participants, full.participants);
    let other = tag(&p, SECOND, "met", 0, &EVENT);
    let there = event(mention(&other, SECOND, "met", 0));
    assert!(ops::merge_events(&other, &[there], praised, me()).is_empty());
}

#[test]
fn a_trigger_split_off_tells_of_an_event_of_its_own_with_the_same_frame() {
    let p = tag(&tag(&project(), FIRST, "met", 0, &EVENT), FIRST, "praised", 0, &EVENT);
    let (met, praised) = (mention(&p, FIRST, "met", 0).id, mention(&p, FIRST, "praised", 0).id);
    let whole = event(mention(&p, FIRST, "praised", 0));
    let p = done(&p, |p| ops::join_event(p, &[met], whole, me()));
    let p = tag(&p, FIRST, "Lavrov", 0, &PERSON);
    let lavrov = entity(mention(&p, FIRST, "Lavrov", 0));
    let p = done(&p, |p| ops::add_participant(p, whole, Role::Actor, lavrov, None, me()));
    let apart = done(&p, |p| ops::split(p, &[met], me()));
    let own = event(mention(&apart, FIRST, "met", 0));
    assert_ne!(own, whole);
    assert_eq!(event(mention(&apart, FIRST, "praised", 0)), whole);
    let (own, whole) = (apart.event(own).unwrap(), apart.event(whole).unwrap());
    assert_eq!((own.name.as_str(), &own.participants), ("met", &whole.participants));
    assert!(ops::split(&p, &[met, praised], me()).is_empty(), "nothing would be left");
}

#[test]
fn whoever_takes_part_is_added_once_and_may_be_somebody_no_tag_names() {
    let p = tag(&tag(&project(), FIRST, "met", 0, &EVENT), FIRST, "Lavrov", 0, &PERSON);
    let met = event(mention(&p, FIRST, "met", 0));
    let lavrov = entity(mention(&p, FIRST, "Lavrov", 0));
    let p = done(&p, |p| ops::add_participant(p, met, Role::Actor, lavrov, None, me()));
    assert!(ops::add_participant(&p, met, Role::Actor, lavrov, None, me()).is_empty());
    let rebels = Known { name: "the rebels".into(), ..Known::default() };
    let p = done(&p, |p| ops::add_new_participant(p, met, Role::Recipient, &PERSON, &rebels, me()));
    let p = done(&p, |p| ops::add_new_participant(p, met, Role::Actor, &PERSON, &rebels, me()));
    let parts = &p.event(met).unwrap().participants;
    assert_eq!(parts.len(), 3);
    assert_eq!(parts[1].who, parts[2].who, "one name, one entity");
}

#[test]
fn renaming_keeps_the_old_name_as_an_alias_and_back_again() {
    let p = tag(&project(), FIRST, "Lavrov", 0, &PERSON);
    let before = p.entities().next().unwrap().clone();
    let named = |name: &str, p: &Project| Entity { name: name.into(), ..p.entity(before.id).unwrap().clone() };
    let p = done(&p, |p| ops::set_entity(p, named("Sergey Lavrov", p), me()));
    assert_eq!(p.entity(before.id).unwrap().aliases, ["Lavrov"]);
    let p = done(&p, |p| ops::set_entity(p, named("Lavrov", p), me()));
    assert_eq!(p.entity(before.id).unwrap().aliases, ["Sergey Lavrov"]);
    assert!(ops::set_entity(&p, p.entity(before.id).unwrap().clone(), me()).is_empty());
}

#[test]
fn an_article_goes_with_all_it_holds_and_comes_back_whole() {
    let p = tag(&tag(&project(), FIRST, "met", 0, &EVENT), FIRST, "Lavrov", 0, &PERSON);
    let p = tag(&p, SECOND, "met", 0, &EVENT);
    let edit = ops::remove_article(&p, FIRST, me());
    let gone = done(&p, |_| edit.clone());
    assert_eq!((gone.article_count(), gone.events().count(), gone.all_mentions().count()), (2, 1, 1));
    assert_eq!(records(&done(&gone, |_| edit.inverse())), records(&p));
}

#[test]
fn articles_move_and_change_their_details() {
    let p = done(&project(), |p| ops::move_article(p, FIRST, 9, me()));
    assert_eq!(p.article_ids().last(), Some(&FIRST));
    assert!(ops::move_article(&p, FIRST, 2, me()).is_empty());
    let after = Metadata { title: "New".into(), source: "Wire".into(), ..Metadata::default() };
    let p = done(&p, |p| ops::set_metadata(p, FIRST, after.clone(), &stays, me()));
    assert_eq!(p.article(FIRST).unwrap().article.meta, after);
    assert!(ops::set_metadata(&p, FIRST, after, &stays, me()).is_empty());
}

#[test]
fn an_id_is_not_given_twice() {
    let p = tag(&project(), FIRST, "Lavrov", 0, &PERSON);
    let first = mention(&p, FIRST, "Lavrov", 0).id;
    let p = done(&p, |p| ops::delete(p, &[first], me()));
    let p = tag(&p, FIRST, "Lavrov", 0, &PERSON);
    assert!(mention(&p, FIRST, "Lavrov", 0).id > first);
    let p = done(&p, |p| ops::add_articles(p, vec![article("x", "y")], me()));
    check(&p);
}

#[test]
fn an_article_is_done_by_whom_and_no_longer() {
    let p = project();
    let stage = |p: &Project| p.stage(p.article(FIRST).unwrap());
    assert_eq!(stage(&p), Stage::New);
    let (p, suggested) = suggest(&p, FIRST, "Lavrov", 0, &PERSON);
    assert_eq!((stage(&p), p.progress(FIRST)), (Stage::New, Progress { open: 1, decided: 0 }));
    let p = done(&p, |p| ops::reject(p, &[suggested], me()));
    assert_eq!((stage(&p), p.progress(FIRST)), (Stage::InProgress, Progress { open: 0, decided: 1 }));
    let edit = ops::set_done(&p, FIRST, true, me());
    let after = done(&p, |_| edit.clone());
    assert_eq!((stage(&after), after.article(FIRST).unwrap().done.clone()), (Stage::Done, Some(me())));
    assert!(ops::set_done(&after, FIRST, true, me()).is_empty());
    assert_eq!(records(&done(&after, |_| edit.inverse())), records(&p));
    assert_eq!(stage(&done(&after, |p| ops::set_done(p, FIRST, false, me()))), Stage::InProgress);
}

#[test]
fn places_in_many_articles_are_tagged_and_untagged_in_one_step() {
    let place = |p: &Project, article, nth| Place { article, range: range(p, article, "Lavrov", nth) };
    let p = project();
    let places = [place(&p, SECOND, 0), place(&p, FIRST, 0), place(&p, FIRST, 1), place(&p, FIRST, 0)];
    let p = done(&p, |p| ops::tag_places(p, &places, &PERSON, &ops::unknown, me()));
    assert_eq!((p.mentions(FIRST).len(), p.mentions(SECOND).len(), p.entities().count()), (2, 1, 1));
    let p = tag(&p, FIRST, "Lavrov", 0, &KindId::COUNTRY);
    let p = done(&p, |p| ops::untag_places(p, &places[..2], &PERSON, me()));
    let left: Vec<_> = p.all_mentions().map(|mention| (mention.article, mention.kind.clone())).collect();
    assert_eq!(left, [(FIRST, KindId::COUNTRY), (FIRST, PERSON)]);
    let (p, suggested) = suggest(&p, SECOND, "Lavrov", 0, &PERSON);
    let p = done(&p, |p| ops::untag_places(p, &places, &PERSON, me()));
    assert_eq!(p.mention(suggested).unwrap().status, Status::Rejected, "what a run proposed stays away");
    assert!(ops::untag_places(&p, &places, &PERSON, me()).is_empty());
}

/// A project in which “Lavrov” and “China” are ships, and Lavrov takes part in an event.
fn with_ships() -> (Project, KindId) {
    let ship = KindId("ship".into());
    let mut new = NewTagset { tagset: project().tagset().clone(), ..NewTagset::default() };
    new.tagset.add(Kind::new(ship.clone(), "Ship", "Ships", '1', Schema::Entity));
    let p = done(&project(), |p| ops::set_tagset(p, &new, &ops::unknown, me()));
    let p = tag(&tag(&p, FIRST, "Lavrov", 0, &ship), SECOND, "China", 0, &ship);
    let p = tag(&p, FIRST, "met", 0, &EVENT);
    let (lavrov, met) = (entity(mention(&p, FIRST, "Lavrov", 0)), event(mention(&p, FIRST, "met", 0)));
    (done(&p, |p| ops::add_participant(p, met, Role::Actor, lavrov, None, me())), ship)
}

fn without(p: &Project, kind: &KindId) -> NewTagset {
    let mut new = NewTagset { tagset: p.tagset().clone(), ..NewTagset::default() };
    new.tagset.kinds.retain(|other| other.id != *kind);
    new
}

#[test]
fn a_kind_that_goes_takes_its_tags_with_it_in_one_step() {
    let (p, ship) = with_ships();
    assert_eq!(p.tagset().get(&ship).and_then(|kind| kind.key), Some('4'), "the key that is free");
    let edit = ops::set_tagset(&p, &without(&p, &ship), &ops::unknown, me());
    assert_eq!(crate::wording::to_do(&edit.action), "Remove ship with 2 tags");
    let after = done(&p, |_| edit.clone());
    assert_eq!((after.all_mentions().count(), after.entities().count(), after.tagset().kinds.len()), (1, 0, 3));
    assert_eq!(after.events().map(|event| event.participants.len()).sum::<usize>(), 0);
    assert_eq!(records(&done(&after, |_| edit.inverse())), records(&p));
}

#[test]
fn the_tags_of_a_kind_that_goes_move_to_another() {
    let (p, ship) = with_ships();
    let mut new = without(&p, &ship);
    new.moved.insert(ship.clone(), PERSON);
    let edit = ops::set_tagset(&p, &new, &ops::unknown, me());
    assert_eq!(crate::wording::to_do(&edit.action), "Move 2 tags from ship to person");
    let after = done(&p, |_| edit.clone());
    let lavrov = mention(&after, FIRST, "Lavrov", 0);
    assert_eq!((&lavrov.kind, entity(lavrov)), (&PERSON, entity(mention(&p, FIRST, "Lavrov", 0))));
    assert!(after.entities().all(|entity| entity.kind == PERSON));
    new.moved.insert(ship, EVENT);
    let after = done(&p, |p| ops::set_tagset(p, &new, &ops::unknown, me()));
    assert_eq!((after.entities().count(), after.events().count()), (0, 3));
    assert_eq!(after.event(event(mention(&after, SECOND, "China", 0))).map(|e| e.name.as_str()), Some("China"));
}

#[test]
fn answers_of_article_tags_are_set_renamed_and_taken_back() {
    let topic = |choices: &[&str]| ArticleTag {
        id: "topic".into(),
        name: "Topic".into(),
        answer: Answer::Several(choices.iter().map(|choice| (*choice).to_owned()).collect()),
    };
    let mut new = NewTagset { tagset: project().tagset().clone(), ..NewTagset::default() };
    new.tagset.article_tags = vec![topic(&["war", "trade"])];
    let p = done(&project(), |p| ops::set_tagset(p, &new, &ops::unknown, me()));
    let both = ["war".to_owned(), "trade".to_owned()];
    let p = done(&p, |p| ops::set_article_tag(p, FIRST, "topic", &both, me()));
    let answers = |p: &Project| p.article(FIRST).and_then(|record| record.tags.get("topic").cloned());
    assert_eq!(answers(&p).as_deref(), Some(&both[..]));
    new.tagset.article_tags = vec![topic(&["conflict"])];
    new.renamed.insert(("topic".into(), "war".into()), "conflict".into());
    let after = done(&p, |p| ops::set_tagset(p, &new, &ops::unknown, me()));
    assert_eq!(answers(&after), Some(vec!["conflict".to_owned()]));
    let desk = ArticleTag { id: "desk".into(), name: "Desk".into(), answer: Answer::One(vec!["home".into()]) };
    new.tagset.article_tags = vec![topic(&["peace", "conflict", "trade"]), desk];
    let offered = done(&after, |p| ops::set_tagset(p, &new, &ops::unknown, me()));
    let more = ["trade".to_owned(), "peace".to_owned(), "sport".to_owned()];
    let more = done(&offered, |p| ops::add_article_tags(p, FIRST, &[("topic".into(), more.to_vec())].into(), me()));
    assert_eq!(
        answers(&more),
        Some(["peace", "conflict", "trade"].map(str::to_owned).into()),
        "those that are offered"
    );
    let empty = done(&after, |p| ops::set_article_tag(p, FIRST, "topic", &[], me()));
    assert_eq!(answers(&empty), None);
    // Answers to several tags are one edit.
    let both = [("topic".into(), vec!["trade".to_owned()]), ("desk".into(), vec!["home".to_owned()])].into();
    let edit = ops::add_article_tags(&offered, FIRST, &both, me());
    assert_eq!((edit.changes.len(), edit.action.clone()), (1, Action::SetArticleTag("Desk, Topic".into())));
    assert_eq!(done(&offered, |_| edit.clone()).article(FIRST).unwrap().tags.len(), 2);
}

#[test]
fn mentions_are_split_off_as_another_of_the_same_sort() {
    let p = tag(&tag(&project(), FIRST, "Lavrov", 0, &PERSON), FIRST, "Lavrov", 1, &PERSON);
    let (first, second) = (mention(&p, FIRST, "Lavrov", 0), mention(&p, FIRST, "Lavrov", 1));
    assert_eq!(entity(first), entity(second));
    let after = done(&p, |p| ops::split(p, &[second.id], me()));
    let (first, second) = (mention(&after, FIRST, "Lavrov", 0), mention(&after, FIRST, "Lavrov", 1));
    assert_ne!(entity(first), entity(second));
    assert_eq!(after.entity(entity(second)).map(|e| e.name.as_str()), Some("Lavrov"));
    assert!(ops::split(&after, &[second.id], me()).is_empty(), "none would be left");
}

#[test]
fn a_snapshot_stays_as_it_was() {
    let mut p = tag(&tag(&project(), FIRST, "Lavrov", 0, &PERSON), SECOND, "met", 0, &EVENT);
    let (snapshot, before) = (p.snapshot(), records(&p));
    let all: Vec<_> = p.all_mentions().map(|mention| mention.id).collect();
    p.apply(&ops::reject(&p, &all, me())).unwrap();
    p.apply(&ops::remove_article(&p, SECOND, me())).unwrap();
    check(&p);
    assert_eq!(records(&snapshot), before);
}
