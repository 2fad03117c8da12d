//! What is one across articles: which records tell of one happening, and which names stand for one.
//!
//! Of each article an [`Account`] is made. Articles that are about the same are looked up by their words, those records
//! of them are compared that share a word or a kind and somebody (`likeness.rs`), and those that are alike on average come together
//! (`linkage.rs`).

mod account;
mod collection;
mod likeness;
mod linkage;
pub mod names;
mod neighbours;
mod proposals;
mod rarity;
mod suggested;
mod together;
mod who;

pub use account::Account;
pub use collection::Collection;
pub use likeness::FEATURES;
pub use proposals::{Proposal, Proposals, Proposer, Reason, groups};
pub use suggested::Accounts;
pub use together::{Across, together};
