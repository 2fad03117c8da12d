//! Kinds of one's own, suggested from their examples: a linear head over the vectors that the tagger makes of the words,
//! solved in closed form after each article. What it would have said of an article before it learned from it tells how
//! far it can be trusted; a kind stays silent until it is right more often than not.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use rubricator_network::Ridge;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

use super::article::{Decided, Look};
use super::candidates::{Candidate, LONGEST};
use super::trial::Trial;
use crate::project::KindId;
use crate::suggest::tagger::words_in;
use crate::suggest::{Label, SpanLabel};
use crate::text::language::language;

/// What the squares of the weights cost.
const PENALTY: f64 = 30.0;
/// How much more an example counts than what is none.
const EXAMPLE: f32 = 3.0;
/// Below this nothing is looked at.
const LEAST: f32 = 0.15;
/// What the parts of a row are multiplied by: vectors, what is seen, and the words decided on before.
const VECTOR: f32 = 0.25;
const SEEN: f32 = 2.0;
const KNOWN: f32 = 3.0;
/// The labels of the engine that a row tells apart, and their number with none.
const LABELS: [Label; 6] = [Label::Person, Label::Place, Label::Norp, Label::Org, Label::Event, Label::Country];
/// How many words of a kind in small letters are looked at together.
const SMALL: usize = 3;

/// Something to suggest.
pub(super) struct Told {
    pub(super) range: TextRange,
    pub(super) kind: KindId,
    /// The probability that it is right.
    pub(super) score: f32,
    pub(super) reason: String,
}

/// How far a kind has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindStanding {
    /// Which.
    pub kind: KindId,
    /// How many examples there are.
    pub examples: usize,
    /// How often it was right, and how often it spoke, on articles not yet learned from: where it speaks, from its score on;
    /// else all in all.
    pub tried: (usize, usize),
    /// Whether it is suggested.
    pub speaks: bool,
}

/// What is known of one kind.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Kind {
    examples: usize,
    /// The articles with examples.
    articles: usize,
    trial: Trial,
    /// Whether examples begin with a small letter.
    small: bool,
}

/// The kinds with their examples.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct OwnKinds {
    /// Whether these are kinds that the engine knows: what it says of them is looked at, and has to be bettered.
    ready: bool,
    ids: Vec<KindId>,
    kinds: Vec<Kind>,
    #[serde(skip)]
    ridge: Option<Ridge>,
    weights: Option<Vec<Vec<f32>>>,
    /// For words, last words and first words how often they were of each kind, and how often of none.
    #[serde(serialize_with = "in_order")]
    known: [HashMap<SmolStr, Vec<u32>>; 3],
}

fn in_order<S: serde::Serializer>(known: &[HashMap<SmolStr, Vec<u32>>; 3], to: S) -> Result<S::Ok, S::Error> {
    known.each_ref().map(|known| known.iter().collect::<BTreeMap<_, _>>()).serialize(to)
}

/// The number of the kind that is marked at each place.
type Marks = BTreeMap<(TextSize, TextSize), usize>;

fn place(range: TextRange) -> (TextSize, TextSize) {
    (range.start(), range.end())
}

/// A candidate as the head takes it.
struct Row {
    range: TextRange,
    words: SmolStr,
    values: Vec<f32>,
}

impl OwnKinds {
    pub(super) fn new(ids: Vec<KindId>) -> Self {
        Self { kinds: vec![Kind::default(); ids.len()], ids, ..Self::default() }
    }

    /// Kinds that the engine knows, to be adapted to what is called so here.
    pub(super) fn ready(labels: impl IntoIterator<Item = Label>) -> Self {
        let ids = labels.into_iter().map(|label| KindId(SmolStr::new_static(label.name())));
        Self { ready: true, ..Self::new(ids.collect()) }
    }

