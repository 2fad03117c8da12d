//! Which mentions are the same person: full names first, then their parts.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::chunks::{Candidate, is_initial, is_main};
use crate::project::CountryCode;
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
            draft.score = draft.score.max(score);
        }
        index
    }

    /// The person whose name the candidate at `at` is a part of: the one named last before it, or else first behind it.
    pub(super) fn part(&self, candidate: &Candidate, at: usize) -> Option<Link> {
        let key = key_of(&candidate.words);
        let people = self.by_word.get(key.last()?)?;
        let fits = |draft: &Draft| {
            if draft.key.ends_with(&key) {
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
            Some(((part == Part::Surname, seen, nearness), *index, part))
        };
        let best = people.iter().filter_map(rank).max_by_key(|(rank, ..)| *rank)?;
        let ((surname, seen, _), owner, part) = best;
        let equals = people.iter().filter_map(rank).filter(|(other, ..)| (other.0, other.1) == (surname, seen)).count();
        Some(Link { owner, part, rivals: equals > 1, seen })
    }

    /// Somebody whose surname, with the plural's ending, is the whole of a candidate.
    pub(super) fn of_family(&self, candidate: &Candidate) -> Option<&Draft> {
        let plural = key_of(&candidate.words).pop()?;
        let singular = plural.strip_suffix('s')?;
        let singulars = [Some(singular), singular.strip_suffix('e')].into_iter().flatten();
        let mut members = singulars.filter_map(|name| self.by_word.get(name)).flatten();
        members.find_map(|index| {
            let draft = self.drafts.get(*index)?;
            draft.key.last().is_some_and(|surname| plural.starts_with(surname.as_str())).then_some(draft)
        })
    }

    /// Notes that a person was named at a candidate, so that the nearest is known.
    pub(super) fn seen(&mut self, index: usize, at: usize) {
        if let Some(draft) = self.drafts.get_mut(index) {
            draft.last = Some(at);
        }
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

/// Whether a name is a surname alone, with a particle before it: "Bin Salman".
pub(super) fn is_led(words: &[SmolStr]) -> bool {
    words.len() == 2 && words.first().is_some_and(|word| language().people.leading_particles.contains(word.as_str()))
}

/// The main words of a name in small letters.
pub(super) fn key_of(words: &[SmolStr]) -> Vec<SmolStr> {
    let lead = usize::from(is_led(words));
    let main = words.iter().skip(lead).filter(|word| is_main(word));
    main.map(|word| word.trim_start_matches("al-").trim_start_matches("Al-").to_lowercase().replace('’', "'").into())
        .collect()
}
