//! Several annotators of the same articles: where they differ, which of their differences are one, how far they agree, and
//! what is settled of it.

mod adjudicate;
mod agreement;
mod align;
mod chance;
mod copies;
mod differences;
mod fate;
mod gamma;
mod given;
mod html;
mod marks;
mod report;
#[cfg(test)]
mod settle_tests;
mod settler;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use smol_str::SmolStr;

pub use adjudicate::{Decision, Desk, Verdict, begin};
pub use agreement::{Agreement, Measure, Summary};
use agreement::{Tally, labels, tally, units};
use align::Aligned;
pub use copies::copy_for;
pub use differences::{Card, Choice, Difference, Sort};
use differences::{Marking, cards};
pub use fate::standing;
pub use html::html;
pub use marks::Part;
use marks::{Kinds, Marked};
pub use report::{csv, json, table, tokens};

use crate::project::{ArticleId, Project};

/// What the engine is called where it is one of the annotators.
pub const ENGINE: &str = "Engine";

/// What annotators are called where their names are hidden: A, B, C…
pub fn letter(at: usize) -> String {
    ('A'..='Z').nth(at).map_or_else(|| (at + 1).to_string(), String::from)
}

/// An annotator with what they did.
#[derive(Clone, Copy, Debug)]
pub struct Annotator<'p> {
    /// What they are called.
    pub name: &'p str,
    /// Their project.
    pub project: &'p Project,
    /// Whether what is suggested to them counts too, as the engine's own word.
    pub open: bool,
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
    /// Which of the differences are its.
    pub differences: Range<usize>,
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
    labels: Vec<Vec<Vec<SmolStr>>>,
    /// What each did in each article.
    aligned: Vec<Aligned>,
    /// What the kinds of each are called by the first.
    kinds: Vec<Kinds>,
}

/// Compares what annotators accepted. Articles are paired by their text; the kinds of marks are those of the first annotator's
/// tagset.
pub fn compare(annotators: &[Annotator<'_>]) -> Comparison {
    compared(annotators, false)
}

/// The same with γ, which takes long: some milliseconds an article.
pub fn compare_with_gamma(annotators: &[Annotator<'_>]) -> Comparison {
    compared(annotators, true)
}

fn compared(annotators: &[Annotator<'_>], with_gamma: bool) -> Comparison {
    let projects: Vec<&Project> = annotators.iter().map(|annotator| annotator.project).collect();
    let paired = paired(&projects);
    let alone = projects.iter().map(|project| project.article_count() - paired.len()).collect();
    let Some(first) = projects.first().copied() else { return Comparison::default() };
    let kinds: Vec<Kinds> = projects.iter().map(|project| Kinds::new(first.tagset(), project.tagset())).collect();
    let look = |(article, ids): (usize, &Vec<ArticleId>)| {
        let marked = |((annotator, kinds), id): ((&Annotator<'_>, &Kinds), &ArticleId)| {
            Marked::of(annotator.project, *id, kinds, annotator.open)
        };
        let aligned = Aligned::new(annotators.iter().zip(&kinds).zip(ids).map(marked).collect());
        let id = ids.first().copied().unwrap_or_default();
        let marking = Marking { article, text: first.text(id), aligned: &aligned, tagset: first.tagset() };
        let (differences, alike) = marking.differences();
        let title = first.article(id).map(|record| record.article.meta.title.clone()).unwrap_or_default();
        let labels = labels(&marking);
        let tally = tally(&marking, &labels);
        let units = if with_gamma { units(&marking) } else { Vec::new() };
        let compared = Compared { title, articles: ids.clone(), alike, differences: 0..differences.len() };
        let decided = first.mentions(id).iter().filter_map(|mention| mention.decision.as_ref());
        let finished = decided.map(|stamp| stamp.at).max().map(|at| TimeZone::UTC.to_datetime(at).date());
        (compared, differences, (tally, units, finished), labels, aligned)
    };
    let looked: Vec<_> = paired.par_iter().enumerate().map(look).collect();
    let mut comparison = Comparison {
        annotators: annotators.iter().map(|it| it.name.to_owned()).collect(),
        alone,
        ..Comparison::default()
    };
    let mut tallies: Vec<Tally> = Vec::with_capacity(looked.len());
    let mut days: Vec<Option<Date>> = Vec::with_capacity(looked.len());
    let mut continua = Vec::with_capacity(looked.len());
    for (compared, differences, (tally, units, finished), labels, aligned) in looked {
        let from = comparison.differences.len();
        comparison.articles.push(Compared { differences: from..from + differences.len(), ..compared });
        comparison.differences.extend(differences);
        comparison.labels.push(labels);
        comparison.aligned.push(aligned);
        tallies.push(tally);
        continua.push(units);
        days.push(finished);
    }
    if with_gamma {
        tallies.iter_mut().zip(gamma::disorders(&continua)).for_each(|(tally, disorder)| tally.disorder = disorder);
    }
    comparison.cards = cards(comparison.differences.iter().enumerate());
    comparison.agreement = agreement::agreement(&tallies, annotators.len(), &days);
    comparison.agreement.kinds = agreement::kinds(&comparison.aligned, first.tagset());
    comparison.kinds = kinds;
    comparison
}

/// The articles that all projects have, each by its number in each of these, in the order of the first's numbers; of one text
/// that is there several times the first with the first.
fn paired(projects: &[&Project]) -> Vec<Vec<ArticleId>> {
    let by_text = |project: &&Project| -> HashMap<String, Vec<ArticleId>, RandomState> {
        let mut found: HashMap<String, Vec<ArticleId>, RandomState> = HashMap::default();
        for id in project.article_ids() {
            found.entry(project.text(*id).to_owned()).or_default().push(*id);
        }
        found
    };
    let all: Vec<_> = projects.par_iter().map(by_text).collect();
    let Some((first, others)) = all.split_first() else { return Vec::new() };
    let mut paired = Vec::new();
    for (text, ids) in first {
        for (nth, id) in ids.iter().enumerate() {
            let of_others = others.iter().map(|texts| texts.get(text)?.get(nth).copied());
            paired.extend(std::iter::once(Some(*id)).chain(of_others).collect::<Option<Vec<_>>>());
        }
    }
    paired.sort_unstable();
    paired
}
