//! An article to learn from: what the engine makes of it, and what a person decided on in it.

use std::collections::{BTreeSet, HashSet};

use rubricator_network::QuantisedMatrix;
use text_size::TextRange;

use super::candidates::Candidate;
use crate::project::{CountryCode, KindId};
use crate::suggest::{Label, Span, SpanLabel, Suggestions};

/// What the engine makes of a text by itself, with what learning needs of it.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// What the engine suggests without a memory.
    pub found: Suggestions,
    /// What may be of a kind of one's own.
    pub(in crate::suggest) candidates: Vec<Candidate>,
    /// Where the tagger's words stand, in order.
    pub(in crate::suggest) words: Vec<TextRange>,
    /// What the tagger makes of each word.
    pub(in crate::suggest) vectors: QuantisedMatrix,
}

/// What a person decided on in an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decided {
    /// What is marked in the end: accepted, or made by hand.
    pub marked: Vec<Marked>,
    /// What was suggested and is not right.
    pub rejected: Vec<(TextRange, SpanLabel)>,
    /// The kinds of one's own of which everything in the article is marked.
    pub whole: BTreeSet<KindId>,
    /// The most telling words of records that were suggested, and whether they were kept.
    pub events: Vec<(TextRange, bool)>,
    /// Where every record was decided on, the most telling words of all that the engine found, those in the background
    /// too, and whether each is one to keep.
    pub records: Vec<(TextRange, bool)>,
}

impl Decided {
    /// The kinds and scores of suggestions that were decided on, and whether each is right. Events are none of them.
    pub(super) fn scored<'s>(&self, found: &'s Suggestions) -> impl Iterator<Item = (KindId, f32, bool)> + use<'s> {
        let marked: HashSet<(TextRange, SpanLabel)> =
            self.marked.iter().map(|mark| (mark.range, mark.label.clone())).collect();
        let rejected: HashSet<(TextRange, SpanLabel)> = self.rejected.iter().cloned().collect();
        let tells = |span: &Span| matches!(span.label.engine(), Some(Label::Event | Label::Trigger));
        let spans = found.spans.iter().filter(move |span| !tells(span));
        spans.filter_map(move |span| {
            let place = (span.range, span.label.clone());
            let right = if marked.contains(&place) { true } else { rejected.contains(&place).then_some(false)? };
            Some((span.label.kind(), span.score, right))
        })
    }
}

/// What is marked in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// UTF-8 bytes of the text.
    pub range: TextRange,
    /// As what.
    pub label: SpanLabel,
    /// The country that it names.
    pub country: Option<CountryCode>,
}
