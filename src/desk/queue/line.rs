//! A line of the list.

use leptos::prelude::*;
use weerklank_domain::desk::Kind;

use super::known::Known;
use crate::desk::state::Desk;
use crate::desk::time;
use crate::desk::words::DeskWords;
use crate::routes::DeskRoute;

/// One item.
#[component]
pub(super) fn Line(
    /// Of the item.
    id: String,
    words: DeskWords,
) -> impl IntoView {
    let desk = Desk::get();
    let known = expect_context::<Known>();
    let item = {
        let id = id.clone();
        Memo::new(move |_| known.items.with(|items| items.iter().find(|item| item.id == id).cloned()))
    };
    let me = desk.me.with_untracked(|me| me.as_ref().map(|me| me.id.clone()));
    let is_open = {
        let id = id.clone();
        move || match desk.route.get() {
            Some(DeskRoute::Queue { item: Some(open), .. }) => (open == id).then_some("true"),
            _ => None,
        }
    };
    let url = move || DeskRoute::Queue { item: Some(id.clone()), query: known.query() }.url();
    let body = move || {
        item.get().map(|item| {
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
            let marked =
                (!item.marks.is_empty()).then(|| view! { <span class="marked">{words.marked()}</span> });
            // Most are experiences: the others say what they are.
            let kind =
                (item.kind != Kind::Experience).then(|| view! { <span>{words.kind(item.kind)}</span> });
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
        })
    };
    view! { <li><a href=url aria-current=is_open>{body}</a></li> }
}
