//! One column, while it is written.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use weerklank_api::desk::draft::{self, Response};
use weerklank_domain::compose::SheetKey;

use super::super::api;
use super::super::decide::focus;
use super::super::state::Desk;
use super::fields::Fields;
use super::merge::Merge;
use super::preview::Preview;
use super::publish::Publish;
use super::save;
use super::text::Text;
use super::versions::Versions;
use super::writing::{Kept, Writing, place_words};
use crate::routes::DeskRoute;

/// Loads a draft and opens it.
#[component]
pub(in super::super) fn Editor(
    /// Of the draft.
    id: String,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let loaded = RwSignal::new(None::<Option<Response>>);
    let url = draft::PATH.replace("{id}", &id);
    let gone = id;
    spawn_local(async move {
        let found = match api::get::<Response>(&url).await {
            Ok(draft) => Some(draft),
            Err(failure) => {
                // What is not there any more is not kept here either.
                if failure.code == "not-found" {
                    save::forget_on_device(&desk.my_id(), &gone, None);
                }
                desk.failed(&failure);
                None
            }
        };
        let _shown = loaded.try_set(Some(found));
    });
    let inside = move || match loaded.get() {
        None => view! { <p role="status">{words.asking()}</p> }.into_any(),
        Some(None) => view! { <p>{words.failure_not_found()}</p> }.into_any(),
        Some(Some(draft)) => view! { <Open draft=draft/> }.into_any(),
    };
    view! {
        <main id="main" class="page compose" tabindex="-1">
            <p class="to-list"><a href=DeskRoute::Columns.url()>{words.compose_back()}</a></p>
            {inside}
        </main>
    }
}

/// What stands beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Preview,
    Details,
    Versions,
    Publish,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Preview, Self::Details, Self::Versions, Self::Publish];

    const fn id(self) -> &'static str {
        match self {
            Self::Preview => "tab-preview",
            Self::Details => "tab-details",
            Self::Versions => "tab-versions",
            Self::Publish => "tab-publish",
        }
    }
}

#[component]
fn Open(draft: Response) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let editor = desk.my_id();
    save::forget_on_device(&editor, &draft.id, Some(&draft.sheet));
    let kept_here = save::on_device(&editor, &draft.id);
    let writing = Writing::new(draft, editor);
    provide_context(writing);
    save::keep_saving(desk, writing);
    // What this device kept of an earlier time is saved on the version that it was typed on: what was saved since
    // is then merged with it, and never overwritten.
    if let Some(copy) = kept_here {
        writing.version.set(copy.version);
        writing.put(copy.sheet);
        writing.kept.set(Kept::NotYet);
        spawn_local(async move {
            save::save(desk, writing).await;
        });
    }
    let tab = RwSignal::new(Tab::Preview);
    // What has to be mended is in the fields, or in the text.
    Effect::new(move || {
        // Headline and text stand beside them.
        let elsewhere = |fault: &String| matches!(fault.as_str(), "title" | "body" | "at");
        if writing.faults.with(|faults| faults.iter().any(|fault| !elsewhere(fault))) {
            tab.set(Tab::Details);
        }
    });
    let middle = move || match writing.merging.get() {
        Some(merging) => view! { <Merge merging=merging/> }.into_any(),
        None => view! { <Text/> }.into_any(),
    };
    // While somebody chooses between two versions, the details of one would be typed in vain.
    let is_merging = Memo::new(move |_| writing.merging.with(Option::is_some));
    let panel = move || match tab.get() {
        Tab::Details if is_merging.get() => view! { <Preview/> }.into_any(),
        Tab::Preview => view! { <Preview/> }.into_any(),
        Tab::Details => view! { <Fields/> }.into_any(),
        Tab::Versions => view! { <Versions/> }.into_any(),
        Tab::Publish => view! { <Publish/> }.into_any(),
    };
    let kept = move || match writing.kept.get() {
        Kept::Saved => words.compose_saved(),
        Kept::NotYet => words.compose_unsaved(),
        Kept::Saving => words.compose_saving(),
        Kept::Here | Kept::Refused => words.compose_kept_here(),
    };
    // Said aloud only where it matters: each pause in typing would be said otherwise.
    let is_urgent = Memo::new(move |_| matches!(writing.kept.get(), Kept::Here | Kept::Refused));
    let urgent = move || is_urgent.get().then(|| words.compose_kept_here());
    let place = move || writing.draft.with(|draft| place_words(words, draft.place));
    let headline = move || {
        let title = writing.front.with(|front| front.get(&SheetKey::Title).cloned());
        title.unwrap_or_else(|| words.columns_untitled().to_owned())
    };
    let tabs = Tab::ALL.map(|this| {
        let name = match this {
            Tab::Preview => words.compose_tab_preview(),
            Tab::Details => words.compose_tab_details(),
            Tab::Versions => words.compose_tab_versions(),
            Tab::Publish => words.compose_tab_publish(),
        };
        let is_this = move || tab.get() == this;
        let has_faults = move || {
            this == Tab::Details && writing.faults.with(|faults| faults.iter().any(|fault| fault != "body"))
        };
        view! {
            <button type="button" role="tab" id=this.id() aria-controls="panel"
                aria-selected=move || is_this().to_string() tabindex=move || if is_this() { "0" } else { "-1" }
                on:click=move |_| tab.set(this)>
                {name}{move || has_faults().then_some(" !")}
            </button>
        }
    });
    let along = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => Tab::ALL.len() - 1,
            _ => return,
        };
        event.prevent_default();
        let here = Tab::ALL.iter().position(|known| *known == tab.get_untracked()).unwrap_or_default();
        let next = Tab::ALL[(here + step) % Tab::ALL.len()];
        tab.set(next);
        focus(next.id());
    };
    view! {
        <header class="about">
            <h1>{headline}</h1>
            <p><span class="place">{place}</span> <span class="kept">{kept}</span></p>
            <p class="unseen" role="status">{urgent}</p>
        </header>
        <div class="desks">
            <div class="writing">{middle}</div>
            <div class="beside">
                <div class="tabs" role="tablist" aria-label=words.compose_tabs() on:keydown=along>
                    {tabs.collect_view()}
                </div>
                <div id="panel" role="tabpanel" tabindex="0" aria-labelledby=move || tab.get().id()>{panel}</div>
            </div>
        </div>
    }
}
