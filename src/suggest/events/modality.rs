//! Polarity and modality: whether a trigger is said to happen, is planned, or is only thought of.

use super::grammar::{is_adverb, is_be, is_determiner, is_have, is_light_verb, is_preposition};
use super::triggers::Trigger;
use super::words::Words;
use crate::project::{Modality, Polarity};

/// Polarity and modality of a trigger.
pub(crate) fn reality(words: &Words<'_>, trigger: &Trigger) -> (Polarity, Modality) {
    if !trigger.is_noun() {
        return of_verb(words, trigger.first);
    }
    let (polarity, modality) = of_noun(words, trigger.first);
    match light_verb(words, trigger) {
        Some(verb) if polarity == Polarity::Positive => {
            let (verbal, how) = of_verb(words, verb);
            (verbal, if modality == Modality::Asserted { how } else { modality })
        }
        _ => (polarity, modality),
    }
}

/// The verb that lends an event noun its subject: "held" of "held talks".
pub(crate) fn light_verb(words: &Words<'_>, trigger: &Trigger) -> Option<usize> {
    for by in 1..6 {
        let word = words.before(trigger.first, by);
        if is_light_verb(word) {
            // "has met" is no light verb, "has talks" is.
            return trigger.first.checked_sub(by);
        }
        if is_preposition(word) || matches!(word, "" | "," | "and" | "that" | ";" | "'s") {
            return None;
        }
    }
    None
}

fn of_verb(words: &Words<'_>, at: usize) -> (Polarity, Modality) {
    let mut polarity = Polarity::Positive;
    let mut modality = Modality::Asserted;
    let mut by = 1;
    while by < 7 {
        let word = words.before(at, by);
        match word {
            "not" | "n't" | "never" | "no" | "nor" | "neither" => polarity = Polarity::Negative,
            "didn't" | "doesn't" | "don't" | "hasn't" | "haven't" | "hadn't" | "wasn't" | "weren't" | "isn't"
            | "aren't" => {
                polarity = Polarity::Negative;
            }
            "won't" | "wouldn't" => (polarity, modality) = (Polarity::Negative, Modality::Planned),
            "can't" | "cannot" | "couldn't" => (polarity, modality) = (Polarity::Negative, Modality::Hypothetical),
            "without" | "denied" | "denies" | "denying" | "deny" if by <= 2 => polarity = Polarity::Negative,
            "will" | "would" | "shall" | "'ll" => modality = Modality::Planned,
            "may" | "might" | "could" | "should" | "must" | "can" | "'d" => modality = Modality::Hypothetical,
            "to" if by == 1 || modality == Modality::Asserted => {
                let (wanted, how) = infinitive(words, at.saturating_sub(by));
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
    if modality != Modality::Planned && is_conditional(words, at) {
        modality = Modality::Hypothetical;
    }
    (polarity, modality)
}

/// What the word before "to" says of the verb behind it.
fn infinitive(words: &Words<'_>, to: usize) -> (Polarity, Modality) {
    let negated = matches!(words.before(to, 1), "not" | "never");
    for by in 1..5 {
        let word = words.before(to, by);
        match word {
            "set" | "plan" | "plans" | "planned" | "planning" | "due" | "expected" | "scheduled" | "agreed"
            | "agree" | "ready" | "going" | "about" | "intends" | "intend" | "intended" | "vowed" | "vows"
            | "promised" | "pledged" | "preparing" | "prepared" | "poised" | "slated" | "decided" | "decides"
            | "hopes" | "hope" | "hoped" | "is" | "are" | "was" | "were" | "prepares" | "aims" | "wants" | "want"
            | "wanted" => {
                return (sign(negated), Modality::Planned);
            }
            "used" | "managed" | "able" | "helped" | "went" | "began" | "begun" | "continued" | "continues"
            | "started" | "forced" | "came" | "ordered" | "moved" | "first" | "last" | "how" | "allowed" => {
                return (sign(negated), Modality::Asserted);
            }
            "failed" | "refused" | "declined" | "refuses" | "fails" | "refusing" | "failing" | "unable" => {
                return (Polarity::Negative, Modality::Asserted);
            }
            "" | "," | ";" => break,
            _ => {}
        }
    }
    (sign(negated), Modality::Hypothetical)
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

fn of_noun(words: &Words<'_>, at: usize) -> (Polarity, Modality) {
    let mut modality = Modality::Asserted;
    for by in 1..6 {
        let word = words.before(at, by);
        match word {
            "no" | "without" | "denied" | "denies" | "denying" | "never" | "not"
                if by <= 3 || word.starts_with("deni") =>
            {
                return (Polarity::Negative, modality);
            }
            "possible" | "potential" | "feared" | "threatened" | "looming" | "imminent" | "hypothetical" | "if" => {
                return (Polarity::Positive, Modality::Hypothetical);
            }
            "planned" | "upcoming" | "scheduled" | "forthcoming" | "proposed" | "future" => {
                modality = Modality::Planned;
            }
            "of" | "about" | "against" | "for" | "an" | "over" => {
                let governor = words.before(at, by + 1);
                let feared = matches!(
                    governor,
                    "warn"
                        | "warned"
                        | "warning"
                        | "warnings"
                        | "warns"
                        | "threat"
                        | "threats"
                        | "risk"
                        | "risks"
                        | "fear"
                        | "fears"
                        | "possibility"
                        | "danger"
                        | "prospect"
                        | "chance"
                        | "prevent"
                        | "avert"
                        | "avoid"
                        | "calls"
                        | "called"
                        | "call"
                        | "calling"
                        | "demanded"
                        | "demands"
                        | "seeking"
                        | "seek"
                );
                if feared {
                    return (Polarity::Positive, Modality::Hypothetical);
                }
            }
            "prevent" | "avert" | "avoid" | "deter" | "threaten" | "threatens" | "threatening" | "fearing" => {
                return (Polarity::Positive, Modality::Hypothetical);
            }
            "" | "," | ";" | "'s" => break,
            _ if is_determiner(word) => {}
            _ => {}
        }
    }
    (Polarity::Positive, modality)
}
