//! What a run brings into a project, and what it leaves alone.

use smol_str::SmolStr;

use crate::project::ops::{self, NewTagset, unknown};
use crate::project::{
    ArticleId, CountryCode, Edit, Entity, EntityId, Event, EventPlace, EventType, Kind, KindId, Level, Mention,
    Modality, Party, PartyLabel, PartyWords, Polarity, Project, Role, Schema, Stamp, Status, Tagset, Target,
};
use crate::suggest::{self, Label, Span, SpanLabel, Suggestions};
use crate::text::{Article, Metadata, Text};

const FIRST: ArticleId = ArticleId(0);
const SECOND: ArticleId = ArticleId(1);
const TEXT: &str = "Li Wei met Wang Yi. Li Wei spoke; China and the Chinese met.";

fn stamp() -> Stamp {
    Stamp { by: SmolStr::new("Ada"), at: jiff::Timestamp::UNIX_EPOCH }
}

fn done(project: &Project, operation: impl FnOnce(&Project) -> Edit) -> Project {
    let mut after = project.clone();
    after.apply(&operation(project)).unwrap();
    after
}

fn project() -> Project {
    let article = || Article { meta: Metadata::default(), text: Text::new(TEXT).unwrap() };
    done(&Project::new(), |p| ops::add_articles(p, vec![article(), article()], stamp()))
}

/// The suggestions of a source that finds the `nth` places of words.
#[derive(Default)]
struct Found(Suggestions);

impl Found {
    fn span(&mut self, words: &str, nth: usize, label: impl Into<SpanLabel>) -> usize {
        let (start, _) = TEXT.match_indices(words).nth(nth).unwrap();
        self.0.spans.push(Span {
            range: crate::text::byte_range(start, start + words.len()).unwrap(),
            label: label.into(),
            score: 0.9,
            source: "test",
            reason: "because".into(),
            country: None,
            country_name: None,
            in_country: None,
        });
        self.0.spans.len() - 1
    }

    fn person(mut self, name: &str, wikidata: Option<&str>, places: &[(&str, usize)]) -> Self {
        let mentions = places.iter().map(|(words, nth)| self.span(words, *nth, Label::Person)).collect();
        let wikidata = wikidata.map(SmolStr::new);
        self.0.add(
            KindId::PERSON,
            suggest::Entity { name: name.into(), wikidata, mentions, ..suggest::Entity::default() },
        );
        self
    }

    fn country(mut self, code: &str, name: &str, places: &[(&str, usize)]) -> Self {
        let mentions: Vec<usize> = places.iter().map(|(words, nth)| self.span(words, *nth, Label::Country)).collect();
        let country = CountryCode::new(code);
        for span in &mentions {
            self.0.spans[*span].country = country;
        }
        self.0.add(
            KindId::COUNTRY,
            suggest::Entity { name: name.into(), country, mentions, ..suggest::Entity::default() },
        );
        self
    }

    /// An entity of any label.
    fn entity(
        mut self,
        label: impl Into<SpanLabel>,
        name: &str,
        country: Option<&str>,
        places: &[(&str, usize)],
    ) -> Self {
        let label = label.into();
        let mentions = places.iter().map(|(words, nth)| self.span(words, *nth, label.clone())).collect();
        let country = country.and_then(CountryCode::new);
        let entity = suggest::Entity { name: name.into(), country, mentions, ..suggest::Entity::default() };
        self.0.add(label.kind(), entity);
        self
    }

    /// With the span of the first person or country as its actor.
    fn event(mut self, name: &str, places: &[(&str, usize)]) -> Self {
        let participants = self.0.spans.iter().take(1).enumerate().map(|(span, of)| suggest::Participant {
            role: Role::Actor,
            label: PartyLabel::Person,
            name: "Li Wei".into(),
            country: None,
            range: of.range,
            span: Some(span),
            unsure: false,
        });
        let participants = participants.collect();
        let mentions = places.iter().map(|(words, nth)| self.span(words, *nth, Label::Trigger)).collect();
        self.0.events.push(suggest::Event {
            name: name.into(),
            kind: EventType::Happening(None),
            level: Level::Kept,
            alike: None,
            worth: 0.9,
            mode: None,
            contexts: Vec::new(),
            date: None,
            place: None,
            polarity: Polarity::default(),
            modality: Modality::default(),
            participants,
            figures: Vec::new(),
            wikidata: None,
            mentions,
        });
        self
    }
}

