//! The date of publication and the agency in the first lines of an article: "BEIJING, Feb 4 (Reuters) - …".
//!
//! Conservative: a date counts where it stands like a dateline, not where a sentence mentions a day.

use std::cell::LazyCell;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};

use super::days::Days;
use crate::text::DatePlace;

/// How far into the text a dateline may stand, in bytes and in lines with words.
const REACH: usize = 300;
const LINES: usize = 6;

/// The longest place before a date or an agency, in words.
const PLACE_WORDS: usize = 5;

/// How many days a text's own dates may lie from the day on which its file was made, where that counts.
const FAR: i64 = 366;

/// How many days a date printed without a year may lie from one that tells the year, and from one in a sentence.
const NEAR: i64 = 31;
const NEAR_MENTIONED: i64 = 7;

/// How many years are looked back for one that fits a day without a year: in so many each date is each day of the week.
const YEARS_BACK: i16 = 12;

/// The longest line that tells of a date by a label, in bytes.
const MAX_LABELLED: usize = 120;

/// How many days that a page tells by a label, and that sentences mention, are offered.
const MAX_OFFERED: usize = 3;

/// How far into a text its sentences are searched for days, in bytes.
const MENTIONED: usize = 100_000;

/// What the first lines say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dateline {
    pub days: Days,
    pub source: Option<String>,
}

/// What an office file or a PDF says of its own days.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct FileDays {
    pub made: Option<Date>,
    pub saved: Option<Date>,
    /// Whether a browser or a scanner made it, so that it was made on the day of saving.
    pub is_copy: bool,
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

static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?:19|20)\d\d\b").ok());

/// Looks for a dateline. A date without a year is taken only where one of `clues` (days of the same article), or a full date in
/// the text is so near that the year is certain; else it is offered with the last year before them that fits.
pub(super) fn find(text: &str, clues: &[Date]) -> Dateline {
    let head = text.get(..text.floor_char_boundary(REACH)).unwrap_or_default();
    let lines: Vec<&str> = head.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES).collect();
    let Some(pattern) = DATE.as_ref() else { return Dateline::default() };
    let told = lines.iter().flat_map(|line| {
        pattern.captures_iter(line).filter_map(|found| Standing::of(line, &found).and_then(|_| full(&found)))
    });
    let clues: Vec<Date> = clues.iter().copied().chain(told).collect();
    let mentioned = LazyCell::new(|| Mentioned::of(text));
    let mut result = Dateline::default();
    for line in &lines {
        for found in pattern.captures_iter(line) {
            let Some(stands) = Standing::of(line, &found) else { continue };
            match full(&found) {
                Some(day) => result.days.take(Some(day), stands.place(true)),
                None if has_year(&found) => {}
                None => match without_year(&found, stands.weekday, &clues, &mentioned) {
                    Some((day, true)) => result.days.take(Some(day), stands.place(true)),
                    guessed => result.days.offer(guessed.map(|(day, _)| day), stands.place(false)),
                },
            }
        }
        if result.source.is_none() {
            result.source = agency(line);
        }
    }
    result
}

/// The days that sentences mention, to be offered behind all others.
pub(super) fn mentioned(text: &str) -> Days {
    let mut days = Days::default();
    let mut seen: Vec<Date> = Vec::new();
    for day in Mentioned::of(text).days {
        if seen.len() < MAX_OFFERED && !seen.contains(&day) {
            seen.push(day);
            days.offer(Some(day), DatePlace::Mentioned);
        }
    }
    days
}

