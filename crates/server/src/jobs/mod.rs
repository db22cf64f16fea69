//! What happens beside requests.

mod counts;
mod daily;
pub mod index;
mod live;
mod mail;

mod publish;
mod search;
mod watch;

pub use live::{Happened, Live, tell};
pub use mail::{send_due, send_mails};
pub use publish::{publish_due, publish_on_time};
pub use search::{Search, SearchIn};
pub use watch::{present, refresh, watch};
