//! Which articles are about the same: those that share the words that tell most, nearest in time where there are many.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::account::{Account, Key};

/// By how many of its words an article is looked up.
const WORDS: usize = 16;
/// How many articles that have a word, those nearest in time, are looked at: keeps this linear.
const POSTED: usize = 200;
/// With how many others an article is compared.
const NEAR: usize = 40;
/// Articles that are less alike than this are about different things.
const ALIKE: f32 = 0.05;

/// The pairs of articles that are compared, each once, by their numbers, the lower first.
pub(super) fn pairs<A: Borrow<Account> + Sync>(accounts: &[A]) -> Vec<(usize, usize)> {
    let accounts: Vec<&Account> = accounts.iter().map(Borrow::borrow).collect();
    let mut order: Vec<usize> = (0..accounts.len()).collect();
    order.sort_by_key(|at| accounts.get(*at).and_then(|account| account.date));
    let words: Vec<Vec<Key>> = accounts.par_iter().map(|account| account.topic.heaviest(WORDS)).collect();
    // For each word the articles that have it, in the order of time.
    let mut posted: HashMap<Key, Vec<usize>, RandomState> = HashMap::default();
    let mut places: Vec<Vec<(Key, usize)>> = vec![Vec::new(); accounts.len()];
    for at in order {
        for word in words.get(at).into_iter().flatten() {
            let list = posted.entry(*word).or_default();
            if let Some(places) = places.get_mut(at) {
                places.push((*word, list.len()));
            }
            list.push(at);
        }
    }
    let mut found: Vec<(usize, usize)> = places
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, places)| {
            let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
            for (word, place) in places {
                let Some(list) = posted.get(word) else { continue };
                let from = place.saturating_sub(POSTED / 2);
                for other in list.iter().skip(from).take(POSTED).filter(|other| **other != at) {
                    *seen.entry(*other).or_default() += 1;
                }
            }
            let own = accounts.get(at);
            let alike = |other: usize| own.zip(accounts.get(other)).map_or(0.0, |(a, b)| a.topic.alike(&b.topic));
            // What shares most words first: of those only are the texts compared.
            let mut likely: Vec<(usize, usize)> = seen.into_iter().map(|(other, count)| (count, other)).collect();
            likely.sort_by(|(one, a), (other, b)| other.cmp(one).then(a.cmp(b)));
            let mut near: Vec<(f32, usize)> =
                likely.into_iter().take(4 * NEAR).map(|(_, other)| (alike(other), other)).collect();
            near.retain(|(alike, _)| *alike >= ALIKE);
            near.sort_by(|(one, a), (other, b)| other.total_cmp(one).then(a.cmp(b)));
            near.into_iter().take(NEAR).map(move |(_, other)| (at.min(other), at.max(other)))
        })
        .collect();
    found.par_sort_unstable();
    found.dedup();
    found
}
