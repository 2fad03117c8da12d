//! Tests of the project: what each operation does, and what holds whatever is done in whatever order.

mod dates;
pub(crate) mod fixture;
mod happenings;
mod operations;
pub(crate) mod random;
mod relations;
mod session;
