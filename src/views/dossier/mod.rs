//! Dossiers: who and what is named, and all that the articles tell of one of them.

mod data;
mod draw;
mod html;
mod known;
mod list;
mod portrait;

pub use super::chart::EDGE;
pub use data::{Dossier, Dossiers, EventTold, Told, With};
pub use draw::draw;
pub(super) use draw::tied;
pub use html::html;
pub use known::known_lines;
pub use list::{Listed, Order, Query};
pub use portrait::{Place, Portrait, Related};
