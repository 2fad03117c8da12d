//! Articles that are compared with each other, and which of the happenings that they tell of are one.

use std::borrow::Borrow;
use std::collections::HashSet;

use rayon::prelude::*;

use super::account::Account;
use super::likeness::{self, FEATURES, Told};
use super::linkage::{self, Pair};
use super::neighbours;

/// From this mean probability on tellings are of one happening for sure.
const SURE: f32 = 0.5;
/// With how many behind it a telling of one article is compared: keeps this linear in the length of a text.
const WITHIN: usize = 400;
/// Pairs that are less likely than this are not looked at again.
const UNLIKELY: f32 = 0.2;

/// Articles that are compared with each other.
pub struct Collection<'a, A> {
    accounts: &'a [A],
    /// Article and index of each telling, in their order.
    tellings: Vec<(usize, usize)>,
    /// Of each article the number of its first telling.
    firsts: Vec<u32>,
}

impl<'a, A: Borrow<Account> + Sync> Collection<'a, A> {
    /// Of some articles.
    pub fn new(accounts: &'a [A]) -> Self {
        let mut tellings = Vec::new();
        let mut firsts = Vec::with_capacity(accounts.len());
        for (at, account) in accounts.iter().enumerate() {
            firsts.push(u32::try_from(tellings.len()).unwrap_or(u32::MAX));
            tellings.extend((0..account.borrow().tellings.len()).map(|telling| (at, telling)));
        }
        Self { accounts, tellings, firsts }
    }

    /// Of each telling its article, its record there, and which mentions of that it has, the most telling first.
    pub fn tellings(&self) -> impl ExactSizeIterator<Item = (usize, usize, &'a [usize])> {
        let accounts = self.accounts;
        self.tellings.iter().map(move |(article, at)| {
            let telling = accounts.get(*article).and_then(|account| account.borrow().tellings.get(*at));
            telling.map_or((*article, 0, &[][..]), |telling| (*article, telling.record, telling.mentions.as_slice()))
        })
    }

    /// What two tellings share, in the order of [`FEATURES`]; none where there are no such tellings.
    pub fn features(&self, one: usize, other: usize) -> Option<[f32; FEATURES.len()]> {
        Some(likeness::features(self.told(one)?, self.told(other)?))
    }

    /// The group of each telling: those of one happening have the same number.
    pub fn groups(&self) -> Vec<usize> {
        let numbered = |(one, other): (usize, usize)| {
            let (from, to) = (self.first_of(one), self.first_of(other));
            self.likely(one, other).into_iter().map(move |(a, b, probability)| (from + a, to + b, probability))
        };
        let pairs: Vec<Pair> = self.articles().into_par_iter().flat_map_iter(numbered).collect();
        self.grouped(&pairs, |one, other| self.probability(one, other))
    }

    /// The same by pairs that were compared, each once, and by what `compare` says of others.
    pub(super) fn grouped(&self, pairs: &[Pair], compare: impl Fn(usize, usize) -> f32) -> Vec<usize> {
        linkage::groups(self.tellings.len(), pairs, SURE, compare)
    }

    /// The probability that two tellings are of one happening.
    pub(super) fn probability(&self, one: usize, other: usize) -> f32 {
        let both = self.told(one).zip(self.told(other));
        both.map_or(0.0, |(one, other)| likeness::probability(one, other))
    }

    /// The number of an article's first telling.
    pub(super) fn first_of(&self, article: usize) -> u32 {
        self.firsts.get(article).copied().unwrap_or_default()
    }

    /// The article and the record that a telling is of.
    pub(super) fn record_of(&self, at: usize) -> Option<(usize, usize)> {
        let (article, telling) = *self.tellings.get(at)?;
        Some((article, self.account(article)?.tellings.get(telling)?.record))
    }

