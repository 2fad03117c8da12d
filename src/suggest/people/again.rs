//! A name that was found once is marked wherever it stands, and what is short for it: "AMLO" behind "López Obrador (AMLO)".

use std::collections::HashMap;
use std::ops::Range;

use smol_str::SmolStr;
use text_size::TextRange;

use super::chunks::{self, Candidate};
use super::judge::Judgement;
use super::link::Draft;
use crate::suggest::context::{Context, is_clitic};
use crate::suggest::coreference::stands_for;
use crate::suggest::{Label, knowledge};
use crate::text::language::language;

/// How likely a name that stands elsewhere too is the same person's.
const SCORE: f32 = 0.75;

/// So certain is a name that is looked for elsewhere: a wrong one is not to be repeated.
const CERTAIN: f32 = 0.85;

/// From this probability on the tagger knows better: a place or a body of that name.
const OTHERWISE: f32 = 0.5;

/// What a name is written as, and whose it is.
struct Form {
    words: Vec<SmolStr>,
    owner: usize,
    reason: &'static str,
    /// How often it was found as a name; none where that does not matter.
    known: Option<usize>,
}

/// The places where a name of `mentions` stands that is in none of them: whose it is, what stands there and why it is one.
/// Names of one word are looked for where the person has a full name. `mentions` are people, by their `drafts`, with their names' candidates, in the order of the text.
pub(super) fn told_again(
    context: &Context<'_, '_>,
    drafts: &[Draft],
    mentions: &[(usize, &Candidate)],
) -> Vec<(usize, Candidate, Judgement)> {
    let mut forms: HashMap<SmolStr, Vec<Form>> = HashMap::new();
    for (owner, candidate) in mentions {
        if !drafts.get(*owner).is_some_and(|draft| draft.key.len() > 1 && draft.score >= CERTAIN) {
            continue;
        }
        let whole = whole(context, candidate).map(|words| Form {
            words,
            owner: *owner,
            reason: "named elsewhere in the article",
            known: Some(1),
        });
        let short = short_for(context, candidate);
        let short = short.map(|word| Form {
            words: vec![word],
            owner: *owner,
            reason: "abbreviation of a name in the article",
            known: None,
        });
        for form in whole.into_iter().chain(short) {
            let Some(first) = form.words.first() else { continue };
            let known = forms.entry(first.clone()).or_default();
            match known.iter_mut().find(|other| other.words == form.words) {
                Some(other) => other.known = other.known.map(|times| times + 1),
                None => known.push(form),
            }
        }
    }
    forms.values_mut().for_each(|forms| forms.sort_by_key(|form| std::cmp::Reverse(form.words.len())));
    let mut taken = mentions.iter().map(|(_, candidate)| candidate.tokens.clone()).peekable();
    let mut found: Vec<(&Form, Range<usize>, TextRange)> = Vec::new();
    let mut at = 0;
    while at < context.document.tokens.len() {
        while taken.next_if(|tokens| tokens.end <= at).is_some() {}
        let free_until = taken.peek().map_or(usize::MAX, |tokens| tokens.start);
        let here = forms.get(lower(context, at).as_str());
        let form = here.and_then(|forms| forms.iter().find(|form| stands(context, form, at, free_until)));
        let Some((form, range)) =
            form.and_then(|form| Some((form, context.document.range(at, at + form.words.len() - 1)?)))
        else {
            at += 1;
            continue;
        };
        let tokens = at..at + form.words.len();
        at = tokens.end;
        found.push((form, tokens, range));
    }
    // Where most of what is written so is no name, what was taken for one is the mistake.
    let mut times: HashMap<&[SmolStr], usize> = HashMap::new();
    found.iter().for_each(|(form, ..)| *times.entry(&form.words).or_default() += 1);
    found.retain(|(form, ..)| form.known.is_none_or(|known| known >= times.get(&*form.words).copied().unwrap_or(0)));
    let told = |(form, tokens, range): (&Form, Range<usize>, TextRange)| {
        let candidate = chunks::named(context, tokens, range, None, None);
        (form.owner, candidate, Judgement { score: SCORE, reason: form.reason.to_owned() })
    };
    found.into_iter().map(told).collect()
}

fn lower(context: &Context<'_, '_>, index: usize) -> SmolStr {
    context.word(index).to_lowercase().into()
}

/// The words of a name that is safe to look for: several, or one that means nothing else.
fn whole(context: &Context<'_, '_>, candidate: &Candidate) -> Option<Vec<SmolStr>> {
    let tokens = candidate.tokens.clone();
    let all = context.document.range(tokens.start, tokens.end.checked_sub(1)?) == Some(candidate.range);
    let words: Vec<SmolStr> = tokens.clone().map(|index| lower(context, index)).collect();
    let word = context.word(tokens.start);
    let alone = tokens.len() > 1
        || word.chars().count() > 2
            && candidate.title.is_none()
            && !context.is_common(word)
            && knowledge::place(word).is_none()
            && knowledge::country_term(word).is_none();
    (all && alone).then_some(words)
}

/// The abbreviation in brackets behind a name that has its initials.
fn short_for(context: &Context<'_, '_>, candidate: &Candidate) -> Option<SmolStr> {
    let open = context.after(candidate.tokens.end.checked_sub(1)?).filter(|open| context.word(*open) == "(")?;
    let short = context.after(open).filter(|short| context.word_after(*short) == ")")?;
    let word = context.word(short);
    let name: Vec<&str> = candidate.main().map(|(word, _)| word.as_str()).collect();
    stands_for(word, &name.join(" ")).then(|| lower(context, short))
}

/// Whether a name stands at `at`, before `end`, and names no body or place here.
fn stands(context: &Context<'_, '_>, form: &Form, at: usize, end: usize) -> bool {
    let tokens: Range<usize> = at..at + form.words.len();
    let same = tokens.end <= end
        && tokens.clone().zip(&form.words).all(|(index, word)| lower(context, index) == *word)
        && context.document.sentence_of(at) == context.document.sentence_of(tokens.end - 1);
    let capital = |index: usize| context.is_capital(index) || !context.is_word(index);
    let named =
        || tokens.clone().all(|index| capital(index) || language().people.particles.contains(context.word(index)));
    if !same || !named() {
        return false;
    }
    let next = context.after(tokens.end - 1);
    let body = next.is_some_and(|next| language().bodies.words_in_names.contains(context.word(next)));
    let alone = form.words.len() > 1
        || !context.before(at).is_some_and(|before| context.is_capital(before) || context.word(before) == "the")
            && !next.is_some_and(|next| context.is_capital(next) && !is_clitic(context.word(next)));
    let Some(range) = context.document.range(at, tokens.end - 1) else { return false };
    let labels = [Label::Place, Label::Norp, Label::Org, Label::Event];
    let other: f32 = labels.into_iter().map(|label| context.tags.share(range, label)).sum();
    !body && alone && other <= OTHERWISE
}
