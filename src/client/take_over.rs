//! From the server's page to ours, in one frame.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::drawn::{Drawn, ROOT};
use super::journey::Journey;
use super::links::Target;
use super::status::Status;
use super::{Client, head, keep, read, turn};
use crate::board::client_words;

/// Draws the page again from the data that came with it and puts it in the place of the server's.
/// `None`, and the page untouched, where that data cannot be read.
///
/// Reading, drawing and placing each take a turn of their own: together they could hold up a slow
/// device for longer than a reader's click should wait.
pub(super) async fn take_over() -> Option<&'static Client> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let data = document.get_element_by_id("page")?.text_content()?;
    let envelope = read::page(&data)?;
    turn::next_task(&window).await;
    let drawn = Drawn::new(&document, &envelope);
    turn::next_task(&window).await;

    let server: HtmlElement = document.get_element_by_id(ROOT)?.dyn_into().ok()?;
    let here = Target::here(&window)?;
    // What asks where the page stands comes before the change: after it, the answer would cost
    // a layout of its own.
    let journey = Journey::new(&window)?;
    keep::replace(&window, &document, &server, &drawn.root);
    if envelope.mirror {
        // Its address may have a query, which a static host knew nothing of when it sent the head.
        head::update(&document, &envelope);
    }
    let status = Status::new(&document, client_words(envelope.ui))?;
    let client = Client {
        build: envelope.build,
        drawn: RefCell::new(drawn),
        shown: RefCell::new(here.url.clone()),
        visits: Cell::new(0),
        awaited: RefCell::default(),
        slow: RefCell::default(),
        pages: super::Pages::default(),
        journey,
        prefetch: super::Prefetch::new(&window),
        status,
        window,
        document,
    };
    client.pages.keep(here.url, data);
    // One for the life of the document: what listens can borrow it for ever.
    Some(Box::leak(Box::new(client)))
}
