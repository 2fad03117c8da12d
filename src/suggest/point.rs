//! The name around a point of the text: what a person means who points at a word and says what it is.

use std::ops::Range;

use text_size::{TextRange, TextSize};

use super::Document;
use super::context::{Context, is_clitic};
use super::knowledge;
use super::people;
use super::tagger::Tags;
use crate::project::Schema;
use crate::text::{byte_range, bytes, words};

/// How far around the point a name is looked for, in bytes: some sentences, cut at line ends where there are any.
const REACH: usize = 600;

/// The stretch that a kind of this schema marks around `at`: for a country the longest term that is known, else the
/// name as the rules of people see it, titles left out, or the run of capitals; at least the word, without a possessive.
/// `None` where there is no word. Looks at the surroundings alone, so its cost does not grow with the text.
pub fn name_at(text: &str, at: TextSize, schema: Schema) -> Option<TextRange> {
    let at = usize::from(at).min(text.len());
    let (from, window) = window(text, at);
    let document = Document::new(window, None);
    let local = TextSize::try_from(at - from).ok()?;
    let index = document.token_at(local);
    let token = document.tokens.get(index).filter(|token| token.range.contains(local))?.range;
    // "’s" belongs to the word before it.
    let index = if is_clitic(document.word(index)) { index.checked_sub(1)? } else { index };
    if !document.word(index).chars().any(char::is_alphanumeric) {
        return None;
    }
    let found = match schema {
        Schema::Country => country(&document, index),
        Schema::Entity | Schema::Person | Schema::Event => None,
    };
    let tags = Tags::default();
    let context = Context::new(&document, &tags);
    let found = found
        .or_else(|| people::name_around(&context, index, matches!(schema, Schema::Entity | Schema::Person)))
        .or_else(|| document.range(index, index))
        .or_else(|| words::trim(window, token))?;
    let range = bytes(found);
    byte_range(from + range.start, from + range.end)
}

/// The longest country term that holds the token.
fn country(document: &Document<'_>, index: usize) -> Option<TextRange> {
    let mut best: Option<Range<usize>> = None;
    // Longer terms than this there are none that a shorter one does not name as well.
    for first in index.saturating_sub(5)..=index {
        let most = knowledge::country_term_length(document.word(first));
        for last in (index..first + most).rev() {
            let phrase: Vec<&str> = (first..=last).map(|at| document.word(at)).collect();
            if knowledge::country_term(&phrase.join(" ")).is_some() {
                if best.as_ref().is_none_or(|best| last - first > best.end - best.start) {
                    best = Some(first..last);
                }
                break;
            }
        }
    }
    best.and_then(|best| document.range(best.start, best.end))
}

/// The lines around `at`, or as much of a long one as matters, and where they start.
fn window(text: &str, at: usize) -> (usize, &str) {
    let from = text.floor_char_boundary(at.saturating_sub(REACH));
    let to = text.ceil_char_boundary(at.saturating_add(REACH));
    let before = text.get(from..at).unwrap_or_default();
    let line = before.rfind("\n\n").map_or(from, |end| from + end + 2);
    let cut = before.find(char::is_whitespace).map_or(from, |space| from + space);
    // Not in the middle of a word.
    let from = if line > from || from == 0 { line } else { cut };
    let after = text.get(at..to).unwrap_or_default();
    let to = after.find("\n\n").map_or(to, |end| at + end);
    (from, text.get(from..to).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` marks the point, brackets what is expected.
    #[track_caller]
    fn check(schema: Schema, marked: &str) {
        let plain = marked.replace(['[', ']'], "");
        let at = plain.find('|').unwrap();
        let text = plain.replace('|', "");
        let expected = marked.replace('|', "");
        let (start, end) = (expected.find('[').unwrap(), expected.find(']').unwrap() - 1);
        let found = name_at(&text, TextSize::try_from(at).unwrap(), schema).map(bytes).unwrap();
        assert_eq!(&text[found], &text[start..end], "{marked}");
    }

    #[test]
    fn a_person_is_the_whole_name_without_its_title() {
        check(Schema::Entity, "Then President [Xi Jin|ping] spoke.");
        check(Schema::Entity, "Then [J|ohn F. Kennedy]’s brother spoke.");
        check(Schema::Entity, "a talk by [Ursula von der Ley|en], who");
        check(Schema::Entity, "said [Moh|ammed bin Salman]. He");
        check(Schema::Entity, "the writer [bell ho|oks]".replace("[bell ho|oks]", "bell [ho|oks]").as_str());
    }

    #[test]
    fn a_country_is_the_longest_term_known() {
        check(Schema::Country, "from [South Ko|rea] and");
        check(Schema::Country, "the [United Sta|tes]’ troops");
        check(Schema::Country, "[Bosnia and Her|zegovina] won");
        check(Schema::Country, "the [Chi|nese] envoy");
    }

    #[test]
    fn anything_else_is_a_run_of_capitals_or_the_word() {
        check(Schema::Event, "during the [Winter Oly|mpics] in");
        check(Schema::Event, "they [m|et] in");
        check(Schema::Entity, "[Rub|ricator]’s makers");
    }

    #[test]
    fn a_point_on_no_word_names_nothing() {
        assert_eq!(name_at("a — b", TextSize::new(2), Schema::Entity), None);
        assert_eq!(name_at("a  b", TextSize::new(1), Schema::Entity), None);
        assert_eq!(name_at("", TextSize::new(0), Schema::Entity), None);
        assert_eq!(name_at("ab", TextSize::new(9), Schema::Entity), None);
    }

    #[test]
    fn it_looks_no_further_than_around_the_point() {
        let text = format!("{} Angela Merkel spoke. {}", "word ".repeat(100_000), "word ".repeat(100_000));
        let at = TextSize::try_from(text.find("Merkel").unwrap()).unwrap();
        assert_eq!(name_at(&text, at, Schema::Entity).map(|range| &text[bytes(range)]), Some("Angela Merkel"));
    }
}
