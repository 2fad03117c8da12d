//! How far annotators agree: F1 of marks, κ and α of tokens, γ, B³ of who is who, F1 of events, their parts and relations.
//!
//! Tokens are labelled with the kinds that mark them; Bagga and Baldwin (1998) for B³. All is summed up over articles, so that
//! intervals come from drawing these.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use jiff::civil::Date;
use rayon::prelude::*;
use smol_str::SmolStr;

use super::align::Aligned;
use super::chance::{Corrected, Pairs, cohen, corrected, squares};
use super::differences::Marking;
use super::gamma::{Continuum, Disorder, Unit};
use super::marks::{Mark, Part};
use crate::evaluate::{interval, resample};
use crate::project::{EntityId, Tagset};
use crate::text::tokens::tokenize;

/// What annotators said, and how far it is the same: two of them at a time, over all pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Counts {
    /// The same of both.
    both: f64,
    /// Of one and of the other, together.
    said: f64,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.both += other.both;
        self.said += other.said;
    }

    /// Twice what both said over all that either did; none where nothing was said.
    fn f1(self) -> Option<f64> {
        (self.said > 0.0).then(|| 2.0 * self.both / self.said)
    }
}

/// What is counted of an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    exact: BTreeMap<String, Counts>,
    overlap: BTreeMap<String, Counts>,
    /// Of each two annotators how many tokens one labelled so and the other so.
    tokens: Pairs,
    /// Of each label the squared lengths of its segments, as [`squares`].
    squares: BTreeMap<SmolStr, f64>,
    /// Of B³ what precision adds up to over how many marks, and the same of recall.
    who: [Counts; 2],
    events: Counts,
    types: Counts,
    parts: BTreeMap<Part, Counts>,
    relations: Counts,
    /// The disorder of the marks, where it was asked for.
    pub(super) disorder: Option<Disorder>,
}

/// The marks of each annotator as units, in characters: what γ is computed from.
pub(super) fn units(marking: &Marking<'_>) -> Continuum {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let place =
        |at: text_size::TextSize| marking.text.get(..usize::from(at)).map_or(0, |before| before.chars().count()) as f64;
    let mut of = |marks: &[Mark]| {
        let mut units: Vec<Unit> = Vec::with_capacity(marks.len());
        for mark in marks {
            let next = kinds.len();
            let kind = *kinds.entry(marking.tagset.name_of(&mark.kind).to_owned()).or_insert(next);
            units.push(Unit { start: place(mark.range.start()), end: place(mark.range.end()), kind });
        }
        units.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.end.total_cmp(&b.end)).then(a.kind.cmp(&b.kind)));
        units.dedup();
        units
    };
    marking.aligned.all.iter().map(|marked| of(&marked.marks)).collect()
}

/// The kinds that mark each token, and "O" where none does: a row an annotator.
pub(super) fn labels(marking: &Marking<'_>) -> Vec<Vec<SmolStr>> {
    let tokens = tokenize(marking.text);
    let of = |marks: &[Mark]| {
        let mut kinds: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for mark in marks {
            let from = tokens.partition_point(|token| token.range.end() <= mark.range.start());
            let to = tokens.partition_point(|token| token.range.start() < mark.range.end());
            (from..to).for_each(|at| kinds.entry(at).or_default().extend([mark.kind.as_str()]));
        }
        let mut labels = vec![SmolStr::new_static("O"); tokens.len()];
        for (at, kinds) in kinds {
            let label = kinds.into_iter().collect::<Vec<_>>().join("+").into();
            labels.get_mut(at).into_iter().for_each(|slot| *slot = SmolStr::clone(&label));
        }
        labels
    };
    marking.aligned.all.iter().map(|marked| of(&marked.marks)).collect()
}

/// Counts an article.
pub(super) fn tally(marking: &Marking<'_>, labels: &[Vec<SmolStr>]) -> Tally {
    let mut tally = Tally::default();
    let ties = marking.aligned.ties();
    for (label, square) in labels.iter().flat_map(|labels| squares(labels)) {
        *tally.squares.entry(label).or_default() += square;
    }
    for one in 0..marking.aligned.all.len() {
        for other in one + 1..marking.aligned.all.len() {
            let mut tokens: HashMap<(&SmolStr, &SmolStr), u32, RandomState> = HashMap::default();
            for pair in labels.get(one).into_iter().flatten().zip(labels.get(other).into_iter().flatten()) {
                *tokens.entry(pair).or_default() += 1;
            }
            let tokens = tokens.into_iter().map(|((a, b), count)| ((a.clone(), b.clone()), f64::from(count)));
            tally.tokens.insert((one, other), tokens.collect());
            of_marks(marking, (one, other), &mut tally);
            of_events(marking, (one, other), &mut tally);
            for by in ties.values() {
                let (one, other) = (by.contains_key(&one), by.contains_key(&other));
                tally.relations.said += f64::from(u8::from(one) + u8::from(other));
                tally.relations.both += f64::from(u8::from(one && other));
            }
        }
    }
    tally
}

