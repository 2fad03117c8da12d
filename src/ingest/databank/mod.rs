//! Exports of news databases (LexisNexis, Factiva, ProQuest, EBSCO and their like): one text that holds many articles, each
//! between lines that tell of it. Those lines become metadata and are no text.
//!
//! What is read is the text of a file of any format, as its reader hands it on.

mod europresse;
mod labels;

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::days::Days;
use super::left_out::LeftOut;
use super::{IngestError, article, dateline};
use crate::text::{Article, DatePlace, Metadata};
use labels::{Field, coded, is_telling, labelled};

/// What an export holds at one place.
pub(super) enum Piece {
    /// An article.
    Article(Box<Article>),
    /// A document that only says that it cannot be shown: which one.
    Missing(String),
}

/// From so many labels on a text is an export of one article.
const LABELS: usize = 3;

/// The most words of the name of a section.
const SECTION: usize = 3;

/// A document that cannot be shown says so in at most so many words.
const EXCUSE: usize = 60;

/// "1 of 250 DOCUMENTS", "Document 2 of 3", "Record: 4".
static OPENS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:(?:document|article|record)s?\s+\d+\s+of\s+\d+|\d+\s+of\s+\d+\s+(?:documents?|articles?|records?)|record:?\s+\d+)\s*$").ok()
});

/// "End of Document", "Document ABCD000020170412ed4c00012".
static CLOSES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*(?:(?i:end of document)|Document [A-Z]{4,}[A-Z0-9]*\d{6,}[a-z0-9]*)\s*$").ok());

/// A line that parts: at least ten of one sign.
static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s*(?:_{10,}|={10,}|-{10,}|\*{10,})\s*$").ok());

/// "131 words", "Length: 131 words".
static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)^\s*[\d,.]+\s+words\s*$").ok());

/// A line that is a date and hardly more: "April 12, 2017 Wednesday 3:15 PM GMT", "Wednesday, 12 April 2017".
static DATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = "(?:january|february|march|april|may|june|july|august|september|october|november|december)";
    let day = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
    Regex::new(&format!(
        r"(?i)^\s*(?:{day},?\s+)?(?:{month}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{month},?\s+\d{{4}})(?:,?\s+{day})?(?:,?\s+\d{{1,2}}:\d{{2}}.*)?\s*$"
    ))
    .ok()
});

/// A line of the head that is neither source nor title.
static ASIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:copyright\b.*|\(c\)\s.*|©.*|all rights reserved.*|.*\b(?:edition|final|correction appended)\s*\d*\s*|page \d+ of \d+|\d{1,2}:\d{2}.*|[A-Z]{2,8}|\d{1,4}|english|https?://\S+)\s*$").ok()
});

fn is(pattern: &LazyLock<Option<Regex>>, line: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(line))
}

/// The articles of an export, in its order; none where the text is no export. `name` and `origin` are those of the file.
/// What it tells that is in no article is told in `left_out`.
pub(super) fn split(name: &str, origin: &str, text: &str, left_out: &mut LeftOut) -> Option<Vec<Piece>> {
    let lines: Vec<&str> = text.lines().collect();
    let documents = documents(&lines)?;
    let mut told = LeftOut::default();
    // Documents stand in their order, and do not overlap.
    let mut open = documents.iter().peekable();
    for (at, line) in lines.iter().enumerate() {
        while open.next_if(|range| range.end <= at).is_some() {}
        if !open.peek().is_some_and(|range| range.contains(&at)) && !is_mark(line) {
            told.tell("covers and lists of hits", line);
        }
    }
    let count = documents.len();
    let mut pieces = Vec::new();
    for (at, range) in documents.into_iter().enumerate() {
        let place = format!("document {} of {count}", at + 1);
        let lines = lines.get(range).unwrap_or_default();
        if is_excuse(lines) {
            pieces.push(Piece::Missing(place));
            continue;
        }
        let origin = if count > 1 { format!("{origin}, {place}") } else { origin.to_owned() };
        let behind = lines.iter().skip_while(|line| !is_tail(line)).any(|line| is_excuse(&[line]));
        match Draft::read(lines).finish(name, origin) {
            Ok(article) => {
                tell_rest(lines, &article, &mut told);
                pieces.push(Piece::Article(Box::new(article)));
            }
            Err(_) => {
                let words = lines.iter().filter(|line| !is_mark(line));
                words.for_each(|line| told.tell("documents without a text", line));
                pieces.push(Piece::Missing(place.clone()));
            }
        }
        // One that cannot be shown may have no number of its own.
        if behind {
            pieces.push(Piece::Missing(format!("behind {place}")));
        }
    }
    let found = pieces.iter().any(|piece| matches!(piece, Piece::Article(_))).then_some(pieces)?;
    left_out.append(told);
    Some(found)
}

