//! What readers say about columns, drawn on the server: below a column, on the pages of who said it, and
//! at the desk.

mod desk;

use leptos::prelude::*;

pub use desk::{OnDesk, Quoted, on_desk};

/// A part of a page, as HTML.
fn part(draw: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| draw().to_html()).replace("<!>", "")
}
