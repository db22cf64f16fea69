//! To the board, now or later, and off it again.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde_json::json;
use weerklank_api::desk::draft::{self, Response};
use weerklank_api::desk::drafts::Place;
use weerklank_api::desk::publication::{self, Request, TakeOff};
use weerklank_domain::compose::limits;

use super::super::api::{self, Failure};
use super::super::state::Desk;
use super::super::toast::Toast;
use super::merge;
use super::replies::Replies;
use super::save;
use super::senders::Senders;
use super::writing::Writing;
use crate::routes::{DeskRoute, Route};

/// What can be done with it as it stands.
#[component]
pub(super) fn Publish() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let writing = Writing::get();
    // All of what is typed, or nothing: what is published is what one sees.
    let publish = move |at: Option<String>| {
        if writing.busy.get_untracked() {
            return;
        }
        writing.busy.set(true);
        spawn_local(async move {
            if !save::settled(desk, writing).await {
                let _done = writing.busy.try_set(false);
                return;
            }
            writing.faults.set(Vec::new());
            let is_now = at.is_none();
            let request = Request { version: writing.version.get_untracked(), at };
            match tell(writing, Method::POST, publication::PATH, &request).await {
                Ok(()) if is_now => Toast::told(words.compose_publish_done()).show(desk),
                Ok(()) => {}
                Err(failure) => writing.failed(desk, &failure),
            }
            let _done = writing.busy.try_set(false);
        });
    };
    let place = Memo::new(move |_| writing.draft.with(|draft| draft.place));
    let is_public = Memo::new(move |_| writing.draft.with(|draft| draft.is_public));
    let now = move || {
        let label = if place.get() == Place::Changed {
            words.compose_publish_again()
        } else {
            words.compose_publish_now()
        };
        // As it is, it stands there.
        (place.get() != Place::Published).then(|| {
            view! {
                <button type="button" class="main" disabled=move || writing.busy.get() on:click=move |_| publish(None)>
                    {label}
                </button>
            }
        })
    };
    let see = move || {
        let slug = writing.draft.with(|draft| draft.slug.clone())?;
        let url = Route::Column(slug.parse().ok()?).url();
        is_public
            .get()
            .then(|| view! { <a class="button" href=url target="_blank">{words.compose_publish_view()}</a> })
    };
    let mend = move || {
        writing.faults.with(|faults| !faults.is_empty()).then(|| {
            let at = writing.faults.with(|faults| faults.iter().any(|fault| fault == "at"));
            let line = if at { words.compose_mend_at() } else { words.failure_draft() };
            view! { <p class="fault" role="alert">{line}</p> }
        })
    };
    let failed = move || {
        let code = writing.draft.with(|draft| draft.publish_failed.clone())?;
        let why = Failure::of(&code).words(words);
        Some(view! { <p class="wrong" role="status">{words.compose_publish_failed(&why)}</p> })
    };
    let changed = move || {
        writing.draft.with(|draft| draft.column_changed).then(|| {
            let take_in = move |_| {
                spawn_local(async move {
                    if save::settled(desk, writing).await && merge::merge(desk, writing, None).await {
                        save::save(desk, writing).await;
                    }
                });
            };
            view! {
                <div class="wrong">
                    <p>{words.compose_column_changed()}</p>
                    <p class="buttons"><button type="button" on:click=take_in>{words.compose_column_take_in()}</button></p>
                </div>
            }
        })
    };
    view! {
        {failed}
        {changed}
        {mend}
        <Senders/>
        <Replies/>
        <p class="buttons">{now} {see}</p>
        <Later publish=Callback::new(move |at| publish(Some(at)))/>
        {move || is_public.get().then(|| view! { <Off/> })}
        {move || matches!(place.get(), Place::Draft).then(|| view! { <Discard/> })}
    }
}

/// Does something to the draft, and shows what it is then.
async fn tell(writing: Writing, method: Method, pattern: &str, body: &impl Serialize) -> Result<(), Failure> {
    let draft = api::ask::<Response>(method, &writing.url(pattern), body).await?;
    writing.told(draft);
    Ok(())
}

/// The moment, where one is set; else a form that sets it.
#[component]
fn Later(
    /// Called with the moment, as the field gives it.
    publish: Callback<String>,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let writing = Writing::get();
    let at = RwSignal::new(String::new());
    let set = move || {
        let scheduled = writing.draft.with(|draft| draft.scheduled.clone())?;
        let is_older = scheduled.version != writing.version.get();
        let older = is_older.then(|| view! { <p class="hint">{words.compose_publish_scheduled_older()}</p> });
        let off = move |_| {
            spawn_local(async move {
                if let Err(failure) = tell(writing, Method::DELETE, publication::PATH, &json!({})).await {
                    desk.failed(&failure);
                }
            });
        };
        Some(view! {
            <p role="status">{words.compose_publish_scheduled(&scheduled.at, &scheduled.by)}</p>
            {older}
            <p class="buttons"><button type="button" on:click=off>{words.compose_publish_unschedule()}</button></p>
        })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        publish.run(at.get_untracked());
    };
    view! {
        <details open=move || writing.draft.with(|draft| draft.scheduled.is_some())>
            <summary>{words.compose_publish_later()}</summary>
            {set}
            <form on:submit=submit>
                <p class="field">
                    <label for="publish-at">{words.compose_publish_at()}</label>
                    <input id="publish-at" type="datetime-local" required bind:value=at/>
                </p>
                <p class="buttons"><button type="submit">{words.compose_publish_schedule()}</button></p>
            </form>
        </details>
    }
}

/// Off the board, with a reason.
#[component]
fn Off() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let writing = Writing::get();
    let reason = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            let request = TakeOff { reason: reason.get_untracked() };
            match tell(writing, Method::POST, publication::TAKEN_OFF, &request).await {
                Ok(()) => Toast::told(words.compose_take_off_done()).show(desk),
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    view! {
        <details>
            <summary>{words.compose_take_off()}</summary>
            <form on:submit=submit>
                <p class="field">
                    <label for="off-reason">{words.compose_take_off_reason()}</label>
                    <textarea id="off-reason" rows="3" required maxlength=limits::REMARK.to_string() bind:value=reason></textarea>
                </p>
                <p class="buttons"><button type="submit">{words.compose_take_off_go()}</button></p>
            </form>
        </details>
    }
}

/// Away with it, asked twice.
#[component]
fn Discard() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let writing = Writing::get();
    let go = move |_| {
        spawn_local(async move {
            match api::tell_on(Method::DELETE, &writing.url(draft::PATH), writing.version.get_untracked())
                .await
            {
                Ok(()) => {
                    writing.forget();
                    desk.go(DeskRoute::Columns);
                    Toast::told(words.compose_discarded()).show(desk);
                }
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    view! {
        <details>
            <summary>{words.compose_discard()}</summary>
            <p>{words.compose_discard_sure()}</p>
            <p class="buttons"><button type="button" on:click=go>{words.compose_discard_go()}</button></p>
        </details>
    }
}
