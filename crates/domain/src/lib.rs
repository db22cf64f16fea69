//! The words and rules of Weerklank.
//!
//! Every type here parses once, at the border, into something that cannot be wrong; nothing behind
//! the border checks it again. No I/O, no clock, no ORM, no HTTP and no prose: the same crate is
//! compiled into the server, the command line and the browser.

#[macro_use]
mod vocabulary;

mod column;
pub mod compose;
mod date;
pub mod desk;
pub mod experience;
pub mod feedback;
mod filter;
mod invisible;
mod lines;
mod listing;
mod once;
mod picture;
pub mod shield;
mod slug;
pub mod voice;

pub use column::{Column, FirstPublished, Guest, Image, SeriesPart};
pub use date::{Date, DateError};
pub use experience::one_line;
pub use filter::{ColumnFilter, PageNumber};
pub use invisible::is_invisible;
pub use lines::between_lines;
pub use listing::{
    Balance, Card, CardSeries, FacetCount, Facets, Named, Neighbour, SeriesPosition, ShopLine,
};
pub use picture::{NoPicture, Picture};
pub use slug::{Slug, SlugError, fold};
pub use vocabulary::{Comments, Lang, Moment, Sentiment, Source, Status, UnknownWord};
