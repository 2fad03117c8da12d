//! A project in which the work of several annotators is settled: it has what all agree on and what was decided, and says whose
//! choice each tag was.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;

use super::differences::{Card, Difference, cards};
use super::fate::{Article, Outcome, Said};
use super::settler::Settler;
use super::{Annotator, Comparison, paired};
use crate::project::ops::{self, Builder, NewTagset};
use crate::project::{
    Action, ApplyError, ArticleId, ArticleRecord, ArticleTags, Change, Contributor, ContributorId, Edit, Given,
    GivenRelation, Project, Reason, Ruling, RulingId, Settled, Stamp,
};

/// How a person settles differences that are one.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What is right.
    pub verdict: Verdict,
    /// Why they differed.
    pub reason: Option<Reason>,
    /// A remark.
    pub note: String,
}

/// What is right where annotators differ.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// What can be chosen, by its place among the options of the first difference.
    Option(usize),
    /// Nothing.
    Nothing,
    /// Something else: the id of a kind, words, a name.
    Edited(String),
    /// Something else of an event or a relation.
    Given(Given),
}

/// A new project with the articles that all annotators have, and what all agree on in them. `contributors` are the annotators in
/// their order.
///
/// # Errors
/// What did not fit; that is a fault of the program.
pub fn begin(
    annotators: &[Annotator<'_>],
    comparison: &Comparison,
    contributors: Vec<Contributor>,
    stamp: &Stamp,
) -> Result<Project, ApplyError> {
    let mut project = Project::new();
    let Some(first) = annotators.first().map(|it| it.project) else { return Ok(project) };
    let mut tagset = first.tagset().clone();
    for (annotator, kinds) in annotators.iter().zip(&comparison.kinds) {
        let theirs = annotator.project.tagset();
        for kind in theirs.kinds.iter().filter(|kind| kinds.of(&kind.id) == kind.id) {
            if tagset.get(&kind.id).is_none() {
                tagset.add(kind.clone());
            }
        }
        for kind in theirs.relations.iter().filter(|kind| kinds.of_relation(&kind.id) == kind.id) {
            if tagset.relation(&kind.id).is_none() {
                tagset.add_relation(kind.clone());
            }
        }
    }
    let new = NewTagset { tagset, ..NewTagset::default() };
    project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp.clone()))?;
    project.apply(&ops::set_guidelines(&project, first.guidelines(), stamp.clone()))?;
    // What is settled here is nobody's habit of tagging.
    project.apply(&ops::set_learning(&project, false, stamp.clone()))?;
    let mut edit = Builder::new(&project, stamp.clone());
    for (index, compared) in comparison.articles.iter().enumerate() {
        let Some(record) = compared.articles.first().and_then(|id| first.article(*id)) else { continue };
        let agrees = |(annotator, id): (&Annotator<'_>, &ArticleId)| {
            annotator.project.article(*id).is_some_and(|own| own.tags == record.tags)
        };
        let agreed = annotators.iter().zip(&compared.articles).all(agrees);
        let tags = if agreed { record.tags.clone() } else { ArticleTags::default() };
        let id = edit.fresh_article();
        let record = Box::new(ArticleRecord { tags, ..ArticleRecord::new(id, record.article.clone()) });
        edit.article_change(Change::InsertArticle { index, record });
    }
    let edit = edit.finish(Action::AddArticles(comparison.articles.len()));
    project.apply(&edit)?;
    project.apply(&ops::set_contributors(&project, contributors, stamp.clone()))?;
    let edit = Desk::new(&project, annotators, comparison).agreed(stamp.clone());
    project.apply(&edit)?;
    Ok(project)
}

/// A project in which differences are settled, with what they are differences of.
pub struct Desk<'a> {
    project: &'a Project,
    annotators: &'a [Annotator<'a>],
    comparison: &'a Comparison,
    /// The annotators as the project names them.
    contributors: Vec<Option<ContributorId>>,
    /// The articles of the comparison, as the project has them.
    articles: Vec<Option<ArticleId>>,
}

