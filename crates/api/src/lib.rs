//! What server and browser say to each other.
//!
//! `pages` holds one plain struct per page: the server draws a page from it and sends it along, the
//! browser draws the same page from it again. The other modules hold one endpoint each.

pub mod column;
pub mod columns;
pub mod pages;
#[cfg(feature = "openapi")]
mod schema;
pub mod search;
