//! Who does what a record tells, and to whom: reader and rules together.

use std::ops::Range;

use text_size::{TextRange, TextSize};

use super::{Scene, odds};
use crate::project::{EventType, NamedClass, NewsClass, PartyLabel, Plover, Role};
use crate::suggest::events::grammar::{is_be, is_determiner, is_have, is_modal, is_preposition};
use crate::suggest::events::names::is_agent;
use crate::suggest::events::parties::Who;
use crate::text::language::language;

/// From this probability on a word may have a role.
const BESIDE: f32 = 0.25;
/// What the sentence before counts for less.
pub(super) const BEFORE: f32 = 0.6;
/// The least that a role's probability counts for where the rules name somebody.
pub(super) const UNSEEN: f32 = 0.03;
/// What it adds to the log odds that somebody has a role that the rules say so too.
pub(super) const RULED: f32 = 1.8;
/// From these log odds on somebody acts or has it done to them.
const PARTY: f32 = 0.4;
/// Below these log odds that is marked as unsure: on dev 61 % of those above are right, and 32 % of those below.
const SURE: f32 = 1.8;
/// How far behind the likeliest of its role another may be.
const MARGIN: f32 = 3.0;
/// The same for one who is not named beside the likeliest: "A and B".
const APART: f32 = 0.8;
/// What it adds that more tellings say so, for each natural logarithm of their number.
const AGREED: f32 = 0.7;

