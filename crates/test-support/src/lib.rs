//! What tests and benchmarks share.

#[cfg(feature = "app")]
pub mod app;
#[cfg(feature = "browser")]
pub mod browser;
pub mod build;
pub mod database;
#[cfg(feature = "app")]
mod desk;
pub mod generate;
pub mod mail_sink;
pub mod postgres;
