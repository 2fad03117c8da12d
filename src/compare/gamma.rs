//! γ (Mathet, Widlöcher and Métivier 2015): agreement on where units are and of which kind, against units strewn by chance.
//!
//! Units of different annotators are aligned so that they are in least disorder: those of one place and kind stand together, one
//! without a like stands alone, which costs 1. Positions differ as in the paper (positional sporadic), kinds by 0 or 1, both
//! count the same. By chance, units are as many, as long and as far apart as the annotators' are, and of as many kinds, as in
//! pygamma-agreement's statistical sampler; so many times that the mean of what they come to is known to [`PRECISION`].

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::evaluate::SplitMix64;

/// How often units are strewn at least.
const LEAST: usize = 30;
/// How often at most.
const MOST: usize = 3_000;
/// How far off what is expected by chance may be, as a share of it, in 95 of 100 cases.
const PRECISION: f64 = 0.01;
/// How many ways to go on are looked at, the best ones, where many units overlap.
const WAYS: usize = 2_048;
/// How many units behind a unit its partners may stand, in the order of their starts.
const WINDOW: usize = 128;

/// A stretch that an annotator marked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) start: f64,
    pub(super) end: f64,
    /// Which kind, as a number.
    pub(super) kind: usize,
}

/// The units of each annotator of an article.
pub(super) type Continuum = Vec<Vec<Unit>>;

/// How much disorder an article is in, and how much chance would make of it, each times its units an annotator.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Disorder {
    pub(super) observed: f64,
    pub(super) expected: f64,
}

/// The disorder of each article; none of one without units.
pub(super) fn disorders(articles: &[Continuum]) -> Vec<Option<Disorder>> {
    let first: Vec<Option<Drawn>> =
        articles.par_iter().enumerate().map(|(at, article)| Drawn::new(article, at as u64)).collect();
    let sum: f64 = first.iter().flatten().map(Drawn::mean).sum();
    let variance: f64 = first.iter().flatten().map(|drawn| drawn.variance()).sum();
    // Enough draws of each article that the sum over all is known well enough (section 5.3 of the paper).
    let needed = if sum > 0.0 { variance * (1.96 / PRECISION / sum).powi(2) } else { 0.0 };
    let needed = (needed.ceil() as usize).min(MOST);
    let finish = |(drawn, article): (Option<Drawn>, &Continuum)| {
        let mut drawn = drawn?;
        drawn.draw(needed.saturating_sub(LEAST));
        Some(Disorder { observed: disorder(article), expected: drawn.mean() })
    };
    first.into_par_iter().zip(articles).map(finish).collect()
}

/// Articles strewn by chance, and what they come to.
struct Drawn {
    chance: Chance,
    random: SplitMix64,
    /// Disorder times the article's units an annotator.
    values: Vec<f64>,
}

impl Drawn {
    fn new(article: &Continuum, seed: u64) -> Option<Self> {
        let chance = Chance::of(article)?;
        let mut drawn = Self { chance, random: SplitMix64(seed), values: Vec::new() };
        drawn.draw(LEAST);
        Some(drawn)
    }

    fn draw(&mut self, times: usize) {
        for _ in 0..times {
            let strewn = self.chance.strewn(&mut self.random);
            let units: usize = strewn.iter().map(Vec::len).sum();
            let each = units as f64 / self.chance.annotators as f64;
            self.values.push(disorder(&strewn) / each * self.chance.units.mean);
        }
    }

    fn mean(&self) -> f64 {
        self.values.iter().sum::<f64>() / self.values.len().max(1) as f64
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / self.values.len().max(1) as f64
    }
}

/// Mean and standard deviation.
#[derive(Clone, Copy, Debug, Default)]
struct Normal {
    mean: f64,
    deviation: f64,
}

impl Normal {
    fn of(values: &[f64]) -> Self {
        let count = values.len().max(1) as f64;
        let mean = values.iter().sum::<f64>() / count;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
        Self { mean, deviation: variance.sqrt() }
    }

    fn draw(self, random: &mut SplitMix64) -> f64 {
        self.mean + self.deviation * random.normal()
    }
}

/// What chance is to be like: as the annotators' units are on average.
struct Chance {
    annotators: usize,
    units: Normal,
    gaps: Normal,
    lengths: Normal,
    /// The kind of each unit: one of these is drawn.
    kinds: Vec<usize>,
}

