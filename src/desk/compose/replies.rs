//! The shops that are asked for their side.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlInputElement;
use weerklank_api::desk::replies::{self, Line, Request, Response};
use weerklank_domain::Lang;
use weerklank_domain::compose::SheetKey;
use weerklank_domain::voice::limits;

use super::super::api::{self, Failure};
use super::super::state::Desk;
use super::super::toast::Toast;
use super::save;
use super::writing::Writing;
use crate::routes::DeskRoute;

/// Who was asked, and asking.
#[component]
pub(super) fn Replies() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let writing = Writing::get();
    let asked = RwSignal::new(Vec::<Line>::new());
    let front = move |key: SheetKey| {
        writing.front.with_untracked(|front| front.get(&key).cloned().unwrap_or_default())
    };
    let (shop, email) = (RwSignal::new(front(SheetKey::Shops)), RwSignal::new(String::new()));
    let (question, days) = (RwSignal::new(String::new()), RwSignal::new(limits::REPLY_DAYS.to_string()));
    let lang = RwSignal::new(front(SheetKey::Lang));
    let url = move || writing.url(replies::PATH);
    // Says what the server answered, and shows who was asked by now.
    let told = move |done: Result<Response, Failure>| match done {
        Ok(told) => {
            let _shown = asked.try_set(told.replies);
            true
        }
        Err(failure) => {
            writing.failed(desk, &failure);
            false
        }
    };
    spawn_local(async move {
        told(api::get(&url()).await);
    });
    let ask = move |event: SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            // The shop reads what is saved.
            if !save::settled(desk, writing).await {
                return;
            }
            let request = Request {
                shop: shop.get_untracked(),
                email: email.get_untracked(),
                lang: lang.get_untracked(),
                question: question.get_untracked(),
                days: days.get_untracked(),
            };
            if told(api::ask(Method::POST, &url(), &request).await) {
                for typed in [shop, email, question] {
                    let _cleared = typed.try_set(String::new());
                }
                Toast::told(words.replies_asked()).show(desk);
            }
        });
    };
    let call_off = move |id: String| {
        spawn_local(async move {
            match api::tell(Method::DELETE, &replies::ONE.replace("{id}", &id), &()).await {
                Ok(()) => {
                    Toast::told(words.replies_called_off()).show(desk);
                    told(api::get(&url()).await);
                }
                Err(failure) => writing.failed(desk, &failure),
            }
        });
    };
    let line = move |line: Line| {
        let state = match line.state {
            Some(state) => words.replies_answered(words.state(state)),
            None if line.is_late => words.replies_late(&line.until),
            None => words.replies_waits(&line.asked_by, &line.until),
        };
        let id = StoredValue::new(line.id.clone());
        let rest = if line.state.is_some() {
            let route = DeskRoute::Queue { item: Some(line.id), query: String::new() };
            view! { <p><a href=route.url()>{words.replies_open()}</a></p> }.into_any()
        } else {
            let link = line.link;
            let field = format!("reply-{}", line.id);
            let select = move |event: leptos::ev::FocusEvent| {
                event_target::<HtmlInputElement>(&event).select();
            };
            view! {
                <p class="field">
                    <label for=field.clone()>{words.replies_link()}</label>
                    <input id=field.clone() type="text" readonly=true value=link on:focus=select/>
                </p>
                <p class="buttons">
                    <button type="button" on:click=move |_| call_off(id.get_value())>{words.replies_call_off()}</button>
                </p>
            }
            .into_any()
        };
        view! { <li><p><b><bdi>{line.shop}</bdi></b> " · " {state}</p> {rest}</li> }
    };
    let list = move || {
        let lines: Vec<_> = asked.get().into_iter().map(line).collect();
        if lines.is_empty() {
            return view! { <p class="hint">{words.replies_none()}</p> }.into_any();
        }
        view! { <ul class="senders">{lines}</ul> }.into_any()
    };
    let langs = Lang::ALL.iter().map(|word| {
        view! { <option value=word.as_str()>{words.board().lang(*word)}</option> }
    });
    view! {
        <section>
            <h2>{words.replies_title()}</h2>
            {list}
            <details>
                <summary>{words.replies_ask()}</summary>
                <form on:submit=ask>
                    <p class="hint">{words.replies_lead()}</p>
                    <p class="field">
                        <label for="reply-shop">{words.replies_shop()}</label>
                        <input id="reply-shop" type="text" required=true autocomplete="off" bind:value=shop/>
                    </p>
                    <p class="field">
                        <label for="reply-email">{words.replies_email()}</label>
                        <small id="reply-email-hint">{words.replies_email_hint()}</small>
                        <input id="reply-email" type="email" autocomplete="off" aria-describedby="reply-email-hint" bind:value=email/>
                    </p>
                    <p class="field">
                        <label for="reply-question">{words.replies_question()}</label>
                        <small id="reply-question-hint">{words.replies_question_hint()}</small>
                        <textarea id="reply-question" rows="3" aria-describedby="reply-question-hint" bind:value=question></textarea>
                    </p>
                    <p class="field">
                        <label for="reply-lang">{words.replies_lang()}</label>
                        <select id="reply-lang" bind:value=lang>{langs.collect_view()}</select>
                    </p>
                    <p class="field">
                        <label for="reply-days">{words.replies_days()}</label>
                        <input id="reply-days" type="number" min="1" max=limits::REPLY_DAYS_MOST bind:value=days/>
                    </p>
                    <p class="buttons"><button>{words.replies_send()}</button></p>
                </form>
            </details>
        </section>
    }
}
