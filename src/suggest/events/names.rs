//! The people, countries and places that a text names, as the frame rules look at them: by word.

use super::super::{CountryName, Label, Suggestions};
use super::grammar::{breaks_clause, is_adverb, is_be, is_determiner, is_have, is_modal, is_preposition, is_subject};
use super::words::{Word, Words};
use crate::text::language::language;

/// Somebody or somewhere that the sources before found.
pub(crate) struct Name {
    /// Indexes of its first and last word.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Index into the spans; none for words that are no name: "police".
    pub(crate) span: Option<usize>,
    pub(crate) label: Label,
    /// Stands for who it is: "Chinese" before "President Xi Jinping" belongs to him.
    pub(crate) modifies: bool,
    /// "Chinese", "the Kremlin": not somewhere to be.
    pub(crate) is_place: bool,
    /// Which person or country it is, the same for all its mentions.
    pub(crate) who: (Label, usize),
}

/// All names, in order, with the name at each word.
pub(crate) struct Names {
    list: Vec<Name>,
    /// For each person their office, in small letters: "foreign minister".
    roles: Vec<String>,
    /// For each word the index of the name that it is in.
    at: Vec<Option<usize>>,
}

impl Names {
    /// From the spans found so far; where two overlap the longer is kept.
    /// Those within `events`, the words of named events, belong to the event's name.
    pub(crate) fn new(words: &Words<'_>, found: &Suggestions, events: &[(usize, usize)]) -> Self {
        let mut owner = vec![usize::MAX; found.spans.len()];
        let people = found.people().iter().map(|person| &person.mentions).enumerate();
        let countries = found.countries().iter().map(|country| &country.mentions).enumerate();
        for (index, mentions) in people.chain(countries) {
            for mention in mentions {
                if let Some(slot) = owner.get_mut(*mention) {
                    *slot = index;
                }
            }
        }
        let roles = found.people().iter().map(|person| person.role.to_lowercase()).collect();
        let mut names = Self { list: Vec::new(), roles, at: vec![None; words.len()] };
        for (span, found) in found.spans.iter().enumerate() {
            let Some(label @ (Label::Person | Label::Country | Label::Place | Label::Org | Label::Norp)) =
                found.label.engine()
            else {
                continue;
            };
            let (first, last) = (words.at(found.range.start()), words.before_offset(found.range.end()));
            if last < first || names.list.last().is_some_and(|name| name.last >= first) {
                continue;
            }
            let demonym = matches!(found.country_name, Some(CountryName::Demonym | CountryName::Government));
            names.list.push(Name {
                first,
                last,
                span: Some(span),
                label,
                // "US-led", "the Beijing Olympics": part of something else.
                modifies: words.range(first, last).is_some_and(|range| range != found.range)
                    || events
                        .get(events.partition_point(|(_, end)| *end < first))
                        .is_some_and(|(start, _)| *start <= first),
                is_place: matches!(label, Label::Country | Label::Place) && !demonym,
                who: (label, owner.get(span).copied().unwrap_or(usize::MAX)),
            });
        }
        names.add_agents(words);
        names.mark_modifiers(words);
        for (index, name) in names.list.iter().enumerate() {
            for word in name.first..=name.last {
                if let Some(slot) = names.at.get_mut(word) {
                    *slot = Some(index);
                }
            }
        }
        names
    }

