//! What a person's decisions teach: words that were rejected or added again and again, and kinds of one's own, which are
//! suggested from their examples. A [`Memory`] is a function of the articles that it learned from, in their order.

mod article;
mod article_tags;
mod candidates;
mod kinds;
mod own;
mod project;
mod records;
mod trial;
mod words;

use text_size::TextRange;

use super::order::sort;
use super::{CountryName, Entity, Event, Label, Level, Span, SpanLabel, Suggestions};
use crate::project::KindId;
pub use article::{Decided, Look, Marked};
pub use article_tags::{LearnedTags, TagLesson, TagSuggestion, learned_tags, tag_lessons};
pub(super) use candidates::candidates;
pub use kinds::{KindLesson, KindSpan, MOST as MOST_LESSONS, ProjectKinds};
pub use own::KindStanding;
use own::{OwnKinds, Told};
pub use project::{ProjectMemory, Reason, Turned, adapted_kinds, own_kinds};
use records::Records;
use words::{Verdict, Words};

/// The name of the source of what decisions elsewhere teach.
pub(super) const SOURCE: &str = "memory";
/// From which worth on a record is suggested although such words were rejected elsewhere.
const SURE: f32 = 0.5;
/// How sure it is that words are what they were elsewhere.
const ADDED: f32 = 0.8;
/// The name of the source of what is like the examples of a kind.
pub(super) const EXAMPLES: &str = "examples";
/// What stands before the source of a suggestion that is held back because it is unlike the examples of its kind.
pub(super) const UNLIKE: &str = "unlike/";

/// What articles that were decided on have taught.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    words: Words,
    own: OwnKinds,
    /// Kinds that the engine knows.
    ready: OwnKinds,
    records: Records,
}

impl Memory {
    /// A memory that suggests kinds of one's own from their examples, and adapts kinds that the engine knows to what is
    /// called so in these articles.
    pub fn new(own: impl IntoIterator<Item = KindId>, ready: impl IntoIterator<Item = Label>) -> Self {
        Self { own: OwnKinds::new(own.into_iter().collect()), ready: OwnKinds::ready(ready), ..Self::default() }
    }

    /// Learns what was decided on in an article. `look`: what the engine made of it.
    pub fn learn(&mut self, text: &str, look: &Look, decided: &Decided) {
        self.own.learn(text, look, decided);
        self.ready.learn(text, look, decided);
        self.records.learn(look, decided);
        self.words.learn(text, &look.found, decided);
    }

    /// What is suggested for a text: what the engine made of it, without what was rejected elsewhere, with what was added
    /// elsewhere, and with kinds of one's own.
    pub fn suggest(&self, text: &str, look: &Look) -> Suggestions {
        let mut found = look.found.clone();
        let said = |span: &Span| text.get(crate::text::bytes(span.range)).unwrap_or_default();
        let wrong = |span: &Span| self.words.verdict(&span.label, said(span)) == Some(Verdict::Wrong);
        // A record that is most likely worth keeping stays, and says why in spite of its words.
        let rejected = |index: &usize| {
            let words = said(found.spans.get(*index)?);
            (self.words.of_event(words) == Some(Verdict::Wrong)).then(|| self.words.articles_of_event(words).1)
        };
        let telling = |event: &Event| event.mentions.first().copied().filter(|_| event.is_kept());
        let events = found.events.iter().enumerate();
        let held: Vec<(usize, usize, u32)> =
            events.filter_map(|(at, event)| Some((at, telling(event)?, rejected(&telling(event)?)?))).collect();
        for (at, telling, articles) in held {
            let Some(event) = found.events.get_mut(at) else { continue };
            if event.worth < SURE {
                event.level = Level::Everything;
            } else if let Some(span) = found.spans.get_mut(telling) {
                span.reason = format!(
                    "you rejected events of these words in {articles} articles; this one is likely: {}",
                    span.reason
                );
            }
        }
        self.records.choose(look, &mut found);
        let tells = |span: &Span| matches!(span.label.engine(), Some(Label::Event | Label::Trigger));
        sort(&mut found, |span| {
            tells(span) || !(self.own.has(&span.label) || wrong(span) || self.words.is_unwanted(span))
        });
        let ready = self.ready.suggest(text, look);
        let is = |told: &Told, span: &Span| told.range == span.range && told.kind.as_str() == span.label.name();
        sort(&mut found, |span| !self.ready.speaks(&span.label) || ready.iter().any(|told| is(told, span)));
        for learned in ready {
            let Some(label) = Label::adapted(learned.kind.as_str()) else {
                continue;
            };
            let known = found.spans.iter().any(|span| is(&learned, span));
            let span = told(learned.range, SpanLabel::Engine(label), learned.score, learned.reason);
            if !known && !wrong(&span) {
                add(&mut found, text, span);
            }
        }
        let taken = |range: TextRange| {
            let meets = |span: &Span| span.range.intersect(range).is_some_and(|shared| !shared.is_empty());
            found.spans.iter().any(|span| span.label != Label::Trigger && meets(span))
        };
        for (range, label, country) in self.words.known_in(text, taken) {
            let named = country.map(|_| CountryName::Name);
            let span = Span {
                country,
                country_name: named,
                ..told(range, label, ADDED, "you added these words in other articles".to_owned())
            };
            add(&mut found, text, span);
        }
        for kind in self.own.suggest(text, look) {
            let span = told(kind.range, SpanLabel::Kind(kind.kind), kind.score, kind.reason);
            if !wrong(&span) {
                add(&mut found, text, span);
            }
        }
        sort(&mut found, |_| true);
        found
    }
}

fn told(range: TextRange, label: SpanLabel, score: f32, reason: String) -> Span {
    Span { range, label, score, source: SOURCE, reason, country: None, country_name: None, in_country: None }
}

/// Adds a span, to the entity of its kind that has the same name where there is one.
fn add(found: &mut Suggestions, text: &str, span: Span) {
    let name =
        text.get(crate::text::bytes(span.range)).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let (kind, country, index) = (span.label.kind(), span.country, found.spans.len());
    found.spans.push(span);
    let entities = found.entities.entry(kind).or_default();
    let same = |entity: &&mut Entity| match country {
        Some(country) => entity.country == Some(country),
        None => entity.name == name,
    };
    match entities.iter_mut().find(same) {
        Some(entity) => entity.mentions.push(index),
        None => entities.push(Entity { name, country, mentions: vec![index], ..Entity::default() }),
    }
}

#[cfg(test)]
mod tests;
