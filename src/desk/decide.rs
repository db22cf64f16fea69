//! Deciding on the item that is open.

use std::mem;
use std::time::Duration;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};
use weerklank_api::desk::{Item, claim, decision, decisions};
use weerklank_domain::desk::{Act, Decision, DecisionFault, Ground, Verdict, limits};

use super::api::{self, Failure};
use super::first_words::text_of;
use super::paint::painted;
use super::queue::Known;
use super::state::Desk;
use super::statements::Statement as Draft;
use super::toast::Toast;
use super::words::DeskWords;

/// How often what is being written on is claimed anew, if its writer did anything since.
const HOLD_EVERY: Duration = Duration::from_mins(5);

/// What the keyboard wants of the item that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// By the key of the verdict.
    Decide(&'static str),
    /// Claim it, or let it go.
    Hold,
}

/// What the keyboard wants, and of what.
#[derive(Clone, Copy)]
pub(super) struct Wishes {
    pub wish: RwSignal<Option<Wish>>,
    /// The item that is shown with its buttons, which alone can be decided on.
    pub ready: RwSignal<Option<String>>,
}

/// The buttons, and the form of a decision that needs words.
#[component]
pub(super) fn Decide(
    item: Item,
    /// Whether its sender can be written to.
    has_address: bool,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let known = expect_context::<Known>();
    let wishes = expect_context::<Wishes>();
    let item = StoredValue::new(item);
    let listed = Memo::new(move |_| item.with_value(|item| known.listed(&item.id)));
    let me = move || desk.me.with(|me| me.as_ref().map(|me| (me.id.clone(), me.role)));
    let holder = move || {
        let current = listed.get().unwrap_or_else(|| item.get_value());
        current.holder
    };
    let is_claimed =
        Memo::new(move |_| holder().is_some_and(|holder| Some(holder.id) == me().map(|me| me.0)));
    let has_lapsed =
        lapse(Memo::new(move |_| is_claimed.get().then(holder).flatten().map(|held| held.until)));
    let is_mine = move || is_claimed.get() && !has_lapsed.get();
    let is_anothers = move || holder().is_some() && !is_claimed.get();
    // Which decision is being written, if one is; one that could not be sent is there again.
    let writing = RwSignal::new(item.with_value(|item| {
        let is_begun =
            |verdict: &Verdict| desk.statements.get(&(desk.my_id(), item.id.clone(), *verdict)).is_some();
        item.kind.verdicts().iter().copied().find(is_begun)
    }));
    wishes.ready.set(Some(item.with_value(|item| item.id.clone())));
    on_cleanup(move || wishes.ready.set(None));

    let start = move |verdict: Verdict| {
        // Whether it is still another's, the server knows; a claim that ran out makes no noise.
        if verdict.needs_words() {
            writing.set(Some(verdict));
            hold(desk, known, item.get_value(), false);
        } else {
            carry_out(desk, known, item.get_value(), plain(verdict));
        }
    };
    let toggle = move || {
        if is_mine() {
            let_go(desk, known, item.get_value());
        } else {
            hold(desk, known, item.get_value(), false);
        }
    };
    Effect::new(move || {
        if let Some(wish) = wishes.wish.get() {
            wishes.wish.set(None);
            match wish {
                Wish::Decide(key) => {
                    let of_kind = item.with_value(|item| item.kind.verdicts());
                    if let Some(verdict) = of_kind.iter().find(|verdict| key_of(**verdict) == key) {
                        start(*verdict);
                    }
                }
                Wish::Hold => toggle(),
            }
        }
    });
    let status = move || match holder() {
        None => words.held_by_nobody().to_owned(),
        Some(_) if is_mine() => words.held_by_you().to_owned(),
        Some(_) if is_claimed.get() => words.claims_lapsed().to_owned(),
        Some(holder) => words.held_by(&holder.name),
    };
    let take_over = move || {
        let may = me().is_some_and(|(_, role)| role.may(Act::Oversee));
        (is_anothers() && may).then(|| {
            view! {
                <button type="button" on:click=move |_| hold(desk, known, item.get_value(), true)>{words.take_over()}</button>
            }
        })
    };
    let buttons = item.with_value(|item| item.kind.verdicts()).iter().map(|verdict| {
        let verdict = *verdict;
        let class = if verdict == Verdict::Accept { "main" } else { "" };
        let pressed = move || (writing.get() == Some(verdict)).to_string();
        view! {
            <button type="button" class=class aria-pressed=pressed data-verdict=verdict.as_str() on:click=move |_| start(verdict)>
                {words.verdict(verdict)} " " <kbd aria-hidden="true">{key_of(verdict)}</kbd>
            </button>
        }
    });
    let form = move || {
        writing.get().map(|verdict| {
            view! { <Statement item=item verdict=verdict writing=writing has_address=has_address/> }
        })
    };
    view! {
        <section class="decide" aria-label=words.decide_title()>
            <p class="holding" aria-live="polite">
                <span>{status}</span> " "
                <button type="button" class="plain" on:click=move |_| toggle()>
                    {move || if is_mine() { words.let_go() } else { words.claim() }}
                </button>
                {take_over}
            </p>
            <p class="buttons verdicts">{buttons.collect_view()}</p>
            {form}
        </section>
    }
}

