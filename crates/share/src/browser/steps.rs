//! From step to step: what the form sends is fetched, and what comes back takes its place.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortSignal, Document, DomParser, Element, HtmlButtonElement, HtmlElement, HtmlFormElement,
    HtmlInputElement, PopStateEvent, RequestInit, Response, SubmitEvent, SupportedType, Url, UrlSearchParams,
};

use super::memory::{self, STAY};
use super::{Shared, beside, form_of, work};
use crate::kept::Kept;

/// How long an answer may take, milliseconds.
const PATIENCE: u32 = 60_000;
/// After how long it is tried again, milliseconds, where no browser says that the network is back.
const AGAIN: u32 = 15_000;

/// Why a step comes.
#[derive(Clone, PartialEq, Eq)]
enum Cause {
    /// This button was pressed.
    Pressed(String),
    /// The browser went back or forward.
    Travelled,
    /// It stood on the device, perhaps on its way to us.
    Restored { was_sent: bool },
}

/// What is done again.
#[derive(Clone, PartialEq, Eq)]
pub enum Waiting {
    Press(String),
    Restore,
}

pub fn listen(helper: Shared) {
    // Ours before the browser's own.
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&helper.document, "submit", options, move |event| {
        let Some(form) = helper.form() else { return };
        let Some(event) = event.dyn_ref::<SubmitEvent>() else { return };
        let button = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
        let go = button.map_or_else(|| "next".to_owned(), |button| button.value());
        event.prevent_default();
        memory::act(helper);
        press(helper, &form, &go);
    })
    .forget();
    EventListener::new(&helper.window, "online", move |_| try_again(helper)).forget();
    EventListener::new(&helper.window, "popstate", move |event| {
        let state = event.dyn_ref::<PopStateEvent>().and_then(|event| event.state().as_string());
        if let Some(step) = state {
            travel(helper, &step);
        }
    })
    .forget();
    if let Some(form) = helper.form() {
        remember(helper, &form, false);
    }
}

/// As if a button had been pressed.
fn press(helper: Shared, form: &HtmlFormElement, go: &str) {
    if helper.is_busy.get() {
        return;
    }
    let Some(body) = memory::body(form, go) else { return };
    helper.waiting.replace(None);
    // Kept before it is sent, until it is known to have arrived.
    helper.is_sent.set(go == "next" && is_last(form));
    memory::keep(helper);
    fetch(helper, form, body, Cause::Pressed(go.to_owned()));
}

/// Shows a form again that stood on the device.
pub fn show_again(helper: Shared, kept: Kept) {
    if let Some(form) = helper.form() {
        fetch(helper, &form, kept.body, Cause::Restored { was_sent: kept.is_sent });
    }
}

/// Shows another step of the form that stands.
fn travel(helper: Shared, step: &str) {
    let Some(form) = helper.form() else { return };
    let Some(body) = memory::body(&form, STAY) else { return };
    let Ok(fields) = UrlSearchParams::new_with_str(&body) else { return };
    fields.set("step", step);
    fetch(helper, &form, fields.to_string().into(), Cause::Travelled);
}

fn try_again(helper: Shared) {
    let waiting = helper.waiting.borrow().clone();
    match (waiting, helper.form()) {
        (Some(Waiting::Press(go)), Some(form)) => press(helper, &form, &go),
        (Some(Waiting::Restore), _) if !helper.is_busy.get() => {
            helper.waiting.replace(None);
            memory::restore(helper);
        }
        _ => {}
    }
}

fn fetch(helper: Shared, form: &HtmlFormElement, body: String, cause: Cause) {
    helper.is_busy.set(true);
    let _ = form.set_attribute("aria-busy", "true");
    let action = form.action();
    spawn_local(async move {
        let answer = post(helper, &action, &body).await;
        helper.is_busy.set(false);
        if let Some(form) = helper.form() {
            let _ = form.remove_attribute("aria-busy");
        }
        match answer {
            Ok(answer) => arrive(helper, &answer, &cause),
            Err(_) => wait(helper, cause),
        }
    });
}

/// What came back.
struct Answer {
    /// Where it led to.
    url: String,
    is_success: bool,
    html: String,
}

async fn post(helper: Shared, action: &str, body: &str) -> Result<Answer, JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&UrlSearchParams::new_with_str(body)?.into());
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    let answer = JsFuture::from(helper.window.fetch_with_str_and_init(action, &init)).await?;
    let answer: Response = answer.dyn_into()?;
    let html = JsFuture::from(answer.text()?).await?;
    Ok(Answer { url: answer.url(), is_success: answer.ok(), html: html.as_string().unwrap_or_default() })
}

