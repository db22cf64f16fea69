//! Fetches the page that the reader seems to want, before they ask for it.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{Event, Window};

use super::Client;
use super::links::Target;
use super::visit::on;

/// Who rests on a link for so many milliseconds may well follow it; who passes over it does not.
const INTEREST_MS: u32 = 65;

pub(super) struct Prefetch {
    window: Window,
    /// The link that the reader rests on.
    resting: RefCell<Option<(String, Timeout)>>,
}

impl Prefetch {
    pub(super) fn new(window: &Window) -> Self {
        Self { window: window.clone(), resting: RefCell::default() }
    }

    /// The reader has chosen: nothing needs guessing any more.
    pub(super) fn rest(&self) {
        self.resting.borrow_mut().take();
    }

    /// Not for who saves data or has a slow line, where guessing wrong costs the reader.
    fn is_welcome(&self) -> bool {
        let get = |object: &JsValue, key: &str| Reflect::get(object, &key.into()).unwrap_or_default();
        let connection = get(&self.window.navigator(), "connection");
        if connection.is_undefined() {
            return true;
        }
        let slow = get(&connection, "effectiveType").as_string().is_some_and(|kind| kind.ends_with("2g"));
        !slow && !get(&connection, "saveData").is_truthy()
    }
}

pub(super) fn listen(client: &'static Client) {
    for name in ["pointerover", "focusin"] {
        on(&client.document, name, move |event| rest(client, event));
    }
    // A finger that touches a link is already following it.
    on(&client.document, "touchstart", move |event| {
        if let Some(url) = wanted(client, event) {
            client.pages.fetch_ahead(&client.window, &url);
        }
    });
}

fn rest(client: &'static Client, event: &Event) {
    let url = wanted(client, event);
    let mut resting = client.prefetch.resting.borrow_mut();
    if resting.as_ref().map(|(url, _)| url) == url.as_ref() {
        return;
    }
    *resting = url.map(|url| {
        let ahead = url.clone();
        (url, Timeout::new(INTEREST_MS, move || client.pages.fetch_ahead(&client.window, &ahead)))
    });
}

fn wanted(client: &Client, event: &Event) -> Option<String> {
    let target = Target::of_link(&client.window, event)?;
    (target.url != *client.shown.borrow() && client.prefetch.is_welcome()).then_some(target.url)
}
