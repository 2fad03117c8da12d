//! Which tellings are one happening.

use std::collections::HashMap;

use text_size::TextRange;

use super::{POOL, Record, Scene, Telling};
use crate::project::{EventType, Level, Modality, Plover, Role};
use crate::suggest::Label;
use crate::suggest::events::merge::{self, EventMention};
use crate::suggest::events::parties::Party;
use crate::suggest::tagger::Candidate;
use crate::text::language::language;

/// From this probability on two groups of tellings are taken for one happening, on average over their members.
const SAME: f32 = 0.2;
/// From this probability on it is half believed of two of one type that nothing parts, so that a person is asked: of such
/// pairs a third are one in the marked sets.
const HALF: f32 = 0.15;
/// How many tellings away one is looked for that the rules make one with another: "imposed" and "sanctions".
const NEAR: usize = 3;
/// What stands for the probability that two are the same where the rules contradict it: others that are like both do not join
/// them.
const CONTRADICTED: f32 = -1.0;
/// What is left of it where the rules give them different types in different sentences.
const DIFFERENT: f32 = 0.6;
/// What is left of it where one has a name and the other is no word of that, or one only sounds like the other.
const UNNAMED: f32 = 0.3;
/// How many words behind a verb its object may begin.
const OBJECT: usize = 3;
/// So many letters of a word tell it in all its forms.
const STEM: usize = 5;
/// How many tellings are put together for standing in one sentence, and how many records of it are looked at: keeps this
/// linear in a text without full stops.
const TOGETHER: usize = 12;

