//! People: names in the text, and which of them are the same person.

mod again;
mod chunks;
mod item;
mod judge;
mod link;
pub(super) mod namesakes;
mod office;

use std::collections::HashSet;

use smol_str::SmolStr;

use super::context::Context;
use super::{Entity, Label, Source, SourceContext, Span, Suggestions};
use crate::project::KindId;
use chunks::Candidate;
pub(super) use chunks::name_around;
use item::Items;
use judge::{ENOUGH, ENOUGH_IN_LIST, Judgement};
use link::{Draft, Part};
pub use office::office_told;

const NAME: &str = "people";

/// What a short mention scores at most that may be of several people.
const MOST_WITH_RIVALS: f32 = 0.7;

/// Proposes people.
#[derive(Clone, Copy, Debug, Default)]
pub struct People;

impl Source for People {
    fn suggest(&self, context: &SourceContext<'_, '_>, found: &mut Suggestions) {
        let context = Context::new(context.document, context.tags);
        let (mut candidates, judged) = judged(&context);
        let mut people = link::People::default();
        let mut owners: Vec<Option<usize>> = vec![None; candidates.len()];
        // "Bin Salman" is the surname of somebody who is named in full, as "Salman" would be; "Al Gore" is a name in full.
        for led in [false, true] {
            for (index, (candidate, judgement)) in candidates.iter().zip(&judged).enumerate() {
                let score = judgement.as_ref().map_or(0.0, |judgement| judgement.score);
                let full = candidate.words.len() > 1 && candidate.size() > 0;
                if score >= ENOUGH
                    && full
                    && link::is_led(&candidate.words) == led
                    && !people.has_led(&candidate.words)
                    && let Some(owner) = owners.get_mut(index)
                {
                    *owner = Some(people.full(candidate, index, score));
                }
            }
        }
        let mut mentions: Vec<(usize, usize, Judgement)> = Vec::new();
        for (index, (candidate, judgement)) in candidates.iter().zip(judged).enumerate() {
            let owner = owners.get(index).copied().flatten();
            let Some((owner, judgement)) = mention(&context, &mut people, candidate, owner, judgement, index) else {
                continue;
            };
            people.seen(owner, candidate, index);
            let named = mentions.last().and_then(|(owner, before, _)| Some((*owner, candidates.get(*before)?)));
            note_office(&context, &mut people, owner, candidate, named);
            mentions.push((owner, index, judgement));
        }
        let told: Vec<_> = mentions.iter().filter_map(|(owner, at, _)| Some((*owner, candidates.get(*at)?))).collect();
        for (owner, candidate, judgement) in again::told_again(&context, &people.drafts, &told) {
            mentions.push((owner, candidates.len(), judgement));
            candidates.push(candidate);
        }
        add(&context, &candidates, people.drafts, mentions, found);
    }
}

/// The candidates of a document and how likely each names a person, other mentions aside.
fn judged(context: &Context<'_, '_>) -> (Vec<Candidate>, Vec<Option<Judgement>>) {
    let mut candidates = chunks::candidates(context);
    let namesakes = namesakes::Namesakes::new(context);
    candidates.iter_mut().for_each(|candidate| candidate.namesake = namesakes.has(context, candidate));
    let mut judged: Vec<Option<Judgement>> = candidates
        .iter()
        .map(|c| match () {
            () if c.namesake => Some(Judgement { score: namesakes::SCORE, reason: "described as a person".to_owned() }),
            () if namesakes.denies(c) || judge::is_other(context, c, false) => None,
            () => judge::with_tag(judge::judge(context, c), c.tag),
        })
        .collect();
    raise_in_lists(context, &candidates, &mut judged);
    raise_repeated(context, &candidates, &mut judged);
    let sure = |judgement: &Option<Judgement>| judgement.as_ref().is_some_and(|judgement| judgement.score >= ENOUGH);
    let full = candidates.iter().zip(&judged).filter(|(candidate, judgement)| candidate.size() > 1 && sure(judgement));
    let known: HashSet<SmolStr> = full.flat_map(|(candidate, _)| link::key_of(&candidate.words)).collect();
    let short = chunks::short_mentions(context, &candidates, &known);
    if short.is_empty() {
        return (candidates, judged);
    }
    judged.extend(short.iter().map(|_| None));
    candidates.extend(short);
    let mut both: Vec<_> = candidates.into_iter().zip(judged).collect();
    both.sort_by_key(|(candidate, _)| candidate.tokens.start);
    both.into_iter().unzip()
}

