//! Filters with a name: links above the filters.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;
use weerklank_api::desk::views::{self, Entry, Request, Response};
use weerklank_domain::desk::limits;

use crate::desk::api;
use crate::desk::decide::focus;
use crate::desk::state::Desk;
use crate::desk::toast::Toast;
use crate::routes::DeskRoute;

/// Seconds in which one that was removed comes back.
const BACK: u32 = 30;

/// One's own views, and keeping what is chosen as one.
#[component]
pub(super) fn Views(
    /// The words of the filter.
    query: Memo<String>,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let all = RwSignal::new(Vec::<Entry>::new());
    spawn_local(async move {
        match api::get::<Response>(views::PATH).await {
            // Another page may be shown by now.
            Ok(read) => drop(all.try_set(read.views)),
            Err(failure) => desk.failed(&failure),
        }
    });
    let in_force = Memo::new(move |_| in_order(&query.get()));
    let keep = move |name: String, query: String, done: Callback<()>| {
        spawn_local(async move {
            let request = Request { name, query };
            match api::ask::<Response>(Method::POST, views::PATH, &request).await {
                Ok(now) => {
                    if all.try_set(now.views).is_none() {
                        done.run(());
                    }
                }
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    let remove = move |view: Entry| {
        spawn_local(async move {
            match api::tell(Method::DELETE, &views::ONE.replace("{id}", &view.id), &json!({})).await {
                Ok(()) => {
                    let gone = view.id.clone();
                    if all.try_update(|all| all.retain(|view| view.id != gone)).is_some() {
                        request_animation_frame(|| focus("main"));
                    }
                    let told = words.views_removed(&view.name);
                    let back = move || keep(view.name.clone(), view.query.clone(), Callback::new(|()| {}));
                    Toast::told(told).undoable(BACK, back).show(desk);
                }
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    let link = move |view: Entry| {
        let url = DeskRoute::Queue { item: None, query: view.query.clone() }.url();
        let is_in_force = {
            let own = view.query.clone();
            move || in_force.with(|query| *query == own).then_some("true")
        };
        let (name, label) = (view.name.clone(), words.views_remove(&view.name));
        view! {
            <li>
                <a href=url aria-current=is_in_force><bdi>{name}</bdi></a>
                <button type="button" class="plain" aria-label=label on:click=move |_| remove(view.clone())>"×"</button>
            </li>
        }
    };
    let links = move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            view! { <nav aria-label=words.views_title()><ul>{all.into_iter().map(link).collect_view()}</ul></nav> }
        })
    };
    let name = RwSignal::new(String::new());
    let is_open = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let called = name.get_untracked();
        let done = Callback::new(move |()| {
            Toast::told(words.views_kept(called.trim())).show(desk);
            name.set(String::new());
            is_open.set(false);
            request_animation_frame(|| focus("keep"));
        });
        keep(name.get_untracked(), in_force.get_untracked(), done);
    };
    let is_chosen = Memo::new(move |_| in_force.with(|query| !query.is_empty()));
    let form = move || {
        is_open.get().then(|| {
            request_animation_frame(|| focus("view-name"));
            view! {
                <form on:submit=submit>
                    <label for="view-name">{words.views_name()}</label>
                    <input id="view-name" required maxlength=limits::VIEW_NAME.to_string() autocomplete="off" bind:value=name/>
                    <button type="submit">{words.templates_save()}</button>
                </form>
            }
        })
    };
    let keeping = move || {
        is_chosen.get().then(|| {
            view! {
                <button type="button" class="plain" id="keep" aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| is_open.update(|open| *open = !*open)>{words.views_keep()}</button>
                {form}
            }
        })
    };
    view! { <div class="views">{links}{keeping}</div> }
}

/// A filter in the one order that views have: an address may have been typed in another.
fn in_order(query: &str) -> String {
    let mut pairs: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    pairs.sort_unstable();
    pairs.join("&")
}