impl Scene<'_, '_, '_> {
    /// Tellings of one happening together: average linkage over the probability that two are the same.
    pub(super) fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut alone: Vec<Vec<usize>> = Vec::new();
        for (index, (telling, _)) in self.tellings.iter().enumerate() {
            // The namings of one name are one event, whatever the reader says.
            let event = self.read.named_by(*telling);
            let names_it = |other: &usize| match self.tellings.get(*other) {
                Some((Telling::Named(naming), _)) => event.is_some_and(|event| event.namings.contains(naming)),
                _ => false,
            };
            match event.and_then(|_| groups.iter_mut().find(|group| group.iter().any(names_it))) {
                Some(group) => group.push(index),
                None if event.is_some() || self.worth(index) >= POOL => groups.push(vec![index]),
                None => alone.push(vec![index]),
            }
        }
        let linked = self.linked(self.ruled_together(groups));
        linked.into_iter().chain(alone).collect()
    }

    /// Groups of which the rules make one together: such tellings stand near each other.
    fn ruled_together(&self, mut groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        let mut of: HashMap<usize, usize> = HashMap::new();
        for (at, group) in groups.iter().enumerate() {
            of.extend(group.iter().map(|telling| (*telling, at)));
        }
        for first in 0..self.tellings.len() {
            for second in first + 1..=first + NEAR {
                let Some((from, to)) = of.get(&first).copied().zip(of.get(&second).copied()) else { continue };
                if from == to || !self.are_one(first, second) {
                    continue;
                }
                let moved = groups.get_mut(from).map(std::mem::take).unwrap_or_default();
                of.extend(moved.iter().map(|telling| (*telling, to)));
                groups.get_mut(to).into_iter().for_each(|group| group.extend_from_slice(&moved));
            }
        }
        groups.retain(|group| !group.is_empty());
        groups
    }

    fn linked(&self, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        // How many groups are compared with each other at once: keeps this linear in the length of a text.
        const MOST: usize = 240;
        let mut done = Vec::new();
        for groups in groups.chunks(MOST) {
            let mut groups: Vec<Option<Vec<usize>>> = groups.iter().cloned().map(Some).collect();
            let count = groups.len();
            let mut pairs = Vec::new();
            for (index, group) in groups.iter().enumerate() {
                for other in groups.iter().take(index) {
                    let members = |group: &Option<Vec<usize>>| group.clone().unwrap_or_default();
                    for a in members(group) {
                        pairs.extend(members(other).into_iter().map(|b| (a, b)));
                    }
                }
            }
            let same = self.same(&pairs);
            let mut sums = vec![0.0_f32; count * count];
            let of_candidate = |candidate: usize, groups: &[Option<Vec<usize>>]| {
                groups.iter().position(|group| group.as_ref().is_some_and(|group| group.contains(&candidate)))
            };
            for ((a, b), same) in pairs.iter().zip(same) {
                let (Some(a), Some(b)) = (of_candidate(*a, &groups), of_candidate(*b, &groups)) else { continue };
                for at in [a * count + b, b * count + a] {
                    if let Some(sum) = sums.get_mut(at) {
                        *sum += same;
                    }
                }
            }
            loop {
                let size = |group: &Option<Vec<usize>>| group.as_ref().map_or(0, Vec::len);
                let mut best: Option<(f32, usize, usize)> = None;
                for (a, first) in groups.iter().enumerate() {
                    for (b, second) in groups.iter().enumerate().take(a) {
                        let members = size(first) * size(second);
                        if members == 0 {
                            continue;
                        }
                        let mean = sums.get(a * count + b).copied().unwrap_or(0.0) / members as f32;
                        if mean >= SAME && best.is_none_or(|(known, ..)| mean > known) {
                            best = Some((mean, a, b));
                        }
                    }
                }
                let Some((_, from, to)) = best else { break };
                let moved = groups.get_mut(from).and_then(Option::take).unwrap_or_default();
                if let Some(Some(group)) = groups.get_mut(to) {
                    group.extend(moved);
                }
                for other in 0..count {
                    let more = sums.get(from * count + other).copied().unwrap_or(0.0);
                    for at in [to * count + other, other * count + to] {
                        if let Some(sum) = sums.get_mut(at) {
                            *sum += more;
                        }
                    }
                }
            }
            done.extend(groups.into_iter().flatten());
        }
        done
    }

    /// How likely two tellings are of one happening, by reader and rules.
    fn same(&self, pairs: &[(usize, usize)]) -> Vec<f32> {
        let judged = |((a, b), same): (&(usize, usize), f32)| {
            let same = if self.names_another(*a, *b) || self.sounds(*a, *b) { same * UNNAMED } else { same };
            let same = if self.contradict(*a, *b) { CONTRADICTED } else { same };
            if self.differ(*a, *b) { same * DIFFERENT } else { same }
        };
        pairs.iter().zip(self.reading.same(pairs)).map(judged).collect()
    }

    /// Says of each record that is kept which one before it may be the same: the likeliest, from the probability on at
    /// which that is half believed.
    pub(super) fn note_alike(&self, records: &mut [(Vec<usize>, Record)]) {
        // How many records before it one is compared with: keeps this linear in the length of a text.
        const MOST: usize = 40;
        let kept: Vec<usize> =
            (0..records.len()).filter(|at| records.get(*at).is_some_and(|(_, r)| r.level <= Level::Kept)).collect();
        for (place, at) in kept.iter().enumerate() {
            let Some((group, record)) = records.get(*at) else { continue };
            let mut likeliest: Option<(f32, TextRange)> = None;
            for other in kept.iter().take(place).rev().take(MOST) {
                let Some((others, _)) = records.get(*other).filter(|(_, other)| may_be_one(record, other)) else {
                    continue;
                };
                let pairs: Vec<_> = group.iter().flat_map(|a| others.iter().map(|b| (*a, *b))).collect();
                let same = self.same(&pairs);
                let mean = same.iter().sum::<f32>() / same.len().max(1) as f32;
                let told = others.iter().max_by(|a, b| self.worth(**a).total_cmp(&self.worth(**b)));
                let range = told.and_then(|told| self.tellings.get(*told)).map(|(_, range)| *range);
                if mean >= HALF && likeliest.is_none_or(|(known, _)| mean > known) {
                    likeliest = range.map(|range| (mean, range)).or(likeliest);
                }
            }
            if let Some((_, record)) = records.get_mut(*at) {
                record.alike = likeliest.map(|(_, range)| range);
            }
        }
    }

    /// The records of the groups, where what one sentence tells twice of somebody is one: "will hold a meeting … hosts".
    pub(super) fn told_at_once(&self, groups: Vec<Vec<usize>>) -> Vec<(Vec<usize>, Record)> {
        let mut done: Vec<(Vec<usize>, Record)> = Vec::with_capacity(groups.len());
        // For each sentence the kept records with a telling in it.
        let mut told_in: HashMap<usize, Vec<usize>> = HashMap::new();
        for mut group in groups {
            let record = self.record(&group);
            let sentences = |group: &[usize]| -> Vec<usize> {
                let candidates = group.iter().filter_map(|member| self.candidates.get(*member));
                candidates.map(|candidate| candidate.sentence).collect()
            };
            let near =
                |at: usize| told_in.get(&at).into_iter().flat_map(|list| list.iter().rev().take(TOGETHER)).copied();
            let fits = |at: &usize| {
                done.get(*at).is_some_and(|(members, other)| {
                    members.len() + group.len() <= TOGETHER && is_one_doing(other, &record)
                })
            };
            let known = if record.level <= Level::Kept {
                sentences(&group).into_iter().flat_map(near).find(fits)
            } else {
                None
            };
            let at = match known.and_then(|at| Some((at, done.get_mut(at)?))) {
                Some((at, (members, other))) => {
                    members.append(&mut group);
                    *other = self.record(members);
                    at
                }
                None => {
                    done.push((group, record));
                    done.len() - 1
                }
            };
            let Some((members, _)) = done.get(at).filter(|(_, record)| record.level <= Level::Kept) else { continue };
            for sentence in sentences(members) {
                let list = told_in.entry(sentence).or_default();
                if !list.contains(&at) {
                    list.push(at);
                }
            }
        }
        done
    }

    /// Whether one of two tellings of different sentences only sounds like what the other is: "beat them 2-0" and "shot at
    /// them".
    fn sounds(&self, a: usize, b: usize) -> bool {
        let sentence = |at: usize| self.candidates.get(at).map(|candidate| candidate.sentence);
        let (Some(first), Some(second)) = (self.told(a), self.told(b)) else { return false };
        let sounds = |a: &EventMention, b: &EventMention| a.meaning.elsewhere && b.meaning.plover.is_some();
        sentence(a) != sentence(b) && (sounds(first, second) || sounds(second, first))
    }

    /// Whether two tellings of different sentences are of different types by the rules.
    fn differ(&self, a: usize, b: usize) -> bool {
        let (Some(first), Some(second)) = (self.candidates.get(a), self.candidates.get(b)) else { return false };
        let typed = |candidate: &Candidate| (1..=16).contains(&candidate.told);
        first.sentence != second.sentence && first.told != second.told && typed(first) && typed(second)
    }

    /// Whether one telling is the name of something and the other no word of it.
    fn names_another(&self, a: usize, b: usize) -> bool {
        let named = |at: usize| self.tellings.get(at).and_then(|(telling, _)| self.read.named_by(*telling));
        let (event, told) = match (named(a), named(b)) {
            (Some(event), None) => (event, b),
            (None, Some(event)) => (event, a),
            _ => return false,
        };
        let said = self.tellings.get(told).map_or("", |(_, range)| self.read.document.slice(*range)).to_lowercase();
        let stem = said.get(..said.floor_char_boundary(STEM)).unwrap_or_default();
        !event.name.to_lowercase().split_whitespace().any(|word| word.starts_with(stem))
    }

    /// Whether the rules say of two tellings that one lends the other its subject.
    fn are_one(&self, a: usize, b: usize) -> bool {
        let told = |at: usize| match self.tellings.get(at)?.0 {
            Telling::Told(index) => Some((index, self.read.told.get(index)?.meaning.one_with)),
            Telling::Named(_) => None,
        };
        match (told(a), told(b)) {
            (Some((a, with_a)), Some((b, with_b))) => with_a == Some(b) || with_b == Some(a),
            (Some(_), None) => self.begins(a, b),
            (None, Some(_)) => self.begins(b, a),
            (None, None) => false,
        }
    }

    /// "kicks off the Winter Olympics", "attend the Winter Olympics": whether a verb says of a name behind it that it begins,
    /// goes on or ends, or who is there.
    fn begins(&self, verb: usize, name: usize) -> bool {
        let Some((told, naming)) = self.told(verb).zip(self.naming(name)) else { return false };
        let behind = naming.first.checked_sub(told.trigger.last).is_some_and(|by| (1..=OBJECT).contains(&by));
        behind && language().grammar.aspect_verbs.contains(told.trigger.entry.lemma)
    }

    /// Whether the rules say of two tellings that others did it, or on other days, one of them to come, or that they have
    /// names of their own.
    fn contradict(&self, a: usize, b: usize) -> bool {
        let named = |at: usize| self.tellings.get(at).and_then(|(telling, _)| self.read.named_by(*telling));
        if let Some((a, b)) = named(a).zip(named(b)) {
            return !std::ptr::eq(a, b);
        }
        let (Some(a), Some(b)) = (self.told(a), self.told(b)) else { return false };
        let actors = |told: &EventMention| -> Vec<(Label, usize)> {
            let of_role = told.frame.participants.iter().filter(|(role, _)| *role == Role::Actor);
            of_role.filter_map(|(_, name)| self.read.names.nth(*name)).map(|name| name.who).collect()
        };
        let known = |who: &(Label, usize)| matches!(who.0, Label::Person | Label::Country);
        let (first, second) = (actors(a), actors(b));
        let apart = !first.is_empty()
            && !second.is_empty()
            && first.iter().chain(&second).all(known)
            && !first.iter().any(|who| second.contains(who))
            && a.meaning.plover != Some(Plover::Consult);
        let planned = |told: &EventMention| told.modality == Modality::Planned;
        let to_come = planned(a) != planned(b) && a.date != b.date;
        apart || to_come || merge::apart(self.read.dates, a, b)
    }
}

/// Whether two records are of one type and share somebody who takes part, or one says nobody.
fn may_be_one(a: &Record, b: &Record) -> bool {
    let names = |record: &Record| record.parties.iter().map(|(_, who)| who.party.name.clone()).collect::<Vec<_>>();
    let (first, second) = (names(a), names(b));
    let shared = first.iter().any(|name| second.contains(name));
    a.kind == b.kind && (shared || first.is_empty() || second.is_empty())
}

/// Whether two records of one sentence are of one PLOVER type, by one actor, and not of different days.
fn is_one_doing(a: &Record, b: &Record) -> bool {
    let actors = |record: &Record| -> Vec<Party> {
        record.parties.iter().filter(|(role, _)| *role == Role::Actor).map(|(_, who)| who.party.clone()).collect()
    };
    let shared = || {
        let others = actors(b);
        actors(a).iter().any(|party| others.contains(party))
    };
    let same_days = match (&a.date, &b.date) {
        (Some(a), Some(b)) => a.start <= b.end && b.start <= a.end,
        _ => true,
    };
    a.kind == b.kind && matches!(a.kind, EventType::Happening(Some(_))) && same_days && shared()
}
