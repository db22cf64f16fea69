//! Says what happened: aloud for who cannot see it, and in a corner where the reader must act.

use std::any::Any;
use std::cell::{Cell, RefCell};

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

use crate::board::ClientWords;

/// Outside the page, so that it outlives it.
pub(super) struct Status {
    root: HtmlElement,
    /// A live region (WAI-ARIA 1.2, `status`): it must be there before it has something to say.
    line: HtmlElement,
    words: Cell<ClientWords>,
    /// The buttons of the message that is shown; dropped, they go.
    buttons: RefCell<Option<Box<dyn Any>>>,
}

impl Status {
    pub(super) fn new(document: &Document, words: ClientWords) -> Option<Self> {
        let element = |name| document.create_element(name).ok()?.dyn_into::<HtmlElement>().ok();
        let (root, line) = (element("div")?, element("p")?);
        line.set_attribute("role", "status").ok()?;
        root.append_child(&line).ok()?;
        document.body()?.append_child(&root).ok()?;
        let status = Self { root, line, words: Cell::new(words), buttons: RefCell::default() };
        status.clear();
        Some(status)
    }

    /// From now on in another language.
    pub(super) fn speak(&self, words: ClientWords) {
        self.words.set(words);
    }

    /// Puts any message away.
    pub(super) fn clear(&self) {
        self.set("", "visually-hidden");
    }

    /// For screen readers: the name of the page that was drawn.
    pub(super) fn announce(&self, title: &str) {
        self.set(title, "visually-hidden");
    }

    /// The address was copied.
    pub(super) fn copied(&'static self) {
        self.message(self.words.get().copied, None);
    }

    /// The browser did not let the address be copied.
    pub(super) fn not_copied(&'static self) {
        self.message(self.words.get().not_copied, None);
    }

    /// The next page did not come.
    pub(super) fn failed(&'static self, retry: impl Fn() + 'static) {
        self.message(self.words.get().loading_failed, Some(Box::new(retry)));
    }

    fn message(&'static self, text: &str, retry: Option<Box<dyn Fn()>>) {
        let words = self.words.get();
        self.set(text, "notice");
        let retry = retry.map(|retry| {
            view! { <button type="button" on:click=move |_| retry()>{words.retry}</button> }
        });
        let close = move |_| self.clear();
        let buttons = mount_to(self.root.clone(), move || {
            view! {
                {retry}
                <button type="button" on:click=close>{words.close}</button>
            }
        });
        *self.buttons.borrow_mut() = Some(Box::new(buttons));
    }

    fn set(&self, text: &str, class: &str) {
        self.buttons.borrow_mut().take();
        self.line.set_text_content(Some(text));
        self.root.set_class_name(class);
    }
}
