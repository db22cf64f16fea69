//! One item, with all that somebody who decides on it has to see.

use js_sys::Date;
use leptos::prelude::*;
use weerklank_api::desk::decision;
use weerklank_api::desk::drafts::Request;
use weerklank_api::desk::item::{Half, Related, Response as Whole};
use weerklank_api::desk::{Answer, PastDecision};
use weerklank_domain::Lang;
use weerklank_domain::desk::Kind;
use weerklank_domain::experience::{Side, State};

use super::compose::begin;
use super::decide::{Decide, focus, undo};
use super::queue::Known;
use super::state::Desk;
use super::time;
use super::toast::Toast;
use super::words::DeskWords;
use crate::routes::DeskRoute;

/// The item that is open.
#[component]
pub(super) fn Triage(
    /// Of the item.
    id: String,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let known = expect_context::<Known>();
    // What is read stays as it was read, until its reader wants it otherwise.
    let id = StoredValue::new(id);
    let shown = RwSignal::new(untrack(|| id.with_value(|id| known.whole(id))));
    if shown.with_untracked(Option::is_none) {
        known.load(id.get_value());
    }
    let newest = Memo::new(move |_| id.with_value(|id| known.whole(id)));
    Effect::new(move || {
        if shown.with_untracked(Option::is_none)
            && let Some(whole) = newest.get()
        {
            shown.set(Some(whole));
        }
    });
    let listed = Memo::new(move |_| id.with_value(|id| known.listed(id)));
    let reread = move || {
        shown.set(None);
        id.with_value(|id| known.forget(id));
        known.load(id.get_value());
    };
    // What its sender took back is not shown any longer, also to who was reading it.
    let is_withdrawn = Memo::new(move |_| listed.get().is_some_and(|item| item.state == State::Withdrawn));
    let notice = move || {
        let shown = shown.with(|whole| whole.as_ref().map(|whole| whole.item.version))?;
        let listed = listed.get().filter(|item| item.version != shown)?;
        let text = match listed.waits_since {
            Some(_) => words.item_changed().to_owned(),
            None => state_line(words, listed.state),
        };
        let again = listed.waits_since.is_some().then(|| {
            view! { <button type="button" on:click=move |_| reread()>{words.item_reread()}</button> }
        });
        Some(view! { <p class="wrong" role="alert">{text} " " {again}</p> })
    };
    let whole = move || {
        let is_missing = known.missing.get().is_some_and(|missing| id.with_value(|id| missing == *id));
        if is_missing || is_withdrawn.get() {
            return view! { <p role="status">{words.failure_not_found()}</p> }.into_any();
        }
        match shown.get() {
            None => view! { <p role="status">{words.asking()}</p> }.into_any(),
            Some(whole) => view! { <Item whole=whole reread=Callback::new(move |()| reread())/> }.into_any(),
        }
    };
    let to_list = move || match desk.route.get() {
        Some(DeskRoute::Queue { query, .. }) => DeskRoute::Queue { item: None, query }.url(),
        _ => DeskRoute::queue().url(),
    };
    view! {
        <article class="item" id="item" tabindex="-1" aria-label=words.item_title()>
            <p class="to-list"><a href=to_list>{words.item_to_list()}</a></p>
            {notice}
            {whole}
        </article>
    }
}

