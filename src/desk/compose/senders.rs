//! What a column is made of, and what the senders think of the text.

use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;
use weerklank_api::desk::approval::{self, Request};
use weerklank_api::desk::draft::{ApprovalWord, MadeOf, Response};
use weerklank_domain::experience::State;

use super::super::api;
use super::super::state::Desk;
use super::super::toast::Toast;
use super::list::approval_words;
use super::save;
use super::writing::Writing;
use crate::routes::DeskRoute;

/// The senders, one by one, and asking them.
#[component]
pub(super) fn Senders() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let writing = Writing::get();
    let ask = move |_| {
        spawn_local(async move {
            if !save::settled(desk, writing).await {
                return;
            }
            let request = Request { version: writing.version.get_untracked() };
            match api::ask::<Response>(Method::POST, &writing.url(approval::PATH), &request).await {
                Ok(draft) => {
                    writing.told(draft);
                    Toast::told(words.compose_approval_done()).show(desk);
                }
                Err(failure) => writing.failed(desk, &failure),
            }
        });
    };
    let line = move |part: MadeOf| {
        let name = part.name.unwrap_or_else(|| words.compose_anonymous().to_owned());
        let route = DeskRoute::Queue { item: Some(part.experience), query: String::new() };
        let consent = (!part.consents).then(|| view! { <p class="fault">{words.compose_no_consent()}</p> });
        let state = (part.state != State::Accepted).then(|| {
            view! { <p class="fault">{words.compose_not_accepted(words.state(part.state))}</p> }
        });
        let remark =
            part.remark.map(|remark| view! { <blockquote class="said"><bdi>{remark}</bdi></blockquote> });
        view! {
            <li>
                <p><a href=route.url()><bdi>{words.compose_made_of_open(&name)}</bdi></a>
                    " · "{approval_words(words, part.approval)}</p>
                {consent}
                {state}
                {remark}
            </li>
        }
    };
    move || {
        let parts = writing.draft.with(|draft| draft.made_of.clone());
        if parts.is_empty() {
            return None;
        }
        let may_ask = parts.iter().any(|part| {
            matches!(
                part.approval,
                ApprovalWord::NotAsked | ApprovalWord::CannotBeAsked | ApprovalWord::Refused
            )
        });
        let button = may_ask.then(|| {
            view! {
                <p class="hint" id="ask-hint">{words.compose_approval_ask_hint()}</p>
                <p class="buttons">
                    <button type="button" aria-describedby="ask-hint" on:click=ask>{words.compose_approval_ask()}</button>
                </p>
            }
        });
        let parts: Vec<_> = parts.into_iter().map(line).collect();
        Some(view! {
            <section>
                <h2>{words.compose_made_of()}</h2>
                <ul class="senders">{parts}</ul>
                {button}
            </section>
        })
    }
}