fn of_marks(marking: &Marking<'_>, (one, other): (usize, usize), tally: &mut Tally) {
    let mut clusters: Vec<(EntityId, EntityId)> = Vec::new();
    for unit in 0..marking.aligned.units.len() {
        let (a, b) = (marking.aligned.mark(unit, one), marking.aligned.mark(unit, other));
        for mark in [a, b].into_iter().flatten() {
            let kind = marking.tagset.name_of(&mark.kind);
            for counts in [&mut tally.exact, &mut tally.overlap] {
                counts.entry(kind.to_owned()).or_default().said += 1.0;
            }
        }
        let (Some(a), Some(b)) = (a, b) else { continue };
        if a.kind == b.kind {
            let kind = marking.tagset.name_of(&a.kind).to_owned();
            if a.range == b.range {
                tally.exact.entry(kind.clone()).or_default().both += 1.0;
            }
            tally.overlap.entry(kind).or_default().both += 1.0;
        }
        if let (Some(a), Some(b)) = (a.entity, b.entity) {
            clusters.push((a, b));
        }
    }
    let (mut ones, mut others, mut boths) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (a, b) in &clusters {
        *ones.entry(*a).or_insert(0.0) += 1.0;
        *others.entry(*b).or_insert(0.0) += 1.0;
        *boths.entry((*a, *b)).or_insert(0.0) += 1.0;
    }
    for (a, b) in &clusters {
        let count = |of: &BTreeMap<EntityId, f64>, id: &EntityId| of.get(id).copied().unwrap_or(1.0_f64);
        let both = boths.get(&(*a, *b)).copied().unwrap_or(0.0);
        for (counts, all) in tally.who.iter_mut().zip([count(&ones, a), count(&others, b)]) {
            counts.both += both / all;
            counts.said += 1.0;
        }
    }
}

fn of_events(marking: &Marking<'_>, (one, other): (usize, usize), tally: &mut Tally) {
    for event in &marking.aligned.events {
        let record = |by: usize| {
            let id = event.get(by).copied().flatten()?;
            marking.aligned.all.get(by)?.records.get(&id)
        };
        let (a, b) = (record(one), record(other));
        tally.events.said += f64::from(u8::from(a.is_some()) + u8::from(b.is_some()));
        let (Some(a), Some(b)) = (a, b) else { continue };
        tally.events.both += 1.0;
        tally.types.said += 2.0;
        tally.types.both += f64::from(u8::from(a.kind == b.kind));
        for part in Part::ALL {
            let values = |record: &'_ super::marks::Record| -> BTreeSet<String> {
                record.part(part).map(|(same, _)| same.clone()).collect()
            };
            let (a, b) = (values(a), values(b));
            let counts = tally.parts.entry(part).or_default();
            counts.said += (a.len() + b.len()) as f64;
            counts.both += a.intersection(&b).count() as f64;
        }
    }
}

/// How often marks of one place were of one kind to one annotator and of another, or none, to another: of each two annotators.
pub(super) fn kinds(all: &[Aligned], tagset: &Tagset) -> Vec<(Option<String>, Option<String>, usize)> {
    let mut counts: BTreeMap<(Option<&str>, Option<&str>), usize> = BTreeMap::new();
    for aligned in all {
        let annotators = aligned.all.len();
        for unit in 0..aligned.units.len() {
            let of = |by: usize| aligned.mark(unit, by).map(|mark| tagset.name_of(&mark.kind));
            let pairs = (0..annotators).flat_map(|one| (one + 1..annotators).map(move |other| (one, other)));
            for (one, other) in pairs {
                let (one, other) = (of(one), of(other));
                if one.is_some() || other.is_some() {
                    *counts.entry((one.min(other), one.max(other))).or_default() += 1;
                }
            }
        }
    }
    let owned = |kind: Option<&str>| kind.map(str::to_owned);
    let mut counts: Vec<_> =
        counts.into_iter().map(|((one, other), count)| (owned(one), owned(other), count)).collect();
    counts.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| (&one.0, &one.1).cmp(&(&other.0, &other.1))));
    counts
}

/// A measure with the interval that holds it in 95 of 100 draws of the articles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// What it is over all articles.
    pub value: f64,
    /// The interval; none where no draw has a value.
    pub interval: Option<(f64, f64)>,
}

