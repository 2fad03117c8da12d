//! What a person's decisions teach: words that were rejected or added again and again, and kinds of one's own, which are
//! suggested from their examples. A [`Memory`] is a function of the articles that it learned from, in their order.

mod article;
mod article_tags;
mod candidates;
mod heads;
mod kinds;
mod own;
mod project;
mod reason;
mod recall;
mod records;
mod scores;
mod trial;
mod ways;
mod words;

use text_size::TextRange;

use super::order::sort;
use super::{CountryName, Entity, Label, Level, Span, SpanLabel, Suggestions};
use crate::project::{ArticleId, KindId, Mention};
pub use article::{Decided, Look, Marked};
pub use article_tags::{LearnedTags, TagLesson, TagSuggestion, learned_tags, tag_lessons};
pub(super) use candidates::candidates;
use kinds::Kinds;
pub use kinds::{KindLesson, KindSpan, MOST as MOST_LESSONS, ProjectKinds};
pub use own::KindStanding;
use own::Told;
pub use project::{ProjectMemory, Turned, adapted_kinds, own_kinds};
pub use reason::Reason;
use records::Records;
use scores::Scores;
pub use ways::Way;
use words::{Taught, Verdict, Words};

/// The name of the source of what decisions elsewhere teach.
pub(super) const SOURCE: &str = "memory";
/// From which worth on a record is suggested although such words were rejected elsewhere.
const SURE: f32 = 0.4;
/// How sure it is that words are what they were elsewhere.
const ADDED: f32 = 0.8;
const ADDED_REASON: &str = "these words were tagged in other articles";
const ADDED_HERE_REASON: &str = "these words were tagged elsewhere in this article";
/// The name of the source of what is like the examples of a kind.
pub(super) const EXAMPLES: &str = "examples";
/// What stands before the source of a suggestion that is held back because it is unlike the examples of its kind.
pub(super) const UNLIKE: &str = "unlike/";
/// What stands before the source of a suggestion that was pointed at who its words stand for elsewhere.
const NAMED: &str = "memory/";

/// The source that made a suggestion, whatever decisions have changed about it since.
fn made_by(mention: &Mention) -> &str {
    let source = mention.origin.source.as_str();
    let source = source.strip_prefix(UNLIKE).unwrap_or(source);
    source.strip_prefix(NAMED).unwrap_or(source)
}

/// Whether a suggestion was made because of decisions, not by a run of the engine.
pub(super) fn is_learned(mention: &Mention) -> bool {
    match made_by(mention) {
        EXAMPLES => true,
        SOURCE => mention.event().is_none(),
        _ => false,
    }
}

/// What articles that were decided on have taught.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    words: Words,
    kinds: Kinds,
    records: Records,
    scores: Scores,
    /// How many articles it has learned from.
    articles: u32,
}

impl Memory {
    /// A memory that suggests kinds of one's own from their examples, and adapts kinds that the engine knows to what is
    /// called so in these articles.
    pub fn new(own: impl IntoIterator<Item = KindId>, ready: impl IntoIterator<Item = Label>) -> Self {
        Self { kinds: Kinds::new(own.into_iter().collect(), ready), ..Self::default() }
    }

    /// Learns what was decided on in an article. `look`: what the engine made of it.
    pub fn learn(&mut self, text: &str, look: &Look, decided: &Decided) {
        self.kinds.learn(text, look, decided);
        self.records.learn(look, decided);
        let taught = Taught::of(text, &look.found, decided);
        self.words.count(&taught, true);
        self.scores.count(ArticleId(self.articles), &taught.scored, true);
        self.scores.fit(taught.scored.iter().map(|(kind, ..)| kind));
        self.articles += 1;
    }

