//! Mails that have not left: for chiefs and admins.

use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;
use weerklank_api::desk::mails::{self, Mail, Queued, Response};

use super::state::Desk;
use super::toast::Toast;
use super::words::DeskWords;
use super::{api, time};

/// How many wait, why, and what was given up.
#[component]
pub(super) fn Mails() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let known = RwSignal::new(None::<Response>);
    let read = move || {
        spawn_local(async move {
            match api::get::<Response>(mails::PATH).await {
                Ok(mails) => known.set(Some(mails)),
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    read();
    let retry = move |id: String| {
        spawn_local(async move {
            match api::tell(Method::POST, &mails::RETRY.replace("{id}", &id), &json!({})).await {
                Ok(()) => Toast::told(words.mails_retried()).show(desk),
                Err(failure) => desk.failed(&failure),
            }
            read();
        });
    };
    let line = move |mail: Mail| {
        let id = mail.id;
        view! {
            <tr>
                <td><time datetime=mail.created_at.clone()>{time::moment(words, &mail.created_at)}</time></td>
                <td>{mail.subject}</td>
                <td><bdi>{mail.last_error}</bdi> <span class="hint">{words.mails_tried(u64::from(mail.attempts))}</span></td>
                <td><button type="button" on:click=move |_| retry(id.clone())>{words.mails_retry()}</button></td>
            </tr>
        }
    };
    let body = move || {
        known.get().map(|mails| {
            let no_server =
                (!mails.has_server).then(|| view! { <p class="wrong">{words.mails_no_server()}</p> });
            let dead = if mails.mails.is_empty() {
                view! { <p>{words.mails_none_dead()}</p> }.into_any()
            } else {
                view! {
                    <h2>{words.mails_dead(mails.dead)}</h2>
                    <div class="wide">
                        <table>
                            <thead><tr>
                                <th scope="col">{words.audit_at()}</th>
                                <th scope="col">{words.mails_subject()}</th>
                                <th scope="col">{words.mails_error()}</th>
                                <th scope="col"><span class="unseen">{words.people_actions()}</span></th>
                            </tr></thead>
                            <tbody>{mails.mails.into_iter().map(line).collect_view()}</tbody>
                        </table>
                    </div>
                }
                .into_any()
            };
            view! {
                {no_server}
                <p>{words.mails_waiting(mails.waiting)} " " {words.mails_unconfirmed(mails.unconfirmed)}</p>
                {queue(words, mails.queued)}
                {dead}
            }
        })
    };
    view! {
        <main id="main" class="page" tabindex="-1">
            <h1>{words.nav_mails()}</h1>
            {body}
        </main>
    }
}

/// What waits, the oldest first.
fn queue(words: DeskWords, queued: Vec<Queued>) -> impl IntoView {
    let line = move |mail: Queued| {
        let error = mail.last_error.map(|error| view! { <bdi>{error}</bdi> " " });
        view! {
            <tr>
                <td><time datetime=mail.created_at.clone()>{time::moment(words, &mail.created_at)}</time></td>
                <td>{mail.subject}</td>
                <td>{error} <span class="hint">{words.mails_tried(u64::from(mail.attempts))}</span></td>
            </tr>
        }
    };
    (!queued.is_empty()).then(|| {
        view! {
            <h2>{words.mails_queued()}</h2>
            <div class="wide">
                <table>
                    <thead><tr>
                        <th scope="col">{words.audit_at()}</th>
                        <th scope="col">{words.mails_subject()}</th>
                        <th scope="col">{words.mails_error()}</th>
                    </tr></thead>
                    <tbody>{queued.into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        }
    })
}
