//! A project being worked on: edits go in, a person's can be taken back and done again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::action::Applied;
use super::replay::fit;
use super::{Action, AnyRecord, ApplyError, ArticleId, Author, Change, Edit, Project, RowId, Stamp};

/// A person's edits: those done and those taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// An edit as it was made, and the session's revisions at its two ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The edit, in the direction in which it was first made.
    #[serde(with = "shared")]
    pub edit: Arc<Edit>,
    /// The revision that it starts from.
    pub before: u64,
    /// The revision that it leads to.
    pub after: u64,
    /// Who took it back or did it again last, and when; none where the edit says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Stamp>,
}

impl Step {
    /// Whether it leads back to where another one began.
    fn takes_back(&self, other: &Self) -> bool {
        (self.before, self.after) == (other.after, other.before)
    }
}

/// An edit that is shared is written as any other.
mod shared {
    use super::{Arc, Edit};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(edit: &Arc<Edit>, serializer: S) -> Result<S::Ok, S::Error> {
        edit.as_ref().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Edit>, D::Error> {
        Edit::deserialize(deserializer).map(Arc::new)
    }
}

/// What has happened to a session, told as it happens: enough to do the same to a copy of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// An edit was made.
    Did(Step),
    /// The last edit was taken back; told as it can be done again.
    Undid(Step),
    /// What was taken back last was done again.
    Redid(Step),
    /// The last edit done could not be taken back any more and left the history.
    DroppedDone,
    /// What was taken back last could not be done again any more and left the history.
    DroppedUndone,
}

/// Who is told of each change.
#[derive(Clone)]
pub struct Recorder(Arc<dyn Fn(Record) + Send + Sync>);

impl Recorder {
    /// Tells `hear` of each change; it must not wait.
    pub fn new(hear: impl Fn(Record) + Send + Sync + 'static) -> Self {
        Self(Arc::new(hear))
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Recorder")
    }
}

/// What a session knows but for the project: what undo and redo need. Edits are shared, so that it is made at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// The revision now.
    pub revision: u64,
    /// The highest revision given so far.
    pub last: u64,
    /// Records that runs have removed and others may refer to.
    pub removed: Vec<AnyRecord>,
    /// What can be undone, the last at the end.
    pub done: Vec<Step>,
    /// What can be redone, the next at the end.
    pub undone: Vec<Step>,
}

impl History {
    /// What undo would take back.
    pub fn to_undo(&self) -> Option<&Action> {
        self.done.last().map(|step| &step.edit.action)
    }

    /// What redo would do again.
    pub fn to_redo(&self) -> Option<&Action> {
        self.undone.last().map(|step| &step.edit.action)
    }

    /// How many edits can be taken back.
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// Whether nothing can be taken back.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }
}

/// How many steps that follow from decisions can be taken back with them.
const MAX_LEARNED: usize = 256;

/// A project with its history and the question whether it is saved.
#[derive(Clone, Debug)]
pub struct Session {
    project: Project,
    history: History,
    revision: u64,
    /// The highest revision given so far.
    last: u64,
    /// The revision that a file holds; none where none does.
    saved: Option<u64>,
    /// Records that runs have removed: an edit that is replayed may need them.
    removed: BTreeMap<RowId, AnyRecord>,
    recorder: Option<Recorder>,
    changed: Changed,
    /// The last steps that followed from what a person decided: they are taken back with it.
    learned: Vec<Step>,
}

/// What has changed in a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The articles of records that were made, changed or removed.
    pub articles: BTreeSet<ArticleId>,
    /// Whether what holds for all articles has: the kinds, or what is said of learning.
    pub everywhere: bool,
}

impl Default for Session {
    fn default() -> Self {
        Self::new(Project::default())
    }
}

impl Session {
    /// A project as it was read; nothing to undo, nothing to save.
    pub fn new(project: Project) -> Self {
        Self::resume(project, Past::default())
    }

    /// A project with the history that it had; nothing to save.
    pub fn resume(project: Project, past: Past) -> Self {
        Self {
            project,
            history: History { done: past.done, undone: past.undone },
            revision: past.revision,
            last: past.last,
            saved: Some(past.revision),
            removed: past.removed.into_iter().map(|record| (record.row().row_id(), record)).collect(),
            recorder: None,
            changed: Changed::default(),
            learned: Vec::new(),
        }
    }

    /// What has changed since this was last asked.
    pub fn take_changed(&mut self) -> Changed {
        std::mem::take(&mut self.changed)
    }

