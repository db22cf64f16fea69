//! DELETE `/api/v1/desk/decisions/{id}`: undoes one's own decision; the item is claimed again. 409
//! `too-late` once it is final, or its sender did something about it.

pub const PATH: &str = "/api/v1/desk/decisions/{id}";
