//! What just happened, and taking it back.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::state::Desk;

/// A line at the bottom of the window.
#[derive(Clone)]
pub(super) struct Toast {
    text: String,
    is_wrong: bool,
    /// Takes it back, for so many seconds.
    undo: Option<(Arc<dyn Fn() + Send + Sync>, u32)>,
}

impl Toast {
    pub(super) fn told(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_wrong: false, undo: None }
    }

    pub(super) fn wrong(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_wrong: true, undo: None }
    }

    pub(super) fn undoable(self, seconds: u32, undo: impl Fn() + Send + Sync + 'static) -> Self {
        Self { undo: Some((Arc::new(undo), seconds)), ..self }
    }

    pub(super) fn show(self, desk: Desk) {
        desk.toast.set(Some(self));
    }

    /// Takes back what it tells of. `false` where there is nothing to take back.
    pub(super) fn take_back(desk: Desk) -> bool {
        let undo = desk.toast.get_untracked().and_then(|toast| toast.undo);
        match undo {
            Some((undo, _)) => {
                desk.toast.set(None);
                undo();
                true
            }
            None => false,
        }
    }
}

/// Where toasts are shown. What went wrong stays until it is put away.
#[component]
pub(super) fn Toasts() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let shown = move || {
        desk.toast.get().map(|toast| {
            let class = if toast.is_wrong { "toast wrong" } else { "toast" };
            let undo = toast.undo.map(|(_, seconds)| view! { <Undo seconds=seconds/> });
            view! {
                <div class=class>
                    <p>{toast.text}</p>
                    {undo}
                    <button type="button" class="plain" on:click=move |_| desk.toast.set(None)>
                        {words.close()}
                    </button>
                </div>
            }
        })
    };
    view! { <div class="toasts" role="status" aria-live="polite">{shown}</div> }
}

/// Takes back, while it can be; then the whole line goes.
#[component]
fn Undo(
    /// From now on.
    seconds: u32,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let left = RwSignal::new(seconds);
    let ticking = set_interval_with_handle(
        move || {
            left.update(|left| *left = left.saturating_sub(1));
            if left.get_untracked() == 0 {
                desk.toast.set(None);
            }
        },
        Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    view! {
        <button type="button" on:click=move |_| {
            Toast::take_back(desk);
        }>
            {words.undo()}
            // Seconds that are read out one by one would drown everything else.
            <span class="left" aria-hidden="true">{move || left.get()}</span>
        </button>
    }
}
