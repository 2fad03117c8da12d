//! The date of publication and the agency in the first lines of an article: "BEIJING, Feb 4 (Reuters) - …".
//!
//! Conservative: a date counts where it stands like a dateline, not where a sentence mentions a day.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

/// How far into the text a dateline may stand, in bytes and in lines with words.
const REACH: usize = 300;
const LINES: usize = 6;

/// The longest place before a date or an agency, in words.
const PLACE_WORDS: usize = 5;

/// How many days a text's own dates may lie from the day on which its file was made, where that counts.
const FAR: i64 = 366;

/// The longest line that tells of a date by a label, in bytes.
const MAX_LABELLED: usize = 120;

/// What the first lines say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dateline {
    pub date: Option<Date>,
    pub source: Option<String>,
}

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|\
                 oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
    Regex::new(&format!(
        r"(?i)\b(?:(?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})(?:T|\b)|(?P<m2>{month})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y2>\d{{4}}))?\b|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m3>{month})\b\.?(?:,?\s+(?P<y3>\d{{4}}))?(?:\b|$))"
    ))
    .ok()
});

static AGENCY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\((\p{Lu}[\p{L}\d.&’']*(?: \p{L}[\p{L}\d.&’']*){0,3})\)\s*(?:[-–—]|$)").ok());

/// Looks for a dateline. A date without a year takes the year in which it is nearest to `near`, or to a full date in
/// the same lines; with neither it does not count.
pub(super) fn find(text: &str, near: Option<Date>) -> Dateline {
    let head = text.get(..text.floor_char_boundary(REACH)).unwrap_or_default();
    let lines: Vec<&str> = head.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES).collect();
    let Some(pattern) = DATE.as_ref() else { return Dateline::default() };
    let full = lines.iter().flat_map(|line| pattern.captures_iter(line)).find_map(|found| date_of(&found, None));
    let near = near.or(full);
    let mut result = Dateline::default();
    for line in &lines {
        for found in pattern.captures_iter(line) {
            let Some(whole) = found.get(0) else { continue };
            let before = line.get(..whole.start()).unwrap_or_default();
            let after = line.get(whole.end()..).unwrap_or_default();
            if result.date.is_none() && stands_alone(before, after, has_year(&found)) {
                result.date = date_of(&found, near);
            }
        }
        if result.source.is_none() {
            result.source = agency(line);
        }
    }
    result
}

/// The day of publication of a document that a program made on the day `created`: what its first lines say, else its
/// file's name. The day on which the file was made counts only where the text names no other day far from it: a cutting
/// that was typed or scanned years later tells of its own time.
pub(super) fn of_document(text: &str, stem: &str, created: Option<Date>) -> Option<Date> {
    let named = of_file_name(stem);
    let printed = find(text, named.or(created)).date.or(named);
    let told = || DATE.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text));
    let elsewhere = |created: &Date| {
        let far = |date: Date| (created.duration_since(date).as_hours() / 24).abs() > FAR;
        told().filter_map(|found| date_of(&found, None)).next().is_some_and(far)
    };
    printed.or_else(|| created.filter(|created| !elsewhere(created)))
}

/// The date of a page's short line that says by a label when it appeared: "Submitted on Sun, 2021-04-25 10:21".
pub(super) fn labelled(text: &str) -> Option<Date> {
    let pattern = DATE.as_ref()?;
    let lines = text.lines().map(str::trim).filter(|line| line.len() <= MAX_LABELLED);
    let dates = lines.filter_map(|line| {
        let found = pattern.captures(line)?;
        let whole = found.get(0)?;
        let (before, after) = (line.get(..whole.start())?, line.get(whole.end()..)?);
        let said = is_label(without_day(before.trim_end())) && stands_alone(before, after, has_year(&found));
        Some((before.to_lowercase().contains("updated"), date_of(&found, None)?)).filter(|_| said)
    });
    // When it was first there comes before when it was changed.
    dates.min_by_key(|(updated, _)| *updated).map(|(_, date)| date)
}

/// The date that a file's name carries: `talks-2022-02-04`.
pub(super) fn of_file_name(stem: &str) -> Option<Date> {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    stem.char_indices().find_map(|(at, _)| {
        let candidate = stem.get(at..at + 10)?;
        let apart = !is_digit(stem.get(..at)?.chars().next_back()) && !is_digit(stem.get(at + 10..)?.chars().next());
        candidate.parse().ok().filter(|_| apart)
    })
}

/// The day at the start of a text in a metadata field: `2024-05-21T06:40:00+12:00`, `21 May 2024`, `May 21, 2024`.
pub(super) fn of_field(field: &str) -> Option<Date> {
    let found = DATE.as_ref()?.captures(field)?;
    date_of(&found, None)
}

