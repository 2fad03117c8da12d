//! Damaged project files open as far as they can be understood, and what could not be is told with its place.

use proptest::prelude::*;

use super::tests::{project, records, related, sample};
use super::*;
use crate::project::*;

fn open(bytes: &[u8]) -> Understood {
    open_bytes(bytes, "p.rubric").unwrap()
}

fn text() -> String {
    String::from_utf8(sample()).unwrap()
}

/// The told damages, one a line.
fn told(opened: &Understood) -> String {
    opened.damage.iter().map(|damage| format!("{damage}\n")).collect()
}

/// How many mentions there are; the sample's are all on lines of their own.
fn mentions(opened: &Understood) -> usize {
    opened.project.all_mentions().count()
}

fn all() -> usize {
    mentions(&open(&sample()))
}

/// Opens the sample with one thing replaced.
fn with(from: &str, to: &str) -> Understood {
    let text = text();
    assert!(text.contains(from), "{from} in {text}");
    open(text.replacen(from, to, 1).as_bytes())
}

#[test]
fn a_whole_file_has_no_damage() {
    let opened = open(&sample());
    assert_eq!(opened.damage, []);
    assert!(all() > 5);
}

#[test]
fn one_damaged_record_takes_no_other_with_it() {
    let opened = with("status:Accepted", "status:Acc\u{7}pted");
    assert_eq!(mentions(&opened), all() - 1);
    let told = told(&opened);
    assert!(told.starts_with("Line ") && told.contains("of the mentions") && told.ends_with("set aside\n"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(opened.damage[0].text.contains("Acc\u{7}pted"));
    let column = opened.damage[0].column;
    assert!(column > 20, "the column is that of the word at fault: {column}");
}

#[test]
fn a_byte_that_is_not_utf8_costs_one_character() {
    let mut bytes = sample();
    let at = text().find("They talked").unwrap();
    bytes[at] = 0xff;
    let opened = open(&bytes);
    assert!(opened.project.articles().any(|record| record.article.text.as_str().contains("?hey talked")));
    assert!(told(&opened).contains("not UTF-8"), "{}", told(&opened));
    assert_eq!(mentions(&opened), all() - 1, "the mention of “They” does not fit any more");
}

#[test]
fn a_lost_end_of_line_costs_no_record() {
    let text = text();
    for (from, to) in
        [("),\n(id:1,", "),x(id:1,"), ("),\n],\nevents", ")?\n],\nevents"), ("mentions: [\n", "mentions: [ ")]
    {
        let opened = with(from, to);
        // The last of these is RON all the same.
        assert!(!opened.damage.is_empty() || to.ends_with(' '), "{from:?}");
        assert_eq!(mentions(&opened), all(), "{from:?} {}", told(&opened));
        assert_eq!(opened.project.articles().count(), 2, "{from:?} {}", told(&opened));
        assert_eq!(opened.project.entities().count(), open(text.as_bytes()).project.entities().count(), "{from:?}");
    }
}

#[test]
fn a_garbled_head_or_name_of_a_list_costs_nothing() {
    for (from, to) in
        [("schema: 4", "scxema: 3"), ("schema: ", "schema: ?"), ("mentions: [", "ment?ons: ["), ("(\n", "\n")]
    {
        let opened = with(from, to);
        assert_eq!(mentions(&opened), all(), "{from:?} {}", told(&opened));
        assert!(from == "(\n" || !opened.damage.is_empty(), "{from:?}");
    }
}

#[test]
fn a_truncated_file_keeps_what_stands_before_the_cut() {
    let text = text();
    let at = text.find("mentions: [").unwrap();
    let end = at + text[at..].match_indices("),\n").nth(3).unwrap().0 + 40;
    let opened = open(&text.as_bytes()[..end]);
    assert_eq!(mentions(&opened), 4);
    let told = told(&opened);
    assert!(told.contains("the file ends here"), "{told}");
    assert!(told.contains("record 5 of the mentions"), "{told}");
}

#[test]
fn a_file_laid_out_anew_with_an_error_in_it_opens() {
    let pretty = text().replace("(id:", "(\n    // by hand\n    id: ").replace(",kind:", ",\r\n    kind:");
    let broken = pretty.replacen("status:Accepted", "status:Accpted", 1);
    let opened = open(broken.as_bytes());
    assert_eq!(mentions(&opened), all() - 1, "{}", told(&opened));
    assert_eq!(opened.damage.len(), 1, "{}", told(&opened));
}

#[test]
fn what_points_at_nothing_is_repaired() {
    let opened = with("target:Some(Entity(0))", "target:Some(Entity(77))");
    assert_eq!(mentions(&opened), all());
    assert!(told(&opened).contains("points at nothing now"), "{}", told(&opened));
    let opened = with("participants:[(role:Actor,entity:0", "participants:[(role:Actor,entity:99");
    assert!(told(&opened).contains("e99 were taken out"), "{}", told(&opened));
    let opened = with("mentions: [\n(id:0,article:0", "mentions: [\n(id:0,article:5");
    assert_eq!(mentions(&opened), all() - 1);
    assert!(told(&opened).contains("set aside"), "{}", told(&opened));
}

#[test]
fn each_repair_has_its_words() {
    let gone = vec![EntityId(7).into(), EntityId(9).into()];
    for (repair, words) in [
        (Repair::ReferencesRemoved, "what it refers to and is gone was taken out"),
        (Repair::ParticipantsRemoved(gone), "its participants e7, e9 were taken out"),
        (Repair::PlacesRemoved, "those participants and figures have no place in the text any more"),
        (
            Repair::Moved(text_size::TextRange::new(3.into(), 8.into())),
            "it stands now where its words stand in the text, at bytes 3..8",
        ),
        (Repair::TargetRemoved, "it points at nothing now"),
        (Repair::Renumbered(MentionId(12).into()), "it has the id m12 now"),
        (Repair::KindAdded, "the kind has been added"),
    ] {
        assert_eq!(crate::store::Outcome::Repaired(repair).to_string(), words);
    }
}

#[test]
fn a_mention_moves_to_where_its_words_stand_once() {
    for range in ["(1,5)", "(4,0)", "(0,4000)", "(4294967295,4294967295)"] {
        let opened = with("range:(0,4)", &format!("range:{range}"));
        let ranges_told = told(&opened);
        let kept = mentions(&opened);
        // A range that is none at all cannot be read; any other is found again by its words.
        assert!(kept == all() || (kept == all() - 1 && range == "(4,0)"), "{range}: {ranges_told}");
        assert_eq!(opened.damage.len(), 1, "{range}: {ranges_told}");
    }
}

#[test]
fn ids_that_are_there_twice_or_too_large_are_told() {
    let text = text();
    let mention = text.lines().find(|line| line.contains("quote:")).unwrap();
    let opened = open(text.replacen(mention, &format!("{mention}\n{mention}"), 1).as_bytes());
    assert_eq!(mentions(&opened), all() + 1);
    assert!(told(&opened).contains("the id m0 is there twice; it has the id m"), "{}", told(&opened));
    let entity = text.lines().skip_while(|line| *line != "entities: [").nth(1).unwrap();
    let opened = open(text.replacen(entity, &format!("{entity}\n{entity}"), 1).as_bytes());
    assert!(told(&opened).contains("the id e0 is there twice; set aside"), "{}", told(&opened));
    let opened = with("mentions: [\n(id:0,", "mentions: [\n(id:4294967295,");
    assert_eq!(mentions(&opened), all());
    assert!(told(&opened).contains("too large; it has the id"), "{}", told(&opened));
}

#[test]
fn a_kind_that_is_lost_comes_back() {
    let opened = with("(id:\"person\"", "(iq:\"person\"");
    assert_eq!(mentions(&opened), all());
    assert!(opened.project.tagset().get(&KindId::PERSON).is_some());
    assert!(told(&opened).contains("the kind has been added"), "{}", told(&opened));
}

#[test]
fn a_relation_is_lost_with_its_ends_alone() {
    let text = related();
    let whole = open(text.as_bytes());
    assert_eq!(whole.damage, []);
    let count = whole.project.relations().count();
    let ends = text.lines().find(|line| line.contains("quote:\"Wang\"")).unwrap();
    let id = ends.strip_prefix("(id:").unwrap().split(',').next().unwrap();
    let opened = open(text.replacen(ends, &ends.replacen("status", "sta?us", 1), 1).as_bytes());
    let of_it = whole.project.relations_of(MentionId(id.parse().unwrap())).count();
    assert!(of_it > 0);
    assert_eq!(opened.project.relations().count(), count - of_it);
    let told = told(&opened);
    let line = "of the relations: the relation r0 refers to something that is not in the project; set aside";
    assert!(told.contains(line), "{told}");
    assert_eq!(told.lines().count(), 1 + of_it, "{told}");
}

#[test]
fn names_of_the_lists_of_relations_can_be_lost() {
    let text = related();
    let count = |opened: &Understood| (opened.project.relations().count(), mentions(opened));
    let whole = count(&open(text.as_bytes()));
    for (from, to) in [("mentions: [", "ment?ons: ["), ("\nlog: [", "\nlo?: ["), ("articles: [", "artic?es: [")] {
        let opened = open(text.replacen(from, to, 1).as_bytes());
        assert_eq!(count(&opened), whole, "{from} {}", told(&opened));
        assert_eq!(opened.project.log().len(), open(text.as_bytes()).project.log().len(), "{from} {}", told(&opened));
    }
    for name in ["relation_kinds: [", "relations: ["] {
        let opened = open(text.replacen(name, "?: [", 1).as_bytes());
        assert!(!opened.damage.is_empty());
        assert_eq!(mentions(&opened), whole.1, "{name} {}", told(&opened));
    }
    // A kind that is lost comes back by its id.
    let opened = open(text.replacen("(id:\"works-for\"", "(iq:\"works-for\"", 1).as_bytes());
    assert_eq!(count(&opened), whole);
    assert!(opened.project.tagset().relation(&KindId("works-for".into())).is_some(), "{}", told(&opened));
    assert!(
        told(&opened).contains("the kind “works-for” is not in the tagset; the kind has been added"),
        "{}",
        told(&opened)
    );
}

#[test]
fn the_list_of_damages_can_be_kept_as_text() {
    let opened = with("status:Accepted", "status:Accpted");
    let list = Damage::list("p.rubric", &opened.damage);
    assert!(list.contains("p.rubric") && list.contains("Line ") && list.contains("    (id:"), "{list}");
}

#[test]
fn a_damaged_file_can_be_saved_and_is_whole_then() {
    let opened = with("status:Accepted", "status:Accpted");
    let saved = to_bytes(&opened.project).unwrap();
    let again = open(&saved);
    assert_eq!(again.damage, []);
    assert_eq!(records(&again.project), records(&opened.project));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// A record that no damage touched is there, or told of.
    #[test]
    fn undamaged_records_survive(
        texts in prop::collection::vec("(\\PC|\\n|[ a-z]|é){0,80}", 1..4),
        seed in 0u32..100,
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0u8..8), 0..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let project = project(&texts, seed);
        let whole = to_bytes(&project).unwrap();
        let mut bytes = whole.clone();
        let mut touched: Vec<usize> = flips.iter().map(|(at, _)| at.index(whole.len())).collect();
        for ((_, bit), at) in flips.iter().zip(&touched) {
            bytes[*at] ^= 1 << bit;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(whole.len()));
            touched.push(bytes.len());
        }
        let opened = match open_bytes(&bytes, "p") {
            Ok(opened) => opened,
            // The version itself was hit, or nothing is left.
            Err(StoreError::Newer { .. } | StoreError::NotAProject { .. }) => return Ok(()),
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        };
        let end = bytes.len();
        let mut start = 0;
        for line in String::from_utf8(whole).unwrap().lines() {
            let here = start..=start + line.len();
            start += line.len() + 1;
            // The line's own bytes, its end, and the end of the line before.
            let hit = touched.iter().any(|at| (here.start().saturating_sub(1)..=*here.end()).contains(at)) || *here.end() >= end;
            if hit || !line.starts_with("(id:") {
                continue;
            }
            let record = line.trim_end_matches(',');
            let there = if let Ok(mention) = ron::from_str::<Mention>(record) {
                opened.project.all_mentions().any(|m| m.range == mention.range && m.quote == mention.quote && m.kind == mention.kind)
            } else if let Ok(entity) = ron::from_str::<Entity>(record) {
                opened.project.entity(entity.id) == Some(&entity)
            } else if let Ok(relation) = ron::from_str::<Relation>(record) {
                opened.project.relation(relation.id) == Some(&relation)
            } else if let Ok(article) = ron::from_str::<ArticleRecord>(record) {
                opened.project.article(article.id) == Some(&article)
            } else {
                true
            };
            let told = || opened.damage.iter().any(|damage| damage.text.contains(record.get(..record.floor_char_boundary(2000)).unwrap()));
            prop_assert!(there || told(), "{record}\n{:?}", opened.damage);
        }
        // What was understood is whole once it is saved.
        let saved = to_bytes(&opened.project).unwrap();
        prop_assert!(open_bytes(&saved, "p").unwrap().damage.is_empty());
    }
}