    /// Makes changes, and notes where.
    fn make(&mut self, changes: &[Change]) -> Result<Vec<Change>, ApplyError> {
        let done = self.project.replace(changes)?;
        for change in &done {
            self.changed.articles.extend(change.articles());
            self.changed.everywhere |=
                matches!(change, Change::Tagset(_) | Change::Learning { .. } | Change::Taken { .. });
        }
        Ok(done)
    }

    /// The history as it is now, to be kept.
    pub fn past(&self) -> Past {
        Past {
            revision: self.revision,
            last: self.last,
            removed: self.removed.values().cloned().collect(),
            done: self.history.done.clone(),
            undone: self.history.undone.clone(),
        }
    }

    /// From now on each change is told to `recorder`.
    pub fn record_to(&mut self, recorder: Recorder) {
        self.recorder = Some(recorder);
    }

    /// From now on changes are told to nobody.
    pub fn stop_recording(&mut self) {
        self.recorder = None;
    }

    fn record(&self, record: impl FnOnce() -> Record) {
        if let Some(Recorder(hear)) = &self.recorder {
            hear(record());
        }
    }

    /// The project, to read.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// What can be undone and redone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Another number after every change; equal revisions of one session mean equal projects. An undo or redo that
    /// leads back to a project that was there before gives its revision again.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether it differs from what was last saved.
    pub fn is_modified(&self) -> bool {
        self.saved != Some(self.revision)
    }

    /// Notes that no file holds the project as it is.
    pub fn mark_modified(&mut self) {
        self.saved = None;
    }

    /// Notes that the project as it was at `revision` is safely on disk.
    pub fn mark_saved(&mut self, revision: u64) {
        self.saved = Some(revision);
    }

    fn advance(&mut self) {
        self.last += 1;
        self.revision = self.last;
    }

    /// Applies an edit. A person's goes onto the undo stack and ends what could be redone; a run's does neither.
    ///
    /// # Errors
    /// As [`Project::apply`]; nothing has changed then.
    pub fn apply(&mut self, edit: Edit) -> Result<(), ApplyError> {
        if edit.is_empty() {
            return Ok(());
        }
        let changes = self.make(&edit.changes)?;
        self.project.note(&edit, None, Applied::First, &changes);
        let before = self.revision;
        self.advance();
        let step = Step { edit: Arc::new(Edit { changes, ..edit }), before, after: self.revision, again: None };
        self.record(|| Record::Did(step.clone()));
        self.did(step);
        Ok(())
    }

    fn did(&mut self, step: Step) {
        match step.edit.author {
            Author::Person => {
                self.history.undone.clear();
                self.history.done.push(step);
            }
            Author::Run => {
                // Nothing but a relation refers to mentions, of which runs remove many.
                let needed = |record: &AnyRecord| {
                    !matches!(record, AnyRecord::Mention(_)) || self.project.id_counters().relation > 0
                };
                let gone = step.edit.changes.iter().filter_map(Change::removed_target).filter(needed);
                self.removed.extend(gone.map(|record| (record.row().row_id(), record)));
                if self.learned.last().is_some_and(|last| step.takes_back(last)) {
                    self.learned.pop();
                } else if matches!(step.edit.action, Action::Learn(_)) {
                    if self.learned.len() >= MAX_LEARNED {
                        self.learned.remove(0);
                    }
                    self.learned.push(step);
                }
            }
        }
    }

    /// Takes the last edit back and returns it; `Ok(None)` where there is none. What runs made since stays, but for
    /// what they put into an article that goes with the edit.
    ///
    /// # Errors
    /// Where the edit no longer fits the project; it is then dropped from the history.
    pub fn undo(&mut self) -> Result<Option<&Edit>, ApplyError> {
        self.undo_by(None)
    }

    /// As [`Session::undo`]; the log says that it was done by this person and then, not as the edit has it.
    ///
    /// # Errors
    /// As [`Session::undo`].
    pub fn undo_by(&mut self, stamp: Option<Stamp>) -> Result<Option<&Edit>, ApplyError> {
        let Some(step) = self.history.done.pop() else { return Ok(None) };
        self.unlearn(step.after);
        let now = self.revision;
        let back = Arc::unwrap_or_clone(step.edit).inverse();
        let back = self.replay(back, step.after, step.before, Applied::Undone, stamp.clone());
        let back = back.inspect_err(|_| self.record(|| Record::DroppedDone))?;
        let step = Step { edit: Arc::new(back.inverse()), before: self.revision, after: now, again: stamp };
        self.record(|| Record::Undid(step.clone()));
        self.history.undone.push(step);
        Ok(self.history.undone.last().map(|step| step.edit.as_ref()))
    }