    /// Those who act without a name: "police", "protesters", "the central bank". A country before them goes with them.
    fn add_agents(&mut self, words: &Words<'_>) {
        let mut agents: Vec<Name> = Vec::new();
        for at in 0..words.len() {
            let from = self.list.partition_point(|name| name.last < at);
            let named = |at: usize| self.list.get(from).is_some_and(|name| name.first <= at && at <= name.last);
            // "Police seized": a capital that begins the sentence tells nothing.
            let plain = words.get(at).is_some_and(Word::is_small) || words.begins_sentence(at);
            let head = plain && is_agent(words.lower(at));
            // "lawmaker Chang Je-won", "the ambassador, Nam Gwan-pyo": his title.
            let behind = at + 1 + usize::from(words.after(at, 1) == ",");
            let titles = words.same_sentence(at, behind) && named_as(&self.list, behind, Label::Person);
            // "police officers": the last noun is the head; "police station": no agent.
            let goes_on = words.same_sentence(at, at + 1)
                && words.get(at + 1).is_some_and(Word::is_small)
                && (is_agent(words.lower(at + 1)) || is_compound_head(words.lower(at + 1)));
            // "the United States military" stands for its country.
            let of_state = at
                .checked_sub(1)
                .is_some_and(|before| named_as(&self.list, before, Label::Country) && is_state_body(words.lower(at)));
            if !head || goes_on || titles || named(at) || of_state {
                continue;
            }
            let mut first = at;
            while at - first < 3
                && let Some(before) = first.checked_sub(1).filter(|before| words.same_sentence(*before, at))
                && words.get(before).is_some_and(Word::is_small)
                && !is_function_word(words.lower(before))
                && !named_at(&self.list, before)
                && !is_adverb(words.lower(before))
                && !is_subject(words.lower(before))
            {
                first = before;
            }
            let count = self.list.len() + agents.len();
            agents.push(Name {
                first,
                last: at,
                span: None,
                label: Label::Org,
                modifies: false,
                is_place: false,
                who: (Label::Norp, count),
            });
        }
        for agent in &agents {
            let before = self.list.partition_point(|name| name.last < agent.first).checked_sub(1);
            if let Some(name) = before.and_then(|before| self.list.get_mut(before))
                && name.last + 1 == agent.first
                && matches!(name.label, Label::Country | Label::Norp | Label::Place)
                && words.same_sentence(name.first, agent.first)
            {
                name.modifies = true;
            }
        }
        self.list.extend(agents);
        self.list.sort_by_key(|name| name.first);
    }

    /// A country before a person's title belongs to the person: "Chinese President Xi Jinping".
    fn mark_modifiers(&mut self, words: &Words<'_>) {
        for index in 0..self.list.len().saturating_sub(1) {
            let (Some(name), Some(next)) = (self.list.get(index), self.list.get(index + 1)) else { continue };
            let between = name.last + 1..next.first;
            let title = next.label == Label::Person
                && name.label != Label::Person
                && words.same_sentence(name.first, next.first)
                && is_description(words, name, between);
            if title && let Some(name) = self.list.get_mut(index) {
                name.modifies = true;
            }
        }
    }

    /// The name that a word is in, unless it only modifies another.
    pub(crate) fn get(&self, word: usize) -> Option<&Name> {
        self.list.get((*self.at.get(word)?)?)
    }

    /// The office of the person whom a name, by index, names.
    pub(crate) fn role(&self, name: usize) -> Option<&str> {
        let (label, who) = self.list.get(name)?.who;
        self.roles.get(who).filter(|role| label == Label::Person && !role.is_empty()).map(String::as_str)
    }

    /// The person of an office who was last named before a word: "the ambassador".
    pub(crate) fn of_role(&self, word: usize, office: &str) -> Option<usize> {
        let before = self.list.partition_point(|name| name.first < word);
        let head = |role: &str| role.split(' ').next_back() == Some(office);
        (!office.is_empty()).then(|| (0..before).rev().find(|name| self.role(*name).is_some_and(head))).flatten()
    }

    /// Whom "he" or "she" means: the first person before it in its sentence, else of the sentence before.
    pub(crate) fn antecedent(&self, words: &Words<'_>, pronoun: usize) -> Option<usize> {
        let sentence = words.get(pronoun)?.sentence;
        let first_person = |range: std::ops::Range<usize>| {
            self.within(range).iter().find(|name| name.label == Label::Person).and_then(|n| self.index(n.first))
        };
        let own = words.sentences.get(sentence)?.words.start..pronoun;
        first_person(own).or_else(|| {
            (1..=2).find_map(|back| first_person(words.sentences.get(sentence.checked_sub(back)?)?.words.clone()))
        })
    }

