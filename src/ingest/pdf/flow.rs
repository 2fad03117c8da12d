//! Lines into paragraphs, over columns and pages; without what repeats at the edges of pages.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::super::left_out::LeftOut;
use super::order::Line;

/// How many lines at the upper and at the lower edge of a page may be headers and footers.
const EDGE: usize = 3;
/// How far apart a header may stand from page to page, in points.
const DRIFT: f32 = 6.0;
/// A distance between lines this much larger than usual parts paragraphs.
const APART: f32 = 1.3;
/// A first line this far in, as a share of its size, begins a paragraph.
const INDENT: f32 = 0.9;

/// Drops lines that stand at the edge of many pages, numbers aside, and numbers of pages.
pub(super) fn drop_repeated(pages: &mut [Vec<Line>], left_out: &mut LeftOut) {
    let mut seen: HashMap<String, Vec<(usize, f32)>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        for (_, line) in edges(page) {
            seen.entry(pattern(&line.text)).or_default().push((number, line.y));
        }
    }
    let least = (pages.len() / 3).max(2);
    let repeats = |line: &Line| {
        let places = seen.get(&pattern(&line.text)).map(Vec::as_slice).unwrap_or_default();
        let near: HashSet<usize> =
            places.iter().filter(|(_, y)| (y - line.y).abs() <= DRIFT).map(|(page, _)| *page).collect();
        // What a label stands for is below it: "Full text:".
        near.len() >= least && !line.text.ends_with(':')
    };
    let title = headline(pages);
    let mut first = true;
    for page in pages {
        let edges = edges(page);
        let outermost: Vec<f32> = [edges.first(), edges.last()].into_iter().flatten().map(|(_, line)| line.y).collect();
        // A head may be parted from its number by a wide gap.
        let outer: Vec<_> =
            edges.iter().filter(|(_, line)| outermost.iter().any(|y| (y - line.y).abs() <= DRIFT / 2.0)).collect();
        let is_title = |line: &Line| !first && title.as_ref().is_some_and(|title| bare(&line.text) == *title);
        let numbers = outer.iter().filter(|(_, line)| is_number(&line.text) || is_title(line)).map(|(at, _)| *at);
        let repeated = edges.iter().filter(|(_, line)| repeats(line)).map(|(at, _)| *at);
        let is_empty = page.is_empty();
        let dropped: HashSet<usize> = numbers.chain(repeated).collect();
        let mut at = 0;
        page.retain(|line| {
            at += 1;
            let stays = !dropped.contains(&(at - 1));
            if !stays {
                left_out.tell("headers, footers and numbers of pages", &line.text);
            }
            stays
        });
        first &= is_empty;
    }
}

/// The letters of the largest lines of the first page with text: later pages may have them at their head.
fn headline(pages: &[Vec<Line>]) -> Option<String> {
    let page = pages.iter().find(|page| !page.is_empty())?;
    let largest = page.iter().map(|line| line.size).max_by(f32::total_cmp)?;
    let lines = page.iter().filter(|line| line.size > largest * 0.95);
    let words = bare(&lines.map(|line| line.text.as_str()).collect::<String>());
    // Where all is of one size nothing is a headline.
    let smaller = page.iter().any(|line| line.size < largest * 0.8);
    Some(words).filter(|words| smaller && !words.is_empty())
}

/// The letters of a line, without the number of a page.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// The lines at the edges of a page, from above to below, with their places in it.
fn edges(page: &[Line]) -> Vec<(usize, &Line)> {
    let mut lines: Vec<(usize, &Line)> = page.iter().enumerate().collect();
    lines.sort_by(|(_, one), (_, other)| one.y.total_cmp(&other.y));
    if lines.len() > 2 * EDGE {
        lines.drain(EDGE..lines.len() - EDGE);
    }
    lines
}

/// A line without what changes from page to page.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.to_lowercase().chars().filter(|c| !c.is_whitespace()) {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if !(c == '#' && pattern.ends_with('#')) {
            pattern.push(c);
        }
    }
    pattern
}

/// Whether a line is the number of a page: `12`, `- 12 -`, `Page 3 of 10`.
fn is_number(text: &str) -> bool {
    let pattern = pattern(text);
    let bare = pattern.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
    let roman = !bare.is_empty() && bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    roman || matches!(bare, "#" | "#/#" | "page#" | "page#of#" | "seite#" | "seite#von#" | "página#" | "p.#" | "#of#")
}

