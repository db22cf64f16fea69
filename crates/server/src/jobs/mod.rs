//! What happens beside requests.

pub mod index;
mod search;
mod watch;

pub use search::{Search, SearchIn};
pub use watch::{present, refresh, watch};
