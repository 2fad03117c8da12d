//! Numbers: mentions and events over time, who is named most, what is open and done.

mod data;
mod draw;

pub use data::{Course, Named, Numbers, Reviewed, Series, Unit, legend};
pub use draw::draw;
