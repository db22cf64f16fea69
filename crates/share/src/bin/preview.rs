//! Loaded by `src/share_boot.js` with the first look at a preview.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// A text as HTML: safe to be placed as it is. `words` has the texts of the interface by name, `origin` is the
/// board's: `https://board.example`.
#[wasm_bindgen]
pub fn draw(text: &str, words: &JsValue, origin: &str) -> String {
    let word = |name: &str| Reflect::get(words, &name.into()).ok().and_then(|word| word.as_string());
    weerklank_share::preview::draw(text, origin, &|name| word(name).unwrap_or_default())
}

/// Nothing to do before the first text.
fn main() {}
