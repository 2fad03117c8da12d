//! A project being worked on: edits go in, a person's can be taken back and done again.

use std::collections::BTreeMap;

use super::replay::fit;
use super::{ApplyError, Author, Change, Edit, Event, EventId, LogEntry, Project, Stamp};

/// A person's edits: those done and those taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// A person's edit as it was made, and the session's revisions at its two ends.
#[derive(Clone, Debug)]
struct Step {
    edit: Edit,
    before: u64,
    after: u64,
}

impl History {
    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|step| step.edit.label.as_str())
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.edit.label.as_str())
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

/// A project with its history and the question whether it is saved.
#[derive(Clone, Debug, Default)]
pub struct Session {
    project: Project,
    history: History,
    revision: u64,
    /// The highest revision given so far.
    last: u64,
    saved: u64,
    /// Events that runs have removed: an edit that is replayed may need them.
    removed: BTreeMap<EventId, Event>,
}

impl Session {
    /// A project as it was read; nothing to undo, nothing to save.
    pub fn new(project: Project) -> Self {
        Self { project, ..Self::default() }
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
        self.revision != self.saved
    }

    /// Notes that no file holds the project as it is.
    pub fn mark_modified(&mut self) {
        self.advance();
    }

    /// Notes that the project as it was at `revision` is safely on disk.
    pub fn mark_saved(&mut self, revision: u64) {
        self.saved = revision;
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
        let changes = self.project.replace(&edit.changes)?;
        self.project.note(&edit, edit.label.clone(), &changes);
        let before = self.revision;
        self.advance();
        match edit.author {
            Author::Person => {
                self.history.undone.clear();
                let edit = Edit { changes, ..edit };
                self.history.done.push(Step { edit, before, after: self.revision });
            }
            Author::Run => self.removed.extend(changes.into_iter().filter_map(|change| match change {
                Change::Event(swap) if swap.after.is_none() => swap.before.map(|event| (event.id, event)),
                _ => None,
            })),
        }
        Ok(())
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
        let now = self.revision;
        let said = format!("Undo: {}", step.edit.label);
        let back = self.replay(step.edit.inverse(), step.after, step.before, said, stamp)?;
        let step = Step { edit: back.inverse(), before: self.revision, after: now };
        self.history.undone.push(step);
        Ok(self.history.undone.last().map(|step| &step.edit))
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
        let said = format!("Redo: {}", step.edit.label);
        let edit = self.replay(step.edit, step.before, step.after, said, stamp)?;
        self.history.done.push(Step { edit, before: now, after: self.revision });
        Ok(self.history.done.last().map(|step| &step.edit))
    }

    /// Applies an edit that leads from revision `from` to `to`, fitted where a run came between, and returns it as made.
    fn replay(
        &mut self,
        edit: Edit,
        from: u64,
        to: u64,
        said: String,
        stamp: Option<Stamp>,
    ) -> Result<Edit, ApplyError> {
        let clean = self.revision == from;
        let changes = if clean { edit.changes } else { fit(&self.project, edit.changes, &self.removed) };
        let changes = self.project.replace(&changes)?;
        let entry = LogEntry::new(said, edit.author, stamp.unwrap_or_else(|| edit.stamp.clone()), &changes);
        self.project.log.push(entry);
        if clean {
            self.revision = to;
        } else {
            self.advance();
        }
        Ok(Edit { changes, ..edit })
    }
}
