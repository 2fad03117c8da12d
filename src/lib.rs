//! Rubricator: people, countries and events in news articles, suggested by an engine and corrected by a person.
//!
//! `ARCHITECTURE.md` has the map: which room holds what, which room may use which, and what always holds.

#![cfg_attr(test, allow(clippy::string_slice, reason = "a test that slices wrongly fails, as it should"))]

pub mod cli;
pub mod compare;
pub mod evaluate;
pub mod export;
pub mod import;
pub mod ingest;
pub mod project;
pub mod store;
pub mod suggest;
pub mod text;
#[cfg(feature = "gui")]
pub mod ui;
pub mod views;
pub mod wording;
