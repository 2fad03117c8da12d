//! Triggers: which words of the lexicon tell of a happening where they stand, as a verb or as a noun.

use text_size::TextRange;

use super::grammar::{
    is_adverb, is_be, is_determiner, is_have, is_light_verb, is_modal, is_object_pronoun, is_preposition, is_subject,
    is_thing_or_office,
};
use super::lexicon::{Entry, Inflected, LEXICON, UNLISTED};
use super::morphology::{Form, irregular};
use super::words::{Word, Words};
use crate::suggest::tagger::{Tag, Tags, joined};
use crate::text::language::language;
use crate::text::tokens::TokenKind;

/// Below this a word is not proposed where there is no tagger.
const THRESHOLD: f32 = 0.35;

/// Below this the lexicon says nothing of a word.
const HINT: f32 = 0.1;

/// From this on a word is proposed, by lexicon and tagger together.
const ENOUGH: f32 = 0.37;

/// From this on a verb that lends its subject to a noun tells of the happening too: "imposed sanctions".
const FULL: f32 = 0.6;

/// How likely a word tells of a happening that the lexicon does not know.
const UNKNOWN: f32 = 0.3;

/// A word or phrase that tells of a happening.
pub(crate) struct Trigger {
    /// Indexes of its first and last word.
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) entry: &'static Entry,
    pub(crate) form: Form,
    /// A participle with a form of "be", or after its noun.
    pub(crate) passive: bool,
    pub(crate) score: f32,
    /// How likely the tagger takes it for a trigger; none without a tagger.
    pub(crate) tag: Option<f32>,
}

impl Trigger {
    /// Whether it is a noun here.
    pub(crate) fn is_noun(&self) -> bool {
        self.form.is_noun()
    }
}

/// All triggers of a text, in order, without overlap: those that a person has `told`, those of the lexicon, judged by the
/// tagger, and those that it alone sees.
pub(crate) fn triggers_with(words: &Words<'_>, taken: &[TextRange], tags: &Tags, told: &[TextRange]) -> Vec<Trigger> {
    let mut found = triggers(words, taken, tags);
    let told: Vec<Trigger> = told.iter().filter_map(|range| told_at(words, tags, *range)).collect();
    if !told.is_empty() {
        found.retain(|one| told.iter().all(|other| one.last < other.first || other.last < one.first));
        found.extend(told);
        found.sort_by_key(|trigger| trigger.first);
    }
    found
}

/// What a person says is a trigger: as what the lexicon knows of its words, the last of them first, for in a phrase it is
/// the noun.
fn told_at(words: &Words<'_>, tags: &Tags, range: TextRange) -> Option<Trigger> {
    let (first, last) = (words.at(range.start()), words.before_offset(range.end()));
    words.range(first, last)?;
    let tag = (!tags.is_empty()).then(|| tags.trigger_share(range));
    let known = (first..=last).rev().find_map(|at| trigger_at(words, at, 0.0));
    let form = known.as_ref().map_or_else(|| form_by_ending(words, last), |known| known.form);
    let passive = known.as_ref().map_or_else(|| is_passive(words, last, form), |known| known.passive);
    let entry = known.map_or(&UNLISTED, |known| known.entry);
    Some(Trigger { first, last, entry, form, passive, score: 1.0, tag })
}

/// All triggers of a text, in order, without overlap: those of the lexicon, judged by the tagger, and those that it alone
/// sees. `taken` are ranges where names stand, sorted by start.
fn triggers(words: &Words<'_>, taken: &[TextRange], tags: &Tags) -> Vec<Trigger> {
    let listed = by_lexicon(words, taken, if tags.is_empty() { THRESHOLD } else { HINT });
    if tags.is_empty() {
        return listed;
    }
    let judged = |mut trigger: Trigger| {
        let range = words.range(trigger.first, trigger.last)?;
        let tag = tags.trigger_share(range);
        trigger.score = joined(trigger.score, tag);
        trigger.tag = Some(tag);
        (trigger.score >= ENOUGH).then_some(trigger)
    };
    let mut listed = listed.into_iter().filter_map(judged).peekable();
    let mut found: Vec<Trigger> = Vec::new();
    let mut name = 0;
    for tag in &tags.fired {
        let (first, last) = (words.at(tag.range.start()), words.before_offset(tag.range.end()));
        found.extend(std::iter::from_fn(|| listed.next_if(|trigger| trigger.last < first)));
        while taken.get(name).is_some_and(|range| range.end() <= tag.range.start()) {
            name += 1;
        }
        let in_name = taken.get(name).is_some_and(|range| range.start() < tag.range.end());
        let free = listed.peek().is_none_or(|trigger| trigger.first > last);
        let behind = found.last().is_none_or(|trigger| trigger.last < first);
        if in_name || !free || !behind || last < first {
            continue;
        }
        found.extend(unlisted(words, tag, first, last));
    }
    found.extend(listed);
    found
}

