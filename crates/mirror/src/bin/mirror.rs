//! What `src/mirror_boot.js` asks, in the browser.

use wasm_bindgen::prelude::*;
use weerklank_mirror::{Index, answer, route};

/// The index, read once.
#[wasm_bindgen]
pub struct Mirror(Index);

#[wasm_bindgen]
impl Mirror {
    /// From the text of the index file.
    #[wasm_bindgen(constructor)]
    pub fn new(index: &str) -> Result<Self, JsError> {
        Ok(Self(serde_json::from_str(index)?))
    }

    /// The data of the page at `path`, which may end in a slash, under a query: its keys and values in
    /// turn, decoded. `page` is the data of the same page without a query.
    pub fn answer(&self, page: &str, path: &str, query: Vec<String>) -> Result<String, JsError> {
        let page = serde_json::from_str(page)?;
        let mut query = query.into_iter();
        let pairs = std::iter::from_fn(|| Some((query.next()?, query.next()?)));
        let route = route(path, &pairs.collect::<Vec<_>>());
        Ok(serde_json::to_string(&answer(&self.0, &page, route.as_ref()))?)
    }
}

/// Nothing to do before the first question.
fn main() {}