    /// As far as another project can use it: without what it was learned from, and without words that were no examples.
    pub(super) fn without_rows(&self) -> Self {
        let mut known = self.known.clone();
        let is_example = |counts: &Vec<u32>| counts.iter().take(self.ids.len()).any(|count| *count > 0);
        known.iter_mut().for_each(|known| known.retain(|_, counts| is_example(counts)));
        Self {
            ridge: None,
            known,
            kinds: self.kinds.clone(),
            ids: self.ids.clone(),
            weights: self.weights.clone(),
            ..*self
        }
    }

    /// Whether its parts fit together, as they may not where it was read.
    pub(super) fn is_sound(&self) -> bool {
        let counts = self.known.iter().flat_map(HashMap::values);
        let small = counts.flatten().all(|count| *count < u32::from(u16::MAX));
        let weights = self.weights.iter().flatten().flatten();
        small && self.kinds.len() == self.ids.len() && weights.copied().all(f32::is_finite)
    }

    /// Whether what was learned of a kind is suggested.
    pub(super) fn speaks(&self, label: &SpanLabel) -> bool {
        self.number(label).and_then(|number| self.kinds.get(number)).is_some_and(|kind| kind.trial.speaks().is_some())
    }

    /// Whether a label is one of the kinds, also where the engine knows it by the same name.
    pub(super) fn has(&self, label: &SpanLabel) -> bool {
        self.ids.iter().any(|kind| kind.as_str() == label.name())
    }

    fn number(&self, label: &SpanLabel) -> Option<usize> {
        self.ids.iter().position(|kind| kind.as_str() == label.name())
    }

    /// Learns from an article in which something of the kinds was decided on.
    pub(super) fn learn(&mut self, text: &str, look: &Look, decided: &Decided) {
        let marked: Marks =
            decided.marked.iter().filter_map(|mark| Some((place(mark.range), self.number(&mark.label)?))).collect();
        let whole = self.ids.iter().all(|kind| decided.whole.contains(kind));
        if self.ids.is_empty() || marked.is_empty() && !whole {
            return;
        }
        let rejected: BTreeSet<_> =
            decided.rejected.iter().filter(|(_, label)| self.has(label)).map(|(range, _)| place(*range)).collect();
        let rows = self.rows(text, look, marked.keys().map(|(start, end)| TextRange::new(*start, *end)));
        if whole {
            self.score(&rows, &marked);
            if self.ready {
                self.compare(look, &marked);
            }
        }
        let Some(columns) = rows.first().map(|row| row.values.len()) else { return };
        let targets = self.ids.len();
        let ridge = self.ridge.get_or_insert_with(|| Ridge::new(columns, targets));
        let mut met = vec![0; targets];
        for row in &rows {
            let kind = marked.get(&place(row.range)).copied();
            if kind.is_none() && !whole && !rejected.contains(&place(row.range)) {
                continue;
            }
            let mut target = vec![0.0; targets];
            if let Some(slot) = kind.and_then(|kind| target.get_mut(kind)) {
                *slot = 1.0;
            }
            met.iter_mut().zip(&target).for_each(|(count, is)| *count += usize::from(*is > 0.0));
            ridge.add(&row.values, &target, if kind.is_some() { EXAMPLE } else { 1.0 });
            for (known, key) in self.known.iter_mut().zip(keys(&row.words)) {
                let counts = known.entry(key).or_insert_with(|| vec![0; targets + 1]);
                counts.iter_mut().skip(kind.unwrap_or(targets)).take(1).for_each(|count| *count += 1);
            }
        }
        for ((start, end), kind) in &marked {
            let small = text
                .get(usize::from(*start)..usize::from(*end))
                .is_some_and(|words| words.starts_with(char::is_lowercase));
            self.kinds.iter_mut().skip(*kind).take(1).for_each(|kind| kind.small |= small);
        }
        for (kind, met) in self.kinds.iter_mut().zip(met) {
            kind.examples += met;
            kind.articles += usize::from(met > 0);
        }
        self.weights = self.ridge.as_ref().and_then(|ridge| ridge.solve(PENALTY));
    }