fn has_year(found: &Captures<'_>) -> bool {
    ["y1", "y2", "y3"].into_iter().any(|group| found.name(group).is_some())
}

fn date_of(found: &Captures<'_>, near: Option<Date>) -> Option<Date> {
    let group = |names: [&str; 3]| names.into_iter().find_map(|name| found.name(name)).map(|m| m.as_str());
    let day: i8 = group(["d1", "d2", "d3"])?.parse().ok()?;
    let month = month_number(group(["m1", "m2", "m3"])?)?;
    if let Some(year) = group(["y1", "y2", "y3"]) {
        return Date::new(year.parse().ok()?, month, day).ok();
    }
    let near = near?;
    let years = near.year().checked_sub(1)?..=near.year().checked_add(1)?;
    let dates = years.filter_map(|year| Date::new(year, month, day).ok());
    dates.min_by_key(|date| (near.duration_since(*date).as_secs()).abs())
}

fn month_number(month: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = month.get(..3).unwrap_or_default().to_ascii_lowercase();
    let named = MONTHS.iter().position(|name| *name == start).and_then(|index| i8::try_from(index + 1).ok());
    named.or_else(|| month.parse().ok())
}

/// Whether a date with this before and after it on its line stands like a dateline.
fn stands_alone(before: &str, after: &str, with_year: bool) -> bool {
    let whole = before.trim_end();
    let before = if with_year { without_day(whole) } else { whole };
    let after = after.trim_start();
    let after = if with_year && is_day(after.trim_end_matches('.')) { "" } else { after };
    let opens = if with_year {
        before.is_empty()
            || is_label(before)
            || (before.len() < whole.len() && is_masthead(before))
            || before.ends_with(['|', '·', '•', '—', '–', '-', ':', '('])
            || is_place(before)
    } else {
        is_place(before)
    };
    let time_follows = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let closes = after.is_empty()
        || after == "."
        || after.starts_with(['(', '|', '·', '•', '—', '–', '-', '/'])
        || (with_year && (after.starts_with([':', ')']) || time_follows(after)))
        || (with_year && after.strip_prefix(',').is_some_and(time_follows));
    opens && closes
}

/// What stands before a date without the day of the week that belongs to it: "Submitted on Sun,".
fn without_day(before: &str) -> &str {
    let rest = before.trim_end_matches([',', '.']);
    let day = rest.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let start = rest.len() - day.len();
    match rest.get(..start) {
        Some(before) if is_day(day) => before.trim_end(),
        _ => before,
    }
}

/// "Published", "Updated on".
fn is_label(before: &str) -> bool {
    let last = before
        .trim_end_matches(':')
        .trim_end_matches(" on")
        .trim_end_matches(" at")
        .rsplit(' ')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    matches!(
        last.as_str(),
        "published"
            | "updated"
            | "posted"
            | "submitted"
            | "filed"
            | "released"
            | "uploaded"
            | "date"
            | "dated"
            | "issued"
    )
}

/// The name of a paper before the day and its date: "THE EVENING POST Tuesday,".
fn is_masthead(before: &str) -> bool {
    let mut words = before.split_whitespace();
    words.clone().count() <= PLACE_WORDS + 1
        && words.all(|word| word.starts_with(char::is_uppercase) || matches!(word, "of" | "the" | "and"))
}

/// "BEIJING," or "Addis Ababa, Ethiopia,".
fn is_place(before: &str) -> bool {
    let Some(place) = before.strip_suffix([',', '—', '–', '-']) else { return false };
    let mut words = place.split_whitespace();
    let capitalised = words.clone().all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '('));
    capitalised && words.by_ref().count() <= PLACE_WORDS && !place.trim().is_empty() && !is_day(place)
}

/// "Friday," before a date is part of the date, but also of many sentences.
fn is_day(place: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let place = place.trim().to_ascii_lowercase();
    place.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&place))
}

