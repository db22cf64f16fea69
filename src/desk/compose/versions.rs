//! Older versions: looked at, compared, put back.

use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;
use weerklank_api::desk::draft::Response as Draft;
use weerklank_api::desk::revisions::{self, Compared, Response, Revision};
use weerklank_domain::compose::Cause;

use super::super::state::Desk;
use super::super::toast::Toast;
use super::super::{api, time};
use super::fields::label;
use super::save;
use super::writing::Writing;

/// The list, and what the one that is open changed.
#[component]
pub(super) fn Versions() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let writing = Writing::get();
    let known = RwSignal::new(None::<Vec<Revision>>);
    let shown = RwSignal::new(None::<(i64, Compared)>);
    let read = move || {
        spawn_local(async move {
            match api::get::<Response>(&writing.url(revisions::PATH)).await {
                Ok(told) => {
                    let _known = known.try_set(Some(told.revisions));
                }
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    // Anew whenever something was saved.
    Effect::new(move || {
        writing.version.track();
        read();
    });
    let one = move |version: i64| writing.url(revisions::ONE).replace("{version}", &version.to_string());
    let show = move |version: i64| {
        if shown.with_untracked(|shown| shown.as_ref().is_some_and(|(open, _)| *open == version)) {
            return shown.set(None);
        }
        spawn_local(async move {
            match api::get::<Compared>(&one(version)).await {
                Ok(compared) => {
                    let _shown = shown.try_set(Some((version, compared)));
                }
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    let restore = move |version: i64| {
        spawn_local(async move {
            // What is typed now is a version as well, to go back to.
            if !save::settled(desk, writing).await {
                return;
            }
            let before = writing.sheet();
            let on = writing.version.get_untracked();
            match api::ask_on::<Draft>(Method::POST, &one(version), on, &json!({})).await {
                // Closed meanwhile, or typed on: what was typed is merged with what was put back.
                Ok(_) if writing.sheet() != before => {}
                Ok(draft) => {
                    writing.version.set(draft.version);
                    writing.put(draft.sheet.clone());
                    writing.told(draft);
                    Toast::told(words.compose_version_restored_told()).show(desk);
                }
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    let line = move |revision: Revision| {
        let version = revision.version;
        let cause = match revision.cause {
            Cause::Begun => words.compose_version_begun(),
            Cause::Saved => words.compose_version_saved(),
            Cause::Restored => words.compose_version_restored(),
        };
        let published =
            revision.is_published.then(|| view! { " · "<b>{words.compose_version_published()}</b> });
        let is_open = move || shown.with(|shown| shown.as_ref().is_some_and(|(open, _)| *open == version));
        let compared = move || {
            shown.get().filter(|(open, _)| *open == version).map(|(_, compared)| {
                let is_same = compared.front.is_empty()
                    && !compared.body.contains("<ins>")
                    && !compared.body.contains("<del>");
                let fields: Vec<_> = compared
                    .front
                    .into_iter()
                    .map(|(key, html)| {
                        view! { <p><b>{label(words, key)}": "</b><span class="compared" inner_html=html></span></p> }
                    })
                    .collect();
                let nothing = is_same.then(|| view! { <p class="hint">{words.compose_version_same()}</p> });
                view! { {nothing}{fields}<div class="compared" inner_html=compared.body></div> }
            })
        };
        let is_last = move || writing.version.get() == version;
        let back = move || {
            (!is_last()).then(|| {
                view! {
                    <button type="button" on:click=move |_| restore(version)>{words.compose_version_restore()}</button>
                }
            })
        };
        view! {
            <li>
                <p>
                    <time datetime=revision.saved_at.clone()>{time::moment(words, &revision.saved_at)}</time>
                    " · "{cause}" · "<bdi>{revision.saved_by}</bdi>{published}
                </p>
                <p class="buttons">
                    <button type="button" aria-expanded=move || is_open().to_string() on:click=move |_| show(version)>
                        {words.compose_version_show()}
                    </button>
                    {back}
                </p>
                {compared}
            </li>
        }
    };
    let list = move || match known.get() {
        None => view! { <p role="status">{words.asking()}</p> }.into_any(),
        Some(known) if known.len() < 2 => view! { <p>{words.compose_versions_none()}</p> }.into_any(),
        Some(known) => {
            let known: Vec<_> = known.into_iter().map(line).collect();
            view! { <ol class="versions">{known}</ol> }.into_any()
        }
    };
    view! { {list} }
}
