//! An export: what is chosen so far, and what would become of it.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use crate::export::{self, Export, FORMATS, Format, Gaps, LeftOut, Selection};
use crate::project::{ArticleId, KindId, Project, Stamp, Status};
use crate::store::LastExport;

/// What is to be exported, once it is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportChoice {
    /// The format's id.
    pub format: &'static str,
    /// The part of the project.
    pub selection: Selection,
    /// Whether each article becomes a file of its own.
    pub each: bool,
}

/// What is chosen so far.
#[derive(Default)]
pub struct ExportForm {
    /// The format's id; empty for the first.
    pub(in crate::ui) format: String,
    pub(in crate::ui) articles: Articles,
    /// Those that are ticked.
    pub(in crate::ui) chosen: HashSet<ArticleId>,
    pub(in crate::ui) statuses: Statuses,
    /// The kinds that stay behind.
    pub(in crate::ui) without: Vec<KindId>,
    pub(in crate::ui) each: bool,
    /// Only rows that lack nothing, where the format has rows.
    pub(in crate::ui) complete: bool,
    /// One row per happening, where the format has rows.
    pub(in crate::ui) happenings: bool,
    /// What came of random checks too, where the format holds them.
    pub(in crate::ui) checks: bool,
    /// Only this annotator's decisions, where one is chosen.
    pub(in crate::ui) by: Option<String>,
    /// Who has decided on tags, and of which project and revision that is.
    pub(in crate::ui) people: Option<((u64, u64), Vec<String>)>,
    /// What would go out and what would be left out, and what that is of.
    pub(in crate::ui) preview: Option<(PreviewOf, Preview)>,
    /// What is being looked at in the background, one at a time.
    pub(in crate::ui) asked: Option<PreviewOf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) enum Articles {
    #[default]
    All,
    This,
    Chosen,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) enum Statuses {
    #[default]
    Accepted,
    Both,
    Open,
}

/// What a preview is of.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewOf {
    /// What was chosen.
    pub choice: ExportChoice,
    /// The project's number and revision.
    pub project: (u64, u64),
}

/// What would become of an export.
pub struct Preview {
    /// How many tags go out.
    pub tags: usize,
    /// What is left out and what rows lack, or why there can be no export.
    pub result: Result<(Vec<LeftOut>, Option<Gaps>), String>,
}

impl Preview {
    /// Makes the export, which may take a while, and looks at what came of it.
    pub fn of(project: &Project, choice: &ExportChoice) -> Self {
        let result = choice.make(project).map(|export| (export.left_out, export.gaps));
        Self { tags: count(project, &choice.selection), result }
    }
}

impl ExportChoice {
    /// What is kept of it for the next export, once it is known where it goes.
    pub fn last(&self, project: &Project, folder: Option<&Path>) -> LastExport {
        let Selection { suggestions, unaccepted, ref kinds, complete, happenings, checks, .. } = self.selection;
        let left = |id: &&KindId| kinds.as_ref().is_some_and(|kinds| !kinds.contains(id));
        let without = project.tagset().kinds.iter().map(|kind| &kind.id).filter(left);
        LastExport {
            format: self.format.to_owned(),
            suggestions,
            unaccepted,
            without: without.map(|id| id.as_str().to_owned()).collect(),
            each: self.each,
            complete,
            happenings,
            checks,
            folder: folder.map(Path::to_path_buf),
        }
    }

    /// Makes the export of a project; it needs no more of it than a [`Project::snapshot`] has.
    ///
    /// # Errors
    /// In words, as [`export::export`] has them.
    pub fn make(&self, project: &Project) -> Result<Export, String> {
        let format = export::format(self.format).ok_or_else(|| format!("There is no format {}", self.format))?;
        export::export(format, project, &self.selection, self.each).map_err(|error| error.to_string())
    }
}

