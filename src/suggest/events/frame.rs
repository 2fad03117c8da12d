//! The frame of a happening: who does it, to whom, where and when, read off the words around its trigger.

use super::grammar::{breaks_clause, is_adverb, is_be, is_determiner, is_have, is_modal, is_preposition};
use super::modality::light_verb;
use super::morphology::Form;
use super::names::{Name, Names, belongs_to_a_name};
use super::triggers::Trigger;
use super::words::Words;
use crate::project::{Plover, Role};
use crate::suggest::Label;

/// How far to both sides a participant is looked for, in words.
const REACH: usize = 14;

/// Who and where, as indexes into the names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    pub(crate) participants: Vec<(Role, usize)>,
    pub(crate) place: Option<usize>,
    /// Others take part whom no name tells: "met with more than 20 leaders".
    pub(crate) others: bool,
}

impl Frame {
    fn add(&mut self, role: Role, name: usize) {
        if !self.participants.iter().any(|(_, known)| *known == name) {
            self.participants.push((role, name));
        }
    }
}

/// What the frame rules look at.
pub(crate) struct Scene<'a, 't> {
    pub(crate) words: &'a Words<'t>,
    pub(crate) names: &'a Names,
    /// For each word whether a verb that is a trigger stands there.
    pub(crate) verbs: &'a [bool],
}

impl Scene<'_, '_> {
    /// The frame of a trigger.
    pub(crate) fn frame(&self, trigger: &Trigger) -> Frame {
        let mut frame = Frame::default();
        let subject_role = if trigger.passive { Role::Recipient } else { Role::Actor };
        if trigger.is_noun() {
            self.owner(trigger, &mut frame);
            if let Some(verb) = light_verb(self.words, trigger) {
                self.subject(verb, Role::Actor, &mut frame);
            }
        } else if trigger.form == Form::Gerund && is_detached(self.words.before(trigger.first, 1)) {
            self.main_subject(trigger.first, &mut frame);
        } else {
            self.subject(trigger.first, subject_role, &mut frame);
        }
        self.behind(trigger, &mut frame);
        if trigger.entry.plover == Some(Plover::Consult) {
            frame.participants.iter_mut().for_each(|(role, _)| *role = Role::Actor);
        }
        frame
    }

    /// "Russia's attack", "the Russian attack", "a Russia-backed attack" not.
    fn owner(&self, trigger: &Trigger, frame: &mut Frame) {
        let mut at = trigger.first;
        for _ in 0..5 {
            let Some(before) = at.checked_sub(1).filter(|i| self.words.same_sentence(*i, trigger.first)) else {
                return;
            };
            at = before;
            let word = self.words.lower(at);
            if let Some(index) = self.names.index(at) {
                let Some(name) = self.names.nth(index) else { return };
                let possessive = self.words.lower(name.last + 1) == "'s" || self.words.lower(name.last + 1) == "'";
                let modifier = name.last + 1 == trigger.first && name.label == Label::Country;
                let near = name.label == Label::Country && !name.is_place;
                if (possessive || modifier || near) && name.label != Label::Place {
                    frame.add(Role::Actor, index);
                }
                return;
            }
            if matches!(word, "," | "and" | ";" | "that")
                || is_preposition(word)
                || self.is_verb(at)
                || is_be(word)
                || is_have(word)
            {
                return;
            }
        }
    }

    fn is_verb(&self, at: usize) -> bool {
        self.verbs.get(at).copied().unwrap_or_default()
    }

    /// The subject of the verb at a word, with those joined to it by "and".
    fn subject(&self, verb: usize, role: Role, frame: &mut Frame) {
        let mut at = verb;
        let mut shared = false;
        for _ in 0..REACH {
            let Some(before) = at.checked_sub(1).filter(|i| self.words.same_sentence(*i, verb)) else { return };
            at = before;
            let word = self.words.lower(at);
            if let Some(index) = self.names.index(at) {
                let Some(name) = self.names.nth(index) else { return };
                at = name.first;
                if self.is_governed(name)
                    || name.modifies
                    || name.label == Label::Place
                    || self.words.lower(name.last + 1) == "'s"
                {
                    continue;
                }
                frame.add(role, index);
                self.joined_before(name, role, frame);
                return;
            }
            match word {
                "he" | "she" => {
                    if let Some(index) = self.antecedent(at) {
                        frame.add(role, index);
                    }
                    return;
                }
                "they" | "it" | "we" | "i" | "you" | "there" | "this" => return,
                "and" | "or" | "to" => shared = true,
                "who" | "which" => {}
                // "Putin, who arrived, met Xi": the verb of another clause ends the search, one joined by "and" does not.
                _ if self.is_verb(at) || self.is_predicate(at, verb) => {
                    if !shared {
                        return;
                    }
                    shared = false;
                }
                _ if breaks_clause(word) || matches!(word, "”" | "“" | "\"" | ":") => return,
                _ => {}
            }
        }
    }

