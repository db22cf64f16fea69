//! What is being written, and beginning something new.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use weerklank_api::desk::draft::ApprovalWord;
use weerklank_api::desk::drafts::{self, Begun, Line, Place, Request, Response};
use weerklank_api::{columns, search};

use super::super::state::Desk;
use super::super::words::DeskWords;
use super::super::{api, time};
use super::writing::place_words;
use crate::routes::DeskRoute;

/// Begins a draft, or finds the one that there is, and goes there.
pub(in super::super) fn begin(desk: Desk, request: Request) {
    spawn_local(async move {
        match api::ask::<Begun>(Method::POST, drafts::PATH, &request).await {
            Ok(begun) => desk.go(DeskRoute::Draft(begun.id)),
            Err(failure) => desk.failed(&failure),
        }
    });
}

/// All of it.
#[component]
pub(in super::super) fn Columns() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let (lines, next) = (RwSignal::new(None::<Vec<Line>>), RwSignal::new(None::<String>));
    let read = move |cursor: Option<String>| {
        spawn_local(async move {
            let url = match &cursor {
                Some(cursor) => format!("{}?cursor={cursor}", drafts::PATH),
                None => drafts::PATH.to_owned(),
            };
            match api::get::<Response>(&url).await {
                Ok(page) => {
                    let _shown = lines.try_update(|lines| {
                        lines.get_or_insert_default().extend(page.drafts);
                    });
                    let _gone = next.try_set(page.next);
                }
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    read(None);
    let list = move || match lines.get() {
        None => view! { <p role="status">{words.asking()}</p> }.into_any(),
        Some(lines) if lines.is_empty() => view! { <p>{words.columns_none()}</p> }.into_any(),
        Some(lines) => {
            let lines: Vec<_> = lines.into_iter().map(|line| line_view(words, line)).collect();
            view! { <ul class="items">{lines}</ul> }.into_any()
        }
    };
    let more = move || {
        next.get().map(|cursor| {
            view! {
                <p class="buttons">
                    <button type="button" on:click=move |_| read(Some(cursor.clone()))>{words.columns_more()}</button>
                </p>
            }
        })
    };
    view! {
        <main id="main" class="page columns" tabindex="-1">
            <h1>{words.columns_title()}</h1>
            <p class="buttons">
                <button type="button" class="main" on:click=move |_| begin(desk, Request::default())>
                    {words.columns_new()}
                </button>
            </p>
            <p class="hint">{words.columns_lead()}</p>
            {list}
            {more}
            <FromBoard/>
        </main>
    }
}

fn line_view(words: DeskWords, line: Line) -> AnyView {
    let title = if line.title.is_empty() { words.columns_untitled().to_owned() } else { line.title };
    let place = match (&line.publish_at, line.place) {
        (Some(at), Place::Scheduled) => words.columns_place_scheduled_at(at),
        (_, place) => place_words(words, place).to_owned(),
    };
    let failed = line.publish_failed.then(|| view! { <span class="marked">{words.columns_failed()}</span> });
    let approvals: Vec<_> = line
        .approvals
        .into_iter()
        .map(|approval| {
            let class = if approval == ApprovalWord::Refused { "marked" } else { "" };
            view! { <span class=class>{approval_words(words, approval)}</span> }
        })
        .collect();
    let saved = words.columns_saved(&time::moment(words, &line.saved_at), &line.saved_by);
    view! {
        <li>
            <a href=DeskRoute::Draft(line.id).url()>
                <span class="excerpt">{title}</span>
                <span class="meta"><span>{place}</span>{failed}{approvals}<span>{saved}</span></span>
            </a>
        </li>
    }
    .into_any()
}

pub(super) fn approval_words(words: DeskWords, approval: ApprovalWord) -> &'static str {
    match approval {
        ApprovalWord::NotAsked => words.compose_approval_not_asked(),
        ApprovalWord::CannotBeAsked => words.compose_approval_cannot(),
        ApprovalWord::Asked => words.compose_approval_asked(),
        ApprovalWord::Approved => words.compose_approval_approved(),
        ApprovalWord::Refused => words.compose_approval_refused(),
    }
}

/// Columns that stand on the board, to be edited.
#[component]
fn FromBoard() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let (query, found) = (RwSignal::new(String::new()), RwSignal::new(None::<Vec<(String, String)>>));
    let find = move || {
        spawn_local(async move {
            let asked = query.get_untracked();
            let asked = asked.trim();
            let url = if asked.is_empty() {
                format!("{}?limit=10", columns::PATH)
            } else {
                format!("{}?limit=10&q={}", search::PATH, js_sys::encode_uri_component(asked))
            };
            match api::get::<Value>(&url).await {
                Ok(page) => {
                    let text = |item: &Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
                    let items = page["items"].as_array().into_iter().flatten();
                    let items = items.map(|item| (text(item, "slug"), text(item, "title"))).collect();
                    let _shown = found.try_set(Some(items));
                }
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    find();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        find();
    };
    let list = move || {
        found.get().map(|items| {
            if items.is_empty() {
                return view! { <p role="status">{words.columns_edit_none()}</p> }.into_any();
            }
            let items: Vec<_> = items
                .into_iter()
                .map(|(slug, title)| {
                    let edit = move |_| {
                        begin(desk, Request { column: Some(slug.clone()), ..Request::default() });
                    };
                    view! {
                        <li class="buttons">
                            <span>{title.clone()}</span>
                            <button type="button" on:click=edit aria-label=format!("{}: {title}", words.columns_edit())>
                                {words.columns_edit()}
                            </button>
                        </li>
                    }
                })
                .collect();
            view! { <ul class="found-columns">{items}</ul> }.into_any()
        })
    };
    view! {
        <section>
            <h2>{words.columns_edit_title()}</h2>
            <form on:submit=submit role="search" class="narrow">
                <p class="field">
                    <label for="column-query">{words.columns_edit_search()}</label>
                    <span class="hint" id="column-hint">{words.columns_edit_hint()}</span>
                    <input id="column-query" type="search" maxlength="200" bind:value=query aria-describedby="column-hint"/>
                </p>
                <p class="buttons"><button type="submit">{words.columns_edit_search()}</button></p>
            </form>
            {list}
        </section>
    }
}
