//! Whether two names may be of one: as cards and panels offer to merge them, with what speaks for it.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::project::{CountryCode, Entity, EntityId};
use crate::suggest::coreference::{stands_for as is_abbreviation_of, words_of};
use crate::suggest::knowledge::without_accents;

/// The fewest letters of a family name in which one letter may differ.
const LONG: usize = 6;
/// The fewest letters of a family name that may be written in the letters of several languages.
const SPELT: usize = 4;
/// The first letters of a family name that are written alike even where a later one is not.
const STEM: usize = 3;

/// What speaks for two names being of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// They are the same Wikidata item.
    Item(String),
    /// They are the same words, capitals and accents aside.
    Accents,
    /// They have the same words in another order.
    Order,
    /// One leaves this out.
    LeavesOut(String),
    /// This given name may be short for that.
    Nickname(String, String),
    /// This initial may stand for that name.
    Initial(String, String),
    /// They differ in a letter of these words.
    Letter(String, String),
    /// These words may be one written in the letters of another language.
    Spelling(String, String),
    /// This has the initials of that.
    Abbreviation(String, String),
}

impl fmt::Display for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(item) => write!(f, "both are {item} in Wikidata"),
            Self::Accents => write!(f, "the same name but for accents, capitals or marks"),
            Self::Order => write!(f, "the same words in another order"),
            Self::LeavesOut(left) => write!(f, "one leaves out “{left}”"),
            Self::Nickname(short, full) => write!(f, "“{short}” may be short for “{full}”"),
            Self::Initial(initial, name) => write!(f, "“{initial}.” may stand for “{name}”"),
            Self::Letter(one, other) => write!(f, "“{one}” and “{other}” differ by a letter"),
            Self::Spelling(one, other) => write!(f, "“{one}” and “{other}” may be two spellings"),
            Self::Abbreviation(short, full) => write!(f, "“{short}” has the initials of “{full}”"),
        }
    }
}

/// The words of a name, in small letters without accents.
pub fn words(name: &str) -> Vec<String> {
    let plain = if name.is_ascii() { name.to_ascii_lowercase() } else { without_accents(name).to_lowercase() };
    let name = plain.replace(['\'', '’', '.'], "");
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether two offices are told, and no word of them is the same.
pub fn are_other_offices(one: &str, two: &str) -> bool {
    let (one, two): (BTreeSet<_>, BTreeSet<_>) = (words(one).into_iter().collect(), words(two).into_iter().collect());
    !one.is_empty() && !two.is_empty() && one.is_disjoint(&two)
}

/// A name, by its words.
pub struct Name<'e> {
    /// Whose it is.
    pub id: EntityId,
    /// As [`words`].
    pub words: Vec<String>,
    shown: &'e str,
    country: Option<CountryCode>,
    wikidata: Option<&'e str>,
}

impl<'e> Name<'e> {
    /// The name of an entity.
    pub fn new(entity: &'e Entity) -> Self {
        let (country, wikidata) = (entity.country, entity.wikidata.as_deref());
        Self { id: entity.id, words: words(&entity.name), shown: &entity.name, country, wikidata }
    }

    /// The same with other words than those of its name.
    pub(super) fn with_words(entity: &'e Entity, words: Vec<String>) -> Self {
        Self { words, ..Self::new(entity) }
    }

    /// What another name has to have one of for the two to be compared, as hashes.
    pub fn keys(&self) -> Vec<u64> {
        let mut keys = Vec::with_capacity(6);
        let (Some(first), Some(last)) = (self.words.first(), self.words.last()) else { return keys };
        let hasher = FixedState::default();
        let mut sorted: Vec<&str> = self.words.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        let initial = first.chars().next();
        keys.push(hasher.hash_one(("ends", initial, last)));
        if let [first, second, _, ..] = self.words.as_slice()
            && first.chars().count() == 1
        {
            keys.push(hasher.hash_one(("ends", second.chars().next(), last)));
        }
        let stem = last.char_indices().nth(STEM).map_or(last.as_str(), |(end, _)| last.get(..end).unwrap_or_default());
        keys.push(hasher.hash_one(("stem", first, stem)));
        keys.push(hasher.hash_one(("words", sorted)));
        if self.words.len() > 1 {
            // As it sounds, so that "Wladimir" and "Vladimir" are compared.
            keys.push(hasher.hash_one(("sound", skeleton(first).chars().next(), skeleton(last))));
            let initials = words_of(self.shown).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase());
            keys.push(hasher.hash_one(("initials", initials.flat_map(char::to_lowercase).collect::<String>())));
        } else {
            keys.push(hasher.hash_one(("initials", first)));
        }
        keys.extend(self.wikidata.map(|item| hasher.hash_one(("item", item))));
        keys
    }

    /// What speaks for two names being of one: the same words in any order, one with names that the other leaves out or has
    /// as initials, a family name that differs in a letter or is spelt after another language, or initials of all. `None`
    /// where nothing does, or where country or Wikidata item tell them apart.
    pub fn may_be(&self, other: &Self) -> Option<Likeness> {
        let differ = |one: Option<&str>, two: Option<&str>| one.zip(two).is_some_and(|(one, two)| one != two);
        if differ(self.wikidata, other.wikidata) || self.country.zip(other.country).is_some_and(|(a, b)| a != b) {
            return None;
        }
        if let Some(item) = self.wikidata.filter(|item| other.wikidata == Some(*item)) {
            return Some(Likeness::Item(item.to_owned()));
        }
        self.alike(other)
    }

    /// The same by the words alone.
    fn alike(&self, other: &Self) -> Option<Likeness> {
        if self.words == other.words {
            return (!self.words.is_empty()).then_some(Likeness::Accents);
        }
        let sorted = |name: &Self| name.words.iter().cloned().collect::<BTreeSet<_>>();
        if self.words.len() == other.words.len() && sorted(self) == sorted(other) {
            return Some(Likeness::Order);
        }
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        shortened(&short.words, &long.words)
            .or_else(|| nicknamed(&short.words, &long.words))
            .or_else(|| misspelt(&short.words, &long.words))
            .or_else(|| respelt(&short.words, &long.words))
            .or_else(|| {
                let stands = is_abbreviation_of(short.shown, long.shown);
                stands.then(|| Likeness::Abbreviation(short.shown.to_owned(), long.shown.to_owned()))
            })
    }
}

