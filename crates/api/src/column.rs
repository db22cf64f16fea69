//! GET `/api/v1/columns/{slug}`: one column. 404 `not-found`; 410 `withdrawn`.

pub use crate::columns::Item as Response;

pub const PATH: &str = "/api/v1/columns/{slug}";