/// How far annotators agree. What nobody said anything of is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// Cohen's κ over tokens, the mean of all pairs of annotators.
    pub cohen: Option<Measure>,
    /// The same of each pair.
    pub pairs: Vec<((usize, usize), f64)>,
    /// Fleiss' κ over tokens.
    pub fleiss: Option<Measure>,
    /// Krippendorff's α over tokens.
    pub alpha: Option<Measure>,
    /// Krippendorff's α of units: of runs of tokens with one label.
    pub units: Option<Measure>,
    /// γ of marks (Mathet et al. 2015); only where it was asked for, as it takes long.
    pub gamma: Option<Measure>,
    /// F1 of marks with the same kind and the same words; by kind, and of all.
    pub exact: Vec<(String, Measure)>,
    /// The same where any words are shared.
    pub overlap: Vec<(String, Measure)>,
    /// B³ of who is who within an article, over marks that both annotators made and linked to an entity.
    pub who: Option<Measure>,
    /// F1 of event records: which there are.
    pub events: Option<Measure>,
    /// Share of the events that both have whose types agree.
    pub types: Option<Measure>,
    /// F1 of what fills their parts.
    pub parts: Vec<(Part, Measure)>,
    /// F1 of relations.
    pub relations: Option<Measure>,
    /// How often tokens were labelled so by one and so by another, most often first; what is the same left out.
    pub confusions: Vec<(String, String, usize)>,
    /// The same of marks: how often one was of this kind to one annotator and of that kind, or none, to another; by the kinds'
    /// names, what is the same too.
    pub kinds: Vec<(Option<String>, Option<String>, usize)>,
    /// Of each article, in their order.
    pub articles: Vec<Summary>,
    /// Of the articles that the first annotator finished on each day, in the order of days.
    pub days: Vec<(Date, Summary)>,
}

/// How far annotators agree in short.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Of so many articles.
    pub articles: usize,
    /// Cohen's κ over tokens, the mean of all pairs of annotators.
    pub cohen: Option<Measure>,
    /// γ of marks.
    pub gamma: Option<Measure>,
    /// F1 of marks of all kinds with the same kind and the same words.
    pub exact: Option<Measure>,
    /// The same where any words are shared.
    pub overlap: Option<Measure>,
}

impl Summary {
    /// Of some of a table's articles, with intervals where they are more than one.
    fn of(table: &Table, articles: &[usize], annotators: usize) -> Self {
        let mut times = vec![0; table.rows.len()];
        let mut numbers = |count: &dyn Fn(usize) -> u32| {
            for (nth, article) in articles.iter().enumerate() {
                times.get_mut(*article).into_iter().for_each(|times| *times = count(nth));
            }
            let numbers = Numbers::of(&table.sum(&times), annotators);
            let all = |kinds: &BTreeMap<String, f64>| kinds.get(ALL).copied();
            [numbers.cohen, numbers.gamma, all(&numbers.exact), all(&numbers.overlap)]
        };
        let whole = numbers(&|_| 1);
        let mut drawn: Vec<[Option<f64>; 4]> = Vec::new();
        if articles.len() > 1 {
            resample(articles.len(), |drawn_times| {
                drawn.push(numbers(&|nth| drawn_times.get(nth).copied().unwrap_or_default()));
            });
        }
        let measure = |which: usize| {
            let of = |numbers: &[Option<f64>; 4]| numbers.get(which).copied().flatten();
            let mut values: Vec<f64> = drawn.iter().filter_map(of).collect();
            Some(Measure { value: of(&whole)?, interval: interval(&mut values) })
        };
        Self { articles: articles.len(), cohen: measure(0), gamma: measure(1), exact: measure(2), overlap: measure(3) }
    }
}

/// The name that all kinds together have.
pub const ALL: &str = "all kinds";

