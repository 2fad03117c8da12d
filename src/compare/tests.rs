use jiff::Timestamp;
use text_size::TextRange;

use super::{Annotator, Comparison, Sort, compare, json, table, tokens};
use crate::project::{EventType, KindId, Plover, Project, Stamp, Target, ops};
use crate::text::{Article, Metadata, Text, byte_range};

const TEXT: &str =
    "Ada Quist met Bo Lind in Ferrand. The Kremlin said that Quist praised the bridge. Ferrand was calm.";

fn stamp() -> Stamp {
    Stamp { by: "Ana".into(), at: Timestamp::UNIX_EPOCH }
}

fn project(texts: &[&str]) -> Project {
    let mut project = Project::new();
    let article = |text: &&str| Article {
        text: Text::new(*text).unwrap(),
        meta: Metadata { title: text.chars().take(12).collect(), ..Metadata::default() },
    };
    project.apply(&ops::add_articles(&project, texts.iter().map(article).collect(), stamp())).unwrap();
    project
}

fn range(text: &str, words: &str, nth: usize) -> TextRange {
    let (start, _) = text.match_indices(words).nth(nth).unwrap();
    byte_range(start, start + words.len()).unwrap()
}

fn tag(project: &mut Project, article: usize, words: &str, nth: usize, kind: &KindId) {
    let id = project.article_ids()[article];
    let range = range(project.text(id), words, nth);
    project.apply(&ops::tag(project, id, &[range], kind, &ops::unknown, stamp())).unwrap();
}

fn compared(one: &Project, other: &Project) -> Comparison {
    let annotator = |name, project| Annotator { name, project, open: false };
    compare(&[annotator("Ana", one), annotator("Ben", other)])
}

fn sorts(comparison: &Comparison) -> Vec<(Sort, &str)> {
    comparison.differences.iter().map(|it| (it.sort, it.words.as_str())).collect()
}

#[test]
fn what_two_did_alike_is_no_difference() {
    let mut one = project(&[TEXT]);
    tag(&mut one, 0, "Ada Quist", 0, &KindId::PERSON);
    tag(&mut one, 0, "Ferrand", 0, &KindId::PLACE);
    // Stacked and nested.
    tag(&mut one, 0, "Ferrand", 0, &KindId::ORGANISATION);
    let found = compared(&one, &one);
    assert_eq!((found.differences.len(), found.articles[0].alike), (0, 3));
    assert!((found.agreement.cohen.unwrap().value - 1.0).abs() < 1e-12);
    assert!((found.agreement.exact[0].1.value - 1.0).abs() < 1e-12);
}

#[test]
fn each_difference_is_told_by_its_sort_once() {
    let (mut one, mut other) = (project(&[TEXT]), project(&[TEXT]));
    tag(&mut one, 0, "Ada Quist", 0, &KindId::PERSON);
    tag(&mut other, 0, "Quist", 0, &KindId::PERSON);
    tag(&mut one, 0, "Kremlin", 0, &KindId::PLACE);
    tag(&mut other, 0, "Ferrand", 0, &KindId::PLACE);
    tag(&mut one, 0, "Ferrand", 1, &KindId::PLACE);
    tag(&mut other, 0, "Ferrand", 1, &KindId::ORGANISATION);
    let found = compared(&one, &other);
    let expected = [
        (Sort::Boundary, "Ada Quist"),
        (Sort::Missing, "Ferrand"),
        (Sort::Missing, "Kremlin"),
        (Sort::Kind, "Ferrand"),
    ];
    assert_eq!(sorts(&found), expected);
    assert_eq!(found.differences[0].choices, [Some("“Ada Quist”".to_owned()), Some("“Quist”".to_owned())]);
    assert_eq!(found.differences[2].choices, [Some("PLACE".to_owned()), None]);
    let turned = compared(&other, &one);
    assert_eq!(turned.differences.len(), found.differences.len());
}

