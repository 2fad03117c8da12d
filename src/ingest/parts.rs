//! An article parted into several, or several joined to one, as a person says.

use super::article::add_paragraph;
use super::names::stem;
use super::{IngestError, article, dateline, text};
use crate::text::find::{Pattern, PatternError, Query};
use crate::text::{Article, Metadata};

/// A place at which a text is parted, in bytes: one part ends, the next begins. What stands between them is in neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    /// Where the part before ends.
    pub end: usize,
    /// Where the part behind begins.
    pub start: usize,
}

impl Cut {
    /// Nothing is left out at this place.
    pub fn at(place: usize) -> Self {
        Self { end: place, start: place }
    }
}

/// The regular expression that a person gives: capital and small letters differ, `^` and `$` are ends of lines.
///
/// # Errors
/// It is none, or too large.
pub fn pattern(words: &str) -> Result<Pattern, PatternError> {
    Query { words: words.to_owned(), case: true, whole: false, regex: true }.pattern()
}

/// Where a pattern parts a text: before each match. A match without letters and digits, such as a line of hyphens, only
/// parts, and is in no part.
pub fn cuts(text: &str, pattern: &Pattern) -> Vec<Cut> {
    let cut = |range| {
        let range = crate::text::bytes(range);
        let says = text.get(range.clone()).is_some_and(|found| found.contains(char::is_alphanumeric));
        if says { Cut::at(range.start) } else { Cut { end: range.start, start: range.end } }
    };
    pattern.matches(text).map(cut).collect()
}

/// The parts of a text that have words, in its order; white space around them is in none.
fn pieces<'t>(text: &'t str, cuts: &[Cut]) -> impl Iterator<Item = &'t str> {
    let starts = std::iter::once(0).chain(cuts.iter().map(|cut| cut.start));
    let ends = cuts.iter().map(|cut| cut.end).chain([text.len()]);
    let pieces = starts.zip(ends).filter_map(|(start, end)| text.get(start..end));
    pieces.map(|piece| piece.trim_matches(['\r', '\n', ' ', '\t'])).filter(|piece| !piece.trim().is_empty())
}

/// How many articles a text gives that is parted at these places, which stand in order.
pub fn count(text: &str, cuts: &[Cut]) -> usize {
    pieces(text, cuts).count()
}

/// The articles of the parts of a text. Each is named and dated by its own first lines; where it appeared is known of the
/// whole, who wrote it and when of the first part alone.
///
/// # Errors
/// As for any text.
pub fn split(whole: &Article, cuts: &[Cut]) -> Result<Vec<Article>, IngestError> {
    let pieces: Vec<&str> = pieces(whole.text.as_str(), cuts).collect();
    // A name of its own, as that of the file may hold the day of the whole.
    let name = |at: usize| format!("part {}", at + 1);
    let guessed = pieces.iter().enumerate().map(|(at, piece)| text::article(&name(at), "", (*piece).to_owned()));
    let guessed = guessed.collect::<Result<Vec<_>, _>>()?;
    // The whole may have its day from a line that stands in another part.
    let of_another = guessed.iter().skip(1).any(|part| part.meta.date.is_some() && part.meta.date == whole.meta.date);
    let own = whole.meta.date.filter(|_| !of_another).or_else(|| dateline::of_file_name(stem(&whole.meta.origin)));
    let count = pieces.len();
    let part = |(at, (piece, guessed)): (usize, (&str, Article))| {
        let first = at == 0;
        let titled = first && piece.contains(&whole.meta.title);
        let origin = format!("{}, part {} of {count}", whole.meta.origin, at + 1);
        let meta = Metadata {
            title: if titled { whole.meta.title.clone() } else { guessed.meta.title },
            source: or(guessed.meta.source, &whole.meta.source),
            author: if first { whole.meta.author.clone() } else { String::new() },
            section: whole.meta.section.clone(),
            url: whole.meta.url.clone(),
            language: or(whole.meta.language.clone(), &guessed.meta.language),
            date: guessed.meta.date.or(own.filter(|_| first)),
            dates: if first && guessed.meta.date.is_none() { whole.meta.dates.clone() } else { guessed.meta.dates },
            origin: origin.trim_start_matches([',', ' ']).to_owned(),
        };
        article::finish(&name(at), meta, piece.to_owned())
    };
    pieces.into_iter().zip(guessed).enumerate().map(part).collect()
}

