//! Somebody sets their password.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use weerklank_api::desk::{Person, set_up};
use weerklank_domain::desk::Password;

use super::api;
use super::state::Desk;
use super::words::DeskWords;
use crate::routes::DeskRoute;

/// Whether a password is too short, before anybody is asked; the rest the server says.
pub(super) fn password_fault(words: DeskWords, typed: &str) -> Option<String> {
    (typed.chars().count() < Password::MIN).then(|| words.password_short(&Password::MIN.to_string()))
}

/// Sets the password and opens the desk.
#[component]
pub(super) fn SetUp(
    /// Of the link.
    token: String,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let url = StoredValue::new(set_up::PATH.replace("{token}", &token));
    let person = RwSignal::new(None::<Person>);
    let wrong = RwSignal::new(None::<String>);
    let gone = RwSignal::new(false);
    drop(token);
    spawn_local(async move {
        match api::get::<Person>(&url.get_value()).await {
            Ok(found) => person.set(Some(found)),
            Err(failure) if failure.code == "not-found" => gone.set(true),
            Err(failure) => wrong.set(Some(failure.words(words))),
        }
    });
    let password = RwSignal::new(String::new());
    let submit = Callback::new(move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(fault) = password_fault(words, &password.get_untracked()) {
            return wrong.set(Some(fault));
        }
        wrong.set(None);
        spawn_local(async move {
            let request = set_up::Request { password: password.get_untracked() };
            match api::ask::<Person>(Method::POST, &url.get_value(), &request).await {
                Ok(person) => {
                    desk.rename(DeskRoute::queue());
                    desk.welcome(person);
                }
                Err(failure) => wrong.set(Some(failure.words(words))),
            }
        });
    });
    let form = move || {
        if gone.get() {
            return view! { <p role="alert">{words.set_up_gone()}</p> }.into_any();
        }
        let Some(person) = person.get() else { return view! { <p>{words.asking()}</p> }.into_any() };
        view! {
            <p>{words.set_up_for(&person.name, words.role(person.role))}</p>
            <form on:submit=move |event| submit.run(event)>
                // Lets a password manager know whose it is.
                <input type="email" autocomplete="username" value=person.email.clone() readonly hidden/>
                <p class="field">
                    <label for="password">{words.password_new()}</label>
                    <span class="hint" id="password-hint">{words.password_hint(&Password::MIN.to_string())}</span>
                    <input id="password" type="password" autocomplete="new-password" required
                        aria-describedby="password-hint password-fault" bind:value=password/>
                </p>
                <p class="fault" id="password-fault" role="alert">{move || wrong.get()}</p>
                <p class="buttons"><button type="submit" class="main">{words.set_up_go()}</button></p>
            </form>
        }
        .into_any()
    };
    view! {
        <main id="main" class="alone" tabindex="-1">
            <h1>{words.set_up_title()}</h1>
            {form}
        </main>
    }
}
