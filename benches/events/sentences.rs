//! Who did what to whom, sentence by sentence: marked sentences with one event each, its type, actor and recipient. Of what
//! the engine proposes for a sentence the two events count that are worth most: a list of everything is no answer.

use std::ops::Range;

use rubricator::project::Role;
use rubricator::suggest::{Document, Engine, Event};
use rubricator::text::OffsetMap;
use serde_json::Value;

/// The shares of sentences with the type, the actor, the recipient, and all three in one event.
pub struct Shares {
    pub sentences: usize,
    pub parts: [(&'static str, usize); 4],
}

/// Words that tell of a meeting, which the marks may call AGREE.
const MEETINGS: [&str; 6] = ["meet", "visit", "talk", "host", "summit", "travel"];

/// Scores the lines `{"id", "text", "type", "actor": [start, end], "recipient": [start, end]}` of a file.
pub fn score(engine: &Engine, lines: &str) -> Shares {
    let sentences: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut parts = ["type", "actor", "recipient", "all three"].map(|name| (name, 0));
    for sentence in &sentences {
        let text = sentence["text"].as_str().unwrap();
        let found = engine.suggest(&Document::new(text, None));
        let offsets = OffsetMap::new(text);
        let mut events: Vec<&Event> = found.events.iter().collect();
        events.sort_by(|a, b| b.worth.total_cmp(&a.worth));
        events.truncate(2);
        let mut wanted = match sentence["type"].as_str().unwrap() {
            "YIELD" => vec!["CONCEDE", "RETREAT"],
            one => vec![one],
        };
        let meets = MEETINGS.iter().any(|word| text.to_lowercase().split_whitespace().any(|w| w.starts_with(word)));
        if meets && wanted.iter().any(|kind| ["AGREE", "CONSULT"].contains(kind)) {
            wanted.extend(["AGREE", "CONSULT"]);
        }
        let typed: Vec<&Event> = events
            .iter()
            .copied()
            .filter(|event| event.kind.code().is_some_and(|code| wanted.contains(&code)))
            .collect();
        let usable = if typed.is_empty() { &events } else { &typed };
        let place = |field: &str| {
            let at = |index: usize| usize::try_from(sentence[field][index].as_u64().unwrap()).unwrap();
            at(0)..at(1)
        };
        let (actor, recipient) = (place("actor"), place("recipient"));
        let has = |event: &&Event, role: Role, at: &Range<usize>| {
            let said: Vec<(Role, Range<usize>)> = event
                .participants
                .iter()
                .filter_map(|who| offsets.code_points(who.range).map(|(start, end)| (who.role, start..end)))
                .collect();
            said.iter().any(|(of, range)| {
                let meets = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
                let twice = said.iter().any(|(other, there)| other != of && meets(range, there));
                *of == role && meets(range, at) && !twice
            })
        };
        let right = [
            !typed.is_empty(),
            usable.iter().any(|event| has(event, Role::Actor, &actor)),
            usable.iter().any(|event| has(event, Role::Recipient, &recipient)),
            typed.iter().any(|event| has(event, Role::Actor, &actor) && has(event, Role::Recipient, &recipient)),
        ];
        for ((_, count), right) in parts.iter_mut().zip(right) {
            *count += usize::from(right);
        }
    }
    Shares { sentences: sentences.len(), parts }
}