/// A trigger that the tagger alone sees.
fn unlisted(words: &Words<'_>, tag: &Tag, first: usize, last: usize) -> Option<Trigger> {
    let score = joined(UNKNOWN, tag.probability);
    // A word that the lexicon hardly believes in may still tell what it means here.
    if let Some(mut trigger) = trigger_at(words, first, 0.0).filter(|trigger| trigger.last <= last) {
        trigger.score = score;
        trigger.tag = Some(tag.probability);
        return (score >= ENOUGH).then_some(trigger);
    }
    let (form, tag) = (form_by_ending(words, first), Some(tag.probability));
    let passive = is_passive(words, first, form);
    (score >= ENOUGH).then_some(Trigger { first, last, entry: &UNLISTED, form, passive, score, tag })
}

/// The form of a word that the lexicon does not know, by its ending and the word before it.
fn form_by_ending(words: &Words<'_>, at: usize) -> Form {
    let (word, before) = (words.lower(at), words.before(at, 1));
    match () {
        () if is_modal(before) || before == "to" => Form::Base,
        () if word.ends_with("ing") && !is_determiner(before) => Form::Gerund,
        () if word.ends_with("ed") && !is_determiner(before) => Form::Past,
        () if !is_determiner(before) && irregular(word).is_some() => {
            irregular(word).map_or(Form::Past, |(_, form)| form)
        }
        () if word.ends_with('s') && is_subject(before) => Form::Third,
        () if word.ends_with('s') && !word.ends_with("ss") => Form::Plural,
        () => Form::Singular,
    }
}

/// The triggers of the lexicon that score at least `least`.
fn by_lexicon(words: &Words<'_>, taken: &[TextRange], least: f32) -> Vec<Trigger> {
    let mut found: Vec<Trigger> = Vec::new();
    let mut next = 0;
    let mut name = 0;
    for at in 0..words.len() {
        let Some(word) = words.get(at).filter(|word| at >= next && word.kind == TokenKind::Word) else { continue };
        while taken.get(name).is_some_and(|range| range.end() <= word.range.start()) {
            name += 1;
        }
        let in_name = taken.get(name).is_some_and(|range| range.start() < word.range.end());
        let proper = is_part_of_a_name(words, at, word);
        if in_name || proper && !is_among_capitals(words, at) {
            continue;
        }
        // Among capitals, as in a headline that runs into the text, only a verb can be told from a name.
        let sound = |t: &Trigger| !is_auxiliary(words, t) && (!proper || matches!(t.form, Form::Past | Form::Third));
        if let Some(trigger) = trigger_at(words, at, least).filter(sound) {
            next = trigger.last + 1;
            // "held talks": the noun tells it, the verb only lends its subject.
            let lent = trigger.is_noun().then(|| light_verb(words, &trigger)).flatten();
            if found
                .last()
                .is_some_and(|verb| Some(verb.first) == lent && verb.entry.plover.is_none() && verb.score < FULL)
            {
                found.pop();
            }
            found.push(trigger);
        }
    }
    found
}

/// "is set to hold", "led to": the verb behind it tells what happens.
fn is_auxiliary(words: &Words<'_>, trigger: &Trigger) -> bool {
    language().happenings.auxiliaries.contains(trigger.entry.lemma) && words.after(trigger.last, 1) == "to"
}

/// Capitalised where case tells something and it does not begin the sentence.
fn is_part_of_a_name(words: &Words<'_>, at: usize, word: &Word<'_>) -> bool {
    if !word.is_capital() || words.sentence_of(at).is_some_and(|sentence| sentence.headline) {
        return false;
    }
    let capital_next = words.same_sentence(at, at + 1) && words.get(at + 1).is_some_and(Word::is_capital);
    !words.begins_sentence(at) || capital_next
}

/// Whether nearly all longer words around are capitalised.
fn is_among_capitals(words: &Words<'_>, at: usize) -> bool {
    let around = (at.saturating_sub(3)..at + 4).filter(|i| *i != at && words.same_sentence(*i, at));
    let long: Vec<bool> =
        around.filter_map(|i| words.get(i)).filter(|w| w.text.len() > 3).map(Word::is_capital).collect();
    long.len() >= 3 && long.iter().filter(|capital| **capital).count() + 1 >= long.len()
}