fn run(project: &Project, article: ArticleId, found: &Found) -> Project {
    let after = done(project, |p| suggest::edit(p, article, &found.0, stamp()));
    assert!(suggest::edit(&after, article, &found.0, stamp()).is_empty(), "a second run changes something");
    after
}

const WORKS_FOR: &str = "works-for";

impl Found {
    /// That the first of these works for the second: each is the words of a span that was found.
    fn works_for(mut self, pairs: &[(&str, &str)]) -> Self {
        let span =
            |words: &str| self.0.spans.iter().position(|span| TEXT[crate::text::bytes(span.range)] == *words).unwrap();
        let relation = |(from, to): &(&str, &str)| suggest::Relation {
            from: span(from),
            to: span(to),
            score: 0.5,
            source: "test",
            reason: "because".into(),
        };
        let relations = pairs.iter().map(relation).collect();
        self.0.relations.insert(KindId(WORKS_FOR.into()), relations);
        self
    }
}

/// A project whose tagset has relations.
fn relating() -> Project {
    let mut new = NewTagset { tagset: Tagset::default(), ..NewTagset::default() };
    Tagset::default().ready_relations().into_iter().for_each(|kind| new.tagset.add_relation(kind));
    done(&project(), |p| ops::set_tagset(p, &new, &unknown, stamp()))
}

/// The relations of a project by the words of their ends, with how far each has come.
fn relations(project: &Project) -> Vec<(String, String, Status)> {
    let words = |id| project.mention(id).unwrap().quote.to_string();
    project.relations().map(|r| (words(r.from), words(r.to), r.status)).collect()
}

fn told(from: &str, to: &str, status: Status) -> (String, String, Status) {
    (from.to_owned(), to.to_owned(), status)
}

#[test]
fn a_run_makes_keeps_and_drops_relations_and_leaves_decided_ones_alone() {
    let both = [("Li Wei", "China"), ("Wang Yi", "China")];
    let p = run(&relating(), FIRST, &full().works_for(&both));
    let suggested = Status::Suggested;
    assert_eq!(relations(&p), [told("Li Wei", "China", suggested), told("Wang Yi", "China", suggested)]);
    let ids: Vec<_> = p.relations().map(|relation| relation.id).collect();
    // Kinds that were not looked for stay; what was looked for and not found goes.
    assert_eq!(relations(&run(&p, FIRST, &full())), relations(&p));
    assert_eq!(relations(&run(&p, FIRST, &full().works_for(&both[1..]))), [told("Wang Yi", "China", suggested)]);
    assert_eq!(relations(&run(&p, FIRST, &full().works_for(&[]))), []);
    let p = done(&p, |p| ops::reject_relations(p, &ids[..1], stamp()));
    let p = done(&p, |p| ops::accept_relations(p, &ids[1..], stamp()));
    let decided = [told("Li Wei", "China", Status::Rejected), told("Wang Yi", "China", Status::Accepted)];
    for found in [full(), full().works_for(&both), full().works_for(&[])] {
        assert_eq!(relations(&run(&p, FIRST, &found)), decided);
    }
    let turned = done(&p, |p| ops::reverse_relation(p, ids[0], stamp()));
    let again = run(&turned, FIRST, &full().works_for(&both));
    assert_eq!(again.relations().count(), 2, "nor is what a person turned round proposed again");
}

#[test]
fn a_rejected_relation_keeps_the_tag_that_a_run_would_drop() {
    let found = full().works_for(&[("Li Wei", "China")]);
    let p = run(&relating(), FIRST, &found);
    let id = p.relations().next().unwrap().id;
    let p = done(&p, |p| ops::reject_relations(p, &[id], stamp()));
    let nothing = Found::default();
    let p = run(&p, FIRST, &nothing);
    assert_eq!(relations(&p), [told("Li Wei", "China", Status::Rejected)]);
    assert_eq!(p.mentions(FIRST).len(), 2, "its ends alone are left");
    let p = run(&p, FIRST, &found);
    assert_eq!(relations(&p), [told("Li Wei", "China", Status::Rejected)]);
}

#[test]
fn relations_of_a_run_go_to_the_tag_that_a_person_has_put_there() {
    let p = done(&relating(), |p| {
        let start = TEXT.find("Li Wei").unwrap();
        let range = crate::text::byte_range(start, start + 6).unwrap();
        ops::tag(p, FIRST, &[range], &KindId::ORGANISATION, &unknown, stamp())
    });
    let by_hand = at(&p, FIRST, "Li Wei", 0).unwrap().id;
    let p = run(&p, FIRST, &full().works_for(&[("Li Wei", "China")]));
    assert_eq!(p.relations().next().unwrap().from, by_hand);
}

