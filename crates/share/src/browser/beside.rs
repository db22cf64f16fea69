//! Beside each text: how it will look, and what in it may lead to somebody.

use gloo_events::EventListener;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Element, Event, EventInit, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlTextAreaElement,
};
use weerklank_domain::shield::{self, Finding};

use super::Shared;

/// Characters shown on either side of what may lead to somebody.
const CONTEXT: usize = 30;

/// Adds both to each text of a form.
pub fn dress(helper: Shared, form: &HtmlFormElement) {
    let Ok(texts) = form.query_selector_all("textarea") else { return };
    for index in 0..texts.length() {
        if let Some(text) = texts.item(index).and_then(|node| node.dyn_into().ok()) {
            beside(helper, &text);
        }
    }
}

fn beside(helper: Shared, text: &HtmlTextAreaElement) -> Option<()> {
    let found = helper.element("section", "found", "")?;
    let lead = helper.element("p", "hint", "")?;
    // Said when the number changes, not at each key.
    lead.set_attribute("role", "status").ok()?;
    let list = helper.element("ul", "spots", "")?;
    found.append_child(&lead).ok()?;
    found.append_child(&list).ok()?;

    let fold = helper.element("details", "preview", "")?;
    fold.append_child(helper.element("summary", "", &helper.word("preview"))?.as_ref()).ok()?;
    let shown = helper.element("div", "prose", "")?;
    fold.append_child(&shown).ok()?;
    if helper.shows_preview.get() {
        fold.set_attribute("open", "").ok()?;
    }
    text.insert_adjacent_element("afterend", &fold).ok()?;
    text.insert_adjacent_element("afterend", &found).ok()?;

    draw(helper, text, &fold, &shown);
    EventListener::new(&fold, "toggle", {
        let (text, fold, shown) = (text.clone(), fold.clone(), shown.clone());
        move |_| {
            helper.shows_preview.set(fold.has_attribute("open"));
            draw(helper, &text, &fold, &shown);
        }
    })
    .forget();
    look(helper, text, &lead, &list);
    EventListener::new(text, "input", {
        let text = text.clone();
        move |_| {
            draw(helper, &text, &fold, &shown);
            look(helper, &text, &lead, &list);
        }
    })
    .forget();
    Some(())
}

/// Draws a text as its page will show it, where the preview is unfolded. What draws comes with the first look;
/// where it does not come, the preview folds up again.
fn draw(helper: Shared, text: &HtmlTextAreaElement, fold: &HtmlElement, shown: &HtmlElement) {
    if !fold.has_attribute("open") {
        return;
    }
    let Some(drawing) = helper.preview.borrow().clone() else {
        let (text, fold, shown) = (text.clone(), fold.clone(), shown.clone());
        spawn_local(async move {
            match load(helper).await {
                Ok(()) => draw(helper, &text, &fold, &shown),
                Err(_) => drop(fold.remove_attribute("open")),
            }
        });
        return;
    };
    let origin = helper.window.location().origin().unwrap_or_default();
    let drawn = drawing.call3(&JsValue::NULL, &text.value().into(), &helper.words, &origin.into());
    if let Some(html) = drawn.ok().and_then(|html| html.as_string()) {
        shown.set_inner_html(&html);
    }
}

async fn load(helper: Shared) -> Result<(), JsValue> {
    let promise: Promise = helper.load_preview.call0(&JsValue::NULL)?.dyn_into()?;
    let drawing = JsFuture::from(promise).await?.dyn_into()?;
    helper.preview.replace(Some(drawing));
    Ok(())
}

/// Shows what may lead to somebody, each with a button that hides it.
fn look(helper: Shared, text: &HtmlTextAreaElement, lead: &HtmlElement, list: &HtmlElement) {
    let value = text.value();
    let findings = shield::find(&value);
    let said = if findings.is_empty() { String::new() } else { helper.word("shield") };
    if lead.text_content().as_deref() != Some(&*said) {
        lead.set_text_content(Some(&said));
    }
    list.set_inner_html("");
    for (index, finding) in findings.iter().enumerate() {
        if let Some(spot) = spot(helper, text, list, &value, finding, index) {
            let _ = list.append_child(&spot);
        }
    }
}

fn spot(
    helper: Shared,
    text: &HtmlTextAreaElement,
    list: &HtmlElement,
    value: &str,
    finding: &Finding,
    index: usize,
) -> Option<Element> {
    let spot = helper.element("li", "", "")?;
    let quote = helper.element("blockquote", "", "")?;
    let (before, found, after) = shield::context(value, finding, CONTEXT);
    for part in [
        helper.element("span", "", &before)?,
        helper.element("mark", "", &found)?,
        helper.element("span", "", &after)?,
    ] {
        quote.append_child(&part).ok()?;
    }
    let button = helper.element("button", "", &helper.word(&format!("hide.{}", finding.kind)))?;
    button.set_attribute("type", "button").ok()?;
    EventListener::new(&button, "click", {
        let (text, list, finding) = (text.clone(), list.clone(), finding.clone());
        move |_| {
            hide(helper, &text, &finding);
            // The next one, or the text: whoever uses the keyboard is left nowhere.
            let buttons = list.query_selector_all("button").ok();
            let next = buttons.and_then(|buttons| {
                buttons.item(u32::try_from(index).unwrap_or(0)).or_else(|| buttons.item(0))
            });
            match next.and_then(|next| next.dyn_into::<HtmlButtonElement>().ok()) {
                Some(next) => drop(next.focus()),
                None => drop(text.focus()),
            }
        }
    })
    .forget();
    spot.append_child(&quote).ok()?;
    spot.append_child(&button).ok()?;
    Some(spot.into())
}

/// Puts a word in the place of something, as the server would.
fn hide(helper: Shared, text: &HtmlTextAreaElement, finding: &Finding) {
    let value = text.value();
    // Since the button was drawn nothing was typed, or it would have been drawn anew.
    if shield::find(&value).contains(finding) {
        let word = helper.word(&format!("masked.{}", finding.kind));
        text.set_value(&shield::mask(&value, std::slice::from_ref(finding), |_| &word));
        let init = EventInit::new();
        init.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict("input", &init) {
            let _ = text.dispatch_event(&event);
        }
    }
}
