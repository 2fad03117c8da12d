//! A command that decides much at once, before it does.

use crate::ui::command::Command;

/// What is about to be done, and whether it will be asked again.
pub struct SureForm {
    /// The command that waits.
    pub(in crate::ui) command: Command,
    /// What it decides: "Accept 122".
    pub(in crate::ui) what: String,
    /// What else it does.
    pub(in crate::ui) beside: &'static str,
    /// The question is not put again in this project.
    pub(in crate::ui) once: bool,
}

impl SureForm {
    /// The question before a command.
    pub fn new(command: Command, what: String, beside: &'static str) -> Self {
        Self { command, what, beside, once: true }
    }
}
