//! From what was sent in to what an editor begins with, and from a sheet to what is published.

mod begin;
mod compare;
mod letters;
mod publish;

pub use begin::{has_both_halves, own_part, sheet_of_experiences};
pub use compare::drawn;
pub use letters::{approval_letters, parted_letters, published_letters, taken_off_letters, turned_letters};
pub use publish::{NotPublished, checked, publish, standing};