    /// The subject of the sentence, which a detached gerund shares: "Wang spoke before meeting Xi".
    fn main_subject(&self, gerund: usize, frame: &mut Frame) {
        let Some(sentence) = self.words.sentence_of(gerund) else { return };
        let names = self.names.within(sentence.words.start..gerund);
        let free = |name: &&Name| !name.modifies && name.label != Label::Place && !self.is_governed(name);
        if let Some(index) = names.iter().find(free).and_then(|name| self.names.index(name.first)) {
            frame.add(Role::Actor, index);
        }
    }

    /// A form of "be" or "have" or a modal that is no auxiliary of the verb.
    fn is_predicate(&self, at: usize, verb: usize) -> bool {
        let word = self.words.lower(at);
        let auxiliary = |i: usize| {
            let word = self.words.lower(i);
            is_be(word)
                || is_have(word)
                || is_modal(word)
                || is_adverb(word)
                || matches!(word, "set" | "due" | "ready" | "going" | "about" | "expected" | "scheduled")
        };
        (is_be(word) || is_have(word) || is_modal(word))
            && word != "to"
            && !(at + 1..verb).all(|i| auxiliary(i) || self.words.lower(i) == "to")
    }

    /// Whether a preposition governs the noun phrase of a name: "with the West", "in central Wuhan".
    fn is_governed(&self, name: &Name) -> bool {
        let mut at = name.first;
        for _ in 0..5 {
            let Some(before) = at.checked_sub(1).filter(|i| self.words.same_sentence(*i, name.first)) else {
                return false;
            };
            at = before;
            let word = self.words.lower(at);
            // These begin a clause more often than a phrase: "as he", "after Xi".
            let conjunction = matches!(word, "as" | "before" | "after" | "since" | "until" | "than");
            if is_preposition(word) {
                return !conjunction;
            }
            let joined = word == "and" && at.checked_sub(1).is_some_and(|i| self.names.index(i).is_some());
            let inside =
                joined || is_determiner(word) || belongs_to_a_name(self.words, at) || self.names.index(at).is_some();
            if !inside {
                return false;
            }
        }
        false
    }

    /// "Xi and Putin": those before a name that share its role.
    fn joined_before(&self, name: &Name, role: Role, frame: &mut Frame) {
        let mut first = name.first;
        for _ in 0..6 {
            // A title may stand between: "Xi and Russian President Putin".
            let mut at = first;
            while at > 0
                && belongs_to_a_name(self.words, at - 1)
                && self.names.get(at - 1).is_none_or(|n| n.modifies)
                && first - at < 5
            {
                at -= 1;
            }
            let join = self.words.before(at, 1);
            let Some(before) = at.checked_sub(2).filter(|_| matches!(join, "and" | ",")) else { return };
            let Some(index) = self.names.index(before).filter(|_| self.words.same_sentence(before, first)) else {
                return;
            };
            let Some(other) = self.names.nth(index).filter(|n| n.label == name.label && !n.modifies) else { return };
            if self.is_governed(other) {
                return;
            }
            frame.add(role, index);
            first = other.first;
        }
    }

    /// Whom "he" or "she" means: the first person before it in its sentence, else of the sentence before.
    fn antecedent(&self, pronoun: usize) -> Option<usize> {
        let sentence = self.words.get(pronoun)?.sentence;
        let first_person = |range: std::ops::Range<usize>| {
            self.names
                .within(range)
                .iter()
                .find(|name| name.label == Label::Person)
                .and_then(|n| self.names.index(n.first))
        };
        let own = self.words.sentences.get(sentence)?.words.start..pronoun;
        first_person(own).or_else(|| {
            (1..=2).find_map(|back| first_person(self.words.sentences.get(sentence.checked_sub(back)?)?.words.clone()))
        })
    }

