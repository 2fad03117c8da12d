//! What the engine found in several articles, as edits.

use super::{Suggestions, edit};
use crate::project::{ApplyError, ArticleId, Edit, Project, Stamp};

/// The edits that bring what was found in several articles into a project, as [`edit`] makes them, one for each article
/// and each seeing those before it; the project is as they leave it then. It needs no more of it than a snapshot with an
/// index of these articles has.
///
/// # Errors
/// An edit does not fit the project: a fault of the program. Those before it are applied.
pub fn edits(
    project: &mut Project,
    found: &[(ArticleId, Suggestions)],
    stamp: &Stamp,
) -> Result<Vec<Edit>, ApplyError> {
    let one = |(article, suggestions): &(ArticleId, Suggestions)| {
        let edit = edit(project, *article, suggestions, stamp.clone());
        project.apply(&edit)?;
        Ok(edit)
    };
    found.iter().map(one).collect()
}
