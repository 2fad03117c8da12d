//! One happening, several triggers: which mentions in a text tell of the same event.

use std::collections::HashMap;

use super::frame::Frame;
use super::grammar::{is_determiner, is_preposition};
use super::names::Names;
use super::senses::Meaning;
use super::triggers::Trigger;
use super::words::Words;
use crate::project::{Modality, Plover, Polarity};
use crate::suggest::Label;
use crate::suggest::dates::DateExpression;

/// A trigger with what was read around it.
pub(crate) struct EventMention {
    pub(crate) trigger: Trigger,
    pub(crate) meaning: Meaning,
    pub(crate) frame: Frame,
    pub(crate) polarity: Polarity,
    pub(crate) modality: Modality,
    /// Index into the date expressions.
    pub(crate) date: Option<usize>,
}

/// Which person or country takes part.
type Who = (Label, usize);

/// Some triggers that tell of one happening.
struct Group {
    members: Vec<usize>,
    who: Vec<Who>,
}

/// Groups of indexes into `told`, in text order.
///
/// Two are one where the words say so ("imposed sanctions"); or where type and polarity are the same, no days stand
/// against it, both are told as equally real, and either the stem is the same and they share a participant and contradict
/// each other in none (others without a name contradict), or the same two take part, or the later is "the attack"
/// without participants of its own.
pub(crate) fn merge(
    words: &Words<'_>,
    names: &Names,
    dates: &[DateExpression],
    told: &[EventMention],
) -> Vec<Vec<usize>> {
    // How many earlier events are compared: keeps this linear.
    const REACH: usize = 12;
    let mut groups: Vec<Group> = Vec::new();
    let mut by_stem: HashMap<(&str, Option<Plover>), Vec<usize>> = HashMap::new();
    for (index, this) in told.iter().enumerate() {
        let who: Vec<Who> =
            this.frame.participants.iter().filter_map(|(_, name)| names.nth(*name).map(|name| name.who)).collect();
        let stem = (stem(words, this), this.meaning.plover);
        let same = |group: &usize| {
            let Some(group) = groups.get(*group) else { return false };
            let members = || group.members.iter().filter_map(|member| Some((*member, told.get(*member)?)));
            let said = members()
                .any(|(other, told)| this.meaning.one_with == Some(other) || told.meaning.one_with == Some(index));
            let Some((_, first)) = members().next() else { return false };
            said || is_same(words, (first, &group.who), (this, &who))
                && members().all(|(_, other)| !apart(dates, this, other))
        };
        let recent = (groups.len().saturating_sub(REACH)..groups.len()).rev();
        let of_stem = by_stem.get(&stem).map_or(&[][..], Vec::as_slice).iter().rev().take(REACH).copied();
        let found = recent.chain(of_stem).find(same);
        let group = found.unwrap_or(groups.len());
        match groups.get_mut(group) {
            Some(known) => {
                known.members.push(index);
                let fresh: Vec<Who> = who.into_iter().filter(|who| !known.who.contains(who)).collect();
                known.who.extend(fresh);
            }
            None => groups.push(Group { members: vec![index], who }),
        }
        let filed = by_stem.entry(stem).or_default();
        if filed.last() != Some(&group) {
            filed.push(group);
        }
    }
    groups.into_iter().map(|group| group.members).collect()
}

/// What verb and noun of one stem share; outside the table only the same words are of one stem.
fn stem<'w>(words: &'w Words<'_>, told: &EventMention) -> &'w str {
    match told.trigger.entry.family {
        "" => words.lower(told.trigger.first),
        family => family,
    }
}

/// Whether a later mention may tell of the same happening as an earlier.
fn is_same(words: &Words<'_>, (first, others): (&EventMention, &[Who]), (this, who): (&EventMention, &[Who])) -> bool {
    let plover = this.meaning.plover;
    let thought = |told: &EventMention| told.modality == Modality::Possible;
    if first.meaning.plover != plover || first.polarity != this.polarity || this.frame.others || first.frame.others {
        return false;
    }
    let modes = first.meaning.mode.is_none() || this.meaning.mode.is_none() || first.meaning.mode == this.meaning.mode;
    let stem_is_same = stem(words, first) == stem(words, this);
    let same_mode = first.meaning.mode.is_some() && first.meaning.mode == this.meaning.mode;
    let enough = who.len() > 1 || !who.is_empty() && same_mode;
    let equal = enough && who.len() == others.len() && who.iter().all(|who| others.contains(who));
    let equal = equal && first.modality == this.modality;
    if thought(first) || thought(this) {
        return equal && modes;
    }
    let known = is_the(words, &this.trigger) && (stem_is_same || plover.is_some() && modes);
    stem_is_same && agree(plover, who, others)
        || known && (who.is_empty() || agree(plover, who, others))
        || equal && modes && plover.is_some()
}

/// Whether both have days, and not the same.
pub(crate) fn apart(dates: &[DateExpression], a: &EventMention, b: &EventMention) -> bool {
    let days = |told: &EventMention| told.date.and_then(|date| dates.get(date));
    days(a).zip(days(b)).is_some_and(|(a, b)| a.end < b.start || b.end < a.start)
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
