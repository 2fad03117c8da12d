//! The learned tagger: a small encoder that marks names and triggers word by word.
//!
//! `training/tagger` makes the model in `assets/tagger`. Rules and knowledge judge what it marks, see the sources.

mod decode;
mod lines;
mod pieces;
mod reader;
mod truecase;
mod words;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use rubricator_network::ModelError;
use rubricator_network::{MOST, NAMES, Network, QuantisedMatrix, Seen, TRIGGERS, Window};
use safetensors::SafeTensors;
use sha2::{Digest, Sha256};
use text_size::{TextRange, TextSize};

use super::{Document, Label};
use pieces::Pieces;
use reader::EventReader;
pub(crate) use reader::{Candidate, MODALITIES, Reading};
use words::Word;

const MODEL: &[u8] = include_bytes!("../../../assets/tagger/model.safetensors");
/// SHA-256 of the model, in hexadecimal digits.
const HASH: &str = include_str!("../../../assets/tagger/model.sha256");

/// Which tagger it is: what was learned from the vectors of another means nothing here.
pub(crate) fn name() -> &'static str {
    HASH.trim()
}

/// Pieces of the windows that are computed together: more share the cost of reading the weights, fewer stay in the
/// processor's cache.
const TOGETHER: usize = 384;

/// The kinds of names in the order of the network's labels.
const KINDS: [Label; 5] = [Label::Person, Label::Place, Label::Norp, Label::Org, Label::Event];

/// A stretch that the tagger marks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tag {
    /// UTF-8 bytes of the text.
    pub range: TextRange,
    /// Never `Country`: the tagger knows places and groups.
    pub label: Label,
    /// The probability of exactly this range and label, as the network has it.
    pub probability: f32,
}

/// What the tagger sees in a document.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    words: Vec<TextRange>,
    names: Vec<[f32; NAMES]>,
    triggers: Vec<[f32; TRIGGERS]>,
    /// What the network makes of each word, for the reader.
    vectors: QuantisedMatrix,
    reader: Option<Arc<EventReader>>,
    /// Names, in text order, without overlap.
    pub found: Vec<Tag>,
    /// Triggers, in text order, without overlap.
    pub fired: Vec<Tag>,
}

/// The network and the vocabulary that it was trained with.
pub struct Tagger {
    network: Network,
    pieces: Pieces,
    reader: Option<Arc<EventReader>>,
}

impl Tagger {
    /// The tagger of this program, read at the first call.
    pub fn embedded() -> Result<&'static Self, &'static ModelError> {
        static TAGGER: OnceLock<Result<Tagger, ModelError>> = OnceLock::new();
        TAGGER.get_or_init(|| Self::load(MODEL, HASH.trim())).as_ref()
    }

    /// Reads a model whose SHA-256 is `hash`.
    fn load(model: &[u8], hash: &str) -> Result<Self, ModelError> {
        let digest: String = Sha256::digest(model).iter().map(|byte| format!("{byte:02x}")).collect();
        if digest != hash {
            return Err(ModelError::Damaged("its hash is not the one it was shipped with".to_owned()));
        }
        let tensors = SafeTensors::deserialize(model)?;
        let network = Network::load(&tensors)?;
        // While the tagger is trained, a model may have no reader yet.
        let has_reader = tensors.names().iter().any(|name| name.starts_with("reader."));
        let reader = has_reader.then(|| EventReader::load(&tensors, network.width())).transpose()?.map(Arc::new);
        Ok(Self { network, pieces: Pieces::load(&tensors)?, reader })
    }

    /// Marks the names and triggers of a document. Time grows with its length; on several threads windows are shared
    /// out.
    pub fn tag(&self, document: &Document<'_>) -> Tags {
        use rayon::prelude::*;
        let words = words::words(document.text);
        let written = truecase::truecased(document.text, &words);
        let pieces: Vec<Vec<u32>> =
            words.iter().zip(&written).map(|(word, written)| self.pieces.of(written, word.spaced)).collect();
        let sizes: Vec<usize> = pieces.iter().map(Vec::len).collect();
        let ranges = words::windows(document, &words, &sizes, MOST);
        let windows: Vec<Window> =
            ranges.into_iter().map(|range| self.window(&written, &words, &pieces, range)).collect();
        let mut groups: Vec<&[Window]> = Vec::new();
        let mut rest = windows.as_slice();
        while !rest.is_empty() {
            let mut used = 0;
            let fits = rest.iter().take_while(|window| {
                used += window.pieces.len();
                used <= TOGETHER
            });
            let (group, behind) = rest.split_at(fits.count().max(1));
            groups.push(group);
            rest = behind;
        }
        let seen: Vec<Vec<Seen>> = groups.into_par_iter().map(|group| self.network.run(group)).collect();
        let mut tags = Tags::new(&words, seen.into_iter().flatten());
        tags.reader.clone_from(&self.reader);
        for tag in tags.found.iter_mut() {
            tag.range = with_point(document, within_line(document, tag.range));
        }
        lines::whole_lines(document, &mut tags);
        tags
    }

