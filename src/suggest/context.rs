//! What the rules of people and countries ask about the surroundings of a token.

use std::collections::HashSet;
use std::ops::Range;

use super::Document;
use super::knowledge;
use super::tagger::Tags;
use crate::text::language::language;
use crate::text::tokens::{TokenKind, is_apostrophe};

/// A document with what the rules want to know of its letters' case.
pub(super) struct Context<'d, 't> {
    pub document: &'d Document<'t>,
    pub tags: &'d Tags,
    /// For each token, the index of its sentence's first token.
    first: Vec<u32>,
    /// For each token, how its sentence writes words.
    style: Vec<Style>,
    /// Words that stand in small letters somewhere in the document.
    lower: HashSet<&'t str>,
}

/// How a sentence writes its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Names alone have capitals.
    Running,
    /// Most words have a capital.
    Headline,
    /// All letters are capitals.
    Capitals,
}

impl<'d, 't> Context<'d, 't> {
    pub(super) fn new(document: &'d Document<'t>, tags: &'d Tags) -> Self {
        let words = document.tokens.iter().filter(|token| token.kind == TokenKind::Word).map(|t| t.text(document.text));
        let lower = words.filter(|word| word.starts_with(char::is_lowercase)).collect();
        let mut context = Self {
            document,
            tags,
            first: Vec::with_capacity(document.tokens.len()),
            style: Vec::with_capacity(document.tokens.len()),
            lower,
        };
        for tokens in document.sentence_tokens() {
            let style = context.style_of(tokens.clone());
            let first = u32::try_from(tokens.start).unwrap_or(u32::MAX);
            context.first.extend(tokens.clone().map(|_| first));
            context.style.extend(tokens.map(|_| style));
        }
        context
    }

    fn style_of(&self, tokens: Range<usize>) -> Style {
        let (mut lower, mut capital, mut shouted, mut long) = (0, 0, 0, 0);
        let ended = tokens.clone().next_back().is_some_and(|last| self.word(last) == ".");
        for index in tokens {
            let word = self.word(index);
            if !self.is_word(index) || is_clitic(word) {
                continue;
            }
            if word.starts_with(char::is_lowercase) {
                lower += 1;
                long += usize::from(word.chars().count() > 3);
            } else if word.starts_with(char::is_uppercase) {
                capital += 1;
                shouted += usize::from(is_shouted(word));
            }
        }
        if lower == 0 && shouted * 10 >= capital * 7 && capital > 1 {
            Style::Capitals
        } else if !(ended && long > 0) && capital >= 3 && long * 3 <= capital && lower <= capital {
            Style::Headline
        } else {
            Style::Running
        }
    }

    pub(super) fn word(&self, index: usize) -> &'t str {
        self.document.word(index)
    }

    pub(super) fn is_word(&self, index: usize) -> bool {
        self.document.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Word)
    }

    pub(super) fn style(&self, index: usize) -> Style {
        self.style.get(index).copied().unwrap_or(Style::Running)
    }

    /// Whether the token begins its sentence, quotes and brackets left aside.
    pub(super) fn starts(&self, index: usize) -> bool {
        let first = self.first.get(index).map_or(0, |first| *first as usize);
        (first..index).all(|before| !self.is_word(before) && !self.word(before).starts_with(char::is_numeric))
            || index.checked_sub(1).is_some_and(|i| matches!(self.word(i), "“" | "\"" | ":" | "‘" | "•" | "—" | "–"))
    }

    /// The token before, of the same sentence.
    pub(super) fn before(&self, index: usize) -> Option<usize> {
        let first = self.first.get(index).map_or(0, |first| *first as usize);
        index.checked_sub(1).filter(|before| *before >= first)
    }

    /// The token behind, of the same sentence.
    pub(super) fn after(&self, index: usize) -> Option<usize> {
        let next = index + 1;
        (self.first.get(next)? == self.first.get(index)?).then_some(next)
    }

    /// The words of the token before in the same sentence, or none.
    pub(super) fn word_before(&self, index: usize) -> &'t str {
        self.before(index).map(|i| self.word(i)).unwrap_or_default()
    }

    /// The words of the token behind in the same sentence, or none.
    pub(super) fn word_after(&self, index: usize) -> &'t str {
        self.after(index).map(|i| self.word(i)).unwrap_or_default()
    }

    /// Whether the token is a word that begins with a capital.
    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.is_word(index) && self.word(index).starts_with(char::is_uppercase)
    }

    /// Whether the word can stand in small letters: it does so in this document, or does in English.
    pub(super) fn is_common(&self, word: &str) -> bool {
        let small = word.to_lowercase();
        self.lower.contains(small.as_str()) || knowledge::is_common(&small)
    }

    /// Whether the capital of this token says nothing: at the start of a sentence, or in a headline.
    pub(super) fn capital_is_forced(&self, index: usize) -> bool {
        self.style(index) != Style::Running || self.starts(index)
    }

    /// Whether "Georgia" or "Washington" at these tokens is the state of the United States, by the words beside it;
    /// none where they do not tell.
    pub(super) fn names_state(&self, first: usize, last: usize) -> Option<bool> {
        let name = self.word(first);
        if first != last || !language().places.names_of_states.contains(name) {
            return None;
        }
        let mut next = self.after(last);
        if next.is_some_and(|index| is_clitic(self.word(index))) {
            next = next.and_then(|index| self.after(index));
        }
        let next = next.map(|index| self.word(index)).unwrap_or_default();
        let before = self.word_before(first);
        let head = self.before(first).map(|index| self.word_before(index)).unwrap_or_default();
        let georgia = name.eq_ignore_ascii_case("Georgia");
        let of = matches!(before, "of" | "from");
        if language().places.state_offices.contains(next) || of && language().places.state_heads.contains(head) {
            return Some(true);
        }
        let city = (before == ",").then(|| knowledge::place(head)).flatten().and_then(|place| place.country);
        if georgia && city == crate::project::CountryCode::new("US") && city.is_some() {
            return Some(true);
        }
        let capital = before == "," && language().places.georgian_cities.contains(head);
        let sovereign = capital
            || language().places.sovereign_organs.contains(next)
            || of && language().places.sovereign_heads.contains(head);
        (georgia && sovereign).then_some(false)
    }

    /// Whether an office follows from `index` on: "President", "Foreign Minister".
    pub(super) fn leads_to_title(&self, index: usize) -> bool {
        let mut at = Some(index);
        while let Some(i) = at {
            let word = self.word(i);
            if language().people.titles.contains(word) || language().people.honorifics.contains(word) {
                return true;
            }
            if !language().people.portfolios.contains(word) {
                return i > index && language().people.roles.contains(word);
            }
            at = self.after(i);
        }
        false
    }
}

/// The seat of a politician behind the party, as American newspapers write it: "Pa" of "D-Pa", "Ocilla" of "R-Ocilla".
pub(super) fn seat(word: &str) -> Option<&str> {
    let (party, seat) = word.split_once('-')?;
    (language().places.american_parties.contains(party) && seat.starts_with(char::is_uppercase)).then_some(seat)
}

/// Whether the token is a clitic: "'s".
pub(super) fn is_clitic(word: &str) -> bool {
    word.starts_with(is_apostrophe)
}

/// Whether the word is written in capitals throughout, and is long enough to tell.
pub(super) fn is_shouted(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
}
