//! What others do, as they do it.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, EventSource, MessageEvent};
use weerklank_api::desk::{Item, events};

use super::state::Desk;

/// Who wants to know.
#[derive(Clone, Copy)]
pub(super) struct Ear {
    /// An item changed.
    item: Callback<Item>,
    /// Some were missed: what is known has to be read anew.
    missed: Callback<()>,
}

/// Lets the page that is shown know, for as long as it is.
pub(super) fn on_item(
    desk: Desk,
    item: impl Fn(Item) + Send + Sync + 'static,
    missed: impl Fn() + Send + Sync + 'static,
) {
    desk.ear.set_value(Some(Ear { item: Callback::new(item), missed: Callback::new(move |()| missed()) }));
    on_cleanup(move || desk.ear.set_value(None));
}

/// Opens the line for as long as somebody is signed in. A browser opens it again by itself when it
/// breaks; what happened meanwhile is then read anew.
pub(super) fn listen(desk: Desk) {
    let Ok(source) = EventSource::new(events::PATH) else { return };
    let missed = move || {
        if let Some(ear) = desk.ear.get_value() {
            ear.missed.run(());
        }
    };
    let broke = Rc::new(Cell::new(false));
    let breaks = Rc::clone(&broke);
    let listeners = [
        EventListener::new(&source, "waiting", move |event| {
            if let Some(count) = text(event).and_then(|count| count.parse().ok()) {
                desk.waiting.set(Some(count));
            }
        }),
        EventListener::new(&source, "item", move |event| {
            let item = text(event).and_then(|item| serde_json::from_str(&item).ok());
            if let (Some(ear), Some(item)) = (desk.ear.get_value(), item) {
                ear.item.run(item);
            }
        }),
        EventListener::new(&source, "missed", move |_| missed()),
        EventListener::new(&source, "error", move |_| breaks.set(true)),
        EventListener::new(&source, "open", move |_| {
            if broke.replace(false) {
                missed();
            }
        }),
    ];
    let line = StoredValue::new_local(Some((source, listeners)));
    on_cleanup(move || {
        line.update_value(|line| {
            if let Some((source, listeners)) = line.take() {
                drop(listeners);
                source.close();
            }
        });
    });
}

fn text(event: &Event) -> Option<String> {
    event.dyn_ref::<MessageEvent>()?.data().as_string()
}
