//! Lines that stand over or under a story and are none of it: who posted it and when, the letters with which editors sign.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::dateline;

/// The most words of such a line.
const MOST: usize = 16;

static POSTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:posted|published|filed|written|submitted|uploaded)\b(?:\s+(?:by|on|at|in|under)\b|\s*:|\s+\d|\s+\pL+\s+\d)").ok()
});

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b\d{1,2}[:.]\d{2}\b").ok());

/// Who, behind "by" or "Author:".
static BY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:by|author:)\s+(?P<who>[^|,•·\d]+?)(?:\s+(?:on|at|in)\b|[|,•·\d(]|$)").ok());

/// "(jr/ks)", "[JR/Lakeshore Wire]", "ab/cd (AFP, dpa)", "– J.R.", "jr": letters between slashes, before who else is named.
static SIGNED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let letters = r"(?:\p{Ll}{2,3}|\p{Lu}{2,3}|(?:\p{Lu}\.\s?){2,3})";
    let named = r"(?:\p{Lu}[\pL.]*(?:\s\p{Lu}[\pL.]*){0,2}|dpa|epd|apa|kna|ots)";
    Regex::new(&format!(
        r"^(?:[–—-]\s*{letters}|[(\[]?{letters}(?:\s*/\s*(?:{letters}|{named}))+[)\]]?|[(\[]{letters}[)\]]|\p{{Ll}}{{2,3}})(?:\s*\({named}(?:,\s*{named})*\))?$"
    ))
    .ok()
});

/// What a line of posting tells: "Posted by Jane Roe on May 7, 2013 at 10:30 pm in News".
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Posted {
    /// As it is written.
    pub author: Option<String>,
    pub day: Option<Date>,
}

/// What a line tells if it says when or by whom a story was posted, and no more.
pub(super) fn posted(line: &str) -> Option<Posted> {
    let line = line.trim();
    let opens = POSTED.as_ref()?.is_match(line);
    let sentence = line.ends_with(['.', '!', '?', ':']) && !line.to_lowercase().ends_with(".m.");
    if !opens || sentence || line.split_whitespace().count() > MOST {
        return None;
    }
    let day = dateline::of_field(line);
    let by = BY.as_ref()?.captures(line).and_then(|found| Some(found.name("who")?.as_str().trim().to_owned()));
    let timed = TIME.as_ref()?.is_match(line);
    let author = by.filter(|who| who.split_whitespace().count() <= 6);
    (day.is_some() || timed || author.is_some()).then_some(Posted { author, day })
}

/// Whether a line is a day and no more: "Tuesday, May 7, 2013", "7 May 2013, 22:30".
pub(super) fn is_day(line: &str) -> bool {
    const FILLERS: [&str; 5] = ["am", "pm", "at", "on", "updated"];
    let words = || line.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_alphabetic));
    // A month, a day of the week, the zone of a clock.
    let names = words().filter(|word| !FILLERS.contains(&word.to_lowercase().as_str())).count();
    dateline::of_field(line).is_some() && names <= 3 && line.split_whitespace().count() <= 8
}

/// Whether a line holds only the letters of those who wrote or edited a story, with the agencies whose reports they used.
pub(super) fn is_signature(line: &str) -> bool {
    SIGNED.as_ref().is_some_and(|signed| signed.is_match(line.trim()))
}

#[cfg(test)]
mod tests {
    use super::{is_day, is_signature, posted};

    #[test]
    fn lines_of_posting_tell_who_and_when() {
        let told = |line: &str| {
            let posted = posted(line)?;
            Some((posted.author.unwrap_or_default(), posted.day.map(|day| day.to_string()).unwrap_or_default()))
        };
        for (line, author, day) in [
            ("Posted by Ada Moss at 10:30 PM", "Ada Moss", ""),
            ("Posted by Ada Moss on May 7, 2013 at 10:30 pm in News, Harbour", "Ada Moss", "2013-05-07"),
            ("Posted on May 7, 2013 by amoss", "amoss", "2013-05-07"),
            ("Posted 7 May 2013 22:30 by Ada Moss", "Ada Moss", "2013-05-07"),
            ("Filed by Ada Moss, 7 May 2013, 22:30", "Ada Moss", "2013-05-07"),
            ("Published in: Harbour | Author: Ada Moss", "Ada Moss", ""),
            ("Written by Ada Moss and Bo Tan", "Ada Moss and Bo Tan", ""),
        ] {
            assert_eq!(told(line), Some((author.to_owned(), day.to_owned())), "{line}");
        }
        for line in [
            "Posted to the islands in May 2013, he never came back.",
            "Filed under seal, the papers name six ships",
            "Posted by rebels on a wall of the town hall at dawn, the demands were read by all who came to the market.",
            "Published in 2013, the book told of the strike.",
        ] {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn a_day_alone_is_a_day() {
        for line in ["May 7, 2013", "Tuesday, May 7, 2013", "7 May 2013, 22:30 GMT", "2013-05-07 10:30 pm"] {
            assert!(is_day(line), "{line}");
        }
        for line in ["The strike of May 7, 2013", "Two years after 7 May 2013", "Why now?"] {
            assert!(!is_day(line), "{line}");
        }
    }

    #[test]
    fn letters_alone_are_a_signature() {
        for line in ["ab/cd (AFP, dpa)", "(jr/ks)", "– J.R.", "jr", "fb/rs/kl", "[AM/Lakeshore Wire]", "(am)", "- am"]
        {
            assert!(is_signature(line), "{line}");
        }
        for line in
            ["Ada Moss", "No.", "Why?", "UN", "The end", "and/or both sides", "- Peace", "(Reuters)", "yes/no vote"]
        {
            assert!(!is_signature(line), "{line}");
        }
    }
}