/// Full names that are not certain enough gain where their surname does something elsewhere: "Gueye left".
fn raise_repeated(context: &Context<'_, '_>, candidates: &[Candidate], judged: &mut [Option<Judgement>]) {
    let acting: HashSet<&SmolStr> = candidates
        .iter()
        .filter(|candidate| candidate.words.len() == 1 && !candidate.in_organisation)
        .filter(|candidate| judge::acts(context, candidate).is_some())
        .filter(|candidate| !matches!(context.word_before(candidate.tokens.start), "the" | "The"))
        .filter_map(|candidate| candidate.words.first())
        .collect();
    for (candidate, judgement) in candidates.iter().zip(judged) {
        let again = candidate.size() > 1 && candidate.words.last().is_some_and(|word| acting.contains(word));
        if let Some(judgement) = judgement
            && again
            && (ENOUGH_IN_LIST..ENOUGH).contains(&judgement.score)
        {
            *judgement = Judgement { score: 0.6, reason: "named again by the surname".to_owned() };
        }
    }
}

/// Full names in a list beside one that is certain enough gain by it: "Karen Cho, Ote Mbili and Suvi Aho".
fn raise_in_lists(context: &Context<'_, '_>, candidates: &[Candidate], judged: &mut [Option<Judgement>]) {
    let listed =
        |before: &Candidate, after: &Candidate| {
            let between = before.tokens.end..after.tokens.start;
            (1..=2).contains(&between.len())
                && between.clone().all(|index| matches!(context.word(index), "," | "and" | ";" | "&"))
                && after.tokens.start.checked_sub(1).is_some_and(|i| {
                    context.document.sentence_of(i) == context.document.sentence_of(before.tokens.start)
                })
        };
    let count = candidates.len();
    let forward = (1..count).map(|index| (index - 1, index));
    let backward = (1..count).rev().map(|index| (index, index - 1));
    for (from, to) in forward.chain(backward) {
        let sure = judged.get(from).and_then(Option::as_ref).is_some_and(|judgement| judgement.score >= 0.6);
        let pair = candidates.get(from.min(to)).zip(candidates.get(from.max(to)));
        let full = candidates.get(to).is_some_and(|candidate| candidate.size() > 1);
        if !sure || !full || !pair.is_some_and(|(before, after)| listed(before, after)) {
            continue;
        }
        if let Some(Some(judgement)) = judged.get_mut(to)
            && (ENOUGH_IN_LIST..0.6).contains(&judgement.score)
        {
            *judgement = Judgement { score: 0.65, reason: "in a list beside another name".to_owned() };
        }
    }
}

