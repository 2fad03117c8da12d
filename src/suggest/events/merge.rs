//! One happening, several triggers: which mentions in a text tell of the same event.

use std::collections::HashMap;

use super::frame::Frame;
use super::grammar::{is_determiner, is_preposition};
use super::names::Names;
use super::triggers::Trigger;
use super::words::Words;
use crate::project::{Modality, Plover, Polarity};
use crate::suggest::Label;

/// A trigger with what was read around it.
pub(crate) struct Told {
    pub(crate) trigger: Trigger,
    pub(crate) frame: Frame,
    pub(crate) polarity: Polarity,
    pub(crate) modality: Modality,
    /// Index into the date expressions.
    pub(crate) date: Option<usize>,
}

/// Which person or country takes part.
type Who = (Label, usize);

/// Groups of indexes into `told`, in text order.
///
/// Two are one where stem, type and polarity are the same, neither is only thought of, and either they share a
/// participant and contradict each other in none (others without a name contradict), or the later is "the attack" without participants of its own.
pub(crate) fn merge(words: &Words<'_>, names: &Names, told: &[Told]) -> Vec<Vec<usize>> {
    // How many earlier events of a stem are compared: keeps this linear.
    const REACH: usize = 8;
    let mut groups: Vec<(Vec<usize>, Vec<Who>)> = Vec::new();
    let mut by_stem: HashMap<(&str, Option<Plover>), Vec<usize>> = HashMap::new();
    for (index, this) in told.iter().enumerate() {
        let entry = this.trigger.entry;
        let who: Vec<Who> =
            this.frame.participants.iter().filter_map(|(_, name)| names.nth(*name).map(|name| name.who)).collect();
        let stem = match entry.family {
            // Outside the table only the same words are of one stem.
            "" => words.lower(this.trigger.first),
            family => family,
        };
        let earlier = by_stem.entry((stem, entry.plover)).or_default();
        let same = earlier.iter().rev().take(REACH).copied().find(|group| {
            let Some((members, others)) = groups.get(*group) else { return false };
            let Some(first) = members.first().and_then(|first| told.get(*first)) else { return false };
            let alike = first.polarity == this.polarity
                && first.modality != Modality::Hypothetical
                && this.modality != Modality::Hypothetical;
            alike
                && !this.frame.others
                && !first.frame.others
                && (agree(entry.plover, &who, others) || who.is_empty() && is_the(words, &this.trigger))
        });
        match same.and_then(|group| groups.get_mut(group)) {
            Some((members, others)) => {
                members.push(index);
                others.extend(who.into_iter().filter(|w| !others.contains(w)).collect::<Vec<_>>());
            }
            None => {
                earlier.push(groups.len());
                groups.push((vec![index], who));
            }
        }
    }
    groups.into_iter().map(|(members, _)| members).collect()
}

/// One set of participants is within the other, and neither is empty. Who met whom must be the same on both sides.
fn agree(plover: Option<Plover>, a: &[Who], b: &[Who]) -> bool {
    if plover == Some(Plover::Consult) && a.len() > 1 && b.len() > 1 && a.len() != b.len() {
        return false;
    }
    let within = |a: &[Who], b: &[Who]| !a.is_empty() && a.iter().all(|who| b.contains(who));
    within(a, b) || within(b, a)
}

/// "the meeting", "that brief attack": something known.
fn is_the(words: &Words<'_>, trigger: &Trigger) -> bool {
    for by in 1..6 {
        match words.before(trigger.first, by) {
            "the" | "this" | "that" | "these" => return trigger.is_noun(),
            word if word.is_empty() || is_determiner(word) || is_preposition(word) || matches!(word, "," | "and") => {
                break;
            }
            _ => {}
        }
    }
    false
}
