//! Nothing typed is lost: it is kept on the device at once and on the server a moment later, on the version
//! that it was made on.

use std::time::Duration;

use gloo_net::http::Method;
use js_sys::Promise;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Storage;
use weerklank_api::desk::draft::{self, Request, Saved};
use weerklank_domain::compose::Sheet;

use super::super::api;
use super::super::state::Desk;
use super::merge;
use super::writing::{Kept, Writing};

/// After the last key.
const PAUSE: Duration = Duration::from_millis(1_500);
const AGAIN: Duration = Duration::from_secs(10);

/// What was typed and is not saved yet, with the version it was made on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Copy {
    pub version: i64,
    pub sheet: Sheet,
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn key(id: &str) -> String {
    format!("weerklank.desk.draft.{id}")
}

/// What the device kept of a draft.
pub(super) fn on_device(id: &str) -> Option<Copy> {
    let text = storage()?.get_item(&key(id)).ok()??;
    serde_json::from_str(&text).ok()
}

fn keep_on_device(writing: Writing, sheet: &Sheet) {
    let copy = Copy { version: writing.version.get_untracked(), sheet: sheet.clone() };
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&copy)) {
        // A full or forbidden storage leaves the server, which is asked anyway.
        let _kept = storage.set_item(&key(&writing.id()), &text);
    }
}

pub(super) fn forget_on_device(id: &str) {
    if let Some(storage) = storage() {
        let _gone = storage.remove_item(&key(id));
    }
}

/// Saves whatever changes, as long as the editor is open, and what is left when it closes.
pub(super) fn keep_saving(desk: Desk, writing: Writing) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |is_first: Option<()>| {
        writing.front.track();
        writing.body.track();
        if is_first.is_none() {
            return;
        }
        let Some(sheet) = writing.sheet() else { return };
        keep_on_device(writing, &sheet);
        writing.kept.set(Kept::NotYet);
        plan(desk, writing, timer, PAUSE);
    });
    Effect::new(move || {
        if writing.kept.get() == Kept::Here {
            plan(desk, writing, timer, AGAIN);
        }
    });
    on_cleanup(move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
        let is_saved = writing.kept.try_get_untracked().is_none_or(|kept| kept == Kept::Saved);
        if let (false, Some(sheet)) = (is_saved, writing.sheet()) {
            let (id, version) = (writing.id(), writing.version.get_untracked());
            // Whatever becomes of it, the device has it until the draft is opened again.
            spawn_local(async move {
                let request = Request { sheet, has_seen_column: false };
                let url = draft::PATH.replace("{id}", &id);
                if api::ask_on::<Saved>(Method::PUT, &url, version, &request).await.is_ok() {
                    forget_on_device(&id);
                }
            });
        }
    });
}

fn plan(desk: Desk, writing: Writing, timer: StoredValue<Option<TimeoutHandle>>, after: Duration) {
    let handle = set_timeout_with_handle(
        move || {
            spawn_local(async move {
                save(desk, writing).await;
            });
        },
        after,
    );
    timer.update_value(|timer| {
        if let Some(earlier) = timer.take() {
            earlier.clear();
        }
        *timer = handle.ok();
    });
}

/// A moment.
async fn wait() {
    let moment = Promise::new(&mut |resolve, _| {
        set_timeout(
            move || {
                // Nothing can go wrong in telling that time went by.
                let _told = resolve.call0(&JsValue::UNDEFINED);
            },
            Duration::from_millis(50),
        );
    });
    let _over = JsFuture::from(moment).await;
}

/// Saves what is typed now. `true` where all of it is on the server when this ends.
pub(super) async fn save(desk: Desk, writing: Writing) -> bool {
    loop {
        match writing.kept.try_get_untracked() {
            None => return false,
            Some(Kept::Saved) => return true,
            // Whoever saves sees what was typed meanwhile; when they have done, this asks again.
            Some(Kept::Saving) => {
                wait().await;
                continue;
            }
            Some(Kept::NotYet | Kept::Here) => {}
        }
        if writing.merging.with_untracked(Option::is_some) {
            return false;
        }
        let Some(sheet) = writing.sheet() else { return false };
        writing.kept.set(Kept::Saving);
        let (id, version) = (writing.id(), writing.version.get_untracked());
        let has_seen_column = writing.has_seen_column.get_value();
        let request = Request { sheet: sheet.clone(), has_seen_column };
        let saved =
            api::ask_on::<Saved>(Method::PUT, &draft::PATH.replace("{id}", &id), version, &request).await;
        // Closed meanwhile: what is left is saved by then.
        let Some(now) = writing.sheet() else { return false };
        match saved {
            Ok(saved) => {
                writing.version.set(saved.version);
                writing.has_seen_column.set_value(false);
                writing.draft.update(|draft| {
                    draft.saved_at = saved.saved_at;
                    draft.column_changed &= !has_seen_column;
                });
                if now == sheet {
                    forget_on_device(&id);
                    writing.kept.set(Kept::Saved);
                    return true;
                }
                keep_on_device(writing, &now);
                writing.kept.set(Kept::NotYet);
            }
            Err(failure) if failure.code == "draft-changed" => {
                writing.kept.set(Kept::NotYet);
                // What was merged without a quarrel is saved at once.
                if !merge::merge(desk, writing, Some(version)).await {
                    return false;
                }
            }
            Err(failure) => {
                writing.kept.set(Kept::Here);
                if !failure.is_unreached() {
                    desk.failed(&failure);
                }
                return false;
            }
        }
    }
}
