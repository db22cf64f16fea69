//! GET `/api/v1/desk/events`: what happens in the queue, as server-sent events.
//!
//! `item`: an [`super::Item`] that changed. `waiting`: how many wait, a number. A comment every 15
//! seconds keeps the line open.

pub const PATH: &str = "/api/v1/desk/events";
