//! What stands around every page: skip link, header, footer.

use leptos::prelude::*;
use weerklank_api::pages::{Envelope, Page};
use weerklank_domain::{Lang, Moment, PageNumber};

use crate::routes::{ABOUT_PARTS, Route, TRANSPARENCY, feed, localised, pattern};
use crate::ui::{Place, SearchForm, search_form};
use crate::words::{Words, endonym};

pub(super) fn frame(place: Place, envelope: &Envelope, main: AnyView) -> AnyView {
    view! {
        <a class="skip" href="#main">{place.words.site_skip()}</a>
        {header(place, envelope)}
        <main id="main" tabindex="-1">{main}</main>
        {footer(place, envelope)}
    }
    .into_any()
}

fn header(place: Place, envelope: &Envelope) -> AnyView {
    let words = place.words;
    let page = &envelope.page;
    let here = |on: bool| on.then_some("page");
    let link = |label: &'static str, route: Route, on: bool| {
        view! { <li><a href=place.href(&route) aria-current=here(on)>{label}</a></li> }
    };
    // A page of the server alone: the browser goes there by itself.
    let share = envelope.takes.then(|| {
        let on = matches!(page, Page::Text(text) if text.path == pattern::SHARE.trim_start_matches('/'));
        view! { <a class="tell" href=place.link(pattern::SHARE) aria-current=here(on)>{words.nav_share()}</a> }
    });
    let links = (
        link(words.nav_columns(), Route::home(), matches!(page, Page::Home(_))),
        // The moments stand in every footer: no page of their own, no script to unfold them.
        view! { <li><a href=pattern::MOMENTS>{words.nav_moments()}</a></li> },
        link(words.nav_shops(), Route::Shops(PageNumber::FIRST), matches!(page, Page::Shops(_))),
        link(words.nav_about(), Route::About, matches!(page, Page::Text(text) if text.path == "about")),
    );
    // A page about searching has the form in its middle.
    let search = (!matches!(page, Page::Search(_) | Page::NotFound))
        .then(|| search_form(place, SearchForm::default()));
    view! {
        <header class="site">
            <a class="mark" href=place.href(&Route::home()) aria-label=words.site_to_home()>
                {mark()}
                <span>"Weerklank"</span>
            </a>
            {share}
            <nav aria-label=words.nav_label()><ul>{links}</ul></nav>
            {search}
        </header>
    }
    .into_any()
}

/// The chocolate letter: a W with slabs and a bite out of it.
fn mark() -> impl IntoView {
    view! {
        <svg viewBox="0 0 40 32" width="40" height="32" aria-hidden="true">
            <path d=MARK></path>
        </svg>
    }
}

/// Drawn on a grid of 40 by 32; `public/icon.svg` has the same letter.
const MARK: &str = "M1 3h13v5h-2.6l2.7 11.4L18.3 8h-2V3h8.4l4.9 16.4L31.6 11a2.6 2.6 0 0 0 2.9-2.6 2.6 2.6 0 0 0 2.8-2.2\
                    2.7 2.7 0 0 0 1.7.4V8h-1.8L32 29h-5.6l-4.6-14.6L17 29h-5.6L5.6 8H1z";

fn footer(place: Place, envelope: &Envelope) -> AnyView {
    let words = place.words;
    let moments: Vec<_> = Moment::ALL
        .iter()
        .map(|moment| {
            let on = matches!(&envelope.page, Page::Moment(page) if page.about == *moment);
            view! {
                <li>
                    <a href=place.href(&Route::moment(*moment)) aria-current=on.then_some("page")>
                        {words.moment(*moment)}
                    </a>
                </li>
            }
        })
        .collect();
    let about: Vec<_> = ABOUT_PARTS
        .iter()
        .map(|part| {
            let on =
                matches!(&envelope.page, Page::Text(text) if text.path.strip_prefix("about/") == Some(part));
            view! {
                <li>
                    <a href=place.href(&Route::AboutPart(part)) aria-current=on.then_some("page")>
                        {part_name(words, part)}
                    </a>
                </li>
            }
        })
        .collect();
    // An address that leads nowhere leads nowhere in the other language either.
    let here = if matches!(envelope.page, Page::NotFound) { "/" } else { &envelope.url };
    let languages: Vec<_> = Lang::ALL
        .iter()
        .map(|lang| {
            let code = lang.as_str();
            let href = localised(here, Some(*lang));
            view! {
                <li>
                    <a href=href lang=code hreflang=code aria-current=(*lang == place.ui).then_some("true")>
                        {endonym(*lang)}
                    </a>
                </li>
            }
        })
        .collect();
    let everything = weerklank_domain::ColumnFilter::default();
    view! {
        <footer class="site">
            <nav aria-labelledby="moments">
                <h2 id="moments" tabindex="-1">{words.footer_moments()}</h2>
                <ul class="columns">{moments}</ul>
            </nav>
            <nav aria-labelledby="about">
                <h2 id="about">{words.footer_about()}</h2>
                <ul>{about}</ul>
            </nav>
            <section>
                <h2>{words.footer_feeds()}</h2>
                <ul>
                    <li><a href=feed(pattern::FEED_ATOM, &everything)>{words.footer_atom()}</a></li>
                    <li><a href=feed(pattern::FEED_JSON, &everything)>{words.footer_json_feed()}</a></li>
                </ul>
            </section>
            <nav aria-labelledby="languages">
                <h2 id="languages">{words.footer_language()}</h2>
                <ul>{languages}</ul>
            </nav>
            <p>"Weerklank. "{words.site_tagline()}"."</p>
        </footer>
    }
    .into_any()
}

/// What a sub-page of `/about` is called in a list of links.
fn part_name(words: Words, part: &str) -> &'static str {
    match part {
        "method" => words.footer_method(),
        "privacy" => words.footer_privacy(),
        "moderation" => words.footer_moderation(),
        "accessibility" => words.footer_accessibility(),
        TRANSPARENCY => words.footer_transparency(),
        // A part without a name of its own still has to lead somewhere readable.
        _ => words.nav_about(),
    }
}