    /// What stands behind the trigger: objects, "by", "with", "against", "in".
    fn behind(&self, trigger: &Trigger, frame: &mut Frame) {
        let mut preposition = "";
        let mut at = trigger.last;
        let mut plain = 0;
        let mut only_place = false;
        for _ in 0..REACH {
            at += 1;
            if !self.words.same_sentence(trigger.last, at) {
                return;
            }
            let word = self.words.lower(at);
            if let Some(index) = self.names.index(at) {
                let Some(name) = self.names.nth(index) else { return };
                at = name.last;
                if !name.modifies {
                    self.place_or_role(trigger, preposition, index, name, only_place, frame);
                }
                plain = 0;
                continue;
            }
            if is_preposition(word) && !matches!(word, "before" | "after" | "since" | "until" | "as" | "than" | "amid")
            {
                preposition = preposition_of(word);
                plain = 0;
            } else if word == "and" || word == "," {
                let next = (at + 1..at + 5).find(|i| {
                    !is_determiner(self.words.lower(*i)) && !belongs_to_a_name(self.words, *i)
                        || self.names.get(*i).is_some_and(|n| !n.modifies)
                });
                if !next.is_some_and(|i| self.names.get(i).is_some() && self.words.same_sentence(at, i))
                    || word == "," && preposition.is_empty()
                {
                    // Past a comma only the place is still looked for.
                    only_place = true;
                }
            } else if breaks_clause(word)
                || self.is_verb(at)
                || is_be(word)
                || is_modal(word)
                || matches!(word, "to" | "”" | "\"" | ":") && !matches!(preposition, "with" | "by")
            {
                if word != "to" || self.is_verb(at + 1) {
                    return;
                }
                preposition = "to";
            } else if !is_determiner(word) && !belongs_to_a_name(self.words, at) {
                frame.others |= preposition == "with" && plain == 0;
                plain += 1;
                only_place |= plain > 3;
            }
        }
    }

    fn place_or_role(
        &self,
        trigger: &Trigger,
        preposition: &str,
        index: usize,
        name: &Name,
        only_place: bool,
        frame: &mut Frame,
    ) {
        let somewhere = name.is_place && self.words.lower(name.last + 1) != "'s";
        if preposition == "in" || name.label == Label::Place {
            if preposition == "in" && somewhere && frame.place.is_none() {
                frame.place = Some(index);
            }
            return;
        }
        if only_place {
            return;
        }
        let noun = trigger.is_noun();
        let two_sided = matches!(trigger.entry.plover, Some(Plover::Consult | Plover::Cooperate | Plover::Agree));
        let role = match preposition {
            "" if noun || trigger.passive => None,
            "" => Some(Role::Recipient),
            "by" if noun || trigger.passive => Some(Role::Actor),
            "with" if two_sided => Some(Role::Actor),
            "between" if noun => Some(Role::Actor),
            "of" if noun && trigger.entry.plover.is_some() => Some(Role::Recipient),
            "against" => Some(Role::Recipient),
            "to" if matches!(
                trigger.entry.plover,
                Some(Plover::Aid | Plover::Threaten | Plover::Request | Plover::Concede)
            ) =>
            {
                Some(Role::Recipient)
            }
            "for" if matches!(trigger.entry.plover, Some(Plover::Support | Plover::Aid)) => Some(Role::Recipient),
            _ => None,
        };
        if let Some(role) = role {
            frame.add(role, index);
        }
    }
}

/// Words that part a gerund from the verb whose subject it shares.
fn is_detached(word: &str) -> bool {
    matches!(word, "before" | "after" | "while" | "without" | "by" | "when" | "since")
}

/// Prepositions that mean the same to a frame.
fn preposition_of(word: &str) -> &'static str {
    match word {
        "by" => "by",
        "with" => "with",
        "between" => "between",
        "of" => "of",
        "on" | "against" | "upon" => "against",
        "toward" | "towards" => "to",
        "for" => "for",
        "in" | "at" | "near" | "outside" | "inside" | "across" => "in",
        _ => "other",
    }
}
