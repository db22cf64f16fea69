//! From an address to a page: what is asked for, its data, its bytes.

mod cache;
mod draw;
mod load;
mod markdown;
mod target;
mod texts;
mod voices;

pub use cache::{PageCache, PageKey};
pub use draw::{draw, draw_error, envelope, html, shown_url};
pub use load::{LoadError, Seen, find, known, load, with_small};
pub use markdown::{render_column, render_for_feed, render_remark, render_text};
pub use target::{Form, Target};
pub use texts::HouseTexts;
