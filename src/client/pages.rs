//! The data of pages: fetched once, kept in memory.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use js_sys::{Date, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{AbortController, AbortSignal, RequestInit, Response, Window};

use crate::routes::data_url;

/// How many pages are remembered for the way back.
const KEPT: usize = 20;
/// For how long a page that was fetched ahead serves a click, in milliseconds.
const FRESH_MS: f64 = 60_000.0;
/// When a request counts as lost, in milliseconds.
const PATIENCE_MS: u32 = 10_000;
/// How many pages may be on their way at once, for another to be fetched ahead.
const AT_ONCE: usize = 3;

#[derive(Default)]
pub(super) struct Pages {
    /// Oldest first.
    kept: RefCell<Vec<Kept>>,
    under_way: RefCell<Vec<UnderWay>>,
}

struct Kept {
    url: String,
    data: String,
    /// Milliseconds since 1970.
    at: f64,
}

struct UnderWay {
    url: String,
    answer: Promise,
    abort: AbortController,
}

/// Which remembered pages will do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// As it is now, give or take a minute.
    Fresh,
    /// As it was when the reader left it.
    Any,
}

/// The network or the server failed; trying again may help.
pub(super) struct Unreachable;

impl Pages {
    /// Remembers a page's data under its path and query.
    pub(super) fn keep(&self, url: String, data: String) {
        let mut kept = self.kept.borrow_mut();
        kept.retain(|page| page.url != url);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(Kept { url, data, at: Date::now() });
    }

    /// The data of a page, whatever the page says (404 and 410 are pages too).
    pub(super) async fn get(
        &'static self,
        window: &Window,
        url: &str,
        age: Age,
    ) -> Result<String, Unreachable> {
        if let Some(data) = self.kept(url, age) {
            return Ok(data);
        }
        let answer = self.ask(window, url).map_err(|_| Unreachable)?;
        let data = JsFuture::from(answer).await.unwrap_or_default();
        data.as_string().ok_or(Unreachable)
    }

    /// Fetches a page that the reader may want next.
    pub(super) fn fetch_ahead(&'static self, window: &Window, url: &str) {
        if self.kept(url, Age::Fresh).is_none() && self.under_way.borrow().len() < AT_ONCE {
            // Nobody waits: a failure shows when the page is really asked for.
            let _ = self.ask(window, url);
        }
    }

    /// Gives up a request whose page nobody wants any more.
    pub(super) fn abort(&self, url: &str) {
        // At once: who asks for the same page next must not join a request that was given up.
        let mut under_way = self.under_way.borrow_mut();
        if let Some(place) = under_way.iter().position(|request| request.url == url) {
            under_way.remove(place).abort.abort();
        }
    }

    /// The page will be asked for anew.
    pub(super) fn forget(&self, url: &str) {
        self.kept.borrow_mut().retain(|page| page.url != url);
    }

    fn kept(&self, url: &str, age: Age) -> Option<String> {
        let now = Date::now();
        let kept = self.kept.borrow();
        let page = kept.iter().find(|page| page.url == url)?;
        (age == Age::Any || now - page.at < FRESH_MS).then(|| page.data.clone())
    }

    /// The request for a page: one, however many wait for it. It is answered with the data, or with
    /// `undefined`: the browser would report a refusal that nobody waits for as an error of ours.
    fn ask(&'static self, window: &Window, url: &str) -> Result<Promise, JsValue> {
        if let Some(request) = self.under_way.borrow().iter().find(|request| request.url == url) {
            return Ok(request.answer.clone());
        }
        let abort = AbortController::new()?;
        let (window, wanted, signal) = (window.clone(), url.to_owned(), abort.signal());
        let answer = future_to_promise(async move {
            let data = fetch(&window, &data_url(&wanted), &signal).await.unwrap_or_default();
            self.under_way.borrow_mut().retain(|request| request.abort.signal() != signal);
            if let Some(data) = data.as_string() {
                self.keep(wanted, data);
            }
            Ok(data)
        });
        let late = abort.clone();
        let patience = Timeout::new(PATIENCE_MS, move || late.abort());
        patience.forget();
        self.under_way.borrow_mut().push(UnderWay { url: url.to_owned(), answer: answer.clone(), abort });
        Ok(answer)
    }
}

/// The body of the answer. A server that failed or is overrun counts as one that did not answer.
async fn fetch(window: &Window, url: &str, signal: &AbortSignal) -> Result<JsValue, JsValue> {
    const TOO_MANY_REQUESTS: u16 = 429;
    let init = RequestInit::new();
    init.set_signal(Some(signal));
    let response: Response =
        JsFuture::from(window.fetch_with_str_and_init(url, &init)).await?.unchecked_into();
    let status = response.status();
    if status == TOO_MANY_REQUESTS || status >= 500 {
        return Err(JsValue::UNDEFINED);
    }
    JsFuture::from(response.text()?).await
}
