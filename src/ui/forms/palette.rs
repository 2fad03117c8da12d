//! The command palette: what was typed.

/// What was typed, and which command is chosen.
#[derive(Default)]
pub struct PaletteForm {
    pub(in crate::ui) words: String,
    pub(in crate::ui) chosen: usize,
    pub(in crate::ui) opened: bool,
}
