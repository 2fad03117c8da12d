//! Dossiers: the list of names, and the page of the one that is chosen.

mod head;
mod list;
mod page;
mod parted;
mod sentences;

pub(super) use list::list_ui;
pub(super) use page::page_ui;