/// The text of all pages. Where some lines stand `alone`, these are joined to none, and short ones to none behind them.
pub(super) fn text(pages: &[Vec<Line>], alone: Option<fn(&str) -> bool>) -> String {
    let lines: Vec<(usize, &Line)> =
        pages.iter().enumerate().flat_map(|(page, lines)| lines.iter().map(move |line| (page, line))).collect();
    let compounds = compounds(&lines);
    let columns = columns(&lines);
    let mut text = String::new();
    let mut before: Option<(usize, &Line)> = None;
    for (page, line) in lines {
        if let Some((last_page, last)) = before {
            let same_column = last_page == page && last.column == line.column;
            let column = columns.get(&(page, line.column)).copied().unwrap_or_default();
            let last_column = columns.get(&(last_page, last.column)).copied().unwrap_or_default();
            let apart = if same_column { parts(last, line, column) } else { ends(last, line, last_column) };
            let by_itself = alone.is_some_and(|alone| {
                alone(&last.text) || alone(&line.text) || is_short(last, if same_column { column } else { last_column })
            });
            if by_itself {
                text.push('\n');
                text.push_str(if apart { "\n" } else { "" });
            } else if apart {
                text.push_str("\n\n");
            } else {
                join(&mut text, &line.text, &compounds);
            }
        }
        text.push_str(&line.text);
        before = Some((page, line));
    }
    text
}

/// A column's usual measures.
#[derive(Clone, Copy, Default)]
struct Column {
    /// Where most of its lines begin and end.
    left: f32,
    right: f32,
    /// From one line to the next.
    leading: f32,
}

fn columns(lines: &[(usize, &Line)]) -> HashMap<(usize, usize), Column> {
    let mut groups: HashMap<(usize, usize), Vec<&Line>> = HashMap::new();
    for (page, line) in lines {
        groups.entry((*page, line.column)).or_default().push(line);
    }
    let measure = |lines: Vec<&Line>| {
        let mut steps: Vec<f32> = Vec::new();
        for (one, other) in lines.iter().zip(lines.iter().skip(1)) {
            steps.push(other.y - one.y);
        }
        let mut lefts: Vec<f32> = lines.iter().map(|line| line.x).collect();
        [&mut steps, &mut lefts].into_iter().for_each(|numbers| numbers.sort_by(f32::total_cmp));
        let at = |numbers: &[f32], part: usize| numbers.get(numbers.len() * part / 10).copied().unwrap_or_default();
        let right = lines.iter().map(|line| line.end).fold(0.0, f32::max);
        // The smaller half of the distances is that within paragraphs.
        Column { left: at(&lefts, 3), right, leading: at(&steps, 4) }
    };
    groups.into_iter().map(|(key, lines)| (key, measure(lines))).collect()
}

/// Whether a paragraph ends between two lines of a column.
fn parts(last: &Line, line: &Line, column: Column) -> bool {
    let larger = last.size.max(line.size);
    let other_size = (last.size - line.size).abs() > 0.12 * larger;
    let far = column.leading > 0.0 && line.y - last.y > APART * column.leading && line.y - last.y > larger * 1.1;
    let indented = line.x - column.left > INDENT * line.size && line.x - last.x > INDENT * line.size * 0.8;
    let is_item = line.text.starts_with(['•', '▪', '–', '■', '●']) && line.text.chars().nth(1) == Some(' ');
    let short = is_short(last, column);
    let sentence = last.text.ends_with(['.', '!', '?', '”', '"', '»', '。']);
    other_size || far || indented || is_item || (short && sentence)
}

/// Whether a line ends well before its column does.
fn is_short(line: &Line, column: Column) -> bool {
    line.end < column.right - 0.2 * (column.right - column.left)
}

/// Whether a paragraph ends where a column or page does.
fn ends(last: &Line, line: &Line, column: Column) -> bool {
    let other_size = (last.size - line.size).abs() > 0.12 * last.size.max(line.size);
    let sentence = last.text.ends_with(['.', '!', '?', ':', '”', '"', '»', '。']);
    let short = is_short(last, column);
    let goes_on = line.text.starts_with(|c: char| c.is_lowercase()) || last.text.ends_with(['-', ',', '‐']);
    other_size || (!goes_on && (sentence || short))
}

