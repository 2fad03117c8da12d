//! What bringing the event records that are suggested to those that are marked costs, by what differs.

use std::ops::Range;
use std::path::Path;

use rubricator::evaluate::correction::{Actions, correct, is_wanted};
use rubricator::evaluate::records::{Record, Share, of_event, of_suggestions, score};
use rubricator::evaluate::{Gold, read_gold};
use rubricator::suggest::{Engine, Options};
use rubricator::text::byte_range;

const WHAT: &str = "\
Event records: what brings those that are suggested to those that are marked with a worth of 2 or 3. An action is a key, a
click in a list or a name chosen. A record is kept or rejected by a key; rows that tell of one happening are selected by a
click each beside the first and merged by a key; another kind takes a key and a choice, a slot (actor, recipient, date, place)
that is missing or wrong a key and a name, one that does not belong there a key; a record that is missing is kept from the
background by a key, or made by pointing and a key and filled with what the engine makes of the words, then put right; an
article is left by a key. Names of records, how
real they are and which words tell of them are let be.";

/// Prints what it costs by article and in sum.
pub fn measure(set: &Path) {
    let gold = read_gold(&std::fs::read(set).unwrap()).unwrap();
    let texts: Vec<_> = gold.iter().map(|gold| (gold.text.as_str(), gold.date)).collect();
    let engine = Engine::new(Options::default());
    let found = engine.suggest_all(&texts);
    let found: Vec<Vec<Record>> =
        gold.iter().zip(&found).map(|(gold, found)| of_suggestions(&gold.text, found)).collect();
    let marked: Vec<&[Record]> = gold.iter().map(|gold| gold.records.as_deref().unwrap()).collect();
    // What is made by hand is filled with what the engine makes of the words, as the window does it.
    let read = |gold: &Gold, at: &Range<usize>| {
        let bytes = |at: usize| gold.text.char_indices().nth(at).map_or(gold.text.len(), |(byte, _)| byte);
        let range = byte_range(bytes(at.start), bytes(at.end))?;
        engine.event_at(&gold.text, gold.date, range).map(|event| of_event(&event))
    };
    let of_article: Vec<Actions> = gold
        .iter()
        .zip(&marked)
        .zip(&found)
        .map(|((gold, marked), found)| correct(marked, found, |at| read(gold, at)))
        .collect();
    let wanted = |marked: &[Record]| marked.iter().filter(|record| is_wanted(record)).count();

    println!("{WHAT}\n");
    let sorts = Actions::default().sorts();
    println!("| article | records wanted | {} | actions |", sorts.map(|(name, ..)| name).join(" | "));
    println!("| {} |", ["---"; 13].join(" | "));
    let row = |name: &str, wanted: usize, actions: &Actions| {
        let times = actions.sorts().map(|(.., times)| times.to_string()).join(" | ");
        println!("| {name} | {wanted} | {times} | {} |", actions.sum());
    };
    let mut sum = Actions::default();
    for ((Gold { id, .. }, marked), actions) in gold.iter().zip(&marked).zip(&of_article) {
        row(id, wanted(marked), actions);
        sum += *actions;
    }
    let all: usize = marked.iter().map(|marked| wanted(marked)).sum();
    row("all", all, &sum);
    println!("| actions for one | | {} | |", sorts.map(|(_, each, _)| each.to_string()).join(" | "));

    let found: Vec<&[Record]> = found.iter().map(Vec::as_slice).collect();
    let report = score(&marked, &found);
    let share = |name: &str, share: Share| {
        let (p, r, f1) = (share.precision(), share.recall(), share.f1());
        println!("{name}: precision {p:.3}, recall {r:.3}, F1 {f1:.3} ({} right of {})", share.right, share.said);
    };
    println!();
    share("what the article is about, by level", report.mains);
    share("actors and recipients that are believed", report.sure);
    share("those that are unsure", report.unsure);
    println!();
    println!("actions per kept record {:.3}", sum.sum() as f64 / all as f64);
    println!("accepting the rest at once {:.3}", sum.at_once() as f64 / all as f64);
    println!("without slots {:.3}", sum.without_slots() as f64 / all as f64);
    let by_hand: usize = marked.iter().map(|marked| correct(marked, &[], |_| None).sum()).sum();
    println!("without suggestions {:.3}", by_hand as f64 / all as f64);
}
