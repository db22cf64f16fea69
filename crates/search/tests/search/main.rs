//! The index as the server meets it: fed, asked, closed and opened again.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

mod facets;
mod hostile;
mod lifecycle;
mod matching;
mod order;
mod snippets;
mod support;