/// The days of a document that a program made: what its first lines say comes before its file's name. The day on which the
/// file was made is taken only where the text names no other time far from it and no printed day that does not fit: a
/// cutting that was typed, scanned or printed from a page later tells of its own time.
pub(super) fn of_document(text: &str, stem: &str, file: FileDays) -> Days {
    let named = of_file_name(stem);
    let clues: Vec<Date> = [named, file.made, file.saved].into_iter().flatten().collect();
    let mut days = find(text, &clues).days;
    days.take(named, DatePlace::FileName);
    if file.is_copy || days.is_unsure() || file.made.is_some_and(|made| Mentioned::of(text).is_far_from(made)) {
        days.offer(file.made, DatePlace::FileMade);
    } else {
        days.take(file.made, DatePlace::FileMade);
    }
    days.offer(file.saved, DatePlace::FileSaved);
    days.join(mentioned(text));
    days
}

/// The dates of a page's short lines that say by a label when it appeared, "Submitted on Sun, 2021-04-25 10:21": when it
/// was first there comes before when it was changed.
pub(super) fn labelled(text: &str) -> Days {
    let mut days = Days::default();
    let Some(pattern) = DATE.as_ref() else { return days };
    let lines = text.lines().map(str::trim).filter(|line| line.len() <= MAX_LABELLED);
    let dates = lines.filter_map(|line| {
        let found = pattern.captures(line)?;
        let stands = Standing::of(line, &found).filter(|stands| is_label(stands.before))?;
        Some((full(&found)?, stands.place(true)))
    });
    let mut dates: Vec<_> = dates.take(MAX_OFFERED).collect();
    dates.sort_by_key(|(_, at)| matches!(at, DatePlace::Label(label) if label.to_lowercase().contains("updated")));
    dates.into_iter().for_each(|(day, at)| days.take(Some(day), at));
    days
}

/// The day in an address on the web, between slashes: `https://post.example/2021/04/25/toll`.
pub(super) fn of_address(url: &str) -> Option<Date> {
    static DAY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/-]|$)").ok());
    let found = DAY.as_ref()?.captures(url)?;
    let part = |at: usize| found.get(at).map(|part| part.as_str());
    Date::new(part(1)?.parse().ok()?, part(2)?.parse().ok()?, part(3)?.parse().ok()?).ok()
}

/// A text without the lines before all others that say no more than where and when: "LONDON, March 3 (Reuters)".
pub(super) fn skip_lines(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some((line, next)) = rest.split_once('\n') {
        if next.trim().is_empty() || !is_dateline(line) {
            break;
        }
        rest = next.trim_start();
    }
    rest
}

/// What a text says behind the dateline that its first line begins with: "LONDON, March 3 (Reuters) - Talks ended".
pub(super) fn behind(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    let head = line.get(..line.floor_char_boundary(MAX_LABELLED)).unwrap_or_default();
    for (at, sign) in head.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '—' | ':')) {
        let (before, after) = (line.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
        let after = after.trim_start_matches(sign);
        // A hyphen in a word ends nothing, nor does the colon of a headline: "LONDON: Talks end".
        let ends = match sign {
            // "10:30" is a time.
            ':' => {
                !after.starts_with(|c: char| c.is_ascii_digit())
                    && DATE.as_ref().is_some_and(|date| date.is_match(before))
            }
            '—' => true,
            _ => before.ends_with([' ', ')']) || after.len() + sign.len_utf8() < text.len() - at,
        };
        // "US–China talks" begins with no place.
        let place = (sign == '—' || before.ends_with(' ')) && before.trim().len() > 3 && is_in_capitals(before);
        if ends && !after.trim().is_empty() && (is_dateline(before) || place) {
            return after.trim_start();
        }
    }
    text
}

