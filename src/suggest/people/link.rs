//! Which mentions are the same person: full names first, then their parts.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::chunks::{Candidate, is_initial, is_main};
use crate::project::CountryCode;
use crate::suggest::knowledge;
use crate::text::language::language;

/// A person of the document while mentions are gathered.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// The fullest name, in words.
    pub words: Vec<SmolStr>,
    /// Its main words in small letters.
    pub key: Vec<SmolStr>,
    /// The first office that was told.
    pub role: String,
    /// The country told with the name or an office.
    pub country: Option<CountryCode>,
    /// How certain the surest full mention is.
    pub score: f32,
    /// Where the person was last named, as an index of a candidate.
    last: Option<usize>,
    /// How often the person was named so far.
    named: usize,
    /// What titles told: "Mrs.", "his wife".
    gender: Option<Gender>,
}

/// What a title tells of whom it stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Female,
    Male,
}

impl Gender {
    /// By the title before a name or the office behind it, where one of them tells.
    fn of(candidate: &Candidate) -> Option<Self> {
        let titles = [&candidate.title, &candidate.behind].into_iter().flatten();
        titles.filter_map(|title| title.shown.rsplit(' ').next()).find_map(|word| match word {
            word if language().people.female_titles.contains(word) => Some(Self::Female),
            word if language().people.male_titles.contains(word) => Some(Self::Male),
            _ => None,
        })
    }
}

/// How a mention was linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The surname, or the last words of the name.
    Surname,
    /// Other words of the name.
    Given,
}

/// The person that a short mention was linked to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// The index of the draft.
    pub owner: usize,
    /// Which part of the name it is.
    pub part: Part,
    /// Whether others of the same fitness were passed over.
    pub rivals: bool,
    /// Whether the person was named in full before.
    pub seen: bool,
}

/// The people named so far, found by each of their words.
#[derive(Debug, Default)]
pub(super) struct People {
    pub drafts: Vec<Draft>,
    by_word: HashMap<SmolStr, Vec<usize>>,
}

impl People {
    /// The person of this full name, new or known, and named with this certainty.
    pub(super) fn full(&mut self, candidate: &Candidate, at: usize, score: f32) -> usize {
        let key = key_of(&candidate.words);
        let known = self.same(&candidate.words, &key);
        let index = known.unwrap_or(self.drafts.len());
        if known.is_none() {
            self.drafts.push(Draft::default());
        }
        let fuller = self
            .drafts
            .get(index)
            .is_none_or(|draft| (key.len(), candidate.words.len()) > (draft.key.len(), draft.words.len()));
        if fuller {
            for word in &key {
                let people = self.by_word.entry(word.clone()).or_default();
                if !people.contains(&index) {
                    people.push(index);
                }
            }
        }
        if let Some(draft) = self.drafts.get_mut(index) {
            if fuller {
                draft.words.clone_from(&candidate.words);
                draft.key = key;
            }
            draft.last = draft.last.or(Some(at));
            draft.gender = draft.gender.or(Gender::of(candidate));
            draft.score = draft.score.max(score);
        }
        index
    }

    /// The person whose name the candidate at `at` is a part of: of those named before it the one that the text speaks of
    /// much more often than of the others, or else the one named last; where nobody was, the first one behind it.
    pub(super) fn part(&self, candidate: &Candidate, at: usize) -> Option<Link> {
        let key = key_of(&candidate.words);
        let people = self.by_word.get(key.last()?)?;
        let gender = Gender::of(candidate);
        let fits = |draft: &Draft| {
            if is_led(&candidate.words) && !ends_with(&draft.words, &candidate.words) {
                return None;
            }
            if gender.is_some_and(|gender| draft.gender.is_some_and(|other| other != gender)) {
                return None;
            }
            if draft.key.ends_with(&key) || key.len() == 1 && draft.key.starts_with(&key) && is_family_first(draft) {
                Some(Part::Surname)
            } else {
                draft.key.windows(key.len()).any(|words| words == key).then_some(Part::Given)
            }
        };
        let rank = |index: &usize| {
            let draft = self.drafts.get(*index)?;
            let (part, last) = (fits(draft)?, draft.last?);
            let seen = last < at;
            let nearness = if seen { last } else { usize::MAX - last };
            let told = gender.is_some() && draft.gender == gender;
            Some(((seen, part == Part::Surname, told, nearness), *index, part))
        };
        let fitting = || people.iter().filter_map(rank);
        let (nearest, mut owner, part) = fitting().max_by_key(|(rank, ..)| *rank)?;
        let (seen, surname, told, _) = nearest;
        let equals = || fitting().filter(|(other, ..)| (other.0, other.1, other.2) == (seen, surname, told));
        let named = |index: usize| self.drafts.get(index).map_or(0, |draft| draft.named);
        let subject = equals().map(|(_, index, _)| index).max_by_key(|index| named(*index));
        if let Some(subject) = subject.filter(|subject| named(*subject) >= OFTEN * named(owner).max(1)) {
            owner = subject;
        }
        Some(Link { owner, part, rivals: equals().count() > 1, seen })
    }

