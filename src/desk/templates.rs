//! The first words of statements: for chiefs and admins.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use weerklank_api::desk::templates::{self, Entry, Request, Response};
use weerklank_domain::desk::{Ground, limits};

use super::state::Desk;
use super::toast::Toast;
use super::{api, time};

/// All of them, in every language.
#[component]
pub(super) fn Templates() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    // Which there are does not change; what they say, each looks after itself.
    let all = RwSignal::new(Vec::<Entry>::new());
    desk.first_words.read(move |read| match read {
        Ok(read) => {
            // Another page may be shown by now.
            let _gone = all.try_set(read.to_vec());
        }
        Err(failure) => desk.failed(&failure),
    });
    view! {
        <main id="main" class="page" tabindex="-1">
            <h1>{words.templates_nav()}</h1>
            <p class="hint">{words.templates_lead()}</p>
            {move || all.get().into_iter().map(|entry| view! { <Template entry=entry/> }).collect_view()}
        </main>
    }
}

/// One, in one language.
#[component]
fn Template(
    /// As it was when the page came.
    entry: Entry,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let (lang, verdict, ground) = (entry.lang, entry.verdict, entry.ground);
    let id = format!("{lang}-{verdict}-{}", ground.map_or("", Ground::as_str));
    let text = RwSignal::new(entry.text.clone());
    let known = RwSignal::new(entry);
    // What somebody else wrote since it was read.
    let others = RwSignal::new(None::<Entry>);
    let same = move |all: &[Entry]| {
        all.iter().find(|one| (one.lang, one.verdict, one.ground) == (lang, verdict, ground)).cloned()
    };
    let write = move |new: Option<String>| {
        let version = known.with_untracked(|known| known.version);
        let request = Request { lang, verdict, ground, version, text: new };
        spawn_local(async move {
            match api::ask::<Response>(Method::PUT, templates::PATH, &request).await {
                Ok(all) => {
                    if let Some(now) = same(&all.templates) {
                        text.set(now.text.clone());
                        known.set(now);
                    }
                    others.set(None);
                    desk.first_words.set(all.templates);
                    Toast::told(words.templates_saved()).show(desk);
                }
                // What was typed stays; saved again, it is saved over what is shown beside it.
                Err(failure) if failure.code == "changed" => desk.first_words.read(move |read| match read {
                    Ok(all) => {
                        if let Some(now) = same(all) {
                            known.set(now.clone());
                            others.set(Some(now));
                        }
                    }
                    Err(failure) => desk.failed(&failure),
                }),
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        write(Some(text.get_untracked()));
    };
    let who = move || {
        known.with(|known| {
            let (name, at) = (known.changed_by.as_ref()?, known.changed_at.as_ref()?);
            let at = time::moment(words, at);
            Some(if known.is_own {
                words.templates_own(&at, name)
            } else {
                words.templates_reset_by(&at, name)
            })
        })
    };
    let meanwhile = move || {
        others.get().map(|others| {
            view! {
                <div class="found" role="alert">
                    <p>{words.templates_changed(&others.changed_by.unwrap_or_default())}</p>
                    <p lang=lang.as_str() class="as-typed">{others.text}</p>
                    <p>{words.templates_changed_how()}</p>
                </div>
            }
        })
    };
    let reset = move || {
        known.with(|known| known.is_own).then(|| {
            view! { <button type="button" on:click=move |_| write(None)>{words.templates_reset()}</button> }
        })
    };
    view! {
        <form class="narrow" on:submit=submit>
            <p class="field">
                <label for=id.clone()>
                    {words.verdict(verdict)} {ground.map(|ground| format!(": {}", words.ground(ground)))}
                    " (" {words.board().lang(lang)} ")"
                </label>
                <span class="hint">{who}</span>
                <textarea id=id rows="3" lang=lang.as_str() required maxlength=limits::STATEMENT.to_string() bind:value=text></textarea>
            </p>
            {meanwhile}
            <p class="buttons">
                <button type="submit">{words.templates_save()}</button>
                {reset}
            </p>
        </form>
    }
}
