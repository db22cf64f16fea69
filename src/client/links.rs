//! Which links and forms lead to a page that we can draw. Every other one is the browser's.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, FormData, HtmlAnchorElement, HtmlFormElement, SubmitEvent, Url, UrlSearchParams, Window,
};

use crate::routes::{Route, split_language};

/// Links that ask for something else than the page in this window are left alone.
const OURS: &str = "a[href]:not([target], [download], [rel~=external], [data-native])";

/// A page of this board.
#[derive(Clone)]
pub(super) struct Target {
    /// Path and query.
    pub(super) url: String,
    /// With its `#`, or empty.
    pub(super) hash: String,
}

impl Target {
    /// What the address bar shows.
    pub(super) fn here(window: &Window) -> Option<Self> {
        let location = window.location();
        let url = location.pathname().ok()? + &location.search().ok()?;
        Some(Self { url, hash: location.hash().ok()? })
    }

    /// The page that a link around the event's target leads to.
    pub(super) fn of_link(window: &Window, event: &Event) -> Option<Self> {
        let link: HtmlAnchorElement = around(event, OURS)?.dyn_into().ok()?;
        let same_origin = link.origin() == window.location().origin().ok()?;
        (same_origin && is_page(&link.pathname()))
            .then(|| Self { url: link.pathname() + &link.search(), hash: link.hash() })
    }

    /// The page that a form asks for, without its empty fields.
    pub(super) fn of_form(window: &Window, event: &SubmitEvent) -> Option<Self> {
        let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
        let action = Url::new(&form.action()).ok()?;
        let ours = form.method() == "get" && action.origin() == window.location().origin().ok()?;
        if !ours || !is_page(&action.pathname()) {
            return None;
        }
        let query = UrlSearchParams::new().ok()?;
        let fields = JsValue::from(FormData::new_with_form(&form).ok()?);
        for field in js_sys::try_iter(&fields).ok()??.flatten() {
            let field: js_sys::Array = field.unchecked_into();
            if let (Some(name), Some(value)) = (field.get(0).as_string(), field.get(1).as_string())
                && !value.is_empty()
            {
                query.append(&name, &value);
            }
        }
        let query: String = query.to_string().into();
        let separator = if query.is_empty() { "" } else { "?" };
        Some(Self { url: action.pathname() + separator + &query, hash: String::new() })
    }

    /// Path, query and fragment.
    pub(super) fn whole(&self) -> String {
        format!("{}{}", self.url, self.hash)
    }
}

/// An address without its query.
pub(super) fn path(url: &str) -> &str {
    url.split_once('?').map_or(url, |(path, _)| path)
}

/// The innermost element around the event's target that the selector describes.
pub(super) fn around(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// Whether the server has a page there. An escaped path is none of ours: slugs are plain ASCII.
fn is_page(path: &str) -> bool {
    Route::parse(split_language(path).1, &[]).is_some()
}
