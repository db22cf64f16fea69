//! A picture from one's own device.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;
use weerklank_api::desk::images::{self, Response};

use super::super::api;
use super::super::state::Desk;

/// Chooses a file and sends it at once.
#[component]
pub(super) fn Upload(
    /// Of the field, for its label.
    id: &'static str,
    /// Called with its address on the board.
    done: Callback<String>,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let field = NodeRef::<Input>::new();
    let sending = RwSignal::new(false);
    let choose = move |_| {
        let Some(input) = field.get_untracked() else { return };
        let file: Option<File> = input.files().and_then(|files| files.get(0));
        let Some(file) = file else { return };
        // The same file can be chosen again.
        input.set_value("");
        sending.set(true);
        spawn_local(async move {
            let kept = api::upload::<Response>(images::PATH, &file).await;
            let _ended = sending.try_set(false);
            match kept {
                Ok(picture) => {
                    if !sending.is_disposed() {
                        done.run(picture.address);
                    }
                }
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    let state = move || sending.get().then(|| words.compose_uploading());
    view! {
        <p class="field">
            <label for=id>{words.compose_upload()}</label>
            <input id=id type="file" accept="image/jpeg,image/png,image/webp" node_ref=field
                disabled=move || sending.get() on:change=choose/>
            <span class="hint" role="status">{state}</span>
        </p>
    }
}
