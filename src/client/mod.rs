//! The board's part in the browser. It takes over the page that the server drew; from then on it
//! fetches the data of the next page and draws that in place.
//!
//! In reading order: [`take_over`] starts, [`visit`] goes from page to page, [`links`] says which
//! clicks are ours, [`pages`] fetches and remembers, [`journey`] keeps the way back, [`keep`] what
//! the reader was doing, [`status`] speaks. Whatever goes wrong before a page is drawn leaves the
//! page that stands, and a link that is not ours to the browser.

mod drawn;
mod head;
mod journey;
mod keep;
mod links;
mod pages;
mod prefetch;
mod read;
mod share;
mod status;
mod take_over;
mod turn;
mod visit;

use std::cell::{Cell, RefCell};

use gloo_timers::callback::Timeout;
use web_sys::{Document, Window};

use drawn::Drawn;
use journey::Journey;
use pages::Pages;
use prefetch::Prefetch;
use status::Status;

/// Takes the page over, if its data can be read; else leaves it as it is.
pub fn start() {
    wasm_bindgen_futures::spawn_local(async {
        if let Some(client) = take_over::take_over().await {
            visit::listen(client);
            prefetch::listen(client);
            share::listen(client);
        }
    });
}

/// What lives as long as the document.
struct Client {
    window: Window,
    document: Document,
    /// The build that this code belongs to.
    build: String,
    /// The page that stands.
    drawn: RefCell<Drawn>,
    /// Its path and query, as in the address bar.
    shown: RefCell<String>,
    /// Counts visits: an answer to an older one comes too late.
    visits: Cell<u32>,
    /// Where the latest visit leads while its answer is awaited.
    awaited: RefCell<Option<String>>,
    /// Says that a page is slow, once it is.
    slow: RefCell<Option<Timeout>>,
    pages: Pages,
    journey: Journey,
    prefetch: Prefetch,
    status: Status,
}
