//! Versions of a text: what differs between two, word by word ([`diff()`]), and what two people's changes to
//! one make together ([`merge()`]).
//!
//! Both compare words where a text is as long as a column is, lines where it is longer, and the whole
//! where it has more lines than anybody reads: comparing takes time in proportion to length times difference.

mod diff;
mod merge;
mod tokens;

pub use diff::{Piece, Sort, diff};
pub use merge::{BodyPart, FrontConflict, Merge, merge};
