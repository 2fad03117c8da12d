//! People: names in the text, and which of them are the same person.

mod chunks;
mod judge;
mod link;

use smol_str::SmolStr;

use super::context::Context;
use super::countries::terms;
use super::knowledge::{self, Class};
use super::{Document, Label, Person, Source, Span, Suggestions};
use crate::project::CountryCode;
use chunks::Candidate;
use judge::{ENOUGH, ENOUGH_IN_LIST, Judgement};
use link::{Draft, Part};

const NAME: &str = "people";

/// Proposes people.
#[derive(Clone, Copy, Debug, Default)]
pub struct People;

impl Source for People {
    fn name(&self) -> &'static str {
        NAME
    }

    fn suggest(&self, document: &Document<'_>, found: &mut Suggestions) {
        let context = Context::new(document);
        let candidates = chunks::candidates(&context);
        let mut judged: Vec<Option<Judgement>> = candidates.iter().map(|c| judge::judge(&context, c)).collect();
        raise_in_lists(&context, &candidates, &mut judged);
        let mut people = link::People::default();
        let mut owners: Vec<Option<usize>> = vec![None; candidates.len()];
        for (index, (candidate, judgement)) in candidates.iter().zip(&judged).enumerate() {
            let enough = judgement.as_ref().is_some_and(|judgement| judgement.score >= ENOUGH);
            let full = candidate.words.len() > 1 && candidate.size() > 0;
            if enough
                && full
                && let Some(owner) = owners.get_mut(index)
            {
                *owner = Some(people.full(candidate, index));
            }
        }
        let mut mentions = Vec::new();
        for (index, (candidate, judgement)) in candidates.iter().zip(judged).enumerate() {
            let owner = owners.get(index).copied().flatten();
            let Some((owner, judgement)) = mention(&context, &mut people, candidate, owner, judgement, index) else {
                continue;
            };
            people.seen(owner, index);
            note_office(&mut people, owner, candidate);
            mentions.push((owner, index, judgement));
        }
        add(&context, &candidates, people.drafts, mentions, found);
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
    let open = !candidate.in_organisation || candidate.title.is_some();
    if open && let Some((owner, part, rivals)) = people.part(candidate).filter(|_| is_short_name(context, candidate)) {
        let name = people.drafts.get(owner).map(shown).unwrap_or_default();
        let (score, what) = match (part, rivals) {
            (_, true) => (0.6, "may be"),
            (Part::Surname, false) => (0.95, "surname of"),
            (Part::Given, false) => (0.85, "part of the name of"),
        };
        return Some((owner, Judgement { score, reason: format!("{what} {name} in this article") }));
    }
    let judgement = judgement.filter(|judgement| judgement.score >= ENOUGH)?;
    Some((people.full(candidate, index), judgement))
}

/// Whether a short mention can be a person where it stands: no place behind "in", no common word by its place alone.
fn is_short_name(context: &Context<'_, '_>, candidate: &Candidate) -> bool {
    let (first, last) = (candidate.tokens.start, candidate.tokens.end.saturating_sub(1));
    let word = context.word(first);
    let before = context.word_before(first);
    let after = context.word_after(last);
    if candidate.title.is_some() || candidate.words.len() > 1 {
        return true;
    }
    if matches!(before, "the" | "The") {
        return false;
    }
    let acts = knowledge::is(after, Class::Speech)
        || knowledge::is(after, Class::Verb)
        || knowledge::is(before, Class::Speech);
    let place = knowledge::place(word).is_some() || knowledge::country_term(word).is_some();
    if place && matches!(before, "in" | "at" | "from" | "near" | "to" | "of" | "across" | "outside") {
        return false;
    }
    !(context.capital_is_forced(first) && context.is_common(word)) || acts || super::context::is_clitic(after)
}

/// Keeps the first office and country that are told of a person.
fn note_office(people: &mut link::People, owner: usize, candidate: &Candidate) {
    let Some(draft) = people.drafts.get_mut(owner) else { return };
    if let Some(title) = &candidate.title
        && draft.role.is_empty()
    {
        draft.role.clone_from(&title.role);
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
        let last = candidate.tokens.end.saturating_sub(1);
        let Some(range) = context.document.range(candidate.tokens.start, last) else { continue };
        if let Some(owned) = spans.get_mut(owner) {
            owned.push(found.spans.len());
        }
        found.spans.push(Span {
            range,
            label: Label::Person,
            score: judgement.score,
            source: NAME,
            reason: judgement.reason,
            country: None,
            country_name: None,
            in_country: None,
        });
    }
    let mut mentioned = None;
    for (draft, mentions) in drafts.into_iter().zip(spans).filter(|(_, mentions)| !mentions.is_empty()) {
        let wikidata = item(context, &draft, &mut mentioned);
        let name = shown(&draft);
        found.people.push(Person { name, role: draft.role, country: draft.country, wikidata, mentions });
    }
}

/// The one item of the knowledge base that fits name, office, country and date.
fn item(context: &Context<'_, '_>, draft: &Draft, mentioned: &mut Option<Vec<CountryCode>>) -> Option<SmolStr> {
    let known: Vec<_> = knowledge::leaders(&shown(draft)).collect();
    let first = known.first()?;
    if known.iter().any(|leader| leader.wikidata != first.wikidata) {
        return None;
    }
    let codes = mentioned.get_or_insert_with(|| {
        let units = terms::units(context);
        terms::country_terms(context, &units).into_iter().map(|found| found.what.code).collect()
    });
    let date = context.document.date;
    let fits = |leader: &&knowledge::Leader| {
        let told = draft.country.is_none_or(|country| country == leader.country);
        let near = draft.role == leader.role || draft.country.is_some() || codes.contains(&leader.country);
        let then = date.is_none_or(|date| leader.from.is_none_or(|from| date.year() + 20 >= from));
        told && near && then
    };
    known.iter().find(fits).map(|leader| leader.wikidata.into())
}

#[cfg(test)]
mod tests;
