//! The reader: heads beside the tagger's that make event records of triggers, as `training/tagger/reader.py` has them.
//! It sees an article whole: candidates (triggers and named events) and sentences are rows, over which a small encoder
//! looks before it is said of each candidate what it is worth, of which kind it is and how real, of each two whether
//! they tell of one happening, and of each word whether it names who does it, to whom, where or when.

use std::ops::Range;

use rubricator_network::{
    Buffers, Executors, Layer, Linear, ModelError, Norm, QuantisedMatrix, check, floats, with_buffers,
};
use safetensors::SafeTensors;

/// The width of the rows that the reader looks over.
const WIDTH: usize = 128;
/// The width of what two candidates are compared by, and of what a role is told by.
const PAIR: usize = 64;
const ROLE: usize = 48;
/// How many roles, kinds and modalities there are, in the order of `reader.py`.
pub(crate) const ROLES: usize = 4;
pub(crate) const KINDS: usize = 39;
pub(crate) const MODALITIES: usize = 5;
/// What the rules take a candidate for: nothing that they know, one of the sixteen types, a named event; the last row is
/// for training alone.
const TOLD: usize = 19;
/// How many numbers tell of a candidate beside its words.
pub(crate) const FEATURES: usize = 7;
/// How many of an article's first words the reader looks at one by one.
const LEAD: usize = 40;
/// Distances of a word up to here are told apart.
const NEAR: usize = 12;
/// Where sentences stand: the last of each row but the last, see `reader.py`.
const PLACES: [usize; 9] = [0, 1, 2, 3, 5, 8, 12, 18, 27];
/// Features of a pair that are not of its vectors: six distances, the same stem, the same type.
const OF_PAIR: usize = 8;

/// Something that may tell of an event.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Its words, as indexes into the tagger's.
    pub words: Range<usize>,
    /// What the rules take it for: 0 for nothing, 1 to 16 for a PLOVER type in their order, 17 for a named event.
    pub told: usize,
    /// Its sentence.
    pub sentence: usize,
    /// What its first word shares with other forms of it.
    pub stem: String,
    /// What else is known of it: see `Document.feature` in `training/tagger/records.py`.
    pub features: [f32; FEATURES],
}

/// What the reader says of a candidate.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    /// The probability that a person would mark it at all, keep it, and tell of it first.
    pub worth: [f32; 3],
    /// Log probabilities.
    pub kinds: [f32; KINDS],
    /// Log probabilities.
    pub modalities: [f32; MODALITIES],
}

/// The reader's weights.
pub(super) struct EventReader {
    width: usize,
    trigger: Linear,
    sentence: Linear,
    told: Vec<f32>,
    places: Vec<f32>,
    features: Vec<f32>,
    lead: Linear,
    norm: Norm,
    layers: Vec<Layer>,
    judge: Linear,
    judge_word: Linear,
    pair: Linear,
    pair_word: Linear,
    pair_in: Linear,
    pair_features: Vec<f32>,
    pair_out: Vec<f32>,
    role_trigger: Linear,
    role_word: Linear,
    role_distance: Vec<f32>,
}

impl std::fmt::Debug for EventReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EventReader").field("width", &self.width).finish_non_exhaustive()
    }
}

/// A stretch of an article as the reader has seen it.
pub(crate) struct Seen {
    /// What is said of each candidate.
    pub judged: Vec<Judged>,
    /// What candidates are compared by: `[candidates, PAIR]` each.
    pairs: Vec<f32>,
    pairs_word: Vec<f32>,
    /// `[candidates, ROLES * ROLE]`.
    roles: Vec<f32>,
}

impl EventReader {
    /// Reads the weights. Errors where one is missing or of another size.
    pub(super) fn load(tensors: &SafeTensors<'_>, width: usize) -> Result<Self, ModelError> {
        let executor = Executors::default().whole;
        let linear = |name: &str, inputs: usize, outputs: usize| {
            let name = format!("reader.{name}");
            let linear = Linear::load(&executor, tensors, &name, inputs)?;
            check(&name, linear.outputs() == outputs)?;
            Ok::<_, ModelError>(linear)
        };
        let real = |name: &str, size: usize| {
            let name = format!("reader.{name}");
            let values = floats(tensors, &name)?;
            check(&name, values.len() == size)?;
            Ok::<_, ModelError>(values)
        };
        let layer = |i: usize| Layer::load(&executor, tensors, &format!("reader.layers.{i}"), WIDTH);
        Ok(Self {
            width,
            trigger: linear("trigger", width, WIDTH)?,
            sentence: linear("sentence", width, WIDTH)?,
            told: real("told", TOLD * WIDTH)?,
            places: real("place", (PLACES.len() + 1) * WIDTH)?,
            features: real("features", FEATURES * WIDTH)?,
            lead: linear("lead", width, WIDTH)?,
            norm: Norm::load(tensors, "reader.norm", WIDTH)?,
            layers: vec![layer(0)?, layer(1)?],
            judge: linear("judge", WIDTH, 3 + KINDS + MODALITIES)?,
            judge_word: linear("judge_word", width, KINDS + MODALITIES)?,
            pair: linear("pair", WIDTH, PAIR)?,
            pair_word: linear("pair_word", width, PAIR)?,
            pair_in: linear("pair_in", 3 * PAIR, PAIR)?,
            pair_features: real("pair_features", OF_PAIR * PAIR)?,
            pair_out: real("pair_out", PAIR + 1)?,
            role_trigger: linear("role_trigger", width, ROLES * ROLE)?,
            role_word: linear("role_word", width, ROLES * ROLE + ROLES)?,
            role_distance: real("role_distance", (2 * NEAR + 1) * ROLES)?,
        })
    }