/// Whether words say no more than a place, a date and an agency: one of the latter two at least.
fn is_dateline(words: &str) -> bool {
    let mut rest = words.trim().trim_end_matches(['-', '–', '—', ':', ' ']);
    let agency = rest.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    let agency = agency.filter(|(_, name)| name.starts_with(char::is_uppercase) && name.len() <= MAX_LABELLED);
    if let Some((before, _)) = agency {
        rest = before.trim_end();
    }
    let found = DATE.as_ref().and_then(|pattern| pattern.find_iter(rest).last());
    let date = found.filter(|found| {
        let after = rest.get(found.end()..).unwrap_or_default().trim_matches([',', '.', ' ']);
        after.is_empty() || is_day(after) || after.starts_with(|c: char| c.is_ascii_digit())
    });
    if let Some(date) = date {
        rest = without_day(rest.get(..date.start()).unwrap_or_default().trim_end());
    }
    let place = rest.trim_end_matches([',', ' ']);
    let is_named = is_place(&format!("{place},"));
    match (date, agency) {
        (Some(_), _) => is_named || place.is_empty() || is_label(place),
        (None, Some(_)) => is_named && place.split([',', ' ', '/']).next().is_some_and(is_in_capitals),
        (None, None) => false,
    }
}

/// Whether words are the name of a place as datelines write it: "NEW YORK".
fn is_in_capitals(words: &str) -> bool {
    let letters = || words.chars().filter(|c| c.is_alphabetic());
    words.split_whitespace().count() <= 3
        && letters().count() > 1
        && letters().all(char::is_uppercase)
        && words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | ',' | '’' | '\'' | '-' | '/'))
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
    full(&DATE.as_ref()?.captures(field)?)
}

fn has_year(found: &Captures<'_>) -> bool {
    ["y1", "y2", "y3"].into_iter().any(|group| found.name(group).is_some())
}

fn group<'t>(found: &Captures<'t>, names: [&str; 3]) -> Option<&'t str> {
    names.into_iter().find_map(|name| found.name(name)).map(|found| found.as_str())
}

fn month_and_day(found: &Captures<'_>) -> Option<(i8, i8)> {
    Some((month_number(group(found, ["m1", "m2", "m3"])?)?, group(found, ["d1", "d2", "d3"])?.parse().ok()?))
}

/// The date of a match that has a year.
fn full(found: &Captures<'_>) -> Option<Date> {
    let (month, day) = month_and_day(found)?;
    Date::new(group(found, ["y1", "y2", "y3"])?.parse().ok()?, month, day).ok()
}

/// The date of a match that has none, and whether its year is certain.
fn without_year(
    found: &Captures<'_>,
    weekday: Option<Weekday>,
    clues: &[Date],
    mentioned: &Mentioned,
) -> Option<(Date, bool)> {
    let (month, day) = month_and_day(found)?;
    let fits = |date: &Date| weekday.is_none_or(|weekday| date.weekday() == weekday);
    let near = |clue: Date| {
        let years = clue.year().saturating_sub(1)..=clue.year().saturating_add(1);
        let dates = years.filter_map(|year| Date::new(year, month, day).ok());
        dates.map(|date| (days_between(date, clue), date)).min()
    };
    let within = |days: i64| move |(apart, date): &(i64, Date)| *apart <= days && fits(date);
    let mut near_clues = clues.iter().filter_map(|clue| near(*clue)).filter(within(NEAR));
    let latest = mentioned.days.iter().max().copied();
    // A sentence may tell of the same day of another year; one of the latest year, days away, hardly does.
    let told = || {
        let latest = latest.filter(|latest| mentioned.latest_year.is_none_or(|year| year <= latest.year()))?;
        let (apart, date) = near(latest).filter(within(NEAR_MENTIONED))?;
        (apart > 0 || weekday.is_some()).then_some(date)
    };
    // The day of the week is right in one of about six years.
    let by_weekday = || {
        let date = Date::new(mentioned.latest_year?, month, day).ok()?;
        weekday.filter(|weekday| date.weekday() == *weekday).map(|_| date)
    };
    let certain = near_clues.next().map(|(_, date)| date).or_else(told).or_else(by_weekday);
    // An article is older than the file that it comes in.
    let guess = || {
        let before = |clue: Date| {
            let years = (0..YEARS_BACK).filter_map(|back| Date::new(clue.year() - back, month, day).ok());
            years.filter(|date| *date <= clue && fits(date)).max()
        };
        let told = clues.first().copied().or(latest).and_then(before);
        // The latest year that a text mentions is its own or the one before.
        let of_text = || {
            let latest = mentioned.latest_year?;
            (latest..=latest.saturating_add(1)).filter_map(|year| Date::new(year, month, day).ok()).find(fits)
        };
        told.or_else(of_text)
    };
    certain.map(|date| (date, true)).or_else(|| Some((guess()?, false)))
}

