//! What tests and benchmarks share.

pub mod database;
pub mod generate;
