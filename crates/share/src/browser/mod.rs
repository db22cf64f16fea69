//! The program: what it holds, and how it starts.

mod beside;
mod memory;
mod steps;
mod work;

use std::cell::{Cell, RefCell};

use gloo_events::EventListener;
use js_sys::{Function, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, HtmlElement, HtmlFormElement, Window};

/// What lives as long as the document.
struct Helper {
    window: Window,
    document: Document,
    /// The texts of the interface, as the server wrote them into the page.
    words: JsValue,
    /// Where the form is sent to: path without query.
    action: String,
    /// Whether its reader has done anything yet. Until then nothing is stored and nothing computed.
    has_acted: Cell<bool>,
    /// Whether there is nothing more to keep: it was sent, or thrown away.
    is_over: Cell<bool>,
    /// Whether an answer is awaited.
    is_busy: Cell<bool>,
    /// Whether all of it was sent, and is not known to have arrived.
    is_sent: Cell<bool>,
    /// Whether what stands on the device is to take the place of the form that stands.
    is_restoring: Cell<bool>,
    /// What is done again once there may be a connection.
    waiting: RefCell<Option<steps::Waiting>>,
    proof: RefCell<work::Proof>,
    /// Gives a promise of what draws a preview.
    load_preview: Function,
    /// What draws one, once it is there.
    preview: RefCell<Option<Function>>,
    /// Whether the preview is unfolded, from one step to the next.
    shows_preview: Cell<bool>,
}

type Shared = &'static Helper;
/// What stands on a button, and what it does.
type Button<'a> = (&'a str, fn(Shared));

/// Helps with the form, where there is one. What fails leaves the form as the server drew it.
pub fn start(load_preview: Function) {
    let Some(helper) = Helper::new(load_preview) else { return };
    let helper: Shared = Box::leak(Box::new(helper));
    steps::listen(helper);
    memory::listen(helper);
    if let Some(form) = helper.form() {
        beside::dress(helper, &form);
    }
    memory::restore(helper);
}

impl Helper {
    fn new(load_preview: Function) -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let words = document.get_element_by_id("words")?.text_content()?;
        let action = form_of(&document)?.get_attribute("action")?;
        Some(Self {
            words: JSON::parse(&words).ok()?,
            window,
            document,
            action,
            has_acted: Cell::default(),
            is_over: Cell::default(),
            is_busy: Cell::default(),
            is_sent: Cell::default(),
            is_restoring: Cell::default(),
            waiting: RefCell::default(),
            proof: RefCell::default(),
            load_preview,
            preview: RefCell::default(),
            shows_preview: Cell::default(),
        })
    }

    fn form(&self) -> Option<HtmlFormElement> {
        form_of(&self.document)
    }

    /// A text of the interface; empty where the server wrote none of that name.
    fn word(&self, name: &str) -> String {
        Reflect::get(&self.words, &name.into()).ok().and_then(|word| word.as_string()).unwrap_or_default()
    }

    /// A new element with a class and a text.
    fn element(&self, tag: &str, class: &str, text: &str) -> Option<HtmlElement> {
        let element: HtmlElement = self.document.create_element(tag).ok()?.dyn_into().ok()?;
        if !class.is_empty() {
            element.set_class_name(class);
        }
        element.set_text_content(Some(text));
        Some(element)
    }

    /// Says something above the form, in the place of what was said there before; with a button where
    /// one is named.
    fn say(&'static self, text: &str, button: Option<Button<'_>>) {
        self.hush();
        let said = || {
            let note = self.element("section", "note", "")?;
            note.set_attribute("role", "status").ok()?;
            note.append_child(self.element("p", "", text)?.as_ref()).ok()?;
            if let Some((label, action)) = button {
                let button = self.element("button", "", label)?;
                button.set_attribute("type", "button").ok()?;
                EventListener::new(&button, "click", move |_| action(self)).forget();
                note.append_child(&button).ok()?;
            }
            let header = self.form()?.query_selector("header").ok()??;
            header.insert_adjacent_element("afterend", &note).ok()?
        };
        said();
    }

    fn hush(&self) {
        if let Ok(Some(note)) = self.document.query_selector("form.share > .note") {
            note.remove();
        }
    }
}

fn form_of(document: &Document) -> Option<HtmlFormElement> {
    document.query_selector("form.share").ok()??.dyn_into().ok()
}