#[component]
fn Item(
    whole: Whole,
    /// Reads it anew.
    reread: Callback<()>,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let item = whole.item.clone();
    let lang = item.lang;
    let halves = whole.halves.iter().map(|half| {
        let field = match half.side {
            Side::Positive => "positive.story",
            Side::Negative => "negative.story",
        };
        half_view(words, half.clone(), marked(words, &whole, field), lang)
    });
    let halves: Vec<_> = halves.collect();
    let suggestion = whole.suggestion_html.clone().map(|html| {
        let found = marked(words, &whole, "suggestion");
        view! {
            <section>
                <h2>{words.item_suggestion()}</h2>
                {found}
                <div class="prose" lang=lang.as_str() inner_html=html></div>
            </section>
        }
    });
    let html = whole.html.clone().map(|html| {
        let found = marked(words, &whole, "text");
        view! { {found} <div class="drawn" inner_html=html></div> }
    });
    let consents = [
        (whole.consents.publish, words.consent_publish()),
        (whole.consents.contact, words.consent_contact()),
        (whole.consents.shop, words.consent_shop()),
    ];
    let consents = (item.kind == Kind::Experience).then(|| {
        let consents = consents.map(|(given, text)| {
            view! { <li data-given=given.to_string()>{if given { "✓ " } else { "✗ " }}{text}</li> }
        });
        view! { <ul class="consents">{consents.collect_view()}</ul> }
    });
    let name = whole.name.clone().unwrap_or_else(|| words.item_anonymous().to_owned());
    let address = if whole.has_address { words.item_has_address() } else { words.item_no_address() };
    let marks = item.marks.iter().map(|mark| view! { <li>{words.mark(*mark)}</li> }).collect_view();
    let marks = (!item.marks.is_empty()).then(|| {
        view! {
            <div class="found">
                <p>{words.item_marks()}</p>
                <ul>{marks}</ul>
            </div>
        }
    });
    let others = others(words, &whole);
    let course = course(desk, &whole.decisions, &whole.answers, lang, reread);
    let came = time::moment(words, &item.came_at);
    let decide = match item.waits_since {
        Some(_) => view! { <Decide item=item.clone() has_address=whole.has_address/> }.into_any(),
        None => view! {
            <p class="hint">{state_line(words, item.state)}</p>
            {(item.state == State::Accepted).then(|| view! { <Compose id=item.id.clone() start=item.excerpt.clone()/> })}
        }
        .into_any(),
    };
    // Whoever listens hears which one it is, and everybody begins at its beginning.
    request_animation_frame(|| focus("item-title"));
    view! {
        <header>
            <h1 id="item-title" tabindex="-1"><bdi>{name}</bdi></h1>
            <p class="hint">{words.kind(item.kind)} " · " {words.item_came(&came)} " · " {words.board().lang(lang)} " · " {address}</p>
            {consents}
        </header>
        {marks}
        {html}
        {halves}
        {suggestion}
        {others}
        {course}
        {decide}
    }
}

/// An accepted experience becomes a column, alone or as a pair with another.
#[component]
fn Compose(
    /// Of the item.
    id: String,
    /// How it begins.
    start: String,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let id = StoredValue::new(id);
    let alone = move |_| begin(desk, Request { experiences: vec![id.get_value()], ..Request::default() });
    let keep = move |_| {
        desk.pair.set(Some((id.get_value(), start.chars().take(60).collect())));
        Toast::told(words.columns_pair_kept()).show(desk);
    };
    let pair = move || match desk.pair.get() {
        Some((other, start)) if other != id.get_value() => {
            let make = move |_| {
                let experiences = vec![other.clone(), id.get_value()];
                desk.pair.set(None);
                begin(desk, Request { experiences, ..Request::default() });
            };
            view! {
                <button type="button" on:click=make>{words.columns_pair_make(&start)}</button>
                <button type="button" class="plain" on:click=move |_| desk.pair.set(None)>{words.columns_pair_drop()}</button>
            }
            .into_any()
        }
        _ => view! { <button type="button" on:click=keep.clone()>{words.columns_pair_keep()}</button> }
            .into_any(),
    };
    view! {
        <p class="buttons">
            <button type="button" class="main" on:click=alone>{words.columns_from_item()}</button>
            {pair}
        </p>
    }
}

fn state_line(words: DeskWords, state: State) -> String {
    words.item_state(words.state(state))
}

