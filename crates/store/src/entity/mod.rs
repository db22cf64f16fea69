//! The tables, as they lie in the database. Nothing in here leaves the crate.

pub mod audit;
pub mod author;
pub mod change_sequence;
pub mod column;
pub mod column_author;
pub mod column_moment;
pub mod column_shop;
pub mod column_tag;
pub mod decision;
pub mod editor;
pub mod experience;
pub mod experience_answer;
pub mod experience_contact;
pub mod experience_gesture;
pub mod experience_half;
pub mod experience_rating;
pub mod outbox;
pub mod queue_item;
pub mod receipt;
pub mod series;
pub mod server_key;
pub mod session;
pub mod set_up_link;
pub mod shop;