    /// Takes back what followed from the edit that led to this revision, where nothing else came between.
    fn unlearn(&mut self, to: u64) {
        let mut from = self.revision;
        let since = self.learned.iter().rev().take_while(|step| {
            let follows = step.after == from && from != to;
            from = if follows { step.before } else { from };
            follows
        });
        let since: Vec<Step> = since.cloned().collect();
        if from != to {
            return;
        }
        for step in since {
            let back = Arc::unwrap_or_clone(step.edit).inverse();
            // It is as it was made: nothing has changed since.
            let Ok(changes) = self.make(&back.changes) else { return };
            self.project.note(&back, None, Applied::First, &changes);
            self.revision = step.before;
            let step =
                Step { edit: Arc::new(Edit { changes, ..back }), before: step.after, after: step.before, again: None };
            self.record(|| Record::Did(step.clone()));
            self.did(step);
        }
    }

    /// Does the last edit that was taken back again and returns it; `Ok(None)` where there is none.
    ///
    /// # Errors
    /// As [`Session::undo`].
    pub fn redo(&mut self) -> Result<Option<&Edit>, ApplyError> {
        self.redo_by(None)
    }

    /// As [`Session::redo`]; the log says that it was done by this person and then.
    ///
    /// # Errors
    /// As [`Session::undo`].
    pub fn redo_by(&mut self, stamp: Option<Stamp>) -> Result<Option<&Edit>, ApplyError> {
        let Some(step) = self.history.undone.pop() else { return Ok(None) };
        let now = self.revision;
        let edit = Arc::unwrap_or_clone(step.edit);
        let edit = self.replay(edit, step.before, step.after, Applied::Redone, stamp.clone());
        let edit = edit.inspect_err(|_| self.record(|| Record::DroppedUndone))?;
        let step = Step { edit: Arc::new(edit), before: now, after: self.revision, again: stamp };
        self.record(|| Record::Redid(step.clone()));
        self.history.done.push(step);
        Ok(self.history.done.last().map(|step| step.edit.as_ref()))
    }

    /// Does what was recorded to a session that stands where the recorded one stood.
    ///
    /// # Errors
    /// It does not fit the project; nothing has changed then.
    pub fn repeat(&mut self, record: Record) -> Result<(), ApplyError> {
        match &record {
            Record::Did(step) => self.again(&step.edit, None, Applied::First)?,
            Record::Redid(step) => self.again(&step.edit, step.again.clone(), Applied::Redone)?,
            Record::Undid(step) => {
                let back = step.edit.as_ref().clone().inverse();
                self.again(&back, step.again.clone(), Applied::Undone)?;
            }
            Record::DroppedDone | Record::DroppedUndone => {}
        }
        self.follow(record);
        Ok(())
    }

    /// Makes an edit that was made before, and notes it.
    fn again(&mut self, edit: &Edit, stamp: Option<Stamp>, applied: Applied) -> Result<(), ApplyError> {
        let done = self.make(&edit.changes)?;
        self.project.note(edit, stamp, applied, &done);
        Ok(())
    }

    /// As [`Session::repeat`] for a project that has the change already: only the history follows.
    pub fn follow(&mut self, record: Record) {
        let before = self.revision;
        match record {
            Record::Did(step) => {
                self.revision = step.after;
                self.did(step);
            }
            Record::Undid(step) => {
                self.history.done.pop();
                self.revision = step.before;
                self.history.undone.push(step);
            }
            Record::Redid(step) => {
                self.history.undone.pop();
                self.revision = step.after;
                self.history.done.push(step);
            }
            Record::DroppedDone => drop(self.history.done.pop()),
            Record::DroppedUndone => drop(self.history.undone.pop()),
        }
        self.last = self.last.max(self.revision).max(before);
    }

    /// Applies an edit that leads from revision `from` to `to`, fitted where a run came between, and returns it as made.
    fn replay(
        &mut self,
        mut edit: Edit,
        from: u64,
        to: u64,
        applied: Applied,
        stamp: Option<Stamp>,
    ) -> Result<Edit, ApplyError> {
        let clean = self.revision == from;
        let changes = std::mem::take(&mut edit.changes);
        let changes = if clean { changes } else { fit(&self.project, changes, &self.removed) };
        let changes = self.make(&changes)?;
        self.project.note(&edit, stamp, applied, &changes);
        if clean {
            self.revision = to;
        } else {
            self.advance();
        }
        Ok(Edit { changes, ..edit })
    }
}
