//! Looking for words or patterns in a text: what matches, and what stands around it.

use regex::{Regex, RegexBuilder};
use text_size::TextRange;

use super::{byte_range, bytes};

/// The most room that a compiled pattern may take, in bytes; it bounds how slow a search can be.
const MAX_PATTERN: usize = 1 << 20;

/// What is looked for, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// The words, or the regular expression.
    pub words: String,
    /// Capital and small letters differ.
    pub case: bool,
    /// Nothing but whole words matches.
    pub whole: bool,
    /// The words are a regular expression.
    pub regex: bool,
}

/// Why a regular expression can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It is none; with what is wrong.
    #[error("Not a regular expression: {0}")]
    Syntax(String),
    /// It would take too long.
    #[error("This regular expression is too large. Try shorter repetitions")]
    TooLarge,
}

/// A query made ready to search with.
#[derive(Clone, Debug)]
pub struct Pattern {
    regex: Regex,
    /// Matches that are parts of words are passed over. A regular expression sees to that itself.
    whole: bool,
}

impl Query {
    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() || !self.regex && self.words.trim().is_empty()
    }

    /// The query made ready.
    ///
    /// # Errors
    /// Where it is a regular expression, and a bad one or a very large one.
    pub fn pattern(&self) -> Result<Pattern, PatternError> {
        if !self.regex {
            let regex = self.compile(&regex::escape(&self.words))?;
            return Ok(Pattern { regex, whole: self.whole });
        }
        let own = self.compile(&self.words)?;
        let regex =
            if self.whole { self.compile(&format!(r"\b{{start-half}}(?:{})\b{{end-half}}", self.words))? } else { own };
        Ok(Pattern { regex, whole: false })
    }

    fn compile(&self, pattern: &str) -> Result<Regex, PatternError> {
        let built = RegexBuilder::new(pattern)
            .case_insensitive(!self.case)
            .multi_line(true)
            .crlf(true)
            .size_limit(MAX_PATTERN)
            .build();
        built.map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => PatternError::TooLarge,
            // The whole message shows the pattern again, over several lines.
            other => {
                let told = other.to_string();
                let last = told.lines().last().unwrap_or_default();
                PatternError::Syntax(last.strip_prefix("error: ").unwrap_or(last).to_owned())
            }
        })
    }
}

impl Pattern {
    /// Whether anything in a text matches.
    pub fn is_in(&self, text: &str) -> bool {
        self.matches(text).next().is_some()
    }

    /// All matches in a text, in order and apart from each other; empty ones are left out. Takes time in proportion to
    /// the text, whatever the pattern.
    pub fn matches<'t>(&'t self, text: &'t str) -> impl Iterator<Item = TextRange> + 't {
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                let found = self.regex.find_at(text, at)?;
                let (start, end) = (found.start(), found.end());
                if start == end {
                    at = next_char(text, end)?;
                } else if self.whole && !stands_alone(text, start, end) {
                    at = next_char(text, start)?;
                } else {
                    at = end;
                    return byte_range(start, end);
                }
            }
        })
    }
}

/// Where the character at `at` ends; none at the end of the text.
fn next_char(text: &str, at: usize) -> Option<usize> {
    text.get(at..)?.chars().next().map(|c| at + c.len_utf8())
}

/// Whether no word goes on over either end of a range.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (before, rest) = text.split_at_checked(start).unwrap_or(("", ""));
    let (found, after) = rest.split_at_checked(end - start).unwrap_or(("", ""));
    let joined = |left: &str, right: &str| {
        left.chars().next_back().is_some_and(is_word) && right.chars().next().is_some_and(is_word)
    };
    !joined(before, found) && !joined(found, after)
}

/// At most `reach` bytes before and behind a range, each run of white space as one space.
pub fn context(text: &str, range: TextRange, reach: usize) -> (String, String) {
    let range = bytes(range);
    let from = text.ceil_char_boundary(range.start.saturating_sub(reach));
    let to = text.floor_char_boundary((range.end + reach).min(text.len()));
    let part = |range| on_one_line(text.get(range).unwrap_or_default());
    (part(from..range.start), part(range.end..to))
}

/// A text with each run of white space as one space.
pub fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            false => line.push(c),
            true if line.ends_with(' ') => {}
            true => line.push(' '),
        }
    }
    line
}

/// What a concordance can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// By article, in the order of the text.
    #[default]
    Article,
    /// By the words before the match, the nearest first.
    Left,
    /// By the match itself.
    Match,
    /// By the words behind the match.
    Right,
}

/// How far around a match a concordance is sorted by, in bytes.
const SORTED: usize = 60;

