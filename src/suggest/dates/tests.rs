//! What date expressions mean, in tables.

use super::calendar::Days;
use super::*;
use jiff::civil::date;

/// "YYYY-MM-DD" or "…..…".
fn show(days: Days) -> String {
    if days.0 == days.1 { days.0.to_string() } else { format!("{}..{}", days.0, days.1) }
}

/// The expressions of a sentence published on a Friday, as "words = days".
fn read(text: &str) -> Vec<String> {
    let document = Document::new(text, Some(date(2022, 2, 4)));
    let one = |found: DateExpression| format!("{} = {}", document.slice(found.range), show((found.start, found.end)));
    dates(&document).into_iter().map(one).collect()
}

#[test]
fn expressions_in_the_news_are_resolved() {
    let table: &[(&str, &[&str])] = &[
        ("The two met on Friday.", &["on Friday = 2022-02-04"]),
        ("He arrived Thursday evening.", &["Thursday evening = 2022-02-03"]),
        ("The adviser said on Wednesday that both would come.", &["on Wednesday = 2022-02-02"]),
        ("The court will rule on Tuesday.", &["on Tuesday = 2022-02-08"]),
        ("On Monday, the court will rule.", &["On Monday = 2022-02-07"]),
        ("It fell last Friday.", &["last Friday = 2022-01-28"]),
        ("They vote next Friday.", &["next Friday = 2022-02-11"]),
        ("Last week, he called it fair.", &["Last week = 2022-01-24..2022-01-30"]),
        ("It opens next month.", &["next month = 2022-03-01..2022-03-31"]),
        ("She resigned yesterday.", &["yesterday = 2022-02-03"]),
        ("It began two years ago.", &["two years ago = 2020-01-01..2020-12-31"]),
        ("It began three days ago.", &["three days ago = 2022-02-01"]),
        ("A week ago they agreed.", &["A week ago = 2022-01-24..2022-01-30"]),
        ("The city shut in January 2020.", &["in January 2020 = 2020-01-01..2020-01-31"]),
        ("He has stayed since January 2020.", &["since January 2020 = 2020-01-01..2022-02-04"]),
        ("Troops crossed on Feb. 24.", &["on Feb. 24 = 2022-02-24"]),
        ("It was signed on 4 Feb 2022.", &["on 4 Feb 2022 = 2022-02-04"]),
        ("Recorded 2022-02-04 by hand.", &["2022-02-04 = 2022-02-04"]),
        ("On February 4, 2021, it rained.", &["On February 4, 2021 = 2021-02-04"]),
        ("On Friday, Feb. 4, they met.", &["On Friday, Feb. 4 = 2022-02-04"]),
        ("Exports fell this year.", &["this year = 2022-01-01..2022-12-31"]),
        ("The floods of 2019 were worse.", &["2019 = 2019-01-01..2019-12-31"]),
        ("Exports fell in 2019.", &["in 2019 = 2019-01-01..2019-12-31"]),
        ("A strike was held on December 12.", &["on December 12 = 2021-12-12"]),
        ("It rained in November.", &["in November = 2021-11-01..2021-11-30"]),
        ("The talks will resume in March.", &["in March = 2022-03-01..2022-03-31"]),
        ("Ten died in the past two weeks.", &["in the past two weeks = 2022-01-21..2022-02-04"]),
        ("They clashed last night.", &["last night = 2022-02-03"]),
        ("It was the 4th of July 2021.", &["the 4th of July 2021 = 2021-07-04"]),
        ("Voters go to the polls this weekend.", &["this weekend = 2022-02-05..2022-02-06"]),
        ("Two died over the weekend.", &["over the weekend = 2022-01-29..2022-01-30"]),
        ("They crossed between 28 and 31 January.", &["between 28 and 31 January = 2022-01-28..2022-01-31"]),
        ("Talks ran from 3 to 5 May 2021.", &["from 3 to 5 May 2021 = 2021-05-03..2021-05-05"]),
        ("It was open Jan. 3-5.", &["Jan. 3-5 = 2022-01-03..2022-01-05"]),
        ("It rained from Monday to Wednesday.", &["from Monday to Wednesday = 2022-01-31..2022-02-02"]),
        ("Schools stay closed until Wednesday.", &["until Wednesday = 2022-02-04..2022-02-09"]),
        ("They sign on the second Monday of next month.", &["on the second Monday of next month = 2022-03-14"]),
        ("She will visit on the last Friday of February.", &["on the last Friday of February = 2022-02-25"]),
        ("They meet in the first week of March.", &["in the first week of March = 2022-03-01..2022-03-07"]),
        ("The vote was postponed until Monday.", &["until Monday = 2022-02-07"]),
        ("He fled earlier this month.", &["earlier this month = 2022-02-01..2022-02-04"]),
        ("It opens later this year.", &["later this year = 2022-02-04..2022-12-31"]),
        ("It struck early on Monday.", &["early on Monday = 2022-01-31"]),
        ("It was shelled late Tuesday.", &["late Tuesday = 2022-02-01"]),
        ("It ended in early August.", &["in early August = 2021-08-01..2021-08-31"]),
        ("He rested from 31 August to 4 September.", &["from 31 August to 4 September = 2021-08-31..2021-09-04"]),
        ("Raids were made in May and June.", &["in May and June = 2021-05-01..2021-06-30"]),
        ("He ruled in the 1990s.", &["in the 1990s = 1990-01-01..1999-12-31"]),
        ("They will vote in two weeks.", &["in two weeks = 2022-02-14..2022-02-20"]),
        ("It was signed on June 3,2015 in Lima.", &["on June 3,2015 = 2015-06-03"]),
        ("Output rose in the first half of 2021.", &["in the first half of 2021 = 2021-01-01..2021-06-30"]),
        (
            "It fell during the last quarter of this year.",
            &["during the last quarter of this year = 2022-10-01..2022-12-31"],
        ),
        ("She ruled from 2000 to 2008.", &["from 2000 to 2008 = 2000-01-01..2008-12-31"]),
        ("It was built between 2017 and 2021.", &["between 2017 and 2021 = 2017-01-01..2021-12-31"]),
        ("They met in 2019-20.", &["in 2019-20 = 2019-01-01..2020-12-31"]),
        ("It fell on Monday. Others rose the same day.", &["on Monday = 2022-01-31", "the same day = 2022-01-31"]),
        ("It fell on Monday and rose a day later.", &["on Monday = 2022-01-31", "a day later = 2022-02-01"]),
    ];
    for (text, expected) in table {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    for text in ["They may march.", "Some 2022 people came.", "He won 3-2.", "The sun set.", "In 2000 cases it failed."]
    {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn without_a_base_only_full_dates_are_read() {
    let document = Document::new("On Friday he recalled 4 May 2020 and in 1999.", None);
    assert_eq!(dates(&document).len(), 2);
}

#[test]
fn typed_dates() {
    let base = Some(date(2022, 2, 4));
    let table = [
        ("4 Feb 2022", "2022-02-04"),
        ("feb 4 2022", "2022-02-04"),
        ("Feb 2022", "2022-02-01..2022-02-28"),
        ("2022", "2022-01-01..2022-12-31"),
        ("last friday", "2022-01-28"),
        ("Friday", "2022-02-04"),
        ("yesterday", "2022-02-03"),
        ("2022-02-04", "2022-02-04"),
        ("04.02.2022", "2022-02-04"),
        ("25/12/2021", "2021-12-25"),
        ("last month", "2022-01-01..2022-01-31"),
        ("march", "2022-03-01..2022-03-31"),
    ];
    for (typed, expected) in table {
        assert_eq!(parse_typed(typed, base).map(show), Some(expected.to_owned()), "{typed}");
    }
    for nonsense in ["", "soon", "31 Feb 2022", "4 Feb 2022 or so", "5/6/2022"] {
        assert_eq!(parse_typed(nonsense, base), None, "{nonsense}");
    }
    assert_eq!(parse_typed("last Friday", None), None);
}

#[test]
fn without_a_day_of_publication_the_text_tells_the_year() {
    let read = |text: &str| -> Vec<String> {
        let found = dates(&Document::new(text, None));
        found.into_iter().map(|found| show((found.start, found.end))).collect()
    };
    assert_eq!(
        read("On May 1, 2021 it was shut. It opened on May 3 and closed on Friday."),
        ["2021-05-01", "2021-05-03"]
    );
    assert_eq!(read("After the fair of 1991 it opened on May 3."), ["1991-01-01..1991-12-31"]);
    assert_eq!(read("It opened on May 3."), [""; 0]);
    assert_eq!(read("They vote next March, as in 2021."), ["2021-01-01..2021-12-31"]);
    // A weekday with its day tells in which year that day is one.
    assert_eq!(read("On Friday, July 15, it sank. The 2021 census was out."), ["2022-07-15"]);
    assert_eq!(
        read("It was held on Sept. 13 (Thursday), as it was in June 2017."),
        ["2018-09-13", "2017-06-01..2017-06-30"]
    );
    assert_eq!(
        read("On Friday, July 15, it sank. On Sunday, July 15, it rose again, unlike in 2021."),
        ["2021-01-01..2021-12-31"]
    );
    // The day that is called today's tells all others.
    assert_eq!(
        read("Police today (July 28, 2022) found it. It was lost on Monday."),
        ["2022-07-28", "2022-07-28", "2022-07-25"]
    );
    // "so far in 2022": the text is of that year, and last year the one before.
    assert_eq!(
        read("So far in 2014, ten came. Last year it was two; on May 3, none."),
        ["2014-01-01..2014-12-31", "2013-01-01..2013-12-31", "2014-05-03"]
    );
}
