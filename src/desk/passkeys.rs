//! One's passkeys, and coming in by one.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;
use weerklank_api::desk::passkeys::{self, Confirmation, Entered, Entry, Options, Passkey, Request};

use super::state::Desk;
use super::toast::Toast;
use super::{api, device, time};

/// Comes in without a password. Nothing where there are no passkeys.
#[component]
pub(super) fn ByPasskey(
    /// Called with who came in.
    done: Callback<Entered>,
    /// What went wrong, said where the form says it.
    wrong: RwSignal<Option<String>>,
) -> impl IntoView {
    let words = Desk::get().words();
    let busy = RwSignal::new(false);
    let enter = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let entering = async {
                let asked: Options = api::ask(Method::POST, passkeys::CHALLENGE, &json!({})).await?;
                let credential = device::sign(&asked.options).await?;
                api::ask::<Entered>(Method::POST, passkeys::ENTRY, &Entry { credential }).await
            };
            match entering.await {
                Ok(person) => done.run(person),
                Err(failure) => wrong.set(Some(failure.words(words))),
            }
            busy.set(false);
        });
    };
    device::knows_passkeys().then(|| {
        view! {
            <p class="buttons">
                <button type="button" id="by-passkey" on:click=enter
                    aria-disabled=move || busy.get().then_some("true")>{words.passkeys_enter()}</button>
            </p>
        }
    })
}

/// Which there are, and adding one.
#[component]
pub(super) fn Passkeys() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let list = RwSignal::new(Vec::<Passkey>::new());
    let removing = RwSignal::new(None::<String>);
    let read = move || {
        removing.set(None);
        spawn_local(async move {
            match api::get::<passkeys::Response>(passkeys::PATH).await {
                Ok(found) => list.set(found.passkeys),
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    read();
    let read = Callback::new(move |()| read());
    let line = move |passkey: Passkey| {
        let used = match &passkey.used_at {
            Some(at) => words.passkeys_used(&time::moment(words, at)),
            None => words.passkeys_unused().to_owned(),
        };
        let (id, name) = (passkey.id.clone(), passkey.name.clone());
        let below = move || {
            let id = id.clone();
            if removing.with(|removing| removing.as_ref() == Some(&id)) {
                view! { <Remove id=id cancel=Callback::new(move |()| removing.set(None)) done=read/> }
                    .into_any()
            } else {
                view! {
                    <button type="button" aria-label=words.passkeys_remove_one(&name)
                        on:click=move |_| removing.set(Some(id.clone()))>{words.passkeys_remove()}</button>
                }
                .into_any()
            }
        };
        view! {
            <li>
                <p><bdi>{passkey.name}</bdi></p>
                <p class="hint">{words.passkeys_made(&time::moment(words, &passkey.made_at))} " " {used}</p>
                {below}
            </li>
        }
    };
    let form = if device::knows_passkeys() {
        view! { <Add done=read/> }.into_any()
    } else {
        view! { <p>{words.passkeys_unknown()}</p> }.into_any()
    };
    view! {
        <section class="narrow" id="passkeys">
            <h2>{words.passkeys_title()}</h2>
            <p>{words.passkeys_lead()}</p>
            <ul class="sessions">{move || list.get().into_iter().map(line).collect_view()}</ul>
            {form}
        </section>
    }
}

#[component]
fn Add(
    /// Called once it is there.
    done: Callback<()>,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let adding = async {
                let confirmation = Confirmation { password: password.get_untracked() };
                let asked: Options = api::ask(Method::POST, passkeys::PROPOSAL, &confirmation).await?;
                let credential = device::make(&asked.options).await?;
                let request = Request { name: name.get_untracked(), credential };
                api::tell(Method::POST, passkeys::PATH, &request).await
            };
            match adding.await {
                Ok(()) => {
                    name.set(String::new());
                    password.set(String::new());
                    done.run(());
                    Toast::told(words.passkeys_added()).show(desk);
                }
                Err(failure) => wrong.set(Some(failure.words(words))),
            }
            busy.set(false);
        });
    };
    view! {
        <form on:submit=add>
            <p class="field">
                <label for="passkey-name">{words.passkeys_name()}</label>
                <span class="hint" id="passkey-hint">{words.passkeys_hint()}</span>
                <input id="passkey-name" required maxlength=passkeys::NAME.to_string() autocomplete="off"
                    aria-describedby="passkey-hint" bind:value=name/>
            </p>
            <p class="field">
                <label for="passkey-password">{words.password_old()}</label>
                <input id="passkey-password" type="password" autocomplete="current-password" required bind:value=password/>
            </p>
            <p class="fault" role="alert">{move || wrong.get()}</p>
            <p class="buttons">
                <button type="submit" aria-disabled=move || busy.get().then_some("true")>{words.passkeys_add()}</button>
            </p>
        </form>
    }
}

#[component]
fn Remove(
    /// Of the passkey.
    id: String,
    cancel: Callback<()>,
    /// Called once it is gone.
    done: Callback<()>,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let url = StoredValue::new(passkeys::ONE.replace("{id}", &id));
    drop(id);
    let password = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let field = NodeRef::<Input>::new();
    field.on_load(|field| {
        // An element that is there can be given the focus.
        let _focused = field.focus();
    });
    let remove = move |event: SubmitEvent| {
        event.prevent_default();
        wrong.set(None);
        spawn_local(async move {
            let confirmation = Confirmation { password: password.get_untracked() };
            match api::tell(Method::DELETE, &url.get_value(), &confirmation).await {
                Ok(()) => {
                    done.run(());
                    Toast::told(words.passkeys_removed()).show(desk);
                }
                Err(failure) => wrong.set(Some(failure.words(words))),
            }
        });
    };
    view! {
        <form on:submit=remove>
            <p class="field">
                <label for="remove-password">{words.password_old()}</label>
                <input id="remove-password" type="password" autocomplete="current-password" required
                    node_ref=field bind:value=password/>
            </p>
            <p class="fault" role="alert">{move || wrong.get()}</p>
            <p class="buttons">
                <button type="submit">{words.passkeys_remove()}</button>
                <button type="button" class="plain" on:click=move |_| cancel.run(())>{words.cancel()}</button>
            </p>
        </form>
    }
}