    /// The log probability of a word in small letters among all that is written, in its languages and in others.
    pub(crate) fn log_probability(&self, word: &str) -> f32 {
        self.pieces.best(word, true).1
    }

    fn window(&self, written: &[Cow<'_, str>], words: &[Word], pieces: &[Vec<u32>], range: Range<usize>) -> Window {
        let mut window = Window::default();
        let mark = words::shape(".", false);
        let mut push = |piece: u32, shape: usize| {
            window.pieces.push(piece);
            window.shapes.push(u8::try_from(shape).unwrap_or(u8::MAX));
            window.pieces.len() - 1
        };
        push(self.pieces.start, mark);
        let mut heads = Vec::with_capacity(range.len());
        let inside =
            words.get(range.clone()).unwrap_or_default().iter().zip(written.get(range.clone()).unwrap_or_default());
        for ((word, written), pieces) in inside.zip(pieces.get(range).unwrap_or_default()) {
            let shape = words::shape(written, word.line_start);
            let all = pieces.iter().map(|piece| push(*piece, shape));
            heads.extend(all.reduce(|first, _| first));
        }
        push(self.pieces.stop, mark);
        Window { heads, ..window }
    }
}

/// What the log odds of the rules and of the tagger weigh in their sum.
const WEIGHTS: (f32, f32) = (0.6, 0.9);

/// The probability that rules and tagger give together, each with its own: the log odds weighed and added up.
pub fn joined(rules: f32, tagger: f32) -> f32 {
    let odds = |p: f32| (p / (1.0 - p)).ln();
    let sum = WEIGHTS.0 * odds(rules.clamp(0.02, 0.98)) + WEIGHTS.1 * odds(tagger.clamp(0.001, 0.999));
    1.0 / (1.0 + (-sum).exp())
}

impl Tags {
    fn new(words: &[Word], windows: impl Iterator<Item = Seen>) -> Self {
        let mut tags = Self { words: words.iter().map(|word| word.range).collect(), ..Self::default() };
        for window in windows {
            let from = tags.names.len();
            tags.names.extend(window.scores.iter().map(|scores| scores.names));
            tags.triggers.extend(window.scores.iter().map(|scores| scores.triggers));
            tags.vectors.append(window.vectors);
            let names = tags.names.get(from..).unwrap_or_default();
            for (range, beginning) in decode::spans(names) {
                let label = KINDS.get(beginning / 2).copied().unwrap_or(Label::Org);
                tags.found.extend(tag(names, words, from, range, beginning, label));
            }
            let triggers = tags.triggers.get(from..).unwrap_or_default();
            for (range, beginning) in decode::spans(triggers) {
                tags.fired.extend(tag(triggers, words, from, range, beginning, Label::Trigger));
            }
        }
        tags
    }

    /// As if the network saw this in a document and nothing else: names and triggers, sorted, without overlap of their own
    /// kind.
    #[cfg(test)]
    pub(crate) fn assumed(document: &Document<'_>, seen: Vec<Tag>) -> Self {
        fn mark<const N: usize>(rows: &mut [[f32; N]], beginning: usize, probability: f32) {
            for (index, row) in rows.iter_mut().enumerate() {
                row[0] = (1.0 - probability).ln();
                row[beginning + usize::from(index > 0)] = probability.ln();
            }
        }
        fn nothing<const N: usize>() -> [f32; N] {
            std::array::from_fn(|label| if label == 0 { 0.0 } else { f32::NEG_INFINITY })
        }
        let words: Vec<TextRange> = words::words(document.text).iter().map(|word| word.range).collect();
        let (names, triggers) = (vec![nothing(); words.len()], vec![nothing(); words.len()]);
        let mut tags = Self { words, names, triggers, ..Self::default() };
        for tag in &seen {
            let words = tags.words_in(tag.range);
            match KINDS.iter().position(|kind| *kind == tag.label) {
                Some(kind) => mark(&mut tags.names[words], 2 * kind + 1, tag.probability),
                None => mark(&mut tags.triggers[words], 1, tag.probability),
            }
        }
        let (fired, found) = seen.into_iter().partition(|tag| tag.label == Label::Trigger);
        Self { found, fired, ..tags }
    }

    /// How likely the words of `range` are a part of a name of this kind, on average: 0 without a tagger.
    pub fn share(&self, range: TextRange, label: Label) -> f32 {
        let Some(beginning) = KINDS.iter().position(|kind| *kind == label).map(|kind| 2 * kind + 1) else { return 0.0 };
        mean(self.rows(&self.names, range), |row| part(row, beginning))
    }