/// On the keyboard. No kind of item knows two verdicts of the same key.
pub(super) const fn key_of(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accept => "a",
        Verdict::Ask => "q",
        Verdict::Return => "e",
        Verdict::Reject | Verdict::Remove | Verdict::Overturn => "r",
        Verdict::Keep | Verdict::Uphold => "s",
    }
}

fn plain(verdict: Verdict) -> Decision {
    Decision { verdict, ground: None, statement: String::new(), automated: false }
}

/// A decision that needs words for who sent it.
#[component]
fn Statement(
    item: StoredValue<Item>,
    verdict: Verdict,
    /// Cleared to give it up.
    writing: RwSignal<Option<Verdict>>,
    has_address: bool,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let known = expect_context::<Known>();
    let lang = item.with_value(|item| item.lang);
    let key = (desk.my_id(), item.with_value(|item| item.id.clone()), verdict);
    let draft = desk.statements.get(&key).unwrap_or_default();
    let chosen = draft.ground;
    let (ground, text, automated) =
        (RwSignal::new(draft.ground), RwSignal::new(draft.text), RwSignal::new(draft.automated));
    let wrong = RwSignal::new(None::<DecisionFault>);
    let has_acted = acting();
    let go_on = move || {
        // Who went away keeps it from nobody.
        if has_acted.try_update_value(mem::take) == Some(true) {
            hold(desk, known, item.get_value(), false);
        }
    };
    let holding = set_interval_with_handle(go_on, HOLD_EVERY);
    on_cleanup(move || {
        if let Ok(holding) = holding {
            holding.clear();
        }
    });
    // The first words, in the sender's language; what was typed is never replaced.
    let first_words = desk.first_words;
    let suggest = move |words: String| {
        if text.try_with_untracked(|text| first_words.are(text)) == Some(true) {
            text.set(words);
        }
    };
    suggest(first_words.of(lang, verdict, chosen));
    // Somebody may have written others since.
    first_words.read(move |read| {
        if let (Ok(all), Some(chosen)) = (read, ground.try_get_untracked()) {
            suggest(text_of(all, lang, verdict, chosen));
        }
    });
    let kept = key.clone();
    Effect::new(move || {
        let written = Draft { ground: ground.get(), text: text.get(), automated: automated.get() };
        if first_words.are(&written.text) {
            desk.statements.forget(&kept);
        } else {
            desk.statements.keep(&kept, written);
        }
    });
    let give_up = move || {
        desk.statements.forget(&key);
        writing.set(None);
        request_animation_frame(|| focus("item-title"));
    };
    let send = move || {
        let decision = Decision {
            verdict,
            ground: ground.get_untracked(),
            statement: text.get_untracked(),
            automated: automated.get_untracked(),
        };
        if let Err(fault) = decision.clone().check(item.with_value(|item| item.kind)) {
            return wrong.set(Some(fault));
        }
        writing.set(None);
        carry_out(desk, known, item.get_value(), decision);
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
            // What was written is there again when the form is.
            event.stop_propagation();
            writing.set(None);
            focus("item-title");
        }
    };
    let grounds = verdict.needs_ground().then(|| {
        let choose = move |event| {
            let chosen: Option<Ground> = event_target_value(&event).parse().ok();
            ground.set(chosen);
            suggest(first_words.of(lang, verdict, chosen));
        };
        view! {
            <p class="field">
                <label for="ground">{words.decide_ground()}</label>
                <select id="ground" on:change=choose>{ground_options(words, chosen)}</select>
            </p>
        }
    });
    let machine = verdict.needs_ground().then(|| {
        view! {
            <p><label><input type="checkbox" bind:checked=automated/> {words.decide_automated()}</label></p>
        }
    });
    let fault = move || wrong.get().map(|fault| words.decision_fault(fault));
    let label = match verdict {
        Verdict::Ask => words.decide_question(),
        Verdict::Return => words.decide_mend(),
        _ => words.decide_facts(),
    };
    let how = if has_address { words.decide_mailed() } else { words.decide_not_mailed() };
    request_animation_frame(move || focus(if verdict.needs_ground() { "ground" } else { "statement" }));
    view! {
        <form class="statement" on:submit=submit on:keydown=keys>
            {grounds}
            <p class="field">
                <label for="statement">{label}</label>
                <span class="hint" id="statement-hint">{how} " " {words.decide_language(words.board().lang(lang))}</span>
                <textarea id="statement" rows="6" lang=lang.as_str() bind:value=text
                    aria-describedby="statement-hint statement-fault"></textarea>
            </p>
            {machine}
            <p class="fault" id="statement-fault" role="alert">{fault}</p>
            <p class="buttons">
                <button type="submit" class="main">{words.decide_go(words.verdict(verdict))}</button>
                <button type="button" on:click=move |_| give_up()>{words.cancel()}</button>
            </p>
        </form>
    }
}

