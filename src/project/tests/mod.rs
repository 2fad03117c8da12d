//! Tests of the project: what each operation does, and what holds whatever is done in whatever order.

mod fixture;
mod operations;
mod random;
mod session;