/// Tells the lines of a document that are not in its article: not in its text, and what they say in no field of it.
fn tell_rest(lines: &[&str], article: &Article, left_out: &mut LeftOut) {
    const DATABASE: &str = "what the database says of the articles";
    let codes = is_coded(lines);
    let lines = lines.iter().filter(|line| !is(&DATED, line) && !is_mark(line)).filter_map(|line| {
        let found = labelled(line).or_else(|| coded(line).filter(|_| codes));
        // A day or a language is known in other words than its own.
        if found.as_ref().is_some_and(|found| matches!(found.field, Field::Language | Field::Date)) {
            return None;
        }
        let said = found.map_or(*line, |found| found.value);
        Some((*line, said.trim_start_matches("By ")))
    });
    left_out.tell_lines(DATABASE, lines, article);
}

/// Whether words stand in a text, and not only as a part of other words.
fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at + words.len()..).unwrap_or_default());
        !before.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric)
    })
}

/// Whether a line only says where a document begins or ends.
fn is_mark(line: &str) -> bool {
    is(&OPENS, line) || is(&CLOSES, line) || is(&RULE, line)
}

/// Whether a line stands by itself in an export: a label, a date, a number of words, the beginning or end of a document.
pub(super) fn stands_alone(line: &str) -> bool {
    let known = labelled(line).is_some()
        || europresse::head(line).is_some()
        || is(&COUNT, line)
        || is(&DATED, line)
        || is(&ASIDE, line);
    known || is_mark(line) || is_body(line) || is_copyright(line.trim())
}

/// Whether a text is an export.
pub(super) fn is_export(text: &str) -> bool {
    split("", "", text, &mut LeftOut::default()).is_some()
}

/// The lines of each document, covers and lists of hits left out; none where the text is no export.
fn documents(lines: &[&str]) -> Option<Vec<Range<usize>>> {
    if let Some(found) = europresse::documents(lines) {
        return Some(found);
    }
    let starts: Vec<usize> =
        (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| is(&OPENS, line))).collect();
    let ends: Vec<usize> = (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| is(&CLOSES, line))).collect();
    let found: Vec<Range<usize>> = if !starts.is_empty() {
        let behind = starts.iter().skip(1).copied().chain([lines.len()]);
        starts.iter().zip(behind).map(|(start, end)| start + 1..end).collect()
    } else if !ends.is_empty() {
        let begin = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
        begin.zip(ends.iter().copied()).map(|(begin, end)| behind_cover(lines, begin..end)).collect()
    } else {
        parted(lines).unwrap_or_else(|| std::iter::once(0..lines.len()).collect())
    };
    let told: Vec<usize> = found.iter().map(|range| labels_in(lines.get(range.clone()).unwrap_or_default())).collect();
    let real = told.iter().zip(&found).filter(|(labels, range)| {
        let of = lines.get((*range).clone()).unwrap_or_default();
        **labels > 0 || of.iter().any(|line| is(&DATED, line)) || is_excuse(of)
    });
    let marked = !starts.is_empty() || !ends.is_empty();
    let telling =
        lines.iter().any(|line| is_telling(line)) || lines.iter().any(|line| is(&COUNT, line)) || is_coded(lines);
    let fits = if marked || found.len() > 1 {
        real.count() * 10 >= found.len() * 6
    } else {
        told.iter().all(|labels| *labels >= LABELS)
    };
    (fits && telling).then_some(found)
}

