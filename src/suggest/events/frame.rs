//! The frame of a happening: who does it, to whom and where, read off the words around its trigger.

use super::grammar::{breaks_clause, is_be, is_determiner, is_have, is_modal, is_preposition, is_reporting};
use super::morphology::Form;
use super::names::{Name, Names, belongs_to_a_name, is_title};
use super::senses::Meaning;
use super::triggers::{Trigger, light_verb};
use super::words::Words;
use crate::project::{Plover, Role};
use crate::suggest::Label;
use crate::suggest::dates::DateExpression;
use crate::text::language::language;

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

    fn add_all(&mut self, role: Role, names: Vec<usize>) {
        names.into_iter().for_each(|name| self.add(role, name));
    }

    fn of_role(&self, role: Role) -> Vec<usize> {
        self.participants.iter().filter(|(known, _)| *known == role).map(|(_, name)| *name).collect()
    }
}

/// What the frame rules look at, and what they have read so far.
pub(crate) struct Scene<'a, 't> {
    pub(crate) words: &'a Words<'t>,
    pub(crate) names: &'a Names,
    pub(crate) triggers: &'a [Trigger],
    pub(crate) meanings: &'a [Meaning],
    pub(crate) dates: &'a [DateExpression],
    /// For each word the index of the trigger that begins there.
    at: Vec<Option<usize>>,
    /// The frames of the triggers so far.
    frames: Vec<Frame>,
    /// Those who last acted together.
    pub(super) together: Option<Vec<usize>>,
}

impl<'a, 't> Scene<'a, 't> {
    pub(crate) fn new(
        words: &'a Words<'t>,
        names: &'a Names,
        triggers: &'a [Trigger],
        meanings: &'a [Meaning],
        dates: &'a [DateExpression],
    ) -> Self {
        let mut at = vec![None; words.len()];
        for (index, trigger) in triggers.iter().enumerate() {
            if let Some(slot) = at.get_mut(trigger.first) {
                *slot = Some(index);
            }
        }
        Self { words, names, triggers, meanings, dates, at, frames: Vec::with_capacity(triggers.len()), together: None }
    }

    /// The frames of all triggers, in their order.
    pub(crate) fn frames(mut self) -> Vec<Frame> {
        for index in 0..self.triggers.len() {
            let frame = self.frame(index);
            let actors = frame.of_role(Role::Actor);
            if actors.len() > 1 {
                self.together = Some(actors);
            }
            self.frames.push(frame);
        }
        for index in 0..self.triggers.len() {
            let place = self.told_with(index).and_then(|other| self.frames.get(other)?.place);
            if let Some(frame) = self.frames.get_mut(index) {
                frame.place = frame.place.or(place);
            }
        }
        self.frames
    }

    fn frame(&self, index: usize) -> Frame {
        let mut frame = Frame::default();
        let Some(trigger) = self.triggers.get(index) else { return frame };
        let plover = self.plover(index);
        let subject_role = if trigger.passive { Role::Recipient } else { Role::Actor };
        if trigger.is_noun() {
            self.owner(trigger, &mut frame);
            if let Some(verb) = light_verb(self.words, trigger) {
                frame.add_all(Role::Actor, self.subject(verb));
            }
        } else {
            frame.add_all(subject_role, self.subject(trigger.first));
        }
        let owned = !frame.participants.is_empty();
        self.behind(index, trigger, &mut frame);
        if trigger.is_noun() && !owned {
            self.borrowed(index, trigger, &mut frame);
        }
        if frame.place.is_none() && !trigger.is_noun() {
            frame.place = self.place_of_subject(trigger);
        }
        if plover == Some(Plover::Consult) {
            frame.participants.iter_mut().for_each(|(role, _)| *role = Role::Actor);
        }
        frame
    }

    /// The trigger whose clause a trigger without a place of its own belongs to: "shelled Kherson, killing four", "the
    /// quake shook Iran", "were killed when a dam broke in Sindh".
    pub(super) fn told_with(&self, index: usize) -> Option<usize> {
        let trigger = self.triggers.get(index)?;
        let next = || self.triggers.get(index + 1).filter(|next| !next.is_noun());
        if trigger.is_noun() {
            return next().filter(|next| self.group_start(next.first) == trigger.last + 1).map(|_| index + 1);
        }
        if trigger.form == Form::Gerund && matches!(self.words.before(trigger.first, 1), "," | "and") {
            let main = self.verb_before(trigger.first).and_then(|main| self.at.get(main).copied().flatten())?;
            let another = self.triggers.get(main).is_some_and(|main| main.form == Form::Gerund);
            return Some(main).filter(|_| another || self.words.before(trigger.first, 1) == ",");
        }
        let when = next().is_some_and(|next| {
            let between = trigger.last + 1..next.first;
            self.words.same_sentence(trigger.first, next.first)
                && between.clone().any(|at| self.words.lower(at) == "when")
                && !between.into_iter().any(|at| self.words.lower(at) == ",")
        });
        when.then_some(index + 1)
    }

