//! Which relations of the project are listed, while they are looked for.

use crate::project::{ArticleId, KindId, Project, Relation, RelationId, Status};
use crate::ui::text;

/// What was typed and chosen, and the relations that it leaves.
#[derive(Default)]
pub struct RelationsForm {
    pub(in crate::ui) words: String,
    /// Of this kind alone.
    pub(in crate::ui) kind: Option<KindId>,
    /// Of this state alone.
    pub(in crate::ui) status: Option<Status>,
    pub(in crate::ui) chosen: usize,
    of: Option<Of>,
    shown: Vec<Listed>,
}

/// What `shown` is of: a revision of the session, and the choices.
type Of = (u64, String, Option<KindId>, Option<Status>);

/// A relation as it is listed.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Listed {
    pub(in crate::ui) id: RelationId,
    pub(in crate::ui) article: ArticleId,
    pub(in crate::ui) kind: KindId,
    pub(in crate::ui) status: Status,
    pub(in crate::ui) from: String,
    pub(in crate::ui) to: String,
}

impl RelationsForm {
    /// The list of those of a kind, or of all.
    pub fn new(kind: Option<KindId>) -> Self {
        Self { kind, ..Self::default() }
    }

    /// The relations between tags that stand in the text, and the rejected ones; article by article, as far as they have
    /// all words and are what was chosen.
    pub(in crate::ui) fn listed(&mut self, project: &Project, revision: u64) -> &[Listed] {
        let of = (revision, self.words.clone(), self.kind.clone(), self.status);
        if self.of.as_ref() != Some(&of) {
            self.shown = self.list(project);
            self.of = Some(of);
            self.chosen = self.chosen.min(self.shown.len().saturating_sub(1));
        }
        &self.shown
    }

    fn list(&self, project: &Project) -> Vec<Listed> {
        let chosen = |relation: &&Relation| {
            self.kind.as_ref().is_none_or(|kind| relation.kind == *kind)
                && self.status.map_or(relation.is_live(), |status| relation.status == status)
                && project.has_ends(relation)
        };
        let listed = |relation: &Relation| {
            let (from, to) = project.ends(relation)?;
            let Relation { id, article, kind, status, note, .. } = relation;
            let (from, to) = (project.target_name(from).to_owned(), project.target_name(to).to_owned());
            let title = project.article(*article).map_or("", |record| record.article.meta.title.as_str());
            let name = project.tagset().relation_name(kind);
            let words = format!("{from}\n{to}\n{name}\n{note}\n{title}");
            let fits = text::has_words(&words, self.words.trim());
            fits.then(|| Listed { id: *id, article: *article, kind: kind.clone(), status: *status, from, to })
        };
        let articles = project.article_ids().iter();
        articles.flat_map(|article| project.relations_in(*article)).filter(chosen).filter_map(listed).collect()
    }
}
