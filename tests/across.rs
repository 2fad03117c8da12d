//! What is one across articles: the names and happenings that several tell of, and what is proposed for a person to say.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::sync::atomic::AtomicBool;

use rubricator::project::{Entity, EntityId, EventId, KindId, Project, Stamp, Target, ops};
use rubricator::suggest::across::{Across, Proposer, together};
use rubricator::suggest::{self, Engine, Options, Suggestions};
use rubricator::text::{Article, Metadata, Text};

const FLOOD: &str = "Floods kill twelve in Marovia\n\nFloods killed at least twelve people in the river town of Tarsk on \
Monday, officials said. Governor Ilse Brandauer visited Tarsk and promised tents for the homeless. Rescue workers of the \
Marovian Red Cross searched the mud for survivors of the flood.";
const FLOOD_AGAIN: &str = "Governor promises aid after Tarsk flood\n\nIlse Brandauer, the governor, visited the river town of \
Tarsk, where floods killed fourteen people on Monday, rescue workers said. The Marovian Red Cross put up tents for the \
homeless near the river.";
const TRIAL: &str = "Singer cleared of fraud\n\nA court in Lisbon acquitted the singer Pedro Amaral of tax fraud on Tuesday. \
Judges said that prosecutors had failed to prove that he hid income from concerts abroad.";

fn found(texts: &[&str]) -> (Vec<Suggestions>, Vec<Across>) {
    let engine = Engine::new(Options::default());
    let articles: Vec<_> = texts.iter().map(|text| (*text, None)).collect();
    let mut found = engine.suggest_all(&articles);
    let across = together(&articles, &mut found);
    (found, across)
}

/// The number of the words, where they are marked.
fn name_of(text: &str, words: &str, (found, across): (&Suggestions, &Across)) -> Option<usize> {
    let at = text.find(words).unwrap();
    let span = found.spans.iter().position(|span| usize::from(span.range.start()) == at)?;
    across.spans[span]
}

/// The numbers of the events that are told with a word.
fn told_with(text: &str, word: &str, (found, across): (&Suggestions, &Across)) -> Vec<usize> {
    let tells = |event: &&suggest::Event| {
        event.mentions.iter().any(|span| {
            let range = found.spans[*span].range;
            text[usize::from(range.start())..usize::from(range.end())].to_lowercase().contains(word)
        })
    };
    let events = found.events.iter().zip(&across.events);
    events.filter(|(event, _)| tells(event)).filter_map(|(_, number)| *number).collect()
}

#[test]
fn who_and_what_several_articles_tell_of_has_one_number() {
    let texts = [FLOOD, FLOOD_AGAIN, TRIAL];
    let (found, across) = found(&texts);
    let at = |index: usize| (&found[index], &across[index]);
    let governor = name_of(FLOOD, "Ilse Brandauer", at(0));
    assert!(governor.is_some());
    assert_eq!(governor, name_of(FLOOD_AGAIN, "Ilse Brandauer", at(1)));
    assert_eq!(name_of(TRIAL, "Pedro Amaral", at(2)), None, "he is in one article alone");
    let (killed, again) = (told_with(FLOOD, "kill", at(0)), told_with(FLOOD_AGAIN, "kill", at(1)));
    assert!(!killed.is_empty() && killed.iter().any(|number| again.contains(number)), "{killed:?} {again:?}");
    assert!(across[2].events.iter().all(Option::is_none), "nobody else tells of the trial");
}

#[test]
fn every_mention_of_a_record_is_in_it_or_in_a_part_of_it() {
    let engine = Engine::new(Options::default());
    let before = engine.suggest_all(&[(FLOOD, None), (FLOOD_AGAIN, None)]);
    let (found, across) = found(&[FLOOD, FLOOD_AGAIN]);
    let parts = across.iter().flat_map(|across| &across.part_of).flatten().count();
    assert!(parts > 0, "some records tell of more than their happening");
    for ((before, found), across) in before.iter().zip(&found).zip(&across) {
        assert_eq!((found.spans.len(), found.events.len()), (across.spans.len(), across.events.len()));
        let mentions = |found: &Suggestions| {
            let mut all: Vec<usize> = found.events.iter().flat_map(|event| event.mentions.clone()).collect();
            all.sort_unstable();
            all
        };
        assert_eq!(mentions(before), mentions(found));
        let kept = |found: &Suggestions| found.events.iter().filter(|event| event.is_kept()).count();
        assert_eq!(kept(before), kept(found), "parts are no rows of their own");
        for (part, whole) in across.part_of.iter().enumerate().filter_map(|(part, whole)| Some((part, (*whole)?))) {
            assert!(whole < part && across.part_of[whole].is_none());
        }
    }
}

fn stamp() -> Stamp {
    Stamp { by: "Ana".into(), at: "2026-11-30T12:00:00Z".parse().unwrap() }
}