/// Documents between lines of one sign, each with labels of its own.
fn parted(lines: &[&str]) -> Option<Vec<Range<usize>>> {
    let rules = (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| is(&RULE, line)));
    let bounds: Vec<usize> = rules.chain([lines.len()]).collect();
    let mut from = 0;
    let mut found = Vec::new();
    for bound in bounds {
        if labels_in(lines.get(from..bound).unwrap_or_default()) >= LABELS {
            found.push(from..bound);
        }
        from = bound + 1;
    }
    (found.len() > 1).then_some(found)
}

/// How many different things the labels of some lines tell.
fn labels_in(lines: &[&str]) -> usize {
    let mut seen: Vec<String> = Vec::new();
    let coded_lines = is_coded(lines);
    for line in lines {
        let known = labelled(line).is_some() || coded_lines && coded(line).is_some();
        let label = line.trim_start().split([':', '\t', ' ']).next().unwrap_or_default();
        if known && !seen.iter().any(|seen| seen == label) {
            seen.push(label.to_owned());
        }
    }
    seen.len()
}

/// Whether the lines have the codes of Factiva's fields.
fn is_coded(lines: &[&str]) -> bool {
    let has = |field: Field| lines.iter().any(|line| coded(line).is_some_and(|found| found.field == field));
    has(Field::Title) && has(Field::Date) && has(Field::Body)
}

/// A document without what a cover before it holds: job number, list of hits, the firm's links.
fn behind_cover(lines: &[&str], range: Range<usize>) -> Range<usize> {
    let of = lines.get(range.clone()).unwrap_or_default();
    let is_cover = |line: &&str| {
        let line = line.to_lowercase();
        ["job number", "client/matter", "search terms", "search type", "about lexisnexis", "table of contents"]
            .iter()
            .any(|mark| line.contains(mark))
    };
    if !of.iter().any(is_cover) {
        return range;
    }
    // The list of hits has the first title with a number before it.
    let hit =
        |line: &str| line.trim().strip_prefix("1.").map(|title| title.trim().to_owned()).filter(|t| !t.is_empty());
    let listed = of.iter().find_map(|line| hit(line));
    let again = listed.and_then(|title| of.iter().rposition(|line| line.trim() == title));
    let behind = of.iter().rposition(is_cover).map(|at| at + 1);
    let skip = again.or(behind).unwrap_or(0);
    range.start + skip..range.end
}

/// Whether a document says only that it cannot be shown.
fn is_excuse(lines: &[&str]) -> bool {
    let words: usize = lines.iter().map(|line| line.split_whitespace().count()).sum();
    if words == 0 || words > EXCUSE || lines.iter().any(|line| is(&DATED, line)) {
        return false;
    }
    let all = lines.join(" ").to_lowercase().replace('’', "'");
    let marks = [
        "not possible to display",
        "cannot be displayed",
        "can't be displayed",
        "could not be displayed",
        "unable to display",
        "not available for display",
        "no longer available",
        "is not available",
        "error in this document",
        "document is unavailable",
        "could not be retrieved",
        "cannot be retrieved",
        "not been retrieved",
        "has been removed",
    ];
    marks.iter().any(|mark| all.contains(mark))
}

/// What is gathered of a document.
#[derive(Default)]
struct Draft {
    title: String,
    source: String,
    author: String,
    section: String,
    url: String,
    days: Days,
    /// Days that are not of publication, for want of another.
    late_days: Days,
    body: Vec<String>,
    summary: Vec<String>,
}

impl Draft {
    fn read(lines: &[&str]) -> Self {
        let mut draft = Self::default();
        if let Some(document) = europresse::read(lines) {
            draft.read_europresse(document);
        } else if is_coded(lines) {
            draft.read_codes(lines);
        } else if let Some(at) = lines.iter().position(|line| is(&COUNT, line)).filter(|_| labels_in(lines) < 2) {
            draft.read_counted(lines, at);
        } else {
            draft.read_labels(lines);
        }
        draft
    }

    /// Factiva's fields, each with the lines up to the next.
    fn read_codes(&mut self, lines: &[&str]) {
        let (mut field, mut label) = (Field::Other, "");
        for line in lines {
            let value = match coded(line) {
                Some(found) => {
                    (field, label) = (found.field, found.label);
                    if field == Field::Body && !self.body.is_empty() {
                        self.body.push(String::new());
                    }
                    found.value
                }
                None => line.trim(),
            };
            self.take(field, label, value);
        }
    }

