//! What is done to all that is marked: letting go, and rejecting comments.
//!
//! Each gets a claim, a decision and an undo of its own, as if it was decided alone: the server knows nothing of several.

use gloo_net::http::Method;
use js_sys::Date;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;
use weerklank_api::desk::{Item, claim, decision, decisions};
use weerklank_domain::desk::{Decision, DecisionFault, Ground, Kind, Verdict, limits};

use super::known::Known;
use crate::desk::api::{self, Failure};
use crate::desk::decide::{claim_now, focus, ground_options, let_go};
use crate::desk::state::Desk;
use crate::desk::toast::Toast;
use crate::routes::DeskRoute;

/// Characters of an item by which it is known again.
const NAME: usize = 60;
/// Seconds that remain to undo, at least; what is final by then is named.
const UNDO_AT_LEAST: u32 = 10;

/// What was passed over: its id, its beginning, and why.
type Skipped = RwSignal<Vec<(String, String, String)>>;

/// How many are marked, and what can be done to them.
#[component]
pub(super) fn Bulk() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let known = expect_context::<Known>();
    let rejecting = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let skipped: Skipped = RwSignal::new(Vec::new());
    let count = Memo::new(move |_| known.marks.count());
    let has_comments = Memo::new(move |_| known.marked().iter().any(|(item, _)| item.kind == Kind::Comment));
    let is_shown = Memo::new(move |_| count.get() > 0 || skipped.with(|skipped| !skipped.is_empty()));
    let clear = move |_| {
        known.marks.clear();
        skipped.set(Vec::new());
        rejecting.set(false);
        request_animation_frame(|| focus("main"));
    };
    let release = move |_| {
        let me = desk.me.with_untracked(|me| me.as_ref().map(|me| me.id.clone()));
        for (item, _) in untrack(|| known.marked()) {
            if item.holder.as_ref().map(|holder| &holder.id) == me.as_ref() {
                let_go(desk, known, item);
            }
        }
    };
    let reject = move || {
        has_comments.get().then(|| {
            view! {
                <button type="button" id="bulk-reject" aria-expanded=move || rejecting.get().to_string()
                    on:click=move |_| rejecting.update(|is| *is = !*is)>{words.bulk_reject()}</button>
            }
        })
    };
    let form = move || {
        (rejecting.get() && has_comments.get())
            .then(|| view! { <Reject open=rejecting busy=busy skipped=skipped/> })
    };
    let passed_over = move || {
        let line = |(id, start, why): (String, String, String)| {
            let query = known.query();
            let url = DeskRoute::Queue { item: Some(id), query }.url();
            view! { <li><a href=url><bdi>{start}</bdi></a> ": " {why}</li> }
        };
        let skipped = skipped.get();
        (!skipped.is_empty()).then(|| {
            view! {
                <div class="found" role="status">
                    <p>{words.bulk_skipped()}</p>
                    <ul>{skipped.into_iter().map(line).collect_view()}</ul>
                </div>
            }
        })
    };
    move || {
        is_shown.get().then(|| {
            view! {
                <section class="bulk" id="bulk" tabindex="-1" aria-label=words.bulk_title()>
                    <p role="status">{move || words.bulk_count(count.get() as u64)}</p>
                    <p class="buttons">
                        <button type="button" on:click=clear>{words.bulk_clear()}</button>
                        <button type="button" on:click=release>{words.let_go()}</button>
                        {reject}
                    </p>
                    {form}
                    {passed_over}
                </section>
            }
        })
    }
}

/// One ground and one statement for all comments that are marked.
#[component]
fn Reject(
    /// Cleared when it is done or given up; what was typed goes with it.
    open: RwSignal<bool>,
    /// Whether it is under way.
    busy: RwSignal<bool>,
    skipped: Skipped,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let known = expect_context::<Known>();
    let (ground, text, automated) =
        (RwSignal::new(None::<Ground>), RwSignal::new(String::new()), RwSignal::new(false));
    let wrong = RwSignal::new(None::<DecisionFault>);
    let langs = Memo::new(move |_| {
        let comments = known.marked().into_iter().filter(|(item, _)| item.kind == Kind::Comment);
        let mut langs: Vec<_> = comments.map(|(item, _)| item.lang).collect();
        langs.sort_unstable();
        langs.dedup();
        langs
    });
    let comments = Memo::new(move |_| {
        known.marked().iter().filter(|(item, _)| item.kind == Kind::Comment).count() as u64
    });
    let choose = move |event| {
        let chosen: Option<Ground> = event_target_value(&event).parse().ok();
        ground.set(chosen);
        // In the language of the senders, if they have one; what was typed is never replaced.
        if let [lang] = *langs.get_untracked()
            && text.with_untracked(|text| desk.first_words.are(text))
        {
            text.set(desk.first_words.of(lang, Verdict::Reject, chosen));
        }
    };
    let send = move || {
        let decision = Decision {
            verdict: Verdict::Reject,
            ground: ground.get_untracked(),
            statement: text.get_untracked(),
            automated: automated.get_untracked(),
        };
        if let Err(fault) = decision.clone().check(Kind::Comment) {
            return wrong.set(Some(fault));
        }
        if !busy.get_untracked() {
            wrong.set(None);
            busy.set(true);
            reject_all(desk, known, decision, (open, busy, skipped));
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send();
        } else if event.key() == "Escape" {
            event.stop_propagation();
            open.set(false);
            focus("bulk-reject");
        }
    };
    let languages = move || {
        let langs = langs.get();
        langs
            .into_iter()
            .map(|lang| words.decide_language(words.board().lang(lang)) + " ")
            .collect::<String>()
    };
    let fault = move || wrong.get().map(|fault| words.decision_fault(fault));
    request_animation_frame(|| focus("bulk-ground"));
    view! {
        <form class="statement" on:submit=submit on:keydown=keys>
            <p class="hint">{words.bulk_lead()}</p>
            <p class="field">
                <label for="bulk-ground">{words.decide_ground()}</label>
                <select id="bulk-ground" on:change=choose>{ground_options(words, None)}</select>
            </p>
            <p class="field">
                <label for="bulk-statement">{words.decide_facts()}</label>
                <span class="hint" id="bulk-hint">{languages}</span>
                <textarea id="bulk-statement" rows="4" bind:value=text aria-describedby="bulk-hint bulk-fault"></textarea>
            </p>
            <p><label><input type="checkbox" bind:checked=automated/> {words.decide_automated()}</label></p>
            <p class="fault" id="bulk-fault" role="alert">{fault}</p>
            <p class="buttons">
                <button type="submit" class="main" aria-disabled=move || busy.get().then_some("true")>
                    {move || words.bulk_reject_go(comments.get())}
                </button>
            </p>
        </form>
    }
}

