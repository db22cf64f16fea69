//! A line of the list.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use web_sys::HtmlInputElement;
use weerklank_api::desk::Item;
use weerklank_domain::desk::Kind;

use super::bulk::start_of;
use super::known::Known;
use crate::desk::state::Desk;
use crate::desk::time;
use crate::desk::words::DeskWords;
use crate::routes::DeskRoute;

/// One item.
#[component]
pub(super) fn Line(
    item: RwSignal<Item>,
    /// By id.
    is_open: Selector<Option<String>>,
    /// The words of the filter.
    query: Memo<String>,
    words: DeskWords,
) -> impl IntoView {
    let desk = Desk::get();
    let known = expect_context::<Known>();
    let id = item.with_untracked(|item| item.id.clone());
    let own = StoredValue::new(id.clone());
    let me = desk.me.with_untracked(|me| me.as_ref().map(|me| me.id.clone()));
    let is_open = {
        let id = Some(id.clone());
        move || is_open.selected(&id).then_some("true")
    };
    let url = move || DeskRoute::Queue { item: Some(id.clone()), query: query.get() }.url();
    let body = move || {
        let item = item.get();
        let feel = match item.sides.as_slice() {
            [] => None,
            [side] => Some(side.as_str()),
            _ => Some("mixed"),
        };
        let about: Vec<&str> = item.moments.iter().map(|moment| words.moment(*moment)).collect();
        let about = about.join(", ");
        let holder = item.holder.as_ref().map(|holder| {
            let text = if Some(&holder.id) == me.as_ref() {
                words.held_by_you().to_owned()
            } else {
                words.held_by(&holder.name)
            };
            view! { <span class="holder">{text}</span> }
        });
        let marked = (!item.marks.is_empty()).then(|| view! { <span class="marked">{words.marked()}</span> });
        // Most are experiences: the others say what they are.
        let kind = (item.kind != Kind::Experience).then(|| view! { <span>{words.kind(item.kind)}</span> });
        let since = item.waits_since.as_deref().map(|at| words.waits(&time::since(words, at)));
        let state = item.waits_since.is_none().then(|| words.state(item.state));
        view! {
            <span class="excerpt" data-feel=feel lang=item.lang.as_str()>{item.excerpt}</span>
            <span class="meta">
                {kind}
                <bdi>{item.shop}</bdi>
                <span>{about}</span>
                <span>{since}{state}</span>
                {marked}
                {holder}
            </span>
        }
    };
    // What nobody decides on any more cannot be marked.
    let waits = Memo::new(move |_| item.with(|item| item.waits_since.is_some()));
    let choose = move |event: MouseEvent| {
        if event.shift_key() {
            own.with_value(|id| known.mark_to(id));
            // It may have been marked before, and the browser has just changed that.
            event_target::<HtmlInputElement>(&event).set_checked(true);
        } else {
            own.with_value(|id| known.mark(id));
        }
    };
    let mark = move || {
        let label = move || words.bulk_mark(&item.with(|item| start_of(&item.excerpt)));
        let is_marked = move || own.with_value(|id| known.marks.has(id));
        waits.get().then(|| {
            view! { <input type="checkbox" aria-label=label prop:checked=is_marked on:click=choose/> }
        })
    };
    view! { <li>{mark}<a href=url aria-current=is_open>{body}</a></li> }
}
