//! CoNLL-2003 columns, with IOB2 or IOB1 tags: a token a line, a blank line after each sentence; no overlaps.

use std::cmp::Reverse;
use std::fmt::Write as _;

use text_size::{TextRange, TextSize};

use super::segments::{segments, wordless};
use super::view::{ArticleView, Marked, View};
use super::{Export, ExportError, Format, Group, LeftOut, Selection};
use crate::project::Project;
use crate::text::{bytes, tokens};

/// See the module.
pub(super) enum Conll {
    /// `B-` where a tag begins.
    Iob2,
    /// `B-` only where a tag follows another of its type, as in the data of CoNLL-2003 itself.
    Iob1,
}

impl Format for Conll {
    fn id(&self) -> &'static str {
        match self {
            Self::Iob2 => "conll",
            Self::Iob1 => "conll-iob1",
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Iob2 => "CoNLL (IOB2)",
            Self::Iob1 => "CoNLL (IOB1)",
        }
    }

    fn group(&self) -> Group {
        Group::MachineLearning
    }

    fn extension(&self) -> &'static str {
        "conll"
    }

    fn description(&self) -> &'static str {
        match self {
            Self::Iob2 => "A word a line with its tag, for training taggers; overlapping tags are left out",
            Self::Iob1 => "The same with the tags of CoNLL-2003 itself: B- only between neighbours of one type",
        }
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let mut lines = String::new();
        let mut left_out = Vec::new();
        for article in &view.articles {
            lines.push_str("-DOCSTART- -X- -X- O\n\n");
            self.write(article, &mut lines, &mut left_out);
        }
        let file = Export::file(format!("{}.conll", view.stem()), lines);
        Ok(Export { left_out, ..file })
    }
}

impl Conll {
    fn write(&self, article: &ArticleView<'_>, lines: &mut String, left_out: &mut Vec<LeftOut>) {
        let kept = without_overlaps(article, left_out);
        let ranges: Vec<TextRange> = kept.iter().map(|marked| marked.mention.range).collect();
        let mut kept = kept.iter().peekable();
        for sentence in segments(article.text, &ranges) {
            // The mention that the word before is in, if any.
            let mut before: Option<&Marked<'_>> = None;
            for word in sentence {
                while kept.next_if(|marked| marked.mention.range.end() <= word.start()).is_some() {}
                let inside = kept.peek().copied().filter(|marked| marked.mention.range.contains_range(word));
                let tag = inside.map_or_else(|| "O".to_owned(), |marked| self.tag(marked, before));
                let _ = writeln!(lines, "{} _ _ {tag}", article.text.get(bytes(word)).unwrap_or_default());
                before = inside;
            }
            lines.push('\n');
        }
    }

    /// The tag of a word in a mention, by what the word before is in.
    fn tag(&self, marked: &Marked<'_>, before: Option<&Marked<'_>>) -> String {
        let label = label(marked);
        let goes_on = before.is_some_and(|before| before.mention.id == marked.mention.id);
        let begins = match self {
            Self::Iob2 => !goes_on,
            Self::Iob1 => !goes_on && before.map(self::label) == Some(label.clone()),
        };
        format!("{}-{label}", if begins { 'B' } else { 'I' })
    }
}

/// The mentions that can stand beside each other, in text order: of two that overlap the longer, then the earlier.
fn without_overlaps<'p>(article: &ArticleView<'p>, left_out: &mut Vec<LeftOut>) -> Vec<Marked<'p>> {
    let words: Vec<TextRange> = tokens::tokenize(article.text).into_iter().map(|token| token.range).collect();
    let mut by_length: Vec<_> = (0..).zip(&article.mentions).collect();
    by_length.sort_by_key(|(index, marked)| (Reverse(marked.mention.range.len()), *index));
    // Ends of the kept ranges by their starts: they do not overlap, so the last one before a place decides.
    let mut kept = std::collections::BTreeMap::<TextSize, Marked<'p>>::new();
    let mut dropped: Vec<(usize, LeftOut)> = Vec::new();
    for (index, marked) in by_length {
        let range = marked.mention.range;
        let before = kept.range(..range.end()).next_back().map(|(_, other)| other);
        if wordless(range, &words) {
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

/// `PERSON`, `COUNTRY`, `EVENT`, or another kind's id in capitals.
fn label(marked: &Marked<'_>) -> String {
    let upper = marked.mention.kind.as_str().to_uppercase();
    upper.chars().map(|c| if c.is_whitespace() || c.is_control() || c == '-' { '_' } else { c }).collect()
}