impl Scene<'_, '_, '_> {
    /// The words that are looked at for a candidate: its sentence and the one before.
    pub(super) fn around(&self, candidate: usize) -> Range<usize> {
        let at = self.candidates.get(candidate).map_or(0, |candidate| candidate.sentence);
        let before = self.lines.get(at.saturating_sub(1)).map_or(0, |line| line.start);
        before..self.line_of(candidate).end
    }

    /// The runs of words that may have a role for a candidate, each with its greatest probability.
    pub(super) fn runs(&self, candidate: usize, role: usize) -> Vec<(TextRange, f32)> {
        let own = self.candidates.get(candidate).map(|candidate| candidate.words.clone()).unwrap_or_default();
        let here = self.line_of(candidate).start;
        let ranges = self.read.tags.word_ranges();
        let mut runs: Vec<(TextRange, f32)> = Vec::new();
        let mut open = false;
        for word in self.around(candidate) {
            let Some(range) = ranges.get(word).copied() else { continue };
            let mut p = self.role(candidate, word, role);
            if own.contains(&word) {
                p = 0.0;
            } else if word < here {
                p *= BEFORE;
            }
            if p < BESIDE || word == here {
                open = false;
            }
            if p < BESIDE {
                continue;
            }
            match runs.last_mut().filter(|_| open) {
                Some((run, most)) => {
                    *run = run.cover(range);
                    *most = most.max(p);
                }
                None => runs.push((range, p)),
            }
            open = true;
        }
        runs
    }

    pub(super) fn role(&self, candidate: usize, word: usize, role: usize) -> f32 {
        self.reading.role(candidate, word).get(role).copied().unwrap_or(0.0)
    }

    /// The mean probability of a role over the words of a range.
    pub(super) fn mean_role(&self, candidate: usize, range: TextRange, role: usize) -> f32 {
        let words = self.read.tags.words_in(range);
        let count = words.len().max(1) as f32;
        words.map(|word| self.role(candidate, word, role)).sum::<f32>() / count
    }

    /// Who does it and to whom: what the reader says, and more where the rules say the same.
    pub(super) fn parties_of(&self, group: &[usize], kind: EventType) -> Vec<(Role, Who)> {
        // "The 2019 Nordic Games": what happens is nobody who takes part.
        let itself = |range: TextRange| {
            let mut own = group.iter().filter_map(|member| self.tellings.get(*member));
            own.any(|(_, own)| own.intersect(range).is_some_and(|shared| !shared.is_empty()))
        };
        let together = kind == EventType::Happening(Some(Plover::Consult));
        // Each with its best score and how many tellings claim it.
        let mut claimed: Vec<(Role, Who, f32, f32)> = Vec::new();
        for (role, who, score) in group.iter().flat_map(|member| self.claims(*member, together)) {
            if score < PARTY || itself(who.range) || !may_take_part(kind, role, who.party.label) {
                continue;
            }
            match claimed.iter_mut().find(|(_, other, ..)| is_same(other, &who)) {
                Some(known) => {
                    known.3 += 1.0;
                    // The likelier role counts.
                    name_fuller(&mut known.1, &who);
                    if score > known.2 {
                        *known = (role, Who { party: known.1.party.clone(), ..who }, score, known.3);
                    }
                }
                None => claimed.push((role, who, score, 1.0)),
            }
        }
        let mut known: Vec<(Role, Who, f32)> =
            claimed.into_iter().map(|(role, who, score, claims)| (role, who, score + AGREED * claims.ln())).collect();
        known.sort_by(|a, b| b.2.total_cmp(&a.2));
        // "the Western boycott": of words within words the likelier count, but for people and countries.
        let mut apart: Vec<(Role, Who, f32)> = Vec::with_capacity(known.len());
        for (role, who, score) in known {
            let within = |(of, other, _): &(Role, Who, f32)| {
                *of == role && other.range.intersect(who.range).is_some_and(|shared| !shared.is_empty())
            };
            let named = matches!(who.party.label, PartyLabel::Person | PartyLabel::Country);
            if named || !apart.iter().any(within) {
                apart.push((role, who, score));
            }
        }
        let mut known = apart;
        for role in [Role::Actor, Role::Recipient] {
            // Nobody meets alone: the two likeliest stay, however far behind the second is.
            let sure = if together { 2 } else { 1 };
            let of_role = known.iter().filter(|(of, ..)| *of == role).map(|(.., score)| *score);
            let most = of_role.clone().next().unwrap_or(f32::MIN) - MARGIN;
            let least = of_role.take(sure).fold(most, f32::min);
            let first = known.iter().find(|(of, ..)| *of == role).map(|(_, who, score)| (who.range, *score));
            let stays = |who: &Who, score: f32| {
                first.is_none_or(|(range, best)| {
                    together || score >= best - APART || range == who.range || self.goes_with(range, who.range)
                })
            };
            known.retain(|(of, who, score)| *of != role || *score >= least && stays(who, *score));
        }
        known.into_iter().map(|(role, who, score)| (role, Who { unsure: score < SURE, ..who })).collect()
    }

    /// Whether two are named one beside the other: "Li Wei, the governor, and Wang Yi".
    fn goes_with(&self, one: TextRange, other: TextRange) -> bool {
        let (first, second) = if one.start() < other.start() { (one, other) } else { (other, one) };
        let words = self.read.words;
        let (from, to) = (words.before_offset(first.end()) + 1, words.at(second.start()));
        let joins = |at: usize| {
            let word = words.lower(at);
            let named = words.get(at).is_some_and(|word| !word.is_small());
            named
                || matches!(word, "and" | "or" | "," | "'s" | "well")
                || is_preposition(word)
                || is_determiner(word)
                || is_agent(word)
        };
        from < to && words.same_sentence(from, to) && to - from < 20 && (from..to).all(joins)
    }

    /// Who takes part by one telling, each once in a role, with log odds. Of those that meet it does not matter who meets
    /// whom: all act, as likely as in both roles together.
    fn claims(&self, member: usize, together: bool) -> Vec<(Role, Who, f32)> {
        let likely = |odds: f32| 1.0 / (1.0 + (-odds).exp());
        let ruled = self.ruled(member);
        let mut claims: Vec<(Role, Who, f32)> = Vec::new();
        for (index, role) in [Role::Actor, Role::Recipient].into_iter().enumerate() {
            for (who, score) in self.claims_of_role(member, index, role, &ruled) {
                match claims.iter_mut().find(|(_, other, _)| together && is_same(other, &who)) {
                    Some((_, _, known)) => *known = odds(likely(*known) + likely(score)),
                    None => claims.push((if together { Role::Actor } else { role }, who, score)),
                }
            }
        }
        claims
    }

    /// Who has a role by one telling, with log odds. `index`: the reader's number of the role.
    fn claims_of_role(&self, member: usize, index: usize, role: Role, ruled: &[(Role, Who)]) -> Vec<(Who, f32)> {
        let agrees = |range: TextRange, same: bool| {
            let overlaps = |who: &Who| who.range.intersect(range).is_some_and(|shared| !shared.is_empty());
            ruled.iter().any(|(of, who)| (*of == role) == same && overlaps(who))
        };
        let add = |claims: &mut Vec<(Who, f32)>, who: Who, score: f32| {
            let Some((known, best)) = claims.iter_mut().find(|(known, _)| is_same(known, &who)) else {
                return claims.push((who, score));
            };
            name_fuller(known, &who);
            *best = best.max(score);
        };
        let (mut own, mut before) = (Vec::new(), Vec::new());
        let here = self.stretch(self.line_of(member)).map_or(TextSize::default(), |line| line.start());
        for (range, p) in self.runs(member, index) {
            let Some(who) = self.who(range).and_then(|who| self.bearer(who)) else { continue };
            let rules = if agrees(range, true) {
                RULED
            } else if agrees(range, false) {
                -RULED
            } else {
                0.0
            };
            add(if range.start() < here { &mut before } else { &mut own }, who, odds(p) + rules);
        }
        for (_, who) in ruled.iter().filter(|(of, _)| *of == role) {
            let p = self.mean_role(member, who.range, index);
            add(&mut own, who.clone(), odds(p.max(UNSEEN)) + RULED);
        }
        // The sentence before is asked only where its own names nobody.
        if own.iter().all(|(_, score)| *score < PARTY) {
            own.extend(before);
        }
        own
    }

    /// Who takes part by the rules.
    pub(super) fn ruled(&self, candidate: usize) -> Vec<(Role, Who)> {
        let Some(told) = self.told(candidate) else { return Vec::new() };
        let who = |name: usize| {
            let name = self.read.names.nth(name)?;
            self.parties.of(self.read.words.range(name.first, name.last)?)
        };
        let parties = told.frame.participants.iter().filter_map(|(role, name)| Some((*role, who(*name)?)));
        parties.filter_map(|(role, who)| Some((role, self.bearer(who)?))).collect()
    }

    /// "The Italian got up": of one of a people the person named before, else nobody; all others as they are.
    fn bearer(&self, who: Who) -> Option<Who> {
        let words = self.read.words;
        let (first, last) = (words.at(who.range.start()), words.before_offset(who.range.end()));
        let next = words.lower(last + 1);
        let ends = |word: &str| word.ends_with("an") || word.ends_with('i');
        let verb = || {
            let at = self.read.told.partition_point(|told| told.trigger.first <= last);
            self.read.told.get(at).is_some_and(|told| told.trigger.first == last + 1 && !told.trigger.is_noun())
        };
        let alone = !words.same_sentence(last, last + 1)
            || is_be(next)
            || is_have(next)
            || is_modal(next)
            || is_preposition(next)
            || matches!(next, "." | "who")
            || verb();
        let one = first == last
            && self.parties.is_demonym(who.range)
            && matches!(words.before(first, 1), "the" | "a" | "an")
            && ends(words.lower(first));
        if !(one && alone) {
            return Some(who);
        }
        let name = self.read.names.nth(self.read.names.antecedent(words, first)?)?;
        self.standing_for(name.span?, who.range)
    }

    /// Whom words name: a party, or whom a pronoun or a description stands for.
    pub(super) fn who(&self, range: TextRange) -> Option<Who> {
        let read = self.read;
        let at = read.words.at(range.start());
        let one = read.words.get(at).is_some_and(|word| word.range.contains_range(range));
        let word = read.words.lower(at);
        if !one || !is_pronoun(word) {
            let office = read.names.of_role(at, word).filter(|_| one && read.words.before(at, 1) == "the");
            let person =
                office.and_then(|name| read.names.nth(name)).and_then(|name| self.standing_for(name.span?, range));
            return person.or_else(|| self.parties.named(range));
        }
        match word {
            "it" | "its" | "which" => self.parties.body_before(range, self.sentence_start(range)),
            "they" | "them" | "their" | "we" | "our" => self.parties.body_before(range, self.sentence_start(range)),
            _ => {
                let name = read.names.nth(read.names.antecedent(read.words, at)?)?;
                self.standing_for(name.span?, range)
            }
        }
    }

    /// Who a name elsewhere names, told by other words here.
    pub(super) fn standing_for(&self, span: usize, range: TextRange) -> Option<Who> {
        let who = self.parties.at(self.read.found.spans.get(span)?.range)?;
        Some(Who { range, ..who })
    }

    pub(super) fn sentence_start(&self, range: TextRange) -> TextSize {
        let at = self.read.document.sentences.partition_point(|sentence| sentence.end() <= range.start());
        self.read.document.sentences.get(at).map_or(range.start(), |sentence| sentence.start())
    }
}

