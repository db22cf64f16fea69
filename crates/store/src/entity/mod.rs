//! The tables, as they lie in the database. Nothing in here leaves the crate.

pub mod author;
pub mod change_sequence;
pub mod column;
pub mod column_author;
pub mod column_moment;
pub mod column_shop;
pub mod column_tag;
pub mod series;
pub mod shop;
