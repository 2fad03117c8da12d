//! Inflection: the forms that a verb or noun takes. Lists are short because English is; what is irregular is data.

use crate::text::language::language;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::suggest::knowledge::is_common;

/// By form the irregular verbs' base: their pasts and participles.
static IRREGULAR: LazyLock<HashMap<&'static str, (&'static str, Form)>> = LazyLock::new(|| {
    let mut found = HashMap::new();
    for (base, told) in language().inflection.irregular_verbs.iter() {
        let (past, participle) = told.split_once(' ').unwrap_or((told, told));
        found.insert(participle, (base, Form::Participle));
        found.insert(past, (base, Form::Past));
    }
    found
});

/// The base of an irregular past or participle and which it is: "held" is of "hold".
pub(crate) fn irregular(word: &str) -> Option<(&'static str, Form)> {
    IRREGULAR.get(word).copied()
}

/// The base of a past or a third person as they are told in texts, for verbs that no table has: "covered" and "covers" are
/// of "cover", as that is a common word.
pub(crate) fn base(word: &str) -> Option<String> {
    if let Some((base, _)) = irregular(word) {
        return Some(base.to_owned());
    }
    let ends = ["ed", "d", "s", "es"].into_iter().filter_map(|end| word.strip_suffix(end)).map(str::to_owned);
    let of_y = ["ied", "ies"].into_iter().filter_map(|end| word.strip_suffix(end)).map(|stem| format!("{stem}y"));
    // "planned" is of "plan".
    let doubled = word.strip_suffix("ed").and_then(|stem| {
        let (last, before) = (stem.chars().next_back()?, stem.get(..stem.len().checked_sub(1)?)?);
        before.ends_with(last).then(|| before.to_owned())
    });
    let is_form = |base: &String| with_s(base) == word || with_ed(base).iter().any(|past| past == word);
    ends.chain(of_y).chain(doubled).find(|base| is_common(base) && is_form(base))
}

/// Roughly what the forms of a word share, as in `training/tagger/records.py`.
pub(crate) fn stem(word: &str) -> String {
    let word = word.to_lowercase();
    let cut = language().inflection.stem_endings.iter().find_map(|end| word.strip_suffix(end));
    let cut = cut.or_else(|| word.strip_suffix('s')).or_else(|| word.strip_suffix('e')).unwrap_or(&word);
    let stem = if cut.chars().count() >= 3 { cut } else { &word };
    stem.chars().take(7).collect()
}

/// The grammatical form of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// "attack"
    Base,
    /// "attacks"
    Third,
    /// "attacked", "took"; regular participles too.
    Past,
    /// "taken"
    Participle,
    /// "attacking"
    Gerund,
    /// "attack", "talks"
    Singular,
    /// "attacks"
    Plural,
    /// "dead"
    Adjective,
}

