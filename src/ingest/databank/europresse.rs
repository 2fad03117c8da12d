//! Exports of Europresse: each document begins with the name of the paper and one line of section, day, number of words and
//! page; its title and authors follow, and below the text stand who owns it and a certificate.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::super::dateline;

/// "World, Friday, November 13, 2015, 640 words, p. 4", in the language of the one who exported it.
static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let day = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)";
    Regex::new(&format!(
        r"(?i)^\s*(?:(?P<section>\S.*?),\s+)?{day},?\s+(?P<date>\pL+\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}(?:er)?\s+\pL+\s+\d{{4}})\b[^.!?]{{0,40}}?(?P<told>[\d\s,.]+(?:words|mots)\b.{{0,30}}|\bp\.\s*\S{{1,20}})?\s*$"
    ))
    .ok()
});

/// "news·20151113·HP·0034", the number of a document.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s*news·\d{8}·\S+").ok());

/// What is told below a text in words that no other database has.
static FOOT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\s*(?:news·\d{8}·|this article appeared in\b|cet article est paru dans\b|aussi paru dans\b|also appeared in\b|note\(s\)\s*:|certificat émis|certificate issued|tous droits réservés|all rights reserved|©)",
    )
    .ok()
});

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// What the line at the head of a document tells.
pub(super) struct Head {
    pub(super) section: String,
    pub(super) date: Option<Date>,
}

/// What a line tells if it stands at the head of a document.
pub(super) fn head(line: &str) -> Option<Head> {
    let found = HEAD.as_ref()?.captures(line)?;
    let part = |name: &str| found.name(name).map(|part| part.as_str().trim()).unwrap_or_default();
    let date = part("date");
    let section = part("section").to_owned();
    Some(Head { section, date: dateline::of_field(date).or_else(|| french(date)) })
}

/// Whether a line says how many words or which page: no line of a text is a head with that.
fn is_full(line: &str) -> bool {
    HEAD.as_ref().and_then(|head| head.captures(line)).is_some_and(|found| found.name("told").is_some())
}

/// The lines of each document; none where this is no export of Europresse.
pub(super) fn documents(lines: &[&str]) -> Option<Vec<Range<usize>>> {
    let numbered = lines.iter().any(|line| is(&NUMBER, line));
    let owned = lines.iter().any(|line| line.trim_start().starts_with('©'));
    if !(numbered || owned && lines.iter().any(|line| is_full(line))) {
        return None;
    }
    let paper = |at: usize| lines.get(..at)?.iter().rposition(|line| !line.trim().is_empty());
    let (mut starts, mut closed) = (Vec::new(), true);
    for (at, line) in lines.iter().enumerate() {
        // A day alone on a line of a text begins nothing before the foot of its document.
        if head(line).is_some() && (closed || is_full(line)) {
            starts.extend(paper(at));
            closed = false;
        } else {
            closed |= is(&FOOT, line);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let found: Vec<Range<usize>> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    (!found.is_empty()).then_some(found)
}

/// A document: the name of the paper, what its head tells, its paragraphs, and the authors below its title.
pub(super) struct Document<'t> {
    pub(super) source: &'t str,
    pub(super) head: Head,
    pub(super) title: &'t str,
    pub(super) author: &'t str,
    pub(super) body: Vec<&'t str>,
}

/// Reads the lines of a document; none where it does not begin as those of Europresse do.
pub(super) fn read<'t>(lines: &[&'t str]) -> Option<Document<'t>> {
    let mut rest = lines.iter().map(|line| line.trim()).skip_while(|line| line.is_empty());
    let source = rest.next()?;
    let mut rest = rest.skip_while(|line| line.is_empty());
    let head = head(rest.next()?)?;
    let mut rest = rest.skip_while(|line| line.is_empty()).peekable();
    let title = rest.next().unwrap_or_default();
    while rest.next_if(|line| line.is_empty()).is_some() {}
    let author = rest.next_if(|line| is_author(line)).unwrap_or_default();
    let body = rest.take_while(|line| !is(&FOOT, line)).collect();
    // "The Harbour Post, no. 4301".
    let source = source.split(", no.").next().unwrap_or(source).trim();
    Some(Document { source, head, title, author: author.trim_start_matches("By "), body })
}

/// Names alone: few words, each with a capital, and no stop.
fn is_author(line: &str) -> bool {
    let names = line.trim_start_matches("By ");
    let capital = |word: &str| word.chars().next().is_some_and(|c| c.is_uppercase());
    let words: Vec<&str> = names.split_whitespace().collect();
    (2..=12).contains(&words.len())
        && !names.ends_with(['.', '!', '?', ':'])
        && words.iter().all(|word| capital(word) || matches!(*word, "and" | "et" | "de" | "in" | "&"))
}

fn is(pattern: &LazyLock<Option<Regex>>, line: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(line))
}

/// The day of "28 janvier 2013".
fn french(date: &str) -> Option<Date> {
    let mut words = date.split_whitespace();
    let day = words.next()?.trim_end_matches("er").parse().ok()?;
    let month = words.next()?.to_lowercase();
    let month = MONTHS.iter().position(|known| *known == month)?;
    Date::new(words.next()?.parse().ok()?, i8::try_from(month + 1).ok()?, day).ok()
}
