//! Names of bodies that stand for somebody known by another one: governments for their countries, short forms for full names.

use text_size::TextSize;

use crate::project::CountryCode;
use crate::suggest::knowledge;
use crate::text::language::language;

/// The country that acts where its government is named: "the Salvadoran Government", "Government of Mongolia".
pub(super) fn government_of(name: &str) -> Option<CountryCode> {
    let governments = &language().bodies.governments;
    let is = |word: &str| governments.contains(word.to_lowercase().as_str());
    let before = name.rsplit_once(' ').filter(|(_, last)| is(last)).map(|(before, _)| before);
    let behind = name.split_once(" of ").filter(|(first, _)| is(first)).map(|(_, behind)| behind);
    let country = before.or(behind)?.trim_end_matches("'s").trim_end_matches("’s");
    let country = country.strip_prefix("the ").unwrap_or(country);
    knowledge::country_term(country).filter(|term| !term.uncertain).map(|term| term.code)
}

/// The short form that is given in brackets behind a name: "Kaimosi Friends University College (Kafuco)".
pub(super) fn short_form_behind(text: &str, end: TextSize) -> Option<&str> {
    const LONGEST: usize = 14;
    let rest = text.get(usize::from(end)..)?.strip_prefix(" (")?;
    let (short, _) = rest.split_once(')')?;
    let short = short.trim_matches(|c| matches!(c, '"' | '“' | '”' | '‘' | '’' | '\''));
    let one = short.len() > 1 && short.len() <= LONGEST && !short.contains(char::is_whitespace);
    (one && short.starts_with(char::is_uppercase)).then_some(short)
}

/// Whether a short form is made of letters of a name, in their order: "Kafuco" of "Kaimosi Friends University College".
pub(super) fn is_made_of(short: &str, name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    short
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .all(|c| letters.any(|letter| letter == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_government_stands_for_the_country_that_its_name_names() {
        let of = |name| government_of(name).map(|code| code.as_str().to_owned());
        assert_eq!(of("Salvadoran Government").as_deref(), Some("SV"));
        assert_eq!(of("Government of Mongolia").as_deref(), Some("MN"));
        assert_eq!(of("Government Communications Office"), None);
    }

    #[test]
    fn a_short_form_stands_in_brackets_right_behind_its_name() {
        assert!(is_made_of("Kafuco", "Kaimosi Friends University College") && !is_made_of("IDB", "Bank of Honduras"));
        let behind = |text: &str| short_form_behind(text, TextSize::new(4)).map(str::to_owned);
        assert_eq!(behind("Name (“Abc”) is").as_deref(), Some("Abc"));
        assert_eq!((behind("Name (in 2020) is"), behind("Name (of"), behind("Name is")), (None, None, None));
    }
}