/// Nothing came back: it stays on the device, and is tried again.
fn wait(helper: Shared, cause: Cause) {
    let was_sent = helper.is_sent.get() || cause == Cause::Restored { was_sent: true };
    helper.say(&helper.word(if was_sent { "offline_sent" } else { "offline" }), None);
    helper.waiting.replace(match cause {
        Cause::Pressed(go) => Some(Waiting::Press(go)),
        Cause::Restored { .. } => Some(Waiting::Restore),
        Cause::Travelled => None,
    });
    Timeout::new(AGAIN, move || try_again(helper)).forget();
}

fn arrive(helper: Shared, answer: &Answer, cause: &Cause) {
    let (path, query) = Url::new(&answer.url).map(|url| (url.pathname(), url.search())).unwrap_or_default();
    // Its own page, which the browser shows itself.
    if answer.is_success && path.contains("/mine/") && !path.ends_with("/change") {
        // Stored, it is nobody's draft any more; anything else that its page says leaves it where it is.
        if matches!(&*query, "?sent" | "?saved") {
            memory::forget(helper);
        }
        let _ = helper.window.location().assign(&answer.url);
        return;
    }
    helper.is_sent.set(false);
    helper.is_restoring.set(false);
    let parsed =
        DomParser::new().and_then(|parser| parser.parse_from_string(&answer.html, SupportedType::TextHtml));
    let Ok(parsed) = parsed else { return };
    if form_of(&parsed).is_none() {
        // Too large, or something failed over there: what was typed stays where it is.
        helper.say(&told(&parsed), None);
        return;
    }
    let Some(form) = take(helper, &parsed) else { return };
    let is_pressed = matches!(cause, Cause::Pressed(_));
    remember(helper, &form, is_pressed && answer.is_success);
    beside::dress(helper, &form);
    look(helper, &form);
    work::put(helper);
    memory::act(helper);
    memory::keep(helper);
    if let Cause::Restored { was_sent } = cause {
        if *was_sent && is_last(&form) {
            press(helper, &form, "next");
        } else {
            helper.say(&helper.word("restored"), Some((&helper.word("discard"), memory::discard)));
        }
    }
}

/// Puts what the server drew in the place of what stands.
fn take(helper: Shared, parsed: &Document) -> Option<HtmlFormElement> {
    let (here, there) = (helper.document.query_selector("main").ok()??, parsed.query_selector("main").ok()??);
    let there: Element = helper.document.adopt_node(&there).ok()?.dyn_into().ok()?;
    here.replace_with_with_node_1(&there).ok()?;
    helper.form()
}

/// What a page without a form says.
fn told(parsed: &Document) -> String {
    let parts = ["main h1", "main .standfirst, main p"].into_iter().filter_map(|selector| {
        let text = parsed.query_selector(selector).ok()??.text_content()?;
        Some(text.trim().to_owned())
    });
    parts.collect::<Vec<_>>().join(". ")
}

/// Shows a step from its beginning, or what is wrong in it, to eyes and ears alike.
fn look(helper: Shared, form: &HtmlFormElement) {
    let found = form.query_selector(".wrong").ok().flatten();
    let found = found.or_else(|| form.query_selector("h1").ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.set_attribute("tabindex", "-1");
        let _ = element.focus();
    }
    helper.window.scroll_to_with_x_and_y(0.0, 0.0);
}

/// Lets the browser's own buttons lead from step to step.
fn remember(helper: Shared, form: &HtmlFormElement, is_new: bool) {
    let (Ok(history), Some(step)) = (helper.window.history(), step(form)) else { return };
    let state = JsValue::from(&step);
    let is_other = history.state().ok().and_then(|state| state.as_string()).as_deref() != Some(&*step);
    let _ = if is_new && is_other {
        history.push_state_with_url(&state, "", None)
    } else {
        history.replace_state_with_url(&state, "", None)
    };
}

fn step(form: &HtmlFormElement) -> Option<String> {
    let field = form.query_selector("[name=step]").ok()??;
    Some(field.dyn_into::<HtmlInputElement>().ok()?.value())
}

/// Whether the main button sends it all.
fn is_last(form: &HtmlFormElement) -> bool {
    step(form).is_some_and(|step| matches!(&*step, "you" | "shield"))
}
