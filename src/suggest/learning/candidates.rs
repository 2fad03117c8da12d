//! What may be of a kind of one's own: the names that the engine sees, and the parts of runs of capitalised words.

use std::collections::HashSet;
use std::ops::Range;

use text_size::TextRange;

use crate::suggest::tagger::Tags;
use crate::suggest::{Document, Label, Suggestions};
use crate::text::language::language;

/// The most words of a candidate.
pub(super) const LONGEST: usize = 9;
/// The most words of a run of capitalised words whose parts are all looked at.
const RUN: usize = 13;

/// Words that may be of a kind.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::suggest) struct Candidate {
    /// As indexes into the tagger's words.
    pub(super) words: Range<usize>,
    /// What the engine takes them for, and how sure it is.
    pub(super) seen: Option<(Label, f32)>,
}

/// The candidates of a text, each once, in order.
pub(in crate::suggest) fn candidates(document: &Document<'_>, tags: &Tags, found: &Suggestions) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    for span in &found.spans {
        let words = tags.words_in(span.range);
        let label = span.label.engine().filter(|label| *label != Label::Trigger);
        if let Some(label) = label.filter(|_| (1..=LONGEST).contains(&words.len())) {
            all.push(Candidate { words, seen: Some((label, span.score)) });
        }
    }
    let known: HashSet<Range<usize>> = all.iter().map(|candidate| candidate.words.clone()).collect();
    let ranges = tags.word_ranges();
    let mut at = 0;
    while at < ranges.len() {
        if !is_capital(document, ranges, at) {
            at += 1;
            continue;
        }
        let last = end_of_run(document, ranges, at);
        let capitals: Vec<usize> = (at..=last).filter(|word| is_capital(document, ranges, *word)).collect();
        for (index, first) in capitals.iter().enumerate() {
            for end in capitals.iter().skip(index).take_while(|end| *end - first < LONGEST) {
                let words = *first..end + 1;
                if !known.contains(&words) {
                    all.push(Candidate { words, seen: None });
                }
            }
        }
        at = last + 1;
    }
    all.sort_by_key(|candidate| (candidate.words.start, std::cmp::Reverse(candidate.words.end)));
    all.dedup_by(|a, b| a.words == b.words);
    all
}

/// The last word of the run of capitalised words that begins with the word `at`: small words within it join them.
fn end_of_run(document: &Document<'_>, ranges: &[TextRange], at: usize) -> usize {
    let mut last = at;
    for next in at + 1..(at + RUN).min(ranges.len()) {
        let (Some(before), Some(range)) = (ranges.get(next - 1), ranges.get(next)) else { break };
        let between = document.slice(TextRange::new(before.end(), range.start()));
        if !matches!(between, "" | " ") {
            break;
        }
        if is_capital(document, ranges, next) {
            last = next;
        } else if !joins(document.slice(*range)) {
            break;
        }
    }
    last
}

/// Whether a word begins with a capital or a digit.
fn is_capital(document: &Document<'_>, ranges: &[TextRange], word: usize) -> bool {
    let first = ranges.get(word).and_then(|range| document.slice(*range).chars().next());
    first.is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// Whether a word may stand within a name.
fn joins(word: &str) -> bool {
    let grammar = &language().grammar;
    matches!(word, "-" | "–" | "'" | "’" | "s" | "&" | "and" | "de")
        || grammar.prepositions.contains(word)
        || grammar.determiners.contains(word)
}
