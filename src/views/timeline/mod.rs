//! The timeline: happenings in lanes by their days.

mod data;
mod draw;

pub use data::{Item, Lane, Lanes, Timeline, pick};
pub use draw::{Frame, NAMES, draw};
