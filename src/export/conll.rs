//! CoNLL-2003 columns with IOB2 tags: a token a line, a blank line after each sentence; no overlaps.

use std::cmp::Reverse;
use std::fmt::Write as _;

use text_size::{TextRange, TextSize};

use super::view::{ArticleView, Marked, View};
use super::{Export, ExportError, Format, LeftOut, Selection};
use crate::project::Project;
use crate::text::{bytes, sentences, tokens};

/// See the module.
pub(super) struct Conll;

impl Format for Conll {
    fn id(&self) -> &'static str {
        "conll"
    }

    fn name(&self) -> &'static str {
        "CoNLL (IOB2)"
    }

    fn extension(&self) -> &'static str {
        "conll"
    }

    fn description(&self) -> &'static str {
        "A word a line with its tag, for training taggers; overlapping tags are left out"
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let mut lines = String::new();
        let mut left_out = Vec::new();
        for article in &view.articles {
            lines.push_str("-DOCSTART- -X- -X- O\n\n");
            write(article, &mut lines, &mut left_out);
        }
        let file = Export::file(format!("{}.conll", view.stem()), lines);
        Ok(Export { left_out, ..file })
    }
}

fn write(article: &ArticleView<'_>, lines: &mut String, left_out: &mut Vec<LeftOut>) {
    let words = tokens::tokenize(article.text);
    let sentences = sentences::sentences(article.text, &words);
    let words: Vec<_> = words.into_iter().map(|token| token.range).collect();
    let kept = without_overlaps(article, &words, left_out);
    let mut kept = kept.into_iter().peekable();
    let mut ends = sentences.into_iter().map(TextRange::end).peekable();
    let edges = edges(&kept.clone().map(|marked| marked.mention.range).collect::<Vec<_>>());
    let mut begun = false;
    for word in split(&words, &edges) {
        while kept.next_if(|marked| marked.mention.range.end() <= word.start()).is_some() {
            begun = false;
        }
        let inside = kept.peek().filter(|marked| marked.mention.range.contains_range(word));
        let ended = ends.next_if(|end| *end <= word.start()).is_some();
        while ends.next_if(|end| *end <= word.start()).is_some() {}
        // A tag that goes over the end of a sentence joins the two, so that none begins with `I-`.
        if ended && !(begun && inside.is_some()) {
            lines.push('\n');
        }
        let text = article.text.get(bytes(word)).unwrap_or_default();
        let _ = match inside {
            Some(marked) => writeln!(lines, "{text} _ _ {}-{}", if begun { 'I' } else { 'B' }, label(marked)),
            None => writeln!(lines, "{text} _ _ O"),
        };
        begun = inside.is_some();
    }
    lines.push('\n');
}

/// The mentions that can stand beside each other, in text order: of two that overlap the longer, then the earlier.
fn without_overlaps<'p>(
    article: &ArticleView<'p>,
    words: &[TextRange],
    left_out: &mut Vec<LeftOut>,
) -> Vec<Marked<'p>> {
    let mut by_length: Vec<_> = (0..).zip(&article.mentions).collect();
    by_length.sort_by_key(|(index, marked)| (Reverse(marked.mention.range.len()), *index));
    // Ends of the kept ranges by their starts: they do not overlap, so the last one before a place decides.
    let mut kept = std::collections::BTreeMap::<TextSize, Marked<'p>>::new();
    let mut dropped: Vec<(usize, LeftOut)> = Vec::new();
    for (index, marked) in by_length {
        let range = marked.mention.range;
        let before = kept.range(..range.end()).next_back().map(|(_, other)| other);
        let first_word = words.partition_point(|word| word.end() <= range.start());
        let wordless = words.get(first_word).is_none_or(|word| word.start() >= range.end());
        if wordless {
            dropped.push((index, article.left_out(marked.describe(), "it holds no word")));
        } else if before.is_some_and(|other| other.mention.range.end() > range.start()) {
            dropped.push((index, article.left_out(marked.describe(), "it overlaps a longer or earlier tag")));
        } else {
            kept.insert(range.start(), *marked);
        }
    }
    dropped.sort_by_key(|(index, _)| *index);
    left_out.extend(dropped.into_iter().map(|(_, what)| what));
    kept.into_values().collect()
}

/// Where tags begin and end, in order.
fn edges(ranges: &[TextRange]) -> Vec<TextSize> {
    let mut edges: Vec<_> = ranges.iter().flat_map(|range| [range.start(), range.end()]).collect();
    edges.dedup();
    edges
}

/// The words cut at every edge that lies inside one, so that each is wholly in a tag or wholly out.
fn split(words: &[TextRange], edges: &[TextSize]) -> Vec<TextRange> {
    let mut edges = edges.iter().copied().peekable();
    let mut pieces = Vec::with_capacity(words.len());
    for word in words {
        let mut start = word.start();
        while edges.next_if(|edge| *edge <= start).is_some() {}
        while let Some(edge) = edges.next_if(|edge| *edge < word.end()) {
            pieces.push(TextRange::new(start, edge));
            start = edge;
        }
        pieces.push(TextRange::new(start, word.end()));
    }
    pieces
}

/// `PERSON`, `COUNTRY`, `EVENT`, or another kind's id in capitals.
fn label(marked: &Marked<'_>) -> String {
    let upper = marked.mention.kind.as_str().to_uppercase();
    upper.chars().map(|c| if c.is_whitespace() || c == '-' { '_' } else { c }).collect()
}
