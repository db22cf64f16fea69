//! What happens beside requests.

pub mod index;
mod watch;

pub use watch::{refresh, watch};
