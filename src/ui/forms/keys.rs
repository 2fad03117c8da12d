//! The keys of commands, while they are looked for and changed.

use eframe::egui::KeyboardShortcut;

use crate::ui::command::Command;

/// What was typed, whose key is being pressed, and what stands in its way.
#[derive(Default)]
pub struct KeysForm {
    pub(in crate::ui) words: String,
    pub(in crate::ui) opened: bool,
    pub(in crate::ui) change: Change,
}

/// How far a change has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) enum Change {
    /// None is under way.
    #[default]
    None,
    /// The next key is for this command.
    Recording(Wanted),
    /// The key was pressed; these commands have it.
    Taken(Wanted, KeyboardShortcut, Vec<Command>),
    /// A command would have its own keys again, but this one is another's now.
    Hindered(Command, KeyboardShortcut, Command),
    /// The key cannot be used: why.
    Refused(String),
    /// All keys would be those of the table again.
    ResetAll,
}

/// For which command a key is wanted, and in the place of which other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Wanted {
    pub command: Command,
    pub instead: Option<KeyboardShortcut>,
}

impl KeysForm {
    /// Whether the next key that is pressed is meant for a command.
    pub fn is_recording(&self) -> bool {
        matches!(self.change, Change::Recording(_))
    }
}