fn days_between(one: Date, other: Date) -> i64 {
    (one.duration_since(other).as_hours() / 24).abs()
}

/// The full dates and the years that a text mentions anywhere.
struct Mentioned {
    days: Vec<Date>,
    latest_year: Option<i16>,
}

impl Mentioned {
    fn of(text: &str) -> Self {
        let text = text.get(..text.floor_char_boundary(MENTIONED)).unwrap_or_default();
        let days = DATE.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text));
        let years = YEAR.as_ref().into_iter().flat_map(|pattern| pattern.find_iter(text));
        Self {
            days: days.filter_map(|found| full(&found)).collect(),
            latest_year: years.filter_map(|year| year.as_str().parse().ok()).max(),
        }
    }

    /// Whether the text tells of another time than that of a day.
    fn is_far_from(&self, day: Date) -> bool {
        self.days.first().is_some_and(|told| days_between(day, *told) > FAR)
            || self.latest_year.is_some_and(|year| year < day.year().saturating_sub(1))
    }
}

/// How a date stands on its line, where it stands like a dateline.
struct Standing<'t> {
    /// What is before it, without the day of the week.
    before: &'t str,
    weekday: Option<Weekday>,
}

impl<'t> Standing<'t> {
    fn of(line: &'t str, found: &Captures<'_>) -> Option<Self> {
        let whole = found.get(0)?;
        let (before, after) = (line.get(..whole.start())?.trim_end(), line.get(whole.end()..)?);
        if !stands_alone(before, after, has_year(found)) {
            return None;
        }
        let bare = without_day(before);
        let word = |text: &'t str| text.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
        let weekday = before.get(bare.len()..).and_then(word).or_else(|| word(after)).and_then(weekday);
        Some(Self { before: bare, weekday })
    }

    fn place(&self, with_year: bool) -> DatePlace {
        match (is_label(self.before), is_place(self.before)) {
            (true, _) if with_year => DatePlace::Label(self.before.trim_end_matches(':').trim_end().to_owned()),
            (false, true) if with_year => DatePlace::Dateline,
            (false, true) => DatePlace::DatelineWithoutYear,
            _ if with_year => DatePlace::Printed,
            _ => DatePlace::PrintedWithoutYear,
        }
    }
}

fn month_number(month: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = month.get(..3).unwrap_or_default().to_ascii_lowercase();
    let named = MONTHS.iter().position(|name| *name == start).and_then(|index| i8::try_from(index + 1).ok());
    named.or_else(|| month.parse().ok())
}

/// Whether a date with this before and after it on its line stands like a dateline.
fn stands_alone(whole: &str, after: &str, with_year: bool) -> bool {
    let before = without_day(whole);
    let after = after.trim_start();
    let named = after.trim_start_matches([',', ' ']).trim_end_matches('.');
    let after = if is_day(named) { "" } else { after };
    let alone = after.is_empty() || after == ".";
    let opens = if with_year {
        before.is_empty()
            || is_label(before)
            || (before.len() < whole.len() && is_masthead(before))
            || before.ends_with(['|', '·', '•', '—', '–', '-', ':', '('])
            || is_place(before)
    } else {
        is_place(before) || (alone && (before.is_empty() || is_label(before)))
    };
    let time_follows = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let closes = alone
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
    weekday(place).is_some()
}