    fn read_europresse(&mut self, document: europresse::Document<'_>) {
        self.days.take(document.head.date, DatePlace::Printed);
        self.section = document.head.section;
        document.source.clone_into(&mut self.source);
        document.title.clone_into(&mut self.title);
        document.author.clone_into(&mut self.author);
        self.body = document.body.into_iter().map(str::to_owned).collect();
    }

    /// Factiva's plain layout: title, author, number of words, date, time, source, codes, language, copyright, text.
    fn read_counted(&mut self, lines: &[&str], count: usize) {
        let head =
            lines.get(..count).unwrap_or_default().iter().map(|line| line.trim()).filter(|line| !line.is_empty());
        let mut head: Vec<&str> = head.collect();
        if let Some(by) = head.iter().rposition(|line| line.to_lowercase().starts_with("by ")) {
            self.author = head.remove(by).get(3..).unwrap_or_default().trim().to_owned();
        }
        // A section may stand above the title.
        if let [section, _, ..] = head.as_slice()
            && section.split_whitespace().count() <= SECTION
        {
            self.section = head.remove(0).to_owned();
        }
        self.title = head.join(" ");
        let rest = lines.get(count + 1..).unwrap_or_default();
        let mut at = 0;
        for line in rest {
            let line = line.trim();
            let aside = is(&ASIDE, line);
            let end = self.days.taken().is_some() && !self.source.is_empty() && !line.is_empty() && !aside;
            if end {
                break;
            }
            at += 1;
            match () {
                () if is(&DATED, line) => self.days.take(dateline::of_field(line), DatePlace::Printed),
                () if line.is_empty() || aside => {}
                () => line.clone_into(&mut self.source),
            }
        }
        self.body = rest.get(at..).unwrap_or_default().iter().map(|line| (*line).to_owned()).collect();
    }

    /// Lines with labels: a head, the text, a tail.
    fn read_labels(&mut self, lines: &[&str]) {
        let marked = lines.iter().position(|line| is_body(line));
        let last_label = || {
            let first = lines.iter().position(|line| labelled(line).is_some())?;
            Some(head_end(lines, first))
        };
        let body = marked.or_else(last_label).unwrap_or(0);
        self.read_head(lines.get(..body).unwrap_or_default());
        let rest = lines.get(body..).unwrap_or_default();
        let tail = tail(rest);
        for (index, line) in rest.iter().take(tail).enumerate() {
            let first = if index == 0 && marked.is_some() { labelled(line).map(|found| found.value) } else { None };
            self.body.push(match first {
                Some(value) => value.to_owned(),
                None if index == 0 && marked.is_some() => String::new(),
                None => (*line).to_owned(),
            });
        }
        self.read_fields(rest.get(tail..).unwrap_or_default());
    }

    /// What stands before the first label and between the labels of the head.
    fn read_head(&mut self, lines: &[&str]) {
        let date = lines.iter().position(|line| is(&DATED, line));
        if let Some(line) = date.and_then(|at| lines.get(at)) {
            self.days.take(dateline::of_field(line), DatePlace::Printed);
        }
        let first_label = lines.iter().position(|line| labelled(line).is_some()).unwrap_or(lines.len());
        let plain = |range: Range<usize>| -> Vec<String> {
            let mut paragraphs: Vec<String> = Vec::new();
            let mut open = false;
            for line in lines.get(range).unwrap_or_default() {
                let line = line.trim();
                let skipped = line.is_empty() || is(&ASIDE, line) || is(&DATED, line) || is(&RULE, line);
                if skipped {
                    open = false;
                    continue;
                }
                match paragraphs.last_mut().filter(|_| open) {
                    Some(paragraph) => {
                        paragraph.push('\n');
                        paragraph.push_str(line);
                    }
                    None => paragraphs.push(line.to_owned()),
                }
                open = true;
            }
            paragraphs
        };
        let line_of = |paragraph: &String| paragraph.split('\n').collect::<Vec<_>>().join(" ");
        match date {
            Some(at) => {
                let before = plain(0..at.min(first_label));
                let behind = plain(at + 1..first_label.max(at + 1));
                let single: Vec<&str> = before.iter().flat_map(|paragraph| paragraph.split('\n')).collect();
                if let Some(title) = behind.first() {
                    self.title = line_of(title);
                    self.source = single.first().copied().unwrap_or_default().to_owned();
                } else if let Some((last, before)) = single.split_last() {
                    // Newer ones have the title first, then the source.
                    match before {
                        [] => (*last).clone_into(&mut self.title),
                        title => (self.title, self.source) = (title.join(" "), (*last).to_owned()),
                    }
                }
            }
            None => self.title = plain(0..first_label).first().map(line_of).unwrap_or_default(),
        }
        self.read_fields(lines.get(first_label..).unwrap_or_default());
    }

