//! The tables, as they lie in the database. Nothing in here leaves the crate.

pub mod author;
pub mod change_sequence;
pub mod column;
pub mod column_author;
pub mod column_moment;
pub mod column_shop;
pub mod column_tag;
pub mod experience;
pub mod experience_contact;
pub mod experience_gesture;
pub mod experience_half;
pub mod experience_rating;
pub mod outbox;
pub mod receipt;
pub mod series;
pub mod server_key;
pub mod shop;
