//! The map: countries and places.

mod data;
mod draw;
pub mod world;

pub use data::{Map, Measure, Spot, of_country, pick};
pub use draw::{Frame, draw};
