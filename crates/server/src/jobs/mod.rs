//! What happens beside requests.

mod watch;

pub use watch::{CatchUpError, catch_up, index_due, refresh, watch};