    /// The last word of the date expression that begins at a word.
    fn date_at(&self, word: usize) -> Option<usize> {
        let start = self.words.get(word)?.range.start();
        let index = self.dates.partition_point(|date| date.range.start() < start);
        let date = self.dates.get(index).filter(|date| date.range.start() == start)?;
        Some(self.words.before_offset(date.range.end()))
    }

    pub(super) fn plover(&self, index: usize) -> Option<Plover> {
        self.meanings.get(index).and_then(|meaning| meaning.plover)
    }

    pub(super) fn trigger_at(&self, word: usize) -> Option<&Trigger> {
        self.triggers.get((*self.at.get(word)?)?)
    }

    /// Whether a verb that is a trigger begins at a word.
    pub(super) fn is_verb(&self, word: usize) -> bool {
        self.trigger_at(word).is_some_and(|trigger| !trigger.is_noun() && trigger.form != Form::Adjective)
    }

    /// "Russia's attack", "the Russian attack", "his arrest"; not "a Russia-backed attack".
    fn owner(&self, trigger: &Trigger, frame: &mut Frame) {
        let role = if is_undergone(trigger.entry.lemma) { Role::Recipient } else { Role::Actor };
        let mut at = trigger.first;
        for _ in 0..5 {
            let Some(before) = at.checked_sub(1).filter(|i| self.words.same_sentence(*i, trigger.first)) else {
                return;
            };
            at = before;
            let word = self.words.lower(at);
            if let Some(index) = self.names.index(at) {
                let Some(name) = self.names.nth(index) else { return };
                let possessive = matches!(self.words.lower(name.last + 1), "'s" | "'");
                let modifier = name.last + 1 == trigger.first && name.label == Label::Country;
                let near = name.label == Label::Country && !name.is_place;
                if (possessive || modifier || near) && name.label != Label::Place {
                    frame.add(role, index);
                }
                return;
            }
            match word {
                "its" => {
                    let before = self.names.within(self.words.sentence_of(at).map_or(at, |s| s.words.start)..at);
                    let country = before.iter().rfind(|name| name.label == Label::Country && !name.modifies);
                    return frame
                        .add_all(role, country.and_then(|name| self.names.index(name.first)).into_iter().collect());
                }
                "his" | "her" => {
                    return frame.add_all(role, self.names.antecedent(self.words, at).into_iter().collect());
                }
                "," | "and" | ";" | "that" => return,
                _ if is_preposition(word) || self.is_verb(at) || is_be(word) || is_have(word) => return,
                _ => {}
            }
        }
    }

    /// Who takes part in what a noun tells without saying so: "was heckled during a visit", "pledged aid".
    fn borrowed(&self, index: usize, trigger: &Trigger, frame: &mut Frame) {
        let later = || self.triggers.iter().skip(index + 1).find(|other| !other.is_noun()).map(|other| other.first);
        let verb = self.verb_before(trigger.first).or_else(later);
        let Some(verb) = verb.filter(|verb| self.words.same_sentence(*verb, trigger.first)) else { return };
        let ahead = verb < trigger.first;
        let Some(of_verb) = self.at.get(verb).copied().flatten() else { return };
        let nobody = Frame::default();
        let theirs = self.frames.get(of_verb).unwrap_or(&nobody);
        let alone = frame.participants.is_empty();
        let preposition = (1..5).map(|by| self.words.before(trigger.first, by)).find(|word| is_preposition(word));
        let detached = preposition.is_some_and(|word| language().happenings.detaching_prepositions.contains(word));
        let visit = self.meanings.get(index).is_some_and(|meaning| meaning.mode == Some("visit"));
        match (self.plover(index), self.plover(of_verb)) {
            (Some(Plover::Consult), _) if detached && visit && alone => frame.add_all(Role::Actor, self.subject(verb)),
            // "arrived for a summit with Modi"
            (Some(Plover::Consult), _) if detached && ahead && frame.participants.len() == 1 => {
                frame.add_all(Role::Actor, self.subject(verb));
            }
            (Some(Plover::Consult), _) if detached && alone && ahead => {
                frame.add_all(Role::Actor, theirs.participants.iter().map(|(_, name)| *name).collect());
            }
            (Some(Plover::Agree), _) if detached && alone && theirs.of_role(Role::Actor).len() > 1 => {
                frame.add_all(Role::Actor, theirs.of_role(Role::Actor));
            }
            (Some(Plover::Aid), Some(Plover::Request)) if alone => {
                frame.add_all(Role::Recipient, theirs.of_role(Role::Actor))
            }
            (Some(Plover::Consult), Some(Plover::Agree)) if ahead => {
                frame.add_all(Role::Actor, theirs.of_role(Role::Actor));
            }
            (Some(_), Some(Plover::Agree)) if alone => frame.add_all(Role::Actor, theirs.of_role(Role::Actor)),
            _ => {}
        }
    }

