//! Who did what: for chiefs and admins.

use leptos::prelude::*;
use leptos::task::spawn_local;
use weerklank_api::desk::audit::{self, Line};
use weerklank_domain::desk::Action;

use super::state::Desk;
use super::{api, time};
use crate::routes::DeskRoute;

/// The log, the newest first.
#[component]
pub(super) fn Audit() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let (lines, next) = (RwSignal::new(Vec::<Line>::new()), RwSignal::new(None::<String>));
    let (action, from, until) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let query = move || {
        let pairs = [("action", action.get()), ("from", from.get()), ("until", until.get())];
        let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&")
    };
    let turn = StoredValue::new(0u32);
    let read = move |cursor: Option<String>, query: String| {
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        let more = cursor.as_ref().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let url = format!("{}?{query}{more}", audit::PATH);
        spawn_local(async move {
            let answer = api::get::<audit::Response>(&url).await;
            // Another page may be shown by now.
            if turn.try_get_value() != Some(mine) {
                return;
            }
            match answer {
                Ok(page) => {
                    if cursor.is_none() {
                        lines.set(Vec::new());
                    }
                    lines.update(|lines| lines.extend(page.lines));
                    next.set(page.next);
                }
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    Effect::new(move || read(None, query()));
    let actions =
        Action::ALL.iter().map(|word| view! { <option value=word.as_str()>{words.action(*word)}</option> });
    let line = move |line: Line| {
        let subject = match (&line.subject, line.kind) {
            (Some(subject), Some(_)) => {
                let route = DeskRoute::Queue { item: Some(subject.clone()), query: String::new() };
                let short: String =
                    subject.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
                Some(view! { <a href=route.url()>"…" {short}</a> })
            }
            _ => None,
        };
        let what = [
            line.verdict.map(|verdict| words.decided(verdict)),
            line.ground.map(|ground| words.ground(ground)),
            (line.automated == Some(true)).then(|| words.audit_automated()),
        ];
        let what = what.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        view! {
            <tr>
                <td><time datetime=line.at.clone()>{time::moment(words, &line.at)}</time></td>
                <td><bdi>{line.editor.unwrap_or_else(|| words.audit_sender().to_owned())}</bdi></td>
                <td>{words.action(line.action)}</td>
                <td>{what} <bdi>{line.about}</bdi></td>
                <td>{subject}</td>
            </tr>
        }
    };
    let more = move || {
        next.get().map(|cursor| {
            view! {
                <p class="buttons">
                    <button type="button" on:click=move |_| read(Some(cursor.clone()), query())>{words.queue_more()}</button>
                </p>
            }
        })
    };
    let file = move || format!("{}?format=csv&{}", audit::PATH, query());
    view! {
        <main id="main" class="page" tabindex="-1">
            <h1>{words.nav_audit()}</h1>
            <p class="hint">{words.audit_lead()}</p>
            <form class="filters" on:submit=|event| event.prevent_default()>
                <label>
                    <span>{words.audit_action()}</span>
                    <select on:change=move |event| action.set(event_target_value(&event))>
                        <option value="">{words.filter_all()}</option>
                        {actions.collect_view()}
                    </select>
                </label>
                <label><span>{words.audit_from()}</span> <input type="date" bind:value=from/></label>
                <label><span>{words.audit_until()}</span> <input type="date" bind:value=until/></label>
                <a class="button" href=file download="audit.csv">{words.audit_file()}</a>
            </form>
            <div class="wide">
                <table>
                    <thead><tr>
                        <th scope="col">{words.audit_at()}</th>
                        <th scope="col">{words.audit_who()}</th>
                        <th scope="col">{words.audit_action()}</th>
                        <th scope="col">{words.audit_what()}</th>
                        <th scope="col">{words.audit_subject()}</th>
                    </tr></thead>
                    <tbody>{move || lines.get().into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
            {more}
        </main>
    }
}
