//! Polarity and modality: whether a trigger is said to happen, is planned, or is only thought of.

use super::frame::Scene;
use super::grammar::{is_adverb, is_be, is_determiner, is_have, is_preposition};
use super::triggers::{Trigger, light_verb};
use super::words::Words;
use crate::project::{Modality, Plover, Polarity};
use crate::text::language::language;

impl Scene<'_, '_> {
    /// Polarity and modality of the trigger at an index.
    pub(crate) fn reality(&self, index: usize) -> (Polarity, Modality) {
        let Some(trigger) = self.triggers.get(index) else { return Default::default() };
        if !trigger.is_noun() {
            return self.of_verb(trigger.first, DEPTH);
        }
        let (polarity, modality) = of_noun(self.words, trigger.first);
        let lends = |verb: &usize| {
            let to = index.saturating_sub(2)..index + 3;
            to.into_iter().any(|other| {
                self.meanings.get(other).is_some_and(|meaning| meaning.one_with == Some(index))
                    && self.triggers.get(other).is_some_and(|other| other.first == *verb)
            })
        };
        let before = self.verb_before(trigger.first);
        match light_verb(self.words, trigger).or(before.filter(lends)) {
            Some(verb) if polarity == Polarity::Positive => {
                let (verbal, how) = self.of_verb(verb, DEPTH);
                (verbal, if modality == Modality::Asserted { how } else { modality })
            }
            None if polarity == Polarity::Positive && modality == Modality::Asserted => {
                (polarity, self.wanted(trigger).unwrap_or(modality))
            }
            _ => (polarity, modality),
        }
    }

    /// What is asked for, threatened with, promised: "demanded his release", "pledged aid".
    fn wanted(&self, noun: &Trigger) -> Option<Modality> {
        let verb = self.verb_before(noun.first)?;
        let trigger = self.trigger_at(verb)?;
        let plain = (trigger.last + 1..noun.first).all(|at| {
            let word = self.words.lower(at);
            !is_preposition(word) && word != "," && word != "and" || matches!(word, "of" | "for" | "in" | "further")
        });
        if !plain || noun.first - trigger.last > 9 {
            return None;
        }
        let index = self.triggers.iter().position(|other| other.first == verb)?;
        match self.plover(index) {
            Some(Plover::Request | Plover::Threaten) => Some(Modality::Possible),
            Some(Plover::Agree) if trigger.entry.lemma != "agree" => Some(Modality::Planned),
            _ if trigger.entry.lemma == "order" => Some(Modality::Planned),
            _ => None,
        }
    }

    /// Polarity and modality of the verb at a word.
    fn of_verb(&self, at: usize, depth: usize) -> (Polarity, Modality) {
        let reality = &language().reality;
        let words = self.words;
        let mut polarity = Polarity::Positive;
        let mut modality = Modality::Asserted;
        let mut by = 1;
        while by < 8 {
            let word = words.before(at, by);
            match word {
                _ if reality.negations.contains(word) => polarity = Polarity::Negative,
                "won't" | "wouldn't" => (polarity, modality) = (Polarity::Negative, Modality::Planned),
                _ if reality.cannot.contains(word) => (polarity, modality) = (Polarity::Negative, Modality::Possible),
                _ if reality.denying.contains(word) && by <= 2 => polarity = Polarity::Negative,
                _ if reality.future_modals.contains(word) => modality = Modality::Planned,
                _ if reality.possible_modals.contains(word) => modality = Modality::Possible,
                "to" if by == 1 || modality == Modality::Asserted => {
                    let to = at.saturating_sub(by);
                    let (wanted, how) = infinitive(words, to).unwrap_or_else(|| self.infinitive(to, depth));
                    if wanted == Polarity::Negative {
                        polarity = wanted;
                    }
                    modality = how;
                    break;
                }
                _ if is_be(word)
                    || is_have(word)
                    || is_adverb(word)
                    || matches!(word, "do" | "does" | "did" | "longer") => {}
                _ => break,
            }
            by += 1;
        }
        // "arrested nobody", "Nobody was killed"
        let none = |word: &str| reality.nobody.contains(word);
        let no_one = |by: usize, word: &str| word == "no" && words.after(at, by + 1) == "one";
        if none(words.after(at, 1)) || no_one(1, words.after(at, 1)) || none(words.before(at, by)) {
            polarity = Polarity::Negative;
        }
        if words.before(at, by) == "one" && words.before(at, by + 1) == "no" {
            polarity = Polarity::Negative;
        }
        // "did not shell or arrest"
        let joined = matches!(words.before(at, by), "or" | "nor");
        if let Some(depth) = depth.checked_sub(1).filter(|_| joined)
            && let Some(parallel) = self.verb_before(at)
            && self.of_verb(parallel, depth).0 == Polarity::Negative
        {
            polarity = Polarity::Negative;
        }
        if is_refuted(words, at) {
            polarity = Polarity::Negative;
        }
        // "No group has claimed it."
        let nobody = (by..by + 3).map(|by| words.before(at, by)).take_while(|word| !is_preposition(word));
        if nobody.into_iter().take_while(|word| !matches!(*word, "," | "and" | "but" | "")).any(|word| word == "no") {
            polarity = Polarity::Negative;
        }
        let on_condition = modality == Modality::Planned && depends_on_a_condition(words, at);
        if on_condition || modality != Modality::Planned && is_conditional(words, at) {
            modality = Modality::Possible;
        }
        (polarity, modality)
    }