    /// "Workers in Zambia went on strike", "In Dhaka, students marched".
    fn place_of_subject(&self, trigger: &Trigger) -> Option<usize> {
        let mut start = self.group_start(trigger.first);
        if let Some(comma) = self.aside_before(start) {
            start = comma;
        }
        let mut apart = false;
        for by in 1..=REACH {
            let at = start.checked_sub(by).filter(|at| self.words.same_sentence(*at, start))?;
            let word = self.words.lower(at);
            if self.is_verb(at) || breaks_clause(word) || word == "to" {
                return None;
            }
            apart |= word == ",";
            let Some(index) = self.names.index(at) else { continue };
            let Some(name) = self.names.nth(index).filter(|name| is_somewhere(self.words, name)) else { continue };
            let governor = (1..7).map_while(|by| name.first.checked_sub(by)).find(|at| {
                let word = self.words.lower(*at);
                let of_side = word == "of" && is_side(self.words.before(*at, 1));
                !is_determiner(word) && !is_side(word) && !of_side && self.names.index(*at).is_none()
            })?;
            let inside = preposition_of(self.words.lower(governor)) == "in" && self.words.same_sentence(governor, at);
            // Past a comma only what opens the sentence tells where.
            if inside && (!apart || self.words.begins_sentence(governor)) {
                return Some(index);
            }
        }
        None
    }

