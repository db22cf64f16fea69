//! A page as elements.

use std::any::Any;

use leptos::mount::mount_to;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Document, HtmlElement};
use weerklank_api::pages::Envelope;

use super::share;
use crate::board;

/// The identity of the element that holds a page, in the server's markup and in ours.
pub(super) const ROOT: &str = "app";

/// A page, in the document or on its way there.
pub(super) struct Drawn {
    pub(super) root: HtmlElement,
    /// Takes the view down when dropped.
    _view: Box<dyn Any>,
}

impl Drawn {
    /// Draws a page in memory.
    pub(super) fn new(document: &Document, envelope: &Envelope) -> Self {
        let root: HtmlElement = document.create_element("div").unwrap_throw().unchecked_into();
        root.set_id(ROOT);
        let view = mount_to(root.clone(), {
            let view = board::draw(envelope);
            move || view
        });
        share::reveal(&root);
        Self { root, _view: Box::new(view) }
    }
}
