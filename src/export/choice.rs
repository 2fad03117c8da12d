//! Which part of a project goes out, as a person says it.

use crate::project::{ArticleId, ArticleRecord, KindId, Project};

/// How many ids are named to somebody who gave one that is not there.
const NAMED: usize = 20;

/// What was chosen is not there; told rather than exported as nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// No such article.
    #[error("no article has the id or title “{name}”; the first ids are {}", known.join(", "))]
    Article {
        /// What was asked for.
        name: String,
        /// The first ids of the project.
        known: Vec<String>,
    },
    /// No such kind.
    #[error("the project has no kind “{name}”, only {}", known.join(", "))]
    Kind {
        /// What was asked for.
        name: String,
        /// The kinds of the project.
        known: Vec<String>,
    },
}

/// The articles of these ids or titles; all where none is given.
///
/// # Errors
/// There is none of an id or title.
pub fn chosen_articles(project: &Project, names: &[String]) -> Result<Option<Vec<ArticleId>>, ChoiceError> {
    let mut chosen = Vec::new();
    for name in names {
        let is = |record: &&ArticleRecord| record.id.to_string() == *name || record.article.meta.title == *name;
        let before = chosen.len();
        chosen.extend(project.articles().filter(is).map(|record| record.id));
        if chosen.len() == before {
            let known = project.articles().map(|record| record.id.to_string()).take(NAMED).collect();
            return Err(ChoiceError::Article { name: name.clone(), known });
        }
    }
    Ok((!names.is_empty()).then_some(chosen))
}

/// The kinds of these ids.
///
/// # Errors
/// There is none of an id.
pub fn chosen_kinds(project: &Project, names: &[String]) -> Result<Vec<KindId>, ChoiceError> {
    let kinds = &project.tagset().kinds;
    let find = |name: &String| {
        kinds.iter().find(|kind| kind.id.as_str() == name).map(|kind| kind.id.clone()).ok_or_else(|| {
            let known = kinds.iter().map(|kind| kind.id.as_str().to_owned()).collect();
            ChoiceError::Kind { name: name.clone(), known }
        })
    };
    names.iter().map(find).collect()
}