    /// What stands behind the trigger: objects, "by", "with", "against", "in".
    fn behind(&self, index: usize, trigger: &Trigger, frame: &mut Frame) {
        let mut preposition = "";
        let mut at = trigger.last;
        let mut plain = 0;
        let mut only_place = false;
        for _ in 0..REACH {
            at += 1;
            if !self.words.same_sentence(trigger.last, at) {
                return;
            }
            if let Some(last) = self.date_at(at) {
                at = last;
                preposition = "other";
                continue;
            }
            let word = self.words.lower(at);
            if let Some(found) = self.names.index(at) {
                let Some(name) = self.names.nth(found) else { return };
                let passed = at;
                at = name.last;
                if is_reporting(self.words.after(at, 1)) {
                    return;
                }
                if !name.modifies {
                    let outskirts = preposition == "of" && is_side(self.words.before(passed, 2));
                    let preposition = if outskirts { "in" } else { preposition };
                    let owner = self.words.lower(name.last + 1) == "'s" && !self.is_of_institution(name, usize::MAX);
                    let apart = only_place || owner && preposition.is_empty() && !trigger.is_noun();
                    self.place_or_role(index, trigger, preposition, found, name, apart, frame);
                }
                plain = 0;
                continue;
            }
            if !only_place
                && !trigger.is_noun()
                && let Some(found) = self.described(at)
                && let Some(name) = self.names.nth(found)
            {
                self.place_or_role(index, trigger, preposition, found, name, only_place, frame);
                continue;
            }
            if matches!(word, "among" | "including") {
                // "officials, among them Thida Oo": one of the object, or of a passive's subject.
                (preposition, plain) = ("among", 0);
            } else if is_preposition(word) && word != "amid" && !language().grammar.clause_prepositions.contains(word) {
                preposition = preposition_of(word);
                plain = 0;
            } else if word == "and" || word == "," {
                let next = (at + 1..at + 5).find(|i| {
                    !is_determiner(self.words.lower(*i)) && !belongs_to_a_name(self.words, *i)
                        || self.names.get(*i).is_some_and(|n| !n.modifies)
                });
                let listed = matches!(self.words.after(at, 1), "among" | "including");
                // "the ambassador, Nam Gwan-pyo"
                let named = is_title(self.words, at.saturating_sub(1))
                    && self.names.get(at + 1).is_some_and(|name| name.label == Label::Person);
                let goes_on = next.is_some_and(|i| self.names.get(i).is_some() && self.words.same_sentence(at, i))
                    && (word == "and" || !preposition.is_empty());
                // Past a comma only the place is still looked for.
                only_place |= !listed && !named && !goes_on;
            } else if breaks_clause(word)
                || self.is_verb(at)
                || is_be(word)
                || is_modal(word)
                || word == "to"
                || matches!(word, "”" | "\"" | ":") && !matches!(preposition, "with" | "by")
            {
                if word != "to" || self.is_verb(at + 1) {
                    return;
                }
                preposition = "to";
            } else if self.trigger_at(at).is_some_and(|trigger| !trigger.is_noun()) {
                // "shot dead by the navy"
            } else if let Some(other) = self.at.get(at).copied().flatten() {
                // Behind another event noun stand those who take part in it.
                only_place |= self.meanings.get(index).is_none_or(|meaning| meaning.one_with != Some(other));
            } else if !is_determiner(word) && !belongs_to_a_name(self.words, at) {
                frame.others |= preposition == "with" && plain == 0;
                plain += 1;
                only_place |= plain > 3 && !matches!(word, "him" | "her" | "them" | "among" | "including");
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all that tells a place from a participant")]
    fn place_or_role(
        &self,
        index: usize,
        trigger: &Trigger,
        preposition: &str,
        found: usize,
        name: &Name,
        only_place: bool,
        frame: &mut Frame,
    ) {
        let plover = self.plover(index);
        let goes = goes_somewhere(trigger.entry.lemma);
        let there = preposition == "in" || goes && matches!(preposition, "" | "to" | "into");
        let struck = plover.is_none() && preposition.is_empty() && is_struck(trigger.entry.lemma);
        let object = goes && preposition.is_empty();
        let from = preposition == "from" && leaves(trigger.entry.lemma);
        let on = preposition == "against" && name.label == Label::Place && plover == Some(Plover::Assault);
        let there = there || from || on;
        if (there || struck) && (name.label == Label::Place || name.is_place) || name.label == Label::Place {
            if (there || struck) && (is_somewhere(self.words, name) || object) && frame.place.is_none() {
                frame.place = Some(found);
            }
            return;
        }
        if only_place && preposition != "among" || preposition == "in" {
            return;
        }
        let noun = trigger.is_noun();
        let two_sided = matches!(plover, Some(Plover::Consult | Plover::Cooperate | Plover::Agree));
        let role = match preposition {
            "among" if !noun => Some(Role::Recipient),
            "" if noun || trigger.passive => None,
            "" => Some(Role::Recipient),
            "by" if noun || trigger.passive => Some(Role::Actor),
            "with" if plover == Some(Plover::Accuse) && noun => Some(Role::Recipient),
            "with" if two_sided => Some(Role::Actor),
            "with" if plover == Some(Plover::Sanction) => Some(Role::Recipient),
            "between" if noun => Some(Role::Actor),
            "of" if noun && plover.is_some() => Some(Role::Recipient),
            "against" => Some(Role::Recipient),
            "to" | "with" if matches!(plover, Some(Plover::Accuse | Plover::Reject)) && noun => Some(Role::Recipient),
            "to" | "into" | "from"
                if plover == Some(Plover::Sanction)
                    || preposition == "to"
                        && matches!(
                            plover,
                            Some(Plover::Aid | Plover::Threaten | Plover::Request | Plover::Concede | Plover::Agree)
                        ) =>
            {
                Some(Role::Recipient)
            }
            "for" if matches!(plover, Some(Plover::Support | Plover::Aid)) => Some(Role::Recipient),
            _ => None,
        };
        if let Some(role) = role {
            frame.add(role, found);
        }
    }
}

/// A name that something may happen at, not one that owns what follows: "in Niger's" is, as part of "in Niger's north".
fn is_somewhere(words: &Words<'_>, name: &Name) -> bool {
    name.is_place && words.lower(name.last + 1) != "'s"
}

/// Verbs and nouns of going: what follows is where to.
fn goes_somewhere(lemma: &str) -> bool {
    language().happenings.going.contains(lemma)
}

/// Verbs and nouns of what is done where somebody or something is taken from.
fn leaves(lemma: &str) -> bool {
    language().happenings.leaving.contains(lemma)
}

/// What a disaster does to a place.
fn is_struck(lemma: &str) -> bool {
    language().happenings.striking.contains(lemma)
}

/// Nouns of what is done to those who own them: "his arrest".
fn is_undergone(lemma: &str) -> bool {
    language().happenings.undergone.contains(lemma)
}

/// Parts of a place: "the outskirts of Kherson", "eastern Turkey".
fn is_side(word: &str) -> bool {
    language().happenings.sides.contains(word)
}

/// Prepositions that mean the same to a frame.
fn preposition_of(word: &str) -> &'static str {
    language().happenings.prepositions.get(word).unwrap_or("other")
}
