//! Tokens and sentences for formats that mark tokens: cut so that every mention is made of whole ones.

use text_size::{TextRange, TextSize};

use crate::text::{sentences, tokens};

/// The tokens of a text, sentence by sentence. A token is cut where one of `marks` begins or ends inside it, and two
/// sentences are one where a mark goes over the end of the first.
pub(super) fn segments(text: &str, marks: &[TextRange]) -> Vec<Vec<TextRange>> {
    let words = tokens::tokenize(text);
    let ends: Vec<TextSize> = sentences::sentences(text, &words).into_iter().map(TextRange::end).collect();
    let words: Vec<TextRange> = words.into_iter().map(|token| token.range).collect();
    let mut marks = marks.to_vec();
    marks.sort_by_key(|mark| mark.start());
    let mut marks_left = marks.iter().peekable();
    let mut ends = ends.into_iter().peekable();
    // How far marks go that have begun.
    let mut covered = TextSize::new(0);
    let mut sentences: Vec<Vec<TextRange>> = Vec::new();
    let mut before: Option<TextRange> = None;
    for word in split(&words, &edges(&marks)) {
        let mut ended = false;
        while ends.next_if(|end| *end <= word.start()).is_some() {
            ended = true;
        }
        if let Some(before) = before {
            while let Some(mark) = marks_left.next_if(|mark| mark.start() < before.end()) {
                covered = covered.max(mark.end());
            }
        }
        match sentences.last_mut().filter(|_| !ended || covered > word.start()) {
            Some(sentence) => sentence.push(word),
            None => sentences.push(vec![word]),
        }
        before = Some(word);
    }
    sentences
}

/// Where marks begin and end, in order, each once.
fn edges(marks: &[TextRange]) -> Vec<TextSize> {
    let mut edges: Vec<_> = marks.iter().flat_map(|mark| [mark.start(), mark.end()]).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The words cut at every edge that lies inside one, so that each is wholly in a mark or wholly out.
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

/// Whether no word, of those in order, reaches into a range.
pub(super) fn wordless(range: TextRange, words: &[TextRange]) -> bool {
    let first = words.partition_point(|word| word.end() <= range.start());
    words.get(first).is_none_or(|word| word.start() >= range.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{byte_range, bytes};

    fn shown(text: &str, marks: &[(usize, usize)]) -> Vec<String> {
        let marks: Vec<_> = marks.iter().map(|(start, end)| byte_range(*start, *end).unwrap()).collect();
        let words =
            |sentence: &Vec<TextRange>| sentence.iter().map(|word| &text[bytes(*word)]).collect::<Vec<_>>().join(" ");
        segments(text, &marks).iter().map(words).collect()
    }

    #[test]
    fn marks_cut_tokens_and_join_sentences() {
        let text = "Pro-Xi men met. He left. It ended.";
        assert_eq!(shown(text, &[]), ["Pro-Xi men met .", "He left .", "It ended ."]);
        assert_eq!(shown(text, &[(4, 6), (5, 10)]), ["Pro- X i men met .", "He left .", "It ended ."]);
        assert_eq!(shown(text, &[(11, 18)]), ["Pro-Xi men met . He left .", "It ended ."]);
        assert_eq!(shown(text, &[(11, 15), (16, 18)]), ["Pro-Xi men met .", "He left .", "It ended ."]);
    }
}
