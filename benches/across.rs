//! How well the program sees that several articles tell of one happening, on marked texts of the same topics (ECB+).
//! `make bench-across` measures; `make train-across` fits the curve first, and writes it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "a benchmark fails by panicking"
)]

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::Instant;

use rubricator::suggest::across::{Account, Accounts, Collection, FEATURES};
use rubricator::suggest::{Engine, Options, Suggestions};
use rubricator::text::OffsetMap;
use serde::Deserialize;

/// Where the marked sets are.
const SETS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
/// Where the curve is kept.
const CURVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/across/happenings.tsv");
/// Of the pairs of one topic that are not one happening, one in so many is learned from.
const OF_TOPIC: usize = 3;
/// The same of pairs of different topics.
const OF_OTHERS: usize = 400;

#[derive(Deserialize)]
struct Marked {
    topic: String,
    text: String,
    events: Vec<Mention>,
}

#[derive(Deserialize)]
struct Mention {
    start: usize,
    end: usize,
    chain: String,
}

/// A marked set with what the engine makes of it.
struct Set {
    marked: Vec<Marked>,
    found: Vec<Suggestions>,
    accounts: Vec<Account>,
}

impl Set {
    fn read(engine: &Engine, part: &str) -> Option<Self> {
        let lines = std::fs::read_to_string(format!("{SETS}/{part}/ecbplus_coref.jsonl")).ok()?;
        let marked: Vec<Marked> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let texts: Vec<_> = marked.iter().map(|article| (article.text.as_str(), None)).collect();
        let found = engine.suggest_all(&texts);
        let accounts = Accounts::default();
        let accounts =
            marked.iter().zip(&found).map(|(article, found)| accounts.of(&article.text, None, found)).collect();
        Some(Self { marked, found, accounts })
    }

    /// The UTF-8 bytes of each mention of each article.
    fn places(&self) -> Vec<Vec<(usize, usize)>> {
        let bytes = |article: &Marked| {
            let offsets = OffsetMap::new(&article.text);
            let byte = |mention: &Mention| {
                let range = offsets.from_code_points(mention.start, mention.end).unwrap();
                (usize::from(range.start()), usize::from(range.end()))
            };
            article.events.iter().map(byte).collect()
        };
        self.marked.iter().map(bytes).collect()
    }

    /// Of each telling the places of its mentions.
    fn ranges(&self, collection: &Collection<'_, Account>) -> Vec<(usize, Vec<(usize, usize)>)> {
        let ranges = |(article, record, mentions): (usize, usize, &[usize])| {
            let found = &self.found[article];
            let range = |index: &usize| {
                let range = found.spans[found.events[record].mentions[*index]].range;
                (usize::from(range.start()), usize::from(range.end()))
            };
            (article, mentions.iter().map(range).collect())
        };
        collection.tellings().map(ranges).collect()
    }

    /// The chain that each telling is of, where it is of one.
    fn chains(&self, collection: &Collection<'_, Account>) -> Vec<Option<&str>> {
        let places = self.places();
        let chain = |(article, ranges): (usize, Vec<(usize, usize)>)| {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for (mention, place) in self.marked[article].events.iter().zip(&places[article]) {
                let count = ranges.iter().filter(|range| range.0 < place.1 && place.0 < range.1).count();
                *counts.entry(&mention.chain).or_default() += count;
            }
            counts.into_iter().filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count).map(|(chain, _)| chain)
        };
        self.ranges(collection).into_iter().map(chain).collect()
    }
}

/// Whether two tellings are one, and what they share.
struct Lesson {
    same: bool,
    weight: f64,
    features: [f32; FEATURES.len()],
}

fn lessons(set: &Set) -> Vec<Lesson> {
    let collection = Collection::new(&set.accounts);
    let told: Vec<(usize, &str, &str)> = set
        .chains(&collection)
        .into_iter()
        .zip(collection.tellings())
        .enumerate()
        .filter_map(|(at, (chain, (article, ..)))| Some((at, set.marked[article].topic.as_str(), chain?)))
        .collect();
    let mut found = Vec::new();
    let mut skipped = 0;
    for (nth, (one, topic, chain)) in told.iter().enumerate() {
        for (other, other_topic, other_chain) in &told[nth + 1..] {
            let same = chain == other_chain;
            let every = if topic == other_topic { OF_TOPIC } else { OF_OTHERS };
            skipped += usize::from(!same);
            if same || skipped % every == 0 {
                let weight = if same || topic != other_topic { 1.0 } else { every as f64 };
                found.push(Lesson { same, weight, features: collection.features(*one, *other).unwrap() });
            }
        }
    }
    found
}

const SIZE: usize = FEATURES.len() + 1;

