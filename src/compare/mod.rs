//! Several annotators of the same articles: where they differ, which of their differences are one, and how far they agree.

mod agreement;
mod align;
mod differences;
mod marks;
mod report;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use rayon::prelude::*;

pub use agreement::{Agreement, Measure};
use agreement::{Tally, labels, tally};
use align::units;
pub use differences::{Card, Difference, Sort};
use differences::{Marking, cards};
use marks::Marked;
pub use marks::Part;
pub use report::{json, table, tokens};

use crate::project::ops::KindMap;
use crate::project::{ArticleId, Project};

/// An annotator with what they did.
#[derive(Clone, Copy, Debug)]
pub struct Annotator<'p> {
    /// What they are called.
    pub name: &'p str,
    /// Their project.
    pub project: &'p Project,
}

/// An article that all annotators have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Its title, as the first has it.
    pub title: String,
    /// Its number in each project.
    pub articles: Vec<ArticleId>,
    /// How many marks all made alike.
    pub alike: usize,
    /// How many differences there are.
    pub differences: usize,
}

/// What comparing annotators comes to.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// What each is called.
    pub annotators: Vec<String>,
    /// The articles that all have, in the order of the first.
    pub articles: Vec<Compared>,
    /// How many articles of each somebody else lacks.
    pub alone: Vec<usize>,
    /// Where the annotators differ, article by article.
    pub differences: Vec<Difference>,
    /// Which of these are one, those that settle most first.
    pub cards: Vec<Card>,
    /// How far they agree.
    pub agreement: Agreement,
    /// Of each article the tokens' labels of each annotator.
    labels: Vec<Vec<Vec<String>>>,
}

/// Compares what annotators accepted, and with `open` what is suggested to them too. Articles are paired by their text; the kinds
/// of marks are those of the first annotator's tagset.
pub fn compare(annotators: &[Annotator<'_>], open: bool) -> Comparison {
    let paired = paired(annotators);
    let alone = annotators.iter().map(|annotator| annotator.project.article_count() - paired.len()).collect();
    let Some(first) = annotators.first() else { return Comparison::default() };
    let kinds: Vec<KindMap> =
        annotators.iter().map(|annotator| KindMap::new(first.project.tagset(), annotator.project.tagset())).collect();
    let look = |(article, ids): (usize, &Vec<ArticleId>)| -> (Compared, Vec<Difference>, Tally, Vec<Vec<String>>) {
        let marked = |((annotator, kinds), id): ((&Annotator<'_>, &KindMap), &ArticleId)| {
            Marked::of(annotator.project, *id, kinds, open)
        };
        let all: Vec<Marked> = annotators.iter().zip(&kinds).zip(ids).map(marked).collect();
        let units = units(&all);
        let id = ids.first().copied().unwrap_or_default();
        let text = first.project.text(id);
        let marking = Marking { article, text, all: &all, units: &units, tagset: first.project.tagset() };
        let differences = marking.differences();
        let alike = marking.alike();
        let title = first.project.article(id).map(|record| record.article.meta.title.clone()).unwrap_or_default();
        let compared = Compared { title, articles: ids.clone(), alike, differences: differences.len() };
        (compared, differences, tally(&marking), labels(&marking))
    };
    let looked: Vec<_> = paired.par_iter().enumerate().map(look).collect();
    let mut comparison = Comparison {
        annotators: annotators.iter().map(|it| it.name.to_owned()).collect(),
        alone,
        ..Comparison::default()
    };
    let mut tallies = Vec::with_capacity(looked.len());
    for (compared, differences, tally, labels) in looked {
        comparison.articles.push(compared);
        comparison.differences.extend(differences);
        comparison.labels.push(labels);
        tallies.push(tally);
    }
    comparison.cards = cards(&comparison.differences);
    comparison.agreement = agreement::agreement(&tallies, annotators.len());
    comparison
}

/// The articles that all annotators have, each by its number in each project; of one text that is there several times the first
/// with the first.
fn paired(annotators: &[Annotator<'_>]) -> Vec<Vec<ArticleId>> {
    let by_text = |project: &Project| {
        let mut counts: HashMap<String, usize, RandomState> = HashMap::default();
        let mut found: BTreeMap<(String, usize), ArticleId> = BTreeMap::new();
        for id in project.article_ids() {
            let text = project.text(*id).to_owned();
            let nth = counts.entry(text.clone()).or_default();
            found.insert((text, *nth), *id);
            *nth += 1;
        }
        found
    };
    let all: Vec<BTreeMap<(String, usize), ArticleId>> =
        annotators.par_iter().map(|annotator| by_text(annotator.project)).collect();
    let Some(first) = all.first() else { return Vec::new() };
    let mut paired: Vec<Vec<ArticleId>> = first
        .keys()
        .filter_map(|text| all.iter().map(|texts| texts.get(text).copied()).collect::<Option<Vec<_>>>())
        .collect();
    paired.sort_unstable();
    paired
}
