//! The door.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use weerklank_api::desk::{Person, session};

use super::api;
use super::passkeys::ByPasskey;
use super::state::Desk;
use crate::routes::DeskRoute;

/// Signs in; afterwards the page that was asked for is there.
#[component]
pub(super) fn SignIn() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let (email, password, code) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wants_code = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let open = Callback::new(move |person: Person| {
        if desk.route.get_untracked().is_none() {
            desk.rename(DeskRoute::queue());
        }
        desk.welcome(person);
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let typed = code.get_untracked();
            let request = session::Request {
                email: email.get_untracked(),
                password: password.get_untracked(),
                code: (!typed.trim().is_empty()).then_some(typed),
            };
            match api::ask::<Person>(Method::POST, session::PATH, &request).await {
                Ok(person) => open.run(person),
                Err(failure) => {
                    if failure.code == "code-needed" {
                        wants_code.set(true);
                    }
                    code.set(String::new());
                    wrong.set(Some(failure.words(words)));
                }
            }
            busy.set(false);
        });
    };
    let code_field = move || {
        wants_code.get().then(|| {
            view! {
                <p class="field">
                    <label for="code">{words.code()}</label>
                    <input id="code" inputmode="numeric" autocomplete="one-time-code" autofocus
                        maxlength="8" bind:value=code/>
                </p>
            }
        })
    };
    view! {
        <main id="main" class="alone" tabindex="-1">
            <h1>{words.sign_in_title()}</h1>
            <form on:submit=submit>
                <p class="field">
                    <label for="email">{words.email()}</label>
                    <input id="email" type="email" autocomplete="username" required bind:value=email/>
                </p>
                <p class="field">
                    <label for="password">{words.password()}</label>
                    <input id="password" type="password" autocomplete="current-password" required bind:value=password/>
                </p>
                {code_field}
                <p class="fault" role="alert">{move || wrong.get()}</p>
                <p class="buttons">
                    <button type="submit" class="main" aria-disabled=move || busy.get().then_some("true")>{words.sign_in()}</button>
                </p>
            </form>
            <ByPasskey done=open wrong=wrong/>
            <p class="hint">{words.sign_in_lost()}</p>
        </main>
    }
}
