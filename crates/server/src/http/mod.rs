//! What HTTP asks of every response: content codings, validators, languages, safety headers.

pub mod client;
pub mod conditional;
pub mod envelope;
pub mod kept;
pub mod language;
pub mod security;

pub use envelope::RequestId;
pub use kept::{Kept, Representation};