impl<'a> Desk<'a> {
    /// A project with the annotators that it names, whom it has in the same order.
    pub fn new(project: &'a Project, annotators: &'a [Annotator<'a>], comparison: &'a Comparison) -> Self {
        let named = |annotator: &Annotator<'_>| project.contributors().find(|own| own.name == annotator.name);
        let contributors = annotators.iter().map(|annotator| named(annotator).map(|own| own.id)).collect();
        let pairs = annotators.first().map(|first| paired(&[first.project, project])).unwrap_or_default();
        let here: HashMap<ArticleId, ArticleId, RandomState> =
            pairs.into_iter().filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
        let article = |compared: &super::Compared| here.get(compared.articles.first()?).copied();
        let articles = comparison.articles.iter().map(article).collect();
        Self { project, annotators, comparison, contributors, articles }
    }

    /// The article of the project that a difference lies in.
    pub fn article(&self, difference: &Difference) -> Option<ArticleId> {
        self.articles.get(difference.article).copied().flatten()
    }

    /// How a difference was settled.
    pub fn ruling(&self, difference: &Difference) -> Option<&'a Ruling> {
        let choices = self.choices(difference);
        let same = |own: &&Ruling| {
            own.range == difference.range
                && own.sort == difference.sort
                && own.words == difference.words
                && own.choices == choices
        };
        self.project.rulings_in(self.article(difference)?).find(same)
    }

    /// The differences that are open, as cards: those that settle most first.
    pub fn open(&self) -> Vec<Card> {
        let mut open = Vec::new();
        for at in 0..self.comparison.articles.len() {
            let Some(article) = self.of_article(at, &BTreeMap::new()) else { continue };
            let outcome = article.outcome();
            let from = self.comparison.articles.get(at).map_or(0, |compared| compared.differences.start);
            let is_open = article.open(&outcome).into_iter().enumerate().filter(|(_, open)| *open);
            open.extend(
                is_open.filter_map(|(nth, _)| Some((from + nth, self.comparison.differences.get(from + nth)?))),
            );
        }
        cards(open)
    }

    /// How many differences a person settled.
    pub fn settled(&self) -> usize {
        self.comparison.differences.iter().filter(|difference| self.ruling(difference).is_some()).count()
    }

    /// What all agree on, in all articles.
    pub fn agreed(&self, stamp: Stamp) -> Edit {
        let mut settler = self.settler(stamp);
        let mut articles = 0;
        for (at, id) in self.articles.iter().enumerate() {
            if let Some((id, article)) = (*id).zip(self.of_article(at, &BTreeMap::new())) {
                settler.take(id, &article, &Outcome::default(), &article.outcome());
                articles += 1;
            }
        }
        let mentions = settler.made;
        settler.edit.finish(Action::Adjudicate { articles, mentions })
    }

    /// Settles differences, which are one, alike.
    pub fn settle(&self, differences: &[usize], decision: &Decision, stamp: Stamp) -> Edit {
        let all = differences.iter().filter_map(|at| Some((*at, self.comparison.differences.get(*at)?)));
        let all: Vec<(usize, &Difference)> = all.collect();
        let option = match decision.verdict {
            Verdict::Option(nth) => all.first().and_then(|(_, first)| first.options().into_iter().nth(nth)),
            _ => None,
        };
        let mut said: BTreeMap<usize, Said> = BTreeMap::new();
        for (at, difference) in &all {
            let verdict = match (&decision.verdict, &option) {
                (Verdict::Nothing, _) => Said::Nothing,
                (Verdict::Edited(what), _) => Said::Edited(what.clone()),
                (Verdict::Given(what), _) => Said::Given(what.clone()),
                (Verdict::Option(_), None) => continue,
                (Verdict::Option(_), Some(option)) => {
                    // What reads the same, whoever chose it there.
                    let own = option.by.iter().copied().find(|by| difference.choices.get(*by) == Some(&option.words));
                    let other = difference.choices.iter().position(|words| *words == option.words);
                    match own.or(other) {
                        Some(by) => Said::By(by),
                        None => continue,
                    }
                }
            };
            said.insert(*at, verdict);
        }
        let words = all.first().map(|(_, first)| first.words.clone()).unwrap_or_default();
        let action = Action::Rule { differences: said.len(), words };
        let mut settler = self.change(&said.iter().map(|(at, said)| (*at, Some(said.clone()))).collect(), stamp);
        if let Verdict::Given(Given::Relation(GivenRelation { kind, .. })) = &decision.verdict
            && let Some(ready) = self.project.tagset().ready_relations().iter().find(|ready| ready.id == *kind)
        {
            settler.edit.need_relation(ready);
        }
        for (at, verdict) in said {
            let ruling = self.comparison.differences.get(at).and_then(|it| self.rule(it, verdict, decision));
            ruling.into_iter().for_each(|ruling| settler.edit.rule(ruling));
        }
        settler.edit.finish(action)
    }

