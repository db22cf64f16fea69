//! What server and browser say to each other.
//!
//! `pages` holds one plain struct per page: the server draws a page from it and sends it along, the
//! browser draws the same page from it again. The other modules hold one endpoint each.

/// Every address below `/api`, as the server's router says it: what is none of the endpoints is
/// answered like one of them.
pub const ANY: &str = "/api/{*path}";

pub mod challenge;
pub mod column;
pub mod columns;
pub mod comments;
pub mod desk;
pub mod experience;
pub mod experiences;
pub mod feedback;
pub mod own_feedback;
pub mod pages;
pub mod reactions;
pub mod reports;
#[cfg(feature = "openapi")]
mod schema;
pub mod scores;
pub mod search;
pub mod site_feedback;
