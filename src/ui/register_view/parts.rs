//! The parts of the register that take keys: the table, the sentences, the cards.

use eframe::egui::{EventFilter, Id, Rect, Role, Sense, Ui, WidgetInfo};

use crate::ui::register::{Part, Register};

/// What takes the keys.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub(super) table: Id,
    pub(super) tellings: Id,
    pub(super) cards: Id,
}

/// Has a part take and keep the keys, and be heard as what it is; whether it has them.
pub(super) fn part_ui(ui: &mut Ui, register: &mut Register, (part, id): (Part, Id), rect: Rect, told: &str) -> bool {
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    let role = if part == Part::Table { Role::Grid } else { Role::List };
    response.widget_info(|| WidgetInfo::labeled(role, true, told));
    if register.part == part && std::mem::take(&mut register.takes_keys) {
        response.request_focus();
    }
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    response.has_focus()
}
