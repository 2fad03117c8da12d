//! Who contributed to a project, and how a person settles where they differ.

use std::collections::{HashMap, HashSet};

use super::Builder;
use crate::project::{Action, ArticleId, Contributor, ContributorId, Edit, Project, Ruling, Settled, Stamp};

/// Names those whose work the project is, in this order, in the place of those that it named; their numbers do not count. One
/// of the same name stays the one it was. Those who go take the rulings along that took what they chose.
pub fn set_contributors(project: &Project, contributors: Vec<Contributor>, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let names: Vec<String> = contributors.iter().map(|own| own.name.clone()).collect();
    let mut kept: HashSet<ContributorId> = HashSet::new();
    for new in contributors {
        let known = project.contributors().find(|own| own.name == new.name && !kept.contains(&own.id));
        let id = known.map_or_else(|| edit.fresh::<Contributor>(), |known| known.id);
        kept.insert(id);
        edit.put(Contributor { id, ..new });
    }
    let gone: HashSet<ContributorId> =
        project.contributors().map(|own| own.id).filter(|id| !kept.contains(id)).collect();
    gone.iter().for_each(|id| edit.remove(*id));
    if !gone.is_empty() {
        let is_gone = |id: crate::project::RowId| gone.iter().any(|own| id == (*own).into());
        for ruling in project.rulings() {
            let mut left = ruling.clone();
            if !crate::project::row::Row::forget(&mut left, &is_gone) {
                edit.remove(ruling.id);
            } else if left != *ruling {
                edit.put(left);
            }
        }
    }
    edit.finish(Action::SetContributors(names.join(", ")))
}

/// Settles differences, each in the place of what was ruled on it before, by the person whom `stamp` names.
pub fn rule(project: &Project, rulings: Vec<Ruling>, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let (count, words) = (rulings.len(), rulings.first().map(|ruling| ruling.words.clone()).unwrap_or_default());
    for ruling in rulings {
        edit.rule(ruling);
    }
    edit.finish(Action::Rule { differences: count, words })
}

/// Leaves differences open again that were settled.
pub fn reopen(project: &Project, rulings: &[crate::project::RulingId], stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let there: Vec<&Ruling> = rulings.iter().filter_map(|id| project.get::<Ruling>(*id)).collect();
    let words = there.first().map(|ruling| ruling.words.clone()).unwrap_or_default();
    there.iter().for_each(|ruling| edit.remove(ruling.id));
    edit.finish(Action::Reopen { differences: there.len(), words })
}

impl Builder<'_> {
    /// Puts a ruling in the place of the one on the same difference; its number does not count.
    pub fn rule(&mut self, ruling: Ruling) {
        let known = self.project.rulings_in(ruling.article).find(|own| own.is_about_same(&ruling));
        let drafted = self.drafts::<Ruling>().find(|own| own.is_about_same(&ruling)).map(|own| own.id);
        let id = drafted.or(known.map(|own| own.id));
        let id = id.unwrap_or_else(|| self.fresh::<Ruling>());
        let decision = Some(self.stamp().clone());
        self.put(Ruling { id, decision, ..ruling });
    }
}

/// Takes in who contributed there, by name, and how differences were settled in articles that are here. What was settled here
/// stays.
pub(super) fn join_rulings(other: &Project, articles: &HashMap<ArticleId, ArticleId>, edit: &mut Builder<'_>) {
    if other.rulings().next().is_none() {
        return;
    }
    let mut here: HashMap<ContributorId, ContributorId> = HashMap::new();
    for theirs in other.contributors() {
        let known = edit.project.contributors().find(|own| own.name == theirs.name).map(|own| own.id);
        let id = known.unwrap_or_else(|| {
            let id = edit.fresh::<Contributor>();
            edit.put(Contributor { id, ..theirs.clone() });
            id
        });
        here.insert(theirs.id, id);
    }
    for theirs in other.rulings() {
        let Some(article) = articles.get(&theirs.article).copied() else { continue };
        let of = |id: &ContributorId| here.get(id).copied();
        let choices = theirs.choices.iter().filter_map(|(id, words)| Some((of(id)?, words.clone()))).collect();
        let taken = match &theirs.taken {
            Settled::Choice(id) => of(id).map(Settled::Choice),
            other => Some(other.clone()),
        };
        let Some(taken) = taken else { continue };
        let ruling = Ruling { article, choices, taken, ..theirs.clone() };
        if !edit.project.rulings_in(article).any(|own| own.is_about_same(&ruling)) {
            let id = edit.fresh::<Ruling>();
            edit.put(Ruling { id, ..ruling });
        }
    }
}