impl Chance {
    /// None where there are no units.
    fn of(article: &Continuum) -> Option<Self> {
        let lengths: Vec<f64> = article.iter().flatten().map(|unit| unit.end - unit.start).collect();
        if lengths.is_empty() {
            return None;
        }
        let mut gaps = vec![0.0];
        for units in article {
            gaps.extend(units.first().map(|unit| unit.start).filter(|start| *start > 0.0));
            gaps.extend(units.iter().zip(units.iter().skip(1)).map(|(one, next)| next.start - one.end));
        }
        let counts: Vec<f64> = article.iter().map(|units| units.len() as f64).collect();
        Some(Self {
            annotators: article.len(),
            units: Normal::of(&counts),
            gaps: Normal::of(&gaps),
            lengths: Normal::of(&lengths),
            kinds: article.iter().flatten().map(|unit| unit.kind).collect(),
        })
    }

    fn strewn(&self, random: &mut SplitMix64) -> Continuum {
        const SHORTEST: f64 = 1e-6;
        let mut strewn = Continuum::new();
        for _ in 0..self.annotators {
            let count = self.units.draw(random).trunc().abs() as usize;
            let nothing = strewn.iter().all(Vec::is_empty);
            let mut units = Vec::new();
            let mut last = 0.0;
            for _ in 0..count.max(usize::from(nothing)) {
                let start = last + self.gaps.draw(random);
                let end = start + self.lengths.draw(random).abs().max(SHORTEST);
                let kind = self.kinds.get(random.below(self.kinds.len())).copied().unwrap_or_default();
                units.push(Unit { start, end, kind });
                last = end;
            }
            strewn.push(units);
        }
        strewn
    }
}

/// Units of several annotators that may stand together, and what that is worth against leaving each alone.
struct Together {
    /// As places behind the first of them, one bit each.
    others: u128,
    worth: f64,
}

/// The least disorder that the units of all annotators can be brought into, as a sum over what stands together.
///
/// The units are gone through in the order of their starts; of each way to have put them together so far only the best with the
/// same units taken ahead is kept. That is exact but where more than [`WAYS`] such ways are open at one place.
pub(super) fn disorder(article: &Continuum) -> f64 {
    let mut units: Vec<(usize, Unit)> =
        article.iter().enumerate().flat_map(|(by, units)| units.iter().map(move |unit| (by, *unit))).collect();
    units.sort_by(|(_, a), (_, b)| a.start.total_cmp(&b.start).then(a.end.total_cmp(&b.end)));
    let mut ways: HashMap<u128, f64, RandomState> = HashMap::default();
    ways.insert(0, 0.0);
    for at in 0..units.len() {
        let together = together(units.get(at..).unwrap_or_default(), article.len());
        let mut next: HashMap<u128, f64, RandomState> =
            HashMap::with_capacity_and_hasher(ways.len(), RandomState::default());
        let mut reach = |taken: u128, worth: f64| {
            let best = next.entry(taken >> 1).or_insert(f64::NEG_INFINITY);
            *best = best.max(worth);
        };
        for (taken, worth) in &ways {
            reach(*taken, *worth);
            if taken & 1 == 0 {
                for set in together.iter().filter(|set| set.others & taken == 0) {
                    reach(taken | set.others, worth + set.worth);
                }
            }
        }
        if next.len() > WAYS {
            let mut all: Vec<(u128, f64)> = next.into_iter().collect();
            all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            all.truncate(WAYS);
            next = all.into_iter().collect();
        }
        ways = next;
    }
    units.len() as f64 - ways.into_values().fold(0.0, f64::max)
}