/// The logistic curve that fits the lessons best, the last number what is added (iteratively reweighted least squares, with a
/// little ridge).
fn fitted(lessons: &[Lesson]) -> [f64; SIZE] {
    let row = |lesson: &Lesson| {
        let mut row = [1.0; SIZE];
        row.iter_mut().zip(lesson.features).for_each(|(slot, feature)| *slot = f64::from(feature));
        row
    };
    let mut weights = [0.0; SIZE];
    for _ in 0..12 {
        let (mut left, mut right) = ([[0.0; SIZE]; SIZE], [0.0; SIZE]);
        for lesson in lessons {
            let row = row(lesson);
            let sum: f64 = row.iter().zip(&weights).map(|(a, b)| a * b).sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            let curvature = lesson.weight * (p * (1.0 - p)).max(1e-6);
            let aim = curvature * sum + lesson.weight * (f64::from(u8::from(lesson.same)) - p);
            for i in 0..SIZE {
                right[i] += row[i] * aim;
                for j in 0..SIZE {
                    left[i][j] += curvature * row[i] * row[j];
                }
            }
        }
        (0..SIZE - 1).for_each(|i| left[i][i] += 1.0);
        weights = solved(left, right);
    }
    weights
}

/// Gaussian elimination with pivots.
fn solved(mut left: [[f64; SIZE]; SIZE], mut right: [f64; SIZE]) -> [f64; SIZE] {
    for at in 0..SIZE {
        let pivot = (at..SIZE).max_by(|a, b| left[*a][at].abs().total_cmp(&left[*b][at].abs())).unwrap();
        left.swap(at, pivot);
        right.swap(at, pivot);
        for below in at + 1..SIZE {
            let factor = left[below][at] / left[at][at];
            (at..SIZE).for_each(|column| left[below][column] -= factor * left[at][column]);
            right[below] -= factor * right[at];
        }
    }
    let mut found = [0.0; SIZE];
    for at in (0..SIZE).rev() {
        let known: f64 = (at + 1..SIZE).map(|column| left[at][column] * found[column]).sum();
        found[at] = (right[at] - known) / left[at][at];
    }
    found
}

/// Right, said and marked pairs of mentions.
#[derive(Default)]
struct Pairs(usize, usize, usize);

impl Pairs {
    fn add<'k>(&mut self, mentions: impl Iterator<Item = (&'k str, Option<String>)>) {
        let (mut gold, mut said, mut both) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (chain, group) in mentions {
            *gold.entry(chain).or_insert(0_usize) += 1;
            if let Some(group) = group {
                *said.entry(group.clone()).or_insert(0_usize) += 1;
                *both.entry((chain, group)).or_insert(0_usize) += 1;
            }
        }
        let pairs = |n: &usize| n * (n - 1) / 2;
        self.0 += both.values().map(pairs).sum::<usize>();
        self.1 += said.values().map(pairs).sum::<usize>();
        self.2 += gold.values().map(pairs).sum::<usize>();
    }

    fn row(&self) -> String {
        let share = |n: usize| self.0 as f64 / n.max(1) as f64;
        format!("{:.3} | {:.3}", share(self.1), share(self.2))
    }
}

/// The pairs of mentions that are said to be one, in an article and in all of a topic, those within one included.
fn measured(set: &Set) -> (Pairs, Pairs) {
    let collection = Collection::new(&set.accounts);
    let groups = collection.groups();
    let places = set.places();
    let mut told: Vec<Vec<((usize, usize), usize)>> = vec![Vec::new(); set.marked.len()];
    for ((article, ranges), group) in set.ranges(&collection).into_iter().zip(groups) {
        told[article].extend(ranges.into_iter().map(|range| (range, group)));
    }
    let (mut within, mut across) = (Pairs::default(), Pairs::default());
    let mut topics: BTreeMap<&str, Vec<(&str, Option<String>)>> = BTreeMap::new();
    for (at, article) in set.marked.iter().enumerate() {
        let group = |place: &(usize, usize)| {
            let overlap = |range: &(usize, usize)| range.1.min(place.1).saturating_sub(range.0.max(place.0));
            let best = told[at].iter().filter(|(range, _)| overlap(range) > 0).max_by_key(|(range, _)| overlap(range));
            best.map(|(_, group)| group.to_string())
        };
        let mentions: Vec<_> = article
            .events
            .iter()
            .zip(&places[at])
            .map(|(mention, place)| (mention.chain.as_str(), group(place)))
            .collect();
        within.add(mentions.iter().cloned());
        topics.entry(&article.topic).or_default().extend(mentions);
    }
    topics.into_values().for_each(|mentions| across.add(mentions.into_iter()));
    (within, across)
}

fn main() {
    let engine = Engine::new(Options::default());
    let part = if std::env::args().any(|it| it == "--fit") { "train" } else { "dev" };
    let Some(set) = Set::read(&engine, part) else {
        println!("the marked sets ({SETS}) are not there: nothing is measured");
        return;
    };
    if part == "train" {
        let lessons = lessons(&set);
        let weights = fitted(&lessons);
        let mut table = String::from("# What makes two tellings one happening (make train-across): feature, weight\n");
        for (name, weight) in FEATURES.iter().chain(&["offset"]).zip(weights) {
            table.push_str(&format!("{name}\t{weight:.4}\n"));
        }
        std::fs::write(Path::new(CURVE), table).unwrap();
        println!("{} pairs learned from; build again, and measure with `make bench-across`", lessons.len());
        return;
    }
    let began = Instant::now();
    let (within, across) = measured(&set);
    println!("| pairs of mentions that are one happening | precision | recall |\n| --- | --- | --- |");
    println!("| in an article | {} |\n| in all articles of a topic | {} |", within.row(), across.row());
    println!("\n{} articles compared in {:.2?}", set.accounts.len(), began.elapsed());
}
