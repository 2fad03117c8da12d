//! Tags of whole articles, suggested from those that a person tagged: a linear head over the mean of the tagger's vectors of
//! an article, solved in closed form. What it would say of each article, had that been left out, tells how far an answer can
//! be trusted: it stays silent until it is right more often than not.

use std::collections::HashMap;

use rubricator_network::Ridge;
use smol_str::SmolStr;

use super::trial::Trial;
use crate::project::{Answer, ArticleId, ArticleRecord, ArticleTag, ArticleTags, Project};

/// How many articles must have an answer before anything is suggested.
const LEAST: usize = 20;
/// The most articles that are learned from: the last in the project's order.
const MOST: usize = 300;
/// What the squares of the weights cost, where rows are about 1 long.
const PENALTY: f64 = 0.3;
/// The last of the values of a row, which is the same in all: how often an answer is given at all.
const ALWAYS: f32 = 3.0;

/// What was said of an article as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct TagLesson {
    /// Which.
    pub article: ArticleId,
    /// The answers to tags with answers to choose from.
    pub tags: ArticleTags,
    /// Whether answers that it has not are none of its: it is done.
    pub whole: bool,
}

/// An answer that an article may have.
#[derive(Clone, Debug, PartialEq)]
pub struct TagSuggestion {
    /// The id of the article tag.
    pub tag: SmolStr,
    /// Which of its answers.
    pub answer: String,
    /// Why, in words for a person.
    pub reason: String,
}

impl TagSuggestion {
    /// Whether an article can still have it: it is not done, and neither has the answer nor another that leaves no room for it.
    pub fn is_open(&self, project: &Project, article: ArticleId) -> bool {
        let Some(record) = project.article(article).filter(|record| record.done.is_none()) else { return false };
        let answers = record.tags.get(&self.tag).map(Vec::as_slice).unwrap_or_default();
        match project.tagset().article_tag(&self.tag).map(|tag| &tag.answer) {
            Some(Answer::One(choices)) => answers.is_empty() && choices.contains(&self.answer),
            Some(Answer::Several(choices)) => choices.contains(&self.answer) && !answers.contains(&self.answer),
            Some(Answer::Text) | None => false,
        }
    }
}

/// The article tags of a project that can be learned: those with answers to choose from.
pub fn learned_tags(project: &Project) -> Vec<ArticleTag> {
    let tags = project.tagset().article_tags.iter();
    tags.filter(|tag| !tag.answer.choices().is_empty()).cloned().collect()
}

/// What is learned of a project's article tags, in the order of its articles; nothing before enough articles have one.
pub fn tag_lessons(project: &Project) -> Vec<TagLesson> {
    let tags = learned_tags(project);
    if tags.is_empty() || !project.learning().on {
        return Vec::new();
    }
    let lesson = |record: &ArticleRecord| {
        let of_tag = |id: &SmolStr| tags.iter().any(|tag| tag.id == *id);
        let said: ArticleTags = record
            .tags
            .iter()
            .filter(|(id, _)| of_tag(id))
            .map(|(id, answers)| (id.clone(), answers.clone()))
            .collect();
        let whole = record.done.is_some();
        (whole || !said.is_empty()).then_some(TagLesson { article: record.id, tags: said, whole })
    };
    let last = project.article_ids().iter().rev().filter_map(|id| lesson(project.article(*id)?));
    let mut lessons: Vec<TagLesson> = last.take(MOST).collect();
    lessons.reverse();
    let answered = |tag: &ArticleTag| lessons.iter().filter(|lesson| lesson.tags.contains_key(&tag.id)).count();
    if tags.iter().all(|tag| answered(tag) < LEAST) { Vec::new() } else { lessons }
}

/// What was learned of article tags.
#[derive(Clone, Debug, Default)]
pub struct LearnedTags(Vec<Head>);

/// One article tag.
#[derive(Clone, Debug)]
struct Head {
    tag: ArticleTag,
    frame: Frame,
    weights: Vec<Vec<f32>>,
    /// Of each of its answers: how many articles have it, and how far it can be trusted.
    answers: Vec<(usize, Trial)>,
}

/// How vectors become rows: what all articles have in common is taken away.
#[derive(Clone, Debug)]
struct Frame {
    mean: Vec<f32>,
    scale: f32,
}