/// Whether a word stands for another: it is the same, or one is the initial of the other.
fn stands_for(one: &str, other: &str) -> bool {
    let is_initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    one == other || is_initial(one, other) || is_initial(other, one)
}

/// Whether a name is another that leaves words between the first and the last out, or has initials for them.
fn shortened(short: &[String], long: &[String]) -> Option<Likeness> {
    // "W. Mark Felt" is "Mark Felt" too.
    if let [initial, rest @ ..] = long
        && initial.chars().count() == 1
        && rest == short
        && short.len() > 1
    {
        return Some(Likeness::LeavesOut(format!("{}.", capitalised(initial))));
    }
    let ([first, between @ .., last], [long_first, long_between @ .., long_last]) = (short, long) else { return None };
    let mut rest = long_between.iter();
    let mut left: Vec<&str> = Vec::new();
    let mut initial = (first != long_first).then(|| initial_of(first, long_first));
    for word in between {
        let found = rest.by_ref().find(|other| {
            let stands = stands_for(word, other);
            if !stands {
                left.push(other.as_str());
            }
            stands
        })?;
        if found != word {
            initial = initial.or_else(|| Some(initial_of(word, found)));
        }
    }
    left.extend(rest.map(String::as_str));
    let is_one = last == long_last && last.chars().count() > 1 && stands_for(first, long_first);
    is_one.then(|| initial.unwrap_or_else(|| Likeness::LeavesOut(capitalised(&left.join(" ")))))
}

/// Whether one given name is the beginning of the other ("Fred", "Frederick"), before the same family name.
fn nicknamed(one: &[String], other: &[String]) -> Option<Likeness> {
    let ([first, .., last], [other_first, .., other_last]) = (one, other) else { return None };
    let (short, full) = if first.len() <= other_first.len() { (first, other_first) } else { (other_first, first) };
    let is_short = short.chars().count() >= STEM && short.chars().count() + 2 <= full.chars().count();
    let alike = one.len() == 2 && last == other_last && last.chars().count() > 1;
    (alike && is_short && full.starts_with(short.as_str()))
        .then(|| Likeness::Nickname(capitalised(short), capitalised(full)))
}

fn initial_of(one: &str, other: &str) -> Likeness {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    Likeness::Initial(capitalised(short), capitalised(long))
}

/// A name as one writes it.
fn capitalised(words: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    words.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Whether two names differ in one letter of a long family name alone.
fn misspelt(one: &[String], other: &[String]) -> Option<Likeness> {
    let ([one_before @ .., one], [other_before @ .., other]) = (one, other) else { return None };
    let alike = one_before == other_before && !one_before.is_empty() && one.chars().count() >= LONG;
    (alike && is_one_off(one, other)).then(|| Likeness::Letter(capitalised(one), capitalised(other)))
}

/// Whether two names are one that is written in the letters of another language: "Kadhafi" and "Gaddafi", "Mohamed" and
/// "Muhammad". Their consonants sound alike, and they end alike, so that "Maria" is not "Mario".
fn respelt(one: &[String], other: &[String]) -> Option<Likeness> {
    let ([_, .., last], [_, .., other_last]) = (one, other) else { return None };
    if one.len() != other.len() {
        return None;
    }
    let mut differing = one.iter().zip(other).filter(|(a, b)| a != b);
    let (a, b) = differing.next()?;
    let is_spelling = |a: &String, b: &String| {
        let long = a.chars().count().min(b.chars().count()) >= SPELT;
        long && skeleton(a) == skeleton(b) && ending(a) == ending(b)
    };
    let alike = is_spelling(a, b) && differing.all(|(a, b)| is_spelling(a, b));
    // Of names that differ in all words one cannot tell.
    let same = one.iter().zip(other).any(|(a, b)| a == b) || last.len() >= LONG && other_last.len() >= LONG;
    (alike && same).then(|| Likeness::Spelling(capitalised(a), capitalised(b)))
}

/// The consonants of a word as they sound, each once in a row.
fn skeleton(word: &str) -> String {
    let mut sounds = String::new();
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let sound = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' | 'h' => continue,
            'q' | 'c' | 'g' => 'k',
            'w' => 'v',
            'z' => 's',
            'p' if letters.peek() == Some(&'h') => 'f',
            other => other,
        };
        if !sounds.ends_with(sound) {
            sounds.push(sound);
        }
    }
    sounds
}