    /// Labels with their values, which may go on in the lines below.
    fn read_fields(&mut self, lines: &[&str]) {
        let (mut field, mut label) = (Field::Other, "");
        // The value of a label may stand in the paragraph below it.
        let mut waits = false;
        for line in lines {
            match labelled(line) {
                Some(found) => {
                    (field, label, waits) = (found.field, found.label, found.value.is_empty());
                    self.take(field, label, found.value);
                }
                None if line.trim().is_empty() && (waits || field == Field::Summary) => {}
                None if line.trim().is_empty() => field = Field::Other,
                None => {
                    self.take(field, label, line.trim());
                    waits = false;
                }
            }
        }
    }

    fn take(&mut self, field: Field, label: &str, value: &str) {
        let labelled = || DatePlace::Label(label.to_owned());
        let join = |known: &mut String| {
            // What the head says the tail may say again.
            if holds(known, value) {
                return;
            }
            let gap = if known.is_empty() || value.is_empty() { "" } else { " " };
            *known = format!("{known}{gap}{value}");
        };
        match field {
            Field::Title => join(&mut self.title),
            Field::Source => {
                if self.source.is_empty() {
                    journal(value).clone_into(&mut self.source);
                }
                self.late_days.take(dateline::of_field(value).or_else(|| american(value)), labelled());
            }
            Field::Imprint => {
                if self.source.is_empty() {
                    value.split(';').next().unwrap_or_default().trim().clone_into(&mut self.source);
                }
                self.late_days.take(dateline::of_field(value), labelled());
            }
            Field::Date => self.days.take(dateline::of_field(value), labelled()),
            Field::LateDate => self.late_days.take(dateline::of_field(value), labelled()),
            Field::Author => join(&mut self.author),
            Field::Section => join(&mut self.section),
            Field::Address if self.url.is_empty() => value.clone_into(&mut self.url),
            Field::Body => self.body.push(value.to_owned()),
            Field::Summary => self.summary.push(value.to_owned()),
            Field::Address | Field::Language | Field::Other => {}
        }
    }

    fn finish(mut self, name: &str, origin: String) -> Result<Article, IngestError> {
        let text = |lines: &[String]| lines.join("\n").trim().to_owned();
        let mut body = text(&self.body);
        if body.is_empty() || body.eq_ignore_ascii_case("not available.") {
            body = text(&self.summary);
        }
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() && !body.starts_with(&title) && !body.is_empty() {
            body = format!("{title}\n\n{body}");
        }
        self.days.join(self.late_days);
        self.days.join(dateline::mentioned(&body));
        let meta = Metadata {
            title,
            source: self.source,
            author: in_order(&self.author),
            section: self.section,
            url: Some(self.url).filter(|url| url.starts_with("http")).unwrap_or_default(),
            date: self.days.taken(),
            dates: self.days.all(),
            origin,
            ..Metadata::default()
        };
        article::finish(name, meta, body)
    }
}

/// "Body", "Full text: …": the text begins.
fn is_body(line: &str) -> bool {
    let alone = ["body", "full text"].iter().any(|word| line.trim().eq_ignore_ascii_case(word));
    alone || labelled(line).is_some_and(|found| found.field == Field::Body)
}

