//! Clauses: whose verb it is. The subject of a verb, through "and", infinitives, participles and relative clauses, and
//! those whom pronouns and descriptions stand for.

use super::frame::Scene;
use super::grammar::{
    breaks_clause, is_adverb, is_be, is_determiner, is_have, is_institution, is_modal, is_preposition, is_reporting,
};
use super::morphology::Form;
use super::names::{Name, belongs_to_a_name, is_title};
use super::words::{Word, Words};
use crate::suggest::Label;
use crate::text::language::language;

/// How far a subject is looked for, in words.
const REACH: usize = 18;

/// How many verbs are gone through to the one that has a subject.
const DEPTH: usize = 4;

impl Scene<'_, '_> {
    /// The subject of the verb at a word, as names.
    pub(super) fn subject(&self, verb: usize) -> Vec<usize> {
        self.subject_within(verb, DEPTH)
    }

    fn subject_within(&self, verb: usize, depth: usize) -> Vec<usize> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let start = self.group_start(verb);
        let before = self.words.before(start, 1);
        let gerund = self.trigger_at(verb).is_some_and(|trigger| trigger.form == Form::Gerund) && start == verb;
        match before {
            "to" => {
                let to = start.saturating_sub(1);
                match self.governor(to) {
                    Some(governor) if self.controls_by_object(governor) && to > governor + 1 => {
                        self.stand_for(governor + 1..to)
                    }
                    Some(governor) => self.subject_within(governor, depth),
                    None => self.plain_subject(to, verb),
                }
            }
            "and" | "or" | "but" | "then" | "nor" if self.verb_before(start).is_some() => {
                self.verb_before(start).map_or_else(Vec::new, |parallel| self.subject_within(parallel, depth))
            }
            "of" | "for" | "from" | "over" if gerund => {
                let Some(governor) = self.verb_before(start) else { return Vec::new() };
                let blamed = self.stand_for(governor + 1..start.saturating_sub(1));
                let passive = self.trigger_at(governor).is_some_and(|trigger| trigger.passive);
                if blamed.is_empty() && passive { self.subject_within(governor, depth) } else { blamed }
            }
            _ if gerund && (before == "," || is_detached(before)) => match self.verb_before(start) {
                Some(main) => self.doer(main, depth),
                None => self.first_subject(verb),
            },
            // "denied targeting", "said it shot"
            _ if gerund && self.is_verb(start.wrapping_sub(1)) => self.subject_within(start.saturating_sub(1), depth),
            _ => self.plain_subject(start, verb),
        }
    }

    /// Who does what the verb tells, active or passive.
    fn doer(&self, verb: usize, depth: usize) -> Vec<usize> {
        let Some(trigger) = self.trigger_at(verb).filter(|trigger| trigger.passive) else {
            return self.subject_within(verb, depth);
        };
        let by = (trigger.last + 1..trigger.last + 6).find(|at| self.words.lower(*at) == "by");
        by.map(|by| self.stand_for(by + 1..by + 6)).unwrap_or_default()
    }

    /// The first word of the verb's group: "has also been".
    pub(super) fn group_start(&self, verb: usize) -> usize {
        let mut start = verb;
        while let Some(before) = start.checked_sub(1).filter(|at| self.words.same_sentence(*at, verb)) {
            let word = self.words.lower(before);
            let auxiliary = is_be(word) || is_have(word) || is_adverb(word) || is_modal(word);
            if !auxiliary || self.names.index(before).is_some() || matches!(word, "help" | "helped") {
                break;
            }
            start = before;
        }
        start
    }

    /// The verb that governs the infinitive whose "to" stands at a word.
    pub(super) fn governor(&self, to: usize) -> Option<usize> {
        (1..14).map_while(|by| to.checked_sub(by)).take_while(|at| self.words.same_sentence(*at, to)).find(|at| {
            let word = self.words.lower(*at);
            self.is_verb(*at) || governs_infinitive(word)
        })
    }

    /// The nearest verb before a word in its sentence, no "that" or quotation between.
    pub(super) fn verb_before(&self, at: usize) -> Option<usize> {
        let before = (1..24).map_while(|by| at.checked_sub(by));
        before
            .take_while(|other| self.words.same_sentence(*other, at))
            .take_while(|other| !matches!(self.words.lower(*other), ";" | "that" | "“" | "”" | "\""))
            .find(|other| self.is_verb(*other))
    }

    /// "urged Tehran to release": the one urged releases.
    fn controls_by_object(&self, governor: usize) -> bool {
        let word = self.words.lower(governor);
        language().happenings.urging_stems.iter().any(|stem| word.starts_with(stem))
    }

    /// Those whom the words of a stretch name, as one part of a clause: names, pronouns, descriptions.
    pub(super) fn stand_for(&self, range: std::ops::Range<usize>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end && self.words.same_sentence(range.start, at) {
            if let Some(index) = self.names.index(at)
                && let Some(name) = self.names.nth(index)
            {
                let owner = self.words.lower(name.last + 1) == "'s" && !self.is_of_institution(name, range.end);
                if !name.modifies && !owner && name.label != Label::Place && !self.is_governed(name) {
                    found.push(index);
                }
                at = name.last;
            } else if let Some(index) = self.described(at) {
                found.push(index);
            } else if matches!(self.words.lower(at), "that" | "who" | "which" | ";") {
                break;
            }
            at += 1;
        }
        found
    }

    /// "Ukraine's air force": a body that acts for the country. Its words end before `end`.
    pub(super) fn is_of_institution(&self, name: &Name, end: usize) -> bool {
        let last = (name.last + 6).min(end);
        let body = (name.last + 2..last)
            .take_while(|at| !is_preposition(self.words.lower(*at)) && self.words.lower(*at) != ",")
            .take_while(|at| self.words.same_sentence(name.last, *at) && !self.is_verb(*at));
        name.label == Label::Country && body.into_iter().any(|at| is_institution(self.words.lower(at)))
    }

    /// Whom "he", "him", "the ambassador" at a word means.
    pub(super) fn described(&self, at: usize) -> Option<usize> {
        let word = self.words.lower(at);
        let next = self.words.after(at, 1);
        match word {
            "he" | "she" | "him" => self.names.antecedent(self.words, at),
            "her" if next.is_empty() || is_preposition(next) || matches!(next, "," | "." | "and" | "to" | "on") => {
                self.names.antecedent(self.words, at)
            }
            _ if self.words.before(at, 1) == "the" && self.names.index(at).is_none() => self.names.of_role(at, word),
            _ => None,
        }
    }

    /// The subject before a verb's group, with those joined to it by "and".
    fn plain_subject(&self, start: usize, verb: usize) -> Vec<usize> {
        let mut at = start;
        let mut shared = false;
        if let Some(end) = start.checked_sub(1).filter(|end| self.words.lower(*end) == ",") {
            match self.aside(end) {
                Aside::Name(index) => return self.with_joined(index),
                Aside::From(comma) => at = comma,
                Aside::None => {}
            }
        }
        for _ in 0..REACH {
            let Some(before) = at.checked_sub(1).filter(|i| self.words.same_sentence(*i, verb)) else { break };
            at = before;
            let word = self.words.lower(at);
            if let Some(index) = self.names.index(at) {
                let Some(name) = self.names.nth(index) else { break };
                at = name.first;
                let adjoins = name.last + 1 == verb && self.trigger_at(verb).is_some_and(|t| t.form == Form::Gerund);
                let owner = self.words.lower(name.last + 1) == "'s" && !self.is_of_institution(name, start);
                if self.is_governed(name) && !adjoins || name.modifies || name.label == Label::Place || owner {
                    continue;
                }
                // "The two leaders signed": those who last acted together.
                let both = name.span.is_none() && matches!(self.words.before(name.first, 1), "two" | "both");
                let pair = if both { self.pair(at) } else { Vec::new() };
                if !pair.is_empty() {
                    return pair;
                }
                return self.with_joined(index);
            }
            match word {
                "he" | "she" => return self.names.antecedent(self.words, at).into_iter().collect(),
                "they" | "both" | "two" => return self.pair(at),
                "it" => return self.it(at),
                "we" | "i" | "you" | "there" | "this" => break,
                // "…, and the guerrillas released": another clause with a subject of its own.
                "and" | "but" if self.words.before(at, 1) == "," => break,
                "and" | "or" | "to" => shared = true,
                "who" | "which" => {}
                _ if self.described(at).is_some() => return self.described(at).into_iter().collect(),
                // "Putin, who arrived, met Xi": the verb of another clause ends the search, one joined by "and" does not.
                _ if self.is_verb(at) || self.is_predicate(at, verb) => {
                    if !shared {
                        break;
                    }
                    shared = false;
                }
                _ if breaks_clause(word) || matches!(word, "”" | "“" | "\"" | ":") => break,
                _ => {}
            }
        }
        Vec::new()
    }

    /// What a comma at a word closes: "Imran Khan, who visited Washington, asked", "the ambassador, Nam Gwan-pyo, left".
    fn aside(&self, end: usize) -> Aside {
        let opens = (1..REACH)
            .map_while(|by| end.checked_sub(by))
            .take_while(|at| self.words.same_sentence(*at, end))
            .find(|at| self.words.lower(*at) == ",");
        let Some(comma) = opens else { return Aside::None };
        let inside = self.names.nth(self.names.index(comma + 1).unwrap_or(usize::MAX));
        if let Some(name) = inside.filter(|name| name.label == Label::Person && name.last + 1 == end) {
            return self.names.index(name.first).map_or(Aside::None, Aside::Name);
        }
        Aside::From(comma)
    }

    /// A subject with those that share its role, unless it joins another clause.
    fn with_joined(&self, index: usize) -> Vec<usize> {
        let mut all = vec![index];
        if let Some(name) = self.names.nth(index) {
            self.joined_before(name, &mut all);
        }
        all
    }

    /// The comma before what stands between two commas before a word: "the town of Tumaco, near the border, …".
    pub(super) fn aside_before(&self, start: usize) -> Option<usize> {
        let end = start.checked_sub(1).filter(|end| self.words.lower(*end) == ",")?;
        match self.aside(end) {
            Aside::From(comma) => Some(comma),
            Aside::Name(_) | Aside::None => None,
        }
    }

    /// "they", "the two": those who last acted together.
    fn pair(&self, at: usize) -> Vec<usize> {
        let here = self.words.get(at).map_or(0, |word| word.sentence);
        let near = |names: &&Vec<usize>| {
            let first = names.first().and_then(|index| self.names.nth(*index));
            let there = first.and_then(|name| self.words.get(name.first)).map_or(0, |word| word.sentence);
            first.is_some_and(|name| name.first < at) && here <= there + 2
        };
        self.together.as_ref().filter(near).cloned().unwrap_or_default()
    }

    /// "Ukraine's air force said it had shot down": the one who says so.
    fn it(&self, at: usize) -> Vec<usize> {
        let says = (1..3).filter_map(|by| at.checked_sub(by)).find(|i| is_reporting(self.words.lower(*i)));
        says.filter(|i| self.words.same_sentence(*i, at)).map_or_else(Vec::new, |says| self.plain_subject(says, says))
    }

    /// The first free name of the sentence: the subject of a detached gerund without another verb.
    fn first_subject(&self, gerund: usize) -> Vec<usize> {
        let Some(sentence) = self.words.sentence_of(gerund) else { return Vec::new() };
        let names = self.names.within(sentence.words.start..gerund);
        let free = |name: &&Name| !name.modifies && name.label != Label::Place && !self.is_governed(name);
        names.iter().find(free).and_then(|name| self.names.index(name.first)).into_iter().collect()
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
                || language().happenings.predicates.contains(word)
        };
        (is_be(word) || is_have(word) || is_modal(word))
            && word != "to"
            && !(at + 1..verb).all(|i| auxiliary(i) || self.words.lower(i) == "to")
    }

    /// Whether a preposition governs the noun phrase of a name: "with the West", "in central Wuhan".
    pub(super) fn is_governed(&self, name: &Name) -> bool {
        let mut at = name.first;
        for _ in 0..5 {
            let Some(before) = at.checked_sub(1).filter(|i| self.words.same_sentence(*i, name.first)) else {
                return false;
            };
            at = before;
            let word = self.words.lower(at);
            // These begin a clause more often than a phrase: "as he", "after Xi".
            let conjunction = language().grammar.clause_prepositions.contains(word);
            // "Secretary of State Antony Blinken"
            if word == "of" && is_title(self.words, at.saturating_sub(1)) && name.label == Label::Person {
                continue;
            }
            if is_preposition(word) || word == "to" {
                // "thousands of people", "a group of protesters"
                if word == "of" && is_amount(self.words.before(at, 1)) {
                    continue;
                }
                // "the foreign ministers of China, Russia and Iran"
                let acts = word == "of" && is_spoken_for(self.words.before(at, 1)) && name.label == Label::Country;
                return !conjunction && !acts;
            }
            // "In Antwerp, Belgian police": the place opens the sentence.
            let fronted = word == ","
                && !name.is_place
                && name.label != Label::Place
                && at.checked_sub(1).and_then(|i| self.names.nth(self.names.index(i)?)).is_some_and(|n| n.is_place);
            if fronted {
                return false;
            }
            let joined =
                matches!(word, "and" | ",") && at.checked_sub(1).is_some_and(|i| self.names.index(i).is_some());
            let inside =
                joined || is_determiner(word) || belongs_to_a_name(self.words, at) || self.names.index(at).is_some();
            if !inside {
                return false;
            }
        }
        false
    }

    /// "Xi and Putin", "South Korea and the United States": those before a name that share its role.
    fn joined_before(&self, name: &Name, all: &mut Vec<usize>) {
        let mut first = name.first;
        for _ in 0..6 {
            // A title may stand between: "Xi and Russian President Putin".
            let mut at = first;
            while at > 0
                && (belongs_to_a_name(self.words, at - 1)
                    || matches!(self.words.lower(at - 1), "the" | "his" | "her" | "its")
                    // "his counterpart, Hakan Fidan"
                    || at == first && self.words.lower(at - 1) == "," && at > 1 && is_office(self.words, at - 2))
                && self.names.get(at - 1).is_none_or(|n| n.modifies)
                && first - at < 6
            {
                at -= 1;
            }
            let join = self.words.before(at, 1);
            let apart = usize::from(join == "and" && self.words.before(at, 2) == ",");
            let Some(before) = at.checked_sub(2 + apart).filter(|_| matches!(join, "and" | ",")) else { return };
            let Some(index) = self.names.index(before).filter(|_| self.words.same_sentence(before, first)) else {
                return;
            };
            let Some(other) = self.names.nth(index).filter(|n| n.label == name.label && !n.modifies) else { return };
            // "Biden phoned Macron, and Johnson left": the object of another verb.
            let object = other.first.checked_sub(1).is_some_and(|at| self.is_verb(at));
            if self.is_governed(other) || object {
                return;
            }
            all.push(index);
            first = other.first;
        }
    }
}

/// How many or in what form those behind "of" come: the phrase is theirs.
fn is_amount(word: &str) -> bool {
    language().numbers.amounts.contains(word)
}

/// Those who act for their countries.
fn is_spoken_for(word: &str) -> bool {
    language().people.speaking_for_countries.contains(word)
}

/// A title in small letters, with which a description ends.
fn is_office(words: &Words<'_>, at: usize) -> bool {
    is_title(words, at) && words.get(at).is_some_and(Word::is_small)
}

/// What stands between two commas before a verb.
enum Aside {
    /// The name of whom the words before describe.
    Name(usize),
    /// Something that parts the verb from its subject, from this comma on.
    From(usize),
    None,
}

/// Words that part a gerund from the verb whose subject it shares.
fn is_detached(word: &str) -> bool {
    language().grammar.gerund_leads.contains(word)
}

/// Words other than triggers that an infinitive depends on.
fn governs_infinitive(word: &str) -> bool {
    language().happenings.infinitive_leads.contains(word)
}
