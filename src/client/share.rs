//! Passing a column on: the buttons with `data-share`, which stay hidden without script.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlElement, Navigator, Window};

use super::Client;
use super::links::around;
use super::visit::on;

/// Shows the buttons of what this browser can do: to share, or else to copy the address.
pub(super) fn reveal(root: &HtmlElement) {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return };
    let kind = if native(&navigator).is_some() { "native" } else { "copy" };
    for kind in [kind, "print"] {
        if kind == "copy" && navigator.clipboard().is_undefined() {
            // Browsers lend the clipboard to secure pages only.
            continue;
        }
        if let Ok(Some(button)) = root.query_selector(&format!("[data-share={kind}]")) {
            let _ = button.remove_attribute("hidden");
        }
    }
}

pub(super) fn listen(client: &'static Client) {
    on(&client.document, "click", move |event| {
        let kind = around(event, "[data-share]").and_then(|button| button.get_attribute("data-share"));
        match kind.as_deref() {
            Some("native") => share(client),
            Some("copy") => copy(client),
            Some("print") => {
                let _ = client.window.print();
            }
            _ => {}
        }
    });
}

fn share(client: &'static Client) {
    let navigator = client.window.navigator();
    let data = Object::new();
    let _ = Reflect::set(&data, &"title".into(), &client.document.title().into());
    let _ = Reflect::set(&data, &"url".into(), &address(&client.window).into());
    let shared = native(&navigator).and_then(|share| share.call1(&navigator, &data).ok());
    if let Some(shared) = shared {
        // Rejected when the reader thinks better of it: nothing to say then.
        spawn_local(async move {
            let _ = JsFuture::from(shared.unchecked_into::<Promise>()).await;
        });
    }
}

fn copy(client: &'static Client) {
    let copied = client.window.navigator().clipboard().write_text(&address(&client.window));
    spawn_local(async move {
        match JsFuture::from(copied).await {
            Ok(_) => client.status.copied(),
            Err(_) => client.status.not_copied(),
        }
    });
}

/// Web Share Level 2; web-sys has it among the unstable parts.
fn native(navigator: &Navigator) -> Option<Function> {
    Reflect::get(navigator, &JsValue::from_str("share")).ok()?.dyn_into().ok()
}

/// The page's address without the place in it.
fn address(window: &Window) -> String {
    let href = window.location().href().unwrap_or_default();
    href.split_once('#').map_or(href.as_str(), |(address, _)| address).to_owned()
}
