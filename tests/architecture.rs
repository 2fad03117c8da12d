//! Holds the code against the map: `ARCHITECTURE.md` says which room may use which, no files may form a circle, and lists of
//! words are data.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "architecture/imports.rs"]
mod imports;
#[path = "architecture/words.rs"]
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use imports::{Imports, imports};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// "ui" of `src/ui/app.rs`; none for what stands above all rooms.
fn room(file: &str) -> Option<&str> {
    file.strip_prefix("src/")?.split_once('/').map(|(room, _)| room)
}

/// What each room may use, as the table of rooms says.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the map");
    let rows = map.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| `src/")?.trim_end_matches("|").split(" | ");
        let room = cells.next()?.trim_end_matches("/`").to_owned();
        let used = cells.last()?.trim();
        Some((room, used.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect()))
    });
    rows.collect()
}

#[test]
fn rooms_use_what_the_map_allows() {
    let allowed = allowed();
    let mut rooms: BTreeSet<String> = BTreeSet::new();
    let mut wrong = Vec::new();
    for ((from, to), names) in imports(root()) {
        let (Some(user), Some(used)) = (room(&from), room(&to)) else { continue };
        rooms.extend([user.to_owned(), used.to_owned()]);
        let listed = allowed.get(user).is_some_and(|rooms| rooms.contains(used));
        if user != used && !listed {
            wrong.push(format!("{from} uses {names:?} of {to}"));
        }
    }
    assert!(wrong.is_empty(), "the map does not allow it:\n{}", wrong.join("\n"));
    let mapped: BTreeSet<String> = allowed.keys().cloned().collect();
    assert_eq!(mapped, rooms, "the table of rooms and the folders of src");
    for room in allowed.values().flatten() {
        assert!(rooms.contains(room), "the table of rooms allows {room}, which is none");
    }
}

/// What is drawn reads the state of the window; what follows from it is queued.
#[test]
fn functions_that_draw_do_not_change_the_state() {
    let mut files = vec![root().join("src/ui")];
    let mut drawing = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()));
            continue;
        }
        let code = fs::read_to_string(&path).expect("a file of Rust");
        for function in code.split("fn ").skip(1) {
            let parameters = function.split(" {").next().unwrap_or_default();
            let draws = parameters.contains("ui: &Ui") || parameters.contains("ui: &mut Ui");
            drawing += usize::from(draws);
            assert!(!(draws && parameters.contains("&mut State")), "{}: {parameters}", path.display());
        }
    }
    assert!(drawing > 100, "there are {drawing} functions that draw");
}

#[test]
fn no_files_form_a_circle() {
    let imports = imports(root());
    let circles: Vec<String> = circles(&imports).into_iter().map(|circle| told(&imports, &circle)).collect();
    assert!(circles.is_empty(), "files use each other in a circle:\n{}", circles.join("\n"));
}

#[test]
fn lists_of_words_are_data() {
    const MOST: usize = 5;
    let found = ["src/suggest", "src/text"].into_iter().flat_map(|room| words::longer_lists(&root().join(room), MOST));
    let found: Vec<String> = found.map(|(file, list)| format!("{file}: {}", list.join(" "))).collect();
    assert!(found.is_empty(), "lists that belong into assets/language:\n{}", found.join("\n"));
}

#[test]
fn a_list_of_words_is_seen() {
    let code = r#"
        fn f(x: &str) -> bool { matches!(x, "a" | "b" | "c") }
        const LIST: &[&str] = &["one", "two", ";", "it's"];
        const ROWS: &[(&str, u8)] = &[("ten", 1), ("{}", 2)];
        #[cfg(test)]
        mod tests { const LIST: [&str; 2] = ["three", "four"]; }
        const LAST: &str = "five";
    "#;
    assert_eq!(words::lists(code), [vec!["a", "b", "c"], vec!["one", "two", "it's"], vec!["ten"], vec!["five"]]);
}

/// The sets of files that reach each other.
fn circles(imports: &Imports) -> Vec<BTreeSet<String>> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in imports.keys() {
        next.entry(from).or_default().push(to);
    }
    let reached = |from: &str| -> BTreeSet<String> {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(file) = open.pop() {
            for to in next.get(file).into_iter().flatten() {
                if seen.insert((*to).to_owned()) {
                    open.push(to);
                }
            }
        }
        seen
    };
    let all: BTreeMap<String, BTreeSet<String>> = next.keys().map(|file| ((*file).to_owned(), reached(file))).collect();
    let of = |file: &String| -> BTreeSet<String> {
        let mutual = all[file].iter().filter(|other| all.get(*other).is_some_and(|back| back.contains(file)));
        mutual.cloned().collect()
    };
    let found: BTreeSet<BTreeSet<String>> = all.keys().map(of).filter(|circle| !circle.is_empty()).collect();
    found.into_iter().collect()
}

/// A circle with what ties it.
fn told(imports: &Imports, circle: &BTreeSet<String>) -> String {
    let ties = imports.iter().filter(|((from, to), _)| circle.contains(from) && circle.contains(to));
    ties.map(|((from, to), names)| format!("  {from} -> {to}: {names:?}\n")).collect()
}