    /// What is said of the candidates of a stretch of text. `vectors`: what the tagger makes of its words; `sentences`:
    /// their words and where they stand in the article.
    pub(super) fn read(
        &self,
        vectors: &QuantisedMatrix,
        candidates: &[Candidate],
        sentences: &[(Range<usize>, usize)],
    ) -> Seen {
        with_buffers(|buffers| self.read_with(vectors, candidates, sentences, buffers))
    }

    fn read_with(
        &self,
        vectors: &QuantisedMatrix,
        candidates: &[Candidate],
        sentences: &[(Range<usize>, usize)],
        buffers: &mut Buffers,
    ) -> Seen {
        let executors = Executors::default();
        let apply = |linear: &Linear, x: &[f32], columns: usize, buffers: &mut Buffers| {
            // There are no products of nothing.
            if x.is_empty() {
                return Vec::new();
            }
            let Buffers { input, sums, qkv, .. } = buffers;
            input.take(x, columns);
            linear.real(&executors.whole, input, sums, qkv).to_vec()
        };
        let own: Vec<f32> = candidates.iter().flat_map(|c| vectors.mean(c.words.clone())).collect();
        let lines: Vec<f32> = sentences.iter().flat_map(|(words, _)| vectors.mean(words.clone())).collect();
        let mut x = apply(&self.trigger, &own, self.width, buffers);
        for (row, candidate) in x.chunks_exact_mut(WIDTH).zip(candidates) {
            let tables = part(&self.told, candidate.told).iter().zip(part(&self.places, place(candidate.sentence)));
            row.iter_mut().zip(tables).for_each(|(x, (told, place))| *x += told + place);
            for (weights, feature) in self.features.chunks_exact(WIDTH).zip(candidate.features) {
                row.iter_mut().zip(weights).for_each(|(x, weight)| *x += weight * feature);
            }
        }
        let mut rest = apply(&self.sentence, &lines, self.width, buffers);
        for (row, (_, at)) in rest.chunks_exact_mut(WIDTH).zip(sentences) {
            row.iter_mut().zip(part(&self.places, place(*at))).for_each(|(x, place)| *x += place);
        }
        x.extend(rest);
        let first: Vec<f32> = (0..vectors.rows().min(LEAD)).flat_map(|word| vectors.mean(word..word + 1)).collect();
        x.extend(apply(&self.lead, &first, self.width, buffers));
        self.norm.apply(&mut x);
        for layer in &self.layers {
            layer.run(&executors, &mut x, WIDTH, buffers);
        }
        x.truncate(candidates.len() * WIDTH);
        let judged = apply(&self.judge, &x, WIDTH, buffers);
        let judged_word = apply(&self.judge_word, &own, self.width, buffers);
        let judged = judged.chunks_exact(3 + KINDS + MODALITIES).zip(judged_word.chunks_exact(KINDS + MODALITIES));
        Seen {
            judged: judged.map(|(row, word)| judge(row, word)).collect(),
            pairs: apply(&self.pair, &x, WIDTH, buffers),
            pairs_word: apply(&self.pair_word, &own, self.width, buffers),
            roles: apply(&self.role_trigger, &own, self.width, buffers),
        }
    }