    pub(crate) fn index(&self, word: usize) -> Option<usize> {
        *self.at.get(word)?
    }

    pub(crate) fn nth(&self, index: usize) -> Option<&Name> {
        self.list.get(index)
    }

    /// The names of a stretch of words, in order.
    pub(crate) fn within(&self, words: std::ops::Range<usize>) -> &[Name] {
        let from = self.list.partition_point(|name| name.first < words.start);
        let to = self.list.partition_point(|name| name.first < words.end);
        self.list.get(from..to).unwrap_or_default()
    }
}

/// Whether the words between a country and a person's name describe the person: "Italian businessman Carlo Benassi",
/// "South Korea's ambassador, Nam Gwan-pyo".
fn is_description(words: &Words<'_>, name: &Name, mut between: std::ops::Range<usize>) -> bool {
    let comma = between.end > between.start && words.lower(between.end - 1) == ",";
    let title = |i: usize| is_title(words, i);
    if comma {
        between.end -= 1;
        let office = between.end > between.start && words.get(between.end - 1).is_some_and(Word::is_small);
        return office && between.len() <= 5 && between.all(title);
    }
    // Behind "Italian" stands a noun of any kind.
    let plain = |i: usize| {
        title(i) || !name.is_place && words.get(i).is_some_and(Word::is_small) && !is_function_word(words.lower(i))
    };
    match between.len() {
        0 => !name.is_place,
        1..=3 => between.all(plain),
        4..=5 => between.all(title),
        _ => false,
    }
}

/// Bodies that stand for the country whose they are.
pub(crate) fn is_state_body(noun: &str) -> bool {
    language().bodies.state_bodies.contains(noun)
}

fn named_as(names: &[Name], word: usize, label: Label) -> bool {
    let at = names.partition_point(|name| name.last < word);
    names.get(at).is_some_and(|name| name.first <= word && name.label == label)
}

fn named_at(names: &[Name], word: usize) -> bool {
    let at = names.partition_point(|name| name.last < word);
    names.get(at).is_some_and(|name| name.first <= word)
}

/// Nouns of those who act: bodies, and people by what they are or do.
pub(crate) fn is_agent(noun: &str) -> bool {
    let is = |word: &str| language().bodies.bodies.contains(word) || language().bodies.somebody.contains(word);
    is(noun)
        || language().bodies.people.contains(noun)
        || noun.strip_suffix('s').is_some_and(is)
        || noun.strip_suffix("ies").is_some_and(|stem| is(&format!("{stem}y")))
}

/// Nouns before which another only says of what kind they are: "police station".
fn is_compound_head(noun: &str) -> bool {
    language().bodies.compound_heads.contains(noun)
}

/// Words that no description of a person holds.
fn is_function_word(word: &str) -> bool {
    is_preposition(word)
        || is_determiner(word)
        || is_be(word)
        || is_have(word)
        || is_modal(word)
        || breaks_clause(word)
        || matches!(word, "and" | "or" | "to")
        || word.ends_with("ed")
}

/// A word that may stand between a country and the person whose title it begins.
pub(crate) fn is_title(words: &Words<'_>, index: usize) -> bool {
    words.get(index).is_some_and(|word| {
        let office = language().people.title_words.contains(word.lower.as_str());
        office || word.is_capital() && word.text.len() > 2
    })
}

/// Whether a word is a title or part of one, for phrases such as "his Russian counterpart Sergei Lavrov".
pub(crate) fn belongs_to_a_name(words: &Words<'_>, index: usize) -> bool {
    is_title(words, index) || words.get(index).is_some_and(Word::is_capital)
}
