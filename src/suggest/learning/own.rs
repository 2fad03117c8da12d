//! Kinds of one's own, suggested from their examples: a linear head over the vectors that the tagger makes of the words,
//! solved in closed form after each article. What it would have said of an article before it learned from it tells how
//! far it can be trusted; a kind stays silent until it is right more often than not.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use rubricator_network::Ridge;
use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

use super::article::{Decided, Look};
use super::candidates::{Candidate, LONGEST};
use crate::project::KindId;
use crate::suggest::tagger::words_in;
use crate::suggest::{Label, SpanLabel};
use crate::text::language::language;

/// What the squares of the weights cost.
const PENALTY: f64 = 30.0;
/// How much more an example counts than what is none.
const EXAMPLE: f32 = 3.0;
/// How many must have been marked before a kind that the engine knows is adapted, and by how much F1 has to be better then.
const ENOUGH: usize = 20;
const BETTER: f32 = 0.02;
/// Below this nothing is looked at.
const LEAST: f32 = 0.15;
/// How many must have been right on articles not yet learned from before a kind speaks.
const RIGHT: usize = 3;
/// How many that were scored alike tell how likely one is right.
const ALIKE: usize = 30;
/// The latest that were scored, on which it is decided from which score on a kind speaks.
const RECENT: usize = 4000;
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

/// What was said of a candidate before its article was learned from.
#[derive(Clone, Copy, Debug)]
struct Scored {
    score: f32,
    right: bool,
}

/// What is known of one kind.
#[derive(Clone, Debug, Default)]
struct Kind {
    examples: usize,
    /// The articles with examples.
    articles: usize,
    scored: Vec<Scored>,
    /// How many were marked in the articles that were scored.
    marked: usize,
    /// From which score on it speaks, with how many were right from there on, and how many said.
    speaks: Option<(f32, usize, usize)>,
    /// Of a kind that the engine knows: how often that was right, how often it said so, and how many were marked.
    alone: (usize, usize, usize),
    /// Whether examples begin with a small letter.
    small: bool,
}

/// The kinds with their examples.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnKinds {
    /// Whether these are kinds that the engine knows: what it says of them is looked at, and has to be bettered.
    ready: bool,
    ids: Vec<KindId>,
    kinds: Vec<Kind>,
    ridge: Option<Ridge>,
    weights: Option<Vec<Vec<f32>>>,
    /// For words, last words and first words how often they were of each kind, and how often of none.
    known: [HashMap<SmolStr, Vec<u32>>; 3],
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

    /// Whether what was learned of a kind is suggested.
    pub(super) fn speaks(&self, label: &SpanLabel) -> bool {
        self.number(label).and_then(|number| self.kinds.get(number)).is_some_and(|kind| kind.speaks.is_some())
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
        let columns = rows.first().map_or(0, |row| row.values.len());
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

    /// What is told of a text.
    pub(super) fn suggest(&self, text: &str, look: &Look) -> Vec<Told> {
        if self.kinds.iter().all(|kind| kind.speaks.is_none()) {
            return Vec::new();
        }
        let rows = self.rows(text, look, std::iter::empty());
        let told = self.picked(&rows).into_iter().filter_map(|(score, kind, row)| {
            let (id, known) = (self.ids.get(kind)?, self.kinds.get(kind)?);
            let (least, right, said) = known.speaks?;
            let reason = format!(
                "like {} that you tagged in {} articles; right {right} of {said} times so far",
                known.examples, known.articles
            );
            (score >= least).then(|| Told {
                range: row.range,
                kind: id.clone(),
                score: known.probability(score),
                reason,
            })
        });
        told.collect()
    }

    /// How far each kind has come.
    pub(super) fn standings(&self) -> Vec<KindStanding> {
        let of = |(kind, known): (&KindId, &Kind)| {
            let all = || (known.scored.iter().filter(|scored| scored.right).count(), known.scored.len());
            let tried = known.speaks.map_or_else(all, |(_, right, said)| (right, said));
            KindStanding { kind: kind.clone(), examples: known.examples, tried, speaks: known.speaks.is_some() }
        };
        self.ids.iter().zip(&self.kinds).map(of).collect()
    }

    /// Notes what would have been said of an article.
    fn score(&mut self, rows: &[Row], marked: &Marks) {
        if self.weights.is_none() {
            return;
        }
        let picked: Vec<(usize, Scored)> = self
            .picked(rows)
            .into_iter()
            .map(|(score, kind, row)| (kind, Scored { score, right: marked.get(&place(row.range)) == Some(&kind) }))
            .collect();
        for (number, kind) in self.kinds.iter_mut().enumerate() {
            kind.marked += marked.values().filter(|of| **of == number).count();
            kind.scored.extend(picked.iter().filter(|(of, _)| *of == number).map(|(_, scored)| *scored));
            kind.speaks = kind.best();
        }
    }

    /// Notes how often the engine by itself was right in an article, and silences kinds that do not better it.
    fn compare(&mut self, look: &Look, marked: &Marks) {
        for span in &look.found.spans {
            let Some(number) = self.number(&span.label) else { continue };
            let right = marked.get(&place(span.range)) == Some(&number);
            if let Some((known, said, _)) = self.kinds.get_mut(number).map(|kind| &mut kind.alone) {
                *known += usize::from(right);
                *said += 1;
            }
        }
        let f1 = |right: usize, said: usize, marked: usize| 2.0 * right as f32 / (said + marked).max(1) as f32;
        for (number, kind) in self.kinds.iter_mut().enumerate() {
            kind.alone.2 += marked.values().filter(|of| **of == number).count();
            let (right, said, all) = kind.alone;
            let needed = f1(right, said, all) + BETTER;
            let bettered = |(_, right, said): &(f32, usize, usize)| f1(*right, *said, kind.marked) > needed;
            kind.speaks = kind.speaks.filter(|best| all >= ENOUGH && bettered(best));
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

impl Kind {
    /// From which score on it is right most, by F1; none while it is wrong more often than right there.
    fn best(&self) -> Option<(f32, usize, usize)> {
        let mut scored: Vec<Scored> = self.scored.iter().rev().take(RECENT).copied().collect();
        scored.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut right = 0;
        let mut best: Option<(f32, f32, usize, usize)> = None;
        for (index, scored) in scored.iter().enumerate() {
            right += usize::from(scored.right);
            let said = index + 1;
            let f1 = 2.0 * right as f32 / (said + self.marked) as f32;
            if right >= RIGHT && 2 * right > said && best.is_none_or(|(known, ..)| f1 > known) {
                best = Some((f1, scored.score, right, said));
            }
        }
        best.map(|(_, score, right, said)| (score, right, said))
    }

    /// How likely a score is right, by those that were scored alike.
    fn probability(&self, score: f32) -> f32 {
        let mut near: Vec<(f32, bool)> =
            self.scored.iter().rev().take(RECENT).map(|known| ((known.score - score).abs(), known.right)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        near.truncate(ALIKE);
        let right = near.iter().filter(|(_, right)| *right).count();
        (right + 1) as f32 / (near.len() + 2) as f32
    }
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