impl Form {
    /// Whether it is a form of a noun.
    pub(crate) fn is_noun(self) -> bool {
        matches!(self, Self::Singular | Self::Plural)
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// With the ending -s: the third person of a verb or the plural of a noun.
pub(crate) fn with_s(word: &str) -> String {
    let before_last = word.chars().rev().nth(1);
    let after_consonant = before_last.is_some_and(|c| !is_vowel(c));
    match word.strip_suffix('y') {
        Some(stem) if after_consonant => format!("{stem}ies"),
        _ if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") => format!("{word}es"),
        _ if word.ends_with('o') && after_consonant => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// With the ending -ed: one form, or two where spellings differ ("cancelled", "canceled").
pub(crate) fn with_ed(word: &str) -> Vec<String> {
    let after_consonant = word.chars().rev().nth(1).is_some_and(|c| !is_vowel(c));
    match word.strip_suffix('y') {
        Some(stem) if after_consonant => vec![format!("{stem}ied")],
        _ if word.ends_with('e') => vec![format!("{word}d")],
        _ => stems(word).into_iter().map(|stem| format!("{stem}ed")).collect(),
    }
}

/// With the ending -ing: one form, or two where spellings differ.
pub(crate) fn with_ing(word: &str) -> Vec<String> {
    if let Some(stem) = word.strip_suffix("ie") {
        return vec![format!("{stem}ying")];
    }
    let keeps = ["ee", "ye", "oe"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('e') {
        Some(stem) if !keeps => vec![format!("{stem}ing")],
        _ => stems(word).into_iter().map(|stem| format!("{stem}ing")).collect(),
    }
}

/// The stem before -ed and -ing, with the last letter doubled where English doubles it.
fn stems(word: &str) -> Vec<String> {
    let mut back = word.chars().rev();
    let (last, vowel, before) = (back.next(), back.next(), back.next());
    let Some(last) = last else { return vec![word.to_owned()] };
    let doubles = !is_vowel(last) && !matches!(last, 'w' | 'x' | 'y') && vowel.is_some_and(is_vowel);
    let doubles = doubles && !before.is_some_and(|c| is_vowel(c) && !word.ends_with("quip") && !word.ends_with("quit"));
    let doubled = || format!("{word}{last}");
    let syllables = word.chars().filter(|c| is_vowel(*c)).count();
    match doubles {
        true if syllables == 1 || language().inflection.doubling.contains(word) || word.ends_with("quit") => {
            vec![doubled()]
        }
        true if last == 'l' => vec![word.to_owned(), doubled()],
        _ => vec![word.to_owned()],
    }
}

/// All forms of a verb; `irregular` is its past and its participle, or empty.
pub(crate) fn verb_forms(word: &str, irregular: &[&str]) -> Vec<(String, Form)> {
    let mut forms = vec![(word.to_owned(), Form::Base), (with_s(word), Form::Third)];
    forms.extend(with_ing(word).into_iter().map(|form| (form, Form::Gerund)));
    match irregular {
        [past, participle] => {
            forms.push(((*past).to_owned(), Form::Past));
            if past != participle {
                forms.push(((*participle).to_owned(), Form::Participle));
            }
        }
        _ => forms.extend(with_ed(word).into_iter().map(|form| (form, Form::Past))),
    }
    forms
}

/// Singular and plural of a noun.
pub(crate) fn noun_forms(word: &str) -> Vec<(String, Form)> {
    if word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("sis") && !word.ends_with("us") {
        return vec![(word.to_owned(), Form::Plural)];
    }
    let plural = match word.strip_suffix("sis") {
        Some(stem) => format!("{stem}ses"),
        None => with_s(word),
    };
    vec![(word.to_owned(), Form::Singular), (plural, Form::Plural)]
}

/// A crude stem that verb and noun of one family share: "meet" and "meeting", "deploy" and "deployment".
pub(crate) fn family(lemma: &str) -> &str {
    let word = lemma.split(' ').next_back().unwrap_or(lemma);
    let found = language()
        .inflection
        .family_endings
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|stem| stem.len() >= 4));
    found.unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irregular_forms_tell_their_verb() {
        let table = [("held", Some(("hold", Form::Past))), ("flown", Some(("fly", Form::Participle))), ("cut", None)];
        for (form, expected) in table {
            assert_eq!(irregular(form), expected, "{form}");
        }
    }

    #[test]
    fn regular_forms() {
        assert_eq!(with_s("clash"), "clashes");
        assert_eq!(with_s("bury"), "buries");
        assert_eq!(with_s("destroy"), "destroys");
        assert_eq!(with_s("veto"), "vetoes");
        assert_eq!(with_ed("rob"), ["robbed"]);
        assert_eq!(with_ed("expel"), ["expelled"]);
        assert_eq!(with_ed("cancel"), ["canceled", "cancelled"]);
        assert_eq!(with_ed("raid"), ["raided"]);
        assert_eq!(with_ed("visit"), ["visited"]);
        assert_eq!(with_ed("deny"), ["denied"]);
        assert_eq!(with_ing("die"), ["dying"]);
        assert_eq!(with_ing("flee"), ["fleeing"]);
        assert_eq!(with_ing("seize"), ["seizing"]);
        assert_eq!(with_ing("quit"), ["quitting"]);
    }

    #[test]
    fn families_join_verb_and_noun() {
        assert_eq!(family("meet"), family("meeting"));
        assert_eq!(family("deploy"), family("deployment"));
        assert_eq!(family("negotiate"), family("negotiation"));
        assert_ne!(family("attack"), family("arrest"));
    }

    #[test]
    fn the_base_of_a_verb_is_found_from_what_is_told() {
        for (word, of) in [
            ("covered", "cover"),
            ("hoped", "hope"),
            ("planned", "plan"),
            ("tried", "try"),
            ("watches", "watch"),
            ("held", "hold"),
        ] {
            assert_eq!(base(word).as_deref(), Some(of), "{word}");
        }
        assert_eq!(base("zorbed"), None);
        assert_eq!(base("need"), None);
    }
}