/// What to sort a match by, whatever the case; empty by article, where the order is given.
pub fn sort_key(text: &str, range: TextRange, by: SortBy) -> String {
    let (left, right) = context(text, range, SORTED);
    match by {
        SortBy::Article => String::new(),
        SortBy::Left => left.split_whitespace().rev().collect::<Vec<_>>().join(" ").to_lowercase(),
        SortBy::Match => {
            let own = text.get(bytes(range)).unwrap_or_default().to_lowercase();
            format!("{own}\u{0}{}", right.trim_start().to_lowercase())
        }
        SortBy::Right => right.trim_start().to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn query(words: &str) -> Query {
        Query { words: words.to_owned(), ..Query::default() }
    }

    fn found(query: &Query, text: &str) -> Vec<String> {
        query.pattern().unwrap().matches(text).map(|range| text[bytes(range)].to_owned()).collect()
    }

    #[test]
    fn plain_words_match_whatever_the_case_unless_asked() {
        let text = "Émile met émile and EMILE";
        assert_eq!(found(&query("émile"), text), ["Émile", "émile"]);
        assert_eq!(found(&Query { case: true, ..query("émile") }, text), ["émile"]);
        assert_eq!(found(&query("a.c"), "a.c abc"), ["a.c"], "no pattern characters");
    }

    #[test]
    fn whole_words_are_neither_begun_nor_continued() {
        let whole = |words: &str| Query { whole: true, ..query(words) };
        assert_eq!(found(&whole("Xi"), "Xi, Xinhua, MaXi, Xi’s"), ["Xi", "Xi"]);
        assert_eq!(found(&whole("$5"), "a$5 $5 $50"), ["$5", "$5"], "a sign begins no word");
        assert_eq!(found(&whole("a a"), "ba a a"), ["a a"], "what overlaps a part of a word is still found");
        assert_eq!(found(&Query { regex: true, ..whole("ab|abc") }, "abc xab ab"), ["abc", "ab"]);
    }

    #[test]
    fn regular_expressions_match_by_line_and_never_nothing() {
        let regex = |words: &str| Query { regex: true, ..query(words) };
        assert_eq!(found(&regex("^[a-z]+$"), "one\r\ntwo 2\r\nthree"), ["one", "three"]);
        assert_eq!(found(&regex("x*"), "axxbx"), ["xx", "x"]);
        assert_eq!(found(&regex(" "), "a b"), [" "]);
        assert!(regex("").is_empty() && query("  ").is_empty() && !regex(" ").is_empty());
    }

    #[test]
    fn a_bad_pattern_is_told_in_one_line() {
        let told = |words: &str| Query { regex: true, ..query(words) }.pattern().unwrap_err().to_string();
        assert_eq!(told("(a"), "Not a regular expression: unclosed group");
        assert!(told(r"(?:(?:\w{100}){100}){100}").contains("too large"));
        let escaping = Query { whole: true, regex: true, ..query("a)|(b") };
        assert!(escaping.pattern().is_err(), "no way out of the wrap");
    }

    #[test]
    fn context_is_one_line_of_whole_characters() {
        let text = "Émile.\r\n\r\nWang  Yi met Lavrov";
        let range = byte_range(text.find("Yi").unwrap(), text.find(" met").unwrap()).unwrap();
        assert_eq!(context(text, range, 100), ("Émile. Wang ".to_owned(), " met Lavrov".to_owned()));
        let (left, _) = context("ééé x", byte_range(7, 8).unwrap(), 4);
        assert_eq!(left, "é ");
    }

    #[test]
    fn a_concordance_sorts_by_the_nearest_words() {
        let text = "the old man. An OLD man? every new man!";
        let man = query("man").pattern().unwrap();
        let sorted = |by| {
            let mut all: Vec<TextRange> = man.matches(text).collect();
            all.sort_by_cached_key(|range| sort_key(text, *range, by));
            all.iter().map(|range| usize::from(range.start())).collect::<Vec<_>>()
        };
        assert_eq!(sorted(SortBy::Left), [35, 20, 8], "new every, old an man. …, old the");
        assert_eq!(sorted(SortBy::Right), [35, 8, 20]);
        assert_eq!(sorted(SortBy::Article), [8, 20, 35]);
    }

    proptest! {
        #[test]
        fn matches_are_in_order_and_on_characters(words in "[a-c.é*+|]{1,4}", text in "[a-cé. 😀]{0,60}", flags in 0u8..8) {
            let query = Query { words, case: flags & 1 > 0, whole: flags & 2 > 0, regex: flags & 4 > 0 };
            let Ok(pattern) = query.pattern() else { return Ok(()) };
            let all: Vec<TextRange> = pattern.matches(&text).collect();
            prop_assert!(all.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
            prop_assert!(all.iter().all(|range| !range.is_empty() && text.get(bytes(*range)).is_some()));
            prop_assert_eq!(pattern.is_in(&text), !all.is_empty());
            if !query.regex && !query.whole {
                let fits = |part: &str| part.to_lowercase() == query.words.to_lowercase();
                prop_assert!(query.case || all.iter().all(|range| fits(&text[bytes(*range)])));
                prop_assert!(!text.contains(&query.words) || !all.is_empty());
            }
        }
    }
}
