//! Tokens: words, numbers and marks of a text, with abbreviations and possessives told apart.

use text_size::TextRange;

use super::language::language;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens and abbreviation dots: "Al-Assad", "O'Brien", "U.S.", "Mr.", "'s".
    Word,
    /// Begins with a digit and has no hyphen: "2022", "100,000", "4th", "10:30".
    Number,
    /// Anything else that is no white space; an ellipsis of dots is one token.
    Punct,
}

/// A stretch of text without white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// UTF-8 bytes of the text.
    pub range: TextRange,
    /// What it is.
    pub kind: TokenKind,
}

impl Token {
    /// Its words; empty where the token is not of this text.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(super::bytes(self.range)).unwrap_or_default()
    }
}

/// The tokens of `text`, in order, without overlap; everything but white space and controls is in one. Linear.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() || first.is_control() {
            at += first.len_utf8();
            continue;
        }
        let (length, kind) = if is_word(first) {
            word(rest)
        } else if is_apostrophe(first) && after_word(text, at) && clitic(rest).is_some() {
            (clitic(rest).unwrap_or(first.len_utf8()), TokenKind::Word)
        } else if rest.starts_with("..") {
            (rest.bytes().take_while(|b| *b == b'.').count(), TokenKind::Punct)
        } else {
            (first.len_utf8(), TokenKind::Punct)
        };
        if let Some(range) = super::byte_range(at, at + length) {
            tokens.push(Token { range, kind });
        }
        at += length;
    }
    tokens
}

/// Whether `c` is an apostrophe or a single quotation mark that is used as one.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | '＇')
}

/// Whether `c` joins words into one: a hyphen, not a dash.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || c == '_'
}

/// Combining marks of the scripts that need them inside words, joiners and the soft hyphen.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05C7}' | '\u{0610}'..='\u{061A}'
        | '\u{064B}'..='\u{065F}' | '\u{093C}' | '\u{094D}' | '\u{09BC}' | '\u{09CD}' | '\u{0A4D}' | '\u{0ACD}'
        | '\u{0B4D}' | '\u{0BCD}' | '\u{0C4D}' | '\u{0CCD}' | '\u{0D4D}' | '\u{0E47}'..='\u{0E4E}' | '\u{0F84}'
        | '\u{1039}' | '\u{103A}' | '\u{200C}' | '\u{200D}' | '\u{00AD}' | '\u{20D0}'..='\u{20FF}')
}

fn after_word(text: &str, at: usize) -> bool {
    text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(|c| is_word(c) || c == '.')
}

/// The length of the clitic that `rest` begins with, apostrophe included.
fn clitic(rest: &str) -> Option<usize> {
    let mark = rest.chars().next().filter(|c| is_apostrophe(*c))?;
    let tail = rest.get(mark.len_utf8()..)?;
    let found = tail.get(..run(tail)).filter(|word| language().sentences.clitics.contains(word))?;
    Some(mark.len_utf8() + found.len())
}

/// The length and kind of the word or number that `rest` begins with.
fn word(rest: &str) -> (usize, TokenKind) {
    if let Some(length) = dotted(rest) {
        return hyphened(rest, length);
    }
    let mut length = run(rest);
    let digits = rest.starts_with(|c: char| c.is_numeric());
    let mut hyphen = false;
    while let Some(joined) = join(rest, length, digits) {
        hyphen |= rest.get(length..).and_then(|r| r.chars().next()).is_some_and(is_hyphen);
        length = joined;
    }
    let kind = if digits && !hyphen { TokenKind::Number } else { TokenKind::Word };
    if !digits && rest.get(length..).is_some_and(|r| r.starts_with('.')) && abbreviates(rest, length) {
        length += 1;
    }
    (length, kind)
}

/// The length of the run of word characters that `rest` begins with.
fn run(rest: &str) -> usize {
    rest.find(|c| !is_word(c)).unwrap_or(rest.len())
}

