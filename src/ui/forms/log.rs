//! What is looked for in the log.

use crate::project::{ArticleId, LogEntry, LogKind, MentionId, Project};
use crate::ui::text;
use crate::wording;

/// What is looked for in the log.
#[derive(Default)]
pub struct LogForm {
    pub(in crate::ui) filter: Filter,
    pub(in crate::ui) since: String,
    /// The numbers of the entries that are listed, the newest first, and what they were found by.
    pub(in crate::ui) found: Option<(Filter, u64, Vec<u32>)>,
}

#[derive(Clone, Default, PartialEq)]
pub(in crate::ui) struct Filter {
    /// In the name, or in what was done, in small letters.
    pub(in crate::ui) words: String,
    pub(in crate::ui) kind: Option<LogKind>,
    pub(in crate::ui) article: Option<ArticleId>,
    pub(in crate::ui) mention: Option<MentionId>,
    pub(in crate::ui) since: Option<jiff::civil::Date>,
}

impl LogForm {
    /// The log of a mention.
    pub fn of_mention(mention: MentionId) -> Self {
        Self { filter: Filter { mention: Some(mention), ..Filter::default() }, ..Self::default() }
    }

    /// Looks again where the filter or the project is another.
    pub(in crate::ui) fn find(&mut self, project: &Project, revision: u64) -> &[u32] {
        let fresh = self.found.as_ref().is_some_and(|(filter, at, _)| *filter == self.filter && *at == revision);
        if !fresh {
            let found = project.log().iter().rev().filter(|entry| self.filter.takes(entry)).map(|entry| entry.id);
            self.found = Some((self.filter.clone(), revision, found.collect()));
        }
        self.found.as_ref().map(|(_, _, found)| found.as_slice()).unwrap_or_default()
    }
}

impl Filter {
    pub(in crate::ui) fn takes(&self, entry: &LogEntry) -> bool {
        let says = |words: &str| words.to_lowercase().contains(&self.words);
        self.kind.is_none_or(|kind| entry.kind() == kind)
            && self.article.is_none_or(|article| entry.articles.contains(article.0))
            && self.mention.is_none_or(|mention| entry.touches(mention))
            && self.since.is_none_or(|since| text::local(entry.at).date() >= since)
            && (self.words.is_empty() || says(&entry.by) || says(&wording::logged(&entry.what)))
    }
}