/// Whether a line is told behind the text: "LOAD-DATE: …", "Classification", "Copyright 2017 …".
fn is_tail(line: &str) -> bool {
    let plain = line.trim();
    let label = labelled(line).is_some_and(|found| {
        // "Note: …" may stand in a text; what is told of it begins with a label that hardly does.
        is_telling(line)
            || matches!(found.field, Field::Language | Field::LateDate | Field::Imprint)
            || is_shouted(line)
    });
    label || plain.eq_ignore_ascii_case("classification") || is(&CLOSES, line) || is_copyright(plain) || is(&RULE, line)
}

fn is_copyright(line: &str) -> bool {
    let line = line.to_lowercase();
    let rest = line.strip_prefix("copyright").or_else(|| line.strip_prefix("(c)")).or_else(|| line.strip_prefix('©'));
    let owned = rest.is_some_and(|rest| rest.trim_start().starts_with("of ") && line.contains(" is the property of "));
    owned
        || rest.is_some_and(|rest| {
            rest.trim_start_matches([' ', ':', '©'])
                .trim_start_matches("(c) ")
                .starts_with(|c: char| c.is_ascii_digit())
        })
}

/// Where the lines begin that are told behind the text: labels that might stand in a text are of them where they stand
/// among the others.
fn tail(lines: &[&str]) -> usize {
    let sure = lines.iter().enumerate().skip(1).find(|(_, line)| is_tail(line)).map(|(at, _)| at);
    let Some(mut tail) = sure else { return lines.len() };
    for (at, line) in lines.iter().enumerate().take(tail).skip(1).collect::<Vec<_>>().into_iter().rev() {
        let written = |label: &str| ["note", "notes", "correction", "text"].contains(&label.to_lowercase().as_str());
        match labelled(line) {
            _ if line.trim().is_empty() => {}
            Some(found) if !written(found.label) => tail = at,
            _ => break,
        }
    }
    tail
}

/// "GRAPHIC: …", the label in capitals.
fn is_shouted(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| {
        label.chars().filter(|c| c.is_alphabetic()).count() > 2 && !label.chars().any(char::is_lowercase)
    })
}

/// Where the head of labels from `first` on ends: behind the last of them that only blank lines and values part from the
/// one before.
fn head_end(lines: &[&str], first: usize) -> usize {
    let mut end = first;
    let (mut blank, mut waits) = (false, false);
    for (at, line) in lines.iter().enumerate().skip(first) {
        match labelled(line) {
            _ if line.trim().is_empty() => blank = true,
            Some(found) => (end, blank, waits) = (at + 1, false, found.value.is_empty()),
            // A value goes on in the next line, or stands in the paragraph below its label.
            None if !blank || waits => (end, blank, waits) = (at + 1, false, false),
            None => break,
        }
    }
    end
}

/// "Yapp, Emilia; Tan, Bo" as "Emilia Yapp, Bo Tan".
fn in_order(authors: &str) -> String {
    let turned = |author: &str| match author.split_once(',') {
        Some((family, given))
            if given.split_whitespace().count() <= 3 && !given.contains(',') && !given.trim().is_empty() =>
        {
            format!("{} {}", given.trim(), family.trim())
        }
        _ => author.trim().to_owned(),
    };
    let several = authors.contains(';');
    let one = authors.matches(',').count() == 1 && authors.split_whitespace().count() <= 4;
    if !several && !one {
        return authors.trim().trim_start_matches("By ").to_owned();
    }
    authors.split(';').map(turned).filter(|author| !author.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The name of a newspaper without where and when it appeared: "The Ledger; Singapore", "The Ledger. 5/24/2012, p4."
fn journal(value: &str) -> &str {
    let name = value.split(';').next().unwrap_or_default().trim();
    let dated = name
        .find(|c: char| c.is_ascii_digit())
        .and_then(|digit| name.get(..digit))
        .and_then(|before| before.rfind('.'));
    dated.filter(|_| american(name).is_some()).and_then(|end| name.get(..end)).unwrap_or(name)
}

/// The day of "5/24/2012", as American databases write it.
fn american(value: &str) -> Option<Date> {
    static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b").ok());
    let found = DAY.as_ref()?.captures(value)?;
    let part = |at: usize| found.get(at).map(|part| part.as_str());
    Date::new(part(3)?.parse().ok()?, part(1)?.parse().ok()?, part(2)?.parse().ok()?).ok()
}

#[cfg(test)]
mod shapes;
#[cfg(test)]
mod tests;
