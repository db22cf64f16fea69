//! Who is here, and which page they see.

use gloo_events::EventListener;
use gloo_net::http::Method;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;
use wasm_bindgen::JsCast;
use web_sys::{HtmlAnchorElement, HtmlElement, MouseEvent};
use weerklank_api::desk::{Person, session};
use weerklank_domain::Lang;
use weerklank_domain::desk::Act;

use super::api;
use super::sign_in::SignIn;
use super::state::{Desk, here};
use super::toast::Toasts;
use super::words::DeskWords;
use crate::routes::{DeskRoute, pattern};
use crate::words::endonym;

/// Which pages a program of the desk draws. There are two programs, so that nobody who decides downloads what
/// writing takes; from the pages of one to those of the other the browser goes by itself.
#[derive(Clone, Copy)]
pub(super) struct Program {
    pub owns: fn(&DeskRoute) -> bool,
    /// Draws a page that it owns.
    pub draw: fn(Screen) -> Option<AnyView>,
    /// Does what goes on as long as somebody is signed in.
    pub attend: fn(Desk),
}

/// Fills the page.
pub(super) fn start(program: Program) {
    let Some(place) = document().get_element_by_id("desk") else { return };
    let Ok(place) = place.dyn_into::<HtmlElement>() else { return };
    let lang = document().document_element().and_then(|root| root.lang_attribute());
    mount_to(place, move || view! { <App lang=lang program=program/> }).forget();
}

trait LangAttribute {
    fn lang_attribute(&self) -> Option<Lang>;
}

impl LangAttribute for web_sys::Element {
    fn lang_attribute(&self) -> Option<Lang> {
        self.get_attribute("lang")?.parse().ok()
    }
}

/// What is known of who is here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    Asking,
    Unreached,
    Open,
}

/// All of the desk.
#[component]
fn App(
    /// That the page came in; before sign-in nobody knows better.
    lang: Option<Lang>,
    program: Program,
) -> impl IntoView {
    let desk = Desk::new(lang.unwrap_or(Lang::Nl), program.owns);
    provide_context(desk);
    let door = RwSignal::new(Door::Asking);
    let ask = move || {
        door.set(Door::Asking);
        spawn_local(async move {
            match api::find::<Person>(session::PATH).await {
                Ok(Some(person)) => desk.welcome(person),
                Ok(None) => {}
                Err(_) => return door.set(Door::Unreached),
            }
            door.set(Door::Open);
        });
    };
    ask();
    follow_links(desk);
    Effect::new(move || {
        let words = DeskWords::new(desk.lang.get());
        if let Some(root) = document().document_element() {
            // The element takes any text.
            let _set = root.set_attribute("lang", words.lang().as_str());
        }
        let title = match (desk.me.get().is_some(), desk.waiting.get()) {
            (true, Some(waiting)) if waiting > 0 => format!("({waiting}) {}", words.title()),
            _ => words.title().to_owned(),
        };
        document().set_title(&title);
    });
    // Another language, or another person: everything is drawn anew.
    let whole = move || {
        let words = DeskWords::new(desk.lang.get());
        match door.get() {
            Door::Asking => view! { <p class="alone" role="status">{words.asking()}</p> }.into_any(),
            Door::Unreached => view! {
                <main class="alone">
                    <p role="alert">{words.failure_unreached()}</p>
                    <p class="buttons"><button type="button" on:click=move |_| ask()>{words.retry()}</button></p>
                </main>
            }
            .into_any(),
            Door::Open => view! { <Inside program=program/> }.into_any(),
        }
    };
    view! { {whole} }
}

/// The kind of page, without what is open on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Screen {
    SetUp(String),
    SignIn,
    Queue,
    Columns,
    Draft(String),
    People,
    Audit,
    Mails,
    Templates,
    Account,
    Nowhere,
}

#[component]
fn Inside(program: Program) -> impl IntoView {
    let desk = Desk::get();
    // Who they are decides; that they added a second factor changes no page.
    let signed = Memo::new(move |_| desk.me.with(|me| me.as_ref().map(|me| me.id.clone())));
    let screen = Memo::new(move |_| match (desk.route.get(), signed.get()) {
        (Some(DeskRoute::SetUp(token)), _) => Screen::SetUp(token),
        (_, None) => Screen::SignIn,
        (Some(DeskRoute::Queue { .. }), _) => Screen::Queue,
        (Some(DeskRoute::Columns), _) => Screen::Columns,
        (Some(DeskRoute::Draft(id)), _) => Screen::Draft(id),
        (Some(DeskRoute::People), _) => Screen::People,
        (Some(DeskRoute::Audit), _) => Screen::Audit,
        (Some(DeskRoute::Mails), _) => Screen::Mails,
        (Some(DeskRoute::Templates), _) => Screen::Templates,
        (Some(DeskRoute::Account), _) => Screen::Account,
        (None, _) => Screen::Nowhere,
    });
    let words = desk.words();
    let page = move || match screen.get() {
        Screen::SignIn => view! { <SignIn/> }.into_any(),
        screen => (program.draw)(screen).unwrap_or_else(|| {
            view! {
                <main id="main" class="page" tabindex="-1">
                    <h1>{words.nowhere_title()}</h1>
                    <p><a href=DeskRoute::queue().url()>{words.nowhere_back()}</a></p>
                </main>
            }
            .into_any()
        }),
    };
    let frame = move || signed.get().map(|_| view! { <Frame program=program/> });
    view! {
        {frame}
        {page}
        <Toasts/>
    }
}