/// The day of the week of a name, or of its first three letters or more.
fn weekday(name: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let name = name.trim().to_ascii_lowercase();
    DAYS.iter().find(|(day, _)| name.len() >= 3 && day.starts_with(&name)).map(|(_, day)| *day)
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
        let found = find(text, &[]);
        assert_eq!((found.days.taken(), found.source.as_deref()), (day, source), "{text}");
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
    fn what_is_said_stands_behind_the_dateline() {
        for dateline in [
            "LONDON, March 3 (Reuters) - ",
            "LONDON, 3 March 2020 (Reuters) – ",
            "NEW YORK (AP) — ",
            "NEW YORK (AP) -- ",
            "Addis Ababa, Ethiopia, March 3, 2020 - ",
            "St. John’s, Newfoundland, Friday, March 3 — ",
            "WASHINGTON—",
            "March 3, 2020: ",
            "2020-03-03 - ",
            "LONDON, March 3, 2020 10:30 (Reuters) - ",
        ] {
            assert_eq!(behind(&format!("{dateline}Talks ended. All left.")), "Talks ended. All left.", "{dateline}");
        }
        for text in [
            "Ministers (and Friends) - a story",
            "Ministers met on March 3 - and left again.",
            "Talks end - again",
            "A well-known minister left.",
            "LONDON: Talks end",
            "US–China talks resume",
            "US - China talks resume",
            "March 3–5, 2020 talks resume",
            "LONDON, March 3 (Reuters) -",
            "",
        ] {
            assert_eq!(behind(text), text);
        }
        let skipped = |text: &'static str| skip_lines(text);
        assert_eq!(skipped("\nLONDON, March 3 (Reuters)\n\n2020-03-03T10:00:00Z\nTalks end\nText"), "Talks end\nText");
        assert_eq!(skipped("THE EVENING POST Tuesday, June 9, 1998\n\nBridge toll"), "Bridge toll");
        assert_eq!(skipped("Published on March 3, 2020\nText"), "Text");
        assert_eq!(skipped("Ministers met on March 3\nText"), "Ministers met on March 3\nText");
        assert_eq!(skipped("March 3, 2020"), "March 3, 2020", "a text that says no more keeps it");
        assert_eq!(skipped("March 3, 2020\n\n"), "March 3, 2020\n\n");
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

    /// What is taken of the first lines, and how many days are found there.
    fn taken(text: &str, clues: &[Date]) -> (Option<Date>, usize) {
        let days = find(text, clues).days;
        (days.taken(), days.all().len())
    }

    #[test]
    fn a_day_without_a_year_needs_one_nearby() {
        let text = "BEIJING, Feb 4 (Reuters) - Leaders met.";
        check(text, None, Some("Reuters"));
        assert_eq!(taken(text, &[date(2022, 2, 5)]), (Some(date(2022, 2, 4)), 1));
        let text = "PARIS, Dec 31 (Reuters) - Leaders met.";
        assert_eq!(taken(text, &[date(2022, 1, 1)]), (Some(date(2021, 12, 31)), 1));
        check("BEIJING, Feb 4 (Reuters) -\nUpdated 2022-02-05", Some(date(2022, 2, 4)), Some("Reuters"));
        check("Toll ends\nFeb. 4\nThe ferry stopped on 2 February 2022.", Some(date(2022, 2, 4)), None);
    }

    #[test]
    fn a_day_whose_year_is_not_certain_is_offered() {
        let text = "BEIJING, Feb 4 (Reuters) - Leaders met.";
        // A file of months later says nothing of the year.
        assert_eq!(taken(text, &[date(2024, 11, 2)]), (None, 1));
        let offered = |text: &str| find(text, &[date(2024, 11, 2)]).days.all().first().map(|found| found.day);
        assert_eq!(offered(text), Some(date(2024, 2, 4)));
        assert_eq!(offered("SUVA, Dec 4 (AP) - It ended."), Some(date(2023, 12, 4)));
        assert_eq!(offered("SUVA, Friday, Feb 4 (AP) - It ended."), Some(date(2022, 2, 4)));
        assert_eq!(taken(text, &[date(2024, 11, 2), date(2022, 2, 7)]), (Some(date(2022, 2, 4)), 1));
        // The same day in a sentence may be of another year.
        assert_eq!(taken("SUVA, Feb 24 (AP) - It began on 24 February 2022.", &[]), (None, 1));
        assert_eq!(taken("SUVA, Feb 24 (AP) - It began on 20 February 2022 and ends in 2025.", &[]), (None, 1));
        assert_eq!(taken(text, &[]), (None, 0));
    }

    #[test]
    fn the_day_of_the_week_tells_the_year() {
        let friday = |text: &str| taken(text, &[date(2022, 2, 9)]).0;
        assert_eq!(friday("Toll ends\nFriday, Feb. 4\nThe toll ends."), Some(date(2022, 2, 4)));
        assert_eq!(friday("Toll ends\nFeb. 4, Friday\nThe toll ends."), Some(date(2022, 2, 4)));
        assert_eq!(friday("BEIJING, Friday, Feb 4 (AP) - Leaders met."), Some(date(2022, 2, 4)));
        assert_eq!(taken("Toll ends\nMonday, Feb. 4\nThe toll ends.", &[date(2022, 2, 9)]), (None, 1));
        assert_eq!(taken("Toll ends\nFriday, Feb. 4\nThe budget of 2022 is spent.", &[]).0, Some(date(2022, 2, 4)));
        assert_eq!(taken("Toll ends\nFriday, Feb. 4\nThe budget of 2021 is spent.", &[]), (None, 1));
    }

    #[test]
    fn a_label_says_when_a_page_appeared() {
        let text = "Home\n\nUpdated: 3 May 2021\n\nPosted on Sun, 2021-04-25 10:21\n\nThey met on 3 June 2020";
        assert_eq!(labelled(text).taken(), Some(date(2021, 4, 25)));
        let all: Vec<_> = labelled(text).all().into_iter().map(|found| found.at).collect();
        assert_eq!(all, [DatePlace::Label("Posted on".into()), DatePlace::Label("Updated".into())]);
        assert_eq!(labelled("They met on 3 June 2020\nhttps://post.example/2021/04/92713"), Days::default());
    }

    #[test]
    fn an_address_may_have_the_day() {
        assert_eq!(of_address("https://post.example/2021/04/25/toll"), Some(date(2021, 4, 25)));
        assert_eq!(of_address("https://post.example/news/2021-4-25"), Some(date(2021, 4, 25)));
        assert_eq!(of_address("https://post.example/2021/04/92713"), None);
        assert_eq!(of_address("https://post.example/2021/04/toll"), None);
    }

    #[test]
    fn the_day_a_file_was_made_counts_where_the_text_tells_of_no_other_time() {
        let made = Some(date(2024, 11, 2));
        let of = |text: &str, stem: &str| of_document(text, stem, FileDays { made, ..FileDays::default() }).taken();
        assert_eq!(of("The toll ends.", "toll"), made);
        assert_eq!(of("It rose since 3 May 2024.", "toll"), made);
        assert_eq!(of("They met on 3 May 1998. The toll ends.", "toll"), None);
        assert_eq!(of("The budget of 1998 was spent. The toll ends.", "toll"), None);
        assert_eq!(of("Toll ends\nFeb. 4\nThe toll ends.", "toll"), None);
        assert_eq!(of("June 9, 1998\nThe toll ends.", "toll"), Some(date(1998, 6, 9)));
        assert_eq!(of("The toll ends.", "toll-1998-06-09"), Some(date(1998, 6, 9)));
        let copy = of_document("The toll ends.", "toll", FileDays { made, saved: None, is_copy: true });
        assert_eq!((copy.taken(), copy.all().len()), (None, 1));
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