fn project(texts: &[&str]) -> Project {
    let engine = Engine::new(Options::default());
    let mut project = Project::new();
    let article = |text: &&str| {
        let title = text.lines().next().unwrap().to_owned();
        Article { text: Text::new(*text).unwrap(), meta: Metadata { title, ..Metadata::default() } }
    };
    let edit = ops::add_articles(&project, texts.iter().map(article).collect(), stamp());
    project.apply(&edit).unwrap();
    for id in project.article_ids().to_vec() {
        let found = engine.suggest(&suggest::Document::new(project.text(id), None));
        let edit = suggest::edit(&project, id, &found, stamp());
        project.apply(&edit).unwrap();
    }
    project
}

fn proposed(proposer: &mut Proposer, project: &Project) -> Vec<Vec<EventId>> {
    let proposals = proposer.look(project, &AtomicBool::new(false)).unwrap();
    let event = |target: &Target| match target {
        Target::Event(id) => *id,
        Target::Entity(id) => panic!("{id:?} among events"),
    };
    proposals.events.iter().map(|proposal| proposal.targets.iter().map(event).collect()).collect()
}

#[test]
fn records_of_different_articles_are_proposed_as_one_until_somebody_says_so_or_not() {
    let project = project(&[FLOOD, TRIAL, FLOOD_AGAIN]);
    let mut proposer = Proposer::default();
    let proposals = proposer.look(&project, &AtomicBool::new(false)).unwrap();
    let proposal = proposals.events.first().unwrap();
    let events: Vec<&rubricator::project::Event> = proposal
        .targets
        .iter()
        .filter_map(|it| if let Target::Event(id) = it { project.event(*id) } else { None })
        .collect();
    let articles: Vec<_> = events.iter().map(|event| event.article).collect();
    assert_eq!(articles, [project.article_ids()[0], project.article_ids()[2]]);
    let reasons: Vec<String> = proposal.reasons.iter().map(ToString::to_string).collect();
    assert!(reasons.iter().any(|reason| reason.starts_with("told with “")), "{reasons:?}");
    assert!(proposal.score > 0.5);

    let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
    let mut one = project.snapshot();
    one.index(one.article_ids().to_vec());
    one.apply(&ops::same(&one, &ids, stamp())).unwrap();
    assert!(!proposed(&mut proposer, &one).contains(&ids), "they are one already");
    let mut two = project.snapshot();
    two.index(two.article_ids().to_vec());
    let targets: Vec<Target> = ids.iter().copied().map(Target::Event).collect();
    two.apply(&ops::apart(&two, &targets, stamp())).unwrap();
    assert!(!proposed(&mut proposer, &two).contains(&ids), "they are two");
    assert!(proposed(&mut proposer, &project).contains(&ids), "it follows from the project alone");
    assert_eq!(
        proposed(&mut proposer, &project),
        proposed(&mut Proposer::default(), &project),
        "what is kept is the same"
    );
}

#[test]
fn nothing_is_proposed_of_what_is_stopped() {
    let project = project(&[FLOOD, FLOOD_AGAIN]);
    assert_eq!(Proposer::default().look(&project, &AtomicBool::new(true)), None);
}

#[test]
fn names_that_may_be_one_are_proposed_and_namesakes_of_other_offices_are_not() {
    let texts = [
        "Mayor Joseph R. Tallis of Ferrand opened the bridge with Ada Quist, its engineer.",
        "Mayor Joseph Tallis thanked Ada Quist, who built the bridge of Ferrand.",
        "Striker Carla Voss scored twice.",
        "Judge Carla M. Voss sentenced the smugglers.",
    ];
    let mut project = project(&texts);
    let named = |project: &Project, name: &str| -> Vec<EntityId> {
        project.entities().filter(|entity| entity.name == name).map(|entity| entity.id).collect()
    };
    let ids = [named(&project, "Joseph R. Tallis"), named(&project, "Joseph Tallis")].concat();
    assert_eq!(ids.len(), 2, "{:?}", project.entities().map(|entity: &Entity| &entity.name).collect::<Vec<_>>());
    let find = |project: &Project| {
        let proposals = Proposer::default().look(project, &AtomicBool::new(false)).unwrap();
        proposals.entities
    };
    let proposals = find(&project);
    let targets: Vec<Target> = ids.iter().copied().map(Target::Entity).collect();
    let proposal = proposals.iter().find(|proposal| proposal.targets == targets).unwrap();
    let reasons: Vec<String> = proposal.reasons.iter().map(ToString::to_string).collect();
    assert!(reasons.contains(&"one leaves out “R”".to_owned()), "{reasons:?}");
    assert!(reasons.iter().any(|reason| reason.contains("Ada Quist")), "{reasons:?}");
    let of_voss = |proposal: &&rubricator::suggest::across::Proposal| {
        proposal.targets.iter().any(|target| {
            matches!(target, Target::Entity(id) if project.entity(*id).is_some_and(|it| it.name.contains("Voss")))
        })
    };
    assert_eq!(proposals.iter().find(of_voss), None);
    let people = project.entities().filter(|entity| entity.kind == KindId::PERSON).count();
    assert!(people >= 5);
    project.apply(&ops::apart(&project, &targets, stamp())).unwrap();
    assert!(
        find(&project).iter().all(|proposal| proposal.targets != targets),
        "somebody said that they are not the same"
    );
}