/// One after the other. What cannot be decided is passed over and named; where the server is not reached, the rest
/// stays marked.
fn reject_all(
    desk: Desk,
    known: Known,
    decision: Decision,
    (open, busy, skipped): (RwSignal<bool>, RwSignal<bool>, Skipped),
) {
    let words = desk.words();
    let marked = untrack(|| known.marked());
    spawn_local(async move {
        let (mut made, mut passed_over) = (Vec::new(), Vec::new());
        let mut first_at = None;
        for (item, version) in marked {
            let why = match reject(desk, &item, version, &decision).await {
                Ok(url) => {
                    first_at.get_or_insert_with(Date::now);
                    if !known.is_gone() {
                        known.gone(&item.id);
                    }
                    made.push((item, url));
                    continue;
                }
                Err(Passed::OtherKind) => words.bulk_other_kind().to_owned(),
                Err(Passed::Changed) => words.bulk_changed().to_owned(),
                Err(Passed::Failed(failure)) if failure.code == "not-signed-in" => {
                    desk.failed(&failure);
                    break;
                }
                Err(Passed::Failed(failure)) if failure.is_unreached() => {
                    passed_over.push((item.id, start_of(&item.excerpt), failure.words(words)));
                    break;
                }
                Err(Passed::Failed(failure)) => failure.words(words),
            };
            if !known.is_gone() {
                known.marks.remove(&item.id);
            }
            passed_over.push((item.id, start_of(&item.excerpt), why));
        }
        let next = if passed_over.is_empty() { "main" } else { "bulk" };
        // The queue may not be shown any more.
        let _gone = (busy.try_set(false), open.try_set(false), skipped.try_set(passed_over));
        request_animation_frame(move || focus(next));
        let Some(first_at) = first_at else { return };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and not negative")]
        let passed = ((Date::now() - first_at) / 1_000.0).max(0.0).ceil() as u32;
        let seconds = u32::try_from(limits::UNDO_SECONDS).unwrap_or_default();
        let left = seconds.saturating_sub(passed).max(UNDO_AT_LEAST);
        let told = words.bulk_rejected(made.len() as u64);
        Toast::told(told).undoable(left, move || undo_all(desk, known, made.clone())).show(desk);
    });
}

/// Why one was passed over.
enum Passed {
    OtherKind,
    /// Since it was marked.
    Changed,
    Failed(Failure),
}

/// Decides on one as it was when it was marked; the address by which that is undone.
async fn reject(desk: Desk, item: &Item, version: i64, decision: &Decision) -> Result<String, Passed> {
    if item.kind != Kind::Comment {
        return Err(Passed::OtherKind);
    }
    if item.version != version {
        return Err(Passed::Changed);
    }
    claim_now(item, false).await.map_err(Passed::Failed)?;
    let url = decisions::PATH.replace("{id}", &item.id);
    let Decision { verdict, ground, statement, automated } = decision.clone();
    let request = decisions::Request { version, verdict, ground, statement, automated };
    match api::ask::<decisions::Response>(Method::POST, &url, &request).await {
        Ok(made) => Ok(decision::PATH.replace("{id}", &made.id)),
        Err(failure) => {
            let me = desk.me.with_untracked(|me| me.as_ref().map(|me| me.id.clone()));
            if item.holder.as_ref().map(|holder| &holder.id) != me.as_ref() {
                // It was claimed for this alone; a claim that stays runs out by itself.
                let _let_go =
                    api::tell(Method::DELETE, &claim::PATH.replace("{id}", &item.id), &json!({})).await;
            }
            Err(if failure.code == "changed" { Passed::Changed } else { Passed::Failed(failure) })
        }
    }
}

/// Takes back what can be taken back, what was decided first before the rest.
fn undo_all(desk: Desk, known: Known, made: Vec<(Item, String)>) {
    let words = desk.words();
    spawn_local(async move {
        let mut late = Vec::new();
        for (item, url) in made {
            match api::tell(Method::DELETE, &url, &json!({})).await {
                Ok(()) if known.is_gone() => {}
                Ok(()) => known.put_back(item),
                Err(_) => late.push(start_of(&item.excerpt)),
            }
        }
        if late.is_empty() {
            Toast::told(words.undone()).show(desk);
        } else {
            Toast::wrong(words.bulk_late(&late.join(" · "))).show(desk);
        }
    });
}

/// By which it is known again.
pub(super) fn start_of(excerpt: &str) -> String {
    match excerpt.char_indices().nth(NAME) {
        Some((at, _)) => format!("{}…", excerpt[..at].trim_end()),
        None => excerpt.to_owned(),
    }
}
