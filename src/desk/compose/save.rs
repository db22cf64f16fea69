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
use weerklank_api::desk::draft::{self, Request, Response, Saved};
use weerklank_domain::compose::Sheet;

use super::super::api;
use super::super::state::Desk;
use super::super::toast::Toast;
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

/// At a computer that several use, nobody meets what another has not saved yet.
fn key(editor: &str, id: &str) -> String {
    format!("weerklank.desk.draft.{editor}.{id}")
}

/// What the device kept of a draft for an editor.
pub(super) fn on_device(editor: &str, id: &str) -> Option<Copy> {
    let text = storage()?.get_item(&key(editor, id)).ok()??;
    serde_json::from_str(&text).ok()
}

fn keep_on_device(writing: Writing, sheet: &Sheet) {
    let copy = Copy { version: writing.version.get_untracked(), sheet: sheet.clone() };
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&copy)) {
        // A full or forbidden storage leaves the server, which is asked anyway.
        let _kept = storage.set_item(&key(&writing.editor(), &writing.id()), &text);
    }
}

/// Forgets what the device kept: where `saved` is named, only if that is what it kept. Another window may have
/// typed on.
pub(super) fn forget_on_device(editor: &str, id: &str, saved: Option<&Sheet>) {
    let is_it = saved.is_none_or(|saved| on_device(editor, id).is_none_or(|copy| copy.sheet == *saved));
    if let (true, Some(storage)) = (is_it, storage()) {
        let _gone = storage.remove_item(&key(editor, id));
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
        // Whoever saves at this moment sees it when they have done.
        if writing.kept.get_untracked() == Kept::Saving {
            return;
        }
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
            let (editor, id, version) = (writing.editor(), writing.id(), writing.version.get_untracked());
            let seen_column = writing.seen_column.get_value();
            // Where it does not arrive, the device has it until the draft is opened again.
            spawn_local(async move {
                let request = Request { sheet, seen_column };
                let url = draft::PATH.replace("{id}", &id);
                if api::ask_on::<Saved>(Method::PUT, &url, version, &request).await.is_ok() {
                    forget_on_device(&editor, &id, Some(&request.sheet));
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

/// Saves all of what is typed, before something is done with it; says why where it cannot be.
pub(super) async fn settled(desk: Desk, writing: Writing) -> bool {
    if save(desk, writing).await {
        return true;
    }
    let words = desk.words();
    let is_open = writing.merging.try_with_untracked(Option::is_some) == Some(true);
    let why = if is_open { words.compose_merge_title() } else { words.compose_kept_here() };
    Toast::wrong(why).show(desk);
    false
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
            Some(Kept::NotYet | Kept::Here | Kept::Refused) => {}
        }
        if writing.merging.with_untracked(Option::is_some) {
            return false;
        }
        let Some(sheet) = writing.sheet() else { return false };
        writing.kept.set(Kept::Saving);
        let (id, version) = (writing.id(), writing.version.get_untracked());
        let seen_column = writing.seen_column.get_value();
        let has_seen = seen_column.is_some();
        let request = Request { sheet: sheet.clone(), seen_column };
        let saved =
            api::ask_on::<Saved>(Method::PUT, &draft::PATH.replace("{id}", &id), version, &request).await;
        // Closed meanwhile: what is left is saved by then.
        let Some(now) = writing.sheet() else { return false };
        match saved {
            Ok(saved) => {
                writing.version.set(saved.version);
                if has_seen {
                    writing.seen_column.set_value(None);
                }
                writing.draft.update(|draft| {
                    draft.saved_at = saved.saved_at;
                    draft.column_changed &= !has_seen;
                });
                if now == sheet {
                    forget_on_device(&writing.editor(), &id, Some(&sheet));
                    writing.kept.set(Kept::Saved);
                    return true;
                }
                keep_on_device(writing, &now);
                writing.kept.set(Kept::NotYet);
            }
            Err(failure) if failure.code == "draft-changed" => {
                writing.kept.set(Kept::NotYet);
                // It may be one's own: stored, and the answer lost on the way.
                let known = api::get::<Response>(&draft::PATH.replace("{id}", &id)).await;
                if let Ok(known) = known
                    && known.sheet == sheet
                {
                    writing.version.set(known.version);
                    continue;
                }
                // What was merged without a quarrel is saved at once.
                if !merge::merge(desk, writing, Some(version)).await {
                    return false;
                }
            }
            Err(failure) if failure.is_unreached() => {
                writing.kept.set(Kept::Here);
                return false;
            }
            Err(failure) => {
                // What cannot succeed is not tried again before something changes.
                writing.kept.set(Kept::Refused);
                desk.failed(&failure);
                return false;
            }
        }
    }
}