/// Where the word goes on behind a connector at `at`: the end of the next run.
fn join(rest: &str, at: usize, digits: bool) -> Option<usize> {
    let tail = rest.get(at..)?;
    let connector = tail.chars().next()?;
    let from = at + connector.len_utf8();
    let next = rest.get(from..)?;
    let before = rest.get(..at)?.chars().next_back()?;
    let after = next.chars().next().filter(|c| is_word(*c))?;
    let joins = if is_hyphen(connector) {
        !(before.is_numeric() && after.is_numeric())
    } else if is_apostrophe(connector) {
        before.is_alphabetic() && after.is_alphabetic() && clitic(tail).is_none()
    } else if matches!(connector, '.' | ',' | ':') && digits && after.is_numeric() {
        before.is_numeric()
    } else {
        // A domain or a file name: "example.com". A capital after the dot is a sentence without its space.
        (connector == '.' && before.is_alphanumeric() && after.is_lowercase() && !digits)
            || (connector == '@' && !digits)
            || matches!(connector, '\u{200B}')
    };
    // A dotted abbreviation may follow a hyphen: "anti-U.S."
    joins.then(|| from + dotted(next).filter(|_| is_hyphen(connector)).unwrap_or_else(|| run(next)))
}

/// The length of single letters with dots ("U.S.", "J.K.", "a.m.", one initial "J.").
fn dotted(rest: &str) -> Option<usize> {
    let mut length = 0;
    let mut letters = 0;
    let mut chars = rest.chars().peekable();
    let mut capital = false;
    while let Some(letter) = chars.next().filter(|c| c.is_alphabetic()) {
        let dot = chars.next_if_eq(&'.').is_some();
        if !dot {
            // "U.S" without its last dot, but neither "J.Smith" nor "J.5".
            let ends = letters > 0 && capital && letter.is_uppercase() && !chars.peek().is_some_and(|c| is_word(*c));
            length += if ends { letter.len_utf8() } else { 0 };
            break;
        }
        if letters == 0 {
            capital = letter.is_uppercase();
        }
        letters += 1;
        length += letter.len_utf8() + 1;
    }
    (letters > 1 || letters == 1 && capital).then_some(length)
}

/// "U.S.-led": goes on behind a hyphen.
fn hyphened(rest: &str, mut length: usize) -> (usize, TokenKind) {
    while let Some(joined) =
        join(rest, length, false).filter(|_| rest.get(length..).and_then(|r| r.chars().next()).is_some_and(is_hyphen))
    {
        length = joined;
    }
    (length, TokenKind::Word)
}

fn abbreviates(rest: &str, length: usize) -> bool {
    let Some(word) = rest.get(..length) else { return false };
    if word == "No" || word == "Nos" {
        return rest.get(length + 1..).is_some_and(|r| r.trim_start().starts_with(|c: char| c.is_numeric()));
    }
    language().sentences.abbreviations.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> String {
        tokenize(text).iter().map(|t| t.text(text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(split("Bashar al-Assad met Mr. O’Brien."), "Bashar|al-Assad|met|Mr.|O’Brien|.");
        assert_eq!(split("Xi's plan, the Clintons’ home"), "Xi|'s|plan|,|the|Clintons|’|home");
        assert_eq!(split("The U.S. and U.S.-led troops, J.K. Rowling"), "The|U.S.|and|U.S.-led|troops|,|J.K.|Rowling");
        assert_eq!(split("George W. Bush don't it’s"), "George|W.|Bush|don't|it|’s");
        assert_eq!(split("U.S.'s"), "U.S.|'s");
        assert_eq!(split("in the U.S, he"), "in|the|U.S|,|he");
    }

    #[test]
    fn numbers_and_marks() {
        assert_eq!(split("100,000 at 10:30, 4th; 2-1 and 4-year-old"), "100,000|at|10:30|,|4th|;|2|-|1|and|4-year-old");
        assert_eq!(split("“Yes…” he said... No. 5. No. Go"), "“|Yes|…|”|he|said|...|No.|5|.|No|.|Go");
        assert_eq!(split("see example.com or a@b.org now.Then"), "see|example.com|or|a@b.org|now|.|Then");
        assert_eq!(split("COVID-19"), "COVID-19");
        let kinds: Vec<_> = tokenize("4th 4-year x !").iter().map(|t| t.kind).collect();
        assert_eq!(kinds, [TokenKind::Number, TokenKind::Word, TokenKind::Word, TokenKind::Punct]);
    }

    proptest! {
        #[test]
        fn tokens_cover_the_text_in_order(text in "(\\PC|[ .'’A-Za-z0-9-]|\\n|😀){0,200}") {
            let mut end = 0;
            for token in tokenize(&text) {
                let range = super::super::bytes(token.range);
                prop_assert!(range.start >= end && range.end > range.start);
                prop_assert!(text[end..range.start].chars().all(|c| c.is_whitespace() || c.is_control()));
                end = range.end;
            }
            prop_assert!(text[end..].chars().all(|c| c.is_whitespace() || c.is_control()));
        }
    }
}
