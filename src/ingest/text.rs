//! Plain text: the decoded text as it is; title, date and source from its first lines.

use super::article::finish;
use super::left_out::LeftOut;
use super::names::{file_name, stem};
use super::{IngestError, dateline, decode};
use crate::text::{Article, DatePlace, Metadata};

/// The longest first line that can be a headline, in characters.
const MAX_HEADLINE: usize = 150;

/// Nothing is left out of a plain text.
pub(super) fn read(name: &str, bytes: &[u8], _: &mut LeftOut) -> Result<Article, IngestError> {
    article(file_name(name), name, decode::decode(name, bytes, None)?)
}

/// The article of a text that is decoded already.
pub(super) fn article(name: &str, origin: &str, text: String) -> Result<Article, IngestError> {
    let named = dateline::of_file_name(stem(name));
    let found = dateline::find(&text, named.as_slice());
    let mut days = found.days;
    days.take(named, DatePlace::FileName);
    days.join(dateline::mentioned(&text));
    let meta = Metadata {
        title: headline(&text).unwrap_or_default().to_owned(),
        source: found.source.unwrap_or_default(),
        date: days.taken(),
        dates: days.all(),
        origin: origin.to_owned(),
        ..Metadata::default()
    };
    finish(name, meta, text)
}

/// The first line below datelines where it reads like a headline: short, not a sentence, above a blank line or a longer
/// paragraph.
fn headline(text: &str) -> Option<&str> {
    let mut lines = dateline::skip_lines(text).lines();
    let first = lines.next()?.trim();
    let second = lines.next()?.trim();
    let length = first.chars().count();
    let sentence = first.ends_with(['.', ',', ';', ':']) && !first.ends_with("...");
    let stands_apart =
        if second.is_empty() { lines.any(|line| !line.trim().is_empty()) } else { second.len() > first.len() };
    let dated = dateline::find(first, &[]).days.taken().is_some() || dateline::behind(first) != first;
    ((3..=MAX_HEADLINE).contains(&length) && !sentence && stands_apart && !dated).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::headline;

    #[test]
    fn a_headline_is_short_and_stands_apart() {
        assert_eq!(headline("\n Talks end early \r\n\r\nThe ministers left.\r\n"), Some("Talks end early"));
        assert_eq!(headline("Who pays?\nThe ministers did not say who is to pay."), Some("Who pays?"));
        assert_eq!(headline("The ministers left.\n\nThey had met before."), None);
        assert_eq!(headline("Feb 4, 2022: ministers met\n\nThey had met before."), None);
        assert_eq!(headline("Only one line"), None);
        let below = "LONDON, March 3 (Reuters)\n\nTalks end early\n\nThe ministers left.";
        assert_eq!(headline(below), Some("Talks end early"));
        assert_eq!(headline("LONDON, March 3 (Reuters) - Talks ended\n\nThe ministers left."), None);
        assert_eq!(headline(&format!("{}\n\nText", "long ".repeat(40))), None);
    }
}