fn trigger_at(words: &Words<'_>, at: usize, least: f32) -> Option<Trigger> {
    let forms = LEXICON.forms(words.lower(at));
    let mut best: Option<(f32, Trigger)> = None;
    let mut longest = 0;
    for inflected in forms {
        let Some(last) = matches(words, at, inflected) else { continue };
        if last - at < longest {
            break;
        }
        longest = last - at;
        let Some(entry) = LEXICON.entry(inflected.entry) else { continue };
        let fit = if inflected.form.is_noun() {
            noun_fit(words, at, last, inflected.form, entry)
        } else {
            verb_fit(words, at, last, inflected.form)
        };
        let score = entry.score * fit;
        if fit > 0.0 && best.as_ref().is_none_or(|(known, _)| fit > *known) {
            let passive = is_passive(words, at, inflected.form);
            best = Some((fit, Trigger { first: at, last, entry, form: inflected.form, passive, score, tag: None }));
        }
    }
    best.map(|(_, trigger)| trigger).filter(|trigger| trigger.score >= least)
}

/// The last word of the phrase if it stands at `at`. A pronoun may stand behind the verb: "checked herself into".
fn matches(words: &Words<'_>, at: usize, inflected: &Inflected) -> Option<usize> {
    let mut last = at;
    for (index, word) in inflected.rest.iter().enumerate() {
        last += 1;
        if index == 0 && !inflected.form.is_noun() && is_object_pronoun(words.lower(last)) {
            last += 1;
        }
        if words.lower(last) != word.as_str() || !words.same_sentence(at, last) {
            return None;
        }
    }
    Some(last)
}

/// The word before, adverbs and "not" skipped: where an auxiliary would stand.
fn governor<'w>(words: &'w Words<'_>, at: usize) -> &'w str {
    let mut by = 1;
    while by < 4 && is_adverb(words.before(at, by)) {
        by += 1;
    }
    words.before(at, by)
}

fn is_number(words: &Words<'_>, at: usize, by: usize) -> bool {
    at.checked_sub(by).and_then(|i| words.get(i)).is_some_and(|word| word.kind == TokenKind::Number)
}

/// How well a verb form fits here, 0 to 1.
fn verb_fit(words: &Words<'_>, at: usize, last: usize, form: Form) -> f32 {
    let before = words.before(at, 1);
    let governor = governor(words, at);
    let after = words.after(last, 1);
    let after_is_small = words.same_sentence(last, last + 1)
        && words.get(last + 1).is_some_and(|w| w.is_small())
        && !is_preposition(after)
        && !is_determiner(after)
        && !language().grammar.never_described.contains(after);
    let to = governor == "to" || is_modal(governor);
    let plain = at.checked_sub(1).and_then(|i| words.get(i));
    let noun_before = words.same_sentence(at.saturating_sub(1), at)
        && plain.is_some_and(|w| w.kind == TokenKind::Word)
        && !is_preposition(before)
        && !is_determiner(before);
    let object_after = is_determiner(after)
        || is_object_pronoun(after)
        || is_capital(words, last + 1)
        || is_number(words, last + 2, 1);
    match form {
        Form::Base => {
            let singular = ["ss", "us", "is"].iter().any(|end| before.ends_with(end));
            let plural_before = noun_before && before.ends_with('s') && !singular;
            match () {
                () if to => 1.0,
                () if words.begins_sentence(at) && is_thing_or_office(after) => 0.0,
                () if is_determiner(before) || is_preposition(before) || is_be(governor) || is_number(words, at, 1) => {
                    0.0
                }
                () if matches!(before, "they" | "we" | "i" | "you" | "who") => 0.95,
                () if plural_before => 0.85,
                () if words.begins_sentence(at) => 0.5,
                () if matches!(before, "and" | "or" | "," | "not" | "n't") || is_capital(words, at.wrapping_sub(1)) => {
                    0.65
                }
                () if object_after && noun_before => 0.7,
                () => 0.4,
            }
        }
        Form::Third => match () {
            () if to || is_determiner(before) || is_be(governor) || is_number(words, at, 1) => 0.0,
            () if is_preposition(before) => 0.2,
            () if words.begins_sentence(at) => 0.3,
            () if is_subject(before) => 1.0,
            () if object_after && noun_before => 0.95,
            () if noun_before || before == "," => 0.7,
            () if before == "and" => 0.7,
            () => 0.5,
        },
        Form::Past | Form::Participle => match () {
            () if to && form == Form::Past => 0.0,
            () if is_be(governor) || is_have(governor) || is_subject(before) => 1.0,
            // "the injured man", "an improvised device"
            () if is_determiner(before) && (after_is_small || is_capital(words, last + 1)) => 0.3,
            () if is_determiner(before) => 0.55,
            () if is_preposition(before) && after_is_small => 0.5,
            () => 0.95,
        },
        Form::Gerund => match () {
            () if is_be(governor) => 1.0,
            () if is_determiner(before) && after == "of" => 0.9,
            () if is_determiner(before) && after_is_small => 0.3,
            () if is_determiner(before) => 0.7,
            () if object_after => 1.0,
            () => 0.85,
        },
        Form::Adjective => {
            if is_determiner(before) && after_is_small {
                0.4
            } else {
                0.9
            }
        }
        Form::Singular | Form::Plural => 0.0,
    }
}