    /// What is told of a text; `from`: the name of the other project whose articles taught it.
    pub(super) fn suggest(&self, text: &str, look: &Look, from: Option<&str>) -> Vec<Told> {
        if self.kinds.iter().all(|kind| kind.trial.speaks().is_none()) {
            return Vec::new();
        }
        let rows = self.rows(text, look, std::iter::empty());
        let picked = self.picked(&rows).into_iter().filter_map(|(score, kind, row)| {
            let (id, known) = (self.ids.get(kind)?, self.kinds.get(kind)?);
            let (least, right, said) = known.trial.speaks()?;
            let examples = told(known.examples, "example", "examples");
            let articles = told(known.articles, "article", "articles");
            let of = match from {
                None => format!("that you tagged in {articles}"),
                Some(from) => format!("in {articles} of {from}"),
            };
            let reason = format!("like {examples} {of}; right {right} of {said} times so far");
            (score >= least).then(|| Told {
                range: row.range,
                kind: id.clone(),
                score: known.trial.probability(score),
                reason,
            })
        });
        picked.collect()
    }

    /// How far each kind has come.
    pub(super) fn standings(&self) -> Vec<KindStanding> {
        let of = |(kind, known): (&KindId, &Kind)| {
            let trial = &known.trial;
            KindStanding {
                kind: kind.clone(),
                examples: known.examples,
                tried: trial.tried(),
                speaks: trial.speaks().is_some(),
            }
        };
        self.ids.iter().zip(&self.kinds).map(of).collect()
    }

    /// Notes what would have been said of an article.
    fn score(&mut self, rows: &[Row], marked: &Marks) {
        if self.weights.is_none() {
            return;
        }
        let picked: Vec<(usize, f32, bool)> = self
            .picked(rows)
            .into_iter()
            .map(|(score, kind, row)| (kind, score, marked.get(&place(row.range)) == Some(&kind)))
            .collect();
        for (number, kind) in self.kinds.iter_mut().enumerate() {
            let of_kind = picked.iter().filter(|(of, ..)| *of == number).map(|(_, score, right)| (*score, *right));
            kind.trial.note(of_kind, marked.values().filter(|of| **of == number).count());
        }
    }

    /// Notes how often the engine by itself was right in an article.
    fn compare(&mut self, look: &Look, marked: &Marks) {
        for (number, kind) in self.kinds.iter_mut().enumerate() {
            let said = look
                .found
                .spans
                .iter()
                .filter(|span| self.ids.get(number).is_some_and(|id| id.as_str() == span.label.name()));
            let right = said.clone().filter(|span| marked.get(&place(span.range)) == Some(&number)).count();
            kind.trial.compare(right, said.count(), marked.values().filter(|of| **of == number).count());
        }
    }