/// Of the grounds, for their field.
pub(super) fn ground_options(words: DeskWords, chosen: Option<Ground>) -> impl IntoView {
    let options = Ground::ALL.iter().map(|ground| {
        view! { <option value=ground.as_str() selected=chosen == Some(*ground)>{words.ground(*ground)}</option> }
    });
    view! {
        <option value="">{words.decide_ground_choose()}</option>
        {options.collect_view()}
    }
}

/// Shows the next item at once and decides meanwhile; what fails is put back, with what was written and the
/// reason.
fn carry_out(desk: Desk, known: Known, item: Item, decision: Decision) {
    let words = desk.words();
    known.gone(&item.id);
    let leaving = asked_before_leaving();
    spawn_local(async move {
        let id = item.id.clone();
        let draft = (desk.my_id(), id.clone(), decision.verdict);
        painted().await;
        let done = async {
            claim_now(&item, false).await?;
            let url = decisions::PATH.replace("{id}", &id);
            let Decision { verdict, ground, statement, automated } = decision.clone();
            let request = decisions::Request { version: item.version, verdict, ground, statement, automated };
            api::ask::<decisions::Response>(Method::POST, &url, &request).await
        };
        let done = done.await;
        drop(leaving);
        match done {
            Ok(made) => {
                desk.statements.forget(&draft);
                let url = decision::PATH.replace("{id}", &made.id);
                let put_back = move |item: Item| {
                    if !known.is_gone() {
                        known.back(item);
                    }
                };
                let undo = move || {
                    let item = item.clone();
                    undo(desk, url.clone(), move || put_back(item));
                };
                let seconds = u32::try_from(limits::UNDO_SECONDS).unwrap_or_default();
                Toast::told(words.decided(decision.verdict)).undoable(seconds, undo).show(desk);
            }
            Err(failure) => {
                if !matches!(failure.code.as_str(), "not-waiting" | "not-found") && !known.is_gone() {
                    known.back(item);
                }
                desk.failed(&failure);
            }
        }
    });
}

/// Has the browser ask before it leaves, as long as the answer is kept: what is on its way would end with the page.
fn asked_before_leaving() -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), "beforeunload", options, Event::prevent_default)
}

/// Takes a decision back, by its address.
pub(super) fn undo(desk: Desk, url: String, then: impl FnOnce() + 'static) {
    let words = desk.words();
    spawn_local(async move {
        match api::tell(Method::DELETE, &url, &json!({})).await {
            Ok(()) => {
                Toast::told(words.undone()).show(desk);
                then();
            }
            Err(failure) => desk.failed(&failure),
        }
    });
}

/// Whether a claim of one's own has run out on this screen: counted from when it was heard of, as clocks differ.
fn lapse(until: Memo<Option<String>>) -> RwSignal<bool> {
    let has_lapsed = RwSignal::new(false);
    Effect::new(move |earlier: Option<Option<TimeoutHandle>>| {
        if let Some(Some(earlier)) = earlier {
            earlier.clear();
        }
        has_lapsed.set(false);
        until.get()?;
        let after = Duration::from_mins(limits::CLAIM_MINUTES.unsigned_abs());
        let told = move || {
            // The item may not be shown any more.
            let _gone = has_lapsed.try_set(true);
        };
        set_timeout_with_handle(told, after).ok()
    });
    has_lapsed
}

/// Becomes true whenever who sits here does anything.
fn acting() -> StoredValue<bool> {
    let has_acted = StoredValue::new(false);
    // What scrolls within the page tells of it on the way down alone.
    let listeners = ["keydown", "pointerdown", "scroll"].map(|kind| {
        EventListener::new_with_options(
            &document(),
            kind,
            EventListenerOptions::run_in_capture_phase(),
            move |_| {
                has_acted.set_value(true);
            },
        )
    });
    let listeners = StoredValue::new_local(Some(listeners));
    on_cleanup(move || {
        listeners.update_value(|listeners| drop(listeners.take()));
    });
    has_acted
}

/// Claims an item, or goes on holding it.
fn hold(desk: Desk, known: Known, item: Item, by_force: bool) {
    spawn_local(async move {
        match claim_now(&item, by_force).await {
            Ok(item) if !known.is_gone() => known.replace(item),
            Ok(_) => {}
            Err(failure) => desk.failed(&failure),
        }
    });
}

pub(super) async fn claim_now(item: &Item, by_force: bool) -> Result<Item, Failure> {
    let url = claim::PATH.replace("{id}", &item.id);
    api::ask(Method::POST, &url, &claim::Request { by_force }).await
}

/// Lets go of an item that one holds.
pub(super) fn let_go(desk: Desk, known: Known, item: Item) {
    spawn_local(async move {
        let url = claim::PATH.replace("{id}", &item.id);
        match api::tell(Method::DELETE, &url, &json!({})).await {
            Ok(()) if known.is_gone() => {}
            Ok(()) => {
                let listed = untrack(|| known.listed(&item.id)).unwrap_or(item);
                known.replace(Item { holder: None, ..listed });
            }
            Err(failure) => desk.failed(&failure),
        }
    });
}

/// Puts the focus on an element, if it is there.
pub(super) fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // One that cannot take it is no harm.
        let _focused = element.focus();
    }
}
