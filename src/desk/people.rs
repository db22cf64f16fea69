//! Who is at the desk: for admins.

use gloo_net::http::Method;
use leptos::ev::{FocusEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;
use web_sys::HtmlInputElement;
use weerklank_api::desk::people::{self, Invited};
use weerklank_api::desk::{Person, link, person};
use weerklank_domain::Lang;
use weerklank_domain::desk::{Role, limits};

use super::api;
use super::state::Desk;
use super::toast::Toast;

/// Everybody, and inviting somebody.
#[component]
pub(super) fn People() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let list = RwSignal::new(Vec::<Person>::new());
    let invited = RwSignal::new(None::<Invited>);
    let read = move || {
        spawn_local(async move {
            match api::get::<people::Response>(people::PATH).await {
                Ok(people) => list.set(people.people),
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    read();
    let change = move |id: String, change: person::Request| {
        spawn_local(async move {
            let url = person::PATH.replace("{id}", &id);
            match api::ask::<Person>(Method::PATCH, &url, &change).await {
                Ok(_) => Toast::told(words.people_changed()).show(desk),
                Err(failure) => desk.failed(&failure),
            }
            // What is shown is what is, also where the change was refused.
            read();
        });
    };
    let renew = move |id: String| {
        spawn_local(async move {
            let url = link::PATH.replace("{id}", &id);
            match api::ask::<Invited>(Method::POST, &url, &json!({})).await {
                Ok(told) => invited.set(Some(told)),
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    let line = move |one: Person| {
        let (id, disabled, role) = (one.id.clone(), one.disabled, one.role);
        let options = Role::ALL.iter().map(|word| {
            view! { <option value=word.as_str() selected=*word == role>{words.role(*word)}</option> }
        });
        let (to_role, to_out, to_link) = (id.clone(), id.clone(), id.clone());
        let state = if disabled {
            words.people_disabled()
        } else if one.has_password {
            words.people_active()
        } else {
            words.people_invited()
        };
        view! {
            <tr data-disabled=disabled.to_string()>
                <th scope="row"><bdi>{one.name.clone()}</bdi> <span class="hint"><bdi>{one.email.clone()}</bdi></span></th>
                <td>
                    <select aria-label=words.people_role_of(&one.name) on:change=move |event| {
                        if let Ok(role) = event_target_value(&event).parse() {
                            change(to_role.clone(), person::Request { role: Some(role), disabled: None });
                        }
                    }>{options.collect_view()}</select>
                </td>
                <td>{state}</td>
                <td class="buttons">
                    <button type="button" on:click=move |_| renew(to_link.clone())>{words.people_link()}</button>
                    <button type="button" on:click=move |_| {
                        change(to_out.clone(), person::Request { role: None, disabled: Some(!disabled) });
                    }>{if disabled { words.people_enable() } else { words.people_disable() }}</button>
                </td>
            </tr>
        }
    };
    let told = move || {
        invited.get().map(|told| {
            view! {
                <div class="found" role="status">
                    <p>{words.people_link_for(&told.person.name, &limits::SET_UP_HOURS.to_string())}</p>
                    <p>
                        <input class="secret" readonly value=told.set_up_url.clone() aria-label=words.people_link()
                            on:focus=move |event| select_all(&event)/>
                    </p>
                </div>
            }
        })
    };
    view! {
        <main id="main" class="page" tabindex="-1">
            <h1>{words.nav_people()}</h1>
            <div class="wide">
                <table>
                    <thead><tr>
                        <th scope="col">{words.people_name()}</th>
                        <th scope="col">{words.people_role()}</th>
                        <th scope="col">{words.people_state()}</th>
                        <th scope="col"><span class="unseen">{words.people_actions()}</span></th>
                    </tr></thead>
                    <tbody>{move || list.get().into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
            {told}
            <Invite done=Callback::new(move |told: Invited| {
                invited.set(Some(told));
                read();
            })/>
        </main>
    }
}

fn select_all(event: &FocusEvent) {
    event_target::<HtmlInputElement>(event).select();
}

/// The form of an invitation.
#[component]
fn Invite(
    /// Called with who was invited.
    done: Callback<Invited>,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let (email, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (role, lang) = (RwSignal::new(Role::Editor), RwSignal::new(Lang::Nl));
    let wrong = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        wrong.set(None);
        spawn_local(async move {
            let request = people::Request {
                email: email.get_untracked(),
                name: name.get_untracked(),
                role: role.get_untracked(),
                lang: lang.get_untracked(),
            };
            match api::ask::<Invited>(Method::POST, people::PATH, &request).await {
                Ok(told) => {
                    email.set(String::new());
                    name.set(String::new());
                    done.run(told);
                }
                Err(failure) => wrong.set(Some(failure.words(words))),
            }
        });
    };
    let roles =
        Role::ALL.iter().map(|word| view! { <option value=word.as_str()>{words.role(*word)}</option> });
    let langs = Lang::ALL
        .iter()
        .map(|word| view! { <option value=word.as_str()>{words.board().lang(*word)}</option> });
    view! {
        <form on:submit=submit class="narrow">
            <h2>{words.people_invite()}</h2>
            <p class="field">
                <label for="invite-name">{words.people_name()}</label>
                <input id="invite-name" required maxlength=limits::NAME.to_string() autocomplete="off" bind:value=name/>
            </p>
            <p class="field">
                <label for="invite-email">{words.email()}</label>
                <input id="invite-email" type="email" required autocomplete="off" bind:value=email/>
            </p>
            <p class="field">
                <label for="invite-role">{words.people_role()}</label>
                <select id="invite-role" on:change=move |event| {
                    if let Ok(chosen) = event_target_value(&event).parse() {
                        role.set(chosen);
                    }
                }>{roles.collect_view()}</select>
                <span class="hint">{words.people_roles()}</span>
            </p>
            <p class="field">
                <label for="invite-lang">{words.filter_lang()}</label>
                <select id="invite-lang" on:change=move |event| {
                    if let Ok(chosen) = event_target_value(&event).parse() {
                        lang.set(chosen);
                    }
                }>{langs.collect_view()}</select>
            </p>
            <p class="fault" role="alert">{move || wrong.get()}</p>
            <p class="buttons"><button type="submit" class="main">{words.people_invite_go()}</button></p>
        </form>
    }
}