/// How far annotators agree over articles, which the first finished on these days.
pub(super) fn agreement(tallies: &[Tally], annotators: usize, finished: &[Option<Date>]) -> Agreement {
    let table = Table::new(tallies);
    let all = table.sum(&vec![1_u32; tallies.len()]);
    let whole = Numbers::of(&all, annotators);
    let mut drawn: Vec<Numbers> = Vec::new();
    if tallies.len() > 1 {
        resample(tallies.len(), |times| drawn.push(Numbers::of(&table.sum(times), annotators)));
    }
    let mut by_day: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    for (at, day) in finished.iter().enumerate().filter_map(|(at, day)| Some((at, (*day)?))) {
        by_day.entry(day).or_default().push(at);
    }
    let by_day: Vec<(Date, Vec<usize>)> = by_day.into_iter().collect();
    let of_day = |(day, articles): &(Date, Vec<usize>)| (*day, Summary::of(&table, articles, annotators));
    let measure = |of: &dyn Fn(&Numbers) -> Option<f64>| {
        let mut values: Vec<f64> = drawn.iter().filter_map(of).collect();
        Some(Measure { value: of(&whole)?, interval: interval(&mut values) })
    };
    let by_kind = |of: &dyn Fn(&Numbers) -> &BTreeMap<String, f64>| -> Vec<(String, Measure)> {
        let kind = |name: &String| Some((name.clone(), measure(&|numbers| of(numbers).get(name).copied())?));
        of(&whole).keys().filter_map(kind).collect()
    };
    let mut confusions: BTreeMap<(String, String), f64> = BTreeMap::new();
    for ((one, other), count) in all.tokens.values().flatten().filter(|((one, other), _)| one != other) {
        *confusions.entry((one.min(other).to_string(), one.max(other).to_string())).or_default() += count;
    }
    let mut confusions: Vec<(String, String, usize)> =
        confusions.into_iter().map(|((one, other), count)| (one, other, count as usize)).collect();
    confusions.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.cmp(other)));
    Agreement {
        cohen: measure(&|numbers| numbers.cohen),
        pairs: whole.pairs.clone(),
        fleiss: measure(&|numbers| numbers.fleiss),
        alpha: measure(&|numbers| numbers.alpha),
        units: measure(&|numbers| numbers.units),
        gamma: measure(&|numbers| numbers.gamma),
        exact: by_kind(&|numbers| &numbers.exact),
        overlap: by_kind(&|numbers| &numbers.overlap),
        who: measure(&|numbers| numbers.who),
        events: measure(&|numbers| numbers.events),
        types: measure(&|numbers| numbers.types),
        parts: Part::ALL
            .into_iter()
            .filter_map(|part| Some((part, measure(&|numbers| numbers.parts.get(&part).copied())?)))
            .collect(),
        relations: measure(&|numbers| numbers.relations),
        confusions,
        kinds: Vec::new(),
        articles: (0..tallies.len()).into_par_iter().map(|at| Summary::of(&table, &[at], annotators)).collect(),
        days: by_day.par_iter().map(of_day).collect(),
    }
}

/// One number of a tally.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    /// Of a kind what both said, or what either did.
    Exact(String, bool),
    Overlap(String, bool),
    Tokens((usize, usize), (SmolStr, SmolStr)),
    Squares(SmolStr),
    Who(usize, bool),
    Events(bool),
    Types(bool),
    Part(Part, bool),
    Relations(bool),
    /// Disorder: what is observed, or expected by chance.
    Disorder(bool),
}

impl Tally {
    fn cells(&self) -> Vec<(Cell, f64)> {
        let of = |counts: &Counts, cell: &dyn Fn(bool) -> Cell| [(cell(true), counts.both), (cell(false), counts.said)];
        let mut cells = Vec::new();
        for (kind, counts) in &self.exact {
            cells.extend(of(counts, &|both| Cell::Exact(kind.clone(), both)));
        }
        for (kind, counts) in &self.overlap {
            cells.extend(of(counts, &|both| Cell::Overlap(kind.clone(), both)));
        }
        for (pair, tokens) in &self.tokens {
            cells.extend(tokens.iter().map(|(labels, count)| (Cell::Tokens(*pair, labels.clone()), *count)));
        }
        cells.extend(self.squares.iter().map(|(label, square)| (Cell::Squares(label.clone()), *square)));
        for (part, counts) in &self.parts {
            cells.extend(of(counts, &|both| Cell::Part(*part, both)));
        }
        for (at, counts) in self.who.iter().enumerate() {
            cells.extend(of(counts, &|both| Cell::Who(at, both)));
        }
        cells.extend(of(&self.events, &Cell::Events));
        cells.extend(of(&self.types, &Cell::Types));
        cells.extend(of(&self.relations, &Cell::Relations));
        let disorder =
            self.disorder.map(|it| [(Cell::Disorder(true), it.observed), (Cell::Disorder(false), it.expected)]);
        cells.extend(disorder.into_iter().flatten());
        cells
    }