fn is_small(words: &Words<'_>, at: usize) -> bool {
    words.get(at).is_some_and(Word::is_small)
}

/// Words that no object begins with.
fn is_linking(word: &str) -> bool {
    is_be(word) || is_have(word) || is_modal(word) || language().grammar.linking_words.contains(word)
}

fn is_capital(words: &Words<'_>, at: usize) -> bool {
    words.get(at).is_some_and(Word::is_capital)
}

/// How well a noun form fits here, 0 to 1.
fn noun_fit(words: &Words<'_>, at: usize, last: usize, form: Form, entry: &Entry) -> f32 {
    let before = words.before(at, 1);
    let after = words.after(last, 1);
    let phrase = entry.lemma.contains(' ');
    if is_thing_or_office(after) {
        return 0.0;
    }
    // "will attack", "to attack", "they attack"
    // "killing at least four", "of firing water cannon": a gerund with its object
    let gerund = !phrase && entry.lemma.ends_with("ing") && form == Form::Singular;
    let has_object = words.same_sentence(last, last + 1)
        && (is_determiner(after)
            || is_object_pronoun(after)
            || is_number(words, last + 2, 1)
            || is_small(words, last + 1))
        && (!is_preposition(after) || after == "at" && words.after(last, 2) == "least");
    if gerund && has_object && (before == "," || is_preposition(before)) && !is_linking(after) {
        return 0.4;
    }
    // "If Russia attacks, …"
    let subordinate = language().grammar.subordinators.contains(words.before(at, 2));
    if form == Form::Plural && subordinate && is_capital(words, at.wrapping_sub(1)) && matches!(after, "," | "" | ".") {
        return 0.3;
    }
    let to = before == "to" && !is_capital(words, at.wrapping_sub(2)) || is_modal(before) && before != "help";
    if !phrase && (to || language().grammar.personal_subjects.contains(before)) {
        return 0.0;
    }
    let plural_before = before.ends_with('s') && before != "'s";
    let named =
        form == Form::Singular && plural_before && is_capital(words, last + 1) && words.same_sentence(last, last + 1);
    let object_after = is_determiner(after) && after != "'s" && after != "'" || is_object_pronoun(after) || named;
    match () {
        () if is_determiner(before) || is_number(words, at, 1) => 1.0,
        () if after == "of" || is_preposition(before) => 0.95,
        () if form == Form::Plural && object_after => 0.4,
        () if object_after => 0.5,
        () => 0.9,
    }
}

/// A participle after "be", behind its noun and before "by", or without the object that it would need.
fn is_passive(words: &Words<'_>, at: usize, form: Form) -> bool {
    let participle = matches!(form, Form::Past | Form::Participle);
    let governor = governor(words, at);
    let passive = is_be(governor) && governor != "'s" || words.after(at, 1) == "by" && !is_subject(governor);
    participle && (passive || lacks_object(words, at))
}

/// "26 detained", "eighteen people injured in the blast": whether a verb that needs an object has none behind it.
fn lacks_object(words: &Words<'_>, at: usize) -> bool {
    if !language().happenings.needing_an_object.contains(words.lower(at)) || is_have(words.before(at, 1)) {
        return false;
    }
    let ends = !words.same_sentence(at, at + 1) || matches!(words.lower(at + 1), "." | "!" | "?" | ";");
    let next = words.lower(at + 1);
    // "killed at least 29", "killed over 20"
    let counted = matches!(words.lower(at + 2), "least" | "most") || is_number(words, at + 3, 1);
    ends || is_preposition(next) && next != "of" && !counted
}

/// The verb that lends an event noun its subject: "held" of "held talks".
pub(crate) fn light_verb(words: &Words<'_>, trigger: &Trigger) -> Option<usize> {
    for by in 1..6 {
        let word = words.before(trigger.first, by);
        if is_light_verb(word) {
            // "has met" is no light verb, "has talks" is.
            let next = words.before(trigger.first, by - 1);
            if is_have(word) && by > 1 && (next.ends_with("ed") || next.ends_with("en")) {
                return None;
            }
            return trigger.first.checked_sub(by);
        }
        if is_preposition(word) || matches!(word, "" | "," | "and" | "that" | ";" | "'s") {
            return None;
        }
    }
    None
}
