//! An article put together from what a file holds: its title, its text made clean.

use super::limits::MAX_ARTICLE_BYTES;
use super::names::{file_name, stem};
use super::{IngestError, dateline, language};
use crate::text::sentences::sentences;
use crate::text::tokens::tokenize;
use crate::text::{Article, Metadata, Text};

/// How many characters of a text without a title its title is made of.
const OPENING: usize = 600;
/// The longest title that is made of a sentence, in characters.
const MAX_TITLE: usize = 80;

/// Completes an article: refuses one without words, guesses the language; without a title it is called by
/// the first words of its text, without words by the file's name.
pub(super) fn finish(name: &str, mut meta: Metadata, text: String) -> Result<Article, IngestError> {
    if text.trim().is_empty() {
        return Err(IngestError::Empty { name: file_name(name).to_owned() });
    }
    if meta.title.trim().is_empty() {
        meta.title = opening(&text).unwrap_or_else(|| stem(name).to_owned());
    }
    if meta.language.is_empty() {
        meta.language = language::guess(&text).unwrap_or_default().to_owned();
    }
    if text.len() > MAX_ARTICLE_BYTES {
        let (name, size) = (file_name(name).to_owned(), text.len());
        return Err(IngestError::TooLarge { name, size, limit: MAX_ARTICLE_BYTES });
    }
    let text = Text::new(text).map_err(|error| IngestError::TooLong { name: file_name(name).to_owned(), error })?;
    Ok(Article { meta, text })
}

/// Puts a paragraph behind a text.
pub(super) fn add_paragraph(text: &mut String, paragraph: &str) {
    let paragraph = paragraph.trim();
    if !paragraph.is_empty() {
        text.truncate(text.trim_end_matches('\n').len());
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
        text.push_str(paragraph);
    }
}

/// The first sentence of a text as its title, without its dateline, shortened at a word; nothing where it begins with no
/// word.
fn opening(text: &str) -> Option<String> {
    let text = dateline::behind(dateline::skip_lines(text));
    let head = text.char_indices().nth(OPENING).map_or(text, |(end, _)| text.get(..end).unwrap_or(text));
    let said = sentences(head, &tokenize(head)).into_iter().filter_map(|range| head.get(std::ops::Range::from(range)));
    let sentence = said.map(one_line).find(|said| said.chars().filter(|c| c.is_alphabetic()).nth(1).is_some())?;
    let Some((end, _)) = sentence.char_indices().nth(MAX_TITLE) else { return Some(sentence) };
    let cut = sentence.get(..end)?;
    // A script without spaces is cut anywhere.
    let words = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
    Some(format!("{}…", words.trim_end_matches(|c: char| !c.is_alphanumeric())))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn the_first_sentence_is_a_title_cut_at_a_word() {
        let title = |text: &str| opening(text);
        assert_eq!(title("\n Ships\r\nmay pass. Others wait.").as_deref(), Some("Ships may pass."));
        assert_eq!(title("***\n\n1.\n\nOnly one line").as_deref(), Some("Only one line"));
        let told = title("LONDON, March 3 (Reuters) - Talks ended. All left.");
        assert_eq!(told.as_deref(), Some("Talks ended."));
        assert_eq!(title("4 February 2022\nTalks ended.").as_deref(), Some("Talks ended."));
        let long = "The ministers of three countries met in the old harbour hall, which had been \
                    closed since the flood, and agreed on nothing.";
        let cut = "The ministers of three countries met in the old harbour hall, which had been…";
        assert_eq!(title(long).as_deref(), Some(cut));
        assert_eq!(title(&"word, ".repeat(500)).map(|title| title.chars().count()), Some(77));
        let spaceless = title(&"会".repeat(900)).unwrap();
        assert_eq!((spaceless.chars().count(), spaceless.ends_with('…')), (81, true));
        assert_eq!(title("* * *\n12 000"), None);
    }
}
