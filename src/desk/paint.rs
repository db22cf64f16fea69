//! Waiting for what changed to be on screen.

use std::time::Duration;

use js_sys::{Function, Promise};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A page that is not shown paints nothing: then this is waited for in its place.
const AT_MOST: Duration = Duration::from_millis(100);

/// Until the next frame is painted, which is when the one after it begins. What nobody sees is done then, so that nobody
/// waits for it.
pub(super) async fn painted() {
    let promise = Promise::new(&mut |resolve, _| {
        let late = resolve.clone();
        request_animation_frame(move || request_animation_frame(move || told(&resolve)));
        set_timeout(move || told(&late), AT_MOST);
    });
    let _over = JsFuture::from(promise).await;
}

fn told(resolve: &Function) {
    // Nothing can go wrong in telling that time went by, and a second time nobody listens.
    let _told = resolve.call0(&JsValue::UNDEFINED);
}