    /// How likely the words of `range` are a part of a trigger, on average: 0 without a tagger.
    pub fn trigger_share(&self, range: TextRange) -> f32 {
        mean(self.rows(&self.triggers, range), |row| part(row, 1))
    }

    /// Whether there is anything to ask: not without a tagger, nor in an empty text.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn rows<'a, const N: usize>(&self, scores: &'a [[f32; N]], range: TextRange) -> &'a [[f32; N]] {
        scores.get(self.words_in(range)).unwrap_or_default()
    }

    /// Where the tagger's words stand, in order.
    pub(crate) fn word_ranges(&self) -> &[TextRange] {
        &self.words
    }

    /// Where the words stand, and what the network makes of each.
    pub(crate) fn into_words(self) -> (Vec<TextRange>, QuantisedMatrix) {
        (self.words, self.vectors)
    }

    /// The tagger's words that touch `range`, by index: what [`Candidate`] and [`Reading::role`] count in.
    pub(crate) fn words_in(&self, range: TextRange) -> Range<usize> {
        words_in(&self.words, range)
    }

    /// What the reader makes of candidates, sorted by their first word; none without a tagger. `sentences`: the ranges of
    /// the text's sentences, in order.
    pub(crate) fn read(&self, candidates: Vec<Candidate>, sentences: &[TextRange]) -> Option<Reading<'_>> {
        let sentences: Vec<Range<usize>> = sentences.iter().map(|range| self.words_in(*range)).collect();
        self.reader.as_deref().map(|reader| Reading::new(reader, &self.vectors, candidates, &sentences))
    }

    /// The names that touch `range`.
    pub fn over(&self, range: TextRange) -> &[Tag] {
        over(&self.found, range)
    }
}

/// The range up to the line end where the words behind it are written otherwise: a byline above a dateline.
fn within_line(document: &Document<'_>, range: TextRange) -> TextRange {
    let words = document.slice(range);
    let Some((before, behind)) = words.split_once('\n') else { return range };
    let loud = |words: &str| !words.chars().any(char::is_lowercase);
    let before = before.trim_end();
    let (above, _) = document.text.split_at_checked(range.start().into()).unwrap_or_default();
    let line = above.rsplit('\n').next().unwrap_or_default();
    let byline = line.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    match TextSize::try_from(before.len()) {
        Ok(length) if (byline || loud(before) != loud(behind)) && !before.is_empty() => {
            TextRange::at(range.start(), length)
        }
        _ => range,
    }
}

/// The range with the point of the abbreviation that it ends with: "Conn.", "Jr.", "D.C.".
fn with_point(document: &Document<'_>, range: TextRange) -> TextRange {
    let tokens = document.tokens_in(range);
    let last = tokens.end.checked_sub(1).and_then(|last| document.tokens.get(last)).map(|token| token.range);
    let point = |end: TextSize| document.slice(TextRange::new(range.end(), end)) == ".";
    // One letter and a point may end a sentence too.
    last.filter(|last| last.end() > range.end() && point(last.end()) && document.slice(*last).chars().count() > 2)
        .map_or(range, |last| TextRange::new(range.start(), last.end()))
}

/// Those of words in their order that touch `range`, by index.
pub(crate) fn words_in(words: &[TextRange], range: TextRange) -> Range<usize> {
    let from = words.partition_point(|word| word.end() <= range.start());
    from..words.partition_point(|word| word.start() < range.end()).max(from)
}

/// Those of sorted tags that touch `range`.
fn over(tags: &[Tag], range: TextRange) -> &[Tag] {
    let from = tags.partition_point(|tag| tag.range.end() <= range.start());
    let to = tags.partition_point(|tag| tag.range.start() < range.end());
    tags.get(from..to.max(from)).unwrap_or_default()
}

/// The tag of words of a window whose first word is the `from`th of the text.
fn tag<const N: usize>(
    scores: &[[f32; N]],
    words: &[Word],
    from: usize,
    range: Range<usize>,
    beginning: usize,
    label: Label,
) -> Option<Tag> {
    let inside = scores.get(range.clone())?;
    let probability = decode::probability(inside, scores.get(range.end), beginning);
    let start: TextSize = words.get(from + range.start)?.range.start();
    let end = words.get((from + range.end).checked_sub(1)?)?.range.end();
    Some(Tag { range: TextRange::new(start, end), label, probability })
}

/// The probability that a word begins or goes on with a kind.
fn part<const N: usize>(row: &[f32; N], beginning: usize) -> f32 {
    row.iter().skip(beginning).take(2).map(|score| score.exp()).sum()
}

fn mean<const N: usize>(rows: &[[f32; N]], value: impl Fn(&[f32; N]) -> f32) -> f32 {
    if rows.is_empty() { 0.0 } else { rows.iter().map(value).sum::<f32>() / rows.len() as f32 }
}

#[cfg(test)]
mod tests;