/// The vowel that a word ends with as it sounds, if it does.
fn ending(word: &str) -> Option<char> {
    word.trim_end_matches('h').chars().next_back().and_then(|last| match last {
        'y' | 'i' | 'j' => Some('i'),
        'a' | 'e' | 'o' | 'u' => Some(last),
        _ => None,
    })
}

/// Whether one letter is another, more or less, or two have changed places.
fn is_one_off(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(same..).unwrap_or_default(), other.get(same..).unwrap_or_default());
    let rest = |letters: &[char]| letters.get(1..).unwrap_or_default().to_vec();
    match one.len().cmp(&other.len()) {
        std::cmp::Ordering::Equal => {
            let swapped =
                matches!((one, other), ([a, b, rest @ ..], [x, y, behind @ ..]) if (a, b) == (y, x) && rest == behind);
            swapped || rest(one) == rest(other)
        }
        std::cmp::Ordering::Less => rest(other) == one,
        std::cmp::Ordering::Greater => rest(one) == other,
    }
}

/// Which part of the words of two names they share, from 0 to 1; words that begin alike count half.
pub fn shared(one: &[String], other: &[String]) -> f32 {
    let begin = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= STEM;
    let worth = |word: &String| match word {
        _ if other.contains(word) => 1.0,
        _ if other.iter().any(|other| begin(word, other)) => 0.5,
        _ => 0.0,
    };
    one.iter().map(worth).sum::<f32>() / one.len().max(other.len()).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{KindId, Origin};

    fn may_be(one: &str, other: &str) -> Option<String> {
        let entity = |id, name: &str| Entity::new(EntityId(id), KindId::PERSON, name.to_owned(), Origin::hand());
        let (one, other) = (entity(1, one), entity(2, other));
        let (one, other) = (Name::new(&one), Name::new(&other));
        let share = one.keys().iter().any(|key| other.keys().contains(key));
        let found = one.may_be(&other);
        assert_eq!(found.is_some(), other.may_be(&one).is_some());
        assert!(found.is_none() || share, "what may be one is compared");
        found.map(|found| found.to_string())
    }

    #[test]
    fn names_that_leave_out_shorten_or_misspell_are_alike() {
        let alike = [
            ("Nana Akufo-Addo", "Nana Addo Dankwa Akufo-Addo", "one leaves out “Addo Dankwa”"),
            ("José Peña", "Jose Pena", "the same name but for accents, capitals or marks"),
            ("J. Biden", "Joe Biden", "“J.” may stand for “Joe”"),
            ("Joseph Biden", "Joseph R. Biden", "one leaves out “R”"),
            ("John Q. Smith", "John Quincy Smith", "“Q.” may stand for “Quincy”"),
            ("Jinping Xi", "Xi Jinping", "the same words in another order"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "“Zelensky” and “Zelenskyy” differ by a letter"),
            ("Ann O'Neil", "Ann O’Neil", "the same name but for accents, capitals or marks"),
            ("Muammar Gaddafi", "Muammar Qadhafi", "“Gaddafi” and “Qadhafi” may be two spellings"),
            ("W. Mark Felt", "Mark Felt", "one leaves out “W.”"),
            ("Fred LaRue", "Frederick LaRue", "“Fred” may be short for “Frederick”"),
            ("Promises Center", "Promises Centre", "“Center” and “Centre” differ by a letter"),
            ("Wladimir Putin", "Vladimir Putin", "“Wladimir” and “Vladimir” may be two spellings"),
            ("FBI", "Federal Bureau of Investigation", "“FBI” has the initials of “Federal Bureau of Investigation”"),
            ("Mohamed Morsi", "Muhammad Morsi", "“Mohamed” and “Muhammad” may be two spellings"),
            ("USGS", "U.S. Geological Survey", "“USGS” has the initials of “U.S. Geological Survey”"),
        ];
        for (one, other, reason) in alike {
            assert_eq!(may_be(one, other).as_deref(), Some(reason), "{one}, {other}");
        }
        let apart = [
            ("John A. Smith", "John B. Smith"),
            ("George Bush", "George Bush Jr."),
            ("Bill Clinton", "Hillary Clinton"),
            ("Maria Lopez", "Mario Lopez"),
            ("Ana Roy", "Ana Ray"),
            ("Xi", "Xi Jinping"),
            ("Dan Brown", "Dana Brown"),
        ];
        apart.into_iter().for_each(|(one, other)| assert_eq!(may_be(one, other), None, "{one}, {other}"));
    }
}