    fn set(&mut self, cell: &Cell, value: f64) {
        let (counts, both) = match cell {
            Cell::Exact(kind, both) => (self.exact.entry(kind.clone()).or_default(), both),
            Cell::Overlap(kind, both) => (self.overlap.entry(kind.clone()).or_default(), both),
            Cell::Tokens(pair, labels) => {
                self.tokens.entry(*pair).or_default().insert(labels.clone(), value);
                return;
            }
            Cell::Squares(label) => {
                self.squares.insert(label.clone(), value);
                return;
            }
            Cell::Disorder(observed) => {
                let disorder = self.disorder.get_or_insert_default();
                *(if *observed { &mut disorder.observed } else { &mut disorder.expected }) = value;
                return;
            }
            Cell::Who(at, both) => match self.who.get_mut(*at) {
                Some(counts) => (counts, both),
                None => return,
            },
            Cell::Events(both) => (&mut self.events, both),
            Cell::Types(both) => (&mut self.types, both),
            Cell::Part(part, both) => (self.parts.entry(*part).or_default(), both),
            Cell::Relations(both) => (&mut self.relations, both),
        };
        *(if *both { &mut counts.both } else { &mut counts.said }) = value;
    }
}

/// Tallies as rows of numbers, so that a thousand draws of them are soon added up.
struct Table {
    cells: Vec<Cell>,
    /// Of each article the numbers of its cells, with the values.
    rows: Vec<Vec<(usize, f64)>>,
}

impl Table {
    fn new(tallies: &[Tally]) -> Self {
        let all: Vec<Vec<(Cell, f64)>> = tallies.iter().map(Tally::cells).collect();
        let mut cells: Vec<Cell> = all.iter().flatten().map(|(cell, _)| cell.clone()).collect();
        cells.sort();
        cells.dedup();
        let row = |row: Vec<(Cell, f64)>| {
            row.into_iter().filter_map(|(cell, value)| Some((cells.binary_search(&cell).ok()?, value))).collect()
        };
        let rows = all.into_iter().map(row).collect();
        Self { cells, rows }
    }

    /// The articles together, each as often as it was drawn.
    fn sum(&self, times: &[u32]) -> Tally {
        let mut values = vec![0.0; self.cells.len()];
        for (row, times) in self.rows.iter().zip(times).filter(|(_, times)| **times > 0) {
            for (cell, value) in row {
                values.get_mut(*cell).into_iter().for_each(|sum| *sum += f64::from(*times) * value);
            }
        }
        let mut tally = Tally::default();
        self.cells.iter().zip(values).for_each(|(cell, value)| tally.set(cell, value));
        tally
    }
}

/// The measures of a sum.
#[derive(Clone, Debug, Default)]
struct Numbers {
    cohen: Option<f64>,
    pairs: Vec<((usize, usize), f64)>,
    fleiss: Option<f64>,
    alpha: Option<f64>,
    units: Option<f64>,
    gamma: Option<f64>,
    exact: BTreeMap<String, f64>,
    overlap: BTreeMap<String, f64>,
    who: Option<f64>,
    events: Option<f64>,
    types: Option<f64>,
    parts: BTreeMap<Part, f64>,
    relations: Option<f64>,
}

impl Numbers {
    fn of(tally: &Tally, annotators: usize) -> Self {
        let pairs: Vec<_> = tally.tokens.iter().filter_map(|(pair, tokens)| Some((*pair, cohen(tokens)?))).collect();
        let mean = pairs.iter().map(|(_, kappa)| kappa).sum::<f64>() / pairs.len().max(1) as f64;
        let f1 = |counts: &BTreeMap<String, Counts>| {
            let mut all = Counts::default();
            counts.values().for_each(|counts| all.add(*counts));
            let kinds = counts.iter().filter_map(|(kind, counts)| Some((kind.clone(), counts.f1()?)));
            kinds.chain(all.f1().map(|all| (ALL.to_owned(), all))).collect()
        };
        let Corrected { fleiss, alpha, units } = corrected(&tally.tokens, &tally.squares, annotators);
        Self {
            cohen: (!pairs.is_empty()).then_some(mean),
            pairs,
            fleiss,
            alpha,
            units,
            gamma: tally.disorder.filter(|it| it.expected > 0.0).map(|it| 1.0 - it.observed / it.expected),
            exact: f1(&tally.exact),
            overlap: f1(&tally.overlap),
            who: b_cubed(&tally.who),
            events: tally.events.f1(),
            types: tally.types.f1(),
            parts: tally.parts.iter().filter_map(|(part, counts)| Some((*part, counts.f1()?))).collect(),
            relations: tally.relations.f1(),
        }
    }
}

/// F1 of the mean precision and recall of marks; none without marks.
fn b_cubed([precision, recall]: &[Counts; 2]) -> Option<f64> {
    let mean = |counts: &Counts| counts.both / counts.said;
    (precision.said > 0.0).then(|| {
        let (precision, recall) = (mean(precision), mean(recall));
        2.0 * precision * recall / (precision + recall)
    })
}
