//! What happens beside requests.

pub mod index;
mod live;
mod search;
mod watch;

pub use live::{Happened, Live, tell};
pub use search::{Search, SearchIn};
pub use watch::{present, refresh, watch};
