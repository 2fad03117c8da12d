//! What decisions teach, on texts of one's own.

use super::*;
use crate::project::{EventType, NewsClass};
use crate::suggest::{Document, Engine, Event, Options};
use crate::text::{byte_range, bytes};

fn engine() -> Engine {
    Engine::new(Options::default())
}

fn at(text: &str, words: &str) -> TextRange {
    let start = text.find(words).unwrap_or_else(|| panic!("{words} is not in {text}"));
    byte_range(start, start + words.len()).unwrap()
}

/// The words that are suggested as a label.
fn said<'t>(text: &'t str, found: &Suggestions, label: &SpanLabel) -> Vec<&'t str> {
    found.spans.iter().filter(|span| span.label == *label).map(|span| &text[bytes(span.range)]).collect()
}

/// The words as the engine by itself takes them for people, and so a memory that rejected them in some articles.
fn rejecting(words: &str, articles: &[&str]) -> (Memory, Vec<usize>) {
    let (engine, mut memory) = (engine(), Memory::default());
    let person = SpanLabel::Engine(Label::Person);
    let mut suggested = Vec::new();
    for text in articles {
        let look = engine.look(&Document::new(text, None));
        let found = memory.suggest(text, &look);
        suggested.push(said(text, &found, &person).iter().filter(|said| **said == words).count());
        let rejected = vec![(at(text, words), person.clone())];
        memory.learn(text, &look, &Decided { rejected, ..Decided::default() });
    }
    (memory, suggested)
}

const VISITS: [&str; 3] = [
    "Angela Merkel met farmers in Halle on Monday.",
    "The farmers said that Angela Merkel had listened to them.",
    "Angela Merkel spoke for an hour, and Emmanuel Macron answered.",
];

#[test]
fn what_was_rejected_in_two_articles_is_suggested_no_more() {
    let (memory, suggested) = rejecting("Angela Merkel", &VISITS);
    assert_eq!(suggested, [1, 1, 0]);
    let look = engine().look(&Document::new(VISITS[2], None));
    let found = memory.suggest(VISITS[2], &look);
    assert_eq!(said(VISITS[2], &found, &SpanLabel::Engine(Label::Person)), ["Emmanuel Macron"]);
    assert!(found.people().iter().all(|person| person.name != "Angela Merkel"), "nor as an entity");
}

#[test]
fn where_decisions_disagree_nothing_changes() {
    let (mut memory, _) = rejecting("Angela Merkel", &VISITS[..2]);
    let person = SpanLabel::Engine(Label::Person);
    let look = engine().look(&Document::new(VISITS[2], None));
    let marked = vec![Marked { range: at(VISITS[2], "Angela Merkel"), label: person.clone(), country: None }];
    memory.learn(VISITS[2], &look, &Decided { marked, ..Decided::default() });
    assert_eq!(memory.suggest(VISITS[2], &look), look.found);
}

#[test]
fn what_was_added_in_two_articles_is_looked_for() {
    let (engine, mut memory) = (engine(), Memory::default());
    let label = SpanLabel::Kind(KindId("ship".into()));
    let texts = [
        "the blue heron sank at noon.",
        "divers found the blue heron.",
        "nobody saw the blue heron, nor a blue heronry.",
    ];
    for (index, text) in texts.iter().enumerate() {
        let look = engine.look(&Document::new(text, None));
        let found = memory.suggest(text, &look);
        let expected: &[&str] = if index < 2 { &[] } else { &["blue heron"] };
        assert_eq!(said(text, &found, &label), expected);
        let marked = vec![Marked { range: at(text, "blue heron"), label: label.clone(), country: None }];
        memory.learn(text, &look, &Decided { marked, ..Decided::default() });
    }
}

#[test]
fn an_event_whose_words_were_rejected_goes_to_the_background_unless_it_is_likely() {
    let texts =
        ["Rebels attacked Halden on Monday.", "Rebels attacked Moss on Tuesday.", "Rebels attacked Oslo on Friday."];
    for (worth, expected) in [(0.3, [1, 1, 0]), (0.9, [1, 1, 1])] {
        let (engine, mut memory) = (engine(), Memory::default());
        let mut kept = Vec::new();
        for text in texts {
            let mut look = engine.look(&Document::new(text, None));
            look.found.events.iter_mut().for_each(|event| event.worth = worth);
            let found = memory.suggest(text, &look);
            kept.push(found.events.iter().filter(|event| event.is_kept()).count());
            let telling = found.spans.iter().find(|span| span.range == at(text, "attacked")).unwrap();
            assert_eq!(telling.reason.contains("were rejected"), kept == [1, 1, 1], "{}", telling.reason);
            memory.learn(text, &look, &Decided { events: vec![(at(text, "attacked"), false)], ..Decided::default() });
        }
        assert_eq!(kept, expected);
    }
}

