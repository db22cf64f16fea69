//! The desk in the browser: where editors work. Readers never download it.
//!
//! Reading order: `programs` (the two that there are), `app` (who is here, which page), `api` (asking the server), `queue` (what waits),
//! `triage` (one item and what is decided about it), `live` (what others do meanwhile).

mod account;
mod api;
mod app;
mod audit;
mod compose;
mod decide;
mod device;
mod first_words;
mod keys;
mod live;
mod mails;
mod paint;
mod passkeys;
mod people;
mod programs;
mod queue;
mod set_up;
mod sign_in;
mod state;
mod statements;
mod templates;
mod time;
mod toast;
mod triage;
mod words;

pub use programs::{columns, desk};