/// What the shield found in a text.
fn marked(words: DeskWords, whole: &Whole, field: &str) -> Option<AnyView> {
    let found: Vec<_> = whole
        .findings
        .iter()
        .filter(|finding| finding.field == field)
        .map(|finding| {
            view! { <li>{words.board().personal(finding.kind)} ": " <mark><bdi>{finding.text.clone()}</bdi></mark></li> }
        })
        .collect();
    (!found.is_empty()).then(|| {
        view! {
            <div class="found">
                <p>{words.item_found()}</p>
                <ul>{found}</ul>
            </div>
        }
        .into_any()
    })
}

fn half_view(words: DeskWords, half: Half, found: Option<AnyView>, lang: Lang) -> AnyView {
    let facts: Vec<_> = half
        .given
        .into_iter()
        .map(|(question, answer)| view! { <div><dt>{question}</dt><dd><bdi>{answer}</bdi></dd></div> })
        .collect();
    view! {
        <section data-feel=half.side.as_str()>
            <h2>{words.side(half.side)}</h2>
            {found}
            <div class="prose" lang=lang.as_str() inner_html=half.story_html></div>
            <dl class="given">{facts}</dl>
        </section>
    }
    .into_any()
}

/// Other experiences that may have to do with it.
fn others(words: DeskWords, whole: &Whole) -> Option<AnyView> {
    let link = |related: &Related, why: String| {
        let route = DeskRoute::Queue { item: Some(related.id.clone()), query: String::new() };
        let at = time::moment(words, &related.received_at);
        view! { <li><a href=route.url()>{at}</a> " · " {why} " · " {words.state(related.state)}</li> }
    };
    let alike = whole.alike.iter().map(|related| {
        let percent = related.likeness.unwrap_or_default().to_string();
        link(related, words.item_alike(&percent))
    });
    let same = whole.same_sender.iter().map(|related| {
        let why = if related.same_email { words.item_same_email() } else { words.item_same_network() };
        link(related, why.to_owned())
    });
    let links: Vec<_> = alike.chain(same).collect();
    (!links.is_empty()).then(|| {
        view! {
            <section>
                <h2>{words.item_others()}</h2>
                <ul>{links}</ul>
            </section>
        }
        .into_any()
    })
}

/// What was decided and answered before, in order.
fn course(
    desk: Desk,
    decisions: &[PastDecision],
    answers: &[Answer],
    lang: Lang,
    reread: Callback<()>,
) -> Option<AnyView> {
    let words = desk.words();
    let mine = desk.me.with_untracked(|me| me.as_ref().map(|me| me.name.clone()));
    let take_back = |made: &PastDecision| {
        // Whether it still can be, and by whom, the server knows best: names and clocks only come near it.
        let is_open = Date::parse(&made.final_at) > Date::now() && Some(&made.by) == mine.as_ref();
        let url = decision::PATH.replace("{id}", &made.id);
        let then = move || {
            // Another item may be open by now.
            let _gone = reread.try_run(());
        };
        let back = move |_| undo(desk, url.clone(), then);
        is_open.then(|| view! { <button type="button" on:click=back>{words.undo()}</button> })
    };
    let decided = decisions.iter().map(|decision| {
        let line = words.item_decided(&decision.by, words.decided(decision.verdict));
        (decision.decided_at.clone(), line, decision.statement_html.clone(), take_back(decision))
    });
    let answered = answers.iter().map(|answer| {
        (answer.written_at.clone(), words.item_answered().to_owned(), Some(answer.html.clone()), None)
    });
    let mut entries: Vec<_> = decided.chain(answered).collect();
    // RFC 3339 in one zone sorts as text.
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    let entries: Vec<_> = entries
        .into_iter()
        .map(|(at, line, html, back)| {
            view! {
                <li>
                    <p><strong>{line}</strong> " " <span class="hint">{time::moment(words, &at)}</span> " " {back}</p>
                    <div class="prose" lang=lang.as_str() inner_html=html></div>
                </li>
            }
        })
        .collect();
    (!entries.is_empty()).then(|| {
        view! {
            <section>
                <h2>{words.item_course()}</h2>
                <ol class="course">{entries}</ol>
            </section>
        }
        .into_any()
    })
}