/// Reports that name parties, clubs and ministers in the same way, with the parties.
const PARTIES: [(&str, &[&str]); 7] = [
    (
        "The Harvest Party won in Ostrava. Its rival, the Civic Union, lost two seats to the Harvest Party.",
        &["Harvest Party", "Civic Union"],
    ),
    (
        "Voters left the Civic Union for the Green League, said minister Petra Novak of Brno.",
        &["Civic Union", "Green League"],
    ),
    ("FC Ostrava beat Sparta Brno. The Labour Party asked the Bank of Moravia for a loan.", &["Labour Party"]),
    (
        "The Green League and the Labour Party agreed in Zlin; the Bank of Moravia was pleased.",
        &["Green League", "Labour Party"],
    ),
    ("Petra Novak joined the Reform Party, which governs with the Harvest Party.", &["Reform Party", "Harvest Party"]),
    (
        "In Brno the Reform Party lost to the People's Party, and Sparta Brno lost to FC Ostrava.",
        &["Reform Party", "People's Party"],
    ),
    (
        "The Freedom Party met the Labour Party in Ostrava while Petra Novak was in Zlin.",
        &["Freedom Party", "Labour Party"],
    ),
];

#[test]
fn a_kind_of_ones_own_is_learned_from_its_examples() {
    let party = KindId("party".into());
    let label = SpanLabel::Kind(party.clone());
    let course = || {
        let (engine, mut memory) = (engine(), Memory::new([party.clone()], []));
        let mut told = Vec::new();
        for (text, parties) in PARTIES {
            let look = engine.look(&Document::new(text, None));
            told.push(memory.suggest(text, &look));
            let mark = |words: &&str| Marked { range: at(text, words), label: label.clone(), country: None };
            let marked = parties.iter().map(mark).collect();
            let whole = [party.clone()].into();
            memory.learn(text, &look, &Decided { marked, whole, ..Decided::default() });
        }
        told
    };
    let told = course();
    assert!(
        said(PARTIES[0].0, &told[0], &label).is_empty() && said(PARTIES[1].0, &told[1], &label).is_empty(),
        "silent"
    );
    let (text, _) = PARTIES[6];
    let last = said(text, &told[6], &label);
    assert!(last.contains(&"Labour Party") && !last.contains(&"Petra Novak"), "{last:?}");
    let span = told[6].spans.iter().find(|span| span.label == label).unwrap();
    assert!(span.reason.contains("that you tagged"), "{}", span.reason);
    assert_eq!(told, course(), "the same articles teach the same");
}

#[test]
fn a_kind_that_the_engine_knows_is_adapted_once_that_is_right_more_often() {
    let label = SpanLabel::Engine(Label::Org);
    let (engine, mut memory) = (engine(), Memory::new([], [Label::Org]));
    let mut told = Vec::new();
    for (text, parties) in PARTIES.iter().cycle().take(4 * PARTIES.len()) {
        let look = engine.look(&Document::new(text, None));
        told.push((*text, memory.suggest(text, &look)));
        let mark = |words: &&str| Marked { range: at(text, words), label: label.clone(), country: None };
        let whole = [KindId("ORG".into())].into();
        memory.learn(text, &look, &Decided { marked: parties.iter().map(mark).collect(), whole, ..Decided::default() });
    }
    let of_banks = |(text, found): &&(&str, Suggestions)| {
        said(text, found, &label).iter().any(|words| words.contains("Bank") || words.contains("Sparta"))
    };
    let (first, last) = (&told[..PARTIES.len()], &told[3 * PARTIES.len()..]);
    assert!(first.iter().any(|told| of_banks(&told)), "the engine takes them for organisations");
    assert!(!last.iter().any(|told| of_banks(&told)), "only parties are marked here");
    assert!(last.iter().any(|(text, found)| said(text, found, &label).contains(&"Labour Party")));
}

#[test]
fn a_project_that_keeps_no_sport_is_shown_none() {
    let texts = [
        "Gulls win the cup in Tamsui

The Tamsui Gulls beat the Harbour Rovers 3-1 in the cup final on Sunday.

Bus drivers in Tamsui went on strike on Monday after talks with the city broke down. Police arrested two drivers.",
        "Strike closes the port of Ostrava

Dock workers walked out on Friday and blocked the gates. Soldiers shot at two of them.

FC Ostrava beat Sparta Brno 2-0 in the league on Saturday.",
        "Brno Wolves lose in Zlin

The Zlin Bears defeated the Brno Wolves 4-2 in the second round of the cup on Tuesday.

Farmers protested in Zlin against a tax on milk, and the police detained their leader.",
    ];
    let fresh = "Moss United reach the final

Moss United beat Halden Town 1-0 in the semi-final of the cup on Wednesday.

Teachers in Halden went on strike on Thursday. Police arrested a headmaster.";
    let engine = Engine::new(Options::default());
    let is_sport = |event: &Event| event.kind == EventType::News(NewsClass::Sport);
    let kept = |found: &Suggestions, sport: bool| {
        found.events.iter().filter(|event| event.is_kept() && is_sport(event) == sport).count()
    };
    let mut memory = Memory::default();
    for text in texts.iter().cycle().take(24) {
        let look = engine.look(&Document::new(text, None));
        let telling = |event: &Event| look.found.spans[event.mentions[0]].range;
        let records = look.found.events.iter().map(|event| (telling(event), event.is_kept() && !is_sport(event)));
        memory.learn(text, &look, &Decided { records: records.collect(), ..Decided::default() });
    }
    let look = engine.look(&Document::new(fresh, None));
    assert!(kept(&look.found, true) > 0 && kept(&look.found, false) > 0);
    let found = memory.suggest(fresh, &look);
    assert_eq!((kept(&found, true), kept(&found, false)), (0, kept(&look.found, false)));
}