    /// Notes that a person was named at a candidate, so that the nearest is known.
    pub(super) fn seen(&mut self, index: usize, candidate: &Candidate, at: usize) {
        if let Some(draft) = self.drafts.get_mut(index) {
            draft.last = Some(at);
            draft.named += 1;
            draft.gender = draft.gender.or(Gender::of(candidate));
        }
    }

    /// Whether a name is a surname alone, particles before it, of somebody who is named in full.
    pub(super) fn has_led(&self, words: &[SmolStr]) -> bool {
        is_led(words) && self.drafts.iter().any(|draft| ends_with(&draft.words, words))
    }

    /// The known person whose full name says the same: equal, one within the other, or with an initial for a word.
    fn same(&self, words: &[SmolStr], key: &[SmolStr]) -> Option<usize> {
        let people = self.by_word.get(key.last()?)?;
        let initial = |a: &[SmolStr], b: &[SmolStr]| {
            let first =
                |words: &[SmolStr]| words.first().and_then(|word| word.chars().next()).map(|c| c.to_lowercase().next());
            let short =
                a.first().is_some_and(|word| is_initial(word)) || b.first().is_some_and(|word| is_initial(word));
            short && first(a) == first(b)
        };
        people.iter().copied().find(|index| {
            let Some(draft) = self.drafts.get(*index) else { return false };
            let within = |a: &[SmolStr], b: &[SmolStr]| a.iter().all(|word| b.contains(word));
            let both = key.len() > 1 && draft.key.len() > 1;
            let other = initials(words)
                .zip(initials(&draft.words))
                .is_some_and(|(a, b)| !a.starts_with(&b) && !b.starts_with(&a));
            if other {
                return false;
            }
            draft.key == key && words.len() == draft.words.len()
                || both && (within(key, &draft.key) || within(&draft.key, key))
                || draft.key.last() == key.last() && initial(words, &draft.words)
        })
    }
}

/// The initials behind the first word, without points: "HW" of "George H.W. Bush"; none where there are none.
fn initials(words: &[SmolStr]) -> Option<String> {
    let inner = words.iter().skip(1).filter(|word| is_initial(word));
    let letters: String = inner.flat_map(|word| word.chars().filter(|c| c.is_alphabetic())).collect();
    (!letters.is_empty()).then_some(letters)
}

/// How many times as often as the one named last somebody was named whom a surname alone means all the same.
const OFTEN: usize = 3;

/// Whether a name begins with a particle and may be a surname alone: "Bin Salman", "van der Zwaag".
pub(super) fn is_led(words: &[SmolStr]) -> bool {
    let particle = |word: &SmolStr| language().people.particles.contains(&word.to_lowercase());
    words.len() > 1 && words.first().is_some_and(particle) && words.last().is_some_and(|word| !particle(word))
}

/// Whether a longer name ends with these words, whatever their capitals.
fn ends_with(name: &[SmolStr], words: &[SmolStr]) -> bool {
    let same = |(a, b): (&SmolStr, &SmolStr)| a.to_lowercase() == b.to_lowercase();
    name.len() > words.len() && name.iter().rev().zip(words.iter().rev()).all(same)
}

/// Whether the surname stands first: "Chen Guangwei", "Nguyen Van Thanh".
fn is_family_first(draft: &Draft) -> bool {
    let surname = draft.words.first().is_some_and(|word| language().people.family_first.contains(word.as_str()));
    let last = draft.words.last().map(|word| knowledge::name_flags(word)).unwrap_or_default();
    let first = draft.words.first().map(|word| knowledge::name_flags(word)).unwrap_or_default();
    surname && !(first.given && last.surname)
}

/// The main words of a name in small letters and without accents. A particle that a name of two words begins with is none.
pub(super) fn key_of(words: &[SmolStr]) -> Vec<SmolStr> {
    let lead = if is_led(words) { words.iter().take_while(|word| !is_main(&word.to_lowercase())).count() } else { 0 };
    let main = words.iter().skip(lead).filter(|word| is_main(word));
    main.map(|word| {
        let word = word.trim_start_matches("al-").trim_start_matches("Al-").replace('’', "'");
        knowledge::without_accents(&word).to_lowercase().into()
    })
    .collect()
}