/// Those who have accepted tags of a project, by name.
pub(in crate::ui) fn people(project: &Project) -> Vec<String> {
    let accepted = project.all_mentions().filter(|mention| mention.status == Status::Accepted);
    let names: BTreeSet<&str> =
        accepted.filter_map(|mention| mention.decision.as_ref()).flat_map(Stamp::names).collect();
    names.into_iter().map(str::to_owned).collect()
}

impl ExportForm {
    /// As the export made last.
    pub fn of(last: &LastExport) -> Self {
        let statuses = match (last.suggestions, last.unaccepted) {
            (false, _) => Statuses::Accepted,
            (true, false) => Statuses::Both,
            (true, true) => Statuses::Open,
        };
        let without = last.without.iter().map(|id| KindId(id.into())).collect();
        let LastExport { format, each, complete, happenings, checks, .. } = last.clone();
        Self { format, statuses, without, each, complete, happenings, checks, ..Self::default() }
    }

    /// The format chosen; the first where none is, or one that this program does not have.
    pub(in crate::ui) fn format(&self) -> Option<&'static dyn Format> {
        export::format(&self.format).or(FORMATS.first().copied())
    }

    /// What this choice comes to, as far as it is known.
    pub(in crate::ui) fn preview_of(&self, choice: &ExportChoice) -> Option<&Preview> {
        self.preview.as_ref().filter(|(of, _)| of.choice == *choice).map(|(_, preview)| preview)
    }

    /// Takes in what was looked at in the background.
    pub fn looked(&mut self, of: PreviewOf, preview: Preview) {
        self.asked = None;
        self.preview = Some((of, preview));
    }

    /// Whether nothing has to be looked at, for tests.
    pub fn is_known(&self) -> bool {
        self.asked.is_none() && self.preview.is_some()
    }

    /// Nothing is being looked at any more.
    pub fn give_up(&mut self) {
        self.asked = None;
    }
}

/// How many tags are of a part of the project.
fn count(project: &Project, selection: &Selection) -> usize {
    let articles: Option<HashSet<_>> = selection.articles.as_ref().map(|ids| ids.iter().copied().collect());
    let mentions = project.article_ids().iter().flat_map(|article| project.shown(*article));
    mentions
        .filter(|mention| articles.as_ref().is_none_or(|ids| ids.contains(&mention.article)))
        .filter(|mention| selection.kinds.as_ref().is_none_or(|kinds| kinds.contains(&mention.kind)))
        .filter(|mention| selection.takes(mention.status, mention.decision.as_ref()))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::ops;
    use crate::project::{
        ArticleRecord, Event, EventId, Level, Mention, MentionId, Origin, Records, Stamp, Tagset, Target,
    };
    use crate::text::{Article, Metadata, Text, byte_range};

    #[test]
    fn tags_that_the_level_does_not_show_do_not_count() {
        let mut records = Records { tagset: Tagset::default().kinds, ..Records::default() };
        let article = Article { meta: Metadata::default(), text: Text::new("They met. It rained.").unwrap() };
        records.articles.push(ArticleRecord::new(ArticleId(0), article));
        for (id, (words, start, level)) in (0..).zip([("met", 5, Level::Main), ("rained", 13, Level::Everything)]) {
            records.events.push(Event::new(EventId(id), ArticleId(0), words, Origin::hand()));
            let place = (ArticleId(0), byte_range(start, start + words.len()).unwrap());
            let mention = Mention::new(MentionId(id), place, words, KindId::EVENT, Origin::hand());
            records.mentions.push(Mention { target: Some(Target::Event(EventId(id))), level, ..mention });
        }
        let mut project = Project::from_records(records).unwrap();
        let selection = Selection { suggestions: true, ..Selection::default() };
        assert_eq!(count(&project, &selection), 1);
        let stamp = Stamp { by: "Ana".into(), at: jiff::Timestamp::UNIX_EPOCH };
        let edit = ops::set_level(&project, Level::Everything, stamp);
        project.apply(&edit).unwrap();
        assert_eq!(count(&project, &selection), 2);
    }
}
