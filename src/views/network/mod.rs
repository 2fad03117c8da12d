//! The network: who appears with whom.

mod data;
mod draw;
mod layout;

pub use data::{Edge, Network, Node, pick, pick_edge};
pub use draw::{Frame, draw};
