//! How records of a file are made such as can be kept, each kind in its own way.

use std::collections::HashMap;

use text_size::TextRange;

use super::row::{AnyRow, List, Row};
use super::tables::Tabled;
use super::{
    ApplyError, Contributor, Entity, Event, Fault, Judgement, KindId, Mention, Outcome, Project, RecordProblem,
    Relation, Repair, RowId, Ruling, Schema, Target,
};
use crate::text::byte_range;

/// How many mentions whose words stand elsewhere are looked for in their article; the others are set aside at once, so
/// that a file made to do harm cannot keep the program busy.
const MAX_SEARCHES: usize = 10_000;

/// What was wrong with records.
#[derive(Default)]
pub(super) struct Faults {
    pub told: Vec<Fault>,
    /// Kinds that a record has and the tagset has not, with the first such record.
    pub missing: HashMap<KindId, (List, usize, Schema)>,
    /// The same of kinds of relations.
    pub missing_relations: HashMap<KindId, usize>,
    searches: usize,
}

impl Faults {
    pub fn tell(&mut self, list: List, index: usize, problem: impl Into<RecordProblem>, outcome: Outcome) {
        self.told.push(Fault { list, index, problem: problem.into(), outcome });
    }
}

/// Where a record stands in its list, and who is told what was wrong with it.
pub(super) struct Mender<'f> {
    pub faults: &'f mut Faults,
    pub index: usize,
}

/// A kind of record of which each can be made such as can be kept.
pub(super) trait Mended: Tabled {
    /// Whether it can be kept as it is.
    fn is_whole(&self, project: &Project) -> bool {
        project.check(self).is_ok()
    }

    /// Makes it one that can be kept and tells what was wrong with it; whether it can. What it refers to that is gone is
    /// taken out, where it can do without.
    fn mend(&mut self, project: &Project, mender: &mut Mender<'_>) -> bool {
        let Err(error) = project.check(self) else { return true };
        let kept = self.forget(&|id| project.row(id).is_none()) && project.check(self).is_ok();
        let outcome = if kept { Outcome::Repaired(Repair::ReferencesRemoved) } else { Outcome::SetAside };
        Self::tell(mender, error, outcome);
        kept
    }

    /// Tells what is wrong with it, and what becomes of it.
    fn tell(mender: &mut Mender<'_>, problem: impl Into<RecordProblem>, outcome: Outcome) {
        mender.faults.tell(Self::LIST, mender.index, problem, outcome);
    }
}

impl Mended for Entity {}

impl Mended for Event {
    fn is_whole(&self, project: &Project) -> bool {
        project.check(self).is_ok() && self.ranges().all(|range| project.slice(self.article, range).is_some())
    }

    /// Participants who are gone are taken out, and ranges that are outside the text.
    fn mend(&mut self, project: &Project, mender: &mut Mender<'_>) -> bool {
        let dangling = ApplyError::Dangling(self.row_id());
        if project.article(self.article).is_none() {
            Self::tell(mender, dangling, Outcome::SetAside);
            return false;
        }
        let is_gone = |id: RowId| project.row(id).is_none();
        let gone: Vec<RowId> = self.refers_to().filter(|id| is_gone(*id)).collect();
        if !gone.is_empty() {
            self.forget(&is_gone);
            Self::tell(mender, dangling, Outcome::Repaired(Repair::ParticipantsRemoved(gone)));
        }
        let article = self.article;
        let outside = |range: &TextRange| project.slice(article, *range).is_none();
        if self.ranges().any(|range| outside(&range)) {
            let participants = self.participants.iter_mut().map(|participant| &mut participant.range);
            for range in participants.chain(self.figures.iter_mut().map(|figure| &mut figure.range)) {
                *range = range.filter(|range| !outside(range));
            }
            let done = Outcome::Repaired(Repair::PlacesRemoved);
            Self::tell(mender, RecordProblem::ParticipantOutside, done);
        }
        true
    }
}

impl Mended for Mention {
    fn is_whole(&self, project: &Project) -> bool {
        project.tagset().get(&self.kind).is_some() && project.check(self).is_ok()
    }

    /// One whose words stand once elsewhere in its article moves there, and what points at nothing points at nothing
    /// any more.
    fn mend(&mut self, project: &Project, mender: &mut Mender<'_>) -> bool {
        if project.tagset().get(&self.kind).is_none() {
            let schema = if matches!(self.target, Some(Target::Event(_))) { Schema::Event } else { Schema::Entity };
            let first = (Self::LIST, mender.index, schema);
            mender.faults.missing.entry(self.kind.clone()).or_insert(first);
        }
        let Err(error) = project.check(self) else { return true };
        if matches!(error, ApplyError::Misfit(_)) {
            let Some(range) = elsewhere(self, project, mender.faults) else {
                Self::tell(mender, error, Outcome::SetAside);
                return false;
            };
            self.range = range;
            Self::tell(mender, error, Outcome::Repaired(Repair::Moved(range)));
        }
        if let Err(error) = project.check(self) {
            self.target = None;
            Self::tell(mender, error, Outcome::Repaired(Repair::TargetRemoved));
        }
        true
    }
}

impl Mended for Relation {
    fn is_whole(&self, project: &Project) -> bool {
        project.tagset().relation(&self.kind).is_some() && project.check(self).is_ok()
    }

    /// One of whose ends is gone cannot be kept.
    fn mend(&mut self, project: &Project, mender: &mut Mender<'_>) -> bool {
        let Err(error) = project.check(self) else {
            if project.tagset().relation(&self.kind).is_none() {
                mender.faults.missing_relations.entry(self.kind.clone()).or_insert(mender.index);
            }
            return true;
        };
        Self::tell(mender, error, Outcome::SetAside);
        false
    }
}

/// One of an event or entity that is gone cannot be kept.
impl Mended for Judgement {}

impl Mended for Contributor {}

/// One that took what somebody chose who is gone cannot be kept.
impl Mended for Ruling {}

/// Where a mention's words stand in its article, if they do exactly once.
fn elsewhere(mention: &Mention, project: &Project, faults: &mut Faults) -> Option<TextRange> {
    faults.searches += 1;
    if faults.searches > MAX_SEARCHES || mention.quote.is_empty() {
        return None;
    }
    let text = project.text(mention.article);
    let at = text.find(mention.quote.as_str())?;
    let after = at + text.get(at..)?.chars().next()?.len_utf8();
    if text.get(after..)?.contains(mention.quote.as_str()) {
        return None;
    }
    byte_range(at, at + mention.quote.len())
}
