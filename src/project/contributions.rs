//! Whose work a project is, and how it settles where they differ.

use super::{ArticleId, Contributor, Project, Ruling};

impl Project {
    /// Those whose work it is, in the order of their ids.
    pub fn contributors(&self) -> impl Iterator<Item = &Contributor> {
        self.all()
    }

    /// How differences were settled, in the order of ids.
    pub fn rulings(&self) -> impl Iterator<Item = &Ruling> {
        self.all()
    }

    /// How the differences of an article were settled.
    pub fn rulings_in(&self, article: ArticleId) -> impl Iterator<Item = &Ruling> {
        self.of_article(article)
    }

    /// Who tags in it, where it was made for one annotator.
    pub fn annotator(&self) -> Option<&str> {
        let mut all = self.contributors();
        let only = all.next().filter(|only| only.file.is_empty())?;
        all.next().is_none().then_some(only.name.as_str())
    }
}
