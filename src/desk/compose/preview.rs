//! The text as its page will show it: the server draws both.

use std::time::Duration;

use gloo_net::http::Method;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use weerklank_api::desk::preview::{self, Request, Response};
use weerklank_domain::Lang;
use weerklank_domain::compose::SheetKey;

use super::super::api;
use super::super::state::Desk;
use super::writing::Writing;

/// After the last key.
const PAUSE: Duration = Duration::from_millis(250);

/// What a reader will see.
#[component]
pub(super) fn Preview() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let writing = Writing::get();
    let drawn = RwSignal::new(None::<Response>);
    let lang = Memo::new(move |_| {
        let word = writing.front.with(|front| front.get(&SheetKey::Lang).cloned());
        word.and_then(|word| word.parse::<Lang>().ok()).unwrap_or(words.lang())
    });
    let draw = move || {
        spawn_local(async move {
            let (Some(lang), Some(body)) = (lang.try_get_untracked(), writing.body.try_get_untracked())
            else {
                return;
            };
            let request = Request { lang, body };
            if let Ok(told) = api::ask::<Response>(Method::POST, preview::PATH, &request).await {
                // Of what was typed meanwhile there will be another.
                let is_last = writing.body.try_with_untracked(|body| *body == request.body);
                if is_last == Some(true) {
                    let _shown = drawn.try_set(Some(told));
                }
            }
        });
    };
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |is_first: Option<()>| {
        writing.body.track();
        lang.track();
        if is_first.is_none() {
            return draw();
        }
        let handle = set_timeout_with_handle(draw, PAUSE);
        timer.update_value(|timer| {
            if let Some(earlier) = timer.take() {
                earlier.clear();
            }
            *timer = handle.ok();
        });
    });
    on_cleanup(move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    });
    let title = move || writing.front.with(|front| front.get(&SheetKey::Title).cloned());
    let length = move || {
        drawn.get().map(|drawn| {
            words.compose_length(
                &words.number(drawn.reading_minutes.into()),
                &words.number(drawn.words.into()),
            )
        })
    };
    view! {
        <p class="hint">{length}</p>
        <article class="column preview" lang=move || lang.get().as_str()>
            <h1>{title}</h1>
            <div class="prose" inner_html=move || drawn.get().map(|drawn| drawn.html)></div>
        </article>
    }
}