/// What the first of `units` may stand together with among the others.
fn together(units: &[(usize, Unit)], annotators: usize) -> Vec<Together> {
    let Some((by, first)) = units.first() else { return Vec::new() };
    let pairs = (annotators * annotators.saturating_sub(1) / 2) as f64;
    // What a pair may differ by at most, were all else alike.
    let most = pairs * annotators as f64;
    let near = units.iter().enumerate().take(WINDOW).skip(1).filter_map(|(at, (other, unit))| {
        let apart = apart(first, unit);
        (other != by && apart < most).then_some((at, *other, unit, apart))
    });
    let near: Vec<(usize, usize, &Unit, f64)> = near.collect();
    let mut found = Vec::new();
    // Sets that may still grow: their members among `near`, and how far apart all of them are.
    let mut open: Vec<(Vec<usize>, f64)> = vec![(Vec::new(), 0.0)];
    while let Some((members, sum)) = open.pop() {
        let from = members.last().map_or(0, |last| last + 1);
        for (nth, (_, other, unit, apart_of_first)) in near.iter().enumerate().skip(from) {
            let of = |member: &usize| near.get(*member);
            if members.iter().filter_map(of).any(|(_, by, _, _)| by == other) {
                continue;
            }
            let among: f64 = members.iter().filter_map(of).map(|(_, _, member, _)| apart(member, unit)).sum();
            let sum = sum + apart_of_first + among;
            if sum >= most {
                continue;
            }
            let members: Vec<usize> = members.iter().copied().chain([nth]).collect();
            let size = members.len() as f64 + 1.0;
            // Alone each would cost 1; together, what they differ by, and 1 for each pair with somebody who has none.
            let worth = size - 1.0 + (size * (size - 1.0) / 2.0 - sum) / pairs;
            let others = members.iter().filter_map(of).fold(0, |bits, (at, ..)| bits | 1_u128 << at);
            if worth > 0.0 {
                found.push(Together { others, worth });
            }
            if members.len() + 1 < annotators {
                open.push((members, sum));
            }
        }
    }
    found
}

/// How far apart two units are: their places, and their kinds.
fn apart(one: &Unit, other: &Unit) -> f64 {
    let places = ((one.start - other.start).abs() + (one.end - other.end).abs())
        / (one.end - one.start + other.end - other.start);
    places * places + f64::from(u8::from(one.kind != other.kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(of: &[(u32, u32, usize)]) -> Vec<Unit> {
        of.iter().map(|(start, end, kind)| Unit { start: (*start).into(), end: (*end).into(), kind: *kind }).collect()
    }

    fn continua() -> [Vec<Unit>; 3] {
        [
            units(&[(0, 4, 0), (10, 18, 1), (12, 15, 0), (30, 36, 2), (50, 51, 1)]),
            units(&[(0, 4, 0), (10, 17, 1), (13, 15, 1), (29, 36, 2), (31, 33, 0)]),
            units(&[(1, 4, 0), (11, 18, 2), (30, 36, 2), (40, 44, 1), (50, 52, 1), (51, 52, 1)]),
        ]
    }

    #[test]
    fn units_are_in_as_little_disorder_as_pygamma_agreement_finds() {
        // What pygamma-agreement 0.5.9 (PyPI) says of the same units, its best alignment times units an annotator.
        let [a, b, c] = continua();
        let near = |found: f64, told: f64| assert!((found - told).abs() < 1e-6, "{found} for {told}");
        near(disorder(&vec![a.clone(), b.clone()]), 3.050_361_6);
        near(disorder(&vec![a.clone(), c.clone()]), 4.135_964);
        near(disorder(&vec![a, b, c]), 5.411_019_3);
    }

    #[test]
    fn the_same_units_are_in_no_disorder_and_those_of_one_alone_in_as_much_as_they_are() {
        let [a, ..] = continua();
        assert!(disorder(&vec![a.clone(), a.clone(), a.clone()]).abs() < 1e-9);
        assert!((disorder(&vec![a, Vec::new()]) - 5.0).abs() < 1e-9);
        assert_eq!(disorders(&[vec![Vec::new(), Vec::new()]]), [None]);
    }

    #[test]
    fn chance_is_in_more_disorder_than_annotators_who_agree_and_the_same_each_time() {
        let [a, b, c] = continua();
        let articles = [vec![a.clone(), b, c], vec![a.clone(), a]];
        let found = disorders(&articles);
        assert_eq!(found, disorders(&articles));
        for disorder in found.into_iter().flatten() {
            assert!(disorder.observed < disorder.expected, "{disorder:?}");
        }
    }

    #[test]
    fn many_units_in_one_place_do_not_take_forever() {
        let crowd: Vec<Unit> =
            (0..60).map(|n| Unit { start: 0.0, end: 10.0 + f64::from(n), kind: n as usize % 3 }).collect();
        let disorder = disorder(&vec![crowd.clone(), crowd]);
        assert!((0.0..30.0).contains(&disorder), "{disorder}");
    }
}
