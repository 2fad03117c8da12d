//! When: which of a text's date expressions tells of which happening.

use super::frame::Scene;
use super::grammar::{is_light_verb, is_reporting};
use super::morphology::Form;
use super::triggers::Trigger;
use crate::project::Plover;
use crate::text::language::language;

impl Scene<'_, '_> {
    /// For each trigger the date expression that tells when, by index.
    ///
    /// A date belongs to the happening before it in its clause, or where it opens its clause to the one behind it; those
    /// that are told as part of the same doing share it.
    pub(crate) fn dated(&self) -> Vec<Option<usize>> {
        let mut dated: Vec<Option<usize>> = vec![None; self.triggers.len()];
        for (index, date) in self.dates.iter().enumerate() {
            let (first, last) = (self.words.at(date.range.start()), self.words.before_offset(date.range.end()));
            let Some(owner) = self.owner_of_date(first, last) else { continue };
            for trigger in self.sharing(owner, first, last) {
                if let Some(slot) = dated.get_mut(trigger) {
                    *slot = slot.or(Some(index));
                }
            }
        }
        let with = |index| self.told_with(index).and_then(|other: usize| dated.get(other).copied().flatten());
        let shared: Vec<Option<usize>> = (0..dated.len()).map(with).collect();
        dated.into_iter().zip(shared).map(|(own, shared)| own.or(shared)).collect()
    }

    fn owner_of_date(&self, first: usize, last: usize) -> Option<usize> {
        let sentence = self.words.sentence_of(first)?.words.clone();
        // "Feb 4, 2022:", "BEIJING, Feb 4 (Reuters)": the dateline tells when it was written.
        let after = self.words.after(last, 1);
        if first < sentence.start + 8 && matches!(after, ":" | "(" | "—" | "–" | "-" | "|") {
            return None;
        }
        let right = self.triggers.partition_point(|trigger| trigger.first <= last);
        let behind = || self.triggers.get(right..).unwrap_or_default().iter().take_while(|t| t.first < sentence.end);
        // "Sunday's runoff", "the July election"
        let adjoining = behind().next().filter(|t| t.is_noun() && (after == "'s" || t.first == last + 1));
        if adjoining.is_some() {
            return Some(right);
        }
        let opens = matches!(self.words.before(first, 1), "" | "," | "and" | "but" | "that" | "“" | "\"" | ";");
        let free = |from: usize, to: usize| !(from..to).any(|at| parts(self.words.lower(at)));
        let left = self.triggers.partition_point(|trigger| trigger.last < first).checked_sub(1);
        let left = left.filter(|index| {
            self.triggers.get(*index).is_some_and(|t| t.first >= sentence.start && free(t.last + 1, first))
        });
        let right = || {
            // "said on Friday that it had left"
            if (1..3).any(|by| is_reporting(self.words.before(first, by))) {
                return None;
            }
            let near = || (right..).zip(behind()).take_while(|(_, trigger)| free(last + 1, trigger.first));
            let verb = near().find(|(_, trigger)| !trigger.is_noun());
            verb.or_else(|| near().next()).map(|(index, _)| index)
        };
        let leads = opens && (after == "," || self.words.before(first, 1) != ",");
        if leads { right().or(left) } else { left.or_else(right) }
    }

    /// The triggers that share the date of one: its noun or verb, those joined to it.
    fn sharing(&self, owner: usize, first: usize, last: usize) -> Vec<usize> {
        let mut all = vec![owner];
        let Some(trigger) = self.triggers.get(owner) else { return all };
        let mut head = owner;
        if trigger.is_noun()
            && trigger.last < first
            && !self.is_held(trigger, first)
            && let Some(verb) = self.verb_of_noun(trigger)
        {
            all.push(verb);
            head = verb;
        }
        // "was abducted and killed on Friday", "attacked a village, killing 12, on Friday"
        while let Some(before) = self.joined_to(head) {
            all.push(before);
            head = before;
        }
        let Some(verb) = self.triggers.get(head) else { return all };
        let speaks = matches!(
            self.plover(head),
            Some(Plover::Agree | Plover::Request | Plover::Threaten | Plover::Reject | Plover::Accuse)
        );
        let purpose = |t: &Trigger| !speaks && self.words.before(t.first, 1) == "to" && t.first == last + 2;
        let later = self.triggers.iter().enumerate().skip(owner + 1);
        let later = later.take_while(|(_, t)| self.words.same_sentence(t.first, verb.first));
        // "held talks": the verb only lends its subject.
        let lends = is_light_verb(self.words.lower(verb.first));
        let object = |t: &Trigger| lends && t.is_noun() && self.verb_of_noun(t) == Some(head);
        all.extend(later.filter(|(_, t)| purpose(t) || object(t)).map(|(index, _)| index));
        all.extend(self.put_off(verb, first));
        all
    }

    /// What a verb gives another day: "the talks have been postponed until Monday", "delayed the vote to Friday". Of what
    /// stands before a passive the first is its head.
    fn put_off(&self, verb: &Trigger, day: usize) -> Option<usize> {
        let until = [self.words.before(day, 1), self.words.lower(day)];
        let until = until.into_iter().any(|word| matches!(word, "until" | "till" | "to"));
        if !until || !language().calendar.putting_off.contains(self.words.lower(verb.first)) {
            return None;
        }
        let sentence = self.words.sentence_of(verb.first).map_or(verb.first, |sentence| sentence.words.start);
        let within = if verb.passive { sentence..verb.first } else { verb.last + 1..day };
        let from = self.triggers.partition_point(|trigger| trigger.first < within.start);
        let mut inside = self.triggers.iter().enumerate().skip(from).take_while(|(_, t)| within.contains(&t.first));
        inside.find(|(_, trigger)| trigger.is_noun()).map(|(index, _)| index)
    }

    /// "the election held on Friday": the words between date the noun alone.
    fn is_held(&self, noun: &Trigger, first: usize) -> bool {
        (noun.last + 1..first).any(|at| language().calendar.holding.contains(self.words.lower(at)))
    }

    /// The verb in whose clause an event noun stands behind it: "imposed sanctions on Monday".
    fn verb_of_noun(&self, noun: &Trigger) -> Option<usize> {
        let verb = self.verb_before(noun.first)?;
        let between = verb + 1..noun.first;
        let index = self.triggers.iter().position(|t| t.first == verb)?;
        let feared = self.plover(index) == Some(Plover::Threaten);
        let free = !between.clone().any(|at| parts(self.words.lower(at)) || self.words.lower(at) == ",");
        (free && !feared).then_some(index)
    }

    /// The verb that one shares its subject with: joined by "and" or as a participle.
    fn joined_to(&self, index: usize) -> Option<usize> {
        let trigger = self.triggers.get(index).filter(|trigger| !trigger.is_noun())?;
        let start = self.group_start(trigger.first);
        let before = self.words.before(start, 1);
        let participle = trigger.form == Form::Gerund && before == ",";
        if !participle && before != "and" {
            return None;
        }
        let verb = self.verb_before(start)?;
        let between = verb + 1..start.saturating_sub(1);
        let free = between.into_iter().all(|at| !parts(self.words.lower(at)));
        self.triggers.iter().position(|t| t.first == verb).filter(|_| free)
    }
}

/// Words that part what happens on one side from what stands on the other.
pub(super) fn parts(word: &str) -> bool {
    is_reporting(word) || language().calendar.date_borders.contains(word)
}