/// Whom a candidate names, and why: itself, the person whose name it is a part of, or nobody known before.
fn mention(
    context: &Context<'_, '_>,
    people: &mut link::People,
    candidate: &Candidate,
    owner: Option<usize>,
    judgement: Option<Judgement>,
    index: usize,
) -> Option<(usize, Judgement)> {
    if let (Some(owner), Some(judgement)) = (owner, &judgement) {
        return Some((owner, judgement.clone()));
    }
    // "Moon said", "Ford left": by itself such a word names something else, as a part of a known name it does not.
    let open = !candidate.in_organisation || candidate.title.is_some() || candidate.words.len() == 1;
    if let Some(link) = people.part(candidate, index) {
        if let Some(judgement) = judgement.clone().filter(|_| candidate.namesake) {
            return Some((link.owner, judgement));
        }
        if judge::is_other(context, candidate, true) {
            return None;
        }
        let fits = open && judge::is_short_name(context, candidate, link);
        let draft = people.drafts.get(link.owner);
        let name = draft.map(shown).unwrap_or_default();
        // A short mention is as sure as the person is, and a bit more as it repeats the name.
        let most = draft.map_or(0.0, |draft| draft.score) + 0.15;
        let (score, what) = match (link.part, link.rivals) {
            (_, true) => (0.6_f32, "may be"),
            // Not certain enough by itself, and longer than what usually repeats a name.
            (..) if candidate.size() > 1 => (0.7, "part of the name of"),
            (Part::Surname, false) => (0.95, "surname of"),
            (Part::Given, false) => (0.85, "part of the name of"),
        };
        let score = if fits { score.min(most) } else { judge::UNFIT };
        let linked = Judgement { score, reason: format!("{what} {name} in this article") };
        let linked = judge::with_tag(Some(linked), candidate.tag).filter(|linked| linked.score >= ENOUGH);
        if let Some(mut linked) = linked {
            // A person for certain, but perhaps another.
            linked.score = linked.score.min(if link.rivals { MOST_WITH_RIVALS } else { 1.0 });
            return Some((link.owner, linked));
        }
    }
    let judgement = judgement.filter(|judgement| judgement.score >= ENOUGH)?;
    Some((people.full(candidate, index, judgement.score), judgement))
}

/// Keeps the first office and country that are told of a person. A counterpart has the office of whom the sentence
/// `named` before.
fn note_office(
    context: &Context<'_, '_>,
    people: &mut link::People,
    owner: usize,
    candidate: &Candidate,
    named: Option<(usize, &Candidate)>,
) {
    let sentence = |candidate: &Candidate| context.document.sentence_of(candidate.tokens.start);
    let mut role = candidate.title.as_ref().map(|title| title.role.clone()).unwrap_or_default();
    if candidate.title.as_ref().is_some_and(office::Title::is_counterpart) {
        let named = named.filter(|(other, before)| *other != owner && sentence(before) == sentence(candidate));
        role =
            named.and_then(|(other, _)| people.drafts.get(other)).map(|draft| draft.role.clone()).unwrap_or_default();
    }
    if role.is_empty()
        && let Some(behind) = &candidate.behind
    {
        role.clone_from(&behind.role);
    }
    let Some(draft) = people.drafts.get_mut(owner) else { return };
    if draft.role.is_empty() {
        draft.role = role;
    }
    draft.country = draft.country.or(candidate.country);
}

fn shown(draft: &Draft) -> String {
    draft.words.join(" ")
}

/// The mentions as spans, and the people they belong to.
fn add(
    context: &Context<'_, '_>,
    candidates: &[Candidate],
    drafts: Vec<Draft>,
    mentions: Vec<(usize, usize, Judgement)>,
    found: &mut Suggestions,
) {
    let mut spans: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    for (owner, index, judgement) in mentions {
        let Some(candidate) = candidates.get(index) else { continue };
        if let Some(owned) = spans.get_mut(owner) {
            owned.push(found.spans.len());
        }
        found.spans.push(Span {
            range: candidate.range,
            label: Label::Person.into(),
            score: judgement.score,
            source: NAME,
            reason: judgement.reason,
            country: None,
            country_name: None,
            in_country: None,
        });
    }
    let items = Items::new(context);
    for (draft, mentions) in drafts.into_iter().zip(spans).filter(|(_, mentions)| !mentions.is_empty()) {
        let ranges: Vec<_> = mentions.iter().filter_map(|index| Some(found.spans.get(*index)?.range)).collect();
        let wikidata = items.of(&draft, &ranges);
        let name = shown(&draft);
        let entity = Entity { name, role: draft.role, country: draft.country, wikidata, mentions };
        found.add(KindId::PERSON, entity);
    }
}

#[cfg(test)]
mod tests;
