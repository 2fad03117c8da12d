//! A project here beside what another program has made of its file.

use std::path::PathBuf;

use crate::project::Project;

/// How much is in a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Mentions.
    pub mentions: usize,
    /// Mentions that a person has decided on.
    pub decided: usize,
    /// People and countries.
    pub entities: usize,
    /// Events.
    pub events: usize,
}

impl Counts {
    /// Counts.
    pub fn of(project: &Project) -> Self {
        Self {
            articles: project.article_count(),
            mentions: project.all_mentions().count(),
            decided: project.all_mentions().filter(|mention| !mention.is_undecided()).count(),
            entities: project.entities().count(),
            events: project.events().count(),
        }
    }
}

/// A project here and in its file, which another program has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The file.
    pub path: PathBuf,
    /// The project in this window.
    pub here: Counts,
    /// The one in the file, or why it cannot be read.
    pub there: Result<Counts, String>,
}
