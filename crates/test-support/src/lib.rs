//! What tests and benchmarks share.

pub mod build;
pub mod database;
pub mod generate;
pub mod postgres;