/// Words with a hyphen inside a line: where one is parted at its hyphen, the hyphen stays.
fn compounds(lines: &[(usize, &Line)]) -> HashSet<String> {
    let mut found = HashSet::new();
    for (_, line) in lines {
        let words = line.text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        found.extend(words.filter(|word| word.contains('-')).map(str::to_lowercase));
    }
    found
}

/// Puts what belongs between a line and the next of its paragraph; a word that was parted becomes whole.
fn join(text: &mut String, next: &str, compounds: &HashSet<String>) {
    let first = next.chars().next().unwrap_or(' ');
    let mut end = text.chars().rev();
    let (last, before) = (end.next().unwrap_or(' '), end.next().unwrap_or(' '));
    if matches!(last, '-' | '‐') && before.is_alphanumeric() {
        let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
        let rest = next.split(char::is_whitespace).next().unwrap_or_default();
        let whole = format!("{word}{rest}").replace('‐', "-").to_lowercase();
        let compound = compounds.contains(whole.trim_matches(|c: char| !c.is_alphanumeric()));
        let name = is_given_name(word.trim_end_matches(['-', '‐']), rest) && follows_a_name(text);
        if before.is_alphabetic() && first.is_lowercase() && !compound && !name {
            text.pop();
        }
        return;
    }
    if !(is_wide(last) && is_wide(first)) {
        text.push(' ');
    }
}

/// Whether two parts are syllables of a Korean or Chinese given name, which is written with a hyphen: "Tae-ri".
fn is_given_name(one: &str, other: &str) -> bool {
    static SYLLABLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^(?i:(?:[bdghjklmnprswytcz]|kh|ch|sh|ts|hs|kk|jj|zh|ph)?(?:[aeiou]|ae|eo|eu|oo|ee|ou|ai|ao|ei|ia|ie|ua|ui|uo|wa|wo|ya|ye|yo|yu|yeo|yoo|iao|uai|young|yeong|yun|woo)(?:n|ng|k|m|l|p|h)?)$",
        )
        .ok()
    });
    let is_syllable = |part: &str| SYLLABLE.as_ref().is_some_and(|pattern| pattern.is_match(part));
    let other = other.trim_end_matches(|c: char| !c.is_alphanumeric());
    let other = other.strip_suffix("’s").or(other.strip_suffix("'s")).unwrap_or(other);
    one.starts_with(char::is_uppercase) && is_syllable(one) && is_syllable(other)
}

/// Whether the word before the last of a text is a family name by its form: short, with a capital, inside a sentence.
fn follows_a_name(text: &str) -> bool {
    let mut words = text.split_whitespace().rev().skip(1);
    let family = words.next().unwrap_or_default();
    let letters = family.chars().count();
    (2..=6).contains(&letters) && family.chars().all(char::is_alphabetic) && family.starts_with(char::is_uppercase)
}

/// Chinese and Japanese stand without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(one: &str, other: &str) -> String {
        let mut text = one.to_owned();
        let compounds = HashSet::from(["long-term".to_owned()]);
        join(&mut text, other, &compounds);
        text + other
    }

    #[test]
    fn parted_words_are_made_whole() {
        assert_eq!(joined("the govern-", "ment said"), "the government said");
        assert_eq!(joined("a long-", "term plan"), "a long-term plan");
        assert_eq!(joined("the Franco-", "German pact"), "the Franco-German pact");
        assert_eq!(joined("in 2020-", "2021"), "in 2020-2021");
        assert_eq!(joined("he left -", "and came"), "he left - and came");
        assert_eq!(joined("外交", "部长"), "外交部长");
        for (one, other) in [("said Kim Tae-", "ri, who"), ("asked Ban Ki-", "moon’s aide"), ("of Tsai Ing-", "wen.")]
        {
            assert_eq!(joined(one, other), format!("{one}{other}"));
        }
        for (one, other) in [("Angela Mer-", "kel said"), ("in Hel-", "sinki on"), ("The Govern-", "ment said")] {
            assert_eq!(joined(one, other), format!("{}{other}", one.trim_end_matches('-')));
        }
    }

    #[test]
    fn numbers_of_pages_are_known() {
        assert!(["12", "- 3 -", "Page 3 of 10", "[7]", "iv", "– XII –"].into_iter().all(is_number));
        assert!(!["In 2022", "12 people", "p", ""].into_iter().any(is_number));
    }
}
