//! Pages that say why what was asked for is not here: 404, 410, 500 and 503.

use leptos::prelude::*;
use weerklank_api::pages::{FailurePage, GonePage};

use crate::routes::Route;
use crate::ui::{Place, SearchForm, search_form};

pub(super) fn gone(place: Place, page: &GonePage) -> AnyView {
    let words = place.words;
    view! {
        <article class="opening problem">
            <p class="kicker">"410"</p>
            <h1>{words.gone_title()}</h1>
            <p>{words.gone_body(&page.title)}</p>
            {link(place.href(&Route::AboutPart("moderation")), words.gone_rules())}
            {link(place.href(&Route::home()), words.not_found_home())}
        </article>
    }
    .into_any()
}

pub(super) fn not_found(place: Place) -> AnyView {
    let words = place.words;
    let form = SearchForm { large: true, ..SearchForm::default() };
    view! {
        <article class="opening problem">
            <p class="kicker">"404"</p>
            <h1>{words.not_found_title()}</h1>
            <p>{words.not_found_body()}</p>
            {search_form(place, form)}
            {link(place.href(&Route::home()), words.not_found_home())}
        </article>
    }
    .into_any()
}

pub(super) fn failure(place: Place, page: &FailurePage) -> AnyView {
    let words = place.words;
    let (code, title, body) = if page.passing {
        ("503", words.failure_passing_title(), words.failure_passing_body())
    } else {
        ("500", words.failure_title(), words.failure_body())
    };
    let contact = page
        .contact
        .as_ref()
        .map(|address| link(address.clone(), address.strip_prefix("mailto:").unwrap_or(address)));
    view! {
        <article class="opening problem">
            <p class="kicker">{code}</p>
            <h1>{title}</h1>
            <p>{body}</p>
            // An empty address is this page itself.
            {link(String::new(), words.failure_retry())}
            <p>{words.failure_request()}" "<code>{page.request_id.clone()}</code></p>
            {contact}
        </article>
    }
    .into_any()
}

/// A way on, on a line of its own. Erased: a type for each kind of text would be code in the browser.
fn link(href: String, text: &str) -> AnyView {
    let text = text.to_owned();
    view! { <p><a href=href>{text}</a></p> }.into_any()
}
