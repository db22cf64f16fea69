//! The static mirror's server, in the browser.
//!
//! A static host has one file per path and ignores the query. So what a query asks for, a filter, a
//! later page or a search, is answered from [`Index`], a file that the export writes, and from the
//! page's own data, which says in which language it is and whom it is about. [`answer()`] is a pure
//! function; for lists it gives what the server gives for the same address, and
//! `crates/server/tests/border/export.rs` holds it to that. `search.rs` says what a search finds.
//!
//! Feature `browser` makes of it the program that pages of the mirror load (`src/bin/mirror.rs`).

mod answer;
mod index;
mod list;
mod search;
mod words;

pub use answer::{answer, route};
pub use index::Index;