    /// For each pair of candidates of a stretch, the probability that both tell of one happening.
    pub(super) fn same(&self, candidates: &[Candidate], seen: &Seen, pairs: &[(usize, usize)]) -> Vec<f32> {
        with_buffers(|buffers| {
            let executors = Executors::default();
            let mut found = Vec::with_capacity(pairs.len());
            for pairs in pairs.chunks(1024) {
                let rows: Vec<f32> = pairs.iter().flat_map(|(a, b)| compared(seen, *a, *b)).collect();
                let Buffers { input, sums, qkv, .. } = &mut *buffers;
                input.take(&rows, 3 * PAIR);
                let hidden = self.pair_in.real(&executors.whole, input, sums, qkv);
                for (row, (a, b)) in hidden.chunks_exact(PAIR).zip(pairs) {
                    let (Some(a), Some(b)) = (candidates.get(*a), candidates.get(*b)) else { continue };
                    let near = apart(a.sentence.abs_diff(b.sentence));
                    let stem = (a.stem == b.stem).then_some(6);
                    let kind = (a.told == b.told && a.told > 0).then_some(7);
                    let features: Vec<&[f32]> = [Some(near), stem, kind]
                        .into_iter()
                        .flatten()
                        .map(|at| chunk(&self.pair_features, at, PAIR))
                        .collect();
                    let sum: f32 = row
                        .iter()
                        .enumerate()
                        .zip(&self.pair_out)
                        .map(|((i, x), out)| {
                            let x = x + features.iter().filter_map(|feature| feature.get(i)).sum::<f32>();
                            x.max(0.0) * out
                        })
                        .sum();
                    found.push(sigmoid(sum + self.pair_out.last().copied().unwrap_or_default()));
                }
            }
            found
        })
    }

    /// What is asked of words of the text, by themselves, for [`EventReader::role`]: `[words, ROLES * ROLE + ROLES]`.
    pub(super) fn of_words(&self, vectors: &QuantisedMatrix) -> Vec<f32> {
        // A part at a time, so that buffers stay small in a long text.
        const PART: usize = 2048;
        with_buffers(|buffers| {
            let executors = Executors::default();
            let Buffers { sums, qkv, .. } = buffers;
            let mut found = Vec::with_capacity(vectors.rows() * self.role_word.outputs());
            for from in (0..vectors.rows()).step_by(PART) {
                let part = vectors.part(from..(from + PART).min(vectors.rows()));
                found.extend_from_slice(self.role_word.real(&executors.whole, &part, sums, qkv));
            }
            found
        })
    }

    /// The probability of each role of a word for a candidate. `of_words` as [`EventReader::of_words`] gives it.
    pub(super) fn role(
        &self,
        candidates: &[Candidate],
        seen: &Seen,
        candidate: usize,
        of_words: &[f32],
        word: usize,
    ) -> [f32; ROLES] {
        let mut out = [0.0; ROLES];
        let Some(words) = candidates.get(candidate).map(|candidate| &candidate.words) else { return out };
        let row = chunk(of_words, word, ROLES * ROLE + ROLES);
        let (row, bias) = row.split_at_checked(ROLES * ROLE).unwrap_or_default();
        let far = distance(word, words);
        let trigger = chunk(&seen.roles, candidate, ROLES * ROLE).chunks_exact(ROLE);
        let parts = row.chunks_exact(ROLE).zip(trigger).zip(bias).zip(chunk(&self.role_distance, far, ROLES));
        for (out, (((word, trigger), bias), far)) in out.iter_mut().zip(parts) {
            let product: f32 = word.iter().zip(trigger).map(|(a, b)| a * b).sum();
            *out = sigmoid(product / (ROLE as f32).sqrt() + bias + far);
        }
        out
    }
}

/// What two candidates are compared by: products and differences of their vectors.
fn compared(seen: &Seen, a: usize, b: usize) -> impl Iterator<Item = f32> + '_ {
    let (x, y) = (chunk(&seen.pairs, a, PAIR), chunk(&seen.pairs, b, PAIR));
    let (v, w) = (chunk(&seen.pairs_word, a, PAIR), chunk(&seen.pairs_word, b, PAIR));
    let products = x.iter().zip(y).map(|(x, y)| x * y);
    let differences = x.iter().zip(y).map(|(x, y)| (x - y).abs());
    products.chain(differences).chain(v.iter().zip(w).map(|(v, w)| v * w))
}

fn judge(row: &[f32], word: &[f32]) -> Judged {
    let mut judged = Judged { worth: [0.0; 3], kinds: [0.0; KINDS], modalities: [0.0; MODALITIES] };
    let (worth, rest) = row.split_at_checked(3).unwrap_or_default();
    judged.worth.iter_mut().zip(worth).for_each(|(out, x)| *out = sigmoid(*x));
    let sums: Vec<f32> = rest.iter().zip(word).map(|(a, b)| a + b).collect();
    let (kinds, modalities) = sums.split_at_checked(KINDS).unwrap_or_default();
    log_softmax(kinds, &mut judged.kinds);
    log_softmax(modalities, &mut judged.modalities);
    judged
}

