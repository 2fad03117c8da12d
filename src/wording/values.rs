//! Values in words: numbers, days, kinds of events, and names cut to a length.

use jiff::civil::Date;

use crate::project::EventType;

/// "4 Feb 2022".
pub fn date(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// "meets, talks", "games or sport", "happening".
pub fn event_type(kind: EventType) -> &'static str {
    match kind {
        EventType::Named(class) => class.name(),
        EventType::Happening(Some(plover)) => plover.phrase(),
        EventType::Happening(None) => "happening",
        EventType::News(class) => class.name(),
    }
}

/// As short as days can be written: "4 Feb 2022", "4–20 Feb 2022", "4 Feb – 2 Mar 2022".
pub fn days(start: Date, end: Date) -> String {
    if start == end {
        date(start)
    } else if (start.year(), start.month()) == (end.year(), end.month()) {
        format!("{}–{}", start.day(), date(end))
    } else if start.year() == end.year() {
        format!("{} – {}", start.strftime("%-d %b"), date(end))
    } else {
        format!("{} – {}", date(start), date(end))
    }
}

/// "1,204".
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1 article", "1,204 articles".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// At most `max` characters, with an ellipsis where it was cut.
pub fn shortened(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(max.saturating_sub(1)).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators() {
        assert_eq!(number(7), "7");
        assert_eq!(number(1204), "1,204");
        assert_eq!(number(1_000_000), "1,000,000");
    }

    #[test]
    fn long_names_end_in_an_ellipsis() {
        assert_eq!(shortened("Wang Yi", 7), "Wang Yi");
        assert_eq!(shortened("Wang Yi said", 8), "Wang Yi…");
    }
}