    /// What is suggested for a text: what the engine made of it, without what was rejected elsewhere, with what was added
    /// elsewhere, with its kinds as they are adapted, and with kinds of one's own.
    pub fn suggest(&self, text: &str, look: &Look) -> Suggestions {
        let mut found = look.found.clone();
        self.hold_back_records(text, &mut found);
        self.records.choose(look, &mut found);
        let Kinds { own, ready } = &self.kinds;
        let tells = |span: &Span| matches!(span.label.engine(), Some(Label::Event | Label::Trigger));
        sort(&mut found, |span| {
            tells(span) || !(own.has(&span.label) || self.is_wrong(text, span) || self.words.is_unwanted(span))
        });
        let adapted = ready.suggest(text, look, None);
        let is = |told: &Told, span: &Span| told.range == span.range && told.kind.as_str() == span.label.name();
        sort(&mut found, |span| !ready.speaks(&span.label) || adapted.iter().any(|told| is(told, span)));
        for learned in adapted {
            let known = found.spans.iter().any(|span| is(&learned, span));
            let label = Label::adapted(learned.kind.as_str()).filter(|_| !known);
            let span = label.map(|label| told(learned.range, label.into(), learned.score, learned.reason));
            if let Some(span) = span.filter(|span| !self.is_wrong(text, span)) {
                add(&mut found, text, span);
            }
        }
        let taken = |range: TextRange| {
            let meets = |span: &Span| span.range.intersect(range).is_some_and(|shared| !shared.is_empty());
            found.spans.iter().any(|span| span.label != Label::Trigger && meets(span))
        };
        for (range, label, country) in self.words.known_in(text, taken) {
            let named = country.map(|_| CountryName::Name);
            let span = Span { country, country_name: named, ..told(range, label, ADDED, ADDED_REASON.to_owned()) };
            add(&mut found, text, span);
        }
        for kind in own.suggest(text, look, None) {
            let span = told(kind.range, SpanLabel::Kind(kind.kind), kind.score, kind.reason);
            if !self.is_wrong(text, &span) {
                add(&mut found, text, span);
            }
        }
        for span in found.spans.iter_mut().filter(|span| span.source != SOURCE) {
            span.score = self.scores.of(&span.label.kind(), span.score);
        }
        sort(&mut found, |_| true);
        found
    }

    /// Whether decisions agree that the words of a span are not what it says.
    fn is_wrong(&self, text: &str, span: &Span) -> bool {
        self.words.verdict(&span.label, said(text, span)) == Some(Verdict::Wrong)
    }

    /// Puts records into the background of a type that is not wanted, or of which the most telling words were rejected
    /// elsewhere. One that is most likely
    /// worth keeping stays, and says why in spite of its words.
    fn hold_back_records(&self, text: &str, found: &mut Suggestions) {
        for event in found.events.iter_mut().filter(|event| event.is_kept()) {
            let Some(span) = event.mentions.first().and_then(|index| found.spans.get_mut(*index)) else { continue };
            if Way::of_event(event.kind).is_some_and(|way| self.words.unwanted(way).is_some()) {
                event.level = Level::Everything;
                continue;
            }
            let words = said(text, span);
            if self.words.of_event(words) != Some(Verdict::Wrong) {
                continue;
            }
            if event.worth < SURE {
                event.level = Level::Everything;
            } else {
                let (_, articles) = self.words.articles_of_event(words);
                span.reason = format!(
                    "events of these words were rejected in {} articles; this one is likely: {}",
                    articles.all(),
                    span.reason
                );
            }
        }
    }
}

/// The words of a span.
fn said<'t>(text: &'t str, span: &Span) -> &'t str {
    text.get(crate::text::bytes(span.range)).unwrap_or_default()
}

fn told(range: TextRange, label: SpanLabel, score: f32, reason: String) -> Span {
    Span { range, label, score, source: SOURCE, reason, country: None, country_name: None, in_country: None }
}

/// Adds a span, to the entity of its kind that has the same name where there is one.
fn add(found: &mut Suggestions, text: &str, span: Span) {
    let name = said(text, &span).split_whitespace().collect::<Vec<_>>().join(" ");
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