/// All that a run can change.
fn records(project: &Project) -> (Vec<Mention>, Vec<Entity>, Vec<Event>) {
    let (mentions, entities) = (project.all_mentions().cloned().collect(), project.entities().cloned().collect());
    (mentions, entities, project.events().cloned().collect())
}

fn at<'p>(project: &'p Project, article: ArticleId, words: &str, nth: usize) -> Option<&'p Mention> {
    let (start, _) = TEXT.match_indices(words).nth(nth).unwrap();
    project.mentions_at(article, crate::text::byte_range(start, start + words.len()).unwrap()).first()
}

fn entity(project: &Project, article: ArticleId, words: &str, nth: usize) -> EntityId {
    match at(project, article, words, nth).unwrap().target {
        Some(Target::Entity(id)) => id,
        other => panic!("{other:?}"),
    }
}

fn event<'p>(project: &'p Project, words: &str, nth: usize) -> &'p Event {
    match at(project, FIRST, words, nth).unwrap().target {
        Some(Target::Event(id)) => project.event(id).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn full() -> Found {
    Found::default()
        .person("Li Wei", None, &[("Li Wei", 0), ("Li Wei", 1)])
        .person("Wang Yi", None, &[("Wang Yi", 0)])
        .country("CN", "China", &[("China", 0), ("Chinese", 0)])
        .event("met", &[("met", 0)])
}

#[test]
fn what_stays_in_the_background_costs_no_review_until_somebody_keeps_it() {
    let mut found = full().event("spoke", &[("spoke", 0), ("met", 1)]);
    found.0.events[1].level = Level::Everything;
    let p = run(&project(), FIRST, &found);
    let open = p.progress(FIRST).open;
    assert_eq!(open, run(&project(), FIRST, &full()).progress(FIRST).open);
    assert_eq!(p.shown(FIRST).count(), p.mentions(FIRST).len() - 2);
    let everything = done(&p, |p| ops::set_level(p, Level::Everything, stamp()));
    assert_eq!(everything.progress(FIRST).open, open + 1, "an event that is told twice is one to decide on");
    let finished = done(&p, |p| ops::finish_article(p, FIRST, stamp()));
    assert!(at(&finished, FIRST, "spoke", 0).unwrap().is_open());
    // Whoever accepts one mention of it keeps all of it.
    let kept = done(&p, |p| ops::accept(p, &[at(p, FIRST, "spoke", 0).unwrap().id], stamp()));
    assert!(p.level_of(event(&p, "spoke", 0).id) == Level::Everything);
    assert!(kept.level_of(event(&kept, "spoke", 0).id) == Level::Kept);
    assert_eq!(at(&kept, FIRST, "met", 1).unwrap().status, Status::Accepted);
    let mut edited = event(&p, "spoke", 0).clone();
    edited.name = "speech".into();
    let edited = done(&p, |p| ops::set_event(p, edited.clone(), stamp()));
    assert_eq!(edited.progress(FIRST).open, open + 1);
    // What a run no longer finds goes, as long as nobody has decided on it.
    found.0.events.pop();
    assert_eq!(run(&p, FIRST, &found).events().count(), 1);
}

#[test]
fn the_first_place_of_an_event_stands_for_it_and_is_decided_on_with_the_others() {
    let found = Found::default().event("met", &[("met", 1), ("met", 0), ("spoke", 0)]);
    let p = run(&project(), FIRST, &found);
    let stands = |p: &Project, words, nth| !at(p, FIRST, words, nth).unwrap().retold;
    assert_eq!([stands(&p, "met", 0), stands(&p, "met", 1), stands(&p, "spoke", 0)], [false, true, false]);
    assert_eq!(p.progress(FIRST).open, 1);
    let clear = at(&p, FIRST, "met", 1).unwrap().id;
    let rejected = done(&p, |p| ops::reject(p, &[clear], stamp()));
    assert!(rejected.mentions(FIRST).iter().all(|mention| mention.status == Status::Rejected));
    let back = done(&rejected, |p| ops::restore(p, &[clear], stamp()));
    assert!(back.mentions(FIRST).iter().all(|mention| mention.status == Status::Suggested));
    let one = done(&p, |p| ops::reject(p, &[at(p, FIRST, "spoke", 0).unwrap().id], stamp()));
    assert_eq!(one.mentions(FIRST).iter().filter(|mention| mention.is_live()).count(), 2);
    // Once it tells of something else, another stands for the event.
    let moved = done(&p, |p| ops::set_kind(p, &[clear], &KindId::PERSON, &unknown, stamp()));
    assert_eq!([stands(&moved, "met", 0), stands(&moved, "spoke", 0)], [true, false]);
}

#[test]
fn what_is_unsure_is_taken_with_the_event() {
    let mut found = full();
    found.0.events[0].participants[0].unsure = true;
    found.0.events[0].place = Some(EventPlace { unsure: true, ..EventPlace::new("Bern", None) });
    let p = run(&project(), FIRST, &found);
    assert!(!event(&p, "met", 0).is_sure());
    let p = done(&p, |p| ops::accept(p, &[at(p, FIRST, "met", 0).unwrap().id], stamp()));
    assert!(event(&p, "met", 0).is_sure() && event(&p, "met", 0).decision.is_some());
}

#[test]
fn organisations_and_words_take_part_without_becoming_entities() {
    let mut found = full();
    let range = found.0.spans[0].range;
    found.0.events[0].participants.push(suggest::Participant {
        role: Role::Recipient,
        label: PartyLabel::Group,
        name: "envoys".into(),
        country: None,
        range,
        span: None,
        unsure: false,
    });
    let p = run(&project(), FIRST, &found);
    let words = PartyWords { name: "envoys".into(), label: PartyLabel::Group, country: None };
    assert_eq!(event(&p, "met", 0).participants[1].who, Party::Words(words));
    assert_eq!(p.entities().count(), 3);
}

#[test]
fn a_run_brings_in_what_it_found() {
    let p = run(&project(), FIRST, &full());
    assert_eq!((p.all_mentions().count(), p.entities().count(), p.events().count()), (6, 3, 1));
    assert!(p.all_mentions().all(|mention| mention.is_open()));
    assert_eq!(event(&p, "met", 0).participants[0].entity().unwrap(), entity(&p, FIRST, "Li Wei", 0));
}

#[test]
fn a_run_that_finds_less_drops_open_suggestions_and_untouched_events() {
    let p = run(&project(), FIRST, &full());
    let kept = at(&p, FIRST, "Wang Yi", 0).unwrap().id;
    let p = run(&p, FIRST, &Found::default().person("Wang Yi", None, &[("Wang Yi", 0)]));
    assert_eq!(p.all_mentions().map(|mention| mention.id).collect::<Vec<_>>(), [kept]);
    assert_eq!(p.events().count(), 0);
}

#[test]
fn what_a_person_decided_outlasts_a_run_that_finds_nothing() {
    let p = run(&project(), FIRST, &full());
    let (li, met) = (at(&p, FIRST, "Li Wei", 0).unwrap().id, at(&p, FIRST, "met", 0).unwrap().id);
    let p = done(&p, |p| ops::accept(p, &[li], stamp()));
    let p = done(&p, |p| ops::reject(p, &[met], stamp()));
    let after = run(&p, FIRST, &Found::default());
    assert_eq!(after.all_mentions().collect::<Vec<_>>(), [p.mention(li).unwrap(), p.mention(met).unwrap()]);
    assert_eq!(after.events().count(), 1);
}

#[test]
fn what_was_rejected_is_not_proposed_again_and_takes_part_in_nothing() {
    let p = run(&project(), FIRST, &Found::default().person("Li Wei", None, &[("Li Wei", 0)]));
    let p = done(&p, |p| ops::reject(p, &[at(p, FIRST, "Li Wei", 0).unwrap().id], stamp()));
    let p = run(&p, FIRST, &full());
    assert_eq!(at(&p, FIRST, "Li Wei", 0).unwrap().status, Status::Rejected);
    assert!(at(&p, FIRST, "Li Wei", 1).unwrap().is_open());
    assert!(event(&p, "met", 0).participants.is_empty());
}

#[test]
fn no_entity_is_made_for_spans_that_are_all_decided_against() {
    let p = run(&project(), FIRST, &Found::default().country("CN", "China", &[("Wang Yi", 0)]));
    let p =
        done(&p, |p| ops::set_kind(p, &[at(p, FIRST, "Wang Yi", 0).unwrap().id], &KindId::PERSON, &unknown, stamp()));
    let found = Found::default().country("CH", "Switzerland", &[("Wang Yi", 0)]);
    assert!(suggest::edit(&p, FIRST, &found.0, stamp()).is_empty());
}

#[test]
fn an_entity_that_only_takes_part_in_an_event_is_made() {
    let p = done(&project(), |p| {
        let range = crate::text::byte_range(0, 6).unwrap();
        ops::tag(p, FIRST, &[range], &KindId::EVENT, &unknown, stamp())
    });
    let p = run(&p, FIRST, &Found::default().person("Li Wei", None, &[("Li Wei", 0)]).event("met", &[("met", 0)]));
    let met = event(&p, "met", 0);
    assert_eq!(p.entity(met.participants[0].entity().unwrap()).unwrap().name, "Li Wei");
}

#[test]
fn moved_ends_keep_the_proposed_range_away_and_lead_to_the_entity() {
    let p = run(&project(), FIRST, &full());
    let id = at(&p, FIRST, "Wang Yi", 0).unwrap().id;
    let before = entity(&p, FIRST, "Wang Yi", 0);
    let wide = crate::text::byte_range(TEXT.find("met Wang").unwrap(), TEXT.find(". Li").unwrap()).unwrap();
    let p = done(&p, |p| ops::set_range(p, id, wide, stamp()));
    let p = run(&p, FIRST, &full());
    assert!(at(&p, FIRST, "Wang Yi", 0).is_none());
    assert_eq!(p.mention(id).unwrap().target, Some(Target::Entity(before)));
    // The other names of the person follow the one that the person accepted.
    let named = Found::default().person("Wang", None, &[("Wang Yi", 0), ("Li Wei", 1)]);
    assert_eq!(entity(&run(&p, FIRST, &named), FIRST, "Li Wei", 1), before);
}

#[test]
fn namesakes_with_different_items_stay_two() {
    let found =
        Found::default().person("Li Wei", Some("Q1"), &[("Li Wei", 0)]).person("Li Wei", Some("Q2"), &[("Li Wei", 1)]);
    let p = run(&project(), FIRST, &found);
    assert_ne!(entity(&p, FIRST, "Li Wei", 0), entity(&p, FIRST, "Li Wei", 1));
    let p = run(&p, SECOND, &Found::default().person("Li Wei", Some("Q2"), &[("Li Wei", 0)]));
    assert_eq!(entity(&p, SECOND, "Li Wei", 0), entity(&p, FIRST, "Li Wei", 1));
}

#[test]
fn namesakes_with_other_offices_stay_two_unless_somebody_is_named_with_both() {
    let li_wei = |office: &str| {
        let mut found = Found::default().person("Li Wei", None, &[("Li Wei", 0)]);
        found.0.entities.get_mut(&KindId::PERSON).unwrap()[0].role = office.into();
        found
    };
    let first = run(&project(), FIRST, &li_wei("Foreign Minister").person("Wang Yi", None, &[("Wang Yi", 0)]));
    let is_one = |found: Found| {
        let second = run(&first, SECOND, &found);
        let after = run(&second, SECOND, &found);
        assert_eq!(entity(&after, SECOND, "Li Wei", 0), entity(&second, SECOND, "Li Wei", 0), "a second run");
        entity(&after, SECOND, "Li Wei", 0) == entity(&first, FIRST, "Li Wei", 0)
    };
    assert!(!is_one(li_wei("goalkeeper")));
    assert!(is_one(li_wei("minister")), "an office that shares a word");
    assert!(is_one(li_wei("")), "no office");
    assert!(is_one(li_wei("goalkeeper").person("Wang Yi", None, &[("Wang Yi", 0)])), "with the same people");
}

#[test]
fn the_item_counts_for_more_than_the_name() {
    let p = run(&project(), FIRST, &Found::default().person("Li Wei", None, &[("Li Wei", 0)]));
    let p = run(&p, SECOND, &Found::default().person("Wei Li", Some("Q2"), &[("Li Wei", 0)]));
    let both = Found::default().person("Li Wei", Some("Q2"), &[("Li Wei", 0), ("Li Wei", 1)]);
    let after = run(&p, SECOND, &both);
    assert_eq!(entity(&after, SECOND, "Li Wei", 1), entity(&p, SECOND, "Li Wei", 0));
}

#[test]
fn a_second_run_leaves_people_with_whom_a_person_named_though_another_has_their_item() {
    let project = run(&project(), SECOND, &Found::default().person("Zhou", None, &[("Li Wei", 0)]));
    let known =
        Entity { name: "Wang Yi".into(), ..project.entity(entity(&project, SECOND, "Li Wei", 0)).unwrap().clone() };
    let named = known.id;
    let project = done(&project, |p| ops::set_entity(p, known, stamp()));
    let found = Found::default().person("Wang Yi", Some("Q1"), &[("Wang Yi", 0)]).person(
        "Li Wei",
        Some("Q1"),
        &[("Li Wei", 0)],
    );
    let project = run(&project, FIRST, &found);
    assert_eq!(entity(&project, FIRST, "Wang Yi", 0), named);
    assert_ne!(entity(&project, FIRST, "Li Wei", 0), named);
}

/// With words tagged by hand as a kind.
fn tagged(project: &Project, words: &str, kind: &KindId) -> Project {
    let start = TEXT.find(words).unwrap();
    let range = crate::text::byte_range(start, start + words.len()).unwrap();
    done(project, |p| ops::tag(p, FIRST, &[range], kind, &unknown, stamp()))
}

#[test]
fn two_names_of_one_item_are_one_though_the_project_knows_the_first_by_its_name_alone() {
    let p = tagged(&project(), "Li Wei met", &KindId::PERSON);
    let id = entity(&p, FIRST, "Li Wei met", 0);
    let p =
        done(&p, |p| ops::set_entity(p, Entity { name: "Li Wei".into(), ..p.entity(id).unwrap().clone() }, stamp()));
    let p = run(
        &p,
        FIRST,
        &Found::default()
            .person("Li Wei", Some("Q1"), &[("Li Wei", 0)])
            .person("Wang Yi", Some("Q1"), &[("Wang Yi", 0)])
            .event("met", &[("met", 1)]),
    );
    assert_eq!(entity(&p, FIRST, "Wang Yi", 0), id);
    assert_eq!(event(&p, "met", 1).participants[0].entity(), Some(id));
}

#[test]
fn who_takes_part_does_not_follow_from_a_suggestion_that_goes() {
    let found = Found::default().country("CN", "China", &[("China", 0)]).event("met", &[("met", 1)]);
    let p = run(&project(), FIRST, &found);
    let id = entity(&p, FIRST, "China", 0);
    let p = done(&p, |p| ops::set_entity(p, Entity { country: None, ..p.entity(id).unwrap().clone() }, stamp()));
    assert_eq!(event(&run(&p, FIRST, &found), "met", 1).participants[0].entity(), Some(id), "while it stands");
    let p = run(&tagged(&p, "China and", &KindId::COUNTRY), FIRST, &found);
    assert_ne!(event(&p, "met", 1).participants[0].entity(), Some(id));
}

#[test]
fn a_person_is_one_entity_in_two_articles_and_under_an_old_name() {
    let found = || Found::default().person("Li Wei", None, &[("Li Wei", 0)]);
    let p = run(&project(), FIRST, &found());
    let id = entity(&p, FIRST, "Li Wei", 0);
    let p = done(&p, |p| {
        ops::set_entity(p, Entity { name: "Li Wei (minister)".into(), ..p.entity(id).unwrap().clone() }, stamp())
    });
    let p = run(&p, SECOND, &found());
    assert_eq!(entity(&p, SECOND, "Li Wei", 0), id);
    assert_eq!(p.entities().count(), 1);
}

#[test]
fn a_country_is_found_by_its_code() {
    let p = run(&project(), FIRST, &Found::default().country("CN", "China", &[("China", 0)]));
    let p = run(&p, SECOND, &Found::default().country("CN", "People’s Republic of China", &[("Chinese", 0)]));
    assert_eq!(entity(&p, FIRST, "China", 0), entity(&p, SECOND, "Chinese", 0));
}

#[test]
fn a_merge_of_entities_outlasts_the_next_run() {
    let found = || {
        Found::default()
            .person("Li Wei", Some("Q1"), &[("Li Wei", 0)])
            .person("Wang Yi", Some("Q2"), &[("Wang Yi", 0)])
            .country("SU", "Soviet Union", &[("China", 0)])
            .country("RU", "Russia", &[("Chinese", 0)])
    };
    let p = run(&project(), FIRST, &found());
    let id = |words| entity(&p, FIRST, words, 0);
    let p = done(&p, |p| ops::merge(p, &[id("Li Wei")], id("Wang Yi"), stamp()));
    let p = done(&p, |p| ops::merge(p, &[id("China")], id("Chinese"), stamp()));
    assert!(suggest::edit(&p, FIRST, &found().0, stamp()).is_empty());
}

#[test]
fn one_mention_given_to_somebody_else_does_not_take_the_others_along() {
    let found = || Found::default().person("Li Wei", None, &[("Li Wei", 0), ("Li Wei", 1), ("Wang Yi", 0)]);
    let p = run(&project(), FIRST, &found());
    let p = done(&p, |p| {
        let known = ops::Known { name: "Wang Yi".into(), ..ops::Known::default() };
        ops::assign_new(p, &[at(p, FIRST, "Wang Yi", 0).unwrap().id], &known, stamp())
    });
    assert!(suggest::edit(&p, FIRST, &found().0, stamp()).is_empty());
}

#[test]
fn a_new_trigger_joins_an_event_that_a_person_worked_on_and_leaves_it_as_it_is() {
    let p = run(&project(), FIRST, &Found::default().event("met", &[("met", 0)]));
    let edited = Event { name: "The meeting".into(), ..event(&p, "met", 0).clone() };
    let p = done(&p, |p| ops::set_event(p, edited, stamp()));
    let after = run(&p, FIRST, &Found::default().event("met", &[("met", 0), ("met", 1)]));
    assert_eq!(event(&after, "met", 1), event(&p, "met", 0));
}

#[test]
fn what_was_one_event_and_is_now_told_as_two_becomes_two() {
    let p = run(&project(), FIRST, &Found::default().event("met", &[("met", 0), ("met", 1)]));
    let p = run(&p, FIRST, &Found::default().event("met", &[("met", 0)]).event("met", &[("met", 1)]));
    assert_ne!(event(&p, "met", 0).id, event(&p, "met", 1).id);
}

#[test]
fn a_merge_of_events_outlasts_the_next_run() {
    let found = || Found::default().event("met", &[("met", 0)]).event("met", &[("met", 1)]);
    let p = run(&project(), FIRST, &found());
    let p = done(&p, |p| ops::merge_events(p, &[event(p, "met", 0).id], event(p, "met", 1).id, stamp()));
    assert!(suggest::edit(&p, FIRST, &found().0, stamp()).is_empty());
}

#[test]
fn a_trigger_moved_to_another_event_does_not_take_the_other_triggers_along() {
    let found = || Found::default().event("met", &[("met", 0), ("met", 1)]).event("spoke", &[("spoke", 0)]);
    let p = run(&project(), FIRST, &found());
    let met = event(&p, "met", 0).id;
    let p = done(&p, |p| ops::join_event(p, &[at(p, FIRST, "met", 0).unwrap().id], event(p, "spoke", 0).id, stamp()));
    let p = run(&p, FIRST, &found());
    assert_eq!(event(&p, "met", 1).id, met);
}

#[test]
fn a_name_and_a_trigger_on_one_range_are_one_mention() {
    let mut found = Found::default().event("met", &[("met", 0)]).event("Met", &[("met", 0)]);
    found.0.spans[1].label = Label::Event.into();
    let p = run(&project(), FIRST, &found);
    assert_eq!((p.all_mentions().count(), p.events().count()), (1, 1));
}

#[test]
fn an_article_that_is_gone_gets_nothing() {
    assert!(suggest::edit(&project(), ArticleId(7), &full().0, stamp()).is_empty());
}

/// The project with this kind in its tagset.
fn with_kind(project: &Project, kind: Kind) -> Project {
    let mut new = NewTagset { tagset: project.tagset().clone(), ..NewTagset::default() };
    new.tagset.add(kind);
    done(project, |p| ops::set_tagset(p, &new, &unknown, stamp()))
}

/// The project with a kind that the engine fills.
fn ready(project: &Project, id: &KindId) -> Project {
    let kind = project.tagset().ready().into_iter().find(|kind| kind.id == *id).unwrap();
    with_kind(project, kind)
}

#[test]
fn organisations_and_places_come_in_where_the_tagset_has_a_kind_for_them() {
    let found = || {
        full().entity(Label::Org, "Wang Yi", None, &[("Wang Yi", 0)]).entity(
            Label::Place,
            "Geneva",
            Some("CH"),
            &[("spoke", 0)],
        )
    };
    let without = run(&project(), FIRST, &found());
    assert_eq!(records(&without), records(&run(&project(), FIRST, &full())), "its tagset has no such kind");
    let p = run(&ready(&project(), &KindId::PLACE), FIRST, &found());
    let geneva = p.entity(entity(&p, FIRST, "spoke", 0)).unwrap();
    assert_eq!((geneva.kind.clone(), geneva.country), (KindId::PLACE, CountryCode::new("CH")));
    assert_eq!(p.entities().filter(|entity| entity.kind == KindId::ORGANISATION).count(), 0);
}

#[test]
fn a_kind_that_is_called_otherwise_is_the_same_and_one_of_events_takes_no_entity() {
    let found = Found::default().entity(Label::Org, "Wang Yi", None, &[("Wang Yi", 0)]);
    let org = project().tagset().ready().remove(0);
    let p = run(&with_kind(&project(), Kind { name: "Body".into(), ..org.clone() }), FIRST, &found);
    assert_eq!(at(&p, FIRST, "Wang Yi", 0).unwrap().kind, KindId::ORGANISATION);
    let of_events = with_kind(&project(), Kind { schema: Schema::Event, ..org });
    assert!(suggest::edit(&of_events, FIRST, &found.0, stamp()).is_empty());
}

#[test]
fn a_source_can_fill_a_kind_of_ones_own() {
    let ship = KindId("ship".into());
    let kind = Kind::new(ship.clone(), "Ship", "Ships", '4', Schema::Entity);
    let found = Found::default().entity(SpanLabel::Kind(ship.clone()), "Wang Yi", None, &[("Wang Yi", 0)]);
    assert!(suggest::edit(&project(), FIRST, &found.0, stamp()).is_empty());
    let p = run(&with_kind(&project(), kind), FIRST, &found);
    assert_eq!(at(&p, FIRST, "Wang Yi", 0).unwrap().kind, ship);
}

#[test]
fn an_organisation_that_the_tagset_has_a_kind_for_takes_part_in_events() {
    let mut found = Found::default().entity(Label::Org, "Li Wei", None, &[("Li Wei", 0)]).event("met", &[("met", 0)]);
    found.0.events[0].participants[0].label = PartyLabel::Org;
    let words = run(&project(), FIRST, &found);
    assert_eq!(event(&words, "met", 0).participants[0].words().unwrap().label, PartyLabel::Org);
    let p = run(&ready(&project(), &KindId::ORGANISATION), FIRST, &found);
    assert_eq!(event(&p, "met", 0).participants[0].entity().unwrap(), entity(&p, FIRST, "Li Wei", 0));
}

#[test]
fn places_of_one_name_in_two_countries_stay_two() {
    let place = |code, nth| Found::default().entity(Label::Place, "Li Wei", Some(code), &[("Li Wei", nth)]);
    let p = run(&ready(&project(), &KindId::PLACE), FIRST, &place("FR", 0));
    let p = run(&p, SECOND, &place("US", 0));
    assert_ne!(entity(&p, FIRST, "Li Wei", 0), entity(&p, SECOND, "Li Wei", 0));
    let p = run(&p, SECOND, &place("FR", 1));
    assert_eq!(entity(&p, FIRST, "Li Wei", 0), entity(&p, SECOND, "Li Wei", 1));
}

#[test]
fn a_run_for_one_kind_leaves_all_others_as_they_are() {
    let p = run(&project(), FIRST, &full());
    let rejected = at(&p, FIRST, "Wang Yi", 0).unwrap().id;
    let p = ready(&done(&p, |p| ops::reject(p, &[rejected], stamp())), &KindId::PLACE);
    let mut found = Found::default()
        .person("Li Wei", None, &[("Li Wei", 0)])
        .entity(Label::Place, "Geneva", None, &[("spoke", 0)])
        .event("spoke", &[("spoke", 0)]);
    found.0.only = Some([KindId::PLACE].into());
    let after = run(&p, FIRST, &found);
    let geneva = at(&after, FIRST, "spoke", 0).unwrap().id;
    assert_eq!(after.mention(geneva).unwrap().kind, KindId::PLACE);
    let others = |project: &Project| project.all_mentions().filter(|m| m.id != geneva).cloned().collect::<Vec<_>>();
    assert_eq!(others(&after), others(&p));
    assert_eq!(after.events().collect::<Vec<_>>(), p.events().collect::<Vec<_>>());
    // What was found before for this kind alone goes.
    found.0.entities.clear();
    let none = run(&after, FIRST, &found);
    assert_eq!(none.all_mentions().cloned().collect::<Vec<_>>(), others(&p));
}

#[test]
fn a_run_for_events_alone_has_those_take_part_who_are_there() {
    let p = run(&project(), FIRST, &Found::default().person("Li Wei", None, &[("Li Wei", 0)]));
    let mut found = Found::default()
        .person("Li Wei", None, &[("Li Wei", 0)])
        .person("Wang Yi", None, &[("Wang Yi", 0)])
        .event("met", &[("met", 0)]);
    found.0.only = Some([KindId::EVENT].into());
    let p = run(&p, FIRST, &found);
    assert_eq!(event(&p, "met", 0).participants[0].entity().unwrap(), entity(&p, FIRST, "Li Wei", 0));
    assert_eq!(p.entities().count(), 1);
}
