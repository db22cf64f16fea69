//! What waits, and what is open: the list (`known`, `line`), what it is restricted to (`filters`, and `views`, which are
//! filters with a name), and what is done to several at once (`marks`, `bulk`).

mod bulk;
mod filters;
mod known;
mod line;
mod marks;
mod views;

use leptos::prelude::*;

use self::bulk::Bulk;
use self::filters::Filters;
use self::line::Line;
use self::views::Views;
use super::state::Desk;
use super::triage::Triage;
use super::{keys, live};
use crate::routes::DeskRoute;

pub(super) use self::known::Known;

/// The list and, beside it or over it, the item that is open.
#[component]
pub(super) fn Queue() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let known = Known::new(desk);
    provide_context(known);
    let query = Memo::new(move |_| match desk.route.get() {
        Some(DeskRoute::Queue { query, .. }) => query,
        _ => String::new(),
    });
    let open = Memo::new(move |_| match desk.route.get() {
        Some(DeskRoute::Queue { item, .. }) => item,
        _ => None,
    });
    // Of two hundred lines, only those are told that open and close.
    let is_open = Selector::new(move || open.get());
    Effect::new(move || known.read(query.get()));
    Effect::new(move || {
        if let Some(id) = open.get()
            && known.is_read.get()
        {
            known.look_ahead(id);
        }
    });
    live::on_item(desk, move |item| known.happened(&item), move || known.read(known.query()));
    let keys_help = keys::listen(known);

    let item = move || {
        open.get().map(|id| {
            view! { <Triage id=id.clone()/> }
        })
    };
    let empty = move || {
        (known.is_read.get() && known.rows.with(Vec::is_empty)).then(|| {
            let text = if query.get().is_empty() { words.queue_empty() } else { words.queue_none() };
            view! { <p class="hint">{text}</p> }
        })
    };
    let more = move || {
        known.next.with(Option::is_some).then(|| {
            view! {
                <p class="buttons">
                    <button type="button" on:click=move |_| known.read_on(query.get_untracked())>{words.queue_more()}</button>
                </p>
            }
        })
    };
    let class = move || if open.with(Option::is_some) { "queue with-item" } else { "queue" };
    view! {
        <main id="main" class=class tabindex="-1">
            <section class="list" aria-label=words.nav_queue()>
                <h1>{words.nav_queue()} " " <span class="count">{move || known.count.get()}</span></h1>
                <Views query=query/>
                <Filters query=query/>
                <Bulk/>
                {empty}
                <ol class="items">
                    <For each=move || known.rows.get() key=|row| row.id.clone() let(row)>
                        <Line item=row.item.into() is_open=is_open.clone() query=query words=words/>
                    </For>
                </ol>
                {more}
                <p class="hint">
                    <button type="button" class="plain" on:click=move |_| keys_help.set(true)>{words.keys_title()} " (?)"</button>
                </p>
            </section>
            {item}
            <keys::Help shown=keys_help/>
        </main>
    }
}
