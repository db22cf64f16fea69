//! What others do, as they do it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

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

/// The line to the server, and who listens on it.
type Line = StoredValue<Option<(EventSource, [EventListener; 5])>, LocalStorage>;

/// Holds the line for as long as somebody is signed in. What happened while there was none is read anew.
pub(super) fn listen(desk: Desk) {
    let line: Line = StoredValue::new_local(None);
    open(desk, line, Rc::new(Cell::new(0)));
    on_cleanup(move || {
        line.update_value(|line| hang_up(line.take()));
    });
}

/// `tries`: how often it was not there since it last was.
fn open(desk: Desk, line: Line, tries: Rc<Cell<u32>>) {
    let Ok(source) = EventSource::new(events::PATH) else { return };
    let missed = move || {
        if let Some(ear) = desk.ear.get_value() {
            ear.missed.run(());
        }
    };
    let (broke, refused) = (Rc::clone(&tries), source.clone());
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
        EventListener::new(&source, "error", move |_| {
            broke.set(broke.get().saturating_add(1));
            // One that breaks a browser opens again by itself, one that was refused it gives up: by something in
            // between, perhaps, while the server was started anew.
            if refused.ready_state() == EventSource::CLOSED {
                let tries = Rc::clone(&broke);
                let again = move || {
                    if line.try_update_value(|line| hang_up(line.take())).is_some() {
                        open(desk, line, tries);
                    }
                };
                set_timeout(again, pause(broke.get()));
            }
        }),
        EventListener::new(&source, "open", move |_| {
            if tries.replace(0) > 0 {
                missed();
            }
        }),
    ];
    line.set_value(Some((source, listeners)));
}

/// Before the next try: 2, 4, 8 seconds, at most about a minute.
const fn pause(tries: u32) -> Duration {
    Duration::from_secs(1 << if tries < 6 { tries } else { 6 })
}

fn hang_up(line: Option<(EventSource, [EventListener; 5])>) {
    if let Some((source, listeners)) = line {
        drop(listeners);
        source.close();
    }
}

fn text(event: &Event) -> Option<String> {
    event.dyn_ref::<MessageEvent>()?.data().as_string()
}