/// The agency in brackets after a place in capitals: "LONDON (AP) —".
fn agency(line: &str) -> Option<String> {
    let found = AGENCY.as_ref()?.captures(line)?;
    let before = line.get(..found.get(0)?.start())?;
    let place = before.split([',', ' ', '/']).next()?;
    let in_capitals =
        place.chars().count() > 1 && place.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '’' | '\''));
    (in_capitals && before.split_whitespace().count() <= PLACE_WORDS + 4).then(|| found[1].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(text: &str, day: Option<Date>, source: Option<&str>) {
        let expected = Dateline { date: day, source: source.map(str::to_owned) };
        assert_eq!(find(text, None), expected, "{text}");
    }

    #[test]
    fn dates_that_stand_like_datelines() {
        check("Feb 4, 2022: Ministers met.", Some(date(2022, 2, 4)), None);
        check("Headline\n\nLONDON (AP) — Feb. 4, 2022", Some(date(2022, 2, 4)), Some("AP"));
        check("Headline\n4 February 2022\nText", Some(date(2022, 2, 4)), None);
        check("THE EVENING POST\nTuesday, June 9, 1998\n\nBridge toll", Some(date(1998, 6, 9)), None);
        check("THE EVENING POST Tuesday, June 9, 1998\n\nBridge toll", Some(date(1998, 6, 9)), None);
        check("The Daily\n\nApril 12, 2017 Wednesday\n\nToll ends", Some(date(2017, 4, 12)), None);
        check("Submitted on Sun, 2021-04-25 10:21", Some(date(2021, 4, 25)), None);
        check("Daily\nNews\nToll ends\nBy Ann Lee\n9 June 1998\nText", Some(date(1998, 6, 9)), None);
        check("2022-02-04", Some(date(2022, 2, 4)), None);
        check("2022-02-04T10:00:00Z", Some(date(2022, 2, 4)), None);
        check("Lisbon, 4th September 2021 – The minister left.", Some(date(2021, 9, 4)), None);
        check("By A. Person in Suva · 21 May 2024\nText", Some(date(2024, 5, 21)), None);
        check("Published on March 3, 2020, 10:15 GMT", Some(date(2020, 3, 3)), None);
        check(
            "GENEVA, March 12, 2023 (Lakeshore Wire) - Kenya agreed.",
            Some(date(2023, 3, 12)),
            Some("Lakeshore Wire"),
        );
    }

    #[test]
    fn dates_in_sentences_are_not_datelines() {
        check("On 24 February 2022, troops crossed the border.", None, None);
        check("February 4, 2022, was cold.", None, None);
        check("Friday, February 4, 2022, was cold.", None, None);
        check("They met on Friday, 4 February 2022", None, None);
        check("See https://post.example/2021/04/92713 and https://post.example/2021-04-25/toll", None, None);
        check("The talks ended on 4 February 2022", None, None);
        check("The minister may 5 times refuse.", None, None);
        check("Feb 31, 2022: no such day", None, None);
        check(&format!("{}\nFeb 4, 2022: too far down", "word ".repeat(80)), None, None);
        check("Ministers (and Friends) - a story", None, None);
    }

    #[test]
    fn a_day_without_a_year_needs_one_nearby() {
        let text = "BEIJING, Feb 4 (Reuters) - Leaders met.";
        check(text, None, Some("Reuters"));
        assert_eq!(find(text, Some(date(2022, 2, 5))).date, Some(date(2022, 2, 4)));
        let text = "PARIS, Dec 31 (Reuters) - Leaders met.";
        assert_eq!(find(text, Some(date(2022, 1, 1))).date, Some(date(2021, 12, 31)));
        check("BEIJING, Feb 4 (Reuters) -\nUpdated 2022-02-05", Some(date(2022, 2, 4)), Some("Reuters"));
    }

    #[test]
    fn a_label_says_when_a_page_appeared() {
        let text = "Home\n\nUpdated: 3 May 2021\n\nPosted on Sun, 2021-04-25 10:21\n\nThey met on 3 June 2020";
        assert_eq!(labelled(text), Some(date(2021, 4, 25)));
        assert_eq!(labelled("They met on 3 June 2020\nhttps://post.example/2021/04/92713"), None);
    }

    #[test]
    fn the_day_a_file_was_made_counts_where_the_text_tells_of_no_other_time() {
        let made = Some(date(2024, 11, 2));
        assert_eq!(of_document("The toll ends.", "toll", made), made);
        assert_eq!(of_document("It rose since 3 May 2024.", "toll", made), made);
        assert_eq!(of_document("They met on 3 May 1998. The toll ends.", "toll", made), None);
        assert_eq!(of_document("June 9, 1998\nThe toll ends.", "toll", made), Some(date(1998, 6, 9)));
        assert_eq!(of_document("The toll ends.", "toll-1998-06-09", made), Some(date(1998, 6, 9)));
    }

    #[test]
    fn a_file_name_may_carry_the_date() {
        assert_eq!(of_file_name("talks-2022-02-04"), Some(date(2022, 2, 4)));
        assert_eq!(of_file_name("é 2022-02-04 x"), Some(date(2022, 2, 4)));
        assert_eq!(of_file_name("12022-02-041"), None);
        assert_eq!(of_file_name("talks"), None);
        assert_eq!(of_field("2024-05-21T06:40:00+12:00"), Some(date(2024, 5, 21)));
    }
}