/// One article of several, in this order: their texts one below the other, each with its title where its text has not got
/// that. What is known of it is what is known of the first, and of the others where that is nothing.
///
/// # Errors
/// It would be too long, or there is none.
pub fn join(parts: &[&Article]) -> Result<Article, IngestError> {
    let mut text = String::new();
    let mut meta = Metadata::default();
    for (at, part) in parts.iter().enumerate() {
        let own = part.text.as_str().trim_matches(['\r', '\n']);
        let title = part.meta.title.trim_end_matches('…');
        if at > 0 && !own.contains(title) {
            add_paragraph(&mut text, title);
        }
        if at == 0 {
            own.clone_into(&mut text);
        } else {
            // White space at the beginning of a line may say something.
            text.push_str("\n\n");
            text.push_str(own);
        }
        let known = &part.meta;
        meta = Metadata {
            title: or(meta.title, &known.title),
            source: or(meta.source, &known.source),
            author: or(meta.author, &known.author),
            section: or(meta.section, &known.section),
            url: or(meta.url, &known.url),
            language: or(meta.language, &known.language),
            date: meta.date.or(known.date),
            dates: if meta.dates.is_empty() { known.dates.clone() } else { meta.dates },
            origin: or(meta.origin, &known.origin),
        };
    }
    article::finish("the joined article", meta, text)
}

/// The first that says something.
fn or(one: String, other: &str) -> String {
    if one.is_empty() { other.to_owned() } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Article {
        let mut whole = crate::ingest::read("log-2020-01-02.txt", text.as_bytes()).unwrap();
        (whole.meta.source, whole.meta.author) = ("The Post".into(), "Ada Moss".into());
        whole
    }

    fn told(articles: &[Article]) -> Vec<String> {
        let told = |article: &Article| {
            let (meta, text) = (&article.meta, article.text.as_str());
            let date = meta.date.map(|date| date.to_string()).unwrap_or_default();
            format!("{} | {} | {} | {date} | {} | {text}", meta.title, meta.source, meta.author, meta.origin)
        };
        articles.iter().map(told).collect()
    }

    fn parted(text: &str, words: &str) -> Vec<String> {
        let whole = whole(text);
        let cuts = cuts(whole.text.as_str(), &pattern(words).unwrap());
        let parts = split(&whole, &cuts).unwrap();
        assert_eq!(parts.len(), count(whole.text.as_str(), &cuts));
        told(&parts)
    }

    #[test]
    fn a_text_is_parted_at_a_pattern() {
        let log = "Ferry log\n\nThe boat left.\n\nItem 1\n\nOSLO, March 3, 2015 - The gulls won.\n\nItem 2\n\nNothing else.\n";
        let of = "log-2020-01-02.txt, part";
        assert_eq!(
            parted(log, r"^Item \d+$"),
            [
                format!("Ferry log | The Post | Ada Moss | 2020-01-02 | {of} 1 of 3 | Ferry log\n\nThe boat left."),
                format!(
                    "Item 1 | The Post |  | 2015-03-03 | {of} 2 of 3 | Item 1\n\nOSLO, March 3, 2015 - The gulls won."
                ),
                format!("Item 2 | The Post |  |  | {of} 3 of 3 | Item 2\n\nNothing else."),
            ]
        );
        let ruled = parted("One left.\r\n-----\r\nTwo stayed.\r\n-----\r\n \r\n-----\r\n", "^-{3,}$");
        assert_eq!(ruled.len(), 2);
        assert!(ruled[0].ends_with("| One left.") && ruled[1].ends_with("| Two stayed."), "{ruled:?}");
        assert_eq!(parted("one ## two ## three", "##").len(), 3, "inside a line");
        assert_eq!(parted("ITEM one", "item").len(), 1, "capital and small letters differ");
        assert!(pattern("(").unwrap_err().to_string().contains("Not a regular expression"));
    }

    #[test]
    fn parts_are_joined_again_and_no_word_is_lost() {
        let whole = whole("Ferry log\n\nThe boat left.\n\nGulls\n\nThe gulls won.");
        let cuts = [Cut::at(whole.text.as_str().find("Gulls").unwrap())];
        let parts = split(&whole, &cuts).unwrap();
        let again = join(&parts.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!(again.text, whole.text);
        assert_eq!((again.meta.title.as_str(), again.meta.author.as_str()), ("Ferry log", "Ada Moss"));
        let mut other = parts[1].clone();
        other.meta.title = "A title of a table".into();
        let joined = join(&[&parts[0], &other]).unwrap();
        assert_eq!(
            joined.text.as_str(),
            "Ferry log\n\nThe boat left.\n\nA title of a table\n\nGulls\n\nThe gulls won."
        );
        assert!(join(&[]).is_err());
    }
}