    /// Leaves differences open again; what was taken for them goes.
    pub fn reopen(&self, differences: &[usize], stamp: Stamp) -> Edit {
        let all = differences.iter().filter_map(|at| Some((*at, self.comparison.differences.get(*at)?)));
        let rulings: Vec<(usize, &Ruling)> = all.filter_map(|(at, it)| Some((at, self.ruling(it)?))).collect();
        let words = rulings.first().map(|(_, ruling)| ruling.words.clone()).unwrap_or_default();
        let mut settler = self.change(&rulings.iter().map(|(at, _)| (*at, None)).collect(), stamp);
        rulings.iter().for_each(|(_, ruling)| settler.edit.remove(ruling.id));
        settler.edit.finish(Action::Reopen { differences: rulings.len(), words })
    }

    /// What changes in articles where something else is said of these differences.
    fn change(&self, said: &BTreeMap<usize, Option<Said>>, stamp: Stamp) -> Settler<'a> {
        let of = |at: &usize| self.comparison.differences.get(*at).map(|difference| difference.article);
        let articles: BTreeSet<usize> = said.keys().filter_map(of).collect();
        let mut settler = self.settler(stamp);
        for at in articles {
            let Some(id) = self.articles.get(at).copied().flatten() else { continue };
            let before = self.of_article(at, &BTreeMap::new()).map(|article| article.outcome());
            let Some((before, article)) = before.zip(self.of_article(at, said)) else { continue };
            settler.take(id, &article, &before, &article.outcome());
        }
        settler
    }

    fn settler(&self, stamp: Stamp) -> Settler<'a> {
        Settler::new(self.project, self.annotators, &self.comparison.kinds, stamp)
    }

    /// An article with what is said of its differences; of some as given, in the place of what the project says.
    fn of_article(&self, at: usize, instead: &BTreeMap<usize, Option<Said>>) -> Option<Article<'a>> {
        let compared = self.comparison.articles.get(at)?;
        let first = self.annotators.first()?.project;
        let article = self.articles.get(at).copied().flatten()?;
        let differences = self.comparison.differences.get(compared.differences.clone())?;
        let ruled = !differences.is_empty() && self.project.rulings_in(article).next().is_some();
        let said = |(nth, difference): (usize, &Difference)| match instead.get(&(compared.differences.start + nth)) {
            Some(said) => said.clone(),
            None if ruled => self.ruling(difference).and_then(|ruling| self.said(ruling)),
            None => None,
        };
        Some(Article {
            text: first.text(*compared.articles.first()?),
            aligned: self.comparison.aligned.get(at)?,
            tagset: self.project.tagset(),
            differences,
            said: differences.iter().enumerate().map(said).collect(),
        })
    }

    fn said(&self, ruling: &Ruling) -> Option<Said> {
        Some(match &ruling.taken {
            Settled::Choice(id) => Said::By(self.contributors.iter().position(|own| *own == Some(*id))?),
            Settled::Nothing => Said::Nothing,
            Settled::Edited(what) => Said::Edited(what.clone()),
            Settled::Given(what) => Said::Given(what.clone()),
        })
    }

    fn choices(&self, difference: &Difference) -> Vec<(ContributorId, String)> {
        let all = self.contributors.iter().zip(&difference.choices);
        all.filter_map(|(id, words)| Some(((*id)?, words.clone()?))).collect()
    }

    fn rule(&self, difference: &Difference, said: Said, decision: &Decision) -> Option<Ruling> {
        let taken = match said {
            Said::By(by) => Settled::Choice(self.contributors.get(by).copied().flatten()?),
            Said::Nothing => Settled::Nothing,
            Said::Edited(what) => Settled::Edited(what),
            Said::Given(what) => Settled::Given(what),
        };
        Some(Ruling {
            id: RulingId(0),
            article: self.article(difference)?,
            range: difference.range,
            sort: difference.sort,
            words: difference.words.clone(),
            choices: self.choices(difference),
            taken,
            reason: decision.reason,
            decision: None,
            note: decision.note.clone(),
        })
    }
}