/// Whether somebody may have a role in what is of a kind: nobody does a landslide, and no country falls ill. In the marked
/// texts none of those left out here has that role more than once in 25 records of the kind.
fn may_take_part(kind: EventType, role: Role, label: PartyLabel) -> bool {
    let country = label == PartyLabel::Country;
    match kind {
        _ if role != Role::Actor => true,
        EventType::News(NewsClass::Disaster) | EventType::Named(NamedClass::Disaster | NamedClass::Epidemic) => false,
        EventType::News(NewsClass::Accident | NewsClass::Birth | NewsClass::Crime | NewsClass::Culture) => !country,
        EventType::News(NewsClass::Death | NewsClass::Health) => !country,
        EventType::News(_) | EventType::Named(_) | EventType::Happening(_) => true,
    }
}

fn is_pronoun(word: &str) -> bool {
    language().grammar.pronouns.contains(word)
}

/// Of two that are the same the fuller name stays.
fn name_fuller(known: &mut Who, other: &Who) {
    if other.party.name.len() > known.party.name.len() {
        known.party = other.party.clone();
    }
}

/// Whether two are the same: countries by code, others by name, phrases also where one says more than the other of the
/// same noun ("investigators", "Indian investigators").
fn is_same(a: &Who, b: &Who) -> bool {
    let (x, y) = (&a.party, &b.party);
    match (x.label, y.label) {
        (PartyLabel::Country, PartyLabel::Country) => x.country == y.country,
        (PartyLabel::Country, _) | (_, PartyLabel::Country) => false,
        _ if x.name.eq_ignore_ascii_case(&y.name) => true,
        _ if a.span.is_some() && b.span.is_some() => false,
        _ => {
            let (x, y) = (x.name.to_lowercase(), y.name.to_lowercase());
            let ends = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '));
            let heads = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(" of "));
            let one = |long: &str, short: &str| ends(long, short) || heads(long, short);
            one(&x, &y) || one(&y, &x)
        }
    }
}
