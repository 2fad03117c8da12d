//! What is right, wrong and missed in one document, by label and by what counts as a match.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use smol_str::SmolStr;

use super::{Gold, Span, overlap};
use crate::project::CountryCode;
use crate::text::{OffsetMap, bytes};

/// A label and what counts as a match.
pub(super) type Key = (SmolStr, SmolStr);

/// Right, wrong and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub right: u64,
    pub wrong: u64,
    pub missed: u64,
}

impl Count {
    fn new(right: usize, wrong: usize, missed: usize) -> Self {
        Self { right: right as u64, wrong: wrong as u64, missed: missed as u64 }
    }

    pub fn add(&mut self, other: Self, times: u32) {
        let times = u64::from(times);
        self.right += other.right * times;
        self.wrong += other.wrong * times;
        self.missed += other.missed * times;
    }

    /// The share of the suggestions that is right; none without suggestions.
    pub fn precision(self) -> Option<f64> {
        share(self.right, self.right + self.wrong)
    }

    /// The share of the marks that is found; none without marks.
    pub fn recall(self) -> Option<f64> {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of the two; none where there is nothing at all.
    pub fn f1(self) -> Option<f64> {
        let (precision, recall) = (self.precision(), self.recall());
        precision.or(recall)?;
        let (precision, recall) = (precision.unwrap_or_default(), recall.unwrap_or_default());
        let sum = precision + recall;
        Some(if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Everything that is compared in one document.
pub(super) fn count(gold: &Gold, found: &[Span]) -> BTreeMap<Key, Count> {
    let (marked, found) = (gold.compared(&gold.spans), gold.compared(found));
    let mut counts = BTreeMap::new();
    let mut put = |label: &str, matching: &str, count| counts.insert((label.into(), matching.into()), count);
    for label in gold.labels.union(&gold.partial).filter(|label| *label != "COUNTRY") {
        let pair = Pair::of_label(gold, &marked, &found, label);
        put(label, "exact", pair.exact());
        put(label, "overlap", pair.overlapping());
        if label == "PERSON" {
            put("PERSON_DOC", "set", pair.people(&gold.text));
        }
    }
    if gold.labels.contains("COUNTRY") {
        let pair = Pair::of_countries(gold, &marked, &found);
        put("COUNTRY", "mention", pair.overlapping());
        put("COUNTRY_DOC", "set", pair.countries());
    }
    if let Some(count) = in_country(&marked, &found) {
        put("IN_COUNTRY", "mention", count);
    }
    for label in gold.labels.union(&gold.partial) {
        if let Some(count) = linking(gold, &marked, &found, label) {
            put("LINKING", label, count);
        }
    }
    counts
}

/// A range and the country named there, for countries alone.
type Named = (Range<usize>, Option<CountryCode>);

/// By which they are sorted.
pub(super) fn key((range, country): &Named) -> (usize, usize, Option<CountryCode>) {
    (range.start, range.end, *country)
}

/// The marks and suggestions of one label, each sorted and once.
pub(super) struct Pair {
    marked: Vec<Named>,
    found: Vec<Named>,
    /// For each suggestion whether it is no fault even without a mark: it lies where nothing can be told.
    free: Vec<bool>,
}

impl Pair {
    pub fn of_label(gold: &Gold, marked: &[&Span], found: &[&Span], label: &str) -> Self {
        let of = |spans: &[&Span]| {
            spans.iter().filter(|span| gold.counts(span, label)).map(|span| (span.range.clone(), None)).collect()
        };
        Self::new(of(marked), of(found), &gold.ignore)
    }

    pub fn of_countries(gold: &Gold, marked: &[&Span], found: &[&Span]) -> Self {
        let of = |spans: &[&Span]| {
            let named =
                spans.iter().filter_map(|span| Some((span.range.clone(), Some(span.names_country(&gold.ways)?))));
            named.collect()
        };
        let unknown = marked.iter().filter(|span| span.country_ignore).map(|span| span.range.clone());
        let ignore: Vec<_> = gold.ignore.iter().cloned().chain(unknown).collect();
        Self::new(of(marked), of(found), &ignore)
    }

    fn new(mut marked: Vec<Named>, mut found: Vec<Named>, ignore: &[Range<usize>]) -> Self {
        for side in [&mut marked, &mut found] {
            side.sort_unstable_by_key(key);
            side.dedup();
        }
        let free = |(range, _): &Named| {
            ignore.iter().any(|ignored| overlap(range, ignored) > 0)
                && !marked.iter().any(|(marked, _)| overlap(range, marked) > 0)
        };
        let free = found.iter().map(free).collect();
        Self { marked, found, free }
    }

    /// The same start and end.
    fn exact(&self) -> Count {
        self.count(&self.found.iter().map(|found| self.is_marked(found)).collect::<Vec<_>>())
    }

    pub fn is_marked(&self, found: &Named) -> bool {
        self.marked.binary_search_by_key(&key(found), key).is_ok()
    }

    /// Any shared character and the same country: one to one, the longest overlap first.
    fn overlapping(&self) -> Count {
        let mut candidates = Vec::new();
        for (i, (marked, country)) in self.marked.iter().enumerate() {
            // Sorted by start: what begins behind the mark cannot overlap it.
            for (j, (found, other)) in self.found.iter().enumerate().take_while(|(_, (it, _))| it.start < marked.end) {
                let shared = overlap(marked, found);
                if shared > 0 && country == other {
                    candidates.push((Reverse(shared), marked.start, found.start, i, j));
                }
            }
        }
        candidates.sort_unstable();
        let (mut used, mut matched) = (vec![false; self.marked.len()], vec![false; self.found.len()]);
        for (.., i, j) in candidates {
            if let (Some(used @ false), Some(matched @ false)) = (used.get_mut(i), matched.get_mut(j)) {
                (*used, *matched) = (true, true);
            }
        }
        self.count(&matched)
    }

    fn count(&self, matched: &[bool]) -> Count {
        let right = matched.iter().filter(|matched| **matched).count();
        let wrong = matched.iter().zip(&self.free).filter(|(matched, free)| !**matched && !**free).count();
        Count::new(right, wrong, self.marked.len().saturating_sub(right))
    }

    /// The suggestions that can be told to be right or wrong.
    pub fn telling(&self) -> impl Iterator<Item = &Named> {
        self.found.iter().zip(&self.free).filter(|(_, free)| !**free).map(|(found, _)| found)
    }

    /// Whether a mark of the same country lies here.
    pub fn is_overlapped(&self, (range, country): &Named) -> bool {
        self.marked.iter().any(|(marked, other)| other == country && overlap(range, marked) > 0)
    }

    /// The people of the article, however many mentions each has.
    fn people(&self, text: &str) -> Count {
        let offsets = OffsetMap::new(text);
        let slice = |(range, _): &Named| {
            let range = offsets.from_code_points(range.start, range.end);
            range.and_then(|range| text.get(bytes(range))).unwrap_or_default()
        };
        let (marked, found) = (people(self.marked.iter().map(slice)), people(self.telling().map(slice)));
        let right = same_people(&marked, &found);
        Count::new(right, found.len().saturating_sub(right), marked.len().saturating_sub(right))
    }

    /// The countries of the article.
    fn countries(&self) -> Count {
        let marked: BTreeSet<_> = self.marked.iter().map(|(_, country)| country).collect();
        let found: BTreeSet<_> = self.telling().map(|(_, country)| country).collect();
        let right = marked.intersection(&found).count();
        Count::new(right, found.len() - right, marked.len() - right)
    }
}

/// The words of a name: letters, digits and low lines, as Python's `\w` has them, without combining marks.
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").ok());

/// The people that these names are of, as the words of each one's fullest name: a shorter name whose words are all in a
/// longer one is the same person.
fn people<'t>(names: impl Iterator<Item = &'t str>) -> Vec<BTreeSet<String>> {
    let words = |name: &str| {
        let name = name.strip_suffix('\n').unwrap_or(name);
        let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name).to_lowercase();
        let found = WORD.iter().flat_map(|word| word.find_iter(&name));
        found.map(|word| word.as_str().to_owned()).collect::<Vec<_>>()
    };
    let names: BTreeSet<(Reverse<usize>, Vec<String>)> =
        names.map(words).filter(|words| !words.is_empty()).map(|words| (Reverse(words.len()), words)).collect();
    let mut people: Vec<BTreeSet<String>> = Vec::new();
    for (_, words) in names {
        let words: BTreeSet<_> = words.into_iter().collect();
        if !people.iter().any(|person| words.is_subset(person)) {
            people.push(words);
        }
    }
    people
}

/// How many are the same: one to one, those that share most words first.
fn same_people(marked: &[BTreeSet<String>], found: &[BTreeSet<String>]) -> usize {
    let mut candidates = Vec::new();
    for (i, a) in marked.iter().enumerate() {
        for (j, b) in found.iter().enumerate() {
            if a.is_subset(b) || b.is_subset(a) {
                candidates.push((Reverse(a.len().min(b.len())), i, j));
            }
        }
    }
    candidates.sort_unstable();
    let (mut of_marked, mut of_found) = (HashSet::new(), HashSet::new());
    for (_, i, j) in candidates {
        if !of_marked.contains(&i) && !of_found.contains(&j) {
            of_marked.insert(i);
            of_found.insert(j);
        }
    }
    of_marked.len()
}

/// The country that places lie in; none where no mark tells it.
fn in_country(marked: &[&Span], found: &[&Span]) -> Option<Count> {
    let places = marked.iter().filter(|span| span.label == "PLACE");
    let told = places.filter_map(|span| Some((&span.range, span.in_country?)));
    let answers = |span: &&&Span| span.label == "PLACE" || span.label == "COUNTRY";
    let found: Vec<_> =
        found.iter().filter(answers).map(|span| (&span.range, span.in_country.or(span.country))).collect();
    answered(told, &found)
}

/// The Wikidata items of a label's marks; none where no mark has any.
fn linking(gold: &Gold, marked: &[&Span], found: &[&Span], label: &str) -> Option<Count> {
    let told = marked.iter().filter(|span| span.label == label);
    let told = told.filter_map(|span| Some((&span.range, span.item.as_ref()?)));
    let found: Vec<_> =
        found.iter().filter(|span| gold.counts(span, label)).map(|span| (&span.range, span.item.as_ref())).collect();
    answered(told, &found)
}

/// What is said of each mark by the suggestion that overlaps it most, of equals the least; one that says nothing is
/// not wrong, but misses. None without marks.
fn answered<'s, T: Ord>(
    told: impl Iterator<Item = (&'s Range<usize>, T)>,
    found: &[(&Range<usize>, Option<T>)],
) -> Option<Count> {
    let (mut all, mut said, mut right) = (0, 0, 0);
    for (range, truth) in told {
        let over = found.iter().map(|(other, answer)| (Reverse(overlap(range, other)), answer));
        let best = over.filter(|(Reverse(shared), _)| *shared > 0).min().and_then(|(_, answer)| answer.as_ref());
        all += 1;
        said += usize::from(best.is_some());
        right += usize::from(best == Some(&truth));
    }
    (all > 0).then(|| Count::new(right, said - right, all - right))
}