impl Frame {
    fn of(vectors: &[&[f32]]) -> Self {
        let count = vectors.len().max(1) as f32;
        let mut mean = vec![0.0; vectors.first().map_or(0, |vector| vector.len())];
        for vector in vectors {
            mean.iter_mut().zip(*vector).for_each(|(sum, value)| *sum += value / count);
        }
        let squares =
            |vector: &&[f32]| vector.iter().zip(&mean).map(|(value, mean)| (value - mean).powi(2)).sum::<f32>();
        let length = (vectors.iter().map(squares).sum::<f32>() / count).sqrt();
        Self { mean, scale: if length > 0.0 { 1.0 / length } else { 0.0 } }
    }

    fn row(&self, vector: &[f32]) -> Vec<f32> {
        let values = vector.iter().zip(&self.mean).map(|(value, mean)| (value - mean) * self.scale);
        values.chain([ALWAYS]).collect()
    }
}

impl LearnedTags {
    /// What lessons teach of these tags. `vectors`: the mean of the tagger's vectors of each article.
    pub fn learn(tags: &[ArticleTag], lessons: &[TagLesson], vectors: &HashMap<ArticleId, Vec<f32>>) -> Self {
        Self(tags.iter().filter_map(|tag| Head::learn(tag, lessons, vectors)).collect())
    }

    /// Whether any answer is suggested.
    pub fn speak(&self) -> bool {
        self.0.iter().any(|head| head.answers.iter().any(|(_, trial)| trial.speaks().is_some()))
    }

    /// What an article may be tagged with, by its vector.
    pub fn suggest(&self, vector: &[f32]) -> Vec<TagSuggestion> {
        self.0.iter().flat_map(|head| head.suggest(vector)).collect()
    }
}

impl Head {
    fn learn(tag: &ArticleTag, lessons: &[TagLesson], vectors: &HashMap<ArticleId, Vec<f32>>) -> Option<Self> {
        // Where an article has no answer and is not done, nobody has looked.
        let told = |lesson: &TagLesson| lesson.whole || lesson.tags.contains_key(&tag.id);
        let known: Vec<(&TagLesson, &[f32])> = lessons
            .iter()
            .filter(|lesson| told(lesson))
            .filter_map(|lesson| Some((lesson, vectors.get(&lesson.article)?.as_slice())))
            .collect();
        if known.iter().filter(|(lesson, _)| lesson.tags.contains_key(&tag.id)).count() < LEAST {
            return None;
        }
        let choices = tag.answer.choices();
        let targets = |lesson: &TagLesson| -> Vec<f32> {
            let given = lesson.tags.get(&tag.id).map(Vec::as_slice).unwrap_or_default();
            choices.iter().map(|choice| if given.contains(choice) { 1.0 } else { 0.0 }).collect()
        };
        let frame = Frame::of(&known.iter().map(|(_, vector)| *vector).collect::<Vec<_>>());
        let rows: Vec<(Vec<f32>, Vec<f32>)> =
            known.iter().map(|(lesson, vector)| (frame.row(vector), targets(lesson))).collect();
        let mut ridge = Ridge::new(frame.mean.len() + 1, choices.len());
        rows.iter().for_each(|(row, targets)| ridge.add(row, targets, 1.0));
        let weights = ridge.solve(PENALTY)?;
        let shares = ridge.shares(PENALTY, rows.iter().map(|(row, _)| row.as_slice()))?;
        let mut answers = vec![(0, Trial::default()); choices.len()];
        for ((row, targets), share) in rows.iter().zip(shares) {
            let left_out =
                |(told, target): (f32, &f32)| (told - share as f32 * target) / (1.0 - share as f32).max(1e-6);
            let scores: Vec<f32> = scores(&weights, row).into_iter().zip(targets).map(left_out).collect();
            let said = said(tag, &scores);
            for (index, ((count, trial), target)) in answers.iter_mut().zip(targets).enumerate() {
                let is = *target > 0.0;
                *count += usize::from(is);
                let score = scores.get(index).copied().filter(|_| said.contains(&index));
                trial.add(score.into_iter().map(|score| (score, is)), usize::from(is));
            }
        }
        answers.iter_mut().for_each(|(_, trial)| trial.decide());
        Some(Self { tag: tag.clone(), frame, weights, answers })
    }

    fn suggest(&self, vector: &[f32]) -> Vec<TagSuggestion> {
        let scores = scores(&self.weights, &self.frame.row(vector));
        let answer = |index: usize| {
            let (count, trial) = self.answers.get(index)?;
            let ((_, right, all), least) = (trial.speaks()?, trial.halfway()?);
            scores.get(index).filter(|score| **score >= least)?;
            Some(TagSuggestion {
                tag: self.tag.id.clone(),
                answer: self.tag.answer.choices().get(index)?.clone(),
                reason: format!("like {count} articles that you tagged this way; right {right} of {all} times so far"),
            })
        };
        said(&self.tag, &scores).into_iter().filter_map(answer).collect()
    }
}

