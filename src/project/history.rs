//! A project being worked on: edits go in, a person's can be taken back and done again.

use super::{ApplyError, Author, Edit, Project};

/// A person's edits: those done and those taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Edit>,
    undone: Vec<Edit>,
}

impl History {
    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|edit| edit.label.as_str())
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|edit| edit.label.as_str())
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
    saved: u64,
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

    /// Grows with every change; equal revisions of one session mean equal projects.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether it changed since it was last saved.
    pub fn is_modified(&self) -> bool {
        self.revision != self.saved
    }

    /// Notes that no file holds the project as it is.
    pub fn mark_modified(&mut self) {
        self.revision += 1;
    }

    /// Notes that the project as it was at `revision` is safely on disk.
    pub fn mark_saved(&mut self, revision: u64) {
        self.saved = revision;
    }

    /// Applies an edit. A person's goes onto the undo stack and ends what could be redone; a run's does neither.
    ///
    /// # Errors
    /// As [`Project::apply`]; nothing has changed then.
    pub fn apply(&mut self, edit: Edit) -> Result<(), ApplyError> {
        if edit.is_empty() {
            return Ok(());
        }
        self.project.apply(&edit)?;
        self.revision += 1;
        if edit.author == Author::Person {
            self.history.undone.clear();
            self.history.done.push(edit);
        }
        Ok(())
    }

    /// Takes the last edit back and returns it; `Ok(None)` where there is none.
    ///
    /// # Errors
    /// Where a run has since removed what the edit needs; the edit is then dropped from the history.
    pub fn undo(&mut self) -> Result<Option<&Edit>, ApplyError> {
        let Some(edit) = self.history.done.pop() else { return Ok(None) };
        self.project.apply(&edit.clone().inverse())?;
        self.revision += 1;
        self.history.undone.push(edit);
        Ok(self.history.undone.last())
    }

    /// Does the last edit that was taken back again and returns it; `Ok(None)` where there is none.
    ///
    /// # Errors
    /// As [`Session::undo`].
    pub fn redo(&mut self) -> Result<Option<&Edit>, ApplyError> {
        let Some(edit) = self.history.undone.pop() else { return Ok(None) };
        self.project.apply(&edit)?;
        self.revision += 1;
        self.history.done.push(edit);
        Ok(self.history.done.last())
    }
}
