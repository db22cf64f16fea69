//! The server: from a request to a page, and the command line around it.
//!
//! Reading order: `cli` (what can be asked of the binary), `config` (how it is told), `app` (what
//! every request shares), `router` (a table of contents), `routes` (one file per place), `pages`
//! (from data to kept bytes), `guard` (how something comes in), `jobs` (what happens beside requests).

pub mod app;
pub mod assets;
pub mod auth;
pub mod cli;
pub mod clock;
mod composing;
pub mod config;
mod csv;
pub mod export;
pub mod guard;
pub mod http;
mod image_size;
pub mod invitations;
pub mod jobs;
pub mod mail;
pub mod metrics;
pub mod openapi;
mod orientation;
pub mod pages;
pub mod problem;
pub mod router;
pub mod routes;
mod sample_answers;
pub mod samples;
pub mod secrets;
pub mod serve;
pub mod storing;
mod studio;
mod taking;
pub mod transparency;
