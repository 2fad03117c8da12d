//! Whom a description stands for where no name does: "the French leader", "Spain's economy minister", "the government".

use text_size::TextRange;

use super::grammar::{is_be, is_determiner, is_preposition};
use super::parties::{Parties, Who};
use crate::project::CountryCode;
use crate::text::language::language;

/// How many times as often as any other a country has to be named for "the government" to be its.
const FAR_AHEAD: usize = 2;

impl Parties<'_, '_> {
    /// "the Irish prime minister", "the DDC chief": the person who is told with that office, the last one named before; the one
    /// named behind where there is just one.
    pub(super) fn office_holder(&self, range: TextRange) -> Option<Who> {
        let words = self.words_with_people_before(range);
        let (head, modifiers) = words.split_last()?;
        let people = &language().people;
        let vague = people.vague_offices.contains(head.text.as_str());
        if !(vague || people.roles.contains(head.text.as_str())) || vague && modifiers.is_empty() {
            return None;
        }
        let fits = |party: usize| {
            let Some((office, country)) = self.office(party) else { return false };
            let has = |word: &str| office.split([' ', '-']).any(|part| part == word);
            let leads = office.split(' ').next_back().is_some_and(|last| people.leading_roles.contains(last));
            let told = |word: &Described| has(&word.text) || word.country.is_some() && word.country == country;
            let ends = office.ends_with(head.text.as_str()) || vague && leads;
            ends && modifiers.iter().all(told)
        };
        self.nearest(range, fits)
    }

    /// "the government", "authorities": of the country that the text is about.
    pub(super) fn home_government(&self, range: TextRange) -> Option<Who> {
        let said = self.said(range).to_lowercase();
        let mut words = said.split_whitespace().rev();
        let bodies = &language().bodies;
        let is_government = words.next().is_some_and(|last| bodies.governments.contains(last));
        let of_all = |word: &str| is_determiner(word) || bodies.of_whole_countries.contains(word);
        if !is_government || !words.all(of_all) || self.noun_before(range).is_some_and(|noun| !of_all(&noun)) {
            return None;
        }
        let (most, next) = self.most_named();
        let (party, count) = most?;
        (count >= FAR_AHEAD * next.max(1)).then(|| self.standing_for(party, range)).flatten()
    }

    /// The word right before a range, in small letters, where it may say whose something is: "the Delhi government".
    fn noun_before(&self, range: TextRange) -> Option<String> {
        let word = self.word_before(range)?.to_lowercase();
        let grammar = &language().grammar;
        let other = is_preposition(&word) || grammar.linking_words.contains(word.as_str()) || is_be(&word);
        (!other).then_some(word)
    }

    /// The words of a description, with one that tells of which people somebody is right before it.
    fn words_with_people_before(&self, range: TextRange) -> Vec<Described> {
        let mut described: Vec<Described> = Vec::new();
        let mut add = |range: TextRange| {
            let country = self.country_at(range);
            let text = self.said(range).to_lowercase().trim_end_matches("'s").trim_end_matches("’s").to_owned();
            if !text.is_empty() && !is_determiner(&text) && text.chars().any(char::is_alphanumeric) {
                described.push(Described { text, country });
            }
        };
        if let Some(before) = self.people_before(range) {
            add(before);
        }
        for token in self.tokens(range) {
            add(token);
        }
        described
    }
}

/// A word of a description.
struct Described {
    /// In small letters.
    text: String,
    /// The country that it names.
    country: Option<CountryCode>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::{Document, Engine, Options};
    use crate::text::byte_range;

    const TEXT: &str = "Norwegian Prime Minister Kari Lund met Chancellor Udo Brandt in Oslo on Monday. Norway will build \
        two harbours, Lund said. The Norwegian leader thanked the chancellor, and the government promised money. The Delhi \
        government said nothing. Norway's prime minister left for Bergen, where the University College of the North (Unicon) \
        opened a hall. Unicon has 900 students.";

    /// Whom the last place of some words names.
    #[track_caller]
    fn named(words: &str) -> String {
        let document = Document::new(TEXT, None);
        let found = Engine::new(Options::default()).suggest(&document);
        let parties = Parties::new(&document, &found);
        let start = TEXT.rfind(words).unwrap();
        let who = parties.named(byte_range(start, start + words.len()).unwrap());
        who.map(|who| who.party.name).unwrap_or_default()
    }

    #[test]
    fn an_office_stands_for_who_is_told_with_it() {
        assert_eq!(named("Norwegian leader"), "Kari Lund");
        assert_eq!(named("Norway's prime minister"), "Kari Lund");
        assert_eq!(named("chancellor"), "Udo Brandt");
    }

    #[test]
    fn a_government_is_that_of_the_country_that_a_text_is_about_unless_another_is_named() {
        assert_eq!(named("the government"), "Norway");
        let start = TEXT.find("Delhi government").unwrap() + "Delhi ".len();
        assert_eq!(TEXT.rfind("government"), Some(start));
        assert_eq!(named("government"), "government");
    }

    #[test]
    fn a_short_form_in_brackets_stands_for_the_name_before_it() {
        assert_eq!(named("Unicon"), "University College of the North");
    }
}