    /// The likeliest kinds of candidates, without overlap, the likeliest first.
    fn picked<'r>(&self, rows: &'r [Row]) -> Vec<(f32, usize, &'r Row)> {
        let Some(weights) = &self.weights else { return Vec::new() };
        let mut scores: Vec<(f32, usize, &Row)> = Vec::new();
        for row in rows {
            for (kind, weights) in weights.iter().enumerate() {
                let score: f32 = weights.iter().zip(&row.values).map(|(weight, value)| weight * value).sum();
                if score >= LEAST {
                    scores.push((score, kind, row));
                }
            }
        }
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.range.start().cmp(&b.2.range.start())).then(a.1.cmp(&b.1)));
        let mut taken: Vec<TextRange> = Vec::new();
        scores.retain(|(_, _, row)| {
            let free = !taken.iter().any(|range| range.intersect(row.range).is_some_and(|shared| !shared.is_empty()));
            if free {
                taken.push(row.range);
            }
            free
        });
        scores
    }

    /// The candidates of a text, with those of `more` that are none.
    fn rows(&self, text: &str, look: &Look, more: impl Iterator<Item = TextRange>) -> Vec<Row> {
        let mut candidates = look.candidates.clone();
        let mut known: BTreeSet<(usize, usize)> = candidates.iter().map(|c| (c.words.start, c.words.end)).collect();
        let mut add = |words: Range<usize>| {
            if !words.is_empty() && known.insert((words.start, words.end)) {
                candidates.push(Candidate { words, seen: None });
            }
        };
        if self.kinds.iter().any(|kind| kind.small) {
            look.small_runs(text, SMALL).for_each(&mut add);
        }
        more.map(|range| words_in(&look.words, range)).filter(|words| words.len() <= 2 * LONGEST).for_each(&mut add);
        candidates.into_iter().filter_map(|candidate| self.row(text, look, &candidate)).collect()
    }

    fn row(&self, text: &str, look: &Look, candidate: &Candidate) -> Option<Row> {
        let range = look.range(&candidate.words)?;
        let words = SmolStr::new(text.get(crate::text::bytes(range))?);
        let mut values = look.vectors.mean(candidate.words.clone());
        // What stands on both sides tells where a name ends.
        let before = look.vectors.mean(candidate.words.start.saturating_sub(1)..candidate.words.start);
        let behind = look.vectors.mean(candidate.words.end..(candidate.words.end + 1).min(look.vectors.rows()));
        values.extend(before.into_iter().zip(behind).map(|(before, behind)| (before + behind) / 2.0));
        values.iter_mut().for_each(|value| *value *= VECTOR);
        // What the engine knows by the name of one of the kinds is not looked at: it is learned anew.
        let seen = candidate.seen.filter(|(label, _)| self.ready || !self.has(&SpanLabel::Engine(*label)));
        let label = seen.and_then(|(label, _)| LABELS.iter().position(|known| *known == label));
        values.extend((0..=LABELS.len()).map(|at| if at == label.unwrap_or(LABELS.len()) { SEEN } else { 0.0 }));
        values.push(SEEN * seen.map_or(0.0, |(_, score)| score));
        values.push(SEEN * candidate.words.len().min(6) as f32 / 6.0);
        values.push(SEEN);
        for (known, key) in self.known.iter().zip(keys(&words)) {
            let counts = known.get(&key);
            let total: u32 = counts.iter().flat_map(|counts| counts.iter()).sum();
            let share = |at: usize| counts.and_then(|counts| counts.get(at)).map_or(0.0, |count| *count as f32);
            values.extend((0..=self.ids.len()).map(|at| KNOWN * share(at) / (total + 1) as f32));
        }
        Some(Row { range, words, values })
    }
}

/// "1 example", "12 examples".
fn told(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What words are known by: all of them, the last, the first.
fn keys(words: &str) -> [SmolStr; 3] {
    let words = words.to_lowercase();
    let part = |word: Option<&str>| SmolStr::new(word.unwrap_or_default());
    [SmolStr::new(&words), part(words.split_whitespace().next_back()), part(words.split_whitespace().next())]
}

impl Look {
    fn range(&self, words: &Range<usize>) -> Option<TextRange> {
        Some(self.words.get(words.start)?.cover(*self.words.get(words.end.checked_sub(1)?)?))
    }

    /// Runs of up to so many small words that mean something by themselves.
    fn small_runs<'a>(&'a self, text: &'a str, most: usize) -> impl Iterator<Item = Range<usize>> + 'a {
        let word = |at: usize| self.words.get(at).and_then(|range| text.get(crate::text::bytes(*range)));
        let full = move |at: usize| {
            let grammar = &language().grammar;
            word(at).is_some_and(|word| {
                word.len() > 2
                    && word.starts_with(char::is_alphabetic)
                    && !grammar.prepositions.contains(word)
                    && !grammar.determiners.contains(word)
                    && !grammar.pronouns.contains(word)
            })
        };
        let ends =
            move |first: usize| (first..first + most).take_while(move |at| full(*at)).map(move |at| first..at + 1);
        (0..self.words.len()).flat_map(ends)
    }
}
