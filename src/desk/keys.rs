//! The keyboard in the queue.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use weerklank_domain::desk::Verdict;

use super::decide::{Wish, Wishes, focus, key_of};
use super::queue::Known;
use super::state::Desk;
use super::toast::Toast;

/// Where it is remembered that keys without Ctrl or Alt do nothing (WCAG 2.2, 2.1.4).
const OFF: &str = "weerklank.desk.keys-off";

/// Listens as long as the queue is shown; the signal says whether the list of keys is.
pub(super) fn listen(known: Known) -> RwSignal<bool> {
    let desk = Desk::get();
    let help = RwSignal::new(false);
    let wishes = Wishes { wish: RwSignal::new(None), ready: RwSignal::new(None) };
    provide_context(wishes);
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&document(), "keydown", options, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            pressed(event, desk, known, wishes, help);
        }
    });
    // Kept for as long as who listens, on the one thread that there is.
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || {
        listener.update_value(|listener| drop(listener.take()));
    });
    help
}

fn pressed(event: &KeyboardEvent, desk: Desk, known: Known, wishes: Wishes, help: RwSignal<bool>) {
    if event.key() == "Escape" {
        if help.get_untracked() {
            help.set(false);
        } else if !is_typing(event) {
            known.open(None);
            request_animation_frame(|| focus("main"));
        }
        return;
    }
    // A key that is held decides once; behind the list of keys nothing happens.
    let is_other = event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat();
    if is_other || help.get_untracked() || is_typing(event) || are_off() {
        return;
    }
    let open = known.open_id();
    let has_item = open.is_some();
    // Only what is shown, with its buttons, can be decided on.
    let is_ready = has_item && wishes.ready.get_untracked() == open;
    let key = event.key();
    match key.as_str() {
        "j" | "ArrowDown" if key == "j" || !has_item => known.step(1),
        "k" => known.step(-1),
        "o" => focus("item"),
        "u" => {
            Toast::take_back(desk);
        }
        "x" | "X" => match open {
            Some(open) if key == "x" => known.mark(&open),
            Some(open) => known.mark_to(&open),
            None => return,
        },
        "b" => focus("bulk"),
        "c" if is_ready => wishes.wish.set(Some(Wish::Hold)),
        "?" => help.set(true),
        key => {
            let key = Verdict::ALL.iter().map(|verdict| key_of(*verdict)).find(|known| *known == key);
            match key {
                Some(key) if is_ready => wishes.wish.set(Some(Wish::Decide(key))),
                _ => return,
            }
        }
    }
    event.prevent_default();
}

/// Whether the key goes into a field, or means something to what has the focus.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        // In a mark of the list nothing is typed.
        let is_mark = target.matches(".items input").unwrap_or_default();
        (matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") && !is_mark)
            || target.has_attribute("contenteditable")
    })
}

fn are_off() -> bool {
    let storage = window().local_storage().ok().flatten();
    storage.and_then(|storage| storage.get_item(OFF).ok().flatten()).is_some()
}

fn turn(off: bool) {
    let Some(storage) = window().local_storage().ok().flatten() else { return };
    // Where nothing can be kept, the keys are as they were next time.
    let _kept = if off { storage.set_item(OFF, "1") } else { storage.remove_item(OFF) };
}

/// The list of keys.
#[component]
pub(super) fn Help(
    /// Whether it is.
    shown: RwSignal<bool>,
) -> impl IntoView {
    let words = Desk::get().words();
    let off = RwSignal::new(are_off());
    Effect::new(move || turn(off.get()));
    // Where the focus was before the list took it.
    let before = StoredValue::new_local(None::<HtmlElement>);
    Effect::new(move || {
        if shown.get() {
            let active = document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
            before.set_value(active);
            request_animation_frame(|| focus("keys"));
        } else if let Some(active) = before.try_update_value(Option::take).flatten() {
            // What has gone meanwhile cannot take it.
            let _focused = active.focus();
        }
    });
    let list = move || {
        shown.get().then(|| {
            let keys = [
                ("j", words.keys_next()),
                ("k", words.keys_previous()),
                ("o", words.keys_open()),
                ("c", words.keys_claim()),
                ("x", words.bulk_key_mark()),
                ("X", words.bulk_key_range()),
                ("b", words.bulk_key_bar()),
                (key_of(Verdict::Accept), words.verdict(Verdict::Accept)),
                (key_of(Verdict::Ask), words.verdict(Verdict::Ask)),
                (key_of(Verdict::Return), words.verdict(Verdict::Return)),
                (key_of(Verdict::Reject), words.verdict(Verdict::Reject)),
                (key_of(Verdict::Keep), words.verdict(Verdict::Keep)),
                (key_of(Verdict::Remove), words.verdict(Verdict::Remove)),
                (key_of(Verdict::Uphold), words.verdict(Verdict::Uphold)),
                (key_of(Verdict::Overturn), words.verdict(Verdict::Overturn)),
                ("u", words.undo()),
                ("Ctrl Enter", words.keys_send()),
                ("Esc", words.keys_close()),
                ("?", words.keys_title()),
            ];
            let keys = keys.map(|(key, text)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{text}</dd></div> });
            view! {
                <div class="keys" id="keys" role="dialog" aria-modal="false" aria-labelledby="keys-title" tabindex="-1">
                    <h2 id="keys-title">{words.keys_title()}</h2>
                    <dl>{keys.collect_view()}</dl>
                    <p><label><input type="checkbox" bind:checked=off/> {words.keys_off()}</label></p>
                    <p class="buttons"><button type="button" on:click=move |_| shown.set(false)>{words.close()}</button></p>
                </div>
            }
        })
    };
    view! { {list} }
}