fn scores(weights: &[Vec<f32>], row: &[f32]) -> Vec<f32> {
    weights.iter().map(|weights| weights.iter().zip(row).map(|(weight, value)| weight * value).sum()).collect()
}

/// The answers that may be said, by index: all, or the likeliest where only one can be given.
fn said(tag: &ArticleTag, scores: &[f32]) -> Vec<usize> {
    match tag.answer {
        Answer::One(_) => {
            scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(index, _)| index).into_iter().collect()
        }
        Answer::Several(_) => (0..scores.len()).collect(),
        Answer::Text => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many articles on two subjects, each with a vector that is near others of its subject, and tagged by `answers`.
    fn learned(answer: Answer, count: u32, answers: impl Fn(u32) -> Vec<&'static str>) -> LearnedTags {
        let tag = ArticleTag { id: "topic".into(), name: "Topic".into(), answer };
        let vectors = (0..count).map(|n| (ArticleId(n), vector(n))).collect();
        let lesson = |n: u32| {
            let answers: Vec<String> = answers(n).into_iter().map(str::to_owned).collect();
            let tags = [("topic".into(), answers)].into_iter().filter(|(_, answers)| !answers.is_empty()).collect();
            TagLesson { article: ArticleId(n), tags, whole: true }
        };
        LearnedTags::learn(&[tag], &(0..count).map(lesson).collect::<Vec<_>>(), &vectors)
    }

    fn vector(n: u32) -> Vec<f32> {
        let noise = |k: u32| ((n * 37 + k * 101) % 29) as f32 / 29.0;
        let of = |subject: u32| if n % 2 == subject { 5.0 } else { 4.0 };
        [of(0), of(1)].into_iter().chain((1..7).map(|k| noise(k) / 4.0)).collect()
    }

    fn choices() -> Vec<String> {
        ["war", "trade", "sport"].map(str::to_owned).into()
    }

    fn said(learned: &LearnedTags, n: u32) -> Vec<String> {
        learned.suggest(&vector(n)).into_iter().map(|suggestion| suggestion.answer).collect()
    }

    fn by_subject(n: u32) -> Vec<&'static str> {
        vec![if n.is_multiple_of(2) { "war" } else { "trade" }]
    }

    #[test]
    fn answers_are_suggested_from_twenty_articles_on() {
        assert!(!learned(Answer::Several(choices()), 19, by_subject).speak());
        let learned = learned(Answer::Several(choices()), 20, by_subject);
        assert_eq!((said(&learned, 20), said(&learned, 21)), (vec!["war".to_owned()], vec!["trade".to_owned()]));
        let suggestion = learned.suggest(&vector(20)).remove(0);
        assert_eq!(suggestion.reason, "like 10 articles that you tagged this way; right 10 of 10 times so far");
    }

    #[test]
    fn what_has_nothing_to_do_with_the_text_stays_silent() {
        // Of every seventh article, whatever it is about.
        let learned =
            learned(
                Answer::Several(choices()),
                60,
                |n| if n.is_multiple_of(7) { vec!["sport"] } else { by_subject(n) },
            );
        assert!((60..80).all(|n| !said(&learned, n).contains(&"sport".to_owned())));
        assert!(learned.speak());
    }

    #[test]
    fn articles_without_an_answer_that_are_done_count_as_none() {
        let some = |n: u32| if n.is_multiple_of(2) { vec!["war"] } else { Vec::new() };
        let learned = learned(Answer::Several(choices()), 50, some);
        assert_eq!((said(&learned, 50), said(&learned, 51)), (vec!["war".to_owned()], vec![]));
    }

    #[test]
    fn of_a_tag_that_takes_one_answer_one_is_suggested() {
        let both = |n: u32| if n.is_multiple_of(2) { vec!["war", "sport"] } else { vec!["trade"] };
        let several = learned(Answer::Several(choices()), 30, both);
        assert_eq!(said(&several, 30), ["war", "sport"]);
        assert_eq!(said(&learned(Answer::One(choices()), 30, by_subject), 30), ["war"]);
        assert!(said(&learned(Answer::One(choices()), 30, both), 30).len() <= 1);
    }
}