    /// What the happening on which an infinitive depends says of it: "deployed helicopters to search" is as real as
    /// the deployment.
    fn infinitive(&self, to: usize, depth: usize) -> (Polarity, Modality) {
        let governor = self.governor(to).filter(|at| self.is_verb(*at));
        let index = governor.and_then(|at| self.triggers.iter().position(|trigger| trigger.first == at));
        let sign = sign(matches!(self.words.before(to, 1), "not" | "never"));
        match index.map(|index| self.plover(index)) {
            None | Some(Some(Plover::Request | Plover::Threaten | Plover::Accuse)) => (sign, Modality::Possible),
            Some(Some(Plover::Agree)) => (sign, Modality::Planned),
            Some(Some(Plover::Reject)) => (Polarity::Negative, Modality::Asserted),
            Some(_) => match (governor, depth.checked_sub(1)) {
                (Some(governor), Some(depth)) => (sign, self.of_verb(governor, depth).1),
                _ => (sign, Modality::Possible),
            },
        }
    }
}

/// Whether what a verb tells is said not to be so: "denied that it bombed", "no evidence that it bombed", "rejected claims
/// that it bombed", "neither side attacked", "neither the army nor the rebels attacked".
fn is_refuted(words: &Words<'_>, at: usize) -> bool {
    let reality = &language().reality;
    for by in 1..10 {
        match words.before(at, by) {
            "that" => {
                let before: [&str; 3] = std::array::from_fn(|back| words.before(at, by + 1 + back));
                let claim = |word: &str| reality.claims.contains(word);
                let denies = |word: &str| reality.denials.contains(word);
                let proof = |word: &str| reality.proofs.contains(word);
                let [last, second, third] = before;
                return denies(last)
                    || claim(last) && (denies(second) || denies(third))
                    || proof(last) && (second == "no" || third == "no");
            }
            "neither" => return true,
            "" | ";" | "said" | "but" => return false,
            _ => {}
        }
    }
    false
}

/// How many infinitives are gone through.
const DEPTH: usize = 3;

/// What the word before "to" says of the verb behind it.
fn infinitive(words: &Words<'_>, to: usize) -> Option<(Polarity, Modality)> {
    let reality = &language().reality;
    let negated = matches!(words.before(to, 1), "not" | "never");
    for by in 1..5 {
        let word = words.before(to, by);
        match word {
            _ if reality.planned_infinitives.contains(word) => {
                return Some((sign(negated), Modality::Planned));
            }
            _ if reality.real_infinitives.contains(word) => {
                return Some((sign(negated), Modality::Asserted));
            }
            "first" | "last" | "how" if by == 1 => return Some((sign(negated), Modality::Asserted)),
            _ if reality.failed_infinitives.contains(word) => {
                return Some((Polarity::Negative, Modality::Asserted));
            }
            "" | "," | ";" => break,
            _ => {}
        }
    }
    None
}

fn sign(negated: bool) -> Polarity {
    if negated { Polarity::Negative } else { Polarity::Positive }
}

/// Whether an "if" governs the clause.
fn is_conditional(words: &Words<'_>, at: usize) -> bool {
    for by in 1..9 {
        match words.before(at, by) {
            "if" | "unless" | "whether" => return true,
            "" | "," | ";" | "that" => return false,
            _ => {}
        }
    }
    false
}

/// "If they attack, we will leave", "offered to talk if they leave": what is to come only if something else does.
fn depends_on_a_condition(words: &Words<'_>, at: usize) -> bool {
    let Some(sentence) = words.sentence_of(at) else { return false };
    let opens = matches!(words.lower(sentence.words.start), "if" | "unless");
    let later = (at + 1..sentence.words.end).take_while(|i| !matches!(words.lower(*i), ";" | "said" | "says"));
    opens || later.into_iter().any(|i| matches!(words.lower(i), "if" | "unless") && words.before(i, 1) != "even")
}

fn of_noun(words: &Words<'_>, at: usize) -> (Polarity, Modality) {
    let reality = &language().reality;
    let mut modality = Modality::Asserted;
    for by in 1..6 {
        let word = words.before(at, by);
        match word {
            _ if reality.noun_negations.contains(word) && (by <= 3 || word.starts_with("deni")) => {
                return (Polarity::Negative, modality);
            }
            _ if reality.possible_nouns.contains(word) => {
                return (Polarity::Positive, Modality::Possible);
            }
            _ if reality.planned_nouns.contains(word) => {
                modality = Modality::Planned;
            }
            _ if reality.feared_prepositions.contains(word) => {
                let governor = words.before(at, by + 1);
                let feared = reality.feared.contains(governor);
                if feared {
                    return (Polarity::Positive, Modality::Possible);
                }
            }
            _ if reality.fearing.contains(word) => {
                return (Polarity::Positive, Modality::Possible);
            }
            "" | "," | ";" | "'s" => break,
            _ if is_determiner(word) => {}
            _ => {}
        }
    }
    (Polarity::Positive, modality)
}
