//! Waiting for the browser's next turn, so that no piece of work holds it up for long.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::Window;

/// Goes on in a task of its own, after whatever the reader did meanwhile.
pub(super) async fn next_task(window: &Window) {
    let promise = Promise::new(&mut |resolve, _| {
        // Refused only by a window that is gone, and then nothing waits any more.
        let _ = window.set_timeout_with_callback(&resolve);
    });
    let _ = JsFuture::from(promise).await;
}
