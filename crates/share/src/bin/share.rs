//! Loaded by `src/share_boot.js` on the pages with the form.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;

/// Helps with the form that stands. `load_preview` gives a promise of what draws a preview.
#[wasm_bindgen]
pub fn start(load_preview: Function) {
    weerklank_share::browser::start(load_preview);
}

/// Nothing to do before [`start`].
fn main() {}