    fn account(&self, article: usize) -> Option<&'a Account> {
        self.accounts.get(article).map(Borrow::borrow)
    }

    pub(super) fn told(&self, at: usize) -> Option<Told<'a>> {
        let (article, telling) = *self.tellings.get(at)?;
        self.telling(article, telling)
    }

    fn telling(&self, article: usize, telling: usize) -> Option<Told<'a>> {
        let account = self.account(article)?;
        let telling = account.tellings.get(telling)?;
        Some(Told { article, account, happening: account.happenings.get(telling.record)?, telling })
    }

    /// The articles that are compared: each with itself, and those that are about the same.
    pub(super) fn articles(&self) -> Vec<(usize, usize)> {
        let own = (0..self.accounts.len()).map(|article| (article, article));
        own.chain(neighbours::pairs(self.accounts)).collect()
    }

    /// The tellings of two articles, or of one, that are likely enough to be of one happening: by their numbers within each.
    pub(super) fn likely(&self, one: usize, other: usize) -> Vec<Pair> {
        let Some((a, b)) = self.account(one).zip(self.account(other)) else { return Vec::new() };
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let compared = comparable(a, b, one == other).into_iter().filter_map(|(a, b)| {
            let probability = likeness::probability(self.telling(one, a)?, self.telling(other, b)?);
            (probability >= UNLIKELY).then_some((number(a), number(b), probability))
        });
        compared.collect()
    }
}

/// The tellings of two articles, or of one, that may be of one happening: of one word, or of one kind and with somebody in common.
fn comparable(one: &Account, other: &Account, same: bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (a, telling) in one.tellings.iter().enumerate() {
        let Some(happening) = one.happenings.get(telling.record) else { continue };
        let behind = other.tellings.iter().enumerate().skip(if same { a + 1 } else { 0 });
        for (b, with) in behind.take(if same { WITHIN } else { usize::MAX }) {
            let Some(another) = other.happenings.get(with.record) else { continue };
            let in_record = same && telling.record == with.record;
            let alike = || {
                happening.kind == another.kind
                    && (!telling.names.is_disjoint(&with.names) || !happening.parties.is_disjoint(&another.parties))
            };
            if in_record || telling.stem == with.stem || alike() {
                found.push((a, b));
            }
        }
    }
    found
}

/// What is one across the articles: for each article, for each of its records, its parts: which of the record's mentions, the most
/// telling first, tell of which happening. The part with the most telling words comes first. A happening that one article alone
/// tells of has no number.
pub(super) fn happenings(accounts: &[Account]) -> Vec<Vec<Vec<Part>>> {
    let collection = Collection::new(accounts);
    let groups = collection.groups();
    let mut first_in: Vec<Option<usize>> = vec![None; groups.len()];
    let mut across: HashSet<usize> = HashSet::new();
    for ((article, ..), group) in collection.tellings().zip(&groups) {
        match first_in.get_mut(*group) {
            Some(Some(first)) if *first != article => drop(across.insert(*group)),
            Some(slot @ None) => *slot = Some(article),
            _ => {}
        }
    }
    let mut found: Vec<Vec<Vec<Part>>> =
        accounts.iter().map(|account| vec![Vec::new(); account.happenings.len()]).collect();
    let mut group_of: Vec<Vec<Vec<usize>>> =
        accounts.iter().map(|account| vec![Vec::new(); account.happenings.len()]).collect();
    for ((article, record, mentions), group) in collection.tellings().zip(&groups) {
        let parts = found.get_mut(article).and_then(|records| records.get_mut(record));
        let known = group_of.get_mut(article).and_then(|records| records.get_mut(record));
        let Some((parts, known)) = parts.zip(known) else { continue };
        match known.iter().position(|other| other == group).and_then(|at| parts.get_mut(at)) {
            Some(part) => part.mentions.extend_from_slice(mentions),
            None => {
                known.push(*group);
                parts.push(Part { mentions: mentions.to_vec(), happening: across.contains(group).then_some(*group) });
            }
        }
    }
    let parts = found.iter_mut().flatten().flatten();
    parts.for_each(|part| part.mentions.sort_unstable());
    found
}

/// Mentions of a record that tell of one happening in the strict sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Indexes into the record's mentions.
    pub(super) mentions: Vec<usize>,
    /// The number of the happening, the same in every article that tells of it; none where this one alone does.
    pub(super) happening: Option<usize>,
}