/// The bar on top.
#[component]
fn Frame(program: Program) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    (program.attend)(desk);
    let link = move |route: DeskRoute, text: &'static str| {
        let is_here = {
            let route = route.clone();
            move || match (desk.route.get(), &route) {
                (Some(DeskRoute::Queue { .. }), DeskRoute::Queue { .. })
                | (Some(DeskRoute::Draft(_)), DeskRoute::Columns) => Some("page"),
                (Some(here), route) if here == *route => Some("page"),
                _ => None,
            }
        };
        view! { <li><a href=route.url() aria-current=is_here>{text}</a></li> }
    };
    let may = move |act| desk.me.with(|me| me.as_ref().is_some_and(|me| me.role.may(act)));
    let waiting = move || desk.waiting.get().map(|count| words.waiting(count));
    let name = move || desk.me.with(|me| me.as_ref().map(|me| me.name.clone()));
    let others = Lang::ALL.iter().filter(|lang| **lang != words.lang()).map(|lang| {
        let lang = *lang;
        view! {
            <button type="button" class="plain" lang=lang.as_str() on:click=move |_| desk.lang.set(lang)>
                {endonym(lang)}
            </button>
        }
    });
    let sign_out = move |_| {
        spawn_local(async move {
            match api::tell(Method::DELETE, session::PATH, &json!({})).await {
                Ok(()) => desk.farewell(),
                Err(failure) => desk.failed(&failure),
            }
        });
    };
    view! {
        <a class="skip" href="#main">{words.skip()}</a>
        <header class="top">
            <a class="mark" href="/">"Weerklank"</a>
            <nav aria-label=words.nav_label()>
                <ul>
                    {link(DeskRoute::queue(), words.nav_queue())}
                    {link(DeskRoute::Columns, words.columns_nav())}
                    {move || may(Act::Oversee).then(|| link(DeskRoute::Audit, words.nav_audit()))}
                    {move || may(Act::Oversee).then(|| link(DeskRoute::Mails, words.nav_mails()))}
                    {move || may(Act::Oversee).then(|| link(DeskRoute::Templates, words.templates_nav()))}
                    {move || may(Act::Govern).then(|| link(DeskRoute::People, words.nav_people()))}
                    {link(DeskRoute::Account, words.nav_account())}
                </ul>
            </nav>
            <p class="waiting">{waiting}</p>
            <p class="who"><bdi>{name}</bdi> {others.collect_view()}
                <button type="button" class="plain" on:click=sign_out>{words.sign_out()}</button>
            </p>
        </header>
    }
}

/// Links between pages of the desk stay in this program; back and forward as well.
fn follow_links(desk: Desk) {
    EventListener::new(&window(), "popstate", move |_| desk.route.set(here())).forget();
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "click", options, move |event| {
        let Some(event) = event.dyn_ref::<MouseEvent>() else { return };
        let is_plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
            && !event.default_prevented();
        let Some(link) = is_plain.then(|| link_of(event)).flatten() else { return };
        let path = link.pathname();
        let is_ours = link.origin() == window().location().origin().unwrap_or_default()
            && link.target().is_empty()
            && !link.has_attribute("download")
            && (path == pattern::DESK || path.starts_with(pattern::DESK_BELOW))
            && link.hash().is_empty();
        if !is_ours {
            return;
        }
        let route = DeskRoute::parse(&path, link.search().trim_start_matches('?'));
        if let Some(route) = route.filter(|route| (desk.owns)(route)) {
            event.prevent_default();
            desk.go(route);
            focus_main();
        }
    })
    .forget();
}

fn link_of(event: &MouseEvent) -> Option<HtmlAnchorElement> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    target.closest("a[href]").ok()??.dyn_into().ok()
}

/// Who uses a screen reader goes where the new page is.
fn focus_main() {
    request_animation_frame(|| {
        let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<HtmlElement>().ok());
        if let Some(main) = main {
            // An element that cannot take the focus is no harm.
            let _focused = main.focus();
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
}