#[test]
fn the_same_difference_everywhere_is_one_card() {
    let texts: Vec<String> = (0..14).map(|n| format!("{TEXT} {n}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (mut one, other) = (project(&texts), project(&texts));
    for article in 0..14 {
        tag(&mut one, article, "Kremlin", 0, &KindId::PLACE);
    }
    tag(&mut one, 3, "Ferrand", 0, &KindId::PLACE);
    let found = compared(&one, &other);
    assert_eq!((found.differences.len(), found.cards.len()), (15, 2));
    assert_eq!(found.cards[0].differences.len(), 14);
    assert!(table(&found).contains("14×  “Kremlin”: PLACE or nothing"), "{}", table(&found));
}

#[test]
fn events_differ_in_type_slot_and_which_words_are_one() {
    let mut one = project(&[TEXT]);
    let id = one.article_ids()[0];
    tag(&mut one, 0, "met", 0, &KindId::EVENT);
    tag(&mut one, 0, "praised", 0, &KindId::EVENT);
    let mut other = one.clone();
    let first = |project: &Project| project.events_of(id).next().cloned().unwrap();
    let mut event = first(&other);
    event.kind = EventType::Happening(Some(Plover::Consult));
    event.place = Some(crate::project::EventPlace::new("Ferrand", None));
    other.apply(&ops::set_event(&other, event, stamp())).unwrap();
    let mut event = first(&one);
    event.kind = EventType::Happening(Some(Plover::Agree));
    one.apply(&ops::set_event(&one, event, stamp())).unwrap();
    let found = compared(&one, &other);
    assert_eq!(sorts(&found), [(Sort::EventType, "met"), (Sort::Slot, "met: place")]);
    assert_eq!(found.differences[0].choices, [Some("AGREE".to_owned()), Some("CONSULT".to_owned())]);
    assert_eq!(found.differences[1].choices, [Some("nothing".to_owned()), Some("Ferrand".to_owned())]);

    let events: Vec<_> = other.events_of(id).map(|event| event.id).collect();
    other.apply(&ops::merge_events(&other, &events[1..], events[0], stamp())).unwrap();
    let found = compared(&one, &other);
    assert!(sorts(&found).contains(&(Sort::Who, "praised")), "{:?}", sorts(&found));
}

#[test]
fn articles_are_paired_by_their_text() {
    let one = project(&[TEXT, "Only Ana has this.", TEXT]);
    let other = project(&["Only Ben has this.", TEXT]);
    let found = compared(&one, &other);
    assert_eq!((found.articles.len(), found.alone.as_slice()), (1, [2, 1].as_slice()));
    assert_eq!(found.articles[0].articles, [one.article_ids()[0], other.article_ids()[1]]);
}

#[test]
fn only_decisions_count_unless_suggestions_are_asked_for() {
    let mut one = project(&[TEXT]);
    tag(&mut one, 0, "Kremlin", 0, &KindId::PLACE);
    let mut other = one.clone();
    let mention = other.all_mentions().next().unwrap().id;
    other.apply(&ops::reject(&other, &[mention], stamp())).unwrap();
    assert_eq!(sorts(&compared(&one, &other)), [(Sort::Missing, "Kremlin")]);
    let target = one.mention(mention).unwrap().target;
    assert!(matches!(target, Some(Target::Entity(_)) | None));
}

#[test]
fn json_and_tokens_say_what_the_table_says() {
    let (mut one, mut other) = (project(&[TEXT]), project(&[TEXT]));
    tag(&mut one, 0, "Ada Quist", 0, &KindId::PERSON);
    tag(&mut other, 0, "Ada Quist", 0, &KindId::PERSON);
    tag(&mut one, 0, "Kremlin", 0, &KindId::PLACE);
    let found = compared(&one, &other);
    let told = json(&found);
    assert_eq!((&told["articles"], &told["differences"]["missing"]), (&1.into(), &1.into()));
    assert!(told["agreement"]["tokens"]["cohen"]["value"].as_f64().unwrap() < 1.0);
    let rows = tokens(&found);
    assert!(rows.starts_with("article,token,Ana,Ben\n1,1,person,person\n"), "{rows}");
    assert_eq!(rows.lines().filter(|row| row.ends_with("PLACE,O")).count(), 1);
}

/// Two hundred articles in which two annotators differ four hundred times in twenty ways, each as often, and a hundred times in a
/// way that is there once.
#[test]
fn every_difference_is_found_and_those_that_are_one_come_together() {
    let words = |way: usize| format!("Form{way}");
    let text = |article: usize| {
        let ways: Vec<String> = (0..2).map(|nth| words((article * 2 + nth) % 20)).collect();
        let single = if article < 100 { format!(" Lone{article} stood by.") } else { String::new() };
        format!("Report {article}: {} met {} at noon.{single} All agreed on Both{article}.", ways[0], ways[1])
    };
    let texts: Vec<String> = (0..200).map(text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (mut one, mut other) = (project(&texts), project(&texts));
    for article in 0..200 {
        for nth in 0..2 {
            let way = (article * 2 + nth) % 20;
            // Ways differ in who has left it out, and in the kind.
            match way % 3 {
                0 => tag(&mut one, article, &words(way), 0, &KindId::PERSON),
                1 => tag(&mut other, article, &words(way), 0, &KindId::PERSON),
                _ => {
                    tag(&mut one, article, &words(way), 0, &KindId::PLACE);
                    tag(&mut other, article, &words(way), 0, &KindId::ORGANISATION);
                }
            }
        }
        if article < 100 {
            tag(&mut one, article, &format!("Lone{article}"), 0, &KindId::PERSON);
        }
        for project in [&mut one, &mut other] {
            tag(project, article, &format!("Both{article}"), 0, &KindId::PERSON);
        }
    }
    let found = compared(&one, &other);
    let count = |sort: Sort| found.differences.iter().filter(|it| it.sort == sort).count();
    assert_eq!((found.differences.len(), count(Sort::Missing), count(Sort::Kind)), (500, 380, 120));
    assert_eq!(found.articles.iter().map(|article| article.alike).sum::<usize>(), 200);
    assert_eq!((found.cards.len(), found.cards[19].differences.len(), found.cards[20].differences.len()), (120, 20, 1));
    let settled: usize = found.cards.iter().map(|card| card.differences.len()).sum();
    assert_eq!(settled, 500, "each is on one card");
}

#[test]
fn which_mentions_are_one_event_is_told_apart_by_the_events_not_by_their_words() {
    let text = "The attack came at dawn. A second attack followed at noon.";
    let mut one = project(&[text]);
    tag(&mut one, 0, "attack", 0, &KindId::EVENT);
    tag(&mut one, 0, "attack", 1, &KindId::EVENT);
    let mut other = one.clone();
    let events: Vec<_> = other.events_of(other.article_ids()[0]).map(|event| event.id).collect();
    other.apply(&ops::merge_events(&other, &events[1..], events[0], stamp())).unwrap();
    let found = compared(&one, &other);
    assert_eq!(sorts(&found), [(Sort::Who, "attack")]);
    assert_eq!(found.articles[0].alike, 1);
}

#[test]
fn who_is_who_is_measured_by_b_cubed() {
    let text = "Lind met Lind, and Lind saw Lind.";
    let mut one = project(&[text]);
    for nth in 0..4 {
        tag(&mut one, 0, "Lind", nth, &KindId::PERSON);
    }
    let mut other = one.clone();
    let mentions: Vec<_> = other.all_mentions().map(|mention| mention.id).collect();
    for mention in &mentions[1..] {
        other.apply(&ops::split(&other, &[*mention], stamp())).unwrap();
    }
    let found = compared(&one, &other);
    // Precision 1/4, recall 1.
    assert!((found.agreement.who.unwrap().value - 0.4).abs() < 1e-12, "{:?}", found.agreement.who);
}

#[test]
fn of_three_who_marked_it_otherwise_and_who_did_not_one_difference_tells() {
    let (mut one, mut two, three) = (project(&[TEXT]), project(&[TEXT]), project(&[TEXT]));
    tag(&mut one, 0, "Kremlin", 0, &KindId::PLACE);
    tag(&mut two, 0, "Kremlin", 0, &KindId::ORGANISATION);
    let annotator = |name, project| Annotator { name, project, open: false };
    let found = compare(&[annotator("Ana", &one), annotator("Ben", &two), annotator("Cem", &three)]);
    assert_eq!(sorts(&found), [(Sort::Missing, "Kremlin")]);
}
