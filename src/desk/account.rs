//! One's own password, second factor, passkeys and sessions.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;
use weerklank_api::desk::second_factor::{self, Response as Proposal};
use weerklank_api::desk::sessions::{self, Session};
use weerklank_api::desk::{Person, password};
use weerklank_domain::desk::Password;

use super::passkeys::Passkeys;
use super::set_up::password_fault;
use super::state::Desk;
use super::toast::Toast;
use super::{api, time};

/// All of it.
#[component]
pub(super) fn Account() -> impl IntoView {
    let words = Desk::get().words();
    view! {
        <main id="main" class="page" tabindex="-1">
            <h1>{words.nav_account()}</h1>
            <ChangePassword/>
            <SecondFactor/>
            <Passkeys/>
            <Sessions/>
        </main>
    }
}

#[component]
fn ChangePassword() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let (old, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    let whose = desk.me.with_untracked(|me| me.as_ref().map(|me| me.email.clone())).unwrap_or_default();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(fault) = password_fault(words, &new.get_untracked()) {
            return wrong.set(Some(fault));
        }
        wrong.set(None);
        spawn_local(async move {
            let request = password::Request { old: old.get_untracked(), new: new.get_untracked() };
            match api::ask::<Person>(Method::POST, password::PATH, &request).await {
                Ok(_) => {
                    old.set(String::new());
                    new.set(String::new());
                    Toast::told(words.password_changed()).show(desk);
                }
                Err(failure) => wrong.set(Some(failure.words(words))),
            }
        });
    };
    view! {
        <form on:submit=submit class="narrow">
            <h2>{words.password_title()}</h2>
            <input type="email" autocomplete="username" value=whose readonly hidden/>
            <p class="field">
                <label for="old">{words.password_old()}</label>
                <input id="old" type="password" autocomplete="current-password" required bind:value=old/>
            </p>
            <p class="field">
                <label for="new">{words.password_new()}</label>
                <span class="hint" id="new-hint">{words.password_hint(&Password::MIN.to_string())}</span>
                <input id="new" type="password" autocomplete="new-password" required aria-describedby="new-hint" bind:value=new/>
            </p>
            <p class="fault" role="alert">{move || wrong.get()}</p>
            <p class="buttons"><button type="submit">{words.password_go()}</button></p>
        </form>
    }
}

#[component]
fn SecondFactor() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let proposal = RwSignal::new(None::<Proposal>);
    let (typed, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    let has = move || desk.me.with(|me| me.as_ref().is_some_and(|me| me.has_second_factor));
    let set = move |has: bool| {
        desk.me.update(|me| {
            if let Some(me) = me {
                me.has_second_factor = has;
            }
        });
        proposal.set(None);
        typed.set(String::new());
        password.set(String::new());
        wrong.set(None);
    };
    let begin = move |_| {
        spawn_local(async move {
            match api::get::<Proposal>(second_factor::PATH).await {
                Ok(proposed) => proposal.set(Some(proposed)),
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(proposed) = proposal.get_untracked() else { return };
        spawn_local(async move {
            let request = second_factor::Request {
                secret: proposed.secret,
                code: typed.get_untracked(),
                password: password.get_untracked(),
            };
            match api::tell(Method::PUT, second_factor::PATH, &request).await {
                Ok(()) => {
                    set(true);
                    Toast::told(words.totp_added()).show(desk);
                }
                Err(failure) => wrong.set(Some(failure.words(words))),
            }
        });
    };
    let remove = move |event: SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            let request = second_factor::Removal { password: typed.get_untracked() };
            match api::tell(Method::DELETE, second_factor::PATH, &request).await {
                Ok(()) => {
                    set(false);
                    Toast::told(words.totp_removed()).show(desk);
                }
                Err(failure) => wrong.set(Some(failure.words(words))),
            }
        });
    };
    let body = move || {
        if has() {
            return view! {
                <form on:submit=remove>
                    <p>{words.totp_is_there()}</p>
                    <p class="field">
                        <label for="totp-password">{words.password_old()}</label>
                        <input id="totp-password" type="password" autocomplete="current-password" required bind:value=typed/>
                    </p>
                    <p class="fault" role="alert">{move || wrong.get()}</p>
                    <p class="buttons"><button type="submit">{words.totp_remove()}</button></p>
                </form>
            }
            .into_any();
        }
        match proposal.get() {
            None => view! {
                <p>{words.totp_lead()}</p>
                <p class="buttons"><button type="button" on:click=begin>{words.totp_begin()}</button></p>
            }
            .into_any(),
            Some(proposed) => view! {
                <form on:submit=add>
                    <p>{words.totp_scan()}</p>
                    // Drawn by our server, of squares alone.
                    <div class="picture" role="img" aria-label=words.totp_picture() inner_html=proposed.picture></div>
                    <p>{words.totp_typed()} " " <code class="secret">{proposed.secret}</code></p>
                    <p class="field">
                        <label for="totp-code">{words.code()}</label>
                        <input id="totp-code" inputmode="numeric" autocomplete="one-time-code" required maxlength="8" bind:value=typed/>
                    </p>
                    <p class="field">
                        <label for="totp-password">{words.password_old()}</label>
                        <input id="totp-password" type="password" autocomplete="current-password" required bind:value=password/>
                    </p>
                    <p class="fault" role="alert">{move || wrong.get()}</p>
                    <p class="buttons"><button type="submit" class="main">{words.totp_add()}</button></p>
                </form>
            }
            .into_any(),
        }
    };
    view! {
        <section class="narrow">
            <h2>{words.totp_title()}</h2>
            {body}
        </section>
    }
}

#[component]
fn Sessions() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let list = RwSignal::new(Vec::<Session>::new());
    let read = move || {
        spawn_local(async move {
            match api::get::<sessions::Response>(sessions::PATH).await {
                Ok(open) => list.set(open.sessions),
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    read();
    let end = move |id: String| {
        spawn_local(async move {
            let url = sessions::ONE.replace("{id}", &id);
            if let Err(failure) = api::tell(Method::DELETE, &url, &json!({})).await {
                desk.failed(&failure);
            }
            read();
        });
    };
    let line = move |session: Session| {
        let id = session.id.clone();
        let button = if session.is_this {
            view! { <span>{words.sessions_this()}</span> }.into_any()
        } else {
            view! { <button type="button" on:click=move |_| end(id.clone())>{words.sessions_end()}</button> }
                .into_any()
        };
        view! {
            <li>
                <p><bdi>{session.agent}</bdi></p>
                <p class="hint">{words.sessions_since(&time::moment(words, &session.began_at))}</p>
                {button}
            </li>
        }
    };
    view! {
        <section class="narrow">
            <h2>{words.sessions_title()}</h2>
            <ul class="sessions">{move || list.get().into_iter().map(line).collect_view()}</ul>
        </section>
    }
}
