//! Formats of JSON and tables of it: what goes out comes back, what a format cannot hold is told, and files of the tools
//! that use them come in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod random;

use proptest::prelude::*;
use random::*;
use rubricator::project::{Mention, Project, Target};
use serde_json::Value;

/// All that is known, with those who take part in the order of their places.
fn sorted(project: &Project) -> Vec<Value> {
    let mut rows = known(project, true);
    for article in &mut rows {
        for event in article.get_mut(3).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(list) = event["participants"].as_array_mut() {
                list.sort_by_key(Value::to_string);
                list.dedup();
            }
        }
    }
    rows
}

/// Every mark with its text, place, kind and status.
fn marks(project: &Project, status: bool) -> Vec<String> {
    let row = |m: &Mention| {
        let status = if status { format!("{:?}", m.status) } else { String::new() };
        format!("{} {:?} {} {status}", project.text(m.article), m.range, m.kind.as_str())
    };
    let mut rows: Vec<_> = project.all_mentions().map(row).collect();
    rows.sort();
    rows
}

/// Which marks name one thing or tell of one event.
fn groups(project: &Project) -> Vec<Vec<String>> {
    let mut groups: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for m in project.all_mentions() {
        let target = match m.target {
            Some(Target::Entity(id)) => id.to_string(),
            Some(Target::Event(id)) => id.to_string(),
            None => format!("none {}", m.id),
        };
        groups.entry(target).or_default().push(format!("{} {:?} {}", m.article, m.range, m.kind.as_str()));
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.iter_mut().for_each(|group| group.sort());
    groups.sort();
    groups
}

/// Marks that another of the same kind stands at the same place of.
fn twice(project: &Project) -> bool {
    let all: Vec<_> = project.all_mentions().map(|m| (m.article, m.range, m.kind.clone())).collect();
    let distinct: std::collections::HashSet<_> = all.iter().collect();
    distinct.len() < all.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_lines_keep_everything(project in any_project()) {
        let out = export(&project, "jsonl");
        prop_assert_eq!(&out.left_out, &[]);
        let back = read(files(out));
        prop_assert_eq!(&back.left_out, &[]);
        prop_assert_eq!(known(&back.project, true), known(&project, true));
    }

    #[test]
    fn w3c_keeps_everything(project in any_project()) {
        let out = export(&project, "w3c");
        prop_assert_eq!(&out.left_out, &[]);
        let back = read(files(out));
        prop_assert_eq!(&back.left_out, &[]);
        prop_assert_eq!(sorted(&back.project), sorted(&project));
    }

    #[test]
    fn label_studio_keeps_everything_but_slots_between_accepted_and_open(project in any_project()) {
        let out = export(&project, "label-studio");
        let lossless = out.left_out.is_empty();
        let mut files = files(out);
        files.retain(|file| file.name.ends_with(".json"));
        let back = read(files);
        prop_assert_eq!(&back.left_out, &[]);
        if lossless {
            prop_assert_eq!(sorted(&back.project), sorted(&project));
        }
        prop_assert_eq!(marks(&back.project, true), marks(&project, true));
        prop_assert_eq!(groups(&back.project), groups(&project));
    }

    #[test]
    fn spacy_keeps_marks_and_what_is_one(project in any_project()) {
        let back = read(files(export(&project, "spacy")));
        prop_assert_eq!(&back.left_out, &[]);
        prop_assert_eq!(marks(&back.project, true), marks(&project, true));
        prop_assert_eq!(groups(&back.project), groups(&project));
    }

    #[test]
    fn spacy_tokens_make_up_the_text_and_every_span(project in any_project()) {
        let out = export(&project, "spacy");
        for line in String::from_utf8(out.files[0].bytes.clone()).unwrap().lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let (mut text, mut starts, mut ends) = (String::new(), Vec::new(), Vec::new());
            for token in row["tokens"].as_array().unwrap() {
                starts.push(text.chars().count());
                text.push_str(token["text"].as_str().unwrap());
                ends.push(text.chars().count());
                prop_assert_eq!((token["start"].as_u64(), token["end"].as_u64()), (Some(*starts.last().unwrap() as u64), Some(*ends.last().unwrap() as u64)));
                if token["ws"] == true {
                    text.push(' ');
                }
            }
            prop_assert_eq!(&row["text"], &text);
            for span in row["spans"].as_array().unwrap() {
                prop_assert!(starts.contains(&(span["start"].as_u64().unwrap() as usize)), "{}", line);
                prop_assert!(ends.contains(&(span["end"].as_u64().unwrap() as usize)), "{}", line);
            }
        }
    }

    #[test]
    fn doccano_keeps_labels_and_relations(project in any_project()) {
        prop_assume!(!twice(&project));
        for format in ["doccano", "doccano-relations"] {
            let back = read(files(export(&project, format)));
            prop_assert_eq!(&back.left_out, &[]);
            prop_assert_eq!(marks(&back.project, false), marks(&project, false));
            let slots = |project: &Project| {
                let who = |e: &rubricator::project::Event| e.participants.iter().map(|p| format!("{:?} {:?}", p.role, p.range)).collect::<std::collections::BTreeSet<_>>();
                let mut all: Vec<_> = project.events().map(who).filter(|who| !who.is_empty()).collect();
                all.sort();
                all
            };
            if format == "doccano-relations" && project.events().all(|event| {
                event.participants.is_empty() || project.mentions_of(Target::Event(event.id)).next().is_some()
            }) {
                prop_assert_eq!(slots(&back.project), slots(&project));
            }
        }
    }
}