fn log_softmax(row: &[f32], out: &mut [f32]) {
    let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total = row.iter().map(|x| (x - most).exp()).sum::<f32>().ln() + most;
    out.iter_mut().zip(row).for_each(|(out, x)| *out = x - total);
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

fn part(table: &[f32], row: usize) -> &[f32] {
    chunk(table, row, WIDTH)
}

fn chunk(table: &[f32], row: usize, size: usize) -> &[f32] {
    table.get(row * size..(row + 1) * size).unwrap_or_default()
}

/// The row for the position of a sentence.
fn place(sentence: usize) -> usize {
    PLACES.partition_point(|most| *most < sentence)
}

/// The row for how many sentences lie between two candidates.
fn apart(sentences: usize) -> usize {
    match sentences {
        0..3 => sentences,
        3..6 => 3,
        6..12 => 4,
        _ => 5,
    }
}

/// The row for where a word stands from the words of a candidate.
fn distance(word: usize, candidate: &Range<usize>) -> usize {
    if word < candidate.start {
        NEAR.saturating_sub(candidate.start - word)
    } else if word >= candidate.end {
        (NEAR + word + 1 - candidate.end).min(2 * NEAR)
    } else {
        NEAR
    }
}

/// The most rows that the reader looks over at once: longer articles are read stretch by stretch, so that time grows with
/// length alone.
const MOST: usize = 320;

/// What the reader makes of an article.
pub(crate) struct Reading<'r> {
    reader: &'r EventReader,
    /// What was given, in order.
    candidates: Vec<Candidate>,
    /// Where each stretch's candidates are, and what is said of them.
    stretches: Vec<(Range<usize>, Seen)>,
    /// As [`EventReader::of_words`] gives it, for all words.
    of_words: Vec<f32>,
}

impl<'r> Reading<'r> {
    /// Reads an article. `sentences`: the tagger's words of each, in order; candidates are sorted by their first word.
    pub(super) fn new(
        reader: &'r EventReader,
        vectors: &QuantisedMatrix,
        candidates: Vec<Candidate>,
        sentences: &[Range<usize>],
    ) -> Self {
        let mut stretches = Vec::new();
        let (mut sentence, mut from) = (0, 0);
        while sentence < sentences.len() {
            let first = sentence;
            let mut to = from;
            while sentence < sentences.len() {
                let more = candidates.iter().skip(to).take_while(|candidate| candidate.sentence <= sentence).count();
                if sentence > first && to + more - from + sentence + 1 - first > MOST {
                    break;
                }
                (to, sentence) = (to + more, sentence + 1);
            }
            let inside = candidates.get(from..to).unwrap_or_default();
            let lines: Vec<(Range<usize>, usize)> = (first..sentence)
                .filter_map(|at| Some((sentences.get(at)?.clone(), at)))
                .filter(|(words, _)| !words.is_empty())
                .collect();
            if !inside.is_empty() {
                stretches.push((from..to, reader.read(vectors, inside, &lines)));
            }
            from = to;
        }
        Self { reader, candidates, stretches, of_words: reader.of_words(vectors) }
    }

    /// The stretch that holds a candidate.
    fn stretch(&self, candidate: usize) -> Option<&(Range<usize>, Seen)> {
        let at = self.stretches.partition_point(|(range, _)| range.end <= candidate);
        self.stretches.get(at).filter(|(range, _)| range.contains(&candidate))
    }

    /// What is said of a candidate.
    pub(crate) fn judged(&self, candidate: usize) -> Option<&Judged> {
        let (range, seen) = self.stretch(candidate)?;
        seen.judged.get(candidate - range.start)
    }

    /// For each pair of candidates the probability that both tell of one happening; 0 for those far apart.
    pub(crate) fn same(&self, pairs: &[(usize, usize)]) -> Vec<f32> {
        let mut found = vec![0.0; pairs.len()];
        for (range, seen) in &self.stretches {
            let inside = |at: &usize| range.contains(at);
            let here: Vec<usize> = (0..pairs.len())
                .filter(|index| pairs.get(*index).is_some_and(|(a, b)| inside(a) && inside(b)))
                .collect();
            let pairs: Vec<(usize, usize)> = here
                .iter()
                .filter_map(|index| pairs.get(*index))
                .map(|(a, b)| (a - range.start, b - range.start))
                .collect();
            let candidates = self.candidates.get(range.clone()).unwrap_or_default();
            for (index, probability) in here.into_iter().zip(self.reader.same(candidates, seen, &pairs)) {
                if let Some(slot) = found.get_mut(index) {
                    *slot = probability;
                }
            }
        }
        found
    }

    /// The probability that a word, of the tagger's, names who does what a candidate tells, to whom, where and when.
    pub(crate) fn role(&self, candidate: usize, word: usize) -> [f32; ROLES] {
        let Some((range, seen)) = self.stretch(candidate) else { return [0.0; ROLES] };
        let candidates = self.candidates.get(range.clone()).unwrap_or_default();
        self.reader.role(candidates, seen, candidate - range.start, &self.of_words, word)
    }
}
