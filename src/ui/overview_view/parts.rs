//! The parts of a view that take keys.

use eframe::egui::Id;

/// What takes the keys.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub(super) picture: Id,
    pub(super) sentences: Id,
    pub(super) list: Id,
}
