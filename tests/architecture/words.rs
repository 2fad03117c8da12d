//! Lists of words in code: string literals that stand side by side, parted by commas or bars. Code for tests does not
//! count.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The lists with more than `most` words in the files below a folder, each with its file.
pub fn longer_lists(folder: &Path, most: usize) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let for_tests = name.ends_with("tests") || name == "fixture";
        if path.is_dir() && !for_tests {
            found.extend(longer_lists(&path, most));
        } else if path.extension().is_some_and(|extension| extension == "rs") && !for_tests {
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let lists = lists(&text).into_iter().filter(|list| list.len() > most);
            found.extend(lists.map(|list| (path.display().to_string(), list)));
        }
    }
    found
}

/// The lists of words in Rust code.
pub fn lists(code: &str) -> Vec<Vec<String>> {
    let tokens: TokenStream = code.parse().unwrap_or_else(|error| panic!("{error}: {code}"));
    let mut found = Vec::new();
    collect(tokens, &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<Vec<String>>) {
    let mut list = Vec::new();
    let mut tested = false;
    for token in tokens {
        match &token {
            TokenTree::Literal(literal) => {
                let literal = syn::parse_str::<syn::LitStr>(&literal.to_string());
                list.extend(literal.ok().map(|literal| literal.value()).filter(|value| is_word(value)));
                continue;
            }
            TokenTree::Punct(mark) if [',', '|'].contains(&mark.as_char()) => continue,
            TokenTree::Punct(mark) if mark.as_char() == ';' => tested = false,
            TokenTree::Group(group) if tested && group.delimiter() == Delimiter::Brace => tested = false,
            TokenTree::Group(group) => {
                tested |= group.delimiter() == Delimiter::Bracket && group.stream().to_string() == "cfg (test)";
                collect(group.stream(), found);
            }
            _ => {}
        }
        found.push(std::mem::take(&mut list));
    }
    found.push(list);
    found.retain(|list| !list.is_empty());
}

/// A word, in any letters, or an ending.
fn is_word(value: &str) -> bool {
    value.chars().any(char::is_alphabetic) && value.chars().all(|c| c.is_alphabetic() || "'’-.".contains(c))
}
