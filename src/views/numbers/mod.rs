//! Numbers: mentions and events over time, who is named most, what is open and done.

mod data;
mod draw;

pub(super) use data::course as over_time;
pub use data::{Course, Named, Numbers, Reviewed, Series, Unit, legend};
pub(super) use draw::course as chart;
pub use draw::draw;
