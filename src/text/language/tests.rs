//! The tables hold what is read of them, and nothing else.

use std::collections::BTreeSet;

use super::table::{Table, heading};
use super::*;

/// What is wrong with a table of which these sections are read.
fn faults(text: &'static str, read: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let headings: Vec<String> = text.lines().filter_map(heading).map(|name| name.replace(' ', "_")).collect();
    let known: BTreeSet<&str> = headings.iter().map(String::as_str).collect();
    faults.extend(
        headings.iter().filter(|name| !read.contains(&name.as_str())).map(|name| format!("nobody reads {name}")),
    );
    faults.extend(read.iter().filter(|name| !known.contains(**name)).map(|name| format!("{name} is missing")));
    if known.len() < headings.len() {
        faults.push("a heading stands twice".to_owned());
    }
    let first = text.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty());
    if first.is_some_and(|line| heading(line).is_none()) {
        faults.push("words stand before the first heading".to_owned());
    }
    for line in text.lines().filter(|line| line.trim() != *line || line.contains('\t')) {
        faults.push(format!("white space at an end or a tab: {line}"));
    }
    for name in read {
        let list = WordList::from(Table(text).section(name));
        let all: Vec<&str> = list.iter().collect();
        if all.is_empty() {
            faults.push(format!("{name} is empty"));
        }
        // A map has "=" in each line, a list in none.
        let (rows, marked) = (Table(text).section(name).lines(), all.iter().filter(|word| **word == "=").count());
        if marked > 0 {
            faults.extend((marked != rows).then(|| format!("{name} is half a map")));
            continue;
        }
        let distinct: BTreeSet<&str> = all.iter().copied().collect();
        faults.extend((distinct.len() < all.len()).then(|| format!("{name} has a word twice")));
    }
    faults
}

#[test]
fn every_table_is_as_it_is_read() {
    for (file, text, read) in TABLES {
        let faults = faults(text, read);
        assert!(faults.is_empty(), "assets/language/en/{file}: {faults:#?}");
    }
}

#[test]
fn a_malformed_table_is_told_and_does_no_harm() {
    let table = "stray\n[of two]\na b a\n[map]\nx = 1\ny\n[extra]\nw \n[of two]\nc\n";
    assert_eq!(
        faults(table, &["of_two", "map", "none"]),
        [
            "nobody reads extra",
            "none is missing",
            "a heading stands twice",
            "words stand before the first heading",
            "white space at an end or a tab: w ",
            "of_two has a word twice",
            "map is half a map",
            "none is empty",
        ]
    );
    assert_eq!(WordMap::from(Table(table).section("map")).iter().collect::<Vec<_>>(), [("x", "1")]);
    assert!(!WordList::from(Table(table).section("none")).contains("stray"));
}

#[test]
fn lists_keep_their_order_and_phrases_their_spaces() {
    let list = WordList::from(Table("[a list]\none two\n# a comment\nthree_four\n\n[other]\nfive").section("a_list"));
    assert_eq!(list.iter().collect::<Vec<_>>(), ["one", "two", "three four"]);
    assert_eq!(list.position("three four"), Some(2));
    assert!(!list.contains("five") && !list.contains("Two"));
    let map = WordMap::from(Table("[map]\nten tens = 10\nhalf_a_ten = 5").section("map"));
    assert_eq!(map.iter().collect::<Vec<_>>(), [("ten", "10"), ("tens", "10"), ("half a ten", "5")]);
    assert_eq!(map.get("half a ten"), Some("5"));
}
