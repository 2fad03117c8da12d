//! Fixtures of people.
